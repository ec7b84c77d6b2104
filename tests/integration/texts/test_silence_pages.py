"""Pages of silence and adoption: the hour of the server, links without a password, courteous sentences, adoption."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from secretariat.core.refusals import Refused
from secretariat.core.session import Reason, system_unit
from secretariat.documents import service as documents
from secretariat.documents.models import Revision
from secretariat.processes.models import Participant, Track
from secretariat.texts import silence_queries as queries
from secretariat.texts.models import DraftText, TextState
from secretariat.texts.service import silence as service
from secretariat.texts.silence import HoldCause, ReactionKind, SilenceState
from secretariat.texts.silence_models import CapitalSays, ReasonsTo, TextAdoption
from tests.factories import people
from tests.factories import silence as made
from tests.factories import texts as factory
from tests.factories.meetings import acting, looking, scheduled
from tests.integration.texts.conftest import Desk, Stage

OPENED = datetime(2027, 6, 1, 15, tzinfo=UTC)
ENDS = made.at(date(2027, 6, 15))
END = ENDS.at
SECOND = timedelta(seconds=1)
HOUR = {"ends_on": "2027-06-15", "ends_hour": "17:00", "zone": made.ZONE}


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OPENED, tick=False) as traveller:
        yield traveller


@pytest.fixture
def named(stage: Stage) -> Stage:
    """Honduras too has a focal point: nobody is vacant."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, stage.id["government"])
        track.process.zone = made.ZONE
        stage.focal["hn"] = people.focal_point(session, track, session.get_one(Participant, stage.id["hn"]))
    return stage


def circulated(stage: Stage) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        return made.edition(session).document_id


