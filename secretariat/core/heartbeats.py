"""When each standing part of the product was last seen alive."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, insert, select, update

from secretariat.core import clock
from secretariat.core.models import Heartbeat


def give(engine: Engine, name: str) -> None:
    """Note that the part of this name is alive now, in a transaction of its own."""
    with engine.execution_options(writes=True).begin() as connection:
        seen = connection.execute(update(Heartbeat).where(Heartbeat.name == name).values(at=clock.now()))
        if seen.rowcount == 0:
            connection.execute(insert(Heartbeat).values(name=name, at=clock.now()))


def last(engine: Engine, name: str) -> datetime | None:
    """When the part of this name was last seen alive; None if never."""
    with engine.execution_options(writes=False).begin() as connection:
        at: datetime | None = connection.execute(select(Heartbeat.at).where(Heartbeat.name == name)).scalar()
        return at
