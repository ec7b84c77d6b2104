"""The attribution rule at work: notes by nobody, names queried before anything is kept, and nothing left of what was
typed and then changed."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, inspect, select, text

from config import Settings
from secretariat.core.database import is_postgresql
from secretariat.core.localtext import LocalText
from secretariat.core.models import AuditContent, AuditEntry, KeptForm, LabelChange, UsedNonce
from secretariat.core.refusals import Refused
from secretariat.core.session import Reason, system_unit
from secretariat.meetings import queries, service
from secretariat.meetings.models import (
    Adoption,
    Answer,
    Attendance,
    AttributionRule,
    Delegate,
    Invitation,
    MeetingNote,
    Outcome,
)
from secretariat.meetings.service import ItemWords, Reply
from tests.factories import people
from tests.factories.meetings import acting, again, in_days, invited, outcome, particulars, scheduled
from tests.integration.meetings.conftest import Desk, Stage

NOON = datetime(2027, 3, 1, 12, 34, 56, tzinfo=UTC)
RULES = {AttributionRule.CHATHAM_HOUSE: "chatham", AttributionRule.OFF_THE_RECORD: "off the record"}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


def begun(stage: Stage, rule: AttributionRule, *, items: int = 2) -> UUID:
    """A meeting of the plenary that began today, with items, and a delegate of Guatemala named by its focal point."""
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(
            session, body="Vice-Ministerial Meeting", attribution=rule, starts_on=in_days(3), ends_on=in_days(3),
            last_ends=None,
        )  # fmt: skip
        for number in range(1, items + 1):
            service.add_item(session, meeting, ItemWords(title=LocalText.of(f"Matter {number}")))
        invited(session, meeting, answer_in=1)
        key = meeting.id
    with acting(stage.engine, stage.focal["gt"]) as session:
        own = queries.own_invitation(session, key, stage.id["gt"])
        assert own is not None
        service.answer_invitation(session, own, Reply(answer=Answer.ATTENDS, head_name="Ximena Calderón"))
    with acting(stage.engine, stage.officer) as session:
        today = particulars(starts_on=in_days(0), ends_on=in_days(0), last_ends=None, attribution=rule)
        service.change_meeting(session, again(session, key), today)
    return key


def items_of(stage: Stage, meeting: UUID) -> list[UUID]:
    with acting(stage.engine, stage.officer) as session:
        return [one.id for one in queries.agenda_of(session, meeting)]


def notes_of(stage: Stage, meeting: UUID) -> dict[UUID, str]:
    """The text of every note of a meeting, by key."""
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        found = system.scalars(select(MeetingNote).where(MeetingNote.meeting_id == meeting))
        return {one.id: str(one.text) if one.text else "" for one in found}


# --- what was typed and then changed --------------------------------------------------------------------------------


class Planted:
    """Unguessable words put beside a name into one form after another."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.kept: list[str] = []

    def speech(self, speaker: str = "Guatemala") -> str:
        self.words.append(f"zqplanted{len(self.words):03d}q")
        return f"{speaker} said that {self.words[-1]}"

    def clean(self) -> str:
        self.kept.append(f"zqkept{len(self.kept):03d}q")
        return f"It was said that {self.kept[-1]}"


def answer_change(desk: Desk, path: str, typed: dict[str, Any], field: str, planted: Planted, speaker: str) -> None:
    """Send a form that names a speaker, be asked, change the words, send it again."""
    _location, page = desk.send(path, {**typed, field: planted.speech(speaker)}, 422)
    assert f"This names {html.escape(speaker)}." in page, path
    assert "Nothing is kept yet." in page
    desk.send(path, {**typed, field: planted.clean()})


def everything(engine: Engine, settings: Settings) -> bytes:
    """Every byte an installation keeps: each row of each table, the database file, its log, the files beside it."""
    found = [path.read_bytes() for path in Path(settings.data_root).rglob("*") if path.is_file()]
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()
            found += [repr(tuple(row)).encode() for row in rows]
        if not is_postgresql(connection):
            file = Path(str(engine.url.database))
            found += [path.read_bytes() for path in file.parent.glob(f"{file.name}*")]
    return b"\n".join(found)


