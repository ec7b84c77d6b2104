"""Texts as Word files: a working copy of an edition, what changed as tracked changes, paragraphs taken in from a file,
and a file that comes back with changes, which become comments of its government."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import LANGUAGES, current_reading, ngettext, reading_in
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import today
from secretariat.core.refusals import Refused
from secretariat.jobs.kinds import Result
from secretariat.jobs.papers import DOCX, MEDIA_TYPES
from secretariat.jobs.views import handed
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_link
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, done
from secretariat.pages.unit import db, viewer
from secretariat.pages.uploads import UploadField, takes_files
from secretariat.prints.sheet import Head, file_name, foot_of, marking_of
from secretariat.texts import changes, forms, policy, queries, service, word_in, word_out, word_words, wording, works
from secretariat.texts.changes import Change, Found
from secretariat.texts.editions import Content
from secretariat.texts.models import CommentFor, CommentRound, DraftText, Proposes, TextEdition
from secretariat.texts.paragraphs import Counted, Piece
from secretariat.texts.service import Said
from secretariat.texts.service.replying import in_network
from secretariat.texts.splitting import as_pasted
from secretariat.texts.views.base import (
    blueprint,
    form_page,
    language_asked_for,
    page,
    the_edition,
    the_text,
)
from secretariat.texts.views.comments import At, mine, of_link, shown_in
from secretariat.texts.word.problems import NotOurs, NotTaken

LARGEST = 25_000_000
"""Bytes of a Word file that is looked at; a text of 2,000 paragraphs without pictures has a fiftieth."""


@blueprint.get("/documents/<uuid:document_id>/text/word.docx")
@signed_in
def word_file(document_id: UUID) -> Response:
    """An edition as a file one can work on, and bring back."""
    this = the_edition(document_id)
    content = Content.from_json(this.content)
    language = language_asked_for(content)
    beside = request.args.get("beside", "")
    made = word_out.written(
        content,
        language,
        **_frame(this, content, language),
        beside=beside if beside in content.languages and beside != language else None,
    )
    return _handed(this, made)


@blueprint.get("/documents/<uuid:document_id>/text/tracked.docx")
@signed_in
def tracked_file(document_id: UUID) -> Response:
    """An edition with tracked changes since another; since the one before where the address names none."""
    this = the_edition(document_id)
    asked = request.args.get("with", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else this.number - 1
    other = found(queries.edition_by_number(db(), this.text_id, number))
    content = Content.from_json(this.content)
    language = language_asked_for(content)
    issuer = works.issuer_of(this.document)
    made = word_out.tracked(
        Content.from_json(other.content),
        content,
        language,
        **_frame(this, content, language),
        author=issuer.acronym,
        at=this.frozen_at,
    )
    return _handed(this, made)


@blueprint.get("/l/<token>/comment/word.docx")
@by_link("comment")
def word_file_by_link(link: OpenedLink) -> Response:
    """The file of the edition a round asks about, without a password: to work on it, and bring it back."""
    this = of_link(link).edition
    content = Content.from_json(this.content)
    language = language_asked_for(content)
    return _handed(this, word_out.written(content, language, **_frame(this, content, language)))


def _frame(this: TextEdition, content: Content, language: str) -> dict[str, Any]:
    """What stands around the text in a file, in its own language where the product speaks it, and where it is from."""
    document, reading = this.document, current_reading()
    with reading_in(language if language in LANGUAGES else reading.language.code, reading.zone, reading.called):
        issuer = works.issuer_of(document)
        marking, copy_of = marking_of(db(), document, issuer)
        foot = foot_of(issuer, Head(content.title.in_language(language)[0], document.symbol or "", this.frozen_at))
    return {
        "symbol": document.symbol or "",
        "marking": marking,
        "copy_of": copy_of,
        "foot": foot,
        "origin": word_out.Origin(this.text_id, this.number),
    }


def _handed(this: TextEdition, made: bytes) -> Response:
    name = file_name("text", this.document.symbol or "", today(), DOCX)
    return handed(Result(name, made, MEDIA_TYPES[DOCX]), this.document)


# --- taken in -----------------------------------------------------------------------------------------------------


@blueprint.route("/texts/<uuid:text_id>/paragraphs/word", methods=["GET", "POST"])
@permission("take in a Word file")
@takes_files
def take_in(text_id: UUID) -> ResponseReturnValue:
    """The paragraphs of a Word file, shown as they would be pasted; nothing is stored before that is sent."""
    text = the_text(text_id)
    authorise(policy.may_write(viewer(), text))
    form = forms.WordForm()
    if form.ready():
        try:
            incoming = word_in.read(_bytes_of(form))
        except NotTaken as problem:
            form.refuse(word_words.problem_in_words(problem.problem, problem.number), "file")
        else:
            read = as_pasted((one.kind, one.depth, one.text) for one in incoming.paragraphs)
            return page(
                "paste",
                form=forms.PasteForm(formdata=None, pasted=read),
                text=text,
                action=url_for("texts.paste", text_id=text.id),
                told=word_words.left_in_words(incoming.told),
                comments=incoming.comments,
            )
    return form_page(form, "word", text=text)


@blueprint.route("/texts/<uuid:text_id>/paragraphs/changes", methods=["GET", "POST"])
@permission("take changes of a Word file into a text")
@takes_files
def take_in_changes(text_id: UUID) -> ResponseReturnValue:
    """A file of one of the text's editions that came back: what was changed in it is shown beside what stands, and
    taken in as far as it is chosen. Nothing is stored before that."""
    text = the_text(text_id)
    authorise(policy.may_write(viewer(), text))
    if "found" in request.form:
        return _taking_in(text)
    form = forms.WordForm()
    if form.ready():
        try:
            against, returned = word_in.changes_to_any(_bytes_of(form), _editions_of(text), text.id)
            found_in = changes.Found(against.edition, tuple(changes.of(returned, against.language)))
        except NotTaken as problem:
            form.refuse(word_words.problem_in_words(problem.problem, problem.number), "file")
        except NotOurs as problem:
            form.refuse(word_words.reason_in_words(problem.reason), "file")
        else:
            if found_in.changes:
                choosing = forms.changes_form(len(found_in.changes))(formdata=None, found=changes.packed(found_in))
                told = word_words.left_in_words(returned.told)
                return page("changes", form=choosing, **_shown_changes(text, found_in), told=told,
                            comments=changes.said_in_margins(returned))  # fmt: skip
            form.refuse(_("Nothing in this file differs from the text it was made from."), "file")
    return form_page(form, "changes_file", text=text)


def _editions_of(text: DraftText) -> Callable[[int], Content | None]:
    def content_of(number: int) -> Content | None:
        edition = queries.edition_by_number(db(), text.id, number)
        return Content.from_json(edition.content) if edition is not None else None

    return content_of


def _taking_in(text: DraftText) -> ResponseReturnValue:
    packed = request.form.get("found", "")
    found_in = found(changes.unpacked(packed))
    form = forms.changes_form(len(found_in.changes))()
    if form.ready():
        chosen = [found_in.changes[int(one)] for one in form["chosen"].data or ()]
        try:
            number = service.take_in_all(db(), text, chosen)
        except Refused as problem:
            form.tell(problem)
        else:
            said = ngettext("%(num)s change was taken into the draft.", "%(num)s changes were taken into the draft.",
                            number)  # fmt: skip
            return done(said, url_for("texts.show", text_id=text.id))
    return form_page(form, "changes", **_shown_changes(text, found_in), told=[], comments=[])


def _shown_changes(text: DraftText, found_in: Found) -> dict[str, Any]:
    """The changes as the page shows them: each beside the paragraph as the draft has it now, and whether that has been
    written anew since the file was made."""
    edition = queries.edition_by_number(db(), text.id, found_in.edition)
    before = {one.id: one for one in Content.from_json(edition.content).pieces} if edition is not None else {}
    paragraphs = queries.paragraphs_of(db(), text.id)
    counted = {one.piece.id: one for one in service.content_of(text, paragraphs).counted()}
    return {"text": text, "edition": edition, "rows": [_beside(one, counted, before) for one in found_in.changes]}


def _beside(one: Change, counted: Mapping[UUID, Counted], before: Mapping[UUID, Piece]) -> dict[str, Any]:
    standing = counted.get(one.paragraph) if one.paragraph is not None else None
    now = standing.piece.words.texts.get(one.language, "") if standing is not None else ""
    piece = before.get(one.paragraph) if one.paragraph is not None else None
    was = piece.words.texts.get(one.language, "") if piece is not None else now
    instead = one.proposes is Proposes.INSTEAD and standing is not None
    return {
        "change": one,
        "stands": standing is not None or one.paragraph is None,
        "cited": standing.cited(one.language) if standing is not None else "",
        "now": now,
        "rewritten": now != was,
        "stretches": wording.compared(now, one.wording) if instead else [],
    }


# --- brought back -------------------------------------------------------------------------------------------------


@blueprint.route("/rounds/<uuid:round_id>/reply/word", methods=["GET", "POST"])
@permission("reply by a Word file")
@takes_files
def reply_by_file(round_id: UUID) -> ResponseReturnValue:
    """A file that was downloaded here: its tracked changes and comments become comments, not sent yet."""
    return _brought_back(mine(round_id), At(round_id, shown_in=shown_in()))


@blueprint.route("/l/<token>/comment/word", methods=["GET", "POST"])
@by_link("comment")
@takes_files
def reply_by_file_and_link(link: OpenedLink) -> ResponseReturnValue:
    """The same, without a password."""
    this = of_link(link)
    return _brought_back(this, At(this.id, link.token, shown_in()))


def _brought_back(this: CommentRound, at: At) -> ResponseReturnValue:
    content = Content.from_json(this.edition.content)
    form = forms.returned_form(content.languages, in_network=in_network(this))(language=language_asked_for(content))
    if form.ready():
        try:
            returned = word_in.changes(
                _bytes_of(form), content, form["language"].data, this.edition.text_id, this.edition.number
            )
            number = service.add_comments(db(), this, list(_comments(returned, form)))
        except NotTaken as problem:
            form.refuse(word_words.problem_in_words(problem.problem, problem.number), "file")
        except NotOurs as problem:
            form.refuse(word_words.reason_in_words(problem.reason), "file")
        except Refused as problem:
            form.refuse(problem.sentence, "file")
        else:
            said = ngettext("%(num)s comment was taken from the file. Look it through, then send it.",
                            "%(num)s comments were taken from the file. Look them through, then send them.",
                            number)  # fmt: skip
            return done(" ".join([said, *word_words.left_in_words(returned.told)]), at.reply)
    return form_page(form, "returned", round=this, document=this.edition.document, at=at, by_mail=bool(at.token))


def _comments(returned: word_in.Returned, form: Form) -> Iterator[Said]:
    """What a file says, as comments."""
    language, read_by = form["language"].data, CommentFor(form["read_by"].data)

    def said(
        paragraph: UUID | None,
        comments: Iterable[word_in.FileComment] = (),
        wording: str = "",
        proposes: Proposes = Proposes.INSTEAD,
    ) -> Said:
        return Said(
            paragraph=paragraph,
            language=language,
            words=_words(comments),
            wording=wording,
            read_by=read_by,
            noted=_authors(comments)[:300],
            proposes=proposes,
        )

    for one in returned.proposed:
        yield said(one.paragraph_id, one.comments, one.wording or "")
    for key in returned.taken_out:
        yield said(key, proposes=Proposes.OUT)
    for new in returned.put_in:
        yield said(new.after, new.comments, new.words.text, Proposes.BEHIND)
    if returned.comments:
        yield said(None, returned.comments)


def _words(comments: Iterable[word_in.FileComment]) -> str:
    return "\n".join(one.words for one in comments if one.words.strip())


def _authors(comments: Iterable[word_in.FileComment]) -> str:
    return ", ".join(dict.fromkeys(one.author for one in comments if one.author.strip()))


def _bytes_of(form: Form) -> bytes:
    """The file a form brings, as much of it as is looked at."""
    field = cast("UploadField", form["file"])
    stream: Any = field.data.stream if field.data is not None else None
    content: bytes = stream.read(LARGEST + 1) if stream is not None else b""
    return content
