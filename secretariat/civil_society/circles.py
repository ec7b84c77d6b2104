"""Who reads a submission and its answers at each moment: the clauses of the two walls and of the door between them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from secretariat.core.labels import Addressee, Clause, Named
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track


def liaison(process: Process) -> Addressee:
    """The liaison officers of a process, as an addressee."""
    return Addressee(Named.LIAISON, process.id)


def inside(process: Process, network: Track) -> Clause:
    """What a network deliberates: itself, whoever else reads the text it is about."""
    return clauses.participants_of(process, network)


def being_drafted(process: Process, network: Track, organization: UUID | None) -> Clause:
    """A draft: the network's coordination, and the organization that drafts it."""
    drafting = [clauses.participant(organization)] if organization is not None else []
    return clauses.named(process, network, audience=[clauses.secretariat(network), *drafting])


def across(process: Process, network: Track, government: Track) -> Clause:
    """What was sent, and what was answered: the network, and of the governments' side those who answer."""
    door = [liaison(process), clauses.secretariat(government), clauses.chair(process.id)]
    return clauses.members_of(process, network, opened_to=door)


def being_answered(process: Process, government: Track, author: UUID | None, shown: Iterable[UUID] = ()) -> Clause:
    """A draft answer: whose it is, and the participants it was shown to because it tells of them."""
    own = clauses.participant(author) if author is not None else clauses.secretariat(government)
    return clauses.named(process, government, audience=[own, *map(clauses.participant, shown)])


def confided_to_coordination(process: Process, network: Track) -> list[Clause]:
    """The words of an input in confidence: who coordinates the network, in office and not in an emergency."""
    return [clauses.named(process, network, audience=[clauses.officers(network)])]


def confided_to_liaison(process: Process, government: Track, of: UUID) -> list[Clause]:
    """The same: the liaison officers of one government, and neither its focal points nor those of others."""
    return [
        clauses.named(process, government, audience=[liaison(process)]),
        clauses.named(process, government, audience=[clauses.participant(of)]),
    ]


def one_person(process: Process, side: Track, person: UUID) -> Clause:
    """Who confided it, and that a mail tells of it: one person, as long as that person holds the office."""
    return clauses.named(process, side, audience=[clauses.person(person)])


def own_of(process: Process, network: Track, organization: UUID) -> Clause:
    """What an organization keeps of what it confided: who represents it, and nobody else in the network."""
    return clauses.named(process, network, audience=[clauses.participant(organization)])
