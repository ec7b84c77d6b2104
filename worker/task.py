"""What every task stands on: the installation's settings and database, and - for most - one unit of work."""

from typing import Any, ClassVar

from celery import Task
from sqlalchemy import Engine

from config import Settings
from secretariat.core import after_commit
from secretariat.core.database import make_engine
from secretariat.core.session import Reason, system_unit


class ProductTask(Task):  # type: ignore[misc]
    """A task with the product at hand. Its engine is made on first use, in the process that runs the task."""

    abstract = True

    @property
    def settings(self) -> Settings:
        settings: Settings = self.app.settings
        return settings

    @property
    def engine(self) -> Engine:
        if self.app.engine is None:
            self.app.engine = make_engine(self.settings.database_url, self.settings.role_of_database)
        engine: Engine = self.app.engine
        return engine


class UnitOfWork(ProductTask):
    """A task whose function is given a session before its ids: committed when it returns, rolled back when it raises.

        @shared_task(base=UnitOfWork, bind=True, reason=Reason.FOLLOW_UP, name="worker.tasks.scan")
        def scan(self, session): ...

    What the work asked to start afterwards is started once it is committed.
    """

    abstract = True
    typing = False  # the session is given here, so whoever sends the task gives one argument less
    reason: ClassVar[Reason]

    def __call__(self, *ids: str) -> Any:
        with system_unit(self.engine, self.reason) as session:
            result = self.run(session, *ids)
        after_commit.run(session)
        return result
