"""Circulating a text: what it says is frozen as an edition, which is a document with a symbol."""

from __future__ import annotations

from collections.abc import Sequence

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import language_name, list_text
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.documents import service as documents
from secretariat.documents.models import Document, Revision
from secretariat.mail import outbox
from secretariat.processes import clauses as clauses_of
from secretariat.texts import brackets, policy, queries, silence_queries
from secretariat.texts.models import DraftText, TextEdition, TextParagraph
from secretariat.texts.service import state
from secretariat.texts.service.drafting import awaits_translation, content_of
from secretariat.texts.service.networks import SETTLES
from secretariat.texts.service.record import record
from secretariat.texts.service.rounds import close_with_edition, whom_it_asks
from secretariat.texts.silence import SilenceState

CIRCULATED = "edition_circulated"
"""The mail that tells of another edition."""


def languages_ready(text: DraftText, paragraphs: Sequence[TextParagraph]) -> list[str]:
    """The languages in which every paragraph stands, made from what the original says now; the original first."""
    return [
        code
        for code in text.languages
        if paragraphs and not any(awaits_translation(text, one, code) for one in paragraphs)
    ]


def circulate(session: ViewerSession, text: DraftText, languages: Sequence[str]) -> TextEdition:
    """Freeze a text in these languages and let its readers have it, as a document with a symbol: the first of its
    line, or a revision that takes the place of the edition before. Raises NotAllowed, Refused."""
    require(policy.may_circulate(session.viewer, text))
    state.lock(session, text.id)
    session.refresh(text)
    require(policy.may_circulate(session.viewer, text))
    paragraphs = queries.paragraphs_of(session, text.id)
    _check(text, paragraphs, languages)
    before = next(iter(queries.editions_of(session, text.id)), None)
    content = content_of(text, paragraphs, [one for one in text.languages if one in languages])
    if before is not None and before.sha256 == content.sha256:
        raise Refused(_("Nothing has changed since %(symbol)s was circulated.", symbol=before.document.symbol or ""))
    if before is not None and _is_under_silence(session, before):
        raise Refused(
            _("%(symbol)s is under silence; call that off before another text takes its place.",
              symbol=before.document.symbol or "")
        )  # fmt: skip
    if before is not None:
        close_with_edition(session, before)
    document = _document(session, text, before)
    edition = TextEdition(
        document_id=document.id,
        text_id=text.id,
        number=before.number + 1 if before is not None else 1,
        content=content.to_json(),
        sha256=content.sha256,
        frozen_at=clock.now(),
    )
    attach(session, edition, container=document)
    session.flush()
    documents.put_text_versions(session, document, content.languages, content.original)
    symbol = documents.issue(session, document)
    text.first_document_id = text.first_document_id or document.id
    record(session, "text circulated", text, edition, symbol=symbol, sha256=content.sha256)
    session.flush()
    if before is not None:
        _tell(session, edition)
    return edition


def _tell(session: ViewerSession, edition: TextEdition) -> None:
    """That another edition has taken the place of the one before: to the focal points of those the text concerns. It
    waits a little: where comments are asked on the edition, or it is put under silence, that mail says so."""
    session.refresh(edition, ["document"])
    document = edition.document
    for one in whom_it_asks(session, document):
        outbox.put(
            session,
            CIRCULATED,
            key=f"{CIRCULATED}:{edition.id}:{one.person}:{one.hat}",
            process=document.process,
            track=document.track,
            person=one.person,
            hat=one.hat,
            subject={"edition": edition.id},
            not_before=clock.now() + SETTLES,
        )


def _is_under_silence(session: ViewerSession, edition: TextEdition) -> bool:
    """Whether members may still object to an edition: they are told before it gives way."""
    found = silence_queries.silences_of_edition(session, edition.id)
    open_states = (SilenceState.RUNNING, SilenceState.WAITING)
    return any(one.state in open_states for one in silence_queries.all_stand(session, found).values())


def _check(text: DraftText, paragraphs: Sequence[TextParagraph], languages: Sequence[str]) -> None:
    if not paragraphs:
        raise Refused(_("Nothing is written yet."))
    ready = languages_ready(text, paragraphs)
    if text.original not in languages:
        raise Refused(_("The text is always circulated in the language of its original, too."), "languages")
    behind = [one for one in languages if one not in ready]
    if behind:
        raise Refused(
            _(
                "Paragraphs are not translated as they stand now in: %(languages)s.",
                languages=list_text([language_name(one) for one in behind]),
            ),
            "languages",
        )
    for one in paragraphs:
        for words in one.words.texts.values():
            try:
                brackets.check(words)
            except brackets.BracketsDoNotClose as problem:
                raise Refused(
                    _(
                        "A square bracket has no counterpart near “%(words)s”. Close it, or take it away.",
                        words=problem.around,
                    )
                ) from None


def _document(session: ViewerSession, text: DraftText, before: TextEdition | None) -> Document:
    """The document of a new edition, a draft as yet."""
    readers = clauses_of.of_today(session, documents.label_given(session, text.readers_label_id))
    if before is None:
        place = documents.Place(process=text.process, track=text.track, body=text.body, meeting=text.meeting)
        given = documents.Particulars(title=text.title, kind=text.kind, readers=readers)
        return documents.add_document(session, place, given, by_paragraph=True)
    return documents.revise(session, before.document, Revision.REV, text.title, readers=readers, by_paragraph=True)
