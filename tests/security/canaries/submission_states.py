"""What must be the case of a submission or an answer before it is posted to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from secretariat.civil_society.became_models import AnswerLink
from secretariat.civil_society.comment_models import ParagraphComment, UnsavedParagraph
from secretariat.civil_society.models import (
    AnswerSays,
    AnswerShown,
    Submission,
    SubmissionAnswer,
    SubmissionKind,
    SubmissionState,
)
from secretariat.civil_society.published_models import PublishedAnswer, PublishedReply, PublishedSubmission
from secretariat.civil_society.reply_models import AnswerReply
from secretariat.civil_society.service.answering import digest_of
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.session import SystemSession
from secretariat.documents.models import Document, DocumentState, Revision
from secretariat.processes import clauses
from secretariat.processes.models import Participant, Process, Track
from secretariat.texts.editions import Content
from secretariat.texts.models import TextEdition
from secretariat.texts.paragraphs import ParagraphKind, Piece
from tests.security.canaries.world import World

FIRST_AND_LATER = ("public", "participants of both tracks")


def is_a_draft(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The submission was not sent, so that nobody has answered it."""
    one = session.get(Submission, UUID(parts["submission_id"]))
    if one is not None:
        answers = select(SubmissionAnswer.id).where(SubmissionAnswer.submission_id == one.id)
        session.execute(delete(AnswerShown).where(AnswerShown.answer_id.in_(answers)))
        session.execute(delete(AnswerLink).where(AnswerLink.submission_id == one.id))
        session.execute(delete(AnswerReply).where(AnswerReply.answer_id.in_(answers)))
        _not_published(session, one.id)
        session.execute(delete(SubmissionAnswer).where(SubmissionAnswer.submission_id == one.id))
        one.state, one.sent_at, one.withdrawn_at, one.routed_to_id = SubmissionState.DRAFT, None, None, None
        one.symbol, one.symbol_stem, one.number = None, "", None
        session.execute(delete(ParagraphComment).where(ParagraphComment.submission_id == one.id))
        one.on_document_id = one.on_opened_id = None


