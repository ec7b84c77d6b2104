"""A slice of the mails of the canary world in each run of the tests; the whole in `make bench ONLY=canaries`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from secretariat import registers
from secretariat.core import clock
from secretariat.core.labelling import relabel
from secretariat.core.session import Reason, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment
from secretariat.mail import composition
from secretariat.meetings.models import Meeting
from secretariat.plans.models import Commitment
from tests.factories.people import Official
from tests.security.canaries import mail_kinds, mails
from tests.security.canaries.post_office import Office
from tests.security.canaries.world import SPOTS, clauses_of

SOME = ["member", "observer", "officer", "chair's office", "one who was replaced", "administrator", "coordinator"]
BEHIND_THE_SECOND_WALL = ["observer", "one who was replaced", "coordinator"]
"""On PostgreSQL, where a mail costs twice as much and is composed alike: from these most is hidden."""
OF_ORGANIZATIONS = [
    "position_to_sign",
    "choice_changed",
    "choice_opened",
    "choice_settled",
    "confided_answered",
    "meeting_invitation",
    "commitment_proposed",
    "digest",
]
"""Mails to who represents an organization, of both kinds: of its own, and those that go to governments too."""
registers.fill()


def test_every_kind_of_mail_has_its_entry() -> None:
    assert mail_kinds.notices_without_entry() == []


def test_a_new_kind_of_mail_is_told_where_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    mail_kinds.load_entries()
    known = composition.notices()
    monkeypatch.setattr(composition, "notices", lambda: [*known, "something_new"])
    (told,) = mail_kinds.notices_without_entry()
    assert told.startswith("something_new: say in tests/security/canaries/letters/")


def test_mails_hold_what_their_reader_may_read_and_nothing_else(office: Office) -> None:
    world, settings, relay, _app = office
    if world.engine.dialect.name == "postgresql":
        found = mails.receive(world, settings, relay, roles=BEHIND_THE_SECOND_WALL, most=1)
        assert [found.errors, found.leaks, found.gaps] == [[], [], []]
        return
    found = mails.receive(world, settings, relay, roles=SOME, most=2)
    found.add(
        mails.receive(
            world, settings, relay, roles=["liaison officer"], most=2, only=["submission_routed", "answer_replied"]
        )
    )
    found.add(mails.receive(world, settings, relay, roles=["representative"], most=2, only=OF_ORGANIZATIONS))
    found.add(mails.receive(world, settings, relay, roles=["chair"], most=2, only=["chair_word"]))
    assert found.errors == []
    assert found.leaks == []
    assert found.gaps == [], "\n".join(found.gaps)
    assert found.blind() == []
    assert {notice for notice, _role in found.over_smtp} == set(mail_kinds.ENTRIES)
    assert {role for _notice, role in found.over_smtp} == {*SOME, "liaison officer", "representative", "chair"}


# --- rights taken away between the outbox and the relay ---------------------------------------------------------------


def waiting(office: Office, role: str, notice: str, spot: str) -> tuple[mail_kinds.Occasion, UUID]:
    """A mail in the outbox that would leave now."""
    world = office[0]
    mail_kinds.load_entries()
    with system_unit(world.engine, Reason.REFERENCE) as session:
        occasions = list(mail_kinds.ENTRIES[notice].occasions(mail_kinds.Post(world, session, role)))
    one = next(one for one in occasions if one.leaves and one.spot == spot)
    return one, mails.put(world, mail_kinds.official_of(world, role), notice, one)


def kept_to_the_desk(office: Office, model: type[Any], spot: str) -> UUID:
    """What stood at a spot is the secretariat's alone from now on, to the oracle too."""
    world = office[0]
    key = world.at[model.__name__, spot]
    rules = world.rules(next(one for one in SPOTS if one.name == "the secretariat"))
    with system_unit(world.engine, Reason.LABELLING) as session:
        relabel(session, session.get_one(model, key), clauses_of(rules), why="kept to the desk")
    world.oracle.things[key].rules = rules
    return key


