"""Hats in words: whom one acts for, and as what, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import words
from secretariat.core.session import Reason, SystemSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory import emergencies
from secretariat.directory.models import Appointment, RoleName
from secretariat.directory.queries import serves
from secretariat.processes.models import Process, Track, TrackKind
from secretariat.processes.names import names_of

ROLE_WORDS = {
    RoleName.FOCAL_POINT: _l("Focal point"),
    RoleName.ALTERNATE: _l("Alternate focal point"),
    RoleName.COLLEAGUE: _l("Colleague of the focal point"),
    RoleName.CHAIR: _l("Chair"),
    RoleName.LIAISON_OFFICER: _l("Liaison officer for civil society"),
    RoleName.REPRESENTATIVE: _l("Representative"),
    RoleName.OFFICER: _l("Officer"),
    RoleName.CHAIRS_OFFICE: _l("Office of the Chair, serving as secretariat"),
    RoleName.COORDINATOR: _l("Coordinator"),
    RoleName.ADMINISTRATOR: _l("Administrator"),
    RoleName.PROTOCOL_OFFICER: _l("Protocol officer of the host"),
}
"""What one is appointed as, in words."""


@dataclass(frozen=True, slots=True)
class WornHat:
    """A hat in words: `words` for the head of a page ("Focal point, Guatemala"), `processes` where it acts."""

    hat: Hat
    words: str
    processes: tuple[str, ...]


def hats_in_words(session: Session, person: UUID, on: date, language: str) -> list[WornHat]:
    """Every hat this person may wear on a day, in words, sorted by them.

    Reads past the filter: one must be able to choose a hat before one reads under it. Only for the person itself.
    """
    with system_access(session, Reason.SIGN_IN) as system:
        held = list(system.scalars(select(Appointment).where(Appointment.person_id == person)))
        current = [one for one in held if serves(system, one, on)]
        hats = {one.acts_as for one in current}.union(emergencies.hats_of(system, person))
        names = _Names(system, hats, {one.process_id for one in current if one.process_id}, on, language)
        worn = [names.worn(hat, [one for one in current if one.acts_as == hat]) for hat in hats]
    return sorted(worn, key=lambda one: (one.words.casefold(), str(one.hat)))


def words_of(system: SystemSession, appointment: Appointment, language: str) -> str:
    """One appointment in words, held or ended: "Focal point, Guatemala"."""
    processes = {appointment.process_id} if appointment.process_id else set()
    return (
        _Names(system, {appointment.acts_as}, processes, appointment.since, language)
        .worn(appointment.acts_as, [appointment])
        .words
    )


class _Names:
    """Names of participants, tracks and processes, in a constant number of statements."""

    def __init__(
        self, system: SystemSession, hats: Iterable[Hat], processes: Iterable[UUID], on: date, language: str
    ) -> None:
        wanted = list(hats)
        of_a_track = (HatKind.SECRETARIAT, HatKind.EMERGENCY)
        tracks = [hat.id for hat in wanted if hat.kind in of_a_track and hat.id]
        self.tracks = {one.id: one for one in system.scalars(select(Track).where(Track.id.in_(tracks)))}
        needed = {*processes, *(one.process_id for one in self.tracks.values())}
        self.processes: dict[UUID, str] = {
            process.id: process.acronym
            for process in system.scalars(select(Process).where(Process.id.in_(sorted(needed, key=str))))
        }
        self.participants = names_of(
            system, [hat.id for hat in wanted if hat.kind is HatKind.PARTICIPANT], language=language, on=on
        )

    def worn(self, hat: Hat, held: Sequence[Appointment]) -> WornHat:
        acronyms = {self.processes[one.process_id] for one in held if one.process_id in self.processes}
        if hat.kind is HatKind.EMERGENCY and hat.id in self.tracks:
            acronyms.add(self.processes[self.tracks[hat.id].process_id])
        return WornHat(hat, self._words(hat, held), tuple(sorted(acronyms)))

    def _words(self, hat: Hat, held: Sequence[Appointment]) -> str:
        if hat.kind is HatKind.ADMINISTRATOR:
            return str(ROLE_WORDS[RoleName.ADMINISTRATOR])
        if hat.kind is HatKind.EMERGENCY and hat.id in self.tracks:
            return self._reading_in_emergency(self.tracks[hat.id])
        if hat.kind is HatKind.PROTOCOL:
            acronyms = {self.processes[one.process_id] for one in held if one.process_id in self.processes}
            return _("Protocol officer of the host, %(process)s", process=words.list_text(sorted(acronyms)))
        roles = [role for role in RoleName if any(one.role is role for one in held)]
        said = [str(ROLE_WORDS[one]) for one in roles]
        role = words.list_text([*said[:1], *(one[:1].lower() + one[1:] for one in said[1:])])
        if hat.kind is HatKind.SECRETARIAT and hat.id in self.tracks:
            process = self.processes.get(self.tracks[hat.id].process_id, "")
            if RoleName.COORDINATOR in roles:
                return _("Coordination of civil society beside the %(process)s", process=process)
            if RoleName.OFFICER not in roles and RoleName.CHAIRS_OFFICE in roles:
                return _("Office of the Chair, secretariat of the %(process)s", process=process)
            return _("%(process)s Secretariat, officer", process=process)
        name = self.participants.get(hat.id) if hat.id else None
        return _("%(role)s, %(participant)s", role=role, participant=name or "")

    def _reading_in_emergency(self, track: Track) -> str:
        process = self.processes.get(track.process_id, "")
        if track.kind is TrackKind.CIVIL_SOCIETY:
            return _("Emergency reading of civil society beside the %(process)s", process=process)
        return _("Emergency reading of the %(process)s", process=process)
