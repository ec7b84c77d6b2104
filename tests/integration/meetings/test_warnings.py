"""What the form of a meeting warns of: once, before saving, and never of what one may not know."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.meetings import service
from secretariat.meetings.busy_models import BusyDays
from secretariat.meetings.models import Answer, Meeting, MeetingState
from secretariat.meetings.service import Readers
from secretariat.processes import clauses
from secretariat.processes.models import Participant, StandingKind, Track
from tests.factories import people
from tests.factories.meetings import acting, again, invited, looking, particulars, scheduled
from tests.factories.people import Official
from tests.factories.processes import participation, process_with_tracks
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_pages import NEW, typed
from tests.support.sql import statements_sent

QUIET = date(2027, 3, 9)  # a Tuesday that is a holiday nowhere in the small world
INDEPENDENCE = date(2027, 9, 15)  # of Guatemala and Honduras
ASKED = "Schedule all the same"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2027-01-11 15:00Z", tick=True):
        yield


def on(day: date, stage: Stage, **more: Any) -> dict[str, Any]:
    return typed(stage, starts_on=day.isoformat(), ends_on="", **more)


def other_meeting(stage: Stage, day: date = QUIET, body: str = "Steering Group", **fields: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        title = LocalText.of("Other matters")
        meeting = scheduled(session, body=body, starts_on=day, ends_on=day, last_ends=None, title=title, **fields)
        return meeting.id


def meetings(stage: Stage) -> int:
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        return len(system.scalars(select(Meeting.id)).all())


def warned(desk: Desk, given: dict[str, Any]) -> list[str]:
    """The lines of the notice; nothing was saved."""
    page = desk.send(NEW, given, 200)[1]
    assert ASKED in page
    return lines(page)


def lines(page: str) -> list[str]:
    notice = page.partition('id="h-days-warned"')[2].partition("</section>")[0]
    return [html.unescape(re.sub(r"<[^>]+>", " ", one)) for one in re.findall(r"<li>(.*?)</li>", notice, re.S)]


def unseen(page: str, name: str) -> str:
    return html.unescape(re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)[0])


def test_a_day_on_which_nothing_else_lies_is_saved_at_once(app: Flask, stage: Stage) -> None:
    location, _page = Desk(app, stage.officer).send(NEW, on(QUIET, stage))
    assert "/meetings/" in location


def test_another_meeting_of_the_same_participants_is_named_with_them(app: Flask, stage: Stage) -> None:
    other_meeting(stage)
    (line,) = warned(Desk(app, stage.officer), on(QUIET, stage))
    assert "Other matters" in line
    assert "also of Guatemala and Mexico" in line
    assert meetings(stage) == 1


def test_whoever_is_warned_schedules_all_the_same_with_everything_typed(app: Flask, stage: Stage) -> None:
    other_meeting(stage)
    desk = Desk(app, stage.officer)
    given = on(QUIET, stage, act="announce", **{"title-en": "A second <meeting>"})
    page = desk.send(NEW, given, 200)[1]
    assert 'value="A second &lt;meeting&gt;"' in page
    assert 'name="act" value="announce">Schedule all the same' in page
    location, _page = desk.send(NEW, given | {"warned_of": unseen(page, "warned_of")})
    assert location.endswith("/invite")
    assert meetings(stage) == 2


def test_other_days_are_warned_of_anew(app: Flask, stage: Stage) -> None:
    other_meeting(stage)
    other_meeting(stage, QUIET + timedelta(days=1))
    desk = Desk(app, stage.officer)
    seen = unseen(desk.send(NEW, on(QUIET, stage), 200)[1], "warned_of")
    assert warned(desk, on(QUIET + timedelta(days=1), stage, warned_of=seen))
    assert meetings(stage) == 2


def test_who_sent_regrets_is_not_expected_there(app: Flask, stage: Stage) -> None:
    key = other_meeting(stage)
    with acting(stage.engine, stage.officer) as session:
        meeting = again(session, key)
        invited(session, meeting)
        regrets = next(one for one in meeting.invitations if one.participant_id == stage.id["mx"])
        regrets.answer = Answer.REGRETS
    (line,) = warned(Desk(app, stage.officer), on(QUIET, stage))
    assert "also of Guatemala" in line
    assert "Mexico" not in line


@pytest.mark.parametrize("state", [MeetingState.POSTPONED, MeetingState.CANCELLED])
def test_what_was_called_off_takes_up_no_days(app: Flask, stage: Stage, state: MeetingState) -> None:
    key = other_meeting(stage)
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, key), state, None)
    Desk(app, stage.officer).send(NEW, on(QUIET, stage))


def test_a_meeting_without_a_common_participant_is_nothing_to_tell(app: Flask, stage: Stage) -> None:
    key = other_meeting(stage, body="", readers=Readers.PARTICIPANTS)
    with acting(stage.engine, stage.officer) as session:
        service.invite(session, again(session, key), [stage.id["co"]], answer_by=None)
    Desk(app, stage.officer).send(NEW, on(QUIET, stage, body=str(stage.id["steering"])))


def test_holidays_are_named_with_their_countries_and_in_the_readers_language(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    (line,) = warned(desk, on(INDEPENDENCE, stage))
    assert "Independence Day" in line
    assert "Guatemala and Honduras" in line
    desk.get("/?lang=es")
    page = html.unescape(desk.send(NEW, on(INDEPENDENCE, stage), 200)[1])
    assert "Día de la Independencia" in page


def test_a_holiday_that_follows_the_moon_is_said_to_be_estimated(app: Flask, stage: Stage) -> None:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        session.get_one(Participant, stage.id["gt"]).iso = "ID"
    found = warned(Desk(app, stage.officer), on(date(2031, 1, 25), stage))
    assert any("Eid al-Fitr" in one and "(estimated; the moon decides)" in one for one in found)


# --- of what one may not know -------------------------------------------------------------------------------------


def strangers(stage: Stage) -> Official:
    """The officer of another process, in which Guatemala is a member, too."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        process, track, _network = process_with_tracks(session, "rcy")
        guatemala = session.get_one(Participant, stage.id["gt"])
        participation(session, track, guatemala, StandingKind.MEMBER)
        session.flush()
        stage.id["rcy"] = process.id
        return people.officer(session, track)


