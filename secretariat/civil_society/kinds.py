"""What of submissions a person meets: the rules, a submission, an answer, and that it was shown."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.civil_society.models import AnswerShown, EngagementRules, Submission, SubmissionAnswer
from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l


def _of_network(_session: Session, one: Submission) -> Origin:
    return Origin(OriginKind.SECRETARIAT, one.track_id)


def _of_author(_session: Session, one: SubmissionAnswer) -> Origin:
    if one.participant_id is not None:
        return Origin(OriginKind.PARTICIPANT, one.participant_id)
    return Origin(OriginKind.SECRETARIAT, one.track_id)


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
        EngagementRules,
        _l("Rules of engagement"),
        lambda one: _("Rules of engagement"),
        lambda one: None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
