"""Where a commitment stands: said by its participant, noted by the secretariat and confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.plans import policy, queries
from secretariat.plans.models import (
    Change,
    Commitment,
    CommitmentState,
    Evidence,
    NotedAfter,
    Obstacle,
    Plan,
    ProgressUpdate,
    SupportNeeded,
    UpdateNote,
)
from secretariat.plans.service.commitments import is_of_today, put_revision
from secretariat.plans.service.record import confided, members_clause, own_circle, record
from secretariat.plans.status import Status, UpdateState


def report_progress(
    session: ViewerSession,
    viewer: Viewer,
    commitment: Commitment,
    status: Status,
    step: str = "",
    *,
    language: str,
    obstacle: str = "",
    support: str = "",
    obstacle_for_members: bool = False,
    support_for_members: bool = False,
    postponed_to: date | None = None,
    what_changed: Change | None = None,
    evidence: Iterable[str] = (),
    correction_of: ProgressUpdate | None = None,
) -> ProgressUpdate:
    """The participant says where its commitment stands. Its word is confirmed as it is given.

    `language` is the code the words are written in. Obstacle and support are read by the participant and the
    secretariat unless it opens them to the members. `correction_of` points at an update this one takes the place of;
    correcting a note of the secretariat sets that note aside. A postponement to a day moves the due date.
    Raises NotAllowed, Refused.
    """
    plan = commitment.plan
    require(policy.may_report(viewer, commitment, plan))
    _check_open(commitment, correction_of)
    _check_update(commitment, status, postponed_to, correction_of)
    now = clock.now()
    update = ProgressUpdate(
        commitment_id=commitment.id,
        status=status,
        step=_said(step, language),
        postponed_to=postponed_to,
        what_changed=what_changed,
        state=UpdateState.CONFIRMED,
        stated_at=correction_of.stated_at if correction_of else now,
        entered_at=now,
        confirmed_at=now,
        by_person_id=viewer.person,
        by_hat=str(viewer.hat),
        correction_of_id=correction_of.id if correction_of else None,
    )
    update.commitment = commitment
    attach(session, update, [members_clause(plan)], container=commitment)
    _put_beside(
        session,
        plan,
        update,
        obstacle=_said(obstacle, language),
        support=_said(support, language),
        obstacle_for_members=obstacle_for_members,
        support_for_members=support_for_members,
        evidence=evidence,
    )
    if correction_of is not None and correction_of.state is UpdateState.NOTED:
        correction_of.state = UpdateState.CORRECTED
    for lent in queries.updates_lent(session, [commitment.id]).get(commitment.id, []):
        lent.closed_at = now  # a colleague's draft is of no more use
    session.flush()
    _follow(session, plan, commitment, update)
    record(session, "progress reported", plan, members_clause(plan), update, status=status.value)
    return update


def note_progress(
    session: ViewerSession,
    viewer: Viewer,
    commitment: Commitment,
    status: Status,
    step: str = "",
    *,
    language: str,
    after: NotedAfter,
    on: date | None = None,
    obstacle: str = "",
    support: str = "",
    postponed_to: date | None = None,
) -> ProgressUpdate:
    """The secretariat writes down what it was told in a call, a mail or at a meeting on day `on` (today).

    It awaits confirmation; until then the participant and the secretariat alone read it and nothing counts it.
    Raises NotAllowed, Refused.
    """
    plan = commitment.plan
    require(policy.may_note(viewer, commitment, plan))
    _check_open(commitment, None)
    _check_update(commitment, status, postponed_to, None)
    now = clock.now()
    if on is not None and on > now.date():
        raise Refused(_("That day has not come yet; give the day on which it was said."), "on")
    circle = confided(plan, commitment.participant_id)
    update = ProgressUpdate(
        commitment_id=commitment.id,
        status=status,
        step=_said(step, language),
        postponed_to=postponed_to,
        state=UpdateState.NOTED,
        stated_at=_said_at(on, now),
        entered_at=now,
    )
    update.commitment = commitment
    attach(session, update, [circle], container=commitment)
    note = UpdateNote(update_id=update.id, after=after, noted_by_person_id=viewer.person, noted_by_hat=str(viewer.hat))
    note.update = update
    attach(session, note, [circle], container=update)
    _put_beside(session, plan, update, obstacle=_said(obstacle, language), support=_said(support, language))
    session.flush()
    record(session, "progress noted", plan, circle, update, status=status.value)
    return update


def confirm_note(session: ViewerSession, viewer: Viewer, update: ProgressUpdate) -> None:
    """The participant says that this is what it told; its word enters plan and report. Raises NotAllowed, Refused."""
    commitment = update.commitment
    plan = commitment.plan
    require(policy.speaks_for(viewer, commitment, plan))
    if update.state is not UpdateState.NOTED:
        raise Refused(_("This was confirmed or corrected in the meantime; nothing was changed."))
    _check_open(commitment, None)
    update.state, update.confirmed_at = UpdateState.CONFIRMED, clock.now()
    update.by_person_id, update.by_hat = viewer.person, str(viewer.hat)
    session.flush()
    relabel(session, update, [members_clause(plan)], why="confirmed by its participant")
    _follow(session, plan, commitment, update)
    record(session, "progress confirmed", plan, members_clause(plan), update, status=update.status.value)


def _check_open(commitment: Commitment, correction_of: ProgressUpdate | None) -> None:
    if commitment.state is CommitmentState.ACCEPTED:
        return
    corrects_withdrawal = correction_of is not None and correction_of.status is Status.WITHDRAWN
    if commitment.state is CommitmentState.WITHDRAWN and not corrects_withdrawal:
        day = day_in_full(commitment.withdrawn_at or clock.now(), weekday=False)
        raise Refused(
            _(
                "This commitment was withdrawn on %(day)s. What you typed is kept here; to take it up again, correct "
                "the withdrawal or make a new commitment.",
                day=day,
            )
        )


def _check_update(
    commitment: Commitment, status: Status, postponed_to: date | None, correction_of: ProgressUpdate | None
) -> None:
    if postponed_to is not None and status is not Status.POSTPONED:
        raise Refused(_("A new date goes with “postponed”; choose that, or leave the date empty."), "postponed_to")
    if postponed_to is not None and commitment.due_on is not None and postponed_to <= commitment.due_on:
        day = day_in_full(commitment.due_on, weekday=False)
        raise Refused(_("It is due on %(day)s; give a later day.", day=day), "postponed_to")
    if correction_of is not None and correction_of.commitment_id != commitment.id:
        raise NotAllowed


def _follow(session: ViewerSession, plan: Plan, commitment: Commitment, update: ProgressUpdate) -> None:
    """What a confirmed statement does to its commitment: withdrawn is withdrawn, postponed moves the date."""
    holds = queries.statement_in_force(session, commitment.id)
    if holds is not None and holds.status is Status.WITHDRAWN:
        if commitment.state is not CommitmentState.WITHDRAWN:
            commitment.state, commitment.withdrawn_at = CommitmentState.WITHDRAWN, clock.now()
            is_of_today(session, commitment, "withdrawn by its participant")
    elif commitment.state is CommitmentState.WITHDRAWN:
        commitment.state, commitment.withdrawn_at = CommitmentState.ACCEPTED, None
        is_of_today(session, commitment, "taken up again by its participant")
    if holds is not None and holds.id == update.id and update.postponed_to is not None:
        put_revision(session, plan, commitment, commitment.words, update.postponed_to, commitment.lead, update.step)
    session.flush()


def _put_beside(
    session: ViewerSession,
    plan: Plan,
    update: ProgressUpdate,
    *,
    obstacle: LocalText | None,
    support: LocalText | None,
    obstacle_for_members: bool = False,
    support_for_members: bool = False,
    evidence: Iterable[str] = (),
) -> None:
    circle = own_circle(plan, update.commitment.participant_id)
    for words, opened, kind in (
        (obstacle, obstacle_for_members, Obstacle),
        (support, support_for_members, SupportNeeded),
    ):
        if words is not None:
            beside = kind(update_id=update.id, words=words)
            attach(session, beside, [] if opened else [circle], container=update)
    for position, address in enumerate((one.strip() for one in evidence if one.strip()), start=1):
        place = Evidence(update_id=update.id, address=address, position=position)
        attach(session, place, container=update)


def _said(words: str, language: str) -> LocalText | None:
    return LocalText.of(words.strip(), language) if words.strip() else None


def _said_at(on: date | None, now: datetime) -> datetime:
    """The instant of a call known by its day: now if it was today, else the noon of that day."""
    if on is None or on == now.date():
        return now
    return now.replace(year=on.year, month=on.month, day=on.day, hour=12, minute=0, second=0, microsecond=0)
