"""Reading texts, editions and rounds. All of it under the reader's eyes, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core.localtext import LocalText
from secretariat.documents.models import Document
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import (
    Became,
    Comment,
    CommentFor,
    CommentReply,
    CommentRound,
    DraftText,
    Proposes,
    TextEdition,
    TextParagraph,
    UnnamedComment,
    UnsavedComment,
    UnsavedWords,
)


def _stands_in() -> tuple[Any, ...]:
    """What a text stands in; named when it is asked for, since meetings are of a room above this one."""
    return (
        joinedload(DraftText.process, innerjoin=True),
        joinedload(DraftText.track, innerjoin=True),
        joinedload(DraftText.body),
        selectinload(DraftText.meeting),
    )


def text_by_id(session: Session, text: UUID) -> DraftText | None:
    """A text with what its page shows; none where the reader may not see its process (joined inwards)."""
    return session.scalar(select(DraftText).where(DraftText.id == text).options(*_stands_in()))


def texts_of_process(session: Session, process: UUID) -> Sequence[DraftText]:
    """The texts of a process that are written, those of the reader's drafting groups or of the track one keeps."""
    found = session.scalars(select(DraftText).where(DraftText.process_id == process).options(*_stands_in()))
    return sorted(found, key=lambda one: (one.state.value, str(one.title), str(one.id)))


def paragraphs_of(session: Session, text: UUID) -> Sequence[TextParagraph]:
    """The paragraphs of a text in their order, without those taken out."""
    return session.scalars(
        select(TextParagraph)
        .where(TextParagraph.text_id == text, TextParagraph.taken_out_at.is_(None))
        .order_by(TextParagraph.position, TextParagraph.id)
    ).all()


def taken_out_of(session: Session, text: UUID) -> Sequence[TextParagraph]:
    """The paragraphs that were taken out, the latest first."""
    return session.scalars(
        select(TextParagraph)
        .where(TextParagraph.text_id == text, TextParagraph.taken_out_at.is_not(None))
        .order_by(TextParagraph.taken_out_at.desc(), TextParagraph.id)
    ).all()


def paragraph_of(session: Session, text: UUID, paragraph: UUID) -> TextParagraph | None:
    """A paragraph of a text, taken out or not."""
    return session.scalar(
        select(TextParagraph)
        .where(TextParagraph.id == paragraph, TextParagraph.text_id == text)
        .options(joinedload(TextParagraph.text))
    )


def unsaved_words(session: Session, paragraph: UUID, person: UUID) -> UnsavedWords | None:
    """What a person was writing in a paragraph and has not saved."""
    return session.scalar(
        select(UnsavedWords).where(UnsavedWords.paragraph_id == paragraph, UnsavedWords.person_id == person)
    )


def all_unsaved_new(session: Session, text: UUID, person: UUID) -> Sequence[UnsavedWords]:
    """What a person was writing as new paragraphs of a text and has not saved, the latest last."""
    mine = select(UnsavedWords).where(UnsavedWords.text_id == text, UnsavedWords.person_id == person)
    return session.scalars(mine.order_by(UnsavedWords.kept_at, UnsavedWords.id)).all()


def unsaved_new(session: Session, text: UUID, person: UUID, form: UUID) -> UnsavedWords | None:
    """The same of one form."""
    return session.scalar(
        select(UnsavedWords).where(
            UnsavedWords.text_id == text, UnsavedWords.person_id == person, UnsavedWords.form_id == form
        )
    )


def unsaved_in(session: Session, text: UUID, person: UUID) -> frozenset[UUID]:
    """The paragraphs of a text in which a person has words that are not saved."""
    return frozenset(
        session.scalars(
            select(UnsavedWords.paragraph_id)
            .join(TextParagraph, UnsavedWords.paragraph_id == TextParagraph.id)
            .where(TextParagraph.text_id == text, UnsavedWords.person_id == person)
        )
    )


# --- editions -----------------------------------------------------------------------------------------------------


def editions_of(session: Session, text: UUID) -> Sequence[TextEdition]:
    """The editions of a text the reader may read, the latest first, each with its document."""
    return session.scalars(
        select(TextEdition)
        .where(TextEdition.text_id == text)
        .options(joinedload(TextEdition.document, innerjoin=True))
        .order_by(TextEdition.number.desc())
    ).all()


