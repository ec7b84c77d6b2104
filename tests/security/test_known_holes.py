"""Every way SQLAlchemy offers to read, on rows its reader may not read.

With the filter on nothing comes out, on either database. With the filter switched off nothing comes out of PostgreSQL,
whose row-level security is the second wall; out of SQLite it does, which shows that these tests can see a leak. A
cleared reader finds the words by the same path, which shows that the paths lead there.
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, UnfilteredStatement, reading_as, system_unit
from secretariat.processes import clauses
from secretariat.processes.models import BodyMembership, Process, ProcessText, StandingKind, Track
from tests.security import worlds
from tests.security.databases import Shared
from tests.security.paths import PATHS, REFUSED, UNANSWERED, Path, Secrets

ON_EVERY_PATH = pytest.mark.parametrize("path", PATHS.values(), ids=list(PATHS))
ON_EVERY_REFUSED_PATH = pytest.mark.parametrize("path", REFUSED.values(), ids=list(REFUSED))

_made: dict[Engine, tuple[worlds.World, Secrets]] = {}


def _world(engine: Engine) -> tuple[worlds.World, Secrets]:
    if engine not in _made:
        _made[engine] = _make_world(engine)
    return _made[engine]


def _make_world(engine: Engine) -> tuple[worlds.World, Secrets]:
    world = worlds.found(engine)
    cleared = worlds.join(world, "cleared", StandingKind.MEMBER)
    worlds.join(world, "outsider", StandingKind.OBSERVER)
    secret = worlds.word()
    assert cleared.hat.id is not None
    with system_unit(engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, world.process)
        members_only = [clauses.members_of(process, session.get_one(Track, world.government))]
        text = ProcessText(process_id=process.id, kind=secret, body=LocalText.of(secret))
        worlds.put(session, text, members_only, container=process)
        body = worlds.own_body(session, world, secret, members_only)
        hidden = BodyMembership(body_id=body.id, participant_id=cleared.hat.id, name_text=secret)
        worlds.put(session, hidden, container=body)
        told = BodyMembership(body_id=body.id, participant_id=cleared.hat.id, name_text="told to all")
        everyone = [clauses.participants_of(process, session.get_one(Track, world.government))]
        worlds.put(session, told, everyone, container=body, widened=True)
        found = Secrets(process.id, world.government, text.id, body.id, told.id, hidden.id, cleared.hat.id, secret)
    return world, found


def _seen(engine: Engine, path: Path, reader: str) -> str:
    """All that a reader comes by on this path, as text; nothing of it is kept."""
    world, found = _world(engine)
    with reading_as(engine, world.viewer(reader), writes=True) as session:
        try:
            return repr(_words(path(session, found)))
        except UNANSWERED:
            return ""
        finally:
            session.rollback()


def _words(value: Any) -> Any:
    if isinstance(value, LocalText):
        return str(value)
    if isinstance(value, (list, tuple)) or hasattr(value, "_fields"):
        return [_words(one) for one in value]
    return value


@ON_EVERY_PATH
def test_hidden_words_do_not_come_out(walled: Engine, path: Path) -> None:
    secret = _world(walled)[1].secret
    assert secret not in _seen(walled, path, "outsider")


@ON_EVERY_PATH
def test_a_cleared_reader_finds_them_by_the_same_path(walled: Engine, path: Path) -> None:
    secret = _world(walled)[1].secret
    assert secret in _seen(walled, path, "cleared")


@ON_EVERY_REFUSED_PATH
def test_paths_past_the_filter_are_refused_to_everyone(walled: Engine, path: Path) -> None:
    for reader in ("outsider", "cleared"):
        with pytest.raises(UnfilteredStatement):
            _seen(walled, path, reader)


@pytest.mark.parametrize("path", [*PATHS.values(), *REFUSED.values()], ids=[*PATHS, *REFUSED])
def test_the_second_wall_stands_alone(shared_engines: Shared, path: Path, first_wall_off: None) -> None:
    engine = shared_engines.engine("postgresql")
    secret = _world(engine)[1].secret
    try:
        seen = _seen(engine, path, "outsider")
    except (UnfilteredStatement, DBAPIError, IntegrityError):
        return
    assert secret not in seen


@ON_EVERY_PATH
def test_these_tests_see_a_leak(shared_engines: Shared, path: Path, first_wall_off: None) -> None:
    engine = shared_engines.engine("sqlite")
    secret = _world(engine)[1].secret
    assert secret in _seen(engine, path, "outsider")


def test_one_statement_serves_two_readers_with_their_own_eyes(walled: Engine) -> None:
    """The compiled statement is cached; the reader is a bound value of it, not part of the text."""
    world, found = _world(walled)
    for reader, expected in (("cleared", [found.secret]), ("outsider", []), ("cleared", [found.secret])):
        with reading_as(walled, world.viewer(reader)) as session:
            assert _words(PATHS["entity"](session, found)) == expected


def test_a_session_never_changes_its_viewer(walled: Engine) -> None:
    world, _ = _world(walled)
    with reading_as(walled, world.viewer("outsider")) as session, pytest.raises(AttributeError):
        session.viewer = world.viewer("cleared")  # type: ignore[misc]


def test_a_key_that_is_taken_by_a_hidden_row_is_the_only_answer_the_database_gives(walled: Engine) -> None:
    """Primary keys collide whoever may see them; they are random, so nobody has one to try that was not given."""
    world, found = _world(walled)
    with reading_as(walled, world.viewer("outsider"), writes=True) as session:
        label = session.get_one(Process, world.process).label_id
        twin = ProcessText(id=found.text, process_id=world.process, kind="x", body=LocalText.of("x"), label_id=label)
        session.info["attached"] = {twin}
        session.add(twin)
        with pytest.raises(IntegrityError):
            session.flush()
