from sqlalchemy import Engine, inspect, text

from secretariat.core.database import Base
from tests.support import databases


def test_each_test_has_every_table(engine: Engine) -> None:
    assert sorted(inspect(engine).get_table_names()) == sorted(Base.metadata.tables)


def test_the_product_is_bound_by_row_security_where_there_is_any(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            assert connection.execute(text("SELECT current_user")).scalar() == databases.ROLE
            assert databases.ddl.role_problem(engine, databases.ROLE) is None
