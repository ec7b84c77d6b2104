"""What a pack of 200 papers costs: 60 texts by paragraph, 110 PDFs of ten pages and one megabyte, 30 Word files.

`pack_200_seconds`: from the first paper to the file in the storage, by one worker, as often as its turn is over.
`pack_200_memory_mb`: the most that the worker, or any child of it, took of the machine's memory.
`pack_page_queries`: statements of the page that shows it.
"""

from __future__ import annotations

import os
import resource
import time
from datetime import timedelta
from io import BytesIO
from uuid import UUID

from sqlalchemy import select

from secretariat.core.localtext import LocalText
from secretariat.jobs import service as jobs
from secretariat.packs.models import Pack
from secretariat.web import create_app
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import prepared
from tests.benchmarks.meetings import SLUG, Ground, people_of
from tests.factories import documents, packs, people, texts
from tests.factories.meetings import acting, in_days, looking, scheduled
from tests.support.sql import statements_sent

TEXTS, PDFS, WORD_FILES = 60, 110, 30
PAGES, BYTES = 10, 1_000_000
PARAGRAPHS = 12


def measure(report: Report) -> None:
    with prepared("sqlite") as environ:
        ground = people_of(environ)
        meeting = _meeting(ground)
        one = next(iter(ground.focal.values()))
        key = packs.asked(ground.engine, one, meeting)
        report.figure("pack_200_seconds", _made(ground, key), "s")
        most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        report.figure("pack_200_memory_mb", most / 1024, "MB")
        report.figure("pack_page_queries", _statements(ground, one, key), "count")
        ground.engine.dispose()


def _meeting(ground: Ground) -> UUID:
    folder = ground.settings.data_root
    with acting(ground.engine, ground.officer) as session:
        meeting = scheduled(session, SLUG, starts_on=in_days(30), ends_on=in_days(31)).id
    for number in range(TEXTS):
        with acting(ground.engine, ground.officer) as session:
            words = [texts.words(f"Paragraph {place}: " + "words of a text " * 25) for place in range(PARAGRAPHS)]
            title = LocalText.of(f"Text {number}")
            texts.circulated(session, texts.begun(session, words, slug=SLUG, meeting=meeting, title=title))
    for number in range(PDFS + WORD_FILES):
        content, name = (_pdf(), "paper.pdf") if number < PDFS else (documents.docx("A table"), "table.docx")
        with acting(ground.engine, ground.officer) as session:
            where = documents.place(session, SLUG, meeting=meeting)
            file = documents.received(folder, content, name)
            documents.issued(session, where, file, title=LocalText.of(f"Paper {number}"))
    return meeting


def _pdf() -> bytes:
    """Ten pages, with pictures that do not get smaller."""
    import pikepdf

    with pikepdf.open(BytesIO(documents.pdf("A paper"))) as pdf:
        for _place in range(PAGES - 1):
            pdf.pages.append(pdf.pages[0])
        for page in pdf.pages:
            page.add_resource(pdf.make_stream(os.urandom(BYTES // PAGES)), pikepdf.Name.XObject)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def _made(ground: Ground, key: UUID) -> float:
    with looking(ground.engine, next(iter(ground.focal.values()))) as session:
        job = session.scalars(select(Pack.job_id).where(Pack.id == key)).one()
    assert job is not None
    began = time.perf_counter()
    while jobs.waiting(ground.engine):
        jobs.do(ground.engine, job, ground.settings)
        if time.perf_counter() - began > timedelta(hours=1).total_seconds():
            raise TimeoutError("the pack was not made within an hour")
    return time.perf_counter() - began


def _statements(ground: Ground, one: people.Official, key: UUID) -> int:
    client = people.sign_in(create_app(ground.settings), one)
    client.get(f"/packs/{key}")
    with statements_sent() as sent:
        answer = client.get(f"/packs/{key}")
    page = answer.get_data(as_text=True)
    if answer.status_code != 200 or "Fetch the PDF" not in page:
        raise ValueError(f"the page of the pack answered {answer.status_code}")
    return len(sent)
