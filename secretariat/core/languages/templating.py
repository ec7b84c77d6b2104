"""What every template has, on a page, in a mail or in a print: the catalogue, dates as `<time>`, words in languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.languages import catalogue, dates, words
from secretariat.core.languages.catalogue import LANGUAGES, current_reading, gettext


class WrittenInLanguages(Protocol):
    """A text in one or several languages, as `core.localtext.LocalText`."""

    def in_language(self, language: str) -> tuple[str, str]:
        """The text, and the language in which it could be shown."""


def equip(environment: Environment) -> None:
    """Give an environment the catalogue, and the filters and functions below."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        catalogue.gettext,
        lambda one, many, number: catalogue.spoken().ngettext(one, many, number),
        newstyle=True,
        pgettext=catalogue.pgettext,
        npgettext=lambda context, one, many, number: catalogue.spoken().npgettext(context, one, many, number),
    )
    environment.globals.update(gettext=_gettext, _=_gettext)
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters.update(FILTERS)
    environment.globals.update(FUNCTIONS)


@pass_eval_context
def _gettext(context: EvalContext, message: str, **words: Any) -> str:
    """As Jinja's own; a page has dozens of messages, and most have neither words to fill in nor a per cent sign."""
    if context.autoescape:
        reading = current_reading()
        text: str = _marked_up(reading.language.code, reading.word, reading.in_network, message)
    else:
        text = catalogue.gettext(message)
    return text % words if words or "%" in text else text


def said(message: str) -> Markup:
    """A message without words to fill in, as mark-up: what `_gettext` gives a page for it."""
    reading = current_reading()
    text = _marked_up(reading.language.code, reading.word, reading.in_network, message)
    return text % {} if "%" in text else text


@lru_cache(maxsize=20_000)
def _marked_up(language: str, word: str, in_network: bool, message: str) -> Markup:
    said = catalogue.translations(language, word, in_network=in_network).gettext(message)
    return Markup(said)  # noqa: S704 - as Jinja does: the catalogue is ours


def today() -> date:
    """The day it is where the reader is."""
    return dates.in_reader_zone(clock.now()).date()


def _time(machine: str, shown: str) -> Markup:
    """What is read as mark-up is built without `%`, which costs five times as much: pages are full of days."""
    return Markup(f'<time datetime="{escape(machine)}">{escape(shown)}</time>')  # noqa: S704 - both are escaped


def _long_time(machine: str, shown: str) -> Markup:
    return Markup(f'<time class="long" datetime="{escape(machine)}">{escape(shown)}</time>')  # noqa: S704 - likewise


def _as_date(value: date | datetime) -> date:
    return dates.in_reader_zone(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime, weekday: bool = True) -> Markup:
    """`Tue 14 Apr`."""
    shown = _as_date(value)
    return _time(shown.isoformat(), dates.day_text(shown, today=today(), weekday=weekday))


def day_full(value: date | datetime, weekday: bool = True) -> Markup:
    """`Tuesday 14 April 2026`."""
    shown = _as_date(value)
    return _time(shown.isoformat(), dates.day_in_full(shown, weekday=weekday))


def day_due(value: date | datetime) -> Markup:
    """`Tue 14 Apr, in 3 days`: with the distance inside eight days to come."""
    shown = _as_date(value)
    text = dates.day_text(shown, today=today())
    distance = dates.distance_text(shown, today=today())
    if distance:
        text = gettext("%(day)s, %(distance)s", day=text, distance=distance)
    return _time(shown.isoformat(), text)


def ago(value: date | datetime) -> Markup:
    """`13 days ago`."""
    shown = _as_date(value)
    return _time(shown.isoformat(), dates.ago_text(shown, today=today()))


def day_range(first: date, last: date) -> Markup:
    """`14–15 April 2026`."""
    return _time(first.isoformat(), dates.days_text(first, last))


def partial(value: PartialDate | None) -> Markup:
    """`2009`, `April 2009` or `23 April 2009`: as precise as its source."""
    return Markup("") if value is None else _time(value.written, dates.partial_date_text(value))


def hours(begin: datetime, end: datetime | None, zone: str) -> Markup:
    """`09:00–17:00, Panama time (UTC−5)`."""
    return _long_time(_machine(begin, zone), dates.hours_text(begin, end, zone))


def deadline(moment: datetime, zone: str) -> Markup:
    """`Fri 13 Mar, 17:00, Panama time (UTC−5)`."""
    return _long_time(_machine(moment, zone), dates.deadline_text(moment, zone, today=today()))


def moment(value: datetime) -> Markup:
    """`Tue 14 Apr, 09:12`, on the reader's clock."""
    instant = value.replace(tzinfo=UTC) if value.tzinfo is None else value
    return _time(instant.astimezone(UTC).isoformat(timespec="minutes"), dates.moment_text(instant, today=today()))


