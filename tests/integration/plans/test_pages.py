"""Pages of plans: whole walks, hidden equals missing, the same number of statements however many rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.plans import queries, service
from secretariat.plans.models import Commitment, CommitmentState, Consultation, NotedAfter
from secretariat.plans.status import Status
from secretariat.processes.clauses import members_of
from secretariat.processes.models import Body, BodyMembership, ChairTerm
from tests.factories.follow_up import card
from tests.factories.plans import acting, again, many, seeing
from tests.support.plans import Planned, Site
from tests.support.sql import statements_sent

FORBIDDEN = re.compile(r"overdue|violat|complian|\bfail|score|ranking", re.IGNORECASE)


def _state(planned: Planned, key: UUID) -> CommitmentState:
    with seeing(planned.engine, planned.people.officer) as session:
        return again(session, key).state


def test_a_plan_of_no_known_period_stands_behind_those_of_one(site: Site) -> None:
    """On both databases: whoever compiles a report is led to the first."""
    officer, process = site.planned.people.officer, site.planned.people.id["process"]
    for title, begins in (("Of no period", ""), ("Of this year", "2027"), ("Of an earlier one", "2020")):
        typed = {"title-en": title, "period_from": begins}
        assert site.send(officer, "/processes/rcx/plans/new", **typed).status_code == 303
    with seeing(site.planned.engine, officer) as session:
        for found in (queries.plans_of(session, process), queries.plans_in(session, [process])):
            titles = [str(one.title) for one in found]
            assert titles.index("Of this year") < titles.index("Of an earlier one") < titles.index("Of no period")


def test_the_officer_writes_a_plan_and_a_meeting_adopts_it(site: Site) -> None:
    officer = site.planned.people.officer
    begun = site.send(officer, "/processes/rcx/plans/new", **{"title-en": "Plan of action 2027", "period_from": "2027"})
    assert begun.status_code == 303
    text = begun.location
    assert site.send(officer, text, kind="area", **{"title-en": "Protection"}).status_code == 303
    area = re.search(r'value="([0-9a-f-]{36})">1 Protection', site.page(officer, text))
    assert area
    added = site.send(officer, text, kind="objective", above=area[1], **{"title-en": "Consular help"})
    assert added.status_code == 303
    wrong = site.send(officer, text, kind="area", above=area[1], **{"title-en": "Area in an area"})
    assert wrong.status_code == 422
    assert "Area in an area" in wrong.get_data(as_text=True)
    plan_page = text.removesuffix("/text")
    early = site.send(officer, f"{plan_page}/adopt", on=(clock.today() + timedelta(days=1)).isoformat())
    assert early.status_code == 422
    adopted = site.send(officer, f"{plan_page}/adopt", on=clock.today().isoformat(), **{"where-en": "Vice-Ministers"})
    assert adopted.status_code == 303
    page = site.page(site.planned.people.focal["mx"], plan_page)
    assert "1.1</bdi> Consular help" in page
    assert "Vice-Ministers" in page
    assert site.client(officer).get(text).status_code == 404


def test_a_proposal_is_made_answered_from_the_link_and_reported_on(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    gt, mx = people.focal["gt"], people.focal["mx"]
    answer = site.send(
        people.officer, f"/plans/{planned.plan_id}/propose", participants=[str(people.id["gt"])],
        due_on=(clock.today() + timedelta(days=20)).isoformat(), **{"words-en": "Share the template"},
    )  # fmt: skip
    assert answer.status_code == 303
    key = UUID(answer.location.rsplit("/", 1)[1])
    assert "Share the template" not in site.page(mx, f"/plans/{planned.plan_id}")
    link = site.link(gt, "accept", key)
    page = site.page(None, link)
    assert "A commitment proposed to Guatemala" in page
    assert "Share the template" in page
    nothing = site.send(None, link)
    assert nothing.status_code == 422
    assert _state(planned, key) is CommitmentState.PROPOSED
    done = site.send(None, link, answer="amend", words="Share the template in Spanish", due_on="", lead="")
    assert done.status_code == 303
    assert _state(planned, key) is CommitmentState.ACCEPTED
    assert "Accepted: commitment a of the plan." in site.page(None, link)
    table = site.page(mx, f"/plans/{planned.plan_id}")
    assert "Share the template in Spanish" in table
    assert "Not yet reported" in table
    report = f"/commitments/{key}/report"
    opened = re.search(r'name="version"[^>]*value="(\w+)"', site.page(gt, report))
    assert opened
    first = {"status": "in_progress", "step": "Ten offices have it", "version": opened[1]}
    assert site.send(gt, report, **first).status_code == 303
    other_tab = site.send(gt, report, status="completed", step="All of them", version=opened[1])
    assert other_tab.status_code == 409
    assert "changed in the meantime" in other_tab.text
    assert "All of them" in other_tab.text
    page = site.page(mx, f"/commitments/{key}")
    assert "Ten offices have it" in page
    assert "How it came about" not in page
    assert "How it came about" in site.page(gt, f"/commitments/{key}")


def test_a_page_behind_a_link_shows_hours_by_the_clock_of_whose_link_it_is(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    gt = people.focal["gt"]
    card(planned.engine, gt.person, zone="Pacific/Kiritimati")
    link = site.link(gt, "accept", planned.propose("gt"))
    assert site.send(None, link, answer="accept").status_code == 303

    shown = re.search(r"Answered <time[^>]*>([^<]*)</time>", site.page(None, link))

    assert shown
    assert shown[1].endswith(clock.now().astimezone(ZoneInfo("Pacific/Kiritimati")).strftime(", %H:%M"))


def test_several_participants_each_get_a_proposal_of_their_own(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    sent = site.send(
        people.officer, f"/plans/{planned.plan_id}/propose",
        participants=[str(people.id["gt"]), str(people.id["mx"])], **{"words-en": "Name a contact"},
    )  # fmt: skip
    assert sent.status_code == 303
    for who, count in (("gt", 1), ("mx", 1), ("hn", 0)):
        page = site.page(people.focal[who], f"/plans/{planned.plan_id}?status=proposed")
        assert page.count("Awaits the answer") == count


def test_not_this_one_from_the_link_leaves_no_trace_on_any_page_of_others(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    planned.own("mx")
    watched = [f"/plans/{planned.plan_id}", "/processes/rcx/plans", f"/plans/{planned.plan_id}?status=proposed"]
    before = [_bare(site.page(people.focal["hn"], path)) for path in watched]
    key = planned.propose("gt", "Open a night line")
    assert [_bare(site.page(people.focal["hn"], path)) for path in watched] == before
    link = site.link(people.focal["gt"], "accept", key)
    assert site.send(None, link, answer="decline", word="Not this year").status_code == 303
    assert [_bare(site.page(people.focal["hn"], path)) for path in watched] == before
    assert "Open a night line" not in site.page(people.officer, f"/plans/{planned.plan_id}")
    assert "Not this year" in site.page(people.officer, f"/commitments/{key}")


def _bare(page: str) -> str:
    """A page without what differs each time: tokens and nonces."""
    return re.sub(r'name="(csrf_token|nonce)"[^>]*', "", page)


def test_a_colleague_reads_the_proposal_and_nothing_else_and_replies(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.propose("gt", "Add the contacts of the air services")
    link = site.link(people.focal["gt"], "accept", key)
    missing = site.send(None, link, answer="ask")
    assert missing.status_code == 422
    assert "address at work" in missing.get_data(as_text=True)
    assert site.send(None, link, answer="ask", colleague="labour@ministry.example").status_code == 303
    with acting(planned.engine, people.focal["gt"]) as session:
        lent = session.scalars(select(Consultation)).one()
        colleague, consultation = lent.colleague_id, lent.id
    advice = site.link(_colleague(people.focal["gt"], colleague), "advise", consultation)
    client = site.app.test_client()
    page = client.get(advice).get_data(as_text=True)
    assert "Add the contacts of the air services" in page
    assert "Plan of action" not in page
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    sent = client.post(advice, data={"csrf_token": token[1], "reply": "Yes, from May on"})
    assert sent.status_code == 303
    assert "Yes, from May on" in site.page(people.officer, f"/commitments/{key}")
    assert client.get(advice.replace("/advise", "/accept")).status_code == 404
    assert _state(planned, key) is CommitmentState.PROPOSED
    # Lent for as long as the answer is awaited: how it went on is no longer the colleague's to read.
    answered = site.send(None, link, answer="amend", words="Add them by May")
    assert answered.status_code == 303
    page = client.get(advice).get_data(as_text=True)
    assert "The answer was given in the meantime" in page
    assert "Add the contacts" not in page
    assert "Add them by May" not in page


def _colleague(focal: Any, person: UUID) -> Any:
    from dataclasses import replace

    return replace(focal, person=person)


def test_a_link_answers_for_its_own_proposal_alone_and_only_while_the_appointment_holds(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.propose("gt")
    stranger = site.link(people.focal["mx"], "accept", key)
    assert site.client(None).get(stranger).status_code == 404
    assert site.client(None).get("/l/forged/accept").status_code == 404


def test_the_secretariats_note_is_confirmed_in_one_click(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.own("gt")
    noted = site.send(
        people.officer, f"/commitments/{key}/note", status="completed", after="call", step="All twenty named"
    )
    assert noted.status_code == 303
    for who in ("mx", "hn"):
        for path in (f"/plans/{planned.plan_id}", f"/commitments/{key}"):
            assert "All twenty named" not in site.page(people.focal[who], path)
            assert "Noted by" not in site.page(people.focal[who], path)
    page = site.page(people.focal["gt"], f"/commitments/{key}")
    found = re.search(r"/updates/([0-9a-f-]{36})/confirm", page)
    assert found
    assert site.send(people.focal["gt"], found[0], answer="confirm").status_code == 303
    assert "All twenty named" in site.page(people.focal["mx"], f"/plans/{planned.plan_id}")


def test_what_was_typed_after_a_withdrawal_is_kept(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.own("gt")
    planned.report(key, "gt", Status.WITHDRAWN, "The law changed")
    answer = site.send(people.focal["gt"], f"/commitments/{key}/report", status="completed", step="After all we did it")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "This commitment was withdrawn on" in page
    assert "After all we did it" in page


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"status": "forgotten"}, "Choose one of those shown"),
        ({"status": "in_progress", "postponed_to": "2030-01-01"}, "A new date goes with"),
        ({"status": "in_progress", "evidence": "javascript:alert(1)"}, "Give an address that begins with https"),
        (
            {"status": "in_progress", "evidence": "https://example.org/a\nhttp://example.org/b"},
            "Give an address that begins with https",
        ),
        ({"status": "in_progress", "step": "x" * 2001}, "Shorten this by 1 character"),
    ],
)
def test_a_report_that_cannot_be_kept_says_why_and_keeps_what_was_typed(site: Site, form: Any, wrong: str) -> None:
    planned = site.planned
    key = planned.own("gt")
    answer = site.send(planned.people.focal["gt"], f"/commitments/{key}/report", **{"step": "Typed", **form})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert wrong in page
    assert form.get("step", "Typed") in page
    with seeing(planned.engine, planned.people.officer) as session:
        from secretariat.plans import queries

        assert queries.history(session, key) == []


def test_how_long_ago_is_told_to_the_participant_and_the_secretariat_alone(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.own("gt", due_on=clock.today() - timedelta(days=13))
    for path in (f"/plans/{planned.plan_id}", f"/commitments/{key}"):
        for who in (people.officer, people.focal["gt"]):
            assert "13 days ago" in site.page(who, path)
        for who in (people.focal["mx"], people.chair):
            if who is people.chair:  # of Guatemala itself
                continue
            assert "days ago" not in site.page(who, path)
    assert "No commitment under these filters" not in site.page(
        people.focal["mx"], f"/plans/{planned.plan_id}?due=reached"
    )


def _warmed(client: FlaskClient) -> None:
    """What a reader may read is worked out at the first request after a change, and known from the third on."""
    for _time in range(3):
        assert client.get(f"/plans/{uuid4()}").status_code == 404


def _paths(planned: Planned, key: UUID, note: UUID) -> dict[str, list[str]]:
    """Every address of plans with an id in it, by the kind of id."""
    return {
        str(planned.plan_id): [
            "/plans/{}", "/plans/{}/propose", "/plans/{}/commit", "/plans/{}/text", "/plans/{}/adopt",
            "/plans/{}/close", "/plans/{}/report", "/plans/{}/amend", "/plans/{}/matrix",
        ],
        str(key): [
            "/commitments/{}", "/commitments/{}/answer", "/commitments/{}/take-back", "/commitments/{}/report",
            "/commitments/{}/note", "/commitments/{}/revise", "/commitments/{}/phase",
        ],
        str(note): ["/updates/{}/confirm", "/updates/{}/correct"],
        str(uuid4()): ["/outcomes/{}/propose"],
    }  # fmt: skip


@pytest.fixture
def clock_stands() -> Iterator[None]:
    """Nothing that is looked up anew after some minutes is so meanwhile."""
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.mark.parametrize("method", ["get", "post"])
def test_hidden_equals_missing_on_every_page(site: Site, method: str, clock_stands: None) -> None:
    planned, people = site.planned, site.planned.people
    going = planned.own("gt")
    with acting(planned.engine, people.officer) as session:
        note = service.note_progress(
            session, session.viewer, again(session, going), Status.COMPLETED, language="en", after=NotedAfter.CALL
        ).id
    proposal = planned.propose("gt")
    for who in (people.focal["house"], people.focal["co"], people.administrator, people.focal["mx"]):
        client = site.client(who)
        _warmed(client)
        for key in (proposal, going):
            for one, paths in _paths(planned, key, note).items():
                for path in paths:
                    if who is people.focal["mx"] and (one == str(planned.plan_id) or key == going):
                        continue  # members read the plan and what is in it
                    answers = []
                    for id_ in (one, str(uuid4())):
                        with statements_sent() as seen:
                            answer = getattr(client, method)(path.format(id_))
                        text = _bare(answer.get_data(as_text=True)).replace(id_, "")
                        answers.append((answer.status_code, text, len(seen)))
                    assert answers[0] == answers[1], (path, who.email)
                    assert answers[0][0] in (404, 400), path


def test_the_same_number_of_statements_for_one_commitment_and_for_a_hundred(site: Site) -> None:
    planned, people = site.planned, site.planned.people

    def statements(who: Any) -> int:
        _warmed(site.client(who))
        with statements_sent() as seen:
            site.page(who, f"/plans/{planned.plan_id}")
        return len(seen)

    planned.report(planned.own("gt"), "gt", Status.IN_PROGRESS, "One")
    readers = (people.officer, people.focal["gt"], people.focal["mx"])
    one = [statements(who) for who in readers]
    with acting(planned.engine, people.officer) as session:
        for state in ("gt", "mx", "hn"):
            many(session, people, planned.the_plan(session), state, 33)
    assert [statements(who) for who in readers] == one
    page = site.page(people.focal["hn"], f"/plans/{planned.plan_id}")
    assert page.count('<tr class="c') == 100
    assert "100 commitments" in page
    planned.own("bz", "The hundred and first")
    page = site.page(people.focal["hn"], f"/plans/{planned.plan_id}?page=2")
    assert page.count('<tr class="c') == 1
    assert "Step 32" in page


def test_filters_are_part_of_the_address(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    planned.own("gt", "First words")
    planned.report(planned.own("mx", "Second words"), "mx", Status.COMPLETED)
    plan = f"/plans/{planned.plan_id}"
    reader = people.focal["hn"]
    for query, here, away in (
        (f"participant={people.id['gt']}", "First words", "Second words"),
        ("status=completed", "Second words", "First words"),
        ("status=not_yet_reported", "First words", "Second words"),
    ):
        page = site.page(reader, f"{plan}?{query}")
        assert here in page
        assert away not in page
    for nonsense in ("status=forgotten", "participant=x", "area=x", "due=yesterday", "page=99"):
        page = site.page(reader, f"{plan}?{nonsense}")
        assert "First words" in page
        assert "Second words" in page


def test_pages_speak_courteously_and_hold_no_inline_style_or_script(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.own("gt", due_on=clock.today() - timedelta(days=3))
    planned.report(key, "gt", Status.POSTPONED, "Later", obstacle="No budget")
    proposal = planned.propose("gt")
    pages = [
        (people.officer, f"/plans/{planned.plan_id}"),
        (people.focal["gt"], f"/commitments/{key}"),
        (people.focal["gt"], f"/commitments/{key}/report"),
        (people.focal["gt"], f"/commitments/{proposal}/answer"),
        (people.officer, f"/commitments/{key}/note"),
        (people.officer, f"/plans/{planned.plan_id}/propose"),
    ]
    for who, path in pages:
        page = site.page(who, path)
        words = re.sub(r"<[^>]+>", " ", page)
        assert not FORBIDDEN.search(words), path
        assert " style=" not in page
        assert not re.search(r'<script(?! type="module" src="/static/app.js)', page)
        assert page.count("<h1") == 1
        assert "Members only" in page or "Named readers" in page


def test_a_second_click_answers_as_the_first(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    path = f"/plans/{planned.plan_id}/commit"
    client = site.client(people.focal["gt"])
    page = client.get(path).get_data(as_text=True)
    fields = {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1] for name in ("csrf_token", "nonce")}  # type: ignore[index]
    first, second = (client.post(path, data={**fields, "words-en": "Once"}) for _ in range(2))
    assert (first.status_code, second.status_code) in ((303, 302), (303, 303))
    assert first.location == second.location
    with seeing(planned.engine, people.officer) as session:
        assert len(session.scalars(select(Commitment)).all()) == 1


def test_what_the_secretariat_noted_is_no_news_of_the_participant(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = planned.own("gt")
    with acting(planned.engine, people.officer) as session:
        service.note_progress(
            session, session.viewer, again(session, key), Status.COMPLETED, "Told in a call", language="en",
            after=NotedAfter.CALL,
        )  # fmt: skip
    for who in (people.focal["gt"], people.officer, people.chair):
        assert "Told in a call" not in site.page(who, "/")


def test_members_do_not_learn_that_an_entry_took_the_place_of_a_note(site: Site) -> None:
    """The note was the secretariat's and the participant's own; a statement corrected in public says so."""
    planned, people = site.planned, site.planned.people
    noted, corrected = planned.own("gt"), planned.own("gt")
    with acting(planned.engine, people.officer) as session:
        note = service.note_progress(
            session, session.viewer, again(session, noted), Status.COMPLETED, language="en", after=NotedAfter.CALL
        ).id
    with acting(planned.engine, people.focal["gt"]) as session:
        first = service.report_progress(
            session, session.viewer, again(session, corrected), Status.COMPLETED, language="en"
        )
        for key, earlier in ((noted, note), (corrected, first.id)):
            service.report_progress(
                session, session.viewer, again(session, key), Status.IN_PROGRESS, language="en",
                correction_of=queries.update_by_id(session, earlier),
            )  # fmt: skip
    told = "in the place of an earlier entry"
    assert told not in site.page(people.focal["mx"], f"/commitments/{noted}")
    assert told in site.page(people.focal["gt"], f"/commitments/{noted}")
    assert told in site.page(people.focal["mx"], f"/commitments/{corrected}")


def test_the_place_of_adoption_tells_no_title_to_who_does_not_read_the_meeting(site: Site) -> None:
    """A meeting of one body keeps its title, also where it adopts what all members read."""
    planned, people = site.planned, site.planned.people
    meeting = _meeting_of_the_steering_group(site)
    begun = site.send(people.officer, "/processes/rcx/plans/new", **{"title-en": "Another plan"})
    page = begun.location.removesuffix("/text")
    sent = site.send(people.officer, f"{page}/adopt", on=clock.today().isoformat(), meeting=str(meeting))
    assert sent.status_code == 303
    assert "Steering on the dry corridor" in site.page(people.officer, page)
    inside = _in_the_steering_group(planned)
    outsider = next(key for key in ("bz", "gt", "hn", "mx") if people.id[key] not in inside)
    told = site.page(people.focal[outsider], page)
    assert "Adopted" in told
    assert "dry corridor" not in told


def _in_the_steering_group(planned: Planned) -> set[Any]:
    with system_unit(planned.engine, Reason.REFERENCE, writes=False) as session:
        body = planned.people.id["steering"]
        held: set[Any] = set()
        for kind in (BodyMembership, ChairTerm):
            held |= set(session.scalars(select(kind.participant_id).where(kind.body_id == body)))
        return held


def _meeting_of_the_steering_group(site: Site) -> UUID:
    with system_unit(site.planned.engine, Reason.REFERENCE) as session:
        body = session.get_one(Body, site.planned.people.id["steering"])
        held = Meeting(
            process_id=body.process_id, track_id=body.track_id, body_id=body.id, state=MeetingState.HELD,
            title=LocalText.of("Steering on the dry corridor"), starts_on=PartialDate.parse(clock.today()),
            ends_on=PartialDate.parse(clock.today()),
        )  # fmt: skip
        attach(session, held, [members_of(body.process, body.track, body=body)], container=body)
        session.flush()
        return held.id
