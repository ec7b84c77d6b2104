"""Who may ask for an emergency access, who may be the second person, who may end one. Pure predicates.

Two persons: an administrator asks and reads; another administrator, or somebody who keeps the track, confirms. An
administrator is made on the command line by who runs the machine; one made on the day of the asking or later does not
count, so that nobody makes a second self for the purpose.
"""

from __future__ import annotations

from datetime import date

from secretariat.core.viewer import Viewer
from secretariat.directory.models import EmergencyAccess


def may_ask(viewer: Viewer) -> bool:
    """Ask to read a track in an emergency: an administrator."""
    return viewer.administers


def may_see(viewer: Viewer) -> bool:
    """See which accesses there were: administrators, and who keeps a track, that track's."""
    return viewer.administers or any(office.kind == "secretariat" for office in viewer.offices)


def may_confirm(viewer: Viewer, access: EmergencyAccess, *, administrator_since: date | None) -> bool:
    """Be the second person: never the first one, under whatever hat."""
    if viewer.person is None or viewer.person == access.person_id:
        return False
    named_before = administrator_since is not None and administrator_since < access.asked_at.date()
    return viewer.keeps(access.track_id) or (viewer.administers and named_before)


def may_end(viewer: Viewer, access: EmergencyAccess) -> bool:
    """End an access, or call off an asking: who keeps the track, and any administrator."""
    return viewer.administers or viewer.keeps(access.track_id)
