"""Old papers that officers bring in by a page: a list and an archive are looked at, confirmed, and brought in by a job.

Nothing is a document before it is confirmed. Each row is one transaction, in which what became of it is written down
too: a job that goes on after a crash, or is asked for again, does no row twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from shutil import copyfileobj
from tempfile import TemporaryFile
from time import monotonic
from typing import Any, BinaryIO
from uuid import UUID

import structlog
from sqlalchemy import Engine, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from secretariat.core import after_commit, clock
from secretariat.core.labelling import LabelRefused, attach
from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import reading_as_told, told_reading
from secretariat.core.languages.words import LeftToRight
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import Reason, ViewerSession, reading_as, system_unit
from secretariat.documents import listed, policy
from secretariat.documents.archives import Archive, NotListed
from secretariat.documents.listed import Listing, Row
from secretariat.documents.models import ListState, PaperList
from secretariat.documents.sentences import Sentence
from secretariat.documents.service.importing import (
    ADDED,
    REFUSED,
    THERE,
    bring_row,
    checksum_of,
    checksums_seen,
    why,
)
from secretariat.documents.service.matching import Matched, Problem, known, match, refused
from secretariat.documents.service.record import for_secretariat
from secretariat.documents.sniffing import Problem as Unfitness
from secretariat.documents.sniffing import Unfit, base_name, sniffed
from secretariat.documents.storage import Storage, storage_of
from secretariat.jobs import service as jobs
from secretariat.jobs.kinds import Hands, NotThroughYet, Progress, Result
from secretariat.processes.models import Process, Track

log = structlog.get_logger()
WORK = "old_papers"
UNCONFIRMED_FOR, KEPT_FOR = timedelta(days=7), timedelta(days=365)
"""How long a list waits for a word, and how long what came in by it can be looked up."""
TURN = timedelta(seconds=90)
"""So long a job is at a list at a time, well below what a worker gives a task."""
MOST_LISTED = 5_000_000
"""Bytes of a list."""
MOST_OPEN = 5
"""Lists of one track that wait for a word: each keeps its archive."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the name of a file, its bytes, how many of these there were."""

    name: str
    content: BinaryIO
    size: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A list as it stands: what each row means now, and what of the archive no row asks for."""

    rows: Sequence[Matched]
    left: Sequence[tuple[str, str]]
    unknown: Sequence[str]

    @property
    def good(self) -> list[Matched]:
        """Rows that would come in."""
        return [one for one in self.rows if not one.problems and not one.is_there]

    @property
    def wrong(self) -> list[Matched]:
        """Rows with something to be mended."""
        return [one for one in self.rows if one.problems]

    @property
    def there(self) -> list[Matched]:
        """Rows whose papers are there already."""
        return [one for one in self.rows if one.is_there]


def look_at(
    session: ViewerSession,
    storage: Storage,
    place: tuple[Process, Track],
    listing: Sent,
    archive: Sent,
    *,
    otherwise: Level,
    largest: int,
) -> PaperList:
    """Take in a list and its archive, to be looked at; `otherwise` is the level of rows that say none.

    Raises NotAllowed; Refused where list or archive cannot be read at all; StorageAway.
    """
    process, track = place
    require(policy.may_add(session.viewer, track.id))
    _check_measure(session, track)
    found = _listing(listing, otherwise)
    seen, left = _seen(archive, found, largest)
    archive.content.seek(0)
    kept = storage.put(archive.content)
    made = PaperList(
        process_id=process.id,
        track_id=track.id,
        asked_by_id=session.viewer.person,
        asked_at=clock.now(),
        name=base_name(listing.name)[:200],
        archive_name=base_name(archive.name)[:200],
        archive_key=kept.key,
        state=ListState.LOOKED_AT,
        content={**found.to_json(), "seen": seen, "left": left},
        became={},
    )
    attach(session, made, [for_secretariat(process, track)])
    session.flush()
    return made


def looked(session: Session, one: PaperList) -> Looked:
    """What a list means now, as far as this reader sees what it speaks of."""
    listing, seen = Listing.from_json(one.content), one.content["seen"]
    checksums = [file["sha256"] for file in seen.values() if "sha256" in file]
    there = known(session, one.track, listing.rows, checksums)
    rows = [match(there, row, checksums_seen(seen, row)) for row in listing.rows]
    for row in rows:
        row.problems += [
            Problem("file", Sentence(seen[name]["problem"]).about(name))
            for name in row.row.files.values()
            if "problem" in seen.get(name, {})
        ]
    _find_doubles(rows)
    return Looked(rows, left_over(one), listing.unknown)


def left_over(one: PaperList) -> list[tuple[str, str]]:
    """Files of the archive that stay out, each with the sentence why."""
    return [(name, str(Sentence(said))) for name, said in one.content["left"]]


def confirm(session: ViewerSession, one: PaperList) -> None:
    """Bring in what can be. Raises NotAllowed; Refused where nothing can."""
    require(policy.may_add(session.viewer, one.track_id))
    if one.state is not ListState.LOOKED_AT:
        return
    if not looked(session, one).good:
        raise Refused(_("None of these rows can come in as it is. Mend the list, and send it again."))
    one.state, one.confirmed_at = ListState.CONFIRMED, clock.now()
    _ask(session, one)


def go_on(session: ViewerSession, one: PaperList) -> None:
    """Ask anew for a job that was given up; what came in is left alone. Raises NotAllowed."""
    require(policy.may_add(session.viewer, one.track_id))
    if is_stuck(session, one):
        _ask(session, one)


def is_stuck(session: Session, one: PaperList) -> bool:
    """Whether the job was given up, and nobody is at the list."""
    return one.state is ListState.CONFIRMED and jobs.given_up(session, one.job_id)


def throw_away(session: ViewerSession, one: PaperList) -> None:
    """Not go on with a list that nobody confirmed; its archive is swept. Raises NotAllowed."""
    require(policy.may_add(session.viewer, one.track_id))
    if one.state is not ListState.LOOKED_AT:
        raise NotAllowed
    session.delete(one)
    session.flush()


def forget_lists(engine: Engine) -> None:
    """Throw away lists nobody confirmed within their time, and what is remembered of those that came in long ago."""
    with system_unit(engine, Reason.FILES) as system:
        old = or_(
            (PaperList.state == ListState.LOOKED_AT) & (PaperList.asked_at < clock.now() - UNCONFIRMED_FOR),
            (PaperList.state == ListState.DONE) & (PaperList.finished_at < clock.now() - KEPT_FOR),
        )
        for one in system.scalars(select(PaperList).where(old)).all():
            system.delete(one)


# --- looking ------------------------------------------------------------------------------------------------------


def _check_measure(session: ViewerSession, track: Track) -> None:
    waiting = session.scalars(
        select(PaperList.id).where(PaperList.track_id == track.id, PaperList.state == ListState.LOOKED_AT)
    ).all()
    if len(waiting) >= MOST_OPEN:
        raise Refused(_("Several lists wait for a word already. Confirm or throw away one of those first."))


def _listing(sent: Sent, otherwise: Level) -> Listing:
    if sent.size > MOST_LISTED:
        raise Refused(_("This list is larger than a list of papers is. Send it in several parts."), "listing")
    try:
        found = listed.read(sent.content.read())
    except NotListed as problem:
        raise Refused(str(problem), "listing") from None
    if len(found.rows) > listed.MOST_ROWS:
        raise Refused(
            _("A list has at most %(most)s rows. Send it in several parts.", most=listed.MOST_ROWS), "listing"
        )
    said = Listing(found.rows, found.unknown).to_json()
    for row in said["rows"]:
        row["level"] = row["level"] or otherwise.value
    return Listing.from_json(said)


def _seen(sent: Sent, listing: Listing, largest: int) -> tuple[dict[str, dict[str, Any]], list[Any]]:
    """What the files of the rows are, by the name a row has for them; and the files no row asks for, each with a
    sentence."""
    try:
        archive = Archive(sent.content, largest)
    except NotListed as problem:
        raise Refused(str(problem), "archive") from None
    try:
        seen: dict[str, dict[str, Any]] = {}
        asked: set[str] = set()
        for name in sorted({one for row in listing.rows for one in row.files.values() if one}):
            seen[name] = _file(archive, name, largest, asked)
        left = [(name, _l("No row names it.")) for name in archive.names if name not in asked]
        return seen, [(name, _kept(said)) for name, said in [*left, *archive.left]]
    finally:
        archive.close()


def _file(archive: Archive, name: str, largest: int, asked: set[str]) -> dict[str, Any]:
    try:
        found = archive.find(name)
        asked.add(found)
        with archive.opened(found, largest) as (content, size):
            if size > largest:
                raise Unfit(Unfitness.TOO_LARGE)
            sniffed(content, base_name(name))
            return {"found": found, "size": size, "sha256": checksum_of(content)}
    except (NotListed, Unfit) as problem:
        refusal = problem
        return {"problem": dict(Sentence.of(lambda: why(refusal, largest)).texts)}


def _kept(said: Any) -> dict[str, str]:
    return dict(Sentence.of(lambda: said).texts)


def _find_doubles(rows: Sequence[Matched]) -> None:
    """One file in two rows, or one language of one document: the first is taken, the other is told."""
    files: dict[str, int] = {}
    languages: dict[tuple[str, str], int] = {}
    for one in rows:
        for language, name in one.row.files.items():
            if not name:
                continue
            if (first := files.setdefault(name, one.row.number)) != one.row.number:
                said = _l("%(name)s stands in row %(row)s already.", name=LeftToRight(name), row=first)
                one.problems.append(Problem("file", said))
            if one.row.symbol:
                first = languages.setdefault((one.row.symbol, language), one.row.number)
                if first != one.row.number:
                    said = _l("Row %(row)s has this document in this language already.", row=first)
                    one.problems.append(Problem("language", said))


# --- the job ------------------------------------------------------------------------------------------------------


def _ask(session: ViewerSession, one: PaperList) -> None:
    told = {"list": str(one.id), **told_reading()}
    one.job_id = jobs.ask(session, WORK, one.process, one.track, told).id
    session.flush()


def bring_in_list(hands: Hands, told: Mapping[str, Any], progress: Progress) -> Result:
    """Bring in every row of a confirmed list that nobody has brought in yet; what became of all of them, as a table."""
    key, until = UUID(told["list"]), monotonic() + TURN.total_seconds()
    with reading_as_told(told):
        with reading_as(hands.engine, hands.eyes()) as session:
            one = _the_list(session, key)
            rows, archive_key, through = Listing.from_json(one.content).rows, one.archive_key, set(one.became)
            wrong = {matched.row.number: matched for matched in looked(session, one).wrong}
        if archive_key is not None:
            storage = storage_of(hands.settings)
            with storage.open(archive_key) as kept, TemporaryFile() as content:
                copyfileobj(kept, content)  # a bucket hands out what can be read once, from its start
                archive = Archive(content, hands.settings.largest_document)
                for place, row in enumerate(rows, start=1):
                    if str(row.number) in through:
                        continue
                    if monotonic() > until:
                        raise NotThroughYet
                    _step(hands, storage, archive, key, row, wrong.get(row.number))
                    progress(place, len(rows))
            _finish(hands, key)
            storage.remove(archive_key)
        return _table(hands, key)


def _the_list(session: ViewerSession, key: UUID) -> PaperList:
    one = session.scalar(select(PaperList).where(PaperList.id == key))
    if one is None or not policy.may_add(session.viewer, one.track_id):
        raise NotAllowed
    return one


def _step(hands: Hands, storage: Storage, archive: Archive, key: UUID, row: Row, wrong: Matched | None) -> None:
    """One row, with what became of it, in one transaction; a row that is refused leaves nothing but that word."""
    try:
        _transact(hands, storage, archive, key, row, wrong)
    except (NotListed, Unfit, Refused, LabelRefused, IntegrityError) as problem:
        log.info("a row of old papers was refused", list=str(key), row=row.number, kind=type(problem).__name__)
        refusal, largest = problem, hands.settings.largest_document
        said = Sentence.of(lambda: _in_words(refusal, largest))
        with reading_as(hands.engine, hands.eyes(), writes=True) as session:
            _write(session, _locked(session, key), row, REFUSED, said)
            session.commit()


def _transact(hands: Hands, storage: Storage, archive: Archive, key: UUID, row: Row, wrong: Matched | None) -> None:
    with reading_as(hands.engine, hands.eyes(), writes=True) as session:
        one = _locked(session, key)
        if str(row.number) in one.became:
            return
        if wrong is not None:
            raise refused(wrong)
        taken = bring_row(session, storage, one.track, archive, row, largest=hands.settings.largest_document)
        _write(session, one, row, taken.outcome, Sentence({}), taken.document.id)
        session.commit()
        after_commit.run(session)


def _locked(session: ViewerSession, key: UUID) -> PaperList:
    """The list, which nobody else writes in before this transaction is over."""
    session.scalar(select(PaperList.id).where(PaperList.id == key).with_for_update())
    return _the_list(session, key)


def _write(
    session: ViewerSession, one: PaperList, row: Row, outcome: str, said: Sentence, document: UUID | None = None
) -> None:
    entry = {"outcome": outcome, "why": dict(said.texts), "document": str(document) if document else None}
    one.became = {**one.became, str(row.number): entry}
    session.flush()


def _in_words(problem: Exception, largest: int) -> str:
    if isinstance(problem, NotListed | Unfit):
        return why(problem, largest)
    if isinstance(problem, Refused):
        return problem.sentence
    return _("It could not be kept; the other rows were. Send this one again by itself.")


def _finish(hands: Hands, key: UUID) -> None:
    with reading_as(hands.engine, hands.eyes(), writes=True) as session:
        one = _locked(session, key)
        one.state, one.finished_at, one.archive_key = ListState.DONE, clock.now(), None
        session.commit()


def became_of(one: PaperList, row: Row) -> dict[str, Any]:
    """What became of a row: its outcome, the sentence why, its document; nothing of it yet, empty."""
    found = one.became.get(str(row.number), {})
    return {**found, "why": str(Sentence(found.get("why", {})))}


def outcome_in_words(outcome: str) -> str:
    """What became of a row."""
    return {ADDED: _("Came in"), THERE: _("Was there already"), REFUSED: _("Not taken")}.get(outcome, _("Not yet"))


def _table(hands: Hands, key: UUID) -> Result:
    from secretariat.documents.service.listing_table import table_of  # a spreadsheet takes a moment to load

    with reading_as(hands.engine, hands.eyes()) as session:
        return table_of(_the_list(session, key))
