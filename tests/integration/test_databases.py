from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from config import Settings
from secretariat.core import ddl
from secretariat.core.database import Base, make_engine
from secretariat.core.localtext import LocalText
from secretariat.core.schema import alembic_config
from secretariat.core.session import Reason, system_unit
from secretariat.meetings import queries, service
from secretariat.meetings.models import DelegateRole
from secretariat.models import every_model
from secretariat.processes.models import Body, Participant, Process, Track
from tests.factories import people
from tests.factories.meetings import acting, scheduled
from tests.factories.processes import body, small_world
from tests.support import databases


def test_each_test_has_every_table(engine: Engine) -> None:
    every_model()

    names = {name for name in inspect(engine).get_table_names() if not name.startswith("search_words")}
    assert names - {"alembic_version"} == {*Base.metadata.tables}


def test_the_product_is_bound_by_row_security_where_there_is_any(engine: Engine, settings: Settings) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            assert connection.execute(text("SELECT current_user")).scalar() == settings.database_role
            assert ddl.role_problem(engine, settings.database_role) is None


def test_an_error_of_the_database_repeats_no_words(engine: Engine) -> None:
    """It goes into the log of the machine, with its hour; the words may be what somebody said at a meeting."""
    with pytest.raises(DBAPIError) as raised, engine.connect() as connection:
        connection.execute(text("SELECT 1 FROM not_there WHERE x = :words"), {"words": "What Guatemala said"})
    assert "Guatemala" not in str(raised.value)


def test_what_the_server_has_prepared_outlives_a_rollback(engine: Engine) -> None:
    """A unit of work that only reads ends with one; without this every page would be planned anew."""
    if engine.dialect.name != "postgresql":
        return  # SQLite keeps its statements with the connection
    for _ in range(8):
        with engine.connect() as connection:
            connection.execute(text("SELECT 'asked again and again'"))
            connection.rollback()
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT statement FROM pg_prepared_statements")).scalars().all()
    assert "SELECT 'asked again and again'" in kept


WALL = text(
    "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, p.policyname, p.cmd, p.qual, p.with_check"
    " FROM pg_class c LEFT JOIN pg_policies p ON p.tablename = c.relname"
    " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'alembic_version'"
)


def test_migrations_build_the_same_second_wall_as_the_models(database_url: str) -> None:
    """What is tested everywhere else is made from the models; what people run is made by the migrations."""
    if not database_url.startswith("postgresql"):
        return  # SQLite has one wall
    migrated_url = databases.empty("wall")
    try:
        command.upgrade(alembic_config(migrated_url), "head")
        assert _wall(migrated_url) == _wall(database_url)
    finally:
        databases.drop(migrated_url)


def test_what_stands_there_is_given_the_latest_generation_its_label_knows(engine: Engine, database_url: str) -> None:
    """A database of before things kept the generation they were made in."""
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        session.get_one(Process, world.id["process"]).generation += 2
    with system_unit(engine, Reason.REFERENCE) as session:
        later = body(session, session.get_one(Track, world.id["government"]), "Made later").id
    kept = _generations(engine)
    assert kept[later] == 3
    assert kept[world.id["steering"]] == 1
    engine.dispose()
    command.downgrade(alembic_config(database_url), "0008_nonces_digested")
    command.upgrade(alembic_config(database_url), "head")
    assert _generations(engine) == kept


def test_meetings_that_stand_there_are_kept(engine: Engine, database_url: str) -> None:
    """Of before agendas had parts: on SQLite tables are made anew under rows that point to them."""
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        track = session.get_one(Track, world.id["government"])
        officer = people.officer(session, track)
        focal = people.focal_point(session, track, session.get_one(Participant, world.id["gt"]))
    with acting(engine, officer) as session:
        meeting = scheduled(session, "rcx")
        service.add_item(session, meeting, service.ItemWords(title=LocalText.of("An item")))
        service.invite(session, meeting, [world.id["gt"]])
        key = meeting.id
    with acting(engine, focal) as session:
        own = queries.own_invitation(session, key, world.id["gt"])
        assert own is not None
        service.add_delegate(session, own, service.DelegateWords(name="A person", role=DelegateRole.HEAD))
    kept = _counted(engine)
    assert {"meetings", "agenda_items", "invitations", "delegates"} <= {name for name, count in kept.items() if count}
    engine.dispose()
    command.downgrade(alembic_config(database_url), "0009_generation_of_things")
    command.upgrade(alembic_config(database_url), "head")
    assert _counted(engine) == kept


def _counted(engine: Engine) -> dict[str, int]:
    names = ("meetings", "meeting_notices", "agenda_items", "invitations", "delegates", "outcomes", "bodies")
    with system_unit(engine, Reason.REFERENCE, writes=False) as session:
        return {
            name: session.connection().execute(select(func.count()).select_from(text(name))).scalar_one()
            for name in names
        }


def _generations(engine: Engine) -> dict[UUID, int]:
    with system_unit(engine, Reason.REFERENCE, writes=False) as session:
        return {row.id: row.made_in_generation for row in session.scalars(select(Body))}


def _wall(url: str) -> set[tuple[object, ...]]:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = {tuple(row) for row in connection.execute(WALL)}
    engine.dispose()
    return found
