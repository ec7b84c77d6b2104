"""A slice of the canary world in each run of the tests; the whole of it in `make bench ONLY=canaries`."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from flask import Flask

from tests.security.canaries import addresses, crawl, links, unlike, world

SLUG = "canaria"
SOME = ["anonymous", "observer", "officer"]
AT_ONE = ["former who keeps", "reader in an emergency", "chair's office", "protocol officer"]
"""Who sees little that others do not: with one thing of each kind instead of two."""
BEHIND_THE_SECOND_WALL = ["former who keeps", "officer"]
"""On PostgreSQL, where a page costs twice as much, with one thing of each kind; what is found and asked is the same. An
observer walks there with the first wall off, which is the harder trial."""
OF_PLANS = "/processes/<slug>/plans"


def test_every_labelled_class_is_in_the_canary_world() -> None:
    assert world.kinds_without_entry() == []


def test_every_rule_of_the_map_can_be_visited(app: Flask) -> None:
    assert addresses.unknown_parts(app) == []


def test_links_of_every_scope_can_be_made(app: Flask) -> None:
    assert links.scopes_without_entry(app) == []


def test_nobody_finds_a_word_that_is_not_theirs_and_everybody_finds_their_own(app: Flask, planted: world.World) -> None:
    on_postgresql = planted.engine.dialect.name == "postgresql"
    roles = [(BEHIND_THE_SECOND_WALL, 1)] if on_postgresql else [(SOME, 2), (AT_ONE, 1)]
    found = crawl.Found()
    for some, most in roles:
        found.add(crawl.walk(app, planted, roles=some, most=most))
    assert found.errors == []
    assert found.leaks == []
    if on_postgresql:
        return
    assert found.missing(planted) == []
    assert found.not_visited(app) == []
    assert found.unknown_questions() == []


def test_hidden_and_absent_are_one_answer(app: Flask, planted: world.World) -> None:
    found = unlike.compare_hidden_with_absent(app, planted, roles=["observer", "representative"], most=1)
    assert found.unlike == []
    assert found.checks


def test_the_walk_sees_leaks_when_the_filter_is_off(planted: world.World, app: Flask, first_wall_off: None) -> None:
    """On SQLite words come out of place; on PostgreSQL the second wall stands alone."""
    on_postgresql = planted.engine.dialect.name == "postgresql"
    found = crawl.walk(app, planted, roles=["observer"], most=1, only="" if on_postgresql else OF_PLANS)
    assert bool(found.leaks) is not on_postgresql


def test_the_walk_sees_a_leak_and_a_gap_where_the_oracle_says_otherwise(app: Flask, planted: world.World) -> None:
    """Whoever reads what the oracle denies is found out, and whoever does not read what it grants."""
    planted = replace(planted, oracle=deepcopy(planted.oracle))
    public = next(rule for rule in planted.oracle.things[planted.at["Plan", "public"]].rules)
    planted.oracle.things[planted.at["Plan", "public"]].rules = (replace(public, level="named"),)
    hidden = planted.oracle.things[planted.at["Plan", "members"]]
    hidden.rules = (replace(hidden.rules[0], level="participants"),)
    found = crawl.walk(app, planted, roles=["observer", "officer"], only=OF_PLANS)
    assert {(leak.kind, leak.spot) for leak in found.leaks if leak.spot != "its key"} == {("Plan", "public")}
    assert f"observer: /processes/{SLUG}/plans: Plan at members" in found.missing(planted)
