"""What can be done with a process: participants, bodies, chairs, texts, names, dormancy and the public page.

Services change state and flush at most; each asks the policy again and puts the act on the audit trail. History is
never overwritten: what changes from a day on ends one row and begins another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from secretariat.core import audit, clock, languages
from secretariat.core.database import new_key
from secretariat.core.dates import PartialDate, passed, reached
from secretariat.core.labelling import attach, label_value, relabel, renew
from secretariat.core.labels import READING_STANDINGS, Clause, Level
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.processes import clauses, policy, queries
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    LifeState,
    Participant,
    ParticipantKind,
    ParticipantName,
    Participation,
    Process,
    ProcessText,
    SecretariatArrangement,
    SecretariatHost,
    StandingKind,
    Track,
    TrackKind,
)
from secretariat.processes.names import settle_ranks

LETTER, DECISION = "letter", "decision"
"""On what a suspension rests: the participant's own letter, or a decision of the body that may take it."""


def _record(session: ViewerSession, kind: str, track: Track, subject: Any, **content: Any) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(track.process.slug, track.slug),
        clauses=[clauses.named(track.process, track, audience=[clauses.secretariat(track)])],
        subject=subject,
        content=content,
    )


def _government(process: Process) -> Track:
    return next(track for track in process.tracks if track.kind is TrackKind.GOVERNMENT)


def _day(value: PartialDate) -> date:
    return value.first_day


# --- participants ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewParticipant:
    """A participant the installation does not know yet."""

    name: str
    language: str
    kind: ParticipantKind
    iso: str | None = None


def know_participant(session: ViewerSession, viewer: Viewer, track: Track, new: NewParticipant) -> Participant:
    """Enter a participant into the reference data. Raises NotAllowed, Refused where it is known already."""
    require(policy.may_keep(viewer, track))
    same_code = new.iso and session.scalar(select(Participant.id).where(Participant.iso == new.iso))
    if same_code:
        raise Refused(_("There is a participant with this code already; choose it from the list."), "iso")
    folded = " ".join(new.name.split()).casefold()
    if any(name.casefold() == folded for name in session.scalars(select(ParticipantName.name))):
        raise Refused(_("A participant of this name is known already; choose it from the list."), "new_name")
    made = Participant(id=new_key(), key=f"{new.kind.value}-{new_key().hex[:12]}", kind=new.kind, iso=new.iso)
    made.aliases = [new.name]
    made.names = [ParticipantName(language=new.language, name=new.name, origin=track.process.slug, ranks={})]
    session.add(made)
    settle_ranks(session)
    _record(session, "participant made known", track, made, name=new.name)
    return made


def add_participant(
    session: ViewerSession,
    viewer: Viewer,
    track: Track,
    participant: Participant,
    standing: StandingKind,
    *,
    since: PartialDate,
    decision: str,
    note: LocalText | None = None,
    country: UUID | None = None,
    focus: LocalText | None = None,
) -> Participation:
    """A participant takes part from a day on; of an organization of a network, in which country it works and on what.
    Raises NotAllowed, Refused (it does already, or did until later)."""
    require(policy.may_keep(viewer, track))
    for one in _standings(session, track, participant.id):
        if not passed(one.until, _day(since)):
            raise Refused(
                _("This participant has a standing at that time already; change its standing instead."), "participant"
            )
    made = Participation(
        id=new_key(),
        process=track.process,
        track=track,
        participant=participant,
        standing=standing,
        since=since,
        decision=decision,
        note=note,
    )
    _say_where_it_works(session, made, country, focus)
    attach(session, made, [clauses.participants_of(track.process, track)], container=track.process)
    session.flush()
    _record(session, "participant added", track, made, standing=standing.value, since=str(since), decision=decision)
    refresh_public_page(session, track.process, decision)
    return made


def describe_organization(
    session: ViewerSession, viewer: Viewer, row: Participation, *, country: UUID | None, focus: LocalText | None
) -> None:
    """Say in which country an organization of a network works, and on what. Raises NotAllowed, Refused."""
    require(policy.may_keep(viewer, row.track))
    _say_where_it_works(session, row, country, focus)
    session.flush()
    _record(session, "organization described", row.track, row)


