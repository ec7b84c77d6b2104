"""Mails of accounts: invitation, new password, confirmation of an address, beginning and end of an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.accounts.models import AddressChange, User
from secretariat.accounts.service import ADDRESS, INVITATION, PASSWORD
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.session import Reason, SystemSession, system_access
from secretariat.directory import hats
from secretariat.directory.models import Appointment
from secretariat.mail import composition, recipients
from secretariat.mail.composition import Letter, Sending

INVITATION_DAYS, PASSWORD_DAYS, ADDRESS_DAYS = 14, 1, 3


def invitation(session: Session, sending: Sending) -> Letter | None:
    """To who was named or invited, with the link to choose a password."""
    user = session.get(User, sending.id_of("user"))
    if user is None or user.activated_at is not None or user.suspended_at is not None:
        return None
    return sending.letter(
        _("Your access"),
        acts_as=_acts_as(session, sending),
        link=sending.link(INVITATION, [user.id], days=INVITATION_DAYS, single_use=True),
        days=INVITATION_DAYS,
        confirm=_confirm_link(session, sending),
    )


def _confirm_link(session: Session, sending: Sending) -> str:
    """The link for who wants no password: to confirm the address, so that mail goes there. Empty where it is."""
    key = sending.subject.get("change")
    change = session.get(AddressChange, UUID(key)) if key else None
    if change is None or change.confirmed_at is not None:
        return ""
    return sending.link(ADDRESS, [change.id], days=INVITATION_DAYS, single_use=True)


def new_password(session: Session, sending: Sending) -> Letter | None:
    """To who asked for a new password, with the link to choose it."""
    user = session.get(User, sending.id_of("user"))
    if user is None or not user.may_sign_in:
        return None
    link = sending.link(PASSWORD, [user.id], days=PASSWORD_DAYS, single_use=True)
    return sending.letter(_("A new password"), link=link)


def address_confirmation(session: Session, sending: Sending) -> Letter | None:
    """To a new address, with the link that lets it take effect."""
    change = session.get(AddressChange, sending.id_of("change"))
    if change is None or change.confirmed_at is not None:
        return None
    link = sending.link(ADDRESS, [change.id], days=ADDRESS_DAYS, single_use=True)
    return sending.letter(_("Confirm this address"), link=link, days=ADDRESS_DAYS)


def address_asked(session: Session, sending: Sending) -> Letter | None:
    """To the present address: that a new one was asked for."""
    change = session.get(AddressChange, sending.id_of("change"))
    return None if change is None else sending.letter(_("A change of your address"), page=sending.page("/account/"))


def appointment_made(session: Session, sending: Sending) -> Letter | None:
    """To who has an account already and was named once more."""
    made = _known_to_its_person(session, sending)
    if made is None or (made.until is not None and made.until <= sending.today):
        return None
    return sending.letter(
        _("Your appointment"), acts_as=_acts_as(session, sending), made=made, page=sending.page("/account/hat")
    )


def appointment_ended(session: Session, sending: Sending) -> Letter | None:
    """To the predecessor, with thanks. Nothing where the end was taken back, or a later mail tells another day."""
    ended = _known_to_its_person(session, sending)
    if ended is None or ended.until is None:
        return None
    if sending.subject.get("until", ended.until.isoformat()) != ended.until.isoformat():
        return None
    return sending.letter(_("Your appointment"), ended=ended)


@dataclass(frozen=True, slots=True)
class Known:
    """What a person knows of the own appointment, also once it has ended and nothing else is read any more."""

    words: str
    letter: str
    since: date
    until: date | None


def _known_to_its_person(session: Session, sending: Sending) -> Known | None:
    with system_access(session, Reason.MAIL) as system:
        one = system.scalar(
            select(Appointment).where(
                Appointment.id == sending.id_of("appointment"), Appointment.person_id == sending.person
            )
        )
        if one is None:
            return None
        words = hats.words_of(system, one, current_reading().language.code)
        return Known(words, one.letter, one.since, one.until)


def _acts_as(session: Session, sending: Sending) -> str:
    worn = hats.hats_in_words(session, sending.person, sending.today, current_reading().language.code)
    return next((one.words for one in worn if one.hat == sending.hat), "")


def _known_by_account(system: SystemSession, person: object) -> recipients.Known | None:
    user = system.scalar(select(User).where(User.person_id == person))
    if user is None:
        return None
    return recipients.Known(
        user.email if user.activated_at else "", user.language, user.zone, user.suspended_at is not None
    )


for _notice, _compose in (
    ("invitation", invitation),
    ("new_password", new_password),
    ("address_confirmation", address_confirmation),
    ("address_asked", address_asked),
    ("appointment_ended", appointment_ended),
):
    composition.register(_notice, _compose, needs_appointment=False)
composition.register("appointment_made", appointment_made)
recipients.register(_known_by_account)
