"""Links as they stand in mails that came: what opens them, what is seen behind them, and what of refusals is on record.

A link is for whoever holds it: it needs no sign-in, and shows with the eyes of its own person what it was made for and
nothing else, whoever else is signed in meanwhile. What does not open is one page, a 404, in the security log, and
changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import MetaData, create_engine, select

from secretariat.core import clock
from secretariat.core.models import SecurityEvent
from secretariat.core.session import Reason, system_unit
from secretariat.mail import links
from secretariat.mail.models import MailLink
from tests.security.canaries import crawl, mail_kinds, mails
from tests.security.canaries.links import LENT_BY, OF_THE_ACCOUNT
from tests.security.canaries.planted import SECRET
from tests.security.canaries.post_office import Office
from tests.security.canaries.world import WORD

_LINK = re.compile(r"/l/([A-Za-z0-9_-]{43})/([a-z-]+)")
WITH_LINKS = (
    "meeting_invitation",
    "meeting_changed",
    "meeting_answer_noted",
    "item_call",
    "comments_asked",
    "silence_opened",
    "silence_extended",
    "silence_reminder",
    "adoption_confirm",
    "clearance_asked",
    "comments_lent",
    "comments_reminded",
    "comments_returned",
    "round_ends",
    "report_check",
    "circular",
    "guest_invitation",
    "guest_changed",
    "workshop_chosen",
    "resource_invited",
    "public_comment_confirm",
    "commitment_proposed",
    "proposal_lent",
    "update_lent",
    "update_reminded",
    "lowering_proposed",
    "digest",
    "meeting_answer_noted",
    "draft_lent",
    "draft_reminded",
    "draft_returned",
    "new_link",
    "new_password",
    "address_confirmation",
    "invitation",
)
TO_OTHERS = ("network_comments_asked", "network_round_ends")
"""Hold one, and go to nobody whom the member is."""
WITHOUT = (
    "edition_circulated",
    "public_response",
    "network_comments_answered",
    "silence_ended",
    "meeting_called_off",
    "guest_called_off",
    "item_answered",
    "paper_answered",
    "emergency_begun",
    "address_asked",
    "appointment_made",
    "appointment_ended",
    "submission_acknowledged",
    "submission_routed",
    "submission_answered",
    "answer_replied",
    "published_by_both",
    "joint_proposed",
    "joint_answered",
    "joint_taken_back",
    "answer_to_see",
    "position_to_sign",
    "confided",
    "confided_answered",
    "choice_changed",
    "choice_opened",
    "choice_settled",
    "chair_word_told",
    "chair_word",
    "reply_received",
)
CHANGED_BY_LOOKING = {"security_events", "throttles", "viewers", "readable_labels"}
"""What is refused, how often it was tried, and what a reader may read as it is worked out when somebody looks."""


@dataclass(frozen=True)
class Came:
    """A link that came in a mail."""

    notice: str
    token: str
    scope: str

    @property
    def path(self) -> str:
        return f"/l/{self.token}/{self.scope}"

    @property
    def id(self) -> UUID:
        found = links.id_in(SECRET, self.token)
        assert found is not None
        return found


def came(office: Office, notice: str) -> Came:
    """The link in a mail of this kind, as the member received it."""
    world, settings, relay, _app = office
    mail_kinds.load_entries()
    with system_unit(world.engine, Reason.REFERENCE) as session:
        occasions = list(mail_kinds.ENTRIES[notice].occasions(mail_kinds.Post(world, session, "member")))
    one = next(one for one in occasions if one.leaves)
    key = mails.put(world, mail_kinds.official_of(world, "member"), notice, one)
    got = mails.see_off(world, settings, relay, key)
    assert got.content is not None, got.why_not
    ((token, scope),) = set(_LINK.findall(mails.text_of(got.content)))
    return Came(notice, token, scope)


def words_behind(client: FlaskClient, path: str) -> set[str]:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return set(WORD.findall(answer.get_data(as_text=True)))


def everything_stored(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but those that looking changes, read as the owner of the database."""
    _world, settings, _relay, _app = office
    engine = create_engine(settings.database_url)
    try:
        tables = MetaData()
        tables.reflect(engine)
        with engine.connect() as connection:
            return {
                name: sorted(tuple(map(str, row)) for row in connection.execute(select(table)))
                for name, table in tables.tables.items()
                if name not in CHANGED_BY_LOOKING
            }
    finally:
        engine.dispose()