def _say_where_it_works(
    session: ViewerSession, row: Participation, country: UUID | None, focus: LocalText | None
) -> None:
    if country is None and focus is None:
        row.country_id, row.focus = None, None
        return
    require(row.track.kind is TrackKind.CIVIL_SOCIETY)
    if country is not None and country not in dict(queries.countries(session, row.track.process, clock.today())):
        raise Refused(_("Choose a country from the list."), "country")
    row.country_id, row.focus = country, focus


def _standings(session: ViewerSession, track: Track, participant: UUID) -> Sequence[Participation]:
    return session.scalars(
        select(Participation).where(Participation.track_id == track.id, Participation.participant_id == participant)
    ).all()


def change_standing(
    session: ViewerSession,
    viewer: Viewer,
    row: Participation,
    standing: StandingKind,
    *,
    since: PartialDate,
    decision: str,
    basis: str = "",
    note: LocalText | None = None,
) -> Participation:
    """From a day on a participant stands otherwise: the row ends on that day and another begins.

    Suspension rests on the participant's letter or on the body's decision, and says on which. Where by the process's
    rule those who leave keep what was addressed to them before, the generation of the process rises: what is labelled
    from then on is not for them. It rises when the change is entered; what was labelled before stays as it was.

    Raises NotAllowed, Refused.
    """
    track, process = row.track, row.process
    require(policy.may_keep(viewer, track))
    _check_change(row, standing, since, decision, basis)
    row.until = since
    if _loses_reading(row.standing, standing) and process.former_members_keep:
        row.last_generation = process.generation
        process.generation += 1
    made = Participation(
        id=new_key(),
        process=process,
        track=track,
        participant_id=row.participant_id,
        category=row.category,
        category_kind=row.category_kind,
        standing=standing,
        since=since,
        decision=decision,
        basis=basis,
        note=note,
        country_id=row.country_id,
        focus=row.focus,
    )
    attach(session, made, [clauses.participants_of(process, track)], container=process)
    session.flush()
    _record(
        session,
        "standing changed",
        track,
        made,
        before=row.standing.value,
        standing=standing.value,
        since=str(since),
        basis=basis,
        decision=decision,
    )
    refresh_public_page(session, process, decision)
    return made


def _check_change(row: Participation, standing: StandingKind, since: PartialDate, decision: str, basis: str) -> None:
    if row.until is not None:
        raise Refused(_("This standing has ended; change the one that holds today."))
    if standing is row.standing:
        raise Refused(_("That is its standing already."), "standing")
    if row.since is not None and _day(since) <= _day(row.since):
        raise Refused(
            _("Give a day after %(since)s, on which the present standing began.", since=str(row.since)), "since"
        )
    if not decision.strip():
        raise Refused(_("Name the document that decided it, for example RCM/VM/2026/4."), "decision")
    if standing is StandingKind.SUSPENDED and basis not in (LETTER, DECISION):
        raise Refused(_("Say whether the participant’s own letter or a decision of the body suspends it."), "basis")


def _loses_reading(before: StandingKind, after: StandingKind) -> bool:
    return before.value in READING_STANDINGS and after.value not in READING_STANDINGS


def agree_name(
    session: ViewerSession,
    viewer: Viewer,
    process: Process,
    participant: Participant,
    *,
    language: str,
    name: str,
    since: PartialDate | None,
    until: PartialDate | None,
    decision: str,
) -> ParticipantName:
    """The process agrees what a participant is called in one language, from and until.

    A name agreed before that has no end ends where this one begins. Raises NotAllowed, Refused.
    """
    require(policy.may_edit(viewer, process))
    if since and until and _day(until) <= _day(since):
        raise Refused(_("This ends before it begins."), "until")
    begins = since or PartialDate.parse(clock.today())
    for one in session.scalars(
        select(ParticipantName).where(
            ParticipantName.participant_id == participant.id,
            ParticipantName.process_id == process.id,
            ParticipantName.language == language,
        )
    ):
        if one.until is None and (until is None or reached(one.since, _day(until))):
            one.until = begins
    made = ParticipantName(
        id=new_key(),
        participant_id=participant.id,
        process_id=process.id,
        language=language,
        name=name,
        since=since,
        until=until,
        origin=decision[:120],
        ranks={},
    )
    session.add(made)
    settle_ranks(session)
    session.expire(participant, ["names"])
    _record(session, "name agreed", _government(process), participant, language=language, name=name, decision=decision)
    return made


