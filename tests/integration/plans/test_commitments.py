"""Proposals, answers, progress: who reads what, what counts, what is never lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.awaited import awaited
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import relabel
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.mail.models import OutboxMessage
from secretariat.plans import awaits, queries, service
from secretariat.plans.models import (
    Commitment,
    CommitmentState,
    Consultation,
    NotedAfter,
    Obstacle,
    Plan,
    ProgressUpdate,
    Proposal,
    UpdateNote,
)
from secretariat.plans.status import Status, UpdateState
from secretariat.processes import service as processes
from secretariat.processes.clauses import participants_of
from secretariat.processes.models import Participation, StandingKind
from tests.factories.people import Official
from tests.factories.plans import acting, again, own, parts, plan, proposed, seeing
from tests.support.plans import Planned

OTHERS = ("mx", "hn", "co", "house")


def _counts(planned: Planned, who: Official | None) -> dict[str, int]:
    kinds = (Commitment, Proposal, ProgressUpdate, UpdateNote, Obstacle, Consultation)
    with seeing(planned.engine, who) as session:
        return {kind.__tablename__: len(session.scalars(select(kind)).all()) for kind in kinds}


def _update(session: ViewerSession, key: UUID) -> ProgressUpdate:
    return session.scalars(select(ProgressUpdate).where(ProgressUpdate.id == key)).one()


def test_a_proposal_is_read_by_its_participant_and_the_secretariat_alone(planned: Planned) -> None:
    nothing = {who: _counts(planned, planned.people.focal[who]) for who in OTHERS}
    key = planned.propose()
    for who in OTHERS:
        assert _counts(planned, planned.people.focal[who]) == nothing[who]
    for reader in (planned.people.coordinator, planned.people.administrator, None):
        assert _counts(planned, reader)["commitments"] == 0
    for reader in (planned.people.officer, planned.people.focal["gt"]):
        with seeing(planned.engine, reader) as session:
            assert again(session, key).shown_number == ""


def test_a_proposal_is_mailed_to_the_focal_points_of_its_participant_alone(planned: Planned) -> None:
    planned.propose()
    with system_unit(planned.engine, Reason.MAIL, writes=False) as system:
        sent = system.execute(select(OutboxMessage.notice, OutboxMessage.person_id, OutboxMessage.hat)).all()
    focal = planned.people.focal["gt"]
    assert [tuple(one) for one in sent] == [("commitment_proposed", focal.person, str(focal.hat))]


def test_an_accepted_proposal_is_read_by_members_and_not_by_observers_or_the_network(planned: Planned) -> None:
    key = planned.propose()
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        service.accept(session, session.viewer, again(session, key))
    for who in ("mx", "hn", "bz", "gt"):
        with seeing(planned.engine, planned.people.focal[who]) as session:
            commitment = again(session, key)
            assert (commitment.state, commitment.shown_number) == (CommitmentState.ACCEPTED, "1.1.1 a")
    for who in ("co", "house"):
        assert _counts(planned, planned.people.focal[who])["commitments"] == 0
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        assert queries.proposal_of(session, key) is None


def test_it_is_accepted_in_the_participants_own_words_and_the_proposed_ones_stay_between_the_two(
    planned: Planned,
) -> None:
    key = planned.propose()
    due = clock.today() + timedelta(days=60)
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        service.accept(
            session, session.viewer, again(session, key), words=LocalText.of("Publicar cifras", "es"), due_on=due,
            amended=True, word="May is too early",
        )  # fmt: skip
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        commitment = again(session, key)
        assert (str(commitment.words), commitment.due_on) == ("Publicar cifras", due)
    with seeing(planned.engine, planned.people.officer) as session:
        proposal = queries.proposal_of(session, key)
        assert proposal is not None
        assert (str(proposal.words), proposal.word) == ("Publish monthly figures", "May is too early")


@pytest.mark.parametrize("how", ["declined", "taken back"])
def test_a_proposal_not_taken_up_leaves_no_trace_for_others(planned: Planned, how: str) -> None:
    first = planned.own("mx")
    before = _counts(planned, planned.people.focal["hn"])
    key = planned.propose()
    if how == "declined":
        with acting(planned.engine, planned.people.focal["gt"]) as session:
            service.decline(session, session.viewer, again(session, key), "not this year")
    else:
        with acting(planned.engine, planned.people.officer) as session:
            service.take_back(session, session.viewer, again(session, key))
    assert _counts(planned, planned.people.focal["hn"]) == before
    third = planned.own("bz")
    with seeing(planned.engine, planned.people.focal["hn"]) as session:
        assert [again(session, one).shown_number for one in (first, third)] == ["1.1.1 a", "1.1.1 b"]
        table = queries.standing_by_area(session, planned.plan_id)
        assert list(table.values()) == [{"not_yet_reported": 2}]


def test_nobody_answers_for_another_participant(planned: Planned) -> None:
    key = planned.propose()
    for who in (planned.people.officer, planned.people.focal["mx"], planned.people.chair):
        with acting(planned.engine, who) as session:
            found = session.scalar(select(Commitment).where(Commitment.id == key))
            if found is None:
                continue
            with pytest.raises(NotAllowed):
                service.accept(session, session.viewer, found)


def test_an_answer_counts_once(planned: Planned) -> None:
    key = planned.propose()
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        service.decline(session, session.viewer, again(session, key))
    with acting(planned.engine, planned.people.focal["gt"]) as session, pytest.raises(Refused):
        service.accept(session, session.viewer, again(session, key))
    with seeing(planned.engine, planned.people.officer) as session:
        assert again(session, key).state is CommitmentState.DECLINED


def test_a_due_date_before_adoption_is_refused(planned: Planned) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        made = planned.the_plan(session)
        assert made.adopted_on is not None
        with pytest.raises(Refused) as refused:
            proposed(session, planned.people, made, "gt", due_on=made.adopted_on - timedelta(days=1))
        assert refused.value.field == "due_on"


def test_an_observer_can_be_proposed_nothing_it_could_not_read(planned: Planned) -> None:
    with acting(planned.engine, planned.people.officer) as session, pytest.raises(Refused):
        proposed(session, planned.people, planned.the_plan(session), "co")


def test_in_a_plan_that_observers_read_only_members_make_commitments(planned: Planned) -> None:
    """Members read commitments: an observer could not read its own."""
    with system_unit(planned.engine, Reason.LABELLING) as session:
        open_to_all = session.get_one(Plan, planned.plan_id)
        relabel(session, open_to_all, [participants_of(open_to_all.process, open_to_all.track)], why="opened")
    with acting(planned.engine, planned.people.officer) as session, pytest.raises(Refused):
        proposed(session, planned.people, planned.the_plan(session), "co")
    with acting(planned.engine, planned.people.focal["co"]) as session, pytest.raises(NotAllowed):
        own(session, planned.people, planned.the_plan(session), "co")


def test_silence_is_not_yet_reported_and_never_not_yet_started(planned: Planned) -> None:
    silent, begun = planned.own("gt"), planned.own("mx")
    with acting(planned.engine, planned.people.focal["mx"]) as session:
        service.report_progress(session, session.viewer, again(session, begun), Status.NOT_YET_STARTED, language="en")
    with seeing(planned.engine, planned.people.focal["hn"]) as session:
        assert list(queries.standing_by_area(session, planned.plan_id).values()) == [
            {"not_yet_reported": 1, "not_yet_started": 1}
        ]
        today = clock.today()
        for status, expected in (("not_yet_reported", [silent]), ("not_yet_started", [begun])):
            filters = queries.Filters(status=status)
            rows = queries.table_rows(session, planned.plan_id, filters, today)
            assert [one.id for one in rows] == expected
            assert queries.commitments_in_table(session, planned.plan_id, filters, today) == 1


def test_obstacle_and_support_are_for_the_participant_and_the_secretariat_unless_opened(planned: Planned) -> None:
    key = planned.own()
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        update = service.report_progress(
            session, session.viewer, again(session, key), Status.IN_PROGRESS, "January series published",
            language="en", obstacle="No budget", support="A trainer", support_for_members=True,
        ).id  # fmt: skip
    expected = {"gt": ("No budget", "A trainer"), "mx": (None, "A trainer")}
    for who, (obstacle, support) in expected.items():
        with seeing(planned.engine, planned.people.focal[who]) as session:
            beside = queries.beside(session, [update])[update]
            assert (str(beside.obstacle.words) if beside.obstacle else None) == obstacle
            assert (str(beside.support.words) if beside.support else None) == support
    for who in ("co", "house"):
        assert _counts(planned, planned.people.focal[who])["progress_updates"] == 0


def test_a_note_of_the_secretariat_counts_once_its_participant_confirms_it(planned: Planned) -> None:
    key = planned.own()
    with acting(planned.engine, planned.people.officer) as session:
        note = service.note_progress(
            session, session.viewer, again(session, key), Status.COMPLETED, "All done", language="en",
            after=NotedAfter.CALL, on=clock.today() - timedelta(days=2), obstacle="None to speak of",
        ).id  # fmt: skip
    for who in ("mx", "co"):
        assert _counts(planned, planned.people.focal[who])["progress_updates"] == 0
    with seeing(planned.engine, planned.people.officer) as session:
        assert queries.statement_in_force(session, key) is None
        assert queries.notes_awaiting(session, [key])[key].id == note
    with acting(planned.engine, planned.people.officer) as session, pytest.raises(NotAllowed):
        service.confirm_note(session, session.viewer, _update(session, note))
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        service.confirm_note(session, session.viewer, _update(session, note))
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        holds = queries.statement_in_force(session, key)
        assert holds is not None
        assert (holds.id, holds.status, holds.by_hat) == (
            note,
            Status.COMPLETED,
            f"participant:{planned.people.id['gt']}",
        )
        beside = queries.beside(session, [note])[note]
        assert (beside.note, beside.obstacle) == (None, None)


def test_correcting_a_note_sets_it_aside_and_keeps_it_between_the_two(planned: Planned) -> None:
    key = planned.own()
    with acting(planned.engine, planned.people.officer) as session:
        service.note_progress(
            session, session.viewer, again(session, key), Status.COMPLETED, "All done", language="en",
            after=NotedAfter.CALL,
        )  # fmt: skip
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        note = queries.notes_awaiting(session, [key])[key]
        service.report_progress(
            session, session.viewer, again(session, key), Status.IN_PROGRESS, "Half of it", language="en",
            correction_of=note,
        )  # fmt: skip
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        assert [(str(one.step), one.state) for one in queries.history(session, key)] == [
            ("Half of it", UpdateState.CONFIRMED)
        ]
    with seeing(planned.engine, planned.people.officer) as session:
        assert {one.state for one in queries.history(session, key)} == {UpdateState.CONFIRMED, UpdateState.CORRECTED}
        assert queries.notes_awaiting(session, [key]) == {}


def test_a_correction_stands_in_the_place_of_what_it_corrects(planned: Planned) -> None:
    key = planned.own()
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        commitment = again(session, key)
        first = service.report_progress(session, session.viewer, commitment, Status.IN_PROGRESS, "Ten", language="en")
        service.report_progress(session, session.viewer, commitment, Status.COMPLETED, "All twenty", language="en")
        service.report_progress(
            session, session.viewer, commitment, Status.IN_PROGRESS, "Eleven", language="en", correction_of=first
        )
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        holds = queries.statement_in_force(session, key)
        assert holds is not None
        assert str(holds.step) == "All twenty"
        assert len(queries.history(session, key)) == 3


def test_after_withdrawal_an_update_is_refused_in_a_courteous_sentence(planned: Planned) -> None:
    key = planned.own()
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        commitment = again(session, key)
        gone = service.report_progress(
            session, session.viewer, commitment, Status.WITHDRAWN, "The law changed", language="en"
        )
        assert commitment.state is CommitmentState.WITHDRAWN
        with pytest.raises(Refused) as refused:
            service.report_progress(session, session.viewer, commitment, Status.COMPLETED, "Done", language="en")
        assert "What you typed is kept here" in refused.value.sentence
        service.report_progress(
            session, session.viewer, commitment, Status.IN_PROGRESS, "A slip", language="en", correction_of=gone
        )
        assert again(session, key).state is CommitmentState.ACCEPTED


def test_postponing_to_a_day_moves_the_due_date_and_keeps_the_old_one(planned: Planned) -> None:
    key = planned.own()
    later = clock.today() + timedelta(days=200)
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        commitment = again(session, key)
        before = commitment.due_on
        service.report_progress(
            session, session.viewer, commitment, Status.POSTPONED, "Posts await the budget", language="en",
            postponed_to=later,
        )  # fmt: skip
        with pytest.raises(Refused):
            service.report_progress(
                session, session.viewer, commitment, Status.POSTPONED, language="en", postponed_to=before
            )
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        assert again(session, key).due_on == later
        assert [(one.due_before, one.due_after) for one in queries.revisions(session, [key])] == [(before, later)]


def test_adopted_text_is_frozen(planned: Planned) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        made = planned.the_plan(session)
        with pytest.raises(Refused):
            service.add_area(session, session.viewer, made, LocalText.of("One more"))
        with pytest.raises(Refused):
            service.change_part(session, session.viewer, parts(session, made)[0], LocalText.of("Other words"))


def test_what_is_awaited_are_commitments_that_go_on_and_proposals_without_a_due_date(planned: Planned) -> None:
    assert awaits is not None
    going, done, offered = planned.own("gt"), planned.own("mx"), planned.propose("hn")
    with acting(planned.engine, planned.people.focal["mx"]) as session:
        service.report_progress(session, session.viewer, again(session, done), Status.COMPLETED, language="en")
    today = clock.today()
    with system_unit(planned.engine, Reason.FOLLOW_UP, writes=False) as system:
        found = {(one.kind, one.subject): one for one in awaited(system, today)}
    assert set(found) == {("commitment", going), ("proposal", offered)}
    assert found["commitment", going].status == "not_yet_reported"
    assert found["proposal", offered].due_on is None
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        assert [(one.kind, one.subject) for one in awaited(session, today)] == [("commitment", going)]


def test_a_colleague_is_lent_one_proposal_and_the_answer_stays_the_focal_points(planned: Planned) -> None:
    key = planned.propose()
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        lent = service.ask_colleague(session, session.viewer, again(session, key), "labour@ministry.example").id
        with pytest.raises(Refused):
            service.ask_colleague(session, session.viewer, again(session, key), "Labour@ministry.example")
    with system_unit(planned.engine, Reason.MAIL, writes=False) as system:
        address, subject = system.execute(
            select(OutboxMessage.address, OutboxMessage.subject).where(OutboxMessage.notice == "proposal_lent")
        ).one()
    assert (address, subject) == ("labour@ministry.example", {"consultation": str(lent)})
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        service.advise(session, session.scalars(select(Consultation)).one(), "Yes, from May on")
    with seeing(planned.engine, planned.people.officer) as session:
        assert again(session, key).state is CommitmentState.PROPOSED
        assert session.scalars(select(Consultation)).one().reply == "Yes, from May on"


def test_a_plan_of_another_process_gives_no_part_for_a_commitment(planned: Planned) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        other = plan(session, planned.people, title="Another plan")
        with pytest.raises(Refused):
            proposed(session, planned.people, planned.the_plan(session), "gt", part=parts(session, other)[2])


@pytest.mark.parametrize("act", ["revised", "postponed", "withdrawn"])
def test_a_former_member_does_not_follow_a_commitment_that_changes_after_it_left(planned: Planned, act: str) -> None:
    changed, left_alone = planned.own("gt"), planned.own("gt", "Name a contact")
    with acting(planned.engine, planned.people.officer) as session:
        process = planned.the_plan(session).process
        process.former_members_keep = True
        row = session.scalars(
            select(Participation).where(Participation.participant_id == planned.people.id["hn"])
        ).one()
        processes.change_standing(
            session, session.viewer, row, StandingKind.FORMER, since=PartialDate.parse(clock.today()), decision="Note 9"
        )
    with seeing(planned.engine, planned.people.focal["hn"]) as session:
        assert set(session.scalars(select(Commitment.id))) == {changed, left_alone}
    later = clock.today() + timedelta(days=90)
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        one = again(session, changed)
        if act == "revised":
            service.revise(session, session.viewer, one, words=LocalText.of("New words"), due_on=later, lead=None)
        else:
            status = Status.POSTPONED if act == "postponed" else Status.WITHDRAWN
            service.report_progress(
                session, session.viewer, one, status, language="en", postponed_to=later if act == "postponed" else None
            )
    with seeing(planned.engine, planned.people.focal["hn"]) as session:
        assert set(session.scalars(select(Commitment.id))) == {left_alone}
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        assert set(session.scalars(select(Commitment.id))) == {changed, left_alone}
