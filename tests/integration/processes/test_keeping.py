"""A process kept through its pages, under real sign-ins, on both databases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from secretariat import registers
from secretariat.core import awaited, clock
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.models import AuditContent, AuditEntry
from secretariat.core.session import Reason, reading_as, system_unit
from secretariat.core.viewer import anonymous
from secretariat.directory import viewers
from secretariat.meetings.models import Invitation, Meeting, MeetingState
from secretariat.processes.models import (
    Body,
    BodyMembership,
    ChairTerm,
    LifeState,
    ParticipantName,
    Participation,
    Process,
    ProcessText,
    StandingKind,
)
from secretariat.processes.names import names_of
from tests.factories import people
from tests.factories.processes import World, participation, small_world, state
from tests.support.sql import statements_sent
from worker import tasks


@dataclass
class Place:
    """A small world with an officer, a coordinator and a focal point."""

    app: Flask
    engine: Engine
    world: World
    officer: people.Official
    coordinator: people.Official
    guatemala: people.Official

    def client(self, one: people.Official | None) -> FlaskClient:
        return people.sign_in(self.app, one) if one else self.app.test_client()


@pytest.fixture
def place(app: Flask, engine: Engine) -> Place:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        state(session, "es", "rcx")
        officer = people.officer(session, world.government)
        coordinator = people.coordinator(session, world.network)
        guatemala = people.focal_point(session, world.government, world.member["gt"])
    return Place(app, engine, world, officer, coordinator, guatemala)


def fill_in(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    """Open the page of a form, fill it in, send it."""
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    hidden = unseen(page.text)
    return client.post(path, data={**hidden, **fields})


def unseen(html: str) -> dict[str, str]:
    """The hidden inputs of the form of a page."""
    inputs = re.findall(r"<input[^>]*>", html[html.index('<main id="main"') :])
    attributes = [dict(re.findall(r'(\w+)="([^"]*)"', one)) for one in inputs]
    return {one["name"]: one.get("value", "") for one in attributes if one.get("type") == "hidden"}


def standings(place: Place, key: str) -> list[tuple[str, str, str, str]]:
    with system_unit(place.engine, Reason.REFERENCE) as session:
        rows = session.scalars(select(Participation).where(Participation.participant_id == place.world.id[key])).all()
        return sorted((one.standing.value, str(one.since or ""), str(one.until or ""), one.decision) for one in rows)


def acts(place: Place) -> list[str]:
    with system_unit(place.engine, Reason.AUDIT) as session:
        return [
            entry.kind
            for entry, _content in session.execute(
                select(AuditEntry, AuditContent).join(AuditContent).order_by(AuditEntry.id)
            )
        ]


TODAY = clock.today()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


# --- reading --------------------------------------------------------------------------------------------------


def test_who_takes_part_reads_the_whole_page(place: Place) -> None:
    page = place.client(place.guatemala).get("/processes/rcx/").text

    for words in ("Belize", "Honduras", "Colombia", "Steering Group", "Vice-Ministerial Meeting", "Observers"):
        assert words in page
    assert "Add a participant" not in page


def test_nobody_else_sees_that_the_process_is_here(place: Place) -> None:
    stranger = place.client(None)

    assert stranger.get("/processes/rcx/").status_code == 404
    assert "RCX" not in stranger.get("/processes/").text
    missing, hidden = stranger.get("/processes/none/"), stranger.get("/processes/rcx/")
    assert missing.text.replace("none", "rcx") == hidden.text


def test_a_network_does_not_read_the_governments_side(place: Place) -> None:
    page = place.client(place.coordinator).get("/processes/rcx/").text

    assert "House of the Migrant" in page
    assert "Guatemala" not in page
    assert "Steering Group" not in page


@pytest.mark.parametrize(
    "path",
    [
        "participants/new", "bodies/new", "chair/new", "details", "texts/goals", "state", "public-page", "hosts/new",
        "participants/standing/{participation}", "bodies/{steering}/edit", "bodies/{steering}/close",
        "bodies/{steering}/state", "bodies/{steering}/members/new", "chair/{chair}", "participants/{gt}/name",
    ],
)  # fmt: skip
def test_only_its_secretariat_keeps_a_process(place: Place, path: str) -> None:
    with system_unit(place.engine, Reason.REFERENCE) as session:
        row = session.scalars(select(Participation).where(Participation.participant_id == place.world.id["gt"])).one()
        path = "/processes/rcx/" + path.format(participation=row.id, **place.world.id)

    assert place.client(place.officer).get(path).status_code == 200
    assert place.client(place.guatemala).get(path).status_code == 404
    assert place.client(place.guatemala).post(path, data={}).status_code in (400, 404)
    assert place.client(None).get(path).status_code in (302, 404)


def test_ids_of_another_process_are_not_found(place: Place) -> None:
    with system_unit(place.engine, Reason.REFERENCE) as session:
        other = small_world(session, "rcy")
    client = place.client(place.officer)

    assert client.get(f"/processes/rcx/bodies/{other.id['steering']}/close").status_code == 404
    assert client.get(f"/processes/rcx/chair/{other.id['chair']}").status_code == 404
    assert client.get(f"/processes/rcx/participants/{other.id['gt']}").status_code == 404


def test_the_page_is_read_in_the_same_number_of_statements_however_many_take_part(place: Place) -> None:
    client = place.client(place.guatemala)
    client.get("/processes/rcx/")

    def statements() -> int:
        with statements_sent() as seen:
            client.get("/processes/rcx/")
        return len(seen)

    statements()
    before = statements()
    with system_unit(place.engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, place.world.id["process"])
        for key in ("es", "bz", "hn"):
            participation(session, process.tracks[0], state(session, key, f"more-{key}"), StandingKind.OBSERVER)
    statements()

    assert statements() == before


# --- participants ---------------------------------------------------------------------------------------------


def test_a_participant_is_added_from_a_day_with_the_deciding_document(place: Place) -> None:
    client = place.client(place.officer)
    with system_unit(place.engine, Reason.REFERENCE) as session:
        spain = next(
            iter(session.scalars(select(ParticipantName.participant_id).where(ParticipantName.name == "Spain")))
        )
    place.world.id["es"] = spain
    answer = fill_in(
        client, "/processes/rcx/participants/new",
        participant=spain, standing="observer", since="2026-03-01", decision="RCX/VM/2026/4",
    )  # fmt: skip

    assert answer.status_code == 303
    assert standings(place, "es") == [("observer", "2026-03-01", "", "RCX/VM/2026/4")]
    assert "Spain" in place.client(place.guatemala).get("/processes/rcx/").text
    assert acts(place)[-1] == "participant added"


def test_a_participant_nobody_knew_is_named_anew(place: Place) -> None:
    client = place.client(place.officer)
    answer = fill_in(
        client, "/processes/rcx/participants/new",
        new_name="Andean Forum", new_kind="regional-body", standing="partner", since="2026-03-01", decision="RCX/1",
    )  # fmt: skip

    assert answer.status_code == 303
    assert "Andean Forum" in client.get("/processes/rcx/").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"standing": "observer", "since": "2026-03-01", "decision": "d"}, "Choose a participant, or write its name."),
        ({"new_name": "X", "standing": "observer", "since": "2026-03-01", "decision": "d"}, "Say what it is."),
        ({"new_name": "X", "new_kind": "ngo", "standing": "observer", "since": "32", "decision": "d"}, "Give a day"),
        ({"new_name": "X", "new_kind": "ngo", "standing": "observer", "since": "2026-03-01"}, "Name the document"),
        (
            {"new_name": "X", "new_kind": "ngo", "standing": "suspended", "since": "2026-03-01", "decision": "d"},
            "Choose",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(place: Place, fields: dict[str, str], said: str) -> None:
    answer = fill_in(place.client(place.officer), "/processes/rcx/participants/new", **fields)

    assert answer.status_code == 422
    assert said in answer.text
    assert fields.get("decision", "") in answer.text
    with system_unit(place.engine, Reason.REFERENCE) as session:
        assert len(session.scalars(select(Participation)).all()) == 8


def change(place: Place, key: str, **fields: object) -> TestResponse:
    with system_unit(place.engine, Reason.REFERENCE) as session:
        rows = session.scalars(select(Participation).where(Participation.participant_id == place.world.id[key]))
        row = next(one.id for one in rows if one.until is None)
    return fill_in(place.client(place.officer), f"/processes/rcx/participants/standing/{row}", **fields)


def test_a_change_of_standing_ends_one_row_and_begins_another(place: Place) -> None:
    assert change(place, "co", standing="member", since=YESTERDAY, decision="RCX/VM/2026/5").status_code == 303

    assert standings(place, "co") == [
        ("member", YESTERDAY, "", "RCX/VM/2026/5"),
        ("observer", "", YESTERDAY, ""),
    ]


def test_a_suspension_rests_on_a_letter_or_a_decision(place: Place) -> None:
    refused = change(place, "hn", standing="suspended", since=YESTERDAY, decision="RCX/1")
    assert refused.status_code == 422
    assert "own letter or a decision of the body" in refused.text
    assert standings(place, "hn") == [("member", "", "", "")]

    assert (
        change(place, "hn", standing="suspended", since=YESTERDAY, decision="Note 9", basis="letter").status_code == 303
    )
    assert [one[0] for one in standings(place, "hn")] == ["member", "suspended"]


def test_a_suspended_member_stops_reading_with_the_next_request(place: Place) -> None:
    client = place.client(place.guatemala)
    assert client.get("/processes/rcx/").status_code == 200

    change(place, "gt", standing="suspended", since=TODAY.isoformat(), decision="Note 9", basis="letter")

    assert "Belize" not in client.get("/processes/rcx/").text


def test_by_the_rule_a_former_member_keeps_what_was_addressed_to_it_before(place: Place) -> None:
    with system_unit(place.engine, Reason.REFERENCE) as session:
        session.get_one(Process, place.world.id["process"]).former_members_keep = True
    fill_in(place.client(place.officer), "/processes/rcx/texts/goals", **{"body-en": "before"})
    change(place, "gt", standing="former", since=TODAY.isoformat(), decision="Note 9")
    fill_in(place.client(place.officer), "/processes/rcx/texts/themes", **{"body-en": "after"})

    guatemala = viewers.viewer(place.engine, place.guatemala.person, place.guatemala.hat)
    with reading_as(place.engine, guatemala) as session:
        assert [one.kind for one in session.scalars(select(ProcessText))] == ["goals"]

    fill_in(place.client(place.officer), "/processes/rcx/texts/goals", **{"body-en": "after"})
    with reading_as(place.engine, viewers.viewer(place.engine, place.guatemala.person, place.guatemala.hat)) as session:
        assert session.scalars(select(ProcessText)).all() == []


def test_a_stale_change_shows_both_and_stores_nothing(place: Place) -> None:
    with system_unit(place.engine, Reason.REFERENCE) as session:
        row = (
            session.scalars(select(Participation).where(Participation.participant_id == place.world.id["hn"])).one().id
        )
    path = f"/processes/rcx/participants/standing/{row}"
    answer = fill_in(
        place.client(place.officer), path, standing="observer", since=YESTERDAY, decision="RCX/1", version="7"
    )

    assert answer.status_code == 409
    assert standings(place, "hn") == [("member", "", "", "")]


# --- names ----------------------------------------------------------------------------------------------------


def test_a_process_calls_a_state_as_it_agreed_and_others_do_not(place: Place) -> None:
    with system_unit(place.engine, Reason.REFERENCE) as session:
        small_world(session, "rcy")
    answer = fill_in(
        place.client(place.officer), f"/processes/rcx/participants/{place.world.id['gt']}/name",
        language="en", name="Republic of Guatemala", since="2026-01-01", decision="RCX/2",
    )  # fmt: skip

    assert answer.status_code == 303
    key = place.world.id["gt"]
    with system_unit(place.engine, Reason.REFERENCE) as session:
        here = session.get_one(Process, place.world.id["process"]).id
        there = session.scalars(select(Process.id).where(Process.slug == "rcy")).one()
        on = date(2026, 6, 1)
        assert names_of(session, [key], process=here, language="en", on=on)[key].words == "Republic of Guatemala"
        assert names_of(session, [key], process=there, language="en", on=on)[key].words == "Guatemala"
        assert names_of(session, [key], process=here, language="en", on=date(2025, 6, 1))[key].words == "Guatemala"


def test_a_name_in_use_in_another_language_comes_before_one_that_is_past(engine: Engine) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        gt, mx = world.id["gt"], world.id["mx"]
        for one in session.scalars(select(ParticipantName).where(ParticipantName.participant_id.in_([gt, mx]))):
            session.delete(one)
        session.flush()
        past = PartialDate.parse("2020")
        session.add(ParticipantName(participant_id=gt, language="en", name="Once", until=past, origin="", ranks={}))
        session.add(ParticipantName(participant_id=gt, language="es", name="Ahora", origin="", ranks={}))
        session.add(ParticipantName(participant_id=mx, language="fr", name="Mexique", origin="", ranks={}))
        session.flush()
        found = names_of(session, [gt, mx, None], language="ar", on=date(2026, 6, 1))
        assert {key: (one.words, one.language) for key, one in found.items()} == {
            gt: ("Ahora", "es"),
            mx: ("Mexique", "fr"),
        }
        assert names_of(session, [gt], language="en", on=date(2019, 6, 1))[gt].words == "Once"


# --- bodies and chairs ----------------------------------------------------------------------------------------


def test_a_body_opens_with_its_own_membership_and_closes_with_it(place: Place) -> None:
    client = place.client(place.officer)
    answer = fill_in(
        client, "/processes/rcx/bodies/new",
        **{"name-en": "Working Group on Return"}, kind="working-group", since=YESTERDAY, membership="own",
        members=[str(place.world.id["gt"]), str(place.world.id["mx"])],
    )  # fmt: skip
    assert answer.status_code == 303
    with system_unit(place.engine, Reason.REFERENCE) as session:
        body = next(one for one in session.scalars(select(Body)) if str(one.name) == "Working Group on Return")
        assert {one.participant_id for one in body.memberships} == {place.world.id["gt"], place.world.id["mx"]}
        key = body.id

    path = f"/processes/rcx/bodies/{key}"
    joined = fill_in(client, f"{path}/members/new", participant=place.world.id["bz"], role="member", since=YESTERDAY)
    assert joined.status_code == 303
    closed = fill_in(client, f"{path}/close", until=TODAY.isoformat(), decision="RCX/VM/2026/6")
    assert closed.status_code == 303
    with system_unit(place.engine, Reason.REFERENCE) as session:
        rows = session.scalars(select(BodyMembership).where(BodyMembership.body_id == key)).all()
        assert [str(one.until) for one in rows] == [TODAY.isoformat()] * 3
        assert session.get_one(Body, key).state is LifeState.CONCLUDED
    assert "Bodies that are closed" in client.get("/processes/rcx/").text


def test_a_coordination_sets_no_chair_of_the_process(place: Place) -> None:
    """The chair of a process is the governments' matter; an organization named so would be addressed as it."""
    answer = fill_in(
        place.client(place.coordinator), "/processes/rcx/chair/new",
        participant=place.world.id["house"], role="chair", since=YESTERDAY,
    )  # fmt: skip
    assert answer.status_code == 404
    own = fill_in(
        place.client(place.coordinator), f"/processes/rcx/chair/new?body={place.world.id['network_body']}",
        participant=place.world.id["house"], role="chair", since=YESTERDAY,
    )  # fmt: skip
    assert own.status_code == 303


