"""The page on which anything is found by its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from secretariat.core import searchable
from secretariat.core.kinds import Kind, kind_of
from secretariat.core.languages import current_reading, ngettext
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import parts_list
from secretariat.core.localtext import LocalText
from secretariat.pages import shell, unit
from secretariat.pages.access import declaration_of, public
from secretariat.pages.lists import here_with, pages_of
from secretariat.processes.models import Process
from secretariat.processes.wording import shown_labels
from secretariat.search import commands, queries
from secretariat.search.asking import LONGEST, Piece, Question, beginning, begun, excerpt, pieces, question
from secretariat.search.queries import Hit, Narrowed

blueprint = Blueprint("search", __name__)
ROWS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was found, as the page shows it."""

    thing: Any
    kind: Kind
    title: list[Piece]
    title_language: str
    page: str | None
    process: Process | None
    day: date | None
    words: list[Piece]
    language: str
    """The language of the words, where it is known and not the reader's own."""


@blueprint.get("/search")
@public("finds for everybody what that one may read")
def find() -> ResponseReturnValue:
    """Everything the reader may read that has these words, narrowed by kind, process and day."""
    text = request.args.get("q", "").strip()
    asked = question(text)
    narrowed, unread = _narrowed()
    latest = request.args.get("order") == "latest"
    found = queries.found(unit.db(), asked, narrowed, latest=latest) if asked else queries.Found()
    pages = pages_of(len(found.matches), ROWS)
    here = found.matches[pages.offset : pages.offset + ROWS]
    hits = queries.hits(unit.db(), asked, here) if asked and here else []
    processes = _processes({*found.in_processes, *([narrowed.process] if narrowed.process else [])})
    shown_labels(unit.db(), [one.label_id for hit in hits for one in (hit.thing, *hit.words_in)])
    return render_template(
        "search/find.html",
        text=text[:LONGEST],
        was_cut=len(text) > LONGEST,
        asked=asked,
        unread=unread,
        narrowed=narrowed,
        since=request.args.get("since", ""),
        latest=latest,
        total=len(found.matches),
        is_all=found.is_all,
        pages=pages,
        kinds=_kinds_found(found.of_kinds, narrowed),
        processes=processes,
        in_processes=found.in_processes,
        found=[_shown(hit, asked, processes) for hit in hits if asked],
        orders=[(_("Nearest"), here_with(order=None)), (_("Latest"), here_with(order="latest"))],
        hat=shell.present_shell().hat,
    )


@blueprint.get("/search/suggestions")
@public("suggests to everybody what that one may read")
def suggest() -> ResponseReturnValue:
    """What may be meant by the words one is typing: the latest things whose titles have them, and a sentence that says
    how many these are. What one types is written down nowhere."""
    asked = begun(request.args.get("q", ""))
    hits = queries.suggested(unit.db(), asked) if asked else []
    keys = {hit.match.process for hit in hits if hit.match.process}
    processes = _processes(keys) if keys else {}
    shown_labels(unit.db(), [hit.thing.label_id for hit in hits])
    found = [one for hit in hits if (one := _suggestion(hit, processes)) is not None]
    return {"found": found, "told": _told(len(found)) if asked else ""}


def _suggestion(hit: Hit, processes: Mapping[UUID, Process]) -> dict[str, str] | None:
    kind = kind_of(hit.thing)
    assert kind is not None  # only such are found
    process = processes.get(hit.match.process) if hit.match.process else None
    page = _page(kind.page(hit.thing), process)
    if page is None:
        return None
    title, language = _in_own_language(kind.title(hit.thing))
    level = shown_labels(unit.db(), [hit.thing.label_id])[hit.thing.label_id].words
    told = [kind.word, process.acronym if process else "", level]
    return {"words": beginning(title), "language": language, "about": parts_list(told), "page": page}


def _told(number: int) -> str:
    if not number:
        return _("No suggestion. Enter searches.")
    return ngettext(
        "One suggestion. The arrow keys lead to it.", "%(num)s suggestions. The arrow keys lead to them.", number
    )


