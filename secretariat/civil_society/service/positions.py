"""Positions inside a network: opened to signatures, signed, dissented from, settled, made a submission."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from secretariat.civil_society import circles, policy, position_queries, queries
from secretariat.civil_society.models import AdoptsBy, Ballots, EngagementRules, Submission, SubmissionKind
from secretariat.civil_society.position_models import Position, PositionDissent, PositionSignature
from secretariat.civil_society.service.record import record
from secretariat.civil_society.service.telling import write_to_organizations
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.languages.words import list_text
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.documents.models import DocumentState
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track
from secretariat.processes.names import in_order, names_of
from secretariat.texts import brackets, membership
from secretariat.texts.deadline import Deadline
from secretariat.texts.editions import Content
from secretariat.texts.models import TextEdition
from secretariat.texts.service.silence import check_stands

TO_SIGN = "position_to_sign"
"""The mail to who represents a member organization: a position is open to its signature."""
FURTHEST = timedelta(days=366)
LONGEST_DISSENT = 10_000
Row = TypeVar("Row", PositionSignature, PositionDissent)
SENT_AS = (SubmissionKind.DECLARATION, SubmissionKind.RECOMMENDATION)
"""As what a position of the network is sent."""


def adopts_by(session: ViewerSession, network: Track) -> AdoptsBy:
    """By what rule a network adopts its positions today."""
    rules = queries.rules_of(session, network.id)
    return rules.adopts_by if rules is not None else AdoptsBy.CONSENSUS


def set_adoption(
    session: ViewerSession, process: Process, network: Track, rule: AdoptsBy, ballots: Ballots = Ballots.EITHER
) -> EngagementRules:
    """Write down by what rule the network adopts its positions, and how it votes who goes; it stands in the rules of
    engagement, and holds for what is opened from now on. Raises NotAllowed."""
    require(policy.may_set_adoption(session.viewer, network))
    rules = queries.rules_of(session, network.id)
    if rules is None:
        government = queries.government_of(session, process.id)
        rules = EngagementRules(process_id=process.id, track_id=government.id, network_id=network.id)
        attach(session, rules, [clauses.participants_of(process, government, network)], container=process)
    rules.adopts_by, rules.ballots = rule, ballots
    session.flush()
    record(session, "rule of adoption set", process, network, rules, adopts_by=rule.value, ballots=ballots.value)
    return rules


def open_position(session: ViewerSession, edition: TextEdition, ends: Deadline) -> Position:
    """Open an edition to the signatures of the network's organizations, and write to who represents them.

    Raises NotAllowed, Refused.
    """
    document = edition.document
    require(policy.may_open_position(session.viewer, document))
    _check_end(ends)
    check_stands(session, edition)
    if any(brackets.is_open(text) for piece in _content(edition).pieces for text in piece.words.texts.values()):
        raise Refused(_("Words of it stand in brackets still. Circulate it without them, then it can be signed."))
    if position_queries.position_on(session, edition.id) is not None:
        raise Refused(_("This text is or was open to signatures already."))
    today = clock.today(document.process.zone)
    members = position_queries.organizations_on(session, document.process_id, document.track_id, today)
    _check_readers(session, edition, members, today)
    made = Position(
        edition_id=edition.id,
        process_id=document.process_id,
        track_id=document.track_id,
        adopts_by=adopts_by(session, document.track),
        opened_at=clock.now(),
        ends_on=ends.on,
        ends_hour=ends.hour,
        zone=ends.zone,
    )
    attach(session, made, [circles.inside(document.process, document.track)], container=edition)
    session.flush()
    session.refresh(made, ["edition", "process", "track"])
    record(session, "position opened to signatures", made.process, made.track, made, ends=ends.at.isoformat())
    write_to_organizations(session, TO_SIGN, made, position=made.id)
    session.flush()
    return made


def change_end(session: ViewerSession, one: Position, ends: Deadline) -> None:
    """Give a later end to a position that is not settled. Raises NotAllowed, Refused."""
    require(policy.may_keep_position(session.viewer, one))
    _lock(session, one)
    _check_end(ends)
    _check_open(one)
    if ends.at <= position_queries.deadline_of(one).at:
        raise Refused(_("Organizations were told that they have until then. Give a later day or hour."), "ends_on")
    one.ends_on, one.ends_hour, one.zone = ends.on, ends.hour, ends.zone
    session.flush()
    record(session, "end of signing changed", one.process, one.track, one, ends=ends.at.isoformat())


def sign(session: ViewerSession, one: Position, received_at: datetime) -> PositionSignature:
    """Sign for the organization one represents; its dissent is on record no more. Raises NotAllowed, Refused."""
    participant = _organization(session, one)
    _check_in_time(session, one, received_at)
    if _own(position_queries.signatures_of(session, one.id), participant) is not None:
        raise Refused(_("Your organization has signed already."))
    said = _own(position_queries.dissents_of(session, one.id), participant)
    if said is not None:
        session.delete(said)
    made = PositionSignature(position_id=one.id, participant_id=participant, signed_at=received_at)
    attach(session, made, container=one)
    session.flush()
    record(session, "position signed", one.process, one.track, one, organization=str(participant))
    return made


def take_back(session: ViewerSession, one: Position, received_at: datetime) -> None:
    """Take a signature back before the end. Raises NotAllowed, Refused."""
    participant = _organization(session, one)
    _check_in_time(session, one, received_at)
    mine = _own(position_queries.signatures_of(session, one.id), participant)
    if mine is None:
        raise Refused(_("Your organization has not signed."))
    session.delete(mine)
    session.flush()
    record(session, "signature taken back", one.process, one.track, one, organization=str(participant))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """What the form of a dissent says."""

    words: str
    language: str
    objects: bool = False
    goes_along: bool = False


def dissent(session: ViewerSession, one: Position, said: Dissent, received_at: datetime) -> PositionDissent:
    """Have on record, word for word, that one's organization does not sign. Said again, it stands in place of what was
    said; a signature is taken back by it. Raises NotAllowed, Refused."""
    participant = _organization(session, one)
    _check_in_time(session, one, received_at)
    if len(said.words) > LONGEST_DISSENT:
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST_DISSENT), "words")
    signature = _own(position_queries.signatures_of(session, one.id), participant)
    if signature is not None:
        session.delete(signature)
    found = _own(position_queries.dissents_of(session, one.id), participant)
    row = found or PositionDissent(position_id=one.id, participant_id=participant)
    row.words, row.language, row.said_at = said.words, said.language, received_at
    row.objects, row.goes_along = said.objects, said.goes_along
    if found is None:
        attach(session, row, container=one)
    session.flush()
    record(session, "dissent on record", one.process, one.track, one, organization=str(participant))
    return row


def take_dissent_back(session: ViewerSession, one: Position, received_at: datetime) -> None:
    """Take one's dissent from the record before the end. Raises NotAllowed, Refused."""
    participant = _organization(session, one)
    _check_in_time(session, one, received_at)
    mine = _own(position_queries.dissents_of(session, one.id), participant)
    if mine is None:
        raise Refused(_("Nothing of your organization is on record."))
    session.delete(mine)
    session.flush()
    record(session, "dissent taken back", one.process, one.track, one, organization=str(participant))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a position; `word` is how that was established: where, when, by whom."""

    adopted: bool
    on: date
    word: str = ""


def settle(session: ViewerSession, one: Position, given: Settled) -> None:
    """Say, once its end has come, whether the position is adopted by the network's rule. Raises NotAllowed, Refused."""
    require(policy.may_keep_position(session.viewer, one))
    _lock(session, one)
    _check_open(one)
    if clock.now() < position_queries.deadline_of(one).at:
        raise Refused(_("Organizations can still sign. Say what becomes of it once the hour has come."))
    if given.on > clock.today(one.zone):
        raise Refused(_("This day is still to come. Give the day on which it was established."), "on")
    if given.on < one.opened_at.date():
        raise Refused(_("On this day it was not open to signatures yet."), "on")
    if given.adopted:
        _check_stands(session, one)
        members = position_queries.organizations_on(session, one.process_id, one.track_id, one.ends_on)
        _check_readers(session, one.edition, members, one.ends_on)
        _check_rule(session, one, given, members)
        one.adopted_on = given.on
    one.settled_at, one.word = clock.now(), given.word.strip()[:500]
    session.flush()
    what = "position adopted" if given.adopted else "position not adopted"
    record(session, what, one.process, one.track, one, by=one.adopts_by.value)