def test_a_chair_is_set_for_a_term_with_a_theme_and_the_former_one_hands_over(place: Place) -> None:
    client = place.client(place.officer)
    first = fill_in(
        client, "/processes/rcx/chair/new",
        participant=place.world.id["mx"], role="chair", since="2025-01-01", term="2025", **{"theme-en": "Return"},
    )  # fmt: skip
    assert first.status_code == 303
    with system_unit(place.engine, Reason.REFERENCE) as session:
        term = session.scalars(select(ChairTerm).where(ChairTerm.body_id.is_(None))).one().id
    second = fill_in(
        client, "/processes/rcx/chair/new",
        participant=place.world.id["bz"], role="chair", since="2026-01-01", ends_present=[str(term)],
    )  # fmt: skip
    assert second.status_code == 303

    page = client.get("/processes/rcx/").text
    assert "Theme: Return" in page
    with system_unit(place.engine, Reason.REFERENCE) as session:
        held = session.scalars(select(ChairTerm).where(ChairTerm.body_id.is_(None))).all()
        assert {(one.participant_id, str(one.since), str(one.until or "")) for one in held} == {
            (place.world.id["mx"], "2025-01-01", "2026-01-01"),
            (place.world.id["bz"], "2026-01-01", ""),
        }


def test_a_coordinator_keeps_the_side_of_the_network_and_no_other(place: Place) -> None:
    client = place.client(place.coordinator)
    made = fill_in(
        client, "/processes/rcx/bodies/new",
        **{"name-en": "Assembly"}, kind="plenary", since=YESTERDAY, membership="process",
    )  # fmt: skip
    assert made.status_code == 303
    with system_unit(place.engine, Reason.REFERENCE) as session:
        body = next(one for one in session.scalars(select(Body)) if str(one.name) == "Assembly")
        assert body.track_id == place.world.id["network"]
    assert "Assembly" not in place.client(place.officer).get("/processes/rcx/").text
    assert client.get(f"/processes/rcx/bodies/{place.world.id['steering']}/close").status_code == 404
    assert client.get("/processes/rcx/public-page").status_code == 404


