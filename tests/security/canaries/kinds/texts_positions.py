"""Positions of a network on editions, who signed them, and dissent on record; and to what answers are linked."""

from datetime import date, time

from secretariat.civil_society.became_models import AnswerLink, LedTo
from secretariat.civil_society.models import AdoptsBy, SubmissionAnswer
from secretariat.civil_society.position_models import Position, PositionDissent, PositionSignature
from secretariat.core import clock
from secretariat.documents.models import Document
from secretariat.texts.models import TextEdition
from tests.security.canaries.world import Plot, plants


@plants(Position, inside=TextEdition, spots=())
def position(plot: Plot) -> Position:
    """Adopted, so that how that was established is there to be read; the network keeps it, whatever it is on."""
    document = plot.session.get_one(Document, plot.inside.document_id)
    return Position(
        edition_id=plot.inside.id,
        process_id=document.process_id,
        track_id=plot.id("network"),
        adopts_by=AdoptsBy.SILENCE,
        opened_at=clock.now(),
        ends_on=date(2099, 6, 1),
        ends_hour=time(17),
        zone="UTC",
        settled_at=clock.now(),
        adopted_on=date(2027, 1, 20),
        word=plot.word(),
    )


@plants(PositionSignature, inside=Position, spots=(), why_unseen="an organization and a day; they carry no words")
def signature(plot: Plot) -> PositionSignature:
    return PositionSignature(
        position_id=plot.inside.id, participant_id=plot.id("state observing organization"), signed_at=clock.now()
    )


@plants(PositionDissent, inside=Position, spots=())
def dissent(plot: Plot) -> PositionDissent:
    return PositionDissent(
        position_id=plot.inside.id,
        participant_id=plot.id("state member"),
        language="en",
        words=plot.word(),
        objects=False,
        goes_along=True,
        said_at=clock.now(),
    )


@plants(AnswerLink, inside=SubmissionAnswer, spots=(), why_unseen="a key of a thing and a day; they carry no words")
def link(plot: Plot) -> AnswerLink:
    """To an outcome that other readers read: between two whose labels cross nothing of either is told."""
    crossed = "members of the network" if plot.spot.name != "members of the network" else "members"
    return AnswerLink(
        answer_id=plot.inside.id,
        submission_id=plot.inside.submission_id,
        kind=LedTo.OUTCOME,
        thing_id=plot.world.at["Outcome", crossed],
        linked_at=clock.now(),
    )
