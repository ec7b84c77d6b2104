"""The field of a form in which milestones are typed: a few rows of a day and what is to be reached by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import wtforms
from wtforms.validators import ValidationError

from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.pages.fields import LINE_LENGTH, Courteous, DayField, TextField, check_text, day_in_reach
from secretariat.plans.milestones import MOST, Milestone, Milestones, in_order

_SPARE = 3
"""Empty rows offered beside what stands; whoever needs more saves and comes back."""


@dataclass(slots=True)
class Row:
    """A row as it was typed. `day` is as the control holds it, `reached_on` as it stands."""

    key: str = ""
    day: str = ""
    words: str = ""
    reached_on: date | None = None

    @property
    def is_empty(self) -> bool:
        return not self.day and not self.words


class MilestonesField(Courteous, wtforms.Field):
    """Milestones, by rows. The value is a tuple in order of days; a row left empty is none.

    Words are typed in the language of the page. Where they were not changed the other languages stay beside them. A row
    keeps the key it was shown with, so that what is reached stays reached; a key it was not shown with is a new one.
    """

    is_milestones = True

    def process(self, formdata: Any, data: Any = wtforms.utils.unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        stored: Milestones = tuple(self.object_data or ())
        self.data, self.typed = stored, [_as_row(one) for one in stored]
        self._wrong: str | None = None
        sent = [at for at in range(MOST) if formdata is not None and f"{self.name}-{at}-on" in formdata]
        if sent:
            self.raw_data = [f"{self.name}-{at}" for at in sent]
            self.typed = [self._read(formdata, at) for at in sent]
            self.data = self._milestones({one.key: one for one in stored})

    def _read(self, formdata: Any, at: int) -> Row:
        key, day, words = (str(formdata.get(f"{self.name}-{at}-{part}", "")) for part in ("key", "on", "words"))
        return Row(key, TextField.clean(day), TextField.clean(words))

    def _milestones(self, stored: dict[str, Milestone]) -> Milestones:
        found = []
        for row in self.typed:
            before = stored.get(row.key)
            row.key, row.reached_on = (before.key, before.reached_on) if before else ("", None)
            if row.is_empty:
                continue
            on = _day(row.day)
            if on is None or not row.words:
                self._wrong = self._wrong or self._missing(row, on)
                continue
            found.append(Milestone(on, _words(row.words, before), row.reached_on, row.key))
        return in_order(found)

    @staticmethod
    def _missing(row: Row, on: date | None) -> str:
        if not row.day:
            return _("Give the day of each milestone, or take its words out.")
        return DayField.complaint() if on is None else _("Say in a few words what is to be reached by each day.")

    def pre_validate(self, form: Any) -> None:
        for row in self.typed:
            check_text(row.words, LINE_LENGTH)
        if self._wrong:
            raise ValidationError(self._wrong)

    def rows(self) -> list[tuple[int, Row]]:
        """What stands or was typed, and some rows to fill in."""
        there = self.typed[:MOST]
        filled = len([one for one in there if not one.is_empty])
        spare = [Row() for _one in range(max(0, min(MOST, filled + _SPARE) - len(there)))]
        return list(enumerate([*there, *spare]))


def _as_row(one: Milestone) -> Row:
    return Row(one.key, one.on.isoformat(), one.words.in_language(current_reading().language.code)[0], one.reached_on)


def _words(typed: str, before: Milestone | None) -> LocalText:
    code = current_reading().language.code
    if before is not None and before.words.in_language(code)[0] == typed:
        return before.words
    return LocalText.of(typed, code)


def _day(typed: str) -> date | None:
    try:
        return day_in_reach(typed) if typed else None
    except (ValueError, OverflowError):
        return None
