"""What a compilation costs: 300 paragraphs, fifty governments, 3,000 comments.

`compile_50x300_seconds`: all that was said, set beside the text and written as a DOCX, in the eyes of the secretariat.
`consultation_compile_seconds`: the same in a network of 200 organizations, 6,000 comments, for its coordination.
`comments_page_queries`: statements of the page that shows it, a part at a time.
"""

from __future__ import annotations

import time
from uuid import UUID

from sqlalchemy import Engine

from secretariat.core.languages import reading_in
from secretariat.core.session import Reason, system_unit
from secretariat.jobs import papers
from secretariat.processes import clauses
from secretariat.processes.models import ParticipantKind, StandingKind
from secretariat.texts import queries, service, works
from secretariat.texts.models import CommentFor
from secretariat.texts.service import Said
from secretariat.web import create_app
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import prepared
from tests.benchmarks.meetings import SLUG, Ground, people_of
from tests.factories import documents, people, processes, texts
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.support.sql import statements_sent

PARAGRAPHS = 300
COMMENTS_EACH = 60
ORGANIZATIONS, COMMENTS_OF_EACH = 200, 30
NETWORK_SLUG = "rcx"
LANGUAGE, ZONE = "en", "Europe/Vienna"


def measure(report: Report) -> None:
    with prepared("sqlite") as environ:
        ground = people_of(environ)
        key = _round(ground)
        for place, speaker in enumerate(ground.focal.values()):
            _comment(ground.engine, key, speaker, place, COMMENTS_EACH)
        seconds = _compile(ground.engine, ground.officer, key, COMMENTS_EACH * len(ground.focal))
        report.figure("compile_50x300_seconds", seconds, "s")
        report.figure("comments_page_queries", _statements(ground, key), "count")
        report.figure("consultation_compile_seconds", _consultation(ground.engine), "s")
        ground.engine.dispose()


def _consultation(engine: Engine) -> float:
    coordinator, organizations = _network(engine)
    key = _round_kept_by(engine, coordinator, NETWORK_SLUG)
    for place, one in enumerate(organizations):
        _comment(engine, key, one, place, COMMENTS_OF_EACH)
    return _compile(engine, coordinator, key, COMMENTS_OF_EACH * len(organizations))


def _network(engine: Engine) -> tuple[Official, list[Official]]:
    """A network of two hundred member organizations, each with who represents it."""
    with system_unit(engine, Reason.REFERENCE) as session:
        network = processes.small_world(session, NETWORK_SLUG).network
        speaking = []
        for number in range(ORGANIZATIONS):
            one = processes.organization(session, f"org-{number}", f"Organization {number:03}", ParticipantKind.NGO)
            processes.participation(session, network, one, StandingKind.MEMBER)
            speaking.append(people.representative(session, network, one))
        return people.coordinator(session, network), speaking


def _round(ground: Ground) -> UUID:
    return _round_kept_by(ground.engine, ground.officer, SLUG)


def _round_kept_by(engine: Engine, keeper: Official, slug: str) -> UUID:
    with acting(engine, keeper) as session:
        where = documents.place(session, slug)
        words = [texts.words(f"Paragraph {number}: " + "words of a declaration " * 20) for number in range(PARAGRAPHS)]
        readers = frozenset({clauses.participants_of(where.process, where.track)})
        place = texts.begun(session, words, slug=slug, readers=readers)
        return texts.opened(session, texts.circulated(session, place), observers_may=True).id


def _comment(engine: Engine, key: UUID, speaker: Official, place: int, how_many: int) -> None:
    """Comments of one participant, spread over the text; every third a wording of its own."""
    with acting(engine, speaker) as session:
        found = texts.round_again(session, key)
        paragraphs = [UUID(one["id"]) for one in found.edition.content["paragraphs"]]
        for number in range(how_many):
            said = Said(
                paragraph=paragraphs[(place + number * 5) % PARAGRAPHS],
                language="en",
                words="Keep it as it stands, for the reasons given at the last meeting.",
                wording="Words of another declaration, in their place." if number % 3 == 0 else "",
                read_by=CommentFor.READERS,
            )
            service.add_comment(session, found, said)
        service.send(session, service.reply_for(session, found))


def _compile(engine: Engine, keeper: Official, key: UUID, comments: int) -> float:
    with looking(engine, keeper) as session, reading_in(LANGUAGE, ZONE):
        began = time.perf_counter()
        sheet = papers.sheet_of(session, works.COMPILATION, key)
        if sheet is None:
            raise LookupError("the round is not there for the secretariat")
        made = papers.made(works.COMPILATION, sheet, papers.DOCX)
        spent = time.perf_counter() - began
        said = queries.comments_of(session, [key])
    if len(said) != comments or not made.content:
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
