"""Fields that speak courteously: what is needed, with an example, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import wtforms
from babel.numbers import list_currencies
from email_validator import EmailNotValidError, validate_email
from flask import abort, has_request_context
from markupsafe import Markup
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.validators import StopValidation, ValidationError

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.languages import LANGUAGES, current_reading, dates, ngettext, order
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.localtext import LocalText
from secretariat.pages import refusals

LINE_LENGTH = 300
"""Characters in a field of one line unless it says otherwise."""
TEXT_LENGTH = 20_000
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
"""Beyond these the year was mistyped, and what is counted from such a day would leave the calendar."""
_TYPED_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_TYPED_HOUR = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?")


class Needed:
    """Something must be typed or chosen. The message says what, with an example: "Give the day of the meeting, ..."."""

    field_flags = {"needed": True}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        if field.errors:
            raise StopValidation  # what was typed could not be read: that message stands
        if field.data is None or field.data == [] or (isinstance(field.data, str | LocalText) and not field.data):
            field.errors[:] = []
            raise StopValidation(str(self.message))


class Optional(wtforms.validators.Optional):
    """It may be left empty; the page says so beside its name."""


class Either(Optional):
    """It may be left empty where another field says it: the page's own words tell, and "if you wish" would mislead."""


class Passes:
    """The value passes a test; otherwise the message."""

    def __init__(self, test: Callable[[Any], bool], message: Any) -> None:
        self.test = test
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is not None and not self.test(field.data):
            raise ValidationError(str(self.message))


class NotBefore:
    """The day is not before that of another field; said together with whatever else is wrong with the form."""

    def __init__(self, other: str, message: Any) -> None:
        self.other = other
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        first = form[self.other].data
        if first is not None and field.data is not None and field.data < first:
            raise ValidationError(str(self.message))


class Courteous:
    """What templates ask of any field."""

    is_local_text = False
    is_pick = False

    @property
    def is_optional(self) -> bool:
        """Whether it may be left empty and a reader is helped by knowing."""
        validators: Iterable[Any] = self.validators  # type: ignore[attr-defined]
        return any(isinstance(one, Optional) and not isinstance(one, Either) for one in validators)


_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: unseen, they make a name read as another. Direction is the page's."""


