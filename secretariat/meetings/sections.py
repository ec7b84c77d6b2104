"""What meetings show on the page of a process: past meetings, and outcomes that sources tell of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.viewer import Viewer
from secretariat.meetings import queries
from secretariat.meetings.models import Outcome, PartyRole
from secretariat.processes.models import Process
from secretariat.processes.names import in_order, names_of
from secretariat.processes.sections import Section, enter

OUTCOME_WORDS: dict[str, Any] = {
    "agreement": lazy_pgettext("outcome", "Agreement"),
    "action_point": lazy_pgettext("outcome", "Action point"),
    "common-position": lazy_pgettext("outcome", "Common position"),
    "conclusion": lazy_pgettext("outcome", "Conclusion"),
    "database": lazy_pgettext("outcome", "Database"),
    "decision": lazy_pgettext("outcome", "Decision"),
    "declaration": lazy_pgettext("outcome", "Declaration"),
    "guideline": lazy_pgettext("outcome", "Guideline"),
    "guidelines": lazy_pgettext("outcome", "Guidelines"),
    "legislation": lazy_pgettext("outcome", "Legislation"),
    "memorandum": lazy_pgettext("outcome", "Memorandum"),
    "model-legislation": lazy_pgettext("outcome", "Model legislation"),
    "plan-of-action": lazy_pgettext("outcome", "Plan of action"),
    "programme": lazy_pgettext("outcome", "Programme"),
    "project": lazy_pgettext("outcome", "Project"),
    "recommendation": lazy_pgettext("outcome", "Recommendation"),
    "recommendations": lazy_pgettext("outcome", "Recommendations"),
    "request": lazy_pgettext("outcome", "Request"),
    "study": lazy_pgettext("outcome", "Study"),
}
PHASE_WORDS: dict[str, Any] = {
    "agenda-setting": _l("setting the agenda"),
    "consensus-building": _l("building consensus"),
    "policy-change": _l("change of policy"),
}


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """An outcome with who it is by, where it is not by the whole process."""

    row: Outcome
    by: list[str]


def past_meetings(session: Session, _viewer: Viewer, process: Process) -> dict[str, Any] | None:
    """Meetings that are over, and those of which no day is known."""
    listed = queries.meetings_of(session, process.id)
    _coming, undated, past = queries.coming_and_past(listed, clock.today())
    found = queries.meetings_in_full(session, process.id)
    rows = [(one, found.get(one.id) if one.id else None) for one in (*past, *undated)]
    return {"meetings": rows} if rows else None


def past_outcomes(session: Session, _viewer: Viewer, process: Process) -> dict[str, Any] | None:
    """Outcomes that sources tell of without a meeting, the latest first."""
    rows = queries.outcomes_without_meeting(session, process.id)
    parties = [party for row in rows for party in row.parties_as(PartyRole.BY)]
    names = names_of(session, [party.participant_id for party in parties], process=process.id)
    shown = []
    for row in rows:
        by = row.parties_as(PartyRole.BY)
        states = {key: names[key] for one in by if (key := one.participant_id) is not None and key in names}
        texts = [one.name_text for one in by if one.participant_id is None]
        shown.append(ShownOutcome(row, [*(names[one].words for one in in_order(states)), *texts]))
    return {"outcomes": shown, "outcome_words": OUTCOME_WORDS, "phase_words": PHASE_WORDS} if shown else None


enter(Section("past-meetings", 60, _l("Past meetings"), "meetings/past_meetings.html", past_meetings))
enter(Section("outcomes", 61, _l("Outcomes"), "meetings/past_outcomes.html", past_outcomes))
