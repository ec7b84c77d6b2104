"""Every predicate about texts and comments: who of everybody may."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from secretariat.core.viewer import NOBODY as NOBODYS
from secretariat.core.viewer import Hat, HatKind, Role, Standing, Viewer
from secretariat.documents.models import Document, DocumentState
from secretariat.processes import policy as processes
from secretariat.processes.models import Track, TrackKind
from secretariat.texts import policy as texts
from secretariat.texts.clearance_models import Clearance, ClearanceAnswer
from secretariat.texts.consultation_models import PublicConsultation
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import Comment, CommentReply, CommentRound, DraftText, TextState
from secretariat.texts.network_models import OpenedRound
from tests.access.people import (
    BODY,
    GOVERNMENT,
    GUATEMALA,
    HERE,
    HOUSE,
    MEXICO,
    NETWORK,
    OTHER_BODY,
    SOMEBODY,
    TODAY,
    appointed,
    standing,
    who,
)

NOBODY: set[str] = set()
OFFICER = {"officer", "chair's office"}
SPEAKERS = {"focal point", "alternate"}
OF_GUATEMALA = SPEAKERS
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def text(state: TextState = TextState.DRAFTING, *drafting: Any) -> DraftText:
    return DraftText(process_id=HERE, track_id=GOVERNMENT, state=state, drafting=[str(one) for one in drafting])


def a_round(**fields: Any) -> CommentRound:
    given: dict[str, Any] = {"process_id": HERE, "track_id": GOVERNMENT, "observers_may": False, **fields}
    return CommentRound(ends_on=date(2026, 11, 22), ends_hour=time(17), zone="America/Panama", **given)


def test_texts_are_begun_and_kept_by_the_secretariat_of_the_track() -> None:
    assert who(lambda one: texts.may_begin(one, GOVERNMENT)) == OFFICER
    assert who(lambda one: texts.may_begin(one, NETWORK)) == {"coordinator"}
    assert who(lambda one: texts.may_keep(one, text())) == OFFICER
    assert who(lambda one: texts.may_keep(one, text(TextState.SET_ASIDE))) == OFFICER
    for may in (texts.may_change, texts.may_circulate):
        assert who(lambda one, may=may: may(one, text())) == OFFICER  # type: ignore[misc]
        assert who(lambda one, may=may: may(one, text(TextState.SET_ASIDE))) == NOBODY  # type: ignore[misc]


def test_a_text_is_written_by_the_secretariat_and_who_speaks_for_its_drafting_group() -> None:
    assert who(lambda one: texts.may_write(one, text())) == OFFICER
    assert who(lambda one: texts.may_write(one, text(TextState.DRAFTING, GUATEMALA))) == {*OFFICER, *OF_GUATEMALA}
    assert who(lambda one: texts.may_write(one, text(TextState.DRAFTING, HOUSE))) == OFFICER
    assert who(lambda one: texts.may_write(one, text(TextState.SET_ASIDE, GUATEMALA))) == NOBODY


def test_who_acts_for_no_participant_speaks_for_none() -> None:
    bare = Viewer(7, TODAY, SOMEBODY, NOBODYS, roles=frozenset({Role("focal_point", HERE, GOVERNMENT)}))
    assert not processes.speaks_on(bare, HERE, GOVERNMENT)
    assert not texts.may_write(bare, text())
    silent = Viewer(
        7, TODAY, SOMEBODY, Hat(HatKind.PARTICIPANT, GUATEMALA), roles=frozenset({Role("delegate", HERE, GOVERNMENT)})
    )
    assert not processes.speaks_on(silent, HERE, GOVERNMENT)


@pytest.mark.parametrize("state", DocumentState)
def test_comments_are_asked_for_on_what_stands_and_is_read(state: DocumentState) -> None:
    of = Document(process_id=HERE, track_id=GOVERNMENT, state=state, released_at=AT)
    assert who(lambda one: texts.may_open_round(one, of)) == (OFFICER if state is DocumentState.ISSUED else NOBODY)
    waits = Document(process_id=HERE, track_id=GOVERNMENT, state=state)
    assert who(lambda one: texts.may_open_round(one, waits)) == NOBODY


def test_a_round_is_kept_by_the_secretariat_of_its_track() -> None:
    assert who(lambda one: texts.may_keep_round(one, a_round())) == OFFICER
    assert who(lambda one: texts.may_keep_round(one, a_round(track_id=NETWORK))) == {"coordinator"}


def test_a_round_runs_until_its_hour_or_until_it_is_closed() -> None:
    assert texts.is_running(a_round(), AT, AT - timedelta(seconds=1))
    assert not texts.is_running(a_round(), AT, AT)
    assert not texts.is_running(a_round(closed_at=AT - timedelta(days=1)), AT, AT - timedelta(seconds=1))


def test_members_comment_through_who_speaks_for_them() -> None:
    assert who(lambda one: texts.may_comment(one, a_round(), None)) == {*SPEAKERS, "mexican"}
    with_observers = who(lambda one: texts.may_comment(one, a_round(observers_may=True), None))
    assert with_observers == {*SPEAKERS, "mexican", "observer"}
    assert who(lambda one: texts.may_comment(one, a_round(track_id=NETWORK), None)) == {
        "guatemalan on the other track",
        "organization",
    }


@pytest.mark.parametrize(("role", "body", "may"), [
    ("member", BODY, True), ("chair", BODY, True), ("co_chair", BODY, True), ("observer", BODY, False),
    ("member", OTHER_BODY, False), ("member", None, False),
])  # fmt: skip
def test_who_is_of_the_body_comments_whatever_its_standing_in_the_process(role: str, body: Any, may: bool) -> None:
    held = standing("observer", participant=MEXICO, bodies={BODY: [role]})
    one = appointed(8, "focal_point", held, participant=MEXICO)
    assert texts.may_comment(one, a_round(), body) is may
    of_nothing = appointed(9, "focal_point", participant=MEXICO)
    elsewhere = Viewer(9, TODAY, SOMEBODY, of_nothing.hat, (), roles=of_nothing.roles)
    assert not texts.may_comment(elsewhere, a_round(observers_may=True), BODY)


def test_a_reply_is_prepared_by_who_speaks_for_its_participant() -> None:
    reply = CommentReply(participant_id=GUATEMALA, round=a_round())
    assert who(lambda one: texts.may_prepare(one, reply)) == OF_GUATEMALA
    comment = Comment(participant_id=GUATEMALA, round=a_round())
    assert who(lambda one: texts.may_change_comment(one, comment)) == OF_GUATEMALA
    sent = Comment(participant_id=GUATEMALA, round=a_round(), sent_at=AT)
    assert who(lambda one: texts.may_change_comment(one, sent)) == NOBODY


def test_who_represents_an_organization_comments_in_its_own_network_alone() -> None:
    held = Standing(HERE, NETWORK, MEXICO, "member")
    roles = frozenset({Role("representative", HERE, NETWORK)})
    one = Viewer(8, TODAY, SOMEBODY, Hat(HatKind.PARTICIPANT, MEXICO), (held,), roles=roles)
    among_its_own, beyond_the_wall = a_round(track_id=NETWORK), a_round()
    assert texts.may_comment(one, among_its_own, None)
    assert not texts.may_comment(one, beyond_the_wall, None)
    assert texts.may_prepare(one, CommentReply(participant_id=MEXICO, round=among_its_own))
    assert not texts.may_prepare(one, CommentReply(participant_id=MEXICO, round=beyond_the_wall))
    assert texts.may_change_comment(one, Comment(participant_id=MEXICO, round=among_its_own))


def test_a_common_paper_is_cleared_by_who_speaks_for_the_member_or_noted_by_the_secretariat() -> None:
    paper = Document(
        process_id=HERE, track_id=GOVERNMENT, state=DocumentState.ISSUED, released_at=AT, kind="common_paper"
    )
    assert who(lambda one: texts.may_ask_clearance(one, paper)) == OFFICER
    paper.kind = "declaration"
    assert who(lambda one: texts.may_ask_clearance(one, paper)) == NOBODY
    asked = Clearance(process_id=HERE, track_id=GOVERNMENT)
    assert who(lambda one: texts.may_keep_clearance(one, asked)) == OFFICER
    row = ClearanceAnswer(participant_id=GUATEMALA, clearance=asked)
    assert who(lambda one: texts.may_clear(one, row)) == {*OF_GUATEMALA, *OFFICER}


def test_what_was_passed_on_is_taken_back_by_its_own_capital() -> None:
    lent = LentComments(participant_id=GUATEMALA, round=a_round())
    assert who(lambda one: texts.may_keep_lent(one, lent)) == OF_GUATEMALA


def test_the_network_answers_through_its_coordination() -> None:
    opened = OpenedRound(network_id=NETWORK, track_id=GOVERNMENT)
    assert who(lambda one: texts.may_answer_opened(one, opened)) == {"coordinator"}


def test_the_public_is_asked_by_the_governments_secretariat_alone() -> None:
    found = PublicConsultation(process_id=HERE, track_id=GOVERNMENT)
    assert who(lambda one: texts.may_keep_consultation(one, found)) == OFFICER
    issued = {"state": DocumentState.ISSUED, "released_at": AT}
    of_government = Document(track_id=GOVERNMENT, track=Track(kind=TrackKind.GOVERNMENT), **issued)
    of_network = Document(track_id=NETWORK, track=Track(kind=TrackKind.CIVIL_SOCIETY), **issued)
    assert who(lambda one: texts.may_open_to_public(one, of_government)) == OFFICER
    assert who(lambda one: texts.may_open_to_public(one, of_network)) == NOBODY
