"""What a recipient wishes: to be asked later, or to be rung."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from secretariat.core import clock
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.follow_up.service.recipients import Recipient, locked_series, record, require_known
from secretariat.processes.models import Process, Track


def ask_me_after(session: ViewerSession, viewer: Viewer, process: UUID, track: UUID, day: date | None) -> None:
    """The recipient asks to be left alone until after a day; None takes it back. Raises NotAllowed."""
    if viewer.person is None or not viewer.belongs_to(process, [track]):
        raise NotAllowed
    who = Recipient(viewer.person, viewer.hat, process, track)
    with system_access(session, Reason.FOLLOW_UP) as system:
        locked_series(system, who).not_before = day + timedelta(1) if day else None
    record(session, who, "asked to wait" if day else "asked to wait no longer", until=day.isoformat() if day else "")


def ring_me(session: ViewerSession, viewer: Viewer, process: Process, track: Track, word: str) -> None:
    """The recipient would rather speak on the telephone: the secretariat has it in its list, and no reminder goes until
    it has rung. `word` says when it suits. Raises NotAllowed."""
    if viewer.person is None or not viewer.belongs_to(process.id, [track.id]):
        raise NotAllowed
    who = Recipient(viewer.person, viewer.hat, process.id, track.id)
    with system_access(session, Reason.FOLLOW_UP) as system:
        series = locked_series(system, who)
        series.ring_asked_at, series.ring_word = series.ring_asked_at or clock.now(), word.strip()[:300]
    record(session, who, "asked to be rung")


def have_rung(session: ViewerSession, viewer: Viewer, who: Recipient) -> None:
    """The secretariat has rung; reminders go again in their time. Raises NotAllowed."""
    require_known(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        series = locked_series(system, who)
        series.ring_asked_at, series.ring_word = None, ""
    record(session, who, "rung as asked")
