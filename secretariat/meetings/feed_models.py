"""Calendar feeds: addresses from which a calendar program fetches meetings, as whoever made them reads them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core import clock
from secretariat.core.database import Addressable, Base
from secretariat.core.dates import UtcInstant


class FeedKind(StrEnum):
    """What a feed holds: all meetings of its hat, those of one body, or what everybody may know of one process."""

    PERSONAL = "personal"
    BODY = "body"
    PUBLIC = "public"


class CalendarFeed(Addressable, Base):
    """A feed of one person under one hat. The address holds the token, this row its digest alone.

    It opens as long as it is not revoked and the hat still holds what it was made with: `process_id` and `track_id` are
    those of a feed of a body or of the public.
    """

    __tablename__ = "calendar_feeds"
    unlabelled = "digests of tokens; each person is shown the own ones alone (meetings.feeds)"
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[FeedKind]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    hat: Mapped[str] = mapped_column(String(60))
    process_id: Mapped[UUID | None] = mapped_column(ForeignKey("processes.id"))
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"))
    made_at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcInstant)
