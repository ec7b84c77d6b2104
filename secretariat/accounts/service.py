"""Acts on accounts: sign in, change of password, suspension. They flush; whoever calls them commits."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.accounts import passwords, queries, sessions
from secretariat.accounts.models import User
from secretariat.accounts.passwords import Weakness
from secretariat.core.viewer import Hat


class WeakPassword(ValueError):
    """A password that is not taken; `weakness` says why."""

    def __init__(self, weakness: Weakness) -> None:
        super().__init__(weakness.value)
        self.weakness = weakness


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


def set_password(session: Session, user: User, password: str) -> None:
    """Give a user a new password; every session open until now ends. Raises WeakPassword."""
    weakness = passwords.weakness(password, user.email)
    if weakness is not None:
        raise WeakPassword(weakness)
    user.password_hash = passwords.hashed(password)
    sessions.end_all(user)
    session.flush()


def drop_kept_form(session: Session, key: UUID, user: UUID) -> None:
    """Throw away a form kept for this user; another's stays."""
    kept = queries.kept_form(session, key, user)
    if kept is not None:
        session.delete(kept)
