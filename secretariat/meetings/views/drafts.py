"""A pasted draft becomes outcomes, one a paragraph; nothing is kept before the officer has said what each is."""

from __future__ import annotations

from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import LANGUAGES, ngettext
from secretariat.core.languages import gettext as _
from secretariat.meetings import draft_forms, policy, service, splitting
from secretariat.meetings.draft_forms import SplitForm
from secretariat.meetings.models import Meeting
from secretariat.meetings.views.base import blueprint, languages_of, the_meeting
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer


@blueprint.route("/meetings/<uuid:meeting_id>/outcomes/paste", methods=["GET", "POST"])
@permission("paste a draft of outcomes")
def paste_outcomes(meeting_id: UUID) -> ResponseReturnValue:
    """The draft, whole; sent, it comes back as its paragraphs; sent again, what is ticked is kept."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_draft_outcome(viewer(), meeting))
    return _keep(meeting) if "count" in request.form else _split(meeting)


def _split(meeting: Meeting) -> ResponseReturnValue:
    form = draft_forms.draft_form(languages_of(meeting.process))()
    if form.ready():
        paragraphs = splitting.split(form["text"].data)
        if len(paragraphs) <= splitting.MOST:
            values = draft_forms.split_values(paragraphs, form["language"].data)
            rows = draft_forms.split_form(len(paragraphs))(formdata=None, data=values)
            return make_response(render_template("meetings/split.html", meeting=meeting, form=rows, named_in_it=[]))
        count, most = len(paragraphs), splitting.MOST
        form.refuse(
            _("These are %(count)s paragraphs; paste at most %(most)s at a time", count=count, most=most), "text"
        )
    return shown(form, "meetings/paste.html", meeting=meeting)


def _keep(meeting: Meeting) -> ResponseReturnValue:
    form = _split_form()
    named_in_it: list[str] = []
    if form.ready():
        taken = form.taken()
        if not taken:
            form.refuse(_("Tick the paragraphs that are outcomes"))
        elif not (named_in_it := form.to_ask(service.names_to_query(db(), meeting, *(one.text for one in taken)))):
            for words in taken:
                service.record_outcome(db(), meeting, words)
            kept = ngettext("One draft is kept.", "%(num)s drafts are kept.", len(taken))
            return done(kept, url_for("meetings.show", meeting_id=meeting.id, _anchor="outcomes"))
    return shown(form, "meetings/split.html", meeting=meeting, named_in_it=named_in_it)


def _split_form() -> SplitForm:
    """The form as it was sent; one that no page of ours made is not found."""
    count, language = request.form.get("count", ""), request.form.get("language", "")
    ours = count.isdecimal() and len(count) <= 4 and 0 < int(count) <= splitting.MOST and language in LANGUAGES
    return draft_forms.split_form(int(found(count if ours else None)))()
