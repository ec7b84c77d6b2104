"""Whose liaison officer answers a submission, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from secretariat.civil_society import policy, queries
from secretariat.civil_society.models import EngagementRules, Submission
from secretariat.civil_society.queries import Liaison
from secretariat.civil_society.service.record import record
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.mail import outbox
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track

ROUTED = "submission_routed"
"""The mail to the liaison officers of the government that is to answer."""
LONGEST_WAIT = 366
MOST_RULES = 20_000


def route_by_theme(session: ViewerSession, one: Submission, government: Track) -> None:
    """Route what has just been sent, where it is clear whose it is: the one government with a liaison officer, or the
    one whose officer is named for its theme. Otherwise the secretariat says it."""
    officers = queries.liaison_officers(session, one.process_id, clock.today(one.process.zone))
    fitting = {officer.participant for officer in queries.named_for(officers, one.theme)}
    found = fitting or {officer.participant for officer in officers}
    if len(found) == 1:
        _route(session, one, government, next(iter(found)), officers)


def route(session: ViewerSession, one: Submission, government: Track, to: UUID, expected_on: date) -> None:
    """Give a submission to the liaison officers of a government, with the day by which the network expects an answer.

    Raises NotAllowed; Refused where the government has no liaison officer, and for a day that has passed.
    """
    require(policy.may_route(session.viewer, one, government))
    today = clock.today(one.process.zone)
    officers = queries.liaison_officers(session, one.process_id, today)
    if all(officer.participant != to for officer in officers):
        raise Refused(_("This government has named no liaison officer for civil society yet."), "to")
    if expected_on < today:
        raise Refused(_("This day has passed. Give one that is still to come."), "expected_on")
    if (expected_on - today).days > LONGEST_WAIT:
        raise Refused(_("Give a day within a year; it can be moved later."), "expected_on")
    one.expected_on = expected_on
    if to != one.routed_to_id:
        _route(session, one, government, to, officers)
    session.flush()


def _route(session: ViewerSession, one: Submission, government: Track, to: UUID, officers: Sequence[Liaison]) -> None:
    one.routed_to_id, one.routed_at = to, clock.now()
    session.flush()
    record(session, "submission routed", one.process, government, one, to=str(to))
    for officer in officers:
        if officer.participant == to:
            outbox.put(
                session,
                ROUTED,
                key=f"{ROUTED}:{one.id}:{one.routed_at.isoformat()}:{officer.person}",
                process=one.process,
                track=government,
                person=officer.person,
                hat=officer.hat,
                subject={"submission": one.id},
            )


def set_rules(
    session: ViewerSession,
    process: Process,
    government: Track,
    network: Track,
    *,
    words: LocalText | None,
    stem: str,
    answer_days: int,
) -> EngagementRules:
    """Write down by what rules process and network engage; both sides read it. Raises NotAllowed, Refused."""
    require(policy.may_set_rules(session.viewer, government, process))
    if words is not None and any(len(one) > MOST_RULES for one in words.texts.values()):
        raise Refused(_("Shorten this to %(most)s characters.", most=MOST_RULES), "words")
    found = queries.rules_of(session, network.id)
    rules = found or EngagementRules(process_id=process.id, track_id=government.id, network_id=network.id)
    rules.words, rules.stem, rules.answer_days = words, stem.strip(), answer_days
    if found is None:
        attach(session, rules, [clauses.participants_of(process, government, network)], container=process)
    session.flush()
    record(session, "rules of engagement set", process, government, rules, answer_days=answer_days, stem=rules.stem)
    return rules