_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Signs without a shape. Between letters some belong to the spelling (the joiners of Persian and of emoji); alone they
would be a name that nobody sees."""


def _cleaned(value: str | None) -> str:
    text = _TURNS_TEXT.sub("", (value or "").replace("\r\n", "\n")).strip()
    return text if _UNSEEN.sub("", text).strip() else ""


def _one_line(value: str | None) -> str:
    return " ".join(_cleaned(value).split("\n"))


class TextField(Courteous, wtforms.StringField):
    """One line of text. `longest` in characters: what is longer is told and kept to be shortened. The control takes it
    all; a browser would cut what is pasted without a word."""

    def __init__(self, *args: Any, longest: int = LINE_LENGTH, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    clean = staticmethod(_one_line)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.clean(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        check_text(self.data or "", self.longest)


class LongTextField(TextField):
    """Several lines."""

    widget = wtforms.widgets.TextArea()
    clean = staticmethod(_cleaned)

    def __init__(self, *args: Any, longest: int = TEXT_LENGTH, **kwargs: Any) -> None:
        super().__init__(*args, longest=longest, **kwargs)


def check_text(text: str, longest: int) -> None:
    """That a text is no longer than `longest` characters and holds none that cannot be kept. Raises ValidationError."""
    if len(text) > longest:
        over = len(text) - longest
        raise ValidationError(
            ngettext("Shorten this by %(num)s character.", "Shorten this by %(num)s characters.", over)
        )
    if _UNWRITABLE.search(text):
        raise ValidationError(_("There is a character in this that cannot be kept; type the words anew."))


class MailField(TextField):
    """An address for mail, by its syntax alone; whether it is reached is found out by writing to it.

    Mail goes by relays that need not know other letters than those of ASCII (RFC 6531 is an extension): the part before
    the @ has none, a domain in another script is kept as the names of the network have it (RFC 5891).
    """

    widget = wtforms.widgets.EmailInput()

    def __call__(self, **kwargs: Any) -> Markup:
        return cast("Markup", super().__call__(**{"dir": "ltr", **kwargs}))

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data:
            try:
                known = validate_email(
                    self.data, check_deliverability=False, test_environment=True, allow_smtputf8=False
                )
                self.data = known.ascii_email or known.normalized
            except EmailNotValidError:
                raise ValidationError(
                    _("Give an address as in mail, for example focal.point@ministry.example")
                ) from None


class _TypedField(Courteous, wtforms.Field):
    """A field whose typed text is read into a value. What cannot be read stays as it was typed."""

    widget = wtforms.widgets.TextInput()
    complaint: Callable[[], str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unread: str | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = _cleaned(valuelist[0]) if valuelist else ""
        self.data, self.unread = None, None
        if typed:
            try:
                self.data = self.read(typed)
            except (ValueError, OverflowError):
                self.unread = typed
                raise ValueError(type(self).complaint()) from None

    def read(self, typed: str) -> Any:
        """The value of what was typed. Raises ValueError."""
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """The value as the control holds it."""
        return str(value)

    def _value(self) -> str:
        if self.unread is not None:
            return self.unread
        return "" if self.data is None else self.written(self.data)


def typed_day(typed: str) -> date:
    """A day as a browser sends it (2026-03-26) or as people type it (26/03/2026, 26.3.2026). Raises ValueError."""
    match = _TYPED_DAY.fullmatch(typed)
    if match:
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    return date.fromisoformat(typed)


def day_in_reach(typed: str) -> date:
    """The same, of a year that was not mistyped. Raises ValueError."""
    day = typed_day(typed)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(typed)
    return day


class DayField(_TypedField):
    """A day. Browsers show the reader's own format; those without the control may type 26/03/2026 or 2026-03-26."""

    widget = wtforms.widgets.DateInput()

    @staticmethod
    def complaint() -> str:
        return _("Give a day, for example %(example)s", example=dates.day_in_full(clock.today(), weekday=False))

    def read(self, typed: str) -> date:
        return day_in_reach(typed)

    def written(self, value: date) -> str:
        return value.isoformat()


class HourField(_TypedField):
    """An hour of the day, wall time."""

    widget = wtforms.widgets.TimeInput()

    @staticmethod
    def complaint() -> str:
        return _("Give an hour, for example 09:30")

    def read(self, typed: str) -> time:
        match = _TYPED_HOUR.fullmatch(typed)
        if not match:
            raise ValueError(typed)
        return time(int(match[1]), int(match[2]))

    def written(self, value: time) -> str:
        return f"{value:%H:%M}"


class PartialDateField(_TypedField):
    """A date as its source gives it: a year, a month or a day."""

    @staticmethod
    def complaint() -> str:
        return _("Give a year, a month or a day: 2009, 2009-04 or 2009-04-23")

    def read(self, typed: str) -> PartialDate:
        match = _TYPED_DAY.fullmatch(typed)
        if match:
            day, month, year = map(int, match.groups())
            return PartialDate.parse(date(year, month, day))
        return PartialDate.parse(typed)


