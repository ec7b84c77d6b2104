"""Texts by paragraph, what was circulated of them, and what was said in rounds of comments."""

from datetime import date, time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.documents.models import Document
from secretariat.texts.editions import Content
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import (
    Became,
    Comment,
    CommentFor,
    CommentReply,
    CommentRound,
    DraftText,
    TextEdition,
    TextParagraph,
    UnnamedComment,
    UnsavedComment,
    UnsavedWords,
)
from secretariat.texts.paragraphs import ParagraphKind, Piece
from tests.security.canaries.world import Plot, plants


@plants(DraftText)
def text(plot: Plot) -> DraftText:
    return DraftText(
        process_id=plot.process,
        track_id=plot.track,
        kind="declaration",
        title=plot.text(),
        original="en",
        languages=["en"],
        authentic=[],
        drafting=[],
    )


@plants(TextParagraph, inside=DraftText)
def paragraph(plot: Plot) -> TextParagraph:
    return TextParagraph(
        text_id=plot.inside.id,
        position=len(plot.world.planted.get("TextParagraph", [])) + 1,
        kind=ParagraphKind.OPERATIVE,
        depth=1,
        words=plot.text(),
        translated_from={},
    )


@plants(UnsavedWords, inside=TextParagraph, spots=(), why_unseen="shown to whoever was writing it, whatever its label")
def unsaved(plot: Plot) -> UnsavedWords:
    return UnsavedWords(
        paragraph_id=plot.inside.id, person_id=uuid4(), words=plot.text(), based_on=1, kept_at=clock.now()
    )


@plants(TextEdition, inside=Document, spots=())
def edition(plot: Plot) -> TextEdition:
    pieces = (Piece(uuid4(), ParagraphKind.OPERATIVE, 1, plot.text()),)
    content = Content(LocalText.of("Protocol"), "en", ("en",), (), pieces)
    return TextEdition(
        document_id=plot.inside.id,
        text_id=_text_of(plot),
        number=len(plot.world.planted.get("TextEdition", [])) + 1,
        content=content.to_json(),
        sha256=content.sha256,
        frozen_at=clock.now(),
    )


def _text_of(plot: Plot) -> UUID:
    """Any text: an edition's readers do not read it."""
    found = plot.session.scalar(select(DraftText.id).where(DraftText.track_id == plot.inside.track_id).limit(1))
    assert found is not None
    return found


@plants(CommentRound, inside=TextEdition, spots=(), why_unseen="a day and an hour; they carry no words")
def comment_round(plot: Plot) -> CommentRound:
    document = plot.session.get_one(Document, plot.inside.document_id)
    return CommentRound(
        edition_id=plot.inside.id,
        process_id=document.process_id,
        track_id=document.track_id,
        observers_may=False,
        opened_at=clock.now(),
        ends_on=date(2099, 6, 1),
        ends_hour=time(17),
        zone="America/Panama",
    )


@plants(UnsavedComment, inside=CommentRound, spots=(), why_unseen="shown to whoever was writing it, whatever its label")
def unsaved_comment(plot: Plot) -> UnsavedComment:
    return UnsavedComment(
        round_id=plot.inside.id, person_id=uuid4(), words=plot.word(), wording=plot.word(), language="en",
        kept_at=clock.now(),
    )  # fmt: skip


@plants(CommentReply, inside=CommentRound, spots=(), why_unseen="says which participant replied; it carries no words")
def reply(plot: Plot) -> CommentReply:
    return CommentReply(round_id=plot.inside.id, participant_id=plot.id("state member"), sent_at=clock.now())


@plants(
    LentComments,
    inside=CommentRound,
    spots=(),
    why_unseen="shown beside the reply of whoever passed it on, and behind the link of the colleague",
)
def lent(plot: Plot) -> LentComments:
    official = plot.world.officials["member"]
    assert official is not None
    content = plot.session.get_one(TextEdition, plot.inside.edition_id).content
    return LentComments(
        round_id=plot.inside.id,
        participant_id=plot.id("state member"),
        paragraph_id=UUID(content["paragraphs"][0]["id"]),
        name=plot.word(),
        asked=plot.word(),
        lent_by_person_id=official.person,
        lent_by_hat=str(official.hat),
        lent_at=clock.now() - timedelta(days=2),  # of another day than what is passed on now
        colleague_id=official.person,
        address=f"{plot.word()}@ministry.example",
    )


@plants(Comment, inside=CommentRound, spots=())
def comment(plot: Plot) -> Comment:
    of = plot.session.scalar(select(CommentReply.id).where(CommentReply.round_id == plot.inside.id))
    assert of is not None
    return Comment(
        round_id=plot.inside.id,
        reply_id=of,
        participant_id=plot.id("state member"),
        paragraph_id=None,
        language="en",
        words=plot.word(),
        wording=plot.word(),
        became=Became.IN_PART,
        answer=plot.text(),
        read_by=CommentFor.READERS,
        sent_at=clock.now(),
    )


@plants(UnnamedComment, inside=CommentRound, spots=())
def unnamed_comment(plot: Plot) -> UnnamedComment:
    return UnnamedComment(
        round_id=plot.inside.id, paragraph_id=None, language="en", words=plot.word(), wording=plot.word()
    )
