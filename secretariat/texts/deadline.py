"""The end of a round or of a silence: an hour of a place, and the instant it is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from secretariat.core.hours import HourProblem, hour_problem, instant, is_zone
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused


@dataclass(frozen=True, slots=True)
class Deadline:
    """An hour on the wall of a place; the instant is derived."""

    on: date
    hour: time
    zone: str

    @property
    def wall(self) -> datetime:
        """Day and hour on the wall of the place, without a zone."""
        return datetime.combine(self.on, self.hour)

    @property
    def at(self) -> datetime:
        """The instant, in UTC."""
        return instant(self.wall, self.zone)

    def check(self, now: datetime) -> None:
        """Raises Refused for a zone there is none of, an hour that does not exist or comes twice, and a past one."""
        if not is_zone(self.zone):
            raise Refused(_("Choose a zone, for example America/Panama"), "zone")
        problem = hour_problem(self.wall, self.zone)
        if problem is HourProblem.SKIPPED:
            raise Refused(_("The clocks of that place pass over this hour on that day; choose another"), "ends_hour")
        if problem is HourProblem.TWICE:
            raise Refused(_("This hour comes twice on that day, when the clocks change; choose another"), "ends_hour")
        if self.at <= now:
            raise Refused(_("This moment has passed; choose a later day or hour"), "ends_on")
