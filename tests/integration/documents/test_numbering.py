"""Symbols as they are given: each once, in the sequence of its own label, without a gap that tells."""

import threading
from collections import defaultdict
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import delete, select

from config import Settings
from secretariat.core.labels import Clause
from secretariat.core.refusals import Refused
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.documents import service
from secretariat.documents.models import Document, DocumentFile, DocumentVersion
from secretariat.documents.service import Place
from secretariat.processes import clauses
from tests.factories import documents as made
from tests.factories.meetings import acting, scheduled
from tests.integration.documents.conftest import Stage

READERS = ("members", "participants", "named gt", "named mx", "the secretariat")
DATED = date(2026, 3, 1)


def clauses_of(where: Place, stage: Stage, readers: str) -> frozenset[Clause]:
    process, track = where.process, where.track
    if readers == "members":
        return frozenset({clauses.members_of(process, track)})
    if readers == "participants":
        return frozenset({clauses.participants_of(process, track)})
    named = [clauses.secretariat(track)]
    if readers.startswith("named"):
        named.append(clauses.participant(stage.id[readers.removeprefix("named ")]))
    return frozenset({clauses.named(process, track, audience=named)})


def symbol(session: ViewerSession, stage: Stage, settings: Settings, readers: str, body: str = "") -> str:
    where = made.place(session, body=body)
    document = made.issued(
        session, where, made.received(settings.data_root), readers=clauses_of(where, stage, readers), dated=DATED
    )
    assert document.symbol is not None
    return document.symbol


def test_each_level_counts_for_itself(stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        given = [symbol(session, stage, settings, one) for one in ("members", "participants", "members", "named gt")]
    assert given == ["RCX/2026/1", "RCX/2026/P.1", "RCX/2026/2", "RCX/2026/R.1"]


def test_where_a_symbol_is_taken_by_what_others_read_the_next_number_is_given(stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        given = [symbol(session, stage, settings, one) for one in ("named gt", "named mx", "named gt", "named mx")]
    assert given == ["RCX/2026/R.1", "RCX/2026/R.2", "RCX/2026/R.3", "RCX/2026/R.4"]


def test_a_body_has_a_row_of_its_own(stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        where = made.place(session, body="Steering Group")
        assert where.body is not None
        where.body.abbreviation = "SG"
        given = [symbol(session, stage, settings, "members", body) for body in ("", "Steering Group", "Steering Group")]
    assert given == ["RCX/2026/1", "RCX/SG/2026/1", "RCX/SG/2026/2"]


def test_the_two_sides_of_a_process_do_not_count_each_others_papers(stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        first = symbol(session, stage, settings, "members")
    with acting(stage.engine, stage.coordinator) as session:
        second = symbol(session, stage, settings, "members")
    assert first == "RCX/2026/1"
    assert second.endswith("/2026/1")
    assert second != first


def test_a_draft_has_no_symbol_and_takes_no_number(stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        where = made.place(session)
        draft = made.drafted(
            session, where, made.received(settings.data_root), readers=clauses_of(where, stage, "members")
        )
        assert (draft.symbol, draft.number) == (None, None)
        assert symbol(session, stage, settings, "members") == "RCX/2026/1"


def test_the_papers_of_a_meeting_wait_for_its_announcement(stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting", announce=False)
        document = made.drafted(session, made.place(session, meeting=meeting.id), made.received(settings.data_root))
        with pytest.raises(Refused, match="not announced yet"):
            service.issue(session, document)


def test_two_who_issue_at_the_same_moment_give_two_symbols(stage: Stage, settings: Settings) -> None:
    drafts: list[UUID] = []
    with acting(stage.engine, stage.officer) as session:
        for _ in range(4):
            where = made.place(session)
            readers = clauses_of(where, stage, "members")
            drafts.append(made.drafted(session, where, made.received(settings.data_root), readers=readers).id)
    together, told = threading.Barrier(len(drafts)), list[BaseException]()

    def issue(key: UUID) -> None:
        try:
            together.wait()
            with acting(stage.engine, stage.officer) as session:
                service.issue(session, made.document(session, key))
        except BaseException as problem:
            told.append(problem)

    threads = [threading.Thread(target=issue, args=(key,)) for key in drafts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told == []
    with system_unit(stage.engine, Reason.NUMBERING, writes=False) as system:
        found = sorted(str(one) for one in system.scalars(select(Document.symbol)))
    assert [one.rpartition("/")[2] for one in found] == ["1", "2", "3", "4"]


@examples(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(READERS), max_size=12))
def test_whatever_is_issued_symbols_are_unique_and_who_reads_a_whole_row_sees_no_gap(
    stage: Stage, embedded: Settings, given: list[str]
) -> None:
    """A row of members or of all participants is read by whoever reads any of it; it is 1, 2, 3 ... without a gap.
    Rows for named readers share their numbers, each in order."""
    with system_unit(stage.engine, Reason.REFERENCE) as system:
        for kind in (DocumentFile, DocumentVersion, Document):
            system.execute(delete(kind))
    rows = defaultdict(list)
    with acting(stage.engine, stage.officer) as session:
        for readers in given:
            rows[readers].append(symbol(session, stage, embedded, readers))
    every = [one for row in rows.values() for one in row]
    assert len(set(every)) == len(every)
    for readers, stem in (("members", "RCX/2026/"), ("participants", "RCX/2026/P.")):
        assert rows[readers] == [f"{stem}{number}" for number in range(1, len(rows[readers]) + 1)]
    for row in rows.values():
        numbers = [int(one.rpartition("/")[2].rpartition(".")[2]) for one in row]
        assert numbers == sorted(set(numbers))


@pytest.fixture
def embedded(settings: Settings) -> Settings:
    """The settings of this installation, by a name hypothesis leaves alone."""
    return settings
