"""Every predicate of every policy: who of everybody may, in every state of the thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from secretariat.accounts import policy as accounts
from secretariat.accounts.models import User
from secretariat.arrangements import policy as arrangements
from secretariat.chairmanship import policy as chairmanship
from secretariat.civil_society import policy as civil_society
from secretariat.confidentiality import policy as confidentiality
from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.viewer import Hat, HatKind, Office, Standing, Viewer
from secretariat.correspondence import policy as correspondence
from secretariat.directory import policy as directory
from secretariat.directory.models import Appointment, ContactCard, EmergencyAccess, ProposedSuccessor, RoleName
from secretariat.documents import policy as documents
from secretariat.emergency import policy as emergency
from secretariat.follow_up import policy as follow_up
from secretariat.follow_up.chair_models import ChairWord
from secretariat.follow_up.contact_models import ContactNote
from secretariat.mail import policy as mail
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.meetings import policy as meetings
from secretariat.meetings.models import AttributionRule, Invitation, Meeting, MeetingState, Outcome, OutcomeState
from secretariat.ownership import policy as ownership
from secretariat.packs import policy as packs
from secretariat.plans import policy as plans
from secretariat.plans.models import Commitment, CommitmentState, Plan, PlanState
from secretariat.plans.status import UpdateState
from secretariat.processes import policy as processes
from secretariat.processes.models import Process, Track, TrackKind
from secretariat.reports import policy as reports
from secretariat.texts import policy as texts
from tests.access.people import (
    BODY,
    ELSEWHERE,
    ELSEWHERES,
    EVERYBODY,
    GOVERNMENT,
    GUATEMALA,
    HERE,
    HOUSE,
    MEXICO,
    NETWORK,
    SOMEBODY,
    TODAY,
    appointed,
    keeper,
    standing,
    who,
)
from tests.mutation.modules import access_modules

NOBODY: set[str] = set()
OFFICER = {"officer", "chair's office"}
OWN_OFFICER = {"officer"}
SPEAKERS = {"focal point", "alternate"}
KEEPERS = {*OFFICER, "officer elsewhere", "coordinator"}
NOBODYS = replace(
    EVERYBODY["officer"],
    offices=frozenset({Office("secretariat", None), Office("chair", None)}),  # type: ignore[arg-type]
)
"""Who holds an office of nothing holds nothing."""


# --- plans ----------------------------------------------------------------------------------------------------


def plan(state: PlanState = PlanState.ADOPTED) -> Plan:
    return Plan(process_id=HERE, track_id=GOVERNMENT, state=state)


def commitment(state: CommitmentState = CommitmentState.ACCEPTED) -> Commitment:
    return Commitment(participant_id=GUATEMALA, state=state)


@pytest.mark.parametrize("state", PlanState)
def test_a_plan_is_kept_and_reported_on_by_the_secretariat_of_its_track(state: PlanState) -> None:
    assert who(lambda one: plans.may_keep(one, plan(state))) == OFFICER
    assert who(lambda one: reports.may_compile(one, plan(state))) == OFFICER


def test_a_plan_is_begun_by_whoever_keeps_a_track() -> None:
    assert who(plans.may_begin_plan) == KEEPERS


@pytest.mark.parametrize("state", PlanState)
def test_the_text_of_a_plan_is_changed_while_it_is_a_draft(state: PlanState) -> None:
    allowed = OFFICER if state is PlanState.DRAFT else NOBODY
    assert who(lambda one: plans.may_edit_text(one, plan(state))) == allowed


@pytest.mark.parametrize("state", PlanState)
def test_commitments_are_proposed_and_made_until_the_plan_is_closed(state: PlanState) -> None:
    closed = state is PlanState.CLOSED
    assert who(lambda one: plans.may_propose(one, plan(state))) == (NOBODY if closed else OFFICER)
    committing = NOBODY if closed else {*SPEAKERS, "mexican"}
    assert who(lambda one: plans.may_commit_own(one, plan(state))) == committing


def test_nobody_speaks_for_a_state_but_its_focal_points_and_alternates_on_the_track() -> None:
    assert who(lambda one: plans.speaks_for(one, commitment(), plan())) == SPEAKERS
    elsewhere = appointed(33, "focal_point", process=ELSEWHERE)
    assert not plans.speaks_for(elsewhere, commitment(), plan())


@pytest.mark.parametrize(
    "held", [standing("observer"), standing(track=NETWORK), standing(process=ELSEWHERE), standing("suspended")]
)
def test_who_is_no_member_on_the_track_makes_no_commitment(held: Standing) -> None:
    assert not plans.may_commit_own(appointed(34, "focal_point", held), plan())
    assert plans.may_commit_own(appointed(34, "focal_point", held, standing()), plan())


def test_an_officer_who_was_a_focal_point_makes_no_commitment_under_this_hat() -> None:
    officer = replace(EVERYBODY["officer"], roles=EVERYBODY["focal point"].roles)
    assert not plans.may_commit_own(officer, plan())


@pytest.mark.parametrize("state", CommitmentState)
def test_what_may_be_done_with_a_commitment_follows_its_state(state: CommitmentState) -> None:
    proposed = state is CommitmentState.PROPOSED
    told_of = state in (CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN)
    of = commitment(state)
    assert who(lambda one: plans.may_answer(one, of, plan())) == (SPEAKERS if proposed else NOBODY)
    assert who(lambda one: plans.may_take_back(one, of, plan())) == (OFFICER if proposed else NOBODY)
    assert who(lambda one: plans.may_report(one, of, plan())) == (SPEAKERS if told_of else NOBODY)
    assert who(lambda one: plans.may_note(one, of, plan())) == (OWN_OFFICER if told_of else NOBODY)
    accepted = state is CommitmentState.ACCEPTED
    assert who(lambda one: plans.may_revise(one, of, plan())) == (SPEAKERS if accepted else NOBODY)


@pytest.mark.parametrize("state", UpdateState)
def test_a_note_is_confirmed_by_whom_it_is_about(state: UpdateState) -> None:
    allowed = SPEAKERS if state is UpdateState.NOTED else NOBODY
    assert who(lambda one: plans.may_confirm(one, commitment(), plan(), state)) == allowed


@pytest.mark.parametrize("state", PlanState)
def test_what_was_given_is_written_down_by_the_secretariat_and_by_who_speaks_for_a_participant(
    state: PlanState,
) -> None:
    assert who(lambda one: plans.may_note_support(one, plan(state))) == {*SPEAKERS, *OFFICER, "mexican", "observer"}


def test_distances_are_seen_by_the_participant_and_the_secretariat() -> None:
    guatemalans = {name for name, one in EVERYBODY.items() if one.participant == GUATEMALA}
    assert len(guatemalans) > 5
    assert who(lambda one: plans.sees_distances(one, commitment(), plan())) == guatemalans | OFFICER


# --- meetings -------------------------------------------------------------------------------------------------


def meeting(state: MeetingState = MeetingState.ANNOUNCED, **fields: Any) -> Meeting:
    fields.setdefault("starts_on", PartialDate("2026-11-22"))
    fields.setdefault("ends_on", PartialDate("2026-11-23"))
    fields.setdefault("attribution", AttributionRule.OPEN)
    return Meeting(process_id=HERE, track_id=GOVERNMENT, state=state, **fields)


def test_a_meeting_is_scheduled_by_the_secretariat_of_the_track() -> None:
    assert who(lambda one: meetings.may_schedule(one, GOVERNMENT)) == OFFICER
    assert who(lambda one: meetings.may_schedule(one, NETWORK)) == {"coordinator"}


KEPT: list[tuple[Callable[[Viewer, Meeting], bool], set[MeetingState]]] = [
    (meetings.may_keep, set(MeetingState)),
    (meetings.may_change, {MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.POSTPONED}),
    (meetings.may_call_off, {MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.POSTPONED}),
    (meetings.may_keep_agenda, {MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.POSTPONED}),
    (meetings.may_announce, {MeetingState.DRAFT, MeetingState.POSTPONED}),
    (meetings.may_invite, {MeetingState.ANNOUNCED, MeetingState.HELD}),
    (meetings.may_record_attendance, {MeetingState.ANNOUNCED, MeetingState.HELD}),
    (meetings.may_record_outcome, {MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED}),
    (meetings.may_draft_outcome, {MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED}),
    (meetings.may_write_notes, {MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED}),
    (meetings.may_change_rule, {MeetingState.ANNOUNCED, MeetingState.HELD}),
]


@pytest.mark.parametrize(("predicate", "states"), KEPT, ids=lambda one: getattr(one, "__name__", ""))
@pytest.mark.parametrize("state", MeetingState)
def test_what_the_secretariat_may_do_follows_the_state_of_the_meeting(
    predicate: Callable[[Viewer, Meeting], bool], states: set[MeetingState], state: MeetingState
) -> None:
    assert who(lambda one: predicate(one, meeting(state))) == (OFFICER if state in states else NOBODY)


@pytest.mark.parametrize("predicate", [meetings.may_announce, meetings.may_record_attendance])
def test_without_days_a_meeting_is_neither_announced_nor_attended(
    predicate: Callable[..., bool],
) -> None:
    for state in MeetingState:
        assert who(partial(predicate, meeting=meeting(state, starts_on=None))) == NOBODY


@pytest.mark.parametrize("rule", AttributionRule)
def test_off_the_record_no_outcome_is_drafted_and_nothing_noted(rule: AttributionRule) -> None:
    allowed = NOBODY if rule is AttributionRule.OFF_THE_RECORD else OFFICER
    of = meeting(attribution=rule)
    assert who(lambda one: meetings.may_draft_outcome(one, of)) == allowed
    assert who(lambda one: meetings.may_write_notes(one, of)) == allowed
    assert meetings.keeps_notes(of) is (rule is not AttributionRule.OFF_THE_RECORD)
    assert who(lambda one: meetings.may_change_rule(one, of)) == OFFICER


@pytest.mark.parametrize("state", MeetingState)
def test_what_is_known_from_a_source_alone_is_not_noted(state: MeetingState) -> None:
    minuted = state in (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED)
    assert meetings.keeps_notes(meeting(state)) is minuted
    assert meetings.keeps_notes(meeting(state, source="a list of meetings")) is False


def test_nobody_answers_for_a_government_but_itself() -> None:
    invitation = Invitation(participant_id=GUATEMALA)
    assert who(lambda one: meetings.may_answer(one, invitation, meeting())) == SPEAKERS
    as_officer = replace(EVERYBODY["focal point"], hat=Hat(HatKind.SECRETARIAT, GUATEMALA))
    assert not meetings.may_answer(as_officer, invitation, meeting())


def test_who_represents_an_organization_speaks_for_it_on_its_own_side_alone() -> None:
    invitation, of_house = (
        Invitation(participant_id=HOUSE),
        Commitment(participant_id=HOUSE, state=CommitmentState.PROPOSED),
    )
    among_its_own, of_plan = meeting(), plan()
    among_its_own.track_id = of_plan.track_id = NETWORK
    assert who(lambda one: meetings.may_answer(one, invitation, among_its_own)) == {"organization"}
    assert who(lambda one: plans.may_answer(one, of_house, of_plan)) == {"organization"}
    assert who(lambda one: plans.speaks_for(one, of_house, of_plan)) == {"organization"}
    assert who(lambda one: meetings.may_answer(one, invitation, meeting())) == NOBODY
    assert who(lambda one: plans.may_answer(one, of_house, plan())) == NOBODY
    assert who(lambda one: plans.speaks_for(one, of_house, plan())) == NOBODY


def test_a_meeting_is_chaired_by_the_chair_of_its_body_or_of_its_process() -> None:
    assert who(lambda one: meetings.chairs(one, meeting(body_id=BODY))) == {"chair of the body", "chair of the process"}
    assert who(lambda one: meetings.chairs(one, meeting())) == {"chair of the process"}
    assert not meetings.chairs(NOBODYS, meeting())


@pytest.mark.parametrize("state", MeetingState)
@pytest.mark.parametrize("outcome_state", OutcomeState)
def test_an_outcome_is_changed_as_a_draft_and_confirmed_by_the_chair_or_its_word(
    state: MeetingState, outcome_state: OutcomeState
) -> None:
    outcome = Outcome(state=outcome_state)
    recordable = state in (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED)
    draft = outcome_state is OutcomeState.DRAFT
    of = meeting(state, body_id=BODY)
    assert who(lambda one: meetings.may_change_outcome(one, of, outcome)) == (
        OFFICER if draft and recordable else NOBODY
    )
    confirming = {"chair of the body", "chair of the process"} | (OFFICER if recordable else NOBODY)
    assert who(lambda one: meetings.may_confirm_outcome(one, of, outcome)) == (confirming if draft else NOBODY)
    leads_on = outcome_state is OutcomeState.CONFIRMED
    assert who(lambda one: meetings.may_propose_from(one, of, outcome)) == (OFFICER if leads_on else NOBODY)


def test_sums_of_replies_are_seen_by_members_and_the_secretariat() -> None:
    members = {name for name, one in EVERYBODY.items() for held in one.standings if held.process == HERE}
    assert who(lambda one: meetings.sees_all_replies(one, meeting())) == (members - {"observer"}) | OFFICER


@pytest.mark.parametrize("state", MeetingState)
def test_answers_mean_something_until_the_meeting_is_over_or_called_off(state: MeetingState) -> None:
    live = state is MeetingState.ANNOUNCED
    assert meetings.is_open_for_answers(meeting(state), date(2026, 11, 23)) == live
    assert not meetings.is_open_for_answers(meeting(state), date(2026, 11, 24))


# --- processes ------------------------------------------------------------------------------------------------


def track(kind: TrackKind = TrackKind.GOVERNMENT) -> Track:
    return Track(id=GOVERNMENT if kind is TrackKind.GOVERNMENT else NETWORK, kind=kind, process_id=HERE)


def process() -> Process:
    return Process(id=HERE, tracks=[track(), track(TrackKind.CIVIL_SOCIETY)])


def test_the_chair_is_told_names_from_the_day_the_members_agreed_on() -> None:
    of = process()
    assert who(lambda one: ownership.sees_named(one, of)) == NOBODY
    of.named_to_chair_since = TODAY
    assert who(lambda one: ownership.sees_named(one, of)) == {"chair of the process"}
    of.named_to_chair_since = TODAY + timedelta(days=1)
    assert who(lambda one: ownership.sees_named(one, of)) == NOBODY
    assert who(lambda one: processes.may_name_to_chair(one, of)) == OWN_OFFICER
    assert who(lambda one: processes.may_add_network(one, of)) == OWN_OFFICER


def test_a_process_is_founded_by_an_administrator() -> None:
    assert who(processes.may_found) == {"administrator"}


LEFT: list[tuple[list[Standing], bool]] = [
    ([], False),
    ([standing()], False),
    ([standing(last_generation=2)], True),
    ([standing("suspended")], True),
    ([standing("invited_ad_hoc")], False),
    ([standing("suspended"), standing("observer", track=NETWORK)], False),
    ([standing(last_generation=2), standing(process=ELSEWHERE)], True),
    ([standing(process=ELSEWHERE, last_generation=2)], False),
]


@pytest.mark.parametrize(("held", "left"), LEFT)
def test_who_has_left_holds_nothing_that_goes_on(held: list[Standing], left: bool) -> None:
    viewer = replace(EVERYBODY["focal point"], standings=tuple(held))
    assert processes.has_left(viewer, process()) is left


def test_the_page_of_those_inside_is_for_those_inside() -> None:
    inside = set(EVERYBODY) - {
        "public",
        "administrator",
        "nobody any more",
        "officer elsewhere",
        "guatemalan elsewhere",
    }
    assert who(lambda one: processes.takes_part(one, process())) == inside


def test_each_side_of_the_wall_has_its_own_keepers() -> None:
    assert who(lambda one: processes.may_keep(one, track())) == OFFICER
    assert who(lambda one: processes.may_keep(one, track(TrackKind.CIVIL_SOCIETY))) == {"coordinator"}
    assert who(lambda one: processes.may_edit(one, process())) == OFFICER
    kept = {name: processes.kept_track(one, process()) for name, one in EVERYBODY.items()}
    assert {name: one.id for name, one in kept.items() if one} == {
        "officer": GOVERNMENT,
        "chair's office": GOVERNMENT,
        "coordinator": NETWORK,
    }


# --- accounts -------------------------------------------------------------------------------------------------


def user(of: str | None = None, **fields: Any) -> User:
    return User(person_id=EVERYBODY[of].person if of else SOMEBODY, **fields)


def test_accounts_are_run_by_administrators() -> None:
    assert who(accounts.may_administer) == {"administrator"}


@pytest.mark.parametrize("suspended", [False, True])
@pytest.mark.parametrize("activated", [False, True])
def test_what_an_administrator_may_do_with_an_account(suspended: bool, activated: bool) -> None:
    of = user(suspended_at=clock.now() if suspended else None, activated_at=clock.now() if activated else None)
    administrators = {"administrator"}
    assert who(lambda one: accounts.may_suspend(one, of)) == (NOBODY if suspended else administrators)
    assert who(lambda one: accounts.may_readmit(one, of)) == (administrators if suspended else NOBODY)
    waits = not suspended and not activated
    assert who(lambda one: accounts.may_invite(one, of)) == (administrators if waits else NOBODY)


def test_nobody_suspends_the_own_account() -> None:
    assert who(lambda one: accounts.may_suspend(one, user("administrator"))) == NOBODY


def test_a_new_address_is_asked_for_by_the_owner_or_an_administrator() -> None:
    assert who(lambda one: accounts.may_ask_for_address(one, user("officer"))) == {"officer", "administrator"}


# --- directory ------------------------------------------------------------------------------------------------


def test_a_track_is_kept_by_who_keeps_one_of_those_given() -> None:
    assert who(lambda one: directory.keeps_any_track(one, process().tracks)) == {*OFFICER, "coordinator"}
    assert who(lambda one: directory.keeps_any_track(one, [])) == NOBODY


@pytest.mark.parametrize("role", RoleName)
@pytest.mark.parametrize("kind", TrackKind)
def test_appointments_are_entered_by_the_secretariat_of_the_track(role: RoleName, kind: TrackKind) -> None:
    governments = {
        RoleName.FOCAL_POINT,
        RoleName.ALTERNATE,
        RoleName.COLLEAGUE,
        RoleName.CHAIR,
        RoleName.LIAISON_OFFICER,
        RoleName.OFFICER,
        RoleName.CHAIRS_OFFICE,
    }
    governments.add(RoleName.PROTOCOL_OFFICER)  # for one meeting, on the page of its host's list
    networks = {RoleName.REPRESENTATIVE, RoleName.CHAIR, RoleName.COORDINATOR, RoleName.PROTOCOL_OFFICER}
    on_government = kind is TrackKind.GOVERNMENT
    keepers = OFFICER if on_government else {"coordinator"}
    fits = role in (governments if on_government else networks)
    for person in (None, SOMEBODY):
        allowed = who(partial(directory.may_appoint, track=track(kind), role=role, person=person))
        assert allowed - {"public"} == (keepers if fits else NOBODY)
        assert "public" not in allowed


def test_nobody_appoints_himself() -> None:
    for name in ("officer", "coordinator"):
        himself = EVERYBODY[name].person
        for on in (track(), track(TrackKind.CIVIL_SOCIETY)):
            assert not directory.may_appoint(EVERYBODY[name], on, RoleName.CHAIR, himself)
    administrator = EVERYBODY["administrator"]
    assert not directory.may_appoint_first(administrator, administrator.person, kept=False)


@pytest.mark.parametrize("kept", [False, True])
def test_the_first_keeper_is_named_by_an_administrator(kept: bool) -> None:
    allowed = NOBODY if kept else {"administrator"}
    assert who(lambda one: directory.may_appoint_first(one, SOMEBODY, kept=kept)) == allowed
    assert who(lambda one: directory.may_appoint_first(one, None, kept=kept)) == allowed


def test_an_appointment_is_ended_by_the_secretariat_of_its_track() -> None:
    assert who(lambda one: directory.may_end(one, Appointment(track_id=GOVERNMENT))) == OFFICER
    assert who(lambda one: directory.may_end(one, Appointment(track_id=None))) == NOBODY
    assert not directory.may_end(NOBODYS, Appointment(track_id=None))
    assert who(lambda one: directory.may_settle(one, ProposedSuccessor(track_id=GOVERNMENT))) == OFFICER


def test_the_track_of_an_appointment_is_kept_by_its_own_secretariat() -> None:
    tracks, held = process().tracks, Appointment(track_id=GOVERNMENT)
    assert who(lambda one: directory.kept_track(one, held, tracks) is not None) == OFFICER
    kept = directory.kept_track(EVERYBODY["officer"], held, tracks)
    assert kept is not None
    assert kept.id == GOVERNMENT
    assert directory.kept_track(EVERYBODY["officer"], held, []) is None
    assert directory.kept_track(EVERYBODY["officer"], Appointment(track_id=NETWORK), tracks) is None
    assert directory.kept_track(EVERYBODY["officer"], Appointment(track_id=None), tracks) is None


# --- confidentiality ------------------------------------------------------------------------------------------


def test_what_a_person_reads_is_seen_by_the_secretariat_of_the_track() -> None:
    assert who(lambda one: confidentiality.may_see_what_a_person_reads(one, track())) == OFFICER
    network = track(TrackKind.CIVIL_SOCIETY)
    assert who(lambda one: confidentiality.may_see_what_a_person_reads(one, network)) == {"coordinator"}


def test_a_card_is_its_owners_and_its_readers_are_the_owners_alone() -> None:
    card = ContactCard(person_id=EVERYBODY["focal point"].person, track_id=GOVERNMENT)
    assert who(lambda one: directory.may_edit_card(one, card)) == {"focal point", *OFFICER}
    assert who(lambda one: directory.may_choose_readers(one, card)) == {"focal point"}


FITTING: list[tuple[TrackKind, RoleName, Hat, bool]] = [
    (TrackKind.GOVERNMENT, RoleName.OFFICER, Hat(HatKind.SECRETARIAT, GOVERNMENT), True),
    (TrackKind.GOVERNMENT, RoleName.OFFICER, Hat(HatKind.SECRETARIAT, NETWORK), False),
    (TrackKind.GOVERNMENT, RoleName.OFFICER, Hat(HatKind.PARTICIPANT, GUATEMALA), False),
    (TrackKind.GOVERNMENT, RoleName.CHAIRS_OFFICE, Hat(HatKind.SECRETARIAT, GOVERNMENT), True),
    (TrackKind.GOVERNMENT, RoleName.CHAIRS_OFFICE, Hat(HatKind.PARTICIPANT, GUATEMALA), False),
    (TrackKind.GOVERNMENT, RoleName.FOCAL_POINT, Hat(HatKind.PARTICIPANT, GUATEMALA), True),
    (TrackKind.GOVERNMENT, RoleName.FOCAL_POINT, Hat(HatKind.SECRETARIAT, GOVERNMENT), False),
    (TrackKind.GOVERNMENT, RoleName.FOCAL_POINT, Hat(HatKind.PARTICIPANT), False),
    (TrackKind.GOVERNMENT, RoleName.REPRESENTATIVE, Hat(HatKind.PARTICIPANT, GUATEMALA), False),
    (TrackKind.GOVERNMENT, RoleName.COORDINATOR, Hat(HatKind.PARTICIPANT, GUATEMALA), False),
    (TrackKind.CIVIL_SOCIETY, RoleName.COORDINATOR, Hat(HatKind.SECRETARIAT, NETWORK), True),
    (TrackKind.CIVIL_SOCIETY, RoleName.COORDINATOR, Hat(HatKind.SECRETARIAT, GOVERNMENT), False),
    (TrackKind.CIVIL_SOCIETY, RoleName.OFFICER, Hat(HatKind.SECRETARIAT, NETWORK), False),
    (TrackKind.CIVIL_SOCIETY, RoleName.REPRESENTATIVE, Hat(HatKind.PARTICIPANT, MEXICO), True),
]


@pytest.mark.parametrize(("kind", "role", "hat", "fits"), FITTING)
def test_what_one_is_appointed_as_belongs_with_whom_one_acts_for(
    kind: TrackKind, role: RoleName, hat: Hat, fits: bool
) -> None:
    assert directory.hat_fits(role, hat, track(kind)) is fits


# --- follow-up and mail -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("predicate", [follow_up.keeps_follow_up, mail.keeps_mail])
def test_follow_up_and_mail_are_looked_after_by_the_secretariat_of_the_hat(
    predicate: Callable[[Viewer], bool],
) -> None:
    assert who(predicate) == KEEPERS
    of_another = replace(keeper(30, GOVERNMENT), hat=Hat(HatKind.SECRETARIAT, ELSEWHERES))
    without_a_track = replace(NOBODYS, hat=Hat(HatKind.SECRETARIAT))
    of_a_state = replace(keeper(32, GOVERNMENT), hat=Hat(HatKind.PARTICIPANT, GOVERNMENT))
    assert [predicate(one) for one in (of_another, without_a_track, of_a_state)] == [False, False, False]


def test_contacts_are_logged_by_own_officers_alone() -> None:
    """Not by the office of a chair that serves as secretariat: what is confided in a call is not for a peer."""
    assert who(follow_up.logs_contacts) == KEEPERS - {"chair's office"}
    assert who(lambda one: follow_up.may_log(one, GOVERNMENT)) == OWN_OFFICER


def test_tasks_are_kept_by_the_secretariat_of_their_track() -> None:
    assert who(lambda one: follow_up.keeps_tasks(one, GOVERNMENT)) == OFFICER


def test_who_a_contact_note_is_about_may_ask_to_have_it_put_right() -> None:
    of = ContactNote(person_id=EVERYBODY["alternate"].person, track_id=GOVERNMENT)
    assert who(lambda one: follow_up.is_on_file(one, of)) == {"alternate"}
    assert who(lambda one: follow_up.is_on_file(one, ContactNote(person_id=None))) == NOBODY


def test_who_chairs_says_to_have_had_a_word_that_was_sent() -> None:
    sent = ChairWord(process_id=HERE, track_id=GOVERNMENT, participant_id=MEXICO, sent_at=clock.now())
    unsent = ChairWord(process_id=HERE, track_id=GOVERNMENT, participant_id=MEXICO)
    assert who(lambda one: follow_up.may_have_a_word(one, sent)) == {"chair of the process"}
    assert who(lambda one: follow_up.may_have_a_word(one, unsent)) == NOBODY


@pytest.mark.parametrize("state", MailState)
def test_what_may_be_done_with_a_mail_follows_where_it_stands(state: MailState) -> None:
    of = OutboxMessage(track_id=GOVERNMENT, state=state)
    again = {MailState.HELD, MailState.DEAD, MailState.IN_DOUBT, MailState.SKIPPED}
    assert who(lambda one: mail.may_hold(one, of)) == (OFFICER if state is MailState.WAITING else NOBODY)
    assert who(lambda one: mail.may_send_again(one, of)) == (OFFICER if state in again else NOBODY)
    assert who(lambda one: mail.may_settle(one, of)) == (OFFICER if state is MailState.IN_DOUBT else NOBODY)


@pytest.mark.parametrize("state", MailState)
def test_mail_of_no_track_is_in_nobodys_hands(state: MailState) -> None:
    of = OutboxMessage(track_id=None, state=state)
    for predicate in (mail.may_hold, mail.may_send_again, mail.may_settle):
        assert who(partial(predicate, message=of)) == NOBODY
        assert predicate(NOBODYS, of) is False


# --- emergency access -------------------------------------------------------------------------------------------

ASKED = datetime(2026, 11, 22, 9, tzinfo=UTC)


def emergency_access(of: str | None = None) -> EmergencyAccess:
    return EmergencyAccess(person_id=EVERYBODY[of].person if of else SOMEBODY, track_id=GOVERNMENT, asked_at=ASKED)


def test_an_emergency_access_is_asked_for_by_an_administrator_and_seen_by_keepers() -> None:
    assert who(emergency.may_ask) == {"administrator"}
    assert who(emergency.may_see) == {*KEEPERS, "administrator"}
    assert who(lambda one: emergency.may_end(one, emergency_access())) == {*OFFICER, "administrator"}


@pytest.mark.parametrize(
    ("since", "counts"),
    [(date(2026, 11, 21), True), (date(2026, 11, 22), False), (date(2026, 11, 23), False), (None, False)],
)
def test_the_second_person_is_a_keeper_or_an_administrator_made_before(since: date | None, counts: bool) -> None:
    confirming = {*OFFICER, "administrator"} if counts else OFFICER
    assert who(lambda one: emergency.may_confirm(one, emergency_access(), administrator_since=since)) == confirming


@pytest.mark.parametrize("first", ["officer", "administrator"])
def test_the_second_person_is_never_the_first(first: str) -> None:
    of = emergency_access(first)
    confirming = who(lambda one: emergency.may_confirm(one, of, administrator_since=date(2020, 1, 1)))
    assert confirming == {*OFFICER, "administrator"} - {first}
    nobody = replace(EVERYBODY["officer"], person=None)
    assert not emergency.may_confirm(nobody, of, administrator_since=date(2020, 1, 1))


def test_every_policy_is_asked_here() -> None:
    """A new policy module, or a new predicate in one, is asked in one of these files."""
    asked = "".join(one.read_text() for one in sorted(Path(__file__).parent.glob("test_*policies.py")))
    modules = {
        "accounts": accounts,
        "arrangements": arrangements,
        "chairmanship": chairmanship,
        "civil_society": civil_society,
        "confidentiality": confidentiality,
        "correspondence": correspondence,
        "directory": directory,
        "documents": documents,
        "emergency": emergency,
        "follow_up": follow_up,
        "mail": mail,
        "meetings": meetings,
        "ownership": ownership,
        "packs": packs,
        "plans": plans,
        "processes": processes,
        "reports": reports,
        "texts": texts,
    }
    found = {path.split("/")[1] for path in access_modules() if path.endswith("policy.py")}
    assert found == set(modules)
    for name, module in modules.items():
        predicates = [
            one
            for one, value in vars(module).items()
            if callable(value) and getattr(value, "__module__", "") == module.__name__ and not one.startswith("_")
        ]
        assert [one for one in predicates if f"{name}.{one}" not in asked] == []