# --- bodies ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BodyWords:
    """What is said of a body."""

    name: LocalText
    kind: str
    abbreviation: str = ""
    level: str = ""
    permanence: str = ""
    frequency: str = ""
    names_by_letter: bool = False
    invites_by_letter: bool = False
    note: LocalText | None = None


def open_body(
    session: ViewerSession,
    viewer: Viewer,
    track: Track,
    words: BodyWords,
    *,
    since: PartialDate,
    members: Sequence[UUID] | None = None,
) -> Body:
    """Open a body. With `members` it has a membership of its own; without, all who take part are in it."""
    require(policy.may_keep(viewer, track))
    process = track.process
    positions = session.scalars(select(Body.position).where(Body.process_id == process.id)).all()
    body = Body(
        id=new_key(),
        process=process,
        track=track,
        since=since,
        membership=BodyMembershipRule.PROCESS if members is None else BodyMembershipRule.OWN,
        position=max(positions, default=0) + 1,
        **_fields(words),
    )
    attach(session, body, [clauses.participants_of(process, track)], container=process)
    session.flush()
    for participant in members or ():
        _join(session, body, participant, "member", since)
    _record(session, "body opened", track, body, name=str(words.name), since=str(since))
    refresh_public_page(session, process, "body opened")
    return body


def change_body(session: ViewerSession, viewer: Viewer, body: Body, words: BodyWords) -> None:
    """Say otherwise what a body is."""
    require(policy.may_keep(viewer, body.track))
    for name, value in _fields(words).items():
        setattr(body, name, value)
    session.flush()
    _record(session, "body described anew", body.track, body, name=str(words.name))


def _fields(words: BodyWords) -> dict[str, Any]:
    return {name: getattr(words, name) for name in BodyWords.__slots__}


def close_body(session: ViewerSession, viewer: Viewer, body: Body, *, until: PartialDate, decision: str) -> None:
    """Close a body on a day, by decision: its chairs and memberships end with it, its memory stays."""
    require(policy.may_keep(viewer, body.track))
    _check_end(body.since, until)
    body.until = until
    body.state, body.state_decision, body.state_since = LifeState.CONCLUDED, decision, _day(until)
    held: list[BodyMembership | ChairTerm] = [
        *session.scalars(select(BodyMembership).where(BodyMembership.body_id == body.id)),
        *session.scalars(select(ChairTerm).where(ChairTerm.body_id == body.id)),
    ]
    for one in held:
        if one.until is None or _day(one.until) > _day(until):
            one.until = until
    session.flush()
    _record(session, "body closed", body.track, body, until=str(until), decision=decision)
    refresh_public_page(session, body.process, decision)


def join_body(
    session: ViewerSession, viewer: Viewer, body: Body, participant: UUID, role: str, *, since: PartialDate
) -> BodyMembership:
    """A participant joins a body that has a membership of its own. Raises NotAllowed, Refused."""
    require(policy.may_keep(viewer, body.track))
    present = session.scalars(
        select(BodyMembership).where(BodyMembership.body_id == body.id, BodyMembership.participant_id == participant)
    )
    if any(not passed(one.until, _day(since)) for one in present):
        raise Refused(_("This participant is in the body at that time already."), "participant")
    made = _join(session, body, participant, role, since)
    session.flush()
    _record(session, "body joined", body.track, made, role=role, since=str(since))
    return made