def _check_readers(session: ViewerSession, edition: TextEdition, members: frozenset[UUID], on: date) -> None:
    """Nobody is silent on what it does not read, nor one of those of whom a majority is counted."""
    blind = membership.who_do_not_read(session, edition.label_id, members, on)
    if blind:
        named = names_of(session, blind, process=edition.document.process_id)
        raise Refused(
            _(
                "Nobody signs what it does not read: %(participants)s. Give them the text first.",
                participants=list_text([str(named[one]) for one in in_order(named)]),
            )
        )


def _check_rule(session: ViewerSession, one: Position, given: Settled, members: frozenset[UUID]) -> None:
    """`members` are those of the day on which signing ended: who came or left later does not weigh."""
    if one.adopts_by is AdoptsBy.MAJORITY:
        signed = {row.participant_id for row in position_queries.signatures_of(session, one.id)} & members
        if 2 * len(signed) <= len(members):
            raise Refused(
                ngettext(
                    "By the network's rule more than half of the member organizations sign it. "
                    "Of %(members)s, %(num)s has signed.",
                    "By the network's rule more than half of the member organizations sign it. "
                    "Of %(members)s, %(num)s have signed.",
                    len(signed),
                    members=len(members),
                ),
                "adopted",
            )
        return
    if any(row.objects for row in position_queries.dissents_of(session, one.id)):
        raise Refused(
            _("An organization objects, and by the network's rule it is not adopted against an objection."), "adopted"
        )
    if one.adopts_by is AdoptsBy.CONSENSUS and not given.word.strip():
        raise Refused(_("Say how consensus was established, for example: at the network's meeting in Panama"), "word")


