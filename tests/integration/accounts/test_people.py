"""Appointments, handover, contact cards and who sees them, through the pages, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from secretariat.accounts.models import User
from secretariat.core import audit
from secretariat.core import clock as now
from secretariat.core.labelling import attach
from secretariat.core.session import Reason, reading_as, system_unit
from secretariat.directory import queries
from secretariat.directory.cards import SharedWith
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, Person, RoleName
from secretariat.directory.viewers import viewer
from secretariat.mail import delivery, links
from secretariat.mail.models import MailLink, MailState, OutboxMessage
from secretariat.processes.clauses import public
from secretariat.processes.models import Process
from tests.factories.people import Official, sign_in, token
from tests.factories.processes import small_world
from tests.integration.accounts.conftest import Town
from tests.support.relay import ScriptedRelay
from tests.support.sql import statements_sent


def name_data(town: Town, client: FlaskClient, **more: Any) -> dict[str, Any]:
    data = {
        "csrf_token": token(client, "/people/rcx/government/name"),
        "role": "focal_point",
        "participant": str(town.world.id["bz"]),
        "name": "Focal point, Belize",
        "email": "focal.point@belize.example",
        "letter": "Note 14/2026 of the Ministry",
        "telephone": "+501 555 0126",
    }
    return data | more


def test_the_secretariat_names_a_focal_point_by_letter(town: Town) -> None:
    client = sign_in(town.app, town.officer)
    answer = client.post("/people/rcx/government/name", data=name_data(town, client))
    assert answer.status_code == 303
    page = client.get("/people/rcx").get_data(as_text=True)
    assert "Focal point, Belize" in page
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        user = session.scalars(select(User).where(User.email == "focal.point@belize.example")).one()
        made = session.scalars(select(Appointment).where(Appointment.person_id == user.person_id)).one()
        mails = session.execute(select(OutboxMessage.notice, OutboxMessage.person_id)).all()
        assert (made.role, made.participant_id, made.letter) == (
            RoleName.FOCAL_POINT, town.world.id["bz"], "Note 14/2026 of the Ministry"
        )  # fmt: skip
        assert made.since == now.today()
        assert mails == [("invitation", user.person_id)]
        assert audit.chain_holds(session, "rcx/government")


def test_who_has_an_account_is_told_and_gets_one_more_hat(town: Town) -> None:
    client = sign_in(town.app, town.officer)
    client.post("/people/rcx/government/name", data=name_data(town, client, email=town.focal_point.email.upper()))
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        mails = session.execute(select(OutboxMessage.notice, OutboxMessage.person_id)).all()
        assert mails == [("appointment_made", town.focal_point.person)]
        cards = session.scalars(select(ContactCard).where(ContactCard.person_id == town.focal_point.person)).all()
        assert len(cards) == 1
        assert cards[0].name != "Focal point, Belize", "a card stays as its owner keeps it"
    chosen = sign_in(town.app, town.focal_point).get("/account/hat").get_data(as_text=True)
    assert "Focal point, Guatemala" in chosen
    assert "Focal point, Belize" in chosen


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("letter", "", "Name the letter"),
        ("role", "", "Choose what the letter names the person as"),
        ("role", "administrator", "Choose one of those shown"),
        ("role", "coordinator", "Choose one of those shown"),
        ("participant", "", "Choose for whom the person acts"),
        ("email", "not an address", "Give an address as in mail"),
        ("telephone", "555 0126", "with the code of the country"),
        ("letter_on", "2099-01-01", "The day of the letter lies ahead"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_stored(
    town: Town, field: str, value: str, sentence: str
) -> None:
    client = sign_in(town.app, town.officer)
    answer = client.post("/people/rcx/government/name", data=name_data(town, client, **{field: value}))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert "Note 14/2026 of the Ministry" in page or field == "letter", "what was typed is kept"
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        assert session.scalar(select(User).where(User.email == "focal.point@belize.example")) is None
        assert session.scalars(select(OutboxMessage)).all() == []


def test_nobody_names_himself(town: Town) -> None:
    client = sign_in(town.app, town.officer)
    data = name_data(town, client, email=town.officer.email)
    assert client.post("/people/rcx/government/name", data=data).status_code == 422
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        held = session.scalars(select(Appointment).where(Appointment.person_id == town.officer.person)).all()
        assert [one.role for one in held] == [RoleName.OFFICER]


@pytest.mark.parametrize("who", ["focal_point", "observer", "administrator", "coordinator"])
def test_only_the_secretariat_of_the_track_names_ends_and_hands_over(town: Town, who: str) -> None:
    client = sign_in(town.app, getattr(town, who))
    appointment = town.two_hats.appointment
    crumb = token(client, "/account/")
    for path, data in (
        ("/people/rcx/government/name", {"role": "focal_point"}),
        (f"/people/appointments/{appointment}/end", {"until": "2026-01-01", "why": "x"}),
        (f"/people/appointments/{appointment}/hand-over", {"name": "x"}),
    ):
        assert client.get(path).status_code == 404
        assert client.post(path, data={**data, "csrf_token": crumb}).status_code == 404
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        assert session.get_one(Appointment, appointment).until is None


def test_ending_closes_the_access_in_open_sessions_and_tells_the_person(town: Town) -> None:
    official, client = sign_in(town.app, town.focal_point), sign_in(town.app, town.officer)
    assert official.get("/people/rcx").status_code == 200
    path = f"/people/appointments/{town.focal_point.appointment}/end"
    data = {"csrf_token": token(client, path), "until": now.today().isoformat(), "why": "Note 15/2026"}
    assert client.post(path, data=data).status_code == 303
    assert official.get("/people/rcx").status_code == 303
    assert client.post(path, data=data).status_code == 422, "it has ended already"
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        mails = session.execute(select(OutboxMessage.notice, OutboxMessage.person_id)).all()
        assert mails == [("appointment_ended", town.focal_point.person)]
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == town.focal_point.person)).one()
        assert card.ends_on == now.today() + timedelta(days=365), "what is kept of a person has an end"


def test_an_address_nobody_has_confirmed_is_told_of_no_end(town: Town) -> None:
    """It may be mistyped, or another's: the invitation went there, and nothing else does."""
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        for number in session.scalars(select(ContactNumber)):
            number.for_mail = False
    client = sign_in(town.app, town.officer)
    path = f"/people/appointments/{town.invited.appointment}/end"
    data = {"csrf_token": token(client, path), "until": now.today().isoformat(), "why": "Note 15/2026"}
    assert client.post(path, data=data).status_code == 303
    with system_unit(town.engine, Reason.ADMINISTRATION, writes=False) as session:
        assert session.execute(select(OutboxMessage.notice)).all() == []


