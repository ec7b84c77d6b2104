"""Mails of submissions: to the network, a liaison officer, whom an answer tells of. Words of answers stand in none. Of
positions: to who represents an organization that has not signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select, update

from secretariat.civil_society.choice_models import Choice
from secretariat.civil_society.confided_models import Confided, ConfidedCopy, ConfidedName
from secretariat.civil_society.models import Submission, SubmissionAnswer, SubmissionState
from secretariat.civil_society.position_models import Position
from secretariat.civil_society.published_models import PublishedAnswer, PublishedSubmission
from secretariat.civil_society.reply_models import AnswerReply
from secretariat.core import clock
from secretariat.documents.models import Document, DocumentState
from secretariat.texts.models import TextEdition
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry, official_of

OF_NETWORK = ("coordinator", "representative")
WHO_ANSWERS = ("liaison_officer", "officer", "chairs_office")


@entry("submission_acknowledged", says=("A submission has arrived",))
def acknowledged(post: Post) -> Iterator[Occasion]:
    """All are sent."""
    post.session.execute(update(Submission).values(state=SubmissionState.SENT))
    post.session.expire_all()
    for spot, one in post.all_of(Submission):
        leaves = post.is_appointed(one.track_id, OF_NETWORK) and post.reads(one.id)
        yield Occasion(spot, {"submission": one.id}, leaves, one.process_id, one.track_id, words_of(one.title))


@entry("submission_routed", says=("A submission awaits your answer",))
def routed(post: Post) -> Iterator[Occasion]:
    """All are routed to the government that appointed the liaison officer, and leave for that officer."""
    officer = official_of(post.world, "liaison officer")
    post.session.execute(update(Submission).values(state=SubmissionState.SENT, routed_to_id=officer.hat.id))
    post.session.expire_all()
    government = post.world.ids["government"]
    for spot, one in post.all_of(Submission):
        own = post.official.hat.id == one.routed_to_id
        leaves = own and post.is_appointed(government, ("liaison_officer",)) and post.reads(one.id)
        yield Occasion(spot, {"submission": one.id}, leaves, one.process_id, government, words_of(one.title))


@entry("answer_to_see", says=("An answer that tells of your government",), shows=False)
def to_see(post: Post) -> Iterator[Occasion]:
    """No answer is given yet; the mail says where it stands and nothing of it."""
    post.session.execute(update(SubmissionAnswer).values(given_at=None))
    post.session.expire_all()
    for spot, one in post.all_of(SubmissionAnswer):
        leaves = post.is_appointed(one.track_id, SPEAKING) and post.reads(one.id)
        yield Occasion(spot, {"answer": one.id}, leaves, one.process_id, one.track_id)


@entry("submission_answered", says=("An answer to a submission",))
def answered(post: Post) -> Iterator[Occasion]:
    """All are given."""
    post.session.execute(update(SubmissionAnswer).values(given_at=clock.now()))
    post.session.expire_all()
    network = post.world.ids["network"]
    for spot, one in post.all_of(SubmissionAnswer):
        about = post.session.get_one(Submission, one.submission_id)
        leaves = one.given_at is not None and post.is_appointed(network, OF_NETWORK) and post.reads(one.id, about.id)
        yield Occasion(spot, {"answer": one.id}, leaves, one.process_id, network, words_of(about.title))


@entry("answer_replied", says=("A reply to your answer",))
def replied(post: Post) -> Iterator[Occasion]:
    """Every answer that was replied to is that of the government which appointed the liaison officer."""
    officer = official_of(post.world, "liaison officer")
    post.session.execute(update(SubmissionAnswer).values(participant_id=officer.hat.id))
    post.session.expire_all()
    government = post.world.ids["government"]
    for spot, one in post.all_of(AnswerReply):
        answer = post.session.get_one(SubmissionAnswer, one.answer_id)
        about = post.session.get_one(Submission, answer.submission_id)
        own = post.official.hat.id == officer.hat.id and post.is_appointed(government, ("liaison_officer",))
        leaves = own and post.reads(one.id, answer.id, about.id)
        yield Occasion(spot, {"reply": one.id}, leaves, one.process_id, government, words_of(about.title))


@entry("published_by_both", says=("Published by both sides",))
def published_by_both(post: Post) -> Iterator[Occasion]:
    """To the network's coordination, or to whose the answer is; both have published."""
    network, government = post.world.ids["network"], post.world.ids["government"]
    coordinates = post.is_appointed(network, ("coordinator",))
    side, roles = (network, ("coordinator",)) if coordinates else (government, WHO_ANSWERS)
    for spot, one in post.all_of(PublishedAnswer):
        of_network = post.session.scalar(
            select(PublishedSubmission.id).where(PublishedSubmission.submission_id == one.submission_id)
        )
        about = post.session.get_one(Submission, one.submission_id)
        both = of_network is not None and post.reads(one.id, of_network, about.id)
        subject = {"submission": about.id, "answer": one.answer_id}
        yield Occasion(
            spot, subject, both and post.is_appointed(side, roles), one.process_id, side, words_of(about.title)
        )


