"""Papers of features: each enters how its paper is set; it is made at once where it is short, by the worker otherwise.

A feature's module `works` enters its papers:

    def plan_paper(session: ViewerSession, plan: UUID) -> Sheet | None: ...

    papers.register("plan", _l("Plan of action"), plan_paper)

The same function sets the paper for the page, for the worker and for every format, in the session of who asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from secretariat.core import kinds as things
from secretariat.core.database import Labelled
from secretariat.core.languages import reading_as_told, templating, told_reading
from secretariat.core.session import ViewerSession
from secretariat.jobs import kinds
from secretariat.jobs.kinds import Progress, Result
from secretariat.prints import docx, press
from secretariat.prints.sheet import Sheet, file_name

PDF, DOCX = "pdf", "docx"
MEDIA_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
AT_ONCE = 30_000
"""Characters of HTML up to which a PDF is there within two seconds; a longer one is the worker's."""

Setter = Callable[[ViewerSession, UUID], Sheet | None]


@dataclass(frozen=True, slots=True)
class _Entry:
    file: str
    setter: Setter


_papers: dict[str, _Entry] = {}


class NotThere(LookupError):
    """What was to be printed is not, or no longer, there for this reader."""


def register(name: str, words: Any, setter: Setter, *, file: str) -> None:
    """Enter a paper. `file` is the constant first part of its file names where it has no symbol."""
    _papers[name] = _Entry(file, setter)
    kinds.register(work_of(name), words, _work)


def names() -> list[str]:
    """Every paper there is."""
    return sorted(_papers)


def sheet_of(session: ViewerSession, name: str, thing: UUID) -> Sheet | None:
    """A paper, set in the present language and zone; None where its thing is not there for the reader."""
    return _papers[name].setter(session, thing)


def made(name: str, sheet: Sheet, form: str) -> Result:
    """The file. Raises PressMissing, PressFailed."""
    content = press.printed(press.Plate(sheet.html, sheet.watermark)) if form == PDF else docx.docx(sheet)
    return Result(file_name(_papers[name].file, sheet.symbol, templating.today(), form), content, MEDIA_TYPES[form])


def takes_long(sheet: Sheet, form: str) -> bool:
    """Whether making it would keep its reader waiting for more than two seconds."""
    return form == PDF and len(sheet.html) > AT_ONCE


def arguments(name: str, thing: Any, form: str) -> dict[str, Any]:
    """What the worker is told of a paper: which, of what, how, in whose language and zone."""
    return {
        "paper": name,
        "kind": thing.__tablename__,
        "thing": str(thing.id),
        "form": form,
        **told_reading(),
    }


def things_of(session: ViewerSession, told: Collection[dict[str, Any]]) -> dict[str, Labelled]:
    """What these papers are of, by key, as far as the session's reader may read it now; a statement for each kind."""
    found: dict[str, Labelled] = {}
    for name in sorted({one["kind"] for one in told if one.get("kind")}):
        kind = things.by_name(name)
        if kind is not None:
            keys = sorted({UUID(one["thing"]) for one in told if one.get("kind") == name}, key=str)
            found |= {str(one.id): one for one in session.scalars(select(kind.model).where(kind.model.id.in_(keys)))}
    return found


def work_of(name: str) -> str:
    """The kind of long work that makes a paper."""
    return f"paper_{name}"


def _work(session: ViewerSession, told: dict[str, Any], _progress: Progress) -> Result:
    with reading_as_told(told):
        sheet = sheet_of(session, told["paper"], UUID(told["thing"]))
        if sheet is None:
            raise NotThere(told["paper"])
        return made(told["paper"], sheet, told["form"])
