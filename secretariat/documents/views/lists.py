"""Old papers in bulk: a list and an archive are looked at on a page, then confirmed, then brought in by the worker."""

from __future__ import annotations

import logging
from typing import Any, cast
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import number_text
from secretariat.core.refusals import Refused
from secretariat.documents import forms, list_preview, listed, policy, queries, service
from secretariat.documents import words as in_words
from secretariat.documents.models import ListState, PaperList
from secretariat.documents.storage import StorageAway
from secretariat.documents.views.base import blueprint, new_nonce, settings, storage, the_process
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.lists import pages_of
from secretariat.pages.unit import db, viewer
from secretariat.pages.uploads import ARCHIVE, Capped, UploadField, takes_archives
from secretariat.processes.models import Track

log = logging.getLogger(__name__)


@blueprint.route("/processes/<slug>/documents/lists", methods=["GET", "POST"])
@permission("bring in old papers")
@takes_archives
def old_papers(slug: str) -> ResponseReturnValue:
    """A list and an archive to be looked at, and the lists there were."""
    process = the_process(slug)
    track: Track = found(queries.track_kept(db(), process.id, viewer()))
    authorise(policy.may_add(viewer(), track.id))
    form = forms.ListForm()
    if form.ready():
        try:
            made = service.look_at(
                db(), storage(), (process, track), _sent(form, "listing"), _sent(form, "archive"),
                otherwise=Level(form["otherwise"].data), largest=settings().largest_document,
            )  # fmt: skip
        except Refused as problem:
            form.tell(problem)
        except StorageAway:
            log.exception("an archive could not be kept")
            form.refuse(_("The file could not be kept just now, and nothing of it was. Send it again in a moment."))
        else:
            return done(_("Read. Nothing is brought in before you confirm it."), _page_of(made))
    return shown(
        form,
        "documents/old_papers.html",
        process=process,
        lists=queries.lists_of(db(), track.id),
        most_mb=ARCHIVE * settings().largest_document_mb,
        most_rows=number_text(listed.MOST_ROWS),
        columns=listed.COLUMNS,
        words=in_words,
    )


def _sent(form: Form, name: str) -> service.Sent:
    field = cast("UploadField", form[name])
    assert field.data is not None
    stream = cast("Any", field.data.stream)
    most = ARCHIVE * settings().largest_document
    if isinstance(stream, Capped) and stream.sent > most:
        raise Refused(
            _("This file is larger than %(most)s MB. Send it in several.", most=number_text(most // 1_000_000)), name
        )
    stream.seek(0)
    return service.Sent(field.data.filename or "", stream, field.sent)


@blueprint.get("/processes/<slug>/documents/lists/<uuid:list_id>")
@permission("bring in old papers")
def old_list(slug: str, list_id: UUID) -> ResponseReturnValue:
    """One list: what would come in and what is to be mended; how far it is; what came in."""
    one = _the_list(slug, list_id)
    if one.state is ListState.LOOKED_AT:
        return _preview(one)
    rows = listed.Listing.from_json(one.content).rows
    pages = pages_of(len(rows))
    return render_template(
        "documents/old_list.html",
        one=one,
        rows=rows[pages.offset : pages.offset + pages.rows],
        total=len(rows),
        pages=pages,
        refused=[row for row in rows if _outcome(one, row) == "refused"],
        counts={
            name: sum(_outcome(one, row) == name for row in rows) for name in ("added", "there already", "refused")
        },
        left=service.left_over(one),
        outcome=lambda row: service.became_of(one, row),
        outcome_in_words=service.outcome_in_words,
        stuck=service.is_stuck(db(), one),
        new_nonce=new_nonce,
    )


def _preview(one: PaperList, form: Form | None = None) -> ResponseReturnValue:
    looked = service.looked(db(), one)
    pages = pages_of(len(looked.good))
    return shown(
        form or Form(formdata=None),
        "documents/look_at_list.html",
        one=one,
        looked=looked,
        good=looked.good[pages.offset : pages.offset + pages.rows],
        pages=pages,
        groups=list_preview.groups(db(), one, looked.good),
        words=in_words,
        new_nonce=new_nonce,
    )


@blueprint.post("/processes/<slug>/documents/lists/<uuid:list_id>/confirm")
@permission("bring in old papers")
def confirm_list(slug: str, list_id: UUID) -> ResponseReturnValue:
    """Bring in what can be."""
    one = _the_list(slug, list_id)
    form = Form()
    if one.state is ListState.LOOKED_AT and form.ready():
        try:
            service.confirm(db(), one)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Confirmed. The papers come in one after the other; you may leave this page."), _page_of(one))
        return _preview(one, form)
    return done(_("This list is confirmed already; nothing was done twice."), _page_of(one))


@blueprint.post("/processes/<slug>/documents/lists/<uuid:list_id>/throw-away")
@permission("bring in old papers")
def throw_list_away(slug: str, list_id: UUID) -> ResponseReturnValue:
    """Not go on with a list that nobody confirmed."""
    one = _the_list(slug, list_id)
    authorise(one.state is ListState.LOOKED_AT)
    service.throw_away(db(), one)
    return done(_("Thrown away; nothing of it was brought in."), url_for("documents.old_papers", slug=slug))


@blueprint.post("/processes/<slug>/documents/lists/<uuid:list_id>/go-on")
@permission("bring in old papers")
def go_on_with_list(slug: str, list_id: UUID) -> ResponseReturnValue:
    """Ask anew for what was interrupted."""
    one = _the_list(slug, list_id)
    authorise(one.state is ListState.CONFIRMED)
    service.go_on(db(), one)
    return done(_("It goes on where it stopped; what came in is left alone."), _page_of(one))


def _the_list(slug: str, list_id: UUID) -> PaperList:
    process = the_process(slug)
    one = found(queries.list_by_id(db(), list_id))
    found(one if one.process_id == process.id else None)
    authorise(policy.may_add(viewer(), one.track_id))
    place.enter(process, track=one.track)
    return one


def _page_of(one: PaperList) -> str:
    return url_for("documents.old_list", slug=one.process.slug, list_id=one.id)


def _outcome(one: PaperList, row: Any) -> str:
    return str(one.became.get(str(row.number), {}).get("outcome", ""))