def mails_of_goodbye(town: Town) -> list[MailState]:
    """Where the mails stand that tell the focal point of an end, once what was due has been delivered."""
    settings = town.app.extensions["settings"]
    with ScriptedRelay(settings.mail_host, settings.mail_port):
        delivery.deliver(town.engine, settings)
    told = select(OutboxMessage.state).where(OutboxMessage.notice == "appointment_ended").order_by(OutboxMessage.put_at)
    with system_unit(town.engine, Reason.MAIL, writes=False) as session:
        return list(session.scalars(told))


def end_it(town: Town, days: int) -> None:
    """The officer ends the focal point's appointment in some days."""
    client = sign_in(town.app, town.officer)
    path = f"/people/appointments/{town.focal_point.appointment}/end"
    until = (now.today() + timedelta(days=days)).isoformat()
    answer = client.post(path, data={"csrf_token": token(client, path), "until": until, "why": "Note 15/2026"})
    assert answer.status_code == 303


def test_an_end_that_was_taken_back_before_the_mail_left_is_not_told(town: Town) -> None:
    end_it(town, 30)
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        session.get_one(Appointment, town.focal_point.appointment).until = None
    assert mails_of_goodbye(town) == [MailState.SKIPPED]


def test_an_end_put_on_another_day_is_told_with_that_day(town: Town) -> None:
    end_it(town, 30)
    assert mails_of_goodbye(town) == [MailState.SENT]
    end_it(town, 40)
    end_it(town, 50)
    assert mails_of_goodbye(town) == [MailState.SENT, MailState.SKIPPED, MailState.SENT], "the last word, once"


def test_a_handover_keeps_the_predecessor_in_the_history(town: Town) -> None:
    client, before = sign_in(town.app, town.officer), sign_in(town.app, town.focal_point)
    path = f"/people/appointments/{town.focal_point.appointment}/hand-over"
    data = {
        "csrf_token": token(client, path),
        "name": "Successor",
        "email": "successor@guatemala.example",
        "letter": "Note 16/2026",
        "since": now.today().isoformat(),
    }
    with system_unit(town.engine, Reason.MAIL) as session:
        elsewhere = small_world(session, "rcy")
        issued = [
            links.issue(
                session, key=f"test:{track}", scope="update", person=town.focal_point.person, hat=town.focal_point.hat,
                process=None, track=track,
            )
            for track in (town.world.id["government"], elsewhere.id["government"])
        ]  # fmt: skip
    assert client.post(path, data=data).status_code == 303
    assert before.get("/people/rcx").status_code == 303
    with system_unit(town.engine, Reason.MAIL) as session:
        closed = [session.get_one(MailLink, one).revoked_at is not None for one in issued]
    assert closed == [True, False], "what another process sent to the same person goes on"
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        gt, process = town.world.id["gt"], town.world.id["process"]
        history = [one.appointment.person_id for one in queries.history_of(session, gt, process)]
        today = [one.appointment.person_id for one in queries.focal_points_of(session, gt, process, now.today())]
        successor = session.scalars(select(User).where(User.email == "successor@guatemala.example")).one().person_id
        assert history == [town.focal_point.person, successor]
        assert today == [successor]
        notices = set(session.scalars(select(OutboxMessage.notice)))
        assert notices == {"invitation", "appointment_ended"}


