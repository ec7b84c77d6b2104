"""Under which labels appointments, contact cards and numbers stand.

Members only, as the directory of a process is; and whoever it is about, with the people of the same participant, reads
it too, so that an observer's focal point is not hidden from himself. The secretariat's own people are known to all
participants: they are whom one writes to. A host's protocol officer acts for one meeting and no participant, and is
known to the secretariat and to who keeps the same list.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from secretariat.core.labels import Clause
from secretariat.core.viewer import Hat, HatKind
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track


class SharedWith(StrEnum):
    """Who sees a number, as its owner chose."""

    DIRECTORY = "directory"  # whoever sees the name
    SECRETARIAT = "secretariat"  # the secretariat of the track, and its owner


class Beyond(StrEnum):
    """What civil society sees of a number of a liaison officer, as its owner chose."""

    COORDINATION = "coordination"  # who coordinates the network
    NETWORK = "network"  # its organizations too
    NOBODY = "nobody"


def beyond_of(chosen: str | None, shared_with: SharedWith) -> Beyond:
    """What its owner chose; unless anything was said, what is seen with the name goes to the coordination and no
    further, and what is for the Secretariat alone nowhere."""
    if chosen:
        return Beyond(chosen)
    return Beyond.COORDINATION if shared_with is SharedWith.DIRECTORY else Beyond.NOBODY


def listing_clause(process: Process, network: Track, person: UUID) -> Clause:
    """Who reads that there is a liaison officer on a network's side: the network as it reads its own people, and the
    officer."""
    return clauses.members_of(process, network, opened_to=[clauses.person(person)])


def listed_number_clauses(process: Process, network: Track, person: UUID, beyond: Beyond) -> list[Clause]:
    """The clauses of a number beside those of its listing."""
    if beyond is Beyond.NETWORK:
        return []
    return [clauses.named(process, network, audience=[clauses.secretariat(network), clauses.person(person)])]


def directory_clause(process: Process, track: Track, hat: Hat, person: UUID) -> Clause:
    """Who reads an appointment under this hat, and the contact card of its person."""
    if hat.kind is HatKind.SECRETARIAT:
        return clauses.participants_of(process, track)
    if hat.kind is HatKind.PROTOCOL and hat.id is not None:
        return clauses.named(process, track, audience=[clauses.secretariat(track), clauses.protocol(hat.id)])
    own = [clauses.person(person)]
    if hat.id is not None:
        own.append(clauses.participant(hat.id))
    return clauses.members_of(process, track, opened_to=own)


def number_clauses(process: Process, track: Track, person: UUID, shared_with: SharedWith) -> list[Clause]:
    """The clauses of a number beside its card's: none where it is seen with the name."""
    if shared_with is SharedWith.DIRECTORY:
        return []
    return [clauses.named(process, track, audience=[clauses.secretariat(track), clauses.person(person)])]
