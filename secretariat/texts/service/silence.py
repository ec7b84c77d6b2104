"""Putting an edition under silence, what is said to it, and the record of its end.

Whether it was broken or has passed is worked out whenever somebody looks (`silence_queries.stands`); the worker writes
down what has become of it, and sends the letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.core import after_commit, audit, clock
from secretariat.core.days_off import closed_in, country_of, holidays_in
from secretariat.core.hours import is_zone
from secretariat.core.labelling import attach, label_value
from secretariat.core.labels import Clause, satisfies
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full, deadline_text
from secretariat.core.languages.words import language_name, list_text
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access, system_unit
from secretariat.directory.contacts import contacts_of
from secretariat.directory.viewers import make_participants
from secretariat.documents.models import DocumentState
from secretariat.mail import outbox
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Process, Track
from secretariat.processes.names import in_order, names_of
from secretariat.texts import policy, silence, silence_queries
from secretariat.texts.deadline import Deadline
from secretariat.texts.editions import Content
from secretariat.texts.models import DraftText, TextEdition, TextState
from secretariat.texts.silence import Expiry, HoldCause, ReactionKind, SilenceState
from secretariat.texts.silence_models import (
    ReasonsTo,
    SilenceHold,
    SilenceProcedure,
    SilenceReaction,
    SilenceRules,
)

log = structlog.get_logger()

OPENED, EXTENDED, REMINDER, ENDED = "silence_opened", "silence_extended", "silence_reminder", "silence_ended"
"""The mails of a silence."""
RECORD = "worker.tasks.record_silences"
LONGEST_WORDS = 10_000
MOST_REACTIONS = 50
"""Of one participant to one text."""
FURTHEST = timedelta(days=366)
MOST_WORKING_DAYS = 90
MOST_QUIET_DAYS = 100
ONCE = (ReactionKind.OBJECTION, ReactionKind.INTERPRETATION, ReactionKind.EXPLANATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the form of the rules says. Off without `since`."""

    since: date | None
    decision: str = ""
    working_days: int = silence.WORKING_DAYS
    hour: time = time(17)
    reasons_to: ReasonsTo = ReasonsTo.READERS
    quiet_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What the form of a reaction says."""

    kind: ReactionKind
    words: str
    language: str


# --- rules --------------------------------------------------------------------------------------------------------


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
    _on_trail(session, "rules of silence set", found, process, track, {"on": rules.since is not None})
    session.flush()
    return found


def closed_by(zone: str, rules: SilenceRules | None) -> Any:
    """Whether a day is not counted: week-end and holidays of the country of the zone, quiet days of the process."""
    closed = closed_in(country_of(zone))
    quiet = frozenset(rules.quiet_days) if rules is not None else frozenset()
    return lambda day: closed(day) or day.isoformat() in quiet


def last_version_at(edition: TextEdition) -> datetime:
    """When its readers had the edition in the last of its languages: all came with it, on the day it was released."""
    return max(edition.frozen_at, edition.document.released_at or edition.frozen_at)


def proposed_end(edition: TextEdition, rules: SilenceRules, zone: str) -> Expiry:
    """The end by the rules, counted from the last language version; never under 72 hours from now. Raises Refused."""
    if not is_zone(zone):
        raise Refused(_("Choose a zone, for example America/Panama"), "zone")
    closed = closed_by(zone, rules)
    return silence.expiry(last_version_at(edition), rules.working_days, rules.hour, zone, closed, clock.now())


# --- opening and what the secretariat does ------------------------------------------------------------------------


def open_silence(session: ViewerSession, edition: TextEdition, ends: Deadline) -> SilenceProcedure:
    """Put an edition under silence until an hour of a place, and write to the members. Raises NotAllowed, Refused."""
    document = edition.document
    require(policy.may_open_silence(session.viewer, document))
    _lock_edition(session, edition.id)
    rules = silence_queries.rules_of(session, document.process_id, document.track_id)
    if rules is None or not rules.is_on(clock.today(document.process.zone)):
        raise Refused(_("The rules of the process do not provide for silence. Where the members decide so, they do."))
    _check_edition(session, edition)
    _check_end(ends, rules)
    members = _check_members(session, edition)
    opened_at = clock.now()
    made = SilenceProcedure(
        edition_id=edition.id,
        process_id=document.process_id,
        track_id=document.track_id,
        opened_at=opened_at,
        ends_on=ends.on,
        ends_hour=ends.hour,
        zone=ends.zone,
        reasons_to=rules.reasons_to,
        not_counted=_not_counted(last_version_at(edition), ends, rules),
    )
    attach(session, made, container=edition)
    session.flush()
    session.refresh(made, ["edition", "process", "track"])
    _record(session, "silence opened", made, ends=ends.at.isoformat())
    _write_to(session, made, OPENED, members)
    session.flush()
    return made


def _lock_edition(session: Session, edition: UUID) -> None:
    with system_access(session, Reason.SILENCE) as system:
        system.scalar(select(TextEdition.id).where(TextEdition.id == edition).with_for_update())


def _check_edition(session: ViewerSession, edition: TextEdition) -> None:
    document = edition.document
    check_stands(session, edition)
    if document.state is not DocumentState.ISSUED or not document.is_released:
        raise Refused(_("Its readers do not have it yet; put it under silence once they do."))
    with system_access(session, Reason.SILENCE) as system:
        adopted = system.scalar(select(DraftText.state).where(DraftText.id == edition.text_id)) is TextState.ADOPTED
    if adopted:
        raise Refused(_("This text is adopted already."))
    content = Content.from_json(edition.content)
    came = silence_queries.languages_that_came(session, document.id)
    awaited = [one for one in content.authentic or (content.original,) if one not in came]
    if awaited:
        raise Refused(
            _(
                "Silence is counted from the last official-language version. Not there yet: %(languages)s.",
                languages=list_text([language_name(one) for one in awaited]),
            )
        )
    before = silence_queries.silences_of_edition(session, edition.id)
    states = silence_queries.all_stand(session, before)
    if any(states[one.id].state is not SilenceState.CALLED_OFF for one in before):
        raise Refused(_("This text is or was under silence already; extend that, or call it off first."))


def check_stands(session: Session, edition: TextEdition) -> None:
    """Raises Refused, with the symbol of what took its place, for an edition that stands no more."""
    document = edition.document
    if document.state is DocumentState.WITHDRAWN:
        raise Refused(_("%(symbol)s was withdrawn.", symbol=document.symbol or ""))
    if document.state is not DocumentState.SUPERSEDED:
        return
    latest = silence_queries.latest_edition(session, edition.text_id)
    if latest is None or latest.id == edition.id or latest.document.symbol is None:
        raise Refused(_("%(symbol)s gave way to a later text.", symbol=document.symbol or ""))
    raise Refused(
        _(
            "%(symbol)s gave way to %(latest)s; what you say is for that one.",
            symbol=document.symbol or "",
            latest=latest.document.symbol,
        )
    )


def _check_end(ends: Deadline, rules: SilenceRules | None) -> None:
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


def _not_counted(start: datetime, ends: Deadline, rules: SilenceRules | None) -> list[str]:
    closed = closed_by(ends.zone, rules)
    began = start.astimezone(ZoneInfo(ends.zone)).date()
    days = (began + timedelta(days=number) for number in range(1, (ends.on - began).days + 1))
    return [day.isoformat() for day in days if closed(day)]


def _check_members(session: ViewerSession, edition: TextEdition) -> frozenset[UUID]:
    """Those whose silence it is: each of them reads the text."""
    document, today = edition.document, clock.today()
    members = silence_queries.members_on(session, document.process_id, document.track_id, document.body_id, today)
    if not members:
        raise Refused(_("There are no members whose silence it could be."))
    clauses = label_value(session, edition.label_id).clauses
    with system_access(session, Reason.SILENCE) as system:
        seen = make_participants(system, members, today)
    blind = [one for one in members if not all(satisfies(seen[one], clause) for clause in clauses)]
    if blind:
        named = names_of(session, blind, process=document.process_id)
        raise Refused(
            _(
                "Nobody is silent on what it does not read: %(participants)s. Give them the text first.",
                participants=list_text([str(named[one]) for one in in_order(named)]),
            )
        )
    return members


def extend(session: ViewerSession, found: SilenceProcedure, ends: Deadline, word: str) -> None:
    """Give a silence that is running a later end; all members are told. Raises NotAllowed, Refused."""
    require(policy.may_keep_silence(session.viewer, found))
    _lock(session, found.id)
    if silence_queries.stands(session, found).state is not SilenceState.RUNNING:
        raise Refused(_("It does not run any more, and cannot be extended."))
    rules = silence_queries.rules_of(session, found.process_id, found.track_id)
    _check_end(ends, rules)
    before = silence_queries.deadline_of(found)
    if ends.at <= before.at:
        raise Refused(_("An extension ends later than before; give a later day or hour"), "ends_on")
    found.extensions = [
        *found.extensions,
        {
            "on": before.on.isoformat(), "hour": before.hour.isoformat(), "zone": before.zone,
            "at": clock.now().isoformat(), "word": word,
        },
    ]  # fmt: skip
    found.ends_on, found.ends_hour, found.zone, found.reminded_at = ends.on, ends.hour, ends.zone, None
    found.not_counted = _not_counted(last_version_at(found.edition), ends, rules)
    session.flush()
    _record(session, "silence extended", found, ends=ends.at.isoformat(), before=before.at.isoformat())
    _write_to(session, found, EXTENDED, _members_now(session, found), ends.at.isoformat())
    session.flush()


def call_off(session: ViewerSession, found: SilenceProcedure, word: LocalText) -> None:
    """Stop a silence that is running or waits for some; all members are told why. Raises NotAllowed, Refused."""
    require(policy.may_keep_silence(session.viewer, found))
    _lock(session, found.id)
    if silence_queries.stands(session, found).state not in (SilenceState.RUNNING, SilenceState.WAITING):
        raise Refused(_("It does not run any more; there is nothing to call off."))
    found.called_off_at, found.called_off_word = clock.now(), word
    session.flush()
    _record(session, "silence called off", found)
    _write_to(session, found, ENDED, _members_now(session, found), SilenceState.CALLED_OFF.value)
    session.flush()


def mark_bounce(session: ViewerSession, found: SilenceProcedure, participant: UUID) -> SilenceHold:
    """Say that the notice did not reach a member: the silence does not end for it. Raises NotAllowed, Refused."""
    require(policy.may_keep_silence(session.viewer, found))
    _lock(session, found.id)
    where = silence_queries.stands(session, found)
    if where.state not in (SilenceState.RUNNING, SilenceState.WAITING):
        raise Refused(_("It does not run any more. If a member was not reached, tell the chair before it pronounces."))
    if participant not in where.open_for(clock.now()):
        raise Refused(_("The silence has ended for this member, or it is none; tell the chair."), "participant")
    held = silence_queries.holds_of(session, found.id)
    if any(one.participant_id == participant and one.until is None for one in held):
        raise Refused(_("The silence is held open for this member already."), "participant")
    return _hold(session, found, participant, HoldCause.BOUNCED)


def reached(session: ViewerSession, hold: SilenceHold) -> None:
    """Say that a member has the notice now: it has 72 hours from here, or the common end if that is later.

    Raises NotAllowed, Refused.
    """
    found = hold.silence
    require(policy.may_keep_silence(session.viewer, found) and hold.cause is HoldCause.BOUNCED)
    _lock(session, found.id)
    if hold.until is not None:
        raise Refused(_("That is noted already."))
    hold.until = clock.now()
    session.flush()
    _record(session, "silence notice reached a member", found, participant=hold.participant_id)
    session.flush()


def agree_time(session: ViewerSession, hold: SilenceHold, ends: Deadline) -> None:
    """Agree the hour until which a member that asked for time has it. Raises NotAllowed, Refused."""
    found = hold.silence
    require(policy.may_keep_silence(session.viewer, found) and hold.cause is HoldCause.ASKED_FOR_TIME)
    _lock(session, found.id)
    if hold.until is not None:
        raise Refused(_("That is agreed already."))
    ends.check(clock.now())
    if ends.at <= silence_queries.deadline_of(found).at:
        raise Refused(_("The silence ends later than that for everybody; give a later day or hour"), "ends_on")
    if ends.at - clock.now() > FURTHEST:
        raise Refused(_("That is more than a year away; give an earlier day"), "ends_on")
    hold.until = ends.at
    session.flush()
    _record(session, "time agreed in a silence", found, participant=hold.participant_id, until=ends.at.isoformat())
    session.flush()


def _hold(session: ViewerSession, found: SilenceProcedure, participant: UUID, cause: HoldCause) -> SilenceHold:
    made = SilenceHold(silence_id=found.id, participant_id=participant, cause=cause, since=clock.now())
    attach(session, made, [_with_secretariat(found, participant)], container=found)
    session.flush()
    session.refresh(made, ["silence"])
    _record(session, "silence held open for a member", found, participant=participant, cause=cause.value)
    session.flush()
    return made


# --- what participants say ----------------------------------------------------------------------------------------


def react(session: ViewerSession, found: SilenceProcedure, saying: Saying, received_at: datetime) -> SilenceReaction:
    """Put on file what a participant says to a text under silence, as received at an instant.

    What came after the silence had ended for it is kept too, read by its author and the secretariat, and changes
    nothing. Raises NotAllowed, Refused.
    """
    viewer = session.viewer
    require(policy.may_react(viewer, found))
    participant = viewer.participant
    if participant is None:
        raise NotAllowed
    _lock(session, found.id)
    where = silence_queries.stands(session, found, received_at)
    check_stands(session, found.edition)
    if found.called_off_at is not None:
        raise Refused(_("This silence was called off; nothing more is needed."))
    if saying.kind in silence.OF_MEMBERS and participant not in where.members:
        raise Refused(
            _("Only members object to a text, or ask for time; observers may comment. Choose a comment to send it."),
            "kind",
        )
    _check_words(saying)
    _check_not_twice(session, found, participant, saying.kind)
    late = silence.is_late(where.run, participant, where.holds, received_at)
    made = SilenceReaction(
        silence_id=found.id,
        participant_id=participant,
        kind=saying.kind,
        language=saying.language,
        words=saying.words,
        received_at=received_at,
        is_late=late,
    )
    narrow = late or saying.kind is ReactionKind.ASKS_FOR_TIME or _is_for_secretariat(found, saying.kind)
    attach(session, made, [_with_secretariat(found, participant)] if narrow else [], container=found)
    session.flush()
    _record(session, "reaction to a silence", found, participant=participant, what=saying.kind.value, late=late)
    if not late and saying.kind is ReactionKind.ASKS_FOR_TIME:
        _hold(session, found, participant, HoldCause.ASKED_FOR_TIME)
    if not late and saying.kind is ReactionKind.OBJECTION:
        _take_record_back(session, found)
        after_commit.start(session, RECORD)
    session.flush()
    return made


def _is_for_secretariat(found: SilenceProcedure, kind: ReactionKind) -> bool:
    return kind is ReactionKind.OBJECTION and found.reasons_to is ReasonsTo.SECRETARIAT


def _check_words(saying: Saying) -> None:
    if not saying.words and saying.kind is ReactionKind.OBJECTION:
        raise Refused(_("Say why, so that a text can be found that all can live with"), "words")
    if not saying.words and saying.kind is not ReactionKind.ASKS_FOR_TIME:
        raise Refused(_("Write what you wish to say"), "words")
    if len(saying.words) > LONGEST_WORDS:
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST_WORDS), "words")


def _check_not_twice(session: ViewerSession, found: SilenceProcedure, participant: UUID, kind: ReactionKind) -> None:
    own = [one for one in silence_queries.reactions_of(session, found.id) if one.participant_id == participant]
    before = next((one for one in own if one.kind is kind), None) if kind in ONCE else None
    if before is not None:
        at = deadline_text(before.received_at, found.zone, today=clock.today(found.zone))
        if kind is ReactionKind.OBJECTION:
            raise Refused(_("Your government has objected already: %(at)s. Add to it by a comment.", at=at), "kind")
        raise Refused(_("A statement of your government of this kind is on file already: %(at)s.", at=at), "kind")
    if kind is ReactionKind.ASKS_FOR_TIME:
        held = silence_queries.holds_of(session, found.id)
        mine = [one for one in held if one.participant_id == participant and one.cause is HoldCause.ASKED_FOR_TIME]
        if any(one.until is None for one in mine):
            raise Refused(_("Your government has asked for time already; the silence does not end for it."), "kind")
    if len(own) >= MOST_REACTIONS:
        raise Refused(_("Your government has written %(most)s times on this text.", most=MOST_REACTIONS))


def _take_record_back(session: ViewerSession, found: SilenceProcedure) -> None:
    """An objection that came in time and was written only after the record was made, is stronger than the record."""
    with system_access(session, Reason.SILENCE) as system:
        row = system.get_one(SilenceProcedure, found.id)
        if row.recorded_state is not SilenceState.PASSED or _is_adopted(system, row.edition_id):
            return
        row.recorded_state = row.recorded_at = None
    _record(session, "record of a silence taken back", found)


def _is_adopted(system: SystemSession, edition: UUID) -> bool:
    text = select(DraftText.state).join(TextEdition, TextEdition.text_id == DraftText.id)
    return system.scalar(text.where(TextEdition.id == edition)) is TextState.ADOPTED


# --- the record, and letters ------------------------------------------------------------------------------------------


def record_what_is_over(engine: Engine) -> int:
    """Put on record every silence whose end changes no more, and remind those who have not reacted where the hour for
    that has come; each in its own unit of work. How many ends were recorded. Where a silence stands does not wait for
    this."""
    with system_unit(engine, Reason.SILENCE, writes=False) as system:
        wanted = select(SilenceProcedure).where(
            SilenceProcedure.recorded_at.is_(None), SilenceProcedure.called_off_at.is_(None)
        )
        open_ones = system.scalars(wanted).all()
        states = silence_queries.all_stand(system, open_ones)
        now = clock.now()
        over = [
            one.id for one in open_ones if silence.may_be_recorded(states[one.id].state, states[one.id].ended_at, now)
        ]
        to_remind = [
            one.id
            for one in open_ones
            if one.reminded_at is None and silence.is_to_remind(states[one.id].run, states[one.id].state, now)
        ]
    for key in to_remind:
        _in_own_unit(engine, key, _remind_one)
    return sum(_in_own_unit(engine, key, _record_one) for key in over)


def _in_own_unit(engine: Engine, key: UUID, act: Any) -> bool:
    try:
        with system_unit(engine, Reason.SILENCE) as system:
            wanted = select(SilenceProcedure).where(SilenceProcedure.id == key).with_for_update(skip_locked=True)
            found = system.scalar(wanted)
            done = found is not None and act(system, found, silence_queries.stands(system, found))
        after_commit.run(system)
        return bool(done)
    except Exception:  # the others have their hour too
        log.exception("a silence was not seen to", silence=str(key), act=act.__name__)
        return False


def _record_one(system: SystemSession, found: SilenceProcedure, where: silence_queries.Stands) -> bool:
    if found.recorded_at is not None or not silence.may_be_recorded(where.state, where.ended_at, clock.now()):
        return False
    found.recorded_state, found.recorded_at = where.state, clock.now()
    system.flush()
    _record(system, "silence recorded", found, state=where.state.value)
    _write_to(system, found, ENDED, where.members, where.state.value)
    return True


def _remind_one(system: SystemSession, found: SilenceProcedure, where: silence_queries.Stands) -> bool:
    if found.reminded_at is not None or not silence.is_to_remind(where.run, where.state, clock.now()):
        return False
    found.reminded_at = clock.now()
    system.flush()
    _write_to(system, found, REMINDER, where.members - where.reacted, where.run.ends_at.isoformat())
    return True


def _members_now(session: Session, found: SilenceProcedure) -> frozenset[UUID]:
    return silence_queries.members_on(
        session, found.process_id, found.track_id, found.edition.document.body_id, clock.today()
    )


def _write_to(session: Session, found: SilenceProcedure, notice: str, members: Iterable[UUID], about: str = "") -> int:
    """One mail to each focal point and alternate of these members; the same cause twice is one mail. How many."""
    contacts = contacts_of(session, found.process_id, found.track_id, clock.today(), members)
    process, track = _place(session, found)
    for one in contacts:
        outbox.put(
            session,
            notice,
            key=f"{notice}:{found.id}:{about}:{one.person}:{one.hat.id}",
            process=process,
            track=track,
            person=one.person,
            hat=one.hat,
            subject={"silence": found.id, "alternate": one.is_alternate, "about": about},
        )
    return len(contacts)


def _place(session: Session, found: SilenceProcedure) -> tuple[Process, Track]:
    return session.get_one(Process, found.process_id), session.get_one(Track, found.track_id)


def _lock(session: Session, key: UUID) -> None:
    """One after the other: a reaction, an act of the secretariat, and the record."""
    with system_access(session, Reason.SILENCE) as system:
        system.scalar(select(SilenceProcedure.id).where(SilenceProcedure.id == key).with_for_update())


def _with_secretariat(found: SilenceProcedure, participant: UUID) -> Clause:
    audience = [clauses_of.participant(participant), clauses_of.secretariat(found.track)]
    return clauses_of.named(found.process, found.track, audience=audience)


def _record(
    session: Session, kind: str, found: SilenceProcedure, *, participant: UUID | None = None, **content: Any
) -> None:
    process, track = _place(session, found)
    if participant is not None:
        content["participant"] = str(participant)
    _on_trail(session, kind, found, process, track, content, participant)


def _on_trail(
    session: Session,
    kind: str,
    subject: Any,
    process: Process,
    track: Track,
    content: dict[str, Any],
    participant: UUID | None = None,
) -> None:
    """Content is read by the secretariat, and by the participant it is of."""
    readers = [clauses_of.secretariat(track), *([clauses_of.participant(participant)] if participant else [])]
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses_of.named(process, track, audience=readers)],
        subject=subject,
        content=content,
    )
