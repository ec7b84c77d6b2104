"""A workshop from its call to the question after half a year: called, nominated, chosen, held, evaluated, and said what
could be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import SystemRandom
from uuid import UUID

from secretariat.arrangements import policy
from secretariat.arrangements import workshop_queries as queries
from secretariat.arrangements.workshop_models import CapacityBuilt, SeatState, Workshop, WorkshopCall, WorkshopSeat
from secretariat.core import audit, clock
from secretariat.core.labelling import attach, relabel, renew
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import list_text
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import SystemSession, ViewerSession
from secretariat.directory.contacts import contacts_of
from secretariat.mail import outbox
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Process, Track
from secretariat.processes.names import in_order, names_of

TOLD = "workshop_chosen"
"""The mail that says what became of those whom a participant named."""
MOST_NAMED = 20
QUESTIONS = 3
"""What is marked from one to five: useful for one's work, well taught, well organized."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopWords:
    """What the form of a workshop says."""

    title: LocalText
    starts_on: date
    ends_on: date
    nominate_by: date
    places_each: int
    about: LocalText | None = None
    place: LocalText | None = None
    paid_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatWords:
    """A person who is named; `paid_by` where the seat is not paid as the others are."""

    name: str
    function: str = ""
    body: str = ""
    paid_by: str = ""


# --- the secretariat's --------------------------------------------------------------------------------------------


def prepare(session: ViewerSession, process: Process, track: Track, words: WorkshopWords) -> Workshop:
    """Begin a workshop; the secretariat alone reads it until the call. Raises NotAllowed, Refused."""
    require(policy.may_keep_workshops(session.viewer, track.id))
    _check(words)
    one = Workshop(process_id=process.id, track_id=track.id, title=words.title)
    _write(one, words)
    attach(session, one, [_members(process, track), _desk(process, track)], container=process)
    session.flush()
    record(session, "workshop prepared", one)
    return one


def change(session: ViewerSession, one: Workshop, words: WorkshopWords) -> int:
    """Change what is said of a workshop. Where its days or its place are others, who speaks for those whose people are
    named is told; how many governments are. Raises NotAllowed, Refused."""
    require(policy.may_keep_workshops(session.viewer, one.track_id))
    _check(words)
    before = (one.starts_on, one.ends_on, one.place)
    _write(one, words)
    session.flush()
    renew(session, one, why="workshop changed")
    record(session, "workshop changed", one)
    if (one.starts_on, one.ends_on, one.place) == before:
        return 0
    return _moved(session, one)


def _moved(session: ViewerSession, one: Workshop) -> int:
    """Names are kept as long after the days that now are, and governments told of these."""
    seats = queries.seats_of(session, one.id)
    for seat in seats:
        seat.ends_on = one.ends_on + queries.KEPT
    session.flush()
    if one.attended_at is not None or one.ends_on < clock.today(one.process.zone):
        return 0
    told: dict[UUID, list[UUID]] = {
        seat.participant_id: []
        for seat in seats
        if seat.participant_id is not None and seat.state is not SeatState.NOT_CHOSEN
    }
    _tell(session, one, told, other_days=True)
    return len(told)


def call(session: ViewerSession, one: Workshop, participants: Collection[UUID]) -> int:
    """Let members read it, and ask these for nominees: the digest asks, each with its link. How many are asked anew.
    Where it was said already who comes, the call is open again, for all who were asked; who comes stays until it is
    said anew.

    Raises NotAllowed, also where one of them is no member and could not read it; Refused where nobody is ticked, and
    once the day is past.
    """
    require(policy.may_keep_workshops(session.viewer, one.track_id))
    if one.attended_at is not None:
        raise Refused(_("The workshop was held; nobody is asked for it any more"))
    if clock.today(one.process.zone) > one.nominate_by:
        raise Refused(_("The day by which people are named is past; set a later one first"))
    require(set(participants) <= set(queries.members_today(session, one)))
    known = {each.participant_id for each in queries.calls_of(session, one.id)}
    asked = [key for key in participants if key not in known]
    if not asked and not known:
        raise Refused(_("Tick at least one participant"), "asked")
    if one.called_at is None:
        one.called_at = clock.now()
        session.flush()
        relabel(session, one, [_members(one.process, one.track)], why="call for nominees")
    one.chosen_at = None
    for key in asked:
        made = WorkshopCall(workshop_id=one.id, participant_id=key)
        attach(session, made, [_own(one, key)], container=one)
    session.flush()
    record(session, "nominees called for", one, participants=[str(key) for key in asked])
    return len(asked)