Asked = tuple[str, dict[str, Any], str]


def forms_with_words(meeting: UUID, item: UUID, draft: UUID | None, rule: AttributionRule) -> list[Asked]:
    """Every form of a meeting in which one can write what somebody said: its address, what else it needs, the field."""
    here = f"/meetings/{meeting}"
    confirmed = {"adoption": "consensus", "word": "in the room"} if rule is AttributionRule.OFF_THE_RECORD else {}
    forms: list[Asked] = [
        (f"{here}/agenda/new", {"day": "1"}, "title-en"),
        (f"{here}/agenda/new", {"day": "1", "title-en": "Another matter"}, "led_by_text"),
        (f"{here}/agenda/{item}", {"day": "1"}, "title-en"),
        (f"{here}/outcomes/new", {"kind": "decision", **confirmed}, "text-en"),
        (f"{here}/outcomes/new", {"kind": "decision", **confirmed}, "text-es"),
    ]
    if draft is None:
        forms.append(
            (f"{here}/outcomes/new", {"kind": "decision", "adoption": "consensus", "text-en": "Agreed."}, "word")
        )
        return forms
    return [
        *forms,
        (f"{here}/outcomes/{draft}/edit", {"kind": "decision"}, "text-en"),
        (f"{here}/outcomes/{draft}/confirm", {"adoption": "consensus"}, "word"),
        (f"{here}/notes/{item}", {}, "text-en"),
        (f"{here}/notes/general", {}, "text-es"),
    ]


@pytest.mark.parametrize("rule", RULES, ids=RULES.values())
@pytest.mark.parametrize("speaker", ["Guatemala", "Ximena Calderón"])
def test_what_was_typed_and_changed_after_the_query_is_nowhere(
    app: Flask, stage: Stage, settings: Settings, owner_engine: Engine, clock: Any, rule: AttributionRule, speaker: str
) -> None:
    """Off the record, too: through the forms it has, and through those it has not, which keep nothing."""
    meeting = begun(stage, rule)
    [item, _other] = items_of(stage, meeting)
    draft = None
    if rule is not AttributionRule.OFF_THE_RECORD:
        with acting(stage.engine, stage.officer) as session:
            draft = outcome(session, again(session, meeting), "A first draft").id
    planted, desk = Planted(), Desk(app, stage.officer)
    for path, typed, field in forms_with_words(meeting, item, draft, rule):
        answer_change(desk, path, typed, field, planted, speaker)
    crumb = people.token(desk.client, "/account/")
    for path in (f"/meetings/{meeting}/notes/{item}", f"/meetings/{meeting}/outcomes/new", f"/meetings/{meeting}/x"):
        late = Desk(app, stage.officer)
        crumb = people.token(late.client, "/account/")
        clock.shift(timedelta(hours=3))  # the session has run out when this is sent
        answer = late.client.post(path, data={"csrf_token": crumb, "text-en": planted.speech(speaker)})
        assert answer.status_code in (303, 404)
        late.client.get("/account/kept-form")
    desk = Desk(app, stage.officer)
    answer_change(desk, f"/meetings/{meeting}/call-off", {"state": "postponed"}, "word-en", planted, speaker)

    kept = everything(owner_engine, settings)
    assert [word for word in planted.words if word.encode() in kept] == []
    assert [word for word in planted.kept[-2:] if word.encode() not in kept] == [], "the search finds what is there"
    assert len(planted.words) > 8


