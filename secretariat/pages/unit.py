"""The unit of work of one request: one reader, one session, one commit.

The session opens when a view first asks for it, with the eyes of whoever the request was identified as; a request that
only reads does so in the transaction in which it was identified. It commits
after an answer below 400 to a request that may write, and is rolled back otherwise; what must survive a refusal is
in the journal, and tasks are sent only after the commit.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask, Response, current_app, g, redirect, request
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from secretariat.core import after_commit, clock, journal
from secretariat.core.database import for_reading
from secretariat.core.session import ViewerSession, reading_as, reading_on
from secretariat.core.viewer import NOBODY, Hat, Viewer
from secretariat.pages import said

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_NONCE = re.compile(r"[\w-]{1,64}", re.ASCII)
_SHOWN = frozenset({200, 206, 409, 422})
"""Answers that show what was asked for: the page, a part of a file, and the page of a form that was not taken."""
Identify = Callable[[], tuple[UUID | None, Hat]]
MakeViewer = Callable[[Engine, UUID | None, Hat], Viewer]


def init(app: Flask, engine: Engine, identify: Identify, make_viewer: MakeViewer) -> None:
    """Give the application its engine and say how a request is identified and a viewer made."""
    app.extensions["engine"] = engine
    app.extensions["identify"] = identify
    app.extensions["make_viewer"] = make_viewer
    app.before_request(_note_hour)
    app.before_request(_answer_again)
    app.after_request(_end)
    app.teardown_request(_close)


def engine() -> Engine:
    found: Engine = current_app.extensions["engine"]
    return found


def viewer() -> Viewer:
    """Who reads: set once per request."""
    made: Viewer | None = g.get("viewer")
    if made is None:
        person, hat = current_app.extensions["identify"]()
        made = g.viewer = current_app.extensions["make_viewer"](engine(), person, hat)
    return made


def act_as(person: UUID | None, hat: Hat = NOBODY) -> Viewer:
    """Take the eyes of the person a link from a mail belongs to. Must come before the session is first used."""
    if "session" in g:
        raise RuntimeError("a session never changes its viewer; resolve the link before anything is read")
    g.viewer = current_app.extensions["make_viewer"](engine(), person, hat)
    made: Viewer = g.viewer
    return made


def db() -> ViewerSession:
    """The session of this request."""
    session: ViewerSession | None = g.get("session")
    if session is None:
        reader = viewer()  # may have looked anew
        begun: Connection | None = g.get("connection")
        session = reading_as(engine(), reader, writes=_may_write()) if begun is None else reading_on(begun, reader)
        g.session = session
    return session


@contextmanager
def first_look() -> Iterator[Connection]:
    """A connection to find out on who a request is from. A request that only reads reads on in its transaction: what is
    begun once costs half, and reader, rights and things are of one moment."""
    if _may_write():
        with for_reading(engine()).connect() as connection:
            yield connection
    else:
        if "connection" not in g:
            g.connection = for_reading(engine()).connect()
        yield g.connection


def look_anew() -> None:
    """End the transaction of the first look: what the reader may read is worked out after it began."""
    connection: Connection | None = g.pop("connection", None)
    if connection is not None:
        connection.close()


def writes_on_get(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose GET writes: what it shows is composed with eyes whose labels are worked out on the way."""
    view.writes_on_get = True  # type: ignore[attr-defined]
    return view


def _note_hour() -> None:
    g.received_at = clock.now()


def received_at() -> datetime:
    """When the server received this request, before anything was read or waited for: what comes in by an hour is
    judged by it."""
    found: datetime = g.received_at
    return found


def note(entry: journal.Entry) -> None:
    """Write this after the request, even if the request is refused."""
    g.setdefault("journal", []).append(entry)


def opened(what: Any, entry: journal.Entry) -> None:
    """Write this after the request if it shows what was asked for (the read log); once for each thing."""
    g.setdefault("opened", {})[what] = entry


def answered_at(location: str) -> None:
    """Where a second click on the form of this request is led, though its own answer is a page and leads nowhere."""
    g.answered_at = location


def if_refused(undo: Callable[[], None]) -> None:
    """Do this where the request is refused: what was done outside the database is not undone by itself. A file that was
    kept and a day later is swept anyway is such a thing; `undo` sees to its own failures."""
    g.setdefault("if_refused", []).append(undo)


def _may_write() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method not in SAFE_METHODS or getattr(view, "writes_on_get", False)


def _nonce() -> str:
    sent = request.form.get("nonce", "") if request.method not in SAFE_METHODS else ""
    return sent if _NONCE.fullmatch(sent) else ""  # what no page has made is none


def _answer_again() -> Response | None:
    """A second click on a form is shown the first answer."""
    nonce = _nonce()
    if nonce:
        # In a session of its own: a link from a mail has yet to say whose eyes this request reads with.
        with Session(for_reading(engine())) as session:
            answer = journal.first_answer(session, nonce)
        if answer is not None:
            said.find_under(nonce)
            return redirect(answer)  # type: ignore[return-value]
    return None


def _end(response: Response) -> Response:
    session: ViewerSession | None = g.get("session")
    if session is None and said.waits() and response.headers.get("Location"):
        session = db()  # nothing was read or changed, but something is to be said on the next page
    if session is not None and _may_write():  # one that only reads is closed when the answer is on its way
        if response.status_code < 400:
            response = _commit(session, response)
        else:
            _refused(session)
    if response.status_code in _SHOWN and request.method != "HEAD":
        g.setdefault("journal", []).extend(g.get("opened", {}).values())
    _write_journal(session)
    return response


def _commit(session: ViewerSession, response: Response) -> Response:
    nonce, location = _nonce(), response.headers.get("Location") or g.get("answered_at")
    words = said.to_keep() if location else []
    if words and not nonce:
        nonce = secrets.token_urlsafe(24)
    if nonce and location and not journal.use_nonce(session, nonce, location, words):
        _refused(session)
        answer = journal.first_answer(session, nonce)
        session.rollback()
        said.find_under(nonce)
        return redirect(answer or location)  # type: ignore[return-value]
    session.commit()
    if words:
        said.find_under(nonce)
    after_commit.run(session)
    return response


def _refused(session: ViewerSession) -> None:
    session.rollback()
    session.info.pop("after_commit", None)
    for undo in g.pop("if_refused", []):
        undo()


def _write_journal(session: ViewerSession | None) -> None:
    entries = g.pop("journal", [])
    if session is not None:
        entries += session.info.pop("journal", [])
    if entries:
        with engine().execution_options(writes=True).begin() as connection:
            for entry in entries:
                entry(connection)


def _close(_error: BaseException | None) -> None:
    session: ViewerSession | None = g.pop("session", None)
    if session is not None:
        session.close()
    look_anew()
