"""What the contact list of 600 people costs, and how long a circular to 500 takes.

`contacts_page_ms_p50` and `contacts_page_floor_ratio`: the first page of the list of 600 people, read by a member;
processor time of web and database for one request over that of the floor (`tests.benchmarks.floor`).
`circular_send_seconds`: the press of the button, until 500 mails are written down. `circular_500_seconds`: the same
with their delivery, each with two files and in one of three languages, by one worker into the SMTP sink.
"""

from __future__ import annotations

import time
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.correspondence import queries
from secretariat.correspondence.addressing import Chosen
from secretariat.correspondence.service import circulars
from secretariat.correspondence.service.circulars import Written
from secretariat.dev import mailbox
from secretariat.directory.models import ContactCard
from secretariat.mail import delivery
from secretariat.processes import clauses
from secretariat.processes.models import Participant, Process, Track, TrackKind
from tests.benchmarks import reading, running
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import FLOOR, prepared
from tests.benchmarks.meetings import SLUG, Ground, people_of
from tests.factories import documents as papers
from tests.factories import people
from tests.factories.meetings import acting
from tests.factories.people import PASSWORD

READERS, LISTED = 500, 600
LANGUAGES = ("en", "es", "fr")
STANDINGS = ("member", "observer", "partner", "participant", "partner_for_activities", "invited_ad_hoc")
FILE = b"Practical information. " * 4_000
"""Some ninety kilobytes."""


def measure(report: Report) -> None:
    with prepared("sqlite") as environ:
        ground = people_of(environ)
        _more_people(ground, READERS - len(ground.focal))
        _circular(report, ground)
        _more_people(ground, LISTED - READERS)
        with running.serving(FLOOR, environ) as served:
            _page(report, served, ground)
        ground.engine.dispose()


def _more_people(ground: Ground, number: int) -> None:
    """So many alternates more, spread over the participants; everybody reads one of three languages."""
    with system_unit(ground.engine, Reason.REFERENCE) as session:
        process = session.scalars(select(Process).where(Process.slug == SLUG)).one()
        process.languages = list(LANGUAGES)
        of = Track.process_id == process.id, Track.kind == TrackKind.GOVERNMENT
        track = session.scalars(select(Track).where(*of)).one()
        whose = [session.get_one(Participant, key) for key in ground.focal]
        for place in range(number):
            people.alternate(session, track, whose[place % len(whose)], name=f"Alternate {place}")
        cards = session.scalars(select(ContactCard).where(ContactCard.track_id == track.id).order_by(ContactCard.id))
        for place, card in enumerate(cards):
            card.languages = [LANGUAGES[place % len(LANGUAGES)]]


def _circular(report: Report, ground: Ground) -> None:
    key = _written(ground)
    settings = ground.settings
    sink = mailbox.make_mailbox(mailbox.folder_of(settings), settings.mail_host, settings.mail_port)
    sink.start()
    try:
        began = time.monotonic()
        with acting(ground.engine, ground.officer) as session:
            circular = queries.circular_by_id(session, key)
            assert circular is not None
            number = circulars.send(session, circular)
        report.figure("circular_send_seconds", time.monotonic() - began, "s")
        if number != READERS:
            raise ValueError(f"it went to {number}, not {READERS}")
        sent = 0
        while sent < READERS:
            done = delivery.deliver(ground.engine, settings)["sent"]
            if not done:
                raise ValueError(f"only {sent} of {READERS} left")
            sent += done
        report.figure("circular_500_seconds", time.monotonic() - began, "s")
    finally:
        sink.stop()


def _written(ground: Ground) -> UUID:
    """An urgent circular to everybody, with two documents."""
    words = LocalText({code: f"Words in {code}.\n\nWith our thanks." for code in LANGUAGES}, "en")
    with acting(ground.engine, ground.officer) as session:
        where = papers.place(session, SLUG)
        readers = frozenset({clauses.participants_of(where.process, where.track)})
        attached = [
            papers.issued(
                session,
                where,
                papers.received(Path(ground.settings.data_root), FILE, f"{title}.txt"),
                title=LocalText.of(title),
                readers=readers,
            ).id
            for title in ("Practical information", "Programme")
        ]
        written = Written(words, words, Chosen(STANDINGS), attached, urgent=True)
        return circulars.draft(session, where.process, where.track, written).id


def _page(report: Report, served: running.Serving, ground: Ground) -> None:
    cookie = reading.cookie_of(served, next(iter(ground.focal.values())).email, PASSWORD)
    found = reading.costs(served, {"contacts": f"/people/{SLUG}", "floor": "/floor/"}, cookie)
    report.figure("contacts_page_ms_p50", found["contacts"].ms_p50, "ms")
    report.figure("contacts_page_floor_ratio", found["contacts"].ratio_to(found["floor"]), "ratio")
