"""Keeping the agenda; every act works without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import cast
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.confidentiality.choices import Offered as Label
from secretariat.confidentiality.forms import LabelledForm, label_data, looked
from secretariat.confidentiality.preview import preview_new
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_text
from secretariat.core.refusals import Refused
from secretariat.core.session import ViewerSession
from secretariat.jobs.views import hand_out
from secretariat.meetings import agenda_forms, policy, queries, service, works
from secretariat.meetings import words as in_words
from secretariat.meetings.models import AgendaItem, Meeting
from secretariat.meetings.views import labels
from secretariat.meetings.views.base import (
    blueprint,
    languages_of,
    new_nonce,
    papers_of,
    participants_offered,
    the_meeting,
)
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer

REMOVE, REMOVE_ALL = "remove", "remove-all"
"""Values of the buttons that take an item off: that of the row, a finger's breadth from the arrows, and that of the
item's own page, where one sees what goes with it."""


@blueprint.route("/meetings/<uuid:meeting_id>/agenda/paper.<form>", methods=["GET", "POST"])
@signed_in
def paper(meeting_id: UUID, form: str) -> ResponseReturnValue:
    """The agenda as PDF or DOCX."""
    meeting = the_meeting(meeting_id)
    return hand_out(works.AGENDA, meeting, meeting.process, meeting.track, form)


@blueprint.route("/meetings/<uuid:meeting_id>/agenda/annotated.<form>", methods=["GET", "POST"])
@signed_in
def annotated(meeting_id: UUID, form: str) -> ResponseReturnValue:
    """The annotated agenda as PDF or DOCX."""
    meeting = the_meeting(meeting_id)
    return hand_out(works.ANNOTATED_AGENDA, meeting, meeting.process, meeting.track, form)


@blueprint.post("/meetings/<uuid:meeting_id>/agenda/issue")
@permission("issue an agenda")
def issue_agenda(meeting_id: UUID) -> ResponseReturnValue:
    """The provisional agenda is out."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_keep_agenda(viewer(), meeting))
    return _stands(meeting, service.issue_agenda, _("The provisional agenda is issued. It can still be changed."))


@blueprint.post("/meetings/<uuid:meeting_id>/agenda/adopt")
@permission("note the adoption of an agenda")
def adopt_agenda(meeting_id: UUID) -> ResponseReturnValue:
    """The meeting has adopted its agenda."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_keep_agenda(viewer(), meeting))
    return _stands(meeting, service.adopt_agenda, _("Noted: the meeting has adopted its agenda."))


def _stands(meeting: Meeting, act: Callable[[ViewerSession, Meeting], None], words: str) -> ResponseReturnValue:
    location = url_for("meetings.show", meeting_id=meeting.id, _anchor="agenda")
    try:
        act(db(), meeting)
    except Refused as problem:
        return done(problem.sentence, location, "attend")
    return done(words, location)


@blueprint.route("/meetings/<uuid:meeting_id>/agenda/new", methods=["GET", "POST"])
@permission("add an agenda item")
def add_item(meeting_id: UUID) -> ResponseReturnValue:
    """A new item, the last of its day."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_keep_agenda(viewer(), meeting))
    label = labels.offered_for_item(meeting)
    form = cast("LabelledForm", _form(meeting, label)(data=label_data(label, ())))
    shows = None
    if form.looks and form.has_label():
        shows = preview_new(db(), meeting.process_id, _stands_in(form, meeting), form.given)
    named_in_it: list[str] = []
    if not form.looks and form.ready() and not (named_in_it := form.to_ask(_named_in(form, meeting))):
        try:
            service.add_item(db(), meeting, agenda_forms.item_words(form), form.given)
        except Refused as problem:
            form.tell(problem)
        else:
            onward = "meetings.add_item" if request.form.get("act") == "another" else "meetings.show"
            return done(_("Added to the agenda."), url_for(onward, meeting_id=meeting_id, _anchor=_anchor(onward)))
    return looked(
        form, "meetings/item.html", meeting=meeting, item=None, shows=shows, named_in_it=named_in_it, papers=()
    )


@blueprint.route("/meetings/<uuid:meeting_id>/agenda/<uuid:item_id>", methods=["GET", "POST"])
@permission("change an agenda item")
def edit_item(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Change an item."""
    meeting = the_meeting(meeting_id)
    item = found(queries.agenda_item(db(), meeting.id, item_id))
    authorise(policy.may_keep_agenda(viewer(), meeting))
    values = agenda_forms.item_values(item)
    form = _form(meeting, item=item)(obj=values)
    named_in_it: list[str] = []
    if form.ready(values) and not (named_in_it := form.to_ask(_named_in(form, meeting))):
        try:
            service.change_item(db(), meeting, item, agenda_forms.item_words(form))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved."), url_for("meetings.show", meeting_id=meeting_id, _anchor="agenda"))
    return shown(
        form,
        "meetings/item.html",
        meeting=meeting,
        item=item,
        named_in_it=named_in_it,
        papers=papers_of(item),
        new_nonce=new_nonce,
    )


