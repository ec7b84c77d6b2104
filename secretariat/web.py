"""create_app(): the only file that knows every feature."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from flask import Flask, Response
from sqlalchemy import bindparam, select, text
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from secretariat import commands, metrics, registers
from secretariat.accounts import identity
from secretariat.broker import make_sender
from secretariat.confidentiality import views as confidentiality
from secretariat.core import after_commit, clock, logs
from secretariat.core.database import make_engine
from secretariat.core.schema import database_problem
from secretariat.dev import views as mailbox_pages
from secretariat.models import every_model
from secretariat.pages import access, components, installation, place, shell, unit, uploads
from secretariat.pages.application import Application
from secretariat.processes import queries as processes
from secretariat.processes import wording
from secretariat.processes.models import Process, Track

FEATURES: tuple[str, ...] = (
    "secretariat.processes.views",
    "secretariat.jobs.views",
    "secretariat.directory.views",
    "secretariat.mail.views",
    "secretariat.accounts.views",
    "secretariat.emergency.views",
    "secretariat.confidentiality.views",
    "secretariat.documents.views",
    "secretariat.texts.views",
    "secretariat.meetings.views",
    "secretariat.packs.views",
    "secretariat.plans.views",
    "secretariat.follow_up.views",
    "secretariat.capital.views",
    "secretariat.civil_society.views",
    "secretariat.correspondence.views",
    "secretariat.arrangements.views",
    "secretariat.reports.views",
    "secretariat.ownership.views",
    "secretariat.chairmanship.views",
    "secretariat.search.views",
    "secretariat.home.views",
)
"""Modules of views, lowest feature first. Each has `init(app)`: it registers its blueprint and its place in the
navigation. What it awaits of whom and the composers of its mails enter themselves (`secretariat.registers`)."""

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


class CannotStart(SystemExit):
    """The product must not run like this. The message says why and which command to run; the exit code is 2."""

    def __init__(self, problem: str) -> None:
        sys.stderr.write(f"{problem}\n")
        super().__init__(2)
        self.problem = problem


def create_app(settings: Settings) -> Flask:
    """The web application for these settings.

    Raises CannotStart where the database is not the one this code was written for, or its role is not bound by
    row-level security. Commands (`flask --app wsgi ...`) are let through: they are what mends it.
    """
    logs.write_plainly()
    app = Application("secretariat", template_folder=str(TEMPLATES))
    every_model()
    registers.fill()
    _configure(app, settings)
    uploads.install(app, settings.largest_document)
    engine = make_engine(settings.database_url, settings.role_of_database)
    if not _runs_a_command():
        _check(settings)
    installation.install(
        app,
        describe=_shell,
        reader_choice=identity.reader_choice,
        label_wording=lambda key: wording.shown_label(unit.db(), key),
        label_readers=confidentiality.readers_address,
    )
    unit.init(app, engine, identity.identify, identity.viewer_of)
    identity.install(app)
    place.install(app, _find_place, _find_network)
    commands.init(app)
    _health(app)
    metrics.init(app, settings)
    for feature in FEATURES:
        import_module(feature).init(app)
    if settings.in_development:
        components.install(app)
        mailbox_pages.init(app)
    access.check(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        SESSION_COOKIE_NAME="__Host-session" if settings.base_url.startswith("https://") else "session",
        MAX_CONTENT_LENGTH=32 * 1024 * 1024,
        LARGEST_DOCUMENT_MB=settings.largest_document_mb,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        LANGUAGES=settings.languages,
        DEMONSTRATION=settings.demonstration,
        TESTING=settings.environment == "test",
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    clock.configure(settings.clock_offset_file)
    after_commit.send_with(make_sender(settings))
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _runs_a_command() -> bool:
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true" and "run" not in sys.argv


def _check(settings: Settings) -> None:
    problem = database_problem(settings.database_url, settings.role_of_database)
    if problem is not None:
        raise CannotStart(problem)


def _find_place(slug: str | None) -> place.Place | None:
    """Where a page stands that is about no process. Whoever has but one hears its words on those pages too."""
    found = unit.db().execute(_PLACE_OF if slug else _FIRST_PLACE, {"slug": slug}).first()
    if found is None:
        return None
    return place.enter(found) if unit.viewer().processes == {found.id} else place.stand(found)


# Columns, and built once: every page asks where it stands.
_FIRST_PLACE = (
    select(
        Process.id,
        Process.slug,
        Process.acronym,
        Process.name,
        Process.zone,
        Process.demonstration,
        Process.commitment_words,
    )
    .order_by(Process.acronym)
    .limit(1)
)
_PLACE_OF = _FIRST_PLACE.where(Process.slug == bindparam("slug", type_=Process.slug.type))


def _find_network(process: Process) -> Track | None:
    return processes.network_of(unit.db(), unit.viewer(), process.id)


def _shell() -> shell.Shell:
    """The frame of a page in the name of its process, with the reader's hat."""
    here = place.here()
    bare = identity.framed(shell.bare_shell())
    if here is None:
        return bare
    return replace(bare, name=here.short, full_name=here.name, track=here.track)


def _health(app: Flask) -> None:
    @app.get("/health")
    @access.public("tells whoever watches over the machine that web and database answer, and nothing else")
    def health() -> Response:
        """Answers when the web and its database do."""
        with unit.engine().execution_options(writes=False).connect() as connection:
            connection.execute(text("SELECT 1"))
        return Response("ok\n", mimetype="text/plain")
