"""The mail that asks a member to clear a common paper. What anybody has said to it stands in none."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, update

from secretariat.documents.models import Document, DocumentState
from secretariat.texts.clearance_models import Clearance, ClearanceAnswer, ClearanceSays
from secretariat.texts.models import TextEdition
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry


@entry("clearance_asked", says=("A paper to clear",))
def asked(post: Post) -> Iterator[Occasion]:
    """Nobody has cleared anything; no text is adopted, whatever is told of one."""
    post.session.execute(update(ClearanceAnswer).values(says=ClearanceSays.NOT_YET))
    editions = select(TextEdition.document_id)
    post.session.execute(update(Document).where(Document.id.in_(editions)).values(state=DocumentState.ISSUED))
    post.session.expire_all()
    for spot, row in post.all_of(ClearanceAnswer):
        clearance = post.session.get_one(Clearance, row.clearance_id)
        edition = post.session.get_one(TextEdition, clearance.edition_id)
        document = post.session.get_one(Document, edition.document_id)
        leaves = post.is_appointed(clearance.track_id, SPEAKING) and post.reads(row.id, clearance.id, document.id)
        given = {"answer": row.id, "alternate": False}
        words = words_of(document.title, document.symbol, clearance.forum)
        yield Occasion(spot, given, leaves, clearance.process_id, clearance.track_id, words)