def _narrowed() -> tuple[Narrowed, str]:
    """What the search is narrowed to, and a sentence where a day cannot be read."""
    kind, slug, since = (request.args.get(name, "") for name in ("kind", "process", "since"))
    known = kind if kind in {name for name, _word in _kinds()} else ""
    process = unit.db().scalar(select(Process.id).where(Process.slug == slug)) if slug else None
    try:
        day = date.fromisoformat(since) if since else None
    except ValueError:
        return Narrowed(known, process), _("Write the day as year, month and day, such as 2026-03-01.")
    return Narrowed(known, process, day), ""


def _kinds() -> list[tuple[str, str]]:
    """Names and words of all kinds that are found, in the order of the words."""
    found = {one.found.__tablename__: kind_of(one.found) for one in searchable.every()}
    return sorted(((name, str(kind.word)) for name, kind in found.items() if kind), key=lambda one: one[1].casefold())


def _kinds_found(of_kinds: Mapping[str, int], narrowed: Narrowed) -> list[tuple[str, str, int]]:
    return [(name, word, of_kinds.get(name, 0)) for name, word in _kinds() if name in of_kinds or name == narrowed.kind]


def _processes(keys: set[UUID]) -> dict[UUID, Process]:
    read = unit.db().scalars(select(Process).where(Process.id.in_(keys)).order_by(Process.acronym))
    return {one.id: one for one in read}


def _shown(hit: Hit, asked: Question, processes: dict[UUID, Process]) -> Line:
    kind = kind_of(hit.thing)
    assert kind is not None  # only such are found
    title, title_language = _in_own_language(kind.title(hit.thing))
    language, words = _words(hit, asked)
    process = processes.get(hit.match.process) if hit.match.process else None
    return Line(
        hit.thing,
        kind,
        pieces(beginning(title), asked),
        title_language,
        _page(kind.page(hit.thing), process),
        process,
        hit.match.day,
        words,
        language if language != current_reading().language.code else "",
    )


def _page(path: str | None, process: Process | None) -> str | None:
    """Where it is read. Who is not signed in is led to what is open to everybody: the page itself, or its process."""
    if path is None or not unit.viewer().is_anonymous or _is_open(path):
        return path
    return url_for("processes.show", slug=process.slug) if process is not None else None


def _is_open(path: str) -> bool:
    try:
        endpoint, _values = current_app.url_map.bind("").match(path.partition("#")[0].partition("?")[0])
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return False
    declared = declaration_of(current_app.view_functions[endpoint])
    return declared is not None and declared.kind == "public"


def _words(hit: Hit, asked: Question) -> tuple[str, list[Piece]]:
    """The words around what was found, the reader's own language first. What stands in the title is not said twice; of
    what is for named readers nothing is shown before it is opened, which is on record."""
    for holder in hit.words_in:
        if _is_for_named(holder):
            continue
        said = searchable.of(holder)
        assert said is not None
        for given in (*said.words(holder), *_long(said.title(holder))):
            for language, text in _texts(given):
                if found := excerpt(text, asked):
                    return language, found
    return "", []


def _long(title: Any) -> list[Any]:
    """Titles of which not all is shown."""
    given = title if isinstance(title, list) else [title]
    return [one for one in given if any(beginning(text) != text for _language, text in _texts(one))]


def _is_for_named(thing: Any) -> bool:
    return shown_labels(unit.db(), [thing.label_id])[thing.label_id].level == "named"


def _texts(given: Any) -> list[tuple[str, str]]:
    if isinstance(given, LocalText):
        mine = current_reading().language.code
        return sorted(given.texts.items(), key=lambda one: (one[0] != mine, one[0]))
    return [("", given)] if given else []


def _in_own_language(title: LocalText | str) -> tuple[str, str]:
    if isinstance(title, str):
        return title, ""
    words, language = title.in_language(current_reading().language.code)
    return words, language if language != current_reading().language.code else ""


def init(app: Flask) -> None:
    """Register the page, and its form at the head of every other."""
    app.register_blueprint(blueprint)
    app.cli.add_command(commands.group)
    shell.find_at(app, lambda: (url_for("search.find"), url_for("search.suggest")))
