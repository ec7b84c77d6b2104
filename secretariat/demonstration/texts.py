"""The demonstration's text: guidelines in two languages, circulated, with a round of comments that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from uuid import UUID

from secretariat.core.session import ViewerSession
from secretariat.demonstration import content
from secretariat.demonstration.people import Actor
from secretariat.documents.service import Place
from secretariat.meetings.models import Meeting
from secretariat.processes import clauses
from secretariat.texts import queries, service
from secretariat.texts.deadline import Deadline
from secretariat.texts.editions import Content
from secretariat.texts.models import CommentFor
from secretariat.texts.paragraphs import ParagraphKind
from secretariat.texts.service import Particulars, Said, Words

LANGUAGES = ("en", "es")


def circulate_guidelines(session: ViewerSession, meeting: Meeting, until: date) -> UUID:
    """The first draft, for members, with a round of comments; the round."""
    place = Place(process=meeting.process, track=meeting.track, body=meeting.body, meeting=meeting)
    members = frozenset({clauses.members_of(meeting.process, meeting.track)})
    text = service.begin(
        session,
        place,
        Particulars(
            title=content.GUIDELINES, kind="working_paper", original="en", languages=LANGUAGES, authentic=LANGUAGES,
            readers=members,
        ),
    )  # fmt: skip
    written = [Words(kind=ParagraphKind(kind), depth=depth, words=words) for kind, depth, words in content.PARAGRAPHS]
    service.add_paragraphs(session, text, written)
    edition = service.circulate(session, text, LANGUAGES)
    return service.open_round(session, edition, Deadline(until, time(17), "America/Panama")).id


def reply(session: ViewerSession, key: UUID, remarks: tuple[content.Remark, ...]) -> None:
    """What one government says in the round, sent as one."""
    found = queries.round_by_id(session, key)
    if found is None:
        raise LookupError("the demonstration's round is not there for a member")
    paragraphs = Content.from_json(found.edition.content).pieces
    for one in remarks:
        said = Said(
            paragraph=paragraphs[one.paragraph].id, language=one.language, words=one.words, wording=one.wording,
            read_by=CommentFor(one.read_by),
        )  # fmt: skip
        service.add_comment(session, found, said)
    service.send(session, service.reply_for(session, found))


def replies(by: Callable[[Actor, Callable[[ViewerSession], None]], None], actors: dict[str, Actor], key: UUID) -> None:
    """What governments have said so far, each by its own focal point."""
    for state, remarks in content.REMARKS.items():
        by(actors[state], lambda session, remarks=remarks: reply(session, key, remarks))  # type: ignore[misc]
