from sqlalchemy import Engine, inspect, text

from config import Settings
from secretariat.core import ddl
from secretariat.core.database import Base
from secretariat.models import every_model


def test_each_test_has_every_table(engine: Engine) -> None:
    every_model()

    assert {*inspect(engine).get_table_names()} - {"alembic_version"} == {*Base.metadata.tables}


def test_the_product_is_bound_by_row_security_where_there_is_any(engine: Engine, settings: Settings) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            assert connection.execute(text("SELECT current_user")).scalar() == settings.database_role
            assert ddl.role_problem(engine, settings.database_role) is None
