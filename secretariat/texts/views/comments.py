"""What one's government says in a round: gathered, changed, sent as one. The same pages stand behind sign-in and behind
the link of the mail that asks for comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.refusals import Refused
from secretariat.mail.lent import not_delivered
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_link
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done
from secretariat.pages.unit import db, viewer
from secretariat.texts import forms, policy, queries, service
from secretariat.texts.editions import Content
from secretariat.texts.models import Comment, CommentFor, CommentRound, UnsavedComment
from secretariat.texts.service import Said
from secretariat.texts.service.lending import LENT
from secretariat.texts.service.replying import LONGEST_COMMENT, in_network
from secretariat.texts.views.base import (
    KEPT,
    NOT_KEPT,
    TOO_LONG,
    blueprint,
    form_page,
    half_written,
    language_asked_for,
    shown_paragraph,
    the_round,
)


@dataclass(frozen=True, slots=True)
class At:
    """Where the pages of a reply stand: under the round, or behind a link. `shown_in` is the language in which the
    text is read there, where one has chosen it."""

    round: UUID
    token: str = ""
    shown_in: str = ""

    @property
    def _language(self) -> dict[str, Any]:
        return {"in": self.shown_in} if self.shown_in else {}

    @property
    def word(self) -> str:
        if self.token:
            return url_for("texts.reply_by_file_and_link", token=self.token)
        return url_for("texts.reply_by_file", round_id=self.round)

    @property
    def file(self) -> str:
        """The text as a file to work on, behind the link."""
        return url_for("texts.word_file_by_link", token=self.token, **self._language)

    @property
    def reply(self) -> str:
        if self.token:
            return url_for("texts.reply_by_link", token=self.token, **self._language)
        return url_for("texts.reply", round_id=self.round, **self._language)

    def new(self, paragraph: UUID | None = None) -> str:
        about: dict[str, Any] = {**self._language, **({"paragraph": paragraph} if paragraph is not None else {})}
        if self.token:
            return url_for("texts.add_comment_by_link", token=self.token, **about)
        return url_for("texts.add_comment", round_id=self.round, **about)

    def keep(self, about: str) -> str:
        """Where what is being written is kept."""
        if self.token:
            return url_for("texts.keep_comment_by_link", token=self.token, about=about)
        return url_for("texts.keep_comment", round_id=self.round, about=about)

    def pass_on(self, paragraph: UUID | None = None) -> str:
        about = {"paragraph": paragraph} if paragraph is not None else {}
        if self.token:
            return url_for("texts.pass_on_by_link", token=self.token, **about)  # type: ignore[arg-type]
        return url_for("texts.pass_on", round_id=self.round, **about)  # type: ignore[arg-type]

    def take_back(self, lent: UUID) -> str:
        if self.token:
            return url_for("texts.take_back_lent_by_link", token=self.token, asked_id=lent)
        return url_for("texts.take_back_lent", round_id=self.round, asked_id=lent)

    def edit(self, comment: UUID) -> str:
        if self.token:
            return url_for("texts.edit_comment_by_link", token=self.token, comment_id=comment)
        return url_for("texts.edit_comment", round_id=self.round, comment_id=comment)

    def discard(self, comment: UUID) -> str:
        if self.token:
            return url_for("texts.discard_comment_by_link", token=self.token, comment_id=comment)
        return url_for("texts.discard_comment", round_id=self.round, comment_id=comment)


@blueprint.route("/rounds/<uuid:round_id>/reply", methods=["GET", "POST"])
@permission("reply for a government")
def reply(round_id: UUID) -> ResponseReturnValue:
    """What one's government will say, and has said; one button sends what is written."""
    return _reply(mine(round_id), At(round_id, shown_in=shown_in()))


@blueprint.route("/rounds/<uuid:round_id>/comments/new", methods=["GET", "POST"])
@permission("write a comment")
def add_comment(round_id: UUID) -> ResponseReturnValue:
    """A comment on the paragraph the address names, or on the text; kept for one's capital until it is sent."""
    return _add(mine(round_id), At(round_id, shown_in=shown_in()))


