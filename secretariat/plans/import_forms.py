"""Forms of a table that is brought into a plan: the file, how it is to be read, who is meant by names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from wtforms import ValidationError

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name, list_text
from secretariat.documents.sheets import MOST_ROWS, Sheet
from secretariat.pages.fields import ChoiceField, Needed, NumberField, Optional, PickField, TextField
from secretariat.pages.forms import Form
from secretariat.pages.uploads import UploadField
from secretariat.plans.exchange import columns, shape
from secretariat.plans.exchange.columns import IN_LANGUAGES, NOT_TAKEN, Column
from secretariat.plans.exchange.names import MEMBERS, NOBODY, PARTNER, Meant
from secretariat.plans.exchange.shape import Shape

_ROWS = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")
YES, NO = "yes", "no"


class TableForm(Form):
    """A table to be looked at."""

    table = UploadField(_l("The table"), [Needed(_l("Choose the table, an XLSX or CSV file"))])


class ShapeForm(Form):
    """How a table is to be read. Its columns are fields `column_0` and so on (`shape_form`)."""

    sheet = ChoiceField(_l("Sheet"), [Needed(_l("Choose the sheet"))])
    heading = NumberField(
        _l("Row of the headings"), [Needed(_l("Give the number of the row in which the headings stand, for example 1"))]
    )
    fills_down = PickField(
        _l("An empty cell of an area, objective or activity, or of what is to be done"),
        [Needed(_l("Choose what an empty cell means"))],
        choices=[(YES, _l("means the one above it")), (NO, _l("means that there is none"))],
    )
    day_first = PickField(
        _l("Days in figures, such as 03/04/2027"),
        [Needed(_l("Choose the order of day and month"))],
        choices=[(YES, _l("3 April: the day first")), (NO, _l("4 March: the month first"))],
    )
    single = ChoiceField(
        _l("A row with one cell alone"),
        [Optional()],
        choices=[
            ("", _l("is read as any other row")),
            ("area", _l("begins an area")),
            ("objective", _l("begins an objective")),
        ],
    )
    left_out = TextField(
        _l("Rows to leave out"), [Optional()], longest=500, description=_l("Sums, remarks and the like: 4, 17-20.")
    )

    def validate_left_out(self, field: Any) -> None:
        """Numbers and stretches of numbers."""
        if rows_left_out(field.data or "") is None:
            raise ValidationError(_("Give numbers of rows, for example 4, 17-20."))

    @property
    def columns(self) -> list[Any]:
        """The fields of the columns, in their order."""
        return [one for one in self if one.name.startswith("column_")]

    def shape(self, names: Mapping[str, str]) -> Shape:
        """What was chosen; `names` are kept as they are."""
        chosen = {int(one.name.removeprefix("column_")): Column.of(one.data or "") for one in self.columns}
        return Shape(
            sheet=int(self.sheet.data),
            heading=int(self.heading.data or 1),
            columns={place: one for place, one in chosen.items() if one is not None},
            day_first=self.day_first.data == YES,
            fills_down=self.fills_down.data == YES,
            single=self.single.data or "",
            names=names,
            left_out=rows_left_out(self.left_out.data or "") or (),
        )

    def is_double(self) -> str:
        """The column that is chosen twice; empty where none is."""
        seen: list[Column] = []
        for one in filter(None, (Column.of(field.data or "") for field in self.columns)):
            shared = [other for other in seen if other.name == one.name]
            if any(not one.languages or set(one.languages) & set(other.languages) for other in shared):
                return str(columns.COLUMNS[one.name])
            seen.append(one)
        return ""


def shape_form(book: Sequence[Sheet], chosen: Shape, languages: Sequence[str]) -> ShapeForm:
    """The form for the columns of the chosen sheet."""
    headings = shape.headings_of(book, chosen)
    guessed = [one for column in chosen.columns.values() for one in column.languages]
    choices = _choices([*languages, *dict.fromkeys(one for one in guessed if one not in languages)])
    fields = {
        f"column_{place}": ChoiceField(
            heading.replace("\n", " ")[:120] or _("Column %(number)s, without a heading", number=place + 1),
            choices=choices,
            description=shape.sample(book, chosen, place),
        )
        for place, heading in enumerate(headings)
    }
    form: ShapeForm = type("ColumnsForm", (ShapeForm,), fields)(
        data={
            "sheet": str(chosen.sheet),
            "heading": chosen.heading,
            "fills_down": YES if chosen.fills_down else NO,
            "day_first": YES if chosen.day_first else NO,
            "single": chosen.single,
            "left_out": ", ".join(map(str, chosen.left_out)),
            **{f"column_{place}": column.key for place, column in chosen.columns.items()},
        }
    )
    form.sheet.choices = [(str(place), one.name or _("The table")) for place, one in enumerate(book)]
    return form


def _choices(languages: Sequence[str]) -> list[tuple[str, str]]:
    found = [("", _("Not taken in"))]
    for name, words in columns.COLUMNS.items():
        if name not in IN_LANGUAGES:
            told = _("%(column)s (not taken in)", column=str(words)) if name in NOT_TAKEN else str(words)
            found.append((name, told))
            continue
        if name in NOT_TAKEN:
            found += [
                (Column(name, (one,)).key, _("%(column)s (not taken in)", column=_in(words, [one])))
                for one in languages
            ]
            continue
        found += [(Column(name, (one,)).key, _in(words, [one])) for one in languages]
        found += [(Column(name, pair).key, _in(words, pair)) for pair in combinations(languages, 2)]
    return found


def _in(words: Any, languages: Sequence[str]) -> str:
    if len(languages) == 2:
        both = list_text([language_name(one) for one in languages])
        return _("%(column)s: %(languages)s in one cell", column=str(words), languages=both)
    return f"{words} ({language_name(languages[0])})"


def rows_left_out(said: str) -> tuple[int, ...] | None:
    """`4, 17-20` as numbers; None of anything else."""
    found: list[int] = []
    for one in re.split(r"[,;،]", said):
        if not one.strip():
            continue
        told = _ROWS.fullmatch(one.strip())
        if told is None:
            return None
        first, last = int(told[1]), int(told[2] or told[1])
        if last < first or last - first > MOST_ROWS:
            return None
        found += range(first, last + 1)
    return tuple(sorted(set(found)))[:MOST_ROWS]


class NamesForm(Form):
    """Who is meant by names nobody has here. Its names are fields `name_0` and so on (`names_form`)."""

    keys: Sequence[str] = ()

    @property
    def names(self) -> list[Any]:
        """The fields of the names, in their order."""
        return [one for one in self if one.name.startswith("name_")]

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen, by what answers are kept by."""
        return {key: field.data or "" for key, field in zip(self.keys, self.names, strict=True)}


def names_form(unknown: Mapping[str, Meant], given: Mapping[str, str], members: list[tuple[str, str]]) -> NamesForm:
    """The form for these names; `members` are keys and names of participants that may commit."""
    some = list(unknown.items())[:MOST_NAMES]
    choices = [
        ("", _("Not said yet")),
        *members,
        (MEMBERS, _("Every member, each by a row of its own")),
        (PARTNER, _("A partner beside the commitment")),
        (NOBODY, _("Nobody: leave the name out")),
    ]
    fields = {f"name_{place}": ChoiceField(one.words[:120], choices=choices) for place, (_key, one) in enumerate(some)}
    data = {f"name_{place}": given.get(key, "") for place, (key, _one) in enumerate(some)}
    form: NamesForm = type("TheseNamesForm", (NamesForm,), fields)(data=data)
    form.keys = [key for key, _one in some]
    return form


MOST_NAMES = 60
"""So many names are asked about at a time."""
