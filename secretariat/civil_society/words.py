"""Submissions and answers in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secretariat.civil_society.became_models import LedTo
from secretariat.civil_society.models import AdoptsBy, AnswerSays, Ballots, SubmissionKind, SubmissionState
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext

KIND: Mapping[SubmissionKind, Any] = {
    SubmissionKind.DECLARATION: lazy_pgettext("submission", "Declaration"),
    SubmissionKind.RECOMMENDATION: lazy_pgettext("submission", "Recommendation"),
    SubmissionKind.COMMENT: lazy_pgettext("submission", "Comment on a document"),
    SubmissionKind.QUESTION: lazy_pgettext("submission", "Question"),
    SubmissionKind.CONTRIBUTION: lazy_pgettext("submission", "Contribution to an activity"),
}
STATE: Mapping[SubmissionState, Any] = {
    SubmissionState.DRAFT: lazy_pgettext("submission", "Draft"),
    SubmissionState.SENT: lazy_pgettext("submission", "Sent"),
    SubmissionState.WITHDRAWN: lazy_pgettext("submission", "Withdrawn"),
}
SAYS: Mapping[AnswerSays, Any] = {
    AnswerSays.RECEIVED: lazy_pgettext("answer", "Received"),
    AnswerSays.CONSIDERED: lazy_pgettext("answer", "Under consideration"),
    AnswerSays.TAKEN_UP: lazy_pgettext("answer", "Taken up"),
    AnswerSays.IN_PART: lazy_pgettext("answer", "Taken up in part"),
    AnswerSays.NOTED: lazy_pgettext("answer", "Noted"),
    AnswerSays.NOT_TAKEN_UP: lazy_pgettext("answer", "Not taken up"),
}
SAYS_HINT: Mapping[AnswerSays, Any] = {
    AnswerSays.RECEIVED: _l("Received; an answer follows"),
    AnswerSays.CONSIDERED: _l("Under consideration; an answer follows"),
    AnswerSays.TAKEN_UP: SAYS[AnswerSays.TAKEN_UP],
    AnswerSays.IN_PART: _l("Taken up in part; the answer says which part"),
    AnswerSays.NOTED: SAYS[AnswerSays.NOTED],
    AnswerSays.NOT_TAKEN_UP: _l("Not taken up; the answer says why"),
}
LED_TO: Mapping[LedTo, Any] = {
    LedTo.AGENDA_ITEM: _l("Agenda item"),
    LedTo.OUTCOME: _l("Outcome"),
    LedTo.ACTIVITY: _l("Activity of a plan"),
    LedTo.COMMITMENT: _l("Commitment"),
    LedTo.DOCUMENT: _l("Document"),
}
ADOPTS_BY: Mapping[AdoptsBy, Any] = {
    AdoptsBy.CONSENSUS: lazy_pgettext("position", "By consensus"),
    AdoptsBy.SILENCE: lazy_pgettext("position", "In silence"),
    AdoptsBy.MAJORITY: lazy_pgettext("position", "By a majority"),
}
ADOPTS_BY_HINT: Mapping[AdoptsBy, Any] = {
    AdoptsBy.CONSENSUS: _l("By consensus: no member organization objects, and the coordination says how that was seen"),
    AdoptsBy.SILENCE: _l("In silence: it stands if no member organization objects until the end"),
    AdoptsBy.MAJORITY: _l("By a majority: more than half of the member organizations sign it"),
}
BALLOTS: Mapping[Ballots, Any] = {
    Ballots.EITHER: _l("Open or secret, as the coordination says each time"),
    Ballots.OPEN: _l("Open: the network reads, once it is over, who voted for whom"),
    Ballots.SECRET: _l("Secret: nobody can tell who voted for whom, the coordination included"),
}
