"""What the page of a meeting costs, and how long fifty invitations take.

`meeting_page_ms_p50`, `meeting_page_ms_p95`: a meeting of 60 agenda items, 30 documents and 11 delegations, read by a
member. `meeting_page_large_ms_p50`: one of 60 items, 200 documents in three languages and 50 delegations of six.
`meeting_page_floor_ratio` (goal 5) and `meeting_page_large_floor_ratio` (goal 20): processor time of web and database
for one request over that of the floor (`tests.benchmarks.floor`, `floor_ms_p50` in the same run).
`meeting_page_queries`: statements of the page, which are as many for 60 items as for one; where they are not, nothing
is measured. `invite_50_seconds`: from the press of the button to fifty mails at the relay, through the real worker and
SMTP, in an installation that has nothing else to send.
"""

from __future__ import annotations

import re
import statistics
import time
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time as hour
from http.cookiejar import CookieJar
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, select

from config import Settings, load_settings
from secretariat import registers
from secretariat.core.database import make_engine
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.documents import service as documents
from secretariat.documents.service import Asked
from secretariat.meetings import queries, service
from secretariat.meetings.models import DelegateRole, Meeting
from secretariat.models import every_model
from secretariat.processes.models import Participant, Participation, Process, StandingKind, Track, TrackKind
from secretariat.web import create_app
from tests.benchmarks import reading, running
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import FLOOR, prepared
from tests.factories import documents as papers
from tests.factories import people
from tests.factories.meetings import acting, again, scheduled
from tests.factories.people import PASSWORD, Official
from tests.support.installation import Installation, until
from tests.support.sql import statements_sent

SLUG = "budapest"
ITEMS = 60
SMALL, LARGE = 11, 50
PERSONS = 6
SECONDS_FOR_MAILS = 300


@dataclass
class Ground:
    """A process of fifty participants with a focal point each, and its officer."""

    engine: Engine
    settings: Settings
    officer: Official
    focal: dict[UUID, Official] = field(default_factory=dict)


def measure(report: Report) -> None:
    with prepared("sqlite") as environ:
        ground = people_of(environ)
        _invitations(report, ground, Path(environ["DATA_ROOT"]))
        one, small, large = world(ground)
        _statements(report, ground, (one, small, large))
        with running.serving(FLOOR, environ) as served:
            _pages(report, served, ground, small, large)
        ground.engine.dispose()


def world(ground: Ground) -> tuple[UUID, UUID, UUID]:
    """A meeting with one of everything, the small one and the large one."""
    return (
        _meeting(ground, 1, 1, ("en",), 1),
        _meeting(ground, ITEMS, 30, ("en",), SMALL),
        _meeting(ground, ITEMS, 200, ("en", "es", "fr"), LARGE),
    )


def people_of(environ: dict[str, str]) -> Ground:
    every_model()
    registers.fill()
    settings = load_settings(environ)
    engine = make_engine(settings.database_url)
    with system_unit(engine, Reason.REFERENCE) as session:
        process = session.scalars(select(Process).where(Process.slug == SLUG)).one()
        process.languages = ["en"]
        track = session.scalars(
            select(Track).where(Track.process_id == process.id, Track.kind == TrackKind.GOVERNMENT)
        ).one()
        ground = Ground(engine, settings, people.officer(session, track))
        taking_part = session.scalars(
            select(Participant)
            .join(Participation, Participation.participant_id == Participant.id)
            .where(Participation.process_id == process.id, Participation.until.is_(None))
            .order_by(Participation.standing != StandingKind.MEMBER, Participant.key)
        ).unique()
        for participant in list(taking_part)[:LARGE]:
            ground.focal[participant.id] = people.focal_point(session, track, participant)
    if len(ground.focal) != LARGE:
        raise LookupError(f"{SLUG} has {len(ground.focal)} participants, not {LARGE}")
    return ground


def _meeting(ground: Ground, items: int, documents_in_it: int, languages: Sequence[str], delegations: int) -> UUID:
    """An announced meeting; every delegation is named in full, every paper issued with its file in each language."""
    invited = list(ground.focal)[:delegations]
    with acting(ground.engine, ground.officer) as session:
        key = _scheduled(session, f"A meeting of {items} items and {delegations} delegations").id
        for number in range(items):
            words = service.ItemWords(title=LocalText.of(f"Item {number}"), minutes=10, led_by_id=invited[number % 7])
            service.add_item(session, again(session, key), words)
        service.invite(session, again(session, key), invited)
        for number in range(documents_in_it):
            _paper(session, ground.settings, key, number, languages)
    for participant in invited:
        _name(ground, key, participant)
    return key


