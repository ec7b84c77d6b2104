"""Who writes, sends, routes and answers submissions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from secretariat.civil_society import policy as civil_society
from secretariat.civil_society.choice_models import Choice
from secretariat.civil_society.confided_models import Confided, ConfidedCopy
from secretariat.civil_society.models import (
    AnswerSays,
    AnswerShown,
    Submission,
    SubmissionAnswer,
    SubmissionKind,
    SubmissionState,
)
from secretariat.civil_society.position_models import Position
from secretariat.core.viewer import Hat, HatKind, Office, Role, Standing, Viewer
from secretariat.documents.models import Document, DocumentState
from secretariat.meetings.guest_models import Guest
from secretariat.processes.models import Process, Track, TrackKind

PROCESS, HOUSE, STATE, OTHER = (uuid4() for _ in range(4))
NETWORK = Track(id=uuid4(), process_id=PROCESS, kind=TrackKind.CIVIL_SOCIETY)
GOVERNMENT = Track(id=uuid4(), process_id=PROCESS, kind=TrackKind.GOVERNMENT)
TODAY, NOW = date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)


def keeper(track: Track) -> Viewer:
    hat = Hat(HatKind.SECRETARIAT, track.id)
    return Viewer(1, TODAY, uuid4(), hat, offices=frozenset({Office("secretariat", track.id)}))


def of(participant: UUID, role: str, track: Track, standing: str = "member") -> Viewer:
    stands = Standing(PROCESS, track.id, participant, standing)
    held = frozenset({Role(role, PROCESS, track.id)})
    return Viewer(1, TODAY, uuid4(), Hat(HatKind.PARTICIPANT, participant), (stands,), roles=held)


COORDINATION, SECRETARIAT = keeper(NETWORK), keeper(GOVERNMENT)
ORGANIZATION, LIAISON = of(HOUSE, "representative", NETWORK), of(STATE, "liaison_officer", GOVERNMENT)
FOCAL, ELSEWHERE = of(STATE, "focal_point", GOVERNMENT), of(OTHER, "liaison_officer", GOVERNMENT)
ALL = (COORDINATION, SECRETARIAT, ORGANIZATION, LIAISON, FOCAL, ELSEWHERE)


def submission(state: SubmissionState) -> Submission:
    return Submission(
        process_id=PROCESS, track_id=NETWORK.id, track=NETWORK, organization_id=HOUSE, state=state, routed_to_id=STATE
    )


DRAFT, SENT = submission(SubmissionState.DRAFT), submission(SubmissionState.SENT)


def test_the_network_drafts_and_its_coordination_sends() -> None:
    assert [civil_society.coordinates(one, NETWORK) for one in ALL] == [True, False, False, False, False, False]
    assert [civil_society.represents(one, NETWORK) for one in ALL] == [False, False, True, False, False, False]
    assert [civil_society.may_draft(one, NETWORK) for one in ALL] == [True, False, True, False, False, False]
    assert [civil_society.may_write(one, DRAFT) for one in ALL] == [True, False, True, False, False, False]
    assert [civil_society.may_send(one, DRAFT) for one in ALL] == [True, False, False, False, False, False]
    assert [civil_society.may_withdraw(one, SENT) for one in ALL] == [True, False, False, False, False, False]
    assert not any(civil_society.may_write(one, SENT) or civil_society.may_send(one, SENT) for one in ALL)
    assert not any(civil_society.may_withdraw(one, DRAFT) for one in ALL)
    assert not civil_society.represents(of(HOUSE, "representative", NETWORK, "observer"), NETWORK)
    assert not civil_society.coordinates(SECRETARIAT, GOVERNMENT)


def test_the_governments_side_routes_and_answers_what_was_sent() -> None:
    assert [civil_society.may_route(one, SENT, GOVERNMENT) for one in ALL] == [False, True, False, False, False, False]
    assert [civil_society.may_answer_for_government(one, SENT) for one in ALL] == [
        False,
        False,
        False,
        True,
        False,
        False,
    ]
    for_process = [civil_society.may_answer_for_process(one, SENT, GOVERNMENT) for one in ALL]
    assert for_process == [False, True, False, False, False, False]
    for one in ALL:
        assert not civil_society.may_route(one, DRAFT, GOVERNMENT)
        assert not civil_society.may_answer_for_government(one, DRAFT)
        assert not civil_society.may_answer_for_process(one, DRAFT, GOVERNMENT)
    process = Process(id=PROCESS)
    assert [civil_society.may_set_rules(one, GOVERNMENT, process) for one in ALL] == [
        False,
        True,
        False,
        False,
        False,
        False,
    ]


def test_an_answer_is_its_authors_until_it_is_given() -> None:
    own = SubmissionAnswer(process_id=PROCESS, track_id=GOVERNMENT.id, participant_id=STATE, given_at=None)
    ours = SubmissionAnswer(process_id=PROCESS, track_id=GOVERNMENT.id, participant_id=None, given_at=None)
    assert [civil_society.may_give(one, own) for one in ALL] == [False, False, False, True, False, False]
    assert [civil_society.may_give(one, ours) for one in ALL] == [False, True, False, False, False, False]
    shown = AnswerShown(process_id=PROCESS, participant_id=STATE)
    assert [civil_society.may_comment(one, shown) for one in ALL] == [False, False, False, True, True, False]


def test_each_side_publishes_its_own_part() -> None:
    one = submission(SubmissionState.SENT)
    one.kind, one.process = SubmissionKind.DECLARATION, Process(public_page_since=TODAY)
    told = {"process_id": PROCESS, "track_id": GOVERNMENT.id, "submission": one, "says": AnswerSays.NOTED}
    own = SubmissionAnswer(participant_id=STATE, given_at=NOW, **told)
    ours = SubmissionAnswer(participant_id=None, given_at=NOW, **told)
    assert [civil_society.may_publish(each, one) for each in ALL] == [True, False, False, False, False, False]
    for may in (civil_society.may_publish_answer, civil_society.answers_for):
        assert [may(each, own) for each in ALL] == [False, False, False, True, False, False]
        assert [may(each, ours) for each in ALL] == [False, True, False, False, False, False]
    own.says = AnswerSays.CONSIDERED
    ours.given_at = None
    assert not any(civil_society.may_publish_answer(each, answer) for each in ALL for answer in (own, ours))
    one.kind, own.says = SubmissionKind.COMMENT, AnswerSays.NOTED
    assert not any(civil_society.may_publish(each, one) or civil_society.may_publish_answer(each, own) for each in ALL)
    for one.kind, one.state, since in (
        (SubmissionKind.DECLARATION, SubmissionState.WITHDRAWN, TODAY),
        (SubmissionKind.DECLARATION, SubmissionState.SENT, None),
    ):
        one.process.public_page_since = since
        assert not civil_society.can_be_published(one)
    assert not any(civil_society.may_publish(each, one) or civil_society.may_publish_answer(each, own) for each in ALL)


def test_a_position_is_its_coordinations_to_keep_and_its_organizations_to_sign() -> None:
    now, later = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    one = Position(process_id=PROCESS, track_id=NETWORK.id, track=NETWORK, settled_at=None)
    coordination = [True, False, False, False, False, False]
    assert [civil_society.may_set_adoption(each, NETWORK) for each in ALL] == coordination
    assert [civil_society.may_keep_position(each, one) for each in ALL] == coordination
    assert [civil_society.may_sign(each, one) for each in ALL] == [False, False, True, False, False, False]
    assert not civil_society.may_sign(of(HOUSE, "representative", NETWORK, "observer"), one)
    assert civil_society.is_signed_now(one, later, now)
    assert not civil_society.is_signed_now(one, now, now)
    assert not civil_society.is_signed_now(Position(settled_at=now), later, now)
    text = Document(track=NETWORK, state=DocumentState.ISSUED, released_at=now)
    assert [civil_society.may_open_position(each, text) for each in ALL] == coordination
    for other in (
        Document(track=NETWORK, state=DocumentState.ISSUED, released_at=None),
        Document(track=NETWORK, state=DocumentState.SUPERSEDED, released_at=now),
        Document(track=GOVERNMENT, state=DocumentState.ISSUED, released_at=now),
    ):
        assert not any(civil_society.may_open_position(each, other) for each in ALL)


def test_who_goes_is_asked_by_the_coordination_and_voted_by_organizations() -> None:
    one = Choice(process_id=PROCESS, track_id=NETWORK.id, track=NETWORK)
    guest = Guest(process_id=PROCESS, track_id=GOVERNMENT.id, network_id=NETWORK.id)
    coordination = [True, False, False, False, False, False]
    assert [civil_society.may_open_choice(each, guest, NETWORK) for each in ALL] == coordination
    guest.network_id = GOVERNMENT.id
    assert not any(civil_society.may_open_choice(each, guest, NETWORK) for each in ALL)
    assert [civil_society.may_keep_choice(each, one) for each in ALL] == coordination
    assert [civil_society.may_vote(each, one) for each in ALL] == [False, False, True, False, False, False]
    assert not civil_society.may_vote(of(HOUSE, "representative", NETWORK, "observer"), one)


def test_a_draft_of_adopted_words_is_thrown_away_and_not_written_anew() -> None:
    adopted = submission(SubmissionState.DRAFT)
    adopted.adopted_on = TODAY
    assert not any(civil_society.may_write(one, adopted) for one in ALL)
    assert [civil_society.may_throw_away(one, adopted) for one in ALL] == [True, False, True, False, False, False]
    assert not any(civil_society.may_throw_away(one, SENT) for one in ALL)
    assert civil_society.may_send(COORDINATION, adopted)


def test_an_answer_is_linked_by_whose_it_is_and_once_given_by_the_secretariat() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    own = SubmissionAnswer(process_id=PROCESS, track_id=GOVERNMENT.id, participant_id=STATE, given_at=None)
    ours = SubmissionAnswer(process_id=PROCESS, track_id=GOVERNMENT.id, participant_id=None, given_at=None)
    assert [civil_society.may_link(one, own) for one in ALL] == [False, False, False, True, False, False]
    assert [civil_society.may_link(one, ours) for one in ALL] == [False, True, False, False, False, False]
    ours.submission = own.submission = SENT
    assert not any(civil_society.may_reply(one, own) for one in ALL)
    own.given_at = now
    assert [civil_society.may_reply(one, own) for one in ALL] == [True, False, False, False, False, False]
    assert [civil_society.may_link(one, own) for one in ALL] == [False, True, False, True, False, False]


def test_what_is_confided_is_its_organizations_and_the_office_answers() -> None:
    def copy(**more: date | None) -> ConfidedCopy:
        return ConfidedCopy(process_id=PROCESS, track_id=NETWORK.id, track=NETWORK, participant_id=HOUSE, **more)

    own, nobody = [False, False, True, False, False, False], [False] * 6
    begun, sent = copy(sent_on=None, withdrawn_on=None), copy(sent_on=TODAY, withdrawn_on=None)
    back = copy(sent_on=TODAY, withdrawn_on=TODAY)
    assert [civil_society.may_confide(one, NETWORK) for one in ALL] == own
    assert [civil_society.may_write_confided(one, begun) for one in ALL] == own
    assert [civil_society.may_write_confided(one, sent) for one in ALL] == nobody
    assert [civil_society.may_withdraw_confided(one, sent) for one in ALL] == own
    assert [civil_society.may_withdraw_confided(one, begun) for one in ALL] == nobody
    assert [civil_society.may_withdraw_confided(one, back) for one in ALL] == nobody
    for one, may in ((begun, own), (sent, nobody), (back, own)):
        assert [civil_society.may_throw_confided_away(each, one) for each in ALL] == may
    other = of(OTHER, "representative", NETWORK)
    assert not civil_society.may_write_confided(other, begun)
    assert not civil_society.may_withdraw_confided(other, sent)
    process = Process(id=PROCESS)
    office = [civil_society.keeps_confidences(one, process, NETWORK) for one in ALL]
    assert office == [True, False, False, True, False, True]
    for track, may in ((NETWORK, [True, *[False] * 5]), (GOVERNMENT, [False, False, False, True, False, True])):
        confided = Confided(process_id=PROCESS, track_id=track.id, network_id=NETWORK.id, network=NETWORK)
        assert [civil_society.may_answer_confided(one, confided) for one in ALL] == may


def test_who_drafts_a_submission_is_known_still_once_it_is_sent() -> None:
    assert [civil_society.drafts(one, SENT) for one in ALL] == [True, False, True, False, False, False]
    withdrawn = submission(SubmissionState.WITHDRAWN)
    assert [civil_society.may_answer_for_government(one, withdrawn) for one in ALL] == [
        *[False] * 3, True, False, False,
    ]  # fmt: skip
