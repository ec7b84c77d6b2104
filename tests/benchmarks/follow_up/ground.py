"""Processes with participants, a focal point each, and one commitment of each that is asked after in every round.

Each round is a week. The first is on a Tuesday shortly before summer time begins in North America and in Europe, so
that the rounds go over both.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, select

from config import PROJECT_ROOT, Settings, load_settings
from secretariat import registers
from secretariat.core import clock
from secretariat.core.database import make_engine
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import service as follow_up
from secretariat.follow_up.planner import Rules
from secretariat.models import every_model
from secretariat.plans import service as plans
from secretariat.plans.models import Commitment, CommitmentState, Plan
from secretariat.processes.models import Process, StandingKind, Track
from tests.benchmarks import running
from tests.benchmarks.follow_up import servers
from tests.factories import mail, people
from tests.factories import processes as made
from tests.factories.meetings import acting
from tests.factories.people import Official
from tests.support.ports import free_port

FIRST_ROUND = datetime(2027, 3, 2, 13, 0, tzinfo=UTC)
ROUND_DAYS = 7
IN_A_PROCESS = 20
SENDING_HOUR = 8
ZONES = ("America/Panama", "America/New_York", "Europe/Madrid", "Africa/Cairo", "UTC")
LANGUAGES = ("en", "es", "fr", "ar")
LEASE_SECONDS = 10.0
"""Scaled down with all that hangs on it: the product waits a fifth of it for the relay, the relay half of it for a
silent client."""
SECRET = "of the bench alone, which nobody else ever sees"


@dataclass
class Ground:
    """An installation of the bench's own. `addresses` are those of the recipients; `officers` one of each process."""

    folder: Path
    environ: dict[str, str]
    settings: Settings
    engine: Engine
    database: servers.Server
    broker: servers.Server
    addresses: list[str]
    officers: dict[UUID, Official]

    @property
    def clock_file(self) -> Path:
        return self.folder / "clock_offset"

    def set_clock(self, to: datetime) -> None:
        """Move the clock of everybody who reads the file; it never goes back."""
        ahead = (to - datetime.now(UTC)).total_seconds()
        draft = self.clock_file.with_suffix(".draft")
        draft.write_text(str(ahead))
        draft.replace(self.clock_file)


