"""A round opened to the civil-society network, and the page on which its coordinator writes and sends its comments."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import current_reading, ngettext
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_link
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done
from secretariat.pages.unit import db, viewer
from secretariat.texts import forms, network_queries, policy
from secretariat.texts.editions import Content
from secretariat.texts.models import CommentFor, UnsavedComment
from secretariat.texts.network_models import NetworkComment, OpenedRound
from secretariat.texts.service import (
    Said,
    all_unsaved_in,
    forget_unsaved_comment,
    keep_unsaved_comment,
    unsaved_in,
)
from secretariat.texts.service import networks as service
from secretariat.texts.views.base import (
    KEPT,
    NOT_KEPT,
    TOO_LONG,
    HalfWritten,
    blueprint,
    form_page,
    half_written,
    language_asked_for,
    shown_paragraph,
    the_round,
)
from secretariat.texts.views.comments import being_written, is_emptied, is_too_long

WHOLE = "whole"
"""In an address: the text as a whole, where others name a paragraph."""


@blueprint.route("/rounds/<uuid:round_id>/network", methods=["GET", "POST"])
@permission("open a round to the network")
def open_to_network(round_id: UUID) -> ResponseReturnValue:
    """Ask the network for its comments; it reads a copy of the text, and nothing else."""
    this = the_round(round_id)
    authorise(policy.may_keep_round(viewer(), this))
    networks = network_queries.networks_to_open_to(db(), this)
    form = Form()
    if form.ready():
        try:
            for network in networks:
                service.open_to(db(), this, network)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Opened. Its coordination is written to."), url_for("texts.comments", round_id=this.id))
    return form_page(form, "open_to_network", round=this, document=this.edition.document, networks=networks)


@blueprint.post("/rounds/<uuid:round_id>/network/<uuid:opened_id>/close")
@permission("close a round to the network")
def close_to_network(round_id: UUID, opened_id: UUID) -> ResponseReturnValue:
    """Take nothing more from the network; what it has sent stays."""
    this = the_round(round_id)
    authorise(policy.may_keep_round(viewer(), this))
    opened = network_queries.opened_by_id(db(), opened_id)
    one = found(opened if opened is not None and opened.round_id == this.id else None)
    service.take_back(db(), this, one)
    return done(_("Closed to the network; what it has sent stays."), url_for("texts.comments", round_id=this.id))


@blueprint.route("/opened-rounds/<uuid:opened_id>", methods=["GET", "POST"])
@permission("comment for the network")
def network_comments(opened_id: UUID) -> ResponseReturnValue:
    """What is opened to the network, and its comments."""
    one = found(network_queries.opened_by_id(db(), opened_id))
    return _page(one, url_for("texts.network_comments", opened_id=opened_id))


@blueprint.route("/l/<token>/network", methods=["GET", "POST"])
@by_link("network")
def network_comments_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    one = found(network_queries.opened_by_id(db(), found(next(iter(link.subjects), None))))
    authorise(policy.may_answer_opened(viewer(), one))
    return _page(one, url_for("texts.network_comments_by_link", token=link.token))


def _page(one: OpenedRound, here: str) -> ResponseReturnValue:
    place.enter(one.process, track=one.network or one.track, across=True)
    may_answer = policy.may_answer_opened(viewer(), one)
    authorise(may_answer or request.method == "GET")
    content = Content.from_json(one.content)
    written = list(network_queries.comments_of(db(), one.id))
    # who was writing when the round ended is heard still: it is kept with the network
    may_write = may_answer and (service.is_running(one) or request.method == "POST")
    about = _asked_about(content) if may_write else None
    unsaved = unsaved_in(db(), one, about) if about is not None else None
    form = _form(about, content, written, unsaved)
    if form.ready():
        try:
            return _kept(one, form, about, here)
        except Refused as problem:
            form.tell(problem)
    language = language_asked_for(content)
    half = _half_written(one, content, language) if may_answer and about is None else []
    return form_page(
        form,
        "network",
        opened=one,
        content=content,
        language=language,
        about=about,
        unsaved=unsaved,
        keep=_keep_address(here, about),
        half=half,
        keeps={each.key: _keep_address(here, each.key or WHOLE) for each in half},
        whole=WHOLE,
        here=here,
        rows=[
            (shown_paragraph(each, language), each.piece.id)
            for each in content.counted()
            if about in (None, WHOLE, str(each.piece.id))
        ],
        waiting={each.paragraph_id: each for each in written if each.sent_at is None},
        sent=[each for each in written if each.sent_at is not None],
        running=service.is_running(one),
        may_answer=may_answer,
        ends=service.deadline_of(one),
    )


@blueprint.post("/opened-rounds/<uuid:opened_id>/unsaved")
@permission("keep what is not saved of a comment of the network")
def keep_network_comment(opened_id: UUID) -> ResponseReturnValue:
    """Keep what one is writing for the network, for oneself alone; sent by the page of itself."""
    one = found(network_queries.opened_by_id(db(), opened_id))
    return _keep(one, url_for("texts.network_comments", opened_id=opened_id))


@blueprint.post("/l/<token>/network/unsaved")
@by_link("network")
def keep_network_comment_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same, without a password."""
    one = found(network_queries.opened_by_id(db(), found(next(iter(link.subjects), None))))
    return _keep(one, url_for("texts.network_comments_by_link", token=link.token))