# --- the process itself ---------------------------------------------------------------------------------------


def test_texts_and_details_are_written_in_the_languages_of_the_process(place: Place) -> None:
    client = place.client(place.officer)
    written = fill_in(client, "/processes/rcx/texts/goals", **{"body-en": "first goal\nsecond goal"})
    assert written.status_code == 303
    changed = fill_in(
        client, "/processes/rcx/details",
        acronym="RCX", **{"name-en": "Conference X"}, established="1996-03", languages=["en", "es"],
        zone="America/Panama", website="ftp:/x",
    )  # fmt: skip
    assert changed.status_code == 422
    assert "Give the whole address" in changed.text
    changed = fill_in(
        client, "/processes/rcx/details",
        acronym="RCX", **{"name-en": "Conference X"}, established="1996-03", languages=["en", "es"],
        zone="America/Panama",
    )  # fmt: skip
    assert changed.status_code == 303
    page = client.get("/processes/rcx/").text
    assert "<li>first goal</li><li>second goal</li>" in page
    assert "March 1996" in page
    assert 'name="body-es"' in client.get("/processes/rcx/texts/goals").text


def test_a_process_rests_by_decision_on_record_and_stays_readable(place: Place) -> None:
    client = place.client(place.officer)
    assert fill_in(client, "/processes/rcx/state", state="dormant", since=YESTERDAY).status_code == 422
    assert (
        fill_in(client, "/processes/rcx/state", state="dormant", since=YESTERDAY, decision="RCX/9").status_code == 303
    )

    page = place.client(place.guatemala).get("/processes/rcx/").text
    assert "Dormant" in page
    assert "RCX/9" in page
    assert acts(place)[-1] == "made dormant"


