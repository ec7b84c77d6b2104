"""What a walk of posts brought together, and what it left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask
from werkzeug.routing import Rule

from tests.security.canaries import who

METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass
class Acted:
    """What one walk brought together. `posted`: rules and methods tried; `succeeded`: endpoints at which somebody
    stored something; `wrong`: what was answered, said or stored as it must not be."""

    checks: int = 0
    posted: set[tuple[str, str]] = field(default_factory=set)
    succeeded: set[str] = field(default_factory=set)
    forged: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)

    def add(self, other: Acted) -> None:
        self.checks += other.checks
        self.posted |= other.posted
        self.succeeded |= other.succeeded
        self.forged |= other.forged
        self.wrong += other.wrong
        self.told |= other.told

    def not_posted(self, app: Flask) -> list[str]:
        """Rules and methods nobody tried."""
        return sorted(
            f"{method} {rule.rule} was never tried: see to its parts in PARTS of tests/security/canaries/addresses.py"
            for rule in rules(app)
            for method in methods(rule)
            if (method, rule.rule) not in self.posted
        )

    def never_succeeded(self) -> list[str]:
        """Rules at which nobody stored anything: what is refused there proves nothing."""
        return sorted(
            f"{endpoint}: nobody succeeded ({self.told.get(endpoint, 'nobody who may came by')}); say in ACTS of "
            "tests/security/canaries/who.py who may, what is filled in and what must be the case first, or why never"
            for endpoint, act in who.ACTS.items()
            if endpoint not in self.succeeded and not act.never
        )


def rules(app: Flask) -> list[Rule]:
    """Every rule that takes anything but a GET."""
    return sorted((rule for rule in app.url_map.iter_rules() if methods(rule)), key=lambda one: one.rule)


def methods(rule: Rule) -> list[str]:
    return sorted(METHODS & (rule.methods or set()))


def without_entry(app: Flask) -> list[str]:
    """Rules nobody has said who may post to."""
    return sorted(
        f"{rule.endpoint} ({rule.rule}): say in ACTS of tests/security/canaries/who.py who may post there"
        for rule in rules(app)
        if rule.endpoint not in who.ACTS
    )
