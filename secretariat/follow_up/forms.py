"""Forms of follow-up: the one-minute update, the policy, and what an officer does about one recipient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages.fields import (
    ChoiceField,
    DayField,
    LongTextField,
    MailField,
    Needed,
    Optional,
    PickField,
    PicksField,
    TextField,
    YesField,
)
from secretariat.pages.forms import Form
from secretariat.pages.statuses import STATUSES
from secretariat.pages.uploads import UploadsField
from secretariat.plans.evidence_models import LentFile
from secretariat.plans.models import Commitment, LentUpdate, ProgressUpdate
from secretariat.plans.status import Status
from secretariat.plans.views.evidence import choices

OFFERED = (Status.IN_PROGRESS, Status.COMPLETED, Status.POSTPONED, Status.NOT_YET_STARTED)
LONGEST_PAUSE = timedelta(days=180)
CONFIRM, CORRECT = "confirm", "correct"


@dataclass(frozen=True, slots=True)
class Asked:
    """One commitment on the page: what was said last, and what the Secretariat noted and awaits a word on."""

    place: int
    commitment: Commitment
    said: ProgressUpdate | None
    note: ProgressUpdate | None
    is_due: bool
    lent: Sequence[LentUpdate] = ()
    drafted: Sequence[LentFile] = ()
    asks_obstacle: bool = False
    """Whether it was said that something is still to come, and not what stands in the way."""

    @property
    def id(self) -> UUID:
        return self.commitment.id


class SuccessorForm(Form):
    """Who follows in which office, as far as the focal point knows."""

    place = PickField(_l("In which office"))

    name = TextField(_l("Name"), [Needed(_l("Give the name, or the office if the name is not known yet"))])
    ministry = TextField(_l("Ministry and department"), [Optional()])
    address = MailField(_l("Address at work"), [Optional()])
    word = TextField(_l("A word on it"), [Optional()], longest=500, description=_l("For example: from Monday on."))


class UpdateForm(Form):
    """A fieldset for each commitment: `s` status, `n` what to do with a note, `w` words, `o` obstacle, `h` support, `f`
    files, `k` those of a colleague that are kept."""

    later = DayField(_l("Ask me after"), [Optional()])
    ring_word = TextField(_l("When it suits"), [Optional()], longest=300)

    def answer(self, asked: Asked) -> Answer:
        """What was typed about one commitment."""
        at = asked.place
        status, note = self[f"s{at}"].data, self[f"n{at}"].data if f"n{at}" in self else None
        return Answer(
            Status(status) if status else None,
            note,
            self[f"w{at}"].data or "",
            self[f"o{at}"].data or "",
            _("Support would be welcome.") if self[f"h{at}"].data else "",
            bool(self[f"f{at}"].data),
            [UUID(key) for key in self[f"k{at}"].data or []] if f"k{at}" in self else [],
        )

    def holds_more(self, asked: Sequence[Asked]) -> bool:
        """Whether something was typed or chosen that is still to be saved."""
        given = [self.answer(one) for one in asked]
        return bool(self.later.data or self.ring_word.data or any(one.is_given or one.has_words for one in given))

    def missing(self, asked: Sequence[Asked]) -> bool:
        """Say what is missing, beside the field it is missing from; whether anything is."""
        answers = {one.place: self.answer(one) for one in asked}
        for place, given in answers.items():
            if given.note == CORRECT and given.status is None:
                self.refuse(_("Choose where it stands."), f"s{place}")
            if given.status is None and given.note is None and given.has_words:
                self.refuse(_("Choose where it stands; your words are kept."), f"s{place}")
        if not any(given.is_given for given in answers.values()) and not self.wrong():
            self.refuse(_("Choose where at least one of them stands."))
        return bool(self.wrong())

    def pause_refused(self) -> bool:
        """Say what is wrong with the day after which to ask; whether anything is."""
        day: date | None = self.later.data
        if day is None:
            self.refuse(_("Give the day after which we may ask."), "later")
        elif not clock.today() < day <= clock.today() + LONGEST_PAUSE:
            self.refuse(_("Give a day within the next six months."), "later")
        return bool(self.wrong())


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed about one commitment."""

    status: Status | None
    note: str | None
    words: str
    obstacle: str
    support: str
    has_files: bool
    drafted: Sequence[UUID]

    @property
    def has_words(self) -> bool:
        return bool(self.words or self.obstacle or self.support or self.has_files or self.drafted)

    @property
    def is_given(self) -> bool:
        return self.status is not None or self.note is not None


def update_form(asked: Sequence[Asked], *, without_address: str | None = None) -> UpdateForm:
    """The form for these commitments. `without_address` is the place of one that has just been passed on."""
    fields: dict[str, Any] = {}
    for one in asked:
        at = one.place
        fields[f"s{at}"] = PickField(_l("Where it stands"), [Optional()], choices=_choices(one))
        if one.note is not None:
            fields[f"n{at}"] = PickField(
                _l("Is this what you told us?"),
                [Optional()],
                choices=[(CONFIRM, _l("Confirm")), (CORRECT, _l("Correct"))],
            )
        fields[f"w{at}"] = LongTextField(_l("What was done"), [Optional()], longest=2000)
        fields[f"o{at}"] = LongTextField(_l("What stands in the way"), [Optional()], longest=2000)
        fields[f"h{at}"] = YesField(_l("We would welcome support"))
        fields[f"f{at}"] = UploadsField(_l("Files in which one can see it"), [Optional()])
        if one.drafted:
            fields[f"k{at}"] = PicksField(
                _l("Files of your colleague to send with it"), [Optional()], choices=choices(one.drafted)
            )
        fields[f"c{at}"] = MailField(_l("Your colleague’s address at work"), [Optional()])
    made: UpdateForm = type("UpdateFormOfTheseItems", (UpdateForm,), fields)()
    if without_address is not None:
        made[f"c{without_address}"].data = ""
    return made


def _choices(one: Asked) -> list[tuple[str, Any]]:
    """The statuses, the one that stood last being the first, as "as before"."""
    stood = one.said.status if one.said else None
    ordered = sorted(OFFERED, key=lambda status: status is not stood)
    return [
        (status.value, _as_before(status) if status is stood else STATUSES[status.value].words) for status in ordered
    ]


def _as_before(status: Status) -> Any:
    return {
        Status.IN_PROGRESS: _l("As before: in progress"),
        Status.COMPLETED: _l("As before: completed"),
        Status.POSTPONED: _l("As before: postponed"),
        Status.NOT_YET_STARTED: _l("As before: not yet started"),
    }[status]


class RecipientForm(Form):
    """What an officer does about the next message to one person."""

    line = LongTextField(_l("A personal line for the next message"), [Optional()], longest=500)


class SeveralForm(Form):
    """What an officer does about the next messages to several persons at once."""

    who = PicksField(_l("To"), [Needed(_l("Choose at least one person"))])
    act = ChoiceField(
        _l("What to do"),
        [Needed(_l("Choose what to do"))],
        choices=[
            ("send", _l("Send now")),
            ("skip", _l("Skip this round")),
            ("hold", _l("Hold")),
            ("let go", _l("Let go")),
            ("line", _l("Keep the line")),
        ],
    )
    line = LongTextField(_l("A personal line for the next message"), [Optional()], longest=500)