def open_page(place: Place) -> None:
    answer = fill_in(
        place.client(place.officer), "/processes/rcx/public-page", since=YESTERDAY, decision="RCX/VM/2026/7"
    )
    assert answer.status_code == 303


def test_the_public_page_shows_present_participants_and_bodies_and_nothing_else(place: Place) -> None:
    change(place, "hn", standing="suspended", since=YESTERDAY, decision="Note 9", basis="letter")
    fill_in(place.client(place.officer), "/processes/rcx/texts/goals", **{"body-en": "a goal"})
    open_page(place)

    page = place.client(None).get("/processes/rcx/").text
    assert [name for name in ("Belize", "Guatemala", "Mexico", "Colombia", "Steering Group") if name not in page] == []
    for hidden in ("Honduras", "uspen", "a goal", "Note 9", "House of the Migrant", "Network of Organizations"):
        assert hidden not in page
    assert public_rows(place) == {"members": {"bz", "gt", "mx"}, "others": {"co", "iom"}, "memberships": 0, "terms": 0}


def public_rows(place: Place) -> dict[str, object]:
    keys = {key: name for name, key in place.world.id.items()}
    with reading_as(place.engine, anonymous(TODAY)) as session:
        rows = session.scalars(select(Participation)).all()
        return {
            "members": {keys[one.participant_id] for one in rows if one.participant_id and one.standing == "member"},
            "others": {keys[one.participant_id] for one in rows if one.participant_id and one.standing != "member"},
            "memberships": len(session.scalars(select(BodyMembership)).all()),
            "terms": len(session.scalars(select(ChairTerm)).all()),
        }


