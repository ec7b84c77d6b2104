"""Packs of papers: a file with words in it, for the officer who asked and nobody else."""

import secrets

from secretariat.core import clock
from secretariat.meetings.models import Meeting
from secretariat.packs.models import Pack, PackForm
from tests.security.canaries.world import Plot, plants


@plants(Pack, inside=Meeting, spots=(), why_unseen="shown to who asked for it alone, whatever its label")
def pack(plot: Plot) -> Pack:
    """Its words stand in the file itself."""
    officer = plot.world.officials["officer"]
    assert officer is not None
    key, content = secrets.token_hex(16), plot.word().encode()
    plot.world.files[key] = content
    return Pack(
        meeting_id=plot.inside.id,
        person_id=officer.person,
        hat=str(officer.hat),
        language="en",
        form=PackForm.ZIP,
        asked_at=clock.now(),
        made_at=clock.now(),
        parts={},
        key=key,
        size=len(content),
    )
