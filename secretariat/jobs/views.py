"""The page of long work: what was asked for, how far it is, and what came of it."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Blueprint, Flask, render_template, send_file
from flask.typing import ResponseReturnValue

from secretariat.core.models import JobState
from secretariat.jobs import queries
from secretariat.jobs.kinds import kind
from secretariat.pages.access import found, signed_in
from secretariat.pages.unit import db

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
    """One job; while it is under way the page loads itself anew."""
    job = found(queries.job(db(), job_id))
    return render_template("jobs/show.html", job=job, words=_words, under_way=_under_way(job.state))


@blueprint.get("/<uuid:job_id>/result")
@signed_in
def result(job_id: UUID) -> ResponseReturnValue:
    """What a job made, as a file."""
    job = found(queries.job(db(), job_id))
    content = found(job.result)
    return send_file(BytesIO(content), mimetype=job.result_type, as_attachment=True, download_name=job.result_name)


def _words(name: str) -> str:
    return str(kind(name).words)


def _under_way(state: JobState) -> bool:
    return state in (JobState.WAITING, JobState.RUNNING)