@pytest.mark.parametrize(
    ("notice", "model", "spot", "mail_at"),
    [
        ("meeting_invitation", Meeting, "members", "inside: members"),
        ("meeting_changed", Meeting, "members", "inside: members"),
        ("commitment_proposed", Commitment, "members (proposed)", "members (proposed)"),
        ("lowering_proposed", Meeting, "members", "members"),
    ],
)
def test_what_is_relabelled_before_the_mail_leaves_is_not_told(
    office: Office, notice: str, model: type[Any], spot: str, mail_at: str
) -> None:
    world, settings, relay, _app = office
    one, key = waiting(office, "member", notice, mail_at)
    kept_to_the_desk(office, model, spot)
    found, got = mails.Found(), mails.see_off(world, settings, relay, key)
    mails.judge(world, settings, found, "member", mail_kinds.ENTRIES[notice], replace(one, leaves=False), got)
    assert (got.content, got.why_not) == (None, "skipped: nothing to say")
    assert (found.leaks, found.errors) == ([], [])


def test_a_digest_leaves_without_what_was_relabelled_meanwhile(office: Office) -> None:
    world, settings, relay, _app = office
    one, key = waiting(office, "member", "digest", "government")
    hidden = kept_to_the_desk(office, Commitment, "members")
    words = {canary.word for canary in world.canaries.values() if canary.thing == hidden}
    assert words & one.words
    assert one.entries is not None
    left = replace(one, words=one.words - words, entries=one.entries - 1)
    found = mails.Found()
    mails.judge(
        world, settings, found, "member", mail_kinds.ENTRIES["digest"], left, mails.see_off(world, settings, relay, key)
    )
    assert (found.leaks, found.gaps, found.errors) == ([], [], [])


@pytest.mark.parametrize("notice", ["meeting_invitation", "lowering_proposed", "digest", "emergency_begun"])
def test_nothing_goes_to_whose_appointment_has_ended_meanwhile(office: Office, notice: str) -> None:
    world, settings, relay, _app = office
    role = "officer" if notice == "emergency_begun" else "member"
    spot = {"digest": "government", "meeting_invitation": "inside: members"}.get(notice, "members")
    _one, key = waiting(office, role, notice, spot)
    with system_unit(world.engine, Reason.ADMINISTRATION) as session:
        session.get_one(Appointment, mail_kinds.official_of(world, role).appointment).until = clock.today()
    got = mails.see_off(world, settings, relay, key)
    assert (got.content, got.why_not, got.recipients) == (None, "skipped: appointment ended", [])


# --- that the look can see --------------------------------------------------------------------------------------------


def test_leaks_are_seen_when_the_filter_is_off(office: Office, first_wall_off: None) -> None:
    """On SQLite words come out of place; on PostgreSQL the second wall stands alone."""
    world, settings, relay, _app = office
    kinds = ["meeting_invitation", "commitment_proposed", "digest", "lowering_proposed"]
    found = mails.receive(world, settings, relay, roles=["observer"], most=4, only=kinds)
    assert bool(found.leaks) is (world.engine.dialect.name == "sqlite")


def test_a_leak_and_a_gap_are_seen_where_the_oracle_says_otherwise(office: Office) -> None:
    world, settings, relay, _app = office
    public, members = (world.oracle.things[world.at["Meeting", spot]] for spot in ("public", "members"))
    public.rules = tuple(replace(one, level="named") for one in public.rules)
    members.rules = tuple(replace(one, level="participants") for one in members.rules)
    found = mails.receive(world, settings, relay, roles=["observer"], only=["meeting_invitation"])
    assert ("the mail itself", "inside: public") in {(one.what, one.spot) for one in found.leaks}
    assert "observer: meeting_invitation about inside: members: did not leave: skipped: nothing to say" in found.gaps


def test_a_word_in_a_subject_or_a_second_recipient_is_seen() -> None:
    official = Official(uuid4(), uuid4(), "one@ministry.example", Hat(HatKind.NOBODY), uuid4())
    kind = mail_kinds.Entry("of_a_test", lambda _post: iter(()), ("Your access",), False, True, False)
    got = mails.Received(b"", "", "2345-6789", [official.email, "two@ministry.example"], [])
    parts = [("header To", official.email), ("header Subject", "Your access to zq0123 (2345-6789)")]
    problems = list(mails._envelope(kind, mail_kinds.Occasion("", {}, True), official, got, parts))
    assert [one[:3] for one in problems] == ["to ", "its"]