def _paper(session: ViewerSession, settings: Settings, meeting: UUID, number: int, languages: Sequence[str]) -> None:
    title = LocalText({one: f"Paper {number} ({one})" for one in languages}, languages[0])
    where = papers.place(session, SLUG, meeting=meeting)
    file = papers.received(settings.data_root)
    document = papers.drafted(session, where, file, title=title)
    for language in languages[1:]:
        documents.add_version(session, document, language, Asked(), papers.received(settings.data_root))
    documents.issue(session, document)


def _scheduled(session: ViewerSession, title: str) -> Meeting:
    return scheduled(
        session, SLUG, title=LocalText.of(title), begins=hour(9), ends=hour(17), languages=["en"],
        readers=service.Readers.PARTICIPANTS,
    )  # fmt: skip


def _name(ground: Ground, meeting: UUID, participant: UUID) -> None:
    with acting(ground.engine, ground.focal[participant]) as session:
        own = queries.own_invitation(session, meeting, participant)
        assert own is not None
        for place in range(PERSONS):
            role = DelegateRole.DELEGATE if place else DelegateRole.HEAD
            words = service.DelegateWords(name=f"Person {place}", role=role, function="Director", ministry="Interior")
            service.add_delegate(session, own, words)


def _statements(report: Report, ground: Ground, meetings: Sequence[UUID]) -> None:
    app = create_app(ground.settings)
    client = people.sign_in(app, _member(ground))
    counted = []
    for meeting in meetings:
        for _again in range(2):
            client.get(f"/meetings/{meeting}")
        with statements_sent() as sent:
            answer = client.get(f"/meetings/{meeting}")
        if answer.status_code != 200:
            raise ValueError(f"the page of the meeting answered {answer.status_code}")
        counted.append(len(sent))
    if len(set(counted)) != 1:
        raise ValueError(f"the number of statements grows with the meeting: {counted}")
    report.figure("meeting_page_queries", counted[0], "count")


def _member(ground: Ground) -> Official:
    return next(iter(ground.focal.values()))


def _pages(report: Report, served: running.Serving, ground: Ground, small: UUID, large: UUID) -> None:
    cookie = reading.cookie_of(served, _member(ground).email, PASSWORD)
    pages = {"small": f"/meetings/{small}", "large": f"/meetings/{large}", "floor": "/floor/"}
    found = reading.costs(served, pages, cookie)
    floor = found["floor"]
    report.figure("meeting_page_ms_p50", found["small"].ms_p50, "ms")
    report.figure("meeting_page_ms_p95", statistics.quantiles(found["small"].seconds, n=20)[-1] * 1000, "ms")
    report.figure("meeting_page_large_ms_p50", found["large"].ms_p50, "ms")
    report.figure("floor_ms_p50", floor.ms_p50, "ms")
    report.figure("meeting_page_floor_ratio", found["small"].ratio_to(floor), "ratio")
    report.figure("meeting_page_large_floor_ratio", found["large"].ratio_to(floor), "ratio")


def _invitations(report: Report, ground: Ground, data: Path) -> None:
    """All fifty are invited on the page, in the whole product."""
    with acting(ground.engine, ground.officer) as session:
        meeting = _scheduled(session, "A meeting of fifty").id
    with Installation(data, DEMONSTRATION="true") as running_now:
        address = f"{running_now.address}/meetings/{meeting}/invite"
        browser = _signed_in(running_now.address, ground.officer)
        with browser.open(address) as answer:
            page = answer.read().decode()
        form = [(name, value) for name in ("csrf_token", "nonce") for value in _value_of(page, name)]
        form += [("chosen", str(one)) for one in ground.focal]
        began = time.monotonic()
        with browser.open(address, urllib.parse.urlencode(form).encode()) as answer:
            answer.read()
        wanted = {one.email for one in ground.focal.values()}
        until(lambda: wanted <= _written_to(data / "mailbox"), SECONDS_FOR_MAILS, running_now)
        report.figure("invite_50_seconds", time.monotonic() - began, "s")


def _written_to(mailbox: Path) -> set[str]:
    """Whom the mails at the relay went to, by their first line alone: reading them all would take the processor from
    who writes them."""
    found = set()
    for mail in mailbox.glob("*.eml"):
        with mail.open("rb") as file:
            found.add(file.readline().decode().partition(":")[2].strip())
    return found


def _value_of(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)[:1]


def _signed_in(address: str, one: Official) -> urllib.request.OpenerDirector:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(address + reading.SIGN_IN) as answer:
        token = _value_of(answer.read().decode(), "csrf_token")[0]
    form = urllib.parse.urlencode({"email": one.email, "password": PASSWORD, "csrf_token": token}).encode()
    with browser.open(address + reading.SIGN_IN, form) as answer:
        answer.read()
    return browser
