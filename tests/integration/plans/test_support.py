"""Support given: written down by who knows of it, confirmed by who had asked, and only then told."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat.core import awaited, clock
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.plans import queries, service
from secretariat.plans.models import NotedAfter, SupportNeeded
from secretariat.plans.status import Status
from secretariat.plans.support_models import GivenState, SupportGiven
from secretariat.reports import service as reports
from tests.factories.plans import acting, again, seeing
from tests.support.plans import Planned, Site
from tests.support.sql import statements_sent

NEED = "Two trainers for the statistics office"
GAVE = "Trainers came for a week"


def asked(planned: Planned, **more: Any) -> UUID:
    """A need of Guatemala; its id."""
    update = planned.report(planned.own(), "gt", Status.IN_PROGRESS, "Ten of twenty", support=NEED, **more)
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        return session.scalars(select(SupportNeeded.id).where(SupportNeeded.update_id == update)).one()


def noted(planned: Planned, need: UUID, who: Any, words: str = GAVE, **more: Any) -> UUID:
    with acting(planned.engine, who) as session:
        found = queries.need_by_id(session, need)
        assert found is not None
        return service.note_support(session, session.viewer, found, words, language="en", **more).id


def answered(planned: Planned, key: UUID, who: Any, act: Any = service.confirm_support) -> None:
    with acting(planned.engine, who) as session:
        found = queries.given_by_id(session, key)
        assert found is not None
        act(session, session.viewer, found)


def read_by(planned: Planned, key: UUID) -> list[str]:
    people = planned.people
    readers = {"officer": people.officer, "coordinator": people.coordinator, **people.focal}
    found = []
    for name, who in readers.items():
        with seeing(planned.engine, who) as session:
            if session.scalar(select(SupportGiven.id).where(SupportGiven.id == key)) is not None:
                found.append(name)
    return sorted(found)


def test_what_is_noted_is_read_by_who_had_asked_and_the_secretariat_until_it_is_confirmed(planned: Planned) -> None:
    need = asked(planned, support_for_members=True)
    key = noted(planned, need, planned.people.officer)
    assert read_by(planned, key) == ["gt", "officer"]
    answered(planned, key, planned.people.focal["gt"])
    assert read_by(planned, key) == ["bz", "gt", "hn", "mx", "officer"]


def test_a_member_that_was_asked_writes_down_what_it_gave_itself_and_reads_it(planned: Planned) -> None:
    need = asked(planned, support_to=[planned.people.id["mx"]])
    someone_else = service.Giver(planned.people.id["hn"])
    key = noted(planned, need, planned.people.focal["mx"], giver=someone_else)
    assert read_by(planned, key) == ["gt", "mx", "officer"]
    with seeing(planned.engine, planned.people.focal["gt"]) as session:
        given = queries.given_by_id(session, key)
        assert given is not None
        assert (given.giver_id, given.state) == (planned.people.id["mx"], GivenState.NOTED)
    answered(planned, key, planned.people.focal["gt"])
    assert read_by(planned, key) == ["gt", "mx", "officer"]  # as the need's


def test_the_word_of_who_had_asked_is_confirmed_as_it_is_given(planned: Planned) -> None:
    need = asked(planned)
    key = noted(planned, need, planned.people.focal["gt"], giver=service.Giver(planned.people.id["mx"]))
    with seeing(planned.engine, planned.people.officer) as session:
        given = queries.given_by_id(session, key)
        assert given is not None
        assert given.counts


def test_who_does_not_read_the_need_writes_nothing_down(planned: Planned) -> None:
    need = asked(planned)
    with acting(planned.engine, planned.people.focal["mx"]) as session:
        assert queries.need_by_id(session, need) is None


def test_only_who_had_asked_confirms_and_only_once(planned: Planned) -> None:
    need = asked(planned, support_for_members=True)
    key = noted(planned, need, planned.people.officer)
    with pytest.raises(NotAllowed):
        answered(planned, key, planned.people.officer)
    answered(planned, key, planned.people.focal["gt"])
    with pytest.raises(Refused, match="answered in the meantime"):
        answered(planned, key, planned.people.focal["gt"], service.set_support_aside)


def test_what_is_not_known_so_counts_nowhere_and_is_read_by_nobody_else(planned: Planned) -> None:
    need = asked(planned, support_for_members=True)
    key = noted(planned, need, planned.people.officer)
    answered(planned, key, planned.people.focal["gt"], service.set_support_aside)
    assert read_by(planned, key) == ["gt", "officer"]
    assert GAVE not in str(_composed(planned))


def test_a_need_that_is_noted_and_not_confirmed_is_none_yet(planned: Planned) -> None:
    commitment = planned.own()
    with acting(planned.engine, planned.people.officer) as session:
        update = service.note_progress(
            session, session.viewer, again(session, commitment), Status.IN_PROGRESS, language="en",
            after=NotedAfter.CALL, support=NEED,
        )  # fmt: skip
        need = session.scalars(select(SupportNeeded.id).where(SupportNeeded.update_id == update.id)).one()
    with acting(planned.engine, planned.people.officer) as session:
        assert queries.need_by_id(session, need) is None
        assert queries.support_in(session, planned.plan_id) == []


@pytest.mark.parametrize(
    ("words", "more", "why"),
    [
        ("  ", {}, "Write what was given"),
        (GAVE, {"on": 3}, "has not come yet"),
        (GAVE, {"giver": "gt"}, "the one that had asked"),
        (GAVE, {"giver": "nobody"}, "takes part in the process"),
    ],
)
def test_what_cannot_be_is_told_courteously(planned: Planned, words: str, more: dict[str, Any], why: str) -> None:
    need = asked(planned)
    if "on" in more:
        more = {"on": clock.today() + timedelta(days=more["on"])}
    if "giver" in more:
        more = {"giver": service.Giver(planned.people.id.get(more["giver"], UUID(int=7)))}
    with pytest.raises(Refused, match=why):
        noted(planned, need, planned.people.officer, words, **more)


# --- awaited, listed, reported ----------------------------------------------------------------------------------------


def test_a_word_is_awaited_of_who_had_asked_until_it_is_given(planned: Planned) -> None:
    need = asked(planned)
    key = noted(planned, need, planned.people.officer)

    def of(who: Any) -> list[UUID]:
        with seeing(planned.engine, who) as session:
            return [one.subject for one in awaited.awaited(session, clock.today()) if one.kind == "support_given"]

    assert of(planned.people.focal["gt"]) == [key]
    assert of(planned.people.focal["mx"]) == []
    answered(planned, key, planned.people.focal["gt"])
    assert of(planned.people.focal["gt"]) == []


def _composed(planned: Planned) -> dict[str, Any]:
    today = clock.today()
    with acting(planned.engine, planned.people.officer) as session:
        report = reports.begin_report(
            session, session.viewer, planned.the_plan(session), from_on=today - timedelta(days=30), to_on=today
        )
        return reports.compose(session, report).to_json()


def test_the_report_tells_what_is_confirmed_and_what_all_members_read(planned: Planned) -> None:
    open_need = asked(planned, support_for_members=True)
    closed_need = asked(planned, support_to=[planned.people.id["mx"]])
    mexico = service.Giver(planned.people.id["mx"])
    for need, words in ((open_need, "Told to all"), (closed_need, "Told to one")):
        answered(planned, noted(planned, need, planned.people.officer, words, giver=mexico), planned.people.focal["gt"])
    noted(planned, open_need, planned.people.officer, "Awaits a word")
    told = _composed(planned)
    assert [(one["words"]["texts"]["en"], one["giver"]["en"]) for one in told["given"]] == [("Told to all", "Mexico")]
    assert "Told to one" not in str(told)
    assert "Awaits a word" not in str(told)


def test_a_correction_takes_the_need_out_of_the_list_unless_something_was_given_for_it(planned: Planned) -> None:
    commitment = planned.own()
    first = planned.report(commitment, "gt", Status.IN_PROGRESS, support=NEED)
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        update = queries.update_by_id(session, first)
        service.report_progress(
            session, session.viewer, again(session, commitment), Status.IN_PROGRESS, language="en",
            support="One trainer", correction_of=update,
        )  # fmt: skip
        need = session.scalars(select(SupportNeeded.id).where(SupportNeeded.update_id == first)).one()

    def listed() -> list[str]:
        with seeing(planned.engine, planned.people.officer) as session:
            return [str(one.need.words) for one in queries.support_in(session, planned.plan_id)]

    assert listed() == ["One trainer"]
    noted(planned, need, planned.people.officer)
    assert sorted(listed()) == ["One trainer", NEED]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_it_is_written_down_and_confirmed_in_one_click(site: Site) -> None:
    need = asked(site.planned, support_to=[site.planned.people.id["mx"]])
    people, listing = site.planned.people, f"/plans/{site.planned.plan_id}/support"
    assert NEED in site.page(people.officer, listing)
    answer = site.send(
        people.officer, f"/support-needed/{need}/given", words=GAVE, giver=str(people.id["mx"]), giver_name="", on=""
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, listing)
    assert GAVE in site.page(people.officer, listing)
    assert GAVE not in site.page(people.focal["mx"], listing)
    [address] = set(re.findall(r'href="(/support-given/[0-9a-f-]+)"', site.page(people.focal["gt"], listing)))
    page = site.page(people.focal["gt"], address)
    assert "Yes, it was given" in page
    client = site.client(people.focal["gt"])
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)
    assert token
    assert nonce
    sent = client.post(f"{address}/confirm", data={"csrf_token": token[1], "nonce": nonce[1]})
    assert sent.status_code == 303
    page = unescape(site.page(people.focal["mx"], listing))
    assert f"Mexico: {GAVE}" in page
    assert "Yes, it was given" not in site.page(people.focal["gt"], address)


def test_a_member_is_not_asked_who_gave(site: Site) -> None:
    need = asked(site.planned, support_to=[site.planned.people.id["mx"]])
    people = site.planned.people
    path = f"/support-needed/{need}/given"
    assert 'name="giver"' in site.page(people.officer, path)
    assert 'name="giver"' not in site.page(people.focal["mx"], path)
    for who in (people.focal["hn"], people.focal["co"], people.coordinator):
        assert site.client(who).get(path).status_code == 404
    answer = site.send(people.focal["mx"], path, words="  ", on="2999-01-01")
    assert answer.status_code == 422


def test_the_list_takes_the_same_statements_for_one_and_for_many(site: Site) -> None:
    people, listing = site.planned.people, f"/plans/{site.planned.plan_id}/support"
    need = asked(site.planned)
    noted(site.planned, need, people.officer)
    site.page(people.officer, listing)
    with statements_sent() as few:
        site.page(people.officer, listing)
    for _time in range(4):
        noted(site.planned, asked(site.planned), people.officer)
    with statements_sent() as many:
        site.page(people.officer, listing)
    assert len(few) == len(many)


def test_who_gave_is_named_where_one_knows_that_it_takes_part(site: Site) -> None:
    """An organization of the network is none of the governments' business; a name written is what it is."""
    people = site.planned.people
    key = asked(site.planned, support_for_members=True)
    answered(
        site.planned, noted(site.planned, key, people.officer, giver=service.Giver(name="A foundation")),
        people.focal["gt"],
    )  # fmt: skip
    with system_unit(site.planned.engine, Reason.REFERENCE) as system:
        given = system.scalars(select(SupportGiven)).one()
        assert given.giver_text == "A foundation"
    assert "A foundation: " in unescape(site.page(people.focal["mx"], f"/plans/{site.planned.plan_id}/support"))
