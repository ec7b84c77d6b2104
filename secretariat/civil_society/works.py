"""Papers of the civil-society track: a submission as it was sent, with its answers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from secretariat.civil_society import comment_queries, queries
from secretariat.civil_society import words as in_words
from secretariat.civil_society.models import Submission, SubmissionState
from secretariat.core.labelling import label_value
from secretariat.core.labels import Level
from secretariat.core.languages import current_reading
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession
from secretariat.documents.models import Document
from secretariat.jobs import papers
from secretariat.prints.sheet import Head, Issuer, Sheet, as_wide_as, set_sheet
from secretariat.processes.names import in_order, names_of
from secretariat.texts import brackets
from secretariat.texts.paragraphs import direction_of

SUBMISSION = "submission"


def submission_paper(session: ViewerSession, submission_id: UUID) -> Sheet | None:
    """A submission with the answers given. The words of the version it comments on stand in it where they are read by
    no fewer than the submission is; else the numbers of its paragraphs alone."""
    one = queries.submission_by_id(session, submission_id)
    if one is None or one.state is SubmissionState.DRAFT:
        return None
    language = current_reading().language.code
    version = comment_queries.version_of(session, one)
    content = version.content if version is not None and _is_printed(session, one, version.document) else None
    own = content.original if content is not None and language not in content.languages else language
    answers = [each for each in queries.answers_of(session, one.id) if each.given_at is not None]
    answers = as_wide_as(session, one, answers)
    dissents = [(UUID(each["by"]), each) for each in one.dissents]
    concerned = {one.organization_id, *one.signed_by, *(key for key, _each in dissents)}
    concerned |= {each.participant_id for each in answers}
    names = names_of(session, concerned, process=one.process_id)
    return set_sheet(
        session,
        "submission",
        one,
        Issuer(one.process_id, one.process.acronym, local_text(one.process.name), one.track.kind.value),
        Head(local_text(one.title), one.symbol or "", one.sent_at),
        one=one,
        kinds=in_words.KIND,
        says=in_words.SAYS,
        adopted_by=in_words.ADOPTS_BY,
        names=names,
        signed=[str(names[key]) for key in in_order({key: names[key] for key in one.signed_by})],
        dissents=dissents,
        said=comment_queries.comments_of(session, one.id),
        counted={each.piece.id: each for each in content.counted()} if content is not None else {},
        in_language=own,
        parts=brackets.parts,
        direction_of=direction_of,
        answers=answers,
        replies=queries.replies_to(session, [each.id for each in answers]) if answers else {},
    )


def _is_printed(session: ViewerSession, one: Submission, document: UUID) -> bool:
    """Whether the version is read by no fewer than the submission. One that is kept to the governments' side is not,
    whatever its level: the paper can be handed to whoever reads the submission."""
    read = session.scalars(select(Document).where(Document.id == document)).all()
    return all(
        clause.level is Level.PUBLIC or one.track_id in clause.tracks
        for each in read
        for clause in label_value(session, each.label_id).clauses
    ) and bool(as_wide_as(session, one, read))


papers.register(SUBMISSION, _l("Submission"), submission_paper, file="submission")
