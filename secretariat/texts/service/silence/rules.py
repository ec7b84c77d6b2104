"""By what rules texts of a track are put under silence, and the end they propose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from secretariat.core.days_off import closed_in, country_of
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Process, Track
from secretariat.texts import policy, silence, silence_queries
from secretariat.texts.service.silence.telling import on_trail
from secretariat.texts.silence_models import ReasonsTo, SilenceRules

MOST_WORKING_DAYS = 90
MOST_QUIET_DAYS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the form of the rules says. Off without `since`."""

    since: date | None
    decision: str = ""
    working_days: int = silence.WORKING_DAYS
    hour: time = time(17)
    reasons_to: ReasonsTo = ReasonsTo.READERS
    quiet_days: tuple[date, ...] = ()


def set_rules(session: ViewerSession, process: Process, track: Track, rules: Rules) -> SilenceRules:
    """Write down by what rules texts are put under silence. What is under silence keeps those it began with.

    Raises NotAllowed; Refused where it is switched on without the decision of the members.
    """
    require(policy.may_set_rules(session.viewer, track.id))
    if rules.since is not None and not rules.decision:
        raise Refused(_("Name the decision of the members, for example RCM/VM/2027/3, paragraph 12"), "decision")
    if not 1 <= rules.working_days <= MOST_WORKING_DAYS:
        raise Refused(_("Give a number of working days from 1 to %(most)s", most=MOST_WORKING_DAYS), "working_days")
    if len(rules.quiet_days) > MOST_QUIET_DAYS:
        raise Refused(_("Give %(most)s days at the most", most=MOST_QUIET_DAYS), "quiet_days")
    found = silence_queries.rules_of(session, process.id, track.id)
    if found is None:
        found = SilenceRules(process_id=process.id, track_id=track.id)
        attach(session, found, [clauses_of.participants_of(process, track)], container=track)
    found.since, found.decision = rules.since, rules.decision
    found.working_days, found.hour, found.reasons_to = rules.working_days, rules.hour, rules.reasons_to
    found.quiet_days = sorted(one.isoformat() for one in rules.quiet_days)
    session.flush()
    on_trail(session, "rules of silence set", found, process, track, {"on": rules.since is not None})
    session.flush()
    return found


def closed_by(zone: str, rules: SilenceRules | None) -> Any:
    """Whether a day is not counted: week-end and holidays of the country of the zone, quiet days of the process."""
    closed = closed_in(country_of(zone))
    quiet = frozenset(rules.quiet_days) if rules is not None else frozenset()
    return lambda day: closed(day) or day.isoformat() in quiet
