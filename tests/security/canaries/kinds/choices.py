"""Choices of who goes for a network: who is named, and that an organization has voted."""

from datetime import date

from secretariat.civil_society.choice_models import Ballot, Candidate, Choice
from secretariat.core import clock
from secretariat.core.database import new_key
from tests.security.canaries.world import Plot, plants


@plants(Choice)
def choice(plot: Plot) -> Choice:
    """Settled, so that how a tie was settled is there to be read."""
    return Choice(
        process_id=plot.process,
        track_id=plot.id("network"),
        guest_id=new_key(),
        title=plot.text(),
        on=date(2027, 5, 1),
        places=1,
        secret=False,
        opened_at=clock.now(),
        named_until=date(2027, 3, 1),
        ends_on=date(2027, 3, 8),
        papers=[],
        settled_at=clock.now(),
        word=plot.word(),
        chosen_for=date(2027, 4, 1),
        departed_at=clock.now(),
        departed_word=plot.word(),
        called_off_at=clock.now(),
        called_off_word=plot.word(),
    )


@plants(Candidate, inside=Choice)
def candidate(plot: Plot) -> Candidate:
    return Candidate(
        choice_id=plot.inside.id,
        participant_id=plot.id("state observing organization"),
        name=plot.word(),
        function=plot.word(),
        named_at=clock.now(),
        chosen=True,
    )


@plants(Ballot, inside=Choice, spots=(), why_unseen="an organization and a day; they carry no words")
def ballot(plot: Plot) -> Ballot:
    return Ballot(
        choice_id=plot.inside.id,
        participant_id=plot.id("state observing organization"),
        candidates=[],
        cast_on=date(2027, 3, 2),
    )