def choose(
    session: ViewerSession,
    one: Workshop,
    chosen: Collection[UUID],
    not_chosen: Collection[UUID] = frozenset(),
    *,
    ends_call: bool = False,
    beyond: bool = False,
) -> None:
    """Say who comes, and for whom there is no place; all others who were named stand on the reserve list, in the order
    of their participant. Said again, it moves people up from the reserve list, or off it.

    Who speaks for a participant is told what became of its people, and again where that changes. Said for the first
    time it ends the call, for those too that have not answered: `ends_call` says that this is meant, and they are told.
    `beyond` says that it is meant where more of a participant come than it has places.

    Raises NotAllowed; Refused where nobody is ticked or somebody in both, where one of these two is not said, before
    anybody was asked, and once attendance is noted.
    """
    require(policy.may_keep_workshops(session.viewer, one.track_id))
    if one.called_at is None or one.attended_at is not None:
        raise Refused(_("People are chosen after the call and before the workshop"))
    if not chosen:
        raise Refused(_("Tick who comes"), "chosen")
    seats = queries.seats_of(session, one.id)
    for seat in seats:
        if seat.id in chosen and seat.id in not_chosen:
            said = _("%(person)s is ticked as coming and as not chosen; leave one of the two", person=seat.name)
            raise Refused(said, "not_chosen")
    unheard = unheard_before_its_day(session, one)
    _check_meant(session, one, unheard if not ends_call else [], over_places(one, seats, chosen) if not beyond else {})
    changed: dict[UUID, list[UUID]] = {participant: [] for participant in unheard}
    for seat in seats:
        state = _state_of(seat, chosen, not_chosen)
        if seat.participant_id is None or seat.state is state:
            continue
        moved = changed.setdefault(seat.participant_id, [])
        if state is SeatState.CHOSEN and seat.state is not SeatState.NOMINATED:
            moved.append(seat.id)
        seat.state = state
        session.flush()
        renew(session, seat, why="people chosen")
    one.chosen_at = one.chosen_at or clock.now()
    session.flush()
    _tell(session, one, changed)
    record(session, "people chosen for a workshop", one)


def unheard_before_its_day(session: ViewerSession, one: Workshop) -> list[UUID]:
    """Who was asked and has not answered, as long as the call runs: these it would be ended for."""
    if not policy.is_called(one, clock.today(one.process.zone)):
        return []
    return [each.participant_id for each in queries.calls_of(session, one.id) if each.answered_on is None]


def over_places(one: Workshop, seats: Sequence[WorkshopSeat], chosen: Collection[UUID]) -> dict[UUID, int]:
    """Participants of which more are chosen than each has places, with how many."""
    of_each = Counter(seat.participant_id for seat in seats if seat.id in chosen and seat.participant_id is not None)
    return {key: number for key, number in of_each.items() if number > one.places_each}


def _check_meant(session: ViewerSession, one: Workshop, unheard: Collection[UUID], over: Mapping[UUID, int]) -> None:
    if unheard:
        raise Refused(_("The call still runs. Say that it ends now, or wait until its day"), "ends_call")
    if over:
        named = names_of(session, over, process=one.process_id)
        told = list_text([str(named[key]) for key in in_order(named)])
        sentence = _("More come than there are places: %(participants)s. Say that this is meant", participants=told)
        raise Refused(sentence, "beyond")


def _state_of(seat: WorkshopSeat, chosen: Collection[UUID], not_chosen: Collection[UUID]) -> SeatState:
    if seat.id in chosen:
        return SeatState.CHOSEN
    return SeatState.NOT_CHOSEN if seat.id in not_chosen else SeatState.RESERVE


