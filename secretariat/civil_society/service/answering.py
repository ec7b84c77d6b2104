"""Answers to submissions: drafted by a government or for the process, shown to whom they tell of, given."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from secretariat.civil_society import became, circles, policy, queries
from secretariat.civil_society.models import AnswerSays, AnswerShown, Submission, SubmissionAnswer
from secretariat.civil_society.service.record import record
from secretariat.core import clock
from secretariat.core.labelling import attach, relabel, renew
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.directory.contacts import contacts_of
from secretariat.mail import outbox
from secretariat.meetings.attribution import names_in
from secretariat.processes.models import Track

TO_SEE = "answer_to_see"
"""The mail to a participant that an answer tells of it, before that leaves."""
GIVEN = "submission_answered"
"""The mail to the whole network that a submission was answered."""
LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the form of an answer says. `agreed_on` and `agreed_word` say when and how the body agreed on an answer of
    the process: at its meeting, or under silence."""

    says: AnswerSays
    words: LocalText
    agreed_on: date | None = None
    agreed_word: str = ""


def begin(
    session: ViewerSession, one: Submission, government: Track, said: Said, *, for_process: bool
) -> SubmissionAnswer:
    """Draft an answer, for one's government or for the process. Raises NotAllowed, Refused."""
    viewer = session.viewer
    allowed = (
        policy.may_answer_for_process(viewer, one, government)
        if for_process
        else policy.may_answer_for_government(viewer, one)
    )
    require(allowed)
    if one.withdrawn_at is not None:
        raise Refused(_("The network has withdrawn this submission meanwhile. No answer is asked for any more."))
    author = None if for_process else viewer.participant
    if any(each.given_at is None and each.participant_id == author for each in queries.answers_of(session, one.id)):
        raise Refused(_("There is a draft of your answer already; go on with that one."))
    _check(said, clock.today(one.process.zone), for_process=for_process)
    made = SubmissionAnswer(
        process_id=one.process_id,
        track_id=government.id,
        submission_id=one.id,
        participant_id=author,
        begun_at=clock.now(),
    )
    _write(made, said)
    attach(session, made, [circles.being_answered(one.process, government, author)], container=one.process)
    session.flush()
    record(session, "answer begun", one.process, government, made)
    return made


def rewrite(session: ViewerSession, answer: SubmissionAnswer, said: Said) -> None:
    """Change a draft. Who was shown other words is shown these anew. Raises NotAllowed, Refused."""
    require(policy.may_give(session.viewer, answer))
    _check(said, clock.today(answer.process.zone), for_process=answer.participant_id is None)
    _write(answer, said)
    session.flush()


def throw_away(session: ViewerSession, answer: SubmissionAnswer) -> None:
    """Go on with a draft no more. Raises NotAllowed."""
    require(policy.may_give(session.viewer, answer))
    for shown in [*queries.shown_of(session, answer.id), *became.links_of(session, answer.id)]:
        session.delete(shown)
    session.flush()
    session.delete(answer)
    session.flush()


def told_of(session: ViewerSession, answer: SubmissionAnswer) -> dict[UUID, list[str]]:
    """The participants of which a draft tells besides its own author: each by the names that stand in its words."""
    process, government = answer.process, answer.track
    today = clock.today(process.zone)
    named = queries.names_of_participants(session, process.id, government.id, today)
    named.pop(answer.participant_id or UUID(int=0), None)
    texts = list(answer.words.texts.values())
    found = {key: names_in(texts, names) for key, names in named.items()}
    return {key: names for key, names in found.items() if names}


def not_shown_yet(session: ViewerSession, answer: SubmissionAnswer) -> list[UUID]:
    """Participants that are to see a draft, as it stands now, before it leaves."""
    seen = {one.participant_id for one in queries.shown_of(session, answer.id) if one.digest == digest_of(answer)}
    return sorted(set(told_of(session, answer)) - seen, key=str)


