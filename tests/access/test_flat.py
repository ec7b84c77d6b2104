"""Things made from columns: read under the filter like every other, and nothing more than was read."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import DetachedInstanceError

from secretariat.core.flat import Flat, read_flat
from secretariat.core.session import reading_as
from secretariat.processes.models import Body, Process, StandingKind
from tests.access.test_labelling import body, own, product
from tests.security import worlds
from tests.security.worlds import World, put


def test_a_thing_made_from_columns_is_what_was_read_and_no_more(world: World) -> None:
    worlds.join(world, "member", StandingKind.MEMBER)
    worlds.join(world, "observer", StandingKind.OBSERVER)
    with product(world) as session:
        hidden = put(session, body(world), [own(world)]).id
    flat = Flat(Body, without=[Body.note])
    asked = select(*flat.columns).where(Body.id == hidden)
    with reading_as(world.engine, world.viewer("observer")) as session:
        assert session.execute(asked).first() is None
    with reading_as(world.engine, world.viewer("member")) as session:
        row = session.execute(asked).one()
        made = flat.made(session, row)
        loaded = session.get_one(Body, hidden)
        assert made is not None
        assert (made.id, made.name, made.label_id, made.kind) == (loaded.id, loaded.name, loaded.label_id, loaded.kind)
        assert made not in session
        for name in ("note", "process", "memberships"):
            with pytest.raises(DetachedInstanceError):
                getattr(made, name)
        made.abbreviation = "changed"
        session.flush()
        assert session.execute(select(Body.abbreviation).where(Body.id == hidden)).scalar() != "changed"
        assert read_flat(session, Body, hidden) is made
        assert read_flat(session, Process, hidden) is None
        assert flat.made(session, [None] * len(flat.columns)) is None