# --- who sees whom --------------------------------------------------------------------------------------------


def seen_by(town: Town, one: Official) -> set[UUID]:
    """The persons of the appointments this reader may read."""
    with reading_as(town.engine, viewer(town.engine, one.person, one.hat)) as session:
        return {held.person_id for held in session.scalars(select(Appointment))}


def test_members_and_the_secretariat_see_the_whole_side_and_observers_the_secretariat_and_themselves(
    town: Town,
) -> None:
    government = {
        one.person
        for one in (
            town.focal_point, town.observer, town.officer, town.second_officer, town.invited, town.two_hats
        )
    }  # fmt: skip
    keepers = {town.officer.person, town.second_officer.person, town.second_hat.person}
    assert seen_by(town, town.focal_point) == government
    assert seen_by(town, town.officer) == government
    assert seen_by(town, town.observer) == keepers | {town.observer.person}
    assert seen_by(town, town.coordinator) == {town.coordinator.person}
    assert seen_by(town, town.administrator) == {town.administrator.person}


def test_a_number_shared_with_the_secretariat_is_seen_by_it_and_its_owner_alone(town: Town) -> None:
    owner = sign_in(town.app, town.focal_point)
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == town.focal_point.person)).one().id
    path = f"/people/cards/{card}/telephone"
    for value, shared in (("+502 5550 0142", "directory"), ("+502 5555 0142", "secretariat")):
        data = {"csrf_token": token(owner, path), "value": value, "shared_with": shared}
        assert owner.post(path, data=data).status_code == 303
    assert "+502 5555 0142" in owner.get("/people/own").get_data(as_text=True)
    for who, both in ((town.officer, True), (town.two_hats, False)):
        page = sign_in(town.app, who).get("/people/rcx").get_data(as_text=True)
        assert "+502 5550 0142" in page
        assert ("+502 5555 0142" in page) is both
    assert "+502" not in sign_in(town.app, town.observer).get("/people/rcx").get_data(as_text=True)


def test_a_number_the_secretariat_adds_is_opened_by_its_owner_alone(town: Town) -> None:
    officer = sign_in(town.app, town.officer)
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == town.focal_point.person)).one().id
    for kind, value in (("telephone", "+502 5555 0142"), ("mail", "private@ministry.example")):
        path = f"/people/cards/{card}/{kind}"
        assert 'name="shared_with"' not in officer.get(path).get_data(as_text=True)
        data = {"csrf_token": token(officer, path), "value": value, "shared_with": "directory"}
        assert officer.post(path, data=data).status_code == 303
        assert value in officer.get("/people/rcx").get_data(as_text=True)
        assert value not in sign_in(town.app, town.two_hats).get("/people/rcx").get_data(as_text=True)


def test_only_the_owner_chooses_who_sees_a_number(town: Town) -> None:
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        number = session.scalars(
            select(ContactNumber).join(ContactCard).where(ContactCard.person_id == town.focal_point.person)
        ).one()
        key, path = number.id, f"/people/numbers/{number.id}/readers"
    for who, code in ((town.officer, 404), (town.two_hats, 404), (town.observer, 404), (town.focal_point, 303)):
        client = sign_in(town.app, who)
        data = {"csrf_token": token(client, "/account/"), "shared_with": SharedWith.SECRETARIAT.value}
        assert client.post(path, data=data).status_code == code
    with reading_as(town.engine, viewer(town.engine, town.two_hats.person, town.two_hats.hat)) as session:
        assert session.scalar(select(ContactNumber).where(ContactNumber.id == key)) is None