@contextmanager
def ground(
    folder: Path,
    database: str,
    broker: str,
    *,
    recipients: int,
    rounds: int,
    evidence: bool = True,
    lease: float = LEASE_SECONDS,
) -> Iterator[Ground]:
    """The installation, peopled, its clock at the first round. Raises servers.Missing."""
    every_model()
    registers.fill()
    (folder / "data").mkdir(exist_ok=True)
    with servers.database(database, folder) as data, servers.broker(broker, folder) as messages:
        environ = running.plain_environ() | {
            "ENVIRONMENT": "test",
            "DATA_ROOT": str(folder / "data"),
            "DATABASE_URL": data.url,
            "BROKER_URL": messages.url,
            "SECRET_KEY": SECRET,
            "MAIL_PORT": str(free_port()),
            "MAIL_TIMEOUT_SECONDS": str(lease / 5),
            "MAIL_LEASE_SECONDS": str(lease),
            "CLOCK_OFFSET_FILE": str(folder / "clock_offset"),
            "LOG_LEVEL": "warning",
            "PYTHONPATH": str(PROJECT_ROOT),
        }
        if evidence:
            environ["MAIL_EVIDENCE_LOG"] = str(folder / "relay.log")
        settings = load_settings(environ)
        engine = make_engine(settings.database_url, settings.role_of_database)
        laid = Ground(folder, environ, settings, engine, data, messages, [], {})
        laid.set_clock(FIRST_ROUND)
        clock.configure(laid.clock_file)
        try:
            for number in range(-(-recipients // IN_A_PROCESS)):
                of_this = min(IN_A_PROCESS, recipients - number * IN_A_PROCESS)
                _process(laid, number, of_this, rounds)
            yield laid
        finally:
            clock.configure(None)
            engine.dispose()


def _process(laid: Ground, number: int, recipients: int, rounds: int) -> None:
    with system_unit(laid.engine, Reason.REFERENCE) as session:
        process, track, _network = made.process_with_tracks(session, f"p{number}")
        officer = people.officer(session, track)
        participants = []
        for place in range(recipients):
            one = made.organization(session, f"p{number}-{place}", f"Participant {number}-{place}")
            made.participation(session, track, one, StandingKind.MEMBER)
            address = f"p{number}-{place}@ministry.example"
            mail.reader_of(
                session, track, one, address=address, language=LANGUAGES[place % 4], zone=ZONES[place % len(ZONES)]
            )
            participants.append(one.id)
            laid.addresses.append(address)
        keys = process.id, track.id
    laid.officers[keys[0]] = officer
    with acting(laid.engine, officer) as session:
        process = session.scalars(select(Process).where(Process.id == keys[0])).one()
        track = session.scalars(select(Track).where(Track.id == keys[1])).one()
        follow_up.set_policy(session, session.viewer, process, track, manner(rounds))
        plan = plans.begin_plan(session, session.viewer, process, track, LocalText.of(f"Plan {number}"))
        activity = plans.add_activity(
            session, session.viewer, plan, LocalText.of("Exchange figures"),
            above=plans.add_objective(
                session, session.viewer, plan, LocalText.of("Reliable information"),
                above=plans.add_area(session, session.viewer, plan, LocalText.of("Policy")),
            ),
        )  # fmt: skip
        plans.adopt_plan(session, session.viewer, plan, clock.today() - timedelta(days=100))
        for place, participant in enumerate(participants):
            commit(session, plan, activity, participant, place, due_on=FIRST_ROUND.date())


def manner(rounds: int) -> follow_up.Manner:
    """A policy that asks in each of so many rounds, a week apart."""
    rules = Rules(
        before_due=(),
        after_due=tuple(ROUND_DAYS * number for number in range(rounds)),
        apart=1,
        most_a_quarter=90,
        grace=60,
    )
    return follow_up.Manner(rules, sending_hour=SENDING_HOUR, quiet_holidays=False)


def commit(session, plan: Plan, activity, participant: UUID, number: int, due_on) -> Commitment:  # type: ignore[no-untyped-def]
    """An accepted commitment, entered directly."""
    one = Commitment(
        plan=plan,
        area_id=activity.area_id,
        objective_id=activity.objective_id,
        activity_id=activity.id,
        part_number=activity.number,
        place=activity.place,
        number=number + 1,
        participant_id=participant,
        state=CommitmentState.ACCEPTED,
        words=LocalText.of(f"Publish the figures of region {number} in the shared format, month by month"),
        due_on=due_on,
        accepted_at=clock.now() - timedelta(days=90),
    )
    attach(session, one, [plans.members_clause(plan)], container=plan)
    return one


class Sink:
    """The relay's process, and what it says."""

    def __init__(self, laid: Ground, seed: int, trouble: float) -> None:
        idle = laid.settings.mail_lease_seconds / 2
        given = [str(laid.settings.mail_port), str(laid.folder), str(seed), str(trouble), str(idle)]
        self.folder = laid.folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.follow_up.sink", *given],
            cwd=PROJECT_ROOT, env=laid.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip
        if self.heard() != "ready":
            raise RuntimeError("the relay did not start")

    def hold(self) -> None:
        """Have it hold the next client."""
        assert self.process.stdin is not None
        self.process.stdin.write("hold\n")
        self.process.stdin.flush()

    def heard(self) -> str:
        """The next line it says; waits for it."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def stop(self) -> None:
        """End it."""
        with self.process:  # which closes what it says too
            assert self.process.stdin is not None
            self.process.stdin.close()
            self.process.wait(30)
