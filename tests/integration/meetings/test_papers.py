"""Papers that states send in to a meeting: by whom, who reads them, what is decided of them, and who is told."""

import gc
import html
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core.awaited import awaited
from secretariat.core.labelling import label_value
from secretariat.core.labels import Level
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.documents.models import Document, DocumentFile, DocumentState, PaperAnswer
from secretariat.mail import delivery
from secretariat.mail.models import MailLink, OutboxMessage
from secretariat.meetings import queries, service
from secretariat.meetings.models import AgendaItem, MeetingState
from tests.factories import documents as made
from tests.factories.meetings import acting, again, in_days, looking, scheduled
from tests.factories.people import Official
from tests.integration.documents.conftest import downloads, upload
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_delegations import link, meeting_of
from tests.support.relay import ScriptedRelay
from tests.support.sql import statements_sent


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "title-en": "Return of children",
        "kind": "non_paper",
        "language": "en",
        "file": upload(made.TEXT, "children.txt"),
        "readers": "container",
        "act": "send",
        **fields,
    }


def path_of(meeting: UUID) -> str:
    return f"/meetings/{meeting}/papers/new"


def sent(app: Flask, stage: Stage, meeting: UUID, state: str = "mx", **fields: Any) -> UUID:
    Desk(app, stage.focal[state]).send(path_of(meeting), typed(**fields))
    return the_paper(stage)


def the_paper(stage: Stage) -> UUID:
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        return system.scalars(select(Document.id)).one()


def everything(stage: Stage) -> tuple[int, int]:
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        return len(system.scalars(select(Document.id)).all()), len(system.scalars(select(DocumentFile.id)).all())


def state_of(stage: Stage, key: UUID) -> DocumentState:
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        return system.get_one(Document, key).state


def reads(stage: Stage, key: UUID) -> list[str]:
    """Who of the small world reads a document."""
    found = []
    everyone: dict[str, Official] = {
        "officer": stage.officer, "chair": stage.chair, "coordinator": stage.coordinator, **stage.focal
    }  # fmt: skip
    for name, one in everyone.items():
        with looking(stage.engine, one) as session:
            if session.scalar(select(Document.id).where(Document.id == key)) is not None:
                found.append(name)
    return sorted(found)


def told(stage: Stage, notice: str = "paper_answered") -> list[UUID]:
    with system_unit(stage.engine, Reason.MAIL) as system:
        return [one.person_id for one in system.query(OutboxMessage).filter_by(notice=notice).all()]


