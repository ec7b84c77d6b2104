"""The page of long work: what was asked for, how far it is, and what came of it."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Blueprint, Flask, Response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.database import Labelled
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import list_text
from secretariat.core.models import JobState
from secretariat.jobs import papers, queries, service
from secretariat.jobs.kinds import Result, kind
from secretariat.pages import marks
from secretariat.pages.access import found, not_found, signed_in
from secretariat.pages.forms import Form, shown
from secretariat.pages.unit import db
from secretariat.prints.libraries import missing_packages
from secretariat.processes.models import Process, Track

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """The reader's jobs."""
    return render_template("jobs/index.html", jobs=queries.my_jobs(db()), words=_words)


@blueprint.get("/<uuid:job_id>")
@signed_in
def show(job_id: UUID) -> ResponseReturnValue:
    """One job; while it is under way the page loads itself anew. Some kinds have a page of their own."""
    job = found(queries.job(db(), job_id))
    page = kind(job.kind).page
    if page is not None:
        return redirect(page(job.arguments), 303)
    return render_template("jobs/show.html", job=job, words=_words, under_way=_under_way(job.state))


@blueprint.get("/<uuid:job_id>/result")
@signed_in
def result(job_id: UUID) -> ResponseReturnValue:
    """What a job made, as a file."""
    job = found(queries.job(db(), job_id))
    content = found(job.result)
    marks.opened(queries.thing_of(db(), job), as_paper=True)
    return _file(Result(job.result_name, content, job.result_type))


def hand_out(name: str, thing: Labelled, process: Process, track: Track, form: str) -> ResponseReturnValue:
    """A paper about a thing the reader may read, as a file: at once, or by the worker where it would take long - then a
    GET asks first, and a POST sends the reader to the page of the work. What this machine cannot make it says."""
    if form not in papers.MEDIA_TYPES:
        not_found()
    key: UUID = thing.id  # type: ignore[attr-defined]
    sheet = found(papers.sheet_of(db(), name, key))
    if form == papers.PDF and missing_packages():
        return cannot_print(missing_packages())
    if papers.takes_long(sheet, form):
        asked = Form()
        if asked.ready():
            job = service.ask(
                db(), papers.work_of(name), process, track, papers.arguments(name, thing, form), about=thing
            )
            return redirect(url_for("jobs.show", job_id=job.id), 303)
        return shown(asked, "jobs/ask_for_print.html", words=_words(papers.work_of(name)), thing=thing)
    marks.opened(thing, as_paper=True)
    return _file(papers.made(name, sheet, form))


def handed(made: Result, thing: Labelled) -> Response:
    """A file made at once of a thing the reader may read; for named readers that is recorded."""
    marks.opened(thing, as_paper=True)
    return _file(made)


def cannot_print(packages: list[str]) -> ResponseReturnValue:
    """PDF needs libraries of the machine; everything else goes on without them."""
    heading = _("PDF cannot be made here yet")
    sentence = _(
        "Everything else works. Whoever runs the installation adds to the machine: %(packages)s.",
        packages=list_text(packages),
    )
    return render_template("errors/plain.html", heading=heading, sentence=sentence, reference=""), 503


def _file(made: Result) -> Response:
    """The whole of it at once: a part would be a way round the read log, which counts openings."""
    return send_file(
        BytesIO(made.content),
        mimetype=made.media_type.partition(";")[0],  # the answer says itself in which letters a text is written
        as_attachment=True,
        download_name=made.name,
        conditional=False,
        etag=False,
    )


def _words(name: str) -> str:
    return str(kind(name).words)


def _under_way(state: JobState) -> bool:
    return state in (JobState.WAITING, JobState.RUNNING)
