"""What the two sides of the demonstration tell each other of their days: the days they meet, and a session together."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import select

from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.meetings import joint_queries
from secretariat.meetings import service as meetings
from secretariat.meetings.service import joint
from secretariat.processes.models import Track

ASSEMBLY = LocalText({"en": "Assembly of the network", "es": "Asamblea de la red"}, "es")
TOGETHER = LocalText({"en": "Common space: return with dignity", "es": "Espacio común: el retorno digno"}, "es")
ABOUT = LocalText(
    {
        "en": "How families are received at the desks of the member states.",
        "es": "Cómo se recibe a las familias en los puestos de los Estados miembros.",
    },
    "es",
)
PLACE = LocalText({"en": "Panama City", "es": "Ciudad de Panamá"}, "es")
ZONE = "America/Panama"


def publish(session: ViewerSession, track: UUID) -> None:
    """By the office of either side: the other is told on which days it meets."""
    meetings.publish_busy_days(session, _track(session, track), publish=True)


def assemble(session: ViewerSession, track: UUID, on: date) -> None:
    """By the coordination: the network meets on this day and the next."""
    own = _track(session, track)
    particulars = meetings.Particulars(
        title=ASSEMBLY, starts_on=on, ends_on=on + timedelta(days=1), zone=ZONE, begins=time(9), ends=time(16),
        place=PLACE, languages=("es",),
    )  # fmt: skip
    meetings.announce_meeting(session, meetings.schedule_meeting(session, own.process, own, particulars))


def propose(session: ViewerSession, track: UUID, other: UUID, on: date) -> UUID:
    """By the coordination: a session both sides hold together."""
    own = _track(session, track)
    given = joint.JointWords(
        title=TOGETHER, held_on=on, begins=time(14, 30), ends=time(16), zone=ZONE, about=ABOUT, place=PLACE
    )
    return joint.propose_joint(session, own.process, own, other, given).id


def agree(session: ViewerSession, track: UUID, key: UUID) -> None:
    """By the Secretariat, which was asked."""
    one = joint_queries.session_by_id(session, key)
    if one is None:
        raise LookupError("the session that was proposed is not there for the Secretariat")
    joint.agree_to_joint(session, one, _track(session, track))


def _track(session: ViewerSession, key: UUID) -> Track:
    return session.scalars(select(Track).where(Track.id == key)).one()
