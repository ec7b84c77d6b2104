"""Asking the members for agenda items: one mail a person, once a meeting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.mail import outbox
from secretariat.meetings import calling, policy
from secretariat.meetings.milestone_models import MilestoneKind
from secretariat.meetings.models import Meeting
from secretariat.meetings.service.milestones import note_milestone
from secretariat.meetings.service.record import record

NOTICE = "item_call"


def call_for_items(
    session: ViewerSession, meeting: Meeting, members: Collection[UUID] | None = None, *, by: date | None = None
) -> int:
    """Ask the focal points of these members - without any, of those a call proposes - for agenda items, and note that
    milestone; how many are asked. Who was asked before - by another officer, or before the call was taken back - is
    not asked again.

    Raises NotAllowed; Refused where nobody can be asked, or the day is past or lies after the meeting has begun.
    """
    today = clock.today(meeting.zone or "UTC")
    if not policy.may_call_for_items(session.viewer, meeting, today):
        raise NotAllowed
    if by is not None and by < today:
        raise Refused(_("That day is past; give one to come"), "by")
    if by is not None and meeting.starts_on is not None and by > meeting.starts_on.first_day:
        raise Refused(_("By that day the meeting has begun; give an earlier one"), "by")
    that_meet = calling.members_that_meet(session, meeting, today)
    chosen = calling.proposed(session, meeting, that_meet) if members is None else list(members)
    if not set(chosen) <= set(that_meet):
        raise Refused(
            _("One of those chosen is not among the members that meet; look through the list again"), "chosen"
        )
    asked = calling.asked_for_items(session, meeting, today, chosen)
    if not asked:
        if meeting.noted.get(MilestoneKind.CALL_FOR_ITEMS.value):
            raise Refused(_("All of them have been written to already; nobody has been named since"))
        raise Refused(_("Nobody is on record to write to; enter the focal points first"))
    for one in asked:
        outbox.put(
            session,
            NOTICE,
            key=calling.key_of(meeting, one),
            process=meeting.process,
            track=meeting.track,
            person=one.person,
            hat=one.hat,
            subject={"meeting": meeting.id, "alternate": one.is_alternate, "by": by.isoformat() if by else None},
        )
    record(session, "items called for", meeting, by=by.isoformat() if by else None)
    note_milestone(session, meeting, MilestoneKind.CALL_FOR_ITEMS, is_reached=True)
    return len(asked)
