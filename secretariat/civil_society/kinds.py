"""What of the civil-society track a person meets: the rules, a submission, an answer, and that it was shown; a
position, who signed it, and dissent on record."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.civil_society.choice_models import Ballot, Candidate, Choice
from secretariat.civil_society.comment_models import ParagraphComment, UnsavedParagraph
from secretariat.civil_society.confided_models import Confided, ConfidedCopy, ConfidedName
from secretariat.civil_society.models import AnswerShown, EngagementRules, Submission, SubmissionAnswer
from secretariat.civil_society.position_models import Position, PositionDissent, PositionSignature
from secretariat.civil_society.published_models import PublishedAnswer, PublishedReply, PublishedSubmission
from secretariat.civil_society.reply_models import AnswerReply
from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text


def _of_network(_session: Session, one: Submission) -> Origin:
    return Origin(OriginKind.SECRETARIAT, one.track_id)


def _everybodys(one: PublishedSubmission | PublishedAnswer | PublishedReply) -> str | None:
    return f"/processes/{one.process.slug}/civil-society" if one.process is not None else None


def _of_its_submission(_session: Session, one: ParagraphComment) -> Origin:
    submission: Submission | None = one.submission
    return Origin(OriginKind.SECRETARIAT, submission.track_id if submission is not None else one.id)


def _of_author(_session: Session, one: SubmissionAnswer | PublishedAnswer) -> Origin:
    if one.participant_id is not None:
        return Origin(OriginKind.PARTICIPANT, one.participant_id)
    return Origin(OriginKind.SECRETARIAT, one.track_id)


def _title_of_position(one: Position | None) -> str:
    document = one.edition.document if one is not None and one.edition is not None else None
    return local_text(document.title) if document is not None else ""


def _beside(one: PositionSignature | PositionDissent) -> str | None:
    return f"/positions/{one.position_id}" if one.position is not None else None


def _of_choice(one: Candidate | Ballot) -> str | None:
    return f"/choices/{one.choice_id}" if one.choice is not None else None


def _of_reply(one: AnswerReply) -> str | None:
    return f"/submissions/{one.answer.submission_id}" if one.answer is not None else None


def _by_participant(_session: Session, one: PositionSignature | PositionDissent | Candidate | Ballot) -> Origin:
    return Origin(OriginKind.PARTICIPANT, one.participant_id)


register(
    Kind(
        Submission,
        _l("Submission of the network"),
        lambda one: one.title,
        lambda one: f"/submissions/{one.id}",
        _of_network,
    )
)
register(
    Kind(
        ParagraphComment,
        _l("Comment on a paragraph in a submission"),
        lambda one: one.words or one.wording,
        lambda one: f"/submissions/{one.submission_id}" if one.submission is not None else None,
        _of_its_submission,
    )
)
register(
    Kind(
        UnsavedParagraph,
        _l("Comment in a submission that is not saved"),
        lambda one: one.words or one.wording,
        lambda one: f"/submissions/{one.submission_id}" if one.submission is not None else None,
        lambda _session, one: Origin(OriginKind.PERSON, one.person_id),
    )
)
register(
    Kind(
        SubmissionAnswer,
        _l("Answer to a submission"),
        lambda one: one.words,
        lambda one: f"/answers/{one.id}",
        _of_author,
    )
)
register(
    Kind(
        AnswerShown,
        _l("Answer shown to whom it tells of"),
        lambda one: one.words or _("Nothing said yet"),
        lambda one: f"/answers/{one.answer_id}",
        lambda _session, one: Origin(OriginKind.PARTICIPANT, one.participant_id),
    )
)
register(
    Kind(
        AnswerReply,
        _l("Reply of the network"),
        lambda one: one.words,
        _of_reply,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        EngagementRules,
        _l("Rules of engagement"),
        lambda one: _("Rules of engagement"),
        lambda one: None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        Position,
        _l("Position of the network"),
        _title_of_position,
        lambda one: f"/positions/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        PositionSignature,
        _l("Signature to a position"),
        lambda one: _title_of_position(one.position),
        _beside,
        _by_participant,
    )
)
register(Kind(PositionDissent, _l("Dissent on record"), lambda one: one.words, _beside, _by_participant))
register(
    Kind(
        Choice,
        _l("Choice of who goes"),
        lambda one: one.title,
        lambda one: f"/choices/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(Kind(Candidate, _l("Person an organization names"), lambda one: one.name, _of_choice, _by_participant))
register(
    Kind(
        Ballot,
        _l("Vote of an organization"),
        lambda one: one.choice.title if one.choice is not None else "",
        _of_choice,
        _by_participant,
    )
)
register(
    Kind(
        PublishedSubmission,
        _l("Submission as everybody reads it"),
        lambda one: one.title,
        _everybodys,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.network_id),
    )
)
register(
    Kind(
        PublishedAnswer,
        _l("Answer as everybody reads it"),
        lambda one: one.words,
        _everybodys,
        _of_author,
    )
)
register(
    Kind(
        PublishedReply,
        _l("Reply of the network as everybody reads it"),
        lambda one: one.words,
        _everybodys,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.network_id),
    )
)
register(
    Kind(
        Confided,
        _l("Input in confidence"),
        lambda one: one.title,
        lambda one: f"/confided/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        ConfidedName,
        _l("Name told in confidence"),
        lambda one: one.name,
        lambda one: f"/confided/{one.confided_id}" if one.confided is not None else None,
        lambda _session, one: Origin(OriginKind.PERSON, one.person_id),
    )
)
register(
    Kind(
        ConfidedCopy,
        _l("What an organization confides"),
        lambda one: one.title,
        lambda one: f"/confidences/{one.id}",
        lambda _session, one: Origin(OriginKind.PARTICIPANT, one.participant_id),
    )
)
