"""Who may do what with accounts. Administrators run them; nobody can lock himself out or raise himself."""

from __future__ import annotations

from secretariat.accounts.models import User
from secretariat.core.viewer import Viewer


def may_administer(viewer: Viewer) -> bool:
    """See accounts, settings and the security log, invite and suspend."""
    return viewer.administers


def may_suspend(viewer: Viewer, user: User) -> bool:
    """Suspend an account: an administrator, never the own one."""
    return viewer.administers and user.person_id != viewer.person and user.suspended_at is None


def may_readmit(viewer: Viewer, user: User) -> bool:
    """End a suspension: an administrator."""
    return viewer.administers and user.suspended_at is not None


def may_invite(viewer: Viewer, user: User) -> bool:
    """Send an invitation again: an administrator, while it was not taken up."""
    return viewer.administers and user.activated_at is None and user.suspended_at is None


def may_ask_for_address(viewer: Viewer, user: User) -> bool:
    """Ask for a new address of an account: its owner or an administrator. It takes effect when confirmed there."""
    return viewer.person == user.person_id or viewer.administers
