"""Rules of engagement, submissions of a network, their answers, and that an answer was shown to whom it tells of."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from secretariat.civil_society.comment_models import ParagraphComment, UnsavedParagraph
from secretariat.civil_society.confided_models import Confided, ConfidedCopy, ConfidedName, ConfidedTo
from secretariat.civil_society.models import (
    AnswerSays,
    AnswerShown,
    EngagementRules,
    Submission,
    SubmissionAnswer,
    SubmissionKind,
    SubmissionState,
)
from secretariat.civil_society.published_models import PublishedAnswer, PublishedReply, PublishedSubmission
from secretariat.civil_society.reply_models import AnswerReply
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.texts.paragraphs import ParagraphKind
from tests.security.canaries.world import SPOTS, Plot, also, clauses_of, plants
from tests.security.oracle import Thing

BOTH = tuple(one for one in SPOTS if one.name == "participants of both tracks")


@plants(EngagementRules, spots=BOTH)
def rules(plot: Plot) -> EngagementRules:
    """A network has one set of rules."""
    return EngagementRules(
        process_id=plot.process,
        track_id=plot.id("government"),
        network_id=plot.id("network"),
        words=plot.text(),
        stem="NET",
        answer_days=30,
    )


@plants(Submission)
def submission(plot: Plot) -> Submission:
    number = len(plot.world.planted.get("Submission", [])) + 1
    return Submission(
        process_id=plot.process,
        track_id=plot.id("network"),
        organization_id=None,
        kind=SubmissionKind.COMMENT,
        state=SubmissionState.WITHDRAWN,
        title=plot.text(),
        words=plot.text(),
        theme=plot.word(),
        on_document=plot.word(),
        sent_at=clock.now(),
        withdrawn_at=clock.now(),
        withdrawn_word=plot.word(),
        routed_to_id=plot.id("state member"),
        routed_at=clock.now(),
        expected_on=date(2099, 6, 1),
        symbol=f"NET/2026/S{number}",
        symbol_stem="NET/2026/S",
        number=number,
    )


@plants(ParagraphComment, inside=Submission)
def on_paragraph(plot: Plot) -> ParagraphComment:
    """On a paragraph of a version nobody here reads."""
    plot.inside.on_document_id = plot.inside.on_document_id or uuid4()
    return ParagraphComment(
        submission_id=plot.inside.id,
        paragraph_id=uuid4(),
        position=1,
        place=[1],
        kind=ParagraphKind.OPERATIVE,
        language="en",
        words=plot.word(),
        wording=plot.word(),
    )


@plants(UnsavedParagraph, inside=Submission, spots=(), why_unseen="shown to whoever was writing it, whatever its label")
def unsaved(plot: Plot) -> UnsavedParagraph:
    return UnsavedParagraph(
        submission_id=plot.inside.id, paragraph_id=uuid4(), person_id=uuid4(), words=plot.word(), wording=plot.word(),
        language="en", kept_at=clock.now(),
    )  # fmt: skip


@also(Submission, "sent", spots=("the secretariat", "liaison officers", "members of both tracks", "the coordinator"))
def sent(plot: Plot) -> Submission:
    made = submission(plot)
    made.state, made.withdrawn_at, made.withdrawn_word = SubmissionState.SENT, None, ""
    return made


@also(Submission, "draft", spots=("the coordinator",))
def draft(plot: Plot) -> Submission:
    made = sent(plot)
    made.state, made.sent_at, made.routed_to_id, made.routed_at = SubmissionState.DRAFT, None, None, None
    made.symbol, made.symbol_stem, made.number = None, "", None
    return made


@plants(SubmissionAnswer)
def answer(plot: Plot) -> SubmissionAnswer:
    return SubmissionAnswer(
        process_id=plot.process,
        track_id=plot.id("government"),
        submission_id=plot.world.at["Submission", plot.spot.name]
        if ("Submission", plot.spot.name) in plot.world.at
        else plot.world.planted["Submission"][0],
        participant_id=None,
        says=AnswerSays.NOTED,
        words=plot.text(),
        agreed_on=date(2026, 1, 30),
        agreed_word=plot.word(),
        begun_at=clock.now(),
        given_at=clock.now(),
    )


@also(SubmissionAnswer, "draft", spots=("the secretariat", "a named member"))
def draft_answer(plot: Plot) -> SubmissionAnswer:
    made = answer(plot)
    made.given_at = None
    if plot.spot.name == "a named member":
        made.participant_id, made.agreed_on, made.agreed_word = plot.id("state member"), None, ""
        plot.words.pop()
    return made


@plants(AnswerShown, spots=tuple(one for one in SPOTS if one.name in ("the secretariat", "a named member")))
def shown(plot: Plot) -> AnswerShown:
    return AnswerShown(
        process_id=plot.process,
        answer_id=_draft(plot),
        participant_id=plot.id("state member"),
        digest="0" * 64,
        shown_at=clock.now(),
        words=plot.word(),
        said_at=clock.now(),
    )


def _draft(plot: Plot) -> UUID:
    """A draft of its own, in the same hands: it is shown to a participant once."""
    made = SubmissionAnswer(
        process_id=plot.process,
        track_id=plot.id("government"),
        submission_id=plot.world.planted["Submission"][0],
        says=AnswerSays.NOTED,
        words=LocalText.of("A draft"),
        begun_at=clock.now(),
    )
    attach(plot.session, made, clauses_of(plot.world.rules(plot.spot)))
    plot.session.flush()
    plot.world.oracle.things[made.id] = Thing(made.id, plot.world.rules(plot.spot), plot.process, False, plot.world.age)
    return made.id


@plants(AnswerReply)
def reply(plot: Plot) -> AnswerReply:
    """To an answer that has the same readers."""
    return AnswerReply(
        process_id=plot.process,
        track_id=plot.id("network"),
        answer_id=plot.world.at["SubmissionAnswer", plot.spot.name],
        words=plot.text(),
        sent_at=clock.now(),
    )


@plants(PublishedSubmission)
def published(plot: Plot) -> PublishedSubmission:
    """Of the submission that has the same readers."""
    return PublishedSubmission(
        process_id=plot.process,
        network_id=plot.id("network"),
        submission_id=plot.world.at["Submission", plot.spot.name],
        kind=SubmissionKind.RECOMMENDATION,
        title=plot.text(),
        words=plot.text(),
        sent_on=date(2026, 1, 30),
        published_at=clock.now(),
    )


@plants(PublishedReply)
def published_reply(plot: Plot) -> PublishedReply:
    return PublishedReply(
        process_id=plot.process,
        network_id=plot.id("network"),
        submission_id=plot.world.at["Submission", plot.spot.name],
        answer_id=plot.world.at["SubmissionAnswer", plot.spot.name],
        words=plot.text(),
        sent_on=date(2026, 2, 20),
        published_at=clock.now(),
    )


@plants(PublishedAnswer)
def published_answer(plot: Plot) -> PublishedAnswer:
    return PublishedAnswer(
        process_id=plot.process,
        track_id=plot.id("government"),
        submission_id=plot.world.at["Submission", plot.spot.name],
        answer_id=plot.world.at["SubmissionAnswer", plot.spot.name],
        participant_id=None,
        says=AnswerSays.NOTED,
        words=plot.text(),
        agreed_word=plot.word(),
        given_on=date(2026, 1, 30),
        published_at=clock.now(),
    )


@plants(Confided)
def confided(plot: Plot) -> Confided:
    return Confided(
        process_id=plot.process,
        track_id=plot.id("network"),
        network_id=plot.id("network"),
        theme=plot.word(),
        title=plot.text(),
        words=plot.text(),
        received_on=date(2027, 2, 1),
        answer=plot.text(),
        answered_on=date(2027, 2, 2),
    )


@plants(ConfidedName, inside=Confided)
def confided_name(plot: Plot) -> ConfidedName:
    """The letters of the name are its own. There is one name of the words it stands in: the next stands in others that
    have the same readers."""
    taken = plot.session.scalar(select(ConfidedName.id).where(ConfidedName.confided_id == plot.inside.id))
    return ConfidedName(
        confided_id=plot.inside.id if taken is None else _beside(plot),
        person_id=uuid4(),
        participant_id=plot.id("state organization"),
        name=plot.word(),
        copy_id=uuid4(),
    )


def _beside(plot: Plot) -> UUID:
    known = plot.world.oracle.things[plot.inside.id]
    made = Confided(
        process_id=plot.process,
        track_id=plot.id("network"),
        network_id=plot.id("network"),
        title=LocalText.of("In confidence"),
        words=LocalText.of("In confidence"),
        received_on=date(2027, 2, 1),
    )
    attach(plot.session, made, clauses_of(known.rules))
    plot.session.flush()
    plot.world.oracle.things[made.id] = replace(known, name=made.id)
    plot.world.planted["Confided"].append(made.id)
    return made.id


@plants(ConfidedCopy)
def confided_copy(plot: Plot) -> ConfidedCopy:
    return ConfidedCopy(
        process_id=plot.process,
        track_id=plot.id("network"),
        participant_id=plot.id("state organization"),
        to=ConfidedTo.LIAISON,
        theme=plot.word(),
        title=plot.text(),
        words=plot.text(),
        sent_on=date(2027, 2, 1),
        answer=plot.text(),
        answered_on=date(2027, 2, 2),
    )