def test_a_meeting_of_a_process_one_does_not_read_is_not_warned_of(app: Flask, stage: Stage) -> None:
    other_officer = strangers(stage)
    with acting(stage.engine, other_officer) as session:
        scheduled(session, "rcy", starts_on=QUIET, ends_on=QUIET, last_ends=None)
    Desk(app, stage.officer).send(NEW, on(QUIET, stage))


def test_a_draft_of_the_other_side_of_the_wall_is_not_warned_of(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.coordinator) as session:
        scheduled(session, body="Network of Organizations", starts_on=QUIET, ends_on=QUIET, last_ends=None)
    Desk(app, stage.officer).send(NEW, on(QUIET, stage))


def test_as_many_statements_for_one_clash_as_for_many(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    other_meeting(stage)
    counts = []
    for _again in range(2):
        desk.get(NEW)
        with statements_sent() as sent:
            warned(desk, on(QUIET, stage))
        counts.append(len(sent))
        for body in ("Steering Group", "Vice-Ministerial Meeting", ""):
            with acting(stage.engine, stage.officer) as session:
                invited(session, scheduled(session, body=body, starts_on=QUIET, ends_on=QUIET, last_ends=None))
    assert counts[0] == counts[1]


# --- the other side of the wall -----------------------------------------------------------------------------------


def network_meets(stage: Stage, day: date = QUIET, **fields: Any) -> UUID:
    with acting(stage.engine, stage.coordinator) as session:
        title = LocalText.of("What the network thinks")
        made = scheduled(
            session, body="Network of Organizations", starts_on=day, ends_on=day, last_ends=None, title=title, **fields
        )
        return made.id


def publish(app: Flask, one: Official, *, on: bool = True) -> None:
    path = "/processes/rcx/busy-days"
    Desk(app, one).send(path, {"publish": "yes"} if on else {})


def test_a_network_that_publishes_its_days_is_warned_of_by_days_alone(app: Flask, stage: Stage) -> None:
    network_meets(stage)
    publish(app, stage.coordinator)
    (line,) = warned(Desk(app, stage.officer), on(QUIET, stage))
    assert "Civil society" in line
    assert "has taken these days; what for is not told" in line
    assert "network thinks" not in line


def test_published_days_follow_the_meeting_and_the_switch(app: Flask, stage: Stage) -> None:
    publish(app, stage.coordinator)
    key = network_meets(stage)
    later = QUIET + timedelta(days=1)
    with acting(stage.engine, stage.coordinator) as session:
        meeting = again(session, key)
        service.change_meeting(session, meeting, particulars(starts_on=later, ends_on=later, last_ends=None))
    desk = Desk(app, stage.officer)
    assert len(warned(desk, on(later, stage))) == 1
    desk.send(NEW, on(QUIET, stage, readers="participants"))
    with acting(stage.engine, stage.coordinator) as session:
        service.call_off_meeting(session, again(session, key), MeetingState.POSTPONED, None)
    desk.send(NEW, on(later, stage))
    network_meets(stage, later + timedelta(days=1))
    publish(app, stage.coordinator, on=False)
    desk.send(NEW, on(later + timedelta(days=1), stage))


def test_drafts_and_meetings_for_named_readers_are_not_told_of(app: Flask, stage: Stage) -> None:
    publish(app, stage.coordinator)
    network_meets(stage, announce=False)
    with system_unit(stage.engine, Reason.REFERENCE, writes=False) as session:
        network = session.get_one(Track, stage.id["network"])
        kept = frozenset({clauses.named(network.process, network, audience=[clauses.secretariat(network)])})
    network_meets(stage, readers=kept)
    Desk(app, stage.officer).send(NEW, on(QUIET, stage))


def test_neither_side_is_warned_before_the_network_publishes(app: Flask, stage: Stage) -> None:
    publish(app, stage.officer)
    other_meeting(stage)
    desk = Desk(app, stage.coordinator)
    body = {"body": str(stage.id["network_body"])}
    desk.send(NEW, on(QUIET, stage, **body))
    publish(app, stage.coordinator)
    (line, *_own) = [one for one in warned(desk, on(QUIET, stage, **body)) if "taken these days" in one]
    assert "Governments" in line


@pytest.mark.parametrize("who", ["mx", "gt"])
def test_nobody_but_its_secretariat_publishes_and_focal_points_read_no_days(app: Flask, stage: Stage, who: str) -> None:
    network_meets(stage)
    publish(app, stage.coordinator)
    Desk(app, stage.focal[who]).get("/processes/rcx/busy-days", 404)
    with looking(stage.engine, stage.focal[who]) as session:
        assert session.scalars(select(BusyDays)).all() == []


# --- changing a meeting -------------------------------------------------------------------------------------------


def test_the_page_of_changes_shows_what_lies_on_the_days_and_asks_only_where_they_change(
    app: Flask, stage: Stage
) -> None:
    other_meeting(stage)
    key = other_meeting(stage, body="Vice-Ministerial Meeting")
    desk = Desk(app, stage.officer)
    path = f"/meetings/{key}/edit"
    page = desk.get(path)
    assert "also of Guatemala and Mexico" in page
    assert "Save all the same" not in page
    same = {"title-en": "Another name", "attribution": "chatham_house", "zone": "America/Panama", "notice": "same"}
    desk.send(path, same | {"starts_on": QUIET.isoformat(), "ends_on": QUIET.isoformat()})
    moved = same | {"starts_on": INDEPENDENCE.isoformat(), "ends_on": ""}
    page = desk.send(path, moved, 200)[1]
    assert "Save all the same" in page
    assert len(lines(page)) == 1
    desk.send(path, moved | {"warned_of": unseen(page, "warned_of")})
    with acting(stage.engine, stage.officer) as session:
        assert str(again(session, key).starts_on) == INDEPENDENCE.isoformat()
