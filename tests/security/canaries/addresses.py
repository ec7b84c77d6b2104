"""How each rule of the map is filled. A rule whose part has no entry here fails the walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from urllib.parse import quote
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.routing import Rule

from tests.security.canaries.world import World

Values = Callable[[World], list[str]]


def things(*kinds: str) -> Values:
    """Every planted thing of these kinds."""

    def values(world: World) -> list[str]:
        return [str(key) for kind in kinds for key in world.planted.get(kind, [])]

    return values


def known(prefix: str) -> Values:
    """Keys the world knows by a name that begins so."""

    def values(world: World) -> list[str]:
        return [str(key) for name, key in world.ids.items() if name.startswith(prefix)]

    return values


def just(*values: str) -> Values:
    return lambda _world: list(values)


PARTS: dict[str, Values] = {
    "slug": lambda world: world.slugs,
    "track_slug": just("government", "civil-society"),
    "kind": just("goals", "priorities", "remarks"),
    "token": lambda world: [*world.tokens, "A" * 43],
    "filename": just("core.css"),
    "body_id": things("Body"),
    "membership_id": things("BodyMembership"),
    "term_id": things("ChairTerm"),
    "host_id": things("SecretariatHost"),
    "participation_id": things("Participation"),
    "participant_id": known("state "),
    "participant": known("state "),
    "person": lambda world: [str(one.person) for one in world.officials.values() if one],
    "user_id": lambda world: [str(one.user) for one in world.officials.values() if one],
    "appointment_id": lambda world: [
        *things("Appointment")(world),
        *(str(one.appointment) for one in world.officials.values() if one),
    ],
    "card_id": things("ContactCard"),
    "number_id": things("ContactNumber"),
    "job_id": things("Job"),
    "message": things("OutboxMessage"),
    "meeting_id": things("Meeting"),
    "item_id": things("AgendaItem"),
    "outcome_id": things("Outcome"),
    "plan_id": things("Plan"),
    "commitment_id": things("Commitment"),
    "update_id": things("ProgressUpdate"),
    "report_id": things("ProgressReport"),
    "edition_id": things("Edition", "ReportEdition"),
}

QUERIES: dict[str, list[str]] = {}
"""Filters, sorts and searches of lists, by endpoint; the bare address is always visited too."""


class RuleWithoutEntry(AssertionError):
    """A rule of the map nobody has said how to visit."""


def rules_to_visit(app: Flask) -> list[Rule]:
    """Every rule that answers a GET."""
    return sorted(
        (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())), key=lambda one: one.rule
    )


def unknown_parts(app: Flask) -> list[str]:
    """Rules with a part that has no entry."""
    return [
        f"{rule.rule}: {part}" for rule in rules_to_visit(app) for part in sorted(rule.arguments) if part not in PARTS
    ]


def addresses(rule: Rule, world: World, most: int | None = None) -> Iterator[tuple[str, dict[str, str]]]:
    """Addresses of one rule, for every value of each part (`most` of each, spread evenly, in the slice of CI)."""
    parts = sorted(rule.arguments)
    missing = [part for part in parts if part not in PARTS]
    if missing:
        raise RuleWithoutEntry(f"{rule.rule}: say in tests/security/canaries/addresses.py how {missing} are filled")
    values = {part: _some(PARTS[part](world) or [str(uuid4())], most) for part in parts}
    for filled in _combined(values, world):
        yield fill(rule, filled), filled


def _combined(values: dict[str, list[str]], world: World) -> Iterator[dict[str, str]]:
    """Each thing in what it stands in, and once in what it does not stand in; words such as a slug with everything."""
    keys = [part for part in values if len(values[part]) > 1 and all(_is_key(one) for one in values[part])]
    words = [part for part in values if part not in keys]
    for chosen in product(*(values[part] for part in words)):
        said = dict(zip(words, chosen, strict=True))
        if len(keys) < 2:
            yield from (said | dict(zip(keys, one, strict=True)) for one in product(*(values[part] for part in keys)))
            continue
        most = max(len(values[part]) for part in keys)
        for place in range(most):
            crossed = {part: values[part][place % len(values[part])] for part in keys}
            yield said | crossed
            yield said | _in_its_place(crossed, values, world)


def _in_its_place(crossed: dict[str, str], values: dict[str, list[str]], world: World) -> dict[str, str]:
    """The same thing, at the address of what it stands in."""
    straight = dict(crossed)
    for thing in crossed.values():
        known = world.oracle.things.get(UUID(thing))
        inside = str(known.inside) if known else ""
        for part, among in values.items():
            if part in crossed and inside in among:
                straight[part] = inside
    return straight


def queries(rule: Rule) -> list[str]:
    return ["", *QUERIES.get(rule.endpoint, [])]


def fill(rule: Rule, parts: dict[str, str]) -> str:
    """The path of a rule with these values."""
    pieces = []
    for dynamic, text in rule._trace:
        pieces.append(quote(parts[text], safe="") if dynamic else text.lstrip("|"))
    return "".join(pieces)


def _some(values: list[str], most: int | None) -> list[str]:
    if most is None or len(values) <= most:
        return values
    step = len(values) / most
    return [values[int(place * step)] for place in range(most)]


def absent(parts: dict[str, str]) -> dict[str, str]:
    """The same address with a key that exists nowhere in the place of the last one."""
    for name in sorted(parts, reverse=True):
        if _is_key(parts[name]):
            return parts | {name: str(uuid4())}
    return parts


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
