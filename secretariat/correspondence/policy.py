"""Who may write, send and answer circulars, and keep the register. Pure predicates on what the viewer holds today."""

from __future__ import annotations

from uuid import UUID

from secretariat.core.viewer import Viewer
from secretariat.correspondence.listed_models import ListedContact
from secretariat.correspondence.models import Circular, CircularCopy
from secretariat.processes import policy as processes
from secretariat.processes.models import Track


def may_write(viewer: Viewer, track: Track) -> bool:
    """Write circulars of a track: who keeps it, a network's coordination on its own side."""
    return viewer.keeps(track.id)


def may_change(viewer: Viewer, circular: Circular) -> bool:
    """Change, send or throw away a draft: who keeps its track. What was sent stays as it is."""
    return circular.sent_at is None and viewer.keeps(circular.track_id)


def may_follow(viewer: Viewer, circular: Circular) -> bool:
    """See who has opened a circular and who has not said a word: who keeps its track."""
    return circular.sent_at is not None and viewer.keeps(circular.track_id)


def may_say(viewer: Viewer, circular: Circular, copy: CircularCopy | None) -> bool:
    """Say that one has it: whom it was sent to, under the hat it was sent to."""
    asked = circular.sent_at is not None and circular.asks_word
    return asked and copy is not None and copy.person_id == viewer.person and copy.hat == str(viewer.hat)


def may_register(viewer: Viewer, track: UUID) -> bool:
    """Keep the register of a track: who keeps the track, which others who read a letter need not know of."""
    return viewer.keeps(track)


def may_bring_in(viewer: Viewer, track: Track) -> bool:
    """Bring lists of contacts into a track, and make one of two who are the same: who keeps it."""
    return viewer.keeps(track.id)


def may_take_off(viewer: Viewer, one: ListedContact) -> bool:
    """Take a person from a list off it: who keeps the track, and who speaks for whose people they are."""
    own = viewer.participant is not None and viewer.participant == one.participant_id
    return viewer.keeps(one.track_id) or (own and processes.speaks_on(viewer, one.process_id, one.track_id))
