"""The chair's page: one screen of what the chair is to know and to do, with the chair's eyes and no others."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import time_machine
from flask import Flask

from secretariat.core.localtext import LocalText
from secretariat.plans import service as plans
from secretariat.plans.models import NotedAfter
from secretariat.plans.status import Status
from secretariat.processes import clauses
from secretariat.reports import service as reports
from tests.factories import documents, silence
from tests.factories.meetings import acting
from tests.factories.plans import again
from tests.integration.chairmanship.conftest import ENDS, NOW, Chaired
from tests.support.sql import statements_sent

PATH = "/processes/rcx/chair"


def note_to_the_chair(chaired: Chaired, app: Flask, title: str, reader: Any) -> UUID:
    """A paper of the secretariat for named readers."""
    with acting(chaired.engine, chaired.officer) as session:
        where = documents.place(session)
        named = clauses.named(where.process, where.track, audience=[clauses.secretariat(where.track), reader])
        file = documents.received(app.extensions["settings"].data_root)
        return documents.issued(session, where, file, readers=frozenset({named}), title=LocalText.of(title)).id


def silent(chaired: Chaired) -> UUID:
    with acting(chaired.engine, chaired.officer) as session:
        return silence.opened(session, silence.at((NOW + timedelta(days=14)).date())).id


def test_it_shows_what_was_reported_what_is_to_come_and_what_needs_the_chairs_hand(
    app: Flask, chaired: Chaired
) -> None:
    planned = chaired.planned
    chaired.held(40, title=_title("Twentieth Meeting"))
    coming = chaired.meeting(title=_title("Twenty-first Meeting"))
    chaired.outcome(coming, "The Conference takes note")
    chaired.outcome(coming, "The Conference has agreed", confirmed=True)
    chaired.item(coming, "mx", "Return of minors")
    told = {words: planned.own("mx", words) for words in ("Step made", "Held up", "Held up in secret", "Silent")}
    planned.report(told["Step made"], "mx", Status.COMPLETED, "The law is in force")
    planned.report(told["Held up"], "mx", Status.POSTPONED, obstacle="No budget line", obstacle_for_members=True)
    planned.report(told["Held up in secret"], "mx", Status.NOT_YET_STARTED, obstacle="A minister resigned")
    with acting(chaired.engine, chaired.officer) as session:
        plans.note_progress(
            session, session.viewer, again(session, told["Silent"]), Status.IN_PROGRESS, "Said on the telephone",
            language="en", after=NotedAfter.CALL,
        )  # fmt: skip
    planned.propose("bz", "Only proposed")
    note_to_the_chair(chaired, app, "Advice on item 3", clauses.chair(chaired.id["process"]))
    note_to_the_chair(chaired, app, "Advice to somebody else", clauses.participant(chaired.id["mx"]))
    silent(chaired)

    desk = chaired.desk(chaired.chair)
    assert f'href="{PATH}"' in desk.get("/")
    page = desk.get(PATH)
    for told_of in (
        "Twenty-first Meeting", "The Conference takes note", "Return of minors", "Step made", "The law is in force",
        "Held up", "No budget line", "Silent", "Advice on item 3", "Safe return",
    ):  # fmt: skip
        assert told_of in page, told_of
    for hidden in (
        "The Conference has agreed", "A minister resigned", "Said on the telephone", "Only proposed",
        "Advice to somebody else", "is to be pronounced",
    ):  # fmt: skip
        assert hidden not in page, hidden
    assert "A step was reported on 1 of 4 commitments, 1 completed. On 2 a step is still to come." in _plain(page)
    assert "1 is not yet reported." in _plain(page)
    bars = page.partition('<ul class="areas"')[2].partition("</ul>")[0]
    assert "Completed: 1; Not yet started: 1; Postponed: 1; Not yet reported: 1" in _plain(bars)
    assert 'fill="url(#hatch)"' in bars


def test_the_chair_reads_its_own_obstacle_on_its_own_page_and_not_on_this_one(chaired: Chaired) -> None:
    """It may be printed and laid on the table: only what all members read stands on it."""
    key = chaired.planned.own("gt", "Our own promise")
    chaired.planned.report(key, "gt", Status.POSTPONED, obstacle="Kept to ourselves")
    desk = chaired.desk(chaired.chair)
    assert "Kept to ourselves" in desk.get(f"/commitments/{key}")
    page = desk.get(PATH)
    assert "Our own promise" in page
    assert "Kept to ourselves" not in page


def test_when_a_silence_has_passed_its_adoption_waits_for_the_chair(chaired: Chaired) -> None:
    silent(chaired)
    assert "Nothing waits for your hand." in chaired.desk(chaired.chair).get(PATH)
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        page = chaired.desk(chaired.chair).get(PATH)
    assert "Silence has passed; its adoption is to be pronounced" in page
    assert "1 thing waits for your hand." in _plain(page)


def test_it_is_there_for_the_chair_alone_and_while_the_term_runs(chaired: Chaired) -> None:
    for reader in (chaired.officer, chaired.focal["gt"], chaired.focal["mx"], chaired.planned.people.coordinator):
        desk = chaired.desk(reader)
        desk.get(PATH, 404)
        assert PATH not in desk.get("/processes/rcx/meetings/")
    chaired.desk(None).get(PATH, 302)
    with time_machine.travel(NOW.replace(month=ENDS.month, day=2), tick=False):
        chaired.desk(chaired.chair).get(PATH, 404)


def test_who_chairs_a_body_is_asked_for_that_body_alone(chaired: Chaired) -> None:
    other, own = chaired.meeting(title=_title("Ministers")), chaired.meeting(body="Steering Group")
    chaired.outcome(other, "Of the ministers")
    chaired.outcome(own, "Of the group")
    page = chaired.desk(chaired.planned.people.chair).get(PATH)
    assert "Of the group" in page
    assert "Of the ministers" not in page
    assert "Ministers" not in page


def test_one_row_and_many_are_the_same_work(chaired: Chaired) -> None:
    desk, counts = chaired.desk(chaired.chair), []
    for number in range(1, 4):
        coming = chaired.meeting(title=_title(f"Meeting {number}"))
        chaired.outcome(coming, f"Outcome {number}")
        chaired.item(coming, "mx" if number == 1 else "bz", f"Item {number}")
        for state in ("mx", "bz", "hn")[:number]:
            key = chaired.planned.own(state, f"Promise {number}")
            chaired.planned.report(key, state, Status.IN_PROGRESS, "A step")
        silent(chaired)
        for _again in range(2):
            desk.get(PATH)
        with statements_sent() as sent:
            desk.get(PATH)
        counts.append(len(sent))
    assert len(set(counts)) == 1, counts


def _title(words: str) -> Any:
    return LocalText.of(words)


def _plain(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", page).split())


def test_what_the_secretariat_advises_beside_a_report_stands_among_its_notes(chaired: Chaired) -> None:
    """For the chair alone; it was on the page of the report, where the chair had to look for it."""
    planned = chaired.planned
    with acting(chaired.engine, chaired.officer) as session:
        report = reports.begin_report(
            session,
            session.viewer,
            planned.the_plan(session),
            from_on=NOW.date() - timedelta(days=90),
            to_on=NOW.date(),
        )
        key = reports.advise_chair(session, session.viewer, report, LocalText.of("Begin with the crossings")).id
    page = chaired.desk(chaired.chair).get(PATH)
    assert f"/reports/advice/{key}" in page
    assert "Beside the report" in page
    assert "Begin with the crossings" in chaired.desk(chaired.chair).get(f"/reports/advice/{key}")
