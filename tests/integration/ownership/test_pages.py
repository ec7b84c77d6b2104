"""What participants bring: its own for each, all for the secretariat, sums for the chair; facts with their rows."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.meetings import queries as meetings
from secretariat.meetings import service
from secretariat.meetings.models import Answer, Attendance
from secretariat.plans.status import Status
from secretariat.processes import service as processes
from secretariat.processes.models import Process
from tests.factories.meetings import acting, again
from tests.factories.people import Official
from tests.integration.chairmanship.conftest import NOW, Chaired
from tests.support.sql import statements_sent

PATH = "/processes/rcx/ownership"
ALL = ("bz", "gt", "hn", "mx")


def meeting_held(chaired: Chaired, title: str, came: tuple[str, ...]) -> UUID:
    """A meeting to which all members are invited: these came, each with one person, and the others did not."""
    first = NOW.date() + timedelta(days=15)
    meeting = chaired.meeting(title=LocalText.of(title), starts_on=first, ends_on=first)
    for state in came:
        with acting(chaired.engine, chaired.focal[state]) as session:
            own = meetings.own_invitation(session, meeting, chaired.id[state])
            assert own is not None
            service.answer_invitation(session, own, service.Reply(answer=Answer.ATTENDS))
            words = service.DelegateWords(
                name=f"Delegate {state} of {title}", ministry=f"Ministry of {state}", level="senior"
            )
            service.add_delegate(session, own, words)
    with time_machine.travel(NOW + timedelta(days=16), tick=False), acting(chaired.engine, chaired.officer) as session:
        found = {one.participant_id: one.id for one in meetings.invitations_of(session, meeting)}
        noted: dict[UUID, Attendance | None] = {
            found[chaired.id[state]]: Attendance.PRESENT if state in came else Attendance.NOT_REPRESENTED
            for state in ALL
        }
        service.record_attendance(session, again(session, meeting), noted)
    return meeting


def cells(page: str) -> dict[str, list[str]]:
    """The rows of tables: what stands in the cells, by the heading of the row."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)
    return {_plain(head): [_plain(one) for one in re.findall(r"<td.*?>(.*?)</td>", rest, re.S)] for head, rest in rows}