@blueprint.post("/meetings/<uuid:meeting_id>/agenda/<uuid:item_id>/move")
@permission("reorder an agenda")
def move_item(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Up, down, or off the agenda, by the button pressed; or beside the item on which it was dropped."""
    meeting = the_meeting(meeting_id)
    item = found(queries.agenda_item(db(), meeting.id, item_id))
    authorise(policy.may_keep_agenda(viewer(), meeting))
    # Back at the item, so that the next key pressed finds its buttons again.
    act = request.values.get("act")  # of a button, in the address it sends to
    anchor = "agenda" if act in (REMOVE, REMOVE_ALL) else f"item-{item_id}"
    location = url_for("meetings.show", meeting_id=meeting_id, _anchor=anchor)
    if act == REMOVE and service.has_more_than_a_title(db(), item):
        words = _(
            "Nothing is taken off yet. An annotation, papers or guests belong to this item, and guests would be "
            "written to; take it off here if it is to go."
        )
        return done(words, url_for("meetings.edit_item", meeting_id=meeting_id, item_id=item_id), "attend")
    try:
        words = _moved(meeting, item, act)
    except Refused as problem:
        return done(problem.sentence, location, "attend")
    return done(words, location)


def _moved(meeting: Meeting, item: AgendaItem, act: str | None) -> str:
    beside = request.form.get("beside")
    if act in (REMOVE, REMOVE_ALL):
        service.remove_item(db(), meeting, item)
        return _("Taken off the agenda.")
    if beside is not None:
        service.place_item(db(), meeting, item, found(_item_called(meeting, beside)), after=act == "after")
    else:
        service.move_item(db(), meeting, item, up=act == "up")
    return _("Moved.")


def _form(meeting: Meeting, label: Label | None = None, item: AgendaItem | None = None) -> type[Form]:
    days = in_words.first_and_last(meeting)
    count = service.day_count(meeting)
    today = clock.today()
    shown_days = [
        (
            number,
            day_text(days[0] + timedelta(days=number - 1), today=today) if days else _("Day %(number)s", number=number),
        )
        for number in range(1, count + 1)
    ]
    can_have_parts = [
        one
        for one in queries.agenda_of(db(), meeting.id)
        if one.within_id is None and not one.is_break and one is not item
    ]
    return agenda_forms.item_form(
        agenda_forms.Offered(
            languages=languages_of(meeting.process),
            days=shown_days,
            items=[(one.id, in_words.item_in_words(one)) for one in can_have_parts],
            participants=participants_offered(meeting.process, meeting.track),
            label=label,
        )
    )


def _stands_in(form: Form, meeting: Meeting) -> AgendaItem | Meeting:
    """What a new item would stand in: the item it is to be a part of, or the meeting."""
    return _item_called(meeting, form["within"].data) or meeting


def _item_called(meeting: Meeting, key: str | None) -> AgendaItem | None:
    return next((one for one in queries.agenda_of(db(), meeting.id) if str(one.id) == key), None)


def _named_in(form: Form, meeting: Meeting) -> list[str]:
    """Names in the words of an item: from the first day on they could tell who spoke; before, it is a programme."""
    if meeting.starts_on is None or meeting.starts_on.first_day > clock.today(meeting.zone or "UTC"):
        return []
    return service.names_to_query(db(), meeting, form["title"].data, form["annotation"].data, form["led_by_text"].data)


def _anchor(endpoint: str) -> str | None:
    return "agenda" if endpoint == "meetings.show" else None
