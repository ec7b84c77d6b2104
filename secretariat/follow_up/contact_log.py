"""The contact log at work: write down what was agreed, put it right, take it away, and forget it after twelve months.

What was asked in a contact is not asked again by mail: the steps that are due count as asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import parts_text
from secretariat.core.models import AuditContent
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.follow_up import contact_queries, policy, queries, service
from secretariat.follow_up.contact_models import ContactItem, ContactNote, ContactOutcome, ContactWay
from secretariat.follow_up.models import Digest, DigestKind
from secretariat.follow_up.service import Recipient
from secretariat.meetings.attribution import names_in
from secretariat.plans import service as plans
from secretariat.plans.models import Commitment, NotedAfter
from secretariat.plans.status import Status
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track

KEPT = timedelta(days=365)
"""A contact note is forgotten after twelve months."""
LONGEST_WAIT = timedelta(days=180)
_NOTED_AFTER = {
    ContactWay.CALL: NotedAfter.CALL,
    ContactWay.MAIL: NotedAfter.MAIL,
    ContactWay.IN_PERSON: NotedAfter.MEETING,
}
_NEEDS_A_DAY = (ContactOutcome.WILL_REPORT, ContactOutcome.RING_AGAIN)


@dataclass(frozen=True, slots=True)
class Contact:
    """What an officer writes down. `items` are kinds and ids of things awaited. `status` and `step`, where given,
    become an entry noted by the Secretariat for the one commitment among them, in `language`. `names_are_right` says
    that a participant named in `agreed` belongs there."""

    way: ContactWay
    at: datetime
    outcome: ContactOutcome
    items: tuple[tuple[str, UUID], ...] = ()
    agreed: str = ""
    next_on: date | None = None
    status: Status | None = None
    step: str = ""
    language: str = "en"
    names_are_right: bool = False


class NamesOthersError(Refused):
    """Another participant is named in what was agreed; to be looked at once more."""


def readers(process: Process, track: Track, person: UUID) -> Clause:
    """Who reads a contact note: the track's own officers and the person it is about."""
    return clauses.named(process, track, audience=[clauses.officers(track), clauses.person(person)])


def log_contact(session: ViewerSession, viewer: Viewer, who: Recipient, contact: Contact) -> ContactNote:
    """Write down a contact. Where the person was reached, what is due of its things counts as asked, of everybody who
    is asked for that participant. Raises NotAllowed, Refused."""
    require(policy.may_log(viewer, who.track) and who.hat.id is not None)
    process, track = session.get_one(Process, who.process), session.get_one(Track, who.track)
    assert who.hat.id is not None
    _check(contact)
    _check_items(session, contact)
    _check_names(session, who, contact)
    note = ContactNote(
        process_id=who.process,
        track_id=who.track,
        participant_id=who.hat.id,
        person_id=who.person,
        hat=str(who.hat),
        way=contact.way,
        contacted_at=contact.at,
        outcome=contact.outcome,
        agreed=contact.agreed.strip(),
        next_on=contact.next_on,
        logged_at=clock.now(),
        logged_by_id=viewer.person,
        ends_on=contact.at.date() + KEPT,
        items=[ContactItem(kind=kind, subject_id=subject) for kind, subject in contact.items],
    )
    clause = readers(process, track, who.person)
    attach(session, note, [clause])
    session.flush()
    audit.record(
        session,
        "contact logged",
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clause],
        subject=note,
        content={"person": str(who.person), "outcome": contact.outcome.value},
    )
    if note.was_reached:
        _count_as_asked(session, who, [subject for _kind, subject in contact.items])
    if contact.status is not None:
        _note_progress(session, viewer, contact)
    return note


def correct(session: ViewerSession, viewer: Viewer, note: ContactNote, agreed: str) -> None:
    """Put right what was agreed. Raises NotAllowed, Refused."""
    require(policy.may_log(viewer, note.track_id))
    others = contact_queries.names_of_others(session, note.process_id, note.participant_id)
    _refuse_names(names_in([agreed], others), "agreed")
    note.agreed = agreed.strip()
    note.correction, note.correction_asked_at = "", None
    session.flush()
    _record(session, note, "contact note put right")


def ask_correction(session: ViewerSession, viewer: Viewer, note: ContactNote, word: str) -> None:
    """The person a note is about asks to have it put right. Raises NotAllowed, Refused."""
    require(policy.is_on_file(viewer, note))
    if not word.strip():
        raise Refused(_("Say what should stand there instead, or that it should be taken away."), "word")
    note.correction, note.correction_asked_at = word.strip()[:500], note.correction_asked_at or clock.now()
    session.flush()
    _record(session, note, "correction of a contact note asked")


