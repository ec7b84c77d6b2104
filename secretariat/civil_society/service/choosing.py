"""A network chooses who goes to what was opened to it: opened, named, voted, settled and named to the meeting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import SystemRandom
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.civil_society import choice_queries, circles, policy, queries
from secretariat.civil_society.choice_models import Ballot, Candidate, Choice
from secretariat.civil_society.models import Ballots
from secretariat.civil_society.service.record import record
from secretariat.civil_society.service.telling import write_to_organizations
from secretariat.civil_society.tally import Phase, Tally
from secretariat.core import clock
from secretariat.core.labelling import attach, renew
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.meetings import guest_ties
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import Answer, MeetingState
from secretariat.meetings.service.guests import GuestReply, answer_guest, check_guest_answerable
from secretariat.meetings.service.inviting import plain_name
from secretariat.processes.models import Track

OPENED, TOLD, CHANGED = "choice_opened", "choice_settled", "choice_changed"
"""The mails to who represents a member organization: whom it names is asked; who goes is said; it was
called off, or the coordination has answered the invitation otherwise."""
MOST_PLACES, MOST_NAMED = 20, 60
KEPT_DAYS = 730
"""Names are kept for two years, as those of delegates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the form of a choice says."""

    places: int
    named_until: date
    ends_on: date
    secret: bool = False


def open_choice(session: ViewerSession, guest: Guest, network: Track, given: Opened) -> Choice:
    """Ask the organizations who goes: they are told the title of the meeting and the day, and nothing else of the
    invitation. Raises NotAllowed, Refused."""
    require(policy.may_open_choice(session.viewer, guest, network))
    check_guest_answerable(guest)
    today = clock.today(guest.process.zone)
    _check_none_runs(session, guest)
    _check_ballots(session, network, secret=given.secret)
    if given.named_until < today:
        raise Refused(_("This day has passed. Give one that is still to come."), "named_until")
    first = min((one.day for one in guest.items if one.day is not None), default=None)
    _check_days(given.named_until, given.ends_on, first)
    made = Choice(
        process_id=guest.process_id,
        track_id=network.id,
        guest_id=guest.id,
        title=guest.title,
        on=first,
        places=given.places,
        secret=given.secret,
        days_for=first,
        opened_at=clock.now(),
        named_until=given.named_until,
        ends_on=given.ends_on,
    )
    attach(session, made, [circles.inside(guest.process, network)], container=guest.process)
    session.flush()
    session.refresh(made, ["process", "track"])
    record(session, "choice of who goes opened", made.process, network, made, secret=made.secret)
    write_to_organizations(session, OPENED, made, choice=made.id)
    session.flush()
    return made


def _check_days(named_until: date, ends_on: date, meeting: date | None) -> None:
    if ends_on <= named_until:
        raise Refused(_("Organizations vote after all are named. Give a later day."), "ends_on")
    if meeting is not None and ends_on >= meeting:
        raise Refused(_("That is when the meeting takes place, or later. Give an earlier day."), "ends_on")


def ballots_of(session: ViewerSession, network: Track) -> Ballots:
    """How a network votes by its own rule."""
    rules = queries.rules_of(session, network.id)
    return rules.ballots if rules is not None else Ballots.EITHER


def _check_ballots(session: ViewerSession, network: Track, *, secret: bool) -> None:
    """The coordination does not vote against the network's rule. Raises Refused."""
    rule = ballots_of(session, network)
    if rule is not Ballots.EITHER and secret is not (rule is Ballots.SECRET):
        raise Refused(_("The network's rule says how it is voted. Change the rule first, for votes to come."), "ballot")


def _check_none_runs(session: ViewerSession, guest: Guest) -> None:
    """One choice at a time: another once the one before was called off, has lapsed, or was for another day."""
    with system_access(session, Reason.LABELLING) as system:
        system.scalar(select(Guest.id).where(Guest.id == guest.id).with_for_update())
    before = choice_queries.choice_on(session, guest.id)
    if before is not None and before.ended_at is None and not before.has_moved:
        raise Refused(_("The organizations were asked already who goes."))


