"""Every predicate about circulars and the register: who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from secretariat.core.viewer import Hat, HatKind
from secretariat.correspondence import policy as correspondence
from secretariat.correspondence.listed_models import ListedContact
from secretariat.correspondence.models import Circular, CircularCopy
from secretariat.processes import policy as processes
from secretariat.processes.models import Track
from tests.access.people import ELSEWHERES, EVERYBODY, GOVERNMENT, GUATEMALA, HERE, NETWORK, who

NOBODY: set[str] = set()
KEEPERS = {GOVERNMENT: {"officer", "chair's office"}, NETWORK: {"coordinator"}}
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def circular(track: UUID = GOVERNMENT, sent_at: datetime | None = None, *, asks_word: bool = True) -> Circular:
    return Circular(process_id=HERE, track_id=track, sent_at=sent_at, asks_word=asks_word)


@pytest.mark.parametrize("track", KEEPERS)
def test_each_side_writes_and_registers_its_own(track: UUID) -> None:
    one = Track(id=track, process_id=HERE)
    assert who(lambda reader: correspondence.may_write(reader, one)) == KEEPERS[track]
    assert who(lambda reader: correspondence.may_register(reader, one.id)) == KEEPERS[track]
    assert who(lambda reader: correspondence.may_bring_in(reader, one)) == KEEPERS[track]
    elsewhere = Track(id=ELSEWHERES, process_id=HERE)
    assert not who(lambda reader: correspondence.may_write(reader, elsewhere)) & KEEPERS[track]


@pytest.mark.parametrize("track", KEEPERS)
def test_a_draft_is_changed_and_what_was_sent_is_followed(track: UUID) -> None:
    draft, sent = circular(track), circular(track, AT)
    assert who(lambda reader: correspondence.may_change(reader, draft)) == KEEPERS[track]
    assert who(lambda reader: correspondence.may_change(reader, sent)) == NOBODY
    assert who(lambda reader: correspondence.may_follow(reader, draft)) == NOBODY
    assert who(lambda reader: correspondence.may_follow(reader, sent)) == KEEPERS[track]


def test_whom_it_was_sent_to_says_a_word_under_that_hat() -> None:
    reader = EVERYBODY["focal point"]
    copy = CircularCopy(person_id=reader.person, hat=str(reader.hat), participant_id=GUATEMALA)
    assert correspondence.may_say(reader, circular(sent_at=AT), copy)
    assert not correspondence.may_say(reader, circular(), copy)
    assert not correspondence.may_say(reader, circular(sent_at=AT, asks_word=False), copy)
    assert not correspondence.may_say(reader, circular(sent_at=AT), None)
    under_another_hat = replace(reader, hat=Hat(HatKind.PARTICIPANT, UUID(int=999)))
    assert not correspondence.may_say(under_another_hat, circular(sent_at=AT), copy)
    assert not correspondence.may_say(EVERYBODY["officer"], circular(sent_at=AT), copy)


def test_a_contact_from_a_list_is_taken_off_by_who_keeps_the_track_and_whose_people_it_is() -> None:
    one = ListedContact(process_id=HERE, track_id=GOVERNMENT, participant_id=GUATEMALA)
    speaking = who(lambda reader: correspondence.may_take_off(reader, one)) - KEEPERS[GOVERNMENT]
    assert speaking == {name for name in EVERYBODY if _speaks_for_guatemala(name)}
    of_nobody_here = ListedContact(process_id=HERE, track_id=GOVERNMENT, participant_id=NETWORK)
    assert who(lambda reader: correspondence.may_take_off(reader, of_nobody_here)) == KEEPERS[GOVERNMENT]


def _speaks_for_guatemala(name: str) -> bool:
    reader = EVERYBODY[name]
    return reader.participant == GUATEMALA and processes.speaks_on(reader, HERE, GOVERNMENT)
