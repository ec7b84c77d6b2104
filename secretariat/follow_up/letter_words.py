"""What a secretariat does about the words of its digests."""

from __future__ import annotations

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.follow_up import queries, wording
from secretariat.follow_up.models import LetterTemplate
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track


def write(
    session: ViewerSession, viewer: Viewer, process: Process, track: Track, language: str, typed: str
) -> LetterTemplate:
    """The words of the track's digests in a language from now on. Raises NotAllowed; Refused, naming what is wrong."""
    if not viewer.keeps(track.id):
        raise NotAllowed
    try:
        text = wording.kept(typed, language)
    except wording.Unusable as unusable:
        raise Refused(unusable.sentence, "text") from None
    row = queries.template_of(session, process.id, track.id, language)
    fresh = row is None
    row = row or LetterTemplate(process_id=process.id, track_id=track.id, language=language)
    row.text, row.written_at = text, clock.now()
    if fresh:
        row.process, row.track = process, track
        clause = clauses.named(process, track, audience=[clauses.secretariat(track)])
        attach(session, row, [clause], container=process)
    session.flush()
    _record(session, process, track, row, "words of reminders written")
    return row


def drop(session: ViewerSession, viewer: Viewer, process: Process, track: Track, language: str) -> None:
    """The usual words again. Raises NotAllowed."""
    if not viewer.keeps(track.id):
        raise NotAllowed
    row = queries.template_of(session, process.id, track.id, language)
    if row is not None:
        _record(session, process, track, row, "words of reminders taken back")
        session.delete(row)
        session.flush()


def _record(session: ViewerSession, process: Process, track: Track, row: LetterTemplate, kind: str) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses.named(process, track, audience=[clauses.secretariat(track)])],
        subject=row,
        content={"language": row.language, "text": row.text},
    )
