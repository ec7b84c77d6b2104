"""The mail about labels: whether a paper of the reader's may be read by more."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import update

from secretariat.confidentiality.models import LoweringState, ProposedLowering
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry


@entry("lowering_proposed", says=("Your answer is awaited",))
def lowering(post: Post) -> Iterator[Occasion]:
    """About every meeting, as if it were the reader's paper."""
    acts_for = post.world.reader(post.role).acts_for
    if acts_for is not None and acts_for[0] == "participant":
        post.session.execute(update(ProposedLowering).values(participant_id=acts_for[1]))
        post.session.expire_all()
    for spot, row in post.all_of(ProposedLowering):
        leaves = (
            row.state is LoweringState.PROPOSED
            and post.is_appointed(row.track_id, SPEAKING)
            and post.reads(row.id, row.thing_id)
        )
        yield Occasion(spot, {"lowering": row.id}, leaves, row.process_id, row.track_id, words_of(row.why))