def _tell(
    session: ViewerSession, one: Workshop, changed: Mapping[UUID, Collection[UUID]], *, other_days: bool = False
) -> None:
    """One mail to each who speaks for these participants, under that hat, about its call: names are put in as it is
    composed. `changed` holds who of a participant was moved up from the reserve list; `other_days` that the workshop
    has other days, or another place."""
    if not changed:
        return
    calls = {each.participant_id: each for each in queries.calls_of(session, one.id)}
    for participant in changed:
        calls[participant].told += 1
    session.flush()
    for who in contacts_of(session, one.process_id, one.track_id, clock.today(one.process.zone), changed):
        called = calls[who.participant]
        outbox.put(
            session,
            TOLD,
            key=f"{TOLD}:{called.id}:{called.told}:{who.person}:{who.hat}",
            process=one.process,
            track=one.track,
            person=who.person,
            hat=who.hat,
            subject={
                "call": called.id,
                "told": called.told,
                "moved": list(changed[who.participant]),
                "alternate": who.is_alternate,
                "other_days": other_days,
            },
        )


def note_attendance(session: ViewerSession, one: Workshop, came: Collection[UUID]) -> None:
    """Note who came. Raises NotAllowed; Refused before it has begun."""
    require(policy.may_keep_workshops(session.viewer, one.track_id))
    if clock.today(one.process.zone) < one.starts_on:
        raise Refused(_("The workshop has not begun yet"))
    for seat in queries.seats_of(session, one.id):
        seat.attended = seat.id in came
    one.attended_at = one.attended_at or clock.now()
    session.flush()
    record(session, "attendance of a workshop noted", one)


# --- a participant's ----------------------------------------------------------------------------------------------


def nominate(session: ViewerSession, called: WorkshopCall, words: SeatWords) -> WorkshopSeat:
    """Name a person, behind those already named. Raises NotAllowed, Refused."""
    require(policy.may_nominate(session.viewer, called))
    _check_open(called.workshop)
    seat = new_seat(session, called.workshop, called.participant_id, words)
    _answered(session, called, regrets=False)
    return seat


def take_off(session: ViewerSession, called: WorkshopCall, seat: WorkshopSeat) -> None:
    """Take a name off again: one that is not to come is not kept. Raises NotAllowed, Refused."""
    require(policy.may_nominate(session.viewer, called) and seat.participant_id == called.participant_id)
    _check_open(called.workshop)
    session.delete(seat)
    session.flush()


def send_regrets(session: ViewerSession, called: WorkshopCall) -> None:
    """Nobody comes: whom was named goes. Raises NotAllowed, Refused."""
    require(policy.may_nominate(session.viewer, called))
    _check_open(called.workshop)
    for seat in queries.seats_of(session, called.workshop_id, called.participant_id):
        session.delete(seat)
    _answered(session, called, regrets=True)


def evaluate(session: ViewerSession, called: WorkshopCall, marks: Iterable[int], remark: str) -> None:
    """Hand in the paper of one who came: it is put among the others, in no order and by nobody.

    Raises NotAllowed; Refused before it was held, and where as many papers are in as people came.
    """
    require(policy.may_nominate(session.viewer, called))
    one, marked = called.workshop, list(marks)
    came = [seat for seat in queries.seats_of(session, one.id, called.participant_id) if seat.attended]
    if one.attended_at is None or not came:
        raise Refused(_("Papers are handed in once it is noted who came"))
    if called.evaluated >= len(came):
        raise Refused(_("As many papers are in as people came; thank you"))
    if len(marked) != QUESTIONS or any(not 1 <= mark <= 5 for mark in marked):
        raise Refused(_("Mark each question from one to five"))
    papers, remarks, chance = [*one.papers, marked], [*one.remarks, *([remark] if remark else [])], SystemRandom()
    chance.shuffle(papers)
    chance.shuffle(remarks)
    one.papers, one.remarks = papers, remarks
    called.evaluated += 1
    session.flush()


