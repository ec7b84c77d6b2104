"""Pages of texts, their editions, and rounds of comments."""

from __future__ import annotations

from flask import Flask

from secretariat.texts.views import (
    adopting,
    clearance,
    comments,
    consultations,
    drafting,
    editions,
    lending,
    networks,
    paragraphs,
    public_comments,
    rounds,
    silence,
    word,
)
from secretariat.texts.views.base import blueprint

__all__ = [
    "adopting",
    "blueprint",
    "clearance",
    "comments",
    "consultations",
    "drafting",
    "editions",
    "init",
    "lending",
    "networks",
    "paragraphs",
    "public_comments",
    "rounds",
    "silence",
    "word",
]


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["anything_consulted"] = public_comments.is_anything_consulted
