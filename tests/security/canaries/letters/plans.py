"""Mails of plans: a commitment proposed, a proposal lent for advice, a commitment passed on for a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import update

from secretariat.plans.models import Area, Commitment, CommitmentState, Consultation, LentUpdate, Plan, Proposal
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry


def _owned_by(post: Post, role: str) -> None:
    """Every commitment is of whom a role acts for, where it acts for a participant."""
    acts_for = post.world.reader(role).acts_for
    if acts_for is not None and acts_for[0] == "participant":
        post.session.execute(update(Commitment).values(participant_id=acts_for[1]))
        post.session.expire_all()


@entry("commitment_proposed", says=("Your answer is awaited",))
def proposed(post: Post) -> Iterator[Occasion]:
    """Each stands in an area that not everyone reads who reads the commitment."""
    _owned_by(post, post.role)
    areas = [area for _spot, area in post.all_of(Area)]
    for place, (spot, commitment) in enumerate(post.all_of(Commitment)):
        area = areas[place % len(areas)]
        commitment.area_id = area.id
        post.session.flush()
        plan = post.session.get_one(Plan, commitment.plan_id)
        leaves = (
            commitment.state is CommitmentState.PROPOSED
            and post.is_appointed(plan.track_id, SPEAKING)
            and post.reads(commitment.id, plan.id)
        )
        part = [area.title] if post.reads(area.id) else []
        words = words_of(commitment.words, commitment.lead, *part)
        yield Occasion(spot, {"commitment": commitment.id}, leaves, plan.process_id, plan.track_id, words)


@entry("proposal_lent", says=("Your advice is asked",), shows=False)
def lent(post: Post) -> Iterator[Occasion]:
    """The member lends; whoever receives it is told nothing but where."""
    _owned_by(post, "member")
    lender = Post(post.world, post.session, "member")
    for spot, consultation in post.all_of(Consultation):
        proposal = post.session.get_one(Proposal, consultation.proposal_id)
        commitment = post.session.get_one(Commitment, proposal.commitment_id)
        plan = post.session.get_one(Plan, commitment.plan_id)
        leaves = proposal.awaits_answer and lender.reads(consultation.id, proposal.id)
        yield Occasion(
            spot, {"consultation": consultation.id}, leaves, plan.process_id, plan.track_id,
            own=frozenset({consultation.id}), address="colleague@elsewhere.example",
        )  # fmt: skip


@entry("update_lent", says=("A few words are asked of you",), shows=False)
def passed_on(post: Post) -> Iterator[Occasion]:
    """The member passes it on, as long as it may speak of it."""
    _owned_by(post, "member")
    lender = Post(post.world, post.session, "member")
    for spot, row in post.all_of(LentUpdate):
        commitment = post.session.get_one(Commitment, row.commitment_id)
        plan = post.session.get_one(Plan, commitment.plan_id)
        leaves = (
            commitment.state is CommitmentState.ACCEPTED
            and lender.is_appointed(plan.track_id, SPEAKING)
            and lender.reads(row.id, commitment.id)
        )
        yield Occasion(
            spot, {"lent": row.id}, leaves, plan.process_id, plan.track_id,
            own=frozenset({row.id}), address="colleague@elsewhere.example",
        )  # fmt: skip


@entry("update_reminded", says=("A few words are still asked of you",), shows=False)
def asked_again(post: Post) -> Iterator[Occasion]:
    """As when it was passed on, to a colleague who has not written: nothing but where."""
    unanswered = {spot for spot, row in post.all_of(LentUpdate) if row.replied_at is None}
    for one in passed_on(post):
        yield replace(one, leaves=one.leaves and one.spot in unanswered)
