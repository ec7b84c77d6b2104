"""Guests: an observer or the network, invited to single items; what they are told, read and answer."""

import html
import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from config import Settings
from secretariat.core import clock
from secretariat.core.labelling import attach, label_value, relabel
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import ContactCard
from secretariat.documents.models import Document, DocumentState
from secretariat.follow_up import letters
from secretariat.follow_up import service as follow_up
from secretariat.follow_up.views.update import BESIDE
from secretariat.mail import delivery, links
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import awaits, delegation_works, guest_queries, queries, service
from secretariat.meetings.guest_models import Guest, GuestItem, GuestSeat
from secretariat.meetings.models import AgendaItem, Answer, Meeting, MeetingState
from secretariat.meetings.service.guests import follow_guests
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import LifeState
from tests.factories.follow_up import on
from tests.factories.meetings import acting, again, in_days, looking, particulars, scheduled
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.mail import Sink
from tests.support.relay import ScriptedRelay

FORUM, RETURN, SHELTER = "Opening by the ministers", "Return with dignity", "Shelter for families"


@pytest.fixture
def meeting(stage: Stage) -> UUID:
    """A meeting of members with three items of known length on its first day."""
    with acting(stage.engine, stage.officer) as session:
        made = scheduled(session, body="Vice-Ministerial Meeting")
        for title, minutes in ((FORUM, 60), (RETURN, 90), (SHELTER, 30)):
            service.add_item(session, made, service.ItemWords(title=LocalText.of(title), minutes=minutes))
        return made.id


def item(stage: Stage, meeting: UUID, title: str) -> UUID:
    with looking(stage.engine, stage.officer) as session:
        return next(one.id for one in queries.agenda_of(session, meeting) if str(one.title) == title)


def guest(stage: Stage, meeting: UUID, *titles: str, network: bool = False) -> UUID:
    """Colombia, or the network, invited to these items."""
    with acting(stage.engine, stage.officer) as session:
        items = [item(stage, meeting, title) for title in titles]
        participants, networks = ((), [stage.id["network"]]) if network else ([stage.id["co"]], ())
        service.invite_guests(session, again(session, meeting), participants, networks, items, answer_by=in_days(5))
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        which = Guest.network_id.is_not(None) if network else Guest.participant_id == stage.id["co"]
        return system.scalars(select(Guest.id).where(which)).one()


def told(stage: Stage, one: Official, key: UUID) -> list[tuple[str, str, str]]:
    with looking(stage.engine, one) as session:
        found = guest_queries.guest_by_id(session, key)
        assert found is not None
        return [(str(each.title), f"{each.begins:%H:%M}", f"{each.ends:%H:%M}") for each in found.items]


def mails(stage: Stage, notice: str) -> list[OutboxMessage]:
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        found = system.scalars(select(OutboxMessage).where(OutboxMessage.notice == notice)).all()
        system.expunge_all()
        return sorted(found, key=lambda one: (one.subject["sequence"], one.key))