def make_submission(session: ViewerSession, one: Position, kind: SubmissionKind, theme: str) -> Submission:
    """Make of an adopted position a draft submission, with who signed it and the dissent that goes along. Its words are
    those that were adopted. Nothing has crossed the wall yet. Raises NotAllowed, Refused."""
    require(policy.may_keep_position(session.viewer, one))
    _lock(session, one)
    if one.adopted_on is None:
        raise Refused(_("What is sent as a position of the network is adopted first."))
    if one.submission_id is not None:
        raise Refused(_("A submission was made of it already."))
    _check_stood(session, one)
    content = _content(one.edition)
    made = Submission(
        process_id=one.process_id,
        track_id=one.track_id,
        kind=kind,
        title=content.title,
        words=words_of(content),
        theme=theme.strip(),
        on_document="",
        adopted_by=one.adopts_by,
        adopted_on=one.adopted_on,
        signatories=[str(row.participant_id) for row in position_queries.signatures_of(session, one.id)],
        dissents=[
            {"by": str(row.participant_id), "language": row.language, "words": row.words}
            for row in position_queries.dissents_of(session, one.id)
            if row.goes_along
        ],
    )
    attach(session, made, [circles.being_drafted(one.process, one.track, None)], container=one.process)
    session.flush()
    one.submission_id = made.id
    session.flush()
    record(session, "submission made of a position", one.process, one.track, one, submission=str(made.id))
    return made


def _check_stood(session: ViewerSession, one: Position) -> None:
    """What gave way only after it was adopted is sent as it was adopted; what was withdrawn is not sent."""
    session.refresh(one.edition.document, ["state"])
    gave_way_at = position_queries.gave_way_at(session, one.edition)
    kept = gave_way_at is not None and one.settled_at is not None and one.settled_at <= gave_way_at
    if one.edition.document.state is not DocumentState.SUPERSEDED or not kept:
        check_stands(session, one.edition)


def _content(edition: TextEdition) -> Content:
    return Content.from_json(edition.content)


def words_of(content: Content) -> LocalText:
    """A text by paragraph as words in each of its languages: numbered as they are cited, a line between them."""
    counted = content.counted()
    texts = {}
    for code in content.languages:
        paragraphs = []
        for one in counted:
            number = one.number(code).strip()
            words = one.piece.words.in_language(code)[0]
            paragraphs.append(f"{number} {words}" if number else words)
        texts[code] = "\n\n".join(paragraphs)
    return LocalText(texts, content.original)


def _organization(session: ViewerSession, one: Position) -> UUID:
    require(policy.may_sign(session.viewer, one))
    participant = session.viewer.participant
    assert participant is not None  # who represents an organization acts for one
    return participant


def _own(rows: Iterable[Row], participant: UUID) -> Row | None:
    """What an organization has on record; each has one at most."""
    return next((row for row in rows if row.participant_id == participant), None)


def _check_in_time(session: ViewerSession, one: Position, received_at: datetime) -> None:
    """What reached the server before the end is in time, however long it waited for its turn."""
    _lock(session, one)
    _check_open(one)
    if not policy.is_signed_now(one, position_queries.deadline_of(one).at, received_at):
        raise Refused(
            _(
                "The time for signing had passed when this reached us. Nothing was changed; "
                "the network's coordination can tell you what is still possible."
            )
        )
    _check_stands(session, one)


def _check_stands(session: ViewerSession, one: Position) -> None:
    session.refresh(one.edition.document, ["state"])
    check_stands(session, one.edition)


def _check_open(one: Position) -> None:
    if one.settled_at is not None:
        raise Refused(_("What became of this position is on record already."))


def _check_end(ends: Deadline) -> None:
    now = clock.now()
    ends.check(now)
    if ends.at - now > FURTHEST:
        raise Refused(_("That is more than a year away; give an earlier day"), "ends_on")


def _lock(session: ViewerSession, one: Position) -> None:
    """One after the other: a signature and the end of signing."""
    with system_access(session, Reason.LABELLING) as system:
        system.scalar(select(Position.id).where(Position.id == one.id).with_for_update())
    session.refresh(one, ["settled_at", "adopted_on", "submission_id", "ends_on", "ends_hour", "zone"])
