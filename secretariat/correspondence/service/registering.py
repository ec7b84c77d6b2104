"""Acts on the register: a letter entered, put right, given a scan; circulars enter themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach, intern, would_be_in
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.numbering import give_symbol
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.correspondence import policy
from secretariat.correspondence.models import Circular
from secretariat.correspondence.register_models import Direction, LetterKind, LetterScan, RegisteredLetter
from secretariat.correspondence.service.record import record
from secretariat.documents import symbols
from secretariat.documents.service import Received
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track, TrackKind

PATTERN = "{process}/REG/{year}/{series}{number}"
MOST_SCANS = 10


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a letter, as it was typed."""

    direction: Direction
    kind: LetterKind
    passed_on: date
    subject: str
    dated: date | None = None
    correspondent_id: UUID | None = None
    correspondent: str = ""
    reference: str = ""
    decided: str = ""
    earlier_id: UUID | None = None
    appointment_id: UUID | None = None
    invitation_id: UUID | None = None


def enter(
    session: ViewerSession, process: Process, track: Track, said: Particulars, scans: Sequence[Received] = ()
) -> RegisteredLetter:
    """Enter a letter; it has its number at once. Raises NotAllowed, Refused."""
    require(policy.may_register(session.viewer, track.id))
    _check(process, said)
    made = _entered(session, process, track, said)
    add_scans(session, made, scans)
    record(session, "letter registered", process, track, made, symbol=made.symbol)
    return made


def put_right(session: ViewerSession, letter: RegisteredLetter, said: Particulars, scans: Sequence[Received]) -> None:
    """Put an entry right; its number stays. Raises NotAllowed, Refused."""
    require(policy.may_register(session.viewer, letter.track_id))
    _check(letter.process, said)
    if said.earlier_id == letter.id:
        raise Refused(_("A letter is no answer to itself."), "earlier")
    _write(letter, said)
    session.flush()
    add_scans(session, letter, scans)
    record(session, "register put right", letter.process, letter.track, letter, symbol=letter.symbol)


def enter_circular(session: ViewerSession, circular: Circular, to: str) -> RegisteredLetter:
    """A circular that was sent enters itself as outgoing."""
    today = clock.today(circular.process.zone)
    said = Particulars(
        Direction.OUT,
        LetterKind.CIRCULAR,
        today,
        local_text(circular.title)[:500],
        dated=today,
        correspondent=to[:300],
        reference=circular.symbol or "",
    )
    made = _entered(session, circular.process, circular.track, said)
    made.circular_id = circular.id
    session.flush()
    return made


def add_scans(session: ViewerSession, letter: RegisteredLetter, scans: Iterable[Received]) -> None:
    """Put scans beside a letter. Raises Refused where there are too many."""
    sent = list(scans)
    if not sent:
        return
    there = session.scalar(select(func.max(LetterScan.position)).where(LetterScan.letter_id == letter.id)) or 0
    if there + len(sent) > MOST_SCANS:
        raise Refused(_("Give at most %(most)s files.", most=MOST_SCANS), "scans")
    for position, one in enumerate(sent, start=there + 1):
        scan = LetterScan(
            letter_id=letter.id, key=one.kept.key, name=one.name, media_type=one.media_type, size=one.kept.size,
            sha256=one.kept.sha256, position=position, added_at=clock.now(),
        )  # fmt: skip
        attach(session, scan, container=letter)
    session.flush()
    session.expire(letter, ["scans"])


def files_named(session: Session) -> Iterator[str]:
    """The files that scans lie in, for the sweep of the storage."""
    yield from session.scalars(select(LetterScan.key))


def _entered(session: ViewerSession, process: Process, track: Track, said: Particulars) -> RegisteredLetter:
    made = RegisteredLetter(process_id=process.id, track_id=track.id, entered_at=clock.now(), symbol=None)
    _write(made, said)
    keepers = clauses.named(process, track, audience=[clauses.secretariat(track)])
    attach(session, made, [keepers], container=process)
    session.flush()
    future = would_be_in(session, process, [keepers])
    stem = symbols.stem(PATTERN, symbols.Parts(code_of(process, track), "", said.passed_on.year, future.level))
    give_symbol(session, made, stem=stem, label=intern(session, future), spoken=lambda number: f"{stem}{number}")
    return made


def _write(letter: RegisteredLetter, said: Particulars) -> None:
    for name in (
        "direction", "kind", "passed_on", "dated", "correspondent_id", "correspondent", "reference", "subject",
        "decided", "earlier_id", "appointment_id", "invitation_id",
    ):  # fmt: skip
        setattr(letter, name, getattr(said, name))


def _check(process: Process, said: Particulars) -> None:
    today = clock.today(process.zone)
    if said.passed_on > today:
        raise Refused(_("This day lies ahead; give the day on which it came or went"), "passed_on")
    if said.dated is not None and said.dated > today:
        raise Refused(_("The day of the letter lies ahead; give the day written on it"), "dated")
    if said.correspondent_id is None and not said.correspondent.strip():
        raise Refused(_("Say with whom: choose a participant, or give a name."), "correspondent")


def code_of(process: Process, track: Track) -> str:
    if track.kind is TrackKind.GOVERNMENT:
        return process.acronym
    return symbols.code_of_network(local_text(track.name), process.acronym)
