"""The read log: who has opened a thing for named readers, and what one has opened oneself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.confidentiality.views import blueprint
from secretariat.core import kinds, readings
from secretariat.core.kinds import Kind
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.order import collation_key
from secretariat.core.localtext import LocalText
from secretariat.core.readings import Visit
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import ContactCard
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.lists import pages_of
from secretariat.pages.unit import db
from secretariat.processes.models import Track, TrackKind
from secretariat.processes.names import names_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A line of one's own list."""

    at: datetime
    kind: Kind
    title: LocalText | str
    page: str | None
    as_paper: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """A line of the list of a thing: who, for whom, when."""

    at: datetime
    name: str
    side: str
    as_paper: bool


@blueprint.get("/readers/<thing_kind>/<uuid:thing_id>/log")
@permission("see who has opened a thing")
def log(thing_kind: str, thing_id: UUID) -> ResponseReturnValue:
    """For the secretariat of the track persons and hours; for whose paper it is the sides alone."""
    kind = kinds.by_name(thing_kind)
    thing = found(_things(kind, [thing_id]).get(thing_id) if kind is not None else None)
    assert kind is not None
    authorise(readings.tells(db(), thing))
    whole = readings.sees_visits(db(), thing)
    visits = readings.visits_of(db(), thing) if whole else []
    sides = _sides(readings.hats_that_opened(db(), thing) if not whole else {one.hat for one in visits})
    pages = pages_of(len(visits))
    return render_template(
        "confidentiality/log.html",
        thing=thing,
        kind=kind,
        title=kind.title(thing),
        page=kind.page(thing),
        whole=whole,
        readers=_readers(visits[pages.offset : pages.offset + pages.rows], sides),
        sides=sorted(set(sides.values()), key=lambda one: collation_key(current_reading().language.code, one)),
        pages=pages,
    )


@blueprint.get("/readers/own")
@signed_in
def own_reading() -> ResponseReturnValue:
    """What one has opened under the hat worn now, as far as one may still read it."""
    opened = _opened(readings.own_visits(db()))
    pages = pages_of(len(opened))
    return render_template(
        "confidentiality/own_reading.html", opened=opened[pages.offset : pages.offset + pages.rows], pages=pages
    )


def _opened(visits: Iterable[Visit]) -> list[Opened]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    visited = list(visits)
    for one in visited:
        wanted[one.thing_kind].add(one.thing_id)
    things = {name: _things(kinds.by_name(name), keys) for name, keys in sorted(wanted.items())}
    found_there = []
    for one in visited:
        kind, thing = kinds.by_name(one.thing_kind), things[one.thing_kind].get(one.thing_id)
        if kind is not None and thing is not None:
            found_there.append(Opened(one.at, kind, kind.title(thing), kind.page(thing), one.as_paper))
    return found_there


def _things(kind: Kind | None, keys: Iterable[UUID]) -> dict[UUID, Any]:
    """The things of a kind with these keys, as far as the reader reads them."""
    if kind is None:
        return {}
    model = kind.model
    return {one.id: one for one in db().scalars(select(model).where(model.id.in_(sorted(keys, key=str))))}


def _readers(visits: list[Visit], sides: dict[Hat, str]) -> list[Reader]:
    persons = sorted({one.person for one in visits}, key=str)
    cards = select(ContactCard.person_id, ContactCard.name).where(ContactCard.person_id.in_(persons))
    names = {one.person_id: one.name for one in db().execute(cards)}
    return [Reader(one.at, names.get(one.person, ""), sides[one.hat], one.as_paper) for one in visits]


def _sides(hats: Iterable[Hat]) -> dict[Hat, str]:
    """For whom one acts under each hat, in words."""
    worn = set(hats)
    names = names_of(db(), [one.id for one in worn if one.kind is HatKind.PARTICIPANT])
    kept = [one.id for one in worn if one.kind is HatKind.SECRETARIAT]
    tracks = {one.id: one.kind for one in db().execute(select(Track.id, Track.kind).where(Track.id.in_(kept)))}
    return {one: _side(one, names, tracks) for one in worn}


def _side(hat: Hat, names: Any, tracks: dict[UUID, TrackKind]) -> str:
    if hat.id in names:
        return str(names[hat.id])
    if hat.kind is HatKind.EMERGENCY:
        return _("an emergency access")
    if hat.kind is HatKind.PROTOCOL:
        return _("the host of the meeting")
    if hat.id is not None and tracks.get(hat.id) is TrackKind.CIVIL_SOCIETY:
        return _("the coordination of the network")
    return _("the Secretariat")