def _keep(one: OpenedRound, here: str) -> ResponseReturnValue:
    place.enter(one.process, track=one.network or one.track, across=True)
    authorise(policy.may_answer_opened(viewer(), one))
    content = Content.from_json(one.content)
    about = _asked_about(content) or WHOLE
    if request.form.get("act") == "forget":
        forget_unsaved_comment(db(), one, about)
        return done(_("Not kept."), here)
    form = forms.colleague_form(content.languages)()
    said = being_written(form)
    if said is not None and service.is_running(one):
        keep_unsaved_comment(db(), one, about, said)
        return KEPT
    if is_emptied(form):
        forget_unsaved_comment(db(), one, about)
    return TOO_LONG if is_too_long(form) else NOT_KEPT


def _half_written(one: OpenedRound, content: Content, language: str) -> list[HalfWritten]:
    return half_written(all_unsaved_in(db(), one), content, language, lambda key: str(key or WHOLE))


def _keep_address(here: str, about: str | None) -> str:
    return f"{here}/unsaved?paragraph={about}" if about is not None else ""


def _asked_about(content: Content) -> str | None:
    """The paragraph of the address, or the text as a whole; None where the address names neither."""
    asked = request.args.get("paragraph", "")
    return asked if asked == WHOLE or any(str(one.id) == asked for one in content.pieces) else None


def _form(about: str | None, content: Content, written: list[NetworkComment], unsaved: UnsavedComment | None) -> Form:
    if about is None:
        return forms.send_form()()
    if request.method == "POST":
        return forms.colleague_form(content.languages)()
    key = None if about == WHOLE else UUID(about)
    before = next((one for one in written if one.sent_at is None and one.paragraph_id == key), None)
    own = current_reading().language.code
    first = {"language": own if own in content.languages else content.original}
    if unsaved is not None:
        first = forms.recovered(unsaved)
    elif before is not None:
        first = {"words": before.words, "wording": before.wording, "language": before.language}
    return forms.colleague_form(content.languages)(**first)


def _kept(one: OpenedRound, form: Form, about: str | None, here: str) -> ResponseReturnValue:
    if about is None:
        number = service.send(db(), one, CommentFor(form["read_by"].data))
        return done(ngettext("Sent: %(num)s comment. Thank you.", "Sent: %(num)s comments. Thank you.", number), here)
    said = Said(
        paragraph=None if about == WHOLE else UUID(about),
        language=form["language"].data,
        words=form["words"].data or "",
        wording=form["wording"].data or "",
    )
    kept = service.write(db(), one, said)
    forget_unsaved_comment(db(), one, about)
    return done(_kept_words(one) if kept else _("Thrown away."), here)


def _kept_words(one: OpenedRound) -> str:
    if service.is_running(one):
        return _("Kept. Only the network's coordination sees it until you send it.")
    return _("Kept for the network. The round is over, so that it is not sent; tell the Secretariat if you wish it to "
             "be considered.")  # fmt: skip
