"""Beginning a process: its name, its sides, on what it rests. All else its secretariat does on its own pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from secretariat.core import audit
from secretariat.core.database import new_key
from secretariat.core.labelling import attach
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