def _join(session: ViewerSession, body: Body, participant: UUID, role: str, since: PartialDate) -> BodyMembership:
    made = BodyMembership(id=new_key(), body=body, participant_id=participant, role=role, since=since)
    attach(session, made, [clauses.participants_of(body.process, body.track)], container=body)
    return made


def leave_body(session: ViewerSession, viewer: Viewer, row: BodyMembership, *, until: PartialDate) -> None:
    """A participant leaves a body on a day."""
    require(policy.may_keep(viewer, row.body.track))
    _check_end(row.since, until)
    row.until = until
    session.flush()
    _record(session, "body left", row.body.track, row, until=str(until))


def _check_end(since: PartialDate | None, until: PartialDate) -> None:
    if since is not None and _day(until) < _day(since):
        raise Refused(_("Give a day on or after %(since)s, when it began.", since=str(since)), "until")


# --- chairs ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a chair: from and until, what is coordinated, the theme chosen for it, and the decision."""

    since: PartialDate
    until: PartialDate | None = None
    term: str = ""
    subject: LocalText | None = None
    theme: LocalText | None = None
    decision: str = ""


def set_chair(
    session: ViewerSession,
    viewer: Viewer,
    track: Track,
    participant: UUID,
    role: str,
    term: Term,
    *,
    body: Body | None = None,
    ends_present: Iterable[ChairTerm] = (),
) -> ChairTerm:
    """Who chairs the process, or a body, for a term. The terms in `ends_present` end where this one begins."""
    require(policy.may_keep(viewer, _chaired_by(body, track.process)))
    if term.until is not None:
        _check_end(term.since, term.until)
    for one in ends_present:
        require(policy.may_keep(viewer, _chaired_by(one.body, one.process)))
        if one.since is None or _day(one.since) < _day(term.since):
            one.until = term.since
    made = ChairTerm(
        id=new_key(),
        process=track.process,
        body=body,
        participant_id=participant,
        role=role,
        since=term.since,
        until=term.until,
        term=term.term,
        subject=term.subject,
        theme=term.theme,
        decision=term.decision,
    )
    attach(session, made, [clauses.participants_of(track.process, track)], container=track.process)
    session.flush()
    _record(session, "chair set", track, made, role=role, since=str(term.since), decision=term.decision)
    return made


def _chaired_by(body: Body | None, process: Process) -> Track:
    """Whose side a chair is a matter of: that of the body, or of the governments where it is of the process."""
    return body.track if body else _government(process)


def change_term(
    session: ViewerSession,
    viewer: Viewer,
    row: ChairTerm,
    *,
    until: PartialDate | None,
    theme: LocalText | None,
    subject: LocalText | None,
) -> None:
    """Say until when a term runs, and its theme."""
    track = _chaired_by(row.body, row.process)
    require(policy.may_keep(viewer, track))
    if until is not None:
        _check_end(row.since, until)
    row.until, row.theme, row.subject = until, theme, subject
    session.flush()
    _record(session, "term of chair changed", track, row, until=str(until or ""), theme=str(theme or ""))


# --- the process itself ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Details:
    """What a process is, apart from its participants."""

    acronym: str
    name: LocalText
    established: PartialDate | None
    region: LocalText | None
    website: str
    secretariat_arrangement: str
    chair_mode: str
    languages: list[str]
    zone: str
    former_members_keep: bool


def change_details(session: ViewerSession, viewer: Viewer, process: Process, details: Details) -> None:
    """Say otherwise what a process is."""
    require(policy.may_edit(viewer, process))
    changed = {}
    for name in Details.__slots__:
        value = getattr(details, name)
        if getattr(process, name) != value:
            changed[name] = str(value)
            setattr(process, name, value)
    session.flush()
    _record(session, "process described anew", _government(process), process, **changed)


def set_level_words(
    session: ViewerSession, viewer: Viewer, process: Process, words: Mapping[Level, LocalText | None]
) -> None:
    """Call the levels of confidentiality as the process does; a level without words of its own has the usual ones."""
    require(policy.may_edit(viewer, process))
    process.level_words = {level.value: said.to_json() for level, said in words.items() if said}
    session.flush()
    _record(session, "levels named", _government(process), process, levels=process.level_words)


