"""Silence on a text, what was said to it, and its adoption. What is planted does not change where a silence stands."""

from datetime import date, time, timedelta

from sqlalchemy import select

from secretariat.core import clock
from secretariat.documents.models import Document
from secretariat.processes.models import Track
from secretariat.texts.models import TextEdition
from secretariat.texts.silence import HoldCause, ReactionKind
from secretariat.texts.silence_models import (
    AdoptedBy,
    AdoptionConfirmation,
    AdoptionStatement,
    CapitalSays,
    ReasonsTo,
    SilenceHold,
    SilenceProcedure,
    SilenceReaction,
    SilenceRules,
    StatementKind,
    TextAdoption,
)
from tests.security.canaries.world import Plot, plants


@plants(
    SilenceRules, inside=Track, spots=(), why_unseen="shown to who keeps the track; nobody keeps those planted here"
)
def rules(plot: Plot) -> SilenceRules:
    return SilenceRules(
        process_id=plot.process,
        track_id=plot.inside.id,
        since=None,
        decision=plot.word(),
        working_days=10,
        hour=time(17),
        reasons_to=ReasonsTo.READERS,
        quiet_days=[],
    )


@plants(SilenceProcedure, inside=TextEdition, spots=())
def silence(plot: Plot) -> SilenceProcedure:
    document = plot.session.get_one(Document, plot.inside.document_id)
    return SilenceProcedure(
        edition_id=plot.inside.id,
        process_id=document.process_id,
        track_id=document.track_id,
        opened_at=clock.now(),
        ends_on=clock.today() + timedelta(days=60),
        ends_hour=time(17),
        zone="UTC",
        reasons_to=ReasonsTo.READERS,
        not_counted=[],
        extensions=[
            {
                "on": "2027-01-04", "hour": "17:00:00", "zone": "UTC", "at": "2027-01-02T10:00:00+00:00",
                "word": plot.word(),
            }
        ],
    )  # fmt: skip


@plants(SilenceHold, inside=SilenceProcedure, spots=(), why_unseen="a participant and an hour; they carry no words")
def hold(plot: Plot) -> SilenceHold:
    return SilenceHold(
        silence_id=plot.inside.id,
        participant_id=plot.id("state member"),
        cause=HoldCause.BOUNCED,
        since=plot.inside.opened_at,
        until=plot.inside.opened_at + timedelta(hours=1),
    )


@plants(SilenceReaction, inside=SilenceProcedure, spots=())
def reaction(plot: Plot) -> SilenceReaction:
    return SilenceReaction(
        silence_id=plot.inside.id,
        participant_id=plot.id("state member"),
        kind=ReactionKind.COMMENT,
        language="en",
        words=plot.word(),
        received_at=clock.now(),
        is_late=False,
    )


@plants(TextAdoption, inside=TextEdition, spots=())
def adoption(plot: Plot) -> TextAdoption:
    document = plot.session.get_one(Document, plot.inside.document_id)
    text = plot.session.scalar(select(TextEdition.text_id).where(TextEdition.id == plot.inside.id))
    return TextAdoption(
        edition_id=plot.inside.id,
        text_id=text,
        process_id=document.process_id,
        track_id=document.track_id,
        how=AdoptedBy.AD_REFERENDUM,
        named=[],
        adopted_on=date(2027, 1, 20),
        confirm_by=date(2099, 6, 1),
        pronounced_at=clock.now(),
        word=plot.word(),
        sha256=plot.inside.sha256,
    )


@plants(AdoptionStatement, inside=TextAdoption, spots=())
def statement(plot: Plot) -> AdoptionStatement:
    return AdoptionStatement(
        adoption_id=plot.inside.id,
        participant_id=plot.id("state member"),
        kind=StatementKind.RESERVATION,
        language="en",
        words=plot.word(),
        position=1,
    )


@plants(AdoptionConfirmation, inside=TextAdoption, spots=())
def confirmation(plot: Plot) -> AdoptionConfirmation:
    return AdoptionConfirmation(
        adoption_id=plot.inside.id,
        participant_id=plot.id("state member"),
        says=CapitalSays.NOT_CONFIRMED,
        said_at=clock.now(),
        noted_word=plot.word(),
    )
