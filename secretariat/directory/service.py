"""Acts on appointments and contact cards. They flush; whoever calls them commits.

Appointing, ending and handing over change who may read what: the next request, mail and feed already reflect it.
Each act is on the trail of its process and track, readable by the secretariat of the track.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import audit, clock
from secretariat.core.database import new_key
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause, administrators
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory import liaison, policy, queries
from secretariat.directory.cards import Beyond, SharedWith, beyond_of, directory_clause, number_clauses
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, Person, RoleName
from secretariat.processes import clauses
from secretariat.processes.models import Participation, SecretariatArrangement, StandingKind, Track

CARD_KEPT = timedelta(days=365)
"""How long a card is kept after the last appointment of its person in a process and track has ended."""


LOOKED_AT_AGAIN = timedelta(days=365)
"""How long after it was written or confirmed the owner of a card is asked whether it is still right."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What an appointment rests on: the letter that named the person, and its day."""

    words: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a person when an appointment is entered; the person completes it."""

    name: str
    mail: str = ""
    telephone: str = ""
    function: LocalText | None = None
    ministry: LocalText | None = None
    languages: tuple[str, ...] = ()


def new_person(session: Session) -> UUID:
    """A new person: a key, of which nothing is known yet."""
    person = Person(id=new_key())
    session.add(person)
    session.flush()
    return person.id


def appoint(
    session: ViewerSession,
    track: Track,
    role: RoleName,
    hat: Hat,
    person: UUID,
    *,
    letter: Letter,
    since: date | None = None,
    until: date | None = None,
    body: UUID | None = None,
    subject: LocalText | None = None,
    department: LocalText | None = None,
    chairs_for: UUID | None = None,
) -> Appointment:
    """Enter an appointment by letter on record. `chairs_for` is the chair whose office serves as secretariat.

    Raises NotAllowed where the reader is not the track's secretariat or would name himself, Refused where
    the letter is missing, the days do not fit or the participant has no part in the track.
    """
    if not policy.may_appoint(session.viewer, track, role, person):
        raise NotAllowed
    _check_letter(letter, since, until)
    if not policy.hat_fits(role, hat, track) or not _takes_part(session, track, hat):
        raise Refused(_("Choose a participant of this process"), "participant")
    if role is RoleName.CHAIRS_OFFICE:
        _check_chair(session, track, chairs_for, since or clock.today())
    made = _made(session, track, role, hat, person, letter, since, until)
    made.body_id, made.subject, made.department = body, subject, department
    made.chairs_for_id = chairs_for if role is RoleName.CHAIRS_OFFICE else None
    session.flush()
    liaison.follow(session, person, made.process_id)
    return made


def _check_chair(session: Session, track: Track, chairs_for: UUID | None, on: date) -> None:
    """A chair's office serves where there is no secretariat, and for who chairs the process, now or next."""
    if track.process.secretariat_arrangement != SecretariatArrangement.NONE.value:
        raise Refused(_("This process has a secretariat; name an officer of it"), "role")
    if chairs_for not in queries.presiding_over(session, track.process_id, on):
        raise Refused(_("Choose who chairs the process, now or next"), "participant")


def appoint_first(
    session: ViewerSession, track: UUID, person: UUID, *, letter: Letter, away: Collection[UUID] = ()
) -> UUID:
    """Name the first keeper of a track nobody keeps; the act of an administrator, told to the track's members by being
    in their directory. The key of the appointment. Persons who are `away` keep nothing for the time being.

    Raises NotAllowed where the track is kept, or the administrator would name himself.
    """
    kept = queries.is_kept(session, track, clock.today(), away)
    if not policy.may_appoint_first(session.viewer, person, kept=kept):
        raise NotAllowed
    _check_letter(letter, None, None)
    with system_access(session, Reason.ADMINISTRATION) as system:
        place = system.get(Track, track)
        if place is None:
            raise NotAllowed
        role, chairs_for = policy.KEEPING_ROLES[place.kind], None
        if role is RoleName.OFFICER and place.process.secretariat_arrangement == SecretariatArrangement.NONE.value:
            chairs_for = next(iter(queries.presiding_over(system, place.process_id, clock.today())), None)
            role = RoleName.CHAIRS_OFFICE if chairs_for else role
        made = _made(system, place, role, Hat(HatKind.SECRETARIAT, place.id), person, letter, None, None)
        made.chairs_for_id = chairs_for
        return made.id