def under_silence(stage: Stage, **more: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        return made.opened(session, ENDS, **more).id


def document_of(stage: Stage, key: UUID) -> UUID:
    with looking(stage.engine, stage.officer) as session:
        return made.again(session, key).edition.document_id


def text(page: str) -> str:
    bare = re.sub(r"</?(time|bdi|b|span|small|a)\b[^>]*>", "", page)
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", bare)).split())


def said(page: str) -> str:
    """What the page says was kept."""
    found = re.search(r'<div class="flash".*?</div>\s*</div>', page, re.S)
    return text(found[0]) if found else ""


# --- opening ------------------------------------------------------------------------------------------------------


def test_rules_then_silence_from_the_pages(app: Flask, named: Stage) -> None:
    document = circulated(named)
    officer = Desk(app, named.officer)
    assert "The rules of the process do not provide for silence" in officer.get(f"/documents/{document}/silence")
    given = {
        "since": "2027-01-01", "decision": "RCX/VM/2026/3", "working_days": "10", "hour": "17:00",
        "reasons_to": "readers", "quiet_days": "2027-06-10\n",
    }  # fmt: skip
    assert officer.wrong("/processes/rcx/silence", {**given, "decision": ""}) == [
        "Name the decision of the members, for example RCM/VM/2027/3, paragraph 12"
    ]
    assert "One day on each line" in officer.wrong("/processes/rcx/silence", {**given, "quiet_days": "soon"})[0]
    officer.send("/processes/rcx/silence", given)
    page = text(officer.get(f"/documents/{document}/silence"))
    assert "holidays of Panama" in page
    assert "Not counted: Sat 5 Jun, Sun 6 Jun, Thu 10 Jun, Sat 12 Jun and Sun 13 Jun" in page
    assert 'value="2027-06-16"' in officer.get(f"/documents/{document}/silence")
    where, _page = officer.send(f"/documents/{document}/silence", HOUR)
    shown = text(officer.get(where))
    assert "Tue 15 Jun, 17:00, Panama time (UTC−5)" in shown
    assert "It stands if no member objects before the hour" in shown


def test_bad_hours_are_told_beside_the_field(app: Flask, named: Stage) -> None:
    document = circulated(named)
    with acting(named.engine, named.officer) as session:
        made.rules(session)
    officer = Desk(app, named.officer)
    for changed, sentence in (
        ({"ends_on": "2027-06-03"}, "A silence lasts 72 hours at the least; give a later day or hour"),
        ({"ends_on": "2027-06-13"}, "Sunday 13 June 2027 is a day off there; choose a working day"),
        ({"zone": "Panama/Nowhere"}, "There is no such time zone; choose the place whose time it is"),
        (
            {"ends_on": "2028-03-26", "ends_hour": "02:30", "zone": "Europe/Vienna"},
            "The clocks of that place pass over",
        ),
    ):
        assert officer.wrong(f"/documents/{document}/silence", {**HOUR, **changed})[0].startswith(sentence)


def test_who_does_not_keep_the_track_does_not_find_these_pages(app: Flask, named: Stage) -> None:
    key = under_silence(named)
    document = document_of(named, key)
    for one in (named.focal["mx"], named.focal["co"], named.coordinator):
        desk = Desk(app, one)
        for path in (
            f"/documents/{document}/silence", f"/silence/{key}/extend",
            f"/silence/{key}/call-off", f"/silence/{key}/bounce", f"/documents/{document}/adoption",
        ):  # fmt: skip
            desk.get(path, 404)
    for one in (named.focal["mx"], named.focal["co"], named.chair):
        Desk(app, one).get("/processes/rcx/silence", 404)
    Desk(app, named.coordinator).get(f"/silence/{key}", 404)


# --- reacting -----------------------------------------------------------------------------------------------------


def test_an_objection_from_the_page(app: Flask, named: Stage) -> None:
    key = under_silence(named)
    mexico, belize = Desk(app, named.focal["mx"]), Desk(app, named.focal["bz"])
    assert mexico.wrong(f"/silence/{key}", {"kind": "objection", "words": "", "language": "en"}) == [
        "Say why, so that a text can be found that all can live with"
    ]
    where, _page = mexico.send(
        f"/silence/{key}", {"kind": "objection", "words": "Paragraph 1 goes too far", "language": "en"}
    )
    assert "Your objection is kept; the silence is broken" in mexico.get(where)
    page = text(belize.get(f"/silence/{key}"))
    assert "A member has objected in time" in page
    assert "Mexico: Objection" in page
    assert "Paragraph 1 goes too far" in page
    assert "It was to end Tue 15 Jun, 17:00" in page  # on a day that is still to come
    assert "The draft" not in page
    assert "The draft" in text(Desk(app, named.officer).get(f"/silence/{key}"))


def test_who_objected_is_not_on_the_page_of_others_where_the_rule_says_so(app: Flask, named: Stage) -> None:
    key = under_silence(named, reasons_to=ReasonsTo.SECRETARIAT)
    made.reacted(named.engine, named.focal["mx"], key)
    page = Desk(app, named.focal["bz"]).get(f"/silence/{key}")
    assert "A member has objected in time" in page
    assert "Mexico" not in page
    assert "Paragraph 1 needs" not in page
    assert "Mexico" in Desk(app, named.officer).get(f"/silence/{key}")


def test_one_second_late_is_told_so_and_kept(app: Flask, named: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(named)
    clock_stands.move_to(END - SECOND)
    mexico = Desk(app, named.focal["mx"])
    typed = {"kind": "objection", "words": "Paragraph 1 goes too far", "language": "en"}
    mexico.get(f"/silence/{key}")
    clock_stands.move_to(END + SECOND)
    where, _page = mexico.send(f"/silence/{key}", typed)
    page = text(mexico.get(where))
    assert "This reached us at 17:00:01" in page
    assert "It is kept on file, and the Secretariat reads it" in page
    assert "came at 17:00:01, after the end; kept on file" in text(Desk(app, named.officer).get(f"/silence/{key}"))
    assert "goes too far" not in Desk(app, named.focal["bz"]).get(f"/silence/{key}")
    assert made.state(named.engine, named.officer, key) is SilenceState.PASSED


def test_what_counts_is_when_the_request_came_not_when_it_was_worked_on(
    app: Flask, named: Stage, clock_stands: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that came a second before the end and waited ten seconds for its turn is in time."""
    key = under_silence(named)
    clock_stands.move_to(END - SECOND)
    mexico = Desk(app, named.focal["mx"])
    waited = service.react

    def slow(*given: object) -> object:
        clock_stands.move_to(END + 10 * SECOND)
        return waited(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(service, "react", slow)
    mexico.send(f"/silence/{key}", {"kind": "objection", "words": "No", "language": "en"})
    assert made.state(named.engine, named.officer, key) is SilenceState.BROKEN


def test_an_observer_is_offered_a_comment_alone(app: Flask, named: Stage) -> None:
    key = under_silence(named)
    colombia = Desk(app, named.focal["co"])
    page = colombia.get(f"/silence/{key}")
    assert 'value="comment"' in page
    for kind in ("objection", "asks_for_time", "interpretation", "explanation"):
        assert f'value="{kind}"' not in page
        assert colombia.wrong(f"/silence/{key}", {"kind": kind, "words": "No", "language": "en"}) == [
            "Members alone object, ask for time or make statements; as an observer you may comment, and the comment is "
            "read with the text."
        ]
    colombia.send(f"/silence/{key}", {"kind": "comment", "words": "We welcome it", "language": "en"})
    assert "We welcome it" in Desk(app, named.focal["bz"]).get(f"/silence/{key}")


def test_twice_is_told_beside_the_choice(app: Flask, named: Stage) -> None:
    key = under_silence(named)
    made.reacted(named.engine, named.focal["gt"], key)
    wrong = Desk(app, named.alternate["gt"]).wrong(
        f"/silence/{key}", {"kind": "objection", "words": "Again", "language": "en"}
    )
    assert wrong == [
        "Your government has objected already: Tue 1 Jun, 10:00, Panama time (UTC−5). Add to it by a comment."
    ]


def test_who_does_not_speak_for_a_government_is_led_to_who_does(app: Flask, named: Stage) -> None:
    key = under_silence(named)
    chair = Desk(app, named.chair)
    page = chair.get(f"/silence/{key}")
    assert "The focal point and the alternate speak for Guatemala here" in page
    assert 'name="kind"' not in page


def test_the_secretariat_sees_who_is_waited_for_and_nobody_else(
    app: Flask, stage: Stage, clock_stands: time_machine.Traveller
) -> None:
    key = under_silence(stage)
    clock_stands.move_to(END)
    officer, belize = Desk(app, stage.officer), Desk(app, stage.focal["bz"])
    page = text(officer.get(f"/silence/{key}"))
    assert "Honduras: Nobody is named as focal point" in page
    page = text(belize.get(f"/silence/{key}"))
    assert "for some members the time is not over" in page
    assert "Honduras" not in page


def test_holding_open_and_agreeing_time_from_the_pages(
    app: Flask, named: Stage, clock_stands: time_machine.Traveller
) -> None:
    key = under_silence(named)
    officer = Desk(app, named.officer)
    officer.send(f"/silence/{key}/bounce", {"participant": str(named.id["bz"])})
    made.reacted(named.engine, named.focal["mx"], key, ReactionKind.ASKS_FOR_TIME, "")
    with looking(named.engine, named.officer) as session:
        held = {one.cause: one for one in queries.holds_of(session, key)}
        bounced, asked = held[HoldCause.BOUNCED], held[HoldCause.ASKED_FOR_TIME]
    officer.send(
        f"/silence/{key}/holds/{asked.id}/time", {"ends_on": "2027-06-18", "ends_hour": "12:00", "zone": made.ZONE}
    )
    clock_stands.move_to(END + SECOND)
    officer = Desk(app, named.officer)
    officer.send(f"/silence/{key}/holds/{bounced.id}/reached", {}, form_at=f"/silence/{key}")
    page = text(officer.get(f"/silence/{key}"))
    assert "Belize: The notice did not arrive" in page
    assert "Mexico: Has asked for time" in page
    officer.send(f"/silence/{key}/holds/{asked.id}/reached", {}, 404, form_at=f"/silence/{key}")
    assert "Fri 18 Jun, 12:00" in text(Desk(app, named.focal["mx"]).get(f"/silence/{key}"))


def test_extending_and_calling_off_from_the_pages(app: Flask, named: Stage) -> None:
    key = under_silence(named)
    officer = Desk(app, named.officer)
    officer.send(f"/silence/{key}/extend", {**HOUR, "ends_on": "2027-06-22", "word": "Belize asked for it"})
    page = text(Desk(app, named.focal["mx"]).get(f"/silence/{key}"))
    assert "Extended; it was to end Tue 15 Jun, 17:00, Panama time (UTC−5). Belize asked for it" in page
    officer.send(f"/silence/{key}/call-off", {"word-en": "A new text follows"})
    page = text(Desk(app, named.focal["mx"]).get(f"/silence/{key}"))
    assert "A new text follows" in page
    assert 'name="kind"' not in page


# --- adoption -----------------------------------------------------------------------------------------------------


def adopted_by(stage: Stage, document: UUID) -> TextAdoption | None:
    with looking(stage.engine, stage.officer) as session:
        return session.scalar(select(TextAdoption))


def state_of_text(stage: Stage) -> TextState:
    with system_unit(stage.engine, Reason.SILENCE, writes=False) as session:
        return session.scalars(select(DraftText.state)).one()


def test_by_silence_once_it_is_on_record(app: Flask, named: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(named)
    document = document_of(named, key)
    made.reacted(
        named.engine, named.focal["gt"], key, ReactionKind.INTERPRETATION, "By staff we understand consular staff"
    )
    officer = Desk(app, named.officer)
    given = {"how": "silence", "adopted_on": "2027-06-15", "word": "Note of the chair, 16 June"}
    path = f"/documents/{document}/adoption"
    early = officer.send(path, {**given, "adopted_on": "2027-06-01"}, 422)[1]
    assert "under silence, which has not ended" in text(early)
    clock_stands.move_to(END + 30 * SECOND)
    officer = Desk(app, named.officer)
    assert "put on record within some minutes" in text(officer.send(path, given, 422)[1])
    clock_stands.move_to(END + 60 * SECOND)
    service.record_what_is_over(named.engine)
    where, _page = officer.send(path, given)
    page = text(Desk(app, named.focal["bz"]).get(where))
    for words in (
        "By silence", "Noted by the Secretariat: Note of the chair, 16 June", "By staff we understand consular staff",
        "SHA-256",
    ):  # fmt: skip
        assert words in page
    assert state_of_text(named) is TextState.ADOPTED
    assert "adopted already" in text(officer.send(path, given, 422, form_at=f"/silence/{key}/extend")[1])


def test_by_consensus_needs_its_meeting_and_the_chairs_word(app: Flask, named: Stage) -> None:
    document = circulated(named)
    with acting(named.engine, named.officer) as session:
        meeting = scheduled(session).id
    officer = Desk(app, named.officer)
    path = f"/documents/{document}/adoption"
    given = {"how": "consensus", "adopted_on": "2027-06-01", "word": "In the room"}
    assert officer.wrong(path, given) == ["Choose the meeting at which it was adopted by consensus"]
    assert officer.wrong(path, {**given, "word": "", "meeting": str(meeting)}) == [
        "Say how the chair pronounced it, for example: in the room, at the closing session"
    ]
    assert officer.wrong(path, {**given, "adopted_on": "2027-06-02", "meeting": str(meeting)}) == [
        "That day is to come; give the day on which it was adopted"
    ]
    where, _page = officer.send(path, {**given, "meeting": str(meeting)})
    assert "21st Vice-Ministerial Meeting" in officer.get(where)


def test_by_named_participants_only_and_reservations_word_for_word(app: Flask, named: Stage) -> None:
    document = circulated(named)
    officer = Desk(app, named.officer)
    path = f"/documents/{document}/adoption"
    given = {"how": "named_participants", "adopted_on": "2027-06-01", "word": "In the room"}
    assert officer.wrong(path, given) == ["Tick those by whom it is, and only where it is by those named alone"]
    begun = {**given, "named": [str(named.id["gt"])], "statement_kind": "reservation"}
    assert officer.wrong(path, begun) == ["Choose whose statement it is"]  # nothing of a statement begun is left out
    where, _page = officer.send(
        path,
        {
            **given, "named": [str(named.id["gt"]), str(named.id["mx"])], "statement_of": str(named.id["gt"]),
            "statement_kind": "reservation", "statement": "Con reserva  del artículo 2.", "statement_language": "es",
        },
    )  # fmt: skip
    page = officer.get(where)
    assert "Guatemala and Mexico" in page
    assert "Con reserva  del artículo 2." in page
    officer.send(
        f"{where}/statement",
        {
            "statement_of": str(named.id["mx"]), "statement_kind": "explanation", "statement": "Mexico understands",
            "statement_language": "en",
        },
    )  # fmt: skip
    assert "Mexico understands" in officer.get(where)


def test_a_statement_is_never_lost_nor_called_what_it_was_not_called(app: Flask, named: Stage) -> None:
    document = circulated(named)
    officer = Desk(app, named.officer)
    path = f"/documents/{document}/adoption"
    given = {"how": "chairs_summary", "adopted_on": "2027-06-01", "word": "In the room"}
    said = {"statement": "Con reserva del artículo 2.", "statement_language": "es"}
    assert officer.wrong(path, {**given, **said}) == ["Choose whose statement it is"]
    whose = {"statement_of": str(named.id["gt"])}
    assert officer.wrong(path, {**given, **said, **whose}) == ["Choose what kind of statement it is"]
    assert adopted_by(named, document) is None
    where, _page = officer.send(path, {**given, **said, **whose, "statement_kind": "explanation"})
    assert "Con reserva del artículo 2." in officer.get(where)


def test_ad_referendum_capitals_confirm(app: Flask, named: Stage) -> None:
    document = circulated(named)
    officer = Desk(app, named.officer)
    path = f"/documents/{document}/adoption"
    given = {"how": "ad_referendum", "adopted_on": "2027-06-01", "word": "In the room"}
    assert officer.wrong(path, given) == [
        "Give the day by which capitals confirm, and only where it is adopted ad referendum"
    ]
    assert officer.wrong(path, {**given, "confirm_by": "2027-06-01"}) == ["That day is past; give one to come"]
    where, _page = officer.send(path, {**given, "confirm_by": "2027-07-01"})
    with looking(named.engine, named.officer) as session:
        adoption = session.scalars(select(TextAdoption)).one()
        rows = {one.participant_id: one.id for one in adoption.confirmations}
    assert len(rows) == 4
    mexico = Desk(app, named.focal["mx"])
    own = f"/adoptions/confirmations/{rows[named.id['mx']]}"
    mexico.send(own, {"says": "confirmed"})
    mexico.get(f"/adoptions/confirmations/{rows[named.id['bz']]}", 404)
    noted = f"/adoptions/confirmations/{rows[named.id['bz']]}"
    assert officer.wrong(noted, {"says": "confirmed", "word": ""}) == [
        "Say how its word reached you, for example: note verbale 12/2027"
    ]
    officer.send(noted, {"says": "not_confirmed", "word": "Note verbale 4"})
    page = text(Desk(app, named.focal["hn"]).get(where))
    assert "Mexico: Confirmed" in page
    assert "Belize: Not confirmed" in page
    assert "noted by the Secretariat: Note verbale 4" in page
    Desk(app, named.focal["bz"]).send(noted, {"says": "confirmed"})
    with looking(named.engine, named.officer) as session:
        row = queries.confirmation_of(session, rows[named.id["bz"]])
        assert row is not None
        assert (row.says, row.noted_word) == (CapitalSays.CONFIRMED, "")


def test_what_passed_under_silence_lies_on_the_desk_of_the_chair_until_it_is_pronounced(
    app: Flask, named: Stage, clock_stands: time_machine.Traveller
) -> None:
    with acting(named.engine, named.officer) as session:
        edition = made.edition(session, body="Steering Group")
        document = edition.document_id
        made.opened(session, ENDS, on=edition)

    def on_the_desk_of(one: people.Official) -> bool:
        return f"/documents/{document}/adoption" in Desk(app, one).get("/")

    assert not on_the_desk_of(named.chair)
    clock_stands.move_to(END + 60 * SECOND)
    service.record_what_is_over(named.engine)
    assert "Passed under silence; adoption is to be pronounced" in Desk(app, named.chair).get("/")
    assert on_the_desk_of(named.officer)
    assert not on_the_desk_of(named.focal["mx"])
    given = {"how": "silence", "adopted_on": "2027-06-15"}
    Desk(app, named.chair).send(f"/documents/{document}/adoption", given)
    assert not on_the_desk_of(named.chair)
    assert not on_the_desk_of(named.officer)


def test_the_chair_pronounces_without_a_word_on_how(app: Flask, named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        document = made.edition(session, body="Steering Group").document_id
    chair = Desk(app, named.chair)
    where, _page = chair.send(f"/documents/{document}/adoption", {"how": "chairs_summary", "adopted_on": "2027-06-01"})
    assert "By the chair" in text(chair.get(where))
    assert state_of_text(named) is TextState.ADOPTED


def test_words_in_brackets_are_not_adopted(app: Flask, named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        document = made.edition(session).document_id
        open_words = factory.circulated(session, factory.begun(session)).document_id
        meeting = scheduled(session).id
    assert document
    given = {"how": "consensus", "adopted_on": "2027-06-01", "word": "In the room", "meeting": str(meeting)}
    page = Desk(app, named.officer).send(f"/documents/{open_words}/adoption", given, 422)[1]
    assert "stand in brackets still" in text(page)


def test_an_adopted_text_is_written_no_more(app: Flask, named: Stage) -> None:
    from secretariat.core.refusals import NotAllowed
    from secretariat.texts import service as texts

    with acting(named.engine, named.officer) as session:
        edition = made.edition(session)
        document, key = edition.document_id, edition.text_id
    Desk(app, named.officer).send(
        f"/documents/{document}/adoption",
        {"how": "chairs_summary", "adopted_on": "2027-06-01", "word": "In the room"},
    )
    with acting(named.engine, named.officer) as session:
        own = factory.again(session, key)
        for act in (
            lambda: texts.add_paragraphs(session, own, [made.TOLD]),
            lambda: texts.circulate(session, own, ["en"]),
            lambda: texts.set_aside(session, own),
            lambda: texts.take_up_again(session, own),
            lambda: texts.write_paragraph(session, factory.paragraph(session, own, 0), made.TOLD),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_an_adopted_text_keeps_its_languages_and_is_corrected_alone(app: Flask, named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        document = made.edition(session).document_id
    at, officer = f"/documents/{document}", Desk(app, named.officer)
    officer.send(f"{at}/adoption", {"how": "chairs_summary", "adopted_on": "2027-06-01", "word": "In the room"})
    page = officer.get(at)
    assert f"{at}/withdraw" not in page
    assert f"{at}/versions/new" not in page
    stays = "This text is adopted and stays as it is"
    assert stays in officer.send(f"{at}/withdraw", {"word-en": "A mistake"}, 422)[1]
    assert stays in officer.send(f"{at}/versions/new", {"language": "ar", "due_on": "2027-09-01"}, 422)[1]
    assert 'value="rev"' not in officer.get(f"{at}/revise")
    officer.send(f"{at}/revise", {"revision": "corr", "title-en": "Corrigendum"})


def test_the_next_edition_of_a_text_comes_from_the_text(named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        document = made.edition(session).document
        with pytest.raises(Refused, match="circulated from the text itself"):
            documents.revise(session, document, Revision.REV, document.title)


def test_of_an_adopted_text_nothing_more_is_asked_and_its_paper_says_how(app: Flask, named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        edition = made.edition(session)
        document, key = edition.document_id, edition.text_id
    officer = Desk(app, named.officer)
    assert "Open a round of comments" in officer.get(f"/documents/{document}/text")
    given = {"how": "chairs_summary", "adopted_on": "2027-06-01", "word": "In the room"}
    reserved = {
        "statement_of": str(named.id["gt"]), "statement_kind": "reservation", "statement": "Con reserva del párrafo 1",
        "statement_language": "es",
    }  # fmt: skip
    officer.send(f"/documents/{document}/adoption", {**given, **reserved})
    page = officer.get(f"/documents/{document}/text")
    assert "Open a round of comments" not in page
    assert "Adopted" in text(page)
    assert "adopted already" in text(officer.send(f"/documents/{document}/rounds/new", HOUR, 422)[1])
    page = officer.get(f"/texts/{key}")
    assert "Take it up again" not in page
    assert "The text is adopted; it is written no more." in page
    with ZipFile(BytesIO(officer.client.get(f"/documents/{document}/text/paper.docx").data)) as opened:
        words = text(opened.read("word/document.xml").decode())
    for said_there in ("Adopted on Tuesday 1 June 2027", "As a summary of the chair", "Con reserva del párrafo 1"):
        assert said_there in words


def test_arabic_pages_stand(app: Flask, named: Stage) -> None:
    key = under_silence(named)
    desk = Desk(app, named.focal["mx"])
    page = desk.client.get(f"/silence/{key}", headers={"Accept-Language": "ar"}).get_data(as_text=True)
    assert 'id="react"' in page
