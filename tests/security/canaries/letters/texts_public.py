"""Mails to who comments in public: the link to confirm, and that the response is there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from secretariat.core import clock
from secretariat.texts.consultation_models import PublicConsultation, PublicWriter
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import Occasion, Post, entry
from tests.security.canaries.public_states import writes_as


def _written_by(post: Post, *, confirmed: bool) -> None:
    """Whoever has the role has commented on one text; what a mail says of a text is asked under the label of that."""
    writer = post.session.scalars(select(PublicWriter).order_by(PublicWriter.id).limit(1)).one()
    writes_as(post.session, writer, post.official.person, confirmed=confirmed)
    writer.address = post.official.email  # a mail to the public goes where the writer said, whatever a card says
    post.session.flush()


@entry("public_comment_confirm", says=("Confirm your comments",))
def public_comment_confirm(post: Post) -> Iterator[Occasion]:
    """To the address that was given: which text."""
    _written_by(post, confirmed=False)
    for spot, found in post.all_of(PublicConsultation):
        found.taken_back_at, found.responded_at = None, None
        leaves = post.reads(found.id)
        yield Occasion(
            spot, {"consultation": found.id}, leaves, found.process_id, found.track_id, words_of(found.title)
        )
    post.session.flush()


@entry("public_response", says=("The response to your comments",))
def public_response(post: Post) -> Iterator[Occasion]:
    """To who has commented and confirmed it: which text was responded to."""
    _written_by(post, confirmed=True)
    for spot, found in post.all_of(PublicConsultation):
        found.responded_at = clock.now()
        leaves = post.reads(found.id)
        yield Occasion(
            spot, {"consultation": found.id}, leaves, found.process_id, found.track_id, words_of(found.title)
        )
    post.session.flush()
