"""A comment on an exact version of a document, written paragraph by paragraph beside its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.civil_society import comment_queries, forms, policy
from secretariat.civil_society.comment_models import ParagraphComment, UnsavedParagraph
from secretariat.civil_society.comment_queries import Version
from secretariat.civil_society.models import Submission
from secretariat.civil_society.service import commenting
from secretariat.civil_society.views.base import (
    blueprint,
    may_write_or_wrote,
    own_network,
    sent_meanwhile,
    the_networks,
    the_submission,
)
from secretariat.core.languages import current_reading, dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text, today
from secretariat.documents.models import Document, DocumentState
from secretariat.pages import marks
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, as_shown, done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import TrackKind
from secretariat.texts import wording
from secretariat.texts.editions import Content
from secretariat.texts.forms import colleague_form
from secretariat.texts.paragraphs import Counted, Piece
from secretariat.texts.service.replying import Said
from secretariat.texts.views.base import (
    KEPT,
    NOT_KEPT,
    TOO_LONG,
    ShownParagraph,
    language_asked_for,
    new_nonce,
    shown_paragraph,
)
from secretariat.texts.views.comments import being_written, is_emptied, is_too_long

OF_NETWORK = (policy.REPRESENTATIVE, "coordinator")


@dataclass(frozen=True, slots=True)
class Beside:
    """A comment beside the paragraph it is about, where the reader reads that. `changed` is the wording proposed,
    compared with the one that stands."""

    comment: ParagraphComment
    row: ShownParagraph | None
    changed: Sequence[wording.Stretch]


@dataclass(frozen=True, slots=True)
class OnVersion:
    """A comment on a version as its page shows it: the version and a later one, where the reader reads them; what is
    said of single paragraphs; and, to who writes it, all paragraphs (`rows`). `unsaved`: what the reader was writing
    and did not keep, by paragraph."""

    version: Version | None
    later: Version | None
    language: str
    languages: Sequence[str]
    said: Sequence[Beside]
    rows: Sequence[ShownParagraph]
    unsaved: Mapping[UUID, UnsavedParagraph]

    @property
    def by_paragraph(self) -> dict[UUID, Beside]:
        return {one.comment.paragraph_id: one for one in self.said if not one.comment.of_earlier}

    @property
    def of_earlier(self) -> list[Beside]:
        return [one for one in self.said if one.comment.of_earlier]

    @property
    def is_open(self) -> bool:
        """Whether it is commented on still."""
        return self.version is not None and not self.version.taken_back


def on_version(one: Submission, *, writing: bool) -> OnVersion | None:
    """What a submission comments on and says, under the reader's eyes; None where it comments on no version here."""
    if not one.is_by_paragraph:
        return None
    version = comment_queries.version_of(db(), one)
    content = version.content if version is not None else None
    language = language_asked_for(content) if content is not None else current_reading().language.code
    there = {each.piece.id: each for each in content.counted()} if content is not None else {}
    if version is not None and content is not None:
        marks.opened_among([version.thing])  # its words stand here: their reading is recorded as on their own page
    return OnVersion(
        version,
        comment_queries.later_than(db(), one),
        language,
        content.languages if content is not None else (),
        [_beside(each, there.get(each.paragraph_id), language) for each in comment_queries.comments_of(db(), one.id)],
        [shown_paragraph(each, language) for each in there.values()] if writing else [],
        comment_queries.unsaved_in(db(), one.id) if policy.drafts(viewer(), one) else {},
    )


def _beside(comment: ParagraphComment, about: Counted | None, language: str) -> Beside:
    if about is None:
        return Beside(comment, None, ())
    words, really = about.piece.words.in_language(comment.language)
    compared = wording.compared(words, comment.wording) if comment.wording and really == comment.language else ()
    return Beside(comment, shown_paragraph(about, language), compared)


@blueprint.route("/processes/<slug>/submissions/comment", methods=["GET", "POST"])
@permission("draft a comment on a document")
def comment_on(slug: str) -> ResponseReturnValue:
    """Choose the version the network comments on."""
    process, networks = the_networks(slug)
    network = own_network(networks, policy.may_draft)
    authorise(policy.may_draft(viewer(), network))
    versions = comment_queries.offered(db(), process.id, network.id)
    form = forms.comment_on_form(process.languages, [(each.key, called(each)) for each in versions])(
        data={"on": request.args.get("on")}
    )
    if form.ready():
        with refusals(form):
            said = form["title"].data, form["theme"].data or ""
            made = commenting.begin(db(), process, network, UUID(form["on"].data), *said)
            return done(_("Kept as a draft. Now write what the network thinks of it."), _page(made))
    return shown(form, "civil_society/comment_on.html", process=process, network=network, versions=versions)


def called(version: Version) -> str:
    """How a version is called in a list: by its symbol and title; a copy by the day on which it was opened."""
    title = local_text(version.title)
    if version.symbol:
        return f"{version.symbol} · {title}"
    return _(
        "%(title)s, opened to the network on %(day)s",
        title=title,
        day=dates.day_text(version.since.date(), today=today()),
    )


