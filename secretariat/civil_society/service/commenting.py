"""A comment on an exact version of a document, paragraph by paragraph: drafted as a submission of the network."""

from __future__ import annotations

from uuid import UUID

from secretariat.civil_society import circles, comment_queries, policy
from secretariat.civil_society.comment_models import ParagraphComment, UnsavedParagraph
from secretariat.civil_society.comment_queries import Version
from secretariat.civil_society.models import Submission, SubmissionKind
from secretariat.civil_society.service.record import record
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.processes.models import Process, Track
from secretariat.texts.service.replying import Said, check_wording

LONGEST = 60_000


def begin(
    session: ViewerSession, process: Process, network: Track, on: UUID, title: LocalText, theme: str
) -> Submission:
    """Begin a comment on a version that is offered (`Version.key`). Raises NotAllowed, Refused."""
    viewer = session.viewer
    require(policy.may_draft(viewer, network))
    version = _offered(session, process, network, on)
    made = Submission(
        process_id=process.id,
        track_id=network.id,
        organization_id=viewer.participant,
        kind=SubmissionKind.COMMENT,
        title=title,
        words=LocalText({}, title.original),
        theme=theme.strip(),
    )
    _set_on(made, version)
    attach(session, made, [circles.being_drafted(process, network, viewer.participant)], container=process)
    session.flush()
    record(session, "submission begun", process, network, made)
    return made


def rewrite(session: ViewerSession, one: Submission, title: LocalText, words: LocalText | None, theme: str) -> None:
    """Change the title, what it says of the text as a whole, and its theme. Raises NotAllowed, Refused."""
    require(policy.may_write(session.viewer, one))
    if words is not None and any(len(each) > LONGEST for each in words.texts.values()):
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST), "words")
    one.title, one.words, one.theme = title, words or LocalText({}, title.original), theme.strip()
    session.flush()


def write(session: ViewerSession, one: Submission, paragraph: UUID, said: Said) -> ParagraphComment | None:
    """What the submission says of a paragraph; thrown away where nothing is left of it. Also once the text is not open
    any more: what was being written is kept. Raises NotAllowed, Refused."""
    require(policy.may_write(session.viewer, one))
    before = comment_queries.comment_on(session, one.id, paragraph)
    if not said.words and not said.wording:
        if before is None:
            raise Refused(_("Write what you think of it, or the words you propose."), "words")
        session.delete(before)
        session.flush()
        return None
    check_wording(said)
    comment = before or _new(session, one, paragraph)
    comment.language, comment.words, comment.wording = said.language, said.words, said.wording
    if before is None:
        attach(session, comment, container=one)
    session.flush()
    return comment


def keep_unsaved(session: ViewerSession, one: Submission, paragraph: UUID, said: Said) -> None:
    """Keep what one is writing of a paragraph, for oneself alone. Raises NotAllowed."""
    person = session.viewer.person
    require(policy.may_write(session.viewer, one))
    if person is None:
        raise NotAllowed
    kept = comment_queries.unsaved_in(session, one.id).get(paragraph)
    if kept is None:
        kept = UnsavedParagraph(submission_id=one.id, paragraph_id=paragraph, person_id=person, kept_at=clock.now())
        attach(session, kept, [circles.one_person(one.process, one.track, person)], container=one)
    kept.words, kept.wording, kept.language, kept.kept_at = said.words, said.wording, said.language, clock.now()
    session.flush()


def forget_unsaved(session: ViewerSession, one: Submission, paragraph: UUID) -> None:
    """Throw away what one was writing."""
    kept = comment_queries.unsaved_in(session, one.id).get(paragraph)
    if kept is not None:
        session.delete(kept)
        session.flush()


def take_over(session: ViewerSession, one: Submission) -> Version:
    """Take what is written over to the version that has taken the place of the one it was written about. What was said
    of paragraphs that do not stand there any more is kept beside. Raises NotAllowed, Refused."""
    require(policy.may_write(session.viewer, one))
    later = comment_queries.later_than(session, one)
    if later is None:
        raise Refused(_("There is no later version that you may read. What is written stays as it is."))
    _set_on(one, later)
    content = comment_queries.with_content(session, later).content
    there = {each.piece.id: (place, each) for place, each in enumerate(content.counted())} if content else {}
    for comment in comment_queries.comments_of(session, one.id):
        comment.of_earlier = comment.paragraph_id not in there
        if not comment.of_earlier:
            comment.position, counted = there[comment.paragraph_id]
            comment.place, comment.kind = list(counted.place), counted.piece.kind
    session.flush()
    record(session, "submission taken over to a later version", one.process, one.track, one)
    return later


def check_can_be_sent(session: ViewerSession, one: Submission) -> None:
    """Raises Refused where what it comments on is not open to the network any more, or nothing is said of it yet."""
    version = comment_queries.version_of(session, one)
    if version is None or version.taken_back:
        raise Refused(
            _(
                "The text this comments on is not open to the network any more, so that nothing was sent. What is "
                "written is kept: ask the Secretariat to open it again, or say it in a submission of another kind."
            )
        )
    if not one.words and not comment_queries.comments_of(session, one.id):
        raise Refused(_("Nothing is said of the text yet. Write what the network thinks of it, then send it."))


def _offered(session: ViewerSession, process: Process, network: Track, on: UUID) -> Version:
    offered = comment_queries.offered(session, process.id, network.id)
    version = next((each for each in offered if each.key == on), None)
    if version is None:
        raise Refused(
            _("A later version has taken its place, or it is not open to the network any more. Choose among these."),
            "on",
        )
    return version


def _set_on(one: Submission, version: Version) -> None:
    one.on_document_id, one.on_opened_id, one.on_document = version.document, version.opened, version.symbol


def _new(session: ViewerSession, one: Submission, paragraph: UUID) -> ParagraphComment:
    version = comment_queries.version_of(session, one)
    content = version.content if version is not None else None
    counted = content.counted() if content is not None else ()
    found = next(((place, each) for place, each in enumerate(counted) if each.piece.id == paragraph), None)
    if found is None:
        raise Refused(_("This paragraph does not stand in the version that is commented on."), "words")
    place, this = found
    return ParagraphComment(
        submission_id=one.id,
        paragraph_id=paragraph,
        position=place,
        place=list(this.place),
        kind=this.piece.kind,
    )
