"""What plans leave to an agenda, and what became of an outcome in them."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from secretariat.core import clock
from secretariat.core.languages import reading_in
from secretariat.core.lineage import became
from secretariat.core.localtext import LocalText
from secretariat.core.matters import Asked, Matter, arising
from secretariat.meetings.models import Adoption
from secretariat.meetings.service import Confirmation, OutcomeWords, confirm_outcome, record_attendance, record_outcome
from secretariat.plans.status import Status
from tests.factories.meetings import again, scheduled
from tests.factories.plans import acting, seeing
from tests.support.plans import Planned


def left(planned: Planned, by: date) -> list[Matter]:
    """What arises for an agenda of the plenary, in the officer's eyes."""
    world = planned.people
    asked = Asked(world.id["process"], world.id["government"], world.id["plenary"], uuid4(), by, ("en", "es"))
    with seeing(planned.engine, world.officer) as session, reading_in("en"):
        return arising(session, asked)


def test_commitments_due_by_the_meeting_arise_as_one_matter_that_names_none(planned: Planned) -> None:
    today = clock.today()
    late, done = planned.own("gt", "Publish figures", due_on=today), planned.own("mx", "Train officers", due_on=today)
    planned.own("mx", "Open a shelter", due_on=today + timedelta(days=90))
    planned.report(done, "mx", Status.COMPLETED, "All are trained")
    assert left(planned, today - timedelta(days=1)) == []
    (matter,) = left(planned, today + timedelta(days=30))
    assert (matter.key, matter.due_on, matter.outcome) == ("commitments", None, None)
    assert matter.title.texts == {
        "en": "Commitments of the plan of action that are due",
        "es": "Compromisos del plan de acción cuyo plazo ha llegado",
    }
    assert matter.since == "one is due by the meeting"
    assert late


def test_a_proposal_stands_below_its_outcome_for_those_who_read_it(planned: Planned) -> None:
    world, outcome = planned.people, decided(planned)
    proposal = planned.propose("gt", "Publish monthly figures", outcome_id=outcome)
    for reader, shown in ((world.officer, True), (world.focal["gt"], True), (world.focal["mx"], False)):
        with seeing(planned.engine, reader) as session:
            addresses = [one.address for one in became(session, outcome)]
            assert addresses == ([f"/commitments/{proposal}"] if shown else [])


def decided(planned: Planned) -> UUID:
    """A confirmed decision of a meeting of members."""
    with acting(planned.engine, planned.people.officer) as session:
        day = clock.today("America/Panama")  # where it meets: at night UTC is a day ahead, and it would not have begun
        meeting = scheduled(session, body="Vice-Ministerial Meeting", starts_on=day, ends_on=day)
        record_attendance(session, meeting, {})
        made = record_outcome(
            session, again(session, meeting.id), OutcomeWords(kind="decision", text=LocalText.of("Publish"))
        )
        word = Confirmation(adoption=Adoption.CONSENSUS, word="In the room")
        confirm_outcome(session, again(session, meeting.id), made, word)
        return made.id
