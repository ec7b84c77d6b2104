"""A draft passed to a colleague in another ministry, worked on behind a link, given back and sent."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment
from secretariat.documents.models import Document
from secretariat.mail import delivery
from secretariat.mail.lent import MOST_IN_A_DAY, MOST_TO_ONE
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import lent_queries, service
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.models import ItemProposal, ItemState
from tests.factories import documents as made
from tests.factories.meetings import acting, again, looking
from tests.integration.documents.conftest import upload
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_delegations import meeting_of
from tests.integration.meetings.test_papers import invitation_link, reads, sent, typed
from tests.support.relay import ScriptedRelay

LINK = re.compile(r"https?://[^/\s]+(/l/\S+)")
COLLEAGUE = "labour@ministry.example"
PASSED = {"act": "pass", "name": "Maria Lopez, Labour", "address": COLLEAGUE, "asked": "Is the figure right?"}
KINDS = ("paper", "item")


def draft(app: Flask, stage: Stage, meeting: UUID, kind: str) -> tuple[UUID, str]:
    """A draft of Mexico, and the page on which it is prepared."""
    if kind == "paper":
        key = sent(app, stage, meeting, act="keep")
        return key, f"/meetings/{meeting}/papers/{key}"
    with acting(stage.engine, stage.focal["mx"]) as session:
        words = service.ProposedItem(title=LocalText.of("Return of children"), words=LocalText.of("Two cases"))
        key = service.prepare_item(session, again(session, meeting), words).id
    return key, f"/meetings/{meeting}/proposals/{key}/prepare"


def form_of(kind: str, **fields: Any) -> dict[str, Any]:
    """The form of a draft, with its words as they were."""
    own = {"kind": "non_paper", "language": "en"} if kind == "paper" else {"words-en": "Two cases"}
    readers = {"readers": "container" if kind == "paper" else "deciding"}
    return {"title-en": "Return of children", **own, **readers, **fields}


def passing(page: str, **fields: str) -> dict[str, Any]:
    """The form of the draft on this page, passed to a colleague."""
    return form_of("paper" if "/papers/" in page else "item", **{**PASSED, **fields})


def mails(stage: Stage, settings: Settings) -> list[tuple[str, str, str]]:
    """What leaves now: to whom, subject, words."""
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        delivery.deliver(stage.engine, settings)
        taken = list(relay.taken)
    found = []
    for one in taken:
        body = one.get_body(("plain",))
        assert body is not None
        found.append((one["To"], one["Subject"], str(body.get_content())))
    return found


def passed(app: Flask, stage: Stage, settings: Settings, page: str, **fields: str) -> str:
    """The path of the link a colleague gets."""
    mails(stage, settings)
    Desk(app, stage.focal["mx"]).send(page, passing(page, **fields))
    [(to, _subject, words)] = mails(stage, settings)
    assert to == fields.get("address", COLLEAGUE)
    assert "Return of children" not in words
    found = LINK.search(words)
    assert found
    return found[1]


def lent(stage: Stage) -> list[LentDraft]:
    with system_unit(stage.engine, Reason.MAIL) as system:
        found = list(system.scalars(select(LentDraft).order_by(LentDraft.lent_at)))
        system.expunge_all()  # as they were read
        return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_colleague_works_on_a_draft_and_the_focal_point_clears_and_sends_it(
    app: Flask, stage: Stage, settings: Settings, kind: str
) -> None:
    meeting = meeting_of(stage)
    key, page = draft(app, stage, meeting, kind)
    link = passed(app, stage, settings, page)
    colleague = Desk(app)
    shown = colleague.get(link)
    assert "Is the figure right?" in shown
    assert "Return of children" in shown
    text = {"file": upload(b"Twelve, not ten.\n", "twelve.txt")} if kind == "paper" else {"words-en": "Twelve"}
    typed = {key: value for key, value in form_of(kind).items() if key != "readers"}
    colleague.send(link, {**typed, "title-en": "Return of minors", **text, "act": "keep"})
    assert mails(stage, settings) == []
    assert "Return of minors" in colleague.get(link)
    colleague.send(link, {**typed, "title-en": "Return of minors", "word": "Twelve it is", "act": "give"})
    done = colleague.get(link)
    assert "The draft is back with your colleague" in done
    assert "Return of minors" not in done
    [(_to, subject, words)] = mails(stage, settings)
    assert "A draft has come back to you" in subject
    assert words.splitlines()[0] == "Named readers. For your government alone."
    assert "minors" not in words
    assert "Twelve" not in words
    back = LINK.search(words)
    assert back
    focal = Desk(app)
    assert "Twelve it is" in focal.get(back[1])
    assert seen_by_officer(stage, key) is False, "nothing is sent before the focal point sends it"
    focal.send(back[1], form_of(kind, **{"title-en": "Return of minors", "act": "send"}))
    assert seen_by_officer(stage, key) is True
    assert colleague.get(link).count("Return of minors") == 0
    assert mails(stage, settings) == [], "one mail a step, and none twice"


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_typed_goes_along_when_the_draft_is_passed(
    app: Flask, stage: Stage, settings: Settings, kind: str
) -> None:
    meeting = meeting_of(stage)
    _key, page = draft(app, stage, meeting, kind)
    link = passed(app, stage, settings, page, **{"title-en": "Return of minors, as typed last"})
    assert "as typed last" in Desk(app).get(link)
    desk = Desk(app, stage.focal["mx"])
    wrong = form_of(kind, **{**PASSED, "title-en": "Once more", "address": "no address"})
    assert desk.wrong(page, wrong) == ["Give an address as in mail, for example focal.point@ministry.example"]
    unsure = form_of(kind, **{**PASSED, "title-en": "", "address": "other@ministry.example"})
    assert len(desk.wrong(page, unsure)) == 1, "a draft without its words is not passed on"
    assert len(lent(stage)) == 1


def seen_by_officer(stage: Stage, key: UUID) -> bool:
    with looking(stage.engine, stage.officer) as session:
        paper = session.scalar(select(Document.id).where(Document.id == key))
        return paper is not None or session.scalar(select(ItemProposal.id).where(ItemProposal.id == key)) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_from_a_colleague_is_closed_to_it(
    app: Flask, stage: Stage, settings: Settings, kind: str
) -> None:
    meeting = meeting_of(stage)
    _key, page = draft(app, stage, meeting, kind)
    link = passed(app, stage, settings, page)
    desk = Desk(app, stage.focal["mx"])
    [one] = lent(stage)
    assert f'value="end:{one.id}"' in desk.get(page)
    before = Desk(app)
    form = before.get(link)
    unseen = {
        name: form.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        for name in ("csrf_token", "nonce", "version")
    }
    desk.send(page, {"act": f"end:{one.id}"})
    closed = Desk(app).get(link)
    assert "This is not needed any more" in closed
    assert "Return of children" not in closed
    late = before.client.post(link, data={**unseen, **form_of(kind, word="Too late", act="give")})
    assert "This is not needed any more" in late.get_data(as_text=True)
    [one] = lent(stage)
    assert (one.word, one.replied_at) == ("", None)
    desk.send(page, {"act": f"end:{one.id}"[:-1] + ("0" if str(one.id)[-1] != "0" else "1")}, 404)
    again_link = passed(app, stage, settings, page)
    assert again_link != link
    assert "Return of children" in Desk(app).get(again_link)


def test_a_mail_that_waits_does_not_leave_once_the_draft_was_sent(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    _key, page = draft(app, stage, meeting, "item")
    mails(stage, settings)
    desk = Desk(app, stage.focal["mx"])
    desk.send(page, passing(page))
    desk.send(page, form_of("item", act="send"))
    assert mails(stage, settings) == []


def test_the_colleague_reads_the_file_of_that_draft_and_no_other(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    key, page = draft(app, stage, meeting, "paper")
    link = passed(app, stage, settings, page)
    with looking(stage.engine, stage.focal["mx"]) as session:
        file = made.document(session, key).versions[0].files[0].id
    answer = Desk(app).client.get(f"{link}/{file}")
    assert (answer.status_code, answer.data) == (200, made.TEXT)
    answer.close()
    Desk(app, stage.focal["mx"]).send(
        f"/meetings/{meeting}/papers/new",
        {
            "title-en": "Another", "kind": "non_paper", "language": "en", "readers": "container", "act": "keep",
            "file": upload(b"Another one.\n", "another.txt"),
        },
    )  # fmt: skip
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        other = system.scalars(select(Document).where(Document.id != key)).one().versions[0].files[0].id
    Desk(app).get(f"{link}/{other}", 404)
    Desk(app).get("/l/" + "A" * 43 + "/prepare", 404)
    Desk(app).get(link.replace("/prepare", "/compose"), 404)
    Desk(app).get(link.replace("/prepare", "/draft"), 404)
    Desk(app).get(f"/documents/{key}", 302)


def test_what_was_lent_ends_with_its_lender(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    _key, page = draft(app, stage, meeting, "item")
    link = passed(app, stage, settings, page)
    with system_unit(stage.engine, Reason.ADMINISTRATION) as session:
        held = select(Appointment).where(Appointment.person_id == stage.focal["mx"].person)
        session.scalars(held).one().until = clock.today()
    Desk(app).get(link, 404)


def test_a_lent_draft_is_read_in_its_capital_alone(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    key, page = draft(app, stage, meeting, "paper")
    passed(app, stage, settings, page)
    assert reads(stage, key) == ["mx"]
    [one] = lent(stage)
    for reader in (stage.officer, stage.chair, stage.coordinator, stage.focal["bz"], stage.focal["gt"]):
        with looking(stage.engine, reader) as session:
            assert session.scalar(select(LentDraft.id).where(LentDraft.id == one.id)) is None
        Desk(app, reader).get(page, 404)


def test_bad_addresses_are_said_and_nothing_leaves(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    _key, page = draft(app, stage, meeting, "item")
    mails(stage, settings)
    desk = Desk(app, stage.focal["mx"])
    own = stage.focal["mx"].email
    assert desk.wrong(page, passing(page, address=own.upper())) == [
        "This is your own address; give that of a colleague."
    ]
    assert desk.wrong(page, passing(page, address="no address")) == [
        "Give an address as in mail, for example focal.point@ministry.example"
    ]
    assert desk.wrong(page, passing(page, name="")) == ["Give the name, for example Maria Lopez, Ministry of Labour"]
    desk.send(page, passing(page))
    assert desk.wrong(page, passing(page)) == ["This colleague has it already."]
    assert [to for to, _subject, _words in mails(stage, settings)] == [COLLEAGUE]
    assert len(lent(stage)) == 1


def test_passing_on_and_taking_back_again_and_again_ends_with_a_word(app: Flask, stage: Stage) -> None:
    desk, meeting = Desk(app, stage.focal["mx"]), meeting_of(stage)
    key, page = draft(app, stage, meeting, "item")

    def passed(address: str) -> None:
        with acting(stage.engine, stage.focal["mx"]) as session:
            found = lent_queries.prepared_item(session, key)
            assert found is not None
            service.end(session, service.pass_on(session, found, "Maria Lopez", address), found)

    for _time in range(MOST_TO_ONE):
        passed(COLLEAGUE)
    enough = "This colleague was written to often enough today; a call may do more now."
    assert desk.wrong(page, passing(page)) == [enough]
    for number in range(MOST_IN_A_DAY - MOST_TO_ONE):
        passed(f"colleague-{number}@ministry.example")
    said = "You have passed on as much today as can be; go on tomorrow, or ring your colleague."
    assert desk.wrong(page, passing(page, address="one@ministry.example")) == [said]
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        passed(COLLEAGUE)


def test_twice_pressed_is_passed_on_once(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    _key, page = draft(app, stage, meeting, "item")
    desk = Desk(app, stage.focal["mx"])
    form = desk.get(page)
    unseen = {
        name: form.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        for name in ("csrf_token", "nonce", "version")
    }
    codes = [desk.client.post(page, data={**unseen, **passing(page)}).status_code for _click in range(2)]
    assert codes == [303, 302]  # the second is led to what the first did
    assert len(lent(stage)) == 1
    with system_unit(stage.engine, Reason.MAIL) as system:
        assert system.query(OutboxMessage).filter_by(notice="draft_lent").count() == 1


def test_an_item_kept_as_a_draft_by_the_link_is_its_governments_alone(
    app: Flask, stage: Stage, settings: Settings
) -> None:

    meeting = meeting_of(stage)
    token = invitation_link(stage, settings, meeting, "mx")
    desk = Desk(app)
    given = {"title-en": "Return of children", "words-en": "Why", "readers": "meeting", "act": "keep"}
    location, _page = desk.send(f"/l/{token}/propose", given)
    with system_unit(stage.engine, Reason.MAIL) as system:
        one = system.scalars(select(ItemProposal)).one()
        assert one.state is ItemState.PREPARED
        key = one.id
    assert seen_by_officer(stage, key) is False
    assert 'value="meeting" ' in desk.get(location) or "checked" in desk.get(location)
    desk.send(location, {**given, "act": "send"})
    assert seen_by_officer(stage, key) is True
    with looking(stage.engine, stage.focal["bz"]) as session:
        assert session.scalar(select(ItemProposal.id).where(ItemProposal.id == key)) == key


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_government_prepares_something_is_not_told_by_its_mails(
    app: Flask, stage: Stage, settings: Settings, kind: str
) -> None:
    meeting = meeting_of(stage)
    _key, page = draft(app, stage, meeting, kind)
    mails(stage, settings)
    officer = Desk(app, stage.officer)
    before = officer.get("/processes/rcx/mail/")
    link = passed(app, stage, settings, page)
    typed = {key: value for key, value in form_of(kind).items() if key != "readers"}
    Desk(app).send(link, {**typed, "word": "Twelve it is", "act": "give"})
    [(to, _subject, _words)] = mails(stage, settings)
    assert to == stage.focal["mx"].email
    with system_unit(stage.engine, Reason.MAIL) as system:
        sent = select(OutboxMessage).where(OutboxMessage.notice.in_(["draft_lent", "draft_returned"]))
        keys = [(one.id, one.person_id) for one in system.scalars(sent)]
    assert len(keys) == 2
    for reader in (stage.officer, stage.chair, stage.focal["bz"]):
        with looking(stage.engine, reader) as session:
            assert session.scalars(sent).all() == []
    assert officer.get("/processes/rcx/mail/").count("<tr>") == before.count("<tr>")
    for key, _person in keys:
        officer.get(f"/processes/rcx/mail/{key}", 404)
    officer.get(f"/processes/rcx/mail/people/{next(one for _key, one in keys if one != stage.focal['mx'].person)}", 404)


def test_a_draft_that_did_not_reach_the_colleague_is_told_to_whoever_passed_it_on(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    meeting = meeting_of(stage)
    _key, page = draft(app, stage, meeting, "item")
    mails(stage, settings)
    desk = Desk(app, stage.focal["mx"])
    desk.send(page, PASSED)
    assert "could not be delivered" not in desk.get(page)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        relay.on_recipient = lambda _address: "550 no such person"
        assert delivery.deliver(stage.engine, settings) == {"dead": 1}
    assert "The mail could not be delivered; take it back and pass it on with the right address." in desk.get(page)


def test_a_file_that_came_meanwhile_is_not_sent_unseen(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    key, page = draft(app, stage, meeting, "paper")
    link = passed(app, stage, settings, page)
    focal = Desk(app, stage.focal["mx"])
    form = focal.get(page)
    unseen = {
        name: form.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        for name in ("csrf_token", "nonce", "version")
    }
    typed = {name: value for name, value in form_of("paper").items() if name != "readers"}
    Desk(app).send(link, {**typed, "file": upload(b"Twelve, not ten.\n", "twelve.txt"), "act": "keep"})
    answer = focal.client.post(page, data={**unseen, **form_of("paper"), "act": "send"})
    assert answer.status_code == 409
    assert seen_by_officer(stage, key) is False
    focal.send(page, form_of("paper", act="send"))
    assert seen_by_officer(stage, key) is True


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_kept_by_the_link_of_a_mail_is_found_again_by_who_is_signed_in_and_stands_behind_no_other_link(
    app: Flask, stage: Stage, settings: Settings, kind: str
) -> None:
    meeting = meeting_of(stage)
    token = invitation_link(stage, settings, meeting, "mx")
    part = "paper" if kind == "paper" else "propose"
    desk, page = Desk(app), f"/l/{token}/{part}"
    given = typed(act="keep") if kind == "paper" else form_of("item", act="keep")
    kept_at, _page = desk.send(page, given)
    assert "/compose" in kept_at
    assert "Return of children" in desk.get(kept_at)
    assert "Return of children" not in Desk(app).get(page)
    signed_in = Desk(app, stage.focal["mx"])
    own = f"/meetings/{meeting}/{'papers/new' if kind == 'paper' else 'proposals/new'}"
    shown = signed_in.get(own)
    assert "Drafts of your government for this meeting" in shown
    [act] = re.findall(r'value="(onward:[^"]+)"', shown)
    again_at, _page = signed_in.send(own, {"act": act})
    assert "Return of children" in signed_in.get(again_at)
    assert "Return of children" not in Desk(app, stage.focal["bz"]).get(own)
    Desk(app, stage.focal["bz"]).send(own, {"act": act}, 404)
    desk.send(kept_at, form_of(kind, act="send"))
    assert "onward:" not in signed_in.get(own)
    if kind == "item":
        assert "Awaiting the chair" in signed_in.get(own)