class NumberField(_TypedField):
    """A whole number from `least` to `most`."""

    widget = wtforms.widgets.NumberInput()

    def __init__(self, *args: Any, least: int = 0, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = least, most

    @staticmethod
    def complaint() -> str:
        return _("Give a whole number, for example 12")

    def read(self, typed: str) -> int:
        return int(typed)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not self.least <= self.data <= self.most:
            raise ValidationError(_("Give a number from %(least)s to %(most)s", least=self.least, most=self.most))


class AmountField(_TypedField):
    """An amount of money, of two decimals at most: as people write it (1,250.50; 1.250,50; 1 250). A single sign before
    exactly three figures parts thousands."""

    def __init__(self, *args: Any, most: Decimal = Decimal("9999999999.99"), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    @staticmethod
    def complaint() -> str:
        return _("Give an amount, for example 1,250.50")

    def read(self, typed: str) -> Decimal:
        plain = re.sub(r"[\s\u00a0\u202f'’]", "", typed.translate(_ARABIC_SIGNS))
        signs = [sign for sign in plain if sign in ".,"]
        last = max(plain.rfind("."), plain.rfind(","))
        if last >= 0 and (signs.count(plain[last]) > 1 or (len(signs) == 1 and len(plain) - last == 4)):
            last = -1  # thousands alone
        whole, part = (plain, "") if last < 0 else (plain[:last], plain[last + 1 :])
        whole = re.sub(r"[.,]", "", whole)
        if not whole.isdecimal() or (part and not part.isdecimal()) or len(part) > 2:
            raise ValueError(typed)
        return Decimal(f"{int(whole)}.{int(part.ljust(2, '0') or '0'):02d}")

    def written(self, value: Decimal) -> str:
        return f"{value:.2f}"

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data > self.most:
            raise ValidationError(_("This amount is too large to be kept; look at the figures"))


_ARABIC_SIGNS = str.maketrans({"٫": ".", "٬": ","})


class CurrencyField(TextField):
    """A currency by its code of three letters (ISO 4217): USD, EUR, MXN."""

    @staticmethod
    def clean(value: str | None) -> str:
        return _one_line(value).upper()

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and self.data not in list_currencies():
            raise ValidationError(_("There is no currency with this code; give one of three letters, for example USD"))


class _Choosing(Courteous):
    """A field whose value is chosen from pairs of value and words; the values are compared as text."""

    data: Any
    not_offered: Any = _l("Choose one of those shown")
    tells_of_ids = False
    """Whether an id that is not offered is answered beside the field too: where what was chosen may have gone while
    somebody wrote, so that nothing typed is lost. It is told of one that never was, word for word."""

    def __init__(self, *args: Any, choices: Iterable[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        offered = [SelectChoice(value=str(value), label=words) for value, words in choices]
        super().__init__(*args, choices=offered, **kwargs)  # type: ignore[call-arg]

    def offer(self, choices: Iterable[tuple[Any, Any]]) -> None:
        """Offer these instead."""
        self.choices = [SelectChoice(value=str(value), label=words) for value, words in choices]

    def pre_validate(self, form: Any) -> None:
        """What is not offered is not accepted; whether it exists for others is not told."""
        offered = {choice.value for choice in self.iter_choices()}  # type: ignore[attr-defined]
        chosen = self.data if isinstance(self.data, list) else [self.data]
        made_up = [one for one in chosen if one is not None and one not in offered]
        if made_up:
            _refuse_made_up(self.name, made_up, told=self.tells_of_ids)  # type: ignore[attr-defined]
            raise ValidationError(str(self.not_offered))


def _refuse_made_up(name: str, values: Iterable[Any], *, told: bool) -> None:
    """No page sends what it does not offer. An id is answered as one in an address is: as not there, unless the form
    tells of it; a word is left for the form to answer."""
    if not has_request_context():
        return
    refusals.note(refusals.NOT_OFFERED, field=name)
    if not told and any(_is_an_id(str(one)) for one in values):
        abort(404)


def _is_an_id(text: str) -> bool:
    """An id by itself, or behind the word for what it is of (`participant:...`)."""
    try:
        UUID(text.rpartition(":")[2])
    except ValueError:
        return False
    return True


class ChoiceField(_Choosing, wtforms.SelectField):
    """More than six choices: a list that opens. It begins with `blank`, so that nothing is chosen beforehand, unless
    the choices have words of their own for none of them."""

    def __init__(self, *args: Any, blank: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, coerce=_as_chosen, **kwargs)
        self.blank = blank

    def iter_choices(self) -> list[Choice]:
        choices = list(super().iter_choices())
        if any(not choice.value for choice in choices):
            return choices
        return [Choice(value="", label=self.blank, selected=self.data is None, render_kw={}), *choices]


class PickField(_Choosing, wtforms.RadioField):
    """Up to six choices, one of them; nothing is chosen beforehand unless a default says so."""

    is_pick = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, coerce=_as_chosen, **kwargs)


class PicksField(_Choosing, wtforms.SelectMultipleField):
    """Up to a dozen choices, any number of them."""

    is_pick = True
    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()


def _as_chosen(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)


class YesField(Courteous, wtforms.BooleanField):
    """A box that is ticked or not."""


class ZoneField(ChoiceField):
    """A time zone, named by its place, with its present offset: `Panama (UTC−5)`."""

    not_offered = _l("There is no such time zone; choose the place whose time it is")

    def iter_choices(self) -> list[Choice]:
        shown = zone_choices(current_reading().language.code, clock.today())
        known = {zone for zone, _words in shown}
        if self.data and self.data not in known and self.data in available_timezones():
            shown = ((self.data, dates.place_of_zone(self.data)), *shown)  # an older name of a zone is one still
        self.offer(shown)
        return super().iter_choices()


@lru_cache(maxsize=16)
def zone_choices(_language: str, on: date) -> tuple[tuple[str, str], ...]:
    """Zones by place in the reader's language, sorted by its rules."""
    noon = datetime(on.year, on.month, on.day, 12)  # noqa: DTZ001 - wall time, placed in each zone below
    named: dict[str, str] = {}
    for zone in sorted(_zones_in_use()):  # every process offers the same of two names
        area, separator, _rest = zone.partition("/")
        if separator and area in _AREAS and not zone.startswith("America/Indiana/Indianapolis"):
            place = dates.place_of_zone(zone)
            offset = dates.offset_text(dates.on_clock_of(noon, ZoneInfo(zone)).utcoffset())
            named.setdefault(f"{place} ({offset})", zone)
    named["UTC"] = "UTC"
    return tuple((named[words], words) for words in order.sorted_names(named, _language))


@lru_cache(maxsize=1)
def _zones_in_use() -> frozenset[str]:
    """Zones that stand for places of today, as the table of the zones of each country has them: without the names of
    before, such as Australia/ACT or Asia/Dacca, among which nobody looks for a place."""
    known = frozenset(available_timezones())
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    listed = {line.split("\t")[2].strip() for line in table.splitlines() if line and not line.startswith("#")}
    return known & listed


_AREAS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})


@dataclass(frozen=True, slots=True)
class LocalTextPart:
    """The control of one language."""

    id: str
    language: str
    control: Callable[[], Markup]


class LocalTextField(Courteous, wtforms.Field):
    """One text in several languages. Set `languages` to those of the process; the first filled one is the original.

    The value is a `LocalText`, None where nothing was typed in any language. Languages that are in the stored text but
    not offered stay as they are.
    """

    is_local_text = True

    def __init__(
        self, *args: Any, longest: int = LINE_LENGTH, rows: int = 1, languages: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.longest, self.rows = longest, rows
        self.languages = tuple(languages) or tuple(LANGUAGES)
        self.typed: dict[str, str] = {}

    def process(self, formdata: Any, data: Any = wtforms.utils.unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        stored: LocalText | None = self.object_data if isinstance(self.object_data, LocalText) else None
        self.typed = dict(stored.texts) if stored else {}
        if formdata is None:
            return
        self.raw_data = [name for name in formdata if name.startswith(f"{self.name}-")]
        for language in LANGUAGES:
            if f"{self.name}-{language}" in formdata:
                clean = _cleaned if self.rows > 1 else _one_line
                self.typed[language] = clean(formdata.get(f"{self.name}-{language}"))
        texts = {language: text for language, text in self.typed.items() if text}
        if not texts:
            self.data = None
            return
        kept = stored.original if stored and stored.original in texts else None
        first = next((language for language in self.languages if language in texts), next(iter(texts)))
        self.data = LocalText(texts, kept or first)

    def pre_validate(self, form: Any) -> None:
        for text in self.typed.values():
            check_text(text, self.longest)

    def parts(self) -> list[LocalTextPart]:
        """A control for each language, in its own direction."""
        return [
            LocalTextPart(f"{self.id}-{code}", code, lambda code=code: self._control(code))  # type: ignore[misc]
            for code in self.languages
        ]

    def _control(self, code: str) -> Markup:
        language, text = LANGUAGES[code], self.typed.get(code, "")
        name, wrong = f"{self.name}-{code}", Markup(' aria-invalid="true"') if self.errors else Markup("")
        shared = Markup('id="{}" name="{}" lang="{}" dir="{}"{}').format(
            f"{self.id}-{code}", name, code, language.direction, wrong
        )
        if self.rows > 1:
            return Markup('<textarea {} rows="{}">\n{}</textarea>').format(shared, self.rows, text)
        return Markup('<input {} value="{}">').format(shared, text)
