"""Consultations of the public as the secretariat keeps them: opened, read by paragraph, answered, the response
published; and what of them the readers of the text read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.pages import marks, place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, as_shown, done, refusals
from secretariat.pages.lists import pages_of
from secretariat.pages.unit import db, viewer
from secretariat.texts import compilation, consultation_forms, consultation_queries, forms, policy, queries
from secretariat.texts.consultation_models import PublicComment, PublicConsultation, PublicWriter
from secretariat.texts.editions import Content
from secretariat.texts.models import Became
from secretariat.texts.service import consultations as service
from secretariat.texts.views.base import (
    blueprint,
    form_page,
    language_asked_for,
    page,
    shown_paragraph,
    shown_paragraphs,
    the_edition,
)
from secretariat.texts.views.rounds import PARAGRAPHS_A_PAGE

WHOLE = "whole"
"""In an address: the text as a whole, where others name a paragraph."""


def the_consultation(consultation_id: UUID) -> PublicConsultation:
    """The consultation of this address."""
    this = found(consultation_queries.consultation_by_id(db(), consultation_id))
    place.enter(this.process, across=True)
    return this


@blueprint.route("/documents/<uuid:document_id>/consultations/new", methods=["GET", "POST"])
@permission("open a text to the public")
def open_to_public(document_id: UUID) -> ResponseReturnValue:
    """Let everybody read a copy of an edition, and comment on it."""
    edition = the_edition(document_id)
    document = edition.document
    authorise(policy.may_open_to_public(viewer(), document))
    form = consultation_forms.consultation_form(document.process.languages, is_new=True)(zone=document.process.zone)
    if form.ready():
        with refusals(form):
            made = service.open_to_public(
                db(),
                edition,
                forms.deadline_of(form),
                decision=form["decision"].data,
                about=form["about"].data or None,
                for_readers=bool(form["for_readers"].data),
            )
            return done(
                _("Open. Everybody can read it and comment on it."),
                url_for("texts.consultation", consultation_id=made.id),
            )
    return form_page(form, "open_to_public", edition=edition, document=document)


@blueprint.get("/consultations/<uuid:consultation_id>/comments")
@signed_in
def consultation_comments(consultation_id: UUID) -> ResponseReturnValue:
    """What the public has said, paragraph by paragraph; for the secretariat also who has said it."""
    this = the_consultation(consultation_id)
    keeps = policy.may_keep_consultation(viewer(), this)
    edition = queries.edition_by_id(db(), this.edition_id)
    found(this if keeps or (this.for_readers and edition is not None) else None)
    # once it was taken back its copy is empty, and the edition says what was read
    content = Content.from_json(edition.content if edition is not None else this.content)
    language = language_asked_for(content)
    counted = content.counted()
    pages = pages_of(len(counted), PARAGRAPHS_A_PAGE)
    shown = counted[pages.offset : pages.offset + pages.rows]
    said = consultation_queries.said_of(db(), consultation=this.id, paragraphs=[one.piece.id for one in shown])
    by = {one.id: one for one in _writers_of(this, said)} if keeps else {}
    return page(
        "consultation_comments",
        consultation=this,
        document=edition.document if edition is not None else None,
        content=content,
        language=language,
        rows=shown_paragraphs(shown, language),
        pages=pages,
        said=compilation.compiled_public(said),
        by=by,
        writers=consultation_queries.writers_counted(db(), this.id) if keeps else 0,
        unanswered=consultation_queries.unanswered(db(), this.id) if keeps else 0,
        running=service.is_running(this),
        ends=service.deadline_of(this),
        ended_at=service.ended_at(this),
        whole=WHOLE,
        may={"keep": keeps},
    )


@blueprint.get("/consultations/<uuid:consultation_id>/writers")
@permission("read who has commented in public")
def consultation_writers(consultation_id: UUID) -> ResponseReturnValue:
    """Who has commented, with the address each gave; that it is read is on record."""
    this = _kept(consultation_id)
    pages = pages_of(consultation_queries.writers_counted(db(), this.id))
    writers = consultation_queries.writers_of(db(), this.id, offset=pages.offset, rows=pages.rows)
    marks.opened_among(writers)
    return page("consultation_writers", consultation=this, writers=writers, pages=pages)


@blueprint.route("/consultations/<uuid:consultation_id>/end", methods=["GET", "POST"])
@permission("change the end of a consultation")
def change_consultation_end(consultation_id: UUID) -> ResponseReturnValue:
    """Give a consultation that goes on another end."""
    this = _kept(consultation_id)
    values = consultation_forms.end_values(this)
    form = consultation_forms.consultation_form((), is_new=False)(obj=values)
    if form.ready(values):
        with refusals(form):
            service.change_end(db(), this, forms.deadline_of(form))
            return done(_("Saved."), _page(consultation_id))
    return form_page(form, "consultation_end", consultation=this)


@blueprint.route("/consultations/<uuid:consultation_id>/close", methods=["GET", "POST"])
@permission("end a consultation before its hour")
def end_consultation(consultation_id: UUID) -> ResponseReturnValue:
    """Take no more comments from now on."""
    this = _kept(consultation_id)
    form = Form()
    if form.ready():
        with refusals(form):
            service.end_now(db(), this)
            return done(_("The consultation is over."), _page(consultation_id))
    return form_page(form, "consultation_close", consultation=this, is_taking_back=False)


@blueprint.route("/consultations/<uuid:consultation_id>/take-back", methods=["GET", "POST"])
@permission("take a consultation back")
def take_consultation_back(consultation_id: UUID) -> ResponseReturnValue:
    """Show the text to the public no more."""
    this = _kept(consultation_id)
    form = Form()
    if form.ready():
        with refusals(form):
            service.take_back(db(), this)
            return done(_("Taken back. The text is not shown in public any more."), _page(consultation_id))
    return form_page(form, "consultation_close", consultation=this, is_taking_back=True)


@blueprint.route("/consultations/<uuid:consultation_id>/answer", methods=["GET", "POST"])
@permission("answer the public")
def answer_public(consultation_id: UUID) -> ResponseReturnValue:
    """What became of the comments on a paragraph; several can be answered alike."""
    this = _kept(consultation_id)
    edition = queries.edition_by_id(db(), this.edition_id)
    content = Content.from_json(edition.content if edition is not None else this.content)
    language = language_asked_for(content)
    asked = request.args.get("paragraph", WHOLE)
    counted = next((one for one in content.counted() if str(one.piece.id) == asked), None)
    found(this if asked == WHOLE or counted is not None else None)
    key = counted.piece.id if counted is not None else None
    said = consultation_queries.said_of(db(), consultation=this.id, paragraphs=[key] if key else [])
    comments = compilation.compiled_public(said).get(key, [])
    found(next(iter(comments), None))
    seen = as_shown(*(f"{one.id}:{one.version}" for one in comments))
    waiting = [str(one.id) for one in comments if one.became is None]
    form = consultation_forms.answer_form(this.process.languages, comments)(
        data={"comments": waiting}, version=seen.version
    )
    if form.ready(seen):
        with refusals(form):
            chosen = [one for one in comments if str(one.id) in form["comments"].data]
            service.answer(db(), this, chosen, Became(form["became"].data), form["answer"].data or None)
            return done(_("Saved."), url_for("texts.consultation_comments", consultation_id=consultation_id,
                                             _anchor=f"p-{asked}"))  # fmt: skip
    return form_page(
        form,
        "consultation_answer",
        consultation=this,
        comments=comments,
        paragraph=shown_paragraph(counted, language) if counted is not None else None,
        language=language,
    )


@blueprint.route("/consultations/<uuid:consultation_id>/response", methods=["GET", "POST"])
@permission("publish the response to the public")
def publish_response(consultation_id: UUID) -> ResponseReturnValue:
    """Let everybody read what became of the comments; shown first as everybody will read it."""
    this = _kept(consultation_id)
    form = consultation_forms.response_form(this.process.languages)()
    if form.ready():
        with refusals(form):
            service.publish_response(db(), this, form["word"].data or None)
            said = _("Published. Each who commented is written to, with the link to it.")
            return done(said, url_for("texts.consultation", consultation_id=consultation_id))
    content = Content.from_json(this.content)
    language = language_asked_for(content)
    return form_page(
        form,
        "consultation_response",
        consultation=this,
        response=service.would_respond(db(), this, None),
        unanswered=consultation_queries.unanswered(db(), this.id),
        running=service.is_running(this),
        rows=shown_paragraphs(content.counted(), language),
        language=language,
    )


def _kept(consultation_id: UUID) -> PublicConsultation:
    """A consultation that the reader keeps."""
    this = the_consultation(consultation_id)
    authorise(policy.may_keep_consultation(viewer(), this))
    return this


def _writers_of(this: PublicConsultation, said: Sequence[PublicComment]) -> Sequence[PublicWriter]:
    """Whose names stand beside these comments, for the secretariat; that they are read is on record."""
    keys = {one.source_id for one in said if one.source_id is not None}
    writers = consultation_queries.writers_of(db(), this.id, keys)
    marks.opened_among(writers)
    return writers


def _page(consultation_id: UUID) -> str:
    return url_for("texts.consultation_comments", consultation_id=consultation_id)
