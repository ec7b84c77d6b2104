"""Mails of silence and adoption. What anybody has said to a text stands in none of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, update

from secretariat.core import clock
from secretariat.documents.models import Document, DocumentState
from secretariat.texts.models import TextEdition
from secretariat.texts.silence_models import (
    AdoptionConfirmation,
    CapitalSays,
    SilenceProcedure,
    SilenceReaction,
    TextAdoption,
)
from secretariat.texts.silence_queries import deadline_of
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry


def _document(post: Post, edition: object) -> Document:
    return post.session.get_one(Document, post.session.get_one(TextEdition, edition).document_id)


def _running(post: Post, *, called_off: bool = False, about: str = "") -> Iterator[Occasion]:
    """Every silence runs, and nobody has said anything to it; or every one is called off."""
    post.session.execute(update(SilenceProcedure).values(called_off_at=clock.now() if called_off else None))
    editions = select(TextEdition.document_id)
    post.session.execute(update(Document).where(Document.id.in_(editions)).values(state=DocumentState.ISSUED))
    post.session.expire_all()
    for spot, found in post.all_of(SilenceProcedure):
        document = _document(post, found.edition_id)
        leaves = post.is_appointed(found.track_id, SPEAKING) and post.reads(found.id, document.id)
        ends = deadline_of(found).at.isoformat()
        given = {"silence": found.id, "alternate": False, "about": about or ends}
        words = words_of(document.title, document.symbol)
        yield Occasion(spot, given, leaves, found.process_id, found.track_id, words)


@entry("silence_opened", says=("A text under silence",))
def opened(post: Post) -> Iterator[Occasion]:
    yield from _running(post)


@entry("silence_extended", says=("More time for a text under silence",))
def extended(post: Post) -> Iterator[Occasion]:
    yield from _running(post)


@entry("silence_reminder", says=("A silence ends soon",))
def reminder(post: Post) -> Iterator[Occasion]:
    """What the member said is another's now: it has not reacted."""
    post.session.execute(update(SilenceReaction).values(participant_id=post.world.ids["state other member"]))
    yield from _running(post)


@entry("silence_ended", says=("The end of a silence",))
def ended(post: Post) -> Iterator[Occasion]:
    yield from _running(post, called_off=True, about="called_off")


@entry("adoption_confirm", says=("A text to confirm",))
def confirm(post: Post) -> Iterator[Occasion]:
    """Of every capital its word is awaited."""
    post.session.execute(update(AdoptionConfirmation).values(says=CapitalSays.AWAITED))
    post.session.expire_all()
    for spot, row in post.all_of(AdoptionConfirmation):
        adoption = post.session.get_one(TextAdoption, row.adoption_id)
        document = _document(post, adoption.edition_id)
        leaves = post.is_appointed(adoption.track_id, SPEAKING) and post.reads(row.id, adoption.id, document.id)
        given = {"confirmation": row.id, "alternate": False}
        words = words_of(document.title, document.symbol)
        yield Occasion(spot, given, leaves, adoption.process_id, adoption.track_id, words)