def appoint_administrator(system: SystemSession, person: UUID, *, letter: Letter) -> UUID:
    """Make a person administrator of the installation: from the command line, by who runs the machine."""
    made = Appointment(
        id=new_key(),
        person_id=person,
        hat=str(Hat(HatKind.ADMINISTRATOR)),
        role=RoleName.ADMINISTRATOR,
        since=clock.today(),
        letter=letter.words,
        letter_on=letter.on,
    )
    attach(system, made, [administrators()])
    audit.record(
        system, "administrator made", chain="installation", clauses=[administrators()], subject=made,
        content={"person": str(person)},
    )  # fmt: skip
    system.flush()
    return made.id


def end_appointment(session: ViewerSession, appointment: Appointment, *, on: date, why: str) -> None:
    """End an appointment: `on` is the first day on which it no longer holds.

    Raises NotAllowed for anyone but the track's secretariat, Refused where the day lies before its beginning
    or it has ended already.
    """
    if not policy.may_end(session.viewer, appointment):
        raise NotAllowed
    if appointment.until is not None and appointment.until <= clock.today():
        raise Refused(_("This appointment has ended already"), "until")
    if on < appointment.since:
        raise Refused(_("Give a day after the one on which it began"), "until")
    if not why.strip():
        raise Refused(_("Say on what this rests, for example: Note 14/2026 of 3 March"), "why")
    appointment.until, appointment.ended_why = on, why.strip()
    _record(session, "appointment ended", appointment, until=on.isoformat())
    session.flush()
    _let_card_end(session, appointment, on)
    liaison.follow(session, appointment.person_id, appointment.process_id)


def hand_over(
    session: ViewerSession, appointment: Appointment, successor: UUID, *, on: date, letter: Letter
) -> Appointment:
    """End one appointment and begin another of the same kind on the same day, by the capital's letter.

    What is open belongs to the participant and goes on with the successor; the predecessor stays in the history.
    Raises NotAllowed, Refused as `appoint` and `end_appointment`.
    """
    if successor == appointment.person_id:
        raise Refused(_("Name somebody else; this person holds the appointment"), "email")
    track = session.scalar(select(Track).where(Track.id == appointment.track_id))
    if track is None or not policy.may_appoint(session.viewer, track, appointment.role, successor):
        raise NotAllowed
    _check_letter(letter, on, None)
    end_appointment(session, appointment, on=on, why=letter.words)
    made = _made(session, track, appointment.role, appointment.acts_as, successor, letter, on, None)
    made.body_id, made.subject, made.department = appointment.body_id, appointment.subject, appointment.department
    made.chairs_for_id = appointment.chairs_for_id
    session.flush()
    liaison.follow(session, successor, made.process_id)
    return made


def _check_letter(letter: Letter, since: date | None, until: date | None) -> None:
    if not letter.words.strip():
        raise Refused(_("Name the letter, for example: Note 14/2026 of the Ministry"), "letter")
    if letter.on is not None and letter.on > clock.today():
        raise Refused(_("The day of the letter lies ahead; give the day written on it"), "letter_on")
    if until is not None and until <= (since or clock.today()):
        raise Refused(_("Give a day after the one on which it begins"), "until")


def _takes_part(session: ViewerSession, track: Track, hat: Hat) -> bool:
    if hat.kind is not HatKind.PARTICIPANT:
        return True
    held = session.scalars(
        select(Participation).where(Participation.track_id == track.id, Participation.participant_id == hat.id)
    )
    return any(one.held_on(clock.today()) and one.standing is not StandingKind.FORMER for one in held)


def _made(
    session: Session,
    track: Track,
    role: RoleName,
    hat: Hat,
    person: UUID,
    letter: Letter,
    since: date | None,
    until: date | None,
) -> Appointment:
    process = track.process
    made = Appointment(
        id=new_key(),
        person_id=person,
        hat=str(hat),
        role=role,
        process_id=process.id,
        track_id=track.id,
        since=since or clock.today(),
        until=until,
        letter=letter.words.strip(),
        letter_on=letter.on,
    )
    attach(session, made, [directory_clause(process, track, hat, person)])
    session.flush()
    _record(session, "appointment made", made, letter=made.letter, since=made.since.isoformat(), track=track)
    return made