def test_a_guest_is_told_its_items_and_their_hours_and_reads_nothing_else(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    observer = stage.focal["co"]
    assert told(stage, observer, key) == [(RETURN, "10:00", "11:30")]
    with looking(stage.engine, observer) as session:
        assert queries.meeting_by_id(session, meeting) is None
        assert queries.meetings_of(session, stage.id["process"]) == []
        assert queries.agenda_of(session, meeting) == []
        assert queries.invitations_of(session, meeting) == []
        assert guest_queries.seats_of(session, meeting) == []
        assert [*session.scalars(select(Meeting)), *session.scalars(select(AgendaItem))] == []
    for other in (stage.focal["mx"], stage.chair, stage.coordinator, None):
        with looking(stage.engine, other) as session:
            assert guest_queries.guest_by_id(session, key) is None
            assert session.scalars(select(GuestItem)).all() == []


def test_the_network_is_a_guest_through_its_coordination_and_the_wall_stands(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, SHELTER, network=True)
    assert told(stage, stage.coordinator, key) == [(SHELTER, "11:30", "12:00")]
    with looking(stage.engine, stage.coordinator) as session:
        assert queries.meeting_by_id(session, meeting) is None
        assert session.scalars(select(GuestSeat)).all() == []
    for other in (stage.focal["co"], stage.focal["gt"]):
        with looking(stage.engine, other) as session:
            assert guest_queries.guest_by_id(session, key) is None
    [mail] = mails(stage, "guest_invitation")
    assert mail.person_id == stage.coordinator.person
    assert mail.track_id == stage.id["network"]


def test_who_reads_a_guest_is_the_guest_and_the_secretariat(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    with looking(stage.engine, stage.officer) as session:
        found = guest_queries.guest_by_id(session, key)
        assert found is not None
        named = clauses_of.named(
            again(session, meeting).process, again(session, meeting).track,
            audience=[clauses_of.participant(stage.id["co"]), clauses_of.secretariat(again(session, meeting).track)],
        )  # fmt: skip
        assert label_value(session, found.own_label_id or 0).clauses == frozenset({named})


def test_the_page_and_the_link_of_a_guest(app: Flask, stage: Stage, meeting: UUID, settings: Settings) -> None:
    key = guest(stage, meeting, RETURN)
    page = Desk(app, stage.focal["co"]).get(f"/guests/{key}")
    assert RETURN in page
    assert not [words for words in (FORUM, SHELTER, "Guatemala", "Mexico") if words in page]
    for stranger in (stage.focal["mx"], stage.coordinator):
        Desk(app, stranger).get(f"/guests/{key}", 404)
    Desk(app, stage.focal["co"]).get(f"/meetings/{meeting}", 404)
    token = link(stage, settings, stage.focal["co"], key)
    desk = Desk(app)
    assert RETURN in desk.get(f"/l/{token}/guest")
    desk.send(f"/l/{token}/guest", {"answer": "attends", "names": "Ana Pérez, Director\nBerta Ruiz"})
    with looking(stage.engine, stage.officer) as session:
        found = guest_queries.guest_by_id(session, key)
        assert found is not None
        assert (found.answer, found.names.splitlines()) == (Answer.ATTENDS, ["Ana Pérez, Director", "Berta Ruiz"])
        [seat] = guest_queries.seats_of(session, meeting)
        assert (seat.answer, seat.names) == (found.answer, found.names)


def link(stage: Stage, settings: Settings, one: Official, subject: UUID) -> str:
    with system_unit(stage.engine, Reason.MAIL) as system:
        made = links.issue(
            system, key=f"test:{one.person}", scope="guest", person=one.person, hat=one.hat, subjects=[subject],
            process=stage.id["process"], track=stage.id["government"],
        )  # fmt: skip
        return links.token_of(settings.secret_key, made)


def test_what_a_guest_answers_wrongly_is_said_at_its_field_and_nothing_is_lost(
    app: Flask, stage: Stage, meeting: UUID
) -> None:
    key = guest(stage, meeting, RETURN)
    desk, path = Desk(app, stage.focal["co"]), f"/guests/{key}"
    assert desk.wrong(path, {"answer": "attends", "names": "Ana Pérez\nana  PÉREZ"}) == [
        "“Ana Pérez” stands there twice"
    ]
    long = "م" * 301
    assert desk.wrong(path, {"answer": "attends", "names": long}) == [
        "One of the names is longer than can be; write one person on each line"
    ]
    _location, page = desk.send(path, {"answer": "attends", "names": long}, 422)
    assert long in page
    assert desk.wrong(path, {"answer": "will_answer", "will_answer_by": in_days(-2).isoformat()}) == [
        "That day is past; give one to come"
    ]
    desk.send(path, {"answer": "attends", "names": long[:300]})
    with looking(stage.engine, stage.focal["co"]) as session:
        found = guest_queries.guest_by_id(session, key)
        assert found is not None
        assert found.names == long[:300]


def test_nobody_answers_for_a_guest_but_itself(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    with acting(stage.engine, stage.officer) as session:
        found = guest_queries.guest_by_id(session, key)
        assert found is not None
        with pytest.raises(NotAllowed):
            service.answer_guest(session, found, service.GuestReply(answer=Answer.ATTENDS))


def answered(stage: Stage, key: UUID, names: str = "Ana Pérez") -> None:
    with acting(stage.engine, stage.focal["co"]) as session:
        found = guest_queries.guest_by_id(session, key)
        assert found is not None
        service.answer_guest(session, found, service.GuestReply(answer=Answer.ATTENDS, names=names))


def test_the_delegation_list_shows_guests_as_such(app: Flask, stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN, SHELTER)
    path = f"/meetings/{meeting}/delegations"
    assert "Colombia" not in Desk(app, stage.focal["mx"]).get(path)
    answered(stage, key)
    for reader in (stage.focal["mx"], stage.officer):
        page = html.unescape(Desk(app, reader).get(path))
        assert "Guests at single items" in page
        assert "Colombia" in page
        assert RETURN in page
    Desk(app, stage.focal["co"]).get(path, 404)
    with looking(stage.engine, stage.focal["mx"]) as session:
        [listed] = delegation_works.listed_guests(session, again(session, meeting))
        assert (listed.name, listed.standing, listed.names) == ("Colombia", "Observer", ["Ana Pérez"])


def test_a_seat_is_read_by_who_reads_the_item(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    answered(stage, key)
    at = item(stage, meeting, RETURN)
    with acting(stage.engine, stage.officer) as session:
        one = queries.agenda_item(session, meeting, at)
        assert one is not None
        track = again(session, meeting).track
        alone = clauses_of.named(again(session, meeting).process, track, audience=[clauses_of.secretariat(track)])
        relabel(session, one, [alone], why="kept to the secretariat")
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert guest_queries.seats_of(session, meeting) == []


def test_an_item_kept_to_fewer_is_neither_offered_nor_stays_with_a_guest(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN, SHELTER)
    at = item(stage, meeting, RETURN)
    with acting(stage.engine, stage.officer) as session:
        one = queries.agenda_item(session, meeting, at)
        assert one is not None
        meant = again(session, meeting)
        alone = clauses_of.named(meant.process, meant.track, audience=[clauses_of.secretariat(meant.track)])
        relabel(session, one, [alone], why="kept to the secretariat")
        service.change_item(session, meant, one, service.ItemWords(title=LocalText.of("A secret matter"), minutes=90))
        assert at not in {each.id for each in guest_queries.items_to_open(session, meeting)}
        with pytest.raises(Refused):
            service.change_items(session, meant, _guest(session, key), [at])
    assert [title for title, _begins, _ends in told(stage, stage.focal["co"], key)] == [SHELTER]


def _guest(session: Any, key: UUID) -> Guest:
    found = guest_queries.guest_by_id(session, key)
    assert found is not None
    return found


def test_a_raised_meeting_closes_its_items_to_guests_and_a_widened_one_does_not(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    with acting(stage.engine, stage.officer) as session:
        meant = again(session, meeting)
        relabel(session, meant, [clauses_of.participants_of(meant.process, meant.track)], why="opened")
        follow_guests(session, again(session, meeting))
    assert len(told(stage, stage.focal["co"], key)) == 1
    with acting(stage.engine, stage.officer) as session:
        meant = again(session, meeting)
        named = clauses_of.named(meant.process, meant.track, audience=[clauses_of.secretariat(meant.track)])
        relabel(session, meant, [named], why="raised")
        follow_guests(session, again(session, meeting))
    with looking(stage.engine, stage.focal["co"]) as session:
        found = guest_queries.guest_by_id(session, key)
        assert found is not None
        assert (found.items, found.withdrawn_at is not None) == ([], True)
    assert [one.notice for one in mails(stage, "guest_called_off")] == ["guest_called_off"]


def test_taking_the_item_off_the_agenda_withdraws_the_guest(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    with acting(stage.engine, stage.officer) as session:
        one = queries.agenda_item(session, meeting, item(stage, meeting, RETURN))
        assert one is not None
        service.remove_item(session, again(session, meeting), one)
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        found = system.get_one(Guest, key)
        assert (found.withdrawn_at is not None, found.sequence) == (True, 1)
        assert [*system.scalars(select(GuestItem)), *system.scalars(select(GuestSeat))] == []
    assert len(mails(stage, "guest_called_off")) == 1
    again_one = guest(stage, meeting, SHELTER)
    assert again_one == key
    assert told(stage, stage.focal["co"], key) == [(SHELTER, "10:00", "10:30")]


def test_an_item_taken_from_a_guest_is_told(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN, SHELTER)
    with acting(stage.engine, stage.officer) as session:
        kept = [item(stage, meeting, SHELTER)]
        assert service.change_items(session, again(session, meeting), _guest(session, key), kept) == 1
    assert [title for title, _begins, _ends in told(stage, stage.focal["co"], key)] == [SHELTER]
    assert [one.subject["sequence"] for one in mails(stage, "guest_changed")] == [1]
    with acting(stage.engine, stage.officer) as session:
        assert service.change_items(session, again(session, meeting), _guest(session, key), kept) == 0


def test_an_agenda_put_in_order_is_told_once_when_it_has_settled(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, SHELTER)
    for _step in range(2):
        with acting(stage.engine, stage.officer) as session:
            one = queries.agenda_item(session, meeting, item(stage, meeting, SHELTER))
            assert one is not None
            service.move_item(session, again(session, meeting), one, up=True)
    assert told(stage, stage.focal["co"], key) == [(SHELTER, "09:00", "09:30")]
    sent = mails(stage, "guest_changed")
    assert [one.subject["sequence"] for one in sent] == [1, 2]
    assert all(one.next_attempt_at > clock.now() + timedelta(minutes=20) for one in sent)


def test_only_those_who_have_not_answered_are_awaited(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    guest(stage, meeting, RETURN, network=True)
    with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as system:
        waiting = {(one.participant, one.track) for one in awaits.guests(system, None, None, clock.today())}
    assert waiting == {(stage.id["co"], stage.id["government"]), (None, stage.id["network"])}
    answered(stage, key)
    with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as system:
        assert [one.participant for one in awaits.guests(system, None, None, clock.today())] == [None]


@pytest.mark.parametrize("state", [LifeState.DORMANT, LifeState.CONCLUDED])
def test_of_a_body_that_rests_no_guest_is_asked(stage: Stage, meeting: UUID, state: LifeState) -> None:
    guest(stage, meeting, RETURN)
    guest(stage, meeting, RETURN, network=True)
    with system_unit(stage.engine, Reason.REFERENCE) as system:
        body = system.get_one(Meeting, meeting).body
        assert body is not None
        body.state = state
    for one in (stage.focal["co"], stage.coordinator, stage.officer):
        with looking(stage.engine, one) as session:
            assert list(awaits.guests(session, None, None, clock.today())) == []
    with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as system:
        assert list(awaits.guests(system, None, None, clock.today())) == []


def test_a_cancelled_meeting_takes_no_answer_of_a_guest(app: Flask, stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    desk, path = Desk(app, stage.focal["co"]), f"/guests/{key}"
    form = desk.get(path)
    unseen = {
        name: re.findall(rf'name="{name}"[^>]*value="([^"]*)"', form)[0] for name in ("csrf_token", "nonce", "version")
    }
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, meeting), MeetingState.CANCELLED, None)
    answer = desk.client.post(path, data={**unseen, "answer": "attends", "names": "Ana Pérez"})
    assert answer.status_code in (409, 422)
    assert "This meeting was cancelled" in answer.get_data(as_text=True)
    assert "Ana Pérez" not in str(told(stage, stage.focal["co"], key))


def test_the_invitation_page_leads_to_single_items_and_the_form_invites(
    app: Flask, stage: Stage, meeting: UUID
) -> None:
    desk = Desk(app, stage.officer)
    assert f"/meetings/{meeting}/guests" in desk.get(f"/meetings/{meeting}/invite")
    path = f"/meetings/{meeting}/guests"
    page = desk.get(path)
    assert "Colombia" in page
    assert "The civil-society network, through its coordination" in page
    assert "Belize" not in page
    at = str(item(stage, meeting, RETURN))
    assert desk.wrong(path, {"items": at}) == ["Tick at least one participant"]
    chosen = [str(stage.id["co"]), f"network:{stage.id['network']}"]
    desk.send(path, {"guests": chosen, "items": at})
    assert len(mails(stage, "guest_invitation")) == 2
    with looking(stage.engine, stage.officer) as session:
        ones = guest_queries.guests_of(session, meeting)
        keys = [one.id for one in ones]
    desk.send(f"{path}/{keys[0]}/items", {"items": str(item(stage, meeting, SHELTER))})
    desk.send(f"{path}/{keys[1]}/withdraw", {}, form_at=path)
    with looking(stage.engine, stage.officer) as session:
        [left] = guest_queries.guests_of(session, meeting)
        assert [str(one.title) for one in left.items] == [SHELTER]
    for stranger in (stage.focal["mx"], stage.coordinator):
        Desk(app, stranger).get(path, 404)


def test_letters_to_guests_are_read_in_full_before_they_leave_and_nothing_is_kept_of_that(
    app: Flask, stage: Stage, meeting: UUID, settings: Settings, smtp_sink: Sink
) -> None:
    desk, path = Desk(app, stage.officer), f"/meetings/{meeting}/guests"
    both = [str(stage.id["co"]), f"network:{stage.id['network']}"]
    typed = {"guests": both, "items": str(item(stage, meeting, RETURN))}

    def shown(at: str, sent: dict[str, Any], number: int) -> str:
        _location, page = desk.send(at, {**sent, "letter": str(number)}, 200)
        return html.unescape(page.partition('id="letters"')[2].partition("</section>")[0])

    def kept() -> int:
        with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
            return sum(system.query(one).count() for one in (OutboxMessage, Guest, GuestItem, GuestSeat))

    before = kept()
    read = [shown(path, typed, number) for number in range(2)]
    assert kept() == before
    assert all(RETURN in one and "/l/preview/guest" in one for one in read)
    assert not [words for one in read for words in (FORUM, SHELTER) if words in one]
    assert ["invites Colombia" in one for one in read] == [True, False]
    assert ["invites the civil-society network" in one for one in read] == [False, True]
    assert desk.wrong(path, {**typed, "items": [], "letter": "0"}) == ["Tick at least one item of the agenda"]
    desk.send(path, typed)
    assert len(mails(stage, "guest_invitation")) == 2
    delivery.deliver(stage.engine, settings)
    with looking(stage.engine, stage.officer) as session:
        key = next(one.id for one in guest_queries.guests_of(session, meeting) if one.participant_id is not None)
    other, before = {"items": str(item(stage, meeting, SHELTER))}, kept()
    changed = shown(f"{path}/{key}/items", other, 0)
    assert (SHELTER in changed, RETURN in changed, kept()) == (True, False, before)


def test_what_a_coordinator_keeps_to_the_own_side_is_not_in_the_letter_shown_beforehand(
    app: Flask, stage: Stage, meeting: UUID
) -> None:
    with system_unit(stage.engine, Reason.REFERENCE) as system:
        card = system.scalars(select(ContactCard).where(ContactCard.person_id == stage.coordinator.person)).one()
        card.languages, card.address_as = ["es"], {"es": "Estimada hermana"}
    desk, path = Desk(app, stage.officer), f"/meetings/{meeting}/guests"
    typed = {"guests": f"network:{stage.id['network']}", "items": str(item(stage, meeting, RETURN)), "letter": "0"}
    _location, page = desk.send(path, typed, 200)
    assert "The Secretariat invites the civil-society network" in html.unescape(page)
    assert "hermana" not in page
    assert "is known to its own side alone" in page


def test_a_paper_a_guest_may_read_stands_on_its_page_and_no_other(app: Flask, stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    with system_unit(stage.engine, Reason.REFERENCE) as system:
        meant = system.get_one(Meeting, meeting)
        for title, own in (("A paper for all", True), ("A paper of members", False)):
            paper = Document(
                process_id=meant.process_id, track_id=meant.track_id, meeting_id=meant.id, kind="working_paper",
                title=LocalText.of(title), state=DocumentState.ISSUED, issued_at=clock.now(), released_at=clock.now(),
            )  # fmt: skip
            readers_of = [clauses_of.participants_of(meant.process, meant.track)] if own else []
            attach(system, paper, readers_of, widened=own)
    page = Desk(app, stage.focal["co"]).get(f"/guests/{key}")
    assert "A paper for all" in page
    assert "A paper of members" not in page


def delivered(stage: Stage, settings: Settings, sink: Sink) -> list[tuple[str, str, str, Any]]:
    """Mails delivered since the last look to guests: address, text, METHOD and the one event of the calendar part."""
    before = {mail["Message-ID"] for mail in sink.mails}
    delivery.deliver(stage.engine, settings)
    found = []
    for mail in sink.mails:
        if mail["Message-ID"] not in before:
            part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
            [event] = Calendar.from_ical(part.get_content()).walk("VEVENT")
            text = mail.get_body(("plain",))
            assert text is not None
            found.append((str(mail["To"]), text.get_content(), str(part.get_param("method")), event))
    return found


def test_the_mail_of_a_guest_carries_the_hours_of_its_items_and_of_no_other(
    stage: Stage, meeting: UUID, settings: Settings, smtp_sink: Sink
) -> None:
    key = guest(stage, meeting, RETURN)
    guest(stage, meeting, SHELTER, network=True)
    mails_now = {address: rest for address, *rest in delivered(stage, settings, smtp_sink)}
    assert set(mails_now) == {stage.focal["co"].email, stage.coordinator.email}
    for one, title, hours, hidden in (
        (stage.focal["co"], RETURN, ("10:00", "11:30"), (FORUM, SHELTER)),
        (stage.coordinator, SHELTER, ("11:30", "12:00"), (FORUM, RETURN)),
    ):
        text, method, event = mails_now[one.email]
        whole = text + event.to_ical().decode().replace("\r\n ", "")
        assert title in whole
        assert not [words for words in (*hidden, "Belize", "Mexico") if words in whole]
        assert (method, event["sequence"]) == ("REQUEST", 0)
        assert (event["dtstart"].dt.strftime("%H:%M"), event["dtend"].dt.strftime("%H:%M")) == hours
    assert str(mails_now[stage.focal["co"].email][2]["uid"]) == str(key)
    with acting(stage.engine, stage.officer) as session:
        service.withdraw_guest(session, again(session, meeting), _guest(session, key))
    [(address, text, method, event)] = delivered(stage, settings, smtp_sink)
    assert (address, method, str(event["uid"]), event["sequence"]) == (
        stage.focal["co"].email, "CANCEL", str(key), 1,
    )  # fmt: skip
    assert RETURN not in text


def test_a_letter_that_waits_says_nothing_of_an_invitation_taken_back(
    stage: Stage, meeting: UUID, settings: Settings, smtp_sink: Sink
) -> None:
    key = guest(stage, meeting, RETURN)
    with acting(stage.engine, stage.officer) as session:
        service.withdraw_guest(session, again(session, meeting), _guest(session, key))
    assert [method for _address, _text, method, _event in delivered(stage, settings, smtp_sink)] == ["CANCEL"]


def test_names_of_guests_are_queried_under_the_attribution_rule_and_forgotten_in_time(
    stage: Stage, meeting: UUID
) -> None:
    key = guest(stage, meeting, RETURN)
    answered(stage, key, "Ximena Calderón")
    with looking(stage.engine, stage.officer) as session:
        names = queries.names_at_the_table(session, again(session, meeting))
        assert {"Colombia", "Ximena Calderón"} <= set(names)
    with clock.moved(timedelta(days=800)), system_unit(stage.engine, Reason.ADMINISTRATION) as system:
        assert service.forget_guests(system) == 1
        assert [one.names for one in system.scalars(select(GuestSeat))] == [""]


def test_a_new_day_and_a_new_place_reach_the_guest(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    with acting(stage.engine, stage.officer) as session:
        moved = particulars(starts_on=in_days(40), ends_on=in_days(40), last_ends=None)
        service.change_meeting(session, again(session, meeting), moved)
    with looking(stage.engine, stage.focal["co"]) as session:
        found = guest_queries.guest_by_id(session, key)
        assert found is not None
        assert ([one.day for one in found.items], found.last_on, found.sequence) == ([in_days(40)], in_days(40), 1)
    assert len(mails(stage, "guest_changed")) == 1


def test_a_guest_of_a_postponed_meeting_is_told_once_whatever_is_planned_anew(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    with acting(stage.engine, stage.officer) as session:
        assert service.call_off_meeting(session, again(session, meeting), MeetingState.POSTPONED, None) == 1
    with acting(stage.engine, stage.officer) as session:
        meant, days = again(session, meeting), {"starts_on": in_days(60), "ends_on": in_days(61)}
        first = queries.agenda_item(session, meeting, item(stage, meeting, FORUM))
        assert first is not None
        service.change_item(session, meant, first, service.ItemWords(title=LocalText.of(FORUM), minutes=30))
        service.change_meeting(session, meant, particulars(**days))
    assert len(mails(stage, "guest_called_off")) == 1
    with acting(stage.engine, stage.officer) as session:
        assert service.announce_meeting(session, again(session, meeting)) == 1
    [changed] = mails(stage, "guest_changed")
    with looking(stage.engine, stage.officer) as session:
        found = guest_queries.guest_by_id(session, key)
        assert found is not None
        assert found.sequence == changed.subject["sequence"] > mails(stage, "guest_called_off")[0].subject["sequence"]


def test_a_guest_of_a_postponed_meeting_is_told_of_what_ends_it(stage: Stage, meeting: UUID) -> None:
    key = guest(stage, meeting, RETURN)
    for state, told in ((MeetingState.POSTPONED, 1), (MeetingState.CANCELLED, 1)):
        with acting(stage.engine, stage.officer) as session:
            assert service.call_off_meeting(session, again(session, meeting), state, None) == told
    with acting(stage.engine, stage.officer) as session:
        assert service.withdraw_guest(session, again(session, meeting), _guest(session, key)) == 0


def test_two_invitations_to_single_items_are_answered_from_one_reminder(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    for title in (RETURN, SHELTER):
        with acting(stage.engine, stage.officer) as session:
            made = scheduled(session, body="Vice-Ministerial Meeting")
            one = service.add_item(session, made, service.ItemWords(title=LocalText.of(title), minutes=60))
            service.invite_guests(session, made, (stage.id["co"],), (), [one.id])
    workday = next(day for day in map(in_days, range(14, 20)) if day.weekday() < 5)
    with on(datetime.combine(workday, time(14), UTC)), ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        assert follow_up.scan(stage.engine) == {"digests": 1}
        delivery.deliver(stage.engine, settings)
        [digest] = [one for one in relay.taken if "Where things stand" in one["Subject"]]
        body = digest.get_body(("plain",))
        assert body is not None
        path = re.search(r"https?://[^/\s]+(/l/\S+)", str(body.get_content()))
        assert path is not None
        page = Desk(app).get(path[1])
        links_to = re.findall(r'href="(/l/[^"]+/guest)"', page)
        assert len(links_to) == 2
        assert {title for title in (RETURN, SHELTER) for each in links_to if title in Desk(app).get(each)} == {
            RETURN, SHELTER,
        }  # fmt: skip


def test_every_answer_a_reminder_asks_for_is_found_from_its_page() -> None:
    assert set(letters.SCOPES.values()) == {"update", *BESIDE}


def test_an_item_stands_before_its_parts_and_reading_it_anew_is_no_change(stage: Stage, meeting: UUID) -> None:
    with acting(stage.engine, stage.officer) as session:
        within = item(stage, meeting, RETURN)
        for title in ("Travel papers", "Reception"):
            words = service.ItemWords(title=LocalText.of(title), minutes=30, within=within)
            service.add_item(session, again(session, meeting), words)
    key = guest(stage, meeting, "Reception", "Travel papers", RETURN, FORUM)
    order = [title for title, _begins, _ends in told(stage, stage.focal["co"], key)]
    assert order == [FORUM, RETURN, "Travel papers", "Reception"]
    with acting(stage.engine, stage.officer) as session:
        assert follow_guests(session, again(session, meeting)) == 0
    assert mails(stage, "guest_changed") == []


def test_who_calls_the_meeting_off_is_told_that_guests_are_written_to(app: Flask, stage: Stage, meeting: UUID) -> None:
    guest(stage, meeting, RETURN)
    guest(stage, meeting, RETURN, network=True)
    desk, path = Desk(app, stage.officer), f"/meetings/{meeting}/call-off"
    page = " ".join(desk.get(path).split())
    assert "2 letters leave at once, to Colombia and the civil-society network" in page
    desk.send(path, {"state": "cancelled"})
    assert len(mails(stage, "guest_called_off")) == 2


def test_letters_of_a_change_and_of_calling_off_are_read_before_they_leave(
    app: Flask, stage: Stage, meeting: UUID, settings: Settings, smtp_sink: Sink
) -> None:
    guest(stage, meeting, RETURN)
    with acting(stage.engine, stage.officer) as session:
        service.invite(session, again(session, meeting), [stage.id["bz"]])
    delivery.deliver(stage.engine, settings)
    desk, edit = Desk(app, stage.officer), f"/meetings/{meeting}/edit"
    assert "2 persons are written to" in desk.get(edit)
    day = in_days(40).isoformat()
    typed = {
        "title-en": "Twenty-first meeting",
        "zone": "America/Panama",
        "attribution": "open",
        "notice": "same",
        "starts_on": day,
        "ends_on": day,
        "begins": "10:00",
        "ends": "12:00",
    }

    def kept() -> tuple[int, int]:
        with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
            return system.query(OutboxMessage).count(), system.get_one(Meeting, meeting).sequence

    def read(at: str, sent: dict[str, Any]) -> list[str]:
        pages = [desk.send(at, {**sent, "letter": str(number)}, 200)[1] for number in range(2)]
        return [html.unescape(one.partition('id="letters"')[2].partition("</section>")[0]) for one in pages]

    before = kept()
    changed = read(edit, typed)
    assert ["Change to a meeting" in one and "Twenty-first meeting" in one for one in changed] == [True, True]
    off = read(f"/meetings/{meeting}/call-off", {"state": "cancelled", "word-en": "The hall is closed"})
    assert ["Not as you were invited" in one or "cancelled" in one for one in off] == [True, True]
    assert kept() == before
    desk.send(f"/meetings/{meeting}/call-off", {"state": "cancelled", "word-en": "The hall is closed"})
    assert kept() == (before[0] + 2, before[1] + 1)


def test_new_days_that_are_only_kept_are_told_to_no_guest_and_the_end_of_a_postponed_meeting_is(
    stage: Stage, meeting: UUID
) -> None:
    key = guest(stage, meeting, RETURN)

    def on_other_days(days: int) -> None:
        with acting(stage.engine, stage.officer) as session:
            later = particulars(starts_on=in_days(days), ends_on=in_days(days + 1))
            assert service.change_meeting(session, again(session, meeting), later) == 0

    def called_off(state: MeetingState) -> None:
        with acting(stage.engine, stage.officer) as session:
            service.call_off_meeting(session, again(session, meeting), state, None)

    called_off(MeetingState.POSTPONED)
    on_other_days(90)
    on_other_days(120)
    assert len(mails(stage, "guest_called_off")) == 1
    with acting(stage.engine, stage.officer) as session:
        service.announce_meeting(session, again(session, meeting))
    assert len(mails(stage, "guest_changed")) == 1
    called_off(MeetingState.POSTPONED)
    called_off(MeetingState.CANCELLED)
    assert len(mails(stage, "guest_called_off")) == 3, "whoever waits for new days is told that none follow"
    assert told(stage, stage.focal["co"], key)
