"""Counts of what is stored of each process, past the filter: for who runs the installation, values only.

Of bodies, meetings and outcomes it is told apart what the process's file told at its last load, and what was made here
since: in use, or for the demonstration.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from secretariat.core.dates import passed
from secretariat.core.session import SystemSession
from secretariat.meetings.models import Meeting, Outcome
from secretariat.processes.models import Body, Participant, ParticipantKind, Participation, Process, StandingKind
from secretariat.reference.facts import Fact
from secretariat.reference.models import LoadedFile

OTHER_WORDS = {
    StandingKind.PARTICIPANT: "participant",
    StandingKind.PARTNER_FOR_ACTIVITIES: "for activities",
    StandingKind.INVITED_AD_HOC: "ad hoc",
    StandingKind.CANDIDATE: "candidate",
    StandingKind.SUSPENDED: "suspended",
    StandingKind.FORMER: "former",
}


@dataclass(frozen=True, slots=True)
class Made:
    """How many of a kind are stored: told by the process's file, and made here."""

    told: int
    here: int

    def __str__(self) -> str:
        return f"{self.told} (and {self.here} made here)" if self.here else str(self.told)


@dataclass(frozen=True, slots=True)
class ProcessCounts:
    """How much there is of one process today. `others` counts standings beside member, observer and partner by name."""

    slug: str
    members: int
    territories: int
    observers: int
    partners: int
    others: tuple[tuple[str, int], ...]
    unnamed_groups: int
    bodies: Made
    meetings: Made
    outcomes: Made

    @property
    def members_text(self) -> str:
        return f"{self.members} ({self.territories} territories)" if self.territories else str(self.members)

    @property
    def others_text(self) -> str:
        return ", ".join(f"{count} {words}" for words, count in self.others) or "-"

    def line(self) -> str:
        """One line for a person."""
        return (
            f"{self.slug}: members {self.members_text}, observers {self.observers}, partners {self.partners}, "
            f"other named {self.others_text}, unnamed groups {self.unnamed_groups}, bodies {self.bodies}, "
            f"meetings {self.meetings}, outcomes {self.outcomes}"
        )


def process_counts(session: SystemSession, on: date) -> list[ProcessCounts]:
    """Counts of every process on a day, in a constant number of statements. What has ended does not count."""
    standings: dict[UUID, Counter[StandingKind]] = {}
    territories: Counter[UUID] = Counter()
    groups: Counter[UUID] = Counter()
    rows = session.execute(
        select(
            Participation.process_id,
            Participation.standing,
            Participation.participant_id,
            Participation.until,
            Participant.kind,
        ).outerjoin(Participant, Participation.participant_id == Participant.id)
    )
    for process, standing, participant, until, kind in rows:
        if passed(until, on):
            continue
        if participant is None:
            groups[process] += 1
            continue
        standings.setdefault(process, Counter())[standing] += 1
        territories[process] += standing is StandingKind.MEMBER and kind is ParticipantKind.TERRITORY
    bodies, meetings, outcomes = (_by_process(session, kind) for kind in (Body, Meeting, Outcome))
    told = _told(session)
    return [
        ProcessCounts(
            slug=slug,
            members=standings.get(key, Counter())[StandingKind.MEMBER],
            territories=territories[key],
            observers=standings.get(key, Counter())[StandingKind.OBSERVER],
            partners=standings.get(key, Counter())[StandingKind.PARTNER],
            others=tuple(
                (words, standings[key][standing])
                for standing, words in OTHER_WORDS.items()
                if key in standings and standings[key][standing]
            ),
            unnamed_groups=groups[key],
            bodies=_made(bodies.get(key, 0), told[key]["body"]),
            meetings=_made(meetings.get(key, 0), told[key]["meeting"]),
            outcomes=_made(outcomes.get(key, 0), told[key]["outcome"]),
        )
        for key, slug in session.execute(select(Process.id, Process.slug).order_by(Process.slug))
    ]


def _told(session: SystemSession) -> dict[UUID, Counter[str]]:
    """How many facts of each kind the file of each process told."""
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for process, facts in session.execute(select(LoadedFile.process_id, LoadedFile.facts)):
        found[process] = Counter(Fact.from_json(one).kind for one in facts)
    return found


def _made(stored: int, told: int) -> Made:
    return Made(min(stored, told), max(stored - told, 0))


def _by_process(session: SystemSession, kind: type[Body] | type[Meeting] | type[Outcome]) -> dict[UUID, int]:
    counted = select(kind.process_id, func.count(kind.id)).group_by(kind.process_id)
    return dict(session.execute(counted).all())
