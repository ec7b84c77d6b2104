"""Passing a paragraph or the whole text of a round to a colleague in another ministry, and that colleague's page."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_lent_link, by_link
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import CONFLICT, Form, done
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import names_of
from secretariat.texts import forms, policy, queries
from secretariat.texts.comment_letters import LENT_SCOPE
from secretariat.texts.editions import Content
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import Comment, CommentRound, UnsavedComment
from secretariat.texts.service import (
    Said,
    all_unsaved_in,
    forget_unsaved_comment,
    keep_unsaved_comment,
    of_colleague,
    unsaved_in,
)
from secretariat.texts.service import lending as service
from secretariat.texts.views.base import (
    KEPT,
    NOT_KEPT,
    TOO_LONG,
    blueprint,
    form_page,
    half_written,
    language_asked_for,
    page,
    shown_paragraph,
)
from secretariat.texts.views.comments import (
    At,
    being_written,
    is_emptied,
    is_too_long,
    mine,
    of_link,
    paragraphs_offered,
)

WHOLE = "whole"
"""In an address: the text as a whole, where others name a paragraph."""


@blueprint.route("/rounds/<uuid:round_id>/pass-on", methods=["GET", "POST"])
@permission("pass a text to a colleague")
def pass_on(round_id: UUID) -> ResponseReturnValue:
    """Ask a colleague in another ministry, or in one's organization, for comments on a paragraph or the whole text."""
    return _passing(mine(round_id), At(round_id))


@blueprint.route("/l/<token>/comment/pass-on", methods=["GET", "POST"])
@by_link("comment")
def pass_on_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same, without a password."""
    this = of_link(link)
    return _passing(this, At(this.id, link.token))


@blueprint.post("/rounds/<uuid:round_id>/lent/<uuid:asked_id>/take-back")
@permission("take a text back from a colleague")
def take_back_lent(round_id: UUID, asked_id: UUID) -> ResponseReturnValue:
    """Take back what was passed on; what the colleague wrote stays."""
    return _taking_back(mine(round_id), asked_id, At(round_id))


@blueprint.post("/l/<token>/comment/lent/<uuid:asked_id>/take-back")
@by_link("comment")
def take_back_lent_by_link(link: OpenedLink, asked_id: UUID) -> ResponseReturnValue:
    """The same, without a password."""
    this = of_link(link)
    return _taking_back(this, asked_id, At(this.id, link.token))


def _passing(this: CommentRound, at: At) -> ResponseReturnValue:
    content = Content.from_json(this.edition.content)
    first = {} if request.method == "POST" else {"paragraph": request.args.get("paragraph", "")}
    form = forms.pass_on_form(paragraphs_offered(content))(**first)
    if form.ready():
        named = form["paragraph"].data
        try:
            service.pass_on(
                db(), this, UUID(named) if named else None, form["name"].data, form["address"].data,
                form["asked"].data or "",
            )  # fmt: skip
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Passed on. Your colleague gets a link to this and to nothing else."), at.reply)
    return form_page(form, "pass_on", round=this, document=this.edition.document, at=at, by_mail=bool(at.token))


def _taking_back(this: CommentRound, asked_id: UUID, at: At) -> ResponseReturnValue:
    lent = queries.lent_by_id(db(), asked_id)
    one = found(lent if lent is not None and lent.round_id == this.id else None)
    authorise(policy.may_keep_lent(viewer(), one))
    service.end(db(), one)
    return done(_("Taken back; the link opens nothing any more."), at.reply)


# --- the colleague's page -------------------------------------------------------------------------------------------


@blueprint.route("/l/<token>/gather", methods=["GET", "POST"])
@by_lent_link(LENT_SCOPE, lambda key: service.lender(unit.engine(), key))
def gather(link: OpenedLink) -> ResponseReturnValue:
    """What a focal point passed on, and nothing else: read with the lender's eyes. One form for each paragraph."""
    lent = found(queries.lent_by_id(db(), link.subjects[0]))
    document = found(found(lent.round).edition.document)
    place.enter(document.process, track=document.track)
    content = Content.from_json(lent.round.edition.content)
    if not service.is_out(lent, viewer()):
        return _over(lent, content, link.token)
    written = {one.paragraph_id: one for one in queries.comments_from(db(), lent.id)}
    about = _asked_about(lent, content)
    if about == WHOLE and "paragraph" not in request.args and lent.paragraph_id is None:
        return _gathering(Form(formdata=None), lent, content, written, token=link.token, about=None)
    paragraph = None if about == WHOLE else UUID(about)
    unsaved = unsaved_in(db(), lent.round, of_colleague(lent, paragraph))
    form = forms.colleague_form(content.languages)(**_as_it_stands(written.get(paragraph), content, unsaved))
    if form.ready():
        said = Said(
            paragraph=paragraph,
            language=form["language"].data,
            words=form["words"].data or "",
            wording=form["wording"].data or "",
        )
        try:
            kept = service.write(db(), lent, said)
        except Refused as problem:
            form.tell(problem)
        else:
            forget_unsaved_comment(db(), lent.round, of_colleague(lent, paragraph))
            thanks = _("Kept. Your colleague reads it, and can take it up. Thank you.") if kept else _("Thrown away.")
            return done(thanks, url_for("texts.gather", token=link.token))
    return _gathering(form, lent, content, written, token=link.token, about=about, unsaved=unsaved)


