"""Texts as Word files: a working copy of an edition, what changed as tracked changes, paragraphs taken in from a file,
and a file that comes back with changes, which become comments of its government."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast
from uuid import UUID

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
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
from secretariat.texts import forms, policy, queries, service, word_in, word_out, word_words, works
from secretariat.texts.editions import Content
from secretariat.texts.models import CommentFor, CommentRound, TextEdition
from secretariat.texts.service import Said
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
    """What stands around the text in a file, and where it is from."""
    document = this.document
    issuer = works.issuer_of(document)
    marking, copy_of = marking_of(db(), document, issuer)
    head = Head(content.title.in_language(language)[0], document.symbol or "", this.frozen_at)
    return {
        "symbol": document.symbol or "",
        "marking": marking,
        "copy_of": copy_of,
        "foot": foot_of(issuer, head),
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
    form = forms.returned_form(content.languages)(language=language_asked_for(content))
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

    def said(paragraph: UUID | None, words: str, wording: str = "", noted: str = "") -> Said:
        return Said(
            paragraph=paragraph, language=language, words=words, wording=wording, read_by=read_by, noted=noted[:300]
        )

    for one in returned.proposed:
        yield said(one.paragraph_id, _words(one.comments), one.wording or "", _authors(one.comments))
    for key in returned.taken_out:
        yield said(key, _("Take this paragraph out."))
    for new in returned.put_in:
        words = (
            _("A new paragraph after this one.") if new.after is not None else _("A new paragraph at the beginning.")
        )
        more = _words(new.comments)
        yield said(new.after, f"{words} {more}".strip(), new.words.text, _authors(new.comments))
    if returned.comments:
        yield said(None, _words(returned.comments), "", _authors(returned.comments))


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