def set_commitment_words(session: ViewerSession, viewer: Viewer, process: Process, words: Mapping[str, str]) -> None:
    """Call a commitment as the process does, one of `languages.WORDS` by language; what is not among these languages
    stays as it was. Raises NotAllowed, ValueError of a word nobody has."""
    require(policy.may_edit(viewer, process))
    if not set(words.values()) <= set(languages.WORDS):
        raise ValueError(f"no words for a commitment: {sorted(words.values())}")
    said = {**process.commitment_words, **words}
    process.commitment_words = {code: word for code, word in sorted(said.items()) if word != languages.USUAL_WORD}
    session.flush()
    _record(session, "commitments named", _government(process), process, words=process.commitment_words)


def add_host(
    session: ViewerSession,
    viewer: Viewer,
    process: Process,
    *,
    participant: UUID | None,
    name: str,
    since: PartialDate | None,
) -> SecretariatHost:
    """Who hosts or provides the secretariat, from a day on: a participant, or a name that is none."""
    require(policy.may_edit(viewer, process))
    if participant is None and not name:
        raise Refused(_("Choose a participant, or write who hosts it."), "name")
    track = _government(process)
    made = SecretariatHost(
        id=new_key(), process=process, participant_id=participant, name_text="" if participant else name, since=since
    )
    attach(session, made, [clauses.participants_of(process, track)], container=process)
    if process.secretariat_arrangement in ("", SecretariatArrangement.NONE.value):
        process.secretariat_arrangement = SecretariatArrangement.HOSTED.value
    session.flush()
    _record(session, "host added", track, made, name=name)
    return made


def end_host(session: ViewerSession, viewer: Viewer, row: SecretariatHost, *, until: PartialDate) -> None:
    """The secretariat is hosted otherwise from a day on."""
    require(policy.may_edit(viewer, row.process))
    _check_end(row.since, until)
    row.until = until
    session.flush()
    _record(session, "host ended", _government(row.process), row, until=str(until))


def set_text(
    session: ViewerSession, viewer: Viewer, process: Process, kind: str, words: LocalText | None
) -> ProcessText | None:
    """Write one running text of a process. An empty one is kept as an empty text, for others have read it."""
    require(policy.may_edit(viewer, process))
    track = _government(process)
    row = session.scalar(select(ProcessText).where(ProcessText.process_id == process.id, ProcessText.kind == kind))
    if row is None and words is None:
        return None
    if row is None:
        row = ProcessText(id=new_key(), process=process, kind=kind, body=words or LocalText({}, "en"))
        attach(session, row, [clauses.participants_of(process, track)], container=process)
    else:
        row.body = words or LocalText({}, row.body.original)
        session.flush()
        renew(session, row, why="text written anew")
    session.flush()
    _record(session, "text written", track, row, text=kind)
    return row


def set_state(
    session: ViewerSession, viewer: Viewer, thing: Process | Body, state: LifeState, *, since: date, decision: str
) -> None:
    """By the members' decision a process or body rests, is concluded, or is at work again; its memory stays.

    Raises NotAllowed, Refused (no decision, or it is so already).
    """
    track = thing.track if isinstance(thing, Body) else _government(thing)
    require(policy.may_keep(viewer, track))
    if thing.state is state:
        raise Refused(_("It is so already."), "state")
    if not decision.strip():
        raise Refused(_("Name the decision of the members, for example RCM/VM/2026/4, paragraph 3."), "decision")
    thing.state, thing.state_since, thing.state_decision = state, since, decision
    session.flush()
    _record(session, f"made {state.value}", track, thing, since=str(since), decision=decision)
    refresh_public_page(session, track.process, decision)


# --- the public page ------------------------------------------------------------------------------------------