def take_away(session: ViewerSession, viewer: Viewer, note: ContactNote) -> None:
    """Take a note away before its time, with what the trail says of it. Raises NotAllowed."""
    require(policy.may_log(viewer, note.track_id))
    key = note.id
    with system_access(session, Reason.FOLLOW_UP) as system:
        _erase(system, system.get_one(ContactNote, key))
    session.expunge(note)


def forget(system: SystemSession) -> int:
    """Take away contact notes whose twelve months are over, what the trail says of them, and that a step was asked in a
    call; how many notes."""
    today = clock.today()
    ended = list(system.scalars(select(ContactNote).where(ContactNote.ends_on <= today)))
    for note in ended:
        _erase(system, note)
    by_call = select(Digest).where(Digest.kind == DigestKind.BY_CALL, Digest.window <= today - KEPT)
    for digest in system.scalars(by_call):
        digest.kind = DigestKind.SKIPPED  # that the step is not asked again stays; that it was a call does not
    system.flush()
    return len(ended)


def _erase(system: SystemSession, note: ContactNote) -> None:
    contents = system.scalars(
        select(AuditContent.id).where(
            AuditContent.subject_kind == ContactNote.__tablename__, AuditContent.subject_id == note.id
        )
    ).all()
    for content in contents:
        audit.erase(system, content)
    system.delete(note)
    system.flush()


def _check(contact: Contact) -> None:
    now = clock.now()
    if contact.at > now + timedelta(minutes=5):
        raise Refused(_("That moment has not come yet; give when you spoke."), "on")
    if contact.at.date() + KEPT <= clock.today():
        raise Refused(_("Contacts are kept for twelve months; this one is older and is not written down."), "on")
    if contact.outcome in _NEEDS_A_DAY and contact.next_on is None:
        raise Refused(_("Give the day by which a word is expected, or on which to ring again."), "next_on")
    first = (contact.at - timedelta(days=1)).date()  # wherever the day begins
    if contact.next_on is not None and not first <= contact.next_on <= clock.today() + LONGEST_WAIT:
        raise Refused(_("Give a day after the contact, within the next six months."), "next_on")
    if contact.outcome is ContactOutcome.NOTED and not (contact.agreed.strip() or contact.status):
        raise Refused(_("Write down what was agreed, or where the commitment stands."), "agreed")


def _check_items(session: ViewerSession, contact: Contact) -> None:
    if contact_queries.off_the_record(session, contact.items):
        raise Refused(_("This came from a meeting that was off the record: nothing about it is written down."), "items")
    commitments = [subject for kind, subject in contact.items if kind == "commitment"]
    if contact.status is None:
        if contact.step.strip():
            raise Refused(_("Choose where it stands; your words are kept."), "status")
        return
    if contact.outcome is ContactOutcome.NOT_REACHED:
        raise Refused(_("Nobody was reached, so nothing can be noted of where it stands."), "status")
    if len(commitments) != 1:
        raise Refused(_("Choose the one commitment this is about; log another contact for the next."), "items")


def _check_names(session: ViewerSession, who: Recipient, contact: Contact) -> None:
    if contact.names_are_right or who.hat.id is None:
        return
    others = contact_queries.names_of_others(session, who.process, who.hat.id)
    _refuse_names(names_in([contact.agreed, contact.step], others), "agreed")


def _refuse_names(named: list[str], field: str) -> None:
    if named:
        raise NamesOthersError(
            _(
                "Named here: %(names)s. A note says nothing about third states; take it out, or say below that it is "
                "right as it stands.",
                names=parts_text(named),
            ),
            field,
        )


def _count_as_asked(session: ViewerSession, who: Recipient, subjects: Iterable[UUID]) -> None:
    """For everybody who is asked for the participant: who spoke for it has been asked for all of them."""
    about = set(subjects)
    with system_access(session, Reason.FOLLOW_UP) as system:
        asked = queries.asked(system, who.process, who.track, clock.today())
        persons = dict.fromkeys([who.person, *asked.get(who.hat.id, {})]) if who.hat.id is not None else {}
        for person in persons:
            service.count_as_asked(system, Recipient(person, who.hat, who.process, who.track), about)


def _note_progress(session: ViewerSession, viewer: Viewer, contact: Contact) -> None:
    [key] = [subject for kind, subject in contact.items if kind == "commitment"]
    commitment = session.scalars(select(Commitment).where(Commitment.id == key)).one()
    assert contact.status is not None
    plans.note_progress(
        session,
        viewer,
        commitment,
        contact.status,
        contact.step,
        language=contact.language,
        after=_NOTED_AFTER[contact.way],
        on=contact.at.date(),
    )


def _record(session: ViewerSession, note: ContactNote, kind: str) -> None:
    process, track = session.get_one(Process, note.process_id), session.get_one(Track, note.track_id)
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[readers(process, track, note.person_id)],
        subject=note,
    )
