"""The phase of governance of a commitment: an aid of the secretariat's own work, and no word of the participant.

The phases are those of the literature on consultative processes, in which the reference data name outcomes too.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.languages import lazy_gettext as _l
from secretariat.plans.models import Commitment


class Phase(StrEnum):
    """Where in the making of policy a commitment does its work."""

    AGENDA_SETTING = "agenda-setting"
    CONSENSUS_BUILDING = "consensus-building"
    POLICY_CHANGE = "policy-change"


PHASES = {
    Phase.AGENDA_SETTING: _l("Agenda-setting"),
    Phase.CONSENSUS_BUILDING: _l("Consensus-building"),
    Phase.POLICY_CHANGE: _l("Policy change"),
}


class CommitmentPhase(Addressable, Labelled, Versioned, Base):
    """The phase the secretariat has put a commitment under. Read by the officers of its track alone: what they think of
    a commitment stands in no list, report or count of anybody else."""

    __tablename__ = "commitment_phases"
    container = "commitment"
    commitment_id: Mapped[UUID] = mapped_column(ForeignKey("commitments.id"), unique=True)
    phase: Mapped[Phase]
    commitment: Mapped[Commitment] = relationship()
