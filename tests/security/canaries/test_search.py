"""Search in the canary world: everybody finds what the oracle lets be read, and is told nothing of the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import unified_diff
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.confidentiality.queries import in_sight
from secretariat.core import searchable
from secretariat.core.session import reading_as
from secretariat.core.viewer import NOBODY
from secretariat.directory import viewers
from secretariat.search import queries
from secretariat.search.asking import begun, question
from secretariat.search.models import SearchEntry
from secretariat.search.queries import Narrowed
from tests.security.canaries.crawl import client_of
from tests.security.canaries.unlike import CHANGING
from tests.security.canaries.world import World, new_word
from tests.support.sql import statements_sent

ROLES = ("anonymous", "observer", "coordinator", "former who keeps", "officer")
SUGGESTED_AT = 7
"""Of so many things one is also looked for by what its first word begins with."""
BEHIND_THE_SECOND_WALL = ("anonymous", "observer")


@contextmanager
def eyes_of(world: World, role: str) -> Iterator[Session]:
    one = world.officials[role]
    viewer = viewers.viewer(world.engine, one.person if one else None, one.hat if one else NOBODY)
    with reading_as(world.engine, viewer) as session:
        yield session


def words_of(world: World) -> dict[tuple[str, UUID], list[str]]:
    """The words of each planted thing that is looked through: by its class and key."""
    classes = {one.model.__name__ for one in searchable.every()}
    words: dict[tuple[str, UUID], list[str]] = defaultdict(list)
    for word, canary in world.canaries.items():
        if canary.kind in classes:
            words[canary.kind, canary.thing].append(word)
    return words


def found_by(session: Session, word: str) -> set[UUID]:
    asked = question(word)
    assert asked is not None
    found = queries.found(session, asked, Narrowed(), latest=False)
    assert sum(found.of_kinds.values()) == len(found.matches)
    return {one.id for one in found.matches}


def suggested_by(session: Session, word: str) -> set[UUID]:
    asked = begun(word[:-2])
    assert asked is not None
    return {one.thing.id for one in queries.suggested(session, asked)}


def test_everybody_finds_what_is_theirs_to_read_and_nothing_else(planted: World, app: Flask) -> None:
    on_postgresql = planted.engine.dialect.name == "postgresql"
    said = {one.model.__name__: one for one in searchable.every()}
    everything = list(words_of(planted).items())
    met: set[str] = set()
    for role in BEHIND_THE_SECOND_WALL if on_postgresql else ROLES:
        with eyes_of(planted, role) as session:
            shown = {
                one.found: set(session.scalars(in_sight(one.found).with_only_columns(one.found.id)))
                for one in said.values()
            }
            rows = session.execute(select(SearchEntry.thing_id, SearchEntry.found_id)).all()
            entries = {row.thing_id: row.found_id for row in rows}
            wrong = []
            for place, ((kind, thing), words) in enumerate(everything[:: 5 if on_postgresql else 1]):
                found = {key for word in words for key in found_by(session, word)}
                may = planted.reads(role, thing)
                expected = may and entries.get(thing) in shown[said[kind].found]
                if not place % SUGGESTED_AT and not suggested_by(session, words[0]) <= found:
                    wrong.append(f"{role} is suggested what it does not find: a {kind} at {planted.spots.get(thing)}")
                if not may and (found or thing in entries):
                    wrong.append(f"{role} finds a {kind} at {planted.spots.get(thing)} that is hidden")
                if bool(found) is not expected and said[kind].stands is searchable._stands:
                    wrong.append(f"{role}: {kind} at {planted.spots.get(thing)}: found {bool(found)}, reads {may}")
                if found:
                    met.add(kind)
            assert wrong == []
    assert on_postgresql or set(said) - met == set()


def test_who_looks_for_a_hidden_word_is_answered_as_for_one_that_is_nowhere(planted: World, app: Flask) -> None:
    client = client_of(app, planted.officials["observer"])
    hidden = [words[0] for (_kind, thing), words in words_of(planted).items() if not planted.reads("observer", thing)]

    def answered(word: str) -> tuple[str, list[str]]:
        with statements_sent() as sent:
            page = client.get(f"/search?q={word}").text
            page += client.get(f"/search/suggestions?q={word[:-2]}").text
        return CHANGING.sub("~", page.replace(word, "")), list(sent)

    for _again in range(3):
        nowhere = answered(new_word())
    for word in hidden[:: max(1, len(hidden) // 12)]:
        page, sent = answered(word)
        assert [*unified_diff(nowhere[0].splitlines(), page.splitlines(), n=0)] == [], planted.canaries[word]
        assert sent == nowhere[1]
