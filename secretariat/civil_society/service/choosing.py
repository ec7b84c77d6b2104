"""A network chooses who goes to what was opened to it: opened, named, voted, settled and named to the meeting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import SystemRandom
from uuid import UUID

from sqlalchemy import select

from secretariat.civil_society import choice_queries, circles, policy
from secretariat.civil_society.choice_models import Ballot, Candidate, Choice
from secretariat.civil_society.service.record import record
from secretariat.civil_society.service.telling import write_to_organizations
from secretariat.civil_society.tally import Phase, Tally
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import Answer
from secretariat.meetings.service.guests import GuestReply, answer_guest, check_guest_answerable
from secretariat.meetings.service.inviting import plain_name
from secretariat.processes.models import Track

OPENED, TOLD = "choice_opened", "choice_settled"
"""The mails to who represents a member organization: whom it names is asked; who goes is said."""
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
    if choice_queries.choice_on(session, guest.id) is not None:
        raise Refused(_("The organizations were asked already who goes."))
    if given.named_until < today:
        raise Refused(_("This day has passed. Give one that is still to come."), "named_until")
    if given.ends_on <= given.named_until:
        raise Refused(_("Organizations vote after all are named. Give a later day."), "ends_on")
    first = min((one.day for one in guest.items if one.day is not None), default=None)
    if first is not None and given.ends_on >= first:
        raise Refused(_("That is when the meeting takes place, or later. Give an earlier day."), "ends_on")
    made = Choice(
        process_id=guest.process_id,
        track_id=network.id,
        guest_id=guest.id,
        title=guest.title,
        on=first,
        places=given.places,
        secret=given.secret,
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


def name_candidate(session: ViewerSession, one: Choice, name: str, function: str = "") -> Candidate:
    """Name a person, for the organization one represents. Raises NotAllowed, Refused."""
    participant = _organization(session, one)
    _lock(session, one)
    if one.settled_at is not None or clock.today(one.process.zone) > one.named_until:
        raise Refused(_("The days on which persons are named are over. Nothing was changed."))
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
    if one.settled_at is not None or clock.today(one.process.zone) > one.named_until:
        raise Refused(_("The days on which persons are named are over. Nothing was changed."))
    session.delete(candidate)
    session.flush()
    record(session, "person named taken back", one.process, one.track, one, organization=str(participant))


def vote(session: ViewerSession, one: Choice, chosen: Collection[UUID]) -> None:
    """Give the one voice of one's organization, for as many as can go or fewer. It is given once: of a secret ballot
    nobody can say afterwards which paper is whose. Raises NotAllowed, Refused."""
    participant = _organization(session, one)
    _lock(session, one)
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
    candidates = choice_queries.candidates_of(session, one.id)
    if choice_queries.phase_of(one, len(candidates)) is not Phase.OVER:
        raise Refused(_("Who goes is on record already, or organizations can still be heard."))
    if not candidates:
        raise Refused(_("Nobody was named. Answer the invitation itself."))
    _check_stands(session, one)
    _check_chosen(choice_queries.tally_of(session, one, candidates), set(chosen), word)
    for each in candidates:
        each.chosen = each.id in chosen
    one.settled_at, one.word = clock.now(), word.strip()[:500]
    session.flush()
    record(session, "who goes settled", one.process, one.track, one, chosen=len(set(chosen)))
    names = [", ".join(filter(None, (each.name, each.function))) for each in candidates if each.chosen]
    guest = session.get_one(Guest, one.guest_id)
    answer_guest(session, guest, GuestReply(answer=Answer.ATTENDS, names="\n".join(names)))
    write_to_organizations(session, TOLD, one, choice=one.id)
    session.flush()


def _check_chosen(tally: Tally, chosen: set[UUID], word: str) -> None:
    if not tally.elected <= chosen or len(chosen - tally.elected) != tally.left:
        raise Refused(_("That is not what the vote says. Look at the votes, and choose again."), "chosen")
    if not chosen - tally.elected <= tally.tied:
        raise Refused(_("That is not what the vote says. Look at the votes, and choose again."), "chosen")
    if tally.tied and not word.strip():
        raise Refused(_("Some are tied. Say how it was settled who of them goes."), "word")


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
    session.refresh(one, ["settled_at", "papers", "named_until", "ends_on", "version"])


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
