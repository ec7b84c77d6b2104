"""What several pages of plans show alike: names, choices, whom one acts for, rows of the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.languages import current_reading, dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.directory.models import Appointment
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.pages import unit
from secretariat.pages.place import enter
from secretariat.plans import partners, policy, queries
from secretariat.plans.forms import lines_of
from secretariat.plans.models import Commitment, CommitmentPartner, CommitmentState, Plan, ProgressUpdate
from secretariat.plans.service import Partner
from secretariat.plans.status import CLOSED, shown_as
from secretariat.processes.models import Process
from secretariat.processes.names import Name, in_order, names_of


def language() -> str:
    """The language one writes in: that of the page."""
    return current_reading().language.code


def enter_plan(plan: Plan) -> None:
    """Frame the page by the plan's process and track."""
    enter(plan.process, track=plan.track)


def enter_process(process: Process) -> None:
    """Frame the page by a process."""
    enter(process)


def partner_names(plan: Plan, rows: Sequence[CommitmentPartner]) -> list[Any]:
    """Partners of a commitment the reader knows of, as the process calls them or as they were written."""
    return [
        one.name if isinstance(one.name, LocalText) else str(one.name) for one in partners.shown(unit.db(), plan, rows)
    ]


def partner_choices(plan: Plan, but: UUID | None = None) -> list[tuple[str, Any]]:
    """Whom one can name as a partner: who takes part, in alphabetical order, then networks of civil society."""
    found = names(plan, partners.to_choose(unit.db(), plan, clock.today()) - {but})
    networks = partners.networks(unit.db(), plan)
    return [
        *((f"participant:{key}", str(found[key])) for key in in_order(found)),
        *((f"network:{key}", local_text(name)) for key, name in networks.items()),
    ]


def chosen_partners(form: Any) -> list[Partner]:
    """The partners a form names: those chosen, then those written."""
    made = []
    for one in form.partners_named.data or []:
        kind, _colon, key = one.partition(":")
        made.append(Partner(participant_id=UUID(key)) if kind == "participant" else Partner(track_id=UUID(key)))
    return [*made, *(Partner(name=name) for name in lines_of(form.partners.data))]


def as_chosen(rows: Sequence[CommitmentPartner]) -> dict[str, Any]:
    """Partners as such a form holds them."""
    return {
        "partners_named": [
            f"participant:{one.participant_id}" if one.participant_id else f"network:{one.track_id}"
            for one in rows
            if one.participant_id or one.track_id
        ],
        "partners": "\n".join(one.name_text for one in rows if one.name_text),
    }


def meeting_choices(plan: Plan) -> list[tuple[str, str]]:
    """Meetings at which a commitment can have been offered."""
    return [(str(one.id), local_text(one.title)) for one in queries.meetings_held(unit.db(), plan)]


def member_choices(plan: Plan, but: UUID) -> list[tuple[str, str]]:
    """Members to whom something can be opened, without the one who opens it."""
    return [one for one in participant_choices(plan) if one[0] != str(but)]


def names(plan: Plan, participants: Iterable[UUID | None]) -> dict[UUID, Name]:
    """Names of participants as the plan's process calls them."""
    return names_of(unit.db(), participants, process=plan.process_id)


def participant_choices(plan: Plan) -> list[tuple[str, str]]:
    """Participants to whom one can propose, in alphabetical order of the reader's language."""
    found = names(plan, queries.participants_today(unit.db(), plan, clock.today()))
    return [(str(key), str(found[key])) for key in in_order(found)]


def part_choices(plan: Plan) -> list[tuple[str, str]]:
    """Areas, objectives and activities with their numbers."""
    parts = queries.standing(queries.outline(unit.db(), plan.id))
    return [(str(part.id), f"{part.number} {local_text(part.title)}") for part in parts]


def languages_of(process: Process) -> list[str]:
    """Languages a text of this process is asked for, the page's own first."""
    here = language()
    return [here, *(code for code in process.languages if code != here)]


def acting_sentence(plan: Plan) -> str:
    """Whom one acts for, said again where one acts: the appointment with the letter that made it."""
    viewer = unit.viewer()
    held = [
        one
        for one in unit.db().scalars(
            select(Appointment)
            .where(
                Appointment.person_id == viewer.person,
                Appointment.hat == str(viewer.hat),
                Appointment.process_id == plan.process_id,
                Appointment.track_id == plan.track_id,
                Appointment.role.in_(SPEAKING_ROLES),
            )
            .order_by(Appointment.role, Appointment.since)
        )
        if one.held_on(viewer.on)
    ]
    if not held or viewer.participant is None:
        return ""
    name = names(plan, [viewer.participant])[viewer.participant]
    letter_on = held[0].letter_on
    if letter_on is not None:
        return _(
            "You act as focal point of %(participant)s, named by letter of %(day)s.",
            participant=name,
            day=dates.day_in_full(letter_on, weekday=False),
        )
    return _("You act as focal point of %(participant)s.", participant=name)


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment as the table shows it."""

    commitment: Commitment
    participant: Name
    status: str
    said: ProgressUpdate | None
    note: ProgressUpdate | None
    is_proposal: bool
    tells_distance: bool
    is_closed: bool

    @property
    def is_past(self) -> bool:
        """Whether its day has come while something is still awaited."""
        due = self.commitment.due_on
        return due is not None and due < clock.today() and not self.is_closed and not self.is_proposal

    @property
    def distance(self) -> str:
        """`in 3 days`, inside eight days to come."""
        due = self.commitment.due_on
        return (dates.distance_text(due, today=clock.today()) or "") if due else ""


def rows_of(plan: Plan, commitments: Sequence[Commitment]) -> dict[UUID, Row]:
    """What the table shows of these commitments, in a constant number of statements."""
    db, viewer = unit.db(), unit.viewer()
    keys = [one.id for one in commitments]
    said, notes = queries.statements_in_force(db, keys), queries.notes_awaiting(db, keys)
    called = names(plan, [one.participant_id for one in commitments])
    return {one.id: _row(one, plan, viewer, called, said, notes) for one in commitments}


def _row(one: Commitment, plan: Plan, viewer: Any, called: Any, said: Any, notes: Any) -> Row:
    last: ProgressUpdate | None = said.get(one.id)
    is_proposal = one.state not in queries.IN_PLAN
    return Row(
        commitment=one,
        participant=called[one.participant_id],
        status="proposed" if is_proposal else shown_as(last.status if last else None),
        said=last,
        note=notes.get(one.id),
        is_proposal=is_proposal,
        tells_distance=policy.sees_distances(viewer, one, plan),
        is_closed=one.state is CommitmentState.WITHDRAWN or (last is not None and last.status in CLOSED),
    )


def given(field: Any) -> Any:
    """What stands in a field that must be filled, once the form is ready."""
    return field.data
