"""Mails of texts: that comments are asked for, of a government and of a colleague in another ministry."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import update

from secretariat.documents.models import Document
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import CommentReply, CommentRound, TextEdition
from secretariat.texts.network_models import OpenedRound
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry


def nobody_has_replied(post: Post) -> None:
    """Every reply waits."""
    post.session.execute(update(CommentReply).values(sent_at=None))
    post.session.expire_all()


def document_of(post: Post, found: CommentRound) -> Document:
    """The document a round is on."""
    edition = post.session.get_one(TextEdition, found.edition_id)
    return post.session.get_one(Document, edition.document_id)


@entry("comments_asked", says=("Comments on a text",))
def comments_asked(post: Post) -> Iterator[Occasion]:
    nobody_has_replied(post)
    for spot, found in post.all_of(CommentRound):
        document = document_of(post, found)
        leaves = post.is_appointed(found.track_id, SPEAKING) and post.reads(found.id, document.id)
        given = {"round": found.id, "alternate": False}
        words = words_of(document.title, document.symbol)
        yield Occasion(spot, given, leaves, found.process_id, found.track_id, words)


@entry("comments_lent", says=("Comments are asked of you",), shows=False)
def lent(post: Post) -> Iterator[Occasion]:
    """The member passes it on, as long as it may comment; whoever receives it is told nothing but where."""
    lender = Post(post.world, post.session, "member")
    for spot, row in post.all_of(LentComments):
        found = post.session.get_one(CommentRound, row.round_id)
        leaves = (
            lender.is_member(found.track_id)
            and lender.is_appointed(found.track_id, SPEAKING)
            and lender.reads(row.id, found.id, document_of(post, found).id)
        )
        yield Occasion(
            spot, {"lent": row.id}, leaves, found.process_id, found.track_id,
            own=frozenset({row.id}), address="colleague@elsewhere.example",
        )  # fmt: skip


@entry("network_comments_asked", says=("Comments of the network on a text",))
def of_network(post: Post) -> Iterator[Occasion]:
    """Every opened text is opened to the network on the other side."""
    network = post.world.ids["network"]
    for spot, one in post.all_of(OpenedRound):
        leaves = post.is_appointed(network, ("coordinator",)) and post.reads(one.id)
        yield Occasion(spot, {"opened": one.id}, leaves, one.process_id, network, words_of(one.title))
