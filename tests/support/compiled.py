"""What every test would make anew, and what is the same for all of them, made once in a test process.

Each test has a database and an application of its own. What SQLAlchemy makes of a statement for a kind of database, and
Python of a template, depends on neither; it was a third of what a test of pages cost.
"""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any

from flask import Flask
from flask.templating import DispatchingJinjaLoader
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from secretariat.pages import macros

ENOUGH = 4000
"""Statements kept: all that the product has, and the fixtures' own."""


class Kept(BytecodeCache):
    """The code of templates, by what they say."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._code.get(bucket.key)
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


def templates_once() -> None:
    """Applications made from now on share the code of their templates."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Kept()}
    asked = macros.holds_macros_alone

    @cache
    def known(name: str, *_same: Any) -> list[bool]:
        return []

    def holds_macros_alone(environment: Environment, name: str | None) -> bool:
        if name is None or not isinstance(environment.loader, DispatchingJinjaLoader):
            return asked(environment, name)
        found = known(name)
        if not found:
            found.append(asked(environment, name))
        return found[0]

    macros.holds_macros_alone = holds_macros_alone


def statements_once() -> None:
    """Engines of the same kind of database and driver share what they made of statements: the first one's dialect,
    which is a part of the key, and its cache."""
    first: dict[tuple[str, str], Engine] = {}

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        engine = connection.engine
        model = first.setdefault((engine.dialect.name, engine.dialect.driver), engine)
        if model is engine and isinstance(engine._compiled_cache, LRUCache):
            engine._compiled_cache.capacity = ENOUGH
        if engine.dialect is not model.dialect:
            engine.dialect = model.dialect
            engine._compiled_cache = model._compiled_cache
        connection.dialect = engine.dialect


def addresses_once() -> None:
    """Applications made from now on share what reads an address and what builds one, by the rule they are made from."""
    compile_builder, known = Rule._compile_builder, {}
    compile_rule, read = Rule.compile, {}
    worked_out = ("_parts", "_trace", "_converters", "arguments")

    def compiled(rule: Rule) -> None:
        assert rule.map is not None
        said = (rule.rule, rule.host, rule.subdomain, rule.is_leaf, rule.strict_slashes, rule.merge_slashes)
        key = (*said, rule.websocket, str(rule.defaults), rule.map.host_matching)
        if key not in read:
            compile_rule(rule)
            read[key] = {name: copy(getattr(rule, name)) for name in worked_out}
            return
        for name, value in read[key].items():
            setattr(rule, name, copy(value))
        rule._build = rule._compile_builder(False).__get__(rule, None)
        rule._build_unknown = rule._compile_builder(True).__get__(rule, None)

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        converters = tuple(sorted((name, type(one), one.regex) for name, one in rule._converters.items()))
        key = (tuple(rule._trace), str(rule.defaults), converters, append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    Rule.compile = compiled  # type: ignore[method-assign, assignment]
    Rule._compile_builder = builder  # type: ignore[method-assign, assignment]
