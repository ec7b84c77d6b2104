"""Adoption: the chair pronounces it, statements are kept word for word, capitals confirm what is ad referendum."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import Refused
from secretariat.documents.models import COMMON_PAPER
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import in_order, names_of
from secretariat.texts import clearance_queries, policy, silence_forms, silence_queries
from secretariat.texts import silence_words as in_words
from secretariat.texts.editions import Content
from secretariat.texts.membership import is_co_chaired
from secretariat.texts.service import adopting as service
from secretariat.texts.silence_models import AdoptionConfirmation, CapitalSays, TextAdoption
from secretariat.texts.views.base import blueprint, language_asked_for, shown_paragraphs, the_edition
from secretariat.texts.views.silence import languages_to_write


def the_adoption(adoption_id: UUID) -> TextAdoption:
    """The adoption of this address, or the 404 which hidden and missing share."""
    one = found(silence_queries.adoption_by_id(db(), adoption_id))
    document = found(found(one.edition).document)
    place.enter(document.process, track=document.track)
    return one


def _members(document: Any) -> list[tuple[str, str]]:
    members = silence_queries.members_on(db(), document.process_id, document.track_id, document.body_id, clock.today())
    named = names_of(db(), members, process=document.process_id)
    return [(str(one), str(named[one])) for one in in_order(named)]


@blueprint.route("/documents/<uuid:document_id>/adoption", methods=["GET", "POST"])
@permission("pronounce the adoption of a text")
def adopt(document_id: UUID) -> ResponseReturnValue:
    """The chair pronounces a text adopted; or the secretariat notes that the chair did, and how."""
    edition = the_edition(document_id)
    document = edition.document
    authorise(policy.may_pronounce(viewer(), document))
    by_chair = policy.chairs(viewer(), document)
    meetings = [(str(one.id), local_text(one.title)) for one in silence_queries.meetings_to_choose(db(), document)]
    for_forum = document.kind == COMMON_PAPER
    form = silence_forms.pronounce_form(
        _members(document),
        meetings,
        languages_to_write(document.process),
        ask_word=not by_chair,
        co_chaired=is_co_chaired(db(), document, clock.today()),
        for_forum=for_forum,
    )(
        data={
            "adopted_on": clock.today(document.process.zone),
            "meeting": str(document.meeting_id) if document.meeting_id else None,
            "statement_language": current_reading().language.code,
        }
    )
    if form.ready():
        try:
            made = service.pronounce(db(), edition, silence_forms.pronouncement(form))
        except Refused as problem:
            form.tell(problem)
        else:
            said = _("On record. The text, its languages and its symbol stay as they are from now on.")
            return done(said, url_for("texts.adoption", adoption_id=made.id))
    return shown(
        form,
        "texts/silence_adopt.html",
        edition=edition,
        document=document,
        by_chair=by_chair,
        for_forum=for_forum,
        adoption=silence_queries.adoption_of(db(), edition.id),
    )


@blueprint.get("/adoptions/<uuid:adoption_id>")
@signed_in
def adoption(adoption_id: UUID) -> ResponseReturnValue:
    """How a text was adopted: by whom, with which statements, and what of it is frozen."""
    one = the_adoption(adoption_id)
    return render_template("texts/silence_adoption.html", **_context(one))


def _context(one: TextAdoption) -> dict[str, Any]:
    document = one.edition.document
    content = Content.from_json(one.edition.content)
    given = silence_queries.statements_on_silence(db(), one.silence_id) if one.silence_id else []
    spoke = {row.participant_id for row in one.statements} | {row.participant_id for row in given}
    keys = {*one.by, *spoke, *(row.participant_id for row in one.confirmations)}
    names = names_of(db(), keys, process=document.process_id)
    members = silence_queries.members_on(db(), document.process_id, document.track_id, document.body_id, clock.today())
    # of whom has left since nothing is awaited; what it said stays on record
    rows = {
        row.participant_id: row
        for row in one.confirmations
        if row.participant_id in members or row.says is not CapitalSays.AWAITED
    }
    return {
        "adoption": one,
        "edition": one.edition,
        "document": document,
        "content": content,
        "words": in_words,
        "co_chaired": is_co_chaired(db(), document, one.adopted_on),
        "names": names,
        "by": [str(names[key]) for key in in_order({key: names[key] for key in one.by})],
        "given": given,
        "confirmations": [rows[key] for key in in_order({key: names[key] for key in rows})],
        "may_keep": viewer().keeps(document.track_id),
        "may_confirm": {row.id for row in one.confirmations if policy.may_confirm(viewer(), row)},
        "clearance": clearance_queries.clearance_of(db(), document.id),
        "may_pronounce": policy.may_pronounce(viewer(), document),
        "languages": content.languages,
    }


@blueprint.route("/adoptions/<uuid:adoption_id>/statement", methods=["GET", "POST"])
@permission("keep a statement with an adopted text")
def adoption_statement(adoption_id: UUID) -> ResponseReturnValue:
    """Keep one more reservation or explanation with an adopted text."""
    one = the_adoption(adoption_id)
    document = one.edition.document
    authorise(policy.may_pronounce(viewer(), document))
    form = silence_forms.statement_form(_members(document), languages_to_write(document.process))(
        data={"statement_language": current_reading().language.code}
    )
    if form.ready():
        try:
            service.add_statement(db(), one, found(silence_forms.statement_of(form)))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Kept with the text, word for word."), url_for("texts.adoption", adoption_id=one.id))
    return shown(form, "texts/silence_statement.html", adoption=one, document=document)


@blueprint.route("/adoptions/confirmations/<uuid:confirmation_id>", methods=["GET", "POST"])
@permission("confirm a text for a capital")
def confirm_text(confirmation_id: UUID) -> ResponseReturnValue:
    """A capital says whether it confirms; or the secretariat notes what that has told it."""
    row = found(silence_queries.confirmation_of(db(), confirmation_id))
    return _confirming(row, url_for("texts.confirm_text", confirmation_id=confirmation_id))


@blueprint.route("/l/<token>/confirmation", methods=["GET", "POST"])
@by_link("confirmation")
def confirmation_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    rows = (silence_queries.confirmation_of(db(), key) for key in link.subjects)
    row = found(next((one for one in rows if one), None))
    return _confirming(row, url_for("texts.confirmation_by_link", token=link.token), by_mail=True)


def _confirming(row: AdoptionConfirmation, location: str, *, by_mail: bool = False) -> ResponseReturnValue:
    edition = found(found(row.adoption).edition)
    document = found(edition.document)
    place.enter(document.process, track=document.track)
    authorise(policy.may_confirm(viewer(), row))
    own = viewer().participant == row.participant_id
    form = silence_forms.confirmation_form(ask_word=not own)()
    if form.ready():
        try:
            service.confirm(db(), row, CapitalSays(form["says"].data), "" if own else form["word"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Thank you. On record; who reads the text sees it now."), location)
    content = Content.from_json(edition.content)
    language = language_asked_for(content)
    named = names_of(db(), [row.participant_id], process=document.process_id)
    return shown(
        form,
        "texts/silence_confirm.html",
        row=row,
        adoption=row.adoption,
        document=document,
        own=own,
        participant=str(named[row.participant_id]),
        words=in_words,
        content=content,
        language=language,
        rows=shown_paragraphs(content.counted(), language),
        by_mail=by_mail,
        is_answered=row.says is CapitalSays.CONFIRMED,
    )
