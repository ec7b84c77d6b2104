"""Setting a paper: words and frame, in the eyes of a session and the reader's language.

A paper is a template in `templates/print/` that extends `print/base.html`. It is given the thing it is about, whose
label it carries; what it shows under a heavier one is noted as on pages (`label(thing)`, `mark(thing)`). The marking of
the heaviest stands on every page, and a copy for named readers says whose it is: neither is the template's to forget.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from secretariat.core import clock, readings
from secretariat.core.database import Labelled
from secretariat.core.labelling import label_values_met
from secretariat.core.labels import Clause, LabelValue, Level, implied
from secretariat.core.languages import Language, current_reading, dates, templating
from secretariat.core.languages import gettext as _
from secretariat.core.session import ViewerSession
from secretariat.core.wording import ShownLabel, banner_sentence, heavier, level_in_words
from secretariat.pages.outlines import OUTLINES
from secretariat.pages.statuses import shown_status
from secretariat.prints.directions import in_their_order
from secretariat.prints.inks import inked

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class _UnderLabel(Protocol):
    """Whatever carries a label: a thing, or a line of a list."""

    @property
    def label_id(self) -> int: ...


T = TypeVar("T", bound=_UnderLabel)


def _nobody_said(*_args: Any) -> Any:
    raise RuntimeError("nobody has said how a print words this; secretariat.registers.fill() has it said")


label_in_words: Callable[[ViewerSession, int], ShownLabel] = _nobody_said
"""A label in the words of its process; the processes say how."""
reader_in_words: Callable[[ViewerSession, UUID], str] = _nobody_said
"""Whose copy it is, as on the contact card: name and office; the directory says how."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """The process a paper is from, in values."""

    id: UUID
    acronym: str
    name: str
    track: str = "government"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a paper and says what it is: title, symbol, and the day or hour of issue."""

    title: str
    symbol: str = ""
    issued: date | datetime | None = None
    """Without one, the moment of printing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that is set, ready for the press or for the DOCX."""

    title: str
    issuer: Issuer
    html: str
    language: Language
    symbol: str = ""
    foot: tuple[str, ...] = ()
    """At the foot of every page: symbol, process, day of issue."""
    marking: str = ""
    """On every page, from Members only upwards."""
    copy_of: str = ""
    """On every page of a copy for named readers: whose it is, and when it was made."""
    watermark: str = ""


@dataclass(slots=True)
class _Noted:
    """What the paper being set shows."""

    session: ViewerSession
    recorded: bool = False
    heaviest: ShownLabel | None = None
    frame: _Frame | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    heaviest: ShownLabel
    marking: str
    copy_of: str
    pages: Sequence[str] = field(default_factory=tuple)


_noted: ContextVar[_Noted] = ContextVar("noted")


def set_sheet(
    session: ViewerSession, template: str, thing: Labelled, issuer: Issuer, head: Head, **words: Any
) -> Sheet:
    """The paper made from `templates/print/<template>.html` about a thing, in the present language and zone."""
    token = _noted.set(_Noted(session, readings.is_recorded(session, thing)))
    try:
        _mark(thing)
        made = (
            _environment()
            .get_template(f"print/{template}.html")
            .render(
                issuer=issuer,
                head=head,
                foot=_foot(issuer, head),
                thing=thing,
                language=current_reading().language,
                frame=_frame(issuer),
                **words,
            )
        )
        frame = _noted.get().frame
    finally:
        _noted.reset(token)
    if frame is None:
        raise RuntimeError(f"print/{template}.html does not extend print/base.html, so that its pages are not marked")
    mark = _environment().get_template("print/watermark.html").render(language=current_reading().language, copy=frame)
    return Sheet(
        title=head.title,
        issuer=issuer,
        html=in_their_order(inked(made), current_reading().language.direction),
        language=current_reading().language,
        symbol=head.symbol,
        foot=_foot(issuer, head),
        marking=frame.marking,
        copy_of=frame.copy_of,
        watermark=mark if frame.copy_of else "",
    )


def marking_of(session: ViewerSession, thing: Labelled, issuer: Issuer) -> tuple[str, str]:
    """What stands on every page of a file about a thing that is set elsewhere: its marking, and whose copy it is."""
    shown = label_in_words(session, thing.label_id)
    copy_of = _copy_of(session, issuer) if shown.level == Level.NAMED else ""
    return _marking(shown, readings.is_recorded(session, thing)), copy_of


def stamp(marking: str, copy_of: str, *, across: bool) -> str:
    """What is laid over each page of a file that was not set here: its marking, and whose copy it is (empty: nobody's
    in particular); the HTML of one page, upright or `across`."""
    template = _environment().get_template("print/pack_stamp.html")
    return template.render(language=current_reading().language, marking=marking, copy_of=copy_of, across=across)


