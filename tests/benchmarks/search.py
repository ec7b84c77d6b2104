"""What a search costs in an installation with 10,000 entries, half of them not the reader's, on both databases.

`search_ms_p50`, `search_floor_ratio`: a word that some three hundred of the reader's things have, the first page; the
latter is processor time of web and database for one request over that of the floor (`tests.benchmarks.floor`).
`search_common_ms_p50`: a word that more have than are looked at (`search.queries.MOST`). `search_queries`: statements
of the page, which are as many where one thing is found as where three hundred are; where they are not, nothing is
reported. On PostgreSQL with `_postgresql` behind each name.
"""

from __future__ import annotations

from sqlalchemy import func, select

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.meetings.models import Outcome, OutcomeState
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track, TrackKind
from secretariat.search.models import SearchEntry
from secretariat.web import create_app
from tests.benchmarks import reading, running
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import FLOOR, prepared
from tests.benchmarks.meetings import SLUG, Ground, people_of
from tests.factories import people
from tests.factories.people import PASSWORD
from tests.support.sql import statements_sent

ENTRIES, AT_ONCE = 10_000, 500
SEEN = ("shelter", "return", "border", "document", "family", "health", "school", "labour", "visa", "permit", "transit")
RARE, SOME, COMMON = "lighthouse", "corridor", "protocol"


def measure(report: Report) -> None:
    for kind, suffix in (("sqlite", ""), ("postgresql", "_postgresql")):
        with prepared(kind) as environ:
            ground = people_of(environ)
            _fill(ground)
            reader = next(iter(ground.focal.values()))
            report.figure(f"search_queries{suffix}", _statements(ground, reader), "count")
            with running.serving(FLOOR, environ) as served:
                cookie = reading.cookie_of(served, reader.email, PASSWORD)
                pages = {SOME: f"/search?q={SOME}", COMMON: f"/search?q={COMMON}", "floor": "/floor/"}
                found = reading.costs(served, pages, cookie)
            report.figure(f"search_ms_p50{suffix}", found[SOME].ms_p50, "ms")
            report.figure(f"search_floor_ratio{suffix}", found[SOME].ratio_to(found["floor"]), "ratio")
            report.figure(f"search_common_ms_p50{suffix}", found[COMMON].ms_p50, "ms")
            ground.engine.dispose()


def _fill(ground: Ground) -> None:
    """Outcomes until there are so many entries: every second one for the secretariat alone."""
    with system_unit(ground.engine, Reason.REFERENCE) as session:
        there = session.scalar(select(func.count(SearchEntry.id))) or 0
    for begin in range(there, ENTRIES, AT_ONCE):
        with system_unit(ground.engine, Reason.REFERENCE) as session:
            process = session.scalars(select(Process).where(Process.slug == SLUG)).one()
            of = Track.process_id == process.id, Track.kind == TrackKind.GOVERNMENT
            track = session.scalars(select(Track).where(*of)).one()
            for number in range(begin, min(begin + AT_ONCE, ENTRIES)):
                clause = clauses.members_of(process, track)
                if number % 2:
                    clause = clauses.named(process, track, audience=[clauses.secretariat(track)])
                outcome = Outcome(
                    process_id=process.id,
                    track_id=track.id,
                    position=number,
                    kind="recommendation",
                    text=LocalText({"en": _words(number), "es": f"Recomendación {number} sobre la migración"}, "en"),
                    state=OutcomeState.CONFIRMED,
                    confirmed_at=clock.now(),
                )
                attach(session, outcome, [clause], container=process)


def _words(number: int) -> str:
    told = [SEEN[(number // 2 + step) % len(SEEN)] for step in range(0, 9, 2)]
    often = [SOME] if number % 32 < 2 else []
    once = [RARE] if number == ENTRIES - 2 else []
    return f"Recommends {number} on a {COMMON} of " + " and ".join([*told, *often, *once])


def _statements(ground: Ground, reader: people.Official) -> int:
    app = create_app(ground.settings)
    client = people.sign_in(app, reader)
    counted = {}
    for word in (RARE, SOME):
        for _again in range(3):
            client.get(f"/search?q={word}")
        with statements_sent() as sent:
            page = client.get(f"/search?q={word}&lang=en")
        if page.status_code != 200 or "found." not in page.text:
            raise ValueError(f"{word} is not found")
        counted[word] = len(sent)
    app.extensions["engine"].dispose()
    if len({*counted.values()}) != 1:
        raise ValueError(f"the number of statements grows with what is found: {counted}")
    return counted[SOME]
