"""A common paper for an outside forum: asking members to clear it, what each says, and that it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock, readings
from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import day_full, local_text
from secretariat.core.languages.words import language_name, list_text
from secretariat.core.refusals import Refused
from secretariat.core.session import ViewerSession
from secretariat.documents import beside
from secretariat.documents import queries as document_queries
from secretariat.documents.models import COMMON_PAPER, Document, DocumentFile, VersionState
from secretariat.documents.policy import may_fetch
from secretariat.documents.views.base import the_document
from secretariat.documents.views.files import handed_out
from secretariat.documents.words import file_in_words
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
from secretariat.texts.service import clearing as service
from secretariat.texts.views.base import blueprint, language_asked_for, page, shown_paragraphs


def the_clearance(clearance_id: UUID) -> Clearance:
    """The clearance of this address, or the 404 which hidden and missing share."""
    one = found(queries.clearance_by_id(db(), clearance_id))
    document = found(one.document)
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
    document = the_document(document_id)
    authorise(policy.may_ask_clearance(viewer(), document))
    form = forms.clearance_form(document.process.languages)(**_as_before(document))
    if form.ready():
        try:
            made = service.ask(db(), document, form["forum"].data, form["due_on"].data, form["clear_by"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Asked."), url_for("texts.clearance", clearance_id=made.id))
    return _asking(form, document, queries.clearance_of(db(), document.id))


def _as_before(document: Document) -> dict[str, Any]:
    """The forum and its day, from the clearance of what stood before or, for a first one, from the draft."""
    asked = queries.last_of_line(db(), document)
    if asked is not None:
        return {"data": {"forum": asked.forum, "due_on": asked.due_on}}
    edition = text_queries.edition_of(db(), document.id)
    text = text_queries.text_by_id(db(), edition.text_id) if edition is not None else None
    return {"data": {"forum": text.forum, "due_on": text.forum_due_on}} if text is not None else {}


def _asking(form: Form, document: Document, clearance: Clearance | None) -> ResponseReturnValue:
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
    form = forms.clearance_form(one.document.process.languages)(obj=values)
    if form.ready(values):
        try:
            service.change(db(), one, form["forum"].data, form["due_on"].data, form["clear_by"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved."), url_for("texts.clearance", clearance_id=one.id))
    return _asking(form, one.document, one)


@blueprint.get("/clearances/<uuid:clearance_id>")
@signed_in
def clearance(clearance_id: UUID) -> ResponseReturnValue:
    """Who has cleared a common paper, who has not yet, and what is to be done."""
    one = the_clearance(clearance_id)
    document, me = one.document, viewer()
    adoption = silence_queries.adoption_of(db(), one.edition_id) if one.edition_id is not None else None
    released_on = adoption.adopted_on if adoption is not None else one.released_on
    answers = queries.answers_of(db(), one.id)
    # of whom has left since nothing is awaited; what it said stays on record
    awaited = service.members(db(), document) if released_on is None else {row.participant_id for row in answers}
    rows = {row.participant_id: row for row in answers if row.participant_id in awaited or row.said_at is not None}
    names = names_of(db(), {*rows, *one.named}, process=document.process_id)
    release = "texts.adopt" if one.edition_id is not None else "texts.release_paper"
    of = {"document_id": document.id} if one.edition_id is not None else {"clearance_id": one.id}
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
        released_on=released_on,
        in_the_name_of=[str(names[key]) for key in in_order({key: names[key] for key in one.named})],
        paper=url_for("texts.edition" if one.edition_id is not None else "documents.show", document_id=document.id),
        release=url_for(release, **of),  # type: ignore[arg-type]
        without=[each.language for each in document.versions if each.state is VersionState.NOT_MADE],
        held_up=_held_up(one) if released_on is not None else [],
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
    document = one.document
    form = forms.SentForm(data={"sent_on": clock.today(document.process.zone)})
    if form.ready():
        try:
            service.note_sent(db(), one, form["sent_on"].data, form["word"].data or "")
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("On record."), url_for("texts.clearance", clearance_id=one.id))
    return shown(form, "texts/clearance_sent.html", clearance=one, document=document)


@blueprint.route("/clearances/<uuid:clearance_id>/release", methods=["GET", "POST"])
@permission("release a common paper that is a file")
def release_paper(clearance_id: UUID) -> ResponseReturnValue:
    """The chair releases a common paper that is a file; or the secretariat notes that the chair did, and how."""
    one = the_clearance(clearance_id)
    document = one.document
    authorise(policy.may_pronounce(viewer(), document))
    found(one if one.edition_id is None else None)
    by_chair = policy.chairs(viewer(), document)
    members = names_of(db(), service.members(db(), document), process=document.process_id)
    offered = [(str(key), str(members[key])) for key in in_order(members)]
    today = clock.today(document.process.zone)
    form = forms.release_form(offered, ask_word=not by_chair)(data={"released_on": today})
    if form.ready():
        word = "" if by_chair else form["word"].data
        named = tuple(UUID(key) for key in form["named"].data or ())
        try:
            left = service.release(db(), one, service.Release(on=form["released_on"].data, named=named, word=word))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_released(left), url_for("texts.clearance", clearance_id=one.id))
    missing = queries.not_cleared_by(db(), one, today)
    return shown(
        form,
        "texts/clearance_release.html",
        clearance=one,
        document=document,
        released=one.released_on is not None,
        awaited=[version.language for version in document.versions if version.state is VersionState.AWAITED],
        held_up=_held_up(one),
        missing=[str(members[key]) for key in in_order({key: members[key] for key in missing if key in members})],
    )


def _released(left: list[str]) -> str:
    said = _("On record. The paper stays as it is from now on.")
    if not left:
        return said
    more = _("It is awaited no more in: %(languages)s.", languages=list_text([language_name(code) for code in left]))
    return f"{said} {more}"


def _held_up(one: Clearance) -> Sequence[Any]:
    """Revisions of the paper that wait for a day which comes in vain once it is released: for the secretariat."""
    if one.edition_id is not None or not policy.may_keep_clearance(viewer(), one):
        return []
    return queries.waiting_revisions(db(), one.document.first_id)


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
    return _clearing(row, url_for("texts.clear_by_link", token=link.token), by_mail=link.token)


@blueprint.get("/l/<token>/clear/<uuid:copy_id>")
@by_link("clear")
def clear_file_by_link(link: OpenedLink, copy_id: UUID) -> ResponseReturnValue:
    """The file of the paper that one is asked to clear, in a language, without a password."""
    rows = (queries.answer_by_id(db(), key) for key in link.subjects)
    row = found(next((one for one in rows if one), None))
    document = found(found(row.clearance).document)
    place.enter(document.process, track=document.track)
    authorise(policy.may_clear(viewer(), row) and may_fetch(viewer(), document))
    return handed_out(document, found(document_queries.file_of(db(), document.id, copy_id)))


def _clearing(row: ClearanceAnswer, location: str, *, by_mail: str = "") -> ResponseReturnValue:
    clearance = found(row.clearance)
    document = found(clearance.document)
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
    named = names_of(db(), [row.participant_id], process=document.process_id)
    return shown(
        form,
        "texts/clearance_answer.html",
        row=row,
        clearance=clearance,
        document=document,
        own=own,
        participant=str(named[row.participant_id]),
        says=in_words.SAYS,
        **_paper_of(clearance, by_mail),
        by_mail=bool(by_mail),
        released_on=_released_on(clearance),
        typed=[one for one in (form["words"].data, None if own else form["word"].data) if one] if form.wrong() else [],
    )


def _paper_of(clearance: Clearance, token: str) -> dict[str, Any]:
    """What is to be cleared, as the page shows it: the paragraphs, or the files by language."""
    if clearance.edition is not None:
        content = Content.from_json(clearance.edition.content)
        language = language_asked_for(content)
        return {"content": content, "language": language, "rows": shown_paragraphs(content.counted(), language)}
    document = clearance.document

    def at(file: DocumentFile) -> str:
        if token:
            return url_for("texts.clear_file_by_link", token=token, copy_id=file.id)
        return url_for("documents.fetch", document_id=document.id, file_id=file.id)

    if not may_fetch(viewer(), document):
        return {"files": None}
    files = [(one, at(one.file), file_in_words(one.file)) for one in document.versions if one.file is not None]
    return {"files": files, "recorded": readings.is_recorded(db(), document, least=Level.MEMBERS)}


def _released_on(clearance: Clearance) -> date | None:
    if clearance.edition_id is None:
        return clearance.released_on
    adoption = silence_queries.adoption_of(db(), clearance.edition_id)
    return adoption.adopted_on if adoption is not None else None


def _beside(session: ViewerSession, document: Document) -> beside.Lead | None:
    """What the page of a common paper that is a file says of its clearance."""
    if document.kind != COMMON_PAPER or document.by_paragraph:
        return None
    asked = queries.clearance_of(session, document.id)
    heading = _("Clearance for an outside forum")
    if asked is not None:
        words = {"forum": local_text(asked.forum), "day": day_full(asked.due_on)}
        said = _("For %(forum)s, which is to have it by %(day)s.", **words)
        return beside.Lead(heading, said, _("Who has cleared it"), url_for("texts.clearance", clearance_id=asked.id))
    if not policy.may_ask_clearance(session.viewer, document):
        return None
    ask = url_for("texts.ask_clearance", document_id=document.id)
    return beside.Lead(heading, _("Members were not asked to clear it yet."), _("Ask members to clear it"), ask)


beside.register("clearance of a common paper", _beside)
