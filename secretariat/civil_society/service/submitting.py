"""Submissions on the network's side: drafted, sent over the wall, withdrawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from secretariat.civil_society import circles, comment_queries, policy, queries
from secretariat.civil_society.comment_models import UnsavedParagraph
from secretariat.civil_society.models import EngagementRules, Submission, SubmissionKind, SubmissionState
from secretariat.civil_society.position_models import Position
from secretariat.civil_society.service import commenting, publishing, routing
from secretariat.civil_society.service.record import record
from secretariat.core import clock
from secretariat.core.labelling import attach, intern, relabel, renew, would_be_in
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.numbering import give_symbol
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.mail import outbox
from secretariat.processes.models import Process, Track

ACKNOWLEDGED = "submission_acknowledged"
"""The mail to the network that a submission has arrived, under which number, and by when an answer is expected."""
ANSWER_DAYS = 60
MOST_DRAFTS = 50
LONGEST = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the form of a submission says. `on_document` is the symbol of the document a comment is on, with its
    revision; `theme` the subject by which it finds its liaison officer."""

    kind: SubmissionKind
    title: LocalText
    words: LocalText
    theme: str = ""
    on_document: str = ""


def draft(session: ViewerSession, process: Process, network: Track, written: Written) -> Submission:
    """Begin a submission: for the coordination, or for the organization one represents. Raises NotAllowed, Refused."""
    viewer = session.viewer
    require(policy.may_draft(viewer, network))
    _check(written)
    drafts = queries.ledger_of(session, process.id, network.id, 1).drafts
    if len(drafts) >= MOST_DRAFTS:
        raise Refused(_("There are many drafts already. Send or throw away one of them first."))
    if any(one.title == written.title and one.words == written.words for one in drafts):
        raise Refused(_("There is a draft with these very words already."))
    made = Submission(process_id=process.id, track_id=network.id, organization_id=viewer.participant, kind=written.kind)
    _write(made, written)
    attach(session, made, [circles.being_drafted(process, network, viewer.participant)], container=process)
    session.flush()
    record(session, "submission begun", process, network, made)
    return made


def rewrite(session: ViewerSession, one: Submission, written: Written) -> None:
    """Change a draft. Raises NotAllowed once it is sent; Refused."""
    require(policy.may_write(session.viewer, one) and not one.is_by_paragraph)
    _check(written)
    one.kind = written.kind
    _write(one, written)
    session.flush()


def throw_away(session: ViewerSession, one: Submission) -> None:
    """Go on with a draft no more: nothing of its words stays. Of a position another can be made. Raises NotAllowed."""
    require(policy.may_throw_away(session.viewer, one))
    record(session, "submission not gone on with", one.process, one.track, one)
    for position in session.scalars(select(Position).where(Position.submission_id == one.id)):
        position.submission_id = None
    for comment in comment_queries.comments_of(session, one.id):
        session.delete(comment)
    session.flush()
    with system_access(session, Reason.LABELLING) as system:  # whoever else was writing in it is read by nobody else
        for unsaved in system.scalars(select(UnsavedParagraph).where(UnsavedParagraph.submission_id == one.id)):
            system.delete(unsaved)
        system.flush()
    session.delete(one)
    session.flush()


def send(session: ViewerSession, one: Submission) -> None:
    """Send a submission over the wall: from now on its words are frozen, the network and those who answer read it, it
    has its number, and its arrival is acknowledged. Where it is clear whose liaison officer answers, it is routed.

    Raises NotAllowed, Refused.
    """
    require(policy.may_send(session.viewer, one))
    if one.is_by_paragraph:
        commenting.check_can_be_sent(session, one)
    process, network = one.process, one.track
    government = queries.government_of(session, process.id)
    rules = queries.rules_of(session, network.id)
    one.state, one.sent_at = SubmissionState.SENT, clock.now()
    today = clock.today(process.zone)
    one.expected_on = today + timedelta(rules.answer_days if rules else ANSWER_DAYS)
    circle = circles.across(process, network, government)
    label = intern(session, would_be_in(session, process, [circle]))
    stem = f"{stem_of(process, network, rules)}/{today.year}/S"
    give_symbol(session, one, stem=stem, label=label, spoken=lambda number: f"{stem}{number}")
    record(session, "submission sent", process, network, one, number=one.symbol)
    routing.route_by_theme(session, one, government)
    relabel(session, one, [circle], why="sent by the network")
    renew(session, one, why="sent by the network")
    _tell_network(session, one)
    session.flush()


def withdraw(session: ViewerSession, one: Submission, word: str) -> None:
    """Withdraw what was sent: it stays on file as withdrawn, and nobody is asked for an answer. Raises NotAllowed."""
    require(policy.may_withdraw(session.viewer, one))
    one.state, one.withdrawn_at, one.withdrawn_word = SubmissionState.WITHDRAWN, clock.now(), word.strip()[:500]
    session.flush()
    renew(session, one, why="withdrawn by the network")
    publishing.close(session, one)
    record(session, "submission withdrawn", one.process, one.track, one, number=one.symbol)
    session.flush()


def stem_of(process: Process, network: Track, rules: EngagementRules | None) -> str:
    """What stands before year and number: what the rules say, else the abbreviation in brackets of the network's name,
    else that of the process."""
    if rules is not None and rules.stem:
        return rules.stem
    for name in network.name.texts.values():
        bracketed = re.search(r"\(([^()\s]{2,20})\)\s*$", name)
        if bracketed:
            return bracketed[1]
    return f"{process.acronym}/CS"


def _write(one: Submission, written: Written) -> None:
    one.title, one.words = written.title, written.words
    one.theme, one.on_document = written.theme.strip(), written.on_document.strip()


def _check(written: Written) -> None:
    if any(len(words) > LONGEST for words in written.words.texts.values()):
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST), "words")
    if written.kind is SubmissionKind.COMMENT and not written.on_document.strip():
        raise Refused(_("Name the document it comments on, by its symbol and revision."), "on_document")


def _tell_network(session: ViewerSession, one: Submission) -> None:
    """Who coordinates the network, and who represents the organization that drafted it."""
    for each in queries.people_of_network(session, one.track_id, clock.today(one.process.zone)):
        if each.hat.id in (one.track_id, one.organization_id):
            _acknowledge(session, one, each)


def _acknowledge(session: ViewerSession, one: Submission, to: queries.OfNetwork) -> UUID:
    return outbox.put(
        session,
        ACKNOWLEDGED,
        key=f"{ACKNOWLEDGED}:{one.id}:{to.person}:{to.hat}",
        process=one.process,
        track=one.track,
        person=to.person,
        hat=to.hat,
        subject={"submission": one.id},
    )
