"""What the engine finds and an officer must see to: worked out when it is looked at, and stored nowhere.

A participant without a focal point, so that what is awaited of it stands still; replies by mail nobody has read; an
address that fails; a message held or in doubt; a person who is written to in the zone and language of the process
because none of their own is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.awaited import Awaited
from secretariat.core.dates import PartialDate
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.directory.models import ContactCard, ContactNumber, RoleName
from secretariat.follow_up import queries, reply_queries
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.processes.models import Participation, Process, StandingKind, Track
from secretariat.texts import clearance_queries

PERSISTENT = (MailState.DEAD, MailState.IN_DOUBT, MailState.HELD)
NOT_COMPOSED = frozenset({"not composed", "no composer"})
LIAISON = RoleName.LIAISON_OFFICER.value
MOST = 200
"""Mails that are looked at; past so many the page of mail tells the rest."""


class FindingKind(StrEnum):
    """What was found."""

    VACANCY = "vacancy"
    NO_LIAISON = "no_liaison"
    HELD_UP = "held_up"
    REPLIES = "replies"
    FAILING_ADDRESS = "failing_address"
    NOT_COMPOSED = "not_composed"
    IN_DOUBT = "in_doubt"
    HELD = "held"
    NO_ADDRESS = "no_address"
    NO_ZONE = "no_zone"
    NO_LANGUAGE = "no_language"


WORDS: dict[FindingKind, Any] = {
    FindingKind.VACANCY: _l("No focal point: what is awaited stands still"),
    FindingKind.NO_LIAISON: _l("No liaison officer: a submission awaits an answer"),
    FindingKind.HELD_UP: _l(
        "A revision is not released on its day: what it was to replace was released and stays as it is"
    ),
    FindingKind.REPLIES: _l("Replies by mail to read"),
    FindingKind.FAILING_ADDRESS: _l("Mail does not reach this address"),
    FindingKind.NOT_COMPOSED: _l("A message could not be written"),
    FindingKind.IN_DOUBT: _l("A message may have arrived or not"),
    FindingKind.HELD: _l("A message is held"),
    FindingKind.NO_ADDRESS: _l("No confirmed address for mail"),
    FindingKind.NO_ZONE: _l("No time zone known: that of the process is used"),
    FindingKind.NO_LANGUAGE: _l("No language known: the first of the process is used"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to see to. `count` is how many things stand still, or how many messages it is about; `mail` the latest
    of them; `card` the contact card on which it is mended; `document` the paper it is about."""

    kind: FindingKind
    participant: UUID | None = None
    person: UUID | None = None
    name: str = ""
    count: int = 0
    mail: UUID | None = None
    card: UUID | None = None
    document: UUID | None = None


def findings(session: Session, process: Process, track: Track, things: Iterable[Awaited]) -> list[Finding]:
    """Everything found on a track, under the eyes of its secretariat. `things` are awaited on it."""
    on = clock.today(process.zone)
    office = queries.offices(session, process.id, track.id, on)
    asked = queries.asked(session, process.id, track.id, on)
    of_person = {person: participant for participant, persons in asked.items() for person in persons}
    cards = _cards(session, process, track, of_person)
    return [
        *_vacancies(session, process, track, office, things),
        *_unheld(asked, things),
        *_held_up(session, track),
        *_replies(session, track),
        *_mails(session, track, cards, of_person),
        *_cards_wanting(session, process, cards, of_person),
    ]


def _vacancies(
    session: Session, process: Process, track: Track, office: queries.Office, things: Iterable[Awaited]
) -> list[Finding]:
    on = PartialDate.parse(clock.today(process.zone))
    open_things = Counter(one.participant for one in things if one.participant is not None)
    held = session.scalars(
        select(Participation).where(Participation.process_id == process.id, Participation.track_id == track.id)
    ).all()
    current = [one for one in held if one.held_on(on.first_day) and one.standing not in queries.NOT_ASKED]
    wanted = {
        one.participant_id
        for one in current
        if one.participant_id and (one.standing is StandingKind.MEMBER or open_things[one.participant_id])
    }
    vacant = [one for one in wanted if not office.focal_points.get(one)]
    return [Finding(FindingKind.VACANCY, participant=one, count=open_things[one]) for one in sorted(vacant, key=str)]