def show(session: ViewerSession, answer: SubmissionAnswer) -> int:
    """Show a draft to every participant it tells of that has not seen it as it stands; how many that are.

    Raises NotAllowed; Refused where one of them has nobody to show it to.
    """
    require(policy.may_give(session.viewer, answer))
    wanted = not_shown_yet(session, answer)
    process, government = answer.process, answer.track
    contacts = contacts_of(session, process.id, government.id, clock.today(process.zone), wanted)
    reached = {one.participant for one in contacts}
    if set(wanted) - reached:
        raise Refused(_("One of those it tells of has no focal point to see it. Ask the Secretariat to show it."))
    before = {one.participant_id: one for one in queries.shown_of(session, answer.id)}
    now, digest = clock.now(), digest_of(answer)
    circle = circles.being_answered(process, government, answer.participant_id, [*before, *wanted])
    relabel(session, answer, [circle], why="shown to whom it tells of")
    for participant in wanted:
        row = before.get(participant) or AnswerShown(
            process_id=process.id, answer_id=answer.id, participant_id=participant
        )
        row.digest, row.shown_at, row.words, row.said_at = digest, now, "", None
        if participant not in before:
            own = circles.being_answered(process, government, answer.participant_id, [participant])
            attach(session, row, [own], container=process)
    session.flush()
    record(session, "answer shown to whom it tells of", process, government, answer, to=sorted(map(str, wanted)))
    for one in contacts:
        outbox.put(
            session,
            TO_SEE,
            key=f"{TO_SEE}:{answer.id}:{digest[:16]}:{one.person}",
            process=process,
            track=government,
            person=one.person,
            hat=one.hat,
            subject={"answer": answer.id},
        )
    return len(wanted)


def say_of(session: ViewerSession, shown: AnswerShown, words: str) -> None:
    """What a participant says of an answer that tells of it: its author reads that. Raises NotAllowed, Refused."""
    require(policy.may_comment(session.viewer, shown))
    answer = queries.answer_by_id(session, shown.answer_id)
    if answer is None or answer.given_at is not None:
        raise Refused(_("The answer has left already. Tell the Secretariat if something in it is not right."))
    shown.words, shown.said_at = words.strip()[:LONGEST], clock.now()
    session.flush()


def give(session: ViewerSession, answer: SubmissionAnswer) -> None:
    """Give an answer: the network and those who answer read it from now on, and the whole network is told.

    Raises NotAllowed; Refused while somebody it tells of has not seen it, and where the submission was withdrawn.
    """
    require(policy.may_give(session.viewer, answer))
    one = answer.submission
    if one is None or one.withdrawn_at is not None:
        raise Refused(_("The network has withdrawn this submission. Your draft stays; nothing leaves."))
    _check_agreed(answer)
    if not_shown_yet(session, answer):
        raise Refused(_("It tells of others. Show it to them first; each sees what concerns it before it leaves."))
    answer.given_at = clock.now()
    session.flush()
    process, government = answer.process, answer.track
    circle = circles.across(process, one.track, government)
    relabel(session, answer, [circle], why="answer given")
    renew(session, answer, why="answer given")
    whose = str(answer.participant_id) if answer.participant_id else "process"
    record(session, "answer given", process, government, answer, says=answer.says.value, whose=whose)
    for each in queries.people_of_network(session, one.track_id, clock.today(process.zone)):
        outbox.put(
            session,
            GIVEN,
            key=f"{GIVEN}:{answer.id}:{each.person}:{each.hat}",
            process=process,
            track=one.track,
            person=each.person,
            hat=each.hat,
            subject={"answer": answer.id},
        )
    session.flush()


def digest_of(answer: SubmissionAnswer) -> str:
    """Which words an answer has, so that other words are not taken for those somebody saw."""
    said = [answer.says.value, sorted(answer.words.texts.items())]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def last_words(answers: Sequence[SubmissionAnswer]) -> SubmissionAnswer | None:
    """The last answer given, if one was."""
    given = [one for one in answers if one.given_at is not None]
    return given[-1] if given else None


def _write(answer: SubmissionAnswer, said: Said) -> None:
    answer.says, answer.words = said.says, said.words
    answer.agreed_on, answer.agreed_word = said.agreed_on, said.agreed_word.strip()


def _check(said: Said, today: date, *, for_process: bool) -> None:
    if any(len(words) > LONGEST for words in said.words.texts.values()):
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST), "words")
    if for_process and said.agreed_on is not None and said.agreed_on > today:
        raise Refused(_("This day is still to come. Give the day on which it was agreed."), "agreed_on")


def _check_agreed(answer: SubmissionAnswer) -> None:
    if answer.participant_id is None and (answer.agreed_on is None or not answer.agreed_word):
        raise Refused(_("An answer of the process leaves once the body has agreed on it. Say when and how it did."))
