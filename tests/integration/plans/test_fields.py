"""What a commitment says beside its words: milestones, partners, measure, origin, who else reads what; its phase."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.plans import partners, queries, service
from secretariat.plans.milestones import Milestone
from secretariat.plans.models import Commitment, ProgressUpdate
from secretariat.plans.phase_models import CommitmentPhase, Phase
from secretariat.plans.status import Status
from secretariat.reports import queries as reports
from tests.factories.plans import acting, again, seeing
from tests.support.plans import Planned, Site
from tests.support.sql import statements_sent


def _in(days: int) -> Any:
    return clock.today() + timedelta(days=days)


def _steps(*days: int) -> tuple[Milestone, ...]:
    return tuple(Milestone(_in(day), LocalText.of(f"Step of day {day}")) for day in days)


def _rows(*rows: tuple[int | str, str], key: str = "") -> dict[str, str]:
    """What a browser sends of the rows of milestones."""
    sent = {}
    for at, (day, words) in enumerate(rows):
        sent[f"milestones-{at}-on"] = _in(day).isoformat() if isinstance(day, int) else day
        sent[f"milestones-{at}-words"] = words
    return {**sent, "milestones-0-key": key} if key else sent


def test_the_next_milestone_is_the_day_that_is_due_everywhere(planned: Planned) -> None:
    key = planned.own("gt", due_on=None, milestones=_steps(40, 10, 70))
    with seeing(planned.engine, planned.people.officer) as session:
        one = again(session, key)
        assert (one.due_on, [step.on for step in one.milestones]) == (_in(10), [_in(10), _in(40), _in(70)])
        first = one.milestones[0].key
    planned.report(key, "gt", Status.IN_PROGRESS, "The first is done", reached=[first])
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        one = again(session, key)
        assert (one.due_on, one.milestones[0].reached_on) == (_in(40), clock.today())
        assert queries.revisions(session, [key]) == [], "what was reached as it was meant is no revision"
    with seeing(planned.engine, planned.people.officer) as session:
        process = planned.people.id["process"]
        asked = list(queries.awaited_of_participants(session, process, None, clock.today()))
        assert [(one.subject, one.due_on) for one in asked] == [(key, _in(40))]
    with pytest.raises(Refused):
        planned.report(key, "gt", Status.IN_PROGRESS, reached=[first])


def test_a_postponement_moves_the_next_milestone_and_is_kept_beside_it(planned: Planned) -> None:
    key = planned.own("gt", due_on=None, milestones=_steps(10, 40))
    with pytest.raises(Refused) as refused:
        planned.report(key, "gt", Status.POSTPONED, "Later", postponed_to=_in(50))
    assert refused.value.field == "postponed_to"
    planned.report(key, "gt", Status.POSTPONED, "Later", postponed_to=_in(20))
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        assert [one.on for one in again(session, key).milestones] == [_in(20), _in(40)]
        [revision] = queries.revisions(session, [key])
        assert (revision.due_before, revision.due_after) == (_in(10), _in(20))
        assert [one.on for one in revision.milestones_before] == [_in(10), _in(40)]


def test_a_due_date_and_milestones_exclude_each_other_and_none_is_before_adoption(planned: Planned) -> None:
    for more in ({"due_on": _in(5), "milestones": _steps(10)}, {"due_on": None, "milestones": _steps(-200, 10)}):
        with pytest.raises(Refused) as refused:
            planned.own("gt", **more)
        assert refused.value.field == "milestones"


def test_milestones_are_proposed_amended_revised_and_reached_on_pages(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    gt, mx = people.focal["gt"], people.focal["mx"]
    propose = f"/plans/{planned.plan_id}/propose"
    common = {"participants": [str(people.id["gt"])], "words-en": "Share the template"}
    for rows, wrong in (
        (_rows(("", "Without a day")), "Give the day of each milestone"),
        (_rows((10, "")), "Say in a few words what is to be reached"),
        (_rows(("soon", "Words")), "Give a day, for example"),
        ({**_rows((10, "Words")), "due_on": _in(30).isoformat()}, "Give a due date or milestones"),
    ):
        answer = site.send(people.officer, propose, **common, **rows)
        assert answer.status_code == 422
        assert wrong in answer.get_data(as_text=True)
    made = site.send(people.officer, propose, **common, **_rows((40, "All offices"), (10, "Five offices")))
    assert made.status_code == 303
    key = UUID(made.location.rsplit("/", 1)[1])
    link = site.link(gt, "accept", key)
    page = site.page(None, link)
    assert page.index("Five offices") < page.index("All offices")
    answer = site.send(
        None, link, answer="amend", words="Share the template", due_on="", lead="",
        **_rows((15, "Five offices"), (40, "All offices")),
    )  # fmt: skip
    assert answer.status_code == 303, answer.get_data(as_text=True)
    with seeing(planned.engine, mx) as session:
        steps = again(session, key).milestones
        assert [one.on for one in steps] == [_in(15), _in(40)]
    report = f"/commitments/{key}/report"
    assert site.send(gt, report, status="in_progress", reached=["forged"]).status_code == 422
    assert site.send(gt, report, status="in_progress", reached=[steps[0].key]).status_code == 303
    assert "reached on" in site.page(mx, f"/commitments/{key}")
    revise, version = f"/commitments/{key}/revise", _version(planned, key)
    typed = {"words-en": "Share the template", "reason": "A third round", "version": version}
    rows = _rows((15, "Five offices"), (40, "All offices"), (60, "All consulates"), key=steps[0].key)
    assert site.send(gt, revise, **typed, **rows).status_code == 303
    with seeing(planned.engine, mx) as session:
        now = again(session, key).milestones
        assert [one.reached_on is None for one in now] == [False, True, True]
    page = site.page(mx, f"/commitments/{key}")
    assert "Milestones before:" in page
    assert "A third round" in page
    stale = site.send(gt, revise, **{**typed, "words-en": "Other words"}, **rows)
    assert stale.status_code == 409, "a stale save shows both texts"
    assert "What stands now:" in stale.get_data(as_text=True)


def _version(planned: Planned, key: UUID) -> str:
    with seeing(planned.engine, planned.people.officer) as session:
        return str(session.scalars(select(Commitment.version).where(Commitment.id == key)).one())


def test_partners_are_chosen_and_shown_to_whom_knows_of_them(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    gt = people.focal["gt"]
    chosen = [f"participant:{people.id['iom']}", f"participant:{people.id['mx']}", f"network:{people.id['network']}"]
    made = site.send(
        gt, f"/plans/{planned.plan_id}/commit", partners_named=chosen, partners="A university", **{
            "words-en": "Train officers", "baseline-en": "Nobody is trained", "indicator-en": "Officers trained",
            "origin_words-en": "Submission of the network of 12 March",
        },
    )  # fmt: skip
    assert made.status_code == 303
    key = UUID(made.location.rsplit("/", 1)[1])
    page = site.page(people.focal["hn"], f"/commitments/{key}")
    for words in ("International Organization for Migration", "Mexico", "Civil society", "A university"):
        assert words in page
    for words in ("Nobody is trained", "Officers trained", "Submission of the network of 12 March"):
        assert words in page
    for who in ("co", "house"):
        assert site.client(people.focal[who]).get(f"/commitments/{key}").status_code == 404, "partners read no more"
    _hide(planned, people.id["iom"])
    page = site.page(people.focal["hn"], f"/commitments/{key}")
    assert "International Organization for Migration" not in page
    assert "A university" in page
    revise, version = f"/commitments/{key}/revise", _version(planned, key)
    assert "International Organization for Migration" not in site.page(gt, revise)
    again_chosen = {"words-en": "Train officers", "version": version, "partners": "", "partners_named": chosen[1:2]}
    assert site.send(gt, revise, **again_chosen).status_code == 303
    with seeing(planned.engine, people.officer) as session:
        rows = queries.partners(session, [key])[key]
        assert {one.participant_id for one in rows} == {people.id["iom"], people.id["mx"]}, "the hidden one stays"
    assert "A university" not in site.page(people.focal["hn"], f"/commitments/{key}")
    forged = {**again_chosen, "version": _version(planned, key), "partners_named": [chosen[0]]}
    assert site.send(gt, revise, **forged).status_code == 404, "an id that was not offered is not there"


def _hide(planned: Planned, participant: UUID) -> None:
    """That a participant takes part is told to the secretariat alone."""
    from secretariat.core.labelling import relabel
    from secretariat.processes.clauses import named, secretariat
    from secretariat.processes.models import Participation, Process, Track

    with system_unit(planned.engine, Reason.LABELLING) as session:
        process = session.get_one(Process, planned.people.id["process"])
        track = session.get_one(Track, planned.people.id["government"])
        for one in session.scalars(select(Participation).where(Participation.participant_id == participant)):
            relabel(session, one, [named(process, track, audience=[secretariat(track)])], why="hidden")


def test_one_names_no_partner_one_does_not_know_of(planned: Planned) -> None:
    people = planned.people
    _hide(planned, people.id["iom"])
    with pytest.raises(Refused) as refused:
        planned.own("gt", partners=[service.Partner(participant_id=people.id["iom"])])
    assert refused.value.field == "partners_named"
    with seeing(planned.engine, people.focal["gt"]) as session:
        offered = partners.to_choose(session, planned.the_plan(session), clock.today())
        assert people.id["iom"] not in offered
        assert people.id["co"] in offered


def test_obstacle_and_support_are_read_by_the_members_named_and_by_no_other(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    gt, key = people.focal["gt"], planned.own("gt", due_on=_in(-5))
    mx, hn, co = (str(people.id[one]) for one in ("mx", "hn", "co"))
    report = f"/commitments/{key}/report"
    typed = {"status": "postponed", "obstacle": "The budget is not voted", "support": "A trainer is welcome"}
    assert site.send(gt, report, **typed, obstacle_to=[co]).status_code == 404, "who reads no commitment is not offered"
    answer = site.send(gt, report, **typed, obstacle_to=[mx], support_to=[mx, hn], helped="We learned from others")
    assert answer.status_code == 303
    reads = {"gt": (True, True), "mx": (True, True), "hn": (False, True), "bz": (False, False)}
    for who, (obstacle, support) in reads.items():
        page = site.page(people.focal[who], f"/commitments/{key}")
        assert ("The budget is not voted" in page) is obstacle, who
        assert ("A trainer is welcome" in page) is support, who
        assert "We learned from others" in page
        assert "budget" not in site.page(people.focal[who], f"/plans/{planned.plan_id}")
    assert "The budget is not voted" in site.page(people.officer, f"/commitments/{key}")
    with seeing(planned.engine, people.focal["hn"]) as session:
        [facts] = reports.facts(session, planned.plan_id)
        assert (facts.told[0].obstacle, str(facts.told[0].support)) == (None, "A trainer is welcome")
    with seeing(planned.engine, people.focal["gt"]) as session:
        update = session.scalars(select(ProgressUpdate.id)).one()
    page = site.page(gt, f"/updates/{update}/correct")
    assert re.search(rf'<input checked[^>]*name="obstacle_to"[^>]*value="{mx}"', page), "its readers are kept"
    assert site.send(gt, f"/updates/{update}/correct", **typed, obstacle_for_members="y").status_code == 303
    assert "The budget is not voted" in site.page(people.focal["bz"], f"/commitments/{key}")


def test_the_phase_is_the_officers_own(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.own("gt")
    path = f"/commitments/{key}/phase"
    assert site.send(people.officer, path, phase="policy-change").status_code == 303
    page = site.page(people.officer, f"/commitments/{key}")
    assert "Policy change" in page
    for who in (people.focal["gt"], people.focal["mx"], people.chair):
        page = site.page(who, f"/commitments/{key}")
        assert "Policy change" not in page
        assert "phase" not in page.lower()
        with seeing(planned.engine, who) as session:
            assert session.scalars(select(CommitmentPhase)).all() == []
    with acting(planned.engine, people.focal["gt"]) as session, pytest.raises(NotAllowed):
        service.tag_phase(session, session.viewer, again(session, key), Phase.AGENDA_SETTING)
    stale = site.send(people.officer, path, phase="agenda-setting", version="0")
    assert stale.status_code == 409
    assert site.send(people.officer, path, phase="", version="1").status_code == 303
    assert "Policy change" not in site.page(people.officer, f"/commitments/{key}")


def test_a_page_of_a_commitment_asks_as_often_for_many_partners_and_milestones_as_for_one(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    others = [service.Partner(participant_id=people.id[one]) for one in ("mx", "hn", "bz", "co", "iom")]
    network = service.Partner(track_id=people.id["network"])
    few = planned.own("gt", due_on=None, milestones=_steps(10), partners=[others[0], network])
    many = planned.own("gt", due_on=None, milestones=_steps(10, 20, 30, 40, 50), partners=[*others, network])

    def statements(key: UUID) -> int:
        for _time in range(3):  # what a reader may read is worked out at the first, and known from the third on
            site.page(people.focal["hn"], f"/commitments/{key}")
        with statements_sent() as seen:
            site.page(people.focal["hn"], f"/commitments/{key}")
        return len(seen)

    assert statements(few) == statements(many)


def test_evidence_is_shown_as_text_with_its_host(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.own("gt")
    sent = "https://www.example.org/manual\nhttps://data.example.org/figures"
    assert (
        site.send(people.focal["gt"], f"/commitments/{key}/report", status="completed", evidence=sent).status_code
        == 303
    )
    page = site.page(people.focal["mx"], f"/commitments/{key}")
    for words in ("www.example.org", "https://www.example.org/manual", "https://data.example.org/figures"):
        assert words in page
    assert 'href="https://' not in page, "shown, and not followed from here"


def test_what_stands_in_the_way_is_asked_for_and_never_demanded(site: Site) -> None:
    """Where something is still to come and nothing of it was said; of the participant alone."""
    planned, people = site.planned, site.planned.people
    key = planned.own("gt")
    page, asked = f"/commitments/{key}", "Say what stands in the way"
    planned.report(key, "gt", Status.IN_PROGRESS, "Begun")
    assert asked not in site.page(people.focal["gt"], page)
    update = planned.report(key, "gt", Status.NOT_YET_STARTED)
    assert asked in site.page(people.focal["gt"], page)
    for other in (people.focal["mx"], people.officer):
        assert asked not in site.page(other, page)
    form = site.page(people.focal["gt"], f"/updates/{update}/correct")
    assert "<details open><summary>What stands in the way, what would help</summary>" in form
    site.send(people.focal["gt"], f"/updates/{update}/correct", status="not_yet_started", obstacle="The budget")
    answered = site.page(people.focal["gt"], page)
    assert "The budget" in answered
    assert asked not in answered


def test_what_was_noted_is_confirmed_by_one_press_on_the_page_of_its_commitment(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.own("gt")
    page = f"/commitments/{key}"
    site.send(people.officer, f"{page}/note", after="call", status="completed", step="All of it, by telephone")
    shown = site.page(people.focal["gt"], page)
    found = re.search(r'action="(/updates/[0-9a-f-]{36}/confirm)".*?name="answer" value="confirm"', shown, re.DOTALL)
    assert found
    assert "Not yet reported" in site.page(people.focal["mx"], page)
    assert site.send(people.focal["gt"], found[1], answer="confirm").status_code == 303
    assert "All of it, by telephone" in site.page(people.focal["mx"], page)
    assert found[1] not in site.page(people.focal["gt"], page)
