"""A common paper for an outside forum: asking members to clear it, what each says, and that it was sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import in_order, names_of
from secretariat.texts import clearance_forms as forms
from secretariat.texts import clearance_queries as queries
from secretariat.texts import clearance_words as in_words
from secretariat.texts import policy, silence_queries
from secretariat.texts import queries as text_queries
from secretariat.texts.clearance_models import CLEAR, Clearance, ClearanceAnswer, ClearanceSays
from secretariat.texts.editions import Content
from secretariat.texts.models import TextEdition
from secretariat.texts.service import clearing as service
from secretariat.texts.views.base import blueprint, language_asked_for, page, shown_paragraphs, the_edition


def the_clearance(clearance_id: UUID) -> Clearance:
    """The clearance of this address, or the 404 which hidden and missing share."""
    one = found(queries.clearance_by_id(db(), clearance_id))
    document = found(found(one.edition).document)
    place.enter(document.process, track=document.track)
    return one


def _kept(clearance_id: UUID) -> Clearance:
    one = the_clearance(clearance_id)
    authorise(policy.may_keep_clearance(viewer(), one))
    return one


@blueprint.route("/documents/<uuid:document_id>/clearance", methods=["GET", "POST"])
@permission("ask members to clear a common paper")
def ask_clearance(document_id: UUID) -> ResponseReturnValue:
    """Ask the members to clear a common paper, for a forum that is to have it by a day."""
    edition = the_edition(document_id)
    document = edition.document
    authorise(policy.may_ask_clearance(viewer(), document))
    form = forms.clearance_form(document.process.languages)(**_as_before(edition))
    if form.ready():
        try:
            made = service.ask(db(), edition, form["forum"].data, form["due_on"].data, form["clear_by"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Asked."), url_for("texts.clearance", clearance_id=made.id))
    return _asking(form, edition, queries.clearance_of(db(), edition.id))


def _as_before(edition: TextEdition) -> dict[str, Any]:
    """The forum and its day, from the clearance of the edition before or, for a first one, from the draft."""
    before = text_queries.edition_by_number(db(), edition.text_id, edition.number - 1)
    asked = queries.clearance_of(db(), before.id) if before is not None else None
    if asked is not None:
        return {"data": {"forum": asked.forum, "due_on": asked.due_on}}
    text = text_queries.text_by_id(db(), edition.text_id)
    return {"data": {"forum": text.forum, "due_on": text.forum_due_on}} if text is not None else {}


def _asking(form: Form, edition: TextEdition, clearance: Clearance | None) -> ResponseReturnValue:
    document = edition.document
    asked = service.whom_it_asks(db(), document)
    named = names_of(db(), {one.participant for one in asked}, process=document.process_id)
    return shown(
        form,
        "texts/clearance_ask.html",
        document=document,
        clearance=clearance,
        letters=len(asked),
        participants=[str(named[one]) for one in in_order(named)],
    )


@blueprint.route("/clearances/<uuid:clearance_id>/days", methods=["GET", "POST"])
@permission("change the days of a clearance")
def change_clearance(clearance_id: UUID) -> ResponseReturnValue:
    """Give the forum another name, or a clearance other days; members that have come since are asked too."""
    one = _kept(clearance_id)
    values = forms.clearance_values(one)
    form = forms.clearance_form(one.edition.document.process.languages)(obj=values)
    if form.ready(values):
        try:
            service.change(db(), one, form["forum"].data, form["due_on"].data, form["clear_by"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved."), url_for("texts.clearance", clearance_id=one.id))
    return _asking(form, one.edition, one)


@blueprint.get("/clearances/<uuid:clearance_id>")
@signed_in
def clearance(clearance_id: UUID) -> ResponseReturnValue:
    """Who has cleared a common paper, who has not yet, and what is to be done."""
    one = the_clearance(clearance_id)
    document, me = one.edition.document, viewer()
    adoption = silence_queries.adoption_of(db(), one.edition_id)
    answers = queries.answers_of(db(), one.id)
    # of whom has left since nothing is awaited; what it said stays on record
    awaited = service.members(db(), document) if adoption is None else {row.participant_id for row in answers}
    rows = {row.participant_id: row for row in answers if row.participant_id in awaited or row.said_at is not None}
    names = names_of(db(), rows, process=document.process_id)
    return page(
        "clearance",
        clearance=one,
        document=document,
        says=in_words.SAYS,
        names=names,
        rows=[rows[key] for key in in_order({key: names[key] for key in rows})],
        whole=len(awaited & rows.keys()),
        cleared=sum(row.says in CLEAR for key, row in rows.items() if key in awaited),
        adoption=adoption,
        may={
            "keep": policy.may_keep_clearance(me, one),
            "release": policy.may_pronounce(me, document),
            "answer": {row.id for row in rows.values() if policy.may_clear(me, row)},
        },
    )


@blueprint.route("/clearances/<uuid:clearance_id>/sent", methods=["GET", "POST"])
@permission("note that a common paper was sent")
def clearance_sent(clearance_id: UUID) -> ResponseReturnValue:
    """Put on record that a paper went to its forum."""
    one = _kept(clearance_id)
    document = one.edition.document
    form = forms.SentForm(data={"sent_on": clock.today(document.process.zone)})
    if form.ready():
        try:
            service.note_sent(db(), one, form["sent_on"].data, form["word"].data or "")
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("On record."), url_for("texts.clearance", clearance_id=one.id))
    return shown(form, "texts/clearance_sent.html", clearance=one, document=document)


@blueprint.route("/clearances/answers/<uuid:answer_id>", methods=["GET", "POST"])
@permission("clear a common paper for a government")
def clear(answer_id: UUID) -> ResponseReturnValue:
    """A member says where its clearance stands; or the secretariat notes what it was told."""
    row = found(queries.answer_by_id(db(), answer_id))
    return _clearing(row, url_for("texts.clear", answer_id=answer_id))


@blueprint.route("/l/<token>/clear", methods=["GET", "POST"])
@by_link("clear")
def clear_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    rows = (queries.answer_by_id(db(), key) for key in link.subjects)
    row = found(next((one for one in rows if one), None))
    return _clearing(row, url_for("texts.clear_by_link", token=link.token), by_mail=True)


def _clearing(row: ClearanceAnswer, location: str, *, by_mail: bool = False) -> ResponseReturnValue:
    edition = found(found(row.clearance).edition)
    document = found(edition.document)
    place.enter(document.process, track=document.track)
    authorise(policy.may_clear(viewer(), row))
    own = viewer().participant == row.participant_id
    form = forms.answer_form(ask_word=not own)(data={"words": row.words} if own else {})
    if form.ready():
        try:
            noted = "" if own else form["word"].data
            service.answer(db(), row, ClearanceSays(form["says"].data), form["words"].data or "", noted)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Thank you. On record; who reads the paper sees it now."), location)
    content = Content.from_json(edition.content)
    language = language_asked_for(content)
    named = names_of(db(), [row.participant_id], process=document.process_id)
    return shown(
        form,
        "texts/clearance_answer.html",
        row=row,
        clearance=row.clearance,
        document=document,
        own=own,
        participant=str(named[row.participant_id]),
        says=in_words.SAYS,
        content=content,
        language=language,
        rows=shown_paragraphs(content.counted(), language),
        by_mail=by_mail,
        adoption=silence_queries.adoption_of(db(), edition.id),
    )