def name_candidate(session: ViewerSession, one: Choice, name: str, function: str = "") -> Candidate:
    """Name a person, for the organization one represents. Raises NotAllowed, Refused."""
    participant = _organization(session, one)
    _lock(session, one)
    _check_naming(one)
    _check_stands(session, one)
    there = choice_queries.candidates_of(session, one.id)
    if any(plain_name(each.name) == plain_name(name) for each in there):
        raise Refused(_("This person is named already."), "name")
    if sum(each.participant_id == participant for each in there) >= one.places:
        raise Refused(_("Your organization has named as many as can go."), "name")
    if len(there) >= MOST_NAMED:
        raise Refused(_("As many are named as can be."), "name")
    made = Candidate(
        choice_id=one.id, participant_id=participant, name=name.strip(), function=function.strip(), named_at=clock.now()
    )
    attach(session, made, container=one)
    session.flush()
    record(session, "person named", one.process, one.track, one, organization=str(participant))
    return made


def take_candidate_back(session: ViewerSession, one: Choice, candidate: Candidate) -> None:
    """Take back, while persons are named, whom one's organization named. Raises NotAllowed, Refused."""
    participant = _organization(session, one)
    _lock(session, one)
    require(candidate.participant_id == participant)
    _check_naming(one)
    session.delete(candidate)
    session.flush()
    record(session, "person named taken back", one.process, one.track, one, organization=str(participant))


def vote(session: ViewerSession, one: Choice, chosen: Collection[UUID]) -> None:
    """Give the one voice of one's organization, for as many as can go or fewer. It is given once: of a secret ballot
    nobody can say afterwards which paper is whose. Raises NotAllowed, Refused."""
    participant = _organization(session, one)
    _lock(session, one)
    _check_running(one)
    candidates = choice_queries.candidates_of(session, one.id)
    stands = choice_queries.phase_of(one, len(candidates))
    if stands is Phase.NAMING:
        raise Refused(_("Persons are still being named. Organizations vote from the day after."))
    if stands is not Phase.VOTING:
        raise Refused(_("The vote was over when this reached us. Nothing was changed."))
    _check_stands(session, one)
    if participant in choice_queries.voted_of(session, [one.id])[one.id]:
        raise Refused(_("Your organization has voted already."))
    if not chosen or not set(chosen) <= {each.id for each in candidates}:
        raise Refused(_("Choose among those who are named."), "chosen")
    if len(chosen) > one.places:
        raise Refused(_("Choose no more than can go: %(most)s.", most=one.places), "chosen")
    paper = sorted(map(str, chosen))
    made = Ballot(
        choice_id=one.id,
        participant_id=participant,
        candidates=[] if one.secret else paper,
        cast_on=clock.today(one.process.zone),
    )
    attach(session, made, container=one)
    if one.secret:
        papers = [*one.papers, paper]
        SystemRandom().shuffle(papers)
        one.papers = papers
    session.flush()
    record(session, "vote given", one.process, one.track, one, organization=str(participant))


def settle(session: ViewerSession, one: Choice, chosen: Collection[UUID], word: str = "") -> None:
    """Say who goes, as the vote says it; where candidates are tied the coordination says which of them, and how that
    was settled. The chosen are named to the meeting as the network's delegation. Raises NotAllowed, Refused."""
    require(policy.may_keep_choice(session.viewer, one))
    _lock(session, one)
    _check_running(one)
    candidates = choice_queries.candidates_of(session, one.id)
    if choice_queries.phase_of(one, len(candidates)) is not Phase.OVER:
        raise Refused(_("Who goes is on record already, or organizations can still be heard."))
    if not candidates:
        raise Refused(_("Nobody was named. Answer the invitation itself."))
    _check_stands(session, one)
    _check_chosen(choice_queries.tally_of(session, one, candidates), set(chosen), word)
    for each in candidates:
        each.chosen = each.id in chosen
    one.settled_at, one.word, one.chosen_for = clock.now(), word.strip()[:500], one.on
    session.flush()
    record(session, "who goes settled", one.process, one.track, one, chosen=len(set(chosen)))
    names = choice_queries.chosen_names(candidates)
    guest = session.get_one(Guest, one.guest_id)
    answer_guest(session, guest, GuestReply(answer=Answer.ATTENDS, names="\n".join(names)))
    write_to_organizations(session, TOLD, one, choice=one.id)
    session.flush()


