"""Where a commitment stands: said by its participant, noted by the secretariat and confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.documents.service import Received
from secretariat.plans import links, milestones, policy, queries
from secretariat.plans.milestones import Milestones
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
from secretariat.plans.service.commitments import is_of_today, put_revision, terms_of
from secretariat.plans.service.evidence import check_number, put_files
from secretariat.plans.service.record import confided, members_clause, opened_circle, record
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
    obstacle_to: Collection[UUID] = (),
    support_to: Collection[UUID] = (),
    postponed_to: date | None = None,
    what_changed: Change | None = None,
    helped: str = "",
    reached: Collection[str] = (),
    evidence: Iterable[str] = (),
    files: Sequence[Received] = (),
    drafted: Collection[UUID] = (),
    correction_of: ProgressUpdate | None = None,
) -> ProgressUpdate:
    """The participant says where its commitment stands. Its word is confirmed as it is given.

    `language` is the code the words are written in. Obstacle and support are read by the participant, the secretariat
    and the members it names (`obstacle_to`, `support_to`), unless it opens them to all members. `helped` says whether
    the process helped; `reached` are keys of milestones; `files` lie in the storage already, `drafted` are those of a
    colleague's draft that are taken over. `correction_of` points at an update this one takes the place
    of; correcting a note of the secretariat sets that note aside. A postponement to a day moves the due date, or the
    next milestone. Raises NotAllowed, Refused.
    """
    plan = commitment.plan
    require(policy.may_report(viewer, commitment, plan))
    _check_open(commitment, correction_of)
    _check_update(commitment, status, postponed_to, correction_of)
    evidence = list(evidence)
    _check_links(evidence)
    check_number(len(files) + len(drafted))
    _check_named(session, plan, obstacle_to, "obstacle_to")
    _check_named(session, plan, support_to, "support_to")
    now = clock.now()
    update = ProgressUpdate(
        commitment_id=commitment.id,
        status=status,
        step=_said(step, language),
        postponed_to=postponed_to,
        what_changed=what_changed,
        helped=_said(helped, language),
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
        update,
        obstacle=_said(obstacle, language),
        support=_said(support, language),
        obstacle_readers=_readers(plan, commitment, obstacle_for_members, obstacle_to),
        support_readers=_readers(plan, commitment, support_for_members, support_to),
        evidence=evidence,
    )
    put_files(session, commitment, update, files, drafted)
    _mark_reached(session, commitment, reached)
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
    reached: Collection[str] = (),
) -> ProgressUpdate:
    """The secretariat writes down what it was told in a call, a mail or at a meeting on day `on` (today).

    It awaits confirmation; until then the participant and the secretariat alone read it and nothing counts it;
    milestones it names (`reached`, by their keys) are open until then.
    Raises NotAllowed, Refused.
    """
    plan = commitment.plan
    require(policy.may_note(viewer, commitment, plan))
    _check_open(commitment, None)
    _check_update(commitment, status, postponed_to, None)
    now = clock.now()
    if on is not None and on > now.date():
        raise Refused(_("That day has not come yet; give the day on which it was said."), "on")
    if set(reached) - {one.key for one in milestones.open_ones(commitment.milestones)}:
        raise Refused(_marked_meanwhile(), "reached")
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
    note = UpdateNote(
        update_id=update.id, after=after, noted_by_person_id=viewer.person, noted_by_hat=str(viewer.hat),
        reached=sorted(reached),
    )  # fmt: skip
    note.update = update
    attach(session, note, [circle], container=update)
    circle_alone = _readers(plan, commitment, False, ())
    _put_beside(
        session,
        update,
        obstacle=_said(obstacle, language),
        support=_said(support, language),
        obstacle_readers=circle_alone,
        support_readers=circle_alone,
    )
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
    note = queries.beside(session, [update.id])[update.id].note
    told = set(note.reached) if note is not None else set()
    # What the participant has marked or revised since it was noted stands as it said.
    _mark_reached(session, commitment, told & {one.key for one in milestones.open_ones(commitment.milestones)})
    _follow(session, plan, commitment, update)
    record(session, "progress confirmed", plan, members_clause(plan), update, status=update.status.value)


def reopen_milestones(
    session: ViewerSession, viewer: Viewer, commitment: Commitment, keys: Collection[str], reason: LocalText | None
) -> None:
    """The participant says that milestones were marked as reached by mistake: they are open again, and the next of them
    is the day that is due. What stood before is kept beside it, with the reason. Raises NotAllowed, Refused."""
    plan = commitment.plan
    require(policy.may_revise(viewer, commitment, plan))
    if not keys:
        raise Refused(_("Choose the milestones that are not reached."), "reached")
    try:
        open_again = milestones.reopened(commitment.milestones, keys)
    except KeyError:
        raise Refused(_marked_meanwhile(), "reached") from None
    put_revision(session, plan, commitment, replace(terms_of(commitment), milestones=open_again), reason)


def _check_open(commitment: Commitment, correction_of: ProgressUpdate | None) -> None:
    if commitment.carried_at is not None and correction_of is None:
        day = day_in_full(commitment.carried_at, weekday=False)
        raise Refused(
            _("This commitment was carried over into the next plan on %(day)s; say there where it stands.", day=day)
        )
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
    if postponed_to is not None and commitment.milestones:
        _postponed(commitment, postponed_to)
    if correction_of is not None and correction_of.commitment_id != commitment.id:
        raise NotAllowed


def _postponed(commitment: Commitment, to: date) -> Milestones:
    """The milestones of a commitment with the next one moved to a day. Raises Refused where another comes before it."""
    if not milestones.open_ones(commitment.milestones):
        raise Refused(_("All its milestones are reached; to go on, revise it with a new one."), "postponed_to")
    try:
        return milestones.postponed(commitment.milestones, to)
    except ValueError as before:
        day = day_in_full(before.args[0], weekday=False)
        raise Refused(
            _("Another milestone is due on %(day)s; give a day before that, or revise the milestones.", day=day),
            "postponed_to",
        ) from None


def _mark_reached(session: ViewerSession, commitment: Commitment, keys: Collection[str]) -> None:
    """Milestones the participant says are reached; the next open one is then the day that is due. Raises Refused."""
    if not keys:
        return
    try:
        commitment.milestones = milestones.reached(commitment.milestones, keys, clock.today())
    except KeyError:
        raise Refused(_marked_meanwhile(), "reached") from None
    commitment.due_on = milestones.due_on(commitment.milestones, commitment.due_on)
    session.flush()
    is_of_today(session, commitment, "a milestone reached")


def _marked_meanwhile() -> str:
    return _("A milestone was revised or marked in the meantime; look at those that stand and choose again.")


def _check_links(addresses: Sequence[str]) -> None:
    """What is shown as evidence leads to a named host by https. Raises Refused."""
    given = [one for one in addresses if one.strip()]
    if not all(links.is_fit(one.strip()) for one in given):
        raise Refused(_("Give an address that begins with https://"), "evidence")
    if len(given) > links.MOST:
        raise Refused(_("Give at most %(most)s addresses.", most=links.MOST), "evidence")


def _check_named(session: ViewerSession, plan: Plan, named: Collection[UUID], field: str) -> None:
    """Whom one opens something to is a member: nobody else reads what it stands in. Raises Refused."""
    if named and set(named) - queries.participants_today(session, plan, clock.today()):
        raise Refused(_("Choose members of the process."), field)


def _readers(plan: Plan, commitment: Commitment, for_members: bool, named: Collection[UUID]) -> list[Clause]:
    """Whom what stands beside an update is for: the members, also where the update itself is opened to more later; or
    the own circle with whom the participant names."""
    return [members_clause(plan)] if for_members else [opened_circle(plan, commitment.participant_id, named)]


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
        moved = _postponed(commitment, update.postponed_to) if commitment.milestones else ()
        terms = replace(terms_of(commitment), due_on=None if moved else update.postponed_to, milestones=moved)
        put_revision(session, plan, commitment, terms, update.step)
    session.flush()


def _put_beside(
    session: ViewerSession,
    update: ProgressUpdate,
    *,
    obstacle: LocalText | None,
    support: LocalText | None,
    obstacle_readers: Iterable[Clause],
    support_readers: Iterable[Clause],
    evidence: Iterable[str] = (),
) -> None:
    for words, readers, kind in (
        (obstacle, obstacle_readers, Obstacle),
        (support, support_readers, SupportNeeded),
    ):
        if words is not None:
            beside = kind(update_id=update.id, words=words)
            attach(session, beside, readers, container=update)
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
