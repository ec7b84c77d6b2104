"""Mails of accounts: the reader's own access, addresses and appointments; of another's nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from secretariat.accounts.models import AddressChange, User
from secretariat.core import clock
from secretariat.core.viewer import NOBODY
from secretariat.directory.models import Appointment
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import Occasion, Post, entry

ANOTHER = "somebody else’s"


@entry("appointment_made", says=("Your appointment",))
def made(post: Post) -> Iterator[Occasion]:
    """What it rests on is told to whom it appoints, whatever its label; to nobody else."""
    for one, appointment in _appointments(post):
        appointment.until = None
        # Who is no longer appointed under the hat of a mail is not written to under it.
        here = post.wears_its_hat(appointment.track_id)
        yield replace(one, leaves=one.leaves and here, words=words_of(appointment.letter))


@entry("appointment_ended", says=("Your appointment",), shows=False)
def ended(post: Post) -> Iterator[Occasion]:
    """Told to whom it appointed, and nothing where the end was taken back."""
    for place, (one, appointment) in enumerate(_appointments(post)):
        appointment.until = None if place % 5 == 4 else date(2030, 1, 1)
        yield replace(one, leaves=one.leaves and appointment.until is not None, address=post.official.email)


def _appointments(post: Post) -> Iterator[tuple[Occasion, Appointment]]:
    """The planted appointments, made the reader's from a day far off (they give nothing), but for every fourth."""
    for place, (spot, one) in enumerate(post.all_of(Appointment)):
        own = place % 4 != 3
        other = post.world.officials["other member" if post.role != "other member" else "member"]
        assert other is not None
        one.person_id = post.official.person if own else other.person
        one.hat, one.since = str(post.official.hat), date(2029, 1, 1)
        subject = {"appointment": one.id}
        told = frozenset({one.id} if own else ())
        yield Occasion(spot if own else ANOTHER, subject, own, one.process_id, one.track_id, own=told), one


@entry("new_password", says=("A new password",), shows=False)
def new_password(post: Post) -> Iterator[Occasion]:
    user = _present(post)
    yield _own("the own account", {"user": user}, user)


@entry("address_confirmation", says=("Confirm this address",), shows=False)
def confirmation(post: Post) -> Iterator[Occasion]:
    change, confirmed = _change(post), _change(post)
    post.session.get_one(AddressChange, confirmed).confirmed_at = clock.now()
    one = _own("a new address", {"change": change}, change)
    yield replace(one, address="new@elsewhere.example")
    yield replace(one, subject={"change": confirmed}, leaves=False)


@entry("address_asked", says=("A change of your address",), shows=False)
def asked(post: Post) -> Iterator[Occasion]:
    change = _change(post)
    yield _own("a new address", {"change": change}, change)


@entry("invitation", says=("Your access",), shows=False, is_last=True)
def invitation(post: Post) -> Iterator[Occasion]:
    """Afterwards the reader has not come yet: nothing else is tried with it."""
    user = _present(post)
    one = _own("the own access", {"user": user}, user)
    yield replace(one, hat=post.official.hat, address=post.official.email)
    post.session.get_one(User, user).activated_at = None


def _present(post: Post) -> UUID:
    user = post.session.get_one(User, post.official.user)
    user.activated_at = user.activated_at or clock.now()
    return user.id


def _change(post: Post) -> UUID:
    change = AddressChange(user_id=post.official.user, email="new@elsewhere.example")
    post.session.add(change)
    post.session.flush()
    return change.id


def _own(spot: str, subject: dict[str, UUID], *things: UUID) -> Occasion:
    return Occasion(spot, dict(subject), True, own=frozenset(things), hat=NOBODY)