def shifted_days(one: Choice) -> tuple[date, date]:
    """The days of a vote, moved as far as its meeting has; what is over already stays where it was."""
    today = clock.today(one.process.zone)
    if one.on is None or one.days_for is None:
        return one.named_until, one.ends_on
    by = one.on - one.days_for
    named_until = one.named_until if one.named_until < today else max(one.named_until + by, today)
    return named_until, max(one.ends_on + by, today, named_until + timedelta(days=1))


def shift(session: ViewerSession, one: Choice, named_until: date, ends_on: date) -> None:
    """Give the days of a vote anew where its meeting has moved: who was asked is told. Raises NotAllowed, Refused."""
    require(policy.may_keep_choice(session.viewer, one))
    _lock(session, one)
    _check_running(one)
    if not one.moved_while_heard:
        raise Refused(_("The days of this vote are those of its meeting. Nothing was changed."))
    today = clock.today(one.process.zone)
    if named_until < today and named_until != one.named_until:
        raise Refused(_("This day has passed. Give one that is still to come."), "named_until")
    if ends_on < today:
        raise Refused(_("This day has passed. Give one that is still to come."), "ends_on")
    _check_days(named_until, ends_on, one.on)
    one.named_until, one.ends_on, one.days_for, one.shifted_at = named_until, ends_on, one.on, clock.now()
    session.flush()
    record(session, "days of a vote shifted", one.process, one.track, one)
    write_to_organizations(session, CHANGED, one, once=one.shifted_at.isoformat(), choice=one.id)
    session.flush()


def call_off(session: ViewerSession, one: Choice, word: str) -> None:
    """Call a choice off, and say why: who was asked is told. A vote that is still on is counted for nobody; one that is
    over stays to be read. The organizations can be asked anew. Raises NotAllowed, Refused."""
    require(policy.may_keep_choice(session.viewer, one))
    _lock(session, one)
    _check_running(one)
    if not word.strip():
        raise Refused(_("Say why it is called off."), "word")
    candidates = choice_queries.candidates_of(session, one.id)
    if not choice_queries.is_counted(one, len(candidates)):
        one.papers = []
        for each in choice_queries.ballots_of(session, one.id):
            each.candidates = []
    one.called_off_at, one.called_off_word = clock.now(), word.strip()[:500]
    session.flush()
    record(session, "choice of who goes called off", one.process, one.track, one)
    write_to_organizations(session, CHANGED, one, once="called off", choice=one.id)
    session.flush()


# --- the invitation the choice is about ---------------------------------------------------------------------------


def check_reply(session: ViewerSession, guest: Guest, reply: GuestReply) -> None:
    """That the coordination answers an invitation neither past organizations that are being heard nor silently against
    what they have chosen: where it differs the reason stands on the page of the choice, and they are told. Raises
    Refused."""
    one = choice_queries.choice_on(session, guest.id)
    if one is None or one.ended_at is not None:
        return
    session.refresh(one, ["process", "track"])
    _lock(session, one)
    candidates = choice_queries.candidates_of(session, one.id)
    if one.settled_at is None:
        heard = choice_queries.phase_of(one, len(candidates)) is Phase.OVER and not candidates
        if reply.answer is not Answer.WILL_ANSWER and not heard:
            raise Refused(
                _("The organizations are being heard on who goes. Say there who goes, or call that off first.")
            )
        return
    said = {plain_name(name) for name in reply.names.splitlines() if name.strip()}
    differs = reply.answer is not Answer.ATTENDS or said != set(
        map(plain_name, choice_queries.chosen_names(candidates))
    )
    if not differs:
        one.departed_at, one.departed_word = None, ""
    elif (reply.answer, said) != (guest.answer, {plain_name(name) for name in guest.names.splitlines()}):
        _depart(session, one, reply.reason)


