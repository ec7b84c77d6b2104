"""A text opened to the network beside a round, and what the network says of it."""

from dataclasses import replace
from datetime import date, time
from uuid import uuid4

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.texts.editions import Content
from secretariat.texts.models import CommentFor, CommentRound, TextEdition
from secretariat.texts.network_models import NetworkComment, OpenedRound
from secretariat.texts.paragraphs import ParagraphKind, Piece
from tests.security.canaries.world import Plot, plants


def _round(plot: Plot) -> CommentRound:
    """A round of its own for each, on an edition that is there: a round is opened to a network once."""
    first = plot.session.get_one(CommentRound, plot.world.planted["CommentRound"][0])
    edition = plot.session.get_one(TextEdition, first.edition_id)
    beside = CommentRound(
        edition_id=edition.id,
        process_id=first.process_id,
        track_id=first.track_id,
        opened_at=first.opened_at,
        ends_on=first.ends_on,
        ends_hour=first.ends_hour,
        zone=first.zone,
    )
    attach(plot.session, beside, container=edition)
    plot.session.flush()
    plot.world.oracle.things[beside.id] = replace(plot.world.oracle.things[first.id], name=beside.id)
    return beside


@plants(OpenedRound)
def opened(plot: Plot) -> OpenedRound:
    """To the side on which most of the walk acts: who answers is who keeps the side it is opened to."""
    pieces = (Piece(uuid4(), ParagraphKind.OPERATIVE, 1, plot.text()),)
    return OpenedRound(
        process_id=plot.process,
        track_id=plot.id("government"),
        network_id=plot.id("government"),
        round_id=_round(plot).id,
        title=plot.text(),
        content=Content(LocalText.of("Protocol"), "en", ("en",), (), pieces).to_json(),
        opened_at=clock.now(),
        ends_on=date(2099, 6, 1),
        ends_hour=time(17),
        zone="America/Panama",
    )


@plants(NetworkComment, inside=OpenedRound, spots=())
def comment(plot: Plot) -> NetworkComment:
    return NetworkComment(
        opened_id=plot.inside.id,
        paragraph_id=None,
        language="en",
        words=plot.word(),
        wording=plot.word(),
        read_by=CommentFor.READERS,
        sent_at=clock.now(),
    )