@blueprint.route("/submissions/<uuid:submission_id>/comments/<uuid:paragraph_id>", methods=["GET", "POST"])
@permission("comment on a paragraph in a submission")
def comment_paragraph(submission_id: UUID, paragraph_id: UUID) -> ResponseReturnValue:
    """What the submission says of one paragraph, and the words it proposes instead."""
    one = the_submission(submission_id)
    authorise(may_write_or_wrote(one) and one.is_by_paragraph)
    before = comment_queries.comment_on(db(), one.id, paragraph_id)
    version = comment_queries.version_of(db(), one)
    content = version.content if version is not None else None
    about = next((each for each in content.counted() if each.piece.id == paragraph_id), None) if content else None
    found(before if about is None else about)
    languages = _languages(one, before, content)
    values = _values(before)
    unsaved = comment_queries.unsaved_in(db(), one.id).get(paragraph_id)
    form = colleague_form(languages)(obj=values if unsaved is None else _taken_up(values, unsaved))
    if not policy.may_write(viewer(), one):
        form.tell(sent_meanwhile())
    elif form.ready(values):
        with refusals(form):
            said = Said(
                paragraph=paragraph_id,
                language=form["language"].data,
                words=form["words"].data or "",
                wording=form["wording"].data or "",
            )
            kept = commenting.write(db(), one, paragraph_id, said)
            commenting.forget_unsaved(db(), one, paragraph_id)
            return done(_("Kept.") if kept else _("Thrown away."), f"{_page(one)}#p-{paragraph_id}")
    if version is not None and about is not None:
        marks.opened_among([version.thing])
    row = shown_paragraph(about, language_asked_for(content)) if about is not None and content is not None else None
    return shown(
        form,
        "civil_society/comment_paragraph.html",
        one=one,
        row=row,
        before=before,
        version=version,
        unsaved=unsaved,
        keep=_keep_address(one, paragraph_id),
        new_nonce=new_nonce,
    )


@blueprint.post("/submissions/<uuid:submission_id>/comments/<uuid:paragraph_id>/unsaved")
@permission("keep what is not saved of a comment in a submission")
def keep_paragraph(submission_id: UUID, paragraph_id: UUID) -> ResponseReturnValue:
    """Keep what one is writing of a paragraph, for oneself alone; sent by the page of itself. Let go also once the
    submission is sent."""
    one = the_submission(submission_id)
    authorise(policy.drafts(viewer(), one) and one.is_by_paragraph)
    if request.form.get("act") == "forget":
        commenting.forget_unsaved(db(), one, paragraph_id)
        return done(_("Not kept."), _page(one))
    before = comment_queries.comment_on(db(), one.id, paragraph_id)
    version = comment_queries.version_of(db(), one)
    content = version.content if version is not None else None
    found(before if before is not None else next((each for each in _pieces(content) if each.id == paragraph_id), None))
    form = colleague_form(_languages(one, before, content))()
    said = being_written(form)
    if said is not None and policy.may_write(viewer(), one):
        commenting.keep_unsaved(db(), one, paragraph_id, said)
        return KEPT
    if is_emptied(form):
        commenting.forget_unsaved(db(), one, paragraph_id)
    return TOO_LONG if is_too_long(form) else NOT_KEPT


def _pieces(content: Content | None) -> Sequence[Piece]:
    return content.pieces if content is not None else ()


def _keep_address(one: Submission, paragraph: UUID) -> str:
    return url_for("civil_society.keep_paragraph", submission_id=one.id, paragraph_id=paragraph)


def _taken_up(values: SimpleNamespace, unsaved: UnsavedParagraph) -> SimpleNamespace:
    """What was being written, as the form begins with it."""
    return SimpleNamespace(
        version=values.version, words=unsaved.words, wording=unsaved.wording, language=unsaved.language
    )


def _languages(one: Submission, before: ParagraphComment | None, content: Content | None) -> Sequence[str]:
    """Those of the text, and those of the process: an organization writes in its own, whatever the text has."""
    own = [before.language] if before is not None else []
    return list(dict.fromkeys([*(content.languages if content is not None else ()), *one.process.languages, *own]))


def _values(before: ParagraphComment | None) -> SimpleNamespace:
    if before is not None:
        return SimpleNamespace(
            version=before.version, words=before.words, wording=before.wording, language=before.language
        )
    return SimpleNamespace(version="", words="", wording="", language=current_reading().language.code)


@blueprint.route("/submissions/<uuid:submission_id>/take-over", methods=["GET", "POST"])
@permission("take a comment over to a later version")
def take_over(submission_id: UUID) -> ResponseReturnValue:
    """Take the words over to the version that has taken the place of the one they were written about."""
    one = the_submission(submission_id)
    authorise(policy.may_write(viewer(), one) and one.is_by_paragraph)
    later = found(comment_queries.later_than(db(), one))
    seen = as_shown(one.version, later.key)
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        with refusals(form):
            commenting.take_over(db(), one)
            return done(_("Taken over. Look at what changed before you send it."), _page(one))
    content = comment_queries.with_content(db(), later).content
    there = {each.id for each in content.pieces} if content is not None else set()
    gone = [each for each in comment_queries.comments_of(db(), one.id) if each.paragraph_id not in there]
    words: dict[str, Any] = {"one": one, "later": later, "called": called(later), "gone": gone}
    return shown(form, "civil_society/take_over.html", language=current_reading().language.code, **words)


def comment_address(document: Document) -> str | None:
    """Where a network's organization or coordination begins a comment on a document of the governments; None for who
    is of no network, and for what is not commented on. Asked by pages of lower rooms; it asks the database nothing."""
    process = document.process_id
    of_network = any(role.name in OF_NETWORK and role.process == process for role in viewer().roles)
    if not of_network or document.track.kind is not TrackKind.GOVERNMENT:
        return None
    if document.state is not DocumentState.ISSUED or not document.is_released:
        return None
    return url_for("civil_society.comment_on", slug=document.process.slug, on=document.id)


def _page(one: Submission) -> str:
    return url_for("civil_society.show", submission_id=one.id)
