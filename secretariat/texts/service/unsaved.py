"""What somebody is writing in a comment and has not kept: for that person alone, thrown away with the next save."""

from __future__ import annotations

from uuid import UUID, uuid5

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.refusals import NotAllowed, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Process, Track
from secretariat.texts import policy, queries
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import CommentRound, UnsavedComment
from secretariat.texts.network_models import OpenedRound
from secretariat.texts.service.replying import Said

Where = CommentRound | OpenedRound
"""In what a comment is written: the round, or what of it is opened to a network."""


def of_colleague(lent: LentComments, paragraph: UUID | None) -> str:
    """What a colleague is writing of a paragraph, or of the whole: told apart from what whoever passed it on is writing
    of the same, with whose eyes the page of the colleague is read."""
    return str(uuid5(lent.id, str(paragraph or "")))


def unsaved_in(session: ViewerSession, where: Where, about: str) -> UnsavedComment | None:
    """What one was writing of this, if it was not kept."""
    person = session.viewer.person
    if person is None:
        return None
    if isinstance(where, OpenedRound):
        return queries.unsaved_comment(session, person, about, opened=where.id)
    return queries.unsaved_comment(session, person, about, found=where.id)


def all_unsaved_in(session: ViewerSession, where: Where) -> dict[str, UnsavedComment]:
    """All that one was writing there and did not keep, by what it is about; with it what colleagues were writing with
    one's eyes, each under its own key (`of_colleague`)."""
    person = session.viewer.person
    if person is None:
        return {}
    if isinstance(where, OpenedRound):
        return {one.about: one for one in queries.unsaved_comments(session, person, opened=where.id)}
    return {one.about: one for one in queries.unsaved_comments(session, person, found=where.id)}


def keep_unsaved(session: ViewerSession, where: Where, about: str, said: Said) -> UnsavedComment:
    """Keep what one is writing in a comment, for oneself alone. Raises NotAllowed."""
    person = session.viewer.person
    if isinstance(where, OpenedRound):
        require(policy.may_answer_opened(session.viewer, where))
    else:
        require(policy.may_comment(session.viewer, where, where.edition.document.body_id))
    if person is None:
        raise NotAllowed
    kept = unsaved_in(session, where, about)
    if kept is None:
        kept = UnsavedComment(person_id=person, about=about, kept_at=clock.now())
        if isinstance(where, OpenedRound):
            kept.opened_id = where.id
        else:
            kept.round_id = where.id
        attach(session, kept, [_own(session, where, person)], container=where)
    kept.words, kept.wording, kept.language, kept.kept_at = said.words, said.wording, said.language, clock.now()
    session.flush()
    return kept


def forget_unsaved(session: ViewerSession, where: Where, about: str) -> None:
    """Throw away what one was writing."""
    kept = unsaved_in(session, where, about)
    if kept is not None:
        session.delete(kept)
        session.flush()


def _own(session: ViewerSession, where: Where, person: UUID) -> Clause:
    """What the writer alone reads, on the side of the wall on which it is written."""
    audience = [clauses_of.person(person)]
    if isinstance(where, CommentRound):
        document = where.edition.document
        return clauses_of.named(document.process, document.track, audience=audience)
    with system_access(session, Reason.LABELLING) as system:
        process, track = system.get_one(Process, where.process_id), system.get_one(Track, where.network_id)
        return clauses_of.named(process, track, audience=audience)
