"""The call for items: whom it goes to, and the page behind its link."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import ngettext
from secretariat.core.refusals import Refused
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.letters_first import letters_first, with_letters
from secretariat.mail.views.links import by_link
from secretariat.meetings import calling, policy, proposal_forms, queries, service
from secretariat.meetings import words as in_words
from secretariat.meetings.back_planning import day_of
from secretariat.meetings.milestone_models import MilestoneKind
from secretariat.meetings.models import Meeting
from secretariat.meetings.views.base import blueprint, the_meeting
from secretariat.meetings.views.proposals import proposing
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import in_order, names_of


@blueprint.route("/meetings/<uuid:meeting_id>/call-for-items", methods=["GET", "POST"])
@permission("call for items")
def call_for_items(meeting_id: UUID) -> ResponseReturnValue:
    """Ask the members for agenda items; the page names who will be written to."""
    meeting = the_meeting(meeting_id)
    today = clock.today(meeting.zone or "UTC")
    authorise(policy.may_call_for_items(viewer(), meeting, today))
    members = calling.members_that_meet(db(), meeting, today)
    asked_of = calling.asked_for_items(db(), meeting, today, members)
    can_be_asked = {one.participant for one in asked_of}
    named = names_of(db(), can_be_asked, process=meeting.process_id)
    order = in_order(named)
    ticked = calling.proposed(db(), meeting, order)
    form = proposal_forms.call_form([(one, named[one]) for one in order], ticked)(
        data={"by": _proposed_day(meeting, today), "chosen": [str(one) for one in ticked]}
    )
    before = None
    if order and form.ready():
        chosen = [UUID(one) for one in form["chosen"].data]

        def call() -> int:
            return service.call_for_items(db(), meeting, chosen, by=form["by"].data)

        try:
            before = letters_first(meeting.process_id, call)
            asked = 0 if before else call()
        except Refused as problem:
            form.tell(problem)
        else:
            if before is None:
                said = ngettext("Asked. One letter leaves.", "Asked. %(num)s letters leave.", asked)
                return done(said, url_for("meetings.show", meeting_id=meeting_id))
    return with_letters(
        form,
        before,
        "meetings/call_for_items.html",
        meeting=meeting,
        letters=sum(one.participant in set(ticked) for one in asked_of),
        participants=[str(named[one]) for one in ticked],
        left_out=[str(named[one]) for one in order if one not in set(ticked)],
        noted_on=meeting.noted.get(MilestoneKind.CALL_FOR_ITEMS.value),
        words=in_words,
    )


def _proposed_day(meeting: Meeting, today: date) -> date | None:
    """The day on which the provisional agenda is due, where that is still to come."""
    day = day_of(db(), meeting, MilestoneKind.PROVISIONAL_AGENDA)
    return day if day is not None and day > today else None


@blueprint.route("/l/<token>/items", methods=["GET", "POST"])
@by_link("items")
def propose_item_when_called(link: OpenedLink) -> ResponseReturnValue:
    """The form of an item behind the link of a call for items; its reader need not be invited yet."""
    meeting = found(next((one for one in (queries.meeting_by_id(db(), key) for key in link.subjects) if one), None))
    place.enter(meeting.process, track=meeting.track)
    return proposing(meeting, url_for("meetings.propose_item_when_called", token=link.token), by_mail=True)
