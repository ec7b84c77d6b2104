"""Hidden equals absent: the address of a thing a role may not read answers as one of a thing that does not exist."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.security.canaries import addresses
from tests.security.canaries.crawl import client_of
from tests.security.canaries.world import World
from tests.support.sql import statements_sent

KNOWN_OF = frozenset({("administrator", "access_id")})
"""Things one knows of by rule without reading them: role and part of the address."""

CHANGING = re.compile(
    r'(name="(?:csrf_token|nonce)"[^>]*value=")[^"]*|(value=")[^"]*("[^>]*name="(?:csrf_token|nonce)")|nonce-[\w-]+'
)
"""What differs from one answer to the next whatever was asked."""


@dataclass
class Compared:
    """How many pairs were compared, and those that differed."""

    checks: int = 0
    unlike: list[str] = field(default_factory=list)

    def add(self, other: Compared) -> None:
        self.checks += other.checks
        self.unlike += other.unlike


def compare_hidden_with_absent(app: Flask, world: World, *, roles: list[str], most: int | None = None) -> Compared:
    """For each address of a thing the role may not read: is the answer that of one which does not exist?"""
    found = Compared()
    for role in roles:
        client = client_of(app, world.officials[role])
        for _ in range(3):  # the reader is worked out and remembered; that is no difference between two answers
            client.get("/").close()
        for rule in addresses.rules_to_visit(app):
            for address in addresses.addresses(rule, world, role, most):
                if not is_hidden(world, role, address.parts) or any((role, part) in KNOWN_OF for part in address.parts):
                    continue
                other = addresses.absent(address.parts)
                path = addresses.fill(rule, other) + address.query
                first, second = _shape(client, address.whole, address.parts), _shape(client, path, other)
                found.checks += 1
                if first != second:  # what is remembered for some minutes may have run out between the two
                    first, second = _shape(client, address.whole, address.parts), _shape(client, path, other)
                if first != second:
                    found.unlike.append(f"{role}: {address.whole}: {difference(first, second)}")
    return found


def is_hidden(world: World, role: str, parts: dict[str, str]) -> bool:
    """Whether an address names a planted thing, and none the role may read."""
    hidden = [key for key in parts.values() if key in world.kinds_of_key]
    return bool(hidden) and not any(world.reads(role, name) for key in hidden for _, name in world.kinds_of_key[key])


def _shape(client: FlaskClient, path: str, parts: dict[str, str]) -> tuple[int, str, str, int]:
    client.get(path).close()  # what a first visit warms is no difference
    with statements_sent() as sent:
        answer = client.get(path)
    return shape_of(answer, parts, len(sent))


def shape_of(answer: Any, parts: dict[str, str], statements: int) -> tuple[int, str, str, int]:
    """What of an answer must be alike, less what was asked for and what changes each time."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers if name not in ("Date", "Set-Cookie"))
    body = answer.get_data(as_text=True)
    answer.close()
    for value in parts.values():
        headers, body = headers.replace(value, "~"), body.replace(value, "~")
    return answer.status_code, CHANGING.sub("~", headers), CHANGING.sub("~", body), statements


def difference(first: tuple[Any, ...], second: tuple[Any, ...]) -> str:
    """In which parts two answers differ."""
    names = ("status", "headers", "body", "statements")
    return ", ".join(
        f"{name} {one if name in ('status', 'statements') else ''} {other if name in ('status', 'statements') else ''}"
        for name, one, other in zip(names, first, second, strict=True)
        if one != other
    )
