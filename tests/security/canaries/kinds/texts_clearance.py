"""Clearance of a common paper for an outside forum, and what a member says to it."""

from datetime import date

from secretariat.core import clock
from secretariat.documents.models import Document
from secretariat.texts.clearance_models import Clearance, ClearanceAnswer, ClearanceSays
from secretariat.texts.models import TextEdition
from tests.security.canaries.world import Plot, plants


@plants(Clearance, inside=TextEdition, spots=())
def clearance(plot: Plot) -> Clearance:
    document = plot.session.get_one(Document, plot.inside.document_id)
    return Clearance(
        document_id=document.id,
        edition_id=plot.inside.id,
        process_id=document.process_id,
        track_id=document.track_id,
        forum=plot.text(),
        due_on=date(2099, 6, 1),
        clear_by=date(2099, 5, 1),
        asked_at=clock.now(),
        sent_on=date(2027, 1, 20),
        sent_word=plot.word(),
    )


@plants(ClearanceAnswer, inside=Clearance, spots=())
def answer(plot: Plot) -> ClearanceAnswer:
    return ClearanceAnswer(
        clearance_id=plot.inside.id,
        participant_id=plot.id("state member"),
        says=ClearanceSays.WITH_COMMENTS,
        said_at=clock.now(),
        words=plot.word(),
        noted_word=plot.word(),
    )
