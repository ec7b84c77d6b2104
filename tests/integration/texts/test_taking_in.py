"""What somebody proposes is taken into the draft by an act: a comment of a round, a change in a file that came back."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from secretariat.core.refusals import NotAllowed, Refused
from secretariat.processes import clauses
from secretariat.texts import queries, service
from secretariat.texts.changes import Change
from secretariat.texts.models import CommentRound, DraftText, Proposes, TextParagraph
from secretariat.texts.service import Said
from tests.factories import documents
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.integration.documents.conftest import upload
from tests.integration.texts.conftest import Desk, Stage
from tests.integration.texts.test_word import file_at, rewritten

TOLD = "Each child is told what happens next"
UNSAVED = 'value="forget"'
"""The button of what was being written, in whatever language."""
INSTEAD, BEHIND, OUT = Proposes


def in_two_languages(stage: Stage) -> tuple[UUID, UUID, list[UUID]]:
    """A text in English and Spanish, a round on its edition, and its paragraphs."""
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        paragraphs = [
            made.words("Children are received", es="Se recibe a la niñez"),
            made.words(TOLD, es="A cada niño se le dice qué sigue"),
        ]
        readers = frozenset({clauses.members_of(where.process, where.track)})
        text = made.begun(session, paragraphs, languages=["en", "es"], readers=readers)
        found = made.opened(session, made.circulated(session, text, "en", "es"))
        return text.id, found.id, [one.id for one in queries.paragraphs_of(session, text.id)]


def text_of(session: Any, key: UUID) -> DraftText:
    return made.again(session, key)


def written(stage: Stage, text: UUID, language: str = "en") -> list[str]:
    with looking(stage.engine, stage.officer) as session:
        return [one.words.texts.get(language, "") for one in queries.paragraphs_of(session, text)]


def behind(stage: Stage, text: UUID, language: str) -> list[bool]:
    with looking(stage.engine, stage.officer) as session:
        this = made.again(session, text)
        return [service.awaits_translation(this, one, language) for one in queries.paragraphs_of(session, text)]


def proposed(stage: Stage, found: UUID, said: Said) -> None:
    with acting(stage.engine, stage.focal["gt"]) as session:
        this: CommentRound = made.round_again(session, found)
        service.add_comment(session, this, said)
        service.send(session, service.reply_for(session, this))


def answered(app: Flask, stage: Stage, found: UUID, way: str, code: int = 303) -> str:
    """The officer says that the comment is taken up, and what the draft does; the page."""
    officer = Desk(app, stage.officer)
    (key,) = re.findall(rf"/rounds/{found}/answers/([0-9a-f-]+)", officer.get(f"/rounds/{found}"))
    at = f"/rounds/{found}/answers/{key}"
    return officer.send(at, {"became": "taken_up", "answer-en": "", "draft": way}, code)[1]


def test_proposed_words_take_the_place_of_the_paragraph(app: Flask, stage: Stage) -> None:
    text, found, (_first, told) = in_two_languages(stage)
    proposed(stage, found, Said(paragraph=told, language="en", words="", wording="Every child is told"))
    answered(app, stage, found, "take_in")
    assert written(stage, text) == ["Children are received", "Every child is told"]
    assert behind(stage, text, "es") == [False, True]  # made from other words of the original


def test_words_in_a_translation_leave_the_original_and_are_looked_at(app: Flask, stage: Stage) -> None:
    text, found, (_first, told) = in_two_languages(stage)
    proposed(stage, found, Said(paragraph=told, language="es", words="", wording="A cada niña y niño se le dice"))
    answered(app, stage, found, "take_in")
    assert written(stage, text) == ["Children are received", TOLD]
    assert written(stage, text, "es")[1] == "A cada niña y niño se le dice"
    assert behind(stage, text, "es") == [False, True]  # nobody has said yet that it is what the original says


def test_a_new_paragraph_and_one_that_goes(app: Flask, stage: Stage) -> None:
    text, found, (first, told) = in_two_languages(stage)
    proposed(stage, found, Said(paragraph=first, language="en", words="", wording="By day", proposes=BEHIND))
    answered(app, stage, found, "take_in")
    assert written(stage, text) == ["Children are received", "By day", TOLD]
    with acting(stage.engine, stage.officer) as session:
        gone = Change(paragraph=told, language="en", proposes=OUT)
        service.take_in(session, text_of(session, text), gone)
        with pytest.raises(Refused, match="no longer stands in the draft"):
            service.take_in(session, text_of(session, text), gone)
    assert written(stage, text) == ["Children are received", "By day"]


def test_a_new_paragraph_in_a_translation_alone_is_refused(app: Flask, stage: Stage) -> None:
    text, found, (first, _told) = in_two_languages(stage)
    proposed(stage, found, Said(paragraph=first, language="es", words="", wording="De día", proposes=BEHIND))
    assert "language of the original" in answered(app, stage, found, "take_in", 422)
    assert len(written(stage, text)) == 2


def test_what_is_proposed_to_a_paragraph_that_goes_has_no_words(stage: Stage) -> None:
    _text, found, (_first, told) = in_two_languages(stage)
    with acting(stage.engine, stage.focal["gt"]) as session:
        this = made.round_again(session, found)
        for said, match in (
            (Said(paragraph=None, language="en", words="", proposes=OUT), "Choose the paragraph"),
            (Said(paragraph=told, language="en", words="", wording="x", proposes=OUT), "leave the proposed words"),
        ):
            with pytest.raises(Refused, match=match):
                service.add_comment(session, this, said)
        one = service.add_comment(session, this, Said(paragraph=told, language="en", words="", proposes=OUT))
        assert one.proposes is OUT


def test_changes_of_a_returned_file_are_chosen_and_taken_in(app: Flask, stage: Stage) -> None:
    text, found, _paragraphs = in_two_languages(stage)
    with looking(stage.engine, stage.officer) as session:
        edition = f"/documents/{made.round_again(session, found).edition.document_id}/text"
    officer = Desk(app, stage.officer)
    back = rewritten(file_at(officer, f"{edition}/word.docx?in=en"), TOLD, "Every child is told")
    at = f"/texts/{text}/paragraphs/changes"
    assert at in officer.get(f"/texts/{text}")
    page = read_in(officer, at, back)
    assert "<del>Each</del>" in page
    assert written(stage, text)[1] == TOLD
    (kept,) = re.findall(r'name="found"[^>]*value="([^"]*)"', page)
    packed = kept.replace("&#34;", '"').replace("&amp;", "&")
    assert "Choose at least one change" in officer.send(at, {"found": packed}, 422)[1]
    officer.send(at, {"found": packed, "chosen": "0"})
    assert written(stage, text)[1] == "Every child is told"
    for spoilt in ("[1, []]", "{}", "[1, [[1, 2, 3, 4, 5, 6]]]", packed.replace("instead", "elsewhere")):
        officer.send(at, {"found": spoilt, "chosen": "0"}, 404)


def read_in(officer: Desk, at: str, content: bytes, code: int = 200) -> str:
    page = officer.get(at)
    unseen = dict(re.findall(r'name="(csrf_token|nonce)"[^>]*value="([^"]*)"', page))
    answer = officer.client.post(at, data={**unseen, "file": upload(content, "back.docx")})
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def test_a_file_of_anything_else_changes_nothing(app: Flask, stage: Stage) -> None:
    text, found, _paragraphs = in_two_languages(stage)
    other, _found, _other = in_two_languages(stage)
    with looking(stage.engine, stage.officer) as session:
        edition = f"/documents/{made.round_again(session, found).edition.document_id}/text"
    officer = Desk(app, stage.officer)
    own = file_at(officer, f"{edition}/word.docx?in=en")
    for where, content, said in (
        (other, own, "made from another text"),
        (text, own, "Nothing in this file differs"),
        (text, documents.docx("A text of our own"), "does not say which text it is from"),
    ):
        assert said in read_in(officer, f"/texts/{where}/paragraphs/changes", content, 422)
    Desk(app, stage.focal["gt"]).get(f"/texts/{text}/paragraphs/changes", 404)


def test_who_does_not_write_the_text_takes_nothing_in(stage: Stage) -> None:
    text, _found, (first, _told) = in_two_languages(stage)
    with looking(stage.engine, stage.officer) as session:
        this: DraftText = made.again(session, text)
        paragraph: TextParagraph | None = queries.paragraph_of(session, text, first)
        assert paragraph is not None
    with acting(stage.engine, stage.focal["gt"]) as session, pytest.raises(NotAllowed):
        service.take_in(session, this, Change(paragraph=first, language="en", proposes=INSTEAD, wording="x"))


# --- what is being written ----------------------------------------------------------------------------------------


def test_what_is_typed_into_a_comment_is_kept_for_its_writer(app: Flask, stage: Stage) -> None:
    _text, found, (_first, told) = in_two_languages(stage)
    member, other = Desk(app, stage.focal["gt"]), Desk(app, stage.alternate["gt"])
    at = f"/rounds/{found}/comments/new?paragraph={told}"
    keep = f"/rounds/{found}/comments/keep?about={told}"
    typed = {"words": "Two of our ministries", "wording": "", "language": "en"}
    member.send(keep, typed, 204, form_at=at)
    assert UNSAVED in member.get(at)
    assert "Two of our ministries" in member.get(at)
    assert "Two of our ministries" not in other.get(at)
    assert "Two of our ministries" not in member.get(f"/rounds/{found}/reply")
    member.send(at, {**typed, "words": "Two of our ministries agree", "read_by": "readers", "paragraph": str(told)})
    assert UNSAVED not in member.get(at)
    assert "Two of our ministries agree" in member.get(f"/rounds/{found}/reply")
    member.send(keep, typed, 204, form_at=at)
    member.send(keep, {"act": "forget"}, form_at=at)
    assert UNSAVED not in member.get(at)
    other.send(f"/rounds/{found}/comments/keep?about=nonsense", {**typed, "words": "x" * 10_001}, 413, form_at=at)
    assert UNSAVED not in other.get(f"/rounds/{found}/comments/new")


def test_it_is_said_to_be_kept_only_where_it_is(app: Flask, stage: Stage) -> None:
    _text, found, (_first, told) = in_two_languages(stage)
    member = Desk(app, stage.focal["gt"])
    at = f"/rounds/{found}/comments/new?paragraph={told}"
    keep = f"/rounds/{found}/comments/keep?about={told}"
    typed = {"words": "Two of our ministries", "wording": "", "language": "en"}
    member.send(keep, typed, 204, form_at=at)
    member.send(keep, {**typed, "words": "x" * 10_001}, 413, form_at=at)
    assert "Two of our ministries" in member.get(at)
    member.send(keep, {**typed, "words": ""}, 200, form_at=at)
    assert UNSAVED not in member.get(at)
