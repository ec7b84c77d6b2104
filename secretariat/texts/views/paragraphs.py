"""Writing paragraphs; every act works without a script."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done
from secretariat.pages.unit import db, viewer
from secretariat.texts import forms, policy, queries, service
from secretariat.texts.models import DraftText, TextParagraph, UnsavedWords
from secretariat.texts.paragraphs import LONGEST_PARAGRAPH
from secretariat.texts.views.base import KEPT, NOT_KEPT, TOO_LONG, blueprint, form_page, the_paragraph, the_text


@blueprint.route("/texts/<uuid:text_id>/paragraphs/new", methods=["GET", "POST"])
@permission("add a paragraph")
def add_paragraph(text_id: UUID) -> ResponseReturnValue:
    """A new paragraph, behind the one the address names or at the end."""
    text = the_text(text_id)
    authorise(policy.may_write(viewer(), text))
    after = _after(text)
    typed = _all_typed_new(text)
    unsaved = typed.get(_form_asked_for())
    form = forms.new_paragraph_form(text)(data=forms.new_paragraph_values(unsaved))
    if form.ready():
        try:
            (made,) = service.add_paragraphs(db(), text, [forms.words_of(form, text)], after=after)
        except Refused as problem:
            form.tell(problem)
        else:
            service.forget_new(db(), text, forms.typed_in(form))
            return _added(text, made, after)
    return form_page(
        form,
        "paragraph",
        text=text,
        paragraph=None,
        after=after,
        unsaved=unsaved,
        others=[one for key, one in typed.items() if key != forms.typed_in(form)],
        keep=url_for("texts.keep_new", text_id=text.id),
    )


def _added(text: DraftText, made: TextParagraph, after: TextParagraph | None) -> ResponseReturnValue:
    gone = after is not None and after.taken_out_at is not None
    said = (
        _("Added, at the end: the paragraph it was to follow was taken out in the meantime.") if gone else _("Added.")
    )
    if request.form.get("act") == "another":
        return done(said, url_for("texts.add_paragraph", text_id=text.id, after=made.id), "attend" if gone else "well")
    return done(said, _at(text, made), "attend" if gone else "well")


@blueprint.route("/texts/<uuid:text_id>/paragraphs/paste", methods=["GET", "POST"])
@permission("paste paragraphs")
def paste(text_id: UUID) -> ResponseReturnValue:
    """Several paragraphs at once."""
    text = the_text(text_id)
    authorise(policy.may_write(viewer(), text))
    form = forms.PasteForm()
    if form.ready():
        try:
            made = service.add_paragraphs(db(), text, forms.paragraphs_of(form, text), after=_after(text))
        except Refused as problem:
            form.refuse(problem.sentence, "pasted")
        else:
            said = ngettext("%(num)s paragraph added.", "%(num)s paragraphs added.", len(made))
            return done(said, url_for("texts.show", text_id=text.id))
    return form_page(form, "paste", text=text)


@blueprint.route("/texts/<uuid:text_id>/paragraphs/<uuid:paragraph_id>", methods=["GET", "POST"])
@permission("write a paragraph")
def edit_paragraph(text_id: UUID, paragraph_id: UUID) -> ResponseReturnValue:
    """Write a paragraph anew. Where somebody else has saved meanwhile both are shown."""
    text = the_text(text_id)
    authorise(policy.may_write(viewer(), text))
    paragraph = the_paragraph(text, paragraph_id)
    # who was writing when it was taken out has the words again, and the reason
    found(paragraph if paragraph.taken_out_at is None or request.method == "POST" else None)
    values = forms.paragraph_values(paragraph)
    unsaved = _unsaved(paragraph)
    if unsaved is not None and request.args.get("unsaved") and request.method == "GET":
        values.words = unsaved.words
    form = forms.paragraph_form(text)(obj=values)
    try:
        service.check_standing(paragraph)
        if form.ready(values):
            service.write_paragraph(db(), paragraph, forms.words_of(form, text))
            return done(_("Saved."), _at(text, paragraph))
    except Refused as problem:
        form.tell(problem)
    return form_page(
        form,
        "paragraph",
        text=text,
        paragraph=paragraph,
        after=None,
        unsaved=unsaved,
        keep=url_for("texts.keep", text_id=text.id, paragraph_id=paragraph.id),
        recovered=_recovered(paragraph, unsaved) if unsaved is not None else [],
    )


def _recovered(paragraph: TextParagraph, unsaved: UnsavedWords) -> list[tuple[str, str]]:
    """What was not saved, in each language in which it differs from what stands."""
    kept, standing = list(unsaved.words.texts.items()), paragraph.words.texts
    return [(code, said) for code, said in kept if said != standing.get(code)] or kept


@blueprint.post("/texts/<uuid:text_id>/paragraphs/<uuid:paragraph_id>/keep")
@permission("keep what is not saved")
def keep(text_id: UUID, paragraph_id: UUID) -> ResponseReturnValue:
    """Keep what one is writing, for oneself alone; sent by the page of itself. Nothing is said to anybody else."""
    text = the_text(text_id)
    authorise(policy.may_write(viewer(), text))
    paragraph = the_paragraph(text, paragraph_id)
    if request.form.get("act") == "forget":
        service.forget_unsaved(db(), paragraph)
        return done(_("Not kept."), url_for("texts.edit_paragraph", text_id=text.id, paragraph_id=paragraph.id))
    form = forms.paragraph_form(text)()
    words = _typed(form, text)
    if words:
        based_on = form.version.data or ""
        service.keep_unsaved(db(), paragraph, words, int(based_on) if based_on.isdecimal() else paragraph.version)
        return KEPT
    if not form["words"].data:
        service.forget_unsaved(db(), paragraph)
        return NOT_KEPT
    return TOO_LONG


@blueprint.post("/texts/<uuid:text_id>/paragraphs/keep")
@permission("keep what is not saved of a new paragraph")
def keep_new(text_id: UUID) -> ResponseReturnValue:
    """Keep what one is writing as a new paragraph, for oneself alone; sent by the page of itself."""
    text = the_text(text_id)
    authorise(policy.may_write(viewer(), text))
    form = forms.new_paragraph_form(text)()
    if request.form.get("act") == "forget":
        service.forget_new(db(), text, forms.typed_in(form))
        return done(_("Not kept."), url_for("texts.show", text_id=text.id))
    words = _typed(form, text)
    if words:
        service.keep_new(db(), text, forms.typed_in(form), words)
        return KEPT
    if not form["words"].data:
        service.forget_new(db(), text, forms.typed_in(form))
        return NOT_KEPT
    return TOO_LONG


def _typed(form: Form, text: DraftText) -> LocalText | None:
    """What is being written, where there is something and it fits."""
    words: LocalText = form["words"].data or LocalText({}, text.original)
    fits = all(len(one) <= LONGEST_PARAGRAPH for one in words.texts.values())
    return words if words and fits else None


@blueprint.post("/texts/<uuid:text_id>/paragraphs/<uuid:paragraph_id>/act")
@permission("move a paragraph")
def act_on_paragraph(text_id: UUID, paragraph_id: UUID) -> ResponseReturnValue:
    """Up, down, out or back, or that a translation still holds, by the button pressed; or beside the paragraph on which
    it was dropped."""
    text = the_text(text_id)
    authorise(policy.may_write(viewer(), text))
    paragraph = the_paragraph(text, paragraph_id)
    act = request.form.get("act", "")
    beside = _beside(text)
    try:
        said = _put(paragraph, beside, act) if beside is not None else _done(paragraph, act)
    except Refused as problem:
        return done(problem.sentence, _at(text, paragraph), "attend")
    gone = act == "out"
    return done(said, url_for("texts.show", text_id=text.id, _anchor="paragraphs") if gone else _at(text, paragraph))


def _beside(text: DraftText) -> TextParagraph | None:
    """The paragraph on which another was dropped, if one was."""
    named = request.form.get("beside")
    if named is None:
        return None
    try:
        return the_paragraph(text, UUID(named))
    except ValueError:
        return found(None)


def _put(paragraph: TextParagraph, beside: TextParagraph, act: str) -> str:
    service.place(db(), paragraph, beside, after=act == "after")
    return _("Moved.")


def _done(paragraph: TextParagraph, act: str) -> str:
    if act == "out":
        service.take_out(db(), paragraph)
        return _("Taken out. It stands below, and can be brought back.")
    if act == "back":
        service.bring_back(db(), paragraph)
        return _("Brought back, at the end.")
    if act.startswith("holds-"):
        found(paragraph if act.removeprefix("holds-") in paragraph.words.texts else None)
        service.confirm_translation(db(), paragraph, act.removeprefix("holds-"))
        return _("Noted: the translation holds.")
    if service.move(db(), paragraph, -1 if act == "up" else 1):
        return _("Moved.")
    return _("Nothing was moved: it stands first.") if act == "up" else _("Nothing was moved: it stands last.")


def _after(text: DraftText) -> TextParagraph | None:
    named = request.args.get("after")
    if not named:
        return None
    try:
        return the_paragraph(text, UUID(named))
    except ValueError:
        return found(None)


def _unsaved(paragraph: TextParagraph) -> UnsavedWords | None:
    person = viewer().person
    return queries.unsaved_words(db(), paragraph.id, person) if person is not None else None


def _all_typed_new(text: DraftText) -> dict[UUID | None, UnsavedWords]:
    """What one was writing as new paragraphs, by the form it was written in."""
    person = viewer().person
    rows = queries.all_unsaved_new(db(), text.id, person) if person is not None else []
    return {one.form_id: one for one in rows}


def _form_asked_for() -> UUID | None:
    """The form whose words the address asks to go on from."""
    try:
        return UUID(request.args.get("kept", ""))
    except ValueError:
        return None


def _at(text: DraftText, paragraph: TextParagraph) -> str:
    return url_for("texts.show", text_id=text.id, _anchor=f"p-{paragraph.id}")