def test_a_later_suspension_leaves_the_public_page_at_once(place: Place) -> None:
    open_page(place)
    assert "Honduras" in place.client(None).get("/processes/rcx/").text

    change(place, "hn", standing="suspended", since=YESTERDAY, decision="Note 9", basis="letter")

    assert "Honduras" not in place.client(None).get("/processes/rcx/").text
    assert public_rows(place)["members"] == {"bz", "gt", "mx"}


def test_a_standing_that_ends_on_a_later_day_leaves_the_public_with_that_day(
    place: Place, time_machine_of: time_machine.Traveller
) -> None:
    """The page hides it by itself; the label has to follow, whoever asks and by whatever way."""
    later = clock.today() + timedelta(days=10)
    fill_in(place.client(place.officer), "/processes/rcx/public-page", since=TODAY.isoformat(), decision="RCX/2")
    with system_unit(place.engine, Reason.REFERENCE) as session:
        rows = select(Participation).where(Participation.participant_id == place.world.id["hn"])
        session.scalars(rows).one().until = PartialDate.parse(later)

    def public() -> set[object]:
        with reading_as(place.engine, viewers.viewer(place.engine, None)) as session:
            return set(session.scalars(select(Participation.participant_id)))

    refresh = tasks.refresh_public_pages
    for day, shown in ((later - timedelta(days=1), True), (later, False)):
        time_machine_of.move_to(datetime.combine(day, time(1), UTC))
        with system_unit(place.engine, Reason.LABELLING) as session:
            refresh.run(session)
        assert (place.world.id["hn"] in public()) is shown
        assert place.world.id["gt"] in public()


