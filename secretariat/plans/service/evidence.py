"""Files with an update: put beside it, taken over from a colleague's draft, and gone with what nobody took."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.core.session import ViewerSession
from secretariat.documents.service import Received
from secretariat.plans import queries
from secretariat.plans.evidence_models import EvidenceFile, LentFile
from secretariat.plans.models import Commitment, LentUpdate, ProgressUpdate

MOST = 5
"""Files of one update, or of one draft."""


def files_named(session: Session) -> Iterator[str]:
    """The files that updates and drafts lie in, for the sweep of the storage."""
    yield from session.scalars(select(EvidenceFile.key))
    yield from session.scalars(select(LentFile.key))


def check_number(number: int, field: str = "files") -> None:
    """Whether so many files can stand with one update or draft. Raises Refused."""
    if number > MOST:
        raise Refused(_("Give at most %(most)s files.", most=MOST), field)


def put_files(
    session: ViewerSession,
    commitment: Commitment,
    update: ProgressUpdate,
    files: Sequence[Received],
    taken: Collection[UUID],
) -> None:
    """The files of an update: those sent with it, then those taken over from drafts of colleagues. The drafts are of no
    more use then, and the rest of their files neither. Raises Refused."""
    drafted = queries.files_of_drafts(session, [commitment.id]).get(commitment.id, [])
    if not set(taken) <= {one.id for one in drafted}:
        raise Refused(_("Your colleague sent other files in the meantime; look at them and choose again."), "drafted")
    check_number(len(files) + len(taken))
    for one in drafted:
        session.delete(one)
    session.flush()  # a key is free before another row has it
    said = [_sent(one) for one in files] + [_as_it_was(one) for one in drafted if one.id in taken]
    for position, values in enumerate(said, start=1):
        attach(session, EvidenceFile(update_id=update.id, position=position, **values), container=update)


def put_drafted(session: ViewerSession, lent: LentUpdate, files: Iterable[Received]) -> None:
    """Files a colleague sends with a draft: they take the place of those sent before; none leaves those."""
    sent = list(files)
    check_number(len(sent))
    if not sent:
        return
    for one in session.scalars(select(LentFile).where(LentFile.lent_id == lent.id)):
        session.delete(one)
    session.flush()
    for position, received in enumerate(sent, start=1):
        attach(session, LentFile(lent_id=lent.id, position=position, **_sent(received)), container=lent)


def _sent(received: Received) -> dict[str, Any]:
    kept = received.kept
    return {
        "key": kept.key,
        "name": received.name,
        "media_type": received.media_type,
        "size": kept.size,
        "sha256": kept.sha256,
        "added_at": clock.now(),
    }


def _as_it_was(one: LentFile) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("key", "name", "media_type", "size", "sha256", "added_at")}
