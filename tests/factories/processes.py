"""A small world of processes: one process with two tracks, members, an observer, a partner and three bodies.

    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        chair = world.chair.participant
    home = world.id["gt"], world.id["government"], world.id["steering"]

Mapped objects are for use inside the unit of work; `world.id` holds the keys of all of them for afterwards (`network`
is the track, `network_body` its body). Names are those of real states, because names are what lists are sorted by;
nothing else said of them is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.database import new_key
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach
from secretariat.core.languages import LANGUAGES
from secretariat.core.languages.order import ranks
from secretariat.core.localtext import LocalText
from secretariat.processes.clauses import participants_of
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participant,
    ParticipantKind,
    ParticipantName,
    Participation,
    Process,
    StandingKind,
    Track,
    TrackKind,
)

STATES = {
    "bz": ("Belize", "Belice", "Belize", "بليز"),
    "gt": ("Guatemala", "Guatemala", "Guatemala", "غواتيمالا"),
    "hn": ("Honduras", "Honduras", "Honduras", "هندوراس"),
    "mx": ("Mexico", "México", "Mexique", "المكسيك"),
    "co": ("Colombia", "Colombia", "Colombie", "كولومبيا"),
    "es": ("Spain", "España", "Espagne", "إسبانيا"),
}

M = TypeVar("M", bound=Any)


@dataclass
class World:
    """What `small_world` made."""

    process: Process
    government: Track
    network: Track
    member: dict[str, Participant] = field(default_factory=dict)
    observer: dict[str, Participant] = field(default_factory=dict)
    partner: dict[str, Participant] = field(default_factory=dict)
    organization: dict[str, Participant] = field(default_factory=dict)
    participation: dict[str, Participation] = field(default_factory=dict)
    body: dict[str, Body] = field(default_factory=dict)
    chair: ChairTerm | None = None
    id: dict[str, UUID] = field(default_factory=dict)


def small_world(session: Session, slug: str = "rcx") -> World:
    """A process `slug` with members Belize, Guatemala, Honduras, Mexico; Colombia observes, IOM is a partner.

    Bodies: `plenary` (everyone's), `steering` (Guatemala and Mexico members, IOM observer; Guatemala chairs), `network`
    of the civil-society track, in which two organizations (`house`, `road`) are members.
    """
    process, government, network = process_with_tracks(session, slug)
    world = World(process, government, network)
    for key in ("bz", "gt", "hn", "mx"):
        world.member[key] = state(session, key, slug)
        world.participation[key] = participation(session, government, world.member[key], StandingKind.MEMBER)
    world.observer["co"] = state(session, "co", slug)
    world.participation["co"] = participation(session, government, world.observer["co"], StandingKind.OBSERVER)
    world.partner["iom"] = organization(session, f"{slug}-iom", "International Organization for Migration")
    world.participation["iom"] = participation(session, government, world.partner["iom"], StandingKind.PARTNER)
    for key, name in (("house", "House of the Migrant"), ("road", "Road Without Borders")):
        world.organization[key] = organization(session, f"{slug}-{key}", name, ParticipantKind.NGO)
        world.participation[key] = participation(session, network, world.organization[key], StandingKind.MEMBER)
    world.body["plenary"] = body(session, government, "Vice-Ministerial Meeting", kind="ministerial", level="political")
    world.body["steering"] = body(session, government, "Steering Group", kind="steering-group", own=True)
    world.body["network"] = body(session, network, "Network of Organizations", kind="civil-society-network")
    for one, role in (
        (world.member["gt"], "member"),
        (world.member["mx"], "member"),
        (world.partner["iom"], "observer"),
    ):
        body_membership(session, world.body["steering"], one, role)
    world.chair = chair_term(session, government, world.member["gt"], body=world.body["steering"])
    session.flush()
    for things in (world.member, world.observer, world.partner, world.organization, world.body):
        world.id.update((key, thing.id) for key, thing in things.items())
    world.id["network_body"] = world.body["network"].id
    world.id |= {"process": process.id, "government": government.id, "network": network.id, "chair": world.chair.id}
    return world


def process_with_tracks(session: Session, slug: str = "rcx", **fields: Any) -> tuple[Process, Track, Track]:
    """A process readable by its participants, with the governments' track and one of civil society."""
    fields.setdefault(
        "name", LocalText({"en": f"Regional Conference {slug}", "es": f"Conferencia Regional {slug}"}, "en")
    )
    process = _made(Process(slug=slug, acronym=slug.upper(), **fields))
    government = _made(
        Track(
            process=process, kind=TrackKind.GOVERNMENT, slug="government", name=LocalText.of("Governments"), position=1
        )
    )
    network = _made(
        Track(
            process=process,
            kind=TrackKind.CIVIL_SOCIETY,
            slug="network",
            name=LocalText.of("Civil society"),
            position=2,
        )
    )
    attach(session, process, [participants_of(process, government, network)])
    attach(session, government, [participants_of(process, government, network)], container=process)
    attach(session, network, [participants_of(process, government, network)], container=process)
    session.flush()
    return process, government, network


def state(session: Session, iso: str, prefix: str = "rcx") -> Participant:
    """A state by its ISO code in small letters, with names in four languages. `prefix` keeps several worlds apart."""
    texts = dict(zip(("en", "es", "fr", "ar"), STATES[iso], strict=True))
    return _participant(session, f"{prefix}-{iso}", ParticipantKind.STATE, texts, iso.upper())


def organization(
    session: Session, key: str, name: str, kind: ParticipantKind = ParticipantKind.INTERNATIONAL_ORGANIZATION
) -> Participant:
    """An organization with its name in English."""
    return _participant(session, key, kind, {"en": name}, None)


def participation(
    session: Session, track: Track, participant: Participant, standing: StandingKind, **fields: Any
) -> Participation:
    """A participant's standing on a track; `since` and `until` may be written as text."""
    made = _made(
        Participation(process=track.process, track=track, participant=participant, standing=standing, **_dated(fields))
    )
    return _attached(session, made, track)


def body(
    session: Session, track: Track, name: str, *, kind: str = "working-group", own: bool = False, **fields: Any
) -> Body:
    """A body on a track; `own` gives it a membership of its own."""
    rule = BodyMembershipRule.OWN if own else BodyMembershipRule.PROCESS
    made = _made(
        Body(process=track.process, track=track, name=LocalText.of(name), kind=kind, membership=rule, **_dated(fields))
    )
    return _attached(session, made, track)


def body_membership(
    session: Session, body: Body, participant: Participant, role: str = "member", **fields: Any
) -> BodyMembership:
    """A participant in a body of its own membership."""
    made = _made(BodyMembership(body=body, participant=participant, role=role, **_dated(fields)))
    attach(session, made, [participants_of(body.process, body.track)], container=body)
    return made


def chair_term(
    session: Session,
    track: Track,
    participant: Participant,
    *,
    body: Body | None = None,
    role: str = "chair",
    **fields: Any,
) -> ChairTerm:
    """Who chairs the process, or a body."""
    made = _made(ChairTerm(process=track.process, body=body, participant=participant, role=role, **_dated(fields)))
    return _attached(session, made, track)


def _participant(
    session: Session, key: str, kind: ParticipantKind, texts: dict[str, str], iso: str | None
) -> Participant:
    made = _made(Participant(key=key, kind=kind, iso=iso, aliases=[]))
    for language, name in texts.items():
        made.names.append(ParticipantName(language=language, name=name, origin="factory", ranks=_places(name)))
    session.add(made)
    return made


def _places(name: str) -> dict[str, int]:
    """Places in the lists of this small world: after all states that sort before."""
    return {
        language: sum(1 for known in STATES.values() if ranks({"a": known[0], "b": name}, language)["b"] == 2)
        for language in LANGUAGES
    }


def _attached(session: Session, made: M, track: Track) -> M:
    attach(session, made, [participants_of(track.process, track)], container=track.process)
    return made


def _made(thing: M) -> M:
    """With the id it will have, so that clauses can name it before it is flushed."""
    if thing.id is None:
        thing.id = new_key()
    return thing


def _dated(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: PartialDate.parse(value) if name in ("since", "until") and value is not None else value
        for name, value in fields.items()
    }