def _plain(words: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", words).split())


def test_each_reads_its_own_the_secretariat_all_the_chair_sums(chaired: Chaired) -> None:
    meeting_held(chaired, "First", ("bz", "gt", "hn", "mx"))
    done, silent = chaired.planned.own("mx", "Done"), chaired.planned.own("mx", "Silent")
    chaired.planned.report(done, "mx", Status.COMPLETED)
    with time_machine.travel(NOW + timedelta(days=17), tick=False):
        all_of_them = cells(chaired.desk(chaired.officer).get(PATH))
        own = chaired.desk(chaired.focal["mx"]).get(PATH)
        sums = chaired.desk(chaired.chair).get(PATH)
    assert list(all_of_them)[:4] == ["Belize", "Guatemala", "Honduras", "Mexico"]
    assert all_of_them["Mexico"] == ["1", "1", "1", "1", "", "2"]
    assert all_of_them["Belize"] == ["1", "1", "1", "1", "", ""]
    assert cells(own) == {"Mexico": all_of_them["Mexico"]}
    for name in ("Belize", "Honduras", "Mexico", str(chaired.id["mx"]), "Ministry of"):
        assert name not in sums, name
    assert "not told" in sums
    assert str(done) not in sums
    assert str(silent) not in sums


def test_by_the_members_decision_the_chair_reads_names(chaired: Chaired) -> None:
    meeting_held(chaired, "First", ("bz", "gt"))
    agreed = (NOW + timedelta(days=17)).date()
    with time_machine.travel(NOW + timedelta(days=17), tick=False):
        with acting(chaired.engine, chaired.officer) as session:
            process = session.scalars(select(Process).where(Process.slug == "rcx")).one()
            with pytest.raises(Refused):
                processes.name_to_chair(session, session.viewer, process, since=agreed, decision=" ")
            later = agreed + timedelta(days=1)
            processes.name_to_chair(session, session.viewer, process, since=later, decision="VM/2026/4")
        assert "Honduras" not in chaired.desk(chaired.chair).get(PATH)
        with acting(chaired.engine, chaired.officer) as session:
            process = session.scalars(select(Process).where(Process.slug == "rcx")).one()
            processes.name_to_chair(session, session.viewer, process, since=agreed, decision="VM/2026/4")
        named = cells(chaired.desk(chaired.chair).get(PATH))
        assert list(named)[:4] == ["Belize", "Guatemala", "Honduras", "Mexico"]
        assert "First" in chaired.desk(chaired.chair).get(f"{PATH}/{chaired.id['bz']}")
        assert list(cells(chaired.desk(chaired.focal["mx"]).get(PATH))) == ["Mexico"]
        with acting(chaired.engine, chaired.officer) as session:
            process = session.scalars(select(Process).where(Process.slug == "rcx")).one()
            processes.name_no_more(session, session.viewer, process, decision="VM/2026/9")
        assert "Honduras" not in chaired.desk(chaired.chair).get(PATH)


def test_nobody_but_the_governments_officers_puts_it_on_record(chaired: Chaired) -> None:
    for one in (chaired.chair, chaired.focal["mx"]):
        with acting(chaired.engine, one) as session:
            process = session.scalars(select(Process).where(Process.slug == "rcx")).one()
            with pytest.raises(NotAllowed):
                processes.name_to_chair(session, session.viewer, process, since=NOW.date(), decision="VM/2026/4")


def test_each_figure_opens_its_rows(chaired: Chaired) -> None:
    meeting_held(chaired, "First", ("mx", "bz"))
    with time_machine.travel(NOW + timedelta(days=17), tick=False):
        desk = chaired.desk(chaired.focal["mx"])
        page = desk.get(PATH)
        links = re.findall(rf'href="({PATH}/[^"]+)"', page)
        assert links
        rows = [desk.get(one.replace("&amp;", "&")) for one in links]
        assert any("Delegate mx of First" in one for one in rows)
        assert all("Delegate bz" not in one for one in rows)
        officer = chaired.desk(chaired.officer).get(f"{PATH}/{chaired.id['bz']}?figure=persons")
        assert "Delegate bz of First" in officer
        assert "Ministry of bz" in officer


def test_nobody_reads_the_rows_of_another(chaired: Chaired) -> None:
    meeting_held(chaired, "First", ALL)
    with time_machine.travel(NOW + timedelta(days=17), tick=False):
        for reader in (chaired.chair, chaired.focal["bz"], chaired.focal["gt"], chaired.planned.people.coordinator):
            chaired.desk(reader).get(f"{PATH}/{chaired.id['mx']}", 404)
        for reader in (chaired.planned.people.chair, chaired.planned.people.coordinator):
            chaired.desk(reader).get(PATH, 404)
        chaired.desk(None).get(PATH, 302)
        assert "/ownership" in chaired.desk(chaired.chair).get("/processes/rcx/chair")
        assert "/ownership" in chaired.desk(chaired.focal["mx"]).get("/processes/rcx/my-government")
        assert "/ownership" in chaired.desk(chaired.officer).get("/processes/rcx/")


def test_a_sum_from_which_one_could_be_read_off_is_not_told(chaired: Chaired) -> None:
    """All but Mexico came: the chair, who came too, would know from either number who did not."""
    meeting_held(chaired, "First", ("bz", "gt", "hn"))
    with time_machine.travel(NOW + timedelta(days=17), tick=False):
        page = chaired.desk(chaired.chair).get(PATH)
    attended = page[page.index('id="attended"') :].partition("</section>")[0]
    assert cells(attended) == {"2027": ["not told", "not told", "not told", "not told", "4"]}


def test_a_sum_of_enough_others_is_told(chaired: Chaired) -> None:
    """Three others reported a step each, and are silent on another: of the rest together three stand behind it, too."""
    for state in ("bz", "hn", "mx"):
        chaired.planned.report(chaired.planned.own(state, f"Done by {state}"), state, Status.COMPLETED)
        chaired.planned.own(state, f"Silent on by {state}")
    page = chaired.desk(chaired.chair).get(PATH)
    followed = page[page.index('id="followed"') :].partition("</section>")[0]
    assert cells(followed) == {"Migration policy and management": ["3", "not told", "not told", "not told", "6"]}


def test_one_row_and_many_are_the_same_work(chaired: Chaired) -> None:
    counts: list[list[int]] = []
    for number in range(1, 4):
        meeting_held(chaired, f"Meeting {number}", ALL[: number + 1])
        chaired.planned.own(ALL[number], f"Promise {number}")
        counts.append([_statements(chaired, one) for one in (chaired.officer, chaired.chair)])
    assert counts[0] == counts[1] == counts[2], counts


def _statements(chaired: Chaired, reader: Official) -> int:
    with time_machine.travel(NOW + timedelta(days=17), tick=False):
        desk = chaired.desk(reader)
        for _again in range(2):
            desk.get(PATH)
        with statements_sent() as sent:
            desk.get(PATH)
    return len(sent)
