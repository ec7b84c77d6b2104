"""Texts as they are written: by whom, in which order and languages, and how two who write at once meet."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.documents.models import DocumentState
from secretariat.processes import clauses
from secretariat.texts import queries, service
from secretariat.texts.models import DraftText, TextEdition
from secretariat.texts.paragraphs import ParagraphKind
from tests.factories import documents
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.factories.texts import RECALLING, RECEIVED, TOLD, words
from tests.integration.texts.conftest import Stage


def said(session: Session, text: DraftText) -> list[str]:
    return [str(one.words) for one in queries.paragraphs_of(session, text.id)]


def test_a_text_is_read_by_the_secretariat_and_its_drafting_group_alone(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        key = made.begun(session, drafting=[stage.id["gt"]]).id
    for reader, reads in (
        (stage.officer, True), (stage.focal["gt"], True), (stage.focal["mx"], False), (stage.coordinator, False),
        (stage.focal["co"], False), (None, False),
    ):  # fmt: skip
        with looking(stage.engine, reader) as session:
            found = queries.text_by_id(session, key)
            assert (found is not None) is reads
            assert (len(queries.paragraphs_of(session, key)) == 3) is reads


def test_the_drafting_group_writes_and_circulates_nothing(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        key = made.begun(session, drafting=[stage.id["gt"]]).id
    with acting(stage.engine, stage.focal["gt"]) as session:
        text = made.again(session, key)
        service.write_paragraph(session, made.paragraph(session, text, 2), words("Each child is told at once"))
        with pytest.raises(NotAllowed):
            service.circulate(session, text, ["en"])
    with acting(stage.engine, stage.officer) as session:
        text = made.again(session, key)
        assert said(session, text)[2] == "Each child is told at once"
        service.change(
            session,
            text,
            service.Particulars(title=text.title, kind=text.kind, original="en", languages=["en"], drafting=[]),
        )
    with looking(stage.engine, stage.focal["gt"]) as session:
        assert queries.text_by_id(session, key) is None


def test_paragraphs_are_put_in_moved_taken_out_and_brought_back(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session)
        first = made.paragraph(session, text, 0)
        service.add_paragraphs(session, text, [words("Further recalling", ParagraphKind.PREAMBLE)], after=first)
        assert said(session, text)[1] == "Further recalling"
        service.move(session, made.paragraph(session, text, 1), -1)
        assert said(session, text)[:2] == ["Further recalling", str(RECALLING.words)]
        service.move(session, made.paragraph(session, text, 0), -1)
        gone = made.paragraph(session, text, 0)
        service.take_out(session, gone)
        assert said(session, text) == [str(one.words) for one in (RECALLING, RECEIVED, TOLD)]
        service.bring_back(session, gone)
        assert said(session, text)[-1] == "Further recalling"


def test_two_who_add_at_different_places_both_keep_theirs(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        key = made.begun(session).id
        text = made.again(session, key)
        versions = [one.version for one in queries.paragraphs_of(session, key)]
        service.add_paragraphs(session, text, [words("At the end")])
        assert [one.version for one in queries.paragraphs_of(session, key)][:3] == versions


def test_a_translation_is_told_apart_once_the_original_has_changed(stage: Stage) -> None:
    both = words("Each child is told", es="Se informa a cada niño")
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, [both], languages=["en", "es"], authentic=["en", "es"])
        paragraphs = queries.paragraphs_of(session, text.id)
        assert service.languages_ready(text, paragraphs) == ["en", "es"]
        now = LocalText({"en": "Each child is told at once", "es": "Se informa a cada niño"}, "en")
        service.write_paragraph(session, paragraphs[0], service.Words(kind=ParagraphKind.OPERATIVE, depth=1, words=now))
        assert service.is_behind(text, paragraphs[0], "es")
        assert service.languages_ready(text, paragraphs) == ["en"]
        with pytest.raises(Refused, match="Spanish"):
            service.circulate(session, text, ["en", "es"])
        service.confirm_translation(session, paragraphs[0], "es")
        assert service.languages_ready(text, paragraphs) == ["en", "es"]


@pytest.mark.parametrize("wrong", ["within [two hours", "within two] hours"])
def test_brackets_that_do_not_close_are_refused_and_nothing_is_stored(stage: Stage, wrong: str) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session)
        with pytest.raises(Refused, match="counterpart"):
            service.add_paragraphs(session, text, [words("Fine"), words(wrong)])
        assert len(said(session, text)) == 3


def test_a_wording_is_put_beside_what_stands_and_both_are_open(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session)
        service.put_beside(session, made.paragraph(session, text, 2), "en", "Every child is told")
        assert said(session, text)[2] == "[Each child is told what happens next] [Every child is told]"
        service.put_beside(session, made.paragraph(session, text, 2), "en", "All are told")
        assert said(session, text)[2].endswith("[Every child is told] [All are told]")


def test_what_is_not_saved_is_kept_for_its_writer_and_goes_with_the_save(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, drafting=[stage.id["gt"]])
        key, paragraph = text.id, made.paragraph(session, text, 2)
        service.keep_unsaved(session, paragraph, LocalText.of("Each child is"), paragraph.version)
        service.keep_unsaved(session, paragraph, LocalText.of("Each child is told by"), paragraph.version)
        kept = queries.unsaved_words(session, paragraph.id, stage.officer.person)
        assert kept is not None
        assert str(kept.words) == "Each child is told by"
        place = paragraph.id
    with looking(stage.engine, stage.focal["gt"]) as session:
        assert queries.unsaved_words(session, place, stage.officer.person) is None
    with acting(stage.engine, stage.officer) as session:
        service.write_paragraph(session, made.paragraph(session, made.again(session, key), 2), words("Saved"))
        assert queries.unsaved_in(session, key, stage.officer.person) == frozenset()


# --- circulating --------------------------------------------------------------------------------------------------


def test_what_is_circulated_is_frozen_as_a_document_for_its_readers(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        readers = frozenset({clauses.members_of(where.process, where.track)})
        text = made.begun(session, readers=readers)
        key = text.id
        first = made.circulated(session, text)
        symbol = first.document.symbol
        with pytest.raises(Refused, match="Nothing has changed"):
            made.circulated(session, text)
        service.write_paragraph(session, made.paragraph(session, text, 2), words("Each child is told at once"))
        second = made.circulated(session, text)
        assert (first.number, second.number) == (1, 2)
        assert second.document.symbol == f"{symbol}/Rev.1"
        assert first.document.state is DocumentState.SUPERSEDED
    with looking(stage.engine, stage.focal["mx"]) as session:
        read = queries.editions_of(session, key)
        assert [one.number for one in read] == [2, 1]
        assert [one["words"]["texts"]["en"] for one in read[1].content["paragraphs"]][2] == str(TOLD.words)
        assert queries.text_by_id(session, key) is None
    with looking(stage.engine, stage.focal["co"]) as session:
        assert queries.editions_of(session, key) == []


def test_nothing_is_circulated_of_an_empty_text_or_without_its_original(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        empty = made.begun(session, [])
        with pytest.raises(Refused, match="Nothing is written"):
            made.circulated(session, empty)
        text = made.begun(session, [words("Told", es="Dicho")], languages=["en", "es"])
        with pytest.raises(Refused, match="original"):
            made.circulated(session, text, "es")
        assert session.scalars(select(TextEdition)).all() == []


def test_a_text_set_aside_is_written_no_more_until_it_is_taken_up_again(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session)
        service.set_aside(session, text)
        with pytest.raises(NotAllowed):
            service.add_paragraphs(session, text, [TOLD])
        service.take_up_again(session, text)
        service.add_paragraphs(session, text, [TOLD])
