"""The list, the page of a document, and putting in and changing a draft."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.confidentiality import choices
from secretariat.confidentiality.forms import LabelledForm, label_data, looked
from secretariat.confidentiality.preview import Preview, meant, preview_new
from secretariat.core import clock, readings
from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import Refused
from secretariat.documents import beside, forms, frozen, policy, queries, service, symbols
from secretariat.documents.lines import lines
from secretariat.documents.models import Document
from secretariat.documents.service import Asked, Place
from secretariat.documents.submission_queries import OPEN, answer_to
from secretariat.documents.views.base import (
    blueprint,
    labels_offered,
    page,
    taken_in,
    the_document,
    the_process,
)
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import done, shown
from secretariat.pages.lists import pages_of
from secretariat.pages.unit import db, viewer
from secretariat.pages.uploads import takes_files
from secretariat.processes.models import Process, Track
from secretariat.processes.names import names_of


@blueprint.get("/processes/<slug>/documents/")
@signed_in
def index(slug: str) -> ResponseReturnValue:
    """The documents of a process, the latest first."""
    process = the_process(slug)
    listed = queries.documents_of_process(db(), process.id)
    pages = pages_of(len(listed))
    return render_template(
        "documents/index.html",
        process=process,
        documents=list(lines(queries.with_versions(db(), listed[pages.offset : pages.offset + pages.rows]))),
        pages=pages,
        kept=queries.track_kept(db(), process.id, viewer()),
    )


@blueprint.get("/documents/<uuid:document_id>")
@signed_in
def show(document_id: UUID) -> ResponseReturnValue:
    """One document: its languages, its line, its files."""
    document = the_document(document_id)
    me = viewer()
    keeps = policy.may_keep(me, document)
    line = queries.line_of(db(), document)
    is_frozen = keeps and frozen.is_frozen(db(), document)
    mentioned = [document.author_id, *(one.translator_of_id for one in document.versions)]
    return page(
        "show",
        document,
        names=names_of(db(), mentioned, process=document.process_id),
        line=line,
        newest=queries.newest_of(line),
        may={
            "keep": keeps,
            "change": policy.may_change(me, document),
            "issue": policy.may_issue(me, document),
            "release": policy.may_release(me, document),
            "withdraw": policy.may_withdraw(me, document) and not is_frozen,
            "revise": policy.may_revise(me, document),
            "revise_own": policy.may_revise_own(me, document),
            "add_version": policy.may_add_version(me, document) and not is_frozen,
            "fetch": policy.may_fetch(me, document),
        },
        may_see_to=lambda version: policy.may_see_to_version(me, document, version),
        has_file=any(one.file for one in document.versions),
        recorded=readings.is_recorded(db(), document, least=Level.MEMBERS),
        tells=readings.tells(db(), document),
        answer=answer_to(db(), document.id) if document.is_submission else None,
        awaits=_awaits(document),
        may_know_when=keeps or policy.speaks_for_author(me, document),
        today=clock.today(document.process.zone),
        leads=beside.leads(db(), document),
        held_up=policy.may_release(me, document) and service.is_held_up(db(), document),
    )


@blueprint.route("/processes/<slug>/documents/new", methods=["GET", "POST"])
@permission("add a document")
@takes_files
def add(slug: str) -> ResponseReturnValue:
    """One form for a new document, in a meeting where the address names one."""
    process = the_process(slug)
    meeting = _meeting_asked_for(process)
    track = meeting.track if meeting is not None else found(queries.track_kept(db(), process.id, viewer()))
    authorise(policy.may_add(viewer(), track.id))
    bodies = queries.open_bodies(db(), process.id, track.id, clock.today()) if meeting is None else []
    named = [meeting.body] if meeting is not None and meeting.body is not None else bodies
    label = labels_offered(process, track, meeting, list(named))
    offered = forms.Offered(languages=process.languages, label=label, bodies=_choices(bodies))
    form = forms.document_form(offered, is_new=True)(**_first_choice(label, meeting, process))
    where = _place(form, process, track, meeting, bodies)
    shows = _would_read(form, where)
    if not form.looks and form.ready():
        try:
            document = _added(form, where)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(
                _("Kept as a draft; the Secretariat sees it, and its author. It has its symbol once you issue it."),
                url_for("documents.show", document_id=document.id),
            )
    context = {"process": process, "meeting": meeting, "meant": meant(db(), label, where.container), "shows": shows}
    return looked(form, "documents/add.html", **context)


def _awaits(document: Document) -> dict[str, str]:
    """Where this reader goes on with a paper that a participant prepares, or has sent in."""
    if document.state not in OPEN or document.meeting is None:
        return {}
    here: dict[str, Any] = {"meeting_id": document.meeting_id, "document_id": document.id}
    meeting, me = document.meeting, viewer()
    if policy.may_prepare(me, document):
        return {"prepare": url_for("meetings.prepare_paper", **here)}
    if policy.may_decide(me, document, [meeting.body_id, meeting.process_id]):
        return {"answer": url_for("meetings.answer_paper", **here)}
    return {"take_back": url_for("meetings.take_back_paper", **here)} if policy.may_take_back(me, document) else {}


def _added(form: LabelledForm, where: Place) -> Document:
    if _is_of_another_body(form):
        raise Refused(_("These are the members of a body it does not belong to; choose again"), "readers")
    received = taken_in(form)
    document = service.add_document(db(), where, forms.particulars_of(form))
    asked = Asked(due_on=form["due_on"].data)
    service.add_version(db(), document, form["language"].data, asked, received, is_original=True)
    return document


@blueprint.route("/documents/<uuid:document_id>/edit", methods=["GET", "POST"])
@permission("change a draft document")
def edit(document_id: UUID) -> ResponseReturnValue:
    """Change what is said of a draft, and who will read it."""
    document = the_document(document_id)
    authorise(policy.may_change(viewer(), document))
    if document.is_submission:
        return _edit_submission(document)
    bodies = [document.body] if document.body is not None else []
    if document.meeting is not None and document.meeting.body is not None:
        bodies = [document.meeting.body]
    label = labels_offered(document.process, document.track, document.meeting, bodies)
    values = forms.values_of(document)
    offered = forms.Offered(languages=document.process.languages, label=label)
    own = service.readers_given(db(), document)
    form = forms.document_form(offered, is_new=False)(obj=values, **label_data(label, own))
    where = Place(process=document.process, track=document.track, body=document.body, meeting=document.meeting)
    shows = _would_read(form, where)
    if not form.looks and form.ready(values):
        try:
            service.change_document(db(), document, forms.particulars_of(form))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved."), url_for("documents.show", document_id=document.id))
    context = {"document": document, "meant": meant(db(), label, where.container), "shows": shows}
    return looked(form, "documents/edit.html", **context)


def _edit_submission(document: Document) -> ResponseReturnValue:
    """Of a paper that a participant sent in, its day and that of its release."""
    values = forms.values_of(document)
    form = forms.SubmissionForm(obj=values)
    if form.ready(values):
        service.change_document(db(), document, forms.particulars_of_submission(form, document))
        return done(_("Saved."), url_for("documents.show", document_id=document.id))
    return shown(form, "documents/edit_submission.html", document=document)


@blueprint.route("/processes/<slug>/documents/symbols", methods=["GET", "POST"])
@permission("say how symbols are made")
def pattern(slug: str) -> ResponseReturnValue:
    """How the symbols of one's side of a process are made from now on."""
    process = the_process(slug)
    track = found(queries.track_kept(db(), process.id, viewer()))
    authorise(policy.may_set_pattern(viewer(), track.id))
    form = forms.PatternForm(obj=_PatternNow(track))
    if form.ready(track):
        try:
            service.set_pattern(db(), track, form.pattern.data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved. What has a symbol keeps it."), url_for("documents.index", slug=slug))
    return shown(form, "documents/pattern.html", process=process, default=symbols.DEFAULT_PATTERN)


class _PatternNow:
    """What stands in the form of the pattern."""

    def __init__(self, track: Track) -> None:
        self.version, self.pattern = track.version, track.symbol_pattern


def _meeting_asked_for(process: Process) -> Any:
    """The meeting a document is added to; None where the address names none."""
    named = request.args.get("meeting")
    if named is None:
        return None
    try:
        meeting = found(queries.meeting_by_id(db(), UUID(named)))
    except ValueError:
        return found(None)
    found(meeting if meeting.process_id == process.id else None)
    place.enter(process, track=meeting.track)
    return meeting


def _choices(bodies: list[Any]) -> list[tuple[Any, Any]]:
    return [(one.id, local_text(one.name)) for one in bodies]


def _first_choice(label: Any, meeting: Any, process: Process) -> dict[str, Any]:
    """What stands in a form opened anew: the readers of the meeting, or the members."""
    if request.method == "POST":
        return {}
    languages = [code for code, _words in forms.languages_offered(process.languages)]
    return {
        **label_data(label, None),
        "readers": choices.CONTAINER if meeting is not None else choices.MEMBERS,
        "language": languages[0],
    }


def _place(form: LabelledForm, process: Process, track: Track, meeting: Any, bodies: list[Any]) -> Place:
    chosen = form["body"].data if "body" in form else None
    body = next((one for one in bodies if str(one.id) == chosen), None)
    return Place(process=process, track=track, body=meeting.body if meeting is not None else body, meeting=meeting)


def _is_of_another_body(form: LabelledForm) -> bool:
    """Whether the readers chosen are those of a body the document does not belong to."""
    if "body" not in form:
        return False
    _kind, named, body = (cast("str", form["readers"].data) or "").partition(":")
    return bool(named) and body != (form["body"].data or "")


def _would_read(form: LabelledForm, where: Place) -> Preview | None:
    """Who would read it once it is released, if asked for."""
    if not form.looks or not form.has_label():
        return None
    return preview_new(db(), where.process.id, where.container, form.given)
