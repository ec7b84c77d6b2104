"""What a focal point has with colleagues: a paragraph or the whole text of a round, for what they think of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.mail.lent import Lent
from secretariat.texts.models import CommentRound


class LentComments(Lent, Addressable, Labelled, Versioned, Base):
    """That a focal point asked a colleague in another ministry for comments on one paragraph of a round, or (without
    `paragraph_id`) on its whole text.

    Read by the participant alone. What the colleague writes are comments of that government that wait to be taken up
    (`Comment.lent_id`): none is sent as it stands. The link opens nothing once the round is over, or whoever passed it
    on no longer speaks for the government. `name` says who it is, `asked` what is asked, `reminded_at` when the
    colleague was asked once more.
    """

    __tablename__ = "lent_comments"
    container = "round"
    round_id: Mapped[UUID] = mapped_column(ForeignKey("comment_rounds.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    paragraph_id: Mapped[UUID | None] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(String(300))
    asked: Mapped[str] = mapped_column(String(2000), default="")
    reminded_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    round: Mapped[CommentRound] = relationship()
