"""The life of a meeting: where it stands, and what comes next for this reader. Pure; words in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from secretariat.core.languages import dates, lazy_pgettext, ngettext
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.viewer import Viewer
from secretariat.meetings import milestone_words, policy
from secretariat.meetings.facets import Invited, Produced
from secretariat.meetings.milestone_models import MilestoneKind
from secretariat.meetings.milestones import AFTERWARDS, NOTED_BY_HAND, MilestoneState, Placed
from secretariat.meetings.models import Meeting, MeetingState, OutcomeState
from secretariat.meetings.words import days_in_words


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a meeting at this moment, as far as its reader sees it. `papers_wait` says that papers are there
    which are not out yet."""

    meeting: Meeting
    invitations: Sequence[Invited]
    outcomes: Sequence[Produced]
    has_agenda: bool
    on: date
    milestones: Sequence[Placed] = ()
    papers_wait: bool = False

    @property
    def replied(self) -> int:
        return sum(1 for one in self.invitations if not one.awaits_answer)

    @property
    def drafts(self) -> list[Produced]:
        return [one for one in self.outcomes if one.state is OutcomeState.DRAFT]

    @property
    def confirmed(self) -> list[Produced]:
        return [one for one in self.outcomes if one.state is OutcomeState.CONFIRMED]

    @property
    def open_milestones(self) -> list[Placed]:
        """What is still to be seen to, the earliest first."""
        return [one for one in self.milestones if one.is_open]

    @property
    def has_begun(self) -> bool:
        return self.meeting.starts_on is not None and self.meeting.starts_on.first_day <= self.on

    @property
    def is_held(self) -> bool:
        return self.meeting.state in (MeetingState.HELD, MeetingState.CLOSED)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the cycle: words, what is known of it, and whether it was, is now, or is to come."""

    words: Any
    note: str
    state: str


def cycle(standing: Standing, viewer: Viewer) -> list[Step]:
    """The life of a meeting in at most six steps; empty for one that is called off or known from a source."""
    meeting = standing.meeting
    if meeting.state in (MeetingState.CANCELLED, MeetingState.POSTPONED) or meeting.source:
        return []
    invited = bool(standing.invitations)
    sums = policy.sees_all_replies(viewer, meeting)
    steps = [
        (
            lazy_pgettext("meeting", "Announced"),
            _day(meeting.announced_at, standing.on),
            meeting.announced_at is not None,
        ),
        (_l("Invited"), _invited(standing), invited),
        (_l("Replies"), _replies(standing) if sums else "", invited and standing.replied == len(standing.invitations)),
        (lazy_pgettext("meeting", "Held"), days_in_words(meeting), standing.is_held),
        (_l("Outcomes"), _outcomes(standing), bool(standing.confirmed) and not standing.drafts),
        (lazy_pgettext("meeting", "Closed"), "", meeting.state is MeetingState.CLOSED),
    ]
    if standing.is_held:  # what was not done before the meeting is past all the same
        steps = [(words, note, done or place < 3) for place, (words, note, done) in enumerate(steps)]
    now = next((place for place, (_words, _note, done) in enumerate(steps) if not done), None)
    return [
        Step(words, note, "now" if place == now else "was" if done and (now is None or place < now) else "")
        for place, (words, note, done) in enumerate(steps)
    ]


def back_plan(standing: Standing, viewer: Viewer) -> list[Step]:
    """The milestones of a meeting as a cycle; what was left out is not among them. That one is late or due is for the
    secretariat alone to see: other readers read the day."""
    kept = [one for one in standing.milestones if one.state is not MilestoneState.LEFT_OUT]
    now = next((one.kind for one in kept if one.is_open), None)
    tells = policy.may_keep(viewer, standing.meeting)
    return [
        Step(
            milestone_words.KIND[one.kind],
            _milestone_note(one, standing.on, tells=tells),
            "now" if one.kind is now else "was" if one.state is MilestoneState.DONE else "",
        )
        for one in kept
    ]


def _milestone_note(one: Placed, on: date, *, tells: bool) -> str:
    day = dates.day_text(one.done_on or one.due_on, today=on, weekday=False)
    if tells and one.state is MilestoneState.LATE:
        return _("%(day)s, late", day=day)
    if tells and one.state is MilestoneState.DUE:
        return _("%(day)s, due", day=day)
    return day


def _day(moment: Any, on: date) -> str:
    return dates.day_text(dates.in_reader_zone(moment).date(), today=on, weekday=False) if moment else ""


def _invited(standing: Standing) -> str:
    if not standing.invitations:
        return ""
    return _day(min(one.invited_at for one in standing.invitations), standing.on)


def _replies(standing: Standing) -> str:
    if not standing.invitations:
        return ""
    return _("%(replied)s of %(invited)s", replied=standing.replied, invited=len(standing.invitations))


def _outcomes(standing: Standing) -> str:
    if not standing.outcomes:
        return ""
    confirmed, total = len(standing.confirmed), len(standing.outcomes)
    return _("%(confirmed)s of %(total)s confirmed", confirmed=confirmed, total=total)


# --- what comes next ----------------------------------------------------------------------------------------------


class Act(Enum):
    """What can be done next; the page knows where each leads."""

    ANNOUNCE = "announce"
    NEW_DAYS = "new_days"
    INVITE = "invite"
    AGENDA = "agenda"
    ISSUE_AGENDA = "issue_agenda"
    CALL_FOR_ITEMS = "call_for_items"
    PAPERS = "papers"
    HOLD = "hold"
    LOOK_AT_REPLIES = "look_at_replies"
    ATTENDANCE = "attendance"
    RECORD = "record"
    CONFIRM = "confirm"
    NOTE = "note"
    CLOSE = "close"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: a sentence, and the act that takes it, in words."""

    sentence: str
    act: Act | None = None
    words: str = ""
    outcome: Produced | None = None
    milestone: MilestoneKind | None = None


