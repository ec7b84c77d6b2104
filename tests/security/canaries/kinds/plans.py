"""Plans of action, commitments and what is said of them."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.viewer import Hat, HatKind
from secretariat.documents.kept_sheets import packed
from secretariat.documents.sheets import Sheet
from secretariat.plans.amendment_models import Amendment, AmendmentKind
from secretariat.plans.evidence_models import EvidenceFile, LentFile
from secretariat.plans.exchange.columns import Column
from secretariat.plans.exchange.shape import Shape
from secretariat.plans.import_models import ImportHabit, ImportState, PlanImport
from secretariat.plans.milestones import Milestone
from secretariat.plans.models import (
    Activity,
    Area,
    Commitment,
    CommitmentPartner,
    CommitmentRevision,
    CommitmentState,
    Consultation,
    Evidence,
    LentUpdate,
    NotedAfter,
    Objective,
    Obstacle,
    Plan,
    PlanState,
    ProgressUpdate,
    Proposal,
    SupportNeeded,
    UpdateNote,
)
from secretariat.plans.phase_models import CommitmentPhase, Phase
from secretariat.plans.status import UpdateState
from secretariat.plans.support_models import GivenState, SupportGiven
from secretariat.processes.models import Track
from tests.security.canaries.world import Plot, also, plants


def _place(plot: Plot, kind: str) -> int:
    return len(plot.world.planted.get(kind, [])) + 1


def _person(plot: Plot, role: str) -> object:
    official = plot.world.officials[role]
    assert official is not None
    return official.person


@plants(Plan)
def plan(plot: Plot) -> Plan:
    return Plan(
        process_id=plot.process,
        track_id=plot.track,
        title=plot.text(),
        symbol=plot.word(),
        state=PlanState.ADOPTED,
        adopted_on=date(2025, 2, 1),
        period_from=PartialDate("2025"),
        period_until=PartialDate("2028"),
    )


@also(Plan, "draft", spots=("the secretariat", "the coordinator", "members"))
def draft_plan(plot: Plot) -> Plan:
    made = plan(plot)
    made.state, made.adopted_on = PlanState.DRAFT, None
    return made


@plants(Area, inside=Plan)
def area(plot: Plot) -> Area:
    place = _place(plot, "Area")
    return Area(plan_id=plot.inside.id, title=plot.text(), position=place, number=str(place), place=f"{place:03d}")


@plants(Objective, inside=Plan)
def objective(plot: Plot) -> Objective:
    place = _place(plot, "Objective")
    return Objective(
        plan_id=plot.inside.id,
        title=plot.text(),
        position=place,
        number=str(place),
        place=f"{place:03d}",
        points_to=["gcm:8", "own:1"],
    )


@plants(Activity, inside=Plan)
def activity(plot: Plot) -> Activity:
    place = _place(plot, "Activity")
    return Activity(plan_id=plot.inside.id, title=plot.text(), position=place, number=str(place), place=f"{place:03d}")


@plants(Amendment, inside=Plan)
def amendment(plot: Plot) -> Amendment:
    return Amendment(
        plan_id=plot.inside.id,
        kind=AmendmentKind.CHANGED,
        number=plot.word()[:40],
        words_before=plot.text(),
        words_after=plot.text(),
        adopted_on=date(2025, 6, 1),
        adopted_where=plot.text(),
        recorded_at=clock.now(),
    )


@plants(Commitment, inside=Plan)
def commitment(plot: Plot) -> Commitment:
    place = _place(plot, "Commitment")
    return Commitment(
        plan_id=plot.inside.id,
        place=f"{place:03d}",
        number=place,
        participant_id=plot.id("state member"),
        state=CommitmentState.ACCEPTED,
        accepted_at=clock.now(),
        words=plot.text(),
        lead=plot.text(),
        indicator=plot.text(),
        baseline=plot.text(),
        milestones=(Milestone(clock.today() + timedelta(days=40), plot.text(), key="m"),),
        due_on=clock.today() + timedelta(days=40),
        origin_words=plot.text(),
    )


PROPOSED_AT = ("members", "a named member", "the secretariat", "participants of both tracks")


@also(Commitment, "proposed", spots=PROPOSED_AT)
def proposed(plot: Plot) -> Commitment:
    made = commitment(plot)
    made.state, made.accepted_at, made.number = CommitmentState.PROPOSED, None, None
    return made


@plants(CommitmentPartner, inside=Commitment)
def partner(plot: Plot) -> CommitmentPartner:
    return CommitmentPartner(commitment_id=plot.inside.id, name_text=plot.word())


@plants(CommitmentPhase, inside=Commitment, spots=(), why_unseen="a word of a list, and nobody's own")
def phase(plot: Plot) -> CommitmentPhase:
    return CommitmentPhase(commitment_id=plot.inside.id, phase=Phase.AGENDA_SETTING)


@plants(CommitmentRevision, inside=Commitment)
def revision(plot: Plot) -> CommitmentRevision:
    return CommitmentRevision(
        commitment_id=plot.inside.id,
        revised_at=clock.now(),
        words_before=plot.text(),
        words_after=plot.text(),
        baseline_before=plot.text(),
        reason=plot.text(),
    )


@plants(Proposal, inside=Commitment, spots=(), why_unseen="taken up already: the commitment stands in its place")
def proposal(plot: Plot) -> Proposal:
    return Proposal(
        commitment_id=plot.inside.id, proposed_at=clock.now(), words=plot.text(), drafted_by_hat="", word=plot.word()
    )


also(Proposal, "open", inside="proposed")(proposal)


@plants(Consultation, inside=Proposal, spots=(), why_unseen="shown on the page of an open proposal")
def consultation(plot: Plot) -> Consultation:
    return Consultation(
        proposal_id=plot.inside.id,
        asked_by_person_id=_person(plot, "member"),
        asked_by_hat=str(Hat(HatKind.PARTICIPANT, plot.id("state member"))),
        asked_at=clock.now(),
        colleague_id=_person(plot, "alternate"),
        address=f"{plot.word()}@ministry.example",
        reply=plot.word(),
    )


also(Consultation, "asked", inside="open")(consultation)


@plants(LentUpdate, inside=Commitment, spots=(), why_unseen="shown behind the link of a focal point's update")
def lent(plot: Plot) -> LentUpdate:
    return LentUpdate(
        commitment_id=plot.inside.id,
        lent_by_person_id=_person(plot, "member"),
        lent_by_hat=str(Hat(HatKind.PARTICIPANT, plot.id("state member"))),
        lent_at=clock.now() - timedelta(days=2),  # of another day than what is passed on now
        colleague_id=_person(plot, "alternate"),
        address=f"{plot.word()}@ministry.example",
        words=plot.word(),
    )


@plants(ProgressUpdate, inside=Commitment)
def update(plot: Plot) -> ProgressUpdate:
    return ProgressUpdate(
        commitment_id=plot.inside.id,
        status="in_progress",
        step=plot.text(),
        helped=plot.text(),
        state=UpdateState.CONFIRMED,
        stated_at=clock.now(),
        entered_at=clock.now(),
        confirmed_at=clock.now(),
    )


@also(ProgressUpdate, "noted", spots=PROPOSED_AT)
def noted(plot: Plot) -> ProgressUpdate:
    made = update(plot)
    made.state, made.confirmed_at = UpdateState.NOTED, None
    return made


@plants(Evidence, inside=ProgressUpdate)
def evidence(plot: Plot) -> Evidence:
    return Evidence(
        update_id=plot.inside.id, address=f"https://{plot.word()}.example", position=_place(plot, "Evidence")
    )


def _stored(plot: Plot, kind: str) -> dict[str, Any]:
    """A file whose words stand in its very bytes: who fetches what is not his finds them there."""
    key, content = secrets.token_hex(16), plot.word().encode()
    plot.world.files[key] = content
    return {
        "key": key,
        "name": f"{plot.word()}.txt",
        "media_type": "text/plain",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "position": _place(plot, kind),
        "added_at": clock.now(),
    }


@plants(EvidenceFile, inside=ProgressUpdate)
def evidence_file(plot: Plot) -> EvidenceFile:
    return EvidenceFile(update_id=plot.inside.id, **_stored(plot, "EvidenceFile"))


@plants(LentFile, inside=LentUpdate, spots=(), why_unseen="shown behind the link of a focal point's update")
def lent_file(plot: Plot) -> LentFile:
    return LentFile(lent_id=plot.inside.id, **_stored(plot, "LentFile"))


@plants(Obstacle, inside=ProgressUpdate, spots=())
def obstacle(plot: Plot) -> Obstacle:
    return Obstacle(update_id=plot.inside.id, words=plot.text())


@plants(SupportNeeded, inside=ProgressUpdate, spots=())
def support(plot: Plot) -> SupportNeeded:
    return SupportNeeded(update_id=plot.inside.id, words=plot.text())


@plants(SupportGiven, inside=SupportNeeded, spots=())
def support_given(plot: Plot) -> SupportGiven:
    return SupportGiven(
        need_id=plot.inside.id,
        giver_text=plot.word(),
        words=plot.text(),
        state=GivenState.CONFIRMED,
        noted_at=clock.now(),
        noted_by_hat="",
        answered_at=clock.now(),
    )


@plants(UpdateNote, inside=ProgressUpdate, spots=(), why_unseen="says who noted it, by key")
def note(plot: Plot) -> UpdateNote:
    return UpdateNote(update_id=plot.inside.id, after=NotedAfter.CALL, noted_by_hat="")


@plants(PlanImport, inside=Plan, why_unseen="shown to those who keep its track alone, whatever its label")
def table_brought_in(plot: Plot) -> PlanImport:
    """A table that waits for a word: what was read of it, and what was said of its names."""
    shape = Shape(columns={0: Column("activity", ("en",)), 1: Column("participant")}, names={plot.word(): "nobody"})
    rows = [(1, ["Activity", "Responsible"]), (2, [plot.word(), plot.word()])]
    return PlanImport(
        process_id=plot.process,
        track_id=plot.track,
        plan_id=plot.inside.id,
        asked_at=clock.now(),
        name=f"{plot.word()}.csv",
        state=ImportState.LOOKED_AT,
        shape=shape.to_json(),
        became={},
        kept=packed([Sheet(plot.word(), rows)]),
    )


@plants(
    ImportHabit, inside=Track, spots=(), why_unseen="headings and names that were chosen before; no page shows them"
)
def habit(plot: Plot) -> ImportHabit:
    return ImportHabit(track_id=plot.inside.id, columns={plot.word(): ""}, names={plot.word(): "nobody"})
