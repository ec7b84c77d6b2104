"""A world that is put into a second database by its statements alone is the world that was made."""

from __future__ import annotations

import pytest
import time_machine
from sqlalchemy import Engine, text

from secretariat.core.database import Base, is_postgresql
from tests.integration.meetings.conftest import made_stage
from tests.support import kept

first: dict[str, dict[str, list[str]]] = {}


def rows(engine: Engine) -> dict[str, list[str]]:
    with engine.begin() as connection:
        if is_postgresql(connection):
            connection.execute(text("SELECT set_config('secretariat.system', 'on', true)"))
        tables = Base.metadata.tables.items()
        return {name: sorted(map(str, connection.execute(table.select()))) for name, table in tables}


@pytest.mark.parametrize("time", ["first", "second"])
def test_row_by_row(engine: Engine, time: str) -> None:
    made = kept.once("the world of this test", engine, lambda: made_stage(engine))
    made.focal.clear()
    found = rows(engine)
    before = first.setdefault(engine.dialect.name, found)
    assert found == before
    assert sum(map(len, found.values())) > 100


def test_one_dictionary_is_not_shared_and_a_moved_clock_makes_another(engine: Engine) -> None:
    name = "the world of two tests"
    one = kept.once(name, engine, lambda: made_stage(engine))
    assert kept._of_its_own(one).focal is not one.focal
    with time_machine.travel("2031-05-05T12:00:00Z"):
        assert kept._is_moved()
    assert not kept._is_moved()
