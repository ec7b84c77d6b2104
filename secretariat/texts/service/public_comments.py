"""What the public says of a text that was opened to it: taken in, confirmed by the link of one mail, or withdrawn.

Whoever writes has no eyes here and no rights: until the address is confirmed nobody reads what was written, and all of
it is put in, looked up and taken away past the filter (`Reason.CONSULTATION`), by the key of who holds the link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.labelling import attach, relabel
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import NOBODY
from secretariat.mail import outbox
from secretariat.mail.lent import a_colleague
from secretariat.mail.recipients import Known, register
from secretariat.processes import clauses as clauses_of
from secretariat.texts.consultation_models import PublicComment, PublicConsultation, PublicWriter
from secretariat.texts.consulting import CONFIRM_WITHIN, LONGEST_IN_ALL, MOST_WAITING, Response
from secretariat.texts.editions import Content
from secretariat.texts.models import TextEdition
from secretariat.texts.service.consultations import erase, is_running, locked
from secretariat.texts.service.record import for_secretariat

CONFIRM = "public_comment_confirm"
"""The mail with the link by which an address is confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody of the public has filled in. `words` by paragraph; under None those on the text as a whole."""

    name: str
    address: str
    language: str
    words: Mapping[UUID | None, str]
    organization: str = ""
    organization_shown: bool = False


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits behind the link of a mail, for who holds it alone."""

    consultation: UUID
    name: str
    organization: str
    written_at: datetime
    confirmed_at: datetime | None
    words: Sequence[tuple[UUID | None, str, str]]
    """Paragraph, words, and the language they are in."""
    is_responded: bool
    is_taken_back: bool


def take_in(session: ViewerSession, found: PublicConsultation, written: Written, at: datetime) -> None:
    """Keep what was written until its address is confirmed, and send the mail for that. `at` is when it came in.

    Raises Refused: after the end, once taken back, with no words or too many, and while too many wait.
    """
    check_open(found, at)
    said = {key: words for key, words in written.words.items() if words}
    if not said:
        raise Refused(_("Write what you think of the text, or of one of its paragraphs."), "whole")
    known = {one.id for one in Content.from_json(found.content).pieces}
    if any(key is not None and key not in known for key in said):
        raise Refused(_("This paragraph does not stand in the text that comments are asked for."), "whole")
    over = sum(map(len, said.values())) - LONGEST_IN_ALL
    if over > 0:
        raise Refused(
            _("All comments together are too long; shorten them, or send us what is most important."), "whole"
        )
    with system_access(session, Reason.CONSULTATION) as system:
        _take_in(system, found.id, written, said)


def check_open(found: PublicConsultation, at: datetime) -> None:
    """Raises Refused where what came in at this moment is not taken, with the reason."""
    if found.taken_back_at is not None:
        raise Refused(
            _("This consultation was taken back; comments are not taken any more. What you wrote stands below.")
        )
    if not is_running(found, at):
        raise Refused(
            _("The consultation was over when this reached us. What you wrote stands below, and was not sent.")
        )


def _take_in(system: SystemSession, key: UUID, written: Written, said: Mapping[UUID | None, str]) -> None:
    found = system.get_one(PublicConsultation, key)
    waiting = select(func.count(PublicWriter.id)).where(
        PublicWriter.consultation_id == key, PublicWriter.confirmed_at.is_(None)
    )
    if (system.scalar(waiting) or 0) >= MOST_WAITING:
        raise Refused(_("More comes in at this moment than can be taken. What you wrote stands below; send it later."))
    process, track = found.process, found.track
    nobody = clauses_of.nobody(process, track)
    writer = PublicWriter(
        id=new_key(), consultation_id=found.id, writer_id=a_colleague(system), name=written.name,
        organization=written.organization, organization_shown=written.organization_shown and bool(written.organization),
        address=written.address, language=written.language, written_at=clock.now(),
    )  # fmt: skip
    attach(system, writer, [nobody], container=found)
    edition = system.get_one(TextEdition, found.edition_id)
    for paragraph, words in said.items():
        comment = PublicComment(
            edition_id=edition.id, consultation_id=found.id, source_id=writer.id, paragraph_id=paragraph,
            language=written.language, words=words,
            organization=written.organization if writer.organization_shown else "",
        )  # fmt: skip
        attach(system, comment, [nobody], container=edition)
    system.flush()
    outbox.put(
        system,
        CONFIRM,
        key=f"{CONFIRM}:{writer.id}",
        process=process,
        track=track,
        person=writer.writer_id,
        hat=NOBODY,
        subject={"consultation": found.id},
        known_to=nobody,
    )


