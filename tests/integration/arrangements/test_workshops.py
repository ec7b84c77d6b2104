"""A workshop from its call to the question after half a year, and who reads what of it."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import Select, func, select

from config import Settings
from secretariat.arrangements import workshop_queries as queries
from secretariat.arrangements.service import workshops as service
from secretariat.arrangements.service.resource_persons import INVITED
from secretariat.arrangements.workshop_models import CapacityBuilt, SeatState, Workshop, WorkshopCall, WorkshopSeat
from secretariat.core import awaited, clock
from secretariat.core.languages import dates
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.mail import delivery, links
from secretariat.mail.models import MailLink, OutboxMessage
from tests.factories.meetings import acting, in_days, looking
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage

pytestmark = pytest.mark.usefixtures("app")


def awaited_of(stage: Stage, state: str) -> list[str]:
    with looking(stage.engine, stage.focal[state]) as session:
        found = awaited.awaited(session, clock.today(), participant=stage.id[state])
        return [one.kind for one in found if one.kind.startswith("workshop")]


def link_of(stage: Stage, settings: Settings, one: Official, subject: UUID) -> str:
    with system_unit(stage.engine, Reason.MAIL) as system:
        made = links.issue(
            system, key=f"test:{one.person}", scope="workshop", person=one.person, hat=one.hat, subjects=[subject],
            process=stage.id["process"], track=stage.id["government"],
        )  # fmt: skip
        return links.token_of(settings.secret_key, made)


def test_a_workshop_is_lived_from_the_call_to_what_could_be_used(app: Flask, stage: Stage, settings: Settings) -> None:
    officer = Desk(app, stage.officer)
    location, _page = officer.send(
        "/processes/rcx/workshops/new",
        {
            "title-en": "Reception of children", "starts_on": in_days(40).isoformat(),
            "ends_on": in_days(42).isoformat(), "places_each": "2", "nominate_by": in_days(20).isoformat(),
            "paid_by": "IOM",
        },
    )  # fmt: skip
    key = UUID(location.rpartition("/")[2])
    Desk(app, stage.focal["mx"]).get(f"/workshops/{key}", 404)  # being prepared
    with acting(stage.engine, stage.officer) as session:
        one = session.get_one(Workshop, key)
        with pytest.raises(NotAllowed):  # an observer could not read what it is asked
            service.call(session, one, [stage.id["mx"], stage.id["co"]])
    assert str(stage.id["co"]) not in officer.get(f"/workshops/{key}/call")
    officer.send(f"/workshops/{key}/call", {"chosen": [str(stage.id["mx"]), str(stage.id["gt"])]})
    assert awaited_of(stage, "mx") == ["workshop"]
    assert awaited_of(stage, "bz") == []
    with looking(stage.engine, stage.focal["mx"]) as session:
        called = session.scalars(select(WorkshopCall)).one()  # nobody reads another's
    token = link_of(stage, settings, stage.focal["mx"], called.id)
    linked = Desk(app)
    assert len(linked.get(f"/l/{token}/workshop")) < 20_000
    for name in ("Ana First", "Berta Second", "Carla Third"):
        linked.send(f"/l/{token}/workshop", {"name": name, "body": "Institute"})
    assert linked.wrong(f"/l/{token}/workshop", {"name": "ana  first"}) == ["This person is named already"]
    Desk(app, stage.focal["gt"]).send(f"/workshops/{key}/own", {"act": "regrets"})
    assert awaited_of(stage, "mx") == awaited_of(stage, "gt") == []
    officer.send(f"/workshops/{key}/call", {"chosen": [str(stage.id["bz"])]})  # asked later, and not heard from
    resource = {"name": "Prof. Resource", "paid_by": "University", "address": "prof@university.example"}
    officer.send(f"/workshops/{key}/resource-person", resource)
    _invited(app, stage, key, officer, settings)
    other = Desk(app, stage.focal["bz"]).get(f"/workshops/{key}")
    assert "Ana First" not in other
    assert "Prof. Resource" not in other
    _chosen_and_held(app, stage, key, officer)
    _evaluated_and_used(app, stage, key, linked, token)


def _chosen_and_held(app: Flask, stage: Stage, key: UUID, officer: Desk) -> None:
    with looking(stage.engine, stage.officer) as session:
        seats = {one.name: str(one.id) for one in queries.seats_of(session, key)}
    ana, berta, carla = (seats[name] for name in ("Ana First", "Berta Second", "Carla Third"))
    path = f"/workshops/{key}/choose"
    assert officer.wrong(path, {"chosen": [ana], "not_chosen": [ana]})[0].startswith("Ana First is ticked as")
    chosen = {"chosen": [ana], "not_chosen": [berta]}
    assert officer.wrong(path, chosen) == ["The call still runs. Say that it ends now, or wait until its day"]
    _location, before = officer.send(path, {**chosen, "letter": "0"}, 200)
    assert "the call has ended before that day" in before
    _location, before = officer.send(path, {**chosen, "letter": "1"}, 200)
    for words in ("There is a place for:", "asked first if a place falls free:", "This time there is none for:"):
        assert words in before
    assert _told(stage) == 0, "letters are read before they leave"
    officer.send(path, {**chosen, "ends_call": "y"})
    officer.send(path, chosen)
    assert _told(stage) == 2, "what does not change is not told twice"
    _others_are_told_that_the_call_has_ended(app, stage, key)
    officer.send(path, {"chosen": [ana, carla], "not_chosen": [berta]})
    (gone, _nothing), (left, told) = _letters(app, stage, "mx")
    assert (gone, left) == ("skipped", "sent"), "a later one says it again"
    up = "From the reserve list there is now a place for:\n- Carla Third\n\nThere is a place for:\n- Ana First\n"
    assert up in told
    more = {"chosen": [ana, berta, carla]}
    assert officer.wrong(path, more) == ["More come than there are places: Mexico. Say that this is meant"]
    assert officer.wrong(path, {**more, "beyond": "y"}) != [], "said of what was shown"
    officer.send(path, {**more, "beyond": "y", "beyond_of": f"{stage.id['mx']}:3"})
    assert "There is a place for 3 of those you named." in Desk(app, stage.focal["mx"]).get(f"/workshops/{key}/own")
    _moved(app, stage, key, officer)
    officer.send(f"/workshops/{key}/call", {"chosen": [str(stage.id["bz"])]})  # the call is open again
    assert awaited_of(stage, "bz") == ["workshop"]
    assert "Name this person" in Desk(app, stage.focal["bz"]).get(f"/workshops/{key}/own")
    assert officer.get(path).count(" checked") == 3, "who comes stays until it is said anew"
    officer.send(path, {"chosen": [ana, berta], "ends_call": "y"})
    with looking(stage.engine, stage.focal["mx"]) as session:
        states = {one.name: one.state for one in queries.seats_of(session, key)}
    assert states["Carla Third"] is SeatState.RESERVE
    assert officer.wrong(f"/workshops/{key}/attendance", {"chosen": [ana]}) == []
    with time_machine.travel(clock.now() + timedelta(days=43)):
        desk = Desk(app, stage.officer)
        desk.send(f"/workshops/{key}/attendance", {"chosen": [ana, berta, carla]})
        paper = desk.client.get(f"/workshop-seats/{ana}/certificate.pdf").data
        text = PdfReader(io.BytesIO(paper)).pages[0].extract_text()
        assert "Ana First" in text
        for words in ("Named readers", "Copy of", "recorded"):  # it is handed to whom it names
            assert words not in text
        assert awaited_of(stage, "mx") == ["workshop_papers"]
        assert awaited_of(stage, "gt") == []


def _others_are_told_that_the_call_has_ended(app: Flask, stage: Stage, key: UUID) -> None:
    ((left, ended),) = _letters(app, stage, "bz")
    assert left == "sent"
    assert f"Belize was asked to name people until {dates.day_in_full(in_days(20))} for this workshop:" in ended
    assert "the call has ended before that day" in " ".join(ended.split())
    desk, today = Desk(app, stage.focal["bz"]), dates.day_in_full(in_days(0))
    assert awaited_of(stage, "bz") == []
    page = desk.get(f"/workshops/{key}/own")
    assert f"People were named until {today}; the Secretariat has said who comes." in re.sub("<[^>]+>", "", page)
    assert dates.day_in_full(in_days(20)) not in page
    assert "People were named until" in desk.get(f"/workshops/{key}")


def _moved(app: Flask, stage: Stage, key: UUID, officer: Desk) -> None:
    """To another place: those whose people are named are told, and nobody where nothing of it changes."""
    words = {
        "title-en": "Reception of children", "starts_on": in_days(40).isoformat(), "ends_on": in_days(42).isoformat(),
        "places_each": "2", "nominate_by": in_days(20).isoformat(), "paid_by": "IOM", "place-en": "Antigua",
    }  # fmt: skip
    officer.send(f"/workshops/{key}/edit", words)
    told = _told(stage)
    officer.send(f"/workshops/{key}/edit", {**words, "paid_by": "UNHCR"})
    assert _told(stage) == told
    left, moved = _letters(app, stage, "mx")[-1]
    assert left == "sent"
    assert "The workshop for which Mexico named people now has these days and this place:" in " ".join(moved.split())
    assert "Antigua" in moved
    assert "This time there is none" not in moved


def _told(stage: Stage) -> int:
    with system_unit(stage.engine, Reason.MAIL) as system:
        told = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.notice == service.TOLD)
        return system.scalar(told) or 0


def _letters(app: Flask, stage: Stage, state: str) -> list[tuple[str, str]]:
    """What became of the mails about people of a participant, and what of it was told."""
    found = []
    with system_unit(stage.engine, Reason.MAIL) as system:
        wanted = select(OutboxMessage).where(OutboxMessage.notice == service.TOLD).order_by(OutboxMessage.put_at)
        for message in system.scalars(wanted.where(OutboxMessage.person_id == stage.focal[state].person)):
            ready = delivery._composed(system, app.extensions["settings"], message)
            if isinstance(ready, tuple):
                found.append((ready[0].value, ""))
                continue
            parts = message_from_bytes(ready.content, policy=default).walk()
            plain = next(one.get_content() for one in parts if one.get_content_type() == "text/plain")
            found.append(("sent", plain.replace("\r\n", "\n")))
        system.rollback()
    return found


def _invited(app: Flask, stage: Stage, key: UUID, officer: Desk, settings: Settings) -> None:
    """A resource person is written to, answers behind the link, and is written to at another address."""
    with looking(stage.engine, stage.officer) as session:
        seat = next(one for one in queries.seats_of(session, key) if one.participant_id is None)
        assert seat.invitee_id is not None
        first = seat.invitee_id
    path = f"/workshop-seats/{seat.id}/invite"
    assert officer.wrong(path, {"address": "prof@university.example"})[0].startswith("This person was written to")
    token = _resource_link(app, stage, settings)
    page = Desk(app).get(f"/l/{token}/resource")
    assert "Reception of children" in page
    assert "Ana First" not in page
    Desk(app).send(f"/l/{token}/resource", {"comes": "no", "word": "Exams"})
    told = officer.get(f"/workshops/{key}")
    assert "sends regrets" in told
    assert "Exams" in told
    assert str(seat.id) in officer.get(f"/workshops/{key}/attendance")
    officer.send(path, {"address": "prof@other.example"})
    Desk(app).get(f"/l/{token}/resource", 404)
    again = _resource_link(app, stage, settings)
    Desk(app).send(f"/l/{again}/resource", {"comes": "yes"})
    with looking(stage.engine, stage.officer) as session:
        seat = session.get_one(WorkshopSeat, seat.id)
        assert (seat.comes, seat.word, seat.invitee_id != first) == (True, "", True)


def _resource_link(app: Flask, stage: Stage, settings: Settings) -> str:
    """The link in the last mail to a resource person, which says nothing of the workshop."""
    with system_unit(stage.engine, Reason.MAIL) as system:
        wanted = select(OutboxMessage).where(OutboxMessage.notice == INVITED).order_by(OutboxMessage.put_at.desc())
        message = system.scalars(wanted).first()
        assert message is not None
        ready = delivery._composed(system, settings, message)
        assert not isinstance(ready, tuple), ready
        assert b"Reception" not in ready.content
        return links.token_of(settings.secret_key, system.scalars(_made_for(message.person_id)).one())


def _made_for(person: UUID) -> Select[UUID]:
    return select(MailLink.id).where(MailLink.person_id == person)


def _evaluated_and_used(app: Flask, stage: Stage, key: UUID, linked: Desk, token: str) -> None:
    path = f"/l/{token}/workshop"
    marked = {"useful": "5", "taught": "4", "organized": "3"}
    with time_machine.travel(clock.now() + timedelta(days=44)):
        for _number in range(2):
            linked.send(path, marked)
        assert "Evaluation" not in Desk(app, stage.focal["bz"]).get(f"/workshops/{key}")  # of two, nothing is told
        linked.send(path, {**marked, "remark": "More time for cases"})
        page = Desk(app, stage.focal["bz"]).get(f"/workshops/{key}")
        assert "5.0" in page
        assert "More time for cases" in page
        with acting(stage.engine, stage.focal["mx"]) as session:
            called = session.scalars(select(WorkshopCall)).one()
            with pytest.raises(Refused, match="As many papers"):
                service.evaluate(session, called, (5, 5, 5), "")
        assert awaited_of(stage, "mx") == []
    with time_machine.travel(clock.now() + timedelta(days=42 + 183)):
        assert awaited_of(stage, "mx") == ["workshop_use"]
        desk = Desk(app, stage.focal["mx"])
        desk.send(f"/workshops/{key}/own", {"words": "Our shelters keep families together now"})
        assert awaited_of(stage, "mx") == []
        assert "keep families together" in Desk(app, stage.focal["bz"]).get(f"/workshops/{key}")
        with looking(stage.engine, stage.focal["co"]) as session:  # an observer: the workshop is the members'
            for kind in (Workshop, WorkshopSeat, CapacityBuilt):
                assert session.scalars(select(kind)).all() == []
        with looking(stage.engine, stage.officer) as session:
            began, ends = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
            built = queries.built_between(session, stage.id["process"], stage.id["government"], began, ends)
            assert [(one.participant_id, str(one.words.texts["en"])) for one in built] == [
                (stage.id["mx"], "Our shelters keep families together now")
            ]
    with system_unit(stage.engine, Reason.ADMINISTRATION) as session:
        assert service.forget_people(session, in_days(42 + 729)) == 0
        assert service.forget_people(session, in_days(42 + 730)) == 4
        assert service.forget_people(session, in_days(42 + 731)) == 0
