"""The report of a meeting compiles itself, in every language of the meeting and for its readers alone."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.meetings import queries, service
from secretariat.meetings.models import Adoption, Attendance, AttributionRule, Meeting, MeetingState
from secretariat.meetings.service import Confirmation, ItemWords, OutcomeWords
from secretariat.processes import clauses
from secretariat.texts import queries as texts
from secretariat.texts.service import awaits_translation
from tests.factories.meetings import acting, again, in_days, invited, scheduled
from tests.integration.meetings.conftest import Desk, Stage

BOTH = {"en": "Review of the plan", "es": "Examen del plan"}


def held(stage: Stage, **fields: Any) -> UUID:
    """A meeting that was held: two members came, one sent regrets; a note, an outcome of all and one of few."""
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, "rcx", languages=["en", "es"], **fields)
        key = meeting.id
        invited(session, again(session, key))
        meeting = again(session, key)
        track = meeting.track
        item = service.add_item(session, meeting, ItemWords(title=LocalText(BOTH, "en"), minutes=30))
        meeting.starts_on = meeting.ends_on = PartialDate.parse(in_days(-2))
        session.flush()
        few = frozenset({clauses.named(meeting.process, track, audience=[clauses.secretariat(track)])})
        service.add_item(session, meeting, ItemWords(title=LocalText.of("For few")), few)
        came = {one.id: Attendance.PRESENT for one in queries.invitations_of(session, key)}
        regrets = next(one for one in queries.invitations_of(session, key) if one.participant_id == stage.id["bz"])
        service.record_attendance(session, meeting, {**came, regrets.id: Attendance.REGRETS})
        if meeting.attribution is not AttributionRule.OFF_THE_RECORD:
            service.write_note(session, meeting, item.id, LocalText.of("Several spoke of shelter."))
            service.circulate_notes(session, meeting)
        confirmed = Confirmation(adoption=Adoption.CONSENSUS, word="The Chair, at the meeting")
        words = OutcomeWords(
            kind="decision", text=LocalText({"en": "to meet again", "es": "volver a reunirse"}, "en"),
            operative_verb="agreed", item_id=item.id,
        )  # fmt: skip
        service.record_outcome(session, meeting, words, confirmation=confirmed)
        if meeting.attribution is not AttributionRule.OFF_THE_RECORD:
            service.record_outcome(session, meeting, OutcomeWords(kind="decision", text=LocalText.of("A draft still")))
    with system_unit(stage.engine, Reason.REFERENCE) as system:
        system.get_one(Meeting, key).state = MeetingState.HELD
    return key


def test_it_tells_who_came_what_stood_on_the_agenda_and_what_was_agreed(stage: Stage) -> None:
    key = held(stage)
    with acting(stage.engine, stage.officer) as session:
        text = service.begin_report(session, again(session, key))
        paragraphs = texts.paragraphs_of(session, text.id)
        english = [one.words.in_language("en")[0] for one in paragraphs]
        spanish = [one.words.texts.get("es", "") for one in paragraphs]
        waits = [place for place, one in enumerate(paragraphs) if awaits_translation(text, one, "es")]
    assert english[0] == "Opening and attendance"
    assert english[1].startswith("The meeting was held in Panama City on ")
    assert english[2:7] == [
        "The following took part: Guatemala, Honduras and Mexico.",
        "Regrets were received from: Belize.",
        "Agenda",
        "The meeting had the following agenda before it:",
        "Review of the plan",
    ]
    assert english[7:] == ["Review of the plan", "Several spoke of shelter.", "The meeting agreed:", "to meet again"]
    assert spanish[6] == "Examen del plan"
    assert spanish[2].endswith("Guatemala, Honduras y México.")
    assert [english[place] for place in waits] == ["Several spoke of shelter."]
    told = " ".join([*english, *spanish])
    assert "For few" not in told
    assert "A draft still" not in told


def test_one_report_is_written_at_a_time_and_none_off_the_record(stage: Stage) -> None:
    key = held(stage)
    with acting(stage.engine, stage.officer) as session:
        service.begin_report(session, again(session, key))
        with pytest.raises(Refused, match="already"):
            service.begin_report(session, again(session, key))
    for other in (stage.focal["gt"], stage.chair):
        with acting(stage.engine, other) as session, pytest.raises(NotAllowed):
            service.begin_report(session, again(session, key))
    silent = held(stage, attribution=AttributionRule.OFF_THE_RECORD)
    with acting(stage.engine, stage.officer) as session, pytest.raises(NotAllowed):
        service.begin_report(session, again(session, silent))


def test_the_page_begins_it_and_leads_to_it_afterwards(app: Flask, stage: Stage) -> None:
    key = held(stage)
    desk = Desk(app, stage.officer)
    where, _page = desk.send(f"/meetings/{key}/report", {})
    assert where.startswith("/texts/")
    assert desk.client.get(f"/meetings/{key}/report").location == where
    Desk(app, stage.focal["gt"]).get(f"/meetings/{key}/report", 404)
    Desk(app, stage.focal["gt"]).get(where, 404)


def test_the_page_of_a_meeting_that_was_held_drafts_its_report_in_one_step(app: Flask, stage: Stage) -> None:
    key = held(stage)
    page, report = f"/meetings/{key}", f"/meetings/{key}/report"
    officer = Desk(app, stage.officer)
    where, _page = officer.send(report, {}, form_at=page)
    assert where.startswith("/texts/")
    assert officer.send(report, {}, form_at=page)[0] == where  # what is written is gone on with, never begun again
    assert report not in Desk(app, stage.focal["mx"]).get(page)
