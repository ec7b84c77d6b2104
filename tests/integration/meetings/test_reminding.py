"""A colleague in another ministry who is asked again for a draft: once a day, a few times, by its government alone."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import awaited, clock
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_access, system_unit
from secretariat.directory import viewers
from secretariat.directory.models import Appointment
from secretariat.follow_up import letters as digests
from secretariat.follow_up import service as follow_up
from secretariat.mail import delivery
from secretariat.mail.lent import MOST_REMINDERS
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import service
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.lent_queries import prepared_item
from tests.factories.meetings import acting, again
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_delegations import meeting_of
from tests.integration.meetings.test_lent_drafts import COLLEAGUE, KINDS, LINK, draft, form_of, lent, mails, passed

PAGE = "/processes/rcx/my-government"


def days_ago(stage: Stage, days: int) -> None:
    """What is lent was lent, and last asked for, so many days ago."""
    with system_unit(stage.engine, Reason.MAIL) as system:
        for one in system.scalars(select(LentDraft)):
            one.lent_at -= timedelta(days=days)
            one.reminded_on = one.reminded_on - timedelta(days=days) if one.reminded_on else None


def reminders(stage: Stage) -> int:
    with system_unit(stage.engine, Reason.MAIL) as system:
        return system.query(OutboxMessage).filter_by(notice="draft_reminded").count()


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_that_waits_is_shown_with_its_age_and_asked_for_by_one_press(
    app: Flask, stage: Stage, settings: Settings, kind: str
) -> None:
    _key, page = draft(app, stage, meeting_of(stage), kind)
    first = passed(app, stage, settings, page)
    desk = Desk(app, stage.focal["mx"])
    [one] = lent(stage)
    remind = f"{PAGE}/drafts/{one.id}/remind"
    assert remind not in desk.get(PAGE), "it was passed on today"
    days_ago(stage, 12)
    shown = desk.get(PAGE)
    assert "12 days ago" in shown
    assert remind in shown
    desk.send(remind, {}, form_at=PAGE)
    [(to, subject, words)] = mails(stage, settings)
    assert to == COLLEAGUE
    assert "A draft is with you" in subject
    assert "Return of children" not in subject + words
    assert "Maria" not in words
    link = LINK.search(words)
    assert link
    assert "Return of children" in Desk(app).get(link[1])
    assert "Return of children" in Desk(app).get(first), "the first link stays good"
    assert remind not in desk.get(PAGE), "once a day"
    typed = {key: value for key, value in form_of(kind).items() if key != "readers"}
    Desk(app).send(link[1], {**typed, "word": "Here it is", "act": "give"})
    assert "came back" in desk.get(PAGE)


def test_a_doubled_press_and_a_second_one_that_day_send_once(app: Flask, stage: Stage, settings: Settings) -> None:
    _key, page = draft(app, stage, meeting_of(stage), "item")
    passed(app, stage, settings, page)
    days_ago(stage, 4)
    [one] = lent(stage)
    desk = Desk(app, stage.focal["mx"])
    remind = f"{PAGE}/drafts/{one.id}/remind"
    shown = desk.get(PAGE)
    form = shown[shown.index(remind) :]
    unseen = {
        name: form.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        for name in ("csrf_token", "nonce")
    }
    codes = [desk.client.post(remind, data=unseen).status_code for _press in range(2)]
    assert codes == [303, 302]
    location, _page = desk.send(remind, {}, form_at=PAGE)
    assert "written to today already" in desk.get(location.partition("#")[0])
    other = Desk(app, stage.focal["mx"])
    other.send(page, {"act": f"remind:{one.id}"})
    assert reminders(stage) == 1
    assert len(mails(stage, settings)) == 1


def test_it_is_asked_for_so_often_and_no_more(app: Flask, stage: Stage, settings: Settings) -> None:
    _key, page = draft(app, stage, meeting_of(stage), "item")
    passed(app, stage, settings, page)
    [one] = lent(stage)
    desk = Desk(app, stage.focal["mx"])
    for _time in range(MOST_REMINDERS):
        days_ago(stage, 2)
        desk.send(page, {"act": f"remind:{one.id}"})
    days_ago(stage, 2)
    assert "/remind" not in desk.get(PAGE)
    desk.send(page, {"act": f"remind:{one.id}"})
    assert "as often as is courteous" in desk.get(page)
    assert reminders(stage) == MOST_REMINDERS


def test_what_is_back_or_taken_back_is_asked_of_nobody(app: Flask, stage: Stage, settings: Settings) -> None:
    _key, page = draft(app, stage, meeting_of(stage), "paper")
    link = passed(app, stage, settings, page)
    days_ago(stage, 4)
    [one] = lent(stage)
    desk = Desk(app, stage.focal["mx"])
    desk.send(f"{PAGE}/drafts/{one.id}/remind", {}, form_at=PAGE)
    desk.send(f"{PAGE}/drafts/{one.id}/take-back", {}, form_at=PAGE)
    assert mails(stage, settings) == [], "what waited in the outbox does not leave any more"
    assert "Return of children" not in Desk(app).get(link)
    assert "Maria Lopez" not in desk.get(PAGE)
    days_ago(stage, 4)
    desk.send(f"{PAGE}/drafts/{one.id}/remind", {}, form_at=PAGE)
    assert "Your colleague has it no more" in desk.get(PAGE)
    assert reminders(stage) == 1


def test_only_its_own_government_reminds_and_takes_back(app: Flask, stage: Stage, settings: Settings) -> None:
    _key, page = draft(app, stage, meeting_of(stage), "paper")
    passed(app, stage, settings, page)
    days_ago(stage, 4)
    [one] = lent(stage)
    for reader in (stage.focal["bz"], stage.officer, stage.coordinator, stage.focal["co"]):
        for act in ("remind", "take-back"):
            Desk(app, reader).send(f"{PAGE}/drafts/{one.id}/{act}", {}, 404, form_at="/processes/rcx/meetings/")
    assert (reminders(stage), lent(stage)[0].closed_at) == (0, None)


def test_where_the_lender_has_left_the_link_is_made_anew(app: Flask, stage: Stage) -> None:
    """The link reads with the eyes of who passed the draft on: without them a reminder would lead nowhere."""
    meeting = meeting_of(stage)
    with acting(stage.engine, stage.focal["gt"]) as session:
        words = service.ProposedItem(title=LocalText.of("Return of children"))
        key = service.prepare_item(session, again(session, meeting), words).id
        item = prepared_item(session, key)
        assert item is not None
        service.pass_on(session, item, "Maria Lopez, Labour", COLLEAGUE)
    days_ago(stage, 4)
    with system_unit(stage.engine, Reason.ADMINISTRATION) as session:
        held = select(Appointment).where(Appointment.person_id == stage.focal["gt"].person)
        session.scalars(held).one().until = clock.today()
    desk = Desk(app, stage.alternate["gt"])
    [one] = lent(stage)
    desk.send(f"{PAGE}/drafts/{one.id}/remind", {}, form_at=PAGE)
    assert "pass it on anew" in desk.get(PAGE)
    assert reminders(stage) == 0


def test_the_digest_tells_of_drafts_that_wait_by_their_meeting_alone(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    """Nothing of them is kept with the digest, which the secretariat may look at; it does not send one for them."""
    meeting = meeting_of(stage)
    _key, page = draft(app, stage, meeting, "paper")
    passed(app, stage, settings, page)
    days_ago(stage, 4)
    mx = stage.focal["mx"]
    who = follow_up.Recipient(mx.person, mx.hat, stage.id["process"], stage.id["government"])
    assert "not back yet" not in digest_of(stage, settings, who, stage.officer)
    words = digest_of(stage, settings, who, mx)
    assert "A draft of yours is with a colleague and not back yet:" in words
    assert "21st Vice-Ministerial Meeting" in words
    assert "Return of children" not in words
    assert "Maria" not in words
    assert PAGE in words
    with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as system:
        kinds = {one.kind for one in awaited.awaited(system, clock.today())}
    assert not any("draft" in one for one in kinds), "what waits in a capital is awaited of nobody outside it"


def digest_of(stage: Stage, settings: Settings, who: follow_up.Recipient, reader: Official) -> str:
    """The digest as this reader would see it."""
    with acting(stage.engine, reader) as session:
        with system_access(session, Reason.FOLLOW_UP) as system:
            viewer = viewers.make_viewer(system, who.person, who.hat, clock.today())
            unsent = OutboxMessage(
                id=UUID(int=0), notice="digest", number="XXXX-XXXX", person_id=who.person, hat=str(who.hat),
                process_id=who.process, track_id=who.track, subject={},
            )  # fmt: skip
            sending = delivery.sending_of(system, settings, unsent, viewer, preview=True)
        things = list(awaited.awaited(session, clock.today(), process=who.process, participant=who.hat.id))
        made = digests.letter(session, sending, things, {one.subject for one in things}, "", "")
        return made.text
