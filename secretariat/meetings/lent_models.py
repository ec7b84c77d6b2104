"""What a focal point has with a colleague: the draft of an item or of a paper that its government prepares."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.documents.models import Document
from secretariat.mail.lent import AskedAgain, Lent

if TYPE_CHECKING:
    from secretariat.meetings.models import ItemProposal


class LentDraft(Lent, AskedAgain, Addressable, Labelled, Versioned, Base):
    """That a focal point passed a draft to a colleague in another ministry, who works on it and gives it back.

    One of `document` and `proposal` is what was passed. Read by the participant alone. `name` says who it is, `asked`
    what is asked of the colleague, `word` what the colleague says in giving it back.
    """

    __tablename__ = "lent_drafts"
    container: ClassVar[tuple[str, ...]] = ("document", "proposal")
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id"), index=True)
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("item_proposals.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    asked: Mapped[str] = mapped_column(String(2000), default="")
    word: Mapped[str] = mapped_column(String(2000), default="")
    document: Mapped[Document | None] = relationship()
    proposal: Mapped[ItemProposal | None] = relationship()

    @property
    def is_back(self) -> bool:
        """Whether the colleague has given it back."""
        return self.replied_at is not None
