"""The mail of this room: a new link in place of one that no longer opens."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from secretariat.mail import links
from secretariat.mail.models import MailLink
from tests.security.canaries.mail_kinds import Occasion, Post, entry
from tests.security.canaries.planted import SECRET


@entry("new_link", says=("The link you asked for",), shows=False)
def new_link(post: Post) -> Iterator[Occasion]:
    """For each of the reader's own links that was not withdrawn; of another's there is none."""
    taken: set[tuple[str, str, str]] = set()
    for token, one in post.world.links.items():
        own = one.role == post.role
        if (one.role if own else "", one.scope, one.state) in taken:
            continue
        taken.add((one.role if own else "", one.scope, one.state))
        row = post.session.get_one(MailLink, links.id_in(SECRET, token) or UUID(int=0))
        here = post.wears_its_hat(row.track_id)
        leaves = own and one.state != "revoked" and here
        yield Occasion(
            f"{one.scope}, {one.state}", {"link": row.id}, leaves, row.process_id, row.track_id,
            own=frozenset(one.subjects) if own else frozenset(),
        )  # fmt: skip