def _over(lent: LentComments, content: Content, token: str) -> ResponseReturnValue:
    """Nothing of the text any more, but the colleague's own words that were not sent: what has just come, what was
    typed before."""
    typed = [one for one in (request.form.get("words"), request.form.get("wording")) if one and one.strip()]
    kept = all_unsaved_in(db(), lent.round)
    half = half_written(kept, content, content.original, lambda key: of_colleague(lent, key))
    keep = {one.key: url_for("texts.keep_gathered", token=token, paragraph=one.key or WHOLE) for one in half}
    return page("gather_over", typed=typed, half=half, keep=keep), CONFLICT if typed else 200  # type: ignore[return-value]


@blueprint.post("/l/<token>/gather/half-written")
@by_lent_link(LENT_SCOPE, lambda key: service.lender(unit.engine(), key))
def keep_gathered(link: OpenedLink) -> ResponseReturnValue:
    """Keep what a colleague is writing, for the page behind this link alone; sent by the page of itself."""
    lent = found(queries.lent_by_id(db(), link.subjects[0]))
    content = Content.from_json(found(lent.round).edition.content)
    about = _asked_about(lent, content)
    key = of_colleague(lent, None if about == WHOLE else UUID(about))
    if request.form.get("act") == "forget":
        forget_unsaved_comment(db(), lent.round, key)
        return done(_("Not kept."), url_for("texts.gather", token=link.token))
    form = forms.colleague_form(content.languages)()
    said = being_written(form)
    if said is not None and service.is_out(lent, viewer()):
        keep_unsaved_comment(db(), lent.round, key, said)
        return KEPT
    if is_emptied(form):
        forget_unsaved_comment(db(), lent.round, key)
    return TOO_LONG if is_too_long(form) else NOT_KEPT


def _asked_about(lent: LentComments, content: Content) -> str:
    """The paragraph the page is about: that which was lent, or that of the address; else the text as a whole."""
    if lent.paragraph_id is not None:
        return str(lent.paragraph_id)
    asked = request.args.get("paragraph", "")
    return asked if any(str(one.id) == asked for one in content.pieces) else WHOLE


def _as_it_stands(comment: Comment | None, content: Content, unsaved: UnsavedComment | None) -> dict[str, object]:
    if request.method == "POST":
        return {}
    if unsaved is not None:
        return {**forms.recovered(unsaved)}
    if comment is not None:
        return {"words": comment.words, "wording": comment.wording, "language": comment.language}
    own = current_reading().language.code
    return {"language": own if own in content.languages else content.original}


def _gathering(
    form: Form,
    lent: LentComments,
    content: Content,
    written: dict[UUID | None, Comment],
    *,
    token: str,
    about: str | None,
    unsaved: UnsavedComment | None = None,
) -> ResponseReturnValue:
    """The page: of one paragraph with its form or, with `about` None, of the whole text with a way to each."""
    document, language = lent.round.edition.document, language_asked_for(content)
    shown = [
        (shown_paragraph(one, language), one.piece.id)
        for one in content.counted()
        if about in (None, WHOLE, str(one.piece.id))
    ]
    named = names_of(db(), [lent.participant_id], process=document.process_id)
    return form_page(
        form,
        "gather",
        lent=lent,
        document=document,
        participant=str(named[lent.participant_id]),
        about=about,
        unsaved=unsaved,
        keep=url_for("texts.keep_gathered", token=token, paragraph=about),
        whole=WHOLE,
        rows=shown,
        written=written,
        content=content,
        language=language,
        ends=service.deadline_of(lent.round),
    )
