"""The pages of texts, from the first paragraph to what became of a comment."""

import re
from datetime import timedelta
from uuid import UUID

from flask import Flask

from secretariat.core import clock
from secretariat.processes import clauses
from secretariat.texts import queries, service
from secretariat.texts.service import Said
from tests.factories import documents
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.integration.texts.conftest import Desk, Stage
from tests.support.sql import statements_sent

BEGUN = {
    "title-en": "Declaration of Panama", "kind": "declaration", "original": "en", "languages": ["en", "es"],
    "readers": "members",
}  # fmt: skip
PASTED = """Recalling the declaration of 2025

I. Reception

1. Returned children are received by trained staff

(a) at an airport within [two] [four] hours

(b) at a land crossing within four hours

2. Each child is told what happens next"""


LISTED = re.compile(r'<li id="c-([0-9a-f-]{36})">(.*?)</li>', re.S)


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_text_is_begun_pasted_written_and_circulated(app: Flask, stage: Stage) -> None:
    officer = Desk(app, stage.officer)
    assert "No text is being written" in officer.get("/processes/rcx/texts/")
    where, _page = officer.send("/processes/rcx/texts/new", BEGUN)
    assert "Nothing is written yet" in officer.get(where)
    officer.send(f"{where}/paragraphs/paste", {"pasted": PASTED})
    page = plain(officer.get(where))
    for number in ("I. Reception", "1. Returned", "(a) at an airport", "(b) at a land", "2. Each child"):
        assert number in page, page
    paragraphs = re.findall(r'id="p-([0-9a-f-]{36})"', officer.get(where))
    assert len(paragraphs) == 6
    last = f"{where}/paragraphs/{paragraphs[-1]}"
    wrong = {"words-en": "Each child is [told", "kind": "operative", "depth": "1"}
    assert officer.wrong(last, wrong) == [
        "A square bracket has no counterpart near “Each child is [told”. Close it, or take it away."
    ]
    officer.send(last, {**wrong, "words-en": "Each child is told at once"})
    officer.send(f"{where}/paragraphs/{paragraphs[0]}/act", {"act": "down"}, form_at=where)
    assert re.findall(r'id="p-([0-9a-f-]{36})"', officer.get(where))[:2] == [paragraphs[1], paragraphs[0]]
    assert "Who will be able to read it" in officer.get(f"{where}/circulate")
    said = officer.wrong(f"{where}/circulate", {"languages": ["es"]})
    assert said
    read, _page = officer.send(f"{where}/circulate", {"languages": ["en"]})
    member = Desk(app, stage.focal["mx"])
    assert "Each child is told at once" in plain(member.get(read))
    member.get(where, 404)
    member.get(f"{where}/paragraphs/{paragraphs[0]}", 404)
    Desk(app, stage.focal["co"]).get(read, 404)
    assert "Each child" in plain(member.get(f"{read}?in=es&beside=xx"))


