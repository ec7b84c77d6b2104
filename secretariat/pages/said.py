"""What the product says after an act: what was kept, who sees it now, what it leads to.

The words may be confidential, so they never go into the browser's storage: they are kept beside the nonce of the form
that was answered, the session's cookie holds that nonce alone, and what was shown is thrown away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, session
from markupsafe import Markup, escape

KINDS = ("well", "attend", "error")
_KEY = "said"


@dataclass(frozen=True, slots=True)
class Said:
    """A message at the head of a page. `text` is escaped unless it is `Markup`."""

    text: str | Markup
    kind: str = "well"


def install(app: Flask, recall: Callable[[str], list[Any]] | None = None) -> None:
    """Give templates the messages to say. `recall` gives what was kept under a nonce, and throws it away."""
    app.jinja_env.globals["messages_to_say"] = lambda: messages_to_say(recall)


def say(text: str | Markup, kind: str = "well") -> None:
    """Say this at the head of the page that answers: the one rendered now, or the one redirected to."""
    if kind not in KINDS:
        raise ValueError(f"a message is one of {KINDS}")
    g.setdefault("said", []).append(Said(text, kind))


def messages_to_say(recall: Callable[[str], list[Any]] | None = None) -> list[Said]:
    """The messages for this page, once: those kept from the act that led here, then those of this request."""
    nonce = session.pop(_KEY, None) if recall is not None and _KEY in session else None
    kept = [Said(Markup(text), kind) for text, kind in recall(nonce)] if recall and nonce else []  # noqa: S704
    now: list[Said] = g.pop("said", [])
    return kept + now


def waits() -> bool:
    """Whether something of this request is still to be said."""
    return bool(g.get("said"))


def to_keep() -> list[Any]:
    """The messages of this request in the form in which they are kept: already escaped."""
    said: list[Said] = g.pop("said", [])
    return [[str(escape(one.text)), one.kind] for one in said]


def find_under(nonce: str) -> None:
    """Let the next page of this browser say what is kept under a nonce."""
    session[_KEY] = nonce