def what_comes_next(standing: Standing, viewer: Viewer, own: Invited | None) -> Next | None:
    """The next step for this reader, or None where nothing is to be done by anyone."""
    meeting = standing.meeting
    asked = own is not None and own.awaits_answer and policy.is_open_for_answers(meeting, standing.on)
    if own is not None and asked and policy.may_answer(viewer, own, meeting):
        return Next(_own_answer(own), Act.ANSWER, _("Answer the invitation"))
    if policy.chairs(viewer, meeting) and standing.drafts:
        waiting = ngettext(
            "one outcome awaits your confirmation.", "%(num)s outcomes await your confirmation.", len(standing.drafts)
        )
        return Next(waiting, Act.CONFIRM, _("Look at it and confirm"), standing.drafts[0])
    if policy.may_keep(viewer, meeting):
        return _for_secretariat(standing)
    if meeting.is_live and not standing.has_begun:
        return Next(_("the meeting takes place on %(days)s.", days=days_in_words(meeting)))
    return None


def _own_answer(own: Invited) -> str:
    if own.answer_by is None:
        return _("say who comes, or that nobody can.")
    return _("say who comes, or that nobody can; an answer by %(day)s helps.", day=dates.day_in_full(own.answer_by))


def _for_secretariat(standing: Standing) -> Next | None:
    state = standing.meeting.state
    if standing.meeting.is_over(standing.on) and state in (MeetingState.DRAFT, MeetingState.POSTPONED):
        return Next(
            _("its days are over: enter it as held, and its readers see it. No letter leaves."),
            Act.HOLD,
            _("Enter it as held"),
        )
    if state is MeetingState.DRAFT:
        return Next(
            _("announce it; until then the Secretariat alone sees it."), Act.ANNOUNCE, _("Announce the meeting")
        )
    if state is MeetingState.POSTPONED:
        return Next(_("set the new days and announce it again."), Act.NEW_DAYS, _("Set the new days"))
    if state is MeetingState.ANNOUNCED:
        return _after_its_days(standing) if standing.has_begun else _before_its_days(standing)
    if state is MeetingState.HELD:
        return _after_the_meeting(standing)
    return None


