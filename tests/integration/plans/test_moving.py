"""Parts of a plan are moved: in a draft at will, in an adopted plan by what a meeting changed; some are taken out."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.plans import queries, service
from secretariat.plans.models import Commitment, Plan
from secretariat.plans.service import Adopted, Part, Spot
from secretariat.processes.models import Track
from tests.factories.plans import acting, again, seeing
from tests.support.plans import Planned, Site

WHERE = LocalText.of("Vice-Ministers in San José")
TEXT = (
    ("area", "Policy", ""),
    ("objective", "Returns", "Policy"),
    ("activity", "Publish hours", "Returns"),
    ("activity", "Give notice", "Returns"),
    ("objective", "Figures", "Policy"),
    ("activity", "Exchange figures", "Figures"),
    ("area", "Rights", ""),
    ("activity", "Meet once", ""),
)


def begun(planned: Planned, session: ViewerSession) -> Plan:
    """A draft with two areas, two objectives and four activities, one of them in the plan itself."""
    first = planned.the_plan(session)
    track = session.scalars(select(Track).where(Track.id == first.track_id)).one()
    plan = service.begin_plan(session, session.viewer, first.process, track, LocalText.of("The next plan"))
    made: dict[str, Part] = {}
    add: dict[str, Any] = {
        "area": service.add_area,
        "objective": service.add_objective,
        "activity": service.add_activity,
    }
    for kind, title, above in TEXT:
        more = {"above": made[above]} if above else {}
        made[title] = add[kind](session, session.viewer, plan, LocalText.of(title), **more)
    return plan


def stands(session: ViewerSession, plan: Plan) -> list[str]:
    return [f"{one.number} {one.title}" for one in queries.outline(session, plan.id)]


def called(session: ViewerSession, plan: Plan, title: str) -> Part:
    return next(one for one in queries.outline(session, plan.id) if str(one.title) == title)


def test_in_a_draft_a_part_changes_places_with_its_neighbour_and_takes_along_what_stands_in_it(
    planned: Planned,
) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        plan = begun(planned, session)
        viewer = session.viewer
        service.move_part(session, viewer, plan, called(session, plan, "Figures"), up=True)
        assert stands(session, plan) == [
            "1 Policy", "1.1 Figures", "1.1.1 Exchange figures", "1.2 Returns", "1.2.1 Publish hours",
            "1.2.2 Give notice", "2 Rights", "3 Meet once",
        ]  # fmt: skip
        service.move_part(session, viewer, plan, called(session, plan, "Figures"), up=True)  # it is the first
        service.move_part(session, viewer, plan, called(session, plan, "Give notice"), up=False)  # it is the last
        service.move_part(session, viewer, plan, called(session, plan, "Rights"), up=True)
        assert [one for one in stands(session, plan) if one[1] == " "] == ["1 Rights", "2 Policy", "3 Meet once"]
        assert "2.2.2 Give notice" in stands(session, plan)


def test_a_number_given_by_hand_is_kept_and_none_is_given_twice(planned: Planned) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        plan = begun(planned, session)
        above = called(session, plan, "Rights")
        service.add_objective(session, session.viewer, plan, LocalText.of("By hand"), above=above, number="1.1.1.A")
        service.place_part(session, session.viewer, plan, called(session, plan, "By hand"), Spot())
        service.place_part(
            session, session.viewer, plan, called(session, plan, "Meet once"), Spot(called(session, plan, "Figures"))
        )
        numbers = [one.number for one in queries.outline(session, plan.id)]
        assert numbers == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "1.2.2", "2", "1.1.1.A"]
        assert len(set(numbers)) == len(numbers)


def test_what_cannot_stand_there_is_refused_with_a_sentence_and_nothing_moves(planned: Planned) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        plan = begun(planned, session)
        before = stands(session, plan)
        area, objective, activity = (called(session, plan, one) for one in ("Policy", "Returns", "Publish hours"))
        elsewhere = queries.outline(session, planned.plan_id)[0]
        for part, spot, sentence in (
            (area, Spot(called(session, plan, "Rights")), "An area stands in the plan itself"),
            (area, Spot(area), "cannot stand in itself"),
            (objective, Spot(called(session, plan, "Figures")), "An objective stands in an area"),
            (objective, Spot(activity), "An objective stands in an area"),
            (activity, Spot(called(session, plan, "Give notice")), "An activity stands in an objective"),
            (activity, Spot(objective, activity), "cannot stand in itself or before itself"),
            (activity, Spot(elsewhere), "Choose a part of this plan"),
        ):
            with pytest.raises(Refused, match=sentence):
                service.place_part(session, session.viewer, plan, part, spot)
        assert stands(session, plan) == before
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        plan = planned.the_plan(session)
        first = queries.outline(session, plan.id)[0]
        with pytest.raises(NotAllowed):
            service.move_part(session, session.viewer, plan, first, up=True)


def test_adopted_text_moves_by_an_amendment_and_commitments_keep_their_letters(planned: Planned) -> None:
    adopted = Adopted(clock.today(), where=WHERE)
    first, second = planned.own("gt", "Publish monthly figures"), planned.propose("mx", "Publish yearly figures")
    with acting(planned.engine, planned.people.officer) as session:
        plan = planned.the_plan(session)
        area, objective, activity = queries.outline(session, plan.id)
        with pytest.raises(Refused, match="changed by an amendment"):
            service.move_part(session, session.viewer, plan, activity, up=True)
        service.amend_by_adding(session, session.viewer, plan, "area", LocalText.of("Rights"), adopted)
        rights = called(session, plan, "Rights")
        with pytest.raises(Refused, match="There it stands already"):
            service.amend_by_moving(session, session.viewer, plan, objective, Spot(area), adopted)
        made = service.amend_by_moving(session, session.viewer, plan, objective, Spot(rights), adopted)
        assert (made.number_before, made.number) == ("1.1", "2.1")
        assert stands(session, plan) == [
            "1 Migration policy and management",
            "2 Rights",
            "2.1 Reliable information",
            "2.1.1 Exchange figures",
        ]
        moved = again(session, first)
        assert (moved.shown_number, moved.area_id, moved.objective_id) == ("2.1.1 a", rights.id, objective.id)
    with acting(planned.engine, planned.people.focal["mx"]) as session:
        service.accept(session, session.viewer, again(session, second))
        assert again(session, second).shown_number == "2.1.1 b"


def test_what_is_taken_out_takes_along_what_stands_below_and_leaves_commitments(planned: Planned) -> None:
    adopted = Adopted(clock.today(), where=WHERE)
    key = planned.own("gt", "Publish monthly figures")
    with acting(planned.engine, planned.people.officer) as session:
        plan, viewer = planned.the_plan(session), session.viewer
        area, objective, activity = queries.outline(session, plan.id)
        with pytest.raises(Refused, match=re.escape("Below 1 there still stands 1.1, 1.1.1. Say that it goes too")):
            service.amend_by_taking_out(session, viewer, plan, area, adopted)
        assert not [one for one in queries.outline(session, plan.id) if one.taken_out_at]
        made = service.amend_by_taking_out(session, viewer, plan, objective, adopted, with_below=True)
        assert made.with_numbers == ["1.1.1"]
        assert queries.standing(queries.outline(session, plan.id)) == [area]
        one = again(session, key)
        assert (one.shown_number, one.state.value, one.activity_id) == ("1.1.1 a", "accepted", activity.id)
        draft = service.Draft(participant_id=one.participant_id, words=LocalText.of("More"), part=activity)
        with pytest.raises(Refused, match=re.escape("1.1.1 was taken out of this plan")):
            service.propose_commitment(session, viewer, plan, draft)
        with pytest.raises(Refused, match=re.escape("It stands in 1.1, which is out too")):
            service.amend_by_putting_back(session, viewer, plan, activity, adopted)
        service.amend_by_adding(session, viewer, plan, "objective", LocalText.of("After it"), adopted, above=area)
        back = service.amend_by_putting_back(session, viewer, plan, objective, adopted)
        assert back.with_numbers == ["1.1.1"]
        assert stands(session, plan) == [
            "1 Migration policy and management", "1.1 Reliable information", "1.1.1 Exchange figures", "1.2 After it",
        ]  # fmt: skip
        assert [one.kind.value for one in queries.amendments_of(session, plan.id)][:3] == [
            "put_back", "added", "taken_out",
        ]  # fmt: skip


def test_the_pages_move_take_out_and_put_back_and_say_so_to_readers(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    officer, mx, page = people.officer, people.focal["mx"], f"/plans/{planned.plan_id}"
    planned.own("gt", "Publish monthly figures")
    listed = site.page(officer, f"{page}/amend")
    _area, objective, _activity = re.findall(r'href="(/plans/[^"]*/parts/[^"]*)/amend"', listed)
    when = {"on": clock.today().isoformat(), "where-en": "Vice-Ministers in San José"}
    asked = site.page(officer, f"{objective}/amend/out")
    assert "1.1.1 a" in asked
    assert "Publish monthly figures" in asked
    refused = site.send(officer, f"{objective}/amend/out", **when)
    assert refused.status_code == 422
    assert "Say that it goes too, or move it elsewhere first." in refused.get_data(as_text=True)
    assert site.send(officer, f"{objective}/amend/out", **when, with_below="y").status_code == 303
    shown = site.page(mx, page)
    assert shown.count("taken out by an amendment") == 2
    assert "Publish monthly figures" in shown
    assert "taken out: “Reliable information”" in shown
    assert "Put back" in site.page(officer, f"{page}/amend")
    assert site.client(officer).get(f"{objective}/amend/out").status_code == 404
    assert site.send(officer, f"{objective}/amend/back", **when).status_code == 303
    assert "taken out by an amendment" not in site.page(mx, page)
    assert "put back: “Reliable information”" in site.page(mx, page)
    moved = site.send(officer, f"{objective}/amend/place", **when, place="in:")
    assert moved.status_code == 303
    assert "moved, before it was" in site.page(mx, page)
    nowhere = site.send(officer, f"{objective}/amend/place", **when, place="in:nothing")
    assert nowhere.status_code == 422
    for path in ("place", "out", "back"):
        assert site.client(mx).get(f"{objective}/amend/{path}").status_code == 404


def test_the_page_of_a_draft_moves_by_buttons_and_by_dropping(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    with acting(planned.engine, people.officer) as session:
        plan = begun(planned, session)
        keys = {str(one.title): one.id for one in queries.outline(session, plan.id)}
        page = f"/plans/{plan.id}"
        session.commit()
        plan_id = plan.id

    def order() -> list[str]:
        with seeing(planned.engine, people.officer) as session:
            return [str(one.title) for one in queries.outline(session, plan_id)]

    def at(title: str) -> str:
        return f"{page}/parts/{keys[title]}"

    shown = site.page(officer := people.officer, f"{page}/text")
    assert "Move up: 1.2 Figures" in shown
    assert site.send(officer, f"{at('Give notice')}/move", act="up").location.endswith(f"#item-{keys['Give notice']}")
    assert order()[2:4] == ["Give notice", "Publish hours"]
    site.send(officer, f"{at('Rights')}/move", act="before", beside=str(keys["Policy"]))
    assert order()[0] == "Rights"
    site.send(officer, f"{at('Rights')}/move", act="after", beside=str(keys["Policy"]))
    assert order()[-2:] == ["Rights", "Meet once"]
    assert site.send(officer, f"{at('Meet once')}/place", place=f"in:{keys['Figures']}").status_code == 303
    assert order()[-3:] == ["Exchange figures", "Meet once", "Rights"]
    assert site.send(officer, f"{at('Rights')}/place", place=f"in:{keys['Policy']}").status_code == 404
    assert site.send(officer, f"{at('Rights')}/move", act="before", beside=str(UUID(int=1))).status_code == 404
    assert site.client(people.focal["mx"]).get(f"{at('Rights')}/place").status_code == 404


def test_proposals_of_a_draft_move_with_their_part_whoever_reads_them(planned: Planned) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        plan = begun(planned, session)
        part = called(session, plan, "Exchange figures")
        draft = service.Draft(planned.people.id["gt"], LocalText.of("Send figures"), part=part)
        key = service.propose_commitment(session, session.viewer, plan, draft).id
        service.move_part(session, session.viewer, plan, called(session, plan, "Figures"), up=True)
        one = session.scalars(select(Commitment).where(Commitment.id == key)).one()
        assert (one.part_number, one.place) == ("1.1.1", called(session, plan, "Exchange figures").place)


def test_words_for_a_part_that_went_away_are_shown_again(site: Site) -> None:
    """Taken away, or the text adopted, while somebody wrote: nothing is saved, and nothing written is lost."""
    planned, officer = site.planned, site.planned.people.officer
    with acting(planned.engine, officer) as session:
        plan = begun(planned, session)
        key, part = plan.id, called(session, plan, "Meet once").id
    address = f"/plans/{key}/parts/{part}/words"
    assert site.send(officer, f"/plans/{key}/parts/{part}/take-away").status_code == 303
    late = site.send(officer, address, **{"title-en": "Meet <twice>", "title-es": "Reunirse"})
    assert late.status_code == 409
    for said in ("was taken away while you were writing", "Meet &lt;twice&gt;", "Reunirse"):
        assert said in late.text
    assert site.client(officer).get(address).status_code == 404
    assert site.send(planned.people.focal["gt"], address, **{"title-en": "Meet"}).status_code == 404
    with acting(planned.engine, officer) as session:
        service.adopt_plan(session, session.viewer, again_plan(session, key), clock.today(), where=WHERE)
    for late in (
        site.send(officer, f"/plans/{key}/text", kind="area", **{"title-en": "One more"}),
        site.send(officer, address, **{"title-en": "One more"}),
    ):
        assert late.status_code == 409
        assert "was adopted while you were writing" in late.text
        assert "One more" in late.text
    assert site.client(officer).get(f"/plans/{key}/text").status_code == 404


def again_plan(session: ViewerSession, key: UUID) -> Plan:
    return session.scalars(select(Plan).where(Plan.id == key)).one()
