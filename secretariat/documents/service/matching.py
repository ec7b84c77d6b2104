"""What the rows of a list of old papers mean in a process: their meetings, bodies and items, and what is there already.

Everything is looked up under the eyes of the session, in a number of statements that does not grow with the rows; then
each row is judged in memory, so that the preview and the bringing in say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from secretariat.core import kinds
from secretariat.core.dates import PartialDate
from secretariat.core.labels import Level
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.session import Reason, system_access
from secretariat.documents import listed
from secretariat.documents.archives import NotListed
from secretariat.documents.headings import folded
from secretariat.documents.listed import Row
from secretariat.documents.models import (
    JOINT,
    KINDS,
    Document,
    DocumentFile,
    DocumentState,
    DocumentVersion,
)
from secretariat.processes.models import Body, Track

LONGEST_SYMBOL, LONGEST_AUTHOR, LONGEST_TITLE = 160, 300, 1000
LEVELS = (Level.PUBLIC, Level.PARTICIPANTS, Level.MEMBERS)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not taken: the column, and a sentence."""

    column: str
    sentence: Any


@dataclass(slots=True)
class Matched:
    """What a row means. `document` is the one there is already; `adds` are the languages that come to it."""

    row: Row
    problems: list[Problem] = field(default_factory=list)
    kind: str = "other"
    level: Level = Level.MEMBERS
    dated: PartialDate | None = None
    body: Body | None = None
    meeting: Any = None
    item: Any = None
    document: Document | None = None
    adds: list[str] = field(default_factory=list)

    @property
    def is_there(self) -> bool:
        """Whether all of it is there already."""
        return not self.problems and not self.adds

    @property
    def container(self) -> Any:
        """What it will stand in; none for the process as a whole."""
        return self.meeting or self.body


@dataclass(slots=True)
class Known:
    """What is there in a track, as far as these rows ask for it."""

    track: Track
    documents: dict[str, Document]
    taken: set[str]
    by_file: dict[str, Document]
    bodies: Sequence[Body]
    meetings: Sequence[Any]
    items: Mapping[UUID, Sequence[Any]]


def known(session: Session, track: Track, rows: Sequence[Row], checksums: Iterable[str]) -> Known:
    """Look up what these rows ask for; `checksums` are those of their files."""
    symbols = sorted({one.symbol for one in rows if one.symbol})
    documents = _by_symbol(session, track, symbols)
    meetings = _meetings(session, track) if any(one.meeting or one.meeting_date for one in rows) else []
    return Known(
        track=track,
        documents=documents,
        taken=_taken(session, track, symbols) - documents.keys(),
        by_file=_by_file(session, track, sorted(set(checksums))),
        bodies=session.scalars(select(Body).where(Body.track_id == track.id)).all(),
        meetings=meetings,
        items=_items(session, [one.id for one in meetings]) if any(one.item for one in rows) else {},
    )


def match(known: Known, row: Row, checksums: Mapping[str, str]) -> Matched:
    """What a row means; `checksums` are those of its files, by language."""
    found = Matched(row)
    for check in (_words, _kind, _level, _dates, _place, _item):
        check(known, found)
    _what_is_there(known, found, checksums)
    return found


# --- looking up ---------------------------------------------------------------------------------------------------


def _by_symbol(session: Session, track: Track, symbols: Sequence[str]) -> dict[str, Document]:
    wanted = select(Document).where(Document.track_id == track.id, Document.symbol.in_(symbols))
    return {str(one.symbol): one for one in session.scalars(wanted.options(_versions()))}


def _versions() -> Any:
    return selectinload(Document.versions).selectinload(DocumentVersion.files)


def _taken(session: Session, track: Track, symbols: Sequence[str]) -> set[str]:
    """Symbols of the process that are given, whoever may read what has them: no symbol is given twice."""
    with system_access(session, Reason.UNIQUENESS) as system:
        wanted = select(Document.symbol).where(
            Document.process_id == track.process_id, Document.symbol.in_(list(symbols))
        )
        return {str(one) for one in system.scalars(wanted)}


