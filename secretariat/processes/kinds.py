"""What of a process a person meets: the process itself, its sides, participants, bodies, chairs, texts.

What is said of a process as a whole is the paper of its governments' secretariat, which keeps it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from secretariat.core.kinds import ByHand, Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.localtext import LocalText
from secretariat.processes import words
from secretariat.processes.models import (
    Body,
    BodyMembership,
    ChairTerm,
    Participation,
    Phase,
    Pillar,
    Process,
    ProcessText,
    SecretariatHost,
    Track,
    TrackKind,
)
from secretariat.processes.names import name_of


def keeper_of(session: Session, process: UUID) -> Origin:
    """The secretariat of the governments' track: whose paper is what is said of the process as a whole."""
    tracks = session.scalars(
        select(Track).where(Track.process_id == process, Track.kind == TrackKind.GOVERNMENT).order_by(Track.position)
    ).first()
    return Origin(OriginKind.SECRETARIAT, tracks.id if tracks is not None else process)


def page_of(process: Process | None) -> str | None:
    """The page of a process, where the reader may see it."""
    return f"/processes/{process.slug}/" if process is not None else None


def participant_name(thing: Any, process: UUID | None, otherwise: str = "") -> str:
    """The participant a thing is about, or the name the source gives where it is none."""
    session = object_session(thing)
    return (name_of(session, thing.participant_id, process=process) if session is not None else "") or otherwise


def _of_process(session: Session, thing: Any) -> Origin:
    return keeper_of(session, thing.process_id)


def _of_track(_session: Session, thing: Any) -> Origin:
    return Origin(OriginKind.SECRETARIAT, thing.track_id)


def _page(thing: Any) -> str | None:
    return page_of(thing.process)


def _page_of_body(body: Body | None) -> str | None:
    return f"/processes/{body.process.slug}/bodies/{body.id}" if body is not None and body.process is not None else None


def _page_of_participation(one: Participation) -> str | None:
    if one.process is None or one.participant_id is None:
        return page_of(one.process)
    return f"/processes/{one.process.slug}/participants/{one.participant_id}"


def _origin_of_membership(session: Session, one: BodyMembership) -> Origin:
    body = session.scalar(select(Body).where(Body.id == one.body_id))
    return Origin(OriginKind.SECRETARIAT, body.track_id if body is not None else one.body_id)


def _origin_of_term(session: Session, one: ChairTerm) -> Origin:
    body = session.scalar(select(Body).where(Body.id == one.body_id)) if one.body_id else None
    return Origin(OriginKind.SECRETARIAT, body.track_id) if body is not None else keeper_of(session, one.process_id)


def _text_title(one: ProcessText) -> str:
    return words.word(words.TEXTS, one.kind)


def _name(one: Any) -> LocalText:
    named: LocalText = one.name
    return named


register(
    Kind(
        Process,
        lazy_pgettext("kind of thing", "Process"),
        lambda one: one.acronym,
        page_of,
        lambda session, one: keeper_of(session, one.id),
    )
)
register(
    Kind(
        Track,
        _l("Side of a process"),
        _name,
        _page,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.id),
    )
)
register(Kind(ProcessText, _l("Text on a process"), _text_title, _page, _of_process, ByHand()))
register(Kind(Pillar, lazy_pgettext("kind of thing", "Pillar"), _name, _page, _of_process, ByHand()))
register(Kind(Phase, lazy_pgettext("kind of thing", "Phase"), _name, _page, _of_process, ByHand()))
register(
    Kind(
        SecretariatHost,
        _l("Host of a secretariat"),
        lambda one: participant_name(one, one.process_id, one.name_text),
        _page,
        _of_process,
    )
)
register(
    Kind(
        Participation,
        lazy_pgettext("kind of thing", "Standing"),
        lambda one: participant_name(one, one.process_id, one.name_at_the_time or one.category),
        _page_of_participation,
        _of_track,
    )
)
register(Kind(Body, lazy_pgettext("kind of thing", "Body"), _name, _page_of_body, _of_track))
register(
    Kind(
        BodyMembership,
        _l("Membership in a body"),
        lambda one: participant_name(one, one.body.process_id if one.body else None, one.name_text),
        lambda one: _page_of_body(one.body),
        _origin_of_membership,
    )
)
register(
    Kind(
        ChairTerm,
        _l("Term of the chair"),
        lambda one: participant_name(one, one.process_id, one.name_text),
        _page,
        _origin_of_term,
    )
)
