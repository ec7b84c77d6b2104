"""Forms of a list of contacts that is brought in: the file, how it is to be read, who is meant, and who is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.correspondence.contact_lists import shape as shapes
from secretariat.correspondence.contact_lists.columns import COLUMNS, SEVERAL
from secretariat.correspondence.contact_lists.meaning import LEAVE_OUT, SAID_WORDS, Row
from secretariat.correspondence.contact_lists.shape import MERGE, Shape
from secretariat.documents.sheets import Sheet
from secretariat.pages.fields import ChoiceField, Needed, NumberField, Optional, PickField
from secretariat.pages.forms import Form
from secretariat.pages.uploads import UploadField

YES, NO = "yes", "no"
MOST_NAMES = 60
"""So many names are asked about at a time."""


class ListForm(Form):
    """A list to be looked at."""

    table = UploadField(_l("The list"), [Needed(_l("Choose the list, an XLSX, CSV or vCard file"))])


class ColumnsForm(Form):
    """How a list is to be read. Its columns are fields `column_0` and so on (`columns_form`)."""

    sheet = ChoiceField(_l("Sheet"), [Needed(_l("Choose the sheet"))])
    heading = NumberField(
        _l("Row of the headings"), [Needed(_l("Give the number of the row in which the headings stand, for example 1"))]
    )
    for_all = ChoiceField(_l("All of them act for"), [Optional()])
    fills_down = PickField(
        _l("An empty cell under Acts for"),
        [Needed(_l("Choose what an empty cell means"))],
        choices=[(YES, _l("means the one above it")), (NO, _l("is a mistake to be mended"))],
    )
    lenient = PickField(
        _l("Numbers, addresses and words that cannot be kept"),
        [Needed(_l("Choose what becomes of them"))],
        choices=[(NO, _l("are to be mended first")), (YES, _l("are left out, and the rest of the row comes in"))],
    )

    @property
    def columns(self) -> list[Any]:
        """The fields of the columns, in their order."""
        return [one for one in self if one.name.startswith("column_")]

    def shape(self, before: Shape) -> Shape:
        """What was chosen; answers are kept as they are."""
        chosen = {int(one.name.removeprefix("column_")): one.data or "" for one in self.columns}
        return Shape(
            sheet=int(self.sheet.data),
            heading=int(self.heading.data or 0),
            columns={place: one for place, one in chosen.items() if one},
            for_all=self.for_all.data or "",
            fills_down=self.fills_down.data == YES,
            lenient=self.lenient.data == YES,
            names=before.names,
            said=before.said,
        )

    def is_double(self) -> str:
        """The column that is chosen twice where one is enough; empty where none is."""
        seen = set()
        for one in filter(None, (field.data for field in self.columns)):
            if one in seen and one not in SEVERAL:
                return str(COLUMNS[one])
            seen.add(one)
        return ""


def columns_form(book: Sequence[Sheet], chosen: Shape, participants: list[tuple[str, str]]) -> ColumnsForm:
    """The form for the columns of the chosen sheet."""
    choices = [("", _("Not taken in")), *((key, str(words)) for key, words in COLUMNS.items())]
    fields = {
        f"column_{place}": ChoiceField(
            heading.replace("\n", " ")[:120] or _("Column %(number)s, without a heading", number=place + 1),
            choices=choices,
            description=shapes.sample(book, chosen, place),
        )
        for place, heading in enumerate(shapes.headings_of(book, chosen))
    }
    form: ColumnsForm = type("TheseColumnsForm", (ColumnsForm,), fields)(
        data={
            "sheet": str(chosen.sheet),
            "heading": chosen.heading,
            "for_all": chosen.for_all,
            "fills_down": YES if chosen.fills_down else NO,
            "lenient": YES if chosen.lenient else NO,
            **{f"column_{place}": column for place, column in chosen.columns.items()},
        }
    )
    form.sheet.choices = [(str(place), one.name or _("The list")) for place, one in enumerate(book)]
    form.for_all.choices = [("", _("whom the list says, row by row")), *participants]
    return form


class AnswersForm(Form):
    """One choice for each of several things, as fields `of_0` and so on."""

    keys: Sequence[Any] = ()

    @property
    def asked(self) -> list[Any]:
        """The fields, in their order."""
        return [one for one in self if one.name.startswith("of_")]

    @property
    def answers(self) -> dict[Any, str]:
        """What was chosen, by key."""
        return {key: field.data or "" for key, field in zip(self.keys, self.asked, strict=True)}


def _answers(keys: Sequence[Any], fields: Sequence[ChoiceField], data: Sequence[str]) -> AnswersForm:
    named = {f"of_{place}": one for place, one in enumerate(fields)}
    told = {f"of_{place}": one for place, one in enumerate(data)}
    form: AnswersForm = type("TheseAnswersForm", (AnswersForm,), named)(data=told)
    form.keys = keys
    return form


def names_form(
    unknown: Mapping[str, str], given: Mapping[str, str], participants: list[tuple[str, str]]
) -> AnswersForm:
    """Who is meant by names of participants nobody has here."""
    some = list(unknown.items())[:MOST_NAMES]
    choices = [("", _("Not said yet")), *participants, (LEAVE_OUT, _("Nobody here: leave its people out"))]
    fields = [ChoiceField(words[:120], choices=choices) for _key, words in some]
    return _answers([key for key, _words in some], fields, [given.get(key, "") for key, _words in some])


def alike_form(rows: Sequence[Row]) -> AnswersForm:
    """What becomes of rows that are likely somebody who is there."""
    choices = [(key, str(words)) for key, words in SAID_WORDS.items()]
    fields = [
        ChoiceField(_("Row %(number)s: %(name)s", number=one.number, name=one.name), choices=choices) for one in rows
    ]
    return _answers([one.number for one in rows], fields, [one.said or MERGE for one in rows])
