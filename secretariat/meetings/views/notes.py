"""Notes of a meeting by item, circulating them, and the attribution rule they are written under."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.languages.words import list_text
from secretariat.core.refusals import Refused
from secretariat.meetings import forms, note_forms, policy, queries, service
from secretariat.meetings import words as in_words
from secretariat.meetings.models import AgendaItem, AttributionRule, Meeting, MeetingNote
from secretariat.meetings.views.base import blueprint, languages_of, papers_of, the_meeting
from secretariat.meetings.views.labels import readers_in_words
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, as_shown, done, shown
from secretariat.pages.unit import db, viewer


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the agenda - or none, for what was said beside all of them - with its note."""

    item: AgendaItem | None
    note: MeetingNote | None
    address: str


@blueprint.get("/meetings/<uuid:meeting_id>/notes")
@signed_in
def notes(meeting_id: UUID) -> ResponseReturnValue:
    """What was said, item by item, as far as it is circulated; the secretariat sees what it still writes."""
    meeting = the_meeting(meeting_id)
    found(meeting if policy.keeps_notes(meeting) else None)
    writes = policy.may_write_notes(viewer(), meeting)
    rows = _rows(meeting)
    return render_template(
        "meetings/notes.html",
        meeting=meeting,
        rows=rows if writes else [row for row in rows if row.note is not None and row.note.text],
        writes=writes,
        waiting=sum(1 for row in rows if row.note is not None and row.note.text and not row.note.is_circulated),
        words=in_words,
    )


def _rows(meeting: Meeting) -> list[Row]:
    noted = {one.item_id: one for one in queries.notes_of(db(), meeting.id)}
    items = [one for one in queries.agenda_of(db(), meeting.id) if not one.is_break]
    rows = [
        Row(one, noted.get(one.id), url_for("meetings.write_note", meeting_id=meeting.id, item_id=one.id))
        for one in items
    ]
    return [*rows, Row(None, noted.get(None), url_for("meetings.write_general_note", meeting_id=meeting.id))]


@blueprint.route("/meetings/<uuid:meeting_id>/notes/<uuid:item_id>", methods=["GET", "POST"])
@permission("write notes of a meeting")
def write_note(meeting_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """The note on one item."""
    meeting = the_meeting(meeting_id)
    item = found(queries.agenda_item(db(), meeting.id, item_id))
    return _writing(meeting, None if item.is_break else item, general=False)


@blueprint.route("/meetings/<uuid:meeting_id>/notes/general", methods=["GET", "POST"])
@permission("write notes of a meeting")
def write_general_note(meeting_id: UUID) -> ResponseReturnValue:
    """What was said beside all items."""
    return _writing(the_meeting(meeting_id), None, general=True)


def _writing(meeting: Meeting, item: AgendaItem | None, *, general: bool) -> ResponseReturnValue:
    authorise(policy.may_write_notes(viewer(), meeting) and (general or item is not None))
    note = queries.note_on(db(), meeting.id, item.id if item else None)
    values = note_forms.note_values(note)
    form = note_forms.note_form(languages_of(meeting.process))(obj=values)
    asked: list[str] = []
    if form.ready(values):
        text = form["text"].data
        asked = form.to_ask(service.names_to_query(db(), meeting, text))
        if not asked:
            try:
                service.write_note(db(), meeting, item.id if item else None, text)
            except Refused as problem:
                form.tell(problem)
            else:
                return done(
                    _("Saved. The Secretariat alone reads it until the notes are circulated."),
                    url_for("meetings.notes", meeting_id=meeting.id),
                )
    return shown(
        form, "meetings/note.html", meeting=meeting, item=item, note=note, named_in_it=asked,
        papers=papers_of(item) if item else (),
    )  # fmt: skip


@blueprint.route("/meetings/<uuid:meeting_id>/notes/circulate", methods=["GET", "POST"])
@permission("circulate the notes of a meeting")
def circulate_notes(meeting_id: UUID) -> ResponseReturnValue:
    """Let the readers of the meeting read them; the page names who that is."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_write_notes(viewer(), meeting))
    waiting = [row for row in _rows(meeting) if row.note and row.note.text and not row.note.is_circulated]
    seen = as_shown(*(part for row in waiting if row.note for part in (row.note.id, row.note.version)))
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        try:
            count = service.circulate_notes(db(), meeting)
        except Refused as problem:
            form.tell(problem)
        else:
            said = ngettext(
                "Circulated. The readers of the meeting read the note from now on.",
                "Circulated. The readers of the meeting read %(num)s notes from now on.",
                count,
            )
            return done(said, url_for("meetings.notes", meeting_id=meeting.id))
    return shown(
        form,
        "meetings/circulate_notes.html",
        meeting=meeting,
        rows=waiting,
        readers=list_text(readers_in_words(meeting)),
        words=in_words,
    )


@blueprint.route("/meetings/<uuid:meeting_id>/rule", methods=["GET", "POST"])
@permission("change the attribution rule")
def change_rule(meeting_id: UUID) -> ResponseReturnValue:
    """Another attribution rule: any before the first day, a stricter one after, with what follows from it."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_change_rule(viewer(), meeting))
    offered = service.rules_offered(meeting)
    form = forms.rule_form(offered)(attribution=meeting.attribution.value)
    if form.ready():
        rule = AttributionRule(form["attribution"].data)
        try:
            service.change_rule(db(), meeting, rule)
        except Refused as problem:
            form.tell(problem)
        else:
            said = _("The meeting stands under this rule from now on: %(rule)s.", rule=in_words.ATTRIBUTION[rule])
            return done(said, url_for("meetings.show", meeting_id=meeting.id))
    return shown(
        form,
        "meetings/rule.html",
        meeting=meeting,
        only_stricter=len(offered) < len(AttributionRule),
        loses=AttributionRule.OFF_THE_RECORD in offered and meeting.attribution is not AttributionRule.OFF_THE_RECORD,
    )