def say_use(session: ViewerSession, called: WorkshopCall, words: LocalText) -> CapacityBuilt:
    """Say half a year later what could be used; said again, it takes the place of what was said before.

    Raises NotAllowed; Refused before half a year has passed.
    """
    require(policy.may_nominate(session.viewer, called))
    one = called.workshop
    if not policy.asks_use(one, clock.today(one.process.zone)):
        raise Refused(_("This is asked half a year after the workshop"))
    built = next(
        (each for each in queries.built_of(session, one.id) if each.participant_id == called.participant_id), None
    )
    if built is None:
        built = CapacityBuilt(
            workshop_id=one.id, participant_id=called.participant_id, words=words, said_at=clock.now()
        )
        attach(session, built, container=one)
    else:
        built.words, built.said_at = words, clock.now()
        session.flush()
        renew(session, built, why="said anew what could be used")
    session.flush()
    return built


# --- erasing ------------------------------------------------------------------------------------------------------


def forget_people(system: SystemSession, on: date) -> int:
    """Take away the names of workshops whose two years have passed; how many. What was built stays."""
    ended = list(queries.ended_seats(system, on))
    for seat in ended:
        system.delete(seat)
    system.flush()
    return len(ended)


# --- single steps -------------------------------------------------------------------------------------------------


def _check(words: WorkshopWords) -> None:
    if words.ends_on < words.starts_on:
        raise Refused(_("The last day lies before the first; look at both"), "ends_on")
    if words.nominate_by >= words.starts_on:
        raise Refused(_("People are named before the workshop begins; give an earlier day"), "nominate_by")


def _write(one: Workshop, words: WorkshopWords) -> None:
    one.title, one.about, one.place, one.paid_by = words.title, words.about, words.place, words.paid_by
    one.starts_on, one.ends_on, one.nominate_by = words.starts_on, words.ends_on, words.nominate_by
    one.places_each = words.places_each


def _check_open(one: Workshop) -> None:
    if one.chosen_at is not None:
        raise Refused(_("It is said who comes, and the call has ended; write to the Secretariat"))
    if not policy.is_called(one, clock.today(one.process.zone)):
        raise Refused(_("The day by which people are named is past; write to the Secretariat"))


def _answered(session: ViewerSession, called: WorkshopCall, *, regrets: bool) -> None:
    called.answered_on, called.regrets = clock.today(called.workshop.process.zone), regrets
    session.flush()
    renew(session, called, why="call answered")


def new_seat(
    session: ViewerSession,
    one: Workshop,
    participant: UUID | None,
    words: SeatWords,
    *,
    state: SeatState = SeatState.NOMINATED,
) -> WorkshopSeat:
    """Somebody who is named, behind those already named. Raises Refused."""
    there = [each for each in queries.seats_of(session, one.id) if each.participant_id == participant]
    plain = " ".join(words.name.casefold().split())
    if any(" ".join(each.name.casefold().split()) == plain for each in there):
        raise Refused(_("This person is named already"), "name")
    if len(there) >= MOST_NAMED:
        raise Refused(_("As many are named as can be"), "name")
    seat = WorkshopSeat(
        workshop_id=one.id, participant_id=participant, rank=max((each.rank for each in there), default=0) + 1,
        name=words.name, function=words.function, body=words.body, paid_by=words.paid_by, state=state,
        ends_on=one.ends_on + queries.KEPT,
    )  # fmt: skip
    attach(session, seat, [_own(one, participant)], container=one)
    session.flush()
    return seat


def _members(process: Process, track: Track) -> Clause:
    return clauses_of.members_of(process, track)


def _desk(process: Process, track: Track) -> Clause:
    return clauses_of.named(process, track, audience=[clauses_of.secretariat(track)])


def _own(one: Workshop, participant: UUID | None) -> Clause:
    audience = [clauses_of.secretariat(one.track)]
    if participant is not None:
        audience.append(clauses_of.participant(participant))
    return clauses_of.named(one.process, one.track, audience=audience)


def record(session: ViewerSession, act: str, one: Workshop, **content: object) -> None:
    """Put an act on a workshop on the trail, for its secretariat."""
    audit.record(
        session,
        act,
        chain=audit.chain_name(one.process.slug, one.track.slug),
        clauses=[_desk(one.process, one.track)],
        subject=one,
        content=dict(content),
    )
