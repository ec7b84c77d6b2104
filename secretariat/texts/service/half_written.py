"""What somebody is writing in a paragraph and has not saved: for that person alone, thrown away with the next save."""

from __future__ import annotations

from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, require
from secretariat.core.session import ViewerSession
from secretariat.processes import clauses as clauses_of
from secretariat.texts import policy, queries
from secretariat.texts.models import DraftText, TextParagraph, UnsavedWords


def keep_unsaved(session: ViewerSession, paragraph: TextParagraph, words: LocalText, based_on: int) -> UnsavedWords:
    """Keep what one is writing, for oneself alone. Raises NotAllowed."""
    person = _writer(session, paragraph.text)
    kept = queries.unsaved_words(session, paragraph.id, person)
    if kept is None:
        kept = UnsavedWords(
            paragraph_id=paragraph.id, person_id=person, words=words, based_on=based_on, kept_at=clock.now()
        )
        _attach(session, kept, paragraph.text, paragraph)
    kept.words, kept.based_on, kept.kept_at = words, based_on, clock.now()
    session.flush()
    return kept


def keep_new(session: ViewerSession, text: DraftText, form: UUID, words: LocalText) -> UnsavedWords:
    """Keep what one is writing in a form as a new paragraph, for oneself alone. Raises NotAllowed."""
    person = _writer(session, text)
    kept = queries.unsaved_new(session, text.id, person, form)
    if kept is None:
        kept = UnsavedWords(
            text_id=text.id, form_id=form, person_id=person, words=words, based_on=0, kept_at=clock.now()
        )
        _attach(session, kept, text, text)
    kept.words, kept.kept_at = words, clock.now()
    session.flush()
    return kept


def forget_new(session: ViewerSession, text: DraftText, form: UUID) -> None:
    """Throw away what one was writing in a form as a new paragraph."""
    if session.viewer.person is not None:
        _forget(session, queries.unsaved_new(session, text.id, session.viewer.person, form))


def forget_unsaved(session: ViewerSession, paragraph: TextParagraph) -> None:
    """Throw away what one was writing."""
    if session.viewer.person is not None:
        _forget(session, queries.unsaved_words(session, paragraph.id, session.viewer.person))


def _writer(session: ViewerSession, text: DraftText) -> UUID:
    require(policy.may_write(session.viewer, text))
    if session.viewer.person is None:
        raise NotAllowed
    return session.viewer.person


def _attach(session: ViewerSession, kept: UnsavedWords, text: DraftText, container: DraftText | TextParagraph) -> None:
    own = clauses_of.named(text.process, text.track, audience=[clauses_of.person(kept.person_id)])
    attach(session, kept, [own], container=container)


def _forget(session: ViewerSession, kept: UnsavedWords | None) -> None:
    if kept is not None:
        session.delete(kept)
        session.flush()
