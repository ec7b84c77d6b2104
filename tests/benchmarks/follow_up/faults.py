"""Rounds of reminders while everything that can die does: what reached the recipients is counted at the relay.

A run is lost for the product if a recipient has fewer digests than there were rounds (`lost`), one of them twice
(`doubled`), or two in one window (`crowded`).
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from queue import Empty, Queue
from threading import Thread, Timer
from typing import Any
from uuid import UUID

from kombu.exceptions import OperationalError as NoBroker
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from secretariat.broker import make_sender
from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up.models import Digest
from secretariat.mail import queries, service
from secretariat.mail.models import MailState, OutboxMessage
from tests.benchmarks.follow_up.crew import Crew
from tests.benchmarks.follow_up.ground import FIRST_ROUND, ROUND_DAYS, Ground, Sink
from tests.factories.meetings import acting

SECONDS_A_ROUND = 900
SECONDS_BETWEEN_ACTS = 1.0
SECONDS_OF_SILENCE = 60.0
SECONDS_BETWEEN_SWEEPS = 3.0
SECONDS_BETWEEN_SCANS = 15.0
"""Beside the beats, so that a round need not wait for them."""


@dataclass(frozen=True)
class Mischief:
    """What is done to the product over a run; the relay makes difficulties of `trouble` mails in a hundred."""

    kills: int
    freezes: int = 0
    restarts: int = 0
    jumps: int = 0
    trouble: float = 3.0
    seed: int = 1

    def of_round(self, number: int, rounds: int) -> list[str]:
        """The acts of one round, in the order in which they happen."""
        acts = [
            *["kill"] * _share(self.kills, number, rounds),
            *["freeze"] * _share(self.freezes, number, rounds),
            *["restart broker", "restart database"] * _share(self.restarts, number, rounds),
        ]
        random.Random(self.seed * 1000 + number).shuffle(acts)
        return acts + ["three days on"] * _share(self.jumps, number, rounds)


def _share(total: int, number: int, rounds: int) -> int:
    return total * (number + 1) // rounds - total * number // rounds


@dataclass
class Outcome:
    """What was found at the end, and what had been done."""

    expected: int
    lost: int = 0
    doubled: int = 0
    crowded: int = 0
    given_way: int = 0
    """Sent again by an officer after a later digest had asked the same, and left out for it."""
    held: int = 0
    settled: int = 0
    seconds: float = 0.0
    megabytes: float = 0.0
    done: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)


class Run:
    """One run on prepared ground."""

    def __init__(self, laid: Ground, crew: Crew, sink: Sink, mischief: Mischief, rounds: int) -> None:
        self.laid, self.crew, self.sink, self.mischief, self.rounds = laid, crew, sink, mischief, rounds
        self.outcome = Outcome(len(laid.addresses) * rounds)
        self._send = make_sender(laid.settings)
        self._wanted: Queue[str] = Queue(1)
        self._chance = random.Random(mischief.seed)
        self._frozen: list[Timer] = []
        self._seen: Counter[str] | None = None
        self._moved_at = time.monotonic()
        Thread(target=self._listen, daemon=True).start()

    def go(self, log: Callable[[str], None] = lambda _line: None) -> Outcome:
        """Round after round; what was left undone in one is done in the next."""
        started, acts = time.monotonic(), []
        for number in range(self.rounds):
            self.laid.set_clock(max(FIRST_ROUND + timedelta(days=ROUND_DAYS * number), clock.now()))
            acts += self.mischief.of_round(number, self.rounds)
            in_time = self._round(number, acts)
            log(f"round {number + 1} of {self.rounds}: {dict(self._states())}, {dict(self.outcome.done)}")
            if not in_time:
                break
        for one in self._frozen:
            one.join()
        self.outcome.seconds = time.monotonic() - started
        self.outcome.megabytes = self.crew.megabytes()
        if self.laid.settings.mail_evidence_log is None:
            self._settle_by_hand()
        reckon(self.outcome, self.laid, self.rounds)
        return self.outcome

    def _round(self, number: int, acts: list[str]) -> bool:
        end, next_act, asked_at, scanned_at = time.monotonic() + SECONDS_A_ROUND, 0.0, 0.0, 0.0
        while not self._over(number):
            now = time.monotonic()
            if now > end:
                return False
            self.crew.revive()
            if acts and now > next_act and self._act(acts[0]):
                acts.pop(0)
                next_act = now + SECONDS_BETWEEN_ACTS
            if now > scanned_at + SECONDS_BETWEEN_SCANS:
                scanned_at = now
                self._ask("worker.tasks.follow_up")
            if now > asked_at + SECONDS_BETWEEN_SWEEPS:
                asked_at = now
                self._ask("worker.tasks.sweep_outbox")
                self._repair()
                self._pass_the_time()
            time.sleep(0.1)
        return True

    # --- mischief -------------------------------------------------------------------------------------------------

    def _act(self, act: str) -> bool:
        """Do it, or see that it is done to the next client of the relay; False where one is waited for already."""
        if act in ("kill", "freeze"):
            if self._wanted.full():
                return False
            self._wanted.put(act)
            self.sink.hold()
            return True
        if act == "restart broker":
            self.laid.broker.restart()
        elif act == "restart database":
            self.laid.database.restart()
        else:
            self.laid.set_clock(clock.now() + timedelta(days=3))
        self.outcome.done[act] += 1
        return True

    def _listen(self) -> None:
        while line := self.sink.heard():
            said, port, place = line.split(" ", 2)
            if said == "held":
                self._strike(int(port), place)
            else:
                self.outcome.done["died in flight"] += 1

    def _strike(self, port: int, place: str) -> None:
        try:
            act = self._wanted.get_nowait()
        except Empty:
            return
        found = self.crew.at(port)
        if found is None:
            self.outcome.done["nobody there"] += 1
            return
        member, pid = found
        if act == "freeze":
            for one in member.pids:
                os.kill(one, signal.SIGSTOP)
            thaw = Timer(self.laid.settings.mail_lease_seconds * 1.3, _thaw, [member.pids])
            self._frozen.append(thaw)
            thaw.start()
        elif pid != member.process.pid and self._chance.random() < 0.5:
            os.kill(pid, signal.SIGKILL)  # the child alone; its parent starts another
        else:
            self.crew.kill(member)
        self.outcome.done[act] += 1
        self.outcome.done[f"{act}: {place}"] += 1

    # --- what goes on meanwhile -----------------------------------------------------------------------------------

    def _ask(self, task: str) -> None:
        with suppress(NoBroker, OSError):
            self._send(task, [])

    def _states(self) -> Counter[str]:
        with system_unit(self.laid.engine, Reason.MAIL, writes=False) as session:
            rows = session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state))
            return Counter({state.value: count for state, count in rows})

    def _states_or_none(self) -> Counter[str] | None:
        try:
            return self._states()
        except DBAPIError:
            return None

    def _over(self, number: int) -> bool:
        wanted = len(self.laid.addresses) * (number + 1)
        ends = {MailState.SENT.value}
        if self.laid.settings.mail_evidence_log is None:
            ends.add(MailState.IN_DOUBT.value)
        try:
            states = self._states()
            if sum(states.values()) < wanted or not set(+states) <= ends:
                return False
            with system_unit(self.laid.engine, Reason.FOLLOW_UP, writes=False) as session:
                return (session.scalar(select(func.count()).select_from(Digest)) or 0) >= wanted
        except DBAPIError:
            return False

    def _pass_the_time(self) -> None:
        """Where all there is to do comes later, it is later; where nothing has moved for long, a few hours later."""
        states = self._states_or_none()
        if states != self._seen:
            self._seen, self._moved_at = states, time.monotonic()
        with suppress(DBAPIError), system_unit(self.laid.engine, Reason.MAIL, writes=False) as session:
            busy = session.scalar(
                select(func.count()).where(OutboxMessage.state.in_((MailState.LEASED, MailState.IN_DOUBT)))
            )
            first: datetime | None = session.scalar(
                select(func.min(OutboxMessage.next_attempt_at)).where(OutboxMessage.state == MailState.WAITING)
            )
            if not busy and first is not None and first > clock.now():
                self.laid.set_clock(first + timedelta(seconds=1))
            elif not busy and first is None and time.monotonic() - self._moved_at > SECONDS_OF_SILENCE:
                self._moved_at = time.monotonic()
                self.laid.set_clock(clock.now() + timedelta(hours=6))  # a quiet day, or past somebody's hours

    def _repair(self) -> None:
        """An officer sends again what the relay refused for good."""
        self._by_hand(MailState.DEAD, lambda session, one: service.send_again(session, session.viewer, one))

    def _settle_by_hand(self) -> None:
        """Without evidence an officer rings: what has arrived is said to have, what has not is sent again."""
        self.outcome.held = self._states()[MailState.IN_DOUBT.value]
        arrived = {one["id"] for one in taken(self.laid)}

        def settle(session: Any, one: OutboxMessage) -> None:
            if one.message_id in arrived:
                service.settle_as_sent(session, session.viewer, one)
            else:
                service.send_again(session, session.viewer, one)

        self.outcome.settled = self._by_hand(MailState.IN_DOUBT, settle)
        end = time.monotonic() + SECONDS_A_ROUND
        over = {one.value for one in (MailState.SENT, MailState.IN_DOUBT, MailState.SKIPPED)}
        while set(+self._states()) - over and time.monotonic() < end:
            self.crew.revive()
            self._ask("worker.tasks.sweep_outbox")
            self._repair()
            self._pass_the_time()
            time.sleep(1)

    def _by_hand(self, state: MailState, act: Callable[[Any, OutboxMessage], None]) -> int:
        """Do something to every mail of a state that officers are shown as needing a person; how many they were."""
        assert state in queries.NEEDS_A_PERSON
        count = 0
        with suppress(DBAPIError):
            if not self._states()[state.value]:
                return 0
            for officer in self.laid.officers.values():
                with acting(self.laid.engine, officer) as session:
                    for one in session.scalars(select(OutboxMessage).where(OutboxMessage.state == state)).all():
                        act(session, one)
                        count += 1
        return count


def _thaw(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def taken(laid: Ground) -> list[dict[str, str]]:
    """Every mail the relay took, in order."""
    path = laid.folder / "taken.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def reckon(outcome: Outcome, laid: Ground, rounds: int) -> None:
    """Hold what the relay took against what was to come: one digest for each recipient in each round."""
    came = taken(laid)
    by_address: dict[str, set[str]] = {address: set() for address in laid.addresses}
    for one in came:
        by_address[one["to"]].add(one["id"])
    outcome.doubled = len(came) - len({one["id"] for one in came})
    outcome.doubled += sum(max(0, len(ids) - rounds) for ids in by_address.values())
    outcome.given_way = _given_way(laid, {one["id"] for one in came})
    outcome.lost = sum(max(0, rounds - len(ids)) for ids in by_address.values()) - outcome.given_way
    with system_unit(laid.engine, Reason.MAIL, writes=False) as session:
        rows = session.execute(
            select(OutboxMessage.message_id, OutboxMessage.state, Digest.series_id, Digest.window).outerjoin(
                Digest, Digest.mail_id == OutboxMessage.id
            )
        ).all()
    window = {row.message_id: (row.series_id, row.window) for row in rows}
    windows = Counter(window.get(message) for ids in by_address.values() for message in ids)
    outcome.crowded = sum(count - 1 for count in windows.values())
    outcome.ends = Counter(row.state.value for row in rows)


def _given_way(laid: Ground, arrived: Container[str]) -> int:
    """Digests left out because a later one of their series, which arrived, asked the same."""
    with system_unit(laid.engine, Reason.MAIL, writes=False) as session:
        rows = session.execute(
            select(Digest.series_id, Digest.window, OutboxMessage.state, OutboxMessage.message_id).join(
                OutboxMessage, OutboxMessage.id == Digest.mail_id
            )
        ).all()
    latest: dict[UUID, date] = {}
    for row in rows:
        if row.message_id in arrived:
            latest[row.series_id] = max(row.window, latest.get(row.series_id, row.window))
    return sum(row.state is MailState.SKIPPED and row.window < latest.get(row.series_id, row.window) for row in rows)
