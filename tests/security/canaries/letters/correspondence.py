"""Mails of correspondence: a circular, with the document that goes with it for those who read that."""

from __future__ import annotations

from collections.abc import Iterator

from secretariat.correspondence.models import Circular, CircularAttachment
from secretariat.documents.models import Document
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import Occasion, Post, entry

ADMINISTRATOR = "administrator"
"""Reads no track, so no circular of one either, not even a public one."""


@entry("circular", says=("A circular",))
def circular(post: Post) -> Iterator[Occasion]:
    """Each goes to whoever reads it; the document with it is for members alone."""
    for spot, one in post.all_of(Circular):
        leaves = post.role != ADMINISTRATOR and post.wears_its_hat(one.track_id) and post.reads(one.id)
        key = post.world.at.get(("CircularAttachment", f"inside: {spot}"))
        document = None
        if key is not None:
            document = post.session.get_one(Document, post.session.get_one(CircularAttachment, key).document_id)
        with_it = [document.title, document.symbol] if document is not None and post.reads(document.id) else []
        words = words_of(one.words, *with_it)
        yield Occasion(spot, {"circular": one.id}, leaves, one.process_id, one.track_id, words)