@blueprint.route("/rounds/<uuid:round_id>/comments/<uuid:comment_id>", methods=["GET", "POST"])
@permission("change a comment")
def edit_comment(round_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    """Change a comment that is not sent."""
    return _edit(mine(round_id), comment_id, At(round_id, shown_in=shown_in()))


@blueprint.post("/rounds/<uuid:round_id>/comments/<uuid:comment_id>/discard")
@permission("throw away a comment")
def discard_comment(round_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    """Throw away a comment that is not sent."""
    return _discard(mine(round_id), comment_id, At(round_id, shown_in=shown_in()))


@blueprint.post("/rounds/<uuid:round_id>/comments/keep")
@permission("keep what is not saved of a comment")
def keep_comment(round_id: UUID) -> ResponseReturnValue:
    """Keep what one is writing in a comment, for oneself alone; sent by the page of itself."""
    return _keep(mine(round_id), At(round_id, shown_in=shown_in()))


@blueprint.post("/l/<token>/comment/keep")
@by_link("comment")
def keep_comment_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same, without a password."""
    this = of_link(link)
    return _keep(this, At(this.id, link.token, shown_in()))


@blueprint.route("/l/<token>/comment", methods=["GET", "POST"])
@by_link("comment")
def reply_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The reply of one's government, without a password."""
    this = of_link(link)
    return _reply(this, At(this.id, link.token, shown_in()))


@blueprint.route("/l/<token>/comment/new", methods=["GET", "POST"])
@by_link("comment")
def add_comment_by_link(link: OpenedLink) -> ResponseReturnValue:
    """A comment, without a password."""
    this = of_link(link)
    return _add(this, At(this.id, link.token, shown_in()))


@blueprint.route("/l/<token>/comment/<uuid:comment_id>", methods=["GET", "POST"])
@by_link("comment")
def edit_comment_by_link(link: OpenedLink, comment_id: UUID) -> ResponseReturnValue:
    """Change a comment that is not sent, without a password."""
    this = of_link(link)
    return _edit(this, comment_id, At(this.id, link.token, shown_in()))


@blueprint.post("/l/<token>/comment/<uuid:comment_id>/discard")
@by_link("comment")
def discard_comment_by_link(link: OpenedLink, comment_id: UUID) -> ResponseReturnValue:
    """Throw away a comment that is not sent, without a password."""
    this = of_link(link)
    return _discard(this, comment_id, At(this.id, link.token, shown_in()))


def shown_in() -> str:
    """The language in which the address asks for the text, if it does."""
    return request.args.get("in", "")[:3]


def mine(round_id: UUID) -> CommentRound:
    """The round of this address, for whoever may comment in it."""
    this = the_round(round_id)
    authorise(policy.may_comment(viewer(), this, this.edition.document.body_id))
    return this


def of_link(link: OpenedLink) -> CommentRound:
    """The round a link is about, if one may still comment in it."""
    return mine(found(next(iter(link.subjects), None)))


def _reply(this: CommentRound, at: At) -> ResponseReturnValue:
    form = Form()
    if form.ready():
        try:
            number = service.send(db(), service.reply_for(db(), this))
        except Refused as problem:
            form.tell(problem)
        else:
            said = ngettext("Sent: %(num)s comment. Thank you.", "Sent: %(num)s comments. Thank you.", number)
            return done(said, at.reply)
    content = Content.from_json(this.edition.content)
    language = language_asked_for(content)
    participant = viewer().participant
    begun = queries.reply_of(db(), this.id, participant) if participant is not None else None
    written = queries.comments_in_reply(db(), begun.id) if begun is not None else []
    lent = queries.lent_in(db(), this.id, participant) if participant is not None else []
    half = half_written(service.all_unsaved_in(db(), this), content, language, lambda key: str(key or ""))
    return form_page(
        form,
        "reply",
        round=this,
        document=this.edition.document,
        language=language,
        languages=content.languages,
        rows=[(shown_paragraph(one, language), one.piece.id) for one in content.counted()],
        waiting=[one for one in written if one.sent_at is None and one.lent_id is None],
        gathered=[one for one in written if one.lent_id is not None],
        lent=[one for one in lent if one.closed_at is None],
        undelivered=not_delivered(db(), LENT, [one.id for one in lent if one.closed_at is None]),
        sent=[one for one in written if one.sent_at is not None],
        reply=begun,
        half=half,
        keep={one.key: at.keep(one.key) for one in half},
        unnamed=CommentFor.UNNAMED,
        running=service.is_running(this),
        ends=service.deadline_of(this),
        at=at,
        by_mail=bool(at.token),
    )


def _add(this: CommentRound, at: At) -> ResponseReturnValue:
    about = _about(this)
    unsaved = service.unsaved_in(db(), this, about)
    first = _first_choice(this)
    if unsaved is not None and request.method == "GET":
        first |= forms.recovered(unsaved)
    form = _form(this)(**first)
    if form.ready():
        try:
            service.add_comment(db(), this, forms.said_of(form))
        except Refused as problem:
            form.tell(problem)
        else:
            service.forget_unsaved_comment(db(), this, about)
            return done(_kept_words(this), at.reply)
    return _page(form, this, None, at, about, unsaved)


def _kept_words(this: CommentRound) -> str:
    if in_network(this):
        if service.is_running(this):
            return _("Kept. Only your organization sees it until you send it.")
        return _("Kept for your organization. The round is over, so that it is not sent; tell the coordination if you "
                 "wish it to be considered.")  # fmt: skip
    if service.is_running(this):
        return _("Kept. Only your government sees it until you send it.")
    return _("Kept for your government. The round is over, so that it is not sent; tell the Secretariat if you wish it "
             "to be considered.")  # fmt: skip


def _edit(this: CommentRound, comment_id: UUID, at: At) -> ResponseReturnValue:
    comment = found(queries.comment_of(db(), this.id, comment_id))
    authorise(policy.may_change_comment(viewer(), comment))
    values = forms.comment_values(comment)
    unsaved = service.unsaved_in(db(), this, str(comment.id))
    if unsaved is not None and request.method == "GET":
        vars(values).update(forms.recovered(unsaved))
    form = _form(this)(obj=values)
    if form.ready(values):
        try:
            service.change_comment(db(), comment, forms.said_of(form))
        except Refused as problem:
            form.tell(problem)
        else:
            service.forget_unsaved_comment(db(), this, str(comment.id))
            return done(_("Saved."), at.reply)
    return _page(form, this, comment, at, str(comment.id), unsaved)


def _about(this: CommentRound) -> str:
    """What a new comment is begun about: the paragraph of the address, or (empty) the whole text."""
    asked = request.args.get("paragraph", "")
    return asked if any(str(one.id) == asked for one in Content.from_json(this.edition.content).pieces) else ""


def _keep(this: CommentRound, at: At) -> ResponseReturnValue:
    about = _known(this, request.args.get("about", ""))
    if request.form.get("act") == "forget":
        service.forget_unsaved_comment(db(), this, about)
        return done(_("Not kept."), at.reply)
    form = _form(this)()
    said = being_written(form)
    if said is not None and service.is_running(this):
        service.keep_unsaved_comment(db(), this, about, said)
        return KEPT
    if is_emptied(form):
        service.forget_unsaved_comment(db(), this, about)
    return TOO_LONG if is_too_long(form) else NOT_KEPT


def being_written(form: Form) -> Said | None:
    """What is being written in the form of a comment, where there is something and it fits."""
    words, wording = form["words"].data or "", form["wording"].data or ""
    if not (words or wording) or is_too_long(form):
        return None
    return Said(paragraph=None, language=form["language"].data or "", words=words, wording=wording)


def is_too_long(form: Form) -> bool:
    """Whether more is written in the form of a comment than a comment can hold."""
    return max(len(form[name].data or "") for name in ("words", "wording")) > LONGEST_COMMENT


def is_emptied(form: Form) -> bool:
    """Whether all that was written in the form of a comment was taken out again."""
    return not (form["words"].data or form["wording"].data)


def _known(this: CommentRound, about: str) -> str:
    """A paragraph of the edition or a comment of one's government; the whole text for anything else."""
    if any(str(one.id) == about for one in Content.from_json(this.edition.content).pieces):
        return about
    try:
        comment = queries.comment_of(db(), this.id, UUID(about))
    except ValueError:
        return ""
    return about if comment is not None and policy.may_change_comment(viewer(), comment) else ""


def _discard(this: CommentRound, comment_id: UUID, at: At) -> ResponseReturnValue:
    comment = found(queries.comment_of(db(), this.id, comment_id))
    authorise(policy.may_change_comment(viewer(), comment))
    service.throw_away(db(), comment)
    return done(_("Thrown away."), at.reply)


def _form(this: CommentRound) -> type[Form]:
    content = Content.from_json(this.edition.content)
    offered = forms.CommentOffered(
        paragraphs=paragraphs_offered(content), languages=content.languages, in_network=in_network(this)
    )
    return forms.comment_form(offered)


def paragraphs_offered(content: Content) -> list[tuple[UUID, str]]:
    """The paragraphs of a text as a form lists them: each with its number and how it begins."""
    language = language_asked_for(content)
    return [
        (one.piece.id, _called(one.cited(language), one.piece.words.in_language(language)[0]))
        for one in content.counted()
    ]


def _called(cited: str, words: str) -> str:
    short = words if len(words) <= 60 else f"{words[:57].rstrip()}…"
    return f"{cited}. {short}" if cited else short


def _first_choice(this: CommentRound) -> dict[str, object]:
    if request.method == "POST":
        return {}
    content = Content.from_json(this.edition.content)
    return {"paragraph": request.args.get("paragraph", ""), "language": language_asked_for(content)}


def _page(
    form: Form, this: CommentRound, comment: Comment | None, at: At, about: str, unsaved: UnsavedComment | None
) -> ResponseReturnValue:
    content = Content.from_json(this.edition.content)
    language = language_asked_for(content)
    named = form["paragraph"].data
    one = next((one for one in content.counted() if str(one.piece.id) == named), None)
    return form_page(
        form,
        "comment",
        round=this,
        document=this.edition.document,
        comment=comment,
        paragraph=shown_paragraph(one, language) if one is not None else None,
        at=at,
        keep=at.keep(about),
        unsaved=unsaved,
        by_mail=bool(at.token),
    )