def is_a_comment(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The submission is a draft and comments on a version that everybody reads, with a later one; the paragraph of the
    address stands in it."""
    is_a_draft(session, world, parts)
    one = session.get(Submission, UUID(parts["submission_id"]))
    if one is None:
        return
    first, later = (session.get_one(Document, world.at["Document", spot]) for spot in FIRST_AND_LATER)
    one.on_document_id, later.line_id, later.revision = first.id, first.id, Revision.REV
    first.line_id, first.revision, first.state = None, Revision.FIRST, DocumentState.SUPERSEDED
    later.state, first.by_paragraph = DocumentState.ISSUED, True
    for document in (first, later):
        document.track_id, document.released_at = world.ids["government"], clock.now()
    first.issued_at, later.issued_at = clock.now() - timedelta(days=9), clock.now()
    if "paragraph_id" in parts:
        edition = session.scalars(select(TextEdition).where(TextEdition.document_id == first.id)).one()
        content = Content.from_json(edition.content)
        piece = Piece(UUID(parts["paragraph_id"]), ParagraphKind.OPERATIVE, 1, LocalText.of("A paragraph"))
        edition.content = replace(content, pieces=(piece,)).to_json()


def is_sent(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The submission was sent, and awaits an answer."""
    one = session.get(Submission, UUID(parts["submission_id"]))
    if one is not None:
        _send(one)


def is_routed(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Its answer is the liaison officer's to give; nobody has begun one."""
    one, officer = session.get(Submission, UUID(parts["submission_id"])), world.officials["liaison officer"]
    if one is None or officer is None:
        return
    _send(one)
    one.routed_to_id = officer.hat.id
    _all_given(session, one.id)


def can_be_answered(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It was sent, and no answer of the process is being written."""
    one = session.get(Submission, UUID(parts["submission_id"]))
    if one is not None:
        _send(one)
        _all_given(session, one.id)


def paragraph_is_not_kept(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The submission is a comment, and whoever comes was writing of the paragraph of the address."""
    is_a_comment(session, world, parts)
    one = session.get(Submission, UUID(parts["submission_id"]))
    if one is None:
        return
    for person in sorted({each.person for each in world.officials.values() if each is not None}, key=str):
        mine = UnsavedParagraph(
            submission_id=one.id, paragraph_id=UUID(parts["paragraph_id"]), person_id=person, words="Half",
            language="en", kept_at=clock.now(),
        )  # fmt: skip
        attach(session, mine, container=one)
    session.flush()


def answer_is_a_draft(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The answer of the process is agreed and not given, so that nobody has replied; what it answers stands."""
    answer = session.get(SubmissionAnswer, UUID(parts["submission_answer_id"]))
    if answer is not None:
        session.execute(delete(AnswerReply).where(AnswerReply.answer_id == answer.id))
        session.execute(delete(PublishedReply).where(PublishedReply.answer_id == answer.id))
        session.execute(delete(PublishedAnswer).where(PublishedAnswer.answer_id == answer.id))
        answer.participant_id, answer.given_at = None, None
        answer.agreed_on, answer.agreed_word = date(2026, 1, 30), "In silence"
        _send(session.get_one(Submission, answer.submission_id))


def answer_can_be_replied_to(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The answer is given, and the network has not replied."""
    answer = session.get(SubmissionAnswer, UUID(parts["submission_answer_id"]))
    if answer is not None:
        answer.given_at = clock.now()
        _send(session.get_one(Submission, answer.submission_id))
        session.execute(delete(AnswerReply).where(AnswerReply.answer_id == answer.id))


def answer_tells_of_the_member(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The answer of the process is agreed, tells of the member by name, and was shown to nobody."""
    answer_is_a_draft(session, world, parts)
    answer = session.get(SubmissionAnswer, UUID(parts["submission_answer_id"]))
    if answer is not None:
        member = session.get_one(Participant, world.ids["state member"])
        answer.words = LocalText.of(f"We asked {member.names[0].name}.")
        session.execute(delete(AnswerShown).where(AnswerShown.answer_id == answer.id))


def answer_is_shown(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The answer tells of the member and was shown to it, and is not given."""
    answer = session.get(SubmissionAnswer, UUID(parts["submission_answer_id"]))
    if answer is None:
        return
    answer.given_at, member = None, world.ids["state member"]
    of = select(AnswerShown).where(AnswerShown.answer_id == answer.id, AnswerShown.participant_id == member)
    if session.scalar(of) is None:
        process, track = session.get_one(Process, answer.process_id), session.get_one(Track, answer.track_id)
        shown = AnswerShown(
            process_id=process.id,
            answer_id=answer.id,
            participant_id=member,
            digest=digest_of(answer),
            shown_at=clock.now(),
        )
        attach(session, shown, [clauses.named(process, track, audience=[clauses.participant(member)])])


def nothing_is_linked(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The answer of the process is linked to nothing."""
    answer = session.get(SubmissionAnswer, UUID(parts["submission_answer_id"]))
    if answer is not None:
        answer.participant_id = None
        session.execute(delete(AnswerLink).where(AnswerLink.answer_id == answer.id))


def is_linked_to_what_is_seen(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The link is of an answer of the process, and leads to what everybody reads."""
    link = session.get(AnswerLink, UUID(parts["link_id"]))
    if link is not None:
        session.get_one(SubmissionAnswer, link.answer_id).participant_id = None
        link.thing_id = world.at["Outcome", "public"]


def can_be_published(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The submission was sent and is of a kind that is published, there is a page for everybody, and neither side has
    published anything of it."""
    one = session.get(Submission, UUID(parts["submission_id"]))
    if one is not None:
        _send(one)
        one.kind = SubmissionKind.RECOMMENDATION
        session.get_one(Process, one.process_id).public_page_since = date(2026, 1, 1)
        _not_published(session, one.id)


def answer_can_be_published(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The answer of the process is given, tells of nobody, and was not published."""
    answer = session.get(SubmissionAnswer, UUID(parts["submission_answer_id"]))
    if answer is not None:
        can_be_published(session, _world, {"submission_id": str(answer.submission_id)})
        answer.participant_id, answer.given_at, answer.says = None, clock.now(), AnswerSays.NOTED


def answer_of_the_process(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The answer is that of the process."""
    answer = session.get(SubmissionAnswer, UUID(parts["submission_answer_id"]))
    if answer is not None:
        answer.participant_id = None


def _not_published(session: SystemSession, submission: UUID) -> None:
    session.execute(delete(PublishedReply).where(PublishedReply.submission_id == submission))
    session.execute(delete(PublishedAnswer).where(PublishedAnswer.submission_id == submission))
    session.execute(delete(PublishedSubmission).where(PublishedSubmission.submission_id == submission))


def _send(one: Submission) -> None:
    one.state, one.withdrawn_at, one.sent_at = SubmissionState.SENT, None, one.sent_at or clock.now()


def _all_given(session: SystemSession, submission: UUID) -> None:
    for answer in session.scalars(select(SubmissionAnswer).where(SubmissionAnswer.submission_id == submission)):
        answer.given_at = answer.given_at or clock.now()