def _machine(value: datetime, zone: str) -> str:
    return dates.on_clock_of(value, ZoneInfo(zone)).isoformat(timespec="minutes")


def local(value: WrittenInLanguages | str | None) -> Markup:
    """A text in the reader's language; where there is none, in the one there is, saying so."""
    if value is None:
        return Markup("")
    if isinstance(value, str):
        return escape(value)
    text, shown = value.in_language(current_reading().language.code)
    if shown == current_reading().language.code:
        return escape(text)
    name = words.language_name(shown)
    is_only = len(getattr(value, "texts", ())) < 2
    only = gettext("%(language)s only", language=name) if is_only else gettext("in %(language)s", language=name)
    return Markup('%s <small class="only">%s</small>') % (_in_language(text, shown), only)


def local_bare(value: WrittenInLanguages | str | None) -> Markup:
    """As `local`, without the words that say so: in links and rows where the language is evident. The mark-up stays."""
    if value is None or isinstance(value, str):
        return escape(value or "")
    here = current_reading().language.code
    text, shown = value.in_language(here)
    return escape(text) if shown == here else _in_language(text, shown)


def local_paragraphs(value: WrittenInLanguages | None) -> list[Markup]:
    """The paragraphs of a text, each as `local_bare`; empty lines stand between them."""
    if value is None:
        return []
    here = current_reading().language.code
    text, shown = value.in_language(here)
    parts = [one.strip() for one in text.split("\n") if one.strip()]
    return [escape(one) if shown == here else _in_language(one, shown) for one in parts]


def bare_in_rows() -> Callable[[WrittenInLanguages | None], str]:
    """`local_bare` for the rows of a list: words in the reader's own language are given as they are, and escaped where
    a template writes them."""
    here = current_reading().language.code

    def words_of(value: WrittenInLanguages | None) -> str:
        if value is None:
            return ""
        text, shown = value.in_language(here)
        return text if shown == here else _in_language(text, shown)

    return words_of


def parts_list(parts: Sequence[object]) -> str:
    """As `words.parts_text`; a part that brings its mark-up keeps it, and the others are written beside it safely."""
    given = [one for one in parts if one]
    if any(hasattr(one, "__html__") for one in given):
        return Markup(words.parts_text([str(escape(one)) for one in given]))  # noqa: S704 - each part is escaped
    return words.parts_text([str(one) for one in given])


def local_text(value: WrittenInLanguages | str | None) -> str:
    """As `local_bare`, as plain words: for titles of pages, attributes and plain mails."""
    if value is None or isinstance(value, str):
        return value or ""
    return value.in_language(current_reading().language.code)[0]


def _in_language(text: str, code: str) -> Markup:
    language = LANGUAGES.get(code)
    direction = Markup(' dir="%s"') % (language.direction,) if language else Markup("")
    return Markup('<span lang="%s"%s>%s</span>') % (code, direction, text)


def symbol(value: str) -> Markup:
    """A symbol keeps left to right in every language."""
    return Markup('<bdi class="sym" dir="ltr">%s</bdi>') % (value,)


def ltr(value: str) -> Markup:
    """A telephone number or an address keeps left to right."""
    return Markup('<bdi dir="ltr">%s</bdi>') % (value,)


def isolated(value: str) -> Markup:
    """Words in any language beside those of the page: neither turns the other around."""
    return Markup("<bdi>%s</bdi>") % (value,)


def telephone(value: str) -> Markup:
    """A number written internationally, as a link that rings."""
    digits = "".join(c for c in value if c.isdigit() or c == "+")
    return Markup('<a class="nb" href="tel:%s"><bdi dir="ltr">%s</bdi></a>') % (digits, value)


def words_list(values: list[Any]) -> str:
    """`Belize, Canada and Mexico`."""
    return words.list_text(values)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "day_full": day_full,
    "day_due": day_due,
    "day_of_month": dates.day_of_month_text,
    "weekday_letter": dates.weekday_letter,
    "month_name": dates.month_name,
    "weekday": dates.weekday_text,
    "ago": ago,
    "partial": partial,
    "moment": moment,
    "hour": dates.hour_text,
    "local": local,
    "local_bare": local_bare,
    "local_paragraphs": local_paragraphs,
    "local_text": local_text,
    "symbol": symbol,
    "ltr": ltr,
    "isolated": isolated,
    "telephone": telephone,
    "number": words.number_text,
    "language_name": words.language_name,
    "words_list": words_list,
    "parts_list": parts_list,
}
"""Filters of one value. `day_range`, `hours` and `deadline` take several and are functions: see `FUNCTIONS`."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "day_range": day_range,
    "hours": hours,
    "deadline": deadline,
    "today": today,
}
