"""The pages of meetings: from the form to the confirmed outcome, bad input, what is hidden, how much work it is."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, system_unit
from secretariat.mail import links
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import queries, service
from secretariat.meetings.models import (
    Adoption,
    Answer,
    Attendance,
    AttributionRule,
    Meeting,
    MeetingState,
    OutcomeState,
)
from tests.factories.meetings import acting, again, calm_in, in_days, invited, looking, outcome, particulars, scheduled
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

NEW = "/processes/rcx/meetings/new"


def typed(stage: Stage, **fields: Any) -> dict[str, Any]:
    """The form of a meeting of the plenary, filled in."""
    return {
        "body": str(stage.id["plenary"]),
        "starts_on": calm_in(30).isoformat(),
        "ends_on": (calm_in(30) + timedelta(days=1)).isoformat(),
        "zone": "America/Panama",
        "begins": "09:00",
        "ends": "17:00",
        "place-en": "Panama City",
        "languages": ["es", "en"],
        "attribution": "chatham_house",
        "readers": "members",
        "notice": "same",
        **fields,
    }


def link_for(stage: Stage, settings: Settings, one: Official, subject: UUID) -> str:
    with system_unit(stage.engine, Reason.MAIL) as system:
        made = links.issue(
            system,
            key=f"test:{one.person}",
            scope="reply",
            person=one.person,
            hat=one.hat,
            process=stage.id["process"],
            track=stage.id["government"],
            subjects=[subject],
        )
    return f"/l/{links.token_of(settings.secret_key, made)}/reply"


def own_invitation(stage: Stage, meeting: UUID, key: str) -> UUID:
    with looking(stage.engine, stage.officer) as session:
        found = queries.own_invitation(session, meeting, stage.id[key])
        assert found is not None
        return found.id


def plenary(stage: Stage, **fields: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting", **fields)
        invited(session, meeting)
        return meeting.id


def held(stage: Stage, **fields: Any) -> UUID:
    """A meeting of the steering group that took place yesterday."""
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Steering Group", readers=service.Readers.BODY, **fields)
        invited(session, meeting)
        key = meeting.id
        moved = particulars(
            starts_on=in_days(-1), ends_on=in_days(-1), last_ends=None, readers=service.Readers.BODY, **fields
        )
        service.change_meeting(session, again(session, key), moved)
        service.record_attendance(session, again(session, key), {})
        return key


def test_to_a_meeting_that_is_over_no_letter_leaves_and_none_is_said_to(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting").id
        moved = particulars(starts_on=in_days(-2), ends_on=in_days(-2), last_ends=None)
        service.change_meeting(session, again(session, meeting), moved)
    desk = Desk(app, stage.officer)
    assert "receives one letter" not in desk.get(f"/meetings/{meeting}/invite")
    desk.send(f"/meetings/{meeting}/invite", {"chosen": str(stage.id["mx"])})
    assert "No letter leaves: the meeting is over." in desk.get(f"/meetings/{meeting}")
    with system_unit(stage.engine, Reason.MAIL) as system:
        assert system.scalars(select(OutboxMessage).where(OutboxMessage.notice == "meeting_invitation")).all() == []
    with looking(stage.engine, stage.officer) as session:
        assert [one.participant_id for one in queries.invitations_of(session, meeting)] == [stage.id["mx"]]


def test_from_the_form_to_the_invitations(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    location, _page = desk.send(NEW, typed(stage, act="announce"))
    assert location.endswith("/invite")
    with looking(stage.engine, stage.officer) as session:
        (meeting,) = session.scalars(select(Meeting))
        assert (str(meeting.title), meeting.state) == (
            "1st Vice-Ministerial Meeting",
            MeetingState.ANNOUNCED,
        )
        key = meeting.id
    members = [str(stage.id[one]) for one in ("bz", "gt", "hn", "mx")]
    ticked = re.findall(r'<input checked[^>]*value="([0-9a-f-]{36})"', desk.get(location))
    assert sorted(ticked) == sorted(members)
    desk.send(location, {"chosen": members, "answer_by": in_days(10).isoformat()})
    shown = desk.get(f"/meetings/{key}")
    assert "Nobody is on record to write to: Honduras." in shown
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        assert len(system.scalars(select(OutboxMessage.id)).all()) == 4


def test_an_answer_from_the_link_of_a_mail_needs_no_password(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = plenary(stage)
    address = link_for(stage, settings, stage.focal["gt"], own_invitation(stage, meeting, "gt"))
    desk = Desk(app)
    assert "You answer for Guatemala." in desk.get(address)
    location, _page = desk.send(address, {"answer": "attends", "persons": "4", "head_name": "Vice-Minister, Guatemala"})
    assert "Saved: you will attend." in desk.get(location)
    with looking(stage.engine, stage.focal["mx"]) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        assert own.head is not None
        assert (own.answer, own.persons, own.head.name) == (Answer.ATTENDS, 4, "Vice-Minister, Guatemala")


def test_an_answer_to_a_cancelled_meeting_says_so_and_keeps_nothing(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    meeting = plenary(stage)
    address = link_for(stage, settings, stage.focal["gt"], own_invitation(stage, meeting, "gt"))
    desk = Desk(app)
    desk.get(address)
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, meeting), MeetingState.CANCELLED, None)
    said = "This meeting was cancelled; no answer is needed any more"
    assert said in desk.get(address)
    late = {"answer": "attends", "head_name": "Ana Pérez"}
    _location, page = desk.send(address, late, 422, form_at="/account/sign-in")
    assert said in page
    assert 'value="Ana Pérez"' in page  # what was typed stands there still
    with looking(stage.engine, stage.officer) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        assert own.answer is Answer.AWAITED


def test_bad_input_is_said_beside_its_field_and_stores_nothing(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    long_title = "اجتماع " * 60
    for given, sentence in (
        ({"ends_on": in_days(29).isoformat()}, "The last day lies before the first; give the same day or a later one"),
        ({"ends_on": in_days(400).isoformat()}, "That would be more than a month; check the year of the last day"),
        ({"ends": "08:00"}, "The day would end before it begins; give a later hour"),
        ({"ends": ""}, "Give the hour at which each day ends, for example 17:00"),
        ({"zone": "Mars/Olympus"}, "There is no such time zone; choose the place whose time it is"),
        ({"title-ar": long_title.strip()}, f"Shorten this by {len(long_title.strip()) - 300} characters."),
        ({"join_address": "javascript:alert(1)"}, "Give the whole address, beginning with https://"),
        ({"starts_on": "31 April"}, None),
    ):
        wrong = desk.wrong(NEW, typed(stage, **given))
        assert len(wrong) == 1, (given, wrong)
        assert sentence is None or wrong == [sentence]
    for day, hour, sentence in (
        (date(2027, 3, 14), "02:30", "pass over this hour"),
        (date(2027, 11, 7), "01:30", "this hour comes twice there"),
    ):
        days = {"starts_on": day.isoformat(), "ends_on": "", "zone": "America/New_York", "begins": hour}
        (wrong_hour,) = desk.wrong(NEW, typed(stage, **days))
        assert sentence in wrong_hour
    with looking(stage.engine, stage.officer) as session:
        assert session.scalars(select(Meeting.id)).all() == []


def test_a_last_day_before_the_first_is_said_with_all_else_that_is_wrong(app: Flask, stage: Stage) -> None:
    given = typed(stage, starts_on=in_days(9).isoformat(), ends_on=in_days(2).isoformat(), zone="Mars")
    wrong = Desk(app, stage.officer).wrong(NEW, given)
    assert len(wrong) == 2
    assert "The last day lies before the first; give the same day or a later one" in wrong


def test_what_was_typed_is_kept(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    given = typed(stage, **{"title-es": "Reunión <de> trabajo", "ends_on": in_days(2).isoformat()})
    _location, page = desk.send(NEW, given, 422)
    assert 'value="Reunión &lt;de&gt; trabajo"' in page
    assert f'value="{in_days(2).isoformat()}"' in page


def test_what_is_pasted_is_not_cut_by_the_browser(app: Flask, stage: Stage) -> None:
    """It comes back whole, with how much is too long."""
    desk, pasted = Desk(app, stage.officer), "A title of many words " * 20
    assert "maxlength" not in desk.get(NEW)
    _location, page = desk.send(NEW, typed(stage, **{"title-es": pasted}), 422)
    assert pasted.strip() in page
    assert f"Shorten this by {len(pasted.strip()) - 300} characters." in page


def test_a_stale_save_shows_both_texts(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    desk = Desk(app, stage.officer)
    path = f"/meetings/{meeting}/edit"
    page = desk.get(path)
    version = re.findall(r'name="version"[^>]*value="(\d+)"', page)[0]
    with acting(stage.engine, stage.officer) as session:
        service.change_meeting(session, again(session, meeting), particulars(place=LocalText.of("Antigua")))
    given = typed(stage, **{"version": version, "title-en": "Another", "place-en": "Tegucigalpa"})
    given.pop("body")
    _location, page = desk.send(path, given, 409)
    assert "Tegucigalpa" in page
    assert "<q>Antigua</q>" in page


def test_a_text_that_names_a_participant_is_queried_before_it_is_kept(app: Flask, stage: Stage) -> None:
    meeting = held(stage)
    desk = Desk(app, stage.officer)
    path = f"/meetings/{meeting}/outcomes/new"
    given = {"kind": "conclusion", "text-es": "México dijo que enviará las cifras."}
    _location, page = desk.send(path, given, 422)
    assert "This names México." in page
    [asked] = re.findall(r'name="names_asked"[^>]*value="([^"]*)"', page)
    with looking(stage.engine, stage.officer) as session:
        assert queries.outcomes_of(session, meeting) == []
    desk.send(path, {**given, "names_stand": "y", "names_asked": html.unescape(asked)})
    with looking(stage.engine, stage.officer) as session:
        assert [one.state for one in queries.outcomes_of(session, meeting)] == [OutcomeState.DRAFT]


def test_a_draft_is_for_secretariat_and_chair_until_the_chair_confirms(app: Flask, stage: Stage) -> None:
    meeting = held(stage)
    with acting(stage.engine, stage.officer) as session:
        draft = outcome(session, again(session, meeting), "Exchange monthly figures").id
    member, chair = Desk(app, stage.focal["mx"]), Desk(app, stage.chair)
    page = f"/meetings/{meeting}"
    assert "Exchange monthly figures" not in member.get(page)
    assert "Exchange monthly figures" in chair.get(page)
    chair.send(f"{page}/outcomes/{draft}/confirm", {"adoption": "consensus"})
    assert "Exchange monthly figures" in member.get(page)
    with looking(stage.engine, stage.focal["mx"]) as session:
        (found,) = queries.outcomes_of(session, meeting)
        assert (found.number, found.confirmed_by_id, found.confirmed_word) == (1, stage.chair.person, "")


def test_the_secretariat_says_how_the_chair_confirmed(app: Flask, stage: Stage) -> None:
    meeting = held(stage)
    with acting(stage.engine, stage.officer) as session:
        draft = outcome(session, again(session, meeting), "Exchange monthly figures").id
    desk = Desk(app, stage.officer)
    path = f"/meetings/{meeting}/outcomes/{draft}/confirm"
    assert desk.wrong(path, {"adoption": "consensus"}) == [
        "Say how the chair confirmed, for example: in the room, at the closing session"
    ]
    given = {"adoption": "named_participants", "word": "In the room"}
    assert desk.wrong(path, given) == ["Tick those by whom it is, and only where it is by those named alone"]
    desk.send(path, {**given, "named": [str(stage.id["gt"])]})
    with looking(stage.engine, stage.focal["mx"]) as session:
        (found,) = queries.outcomes_of(session, meeting)
        assert (found.confirmed_by_id, found.confirmed_word) == (None, "In the room")
    onward = f'href="/outcomes/{draft}/propose"'
    assert [onward in Desk(app, one).get(f"/meetings/{meeting}") for one in (stage.officer, stage.focal["mx"])] == [
        True,
        False,
    ]


def test_off_the_record_keeps_only_what_the_chair_confirms(app: Flask, stage: Stage) -> None:
    meeting = held(stage, attribution=AttributionRule.OFF_THE_RECORD)
    desk = Desk(app, stage.officer)
    path = f"/meetings/{meeting}/outcomes/new"
    given = {"kind": "decision", "text-en": "Meet again in spring"}
    assert len(desk.wrong(path, given)) == 2
    with acting(stage.engine, stage.officer) as session, pytest.raises(NotAllowed):
        outcome(session, again(session, meeting), "Meet again in spring")
    desk.send(path, {**given, "adoption": "consensus", "word": "In the room"})
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert [one.state for one in queries.outcomes_of(session, meeting)] == [OutcomeState.CONFIRMED]


def test_the_calendar_file_is_for_whoever_reads_the_meeting(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    content = Desk(app, stage.focal["gt"]).get(f"/meetings/{meeting}/calendar.ics")
    assert f"UID:{meeting}" in content
    assert "METHOD:PUBLISH" in content
    assert "ATTENDEE" not in content
    Desk(app, stage.focal["co"]).get(f"/meetings/{meeting}/calendar.ics", 404)


TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]*)"')


def addresses(app: Flask, **ids: Any) -> list[tuple[str, str]]:
    """Every route of this feature that takes ids, filled in with these."""
    rules = [
        one
        for one in app.url_map.iter_rules()
        if one.endpoint.startswith("meetings.") and "meeting_id" in one.arguments
    ]
    made = []
    with app.test_request_context():
        for rule in rules:
            address = app.url_for(rule.endpoint, **{name: ids.get(name, "pdf") for name in rule.arguments})
            made += [(method, address) for method in sorted(rule.methods or ()) if method in ("GET", "POST")]
    assert len(made) > 15
    return made


def test_hidden_and_missing_are_the_same_on_every_route(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, announce=False)
        item = service.add_item(session, meeting, service.ItemWords(title=LocalText.of("Opening")))
        hidden = {"meeting_id": meeting.id, "item_id": item.id}
    other = held(stage)
    with acting(stage.engine, stage.officer) as session:
        hidden["outcome_id"] = outcome(session, again(session, other), "A draft").id
    missing = {name: uuid4() for name in hidden}
    for reader in (stage.focal["bz"], stage.coordinator):
        desk = Desk(app, reader)
        token = TOKEN.findall(desk.get("/account/"))[0]
        for (method, there), (_method, nowhere) in zip(
            addresses(app, **hidden), addresses(app, **missing), strict=True
        ):
            data = {"csrf_token": token, "nonce": uuid4().hex} if method == "POST" else None
            pages = []
            for address in (there, nowhere):
                answer = desk.client.open(address, method=method, data=data)
                page = answer.get_data(as_text=True).replace(address, "")
                pages.append((answer.status_code, TOKEN.sub("", page)))  # the token's signature tells the second
            assert pages[0] == pages[1], (method, there)
            assert pages[0][0] == 404, (method, there)


def filled(stage: Stage, meeting: UUID, rows: int) -> None:
    """So many agenda items and outcomes."""
    with acting(stage.engine, stage.officer) as session:
        for number in range(rows):
            words = service.ItemWords(title=LocalText.of(f"Item {number}"), minutes=10, led_by_id=stage.id["gt"])
            item = service.add_item(session, again(session, meeting), words)
            service.add_item(session, again(session, meeting), replace(words, within=item.id))
            made = outcome(session, again(session, meeting), f"Outcome {number}")
            if number:
                confirmation = service.Confirmation(adoption=Adoption.CONSENSUS, word="In the room")
                service.confirm_outcome(session, again(session, meeting), made, confirmation)


def test_the_page_of_a_meeting_is_the_same_work_for_one_row_and_for_many(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        few = scheduled(session, body="Vice-Ministerial Meeting")
        service.invite(session, few, [stage.id["gt"]])
        few_id = few.id
    many_id = plenary(stage)
    filled(stage, few_id, 2)
    filled(stage, many_id, 7)
    desk = Desk(app, stage.officer)
    counts = []
    for meeting in (few_id, many_id, few_id, many_id):
        with statements_sent() as sent:
            desk.get(f"/meetings/{meeting}")
        counts.append(len(sent))
    assert counts[2] == counts[3]


def test_the_list_is_the_same_work_for_one_meeting_and_for_many(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.focal["gt"])
    plenary(stage)
    counts = []
    for more in (0, 5):
        with acting(stage.engine, stage.officer) as session:
            for number in range(more):
                scheduled(session, body="Vice-Ministerial Meeting", title=LocalText.of(f"Meeting {number}"))
        for _again in range(2):  # a changed reader is worked out once, and remembered at the second visit
            desk.get("/processes/rcx/meetings/")
        with statements_sent() as sent:
            desk.get("/processes/rcx/meetings/")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_attendance_is_noted_by_delegation(app: Flask, stage: Stage) -> None:
    meeting = held(stage)
    invitation = own_invitation(stage, meeting, "mx")
    Desk(app, stage.officer).send(f"/meetings/{meeting}/attendance", {f"at_{invitation.hex}": "represented"})
    with looking(stage.engine, stage.focal["gt"]) as session:
        noted = {one.participant_id: one.attendance for one in queries.invitations_of(session, meeting)}
    assert noted == {stage.id["mx"]: Attendance.REPRESENTED, stage.id["gt"]: None}


def test_a_draft_that_was_put_off_before_it_was_announced_stays_with_its_secretariat(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, announce=False, notice=service.NoticeReaders.PARTICIPANTS)
        key = meeting.id
        service.call_off_meeting(session, meeting, MeetingState.POSTPONED, None)
    with acting(stage.engine, stage.officer) as session:
        service.change_meeting(
            session, again(session, key), particulars(notice=service.NoticeReaders.PARTICIPANTS, ends_on=in_days(30))
        )
    for reader in (stage.focal["mx"], stage.focal["co"]):
        with looking(stage.engine, reader) as session:
            assert queries.meeting_by_id(session, key) is None
            assert queries.notice_of(session, key) is None
    with acting(stage.engine, stage.officer) as session:
        service.announce_meeting(session, again(session, key))
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert queries.meeting_by_id(session, key) is not None


def test_a_meeting_is_scheduled_like_the_last_one_of_its_body(app: Flask, stage: Stage) -> None:
    """All but title, days and the address at which one joins; the readers stay those of the earlier one."""
    desk = Desk(app, stage.officer)
    body = str(stage.id["steering"])
    first = typed(stage, body=body, readers=f"body:{body}", act="announce", join_address="https://meet.example/one")
    first |= {
        "title-en": "Third Meeting of the Steering Group",
        "place-en": "Hall of Mirrors",
        "attribution": "off_the_record",
    }
    location, _page = desk.send(NEW, first)
    key = re.findall(r"/meetings/([0-9a-f-]{36})", location)[0]
    assert f'href="{NEW}?like={key}"' in desk.get(NEW)
    page = html.unescape(desk.get(f"{NEW}?like={key}"))
    assert "Hall of Mirrors" in page
    for chosen in (body, "off_the_record", f"body:{body}"):
        assert re.search(rf'<(option|input)[^>]* (selected|checked)[^>]* value="{chosen}"', page), chosen
    for own in ("https://meet.example/one", 'value="Third Meeting', f'value="{calm_in(30).isoformat()}"'):
        assert own not in page, own


def test_a_meeting_is_like_none_that_is_not_there(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    for like in (uuid4(), "x"):
        assert desk.client.get(f"{NEW}?like={like}").status_code == 404


def opened(desk: Desk, path: str) -> dict[str, str]:
    """What the form of a page carries unseen."""
    page = desk.get(path)
    return {
        name: re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)[0] for name in ("csrf_token", "nonce", "version")
    }


def test_words_that_came_after_the_page_was_opened_are_not_confirmed_unseen(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Steering Group")
        made = outcome(session, meeting, "The members meet again in May")
        key, path = made.id, f"/meetings/{meeting.id}/outcomes/{made.id}/confirm"
    desk = Desk(app, stage.chair)
    unseen = opened(desk, path)
    with acting(stage.engine, stage.officer) as session:
        found = queries.outcome_by_id(session, key)
        assert found is not None
        assert found.meeting is not None
        other = service.OutcomeWords(kind="decision", text=LocalText.of("The members meet again in March"))
        service.change_outcome(session, found.meeting, found, other)
    answer = desk.client.post(path, data={**unseen, "adoption": "consensus"})
    assert answer.status_code == 409
    assert "meet again in March" in answer.get_data(as_text=True)
    with looking(stage.engine, stage.officer) as session:
        found = queries.outcome_by_id(session, key)
        assert found is not None
        assert found.state is OutcomeState.DRAFT
    desk.send(path, {"adoption": "consensus"})


def test_a_note_changed_after_the_page_was_opened_is_not_circulated_unseen(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session)
        service.write_note(session, meeting, None, LocalText.of("As first written."))
        key, path = meeting.id, f"/meetings/{meeting.id}/notes/circulate"
    desk = Desk(app, stage.officer)
    unseen = opened(desk, path)
    with acting(stage.engine, stage.officer) as session:
        service.write_note(session, again(session, key), None, LocalText.of("As written later."))
    assert desk.client.post(path, data=unseen).status_code == 409
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert queries.notes_of(session, key) == []
    desk.send(path, {})
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert [str(one.text) for one in queries.notes_of(session, key)] == ["As written later."]


def test_a_postponed_meeting_is_announced_again_with_its_new_days_in_one_go(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    location, _page = desk.send(NEW, typed(stage, act="announce"))
    page = location.removesuffix("/invite")
    desk.send(f"{page}/invite", {"chosen": str(stage.id["mx"])})
    desk.send(f"{page}/call-off", {"state": "postponed"})
    shown = desk.get(page)
    assert f'href="{page}/edit"' in shown
    assert "Announce it again" in desk.get(f"{page}/edit")
    days = {"starts_on": calm_in(60).isoformat(), "ends_on": calm_in(60).isoformat(), "title-en": "Plenary"}
    desk.send(f"{page}/edit", {**typed(stage, **days), "act": "keep"})
    assert "This meeting is postponed" in desk.get(page)
    desk.send(f"{page}/edit", {**typed(stage, **days), "act": "announce"})
    shown = desk.get(page)
    assert "This meeting is postponed" not in shown
    assert "Announced again. One person is told." in shown
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        notices = [one.notice for one in system.scalars(select(OutboxMessage))]
    assert sorted(notices) == ["meeting_called_off", "meeting_changed", "meeting_invitation"]
    desk.send(f"{page}/call-off", {"state": "postponed"})
    past = {"starts_on": calm_in(-60).isoformat(), "ends_on": calm_in(-60).isoformat(), "title-en": "Plenary"}
    said = desk.wrong(f"{page}/edit", {**typed(stage, **past), "act": "announce"})
    assert said == ["The last day of this meeting is over, so it is not announced as one to come; enter it as held"]
