"""The handover file: written by the outgoing chair and its secretariat, read by the next chair once it is cleared, and
only as far as the next chair may read what it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.awaited import awaited
from secretariat.core.labelling import relabel
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import RoleName
from secretariat.meetings.models import Outcome
from secretariat.processes import clauses
from secretariat.processes.models import ChairTerm, Participant, Track
from tests.factories import people
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.factories.processes import chair_term
from tests.integration.chairmanship.conftest import ENDS, NOW, Chaired

WORDS = {
    "theme-en": "Two workshops were held.",
    "promises-en": "A visit to Belize in the autumn.",
    "advice-en": "Ring before you write.",
}


def term_of(chaired: Chaired) -> UUID:
    with system_unit(chaired.engine, Reason.HISTORY, writes=False) as system:
        wanted = select(ChairTerm.id).where(ChairTerm.body_id.is_(None), ChairTerm.participant_id == chaired.id["gt"])
        return system.scalars(wanted).one()


@pytest.fixture
def following(chaired: Chaired) -> Official:
    """Mexico chairs from the day on which Guatemala's term ends; its chair is appointed from now on."""
    with system_unit(chaired.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, chaired.id["government"])
        state = session.get_one(Participant, chaired.id["mx"])
        chair_term(session, track, state, since=ENDS.isoformat(), until="2028-07-01")
        return people.chair(session, track, state)


@pytest.fixture
def after_the_term() -> Iterator[None]:
    with time_machine.travel(NOW.replace(month=ENDS.month, day=2), tick=False):
        yield


def begun(chaired: Chaired, by: Official) -> str:
    """The address of the file, begun and written."""
    desk = chaired.desk(by)
    where, _page = desk.send(f"/chair-terms/{term_of(chaired)}/handover", {})
    path = where.removesuffix("/edit")
    desk.send(f"{path}/edit", WORDS)
    return path


def test_the_next_chair_reads_it_once_it_is_cleared_and_nobody_else_does(chaired: Chaired, following: Official) -> None:
    coming = chaired.meeting()
    chaired.outcome(coming, "Open recommendation", confirmed=True)
    chaired.item(coming, "gt", "Item of the chair")
    path = begun(chaired, chaired.officer)
    chair = chaired.desk(chaired.chair)
    page = chair.get(path)
    for told in ("Two workshops", "A visit to Belize", "Ring before", "Open recommendation", "21st Vice-Ministerial"):
        assert told in page, told
    for reader in (following, chaired.focal["mx"], chaired.focal["bz"], chaired.planned.people.coordinator):
        chaired.desk(reader).get(path, 404)
    chaired.desk(chaired.officer).get(f"{path}/clear", 404)
    assert "Mexico" in chair.get(f"{path}/clear")
    chair.send(f"{path}/clear", {})
    page = chaired.desk(following).get(path)
    assert "Ring before you write." in page
    assert "Open recommendation" in page
    assert "Cleared by the outgoing Chair for Mexico." in page
    chaired.desk(chaired.focal["bz"]).get(path, 404)
    chair.get(f"{path}/edit", 404)


def test_what_the_next_chair_may_not_read_is_not_in_it(chaired: Chaired, following: Official) -> None:
    """Also where it is kept to fewer after the file was cleared; the paper has no more than the page."""
    coming = chaired.meeting()
    chaired.item(coming, "bz", "Between Belize and the deciding")
    kept, raised = (chaired.outcome(coming, words, confirmed=True) for words in ("Stays open", "Raised later"))
    path = begun(chaired, chaired.chair)
    chair, reader = chaired.desk(chaired.chair), chaired.desk(following)
    assert "Between Belize and the deciding" in chair.get(path)
    chair.send(f"{path}/clear", {})
    with acting(chaired.engine, chaired.officer) as session:
        outcome = session.scalars(select(Outcome).where(Outcome.id == raised)).one()
        track = session.scalars(select(Track).where(Track.id == outcome.track_id)).one()
        named = clauses.named(track.process, track, audience=[clauses.secretariat(track)])
        relabel(session, outcome, [named], why="raised")
    page = reader.get(path)
    assert "Stays open" in page
    assert str(kept) in page
    for hidden in ("Between Belize", "Raised later", str(raised)):
        assert hidden not in page, hidden
    paper = reader.client.get(f"{path}/paper.docx")
    assert paper.status_code == 200
    assert "Raised later" in chaired.desk(chaired.officer).get(path)


def test_what_was_left_out_stays_out_and_what_was_said_is_kept(chaired: Chaired) -> None:
    coming = chaired.meeting()
    out = chaired.outcome(coming, "Not for the file", confirmed=True)
    path = begun(chaired, chaired.chair)
    desk = chaired.desk(chaired.chair)
    assert "Not for the file" in desk.get(path)
    desk.send(f"{path}/edit", {**WORDS, "left_out": [f"outcome:{out}"]})
    assert "Not for the file" not in desk.get(path)
    desk.send(f"{path}/edit", {**WORDS, "left_out": ["outcome:00000000-0000-4000-8000-000000000000"]}, 404)


def test_it_is_not_cleared_for_nobody(chaired: Chaired) -> None:
    path = begun(chaired, chaired.chair)
    desk = chaired.desk(chaired.chair)
    assert "Who chairs next is not on record yet." in desk.get(f"{path}/clear")
    _location, page = desk.send(f"{path}/clear", {}, 422)
    assert "Who chairs next is not on record yet." in page