@pytest.fixture
def time_machine_of() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now(), tick=True) as moved:
        yield moved


@pytest.mark.parametrize("what", ["process", "body"])
def test_of_what_rests_by_decision_nobody_is_asked(place: Place, what: str) -> None:
    with system_unit(place.engine, Reason.REFERENCE) as session:
        body, day = session.get_one(Body, place.world.id["steering"]), PartialDate.parse(TODAY + timedelta(days=30))
        meeting = Meeting(
            process_id=body.process_id, track_id=body.track_id, body_id=body.id, title=LocalText.of("Steering"),
            state=MeetingState.ANNOUNCED, starts_on=day, ends_on=day,
        )  # fmt: skip
        attach(session, meeting, container=body)
        session.flush()
        invitation = Invitation(
            meeting_id=meeting.id,
            participant_id=place.world.id["gt"],
            invited_at=clock.now(),
            standing=StandingKind.MEMBER,
        )
        attach(session, invitation, container=meeting)
        page = f"/meetings/{meeting.id}"
    registers.fill()
    assert {one.kind for one in _awaited(place)} == {"invitation", "milestone"}
    path = "/processes/rcx/state" if what == "process" else f"/processes/rcx/bodies/{place.world.id['steering']}/state"
    decided = {"since": TODAY.isoformat(), "decision": "RCX/7"}
    assert fill_in(place.client(place.officer), path, state="dormant", **decided).status_code == 303
    assert _awaited(place) == []
    assert "Steering" in place.client(place.guatemala).get(page).text, "its memory stays"


def _awaited(place: Place) -> list[awaited.Awaited]:
    with system_unit(place.engine, Reason.FOLLOW_UP, writes=False) as session:
        return list(awaited.awaited(session, TODAY))


def test_who_left_keeps_what_was_addressed_to_it_and_reads_nothing_that_is_said_since(place: Place) -> None:
    with system_unit(place.engine, Reason.REFERENCE) as session:
        session.get_one(Process, place.world.id["process"]).former_members_keep = True
    officer = place.client(place.officer)
    fill_in(officer, "/processes/rcx/texts/goals", **{"body-en": "what was said before"})
    steering = f"/processes/rcx/bodies/{place.world.id['steering']}"
    change(place, "gt", standing="former", since=TODAY.isoformat(), decision="Note 9")
    fill_in(officer, f"{steering}/edit", **{"name-en": "Steering", "note-en": "said since"}, kind="working-group")
    fill_in(officer, "/processes/rcx/state", state="dormant", since=TODAY.isoformat(), decision="decided since")

    guatemala = place.client(place.guatemala)
    page = guatemala.get("/processes/rcx/")
    assert page.status_code == 200
    assert "what was said before" in page.text
    assert "By its rule you keep what was addressed to you before" in page.text
    assert "decided since" not in page.text
    assert "said since" not in page.text
    assert guatemala.get(steering).status_code == 404
    assert guatemala.get(f"/processes/rcx/participants/{place.world.id['hn']}").status_code == 404