def _record(
    session: Session, kind: str, appointment: Appointment, *, track: Track | None = None, **content: str
) -> None:
    place = track or session.scalar(select(Track).where(Track.id == appointment.track_id))
    if place is None:
        raise NotAllowed
    audit.record(
        session,
        kind,
        chain=audit.chain_name(place.process.slug, place.slug),
        clauses=[clauses.named(place.process, place, audience=[clauses.secretariat(place)])],
        subject=appointment,
        content={"role": appointment.role.value, "hat": appointment.hat, **content},
    )


# --- contact cards --------------------------------------------------------------------------------------------


def card_for(
    session: Session, track: Track, hat: Hat, person: UUID, details: Details, *, confirmed: bool = False
) -> UUID:
    """The card of a person in a process and track, made from what is known where there is none yet; its key.

    A card that is there is left as its owner keeps it; it is only kept on where it was to end. An address taken from a
    letter may be mistyped or another's: it is written to once it is `confirmed`, by a link that was sent there.
    """
    process = track.process
    with system_access(session, Reason.UNIQUENESS) as system:
        card = system.scalar(
            select(ContactCard).where(
                ContactCard.person_id == person,
                ContactCard.process_id == process.id,
                ContactCard.track_id == track.id,
            )
        )
        if card is not None:
            card.ends_on = None
            return card.id
    card = ContactCard(
        id=new_key(),
        person_id=person,
        process_id=process.id,
        track_id=track.id,
        name=details.name.strip(),
        function=details.function,
        ministry=details.ministry,
        languages=list(details.languages),
        zone="",
        address_as={},
        look_again_on=clock.today() + LOOKED_AT_AGAIN,
    )
    attach(session, card, [directory_clause(process, track, hat, person)])
    session.flush()
    for kind, value in (("mail", details.mail), ("telephone", details.telephone)):
        if value.strip():
            number = ContactNumber(id=new_key(), card=card, kind=kind, value=value.strip())
            number.for_mail = confirmed and kind == "mail"
            attach(session, number, container=card)
    session.flush()
    liaison.follow(session, person, process.id)
    return card.id


def change_card(
    session: ViewerSession,
    card: ContactCard,
    *,
    name: str,
    function: LocalText | None,
    ministry: LocalText | None,
    languages: list[str],
    zone: str,
    address_as: Mapping[str, str],
) -> None:
    """Save what stands on a card. Its owner's save confirms it; the form of address is the owner's own to choose.

    Raises NotAllowed for anyone but owner and secretariat, Refused without a name.
    """
    if not policy.may_edit_card(session.viewer, card):
        raise NotAllowed
    if not name.strip():
        raise Refused(_("Give the name as it is to be written"), "name")
    card.name, card.function, card.ministry = name.strip(), function, ministry
    card.languages, card.zone = languages, zone
    if session.viewer.person == card.person_id:
        card.address_as = {language: words.strip() for language, words in address_as.items() if words.strip()}
        _is_confirmed(card)
    session.flush()
    liaison.follow(session, card.person_id, card.process_id)


def confirm_card(session: ViewerSession, card: ContactCard) -> None:
    """The owner says that all on the card is right. Raises NotAllowed for anyone else."""
    if session.viewer.person != card.person_id:
        raise NotAllowed
    _is_confirmed(card)
    session.flush()
    liaison.follow(session, card.person_id, card.process_id)


def _is_confirmed(card: ContactCard) -> None:
    card.confirmed_on, card.look_again_on = clock.today(), clock.today() + LOOKED_AT_AGAIN


def add_number(
    session: ViewerSession, card: ContactCard, kind: str, value: str, shared_with: SharedWith
) -> ContactNumber:
    """Add a number or address to a card. An address is not written to before it is confirmed by the link sent there.

    Who sees it the owner says; one that the secretariat adds is the secretariat's and the owner's until then.

    Raises NotAllowed, Refused where it stands there already.
    """
    if not policy.may_edit_card(session.viewer, card):
        raise NotAllowed
    if any(one.kind == kind and one.value.casefold() == value.strip().casefold() for one in card.numbers):
        raise Refused(_("This one stands here already"), "value")
    if not policy.may_choose_readers(session.viewer, card):
        shared_with = SharedWith.SECRETARIAT  # its owner opens it to others
    readers = _number_clauses(session, card, shared_with)
    number = ContactNumber(id=new_key(), card=card, kind=kind, value=value.strip(), for_mail=False)
    attach(session, number, readers, container=card)
    session.flush()
    liaison.follow(session, card.person_id, card.process_id)
    return number