def test_two_who_write_one_paragraph_are_shown_both(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, drafting=[stage.id["gt"]])
        address = f"/texts/{text.id}/paragraphs/{made.paragraph(session, text, 2).id}"
    officer, drafter = Desk(app, stage.officer), Desk(app, stage.focal["gt"])
    stale = re.findall(r'name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', officer.get(address))
    drafter.send(address, {"words-en": "By Guatemala", "kind": "operative", "depth": "1"})
    typed = {**dict(reversed(stale)), "words-en": "By the officer", "kind": "operative", "depth": "1"}
    answer = officer.client.post(address, data=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "By Guatemala" in page
    assert "By the officer" in page
    assert "By Guatemala" in plain(officer.get(address.split("/paragraphs", maxsplit=1)[0]))


def test_who_writes_in_one_language_sees_what_was_written_in_another_meanwhile(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, drafting=[stage.id["gt"]], languages=["en", "es"])
        one = made.paragraph(session, text, 2)
        address, standing = f"/texts/{text.id}/paragraphs/{one.id}", one.words.texts["en"]
    officer, drafter = Desk(app, stage.officer), Desk(app, stage.focal["gt"])
    stale = re.findall(r'name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', officer.get(address))
    same = {"kind": "operative", "depth": "1"}
    drafter.send(address, {"words-en": standing, "words-es": "Escrito por Guatemala", **same})
    typed = {**dict(reversed(stale)), "words-en": "By the officer", "words-es": "", **same}
    page = officer.client.post(address, data=typed).get_data(as_text=True)
    (stands,) = re.findall(r"<q>(.*?)</q>", page)
    assert stands == f"English: {standing} · Spanish: Escrito por Guatemala"


def test_what_is_typed_is_kept_for_its_writer_and_offered_again(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, drafting=[stage.id["gt"]])
        address = f"/texts/{text.id}/paragraphs/{made.paragraph(session, text, 2).id}"
    officer, drafter = Desk(app, stage.officer), Desk(app, stage.focal["gt"])
    officer.send(f"{address}/keep", {"words-en": "Half a sentence"}, 204, form_at=address)
    assert "Half a sentence" in officer.get(address)
    assert "Half a sentence" not in drafter.get(address)
    assert "You were writing here" in officer.get(address.split("/paragraphs", maxsplit=1)[0])
    offered = officer.get(f"{address}?unsaved=1")
    assert re.search(r"<textarea[^>]*>\s*Half a sentence", offered)
    officer.send(f"{address}/keep", {"act": "forget"}, form_at=address)
    assert "Half a sentence" not in officer.get(address)
    officer.send(f"{address}/keep", {"words-en": "Half a sentence"}, 204, form_at=address)
    officer.send(f"{address}/keep", {"words-en": ""}, 200, form_at=address)
    assert "Half a sentence" not in officer.get(address)


def test_what_is_offered_again_is_what_differs_in_whatever_language(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, languages=["en", "es"])
        one = made.paragraph(session, text, 2)
        address, standing = f"/texts/{text.id}/paragraphs/{one.id}", one.words.texts["en"]
    officer = Desk(app, stage.officer)
    officer.send(f"{address}/keep", {"words-en": standing, "words-es": "A cada niño"}, 204, form_at=address)
    assert re.findall(r"<blockquote[^>]*>([^<]*)</blockquote>", officer.get(address)) == ["A cada niño"]


def a_round(app: Flask, stage: Stage) -> tuple[str, UUID]:
    """The address of a round opened on the page, and the text."""
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        text = made.begun(session, readers=frozenset({clauses.members_of(where.process, where.track)}))
        edition = made.circulated(session, text)
        key, document = text.id, edition.document_id
    officer = Desk(app, stage.officer)
    on = (clock.today() + timedelta(days=20)).isoformat()
    typed = {"ends_on": on, "ends_hour": "17:00", "zone": "America/Panama"}
    address = f"/documents/{document}/rounds/new"
    assert officer.wrong(address, {**typed, "ends_on": "2020-01-01"}) == [
        "This moment has passed; choose a later day or hour"
    ]
    _location, page = officer.send(address, {**typed, "letter": "0"}, 200)  # first to be read, then to be sent
    assert "/l/preview/comment" in page
    round_at, _page = officer.send(address, typed)
    return round_at, key


def test_a_round_from_its_opening_to_what_became_of_each_comment(app: Flask, stage: Stage) -> None:
    round_at, text = a_round(app, stage)
    member, other, officer = Desk(app, stage.focal["mx"]), Desk(app, stage.focal["bz"]), Desk(app, stage.officer)
    with looking(stage.engine, stage.officer) as session:
        paragraph = made.paragraph(session, made.again(session, text), 2).id
    new = f"{round_at}/comments/new?paragraph={paragraph}"
    assert "Each child is told" in plain(member.get(new))
    said = {"paragraph": str(paragraph), "language": "en", "wording": "Every child is told", "read_by": "readers"}
    assert member.wrong(new, {**said, "wording": ""}) == ["Write what you think of it, or the words you propose."]
    member.send(new, said)
    member.send(new, {**said, "wording": "", "words": "Not for all to know", "read_by": "secretariat"})
    member.send(new, {**said, "wording": "", "words": "Nobody knows whose", "read_by": "unnamed"})
    assert "Every child is told" not in plain(officer.get(round_at))
    assert plain(member.get(f"{round_at}/reply")).count("Change") == 3
    member.send(f"{round_at}/reply", {})
    read = plain(other.get(round_at))
    assert "Every child is told" in read
    assert "Not for all to know" not in read
    assert "Nobody knows whose" not in plain(officer.get(round_at))
    assert "Not for all to know" in plain(officer.get(round_at))
    officer.send(f"{round_at}/close", {})
    assert "Unnamed at its author's wish" in plain(officer.get(round_at)).replace("&#39;", "'")
    (first,) = [key for key, said in LISTED.findall(officer.get(round_at)) if "Every child is told" in said]
    answer = {"became": "in_brackets", "answer-en": "Both stand for now", "draft": "beside"}
    officer.send(f"{round_at}/answers/{first}", answer)
    other.get(f"{round_at}/answers/{first}", 404)
    with looking(stage.engine, stage.officer) as session:
        written = str(made.paragraph(session, made.again(session, text), 2).words)
    assert written == "[Each child is told what happens next] [Every child is told]"
    assert "Both stand for now" in plain(member.get(round_at))
    said_now = officer.send(f"/texts/{text}/circulate", {"languages": ["en"]})[0]
    page = plain(other.get(said_now))
    assert "What became of the comments" in page
    assert "Both stand for now" in page
    compared = other.get(f"{said_now}/compared")
    assert "<ins>" in compared


def test_pages_ask_as_many_statements_for_one_paragraph_as_for_forty(app: Flask, stage: Stage) -> None:
    counts = []
    for many in (1, 40):
        with acting(stage.engine, stage.officer) as session:
            where = documents.place(session)
            readers = frozenset({clauses.members_of(where.process, where.track)})
            text = made.begun(session, [made.words(f"Paragraph {one}") for one in range(many)], readers=readers)
            edition = made.circulated(session, text)
            found = made.opened(session, edition)
            addresses = [f"/texts/{text.id}", f"/documents/{edition.document_id}/text", f"/rounds/{found.id}"]
            paragraphs = [one.id for one in queries.paragraphs_of(session, text.id)]
            key = found.id
        with acting(stage.engine, stage.focal["mx"]) as session:
            this = made.round_again(session, key)
            for one in paragraphs:
                service.add_comment(session, this, Said(paragraph=one, language="en", words="Agreed"))
            service.send(session, service.reply_for(session, this))
        officer = Desk(app, stage.officer)
        told = []
        for address in addresses:
            officer.get(address)
            with statements_sent() as sent:
                officer.get(address)
            told.append(len(sent))
        counts.append(told)
    assert counts[0] == counts[1]


def test_lists_of_documents_name_the_languages_of_a_text_and_lead_to_each(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        readers = frozenset({clauses.participants_of(where.process, where.track)})
        both = [made.words("Each child is told", es="A cada niño se le informa")]
        text = made.begun(session, both, languages=["en", "es"], readers=readers)
        for one in queries.paragraphs_of(session, text.id):
            service.confirm_translation(session, one, "es")
        edition = made.circulated(session, text, "en", "es")
        at = f"/documents/{edition.document_id}/text"
    listed = Desk(app, stage.focal["mx"]).get("/processes/rcx/documents/")
    assert f'href="{at}?in=en"' in listed
    assert f'href="{at}?in=es"' in listed
    assert "A cada niño" in Desk(app, stage.focal["mx"]).get(f"{at}?in=es")