def edition_of(session: Session, document: UUID) -> TextEdition | None:
    """The edition that is this document, with what its page shows."""
    stands = joinedload(TextEdition.document, innerjoin=True)
    return session.scalar(
        select(TextEdition)
        .where(TextEdition.document_id == document)
        .options(
            stands.joinedload(Document.process, innerjoin=True),
            stands.joinedload(Document.track, innerjoin=True),
            stands.joinedload(Document.body),
            stands.selectinload(Document.meeting),
        )
    )


def edition_by_id(session: Session, key: UUID) -> TextEdition | None:
    """An edition with its document."""
    document = joinedload(TextEdition.document, innerjoin=True)
    return session.scalar(
        select(TextEdition)
        .where(TextEdition.id == key)
        .options(
            document.joinedload(Document.process, innerjoin=True),
            document.joinedload(Document.track, innerjoin=True),
            document.joinedload(Document.body),
        )
    )


def edition_by_number(session: Session, text: UUID, number: int) -> TextEdition | None:
    """The edition of a text with this number, if the reader may read it."""
    return session.scalar(
        select(TextEdition)
        .where(TextEdition.text_id == text, TextEdition.number == number)
        .options(joinedload(TextEdition.document, innerjoin=True))
    )


# --- rounds -------------------------------------------------------------------------------------------------------


def rounds_of(session: Session, edition: UUID) -> Sequence[CommentRound]:
    """The rounds of comments on an edition, the latest first."""
    return session.scalars(
        select(CommentRound).where(CommentRound.edition_id == edition).order_by(CommentRound.opened_at.desc())
    ).all()


def rounds_of_text(session: Session, text: UUID) -> Sequence[CommentRound]:
    """The rounds of comments on all editions of a text, the latest first, each with its edition and document."""
    return session.scalars(
        select(CommentRound)
        .join(TextEdition, CommentRound.edition_id == TextEdition.id)
        .where(TextEdition.text_id == text)
        .options(joinedload(CommentRound.edition, innerjoin=True).joinedload(TextEdition.document, innerjoin=True))
        .order_by(CommentRound.opened_at.desc())
    ).all()


def round_by_id(session: Session, key: UUID) -> CommentRound | None:
    """A round with its edition and document."""
    edition = joinedload(CommentRound.edition, innerjoin=True)
    document = edition.joinedload(TextEdition.document, innerjoin=True)
    return session.scalar(
        select(CommentRound)
        .where(CommentRound.id == key)
        .options(
            document.joinedload(Document.process, innerjoin=True),
            document.joinedload(Document.track, innerjoin=True),
            document.joinedload(Document.body),
            document.selectinload(Document.meeting),
        )
    )


def reply_of(session: Session, found: UUID, participant: UUID) -> CommentReply | None:
    """What a participant says in a round."""
    return session.scalar(
        select(CommentReply)
        .where(CommentReply.round_id == found, CommentReply.participant_id == participant)
        .options(joinedload(CommentReply.round, innerjoin=True))
    )


def replies_of(session: Session, found: UUID) -> Sequence[CommentReply]:
    """The replies to a round of which the reader may know."""
    return session.scalars(select(CommentReply).where(CommentReply.round_id == found)).all()


def comment_of(session: Session, found: UUID, comment: UUID) -> Comment | None:
    """A comment of a round."""
    return session.scalar(
        select(Comment)
        .where(Comment.id == comment, Comment.round_id == found)
        .options(joinedload(Comment.round, innerjoin=True))
    )


def unnamed_comment_of(session: Session, found: UUID, comment: UUID) -> UnnamedComment | None:
    """An unnamed comment of a round that is over."""
    return session.scalar(select(UnnamedComment).where(UnnamedComment.id == comment, UnnamedComment.round_id == found))


def comments_in_reply(session: Session, reply: UUID) -> Sequence[Comment]:
    """The comments a participant prepares or has sent under its name, in no other order than that of their keys."""
    return session.scalars(
        select(Comment)
        .where(Comment.reply_id == reply)
        .options(joinedload(Comment.round, innerjoin=True))
        .order_by(Comment.id)
    ).all()


