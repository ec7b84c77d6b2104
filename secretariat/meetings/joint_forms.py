"""The forms of joint sessions: proposing one, and saying that one does not take part."""

from __future__ import annotations

from collections.abc import Sequence

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.localtext import LocalText
from secretariat.meetings.day_forms import WarnsOfDays
from secretariat.meetings.service.joint import JointWords
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form


def proposing(others: Sequence[tuple[str, str]], languages: Sequence[str], here: str) -> type[WarnsOfDays]:
    """The form of a proposal, for whom this side can ask; one other side is not asked about."""

    class ProposeForm(WarnsOfDays):
        title = fields.LocalTextField(
            _l("Title"), [Needed(_l("Give the session a title, for example Labour migration: a common space"))],
            languages=languages,
        )  # fmt: skip
        about = fields.LocalTextField(_l("What it is about"), [Optional()], languages=languages, rows=3, longest=2000)
        held_on = fields.DayField(_l("Day"), [Needed(_l("Give the day, for example 14 April 2027"))])
        begins = fields.HourField(_l("From"), [Needed(_l("Give the hour at which it begins, for example 15:00"))])
        ends = fields.HourField(_l("until"), [Needed(_l("Give the hour at which it ends, for example 17:00"))])
        zone = fields.ZoneField(_l("Time zone"), [Needed(_l("Choose the place whose time it is"))], default=here)
        place = fields.LocalTextField(_l("Place"), [Optional()], languages=languages)

    if len(others) > 1:
        ProposeForm.other = fields.PickField(
            _l("Who is asked"), [Needed(_l("Choose whom you ask"))], choices=list(others)
        )
    return ProposeForm


def words_of(form: Form) -> JointWords:
    """What was typed."""
    data = form.data
    return JointWords(
        title=data["title"], about=data["about"], held_on=data["held_on"], begins=data["begins"], ends=data["ends"],
        zone=data["zone"], place=data["place"],
    )  # fmt: skip


class DeclineForm(Form):
    """That one does not take part this time, with a word if one wants."""

    reply = fields.LocalTextField(_l("A word to the other side"), [Optional()], rows=2, longest=1000)

    def __init__(self, *args: object, languages: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.reply.languages = tuple(languages)

    @property
    def said(self) -> LocalText | None:
        found: LocalText | None = self.reply.data
        return found