def _unheld(asked: Mapping[UUID, Mapping[UUID, frozenset[str]]], things: Iterable[Awaited]) -> list[Finding]:
    """Participants of which something awaits a liaison officer, and there is none."""
    waiting = Counter(one.participant for one in things if one.participant and one.office == LIAISON)
    held = {key for key, persons in asked.items() if any(LIAISON in offices for offices in persons.values())}
    alone = sorted((key for key in waiting if key and key not in held), key=str)
    return [Finding(FindingKind.NO_LIAISON, participant=key, count=waiting[key]) for key in alone]


def _held_up(session: Session, track: Track) -> list[Finding]:
    """Revisions whose day comes in vain."""
    rows = clearance_queries.held_up(session, track.id)
    return [Finding(FindingKind.HELD_UP, name=one.symbol or local_text(one.title), document=one.id) for one in rows]


def _replies(session: Session, track: Track) -> list[Finding]:
    waiting = reply_queries.waiting_of(session, [track.id])
    return [Finding(FindingKind.REPLIES, count=waiting)] if waiting else []


def _mails(
    session: Session, track: Track, cards: dict[UUID, ContactCard], of_person: dict[UUID, UUID]
) -> list[Finding]:
    wanted = select(OutboxMessage).where(OutboxMessage.track_id == track.id, OutboxMessage.state.in_(PERSISTENT))
    found: dict[tuple[FindingKind, UUID], list[OutboxMessage]] = {}
    for mail in session.scalars(wanted.order_by(OutboxMessage.put_at.desc(), OutboxMessage.id).limit(MOST)):
        found.setdefault((_kind_of(mail), mail.person_id), []).append(mail)
    names = {person: card.name for person, card in cards.items()}
    missing = {person for _kind, person in found} - names.keys()
    rows = session.execute(
        select(ContactCard.person_id, ContactCard.name).where(
            ContactCard.track_id == track.id, ContactCard.person_id.in_(sorted(missing, key=str))
        )
    )
    names |= {row.person_id: row.name for row in rows}
    return [
        Finding(kind, of_person.get(person), person, names.get(person, ""), len(mails), mails[0].id)
        for (kind, person), mails in found.items()
    ]


def _kind_of(mail: OutboxMessage) -> FindingKind:
    if mail.state is MailState.IN_DOUBT:
        return FindingKind.IN_DOUBT
    if mail.state is MailState.HELD:
        return FindingKind.HELD
    return FindingKind.NOT_COMPOSED if mail.reason in NOT_COMPOSED else FindingKind.FAILING_ADDRESS


def _cards(session: Session, process: Process, track: Track, persons: Iterable[UUID]) -> dict[UUID, ContactCard]:
    rows = session.scalars(
        select(ContactCard).where(
            ContactCard.process_id == process.id,
            ContactCard.track_id == track.id,
            ContactCard.person_id.in_(sorted(persons, key=str)),
        )
    )
    return {one.person_id: one for one in rows}


def _cards_wanting(
    session: Session, process: Process, cards: dict[UUID, ContactCard], of_person: dict[UUID, UUID]
) -> list[Finding]:
    """Of those who are asked: no address nobody has confirmed is written to, and what is not known of zone and language
    is taken from the process, which is said here once."""
    with_address = set(
        session.scalars(
            select(ContactNumber.card_id).where(
                ContactNumber.card_id.in_(sorted((one.id for one in cards.values()), key=str)),
                ContactNumber.kind == "mail",
                ContactNumber.for_mail,
            )
        )
    )
    speaks_several = len(process.languages) > 1
    found: list[Finding] = []
    for person, participant in of_person.items():
        card = cards.get(person)
        kinds = [FindingKind.NO_ADDRESS] if card is None or card.id not in with_address else []
        if card is not None and not card.zone:
            kinds.append(FindingKind.NO_ZONE)
        if card is not None and not card.languages and speaks_several:
            kinds.append(FindingKind.NO_LANGUAGE)
        found += [
            Finding(kind, participant, person, card.name if card else "", card=card.id if card else None)
            for kind in kinds
        ]
    return found


def by_urgency(found: Sequence[Finding]) -> list[Finding]:
    """What stops somebody first, what is only not known last."""
    order = list(FindingKind)
    return sorted(found, key=lambda one: (order.index(one.kind), str(one.participant), str(one.person)))