def share_number(
    session: ViewerSession, number: ContactNumber, shared_with: SharedWith, beyond: Beyond | None = None
) -> None:
    """Choose who sees a number, and what of it civil society sees where one is its liaison officer: its owner's act
    alone. Raises NotAllowed."""
    if not policy.may_choose_readers(session.viewer, number.card):
        raise NotAllowed
    relabel(session, number, _number_clauses(session, number.card, shared_with), why="its owner chose who sees it")
    number.beyond = beyond.value if beyond is not None else number.beyond
    session.flush()
    liaison.follow(session, number.card.person_id, number.card.process_id)


def take_number_away(session: ViewerSession, number: ContactNumber) -> None:
    """Take a number off a card. Raises NotAllowed, Refused for the address the product writes to."""
    if not policy.may_edit_card(session.viewer, number.card):
        raise NotAllowed
    if number.for_mail:
        raise Refused(_("The product writes to this address; confirm another one first"))
    card = number.card
    session.delete(number)
    session.flush()
    liaison.follow(session, card.person_id, card.process_id)


def write_to(session: Session, number: UUID) -> None:
    """Write to this address from now on, and no longer to another of the same card: it was confirmed by its link."""
    with system_access(session, Reason.ADMINISTRATION) as system:
        confirmed = system.get_one(ContactNumber, number)
        others = select(ContactNumber).where(ContactNumber.card_id == confirmed.card_id, ContactNumber.kind == "mail")
        for one in system.scalars(others):
            one.for_mail = one.id == confirmed.id


def write_where_told(session: Session, person: UUID, address: str) -> None:
    """Write to this address of a person from now on wherever it stands on a card that names no confirmed one yet: a
    link that was sent there was used."""
    with system_access(session, Reason.ADMINISTRATION) as system:
        cards = system.scalars(select(ContactCard).where(ContactCard.person_id == person)).all()
        for card in cards:
            mails = [one for one in card.numbers if one.kind == "mail"]
            told = next((one for one in mails if one.value.casefold() == address.casefold()), None)
            if told is not None and not any(one.for_mail for one in mails):
                told.for_mail = True


def readers_of(number: ContactNumber) -> SharedWith:
    """Who sees a number, as its owner chose."""
    return SharedWith.DIRECTORY if number.own_label_id is None else SharedWith.SECRETARIAT


def beyond_readers_of(number: ContactNumber) -> Beyond:
    """What civil society sees of a number of its liaison officer."""
    return beyond_of(number.beyond, readers_of(number))


def _number_clauses(session: Session, card: ContactCard, shared: SharedWith) -> list[Clause]:
    with system_access(session, Reason.LABELLING) as system:
        track = system.get_one(Track, card.track_id)
        return number_clauses(track.process, track, card.person_id, shared)


def _let_card_end(session: Session, ended: Appointment, on: date) -> None:
    """Personal rows have an end: with the last appointment in a process and track, a card gets its last day."""
    with system_access(session, Reason.ADMINISTRATION) as system:
        others = system.scalars(
            select(Appointment).where(
                Appointment.person_id == ended.person_id,
                Appointment.process_id == ended.process_id,
                Appointment.track_id == ended.track_id,
            )
        )
        last = max((date.max if one.until is None else one.until for one in others), default=on)
        card = system.scalar(
            select(ContactCard).where(
                ContactCard.person_id == ended.person_id,
                ContactCard.process_id == ended.process_id,
                ContactCard.track_id == ended.track_id,
            )
        )
        if card is not None:
            card.ends_on = None if last == date.max else last + CARD_KEPT


def end_with_its_list(system: SystemSession, appointment: Appointment, on: date) -> None:
    """End an appointment that was made for one thing, now that there is nothing left of it to see to."""
    appointment.until = max(on, appointment.since)
    system.flush()
    _let_card_end(system, appointment, appointment.until)


def erase_ended_cards(system: SystemSession, on: date) -> int:
    """Take away the contact cards whose time has passed, with their numbers; how many. Appointments stay as history:
    they name a person's key and the letter."""
    ended = list(system.scalars(select(ContactCard).where(ContactCard.ends_on <= on)))
    for card in ended:
        for number in list(card.numbers):
            system.delete(number)
        system.flush()
        system.delete(card)
    system.flush()
    return len(ended)
