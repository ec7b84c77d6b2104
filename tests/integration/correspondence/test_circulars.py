"""A circular goes to each in their language, with what each may read and no word of the rest; who has it is
followed."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import time_machine
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.correspondence.models import Circular, CircularCopy
from secretariat.directory.models import ContactCard
from secretariat.mail import delivery
from secretariat.mail.models import OutboxMessage
from secretariat.processes import clauses
from tests.factories import documents
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.relay import ScriptedRelay

WHERE = "/processes/rcx/government/circulars"
AT_NIGHT = "2026-11-29T03:00:00+00:00"
"""A Sunday."""


def written(desk: Desk, status: int = 303, **more: Any) -> str:
    """A draft; where its page is."""
    typed = {
        "title-en": "Hurricane Mitch",
        "words-en": "We ask you to name a contact for the night.\n\nThank you.",
        "words-es": "Les pedimos nombrar un contacto para la noche.",
        "standings": ["member", "observer"],
        **more,
    }
    return desk.send(f"{WHERE}/new", typed, status)[0]


def taken(settings: Settings, stage: Stage) -> dict[str, Any]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        delivery.deliver(stage.engine, settings)
        return {str(mail["To"]): mail for mail in relay.taken if "circular" in str(mail["Subject"]).casefold()}


def text_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def files_of(mail: Any) -> list[str]:
    return [str(one.get_filename()) for one in mail.iter_attachments()]


def issued(stage: Stage, settings: Settings, title: str, *, members_only: bool) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        given = clauses.members_of if members_only else clauses.participants_of
        file = documents.received(settings.data_root)
        readers = frozenset({given(where.process, where.track)})
        return documents.issued(session, where, file, title=LocalText.of(title), readers=readers).id


def test_each_receives_it_in_their_language_with_what_they_may_read(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    for_all, for_members = (
        issued(stage, settings, "Practical information", members_only=False),
        issued(stage, settings, "Reception protocol", members_only=True),
    )
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        of = ContactCard.person_id == stage.focal["gt"].person
        session.scalars(select(ContactCard).where(of)).one().languages = ["es"]
    with time_machine.travel(AT_NIGHT):
        officer = Desk(app, stage.officer)
        page = written(officer, urgent="y", documents=[str(for_all), str(for_members)])
        before = officer.get(f"{page}/send")
        assert "all but Colombia; their letter does not mention it" in before
        assert "Nobody speaks for Honduras" in before
        _where, letters = officer.send(f"{page}/send", {"letter": "0"}, 200)
        assert "The letters, as they will be read" in letters
        assert stage_of(stage, page).sent_at is None
        Desk(app, stage.focal["mx"]).get(page, 404)
        officer.send(f"{page}/send", {})
        mails = taken(settings, stage)
    assert set(mails) == {one.email for one in (*stage.focal.values(), stage.alternate["gt"])}
    mexico, colombia, guatemala = (mails[stage.focal[key].email] for key in ("mx", "co", "gt"))
    assert "name a contact for the night" in text_of(mexico)
    assert "Reception protocol" in text_of(mexico)
    assert len(files_of(mexico)) == 2
    assert "Reception" not in text_of(colombia)
    assert len(files_of(colombia)) == 1
    assert "nombrar un contacto" in text_of(guatemala)
    assert all("Hurricane" not in str(mail["Subject"]) for mail in mails.values())
    assert {str(mail["To"]).count("@") for mail in mails.values()} == {1}
    assert "Reception protocol" not in Desk(app, stage.focal["co"]).get(page)
    Desk(app, stage.coordinator).get(page, 404)
    assert stage_of(stage, page).symbol == "RCX/CIRC/2026/R.1"
    Desk(app, stage.officer).get(f"{page}/edit", 404)


def stage_of(stage: Stage, page: str) -> Circular:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        one = session.get_one(Circular, UUID(page.rpartition("/")[2]))
        session.expunge(one)
        return one


def test_who_has_not_opened_an_urgent_one_is_rung_and_one_click_says_that_it_is_there(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    officer = Desk(app, stage.officer)
    page = written(officer, standings=["member"], urgent="y")
    officer.send(f"{page}/send", {})
    mails = taken(settings, stage)
    calls = officer.get("/processes/rcx/follow-up/calls")
    assert calls.count("urgent, and not opened yet") == 3
    assert "A circular, to say that you have it" in Desk(app, stage.focal["bz"]).get("/")
    [address] = re.findall(r"(/l/\S+/circular)", text_of(mails[stage.focal["mx"].email]))
    by_link = Desk(app)
    assert "We have this letter" in by_link.get(address)
    assert words(stage) == 0, "a GET says nothing"
    assert officer.get("/processes/rcx/follow-up/calls").count("urgent, and not opened yet") == 2
    by_link.send(address, {})
    assert words(stage) == 1
    assert "You have it" not in by_link.get(address)
    Desk(app, stage.alternate["gt"]).send(f"{page}/received", {}, form_at=page)
    assert words(stage) == 3, "whoever of a participant says so, says it for all of it"
    assert officer.get("/processes/rcx/follow-up/calls").count("urgent, and not opened yet") == 1
    assert "A circular, to say" not in Desk(app, stage.focal["gt"]).get("/")
    assert "awaited" in officer.get(page)
    assert "Who has it" not in Desk(app, stage.focal["mx"]).get(page)


def words(stage: Stage) -> int:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        return len(session.scalars(select(CircularCopy).where(CircularCopy.word_at.is_not(None))).all())


def test_an_ordinary_one_waits_for_open_offices_and_a_bad_one_for_a_better(app: Flask, stage: Stage) -> None:
    with time_machine.travel(AT_NIGHT):
        officer = Desk(app, stage.officer)
        page = written(officer, standings=["member"])
        officer.send(f"{page}/send", {})
        with system_unit(stage.engine, Reason.REFERENCE) as session:
            hours = session.scalars(select(OutboxMessage.next_attempt_at)).all()
            assert hours
            assert all(one.weekday() == 0 for one in hours)
    officer = Desk(app, stage.officer)
    assert officer.wrong(f"{WHERE}/new", {"title-en": "To nobody", "words-en": "Words"}) == [
        "Choose to whom it goes: standings, bodies or persons."
    ]
    assert officer.wrong(f"{WHERE}/new", {"title-en": "Nothing", "standings": ["member"]})
    nobody = written(officer, standings=["partner"])
    _where, page = officer.send(f"{nobody}/send", {}, 422)
    assert "nobody speaks for those it is addressed to" in page
    officer.send(f"{nobody}/throw-away", {})
    officer.get(nobody, 404)
    member = Desk(app, stage.focal["mx"])
    member.get(f"{WHERE}/new", 404)
    assert "Hurricane" in member.get(WHERE)


def one_reader(stage: Stage, who: Official) -> int:
    with looking(stage.engine, who) as session:
        return len(session.scalars(select(CircularCopy)).all())


def test_a_member_reads_its_own_copy_and_nobody_elses(app: Flask, stage: Stage) -> None:
    officer = Desk(app, stage.officer)
    page = written(officer, standings=["member"])
    officer.send(f"{page}/send", {})
    assert one_reader(stage, stage.officer) == 4
    assert one_reader(stage, stage.focal["gt"]) == 2
    assert one_reader(stage, stage.focal["mx"]) == 1
    assert one_reader(stage, stage.focal["co"]) == 0
