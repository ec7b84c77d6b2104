"""Leading outcomes on, and taking up on an agenda what others left: nothing is typed again, and both sides show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import renew
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.meetings import policy, queries, requests
from secretariat.meetings.models import AgendaItem, Meeting, Outcome
from secretariat.meetings.service.agenda import ItemWords, add_item
from secretariat.meetings.service.record import record
from secretariat.processes.models import Body

LONGEST_TITLE = 300
"""Characters of an outcome that become the title of an item; what is longer stands whole in the annotation."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A matter as an item of an agenda: its words, and the outcome it comes from."""

    title: LocalText
    outcome: UUID | None = None


def take_up(session: ViewerSession, meeting: Meeting, matters: Sequence[TakenUp]) -> list[AgendaItem]:
    """Items for these matters, the last of the first day, in their order.

    Raises NotAllowed; Refused for none.
    """
    if not matters:
        raise Refused(_("Tick what the agenda is to take up"), "chosen")
    made = []
    for one in matters:
        title, annotation = _as_item(one.title)
        item = add_item(session, meeting, ItemWords(title=title, annotation=annotation))
        item.from_outcome_id = one.outcome
        made.append(item)
    session.flush()
    return made


def _as_item(words: LocalText) -> tuple[LocalText, LocalText | None]:
    if all(len(text) <= LONGEST_TITLE for text in words.texts.values()):
        return words, None
    short = {language: _shortened(text) for language, text in words.texts.items()}
    return LocalText(short, words.original), words


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    return text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def bodies_to_send_to(session: Session, meeting: Meeting) -> list[Body]:
    """Bodies at work on the meeting's side of the wall, other than its own."""
    at_work = queries.open_bodies(session, meeting.process_id, meeting.track_id, clock.today())
    return [one for one in at_work if one.id != meeting.body_id]


def send_outcome(session: ViewerSession, meeting: Meeting, outcome: Outcome, body: UUID | None) -> None:
    """Send an outcome up or down to another body, where it arises for the next agenda; None calls it back, also from
    the secretariat.

    Raises NotAllowed; Refused for a body to which it cannot go.
    """
    _may_lead_on(session, meeting, outcome)
    if body is not None and body not in {one.id for one in bodies_to_send_to(session, meeting)}:
        raise Refused(_("Choose a body of this process that is at work"), "to")
    outcome.sent_to_id, outcome.sent_at = body, clock.now() if body else None
    outcome.asked_of_secretariat_at = None
    session.flush()
    renew(session, outcome, why="outcome led on")
    record(session, "outcome sent to a body" if body else "outcome called back", meeting, outcome)


def ask_secretariat(session: ViewerSession, meeting: Meeting, outcome: Outcome) -> None:
    """Make an outcome a request to the secretariat, which finds it in its list until it is seen to. It still arises for
    the next agenda of the body that agreed it. Raises NotAllowed."""
    _may_lead_on(session, meeting, outcome)
    outcome.sent_to_id = outcome.sent_at = None
    outcome.asked_of_secretariat_at = outcome.asked_of_secretariat_at or clock.now()
    session.flush()
    renew(session, outcome, why="outcome led on")
    record(session, "outcome made a request to the secretariat", meeting, outcome)


def see_to_outcome(session: ViewerSession, meeting: Meeting, outcome: Outcome, word: LocalText | None = None) -> None:
    """Say that nothing more is to be done about an outcome; of a request to the secretariat, with a word on what was
    done, which the readers of the outcome read. Said again, the word alone changes.

    Raises NotAllowed; Refused for a request without a word.
    """
    _may_lead_on(session, meeting, outcome)
    if word is None and requests.is_request(outcome):
        raise Refused(_("Say in a word what was done, for example: sent to all members on 3 March"), "word")
    outcome.seen_to_on = outcome.seen_to_on or clock.today(meeting.zone or "UTC")
    outcome.seen_to_word = word
    session.flush()
    renew(session, outcome, why="outcome seen to")
    record(session, "outcome seen to", meeting, outcome)


def reopen_outcome(session: ViewerSession, meeting: Meeting, outcome: Outcome) -> None:
    """Say that there is something to be done about an outcome after all. Raises NotAllowed."""
    _may_lead_on(session, meeting, outcome)
    outcome.seen_to_on = outcome.seen_to_word = None
    session.flush()
    renew(session, outcome, why="outcome open again")
    record(session, "outcome open again", meeting, outcome)


def _may_lead_on(session: ViewerSession, meeting: Meeting, outcome: Outcome) -> None:
    if not policy.may_propose_from(session.viewer, meeting, outcome):
        raise NotAllowed