def test_a_state_sends_in_a_paper_which_those_who_decide_read(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = sent(app, stage, meeting)
    assert state_of(stage, key) is DocumentState.SUBMITTED
    assert reads(stage, key) == ["mx", "officer"]
    for reader in (stage.focal["bz"], stage.focal["co"], stage.coordinator):
        Desk(app, reader).get(f"/documents/{key}", 404)
    page = Desk(app, stage.officer).get(f"/documents/{key}")
    assert "no symbol" not in page
    assert f"/meetings/{meeting}/papers/{key}/answer" in page
    assert len(downloads(page)) == 1


def test_a_draft_is_its_governments_alone_until_it_is_sent_in(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = sent(app, stage, meeting, act="keep")
    page = f"/meetings/{meeting}/papers/{key}"
    assert reads(stage, key) == ["mx"]
    assert "Return of children" not in Desk(app, stage.officer).get(f"/meetings/{meeting}")
    Desk(app, stage.officer).get(page, 404)
    desk = Desk(app, stage.focal["mx"])
    assert "children.txt" in desk.get(page)
    desk.send(page, {k: v for k, v in typed().items() if k != "file"} | {"title-en": "Return of minors"})
    assert reads(stage, key) == ["mx", "officer"]
    assert "Return of minors" in Desk(app, stage.officer).get(f"/documents/{key}")
    desk.get(page, 404)


def test_the_chair_of_the_body_reads_and_decides_and_the_secretariat_gives_the_symbol(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Steering Group", readers=service.Readers.BODY).id
    key = sent(app, stage, meeting)
    assert "chair" in reads(stage, key)
    page = f"/meetings/{meeting}/papers/{key}/answer"
    chair = Desk(app, stage.chair)
    assert 'value="issue"' not in chair.get(page)
    chair.send(page, {"outcome": "later"})
    assert state_of(stage, key) is DocumentState.DRAFT
    officer = Desk(app, stage.officer)
    officer.send(f"/documents/{key}/issue", {})
    assert state_of(stage, key) is DocumentState.ISSUED


def test_taken_up_it_is_issued_for_the_readers_its_government_gave_it(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    with acting(stage.engine, stage.officer) as session:
        item = service.add_item(session, again(session, meeting), service.ItemWords(title=LocalText.of("Children"))).id
    key = sent(app, stage, meeting, readers="named", named_participants=[f"participant:{stage.id['gt']}"])
    desk = Desk(app, stage.officer)
    desk.send(
        f"/meetings/{meeting}/papers/{key}/answer",
        {"outcome": "issue", "item": str(item), "answer-en": "With thanks"},
    )
    assert reads(stage, key) == ["chair", "gt", "mx", "officer"]  # the chair acts for Guatemala
    with looking(stage.engine, stage.focal["gt"]) as session:
        document = made.document(session, key)
        assert (document.item_id, label_value(session, document.label_id).level) == (item, Level.NAMED)
        assert (document.symbol or "").endswith("/R.1")
        assert session.scalar(select(PaperAnswer)) is None, "the word to its author is its author's"
    assert told(stage) == [stage.focal["mx"].person]
    shown = Desk(app, stage.focal["mx"]).get(f"/documents/{key}")
    assert "With thanks" in shown
    assert "With thanks" not in Desk(app, stage.focal["gt"]).get(f"/documents/{key}")
    desk.get(f"/meetings/{meeting}/papers/{key}/answer", 404)


def test_the_secretariat_cannot_give_it_other_readers_author_or_words(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = sent(app, stage, meeting, readers="named", named_participants=[f"participant:{stage.id['gt']}"])
    desk = Desk(app, stage.officer)
    for verb in ("edit", "issue", "withdraw", "versions/new"):
        desk.get(f"/documents/{key}/{verb}", 404)
    desk.send(f"/meetings/{meeting}/papers/{key}/answer", {"outcome": "later"})
    form = {"title-en": "Ours", "kind": "report", "readers": "members", "author": "", "release_on": "", "dated": ""}
    desk.send(f"/documents/{key}/edit", form)
    with looking(stage.engine, stage.officer) as session:
        document = made.document(session, key)
        version = document.versions[0]
        assert (str(document.title), document.kind) == ("Return of children", "non_paper")
        assert document.author_id == stage.id["mx"]
    desk.get(f"/documents/{key}/versions/{version.id}", 404)
    desk.send(f"/documents/{key}/issue", {})
    assert reads(stage, key) == ["chair", "gt", "mx", "officer"]  # the chair acts for Guatemala
    location, _page = desk.send(f"/documents/{key}/revise", {"revision": "rev", "title-en": "Ours"})
    revision = UUID(location.rpartition("/")[2])
    desk.send(f"/documents/{revision}/edit", {**form, "title-en": "Ours"})
    with looking(stage.engine, stage.officer) as session:
        first, second = made.document(session, key), made.document(session, revision)
        assert (second.author_id, second.readers_label_id) == (first.author_id, first.readers_label_id)


def test_what_is_not_taken_up_is_answered_with_a_word(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    key = sent(app, stage, meeting)
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}/papers/{key}/answer"
    assert desk.wrong(page, {"outcome": "no"}) == [
        "Say in a word why it is not taken up this time; its author receives it"
    ]
    assert (state_of(stage, key), told(stage)) == (DocumentState.SUBMITTED, [])
    desk.send(page, {"outcome": "no", "answer-en": "At the next meeting"})
    assert state_of(stage, key) is DocumentState.RETURNED
    assert reads(stage, key) == ["mx", "officer"]
    assert "At the next meeting" in Desk(app, stage.focal["mx"]).get(f"/documents/{key}")
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        delivery.deliver(stage.engine, settings)
        mails = [one for one in relay.taken if "Answer to a paper" in one["Subject"]]
    assert len(mails) == 1
    body = mails[0].get_body(("plain",))
    assert body is not None
    words = str(body.get_content())
    assert f"/documents/{key}" in words
    assert "Return of children" not in words
    assert "next meeting" not in words


def test_the_link_of_the_mail_takes_a_paper_and_a_draft_can_be_gone_on_with(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    meeting = meeting_of(stage)
    token = invitation_link(stage, settings, meeting, "mx")
    desk = Desk(app)
    assert f"/l/{token}/paper" in desk.get(f"/l/{token}/reply")
    location, _page = desk.send(f"/l/{token}/paper", typed(act="keep"))
    key = the_paper(stage)
    assert reads(stage, key) == ["mx"]
    assert location.startswith("/l/")
    assert location.endswith("/compose")
    page = desk.get(location)
    (address,) = [one for one in set(page.split('"')) if one.startswith(f"{location}/")]
    answer = desk.client.get(address)
    assert (answer.status_code, answer.data) == (200, made.TEXT)
    answer.close()
    desk.send(location, {k: v for k, v in typed().items() if k != "file"})
    assert reads(stage, key) == ["mx", "officer"]
    assert "This draft was sent" in desk.get(location)
    desk.get(address, 404)
    assert Desk(app, stage.focal["bz"]).client.get(location).status_code == 200, "who holds the link acts by it"
    with system_unit(stage.engine, Reason.LINK) as system:
        one = system.scalars(select(MailLink).where(MailLink.scope == "compose")).one()
        one.revoked_at = one.expires_at
    desk.get(location, 404)


def invitation_link(stage: Stage, settings: Settings, meeting: UUID, state: str) -> str:
    with looking(stage.engine, stage.focal[state]) as session:
        own = queries.own_invitation(session, meeting, stage.id[state])
        assert own is not None
        key = own.id
    return link(stage, settings, stage.focal[state], key)


def test_its_author_takes_it_back_and_sends_it_again(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = sent(app, stage, meeting)
    where = f"/meetings/{meeting}/papers/{key}"
    for reader, status in ((stage.officer, 404), (stage.focal["bz"], 404), (stage.focal["mx"], 303)):
        Desk(app, reader).send(f"{where}/take-back", {}, status, form_at=f"/meetings/{meeting}")
    assert reads(stage, key) == ["mx"]
    Desk(app, stage.officer).get(f"/documents/{key}", 404)
    desk = Desk(app, stage.focal["mx"])
    desk.send(where, {k: v for k, v in typed().items() if k != "file"})
    assert reads(stage, key) == ["mx", "officer"]


def test_a_draft_is_thrown_away_and_nothing_of_it_stays(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = sent(app, stage, meeting, act="keep")
    Desk(app, stage.focal["mx"]).send(f"/meetings/{meeting}/papers/{key}", {"act": "drop"})
    assert everything(stage) == (0, 0)


def test_what_awaits_an_answer_stands_in_the_officers_list_and_beside_matters_arising(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = sent(app, stage, meeting)
    desk = Desk(app, stage.officer)
    home = html.unescape(desk.get("/"))
    assert "A paper sent in, awaiting an answer" in home
    assert f"/documents/{key}" in home
    matters = desk.get(f"/meetings/{meeting}/agenda/matters")
    assert f"/meetings/{meeting}/papers/{key}/answer" in matters
    for reader in (stage.focal["mx"], stage.focal["bz"]):
        assert "A paper sent in" not in Desk(app, reader).get("/")
    with looking(stage.engine, stage.officer) as session:
        [one] = [each for each in awaited(session, in_days(0)) if each.kind == "paper"]
        assert one.participant is None, "nobody is reminded of what the secretariat owes an answer to"
    desk.send(f"/meetings/{meeting}/papers/{key}/answer", {"outcome": "no", "answer-en": "Later"})
    assert "A paper sent in" not in desk.get("/")
    assert f"/papers/{key}" not in desk.get(f"/meetings/{meeting}/agenda/matters")


# --- bad input ------------------------------------------------------------------------------------------------------


def test_a_file_that_lies_is_said_at_its_field_and_nothing_typed_is_lost(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    desk = Desk(app, stage.focal["mx"])
    _location, page = desk.send(path_of(meeting), typed(file=upload(b"MZ\x90\x00 no text", "children.pdf")), 422)
    assert "This file is not what its name says" in page
    assert "Return of children" in page
    assert everything(stage) == (0, 0)


def test_of_a_form_that_is_not_taken_no_file_stays(app: Flask, stage: Stage, settings: Settings) -> None:
    desk, path = Desk(app, stage.focal["mx"]), path_of(meeting_of(stage))

    def kept() -> list[Path]:
        return [one for one in (settings.data_root / "documents").glob("*/*") if one.is_file()]

    lying = {"other_language": "es", "other_file": upload(b"MZ\x90\x00" + bytes(600), "menores.pdf")}
    [said] = desk.wrong(path, typed(**lying))
    assert said.startswith("This file is not what its name says.")
    assert kept() == []
    fitting = {**lying, "other_file": upload(b"Regreso de menores.\n", "menores.txt")}
    desk.send(path, typed(**fitting))
    assert len(kept()) == 2


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the browser of the tests leaves what it sends unclosed
def test_a_file_beyond_the_largest_is_said_and_nothing_typed_is_lost(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    meeting = meeting_of(stage)
    large = upload(b"a" * (settings.largest_document + 1), "children.txt")
    _location, page = Desk(app, stage.focal["mx"]).send(path_of(meeting), typed(file=large), 422)
    assert "This file is larger than" in page
    assert "Return of children" in page
    assert everything(stage) == (0, 0)
    gc.collect()


def test_a_title_of_300_characters_in_arabic_is_kept_whole(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    title = ("عودة الأطفال " * 30)[:299] + "ل"
    key = sent(app, stage, meeting, **{"title-en": "", "title-ar": title})
    with looking(stage.engine, stage.officer) as session:
        assert dict(made.document(session, key).title.texts) == {"ar": title}
    said = Desk(app, stage.focal["mx"]).wrong(path_of(meeting), typed(**{"title-en": "", "title-ar": title + "ل"}))
    assert said == ["Shorten this by 1 character."]


def unseen_in(page: str) -> dict[str, str]:
    """What the form of a page carries unseen."""
    return dict(re.findall(r'name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', page))


@pytest.mark.parametrize("what", ["cancelled", "past"])
def test_nothing_is_taken_for_a_meeting_called_off_or_over_and_what_was_typed_stays(
    app: Flask, stage: Stage, settings: Settings, what: str
) -> None:
    meeting = meeting_of(stage)
    token = invitation_link(stage, settings, meeting, "mx")
    desks = [(Desk(app, stage.focal["mx"]), path_of(meeting)), (Desk(app), f"/l/{token}/paper")]
    before = [unseen_in(desk.get(path)) for desk, path in desks]
    with acting(stage.engine, stage.officer) as session:
        if what == "cancelled":
            off = MeetingState.CANCELLED
            service.call_off_meeting(session, again(session, meeting), off, LocalText.of("Hurricane"))
        else:
            one = again(session, meeting)
            one.starts_on = one.ends_on = type(one.ends_on).parse(in_days(-3))  # type: ignore[union-attr]
    sentence = "The meeting was called off" if what == "cancelled" else "The meeting is over"
    for (desk, path), unseen in zip(desks, before, strict=True):
        shown = desk.get(path)
        assert sentence in shown
        assert 'name="title-en"' not in shown, "nothing is asked for that nobody takes"
        answer = desk.client.post(path, data={**unseen, **typed()})
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert sentence in page
        assert "Return of children" in page
    assert everything(stage) == (0, 0)


def test_the_same_paper_twice_is_one_paper(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    desk = Desk(app, stage.focal["mx"])
    page = desk.get(path_of(meeting))
    unseen = {
        name: page.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        for name in ("csrf_token", "nonce")
    }
    answers = [desk.client.post(path_of(meeting), data={**unseen, **typed()}) for _click in range(2)]
    assert [one.status_code for one in answers] == [303, 302]  # the second is led to what the first did
    assert everything(stage) == (1, 1)
    assert desk.wrong(path_of(meeting), typed()) == [
        "This file is among your papers for this meeting already; nothing was sent again."
    ]
    assert everything(stage) == (1, 1)


def test_a_paper_without_a_file_is_kept_and_not_sent(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    desk = Desk(app, stage.focal["mx"])
    bare = {k: v for k, v in typed().items() if k != "file"}
    assert desk.wrong(path_of(meeting), bare) == [
        "Choose the file of the paper; without it there is nothing to read yet."
    ]
    desk.send(path_of(meeting), {**bare, "act": "keep"})
    key = the_paper(stage)
    where = f"/meetings/{meeting}/papers/{key}"
    two = {"other_language": "es", "other_file": upload(b"Regreso de menores.\n", "menores.txt")}
    desk.send(where, typed(**two))
    with looking(stage.engine, stage.officer) as session:
        found = [(one.language, one.is_original) for one in made.document(session, key).versions if one.file]
        assert sorted(found) == [("en", True), ("es", False)]


def test_who_speaks_for_nobody_and_who_does_not_read_the_meeting_sends_nothing(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    for reader in (stage.officer, stage.coordinator, stage.focal["co"]):
        Desk(app, reader).get(path_of(meeting), 404)
    key = sent(app, stage, meeting)
    other = meeting_of(stage)
    Desk(app, stage.officer).get(f"/meetings/{other}/papers/{key}/answer", 404)


def test_a_label_that_hides_a_paper_from_its_author_is_not_offered(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="", readers=service.Readers.PARTICIPANTS).id
    offered = Desk(app, stage.focal["co"]).get(path_of(meeting))
    assert 'value="participants"' in offered
    assert 'value="members"' not in offered
    assert 'value="secretariat"' not in offered


def test_a_stale_save_of_a_draft_answers_409(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = sent(app, stage, meeting, act="keep")
    where = f"/meetings/{meeting}/papers/{key}"
    desk = Desk(app, stage.focal["mx"])
    bare = {k: v for k, v in typed(act="keep").items() if k != "file"}
    desk.send(where, {**bare, "title-en": "One"})
    desk.send(where, {**bare, "title-en": "Two", "version": "1"}, 409)


def test_files_of_a_draft_lie_where_all_lie_and_what_was_thrown_away_is_swept(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    meeting = meeting_of(stage)
    sent(app, stage, meeting)
    kept = [path for path in (Path(settings.data_root) / "documents").glob("*/*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [made.TEXT]


def test_the_page_of_a_paper_is_the_same_work_for_one_file_and_for_several(app: Flask, stage: Stage) -> None:
    meeting, counts = meeting_of(stage), []
    desk = Desk(app, stage.officer)
    for number in range(2):
        sent_more = typed(file=upload(f"Paper {number}".encode(), "paper.txt"))
        Desk(app, stage.focal["mx"]).send(path_of(meeting), sent_more)
        for _again in range(2):
            desk.get("/")
        with statements_sent() as statements:
            desk.get("/")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_an_agenda_item_that_is_gone_is_no_item_of_a_paper(app: Flask, stage: Stage) -> None:
    meeting, other = meeting_of(stage), meeting_of(stage)
    with acting(stage.engine, stage.officer) as session:
        item = service.add_item(session, again(session, other), service.ItemWords(title=LocalText.of("Children"))).id
    key = sent(app, stage, meeting)
    path = f"/meetings/{meeting}/papers/{key}/answer"
    Desk(app, stage.officer).send(path, {"outcome": "later", "item": str(item)}, 404)
    with looking(stage.engine, stage.officer) as session:
        assert session.scalar(select(AgendaItem.id).where(AgendaItem.meeting_id == meeting)) is None