def _by_file(session: Session, track: Track, checksums: Sequence[str]) -> dict[str, Document]:
    """Documents without a symbol by the files they have."""
    wanted = (
        select(Document)
        .join(DocumentFile, DocumentFile.document_id == Document.id)
        .where(Document.track_id == track.id, Document.symbol.is_(None), DocumentFile.sha256.in_(checksums))
    )
    issued = wanted.where(Document.state == DocumentState.ISSUED).order_by(Document.id.desc())
    found = session.scalars(issued.options(_versions())).unique()
    return {file.sha256: one for one in found for version in one.versions for file in version.files}


def _meetings(session: Session, track: Track) -> Sequence[Any]:
    """Of a room above this one, so found by the kind it has entered."""
    kind = kinds.by_name("meetings")
    return session.scalars(select(kind.model).where(kind.model.track_id == track.id)).all() if kind is not None else []


def _items(session: Session, meetings: Sequence[UUID]) -> Mapping[UUID, Sequence[Any]]:
    kind = kinds.by_name("agenda_items")
    found: dict[UUID, list[Any]] = defaultdict(list)
    if kind is not None:
        for one in session.scalars(select(kind.model).where(kind.model.meeting_id.in_(list(meetings)))):
            found[one.meeting_id].append(one)
    return found


# --- judging ------------------------------------------------------------------------------------------------------


def _words(_known: Known, found: Matched) -> None:
    row = found.row
    for column in row.formulas:
        _wrong(found, column, _l("A formula stands here, and is not calculated; write what it gives."))
    if not row.title and "title" not in row.formulas:
        _wrong(found, "title", _l("The title is empty."))
    if any(len(one) > LONGEST_TITLE for one in row.titles.values()):
        _wrong(found, "title", _l("The title has at most %(most)s characters.", most=LONGEST_TITLE))
    if len(row.symbol) > LONGEST_SYMBOL:
        _wrong(found, "symbol", _l("The symbol has at most %(most)s characters.", most=LONGEST_SYMBOL))
    if len(row.author) > LONGEST_AUTHOR:
        _wrong(found, "author", _l("The author has at most %(most)s characters.", most=LONGEST_AUTHOR))
    if not row.file and "file" not in row.formulas:
        _wrong(found, "file", _l("No file is named."))
    for language in {*row.titles, *row.files}:
        if not (language.isascii() and language.isalpha() and 2 <= len(language) <= 12):
            _wrong(found, "language", _l("The language is a code such as en, es, fr or ar."))
            break


def _kind(_known: Known, found: Matched) -> None:
    kind = listed.kind_of(found.row.kind)
    if kind is None:
        _wrong(found, "kind", _l("The kind is one of: %(kinds)s.", kinds=", ".join(KINDS)))
    else:
        found.kind = kind


def _level(known: Known, found: Matched) -> None:
    level = listed.level_of(found.row.level) if found.row.level else Level.MEMBERS
    if level not in LEVELS:
        _wrong(found, "level", _l("The level is one of: %(levels)s.", levels=", ".join(one.value for one in LEVELS)))
        return
    found.level = level
    if level is Level.PUBLIC and not known.track.process.public_page:
        _wrong(found, "level", _l("Nothing of this process is public before its members agree to a public page."))
    elif level is Level.PUBLIC and found.kind in JOINT:
        _wrong(
            found,
            "level",
            _l("A joint text is opened to everyone by its body: bring it in for members, and change its label then."),
        )


def _dates(_known: Known, found: Matched) -> None:
    if found.row.date:
        found.dated = _day(found, found.row.date, "date")


def _place(known: Known, found: Matched) -> None:
    row = found.row
    found.meeting = _meeting(known, found) if row.meeting or row.meeting_date else None
    if found.meeting is not None:
        found.body = found.meeting.body
        if row.body and (found.body is None or not _is_called(found.body, row.body)):
            _wrong(
                found,
                "body",
                _l("The meeting %(meeting)s is of another body than %(body)s.", meeting=_called(row), body=row.body),
            )
    elif row.body:
        found.body = next((one for one in known.bodies if _is_called(one, row.body)), None)
        if found.body is None:
            _wrong(found, "body", _l("There is no body %(body)s on this track.", body=row.body))


