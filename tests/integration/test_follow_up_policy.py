"""Follow-up policies of processes and plans: what they have the scan do, their pages, their bounds, their forecast."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from secretariat import registers
from secretariat.core import clock
from secretariat.core.labelling import relabel
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import manner as manners
from secretariat.follow_up import service
from secretariat.follow_up.manner import Manner
from secretariat.follow_up.models import Digest, FollowUpPolicy, PlanFollowUpPolicy, Reminder
from secretariat.follow_up.planner import Rules
from secretariat.follow_up.quiet import QuietPeriod
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.plans.models import Commitment, Plan
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track
from tests.factories import meetings, people, plans
from tests.factories.follow_up import NOON, DueWorld, card, commitment, due_world, on

registers.fill()
POLICY = "/processes/rcx/follow-up/policy"
GIVEN = {
    "before_due": "30, 7", "after_due": "0", "answer_after": "10", "check_in_every": "60", "check_ins": "4",
    "before_meeting": "56, 14", "grace": "30", "apart": "14", "most_a_quarter": "3", "sending_hour": "9",
    "quiet_weekends": "y", "quiet_holidays": "y",
}  # fmt: skip


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    with on(NOON):
        yield due_world(engine)


def send(client: FlaskClient, path: str, **fields: str | list[str]) -> tuple[int, str]:
    """Open the page, fill the form, send it; status and text of what one is led to."""
    page = client.get(path).get_data(as_text=True)
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', page))
    answer = client.post(path, data={**hidden, **fields})
    code = answer.status_code
    if code == 303:
        answer = client.get(answer.location)
    return code, html.unescape(answer.get_data(as_text=True))


def set_policy(engine: Engine, world: DueWorld, manner: Manner) -> None:
    with plans.acting(engine, world.plans.officer) as session:
        process = session.scalars(select(Process).where(Process.id == world.plans.id["process"])).one()
        track = session.scalars(select(Track).where(Track.id == world.plans.id["government"])).one()
        service.set_policy(session, session.viewer, process, track, manner)


def set_plan_policy(engine: Engine, world: DueWorld, rules: Rules, *, stopped: bool = False) -> None:
    with plans.acting(engine, world.plans.officer) as session:
        plan = session.scalars(select(Plan).where(Plan.id == world.plan)).one()
        service.set_plan_policy(session, session.viewer, plan, rules, (), stopped=stopped)


def asked(engine: Engine) -> list[str]:
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        rows = session.scalars(select(Reminder).join(Digest).order_by(Digest.window, Reminder.id)).all()
        return [row.step.partition(" ")[0] for row in rows]


# --- rounds before meetings -----------------------------------------------------------------------------------


def meeting(engine: Engine, world: DueWorld, in_days: int, body: str = "") -> None:
    with meetings.acting(engine, world.plans.officer) as session:
        day = clock.today() + timedelta(in_days)
        meetings.scheduled(session, body=body, starts_on=day, ends_on=day)


@pytest.fixture
def quiet_world(engine: Engine, world: DueWorld) -> DueWorld:
    """The one commitment is due in two years and was spoken of at no time; it is not quite time for a check-in."""
    with system_unit(engine, Reason.REFERENCE) as session:
        found = session.get_one(Commitment, world.commitment)
        found.due_on = NOON.date() + timedelta(days=730)
        found.accepted_at = NOON - timedelta(days=80)
    return world


def test_a_round_goes_two_weeks_before_a_meeting_and_once(engine: Engine, quiet_world: DueWorld) -> None:
    set_policy(engine, quiet_world, Manner(Rules(check_in_every=365)))
    meeting(engine, quiet_world, 16)
    assert service.scan(engine)["digests"] == 1, "the round of eight weeks is made up for, two weeks before not reached"
    with on(NOON + timedelta(days=2)):
        assert service.scan(engine)["digests"] == 0, "not within a week"
    with on(NOON + timedelta(days=7)):
        assert service.scan(engine)["digests"] == 1
    with on(NOON + timedelta(days=14)):
        assert service.scan(engine)["digests"] == 0
    assert asked(engine) == ["meeting-56", "meeting-14"]


def test_a_meeting_called_off_or_of_another_body_asks_nobody(engine: Engine, quiet_world: DueWorld) -> None:
    steering = quiet_world.plans.id["steering"]
    set_policy(engine, quiet_world, Manner(Rules(check_in_every=365), bodies=(steering,)))
    meeting(engine, quiet_world, 14)
    assert service.scan(engine) == {}, "of the whole process, and the rounds are before the steering group's"
    meeting(engine, quiet_world, 14, body="Steering Group")
    of_the_group(engine, steering, MeetingState.CANCELLED)
    assert service.scan(engine) == {}
    of_the_group(engine, steering, MeetingState.ANNOUNCED)
    assert service.scan(engine) == {"digests": 1}
    assert asked(engine) == ["meeting-14"]


def test_nobody_is_asked_before_a_meeting_they_may_not_know_of(engine: Engine, quiet_world: DueWorld) -> None:
    """The meeting is for Guatemala and the secretariat alone; Honduras is not asked on its account."""
    with on(NOON - timedelta(days=80)):
        far = NOON.date() + timedelta(730)
        commitment(engine, quiet_world.plans, quiet_world.plan, "hn", words="A Honduran matter", due_on=far)
    set_policy(engine, quiet_world, Manner(Rules(check_in_every=365), bodies=(quiet_world.plans.id["steering"],)))
    meeting(engine, quiet_world, 14, body="Steering Group")
    with system_unit(engine, Reason.LABELLING) as session:
        process = session.get_one(Process, quiet_world.plans.id["process"])
        track = session.get_one(Track, quiet_world.plans.id["government"])
        few = [clauses.participant(quiet_world.plans.id["gt"]), clauses.secretariat(track)]
        found = session.scalars(select(Meeting)).one()
        relabel(session, found, [clauses.named(process, track, audience=few)], why="kept to some")
    with plans.seeing(engine, quiet_world.plans.focal["hn"]) as session:
        assert session.scalars(select(Meeting)).all() == []
    assert service.scan(engine)["digests"] == 1
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        written = session.scalars(select(Digest)).one().series.person_id
    assert written == quiet_world.plans.focal["gt"].person


def of_the_group(engine: Engine, body: UUID, state: MeetingState) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        for one in session.scalars(select(Meeting).where(Meeting.body_id == body)):
            one.state = state


# --- quiet days -----------------------------------------------------------------------------------------------


def test_nobody_is_written_to_on_a_public_holiday_of_their_country(engine: Engine) -> None:
    holiday = datetime(2027, 3, 25, 12, tzinfo=UTC)  # Maundy Thursday, in Guatemala
    with on(holiday):
        made = due_world(engine)
        assert service.scan(engine)["digests"] == 0
        set_policy(engine, made, Manner(quiet_holidays=False))
        assert service.scan(engine)["digests"] == 1


def test_nobody_is_written_to_in_a_quiet_period_and_what_was_due_goes_after_it(engine: Engine, world: DueWorld) -> None:
    today = NOON.date()
    period = QuietPeriod(today.replace(year=2020), (today + timedelta(4)).replace(year=2020), every_year=True)
    set_policy(engine, world, Manner(quiet_periods=(period,)))
    assert service.scan(engine)["digests"] == 0
    with on(NOON + timedelta(days=5)):
        assert service.scan(engine)["digests"] == 1


def test_a_recipient_without_zone_and_language_is_asked_in_those_of_the_process(
    engine: Engine, world: DueWorld
) -> None:
    card(engine, world.plans.focal["gt"].person, languages=[], zone="")
    assert service.scan(engine)["digests"] == 1


# --- a plan's own policy --------------------------------------------------------------------------------------


def test_a_plan_has_its_own_steps_and_one_digest_gathers_both(engine: Engine, world: DueWorld) -> None:
    set_plan_policy(engine, world, Rules(before_due=(3,), after_due=()))
    assert service.scan(engine) == {}, "due in ten days; the process would have asked fourteen days before"
    with on(NOON + timedelta(days=7)):
        assert service.scan(engine)["digests"] == 1
    assert asked(engine) == ["due-3"]


def test_what_concerns_no_plan_follows_the_process(engine: Engine, world: DueWorld) -> None:
    set_plan_policy(engine, world, Rules(), stopped=True)
    assert service.scan(engine) == {}, "nothing is asked about a plan that is not asked after"
    with plans.seeing(engine, world.plans.officer) as session:
        manner = manners.read(session, world.plans.id["process"], world.plans.id["government"])
    assert manner.rules == Rules()
    assert manner.plans[world.plan].stopped


def test_a_plan_goes_back_to_the_policy_of_its_process(engine: Engine, world: DueWorld) -> None:
    set_plan_policy(engine, world, Rules(before_due=(3,)))
    with plans.acting(engine, world.plans.officer) as session:
        plan = session.scalars(select(Plan).where(Plan.id == world.plan)).one()
        service.drop_plan_policy(session, session.viewer, plan)
    assert service.scan(engine)["digests"] == 1


def test_only_the_tracks_own_secretariat_sets_a_policy(engine: Engine, world: DueWorld) -> None:
    for who in (world.plans.focal["gt"], world.plans.chair, world.plans.coordinator):
        plan = Plan(id=world.plan, track_id=world.plans.id["government"])
        with plans.seeing(engine, who) as session, pytest.raises(NotAllowed):
            service.set_plan_policy(session, session.viewer, plan, Rules(), (), stopped=False)


# --- pages ----------------------------------------------------------------------------------------------------


def test_a_policy_is_saved_and_shown_again(engine: Engine, app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.officer)
    period = {"first0": "2026-12-18", "last0": "2027-01-08", "yearly0": "y"}
    assert send(client, POLICY, **GIVEN, **period)[0] == 303
    page = client.get(POLICY).get_data(as_text=True)
    assert 'value="7, 30"' in page
    assert 'value="2026-12-18"' in page
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        manner = manners.manner_of(session.scalars(select(FollowUpPolicy)).one())
    assert manner == Manner(
        Rules((7, 30), (0,), (10,), 60, 4, (14, 56), 30, 14, 3), False, True, 9, True,
        (QuietPeriod(date(2026, 12, 18), date(2027, 1, 8), every_year=True),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"apart": "1"}, "People would be written to day after day. Leave at least 7 days."),
        ({"most_a_quarter": "0"}, "Nobody would ever be written to. Give at least 1; to pause, say so below."),
        ({"most_a_quarter": "90"}, "Give a number from 0 to 8"),
        ({"check_ins": "0"}, "Give a number from 1 to 8"),
        ({"grace": "4000"}, "Give a number from 7 to 180"),
        ({"before_due": "", "after_due": ""}, "Give at least one step before or after the due date."),
        ({"answer_after": ""}, "Give at least one step, for example 14"),
        ({"before_due": "soon"}, "Give up to five numbers of days from 1 to 365, for example 14, 42"),
        ({"first0": "2026-12-18"}, "Give the first and the last day of the period."),
        ({"first0": "2026-12-18", "last0": "2026-12-01"}, "The last day lies before the first."),
        ({"first0": "2026-01-01", "last0": "2026-12-31"}, "A quiet period may last 62 days at most."),
    ],
)
def test_a_policy_that_would_write_for_ever_or_never_is_refused_with_a_sentence(
    engine: Engine, app: Flask, world: DueWorld, typed: dict[str, str], sentence: str
) -> None:
    client = people.sign_in(app, world.plans.officer)
    code, text = send(client, POLICY, **{**GIVEN, **typed})
    assert code == 422
    assert sentence in text
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert session.scalars(select(FollowUpPolicy)).all() == []


def test_the_page_shows_what_rules_would_send_before_they_are_saved(
    engine: Engine, app: Flask, world: DueWorld
) -> None:
    client = people.sign_in(app, world.plans.officer)
    with on(NOON - timedelta(days=20)):
        commitment(engine, world.plans, world.plan, "mx", words="A Mexican matter", due_on=NOON.date() + timedelta(30))
    page = html.unescape(client.get(POLICY).get_data(as_text=True))
    assert "With these rules the focal point of Guatemala would get" in page
    assert foreseen(page) == [
        ("Wed 3 Mar", "14 days before it is due"),
        ("Wed 31 Mar", "the day it is due"),
        ("Wed 28 Apr", "28 days after it was due"),
    ]
    code, page = send(client, POLICY, **{**GIVEN, "before_due": "2", "preview": "1"})
    assert code == 200
    assert foreseen(page)[0] == ("Thu 11 Mar", "2 days before it is due")
    mexico = str(world.plans.id["mx"])
    code, page = send(client, POLICY, **{**GIVEN, "before_due": "2", "preview": "1", "example": mexico})
    assert code == 200
    assert "With these rules the focal point of Mexico would get" in page
    assert "A Mexican matter" in page
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert session.scalars(select(FollowUpPolicy)).all() == []
        assert session.scalars(select(Digest)).all() == []


def foreseen(page: str) -> list[tuple[str, str]]:
    """Day and reason of each message on the page."""
    rows = re.findall(r'<th scope="row"[^>]*><time[^>]*>([^<]*)</time></th><td>.*?</td><td>([^<]*)</td>', page)
    return [(day, why) for day, why in rows]


def test_the_page_of_a_plan(engine: Engine, app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.officer)
    assert f'href="/plans/{world.plan}/follow-up-policy"' in client.get(POLICY).get_data(as_text=True)
    path = f"/plans/{world.plan}/follow-up-policy"
    steps = {name: GIVEN[name] for name in GIVEN if name not in ("apart", "most_a_quarter", "sending_hour")}
    code, page = send(client, path, **{**steps, "before_due": "3", "preview": "1"})
    assert code == 200
    assert foreseen(page)[0][1] == "3 days before it is due"
    code, page = send(client, path, **{**steps, "before_due": "3"})
    assert code == 303
    assert "own rules" in page
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert session.scalars(select(PlanFollowUpPolicy)).one().before_due == [3]
    code, page = send(client, path, **{**steps, "drop": "1"})
    assert code == 303
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert session.scalars(select(PlanFollowUpPolicy)).all() == []


@pytest.mark.parametrize("who", ["chair", "administrator", "coordinator", "gt"])
def test_nobody_else_sees_the_policy_of_a_plan(app: Flask, world: DueWorld, who: str) -> None:
    official = world.plans.focal["gt"] if who == "gt" else getattr(world.plans, who)
    client = people.sign_in(app, official)
    assert client.get(f"/plans/{world.plan}/follow-up-policy").status_code == 404
