"""The mails of a silence - that it begins, is longer, ends soon, has ended - and the one that asks a capital to confirm
what was adopted ad referendum. What anybody has said to a text stands in none of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.processes.names import names_of
from secretariat.texts import silence_queries
from secretariat.texts.service import adopting, silence
from secretariat.texts.silence import SilenceState
from secretariat.texts.silence_models import CapitalSays, SilenceProcedure

SILENCE_SCOPE, CONFIRMATION_SCOPE = "silence", "confirmation"
OPEN = (SilenceState.RUNNING, SilenceState.WAITING)


def opened(session: Session, sending: Sending) -> Letter | None:
    """To a focal point or alternate of a member: which text, until when, and the link. Nothing once it is over."""
    found = _read(session, sending)
    if found is None or silence_queries.stands(session, found).state not in OPEN:
        return None
    return _letter(session, sending, found, _("A text under silence"))


def extended(session: Session, sending: Sending) -> Letter | None:
    """To the same: that it ends later. Nothing where a later extension says it again."""
    found = _read(session, sending)
    if found is None or not _is_of_the_present_end(session, found, sending):
        return None
    return _letter(session, sending, found, _("More time for a text under silence"))


def reminder(session: Session, sending: Sending) -> Letter | None:
    """To who has not reacted: that it ends soon, and that nothing need be done. Nothing to who has reacted since."""
    found = _read(session, sending)
    if found is None or not _is_of_the_present_end(session, found, sending):
        return None
    if sending.hat.id in silence_queries.stands(session, found).reacted:
        return None
    return _letter(session, sending, found, _("A silence ends soon"))


def ended(session: Session, sending: Sending) -> Letter | None:
    """To all members: what has become of it. Nothing where something else has become of it since."""
    found = _read(session, sending)
    if found is None or silence_queries.stands(session, found).state.value != sending.subject["about"]:
        return None
    return _letter(session, sending, found, _("The end of a silence"), state=sending.subject["about"])


def confirmation(session: Session, sending: Sending) -> Letter | None:
    """To a focal point or alternate: what was adopted ad referendum, until when its capital confirms it, and the link.
    Nothing once it has answered."""
    row = silence_queries.confirmation_of(session, sending.id_of("confirmation"))
    if row is None or row.adoption is None or row.adoption.edition is None or row.says is not CapitalSays.AWAITED:
        return None
    adoption = row.adoption
    names = names_of(session, [row.participant_id], process=adoption.process_id, on=sending.today)
    return sending.letter(
        _("A text to confirm"),
        level=label_value(session, adoption.label_id).level,
        thread=str(adoption.id),
        document=adoption.edition.document,
        adoption=adoption,
        participant=names[row.participant_id],
        is_alternate=bool(sending.subject.get("alternate")),
        link=sending.link(CONFIRMATION_SCOPE, [row.id]),
        page=sending.page(f"/adoptions/{adoption.id}"),
    )


def _read(session: Session, sending: Sending) -> SilenceProcedure | None:
    found = silence_queries.silence_by_id(session, sending.id_of("silence"))
    return found if found is not None and found.edition is not None else None


def _is_of_the_present_end(session: Session, found: SilenceProcedure, sending: Sending) -> bool:
    where = silence_queries.stands(session, found)
    return where.state is SilenceState.RUNNING and where.run.ends_at.isoformat() == sending.subject["about"]


def _letter(session: Session, sending: Sending, found: SilenceProcedure, subject: str, **more: Any) -> Letter:
    participant = sending.hat.id
    names = names_of(session, [participant], process=found.process_id, on=sending.today)
    return sending.letter(
        subject,
        level=label_value(session, found.label_id).level,
        thread=str(found.id),
        silence=found,
        document=found.edition.document,
        ends_at=_end_of(session, found, participant),
        participant=names[participant] if participant is not None else "",
        is_alternate=bool(sending.subject.get("alternate")),
        link="" if more else sending.link(SILENCE_SCOPE, [found.id]),
        page=sending.page(f"/silence/{found.id}"),
        **more,
    )


def _end_of(session: Session, found: SilenceProcedure, participant: UUID | None) -> datetime:
    """When it ends for whom the letter is to; the common end where that is not known."""
    where = silence_queries.stands(session, found)
    own = where.end_for(participant) if participant is not None else None
    return own or where.run.ends_at


composition.register(silence.OPENED, opened, roles=SPEAKING_ROLES)
composition.register(silence.EXTENDED, extended, roles=SPEAKING_ROLES)
composition.register(silence.REMINDER, reminder, roles=SPEAKING_ROLES)
composition.register(silence.ENDED, ended, roles=SPEAKING_ROLES)
composition.register(adopting.CONFIRM, confirmation, roles=SPEAKING_ROLES)
