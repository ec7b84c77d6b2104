"""The letterhead of a track: put, fetched, taken away, and an example to begin with."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import language_name
from secretariat.correspondence import letterheads, policy
from secretariat.correspondence.forms import LetterheadForm
from secretariat.correspondence.letterhead_models import Letterhead
from secretariat.correspondence.service import putting as service
from secretariat.jobs.kinds import Result
from secretariat.jobs.views import handed
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, refusals, shown
from secretariat.pages.uploads import takes_files
from secretariat.processes.models import Process, Track
from secretariat.processes.queries import process_by_slug

blueprint = Blueprint("letterheads", __name__)


@blueprint.route("/processes/<slug>/<track_slug>/letterhead", methods=["GET", "POST"])
@permission("keep the letterhead")
@takes_files
def keep(slug: str, track_slug: str) -> ResponseReturnValue:
    """The letterheads of a track, and a new one."""
    process, track = _track(slug, track_slug)
    form = LetterheadForm()
    form.language.choices = [("", _("All languages")), *((one, language_name(one)) for one in process.languages)]
    if form.ready():
        with refusals(form):
            file = found(form.file.data)  # it is needed
            content = file.stream.read(letterheads.LARGEST + 1)
            service.put(unit.db(), process, track, form.language.data or "", file.filename or "", content)
            where = url_for("letterheads.keep", slug=slug, track_slug=track_slug)
            return done(_("Kept. Letters are written on it from now on."), where)
    wanted = select(Letterhead).where(Letterhead.track_id == track.id).order_by(Letterhead.language)
    return shown(
        form,
        "correspondence/letterhead.html",
        process=process,
        track=track,
        there=unit.db().scalars(wanted).all(),
        placeholders=letterheads.PLACEHOLDERS,
    )


@blueprint.get("/processes/<slug>/<track_slug>/letterhead/example.docx")
@permission("keep the letterhead")
def example(slug: str, track_slug: str) -> ResponseReturnValue:
    """A letterhead to begin with, with every placeholder."""
    process, _track_of = _track(slug, track_slug)
    return handed(Result("letterhead.docx", letterheads.example(process.acronym), letterheads.MEDIA_TYPE), process)


@blueprint.get("/letterheads/<uuid:letterhead_id>")
@permission("keep the letterhead")
def fetch(letterhead_id: UUID) -> ResponseReturnValue:
    """The file as it was sent."""
    one = _letterhead(letterhead_id)
    return handed(Result("letterhead.docx", one.content, letterheads.MEDIA_TYPE), one)


@blueprint.route("/letterheads/<uuid:letterhead_id>/remove", methods=["GET", "POST"])
@permission("keep the letterhead")
def remove(letterhead_id: UUID) -> ResponseReturnValue:
    """Write without it from now on."""
    one = _letterhead(letterhead_id)
    form = Form(data={"version": one.version})
    where = url_for("letterheads.keep", slug=one.process.slug, track_slug=one.track.slug)
    if form.ready(one):
        service.take_away(unit.db(), one)
        return done(_("Taken away."), where)
    return shown(form, "correspondence/letterhead_remove.html", one=one, where=where)


def _track(slug: str, track_slug: str) -> tuple[Process, Track]:
    process = found(process_by_slug(unit.db(), slug))
    wanted = select(Track).where(Track.process_id == process.id, Track.slug == track_slug)
    track = found(unit.db().scalar(wanted))
    place.enter(process, track=track)
    authorise(policy.may_write(unit.viewer(), track))
    return process, track


def _letterhead(letterhead_id: UUID) -> Letterhead:
    wanted = select(Letterhead).join(Letterhead.process).join(Letterhead.track).where(Letterhead.id == letterhead_id)
    one = found(unit.db().scalar(wanted))
    place.enter(one.process, track=one.track)
    authorise(policy.may_write(unit.viewer(), one.track))
    return one
