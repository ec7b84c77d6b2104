"""Acts on accounts: sign in, invitations, passwords, addresses, suspension. They flush; whoever calls them commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from secretariat.accounts import passwords, policy, queries, sessions
from secretariat.accounts.models import AddressChange, PasswordRequest, User
from secretariat.accounts.passwords import Weakness
from secretariat.core import after_commit, audit, clock
from secretariat.core.database import new_key
from secretariat.core.labels import administrators
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import NOBODY, Hat
from secretariat.directory import service as directory
from secretariat.directory.models import ContactCard, ContactNumber
from secretariat.directory.queries import mail_address_of
from secretariat.mail import links, outbox
from secretariat.mail.links import OpenedLink
from secretariat.processes.models import Track

INVITATION, PASSWORD, ADDRESS = "invitation", "password", "address"
"""Scopes of the links accounts send."""
ANSWER_REQUESTS = "worker.tasks.answer_password_requests"
REQUESTS_KEPT = timedelta(hours=1)
"""A request for a password nobody answered in this time is not answered any more: who asked has asked again."""


class WeakPasswordError(ValueError):
    """A password that is not taken; `weakness` says why."""

    def __init__(self, weakness: Weakness) -> None:
        super().__init__(weakness.value)
        self.weakness = weakness


# --- signing in -----------------------------------------------------------------------------------------------


def right_user(session: Session, email: str, password: str) -> User | None:
    """The user whose address and password these are, if the account is open.

    For an address nobody has, an account not yet taken up and a suspended one the same work is done, and None is the
    answer to all.
    """
    user = queries.user_by_email(session, email)
    right = passwords.fits(user.password_hash if user else "", password)
    if user is None or not right or not user.may_sign_in:
        return None
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)
    return user


def first_hat(wished: Hat | None, hats: Sequence[Hat]) -> Hat | None:
    """The hat one begins with: the one worn when the last session ran out, or the only one there is."""
    if wished in hats:
        return wished
    return hats[0] if len(hats) == 1 else None


def drop_kept_form(session: Session, key: UUID, user: UUID) -> None:
    """Throw away a form kept for this user; another's stays."""
    kept = queries.kept_form(session, key, user)
    if kept is not None:
        session.delete(kept)


# --- invitations ----------------------------------------------------------------------------------------------


def account_for(session: Session, email: str, language: str = "") -> User:
    """The account of an address; a new one, for a new person, where there is none. It opens nothing by itself."""
    known = queries.user_by_email(session, email)
    if known is not None:
        return known
    user = User(
        id=new_key(),
        person_id=directory.new_person(session),
        email=queries.as_kept(email),
        language=language,
        password_hash="",
    )
    session.add(user)
    session.flush()
    return user


def invite(
    session: Session, user: User, hat: Hat = NOBODY, track: Track | None = None, number: UUID | None = None
) -> None:
    """Send a link to choose a password with. Links sent before close; a taken-up account needs none and gets none.

    `number` is the address of a contact card that is to be confirmed: the letter holds a link for that too, for who
    wants no password.
    """
    if user.activated_at is not None or user.suspended_at is not None:
        return
    links.revoke(session, person=user.person_id, scope=INVITATION)
    user.invited_at = clock.now()
    subject = {"user": user.id}
    if number is not None:
        change = AddressChange(id=new_key(), email=user.email, number_id=number)
        session.add(change)
        subject["change"] = change.id
    session.flush()
    outbox.put(
        session,
        "invitation",
        key=f"invitation:{user.id}:{user.invited_at.isoformat()}",
        person=user.person_id,
        hat=hat,
        process=track.process if track else None,
        track=track,
        subject=subject,
        address=user.email,
    )


def take_up_invitation(session: Session, link: OpenedLink, password: str) -> User | None:
    """Choose the first password with the link of an invitation, and be in. None where it was used meanwhile.

    Raises WeakPasswordError; then the link stays open.
    """
    user = queries.open_account_of(session, link.person)
    if user is None or user.activated_at is not None:
        return None
    _check_password(user, password)
    if not links.use(session, link):
        return None
    user.activated_at = clock.now()
    _set_password(session, user, password)
    directory.write_where_told(session, user.person_id, user.email)
    outbox.let_go(session, user.person_id)
    return user


