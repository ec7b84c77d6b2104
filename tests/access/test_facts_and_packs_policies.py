"""Every predicate about facts of ownership, packs, handover files and what came to plans and their reports: who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from secretariat.chairmanship import policy as chairmanship
from secretariat.core.viewer import NOBODY as NOBODYS
from secretariat.core.viewer import Hat, HatKind, Role, Standing, Viewer
from secretariat.documents.models import Document, DocumentState
from secretariat.ownership import policy as ownership
from secretariat.packs import policy as packs
from secretariat.packs.contents import Became, Part
from secretariat.plans import policy as plans
from secretariat.plans.models import Commitment, CommitmentState, Plan, PlanState
from secretariat.processes.models import ChairTerm
from secretariat.reports import policy as reports
from secretariat.reports.models import ReportCheck
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
    OTHER_BODY,
    appointed,
    standing,
    who,
)

NOBODY: set[str] = set()
OFFICER = {"officer", "chair's office"}
OWN_OFFICER = {"officer"}
SPEAKERS = {"focal point", "alternate"}
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


# --- packs ----------------------------------------------------------------------------------------------------

PAPER, OTHER_PAPER = UUID(int=200), UUID(int=201)
FILE, EDITION, ITEM = UUID(int=210), UUID(int=211), UUID(int=212)
LABEL = 7
INSIDE = (Became.INSIDE, Became.INSIDE_ENCRYPTED, Became.INSIDE_BROKEN)


def document(state: DocumentState = DocumentState.ISSUED, label: int = LABEL, key: UUID = PAPER) -> Document:
    return Document(id=key, process_id=HERE, track_id=GOVERNMENT, state=state, label_id=label)


def part(became: Became = Became.INSIDE, **fields: Any) -> Part:
    keys: dict[str, Any] = {name: str(one) for name, one in fields.items()}
    return Part(became, LABEL, "en", **keys)


def having(one: Part, *texts: UUID, of: Document | None = None) -> set[str]:
    """Who may have a pack of one paper, where these texts of it are read now."""
    read = [of or document()]
    return who(lambda viewer: packs.still_may_have(viewer, {PAPER: one}, read, texts))


def test_a_pack_is_asked_for_by_whoever_reads_as_a_person() -> None:
    assert who(packs.may_ask) == set(EVERYBODY) - {"public"}


def test_a_pack_of_nothing_is_anybodys() -> None:
    assert who(lambda one: packs.still_may_have(one, {}, [], ())) == set(EVERYBODY)


@pytest.mark.parametrize("became", Became)
def test_a_pack_is_had_while_every_paper_named_in_it_is_read_under_its_label(became: Became) -> None:
    one = part(became)
    assert having(one) == set(EVERYBODY)
    assert having(one, of=document(label=LABEL + 1)) == NOBODY
    assert having(one, of=document(key=OTHER_PAPER)) == NOBODY
    assert who(lambda viewer: packs.still_may_have(viewer, {PAPER: one}, [], ())) == NOBODY


@pytest.mark.parametrize("state", DocumentState)
def test_a_pack_with_what_was_withdrawn_is_the_secretariats(state: DocumentState) -> None:
    withdrawn = state is DocumentState.WITHDRAWN
    assert having(part(), of=document(state)) == (OFFICER if withdrawn else set(EVERYBODY))


@pytest.mark.parametrize("became", Became)
def test_the_words_that_stand_in_a_pack_are_read_still(became: Became) -> None:
    unread = NOBODY if became in INSIDE else set(EVERYBODY)
    of_file, of_edition = part(became, file=FILE), part(became, edition=EDITION)
    assert having(of_file) == having(of_file, EDITION) == unread
    assert having(of_edition) == having(of_edition, FILE) == unread
    assert having(of_file, FILE) == having(of_edition, EDITION) == set(EVERYBODY)
    of_both = part(became, file=FILE, edition=EDITION)
    assert having(of_both, FILE) == having(of_both, EDITION) == unread
    assert having(of_both, FILE, EDITION) == set(EVERYBODY)


@pytest.mark.parametrize("became", Became)
def test_the_title_a_paper_stands_under_is_read_still_whatever_became_of_the_paper(became: Became) -> None:
    under_a_title = part(became, file=FILE, item=ITEM)
    assert having(under_a_title, FILE) == NOBODY
    assert having(under_a_title, FILE, ITEM) == set(EVERYBODY)
    assert having(under_a_title, ITEM) == (NOBODY if became in INSIDE else set(EVERYBODY))


def test_one_paper_that_is_not_read_keeps_the_whole_pack_back() -> None:
    parts = {PAPER: part(file=FILE), OTHER_PAPER: part(Became.NO_TEXT)}
    both = [document(), document(key=OTHER_PAPER)]
    assert who(lambda one: packs.still_may_have(one, parts, both, [FILE])) == set(EVERYBODY)
    assert who(lambda one: packs.still_may_have(one, parts, both, [])) == NOBODY
    for alone in both:
        assert who(lambda one, alone=alone: packs.still_may_have(one, parts, [alone], [FILE])) == NOBODY  # type: ignore[misc]


# --- facts of ownership ---------------------------------------------------------------------------------------


def test_each_participant_by_name_is_for_the_tracks_own_officers() -> None:
    assert who(lambda one: ownership.sees_all(one, GOVERNMENT)) == OWN_OFFICER
    assert who(lambda one: ownership.sees_all(one, NETWORK)) == {"coordinator"}
    assert who(lambda one: ownership.sees_all(one, ELSEWHERES)) == {"officer elsewhere"}


def test_sums_are_for_the_chair_of_the_process_and_not_of_a_body() -> None:
    assert who(lambda one: ownership.sees_sums(one, HERE)) == {"chair of the process"}
    assert who(lambda one: ownership.sees_sums(one, ELSEWHERE)) == NOBODY


def test_its_own_facts_are_for_who_speaks_for_a_participant_on_the_track() -> None:
    assert who(lambda one: ownership.sees_own(one, HERE, GOVERNMENT)) == {*SPEAKERS, "mexican", "observer"}
    assert who(lambda one: ownership.sees_own(one, HERE, NETWORK)) == {"guatemalan on the other track"}
    assert who(lambda one: ownership.sees_own(one, ELSEWHERE, ELSEWHERES)) == {"guatemalan elsewhere"}
    assert who(lambda one: ownership.sees_own(one, ELSEWHERE, GOVERNMENT)) == NOBODY
    for hat in (NOBODYS, Hat(HatKind.SECRETARIAT, GOVERNMENT)):
        of_no_participant = replace(EVERYBODY["focal point"], hat=hat)
        assert ownership.sees_own(of_no_participant, HERE, GOVERNMENT) is False


def test_a_role_in_one_process_opens_no_facts_of_another() -> None:
    here = appointed(30, "focal_point", standing(process=ELSEWHERE, track=ELSEWHERES))
    assert not ownership.sees_own(here, ELSEWHERE, ELSEWHERES)
    assert ownership.sees_own(here, HERE, GOVERNMENT)


# --- handover files -------------------------------------------------------------------------------------------


def term(role: str = "chair", body: UUID | None = None, participant: UUID | None = GUATEMALA) -> ChairTerm:
    return ChairTerm(process_id=HERE, body_id=body, participant_id=participant, role=role)


def chair(body: UUID | None = None, participant: UUID = GUATEMALA, process: UUID = HERE, role: str = "chair") -> Viewer:
    """Who is appointed as chair, with or without an office that still runs."""
    held = Role(role, process, GOVERNMENT, body)
    return replace(appointed(40, role, participant=participant, process=process), roles=frozenset({held}))


CHAIRS = {"chair of the body", "chair of the process"}
"""Both are appointed as chair by Guatemala; neither role names a body."""


def test_the_outgoing_chair_is_appointed_by_the_participant_whose_term_it_is() -> None:
    assert who(lambda one: chairmanship.is_outgoing(one, term())) == CHAIRS
    assert who(lambda one: chairmanship.is_outgoing(one, term(body=BODY))) == NOBODY
    assert who(lambda one: chairmanship.is_outgoing(one, term(participant=MEXICO))) == NOBODY
    assert who(lambda one: chairmanship.is_outgoing(one, term(participant=None))) == NOBODY


@pytest.mark.parametrize("body", [None, BODY])
def test_the_outgoing_chair_is_chair_of_what_the_term_is_of(body: UUID | None) -> None:
    of = term(body=body)
    assert chairmanship.is_outgoing(chair(body), of) is True
    assert chairmanship.is_outgoing(chair(body, MEXICO), of) is False
    assert chairmanship.is_outgoing(chair(body, process=ELSEWHERE), of) is False
    assert chairmanship.is_outgoing(chair(OTHER_BODY), of) is False
    assert chairmanship.is_outgoing(chair(BODY if body is None else None), of) is False
    assert chairmanship.is_outgoing(chair(body, role="focal_point"), of) is False


def test_a_chair_with_other_roles_beside_is_still_the_outgoing_chair() -> None:
    held = frozenset({Role("chair", HERE, GOVERNMENT, BODY), Role("focal_point", HERE, GOVERNMENT)})
    assert chairmanship.is_outgoing(replace(chair(), roles=held), term(body=BODY)) is True
    assert chairmanship.is_outgoing(replace(chair(), roles=held), term()) is False


def test_who_acts_for_no_participant_is_no_outgoing_chair_of_a_term_of_none() -> None:
    as_officer = replace(chair(), hat=Hat(HatKind.SECRETARIAT, GOVERNMENT))
    assert not chairmanship.is_outgoing(as_officer, term())


@pytest.mark.parametrize(
    ("role", "presides"),
    [
        ("chair", True),
        ("co_chair", True),
        ("thematic_coordinator", False),
        ("troika_past", False),
        ("troika_next", False),
        ("host", False),
    ],
)
def test_a_file_is_prepared_beside_the_outgoing_chair_and_cleared_by_it_alone(role: str, presides: bool) -> None:
    of = term(role)
    preparing = CHAIRS | OWN_OFFICER if presides else NOBODY
    assert who(lambda one: chairmanship.may_prepare(one, of, GOVERNMENT)) == preparing
    beside = CHAIRS | {"coordinator"} if presides else NOBODY
    assert who(lambda one: chairmanship.may_prepare(one, of, NETWORK)) == beside
    assert who(lambda one: chairmanship.may_clear(one, of)) == (CHAIRS if presides else NOBODY)


def test_a_file_of_a_term_of_another_participant_is_prepared_by_the_secretariat_alone() -> None:
    of = term(participant=MEXICO)
    assert who(lambda one: chairmanship.may_prepare(one, of, GOVERNMENT)) == OWN_OFFICER
    assert who(lambda one: chairmanship.may_clear(one, of)) == NOBODY


# --- plans and their reports ----------------------------------------------------------------------------------


def plan(state: PlanState = PlanState.ADOPTED) -> Plan:
    return Plan(process_id=HERE, track_id=GOVERNMENT, state=state)


@pytest.mark.parametrize("state", PlanState)
def test_an_adopted_plan_is_amended_and_takes_over_what_is_open(state: PlanState) -> None:
    allowed = OFFICER if state is PlanState.ADOPTED else NOBODY
    assert who(lambda one: plans.may_amend(one, plan(state))) == allowed
    assert who(lambda one: plans.may_carry_over(one, plan(state))) == allowed


@pytest.mark.parametrize("state", CommitmentState)
def test_what_went_on_in_the_next_plan_is_revised_there(state: CommitmentState) -> None:
    carried = Commitment(participant_id=GUATEMALA, state=state, carried_at=AT)
    assert who(lambda one: plans.may_revise(one, carried, plan())) == NOBODY


@pytest.mark.parametrize("state", PlanState)
def test_phases_of_governance_are_the_work_of_the_tracks_own_officers(state: PlanState) -> None:
    assert who(lambda one: plans.may_tag(one, plan(state))) == OWN_OFFICER


SIDE_BY_SIDE: list[tuple[Standing, bool]] = [
    (standing(), True),
    (standing("observer"), False),
    (standing("suspended"), False),
    (standing(track=NETWORK), False),
    (standing(process=ELSEWHERE), False),
]


@pytest.mark.parametrize(("held", "sees"), SIDE_BY_SIDE)
def test_states_stand_side_by_side_for_members_of_the_track(held: Standing, sees: bool) -> None:
    assert plans.may_see_matrix(appointed(35, "colleague", held), plan()) is sees
    beside = appointed(36, "colleague", standing("observer"), held)
    assert plans.may_see_matrix(beside, plan()) is sees


def test_states_stand_side_by_side_for_the_secretariat_and_nobody_else() -> None:
    on_the_track = {
        *SPEAKERS,
        "colleague",
        "mexican",
        "chair of the body",
        "chair of the process",
        "liaison officer",
    }
    assert who(lambda one: plans.may_see_matrix(one, plan())) == on_the_track | OFFICER


def test_some_participant_is_spoken_for_on_the_track_of_the_plan() -> None:
    assert who(lambda one: plans.speaks_in(one, plan())) == {*SPEAKERS, "mexican", "observer"}
    on_no_track = replace(EVERYBODY["focal point"], roles=frozenset({Role("focal_point", HERE)}))
    assert not plans.speaks_in(on_no_track, plan())


@pytest.mark.parametrize(("held", "speaks"), [("member", True), ("suspended", False), ("former", False)])
def test_who_has_left_or_is_suspended_reports_on_nothing(held: str, speaks: bool) -> None:
    one = appointed(37, "focal_point", standing(held))
    assert plans.speaks_in(one, plan()) is speaks


@pytest.mark.parametrize("state", PlanState)
def test_entries_of_a_report_are_checked_by_who_speaks_for_the_participant(state: PlanState) -> None:
    of = plan(state)
    assert who(lambda one: reports.may_check(one, ReportCheck(participant_id=GUATEMALA, plan=of))) == SPEAKERS
    mexicans = {"mexican", "observer"}
    assert who(lambda one: reports.may_check(one, ReportCheck(participant_id=MEXICO, plan=of))) == mexicans
    assert who(lambda one: reports.may_check(one, ReportCheck(participant_id=HOUSE, plan=of))) == NOBODY


def test_who_keeps_the_track_checks_no_entries_of_a_participant() -> None:
    as_officer = replace(EVERYBODY["focal point"], hat=Hat(HatKind.SECRETARIAT, GUATEMALA))
    assert not reports.may_check(as_officer, ReportCheck(participant_id=GUATEMALA, plan=plan()))
