"""A text opened to the public, who has commented on it, and what was said."""

from datetime import date, time
from uuid import UUID, uuid4

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.mail.lent import a_colleague
from secretariat.texts.consultation_models import PublicComment, PublicConsultation, PublicWriter
from secretariat.texts.editions import Content
from secretariat.texts.models import Became, TextEdition
from secretariat.texts.paragraphs import ParagraphKind, Piece
from tests.security.canaries.world import Plot, plants


@plants(PublicConsultation)
def consultation(plot: Plot) -> PublicConsultation:
    """Under every label, though the product makes public ones alone: its pages ask the label, not the class."""
    pieces = (Piece(uuid4(), ParagraphKind.OPERATIVE, 1, plot.text()),)
    return PublicConsultation(
        process_id=plot.process,
        track_id=plot.id("government"),
        edition_id=plot.world.planted["TextEdition"][0],
        title=plot.text(),
        about=plot.text(),
        content=Content(LocalText.of("Protocol"), "en", ("en",), (), pieces).to_json(),
        for_readers=True,
        opened_at=clock.now(),
        ends_on=date(2099, 6, 1),
        ends_hour=time(17),
        zone="America/Panama",
    )


@plants(
    PublicWriter,
    inside=PublicConsultation,
    spots=(),
    why_unseen="shown to the secretariat beside what the public said, and behind a link to who wrote",
)
def writer(plot: Plot) -> PublicWriter:
    return PublicWriter(
        consultation_id=plot.inside.id,
        writer_id=a_colleague(plot.session),
        name=plot.word(),
        organization=plot.word(),
        address=f"{plot.word()}@elsewhere.example",
        language="en",
        written_at=clock.now(),
        confirmed_at=clock.now(),
    )


@plants(PublicComment, inside=TextEdition, spots=())
def comment(plot: Plot) -> PublicComment:
    return PublicComment(
        edition_id=plot.inside.id,
        consultation_id=_consultation(plot),
        language="en",
        words=plot.word(),
        organization=plot.word(),
        confirmed_at=clock.now(),
        became=Became.IN_PART,
        answer=plot.text(),
    )


def _consultation(plot: Plot) -> UUID:
    """Any: that a comment was made in it tells nothing."""
    return plot.world.planted["PublicConsultation"][0]