def _depart(session: ViewerSession, one: Choice, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("This is not what the organizations chose. Say why; they read it."), "reason")
    one.departed_at, one.departed_word = clock.now(), reason.strip()[:500]
    session.flush()
    record(session, "answered otherwise than chosen", one.process, one.track, one)
    write_to_organizations(session, CHANGED, one, once=one.departed_at.isoformat(), choice=one.id)


def follow_invitation(system: SystemSession, guest: Guest, *, is_anew: bool) -> None:
    """Keep true what a choice tells of its invitation: the title and the day, and whether it stands. Where the meeting
    is announced anew after it was postponed, or the network invited anew, what was chosen was for other days."""
    if guest.network_id is None:
        return
    held = select(Choice).where(
        Choice.guest_id == guest.id, Choice.called_off_at.is_(None), Choice.lapsed_at.is_(None)
    )  # fmt: skip
    for one in system.scalars(held):
        one.stands = guest.withdrawn_at is None and guest.state not in (MeetingState.CANCELLED, MeetingState.POSTPONED)
        if is_anew:
            one.lapsed_at = clock.now()
        elif one.stands:
            one.title = guest.title
            one.on = min((each.day for each in guest.items if each.day is not None), default=None)
        if system.is_modified(one):
            system.flush()
            renew(system, one, why="what the network is told of an invitation changed")


def _check_chosen(tally: Tally, chosen: set[UUID], word: str) -> None:
    if not tally.elected <= chosen or len(chosen - tally.elected) != tally.left:
        raise Refused(_("That is not what the vote says. Look at the votes, and choose again."), "chosen")
    if not chosen - tally.elected <= tally.tied:
        raise Refused(_("That is not what the vote says. Look at the votes, and choose again."), "chosen")
    if tally.tied and not word.strip():
        raise Refused(_("Some are tied. Say how it was settled who of them goes."), "word")


def _check_naming(one: Choice) -> None:
    _check_running(one)
    if one.settled_at is not None or clock.today(one.process.zone) > one.named_until:
        raise Refused(_("The days on which persons are named are over. Nothing was changed."))


def _check_running(one: Choice) -> None:
    if one.called_off_at is not None:
        raise Refused(_("This choice was called off. Nothing was changed."))
    if one.lapsed_at is not None:
        raise Refused(_("The meeting was announced anew, for other days. Nothing was changed."))


def _check_stands(session: ViewerSession, one: Choice) -> None:
    """That the invitation still means something. With all eyes: organizations do not read it. Raises Refused."""
    with system_access(session, Reason.LABELLING) as system:
        guest = system.get(Guest, one.guest_id)
        if guest is None:
            raise Refused(_("This invitation was taken back; no answer is needed any more"))
        check_guest_answerable(guest)


def _organization(session: ViewerSession, one: Choice) -> UUID:
    require(policy.may_vote(session.viewer, one))
    participant = session.viewer.participant
    assert participant is not None  # who represents an organization acts for it
    return participant


def _lock(session: ViewerSession, one: Choice) -> None:
    """One after the other: a name, a vote, and what settles it."""
    with system_access(session, Reason.LABELLING) as system:
        system.scalar(select(Choice.id).where(Choice.id == one.id).with_for_update())
    session.refresh(one, ["settled_at", "papers", "named_until", "ends_on", "called_off_at", "lapsed_at", "version"])


def forget_candidates(system: SystemSession) -> int:
    """Take away whom organizations named, two years on; how many. That the network chose stays."""
    before = clock.today() - timedelta(days=KEPT_DAYS)
    ended: Sequence[Candidate] = system.scalars(
        select(Candidate).join(Choice, Candidate.choice_id == Choice.id).where(Choice.ends_on < before)
    ).all()
    for one in ended:
        system.delete(one)
    system.flush()
    return len(ended)


def said_beside(session: Session, guest: Guest) -> str:
    """For the mail that tells the coordination of a change: that organizations are being heard, for another day."""
    one = choice_queries.choice_on(session, guest.id)
    if one is None or not one.moved_while_heard:
        return ""
    return _(
        "The organizations are being heard on who goes, for the day of before. The days of the vote can be shifted on "
        "the page of the choice."
    )


guest_ties.tie(check_reply, follow_invitation, said_beside)
