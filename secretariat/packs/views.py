"""Asking for all papers of a meeting in one, seeing how far they are, and fetching them."""

from __future__ import annotations

import logging
from uuid import UUID

from flask import Blueprint, Flask, current_app, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from config import Settings
from secretariat.core.labels import Level
from secretariat.core.languages import LANGUAGES, current_reading, templating
from secretariat.core.languages import gettext as _
from secretariat.core.models import JobState
from secretariat.core.refusals import Refused
from secretariat.documents.storage import FileLost, StorageAway, storage_of
from secretariat.documents.views.files import POLICY
from secretariat.documents.words import size_in_words
from secretariat.jobs.views import cannot_print
from secretariat.meetings import queries as meetings
from secretariat.meetings.models import Meeting
from secretariat.packs import policy, queries, service
from secretariat.packs.contents import parts_of
from secretariat.packs.forms import pack_form
from secretariat.packs.models import Pack, PackForm
from secretariat.packs.words import FORM, note_on
from secretariat.pages import marks, place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer
from secretariat.prints.libraries import missing_packages
from secretariat.prints.sheet import file_name
from secretariat.processes.wording import shown_labels

log = logging.getLogger(__name__)
blueprint = Blueprint("packs", __name__)
MEDIA_TYPES = {PackForm.PDF: "application/pdf", PackForm.ZIP: "application/zip"}


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)


@blueprint.route("/meetings/<uuid:meeting_id>/pack", methods=["GET", "POST"])
@permission("have all papers of a meeting in one")
def ask(meeting_id: UUID) -> ResponseReturnValue:
    """In which language and as what; the packs there are."""
    meeting = found(meetings.meeting_by_id(db(), meeting_id))
    place.enter(meeting.process, track=meeting.track)
    authorise(policy.may_ask(viewer()))
    if missing_packages():
        return cannot_print(missing_packages())
    languages = _languages(meeting)
    form = pack_form(languages)(data={"language": languages[0], "form": PackForm.PDF.value})
    if form.ready():
        try:
            pack = service.ask(db(), meeting, form["language"].data, PackForm(form["form"].data))
        except Refused as problem:
            form.tell(problem)
        else:
            said = _("It is being made. You may go on meanwhile; it is kept for you here.")
            return done(said, url_for("packs.show", pack_id=pack.id))
    papers = queries.papers_of(db(), meeting.id, languages[0])
    return shown(
        form, "packs/ask.html", meeting=meeting, papers=papers, packs=queries.packs_of(db(), meeting.id), forms_of=FORM
    )


def _languages(meeting: Meeting) -> list[str]:
    """Languages of the process in which the product speaks, the reader's own first."""
    own = current_reading().language.code
    spoken = [one for one in meeting.process.languages if one in LANGUAGES] or [own]
    return sorted(spoken, key=lambda one: one != own)


@blueprint.get("/packs/<uuid:pack_id>")
@signed_in
def show(pack_id: UUID) -> ResponseReturnValue:
    """A pack: how far it is, what stands in it, and the file as long as one may have it."""
    pack = _the_pack(pack_id)
    job = queries.job_of(db(), pack)
    parts = parts_of(pack.parts) if pack.made_at is not None else {}
    read = service.documents_in(db(), parts)
    may_have = pack.made_at is not None and policy.still_may_have(
        viewer(), parts, read, service.texts_in(db(), parts.values())
    )
    shown_labels(db(), {pack.meeting.label_id, *(one.label_id for one in read)})
    listed = {one.id: one for one in read}
    return render_template(
        "packs/show.html",
        pack=pack,
        job=job,
        under_way=job is not None and job.state in (JobState.WAITING, JobState.RUNNING),
        may_have=may_have,
        lines=[(listed[key], part) for key, part in parts.items() if key in listed],
        since=service.come_since(db(), pack) if may_have else 0,
        forms_of=FORM,
        note_on=note_on,
        size=size_in_words(pack.size),
        kept_until=pack.made_at + service.KEPT if pack.made_at is not None else None,
    )


@blueprint.get("/packs/<uuid:pack_id>/file")
@signed_in
def fetch(pack_id: UUID) -> ResponseReturnValue:
    """The file, whole, to who asked for it; every paper in it that is recorded when it is opened alone is recorded."""
    pack = _the_pack(pack_id)
    key = found(pack.key)
    parts = parts_of(pack.parts)
    read = service.documents_in(db(), parts)
    if not policy.still_may_have(viewer(), parts, read, service.texts_in(db(), parts.values())):
        return render_template("packs/changed.html", pack=pack), 410
    settings: Settings = current_app.extensions["settings"]
    try:
        content = storage_of(settings).open(key)
    except (FileLost, StorageAway):
        log.exception("the file of a pack is not where it should be")
        heading = _("This pack is not where it should be")
        sentence = _("That is our fault, not yours. Have it made anew; should that fail, tell the Secretariat.")
        return render_template("errors/plain.html", heading=heading, sentence=sentence, reference=""), 503
    inside = {one.id: parts[one.id] for one in read if parts[one.id].is_inside}
    marks.handed_out_together(
        (one, Level.MEMBERS if inside[one.id].file is not None else Level.NAMED) for one in read if one.id in inside
    )
    answer = send_file(
        content,
        mimetype=MEDIA_TYPES[pack.form],
        as_attachment=True,
        download_name=file_name("papers", "", templating.today(), pack.form.value),
        conditional=False,
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Content-Length"] = str(pack.size)
    return answer


def _the_pack(pack_id: UUID) -> Pack:
    """One's own pack of this address, or the 404 which hidden and missing share."""
    pack = found(queries.pack_by_id(db(), pack_id))
    place.enter(pack.meeting.process, track=pack.meeting.track)
    return pack
