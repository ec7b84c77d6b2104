"""Where a mail goes and how its reader is addressed: from the contact card of the process and track it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from secretariat.core.languages import DEFAULT_LANGUAGE, language_or_none, reading_in
from secretariat.core.languages import gettext as _
from secretariat.core.session import SystemSession
from secretariat.core.viewer import Viewer
from secretariat.directory import queries
from secretariat.directory.models import ContactCard, ContactNumber, RoleName
from secretariat.processes.models import ParticipantName, Process


@dataclass(frozen=True, slots=True)
class Known:
    """What another room knows of a person: where to write, in which language, and the zone of the person's clock;
    and whether everything is closed to the person for now."""

    address: str = ""
    language: str = ""
    zone: str = ""
    is_suspended: bool = False


Source = Callable[[SystemSession, UUID], Known | None]
_sources: list[Source] = []
Lender = Callable[[SystemSession, UUID], UUID | None]
_lenders: list[Lender] = []


def register(source: Source) -> None:
    """Enter a room that knows persons of whom there is no contact card (sign-ins, for one)."""
    if source not in _sources:
        _sources.append(source)


def is_suspended(system: SystemSession, person: UUID) -> bool:
    """Whether a person is kept out for now: then no link opens, and nothing of a process is sent."""
    return any(known.is_suspended for source in _sources if (known := source(system, person)) is not None)


@dataclass(frozen=True, slots=True)
class Recipient:
    """The reader of one mail. `address` is empty where none is known."""

    address: str
    language: str
    zone: str
    salutation: str


def recipient_of(
    system: SystemSession,
    person: UUID,
    viewer: Viewer,
    process: Process | None,
    track: UUID | None,
    address: str | None = None,
    spoken: str = "",
) -> Recipient:
    """The reader of a mail of this process and track; `address` and `spoken`, a language, overrule those on the
    card."""
    card, elsewhere = _card(system, person, process, track), _known(system, person)
    reads = _in_whose_words(system, person, process, track)
    language = spoken or _language(_languages(*reads), process)
    return Recipient(
        address=address or _address(system, card) or next((known.address for known in elsewhere if known.address), ""),
        language=language,
        zone=_zone(*reads, process),
        salutation=_salutation(system, viewer, card, language, process),
    )


def register_lender(lender: Lender) -> None:
    """Enter a room that writes to persons of whom nothing is known but an address: they are written to in the language
    and by the clock of whoever asked them."""
    if lender not in _lenders:
        _lenders.append(lender)


def _in_whose_words(
    system: SystemSession, person: UUID, process: Process | None, track: UUID | None
) -> tuple[ContactCard | None, list[Known]]:
    """The card of a person and what is known elsewhere; of who wrote to it, where there is neither."""
    card, elsewhere = _card(system, person, process, track), _known(system, person)
    if card is not None or elsewhere:
        return card, elsewhere
    lender = next((one for whose in _lenders if (one := whose(system, person)) is not None), None)
    return (None, []) if lender is None else (_card(system, lender, process, track), _known(system, lender))


def _known(system: SystemSession, person: UUID) -> list[Known]:
    return [known for source in _sources if (known := source(system, person)) is not None]


def addresses_of(system: SystemSession, person: UUID, process: Process, track: UUID) -> set[str]:
    """Every address at which this person is known, in small letters: on the card of a track, and elsewhere."""
    card = _card(system, person, process, track)
    found = [known.address for source in _sources if (known := source(system, person)) is not None]
    if card is not None:
        on_card = ContactNumber.card_id == card.id
        found += system.scalars(select(ContactNumber.value).where(on_card, ContactNumber.kind == "mail"))
    return {one.casefold() for one in found if one}


def reading_of(
    system: SystemSession, person: UUID, process: UUID | None, track: UUID | None
) -> tuple[str, str, Mapping[str, str]]:
    """The language and the zone in which a person reads what a process sends, and the pages behind its links; and what
    the process calls a commitment."""
    process_row = system.get(Process, process) if process else None
    reads = _in_whose_words(system, person, process_row, track)
    called = process_row.commitment_words if process_row is not None else {}
    return _language(_languages(*reads), process_row), _zone(*reads, process_row), called


def _languages(card: ContactCard | None, elsewhere: list[Known]) -> list[str]:
    return [*(card.languages if card else []), *(known.language for known in elsewhere)]


def _zone(card: ContactCard | None, elsewhere: list[Known], process: Process | None) -> str:
    zones = [card.zone if card else "", *(known.zone for known in elsewhere), process.zone if process else ""]
    return next((zone for zone in zones if _is_zone(zone)), "UTC")


def _card(system: SystemSession, person: UUID, process: Process | None, track: UUID | None) -> ContactCard | None:
    if process is None:
        return None
    wanted = (ContactCard.person_id == person, ContactCard.process_id == process.id, ContactCard.track_id == track)
    return system.scalar(select(ContactCard).where(*wanted))


def _address(system: SystemSession, card: ContactCard | None) -> str:
    if card is None:
        return ""
    confirmed = ContactNumber.for_mail.is_(True)  # never to an address that nobody has confirmed
    numbers = select(ContactNumber.value).where(
        ContactNumber.card_id == card.id, ContactNumber.kind == "mail", confirmed
    )
    return system.scalar(numbers.order_by(ContactNumber.value).limit(1)) or ""


def awaits_confirmation(system: SystemSession, person: UUID, process: Process | None, track: UUID | None) -> bool:
    """Whether there is an address on the person's card that nobody has confirmed yet: then a mail waits for it."""
    card = _card(system, person, process, track)
    return card is not None and queries.unconfirmed_address(system, card.id) is not None


def _language(wished: list[str], process: Process | None) -> str:
    """The first language that the reader reads and the product speaks; else the first of the process."""
    for code in [*wished, *(process.languages if process else [])]:
        language = language_or_none(code)
        if language:
            return language.code
    return DEFAULT_LANGUAGE


def _is_zone(name: str) -> bool:
    try:
        return bool(name) and ZoneInfo(name) is not None
    except (ZoneInfoNotFoundError, ValueError):
        return False


def _salutation(
    system: SystemSession, viewer: Viewer, card: ContactCard | None, language: str, process: Process | None
) -> str:
    """The form of address the person chose; nothing is inferred from a name."""
    chosen = (card.address_as or {}).get(language) if card else None
    with reading_in(language):
        if chosen:
            return _("%(form_of_address)s,", form_of_address=chosen)
        if process is None or not viewer.participant:
            return _("Good morning,")
        name = participant_name(system, viewer.participant, language, process.id)
        if name and viewer.holds(RoleName.FOCAL_POINT.value, process.id):
            return _("To the focal point of %(participant)s,", participant=name)
        if name and viewer.holds(RoleName.ALTERNATE.value, process.id):
            return _("To the alternate focal point of %(participant)s,", participant=name)
        if name and viewer.holds(RoleName.REPRESENTATIVE.value, process.id):
            return _("To the representative of %(participant)s,", participant=name)
        return _("Good morning,")


def participant_name(system: SystemSession, participant: UUID, language: str, process: UUID) -> str:
    """What the process calls a participant in a language today; else the name proposed for all."""
    rows = system.scalars(select(ParticipantName).where(ParticipantName.participant_id == participant)).all()
    current = [row for row in rows if row.until is None and row.process_id in (process, None)]
    ranked = sorted(
        current, key=lambda row: (row.language != language, row.language != DEFAULT_LANGUAGE, row.process_id is None)
    )
    return ranked[0].name if ranked else ""
