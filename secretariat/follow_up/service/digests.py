"""What is asked in one digest, written down with its mail in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from secretariat.core.labelling import attach
from secretariat.core.session import SystemSession
from secretariat.core.viewer import Hat
from secretariat.follow_up import manner as manners
from secretariat.follow_up import planner, queries
from secretariat.follow_up.models import (
    UNSENT,
    Digest,
    DigestKind,
    DigestSeries,
    Reminder,
)
from secretariat.follow_up.planner import Due
from secretariat.follow_up.service.recipients import Recipient, items_awaited, locked_series, where_of
from secretariat.mail import outbox
from secretariat.processes.models import Process, Track

NOTICE = "digest"
ROUND_DAYS = 7


def put(system: SystemSession, series: DigestSeries, window: date, due: Sequence[Due], kind: DigestKind) -> Digest:
    """Write down what is asked, and put the mail into the outbox: one transaction, unique by window and by reminder."""
    line = "" if kind in UNSENT else series.personal_line
    digest = Digest(series_id=series.id, window=window, kind=kind, personal_line=line)
    digest.series = series
    attach(system, digest, container=series)
    system.flush()
    write_down(system, series, digest, due)
    if kind not in UNSENT:
        series.personal_line = ""
        digest.mail_id = outbox.put(
            system,
            NOTICE,
            key=_key_of(series, due),
            process=system.get_one(Process, series.process_id),
            track=system.get_one(Track, series.track_id),
            person=series.person_id,
            hat=Hat.parse(series.hat),
            subject={"digest": digest.id},
        )
    system.flush()
    return digest


def write_down(system: SystemSession, series: DigestSeries, digest: Digest, due: Iterable[Due]) -> None:
    for one in due:
        system.add(
            Reminder(
                digest_id=digest.id,
                person_id=series.person_id,
                hat=series.hat,
                kind=one.item.kind,
                subject_id=one.item.subject,
                step=one.step.name,
                cycle=one.item.cycle,
            )
        )


def count_as_asked(system: SystemSession, who: Recipient, subjects: Collection[UUID]) -> int:
    """What of these things is due within the week was asked in a call: those steps are not asked by mail, and a wish to
    be rung is met; how many steps."""
    manner, series = manners.read(system, who.process, who.track), locked_series(system, who)
    series.ring_asked_at, series.ring_word = None, ""
    today = where_of(system, who, manner).now.date()
    asked = queries.histories(system, [series])[series.id].asked
    week = [today + timedelta(ahead) for ahead in range(ROUND_DAYS + 1)]
    due = []
    for item in items_awaited(system, who, manner):
        if {item.subject, *item.earlier}.isdisjoint(subjects):
            continue
        steps = (planner.due_step(item, manner.rules, day, asked) for day in week)
        if (step := next((one for one in steps if one is not None), None)) is not None:
            due.append(Due(item, step))
    digest = digest_of(system, series, today)
    if due and digest is None:
        put(system, series, today, due, DigestKind.BY_CALL)
    elif due and digest is not None:
        write_down(system, series, digest, due)
        system.flush()
    return len(due)


def _key_of(series: DigestSeries, due: Iterable[Due]) -> str:
    """What makes the mail unique: of whom what is asked, which no two digests have in common. It holds no id and no day
    of this digest's own, so that a scan of a restored database that finds the same due makes the same mail."""
    asked = sorted(f"{one.item.kind} {one.item.subject} {one.step.name} {one.item.cycle}" for one in due)
    whose = f"{series.person_id} {series.hat} {series.process_id} {series.track_id}"
    return f"{NOTICE}:{hashlib.sha256(chr(10).join([whose, *asked]).encode()).hexdigest()}"


def digest_of(system: SystemSession, series: DigestSeries, window: date) -> Digest | None:
    return system.scalar(select(Digest).where(Digest.series_id == series.id, Digest.window == window))