def test_opening_the_page_widens_nothing_on_the_inside(place: Place) -> None:
    fill_in(place.client(place.officer), "/processes/rcx/texts/goals", **{"body-en": "a goal"})
    open_page(place)

    with reading_as(place.engine, anonymous(TODAY)) as session:
        assert session.scalars(select(ProcessText)).all() == []
    coordinator = place.client(place.coordinator).get("/processes/rcx/").text
    assert "a goal" not in coordinator


def test_the_public_page_closes(place: Place) -> None:
    open_page(place)
    client = place.client(place.officer)
    assert fill_in(client, "/processes/rcx/public-page", decision="RCX/8").status_code == 303

    assert place.client(None).get("/processes/rcx/").status_code == 404
    assert public_rows(place) == {"members": set(), "others": set(), "memberships": 0, "terms": 0}
    assert client.get("/processes/rcx/").status_code == 200


def test_a_second_click_is_the_first_answer(place: Place) -> None:
    client = place.client(place.officer)
    page = client.get("/processes/rcx/bodies/new")
    hidden = unseen(page.text)
    data = {**hidden, "name-en": "Twice", "kind": "plenary", "since": YESTERDAY, "membership": "process"}
    answers = [client.post("/processes/rcx/bodies/new", data=data) for _ in range(2)]

    assert [one.status_code // 100 for one in answers] == [3, 3]
    assert answers[0].location == answers[1].location
    with system_unit(place.engine, Reason.REFERENCE) as session:
        assert [str(one.name) for one in session.scalars(select(Body))].count("Twice") == 1


def test_an_organization_of_a_network_is_said_to_work_somewhere_and_on_something(place: Place) -> None:
    coordinator, officer = place.client(place.coordinator), place.client(place.officer)
    state_of = str(place.world.id["gt"])
    new = {
        "new_name": "Open Door", "new_kind": "ngo", "standing": "member", "since": "2026-01-10",
        "decision": "Assembly", "country": state_of, "focus-en": "Shelter for families",
    }  # fmt: skip
    assert fill_in(coordinator, "/processes/rcx/participants/new", **new).status_code == 303
    assert 'name="country"' not in officer.get("/processes/rcx/participants/new").text
    page = coordinator.get("/processes/rcx/").text
    assert re.search(r"Open Door</a><br><small>Guatemala, Shelter for families</small>", page)
    assert "Open Door" not in officer.get("/processes/rcx/").text

    with system_unit(place.engine, Reason.REFERENCE) as session:
        row = session.scalars(select(Participation).where(Participation.country_id.is_not(None))).one()
        standing, organization = row.id, row.participant_id
    path = f"/processes/rcx/participants/standing/{standing}/works"
    assert officer.get(path).status_code == 404
    assert fill_in(coordinator, path, country=str(place.world.id["house"])).status_code == 404, "not among the choices"
    assert fill_in(coordinator, path, country=state_of, **{"focus-en": "Legal advice"}).status_code == 303
    change = f"/processes/rcx/participants/standing/{standing}"
    later = {"standing": "observer", "since": "2026-02-10", "decision": "Assembly"}
    assert fill_in(coordinator, change, **later).status_code == 303
    own = coordinator.get(f"/processes/rcx/participants/{organization}").text
    assert "Guatemala" in own
    assert "Legal advice" in own
    assert acts(place).count("organization described") == 1


def test_each_side_is_offered_the_kinds_of_bodies_it_has(place: Place) -> None:
    coordinator, officer = (place.client(one).get("/processes/rcx/bodies/new").text for one in (
        place.coordinator, place.officer,
    ))  # fmt: skip
    assert 'value="national-chapter"' in coordinator
    assert 'value="ministerial"' not in coordinator
    assert 'value="national-chapter"' not in officer
    assert 'value="ministerial"' in officer
