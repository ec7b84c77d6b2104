"""Whatever is written, relabelled or taken away has its entry written in the same transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from secretariat.core import searchable
from secretariat.search.index import write


@event.listens_for(Session, "after_flush")
def _keep_true(session: Session, _context: Any) -> None:
    gone = [one.id for one in session.deleted if searchable.of(one) is not None]
    changed = [
        one
        for one in (*session.new, *session.dirty)
        if searchable.of(one) is not None and (one in session.new or session.is_modified(one))
    ]
    if gone or changed:
        write(session, changed, gone)
