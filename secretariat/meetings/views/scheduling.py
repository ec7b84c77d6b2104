"""The form of a meeting: a new one, and changing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.confidentiality import choices
from secretariat.confidentiality.choices import Offered as Label
from secretariat.confidentiality.forms import LabelledForm, label_data, looked
from secretariat.confidentiality.preview import meant
from secretariat.confidentiality.service.changing import own_clauses
from secretariat.core import clock, kinds
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import ngettext
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.mail.views.letters_first import letters_first, with_letters
from secretariat.meetings import forms, policy, queries, service
from secretariat.meetings.day_forms import WarnsOfDays
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.meetings.service import NoticeReaders
from secretariat.meetings.titles import number_on, proposed_title
from secretariat.meetings.views import labels, warnings
from secretariat.meetings.views.base import blueprint, languages_of, participants_offered, the_meeting, the_process
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import Body, BodyMembershipRule, Process, Track

LIKE_THE_LAST = 4
"""How many earlier meetings are offered that a new one can be like."""


class _ScheduleForm(LabelledForm, WarnsOfDays):
    """What the form of a new meeting is, for the type checker."""


@blueprint.route("/processes/<slug>/meetings/new", methods=["GET", "POST"])
@permission("schedule a meeting")
def schedule(slug: str) -> ResponseReturnValue:
    """One form for a new meeting."""
    process = the_process(slug)
    track = found(queries.track_kept(db(), process.id, viewer()))
    authorise(policy.may_schedule(viewer(), track.id))
    bodies = queries.open_bodies(db(), process.id, track.id, clock.today())
    label = labels.offered_for_meeting(process, track, bodies)
    before = queries.last_of_each_body(db(), track.id, [one.id for one in bodies], LIKE_THE_LAST)
    first = _first_choice(process, bodies, label, before)
    form = cast("_ScheduleForm", _meeting_form(process, track, bodies, label)(**first))
    shows = labels.would_read(form, process, bodies)
    context = {"process": process, "meant": meant(db(), label, process), "shows": shows, "before": before}
    context["bodies"] = bodies
    if not form.looks and form.ready():
        body = next((one for one in bodies if str(one.id) == form["body"].data), None)
        title = form["title"].data or _proposed_title(process, body, form["starts_on"].data)
        if title is None:
            form.refuse(_("Give the meeting a title, or choose the body and it will have one"), "title")
        elif labels.of_another_body(form):
            form.refuse(_("These are the members of a body that does not meet here; choose again"), "readers")
        else:
            try:
                particulars = forms.particulars_of(form, title)
                service.check_particulars(particulars)
                if warnings.to_say(form, warned := warnings.of_form(form, process, track, body)):
                    return warnings.shown(form, "meetings/schedule.html", warnings=warned, **context)
                is_over = particulars.ends_on < clock.today(particulars.zone)
                if is_over and request.form.get("act") == "announce":
                    form.refuse(
                        _("These days are over; enter the meeting as held, keep it as a draft, or give others"),
                        "ends_on",
                    )
                    return shown(form, "meetings/schedule.html", is_over=True, **context)
                return _scheduled(service.schedule_meeting(db(), process, track, particulars, body=body))
            except Refused as problem:
                form.tell(problem)
    return looked(form, "meetings/schedule.html", **context)


def _proposed_title(process: Process, body: Body | None, first_day: date) -> LocalText | None:
    if body is None:
        return None
    number = number_on(first_day, queries.titles_of_body(db(), body.id))
    return proposed_title(body.name, body.kind, number, languages_of(process))


def _scheduled(meeting: Meeting) -> ResponseReturnValue:
    if request.form.get("act") == "hold":
        service.enter_as_held(db(), meeting)
        return done(
            _("Entered as held. Its readers see it from now on; nobody is written to."),
            url_for("meetings.show", meeting_id=meeting.id),
        )
    if request.form.get("act") != "announce":
        return done(
            _("Kept as a draft; the Secretariat alone sees it until you announce it."),
            url_for("meetings.show", meeting_id=meeting.id),
        )
    service.announce_meeting(db(), meeting)
    return done(
        _("Announced. Its readers see it from now on; nobody has been written to yet."),
        url_for("meetings.invite", meeting_id=meeting.id),
    )


@blueprint.route("/meetings/<uuid:meeting_id>/edit", methods=["GET", "POST"])
@permission("edit a meeting")
def edit(meeting_id: UUID) -> ResponseReturnValue:
    """Change days, hours, place and the like."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_change(viewer(), meeting))
    values = forms.values_of(meeting, service.notice_readers_of(db(), meeting))
    bodies = [meeting.body] if meeting.body else []
    form = _meeting_form(meeting.process, meeting.track, bodies)(obj=values)
    warned = warnings.of_meeting(form, meeting)
    returns = meeting.state is MeetingState.POSTPONED and meeting.announced_at is not None
    asks, before = False, None
    if form.ready(values):
        title = form["title"].data
        if title is None:
            form.refuse(_("Give the meeting a title"), "title")
        else:
            try:
                particulars = forms.particulars_of(form, title)
                service.check_particulars(particulars)
                before = letters_first(meeting.process_id, partial(_changed, meeting, particulars, again=returns))
                asks = before is None and warnings.moves(form, values) and warnings.to_say(form, warned)
                if before is None and not asks:
                    words = _changed(meeting, particulars, again=request.form.get("act") == "announce")
                    return done(words, url_for("meetings.show", meeting_id=meeting_id))
            except Refused as problem:
                form.tell(problem)
    told = _told_of_change(meeting) if meeting.is_live or returns else 0
    context = {"meeting": meeting, "told": told, "warnings": warned, "asks": asks, "returns": returns}
    if asks:
        return warnings.shown(form, "meetings/edit.html", before=None, **context)
    return with_letters(form, before, "meetings/edit.html", **context)