# --- passwords ------------------------------------------------------------------------------------------------


def change_password(session: Session, user: User, present: str, password: str) -> bool:
    """Replace one's password; every session ends. False where the present one is not right.

    Raises WeakPasswordError.
    """
    if not passwords.fits(user.password_hash, present):
        return False
    _check_password(user, password)
    _set_password(session, user, password)
    return True


def ask_for_password(session: Session, email: str, language: str) -> None:
    """Note that a new password is asked for. The same for every address: the worker finds out whose it is."""
    session.add(PasswordRequest(email=queries.as_kept(email), language=language))
    session.flush()
    after_commit.start(session, ANSWER_REQUESTS)


def answer_password_requests(session: SystemSession) -> int:
    """Send links to those who asked and have an account; forget the requests. How many links are on their way."""
    sent = 0
    for request in session.scalars(select(PasswordRequest).order_by(PasswordRequest.asked_at)).all():
        user = queries.user_by_email(session, request.email)
        if user is not None and user.suspended_at is None and request.asked_at > clock.now() - REQUESTS_KEPT:
            _send_password_link(session, user, request)
            sent += 1
        session.delete(request)
    session.flush()
    return sent


def _send_password_link(session: Session, user: User, request: PasswordRequest) -> None:
    if user.activated_at is None:
        invite(session, user)
        return
    links.revoke(session, person=user.person_id, scope=PASSWORD)
    outbox.put(
        session,
        "new_password",
        key=f"new-password:{request.id}",
        person=user.person_id,
        hat=NOBODY,
        subject={"user": user.id},
        address=user.email,
    )


def renew_password(session: Session, link: OpenedLink, password: str) -> User | None:
    """Choose a new password with a link. None where it was used meanwhile. Raises WeakPasswordError."""
    user = queries.open_account_of(session, link.person)
    if user is None or user.activated_at is None:
        return None
    _check_password(user, password)
    if not links.use(session, link):
        return None
    _set_password(session, user, password)
    return user


def _check_password(user: User, password: str) -> None:
    weakness = passwords.weakness(password, user.email)
    if weakness is not None:
        raise WeakPasswordError(weakness)


def _set_password(session: Session, user: User, password: str) -> None:
    user.password_hash = passwords.hashed(password)
    sessions.end_all(user)
    links.revoke(session, person=user.person_id, scope=PASSWORD)
    # Who was told of a change of address and did not ask for it changes the password: with that the change is off.
    session.execute(delete(AddressChange).where(AddressChange.user_id == user.id, AddressChange.confirmed_at.is_(None)))
    session.flush()


def choose_reading(session: Session, user: User, language: str, zone: str) -> None:
    """The language and zone in which one reads pages and mails."""
    user.language, user.zone = language, zone
    session.flush()


# --- addresses ------------------------------------------------------------------------------------------------


def ask_for_address(session: ViewerSession, user: User, email: str) -> None:
    """Ask for a new address of an account. A link goes to the new one, a word to the present one; nothing changes yet.

    Raises NotAllowed, Refused where it is the present one. That another account has it is not told: then
    the link does not work.
    """
    if not policy.may_ask_for_address(session.viewer, user):
        raise NotAllowed
    if queries.as_kept(email) == user.email:
        raise Refused(_("This is your present address"), "email")
    change = AddressChange(id=new_key(), email=queries.as_kept(email), user_id=user.id, asked_by=session.viewer.person)
    session.add(change)
    session.flush()
    _put_confirmation(session, change, user.person_id)
    _tell_present_address(session, change, user.person_id, user.email)
    if session.viewer.administers:
        _record(session, "address asked for", user)


def ask_to_write_to(session: ViewerSession, number: ContactNumber, person: UUID) -> None:
    """Have an address of a contact card confirmed by the link sent there; then the product writes to it.

    The address written to at present is told: links in mails let whoever reads them act for a participant.
    """
    change = AddressChange(id=new_key(), email=number.value, number_id=number.id, asked_by=session.viewer.person)
    session.add(change)
    session.flush()
    _put_confirmation(session, change, person)
    present = mail_address_of(session, person, number.card.process_id, number.card.track_id)
    if present and queries.as_kept(present) != queries.as_kept(number.value):
        _tell_present_address(session, change, person, present)


