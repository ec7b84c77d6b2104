"""The receipt for a reply by mail: it holds no word of it."""

from __future__ import annotations

from collections.abc import Iterator

from secretariat.follow_up.reply_models import MailReply
from tests.security.canaries.mail_kinds import Occasion, Post, entry


@entry("reply_received", says=("Your reply has arrived",), shows=False)
def received(post: Post) -> Iterator[Occasion]:
    for spot, one in post.all_of(MailReply):
        leaves = post.wears_its_hat(one.track_id) and post.reads(one.id)
        yield Occasion(spot, {"reply": one.id}, leaves, one.process_id, one.track_id)
