"""When a silence ends: by the rules, as it was chosen, and the days that were not counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from secretariat.core import clock
from secretariat.core.days_off import country_of, holidays_in
from secretariat.core.hours import is_zone
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.refusals import Refused
from secretariat.texts import silence
from secretariat.texts.deadline import Deadline
from secretariat.texts.models import TextEdition
from secretariat.texts.service.silence.rules import closed_by
from secretariat.texts.silence import Expiry
from secretariat.texts.silence_models import SilenceRules

FURTHEST = timedelta(days=366)


def last_version_at(edition: TextEdition) -> datetime:
    """When its readers had the edition in the last of its languages: all came with it, on the day it was released."""
    return max(edition.frozen_at, edition.document.released_at or edition.frozen_at)


def proposed_end(edition: TextEdition, rules: SilenceRules, zone: str) -> Expiry:
    """The end by the rules, counted from the last language version; never under 72 hours from now. Raises Refused."""
    if not is_zone(zone):
        raise Refused(_("Choose a zone, for example America/Panama"), "zone")
    closed = closed_by(zone, rules)
    return silence.expiry(last_version_at(edition), rules.working_days, rules.hour, zone, closed, clock.now())


def check_end(ends: Deadline, rules: SilenceRules | None) -> None:
    now = clock.now()
    ends.check(now)
    if ends.at - now > FURTHEST:
        raise Refused(_("That is more than a year away; give an earlier day"), "ends_on")
    if ends.at - now < silence.LEAST:
        raise Refused(_("A silence lasts 72 hours at the least; give a later day or hour"), "ends_on")
    if not closed_by(ends.zone, rules)(ends.on):
        return
    day = day_in_full(ends.on)
    holiday = next(iter(holidays_in(country_of(ends.zone), ends.on, ends.on)), None)
    if holiday is not None:
        raise Refused(
            _("%(day)s is a holiday there (%(holiday)s); choose a working day", day=day, holiday=holiday.name),
            "ends_on",
        )
    raise Refused(_("%(day)s is a day off there; choose a working day", day=day), "ends_on")


def days_not_counted(start: datetime, ends: Deadline, rules: SilenceRules | None) -> list[str]:
    closed = closed_by(ends.zone, rules)
    began = start.astimezone(ZoneInfo(ends.zone)).date()
    days = (began + timedelta(days=number) for number in range(1, (ends.on - began).days + 1))
    return [day.isoformat() for day in days if closed(day)]
