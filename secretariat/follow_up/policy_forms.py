"""Forms of follow-up policies: of a process, and of one plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms.validators import ValidationError

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import ngettext
from secretariat.follow_up import planner
from secretariat.follow_up.manner import Manner, PlanManner
from secretariat.follow_up.planner import LEAST_APART, Rules
from secretariat.follow_up.quiet import QuietPeriod, quiet_days
from secretariat.pages.fields import (
    ChoiceField,
    DayField,
    Either,
    Needed,
    NumberField,
    Optional,
    PicksField,
    TextField,
    YesField,
)
from secretariat.pages.forms import Form

PERIODS = 3
LONGEST_PERIOD = 62
NUMBER = _l("Give a whole number, for example 12")


class DaysField(TextField):
    """Several numbers of days, separated by commas. `data` is what was typed, `days` the numbers."""

    def __init__(self, *args: Any, least: int = 1, most: int = 365, **kwargs: Any) -> None:
        super().__init__(*args, longest=60, **kwargs)
        self.least, self.most = least, most

    @property
    def days(self) -> tuple[int, ...]:
        """The numbers typed, without doubles, in order. Raises ValueError."""
        parts = [part for part in re.split(r"[,;\s،]+", str(self.data or "")) if part]
        numbers = sorted({int(part) for part in parts})
        if len(numbers) > 5 or any(not self.least <= number <= self.most for number in numbers):
            raise ValueError
        return tuple(numbers)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        try:
            self.days  # noqa: B018 - reading it is the test
        except ValueError:
            message = _(
                "Give up to five numbers of days from %(least)s to %(most)s, for example 14, 42",
                least=self.least,
                most=self.most,
            )
            raise ValidationError(message) from None


class StepsForm(Form):
    """When a thing is asked after. Bounded, so that no policy writes for ever, or never."""

    before_due = DaysField(_l("Days before a due date"), [Either()])
    after_due = DaysField(_l("Days after it, 0 being the day itself"), [Either()], least=0)
    answer_after = DaysField(_l("Days after a question without a date"))
    check_in_every = NumberField(
        _l("Days between check-ins on what has no date, or has gone quiet"), [Needed(NUMBER)], least=30, most=365
    )
    check_ins = NumberField(_l("Check-ins until there is a word"), [Needed(NUMBER)], least=1, most=8)
    before_meeting = DaysField(_l("Days before a meeting"), [Optional()])
    meeting_bodies = PicksField(_l("Meetings of"), [Optional()])
    grace = NumberField(_l("Days after the last step when asking ends"), [Needed(NUMBER)], least=7, most=180)
    stopped = YesField(_l("Send no reminders for now"))
    example = ChoiceField(_l("Show it for"), [Optional()])

    def offers(self, bodies: Iterable[tuple[UUID, Any]], examples: Iterable[tuple[UUID, Any]]) -> None:
        """The bodies whose meetings can be chosen, and of whom an example can be shown."""
        self.meeting_bodies.offer([(key, words) for key, words in bodies])
        self.example.offer([(key, words) for key, words in examples])

    def bounds_refused(self) -> bool:
        """Say what would have the policy write for ever, or never; whether there is anything."""
        if not (self.before_due.days or self.after_due.days):
            self.refuse(_("Give at least one step before or after the due date."), "before_due")
        if not self.answer_after.days:
            self.refuse(_("Give at least one step, for example 14"), "answer_after")
        return bool(self.wrong())

    def steps(self, otherwise: Rules) -> Rules:
        """The steps that were typed; the rest as `otherwise`."""
        return Rules(
            before_due=self.before_due.days,
            after_due=self.after_due.days,
            answer_after=self.answer_after.days,
            check_in_every=self.check_in_every.data or otherwise.check_in_every,
            check_ins=self.check_ins.data or otherwise.check_ins,
            before_meeting=self.before_meeting.days,
            grace=self.grace.data or otherwise.grace,
            apart=otherwise.apart,
            most_a_quarter=otherwise.most_a_quarter,
        )

    @property
    def bodies(self) -> tuple[UUID, ...]:
        """The bodies that were chosen."""
        return tuple(UUID(one) for one in self.meeting_bodies.data or ())


class PolicyForm(StepsForm):
    """How a track asks, and when its messages may arrive."""

    apart = NumberField(_l("Least days between two messages to one person"), [Needed(NUMBER)], most=180)
    most_a_quarter = NumberField(_l("Most messages to one person in three months"), [Needed(NUMBER)], most=8)
    sending_hour = NumberField(_l("Hour of the recipient from which messages go"), [Needed(NUMBER)], least=6, most=16)
    quiet_weekends = YesField(_l("Nothing on the weekend of the recipient’s country"))
    quiet_holidays = YesField(_l("Nothing on the public holidays of the recipient’s country"))
    chair_rule = TextField(
        _l("The members’ decision that the chair may be asked for a word"), [Optional()], longest=500
    )

    def bounds_refused(self) -> bool:
        """Say what would have the policy write day after day, for ever, or never; whether there is anything."""
        super().bounds_refused()
        if self.apart.data is not None and self.apart.data < LEAST_APART:
            self.refuse(
                _("People would be written to day after day. Leave at least %(days)s days.", days=LEAST_APART), "apart"
            )
        if self.most_a_quarter.data == 0:
            self.refuse(
                _("Nobody would ever be written to. Give at least 1; to pause, say so below."), "most_a_quarter"
            )
        periods = self._periods_read()
        if not self.wrong() and not planner.asks_ever(
            self.steps(Rules()), quiet_days("", "UTC", weekends=bool(self.quiet_weekends.data), periods=periods),
            clock.today(),
        ):  # fmt: skip
            self.refuse(_("With these quiet days nobody would ever be written to. Shorten them."), "first0")
        return bool(self.wrong())

    def _periods_read(self) -> list[QuietPeriod]:
        """The quiet periods that were typed; what is wrong with them is said beside them."""
        found = []
        for place in range(PERIODS):
            first, last = self[f"first{place}"].data, self[f"last{place}"].data
            if first is None and last is None:
                continue
            if first is None or last is None:
                self.refuse(_("Give the first and the last day of the period."), f"first{place}")
            elif last < first:
                self.refuse(_("The last day lies before the first."), f"last{place}")
            elif (last - first).days >= LONGEST_PERIOD:
                message = _("A quiet period may last %(days)s days at most.", days=LONGEST_PERIOD)
                self.refuse(message, f"last{place}")
            else:
                found.append(QuietPeriod(first, last, bool(self[f"yearly{place}"].data)))
        return found

    def manner(self) -> Manner:
        """What was typed; to be asked once nothing is wrong with it."""
        limits = Rules(apart=self.apart.data or LEAST_APART, most_a_quarter=self.most_a_quarter.data or 1)
        return Manner(
            self.steps(limits),
            bool(self.stopped.data),
            bool(self.quiet_weekends.data),
            self.sending_hour.data or 0,
            bool(self.quiet_holidays.data),
            tuple(self._periods_read()),
            self.bodies,
            (self.chair_rule.data or "").strip(),
        )


for _place in range(PERIODS):
    setattr(PolicyForm, f"first{_place}", DayField(_l("From"), [Either()]))
    setattr(PolicyForm, f"last{_place}", DayField(_l("To, that day included"), [Either()]))
    setattr(PolicyForm, f"yearly{_place}", YesField(_l("Every year")))


class PlanPolicyForm(StepsForm):
    """When the commitments of one plan are asked after."""


def written(manner: Manner) -> dict[str, Any]:
    """The policy of a process as its form shows it."""
    values: dict[str, Any] = {
        **steps_written(manner.rules, manner.bodies, stopped=manner.stopped),
        "apart": manner.rules.apart,
        "most_a_quarter": manner.rules.most_a_quarter,
        "sending_hour": manner.sending_hour,
        "quiet_weekends": manner.quiet_weekends,
        "quiet_holidays": manner.quiet_holidays,
        "chair_rule": manner.chair_rule,
    }
    for place, period in enumerate(manner.quiet_periods[:PERIODS]):
        values |= {f"first{place}": period.first, f"last{place}": period.last, f"yearly{place}": period.every_year}
    return values


def plan_written(own: PlanManner, of_process: Manner) -> dict[str, Any]:
    """The policy of a plan as its form shows it: its own, else that of its process to begin with."""
    return steps_written(own.rules or of_process.rules, own.bodies or of_process.bodies, stopped=own.stopped)


def steps_written(rules: Rules, bodies: Iterable[UUID], *, stopped: bool) -> dict[str, Any]:
    """Steps as the form shows them."""
    return {
        "before_due": ", ".join(map(str, rules.before_due)),
        "after_due": ", ".join(map(str, rules.after_due)),
        "answer_after": ", ".join(map(str, rules.answer_after)),
        "check_in_every": rules.check_in_every,
        "check_ins": rules.check_ins,
        "before_meeting": ", ".join(map(str, rules.before_meeting)),
        "meeting_bodies": [str(one) for one in bodies],
        "grace": rules.grace,
        "stopped": stopped,
    }


def step_in_words(name: str) -> str:
    """Why something is asked, from the name of its step."""
    kind, _space, _rest = name.partition(" ")
    if kind.startswith("due-"):
        return ngettext("%(num)s day before it is due", "%(num)s days before it is due", int(kind[4:]))
    if kind == "due+0":
        return _("the day it is due")
    if kind.startswith("due+"):
        return ngettext("%(num)s day after it was due", "%(num)s days after it was due", int(kind[4:]))
    if kind.startswith("answer+"):
        return ngettext("no answer after %(num)s day", "no answer after %(num)s days", int(kind[7:]))
    if kind.startswith("meeting-"):
        return ngettext("%(num)s day before a meeting", "%(num)s days before a meeting", int(kind[8:]))
    if kind == "check-in":
        return _("no word for some time")
    return _("sent by hand")