def _tell_present_address(session: ViewerSession, change: AddressChange, person: UUID, present: str) -> None:
    outbox.put(
        session,
        "address_asked",
        key=f"address-asked:{change.id}",
        person=person,
        hat=NOBODY,
        subject={"change": change.id},
        address=present,
    )


def _put_confirmation(session: Session, change: AddressChange, person: UUID) -> None:
    outbox.put(
        session,
        "address_confirmation",
        key=f"address-confirmation:{change.id}",
        person=person,
        hat=NOBODY,
        subject={"change": change.id},
        address=change.email,
    )


def confirm_address(session: Session, link: OpenedLink) -> bool:
    """Let a new address take effect, by the link sent there. False where it was used, or another account has it."""
    change = next((one for key in link.subjects if (one := session.get(AddressChange, key)) is not None), None)
    if change is None or change.confirmed_at is not None or not links.use(session, link):
        return False
    change.confirmed_at = clock.now()
    if change.user_id is not None:
        user, other = session.get_one(User, change.user_id), queries.user_by_email(session, change.email)
        if other is not None or user.suspended_at is not None:
            return False
        user.email = change.email
        # What went to the address of before opens nothing any more.
        for scope in (PASSWORD, INVITATION):
            links.revoke(session, person=user.person_id, scope=scope)
        invite(session, user)
    elif change.number_id is not None:
        with system_access(session, Reason.ADMINISTRATION) as system:
            mine = select(ContactNumber.id).join(ContactCard, ContactCard.id == ContactNumber.card_id)
            found = system.scalar(
                mine.where(
                    ContactNumber.id == change.number_id,
                    func.lower(ContactNumber.value) == change.email.lower(),
                    ContactCard.person_id == link.person,
                )
            )
        if found is None:
            return False
        directory.write_to(session, found)
    session.flush()
    outbox.let_go(session, link.person)
    return True


# --- administration -------------------------------------------------------------------------------------------


def invite_address(session: ViewerSession, email: str, language: str) -> User:
    """Invite an address: an account that reads what is public until an appointment is entered.

    Raises NotAllowed.
    """
    if not policy.may_administer(session.viewer):
        raise NotAllowed
    user = account_for(session, email, language)
    invite(session, user)
    _record(session, "account invited", user)
    return user


def suspend(session: ViewerSession, user: User) -> None:
    """Suspend an account: its sessions and links end at once. Raises NotAllowed."""
    if not policy.may_suspend(session.viewer, user):
        raise NotAllowed
    user.suspended_at, user.suspended_by_id = clock.now(), session.viewer.person
    sessions.end_all(user)
    links.revoke(session, person=user.person_id)
    _record(session, "account suspended", user)
    session.flush()


def readmit(session: ViewerSession, user: User) -> None:
    """End a suspension. Raises NotAllowed."""
    if not policy.may_readmit(session.viewer, user):
        raise NotAllowed
    user.suspended_at = user.suspended_by_id = None
    _record(session, "account readmitted", user)
    session.flush()


def make_administrator(system: SystemSession, email: str) -> User:
    """Make whoever has this address administrator; the account is made where there is none. For the command line."""
    user = account_for(system, email)
    directory.appoint_administrator(
        system, user.person_id, letter=directory.Letter("entered on the command line", clock.today())
    )
    return user


def link_of_invitation(system: SystemSession, user: User, secret: str) -> str:
    """The path of a one-time link to choose a password, for whoever stands at the machine. Earlier ones close."""
    scope = INVITATION if user.activated_at is None else PASSWORD
    links.revoke(system, person=user.person_id, scope=scope)
    link = links.issue(
        system, key=f"command-line:{new_key()}", scope=scope, person=user.person_id, hat=NOBODY, process=None,
        track=None, subjects=[user.id], days=1, single_use=True,
    )  # fmt: skip
    return f"/l/{links.token_of(secret, link)}/{scope}"


def _record(session: ViewerSession, kind: str, user: User) -> None:
    audit.record(
        session, kind, chain="installation", clauses=[administrators()], subject=user, content={"user": str(user.id)}
    )
