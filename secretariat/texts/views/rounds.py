"""Rounds of comments: opening and ending one, reading what was said side by side, and what became of it."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.jobs.views import hand_out
from secretariat.mail.views.letters_first import letters_first, with_letters
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, as_shown, done
from secretariat.pages.lists import pages_of
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import in_order, names_of
from secretariat.texts import (
    compilation,
    consultation_queries,
    forms,
    network_queries,
    policy,
    queries,
    service,
    works,
)
from secretariat.texts.changes import Change
from secretariat.texts.editions import Content
from secretariat.texts.models import Became, Comment, CommentRound, Proposes, TextParagraph, UnnamedComment
from secretariat.texts.network_models import NetworkComment
from secretariat.texts.views.base import (
    blueprint,
    form_page,
    language_asked_for,
    page,
    shown_paragraphs,
    the_edition,
    the_round,
)

PARAGRAPHS_A_PAGE = 25
Said = Comment | UnnamedComment | NetworkComment
"""What an answer can be to."""


@blueprint.route("/documents/<uuid:document_id>/rounds/new", methods=["GET", "POST"])
@permission("open a round of comments")
def open_round(document_id: UUID) -> ResponseReturnValue:
    """Ask for comments on an edition."""
    edition = the_edition(document_id)
    authorise(policy.may_open_round(viewer(), edition.document))
    form = forms.round_form(is_new=True)(zone=edition.document.process.zone)
    before = None
    if form.ready():

        def begin() -> CommentRound:
            return service.open_round(
                db(), edition, forms.deadline_of(form), observers_may=bool(form["observers_may"].data)
            )

        try:
            before = letters_first(edition.document.process_id, begin)
            made = None if before else begin()
        except Refused as problem:
            form.tell(problem)
            made = None
        if made is not None:
            return done(_("The round is open."), url_for("texts.comments", round_id=made.id))
    asked = service.whom_it_asks(db(), edition.document)
    named = names_of(db(), {one.participant for one in asked}, process=edition.document.process_id)
    return with_letters(
        form,
        before,
        "texts/open_round.html",
        edition=edition,
        document=edition.document,
        letters=len(asked),
        participants=[str(named[one]) for one in in_order(named)],
    )


@blueprint.get("/rounds/<uuid:round_id>")
@signed_in
def comments(round_id: UUID) -> ResponseReturnValue:
    """What was said in a round, paragraph by paragraph beside the text."""
    this = the_round(round_id)
    document = this.edition.document
    content = Content.from_json(this.edition.content)
    language = language_asked_for(content)
    said = queries.comments_of(db(), [this.id])
    names = names_of(db(), [one.participant for one in said], process=document.process_id)
    by_paragraph = compilation.compiled(said, names)
    counted = content.counted()
    pages = pages_of(len(counted), PARAGRAPHS_A_PAGE)
    shown = counted[pages.offset : pages.offset + pages.rows]
    of_public = consultation_queries.said_of(db(), edition=this.edition_id, paragraphs=[one.piece.id for one in shown])
    me = viewer()
    keeps = policy.may_keep_round(me, this)
    return page(
        "comments",
        round=this,
        edition=this.edition,
        document=document,
        content=content,
        language=language,
        rows=shown_paragraphs(shown, language),
        pages=pages,
        said=by_paragraph,
        of_public=compilation.compiled_public(of_public),
        names=names,
        running=service.is_running(this),
        ends=service.deadline_of(this),
        of_network=network_queries.said_in_round(db(), this.id),
        places={one.piece.id: one.cited(language) for one in counted},
        opened=[one for one in network_queries.opened_of(db(), this.id) if one.closed_at is None] if keeps else [],
        networks=network_queries.networks_to_open_to(db(), this) if keeps else [],
        replies=queries.replies_of(db(), this.id) if keeps else [],
        text=queries.text_by_id(db(), this.edition.text_id) if keeps else None,
        may={"keep": keeps, "comment": policy.may_comment(me, this, document.body_id)},
    )


@blueprint.route("/rounds/<uuid:round_id>/paper.<form>", methods=["GET", "POST"])
@signed_in
def comments_paper(round_id: UUID, form: str) -> ResponseReturnValue:
    """The compilation as PDF or DOCX."""
    this = the_round(round_id)
    document = this.edition.document
    return hand_out(works.COMPILATION, this, document.process, document.track, form)


@blueprint.route("/rounds/<uuid:round_id>/end", methods=["GET", "POST"])
@permission("change the end of a round")
def change_end(round_id: UUID) -> ResponseReturnValue:
    """Give a round that is running another end."""
    this = the_round(round_id)
    authorise(policy.may_keep_round(viewer(), this))
    values = forms.round_values(this)
    form = forms.round_form(is_new=False)(obj=values)
    if form.ready(values):
        try:
            service.change_end(db(), this, forms.deadline_of(form))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved."), url_for("texts.comments", round_id=this.id))
    return form_page(form, "end_round", round=this, document=this.edition.document)


@blueprint.route("/rounds/<uuid:round_id>/close", methods=["GET", "POST"])
@permission("close a round of comments")
def close_round(round_id: UUID) -> ResponseReturnValue:
    """End a round before its hour."""
    this = the_round(round_id)
    authorise(policy.may_keep_round(viewer(), this))
    form = Form()
    if form.ready():
        try:
            service.close_round(db(), this)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("The round is closed."), url_for("texts.comments", round_id=this.id))
    return form_page(form, "close_round", round=this, document=this.edition.document)


@blueprint.route("/rounds/<uuid:round_id>/answers/<uuid:comment_id>", methods=["GET", "POST"])
@permission("say what became of a comment")
def answer(round_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    """What became of a comment, and a word to its author."""
    this = the_round(round_id)
    authorise(policy.may_keep_round(viewer(), this))
    comment = _comment(this, comment_id)
    document = this.edition.document
    paragraph = _in_draft(this, comment)
    values = {"became": comment.became.value if comment.became else None, "answer": comment.answer}
    seen = as_shown(comment.version, paragraph.version if paragraph is not None else 0)
    ways = _ways(this, comment, paragraph)
    form = forms.answer_form(document.process.languages, ways)(data=values, version=seen.version)
    if form.ready(seen):
        try:
            _answered(this, comment, form)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved."), url_for("texts.comments", round_id=this.id, _anchor=f"c-{comment.id}"))
    content = Content.from_json(this.edition.content)
    counted = next((one for one in content.counted() if one.piece.id == comment.paragraph_id), None)
    named = [comment.participant_id] if isinstance(comment, Comment) else []
    shown = shown_paragraphs([counted], comment.language)[0] if counted else None
    now = paragraph.words.in_language(comment.language)[0] if paragraph is not None else ""
    return form_page(
        form,
        "answer",
        round=this,
        document=document,
        comment=comment,
        of_network=isinstance(comment, NetworkComment),
        paragraph=shown,
        draft_now=now if counted is not None and now != counted.piece.words.in_language(comment.language)[0] else "",
        names=names_of(db(), named, process=document.process_id),
    )


def _in_draft(this: CommentRound, comment: Said) -> TextParagraph | None:
    """The paragraph a comment is about, as it is written now; None where it stands there no more."""
    if comment.paragraph_id is None:
        return None
    paragraph = queries.paragraph_of(db(), this.edition.text_id, comment.paragraph_id)
    return paragraph if paragraph is not None and paragraph.taken_out_at is None else None


def _change(comment: Said) -> Change:
    return Change(
        paragraph=comment.paragraph_id,
        language=comment.language,
        proposes=getattr(comment, "proposes", Proposes.INSTEAD),
        wording=comment.wording,
    )


def _ways(this: CommentRound, comment: Said, paragraph: TextParagraph | None) -> list[str]:
    """What the draft can do with what a comment proposes; nothing where that is nothing, or it is written no more."""
    change = _change(comment)
    text = queries.text_by_id(db(), this.edition.text_id)
    if text is None or not policy.may_write(viewer(), text):
        return []
    if change.proposes is Proposes.BEHIND:
        return ["leave", "take_in"] if change.wording and (paragraph or change.paragraph is None) else []
    if paragraph is None or (change.proposes is Proposes.INSTEAD and not change.wording):
        return []
    return ["leave", "take_in"] if change.proposes is Proposes.OUT else ["leave", "take_in", "beside"]


def _answered(this: CommentRound, comment: Said, form: Form) -> None:
    became = Became(form["became"].data)
    way = form["draft"].data if "draft" in form else "leave"
    text = queries.text_by_id(db(), this.edition.text_id)
    if way == "take_in":
        service.take_in(db(), found(text), _change(comment))
    elif way == "beside":
        service.set_beside(db(), found(text), _change(comment))
    service.answer(db(), this, comment, became, form["answer"].data)


def _comment(this: CommentRound, key: UUID) -> Said:
    """A comment that was sent in a round, whoever sent it."""
    named = queries.comment_of(db(), this.id, key)
    if named is not None:
        return found(named if named.sent_at is not None else None)
    unnamed = queries.unnamed_comment_of(db(), this.id, key)
    if unnamed is not None:
        return unnamed
    return found(next((one for one in network_queries.said_in_round(db(), this.id) if one.id == key), None))