def refusals(office: Office) -> list[tuple[str, str]]:
    """Scope and reason of the links refused so far."""
    with system_unit(office[0].engine, Reason.ADMINISTRATION, writes=False) as session:
        events = session.scalars(select(SecurityEvent).order_by(SecurityEvent.id)).all()
        return [(one.detail.get("scope", ""), one.detail.get("reason", "")) for one in events if one.kind == REFUSED]


REFUSED = "link refused"


def test_every_kind_of_mail_is_said_to_hold_a_link_or_none() -> None:
    mail_kinds.load_entries()
    assert {*WITH_LINKS, *TO_OTHERS, *WITHOUT} == mail_kinds.ENTRIES.keys(), "a new kind: enter it there"


def test_a_link_opens_for_whoever_holds_it_with_the_eyes_of_its_own_person(office: Office) -> None:
    world, _settings, _relay, app = office
    other = crawl.client_of(app, world.officials["officer of another process"])
    for notice in WITH_LINKS:
        one = came(office, notice)
        seen = words_behind(app.test_client(), one.path)
        if one.scope in OF_THE_ACCOUNT:
            continue  # shows nothing but the account; its head is that of who is signed in
        assert words_behind(other, one.path) == seen, f"{notice}: another page for who is signed in as somebody else"
        reader = LENT_BY.get(one.scope, "member")
        strange = {world.canaries[word] for word in seen if not world.reads(reader, world.canaries[word].thing)}
        assert strange == set(), notice


def _closed(office: Office, one: Came) -> Iterator[tuple[str, str, str]]:
    """Addresses that do not open, the scope they are asked in, and why."""
    world = office[0]
    forged = one.token[:-2] + ("AA" if not one.token.endswith("AA") else "BA")
    elsewhere = "accept" if one.scope != "accept" else "reply"
    yield f"/l/{forged}/{one.scope}", one.scope, "forged"
    yield f"/l/{'A' * 43}/{one.scope}", one.scope, "forged"
    yield f"/l/{links.token_of(SECRET, UUID(int=7))}/{one.scope}", one.scope, "unknown"
    yield f"/l/{links.token_of('another secret', one.id)}/{one.scope}", one.scope, "forged"
    yield f"/l/{one.token}/{elsewhere}", elsewhere, "of another scope"
    with system_unit(world.engine, Reason.LINK, writes=False) as session:
        opens_until = session.get_one(MailLink, one.id).expires_at
    changes: dict[str, dict[str, Any]] = {
        "revoked": {"revoked_at": clock.now()},
        "used": {"revoked_at": None, "used_at": clock.now()},
        "expired": {"used_at": None, "expires_at": clock.now() - timedelta(seconds=1)},
    }
    for reason, fields in changes.items():
        with system_unit(world.engine, Reason.LINK) as session:
            row = session.get_one(MailLink, one.id)
            for name, value in fields.items():
                setattr(row, name, value)
        yield one.path, one.scope, reason
    with system_unit(world.engine, Reason.LINK) as session:
        row = session.get_one(MailLink, one.id)
        row.revoked_at, row.used_at, row.expires_at = None, None, opens_until


@pytest.mark.parametrize("notice", ["meeting_invitation", "digest", "proposal_lent", "new_password", "invitation"])
def test_what_does_not_open_is_one_page_on_record_and_changes_nothing(office: Office, notice: str) -> None:
    world, _settings, _relay, app = office
    app.config["WTF_CSRF_ENABLED"] = False
    one = came(office, notice)
    clients = [app.test_client(), crawl.client_of(app, world.officials["observer"])]
    before, pages = everything_stored(office), set()
    for path, scope, reason in _closed(office, one):
        noted = len(refusals(office))
        for client in clients:
            for answer in (client.get(path), client.post(path, data={"answer": "accepted", "nonce": "x" * 32})):
                text = answer.get_data(as_text=True)
                assert answer.status_code == 404, (path, reason, answer.status_code)
                told = {world.canaries[word] for word in WORD.findall(text)}
                assert {one for one in told if not world.reads("anonymous", one.thing)} == set(), (path, reason)
                pages.add("This link does not open" in text)
        assert refusals(office)[noted:] == [(scope, reason)] * 4
    assert pages == {True}
    assert everything_stored(office) == before