def _meeting(known: Known, found: Matched) -> Any:
    row = found.row
    title, day = row.meeting, row.meeting_date
    if title and not day and _is_day(title):
        title, day = "", title
    first = _day(found, day, "meeting_date") if day else None
    if day and first is None:
        return None
    wanted = folded(title)
    among = [
        one
        for one in known.meetings
        if (first is None or one.starts_on == first) and (not title or wanted in map(folded, one.title.texts.values()))
    ]
    if not among:
        _wrong(found, "meeting", _l("There is no meeting %(meeting)s on this track.", meeting=_called(row)))
        return None
    if len(among) > 1:
        _wrong(
            found,
            "meeting",
            _l("Several meetings are called %(meeting)s; give title and first day.", meeting=_called(row)),
        )
        return None
    [meeting] = among
    if meeting.state.value == "draft":
        _wrong(
            found,
            "meeting",
            _l("The meeting %(meeting)s is a draft; announce it or enter it as held first.", meeting=_called(row)),
        )
        return None
    return meeting


def _called(row: Row) -> str:
    return f"{row.meeting} {row.meeting_date}".strip()


def _item(known: Known, found: Matched) -> None:
    said = found.row.item
    if not said:
        return
    if not (found.row.meeting or found.row.meeting_date):
        _wrong(found, "item", _l("An item is of a meeting; name that too."))
    elif found.meeting is not None:
        wanted = folded(said)
        among = [
            one
            for one in known.items.get(found.meeting.id, ())
            if not one.is_break and (said.rstrip(".") == one.place or wanted in map(folded, one.title.texts.values()))
        ]
        if len(among) == 1:
            found.item = among[0]
        else:
            _wrong(
                found,
                "item",
                _l("The agenda of that meeting has no item %(item)s, or more than one.", item=said),
            )


def _what_is_there(known: Known, found: Matched, checksums: Mapping[str, str]) -> None:
    row = found.row
    languages = [language for language, name in row.files.items() if name]
    if row.symbol:
        document = known.documents.get(row.symbol)
        if document is None and row.symbol in known.taken:
            _wrong(found, "symbol", _l("%(symbol)s is not free; leave the symbol out.", symbol=row.symbol))
            return
    else:
        document = next((known.by_file[one] for one in checksums.values() if one in known.by_file), None)
    if document is None:
        found.adds = languages
        return
    found.document = document
    if document.state not in (DocumentState.DRAFT, DocumentState.ISSUED):
        _wrong(found, "symbol", _l("What has the symbol %(symbol)s is withdrawn or superseded.", symbol=row.symbol))
        return
    for language in languages:
        version = next((one for one in document.versions if one.language == language), None)
        if version is None or version.file is None:
            found.adds.append(language)
        elif language in checksums and version.file.sha256 != checksums[language]:
            _wrong(
                found,
                "file",
                _l(
                    "%(document)s is there in %(language)s with another file.",
                    document=row.symbol or local_text(document.title),
                    language=language,
                ),
            )


def _is_called(body: Body, name: str) -> bool:
    """What a row can call a body."""
    return folded(name) in {folded(one) for one in (body.abbreviation, *body.name.texts.values()) if one}


def _is_day(written: str) -> bool:
    try:
        return len(PartialDate.parse(written).written) == len("2009-04-23")
    except ValueError:
        return False


def _day(found: Matched, written: str, column: str) -> PartialDate | None:
    try:
        return PartialDate.parse(written)
    except ValueError:
        _wrong(
            found,
            column,
            _l("A date is a year, a month or a day: 2009, 2009-04 or 2009-04-23."),
        )
        return None


def _wrong(found: Matched, column: str, sentence: Any) -> None:
    found.problems.append(Problem(column, sentence))


def refused(found: Matched) -> NotListed:
    """What stands in the way of a row, as one refusal."""
    first, *others = found.problems
    return NotListed(first.sentence, first.column, *(one.sentence for one in others))
