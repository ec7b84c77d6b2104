"""Mails that carry what is for members or named readers are marked as that is; a new kind of mail is decided on."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from secretariat import registers
from secretariat.core.labelling import relabel
from secretariat.core.labels import Level
from secretariat.mail import composition
from secretariat.meetings.models import Invitation, JoinLink, Meeting
from secretariat.processes import clauses
from tests.factories.meetings import acting, invited, scheduled
from tests.integration.meetings.conftest import Stage, stage

__all__ = ["stage"]

registers.fill()

BY_THEIR_THINGS = {
    "meeting_invitation",
    "meeting_changed",
    "meeting_called_off",
    "meeting_answer_noted",
    "item_answered",
    "item_call",
    "comments_asked",
    "comments_returned",
    "edition_circulated",
    "network_comments_answered",
    "network_round_ends",
    "round_ends",
    "clearance_asked",
    "network_comments_asked",
    "report_check",
    "circular",
    "silence_opened",
    "silence_extended",
    "silence_reminder",
    "silence_ended",
    "adoption_confirm",
    "paper_answered",
    "guest_invitation",
    "guest_changed",
    "guest_called_off",
    "commitment_proposed",
    "submission_acknowledged",
    "submission_routed",
    "submission_answered",
    "answer_replied",
    "answer_to_see",
    "position_to_sign",
    "choice_changed",
    "choice_opened",
    "choice_settled",
    "published_by_both",
    "joint_answered",
    "joint_proposed",
    "joint_taken_back",
    "workshop_chosen",
    "public_comment_confirm",
    "public_response",
}
"""Mails given labelled things: `sending.letter` marks them as these are."""
BY_VALUES = {
    "digest": "the heaviest label of what is named in it; words for named readers stand in no digest",
    "emergency_begun": "for those who keep the track alone: named readers",
    "draft_returned": "a draft of one's own government, which it alone reads: named readers",
    "chair_word_told": "a word to the chair, which officers, participant and chair read: named readers",
    "chair_word": "the same",
    "lowering_proposed": "for the participant asked and the secretariat: named readers",
}
WITHOUT_CONTENT = {
    "address_asked": "that a new address was asked for, to its owner",
    "address_confirmation": "a link, to the new address",
    "appointment_ended": "the reader's own appointment",
    "appointment_made": "the reader's own appointment",
    "invitation": "the reader's own access",
    "new_link": "a link; what stands behind it is shown there",
    "new_password": "a link",
    "reply_received": "that a reply has come, to who wrote it; no word of it",
    "comments_lent": "that comments are asked, and where; the text stands behind the link",
    "comments_reminded": "that comments are awaited; the text stands behind the link",
    "confided": "that something was confided, to whom; it stands behind sign-in",
    "confided_answered": "that it was answered, to whose it is; the answer stands behind sign-in",
    "draft_lent": "that a draft is passed on; it stands behind the link",
    "draft_reminded": "that a draft is awaited back; it stands behind the link",
    "resource_invited": "that a workshop would be glad of one; which stands behind the link",
    "update_reminded": "that a word is still asked, and where; the matter stands behind the link",
    "update_lent": "that a word is asked, and where; the matter stands behind the link",
    "proposal_lent": "that advice is asked, and where; the rest stands behind the link",
}


def test_every_kind_of_mail_says_how_it_is_marked() -> None:
    ours = set(composition.notices()) - {"of_the_tests"}  # what another test entered in this process
    assert ours == BY_THEIR_THINGS | set(BY_VALUES) | set(WITHOUT_CONTENT)


@pytest.mark.parametrize("notice", sorted(WITHOUT_CONTENT))
def test_a_mail_without_content_shows_nothing_of_a_thing(notice: str) -> None:
    """Its template reaches into no thing: what it shows was given as a value and is the reader's own."""
    folder = Path(composition.TEMPLATES) / "mail"
    for form in ("txt", "html"):
        text = (folder / f"{notice}.{form}").read_text()
        assert not re.search(r"\b(meeting|commitment|plan|outcome|invitation|proposal|report|edition)\.", text)


def letter_to(stage: Stage, who: Any, **words: Any) -> Level:
    """How a letter of these words is marked for a reader."""
    made: Any = SimpleNamespace(person=who.person, hat=who.hat)
    levels = [composition.Sending._level_of(made, one) for one in composition._labelled(words)]
    return max(levels, key=lambda one: one.weight, default=Level.PUBLIC)


def test_a_letter_is_marked_as_the_heaviest_thing_it_is_given(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting", join_address="https://meet.example/room")
        invited(session, meeting)
        key = meeting.id
    with acting(stage.engine, stage.officer) as session:
        meeting = session.scalars(select(Meeting).where(Meeting.id == key)).one()
        relabel(session, meeting, [clauses.public(meeting.process)], why="open to all", widened=True)
    with acting(stage.engine, stage.officer) as session:
        meeting = session.scalars(select(Meeting).where(Meeting.id == key)).one()
        join = session.scalars(select(JoinLink).where(JoinLink.meeting_id == key)).one()
        own = session.scalars(
            select(Invitation).where(Invitation.meeting_id == key, Invitation.participant_id == stage.id["gt"])
        ).one()
        to = stage.focal["gt"]
        assert letter_to(stage, to, meeting=meeting) is Level.PUBLIC
        assert letter_to(stage, to, meeting=meeting, invitation=own) is Level.PUBLIC  # its own matter
        assert letter_to(stage, stage.focal["mx"], invitation=own) is Level.MEMBERS
        track = meeting.track
        audience = [clauses.participant(stage.id["gt"]), clauses.secretariat(track)]
        relabel(session, join, [clauses.named(meeting.process, track, audience=audience)], why="for Guatemala")
    with acting(stage.engine, stage.officer) as session:
        join = session.scalars(select(JoinLink).where(JoinLink.meeting_id == key)).one()
        assert letter_to(stage, to, carried=[join]) is Level.NAMED