def test_a_number_whose_card_one_may_not_see_is_as_if_it_were_not_there(town: Town) -> None:
    """Opened to everyone by itself, while the card it stands on is kept to the governments' side."""
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == town.focal_point.person)).one()
        number = ContactNumber(card_id=card.id, kind="telephone", value="+502 5550 0142")
        attach(session, number, [public(session.get_one(Process, card.process_id))], container=card, widened=True)
        session.flush()
        key = number.id
    client = sign_in(town.app, town.coordinator)
    data = {"csrf_token": token(client, "/account/"), "shared_with": SharedWith.SECRETARIAT.value}
    for path in (f"/people/numbers/{key}/readers", f"/people/numbers/{key}/remove"):
        assert client.post(path, data=data).status_code == 404
    assert client.get(f"/readers/contact_numbers/{key}").status_code == 404


def test_an_observer_reads_and_changes_the_own_card(town: Town) -> None:
    client = sign_in(town.app, town.observer)
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == town.observer.person)).one()
        path, version = f"/people/cards/{card.id}", card.version
    data = {
        "csrf_token": token(client, path),
        "version": str(version),
        "name": "Focal point, Colombia",
        "languages": ["es", "en"],
        "zone": "America/Bogota",
        "address_as-es": "Distinguida señora",
    }
    assert client.post(path, data=data).status_code == 303
    assert "Distinguida señora" in client.get("/people/own").get_data(as_text=True)
    stale = client.post(path, data=data | {"name": "Somebody else"})
    assert stale.status_code == 409, "a stale save shows both texts"
    assert "Focal point, Colombia" in stale.get_data(as_text=True)


def test_the_card_of_another_cannot_be_changed_and_is_as_if_it_were_not_there(town: Town) -> None:
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == town.focal_point.person)).one().id
    for who in (town.two_hats, town.observer, town.coordinator, town.administrator):
        client = sign_in(town.app, who)
        hidden, missing = client.get(f"/people/cards/{card}"), client.get(f"/people/cards/{uuid4()}")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert hidden.get_data(as_text=True).replace(str(card), "") != ""


def test_a_new_mail_address_is_not_written_to_before_it_is_confirmed(town: Town) -> None:
    client = sign_in(town.app, town.focal_point)
    process, track = town.world.id["process"], town.world.id["government"]
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == town.focal_point.person)).one().id
    path = f"/people/cards/{card}/mail"
    data = {"csrf_token": token(client, path), "value": "another@ministry.example", "shared_with": "directory"}
    assert client.post(path, data=data).status_code == 303
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        known = queries.mail_address_of(session, town.focal_point.person, process, track)
        assert known == town.focal_point.email
        assert {(mail.notice, mail.address) for mail in session.scalars(select(OutboxMessage))} == {
            ("address_confirmation", "another@ministry.example"),
            ("address_asked", town.focal_point.email),
        }


def test_who_is_invited_ad_hoc_and_reads_no_process_gives_another_address(town: Town) -> None:
    with system_unit(town.engine, Reason.REFERENCE) as session:
        from secretariat.processes.models import Participation, StandingKind

        for one in session.scalars(
            select(Participation).where(Participation.participant_id == town.focal_point.hat.id)
        ):
            one.standing = StandingKind.INVITED_AD_HOC
    client = sign_in(town.app, town.focal_point)
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == town.focal_point.person)).one().id
    path = f"/people/cards/{card}/mail"
    data = {"csrf_token": token(client, path), "value": "another@ministry.example", "shared_with": "directory"}
    answer = client.post(path, data=data)
    assert (answer.status_code, answer.location) == (303, "/people/own")


def test_cards_are_erased_when_their_time_has_come(town: Town) -> None:
    from secretariat.directory.service import erase_ended_cards

    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == town.focal_point.person)).one()
        card.ends_on = now.today()
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        assert erase_ended_cards(session, now.today() - timedelta(days=1)) == 0
        assert erase_ended_cards(session, now.today()) == 1
        assert session.get(Person, town.focal_point.person) is not None
        assert session.get(Appointment, town.focal_point.appointment) is not None


def test_a_page_of_people_costs_the_same_for_few_and_for_many(town: Town) -> None:
    from tests.factories import people

    client = sign_in(town.app, town.officer)

    def cost() -> int:
        for _ in range(2):  # what is worked out once, for the first time a reader comes, is not what is counted
            client.get("/people/rcx")
        with statements_sent() as counted:
            client.get("/people/rcx")
        return len(counted)

    few = cost()
    with system_unit(town.engine, Reason.REFERENCE) as session:
        from secretariat.processes.models import Participant, Track

        track = session.get_one(Track, town.world.id["government"])
        for key in ("bz", "hn", "mx", "gt") * 3:
            people.alternate(session, track, session.get_one(Participant, town.world.id[key]))
    assert cost() == few
