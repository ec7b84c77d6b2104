"""What the product says after an act: what was kept, who sees it now, what it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g
from markupsafe import Markup

KINDS = ("well", "attend", "error")


@dataclass(frozen=True, slots=True)
class Said:
    """A message at the head of a page. `text` is escaped unless it is `Markup`."""

    text: str | Markup
    kind: str = "well"


def install(app: Flask) -> None:
    """Give templates the messages to say."""
    app.jinja_env.globals["messages_to_say"] = messages_to_say


def say(text: str | Markup, kind: str = "well") -> None:
    """Say this at the head of the page that answers: the one rendered now, or the one redirected to."""
    if kind not in KINDS:
        raise ValueError(f"a message is one of {KINDS}")
    g.setdefault("said", []).append(Said(text, kind))


def messages_to_say() -> list[Said]:
    """The messages for this page, once."""
    said: list[Said] = g.pop("said", [])
    return said
