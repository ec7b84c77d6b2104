"""Every predicate about documents, guests, items that states propose and lists: who of everybody may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from secretariat.core.dates import PartialDate
from secretariat.core.viewer import NOBODY as NOBODYS
from secretariat.core.viewer import Hat, HatKind, Role, Standing, Viewer
from secretariat.documents import policy as documents
from secretariat.documents.models import Document, DocumentState, DocumentVersion, Revision, VersionState
from secretariat.meetings import policy as meetings
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import (
    AttributionRule,
    Delegate,
    Invitation,
    ItemProposal,
    ItemState,
    Meeting,
    MeetingState,
)
from secretariat.processes import policy as processes
from secretariat.processes.models import Body
from tests.access.people import (
    BODY,
    ELSEWHERE,
    EVERYBODY,
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
OF_ANYBODY = {*OF_GUATEMALA, "mexican", "observer"}
LAST_DAY, AFTER = date(2026, 11, 23), date(2026, 11, 24)
AT = datetime(2026, 11, 1, tzinfo=UTC)


def meeting(state: MeetingState = MeetingState.ANNOUNCED, **fields: Any) -> Meeting:
    fields.setdefault("starts_on", PartialDate("2026-11-22"))
    fields.setdefault("ends_on", PartialDate("2026-11-23"))
    return Meeting(process_id=HERE, track_id=GOVERNMENT, state=state, **fields)


@pytest.mark.parametrize("back", ["member", "observer"])
def test_who_has_come_back_speaks_again(back: str) -> None:
    left = standing("member", last_generation=3)
    for held in ((left, standing(back)), (standing(back), left)):
        one = appointed(1, "focal_point", *held)
        assert meetings.may_answer(one, Invitation(meeting_id=BODY, participant_id=GUATEMALA), meeting())
        assert processes.speaks_on(one, HERE, GOVERNMENT)


@pytest.mark.parametrize(
    ("held", "speaks"),
    [
        (standing(), True),
        (standing("suspended"), False),
        (standing("former"), False),
        (standing("member", last_generation=3), False),
        (standing("invited_ad_hoc"), True),
    ],
    ids=["member", "suspended", "former", "left", "invited"],
)
def test_who_has_left_or_is_suspended_says_nothing_at_what_is_left_to_it(held: Standing, speaks: bool) -> None:
    one, at = appointed(1, "focal_point", held), meeting()
    assert meetings.may_answer(one, Invitation(meeting_id=BODY, participant_id=GUATEMALA), at) is speaks
    assert (
        meetings.may_answer_guest(one, Guest(process_id=HERE, track_id=GOVERNMENT, participant_id=GUATEMALA)) is speaks
    )
    assert meetings.speaks_at(one, at) is speaks
    assert documents.speaks_for_author(one, paper(DocumentState.PREPARED)) is speaks
    assert processes.speaks_on(one, HERE, GOVERNMENT) is speaks


# --- documents ------------------------------------------------------------------------------------------------


def document(state: DocumentState = DocumentState.ISSUED, **fields: Any) -> Document:
    fields.setdefault("revision", Revision.FIRST)
    return Document(process_id=HERE, track_id=GOVERNMENT, state=state, **fields)


def paper(state: DocumentState) -> Document:
    """A paper of Guatemala."""
    return document(state, author_id=GUATEMALA, submitted_at=AT)


def test_documents_are_added_and_numbered_by_the_secretariat_of_the_track() -> None:
    assert who(lambda one: documents.may_add(one, GOVERNMENT)) == OFFICER
    assert who(lambda one: documents.may_add(one, NETWORK)) == {"coordinator"}
    assert who(lambda one: documents.may_set_pattern(one, GOVERNMENT)) == OFFICER
    assert who(lambda one: documents.may_set_pattern(one, NETWORK)) == {"coordinator"}


@pytest.mark.parametrize("state", DocumentState)
def test_what_the_secretariat_may_do_with_a_document_follows_its_state(state: DocumentState) -> None:
    draft, issued = state is DocumentState.DRAFT, state is DocumentState.ISSUED
    of = document(state)
    assert who(lambda one: documents.may_keep(one, of)) == OFFICER
    assert who(lambda one: documents.may_change(one, of)) == (OFFICER if draft else NOBODY)
    assert who(lambda one: documents.may_issue(one, of)) == (OFFICER if draft else NOBODY)
    assert who(lambda one: documents.may_release(one, of)) == (OFFICER if issued else NOBODY)
    assert who(lambda one: documents.may_release(one, document(state, released_at=AT))) == NOBODY
    assert who(lambda one: documents.may_add_version(one, of)) == (OFFICER if draft or issued else NOBODY)
    stands = state in (DocumentState.DRAFT, DocumentState.ISSUED, DocumentState.SUPERSEDED)
    assert who(lambda one: documents.may_withdraw(one, of)) == (OFFICER if stands else NOBODY)
    withdrawn = state is DocumentState.WITHDRAWN
    assert who(lambda one: documents.may_fetch(one, of)) == (OFFICER if withdrawn else set(EVERYBODY))


@pytest.mark.parametrize("state", DocumentState)
@pytest.mark.parametrize("revision", Revision)
@pytest.mark.parametrize("symbol", [None, "RCX/2026/1"])
def test_what_has_a_symbol_is_revised_but_for_corrigenda_and_addenda(
    state: DocumentState, revision: Revision, symbol: str | None
) -> None:
    of = document(state, revision=revision, symbol=symbol)
    stands = state is DocumentState.ISSUED and symbol is not None and revision in (Revision.FIRST, Revision.REV)
    assert who(lambda one: documents.may_revise(one, of)) == (OFFICER if stands else NOBODY)


@pytest.mark.parametrize("state", DocumentState)
@pytest.mark.parametrize("version_state", VersionState)
@pytest.mark.parametrize("sent_in", [False, True])
@pytest.mark.parametrize("revision", [Revision.FIRST, Revision.REV])
@pytest.mark.parametrize("original", [False, True])
def test_a_file_is_brought_while_it_is_awaited_and_in_a_draft_but_not_for_what_was_sent_in(
    state: DocumentState, version_state: VersionState, sent_in: bool, revision: Revision, original: bool
) -> None:
    of = document(state, revision=revision, submitted_at=AT if sent_in else None, author_id=GUATEMALA)
    version = DocumentVersion(state=version_state, is_original=original)
    kept = state in (DocumentState.DRAFT, DocumentState.ISSUED)
    anothers = sent_in and revision is Revision.FIRST and original
    awaited = version_state in (VersionState.AWAITED, VersionState.NOT_MADE)
    open_still = awaited or (state is DocumentState.DRAFT and not anothers)
    allowed = OFFICER if kept and open_still else NOBODY
    assert who(lambda one: documents.may_see_to_version(one, of, version)) == allowed


def test_the_original_of_a_revision_by_its_author_is_not_replaced_by_the_secretariat() -> None:
    of = document(DocumentState.DRAFT, revision=Revision.REV, by_its_author=True, author_id=GUATEMALA)
    original = DocumentVersion(state=VersionState.FINAL, is_original=True)
    assert who(lambda one: documents.may_see_to_version(one, of, original)) == NOBODY
    translation = DocumentVersion(state=VersionState.FINAL, is_original=False)
    assert who(lambda one: documents.may_see_to_version(one, of, translation)) == OFFICER


@pytest.mark.parametrize("state", DocumentState)
def test_a_paper_is_its_participants_until_it_is_sent_in(state: DocumentState) -> None:
    of = paper(state)
    assert who(lambda one: documents.speaks_for_author(one, of)) == OF_GUATEMALA
    assert who(lambda one: documents.may_prepare(one, of)) == (
        OF_GUATEMALA if state is DocumentState.PREPARED else NOBODY
    )
    sent = state is DocumentState.SUBMITTED
    assert who(lambda one: documents.may_take_back(one, of)) == (OF_GUATEMALA if sent else NOBODY)
    deciding = {*OFFICER, "chair of the body"} if sent else NOBODY
    assert who(lambda one: documents.may_decide(one, of, [BODY, None])) == deciding
    assert who(lambda one: documents.may_decide(one, of, [OTHER_BODY, BODY])) == deciding
    assert who(lambda one: documents.may_decide(one, of, [])) == (OFFICER if sent else NOBODY)
    assert who(lambda one: documents.may_decide(one, of, [OTHER_BODY])) == (OFFICER if sent else NOBODY)
    # the liaison officer's office is of the process too, and no chair
    whole = {*OFFICER, "chair of the process"} if sent else NOBODY
    assert who(lambda one: documents.may_decide(one, of, [HERE])) == whole


@pytest.mark.parametrize("state", DocumentState)
@pytest.mark.parametrize("revision", Revision)
def test_what_is_issued_is_revised_by_whose_paper_it_is(state: DocumentState, revision: Revision) -> None:
    stands = state is DocumentState.ISSUED and revision in (Revision.FIRST, Revision.REV)
    given: dict[str, Any] = {
        "author_id": GUATEMALA, "revision": revision, "symbol": "RCM/2026/1", "meeting_id": BODY,
        "released_at": AT, "submitted_at": AT,
    }  # fmt: skip
    of = document(state, **given)
    assert documents.is_revisable(of) is stands
    assert who(lambda one: documents.may_revise_own(one, of)) == (OF_GUATEMALA if stands else NOBODY)
    for missing in ("symbol", "meeting_id", "released_at", "submitted_at"):
        assert not documents.is_revisable(document(state, **{**given, missing: None}))


@pytest.mark.parametrize("state", MeetingState)
@pytest.mark.parametrize("rule", AttributionRule)
def test_a_report_is_begun_once_a_meeting_was_held_on_the_record(state: MeetingState, rule: AttributionRule) -> None:
    of = meeting(state, attribution=rule, source="")
    held = state in (MeetingState.HELD, MeetingState.CLOSED) and rule is not AttributionRule.OFF_THE_RECORD
    assert who(lambda one: meetings.may_begin_report(one, of)) == (OFFICER if held else NOBODY)
    from_a_source = meeting(state, attribution=rule, source="Hansen 2010")
    assert who(lambda one: meetings.may_begin_report(one, from_a_source)) == NOBODY


def test_what_is_nobodys_paper_has_nobody_who_speaks_for_it() -> None:
    assert who(lambda one: documents.speaks_for_author(one, document())) == NOBODY
    assert who(lambda one: documents.speaks_for_author(one, document(author_id=MEXICO))) == {"mexican", "observer"}
    of_no_participant = Viewer(7, TODAY, SOMEBODY, NOBODYS, roles=frozenset({Role("focal_point", HERE)}))
    assert not documents.speaks_for_author(of_no_participant, document())


# --- items that states propose --------------------------------------------------------------------------------


def proposal(state: ItemState = ItemState.PROPOSED) -> ItemProposal:
    return ItemProposal(participant_id=GUATEMALA, state=state, meeting=meeting(body_id=BODY))


@pytest.mark.parametrize("state", MeetingState)
def test_items_are_proposed_by_whoever_speaks_for_a_participant_until_it_is_over(state: MeetingState) -> None:
    of = meeting(state)
    assert who(lambda one: meetings.speaks_at(one, of)) == OF_ANYBODY
    live = state is MeetingState.ANNOUNCED
    assert who(lambda one: meetings.may_propose_item(one, of, LAST_DAY)) == (OF_ANYBODY if live else NOBODY)
    assert who(lambda one: meetings.may_propose_item(one, of, AFTER)) == NOBODY
    as_officer = replace(EVERYBODY["focal point"], hat=Hat(HatKind.SECRETARIAT, GOVERNMENT))
    assert not meetings.speaks_at(as_officer, of)


@pytest.mark.parametrize("state", ItemState)
def test_an_item_is_its_participants_to_prepare_and_withdraw_and_the_chairs_to_decide(state: ItemState) -> None:
    of = proposal(state)
    prepared, waits = state is ItemState.PREPARED, state is ItemState.PROPOSED
    assert who(lambda one: meetings.may_prepare_item(one, of)) == (OF_GUATEMALA if prepared else NOBODY)
    assert who(lambda one: meetings.may_withdraw_item(one, of)) == (OF_GUATEMALA if prepared or waits else NOBODY)
    deciding = {*OFFICER, "chair of the body", "chair of the process"}
    assert who(lambda one: meetings.may_answer_item(one, of)) == (deciding if waits else NOBODY)


@pytest.mark.parametrize("state", MeetingState)
def test_items_are_asked_for_while_the_agenda_is_open(state: MeetingState) -> None:
    live = state is MeetingState.ANNOUNCED
    assert who(lambda one: meetings.may_call_for_items(one, meeting(state), LAST_DAY)) == (OFFICER if live else NOBODY)
    assert who(lambda one: meetings.may_call_for_items(one, meeting(state), AFTER)) == NOBODY
    adopted = meeting(state, agenda_adopted_at=AT)
    assert who(lambda one: meetings.may_call_for_items(one, adopted, LAST_DAY)) == NOBODY


# --- meetings entered afterwards, milestones, closing ---------------------------------------------------------


@pytest.mark.parametrize("state", MeetingState)
def test_what_is_over_before_it_was_announced_is_entered_as_held(state: MeetingState) -> None:
    waits = state in (MeetingState.DRAFT, MeetingState.POSTPONED)
    assert who(lambda one: meetings.may_enter_as_held(one, meeting(state), AFTER)) == (OFFICER if waits else NOBODY)
    assert who(lambda one: meetings.may_enter_as_held(one, meeting(state), LAST_DAY)) == NOBODY


@pytest.mark.parametrize("state", MeetingState)
def test_milestones_are_noted_until_it_is_closed_and_it_is_closed_once_held(state: MeetingState) -> None:
    noted = state in (MeetingState.ANNOUNCED, MeetingState.HELD)
    assert who(lambda one: meetings.may_note_milestone(one, meeting(state))) == (OFFICER if noted else NOBODY)
    held = state is MeetingState.HELD
    assert who(lambda one: meetings.may_close(one, meeting(state))) == (OFFICER if held else NOBODY)


# --- guests and lists -----------------------------------------------------------------------------------------


def test_a_guest_answers_for_itself_and_the_network_by_its_coordination() -> None:
    guest = Guest(process_id=HERE, track_id=GOVERNMENT, participant_id=GUATEMALA)
    assert who(lambda one: meetings.may_answer_guest(one, guest)) == OF_GUATEMALA
    network = Guest(process_id=HERE, track_id=GOVERNMENT, network_id=NETWORK)
    assert who(lambda one: meetings.may_answer_guest(one, network)) == {"coordinator"}
    organization = Guest(process_id=HERE, track_id=GOVERNMENT, participant_id=HOUSE)
    assert who(lambda one: meetings.may_answer_guest(one, organization)) == NOBODY


@pytest.mark.parametrize("asks", [False, True])
@pytest.mark.parametrize("named", [False, True])
def test_names_are_provisional_where_the_body_asks_for_a_letter_and_they_stand_in_none(asks: bool, named: bool) -> None:
    of = meeting(body=Body(names_by_letter=asks))
    assert meetings.asks_letter(of) is asks
    assert meetings.is_provisional(of, Delegate(is_by_letter=named)) is (asks and not named)
    assert meetings.asks_letter(meeting()) is False
    assert meetings.is_provisional(meeting(), Delegate(is_by_letter=named)) is False


@pytest.mark.parametrize("by_letter", [False, True])
def test_letters_of_invitation_are_written_where_the_body_invites_by_letter(by_letter: bool) -> None:
    of = meeting(body=Body(invites_by_letter=by_letter), announced_at=AT)
    assert who(lambda one: meetings.may_invite_by_letter(one, of)) == (OFFICER if by_letter else NOBODY)
    assert who(lambda one: meetings.may_invite_by_letter(one, meeting(announced_at=AT))) == NOBODY
    draft = meeting(body=Body(invites_by_letter=True))
    assert who(lambda one: meetings.may_invite_by_letter(one, draft)) == NOBODY


@pytest.mark.parametrize("reads", [False, True])
def test_a_list_is_read_by_its_label_or_as_a_member_where_it_has_none(reads: bool) -> None:
    of = meeting()
    assert who(lambda one: meetings.reads_list(one, of, has_list=True, reads=reads)) == (
        set(EVERYBODY) if reads else NOBODY
    )
    without = who(lambda one: meetings.reads_list(one, of, has_list=False, reads=reads))
    assert without == who(lambda one: meetings.sees_all_replies(one, of))


def test_who_speaks_on_a_side_of_a_process_and_who_no_longer_does() -> None:
    assert who(lambda one: processes.speaks_on(one, HERE, GOVERNMENT)) == OF_ANYBODY
    assert who(lambda one: processes.speaks_on(one, HERE, NETWORK)) == {"organization", "guatemalan on the other track"}
    assert who(lambda one: processes.speaks_on(one, ELSEWHERE, NETWORK)) == NOBODY
    former = appointed(41, "focal_point", standing("former"))
    suspended = appointed(42, "focal_point", standing("suspended"))
    keeping = appointed(43, "focal_point", standing("member", last_generation=1))
    assert [processes.speaks_on(one, HERE, GOVERNMENT) for one in (former, suspended, keeping)] == [False, False, False]
