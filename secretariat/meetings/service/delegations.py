"""Naming a delegation: by the focal point of the participant invited, person by person."""

from __future__ import annotations

from dataclasses import dataclass

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel, renew
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.meetings import policy
from secretariat.meetings.models import Answer, Delegate, DelegateNeeds, DelegateRole, Invitation, Meeting
from secretariat.meetings.service.inviting import check_answerable, forget_noted, kept_until, plain_name
from secretariat.meetings.service.listing import delegate_readers
from secretariat.meetings.service.record import followers, record
from secretariat.processes import clauses as clauses_of

MOST = 60
"""Persons of one delegation: the largest are of forty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateWords:
    """What the form of a delegate says."""

    name: str
    role: DelegateRole = DelegateRole.DELEGATE
    function: str = ""
    ministry: str = ""
    level: str = ""
    language: str = ""
    is_unlisted: bool = False
    needs: str = ""


def add_delegate(session: ViewerSession, invitation: Invitation, words: DelegateWords) -> Delegate:
    """Name a person; whoever names one attends.

    Raises NotAllowed; Refused for a second head, a name that is named already, and a delegation past all measure.
    """
    _check(session, invitation, words)
    if len(invitation.delegates) >= MOST:
        raise Refused(_("This delegation is as large as can be; write to the Secretariat"))
    last = max((one.position for one in invitation.delegates), default=0)
    delegate = Delegate(invitation_id=invitation.id, position=last + 1, name=words.name)
    delegate.ends_on = kept_until(invitation.meeting)
    _write(delegate, words)
    attach(session, delegate, _readers(session, invitation, words), container=invitation)
    session.flush()
    _write_needs(session, invitation, delegate, words.needs)
    _named(session, invitation, "delegate named")
    return delegate


def change_delegate(session: ViewerSession, invitation: Invitation, delegate: Delegate, words: DelegateWords) -> None:
    """Raises NotAllowed; Refused as for a new one."""
    _check(session, invitation, words, delegate)
    before = delegate.is_unlisted
    if plain_name(delegate.name) != plain_name(words.name):
        delegate.is_by_letter = False  # the letter named somebody else
    _write(delegate, words)
    session.flush()
    if before != words.is_unlisted:
        relabel(session, delegate, _readers(session, invitation, words), why="listed or kept off the list")
    else:
        renew(session, delegate, why="delegate changed")
    _write_needs(session, invitation, delegate, words.needs)
    _named(session, invitation, "delegate changed")


def remove_delegate(session: ViewerSession, invitation: Invitation, delegate: Delegate) -> None:
    """A name that is no longer to come is not kept. Raises NotAllowed."""
    _may_name(session, invitation)
    if delegate.needs is not None:
        session.delete(delegate.needs)
        session.flush()
    session.delete(delegate)
    session.flush()
    session.expire(invitation, ["delegates"])
    record(session, "delegate taken off", invitation.meeting, invitation, participant=invitation.participant_id)


def begin_with(session: ViewerSession, meeting: Meeting, letter: str) -> None:
    """Delegations are listed from this letter on, as it was drawn; empty for the beginning. Raises NotAllowed."""
    if not policy.may_keep(session.viewer, meeting):
        raise NotAllowed
    meeting.starting_letter = letter
    session.flush()
    for follow in followers:
        follow(session, meeting)


def _may_name(session: ViewerSession, invitation: Invitation) -> None:
    if not policy.may_answer(session.viewer, invitation, invitation.meeting):
        raise NotAllowed
    check_answerable(invitation.meeting)


def _check(
    session: ViewerSession, invitation: Invitation, words: DelegateWords, delegate: Delegate | None = None
) -> None:
    _may_name(session, invitation)
    others = [one for one in invitation.delegates if one is not delegate]
    if words.role is DelegateRole.HEAD and any(one.role is DelegateRole.HEAD for one in others):
        raise Refused(_("The delegation has a head already; make that one a delegate first"), "role")
    if any(plain_name(one.name) == plain_name(words.name) for one in others):
        raise Refused(_("This person is already in the delegation"), "name")


def _write(delegate: Delegate, words: DelegateWords) -> None:
    delegate.name, delegate.role, delegate.function = words.name, words.role, words.function
    delegate.ministry, delegate.level, delegate.language = words.ministry, words.level, words.language
    delegate.is_unlisted = words.is_unlisted


def _own(invitation: Invitation) -> Clause:
    """Read by the participant itself and the secretariat alone."""
    meeting = invitation.meeting
    audience = [clauses_of.participant(invitation.participant_id), clauses_of.secretariat(meeting.track)]
    return clauses_of.named(meeting.process, meeting.track, audience=audience)


def _readers(session: ViewerSession, invitation: Invitation, words: DelegateWords) -> list[Clause]:
    return [_own(invitation)] if words.is_unlisted else delegate_readers(session, invitation)


def _write_needs(session: ViewerSession, invitation: Invitation, delegate: Delegate, words: str) -> None:
    needs = delegate.needs
    if needs is None and words:
        needs = DelegateNeeds(delegate_id=delegate.id, words=words)
        attach(session, needs, [_own(invitation)], container=delegate)
    elif needs is not None and words:
        needs.words = words
    elif needs is not None:
        session.delete(needs)
    session.flush()
    session.expire(delegate, ["needs"])


def _named(session: ViewerSession, invitation: Invitation, act: str) -> None:
    session.expire(invitation, ["delegates"])
    # Members read this number: it counts nobody whom they do not read. The participant may say a larger one itself.
    listed = [one for one in invitation.delegates if not one.is_unlisted]
    invitation.persons = max(invitation.persons or 0, len(listed)) or None
    forget_noted(session, invitation)
    if invitation.answer is not Answer.ATTENDS:
        invitation.answer, invitation.will_answer_by = Answer.ATTENDS, None
        invitation.answered_at, invitation.answered_by_id = clock.now(), session.viewer.person
    session.flush()
    renew(session, invitation, why=act)
    record(session, act, invitation.meeting, invitation, participant=invitation.participant_id)
