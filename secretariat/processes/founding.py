"""Beginning a process: its name, its sides, on what it rests. All else its secretariat does on its own pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from secretariat.core import audit
from secretariat.core.database import new_key
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import administrators
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.processes import clauses, policy
from secretariat.processes.models import Process, Track, TrackKind

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60
NOT_A_SLUG = frozenset({"appointments", "cards", "numbers", "own", "new"})
"""Words that stand in the place of a process in addresses."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What is said of a process when it begins. `network` is the name of a civil-society side, where there is one."""

    slug: str
    acronym: str
    name: LocalText
    languages: tuple[str, ...]
    zone: str
    source: str
    network: LocalText | None = None


def found(session: ViewerSession, founding: Founding) -> UUID:
    """Begin a process, with the governments' side and perhaps one of civil society; the key of the governments' track.

    An administrator's act, which gives the administrator nothing: its participants read it, and its first officer
    keeps it. Raises NotAllowed, Refused (an address that is taken or none).
    """
    require(policy.may_found(session.viewer))
    if not SLUG.fullmatch(founding.slug) or len(founding.slug) > LONGEST_SLUG or founding.slug in NOT_A_SLUG:
        raise Refused(_("Use small letters, figures and hyphens, for example rcm or bali-process"), "slug")
    with system_access(session, Reason.ADMINISTRATION) as system:
        if system.scalar(select(Process.id).where(Process.slug == founding.slug)) is not None:
            raise Refused(_("Another process has this address already; choose another"), "slug")
        process, tracks = _made(system, founding)
        government = tracks[0]
        keepers = clauses.named(process, government, audience=[clauses.secretariat(government)])
        for chain, clause in (
            (audit.chain_name(process.slug, government.slug), keepers),
            ("installation", administrators()),
        ):
            audit.record(
                system, "process founded", chain=chain, clauses=[clause], subject=process,
                content={"slug": process.slug, "source": founding.source},
            )  # fmt: skip
        return government.id


def add_network(session: ViewerSession, process: Process, name: LocalText, decision: str) -> str:
    """Give a process a civil-society side, or one more, by the members' decision; its word in addresses.

    Who enters it gains nothing there: an administrator names its first coordinator. What is said of the process itself
    is read by its organizations from then on, as where the process began with a network. Raises NotAllowed, Refused.
    """
    require(policy.may_add_network(session.viewer, process))
    if not decision.strip():
        raise Refused(_("Name the decision of the members, for example RCM/VM/2026/4, paragraph 3."), "decision")
    with system_access(session, Reason.ADMINISTRATION) as system:
        again = system.get_one(Process, process.id, with_for_update=True)
        there = system.scalars(select(Track).where(Track.process_id == again.id).order_by(Track.position)).all()
        if _is_called(there, name):
            raise Refused(_("A side of this process has this name already; choose another"), "network")
        networks = [one for one in there if one.kind is TrackKind.CIVIL_SOCIETY]
        slug = f"civil-society-{len(networks) + 1}" if networks else "civil-society"
        made = _side(TrackKind.CIVIL_SOCIETY, slug, name, max(one.position for one in there) + 1)
        made.process_id = again.id
        attach(system, made, container=again)
        system.flush()
        if not again.public_page:
            relabel(system, again, [clauses.participants_of(again, *there, made)], why=decision.strip()[:500])
        government = next(one for one in there if one.kind is TrackKind.GOVERNMENT)
        keepers = clauses.named(again, government, audience=[clauses.secretariat(government)])
        for chain, clause in (
            (audit.chain_name(again.slug, government.slug), keepers),
            ("installation", administrators()),
        ):
            audit.record(
                system, "network added", chain=chain, clauses=[clause], subject=again,
                content={"slug": again.slug, "network": slug, "decision": decision.strip()[:500]},
            )  # fmt: skip
    session.expire(process)
    return slug


def _is_called(tracks: Iterable[Track], name: LocalText) -> bool:
    """Whether a side has one of these names, in whichever language."""
    wanted = {one.strip().casefold() for one in name.texts.values()}
    return any(one.strip().casefold() in wanted for track in tracks for one in track.name.texts.values())


def _made(system: SystemSession, founding: Founding) -> tuple[Process, list[Track]]:
    process = Process(
        id=new_key(),
        slug=founding.slug,
        acronym=founding.acronym,
        name=founding.name,
        languages=list(founding.languages),
        zone=founding.zone,
        source={"document": founding.source},
        generation=1,
    )
    tracks = [_side(TrackKind.GOVERNMENT, "government", _governments(founding.languages), 1)]
    if founding.network:
        tracks.append(_side(TrackKind.CIVIL_SOCIETY, "civil-society", founding.network, 2))
    attach(system, process, [clauses.participants_of(process, *tracks)])
    system.flush()
    for track in tracks:
        track.process_id = process.id
        attach(system, track, container=process)
    system.flush()
    return process, tracks


def _side(kind: TrackKind, slug: str, name: LocalText, position: int) -> Track:
    return Track(id=new_key(), kind=kind, slug=slug, name=name, position=position)


def _governments(languages: tuple[str, ...]) -> LocalText:
    known = {"en": "Governments", "es": "Gobiernos", "fr": "Gouvernements", "ar": "الحكومات"}
    texts = {language: known[language] for language in languages if language in known} or {"en": known["en"]}
    return LocalText(texts, next(iter(texts)))
