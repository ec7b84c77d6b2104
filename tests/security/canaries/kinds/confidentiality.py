"""What is decided about labels, each about a meeting at the same spot: shown on the page of that meeting's label."""

from datetime import date

from secretariat.confidentiality.models import Declassification, LabelReview, ProposedLowering
from secretariat.core.database import Labelled
from secretariat.meetings.models import Meeting
from tests.security.canaries.kinds import meetings
from tests.security.canaries.world import Plot, plants

PLANTED_BEFORE = meetings
"""Its things are what these rows are about."""


def _about(plot: Plot) -> dict[str, object]:
    """The meeting at this spot, and the label the row speaks of: its own."""
    meeting: Labelled = plot.session.get_one(Meeting, plot.world.at["Meeting", plot.spot.name])
    return {
        "thing_kind": "meetings",
        "thing_id": plot.world.at["Meeting", plot.spot.name],
        "process_id": plot.process,
        "track_id": plot.track,
        "why": plot.word(),
        "by_hat": "system",
        "from_label_id": meeting.label_id,
        "lowered_to_id": meeting.label_id,
    }


@plants(Declassification)
def declassification(plot: Plot) -> Declassification:
    return Declassification(**_about(plot), on=date(2030, 1, 1), decision=plot.word())


@plants(LabelReview)
def review(plot: Plot) -> LabelReview:
    fields = {name: value for name, value in _about(plot).items() if not name.endswith(("label_id", "lowered_to_id"))}
    return LabelReview(**fields, on=date(2030, 1, 1))


@plants(ProposedLowering)
def proposal(plot: Plot) -> ProposedLowering:
    return ProposedLowering(**_about(plot), participant_id=plot.id("state member"), answer=plot.word())