def open_public_page(session: ViewerSession, viewer: Viewer, process: Process, *, since: date, decision: str) -> None:
    """The members agree that the public may see the process: its name, its present participants and bodies.

    Everything else keeps its own readers. Raises NotAllowed, Refused (no decision).
    """
    require(policy.may_edit(viewer, process))
    if not decision.strip():
        raise Refused(_("Name the decision of the members, for example RCM/VM/2026/4, paragraph 3."), "decision")
    process.public_page_since, process.public_page_decision = since, decision
    session.flush()
    relabel(session, process, [clauses.public(process)], why=decision[:500])
    _record(session, "public page opened", _government(process), process, since=str(since), decision=decision)
    refresh_public_page(session, process, decision)


def close_public_page(session: ViewerSession, viewer: Viewer, process: Process, *, decision: str) -> None:
    """The public no longer sees the process, from now on."""
    require(policy.may_edit(viewer, process))
    process.public_page_since, process.public_page_decision = None, decision
    session.flush()
    refresh_public_page(session, process, decision)
    relabel(session, process, [clauses.participants_of(process, *process.tracks)], why=(decision or "closed")[:500])
    _record(session, "public page closed", _government(process), process, decision=decision)


def name_to_chair(session: ViewerSession, viewer: Viewer, process: Process, *, since: date, decision: str) -> None:
    """The members agree that the chair of the process reads by name what each participant brings, as far as the chair
    may read it. Raises NotAllowed, Refused (no decision)."""
    require(policy.may_name_to_chair(viewer, process))
    if not decision.strip():
        raise Refused(_("Name the decision of the members, for example RCM/VM/2026/4, paragraph 3."), "decision")
    process.named_to_chair_since, process.named_to_chair_decision = since, decision.strip()
    session.flush()
    _record(session, "named to the chair", _government(process), process, since=str(since), decision=decision)


def name_no_more(session: ViewerSession, viewer: Viewer, process: Process, *, decision: str) -> None:
    """From now on the chair is told sums again. Raises NotAllowed."""
    require(policy.may_name_to_chair(viewer, process))
    process.named_to_chair_since, process.named_to_chair_decision = None, decision.strip()
    session.flush()
    _record(session, "named to the chair no more", _government(process), process, decision=decision)


def refresh_public_pages(system: SystemSession) -> None:
    """Every public page as of today: a standing or body that ended on a day entered beforehand leaves it on that day,
    with its label, and one that began on such a day comes to stand there."""
    for process in system.scalars(select(Process).where(Process.public_page_since.is_not(None))).all():
        refresh_public_page(system, process, "the day has come")


def refresh_public_page(session: ViewerSession | SystemSession, process: Process, why: str) -> None:
    """Bring the labels of participations and bodies in line with the public page, as of today.

    Public are those that hold today, on the governments' side, and are no matter between members; everything else is
    its side's again. Suspension, a standing that ended and a closed body thus leave the page with the act that enters
    them.
    """
    session.flush()
    key, today = process.id, clock.today()
    with system_access(session, Reason.LABELLING) as system:
        found = system.get_one(Process, key)
        rows: list[Participation | Body] = [
            *system.scalars(select(Participation).where(Participation.process_id == key)),
            *system.scalars(select(Body).where(Body.process_id == key)),
        ]
        for row in rows:
            shown = found.public_page and _is_for_the_public(row, today)
            if shown != _is_public(system, row):
                own = clauses.public(found) if shown else clauses.participants_of(found, row.track)
                relabel(system, row, [own], why=why[:500] or "public page")


def _is_for_the_public(row: Participation | Body, today: date) -> bool:
    if row.track.kind is not TrackKind.GOVERNMENT or not row.held_on(today):
        return False
    if isinstance(row, Body):
        return row.state is LifeState.ACTIVE
    return row.standing.value in READING_STANDINGS


def _is_public(system: SystemSession, row: Participation | Body) -> bool:
    own: Iterable[Clause] = label_value(system, row.own_label_id).clauses if row.own_label_id else ()
    return any(clause.level is Level.PUBLIC for clause in own)