def _before_its_days(standing: Standing) -> Next:
    """The earliest milestone one can do something about; what waits for others comes after what is late or due soon."""
    ahead = [one for one in standing.open_milestones if one.kind not in AFTERWARDS]
    doable = [one for one in ahead if one.kind in NOTED_BY_HAND or one.kind in _STEPS]
    first = next(iter(doable), None)
    waits = _waiting(standing) if standing.invitations else None
    if first is not None and (waits is None or first.is_soon):
        return _step(first, standing)
    if not standing.invitations:
        return _invite(standing, None)
    if not standing.has_agenda:
        return _agenda(standing, None)
    if waits is not None:
        return waits
    return Next(_("the meeting takes place on %(days)s.", days=days_in_words(standing.meeting)))


def _waiting(standing: Standing) -> Next | None:
    waiting = len(standing.invitations) - standing.replied
    if not waiting:
        return None
    sentence = ngettext("one answer is still awaited.", "%(num)s answers are still awaited.", waiting)
    return Next(sentence, Act.LOOK_AT_REPLIES, _("See whose"))


def _invite(_standing: Standing, _one: Placed | None) -> Next:
    return Next(_("invite the participants through their focal points."), Act.INVITE, _("Invite"))


def _agenda(standing: Standing, _one: Placed | None) -> Next:
    if not standing.has_agenda:
        return Next(_("put the agenda together."), Act.AGENDA, _("Add the first item"))
    return Next(
        _("issue the provisional agenda once it can go out."), Act.ISSUE_AGENDA, _("Issue the provisional agenda")
    )


def _call(standing: Standing, one: Placed) -> Next:
    return Next(_by(one, standing), Act.CALL_FOR_ITEMS, _("Ask for items"))


def _papers(standing: Standing, one: Placed) -> Next:
    if standing.papers_wait:
        return Next(_by(one, standing), Act.PAPERS, _("See which are not out"))
    return Next(_by(one, standing), Act.NOTE, str(milestone_words.NOTED_AS[one.kind]), milestone=one.kind)


def _by(one: Placed, standing: Standing) -> str:
    return milestone_words.BY[one.kind](dates.day_text(one.due_on, today=standing.on))


_STEPS: dict[MilestoneKind, Callable[[Standing, Any], Next]] = {
    MilestoneKind.CALL_FOR_ITEMS: _call,
    MilestoneKind.INVITATION: _invite,
    MilestoneKind.PROVISIONAL_AGENDA: _agenda,
    MilestoneKind.PAPERS: _papers,
}
"""Milestones that are reached in the product."""


def _step(one: Placed, standing: Standing) -> Next:
    """What is done about a milestone: on its page, or outside the product and noted here."""
    if one.kind in _STEPS:
        return _STEPS[one.kind](standing, one)
    sentence = _by(one, standing)
    return Next(sentence, Act.NOTE, str(milestone_words.NOTED_AS[one.kind]), milestone=one.kind)


def _after_its_days(standing: Standing) -> Next:
    return Next(_("note who was at the table."), Act.ATTENDANCE, _("Note attendance"))


def _after_the_meeting(standing: Standing) -> Next:
    if not standing.outcomes:
        return Next(_("write down what the meeting produced."), Act.RECORD, _("Record an outcome"))
    if standing.drafts:
        sentence = ngettext(
            "the chair confirms one draft outcome.", "the chair confirms %(num)s draft outcomes.", len(standing.drafts)
        )
        return Next(sentence, Act.CONFIRM, _("Note the chair's confirmation"), standing.drafts[0])
    reported = next((one for one in standing.open_milestones if one.kind in AFTERWARDS), None)
    if reported is not None:
        return _step(reported, standing)
    sentence = _(
        "propose what was agreed to those it concerns, from the list of outcomes; then the meeting can be closed."
    )
    return Next(sentence, Act.CLOSE, _("Close the meeting"))