def test_the_outgoing_chair_clears_it_also_after_the_term_and_the_new_chairs_office_reads_nothing_before(
    chaired: Chaired, following: Official, after_the_term: None
) -> None:
    with system_unit(chaired.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, chaired.id["government"])
        office = people.official(
            session,
            RoleName.CHAIRS_OFFICE,
            track,
            chaired.officer.hat,
            chairs_for_id=chaired.id["mx"],
        )
    path = begun(chaired, chaired.chair)
    for reader in (following, office):
        chaired.desk(reader).get(path, 404)
    chaired.desk(chaired.chair).send(f"{path}/clear", {})
    assert "Ring before you write." in chaired.desk(following).get(path)


def test_its_milestone_stands_in_the_lists_of_officer_and_chair_and_in_nobody_elses(
    chaired: Chaired, following: Official
) -> None:
    words = "The handover file of the Chair, whose term ends"
    lists = {
        who: words in chaired.desk(one).get("/")
        for who, one in (
            ("officer", chaired.officer), ("chair", chaired.chair), ("focal point", chaired.focal["gt"]),
            ("next", following), ("coordinator", chaired.planned.people.coordinator),
        )
    }  # fmt: skip
    assert lists == {"officer": True, "chair": True, "focal point": False, "next": False, "coordinator": False}
    with looking(chaired.engine, chaired.chair) as session:
        found = [one for one in awaited(session, clock.today(), participant=chaired.id["gt"]) if one.kind == "handover"]
    assert [(one.participant, one.due_on) for one in found] == [(None, ENDS)]
    with time_machine.travel(NOW - timedelta(days=60), tick=False):
        assert words not in chaired.desk(chaired.chair).get("/")
    path = begun(chaired, chaired.chair)
    chaired.desk(chaired.chair).send(f"{path}/clear", {})
    assert words not in chaired.desk(chaired.officer).get("/")


def test_who_is_neither_chair_nor_officer_begins_none(chaired: Chaired) -> None:
    address = f"/chair-terms/{term_of(chaired)}/handover"
    for reader in (chaired.focal["gt"], chaired.focal["mx"], chaired.planned.people.chair):
        chaired.desk(reader).get(address, 404)


def test_it_is_seen_beforehand_as_the_next_chair_will_read_it(chaired: Chaired, following: Official) -> None:
    """On the day its term begins: what is shown before is what it then finds, and what is not is told beside."""
    coming = chaired.meeting()
    chaired.item(coming, "bz", "Between Belize and the deciding")
    chaired.outcome(coming, "Open recommendation", confirmed=True)
    kept = chaired.outcome(coming, "Between chair and secretariat", confirmed=True)
    with acting(chaired.engine, chaired.officer) as session:
        outcome = session.scalars(select(Outcome).where(Outcome.id == kept)).one()
        track = session.scalars(select(Track).where(Track.id == outcome.track_id)).one()
        readers = [clauses.secretariat(track), clauses.participant(chaired.id["gt"])]
        relabel(session, outcome, [clauses.named(track.process, track, audience=readers)], why="raised")
    path = begun(chaired, chaired.officer)
    assert "See it as the next Chair will read it" in chaired.desk(chaired.chair).get(path)
    for writing in (chaired.chair, chaired.officer):
        page = chaired.desk(writing).get(f"{path}/next")
        assert re.search(r"With the eyes of Mexico on <time[^>]*>1 July 2027</time>\.", page)
        before, _heading, beside = page.partition("What you read here and the next Chair will not")
        assert "Ring before you write." in before
        assert "Open recommendation" in before
        assert "Between chair and secretariat" not in before
        assert "Between chair and secretariat" in beside
    for reader in (following, chaired.focal["mx"], chaired.focal["bz"], chaired.planned.people.coordinator):
        chaired.desk(reader).get(f"{path}/next", 404)
    chaired.desk(chaired.chair).send(f"{path}/clear", {})
    chaired.desk(chaired.chair).get(f"{path}/next", 404)
    with time_machine.travel(NOW.replace(month=ENDS.month, day=ENDS.day), tick=False):
        found = chaired.desk(following).get(path)
    for words in ("Between Belize and the deciding", "Open recommendation", "Between chair and secretariat"):
        assert (words in before) is (words in found), words


def test_what_the_next_chair_alone_reads_is_not_shown_to_the_outgoing_one(
    chaired: Chaired, following: Official
) -> None:
    coming = chaired.meeting()
    chaired.item(coming, "mx", "An item of Mexico")
    own = chaired.outcome(coming, "For Mexico alone", confirmed=True)
    with acting(chaired.engine, chaired.officer) as session:
        outcome = session.scalars(select(Outcome).where(Outcome.id == own)).one()
        track = session.scalars(select(Track).where(Track.id == outcome.track_id)).one()
        readers = [clauses.secretariat(track), clauses.participant(chaired.id["mx"])]
        relabel(session, outcome, [clauses.named(track.process, track, audience=readers)], why="raised")
    path = begun(chaired, chaired.chair)
    assert "For Mexico alone" not in chaired.desk(chaired.chair).get(f"{path}/next")
    assert "For Mexico alone" in chaired.desk(chaired.officer).get(f"{path}/next")


def test_nobody_to_read_it_is_said(chaired: Chaired) -> None:
    path = begun(chaired, chaired.chair)
    assert "Who chairs next is not on record yet." in chaired.desk(chaired.chair).get(f"{path}/next")