def waits_for(session: Session, person: UUID) -> Waits | None:
    """What somebody has written, by the key of the link; None where it was withdrawn or erased."""
    with system_access(session, Reason.CONSULTATION) as system:
        one = _of(system, person)
        if one is None:
            return None
        found = one.consultation
        order = [piece.id for piece in Content.from_json(found.content).pieces]
        place: dict[UUID | None, int] = {key: at for at, key in enumerate(order)}
        rows = sorted(_comments_of(system, one), key=lambda each: place.get(each.paragraph_id, -1))
        return Waits(
            found.id, one.name, one.organization, one.written_at, one.confirmed_at,
            tuple((each.paragraph_id, each.words, each.language) for each in rows),
            found.responded_at is not None, found.taken_back_at is not None,
        )  # fmt: skip


def confirm(session: ViewerSession, person: UUID) -> None:
    """From now on it counts and is read. What the same address had sent to this consultation before gives way to it.

    Raises LookupError where it is there no more; Refused once the time is over, the response published, or the
    consultation taken back.
    """
    with system_access(session, Reason.CONSULTATION) as system:
        one = _of(system, person, held=True)
        if one is None:
            raise LookupError(person)
        if one.confirmed_at is not None:
            return
        found = one.consultation
        if found.taken_back_at is not None:
            raise Refused(_("This consultation was taken back; comments are not taken any more."))
        if found.responded_at is not None:
            raise Refused(
                _("The response was published before your address was confirmed; this is not counted any more.")
            )
        if clock.now() > one.written_at + CONFIRM_WITHIN:
            raise Refused(_("The time to confirm your address is over; this is not counted any more."))
        _replace_earlier(system, one)
        one.confirmed_at = clock.now()
        system.flush()
        own = for_secretariat(found.process, found.track)
        relabel(system, one, [own], why="address confirmed")
        for comment in _comments_of(system, one):
            comment.confirmed_at = one.confirmed_at
            system.flush()
            relabel(system, comment, [] if found.for_readers else [own], why="address confirmed")


def withdraw(session: ViewerSession, person: UUID) -> None:
    """Take back what one has written: all of it before the response is published; afterwards name, address and
    organization. Raises LookupError where it is there no more."""
    with system_access(session, Reason.CONSULTATION) as system:
        one = _of(system, person, held=True)
        if one is None:
            raise LookupError(person)
        found = locked(system, one.consultation_id)
        responded = found.responded_at is not None and one.confirmed_at is not None
        if responded:
            _name_no_more(system, found, one)
        erase(system, one, words_too=not responded)


def _name_no_more(system: SystemSession, found: PublicConsultation, one: PublicWriter) -> None:
    """The organization stands beside nothing any more, and in the response only where another asked for it too."""
    for comment in _comments_of(system, one):
        comment.organization = ""
    system.flush()
    others = system.scalars(select(PublicComment.organization).where(PublicComment.consultation_id == found.id)).all()
    if found.response and one.organization not in others:
        response = Response.from_json(found.response).to_json()
        response["organizations"] = [each for each in response["organizations"] if each != one.organization]
        found.response = response
        system.flush()


def _replace_earlier(system: SystemSession, one: PublicWriter) -> None:
    """One address, one voice: who writes again has changed their mind."""
    earlier = system.scalars(
        select(PublicWriter).where(
            PublicWriter.consultation_id == one.consultation_id,
            PublicWriter.id != one.id,
            PublicWriter.confirmed_at.is_not(None),
            func.lower(PublicWriter.address) == one.address.lower(),
        )
    ).all()
    for before in earlier:
        erase(system, before, words_too=True)


def _of(system: SystemSession, person: UUID, *, held: bool = False) -> PublicWriter | None:
    """Who has written, by the key of the link; `held` until the transaction ends, by who is to change it."""
    wanted = select(PublicWriter).where(PublicWriter.writer_id == person)
    return system.scalar(wanted.with_for_update() if held else wanted)


def _comments_of(system: SystemSession, one: PublicWriter) -> Sequence[PublicComment]:
    return system.scalars(
        select(PublicComment).where(PublicComment.source_id == one.id).order_by(PublicComment.id)
    ).all()


def _known(system: SystemSession, person: UUID) -> Known | None:
    """Where somebody of the public is written to, and in which language: nothing else is known of them."""
    found = system.execute(
        select(PublicWriter.address, PublicWriter.language).where(PublicWriter.writer_id == person)
    ).one_or_none()
    return Known(address=found[0], language=found[1]) if found is not None else None


register(_known)