def _told_of_change(meeting: Meeting) -> int:
    """How many are written to where days, hours, place or title change: who is invited, and guests at single items."""
    guests = sum(letters for _guest, letters in service.guests_told(db(), meeting))
    return len(service.people_told(db(), meeting)) + guests


def _changed(meeting: Meeting, particulars: service.Particulars, *, again: bool) -> str:
    """Keep what was typed, and announce a postponed meeting `again`; what was done, in words."""
    told = service.change_meeting(db(), meeting, particulars)
    if not again:
        return _saved(told)
    told = service.announce_meeting(db(), meeting)
    return ngettext("Announced again. One person is told.", "Announced again. %(num)s persons are told.", told)


def _saved(told: int) -> str:
    if not told:
        return _("Saved. Nobody is written to: nothing in a calendar has changed.")
    return ngettext(
        "Saved. One person is told, and the calendar entry moves.",
        "Saved. %(num)s persons are told, and the calendar entries move.",
        told,
    )


# --- what the form offers -----------------------------------------------------------------------------------------


_NOTICE = {
    NoticeReaders.SAME: _l("Its readers alone"),
    NoticeReaders.PARTICIPANTS: _l("All participants: title, days and place"),
    NoticeReaders.PUBLIC: _l("Everyone: title, days and place"),
}


def _meeting_form(
    process: Process, track: Track, bodies: Sequence[Body], label: Label | None = None
) -> type[WarnsOfDays]:
    return forms.meeting_form(
        forms.Offered(
            languages=languages_of(process),
            bodies=[(one.id, local_text(one.name)) for one in bodies],
            participants=participants_offered(process, track),
            notice=[(one.value, _NOTICE[one]) for one in service.notice_readers_offered(process)],
            zone=process.zone,
            label=label,
        )
    )


def _first_choice(process: Process, bodies: Sequence[Body], label: Label, before: Sequence[Meeting]) -> dict[str, Any]:
    """What stands in a form opened anew: the body of the address, the process's languages; or what stood in that of an
    earlier meeting, if it is to be like that one."""
    if request.method == "POST":
        return {}
    if (like := request.args.get("like")) is not None:
        return _like(found(next((one for one in before if str(one.id) == like), None)), label)
    body = next((one for one in bodies if str(one.id) == request.args.get("body")), None)
    narrow = body is not None and body.membership is BodyMembershipRule.OWN
    return {
        **label_data(label, None),
        "body": body.id if body else None,
        "readers": f"body:{body.id}" if body and narrow else choices.MEMBERS,
        "languages": [code for code in process.languages if code in forms.MEETING_LANGUAGES],
    }


def _like(meeting: Meeting, label: Label) -> dict[str, Any]:
    """What a meeting has in common with the next of its kind: all but title, days and where one joins it online."""
    values = vars(forms.values_of(meeting, service.notice_readers_of(db(), meeting))).copy()
    for own in ("version", "title", "starts_on", "ends_on", "join_address"):
        values.pop(own)
    return {**label_data(label, own_clauses(db(), found(kinds.kind_of(meeting)), meeting)), **values}
