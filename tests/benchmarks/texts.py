"""What a compilation costs: 300 paragraphs, fifty governments, 3,000 comments.

`compile_50x300_seconds`: all that was said, set beside the text and written as a DOCX, in the eyes of the secretariat.
`comments_page_queries`: statements of the page that shows it, a part at a time.
"""

from __future__ import annotations

import time
from uuid import UUID

from secretariat.core.languages import reading_in
from secretariat.jobs import papers
from secretariat.processes import clauses
from secretariat.texts import queries, service, works
from secretariat.texts.models import CommentFor
from secretariat.texts.service import Said
from secretariat.web import create_app
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import prepared
from tests.benchmarks.meetings import SLUG, Ground, people_of
from tests.factories import documents, people, texts
from tests.factories.meetings import acting, looking
from tests.support.sql import statements_sent

PARAGRAPHS = 300
COMMENTS_EACH = 60
LANGUAGE, ZONE = "en", "Europe/Vienna"


def measure(report: Report) -> None:
    with prepared("sqlite") as environ:
        ground = people_of(environ)
        key = _round(ground)
        for place, participant in enumerate(ground.focal):
            _comment(ground, key, participant, place)
        report.figure("compile_50x300_seconds", _compile(ground, key), "s")
        report.figure("comments_page_queries", _statements(ground, key), "count")
        ground.engine.dispose()


def _round(ground: Ground) -> UUID:
    with acting(ground.engine, ground.officer) as session:
        where = documents.place(session, SLUG)
        words = [texts.words(f"Paragraph {number}: " + "words of a declaration " * 20) for number in range(PARAGRAPHS)]
        readers = frozenset({clauses.participants_of(where.process, where.track)})
        place = texts.begun(session, words, slug=SLUG, readers=readers)
        return texts.opened(session, texts.circulated(session, place), observers_may=True).id


def _comment(ground: Ground, key: UUID, participant: UUID, place: int) -> None:
    """Sixty comments of one government, spread over the text; every third a wording of its own."""
    with acting(ground.engine, ground.focal[participant]) as session:
        found = texts.round_again(session, key)
        paragraphs = [UUID(one["id"]) for one in found.edition.content["paragraphs"]]
        for number in range(COMMENTS_EACH):
            said = Said(
                paragraph=paragraphs[(place + number * 5) % PARAGRAPHS],
                language="en",
                words="Keep it as it stands, for the reasons given at the last meeting.",
                wording="Words of another declaration, in their place." if number % 3 == 0 else "",
                read_by=CommentFor.READERS,
            )
            service.add_comment(session, found, said)
        service.send(session, service.reply_for(session, found))


def _compile(ground: Ground, key: UUID) -> float:
    with looking(ground.engine, ground.officer) as session, reading_in(LANGUAGE, ZONE):
        began = time.perf_counter()
        sheet = papers.sheet_of(session, works.COMPILATION, key)
        if sheet is None:
            raise LookupError("the round is not there for the secretariat")
        made = papers.made(works.COMPILATION, sheet, papers.DOCX)
        spent = time.perf_counter() - began
        said = queries.comments_of(session, [key])
    if len(said) != COMMENTS_EACH * len(ground.focal) or not made.content:
        raise ValueError(f"{len(said)} comments were compiled")
    return spent


def _statements(ground: Ground, key: UUID) -> int:
    client = people.sign_in(create_app(ground.settings), ground.officer)
    client.get(f"/rounds/{key}")
    with statements_sent() as sent:
        answer = client.get(f"/rounds/{key}")
    if answer.status_code != 200:
        raise ValueError(f"the page of the round answered {answer.status_code}")
    return len(sent)
