"""The handover file of a term."""

from secretariat.chairmanship.models import Handover
from secretariat.processes.models import ChairTerm
from tests.security.canaries.world import Plot, plants


@plants(Handover, inside=ChairTerm, spots=())
def handover(plot: Plot) -> Handover:
    return Handover(
        process_id=plot.inside.process_id,
        track_id=plot.track,
        term_id=plot.inside.id,
        participant_id=plot.id("state member"),
        theme=plot.text(),
        promises=plot.text(),
        advice=plot.text(),
        left_out=[],
        listed=[],
        receivers=[],
    )
