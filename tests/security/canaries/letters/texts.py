"""Mails of texts: about comments, to a government, a colleague in another ministry and a network; about editions."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, update

from secretariat.core import clock
from secretariat.documents.models import Document, DocumentState
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import Became, Comment, CommentReply, CommentRound, TextEdition
from secretariat.texts.network_models import NetworkComment, OpenedRound
from secretariat.texts.service import deadline_of, networks
from secretariat.texts.silence_models import SilenceProcedure
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry


def nobody_has_replied(post: Post) -> None:
    """Every reply waits, in rounds that run."""
    post.session.execute(update(CommentReply).values(sent_at=None))
    post.session.execute(update(CommentRound).values(closed_at=None))
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
    nobody_has_replied(post)
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


@entry("comments_reminded", says=("Comments are still with you",), shows=False)
def reminded(post: Post) -> Iterator[Occasion]:
    """As when they were asked for: nothing but where."""
    yield from lent(post)


@entry("comments_returned", says=("Comments have come back to you",))
def returned(post: Post) -> Iterator[Occasion]:
    """To whoever passed it on: which text; what the colleague wrote stands in no mail. The name is the lender's own."""
    nobody_has_replied(post)
    own = {row.id: row for _spot, row in post.all_of(LentComments)}
    for comment in post.session.scalars(select(Comment)):
        row = next((one for one in own.values() if one.round_id == comment.round_id), None)
        comment.lent_id = row.id if row is not None else None
    post.session.flush()
    for spot, row in post.all_of(LentComments):
        found = post.session.get_one(CommentRound, row.round_id)
        document = document_of(post, found)
        written = post.session.scalars(select(Comment.id).where(Comment.lent_id == row.id)).all()
        leaves = (
            post.is_appointed(found.track_id, SPEAKING)
            and post.reads(row.id, found.id, document.id)
            and any(post.reads(one) for one in written)
        )
        words = words_of(document.title, document.symbol, row.name)
        yield Occasion(spot, {"lent": row.id}, leaves, found.process_id, found.track_id, words)


@entry("round_ends", says=("Another end for comments on a text",))
def ends(post: Post) -> Iterator[Occasion]:
    nobody_has_replied(post)
    for spot, found in post.all_of(CommentRound):
        document = document_of(post, found)
        leaves = post.is_appointed(found.track_id, SPEAKING) and post.reads(found.id, document.id)
        given = {"round": found.id, "alternate": False, "about": deadline_of(found).at.isoformat()}
        words = words_of(document.title, document.symbol)
        yield Occasion(spot, given, leaves, found.process_id, found.track_id, words)


@entry("edition_circulated", says=("Another edition of a text",), is_last=True)
def circulated(post: Post) -> Iterator[Occasion]:
    """Nothing is asked on any edition any more, and none is under silence."""
    post.session.execute(update(CommentRound).values(closed_at=clock.now()))
    post.session.execute(update(SilenceProcedure).values(called_off_at=clock.now()))
    post.session.execute(
        update(Document).where(Document.id.in_(select(TextEdition.document_id))).values(state=DocumentState.ISSUED)
    )
    post.session.expire_all()
    for spot, edition in post.all_of(TextEdition):
        document = post.session.get_one(Document, edition.document_id)
        leaves = post.is_appointed(document.track_id, SPEAKING) and post.reads(edition.id, document.id)
        words = words_of(document.title, document.symbol)
        yield Occasion(spot, {"edition": edition.id}, leaves, document.process_id, document.track_id, words)


@entry("network_round_ends", says=("Another end for comments on a text",))
def network_ends(post: Post) -> Iterator[Occasion]:
    network = post.world.ids["network"]
    for spot, one in post.all_of(OpenedRound):
        leaves = post.is_appointed(network, ("coordinator",)) and post.reads(one.id)
        given = {"opened": one.id, "about": networks.deadline_of(one).at.isoformat()}
        yield Occasion(spot, given, leaves, one.process_id, network, words_of(one.title))


@entry("network_comments_answered", says=("What became of the network's comments",))
def network_answered(post: Post) -> Iterator[Occasion]:
    """Every comment is answered; neither it nor the answer stands in the mail."""
    post.session.execute(update(NetworkComment).values(became=Became.TAKEN_UP))
    post.session.expire_all()
    network = post.world.ids["network"]
    for spot, one in post.all_of(OpenedRound):
        written = post.session.scalars(select(NetworkComment.id).where(NetworkComment.opened_id == one.id)).all()
        leaves = (
            post.is_appointed(network, ("coordinator",))
            and post.reads(one.id)
            and any(post.reads(key) for key in written)
        )
        yield Occasion(spot, {"opened": one.id}, leaves, one.process_id, network, words_of(one.title))


@entry("network_comments_asked", says=("Comments of the network on a text",))
def of_network(post: Post) -> Iterator[Occasion]:
    """Every opened text is opened to the network on the other side."""
    network = post.world.ids["network"]
    for spot, one in post.all_of(OpenedRound):
        leaves = post.is_appointed(network, ("coordinator",)) and post.reads(one.id)
        yield Occasion(spot, {"opened": one.id}, leaves, one.process_id, network, words_of(one.title))