def test_without_the_seal_the_search_would_find_it(
    app: Flask, stage: Stage, settings: Settings, owner_engine: Engine, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the proof can fail: a form kept in clear over the end of a session is found in the file and the table."""
    monkeypatch.setattr("secretariat.core.sealing.seal", lambda words: (words, ""))
    desk = Desk(app, stage.officer)
    crumb = people.token(desk.client, "/account/")
    clock.shift(timedelta(hours=3))
    path = f"/meetings/{begun(stage, AttributionRule.CHATHAM_HOUSE)}/notes/general"
    desk.client.post(path, data={"csrf_token": crumb, "text-en": "Guatemala said zqinclear"})
    assert b"zqinclear" in everything(owner_engine, settings)


def test_a_form_sealed_over_the_end_of_a_session_comes_back_to_its_person(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    desk = Desk(app, stage.officer)
    path, crumb = f"/meetings/{meeting}/notes/general", people.token(desk.client, "/account/")
    clock.shift(timedelta(hours=3))
    desk.client.post(path, data={"csrf_token": crumb, "text-en": "It was said that figures help."})
    people.sign_in(app, stage.officer, client=desk.client)
    page = desk.get("/account/kept-form")
    assert "It was said that figures help." in page
    assert f'action="{path}"' in page
    with system_unit(stage.engine, Reason.ADMINISTRATION) as system:
        [kept] = system.scalars(select(KeptForm))
        assert not re.search("figures|notes|meetings", kept.sealed)


# --- notes are by nobody --------------------------------------------------------------------------------------------


def test_nothing_tells_who_wrote_a_note_or_at_what_hour(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    first, second = items_of(stage, meeting)
    desk = Desk(app, stage.officer)
    for item, words in ((second, "Second, written first."), (first, "First, written last.")):
        clock.shift(timedelta(minutes=7))
        desk.send(f"/meetings/{meeting}/notes/{item}", {"text-en": words})
    notes = {str(key) for key in notes_of(stage, meeting)}
    columns = set(inspect(MeetingNote).columns.keys())
    assert columns == {
        "id", "meeting_id", "item_id", "text", "is_circulated", "label_id", "own_label_id", "widened", "version",
        "made_in_generation",  # counts memberships that ended, as the label does
    }  # fmt: skip
    with system_unit(stage.engine, Reason.HISTORY) as system:
        changes = system.scalars(select(LabelChange).where(LabelChange.thing_kind == "meeting_notes")).all()
        assert {str(one.thing_id) for one in changes} == notes
        assert {(one.by_person_id, one.by_hat, one.at) for one in changes} == {
            (None, "nobody", NOON.replace(hour=0, minute=0, second=0))
        }
        contents = system.scalars(select(AuditContent)).all()
        assert [one for one in contents if str(one.subject_id) in notes] == []
        assert [one.kind for one in system.scalars(select(AuditEntry)) if "note" in one.kind] == []
        assert {one.at.time().isoformat() for one in system.scalars(select(UsedNonce))} == {"00:00:00"}
    with stage.engine.connect() as connection:
        if not is_postgresql(connection):
            table = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'meeting_notes'")).scalar_one()
            assert "WITHOUT ROWID" in table


def test_a_draft_is_the_secretariats_until_the_notes_are_circulated(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    [item, _other] = items_of(stage, meeting)
    officer, member, observer = (Desk(app, one) for one in (stage.officer, stage.focal["gt"], stage.focal["co"]))
    officer.send(f"/meetings/{meeting}/notes/{item}", {"text-en": "Figures help everybody."})
    assert "Figures help" in officer.get(f"/meetings/{meeting}/notes")
    assert "Figures help" not in member.get(f"/meetings/{meeting}/notes")
    assert "What was said, by item" not in member.get(f"/meetings/{meeting}?lang=en")

    page = officer.get(f"/meetings/{meeting}/notes/circulate")
    assert "Belize, Guatemala, Honduras and Mexico" in page, "the readers are named before"
    officer.send(f"/meetings/{meeting}/notes/circulate", {})
    assert "Figures help" in member.get(f"/meetings/{meeting}/notes")
    assert "What was said, by item" in member.get(f"/meetings/{meeting}?lang=en")
    observer.get(f"/meetings/{meeting}/notes", 404)
    with system_unit(stage.engine, Reason.HISTORY) as system:
        assert [one.kind for one in system.scalars(select(AuditEntry)) if "note" in one.kind] == ["notes circulated"]

    said = officer.wrong(f"/meetings/{meeting}/notes/{item}", {"text-en": "Other words."})
    assert said == ["These notes were circulated; they stand as they were read"]


def test_a_note_is_read_by_those_who_read_its_item(app: Flask, stage: Stage, clock: Any) -> None:
    from secretariat.core.labelling import relabel
    from secretariat.processes import clauses

    meeting = begun(stage, AttributionRule.OPEN)
    [item, _other] = items_of(stage, meeting)
    with acting(stage.engine, stage.officer) as session:
        found = queries.agenda_item(session, meeting, item)
        assert found is not None
        whole = again(session, meeting)
        named = [clauses.participant(stage.id["mx"]), clauses.secretariat(whole.track)]
        relabel(session, found, [clauses.named(whole.process, whole.track, audience=named)], why="test")
    officer = Desk(app, stage.officer)
    officer.send(f"/meetings/{meeting}/notes/{item}", {"text-en": "Mexico spoke of its coast."})
    officer.send(f"/meetings/{meeting}/notes/circulate", {})
    assert "its coast" in Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}/notes")
    assert "its coast" not in Desk(app, stage.focal["gt"]).get(f"/meetings/{meeting}/notes")


def test_names_may_stand_once_the_writer_says_so_of_these_names(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    desk, path = Desk(app, stage.officer), f"/meetings/{meeting}/notes/general"
    _location, page = desk.send(path, {"text-en": "Thanks go to Guatemala."}, 422)
    [asked] = re.findall(r'name="names_asked"[^>]*value="([^"]*)"', page)
    more = {"text-en": "Thanks go to Guatemala and Mexico.", "names_stand": "y", "names_asked": html.unescape(asked)}
    _location, page = desk.send(path, more, 422)
    assert "Guatemala and Mexico" in page, "a name that was not asked about is asked about"
    desk.send(path, {"text-en": "Thanks go to Guatemala.", "names_stand": "y", "names_asked": html.unescape(asked)})
    assert [text for text in notes_of(stage, meeting).values() if text] == ["Thanks go to Guatemala."]


def test_an_open_meeting_may_name_who_spoke(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.OPEN)
    Desk(app, stage.officer).send(f"/meetings/{meeting}/notes/general", {"text-en": "Guatemala spoke first."})
    assert [text for text in notes_of(stage, meeting).values() if text] == ["Guatemala spoke first."]


def test_a_stale_note_shows_both_texts(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    desk, path = Desk(app, stage.officer), f"/meetings/{meeting}/notes/general"
    desk.send(path, {"text-en": "The first words."})
    _location, page = desk.send(path, {"version": "0", "text-en": "The second words."}, 409)
    assert "The first words." in page
    assert "The second words." in page


@pytest.mark.parametrize("path", ["notes", "notes/general", "notes/circulate", "notes/{item}"])
def test_off_the_record_there_are_no_notes(app: Flask, stage: Stage, clock: Any, path: str) -> None:
    meeting = begun(stage, AttributionRule.OFF_THE_RECORD)
    [item, _other] = items_of(stage, meeting)
    desk = Desk(app, stage.officer)
    desk.get(f"/meetings/{meeting}/{path.format(item=item)}", 404)
    assert 'id="notes"' not in desk.get(f"/meetings/{meeting}")


@pytest.mark.parametrize("path", ["notes/general", "notes/circulate", "rule"])
def test_only_the_secretariat_writes(app: Flask, stage: Stage, clock: Any, path: str) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    for one in (stage.focal["gt"], stage.chair, stage.coordinator):
        Desk(app, one).get(f"/meetings/{meeting}/{path}", 404)


def test_an_item_with_a_note_stays_on_the_agenda(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    first, second = items_of(stage, meeting)
    desk = Desk(app, stage.officer)
    desk.send(f"/meetings/{meeting}/notes/{first}", {"text-en": "Figures help everybody."})
    for item in (first, second):
        desk.send(f"/meetings/{meeting}/agenda/{item}/move", {"act": "remove"}, form_at=f"/meetings/{meeting}")
    assert items_of(stage, meeting) == [first]


# --- changing the rule ----------------------------------------------------------------------------------------------


def rule_of(stage: Stage, meeting: UUID) -> AttributionRule:
    with acting(stage.engine, stage.officer) as session:
        return again(session, meeting).attribution


def test_once_begun_a_meeting_only_comes_under_a_stricter_rule(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    desk, path = Desk(app, stage.officer), f"/meetings/{meeting}/rule"
    assert 'value="open"' not in desk.get(path)
    desk.send(path, {"attribution": "open"}, 422)
    loose = particulars(starts_on=in_days(0), ends_on=in_days(0), last_ends=None, attribution=AttributionRule.OPEN)
    with acting(stage.engine, stage.officer) as session:
        found = again(session, meeting)
        with pytest.raises(Refused, match="stricter rule"):
            service.change_meeting(session, found, loose)
    assert rule_of(stage, meeting) is AttributionRule.CHATHAM_HOUSE
    desk.send(path, {"attribution": "off_the_record"})
    assert rule_of(stage, meeting) is AttributionRule.OFF_THE_RECORD


def test_off_the_record_drafts_are_thrown_away_and_what_stands_stays(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    desk = Desk(app, stage.officer)
    desk.send(f"/meetings/{meeting}/notes/general", {"text-en": "It was said."})
    with acting(stage.engine, stage.officer) as session:
        outcome(session, again(session, meeting), "A draft")
        stands = outcome(session, again(session, meeting), "Agreed")
        service.confirm_outcome(
            session,
            again(session, meeting),
            stands,
            service.Confirmation(adoption=Adoption.CONSENSUS, word="in the room"),
        )
    desk.send(f"/meetings/{meeting}/rule", {"attribution": "off_the_record"})
    assert notes_of(stage, meeting) == {}
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        assert [str(one.text) for one in system.scalars(select(Outcome))] == ["Agreed"]


def test_what_members_have_read_is_not_taken_back(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.CHATHAM_HOUSE)
    desk = Desk(app, stage.officer)
    desk.send(f"/meetings/{meeting}/notes/general", {"text-en": "It was said."})
    desk.send(f"/meetings/{meeting}/notes/circulate", {})
    said = desk.wrong(f"/meetings/{meeting}/rule", {"attribution": "off_the_record"})
    assert said == [
        "Notes of this meeting were circulated. What members have read is not taken back, so the meeting cannot go off "
        "the record any more"
    ]


def test_notes_that_name_somebody_are_changed_before_the_rule_is(app: Flask, stage: Stage, clock: Any) -> None:
    meeting = begun(stage, AttributionRule.OPEN)
    desk = Desk(app, stage.officer)
    desk.send(f"/meetings/{meeting}/notes/general", {"text-en": "Guatemala spoke first."})
    said = desk.wrong(f"/meetings/{meeting}/rule", {"attribution": "chatham_house"})
    assert said == [
        "A note names somebody who was at the table. Change the notes first; then the rule can become stricter"
    ]
    desk.send(f"/meetings/{meeting}/notes/general", {"text-en": "The host spoke first."})
    desk.send(f"/meetings/{meeting}/rule", {"attribution": "chatham_house"})
    assert rule_of(stage, meeting) is AttributionRule.CHATHAM_HOUSE


def test_attendance_is_by_delegation_and_never_by_item() -> None:
    """Off the record forbids it by item; no rule asks for it."""
    assert {one.name for one in inspect(Invitation).columns if isinstance(one.type.python_type, type)} >= {"attendance"}
    assert "attendance" not in inspect(Delegate).columns
    assert list(Attendance) == ["present", "represented", "regrets", "not_represented"]