@entry("confided", says=("Something was confided to you",), shows=False)
def confided(post: Post) -> Iterator[Occasion]:
    """All are addressed to the coordination. The mail leaves for who reads the name too, and says nothing of either."""
    network = post.world.ids["network"]
    for spot, one in post.all_of(Confided):
        name = post.session.scalar(select(ConfidedName.id).where(ConfidedName.confided_id == one.id))
        appointed = post.is_appointed(network, ("coordinator", "liaison_officer"))
        leaves = name is not None and appointed and post.reads(one.id, name)
        yield Occasion(spot, {"confided": one.id}, leaves, one.process_id, network)


@entry("confided_answered", says=("What you confided has been answered",), shows=False)
def confided_answered(post: Post) -> Iterator[Occasion]:
    """All are answered; whose they are is asked of the hat."""
    for spot, one in post.all_of(ConfidedCopy):
        own = post.official.hat.id == one.participant_id and post.is_appointed(one.track_id, ("representative",))
        yield Occasion(spot, {"copy": one.id}, own and post.reads(one.id), one.process_id, one.track_id)


def positions_run(post: Post) -> None:
    """Every position is open to signatures."""
    post.session.execute(update(Position).values(settled_at=None, adopted_on=None))
    post.session.expire_all()


def text_of(post: Post, one: Position) -> Document:
    """The document a position is on."""
    return post.session.get_one(Document, post.session.get_one(TextEdition, one.edition_id).document_id)


@entry("choice_opened", says=("Who goes for the network",))
def choice_opened(post: Post) -> Iterator[Occasion]:
    """Of all persons are named still, and none is called off."""
    later = {"settled_at": None, "called_off_at": None, "named_until": date(2099, 1, 1), "ends_on": date(2099, 2, 1)}
    post.session.execute(update(Choice).values(**later))
    post.session.expire_all()
    yield from _choices(post)


@entry("choice_settled", says=("The network has chosen who goes",))
def choice_settled(post: Post) -> Iterator[Occasion]:
    """All are settled; who was chosen stands in no mail."""
    post.session.execute(update(Choice).values(settled_at=clock.now(), called_off_at=None))
    post.session.expire_all()
    yield from _choices(post)


@entry("choice_changed", says=("Who goes for the network",))
def choice_changed(post: Post) -> Iterator[Occasion]:
    """All are called off; why stands in no mail."""
    post.session.execute(update(Choice).values(called_off_at=clock.now()))
    post.session.expire_all()
    yield from _choices(post)


def _choices(post: Post) -> Iterator[Occasion]:
    for spot, one in post.all_of(Choice):
        leaves = post.is_appointed(one.track_id, ("representative",)) and post.reads(one.id)
        yield Occasion(spot, {"choice": one.id}, leaves, one.process_id, one.track_id, words_of(one.title))


@entry("position_to_sign", says=("A position to sign",))
def to_sign(post: Post) -> Iterator[Occasion]:
    """All are open, and the organization has said nothing of any."""
    positions_run(post)
    for spot, one in post.all_of(Position):
        document = text_of(post, one)
        leaves = post.is_appointed(one.track_id, ("representative",)) and post.reads(one.id, document.id)
        has_signed = post.official.hat.id == post.world.ids["state observing organization"]
        leaves = leaves and document.state is DocumentState.ISSUED and not has_signed
        words = words_of(document.title, document.symbol)
        yield Occasion(spot, {"position": one.id}, leaves, one.process_id, one.track_id, words)