def foot_of(issuer: Issuer, head: Head) -> tuple[str, ...]:
    """What stands at the foot of its pages."""
    return _foot(issuer, head)


def as_wide_as(session: ViewerSession, thing: Labelled, rows: Iterable[T]) -> list[T]:
    """Of these rows those kept to no narrower circle than the thing; a narrower one leaves the paper when printed."""
    listed = list(rows)
    labels = label_values_met(session, {thing.label_id, *(row.label_id for row in listed)})
    around = labels[thing.label_id]
    return [row for row in listed if all(_is_no_narrower(one, around) for one in labels[row.label_id].clauses)]


def _is_no_narrower(clause: Clause, around: LabelValue) -> bool:
    """Whether a clause is the thing's own or follows from it, or is of a lighter level than the thing is anyway."""
    return clause.level.weight < around.level.weight or any(
        implied(_ageless(clause), _ageless(one)) for one in around.clauses
    )


def file_name(words: str, symbol: str, on: date, extension: str) -> str:
    """A name that tells nothing: the symbol, or constant words and the day."""
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", symbol).strip("-.")
    return f"{plain or f'{words}-{on.isoformat()}'}.{extension}"


def _ageless(clause: Clause) -> Clause:
    """A clause whatever its generation, which tells when a thing was made and not how widely it is read."""
    return replace(clause, generation=1)


def _shown_label(label: Any) -> ShownLabel:
    if isinstance(label, ShownLabel):
        return label
    key = label.label_id if isinstance(label, Labelled) else label
    if isinstance(key, int):
        return label_in_words(_noted.get().session, key)
    level = Level(key)
    return ShownLabel(level.value, level_in_words(level, {}))


def _mark(label: Any) -> str:
    """Note that the paper shows something under this label. Writes nothing where it stands."""
    noted = _noted.get()
    noted.heaviest = heavier(noted.heaviest, _shown_label(label))
    return ""


def _frame(issuer: Issuer) -> Callable[[], _Frame]:
    """What stands around the paper; asked for when its content is set and the heaviest label is known."""

    def frame() -> _Frame:
        noted = _noted.get()
        assert noted.heaviest is not None
        noted.frame = _Frame(
            noted.heaviest,
            _marking(noted.heaviest, noted.recorded),
            _copy_of(noted.session, issuer) if noted.heaviest.level == Level.NAMED else "",
            _("Page %(number)s of %(total)s", number="\0", total="\0").split("\0"),
        )
        return noted.frame

    return frame


def _foot(issuer: Issuer, head: Head) -> tuple[str, ...]:
    issued = head.issued or templating.today()
    on = dates.in_reader_zone(issued).date() if isinstance(issued, datetime) else issued
    return tuple(one for one in (head.symbol, issuer.acronym, dates.day_in_full(on, weekday=False)) if one)


def _marking(heaviest: ShownLabel, recorded: bool) -> str:
    if heaviest.weight < Level.MEMBERS.weight:
        return ""
    return f"{heaviest.words}. {banner_sentence(heaviest, recorded=recorded)}"


def _copy_of(session: ViewerSession, issuer: Issuer) -> str:
    moment = dates.deadline_text(
        dates.in_reader_zone(clock.now()).replace(tzinfo=None), current_reading().zone, today=templating.today()
    )
    return _("Copy of %(reader)s. %(moment)s", reader=reader_in_words(session, issuer.id), moment=moment)


def _icon(name: str) -> Markup:
    """An outline where it stands: a print has no sprite, its drawings know no style sheet; that of named readers stands
    on black."""
    ink = "#fff" if name == Level.NAMED.value else "#000"
    outline = OUTLINES[name].replace('class="i-tick"', 'stroke="#fff"').replace("currentColor", ink)
    return Markup(
        '<svg class="i" viewBox="0 0 16 16" width="10" height="10" fill="none" stroke="{}"'
        ' stroke-width="1.4" aria-hidden="true">{}</svg>'
    ).format(ink, Markup(outline))  # noqa: S704 - a constant of the product


def css_string(value: str) -> Markup:
    """A text as a string of CSS, for what stands in the margins of pages."""
    return Markup('"{}"').format(Markup("".join(_css(sign) for sign in value)))  # noqa: S704 - each sign is made safe


def _css(sign: str) -> str:
    """A letter or figure as it is, anything else by its number: a blank too, which behind a number would be swallowed
    (CSS Syntax 3, 4.3.7)."""
    return sign if sign.isalnum() and sign.isascii() else f"\\{ord(sign):06x}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templating.equip(environment)
    environment.filters["css_string"] = css_string
    environment.globals.update(
        shown_label=_shown_label,
        mark=_mark,
        banner_sentence=lambda shown: banner_sentence(shown, recorded=_noted.get().recorded),
        is_recorded=lambda _label: False,
        shown_status=shown_status,
        icon=_icon,
        current_language=lambda: current_reading().language,
    )
    return environment
