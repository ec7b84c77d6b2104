"""The two mails of a word to the chair: neither holds a word of it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import update

from secretariat.core import clock
from secretariat.follow_up.chair_models import ChairWord
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry

OPEN = {"called_off_at": None, "spoken_at": None}


@entry("chair_word_told", says=("Before we ask the chair",), shows=False)
def told(post: Post) -> Iterator[Occasion]:
    """None is sent yet."""
    yield from _occasions(post, SPEAKING, {**OPEN, "sent_at": None})


@entry("chair_word", says=("A word with a colleague",), shows=False)
def asked(post: Post) -> Iterator[Occasion]:
    """All are sent."""
    yield from _occasions(post, ("chair",), {**OPEN, "sent_at": clock.now()})


def _occasions(post: Post, roles: tuple[str, ...], fields: dict[str, object]) -> Iterator[Occasion]:
    post.session.execute(update(ChairWord).values(**fields))
    post.session.expire_all()
    for spot, one in post.all_of(ChairWord):
        leaves = post.is_appointed(one.track_id, roles) and post.reads(one.id)
        yield Occasion(spot, {"word": one.id}, leaves, one.process_id, one.track_id)