def lent_in(session: Session, found: UUID, participant: UUID) -> Sequence[LentComments]:
    """What of a round a participant passed to colleagues, in the order in which it did."""
    return session.scalars(
        select(LentComments)
        .where(LentComments.round_id == found, LentComments.participant_id == participant)
        .order_by(LentComments.lent_at, LentComments.id)
    ).all()


def lent_by_id(session: Session, key: UUID) -> LentComments | None:
    """What was passed to a colleague, with its round, edition and document."""
    edition = joinedload(LentComments.round, innerjoin=True).joinedload(CommentRound.edition, innerjoin=True)
    document = edition.joinedload(TextEdition.document, innerjoin=True)
    return session.scalar(
        select(LentComments)
        .where(LentComments.id == key)
        .options(
            document.joinedload(Document.process, innerjoin=True),
            document.joinedload(Document.track, innerjoin=True),
            document.joinedload(Document.body),
        )
    )


def comments_from(session: Session, lent: UUID) -> Sequence[Comment]:
    """What a colleague wrote and nobody has taken up yet."""
    return session.scalars(select(Comment).where(Comment.lent_id == lent).order_by(Comment.id)).all()


def unsaved_comment(
    session: Session, person: UUID, about: str, *, found: UUID | None = None, opened: UUID | None = None
) -> UnsavedComment | None:
    """What somebody was writing in a comment and has not kept, in a round or in what is opened to a network."""
    where = UnsavedComment.opened_id == opened if opened is not None else UnsavedComment.round_id == found
    return session.scalar(
        select(UnsavedComment).where(where, UnsavedComment.person_id == person, UnsavedComment.about == about)
    )


def unsaved_comments(
    session: Session, person: UUID, *, found: UUID | None = None, opened: UUID | None = None
) -> Sequence[UnsavedComment]:
    """All that somebody was writing in a round, or in what is opened to a network, and has not kept."""
    where = UnsavedComment.opened_id == opened if opened is not None else UnsavedComment.round_id == found
    mine = select(UnsavedComment).where(where, UnsavedComment.person_id == person)
    return session.scalars(mine.order_by(UnsavedComment.kept_at, UnsavedComment.id)).all()


class ListedComment(NamedTuple):
    """A comment as a compilation shows it. `participant` is None for one that is unnamed."""

    id: UUID
    round: UUID
    paragraph: UUID | None
    participant: UUID | None
    read_by: CommentFor
    language: str
    words: str
    wording: str
    became: Became | None
    answer: LocalText | None
    label_id: int
    proposes: Proposes = Proposes.INSTEAD
    sent_at: datetime | None = None


def comments_of(session: Session, rounds: Iterable[UUID]) -> list[ListedComment]:
    """What was said in these rounds, as far as the reader may read it: what was sent, named and unnamed."""
    wanted = list(rounds)
    if not wanted:
        return []
    return [*_named(session, wanted), *_unnamed(session, wanted)]


def _named(session: Session, rounds: Sequence[UUID]) -> Iterable[ListedComment]:
    rows = session.execute(
        select(
            Comment.id,
            Comment.round_id,
            Comment.paragraph_id,
            Comment.participant_id,
            Comment.read_by,
            *_said(Comment),
            Comment.sent_at,
        ).where(Comment.round_id.in_(rounds), Comment.sent_at.is_not(None))
    )
    return [ListedComment(*tuple(row)) for row in rows]


def _unnamed(session: Session, rounds: Sequence[UUID]) -> Iterable[ListedComment]:
    rows = session.execute(
        select(UnnamedComment.id, UnnamedComment.round_id, UnnamedComment.paragraph_id, *_said(UnnamedComment)).where(
            UnnamedComment.round_id.in_(rounds)
        )
    )
    return [_without_name(*row) for row in rows]


def _without_name(key: UUID, found: UUID, paragraph: UUID | None, *said: Any) -> ListedComment:
    return ListedComment(key, found, paragraph, None, CommentFor.UNNAMED, *said)


def _said(kind: Any) -> tuple[Any, ...]:
    return (kind.language, kind.words, kind.wording, kind.became, kind.answer, kind.label_id, kind.proposes)
