"""The list of delegations: its order, its readers, its files; letters; who came time after time."""

import html
import io
import re
import zipfile
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from secretariat.core.labelling import label_value, relabel
from secretariat.core.models import Reading
from secretariat.core.refusals import Refused
from secretariat.core.session import Reason, system_unit
from secretariat.meetings import delegation_queries, delegation_works, queries, service
from secretariat.meetings.guest_models import DelegationList
from secretariat.meetings.models import Attendance, DelegateRole
from secretariat.meetings.service import Readers, listing
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Body
from tests.factories.meetings import acting, again, in_days, invited, looking, particulars, scheduled
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_delegations import meeting_of, named, seen
from tests.support.sql import statements_sent

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def by_letter(stage: Stage) -> None:
    """The rule of the body asks for letters."""
    with system_unit(stage.engine, Reason.ADMINISTRATION) as system:
        system.get_one(Body, stage.id["plenary"]).names_by_letter = True


def invitation_of(stage: Stage, meeting: UUID, state: str) -> UUID:
    with looking(stage.engine, stage.officer) as session:
        return next(one.id for one in queries.invitations_of(session, meeting) if one.participant_id == stage.id[state])


# --- letters ------------------------------------------------------------------------------------------------------


def test_the_rule_stands_on_the_page_of_the_body(app: Flask, stage: Stage) -> None:
    desk, path = Desk(app, stage.officer), f"/processes/rcx/bodies/{stage.id['plenary']}"
    assert "Provisional until a letter" not in desk.get(path)
    typed = {"name-en": "Vice-Ministerial Meeting", "kind": "ministerial", "names_by_letter": "y"}
    desk.send(f"{path}/edit", typed)
    assert "Provisional until a letter of the capital has come" in desk.get(path)


def test_names_are_provisional_until_the_letter_has_come(app: Flask, stage: Stage) -> None:
    by_letter(stage)
    meeting = meeting_of(stage)
    named(stage, meeting, "mx", "Ana Head", role=DelegateRole.HEAD)
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}/delegations"
    key = invitation_of(stage, meeting, "mx")
    path = f"/meetings/{meeting}/invitations/{key}/letter"
    said = "provisional until the letter has come"
    for reader in (stage.officer, stage.focal["bz"]):
        assert said in Desk(app, reader).get(page)
    assert said in Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}/delegation")
    assert path in desk.get(page)
    assert path not in Desk(app, stage.focal["bz"]).get(page)
    assert said in " ".join(paragraphs(desk, meeting))
    assert said in " ".join(cells(desk, meeting))
    person = str(person_of(stage, meeting, "Ana Head"))
    assert desk.wrong(path, {"on": in_days(3).isoformat(), "named": person}) == [
        "That day is still to come; give the day the letter bears"
    ]
    desk.send(path, {"on": "2026-02-03", "reference": "Note 7/2026", "named": person})
    shown = desk.get(page)
    assert said not in shown
    assert "Note 7/2026" in shown
    assert "A letter is still awaited" not in shown
    Desk(app, stage.focal["mx"]).get(path, 404)


def test_whoever_is_named_after_the_letter_is_provisional_again(app: Flask, stage: Stage) -> None:
    by_letter(stage)
    meeting = meeting_of(stage)
    ana = named(stage, meeting, "mx", "Ana Head", role=DelegateRole.HEAD)
    desk = Desk(app, stage.officer)
    path = f"/meetings/{meeting}/invitations/{invitation_of(stage, meeting, 'mx')}/letter"
    desk.send(path, {"on": "2026-02-03", "named": str(ana)})
    named(stage, meeting, "mx", "Berta Late")
    assert provisional(stage, meeting) == {"Ana Head": "", "Berta Late": NOT_IN_IT}
    focal = Desk(app, stage.focal["mx"])
    focal.send(f"/meetings/{meeting}/delegation/{ana}", {"name": "ANA head", "role": "head", "function": "Director"})
    assert provisional(stage, meeting)["ANA head"] == ""
    focal.send(f"/meetings/{meeting}/delegation/{ana}", {"name": "Carla Other", "role": "head"})
    assert provisional(stage, meeting) == {"Carla Other": NOT_IN_IT, "Berta Late": NOT_IN_IT}
    focal.send(f"/meetings/{meeting}/reply", {"answer": "regrets"})
    with looking(stage.engine, stage.officer) as session:
        one = queries.invitation_by_id(session, invitation_of(stage, meeting, "mx"))
        assert one is not None
        assert (one.letter_on, one.letter_reference) == (None, "")


NOT_IN_IT = "provisional: not in the letter of 3 February 2026"


def provisional(stage: Stage, meeting: UUID) -> dict[str, str]:
    with looking(stage.engine, stage.officer) as session:
        listed = delegation_works.listed_delegations(session, again(session, meeting))
        return {
            person.name: delegation_works.provisional_words(one.invitation, person)
            for one in listed
            for person in one.delegates
        }


def person_of(stage: Stage, meeting: UUID, name: str) -> UUID:
    with looking(stage.engine, stage.officer) as session:
        return next(
            person.id
            for one in queries.invitations_of(session, meeting)
            for person in one.delegates
            if person.name == name
        )


def test_without_the_rule_nobody_is_provisional_and_no_letter_is_noted(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    ana = named(stage, meeting, "mx", "Ana Head")
    assert provisional(stage, meeting) == {"Ana Head": ""}
    key = invitation_of(stage, meeting, "mx")
    Desk(app, stage.officer).get(f"/meetings/{meeting}/invitations/{key}/letter", 404)
    with acting(stage.engine, stage.officer) as session:
        one = queries.invitation_by_id(session, key)
        assert one is not None
        with pytest.raises(Refused):
            service.note_letter(session, one, on=in_days(-1), reference="", named=[ana])


# --- readers ------------------------------------------------------------------------------------------------------


def own_list(stage: Stage, meeting: UUID) -> DelegationList:
    with looking(stage.engine, stage.officer) as session:
        found = delegation_queries.list_of(session, meeting)
        assert found is not None
        return found


def wide_meeting(stage: Stage) -> UUID:
    """A meeting all participants read, to which members and an observer are invited; Mexico names somebody."""
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, readers=Readers.PARTICIPANTS)
        everyone = [one.participant for one in queries.invitable(session, meeting, in_days(0))]
        service.invite(session, meeting, everyone)
        key = meeting.id
    named(stage, key, "mx", "Ana Head", role=DelegateRole.HEAD)
    named(stage, key, "mx", "Carla Quiet", is_unlisted=True)
    return key


def give(stage: Stage, meeting: UUID, clauses: Any) -> None:
    """Give the list these readers, as the page of labels does."""
    with acting(stage.engine, stage.officer) as session:
        one = delegation_queries.list_of(session, meeting)
        assert one is not None
        before = label_value(session, one.label_id)
        relabel(session, one, clauses(again(session, meeting)), why="given")
        session.expire_all()
        listing.list_follows(session, one, before)


def test_the_list_is_for_members_unless_it_is_said_otherwise(app: Flask, stage: Stage) -> None:
    meeting = wide_meeting(stage)
    page = f"/meetings/{meeting}/delegations"
    assert "Ana Head" in Desk(app, stage.focal["bz"]).get(page)
    observer = Desk(app, stage.focal["co"])
    observer.get(page, 303)
    for form in ("pdf", "docx", "xlsx"):
        observer.get(f"{page}/paper.{form}", 404)
    assert seen(stage, meeting, stage.focal["co"]) == []
    give(stage, meeting, lambda one: [clauses_of.participants_of(one.process, one.track)])
    assert seen(stage, meeting, stage.focal["co"]) == ["Ana Head"]
    shown = observer.get(page)
    assert "Ana Head" in shown
    assert "Carla Quiet" not in shown
    named(stage, meeting, "gt", "Gonzalo")
    assert seen(stage, meeting, stage.focal["co"]) == ["Ana Head", "Gonzalo"]


def test_a_list_for_the_secretariat_alone_leaves_answers_to_members_and_names_to_their_own(
    app: Flask, stage: Stage
) -> None:
    meeting = wide_meeting(stage)
    give(
        stage,
        meeting,
        lambda one: [clauses_of.named(one.process, one.track, audience=[clauses_of.secretariat(one.track)])],
    )  # fmt: skip
    named(stage, meeting, "gt", "Gonzalo")
    assert seen(stage, meeting, stage.focal["bz"]) == []
    assert seen(stage, meeting, stage.focal["mx"]) == ["Ana Head", "Carla Quiet"]
    assert seen(stage, meeting, stage.officer) == ["Ana Head", "Carla Quiet", "Gonzalo"]
    with looking(stage.engine, stage.focal["bz"]) as session:
        assert len(queries.invitations_of(session, meeting)) > 3
    Desk(app, stage.focal["bz"]).get(f"/meetings/{meeting}/delegations", 303)
    Desk(app, stage.officer).get(f"/meetings/{meeting}/delegations")
    give(stage, meeting, lambda one: [clauses_of.members_of(one.process, one.track)])
    assert seen(stage, meeting, stage.focal["bz"]) == ["Ana Head", "Gonzalo"]


def test_the_one_control_sets_the_label_of_the_list(app: Flask, stage: Stage) -> None:
    meeting = wide_meeting(stage)
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}/delegations"
    location, _page = desk.send(page, {"act": "readers"})
    assert location.endswith(f"/readers/delegation_lists/{own_list(stage, meeting).id}/label")
    assert "All participants" in desk.get(location)
    Desk(app, stage.focal["mx"]).get(location, 404)


def test_needs_and_whom_one_keeps_off_the_list_are_marked_and_their_reading_is_on_record(
    app: Flask, stage: Stage
) -> None:
    meeting = meeting_of(stage)
    named(stage, meeting, "mx", "Ana Head", role=DelegateRole.HEAD, needs="A ramp")
    hidden = named(stage, meeting, "mx", "Carla Quiet", is_unlisted=True)
    page = f"/meetings/{meeting}/delegations"
    shown = Desk(app, stage.officer).get(page)
    assert shown.count('data-level="named"') >= 2
    assert "Reading is recorded." in shown
    with system_unit(stage.engine, Reason.READINGS, writes=False) as system:
        visits = [(one.thing_kind, one.person_id) for one in system.scalars(select(Reading))]
    officer = stage.officer.person
    assert sorted(visits) == [("delegate_needs", officer), ("delegates", officer)]
    own = Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}/delegation")
    assert own.count('data-level="named"') >= 2
    other = Desk(app, stage.focal["bz"]).get(page)
    assert 'data-level="named"' not in other
    assert str(hidden) not in other
    with system_unit(stage.engine, Reason.READINGS, writes=False) as system:
        assert len(system.scalars(select(Reading)).all()) == 2


# --- order --------------------------------------------------------------------------------------------------------


def order(stage: Stage, meeting: UUID) -> list[str]:
    with looking(stage.engine, stage.officer) as session:
        return [str(one.name) for one in delegation_works.listed_delegations(session, again(session, meeting))]


@pytest.mark.parametrize(
    ("language", "letter", "expected"),
    [
        ("en", "", ["Belize", "Guatemala", "Mexico"]),
        ("es", "", ["Belice", "Guatemala", "México"]),
        ("ar", "", ["بليز", "غواتيمالا", "المكسيك"]),
        ("en", "H", ["Mexico", "Belize", "Guatemala"]),
        ("ar", "غ", ["غواتيمالا", "المكسيك", "بليز"]),
        ("fr", "Z", ["Belize", "Guatemala", "Mexique"]),
    ],
    ids=["english", "spanish", "arabic", "from H", "from ghain", "behind all"],
)
def test_the_list_is_alphabetical_in_the_language_of_the_meeting(
    stage: Stage, language: str, letter: str, expected: list[str]
) -> None:
    """The article of المكسيك does not count, as in the lists of the United Nations."""
    meeting = meeting_of(stage, languages=[language, "en"])
    for state in ("mx", "bz", "gt"):
        named(stage, meeting, state, f"Person of {state}")
    with acting(stage.engine, stage.officer) as session:
        service.begin_with(session, again(session, meeting), letter)
    assert order(stage, meeting) == expected


def test_on_the_page_delegations_are_called_in_the_readers_language_and_stand_in_the_meetings_order(
    app: Flask, stage: Stage
) -> None:
    meeting = meeting_of(stage, languages=["ar", "en"])
    for state in ("mx", "bz", "gt"):
        named(stage, meeting, state, f"Person of {state}")
    page = Desk(app, stage.officer).get(f"/meetings/{meeting}/delegations")
    assert re.findall(r'scope="colgroup"><bdi>(.*?)</bdi>', page) == ["Belize", "Guatemala", "Mexico"]
    assert order(stage, meeting)[0] == "بليز"


def test_the_head_stands_first_then_delegates_then_advisers_as_they_were_named(stage: Stage) -> None:
    meeting = meeting_of(stage)
    for name, role in (("Zoe", "adviser"), ("Yan", "delegate"), ("Xul", "head"), ("Abel", "delegate")):
        named(stage, meeting, "mx", name, role=DelegateRole(role))
    with looking(stage.engine, stage.officer) as session:
        [one] = delegation_works.listed_delegations(session, again(session, meeting))
        assert [person.name for person in one.delegates] == ["Xul", "Yan", "Abel", "Zoe"]


def test_a_head_named_in_the_answer_who_is_in_the_delegation_already_is_said(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    named(stage, meeting, "mx", "Ana Pérez")
    desk, path = Desk(app, stage.focal["mx"]), f"/meetings/{meeting}/reply"
    assert desk.wrong(path, {"answer": "attends", "head_name": "ana  PÉREZ"}) == [
        "This person is already in the delegation; make them its head there"
    ]
    assert desk.wrong(path, {"answer": "attends", "head_name": "م" * 301}) == ["Shorten this by 1 character."]
    _location, page = desk.send(path, {"answer": "attends", "head_name": "م" * 301}, 422)
    assert "م" * 301 in page
    desk.send(path, {"answer": "attends", "head_name": "م" * 300})
    assert seen(stage, meeting, stage.focal["mx"]) == ["Ana Pérez", "م" * 300]


# --- files --------------------------------------------------------------------------------------------------------


def paragraphs(desk: Desk, meeting: UUID) -> list[str]:
    answer = desk.client.get(f"/meetings/{meeting}/delegations/paper.docx")
    return [one.text for one in Document(io.BytesIO(answer.get_data())).paragraphs]


def book(desk: Desk, meeting: UUID) -> zipfile.ZipFile:
    answer = desk.client.get(f"/meetings/{meeting}/delegations/paper.xlsx")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(".xlsx")
    return zipfile.ZipFile(io.BytesIO(answer.get_data()))


def cells(desk: Desk, meeting: UUID) -> list[str]:
    strings = ET.fromstring(book(desk, meeting).read("xl/sharedStrings.xml"))
    return ["".join(one.itertext()) for one in strings.iter(f"{SHEET}si")]


def test_the_table_holds_texts_alone_and_carries_its_marking(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    risky = ("=1+1", "+49 30", "-2", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "http://x.example", "0012")
    for name in risky:
        named(stage, meeting, "mx", name, function=name, ministry=name)
    named(stage, meeting, "mx", "Carla Quiet", is_unlisted=True)
    desk = Desk(app, stage.officer)
    sheet = book(desk, meeting).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert set(re.findall(r' t="(\w+)"', sheet)) == {"s"}
    assert not re.findall(r"<c (?![^>]*t=)[^>]*><v>", sheet)
    found = cells(desk, meeting)
    assert set(risky) <= set(found)
    assert "Carla Quiet" not in found
    assert found[0].startswith("Members only.")
    assert "rightToLeft" not in sheet
    arabic = zipfile.ZipFile(
        io.BytesIO(desk.client.get(f"/meetings/{meeting}/delegations/paper.xlsx?lang=ar").get_data())
    )
    assert 'rightToLeft="1"' in arabic.read("xl/worksheets/sheet1.xml").decode()


def test_the_files_of_the_list_stand_under_its_own_label(app: Flask, stage: Stage) -> None:
    meeting = wide_meeting(stage)
    desk = Desk(app, stage.officer)
    assert cells(desk, meeting)[0].startswith("Members only.")
    assert any(one.startswith("Members only.") for one in docx_texts(desk, meeting))
    audience = [clauses_of.participant(stage.id["mx"])]
    give(
        stage,
        meeting,
        lambda one: [clauses_of.named(one.process, one.track, audience=[*audience, clauses_of.secretariat(one.track)])],
    )
    assert cells(desk, meeting)[0].startswith("Named readers.")
    Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}/delegations")
    book(Desk(app, stage.focal["mx"]), meeting)
    with system_unit(stage.engine, Reason.READINGS, writes=False) as system:
        visits = {(one.thing_kind, one.as_paper, one.person_id) for one in system.scalars(select(Reading))}
    mexican = stage.focal["mx"].person
    assert {("delegation_lists", False, mexican), ("delegation_lists", True, mexican)} <= visits


def docx_texts(desk: Desk, meeting: UUID) -> list[str]:
    answer = desk.client.get(f"/meetings/{meeting}/delegations/paper.docx")
    document = Document(io.BytesIO(answer.get_data()))
    heads = [one.text for section in document.sections for one in section.header.paragraphs]
    boxes = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for one in document.paragraphs] + heads + boxes


# --- time after time ----------------------------------------------------------------------------------------------


def held(stage: Stage, days: int, **present: list[tuple[str, str]]) -> UUID:
    """A meeting held so many days ago; by state whom it sent, with their levels."""
    meeting = meeting_of(stage)
    for state, people in present.items():
        for name, level in people:
            named(stage, meeting, state, name, level=level, ministry=f"Ministry of {name}")
    with acting(stage.engine, stage.officer) as session:
        moved = particulars(starts_on=in_days(-days), ends_on=in_days(-days), last_ends=None)
        service.change_meeting(session, again(session, meeting), moved)
        came = {
            one.id: Attendance.PRESENT if one.participant_id in {stage.id[state] for state in present} else None
            for one in queries.invitations_of(session, meeting)
        }
        service.record_attendance(session, again(session, meeting), came)
    return meeting


def test_the_secretariat_sees_all_a_participant_its_own_and_the_chair_sums(app: Flask, stage: Stage) -> None:
    held(stage, 200, mx=[("Ana", "senior")], gt=[("Gonzalo", "senior")], bz=[("Bea", "political")])
    held(stage, 100, mx=[("Ana", "senior"), ("Berta", "senior")], gt=[("Gonzalo", "senior")], bz=[("Bea", "political")])
    meeting = meeting_of(stage)
    path = f"/meetings/{meeting}/delegations/continuity"
    everything = html.unescape(Desk(app, stage.officer).get(path))
    assert all(name in everything for name in ("Ana", "Berta", "Gonzalo", "Bea", "Ministry of Ana"))
    mexican = html.unescape(Desk(app, stage.focal["mx"]).get(path))
    assert "Berta" in mexican
    assert not [name for name in ("Gonzalo", "Ministry of Gonzalo", "Bea") if name in mexican]
    assert "In numbers" not in mexican
    Desk(app, stage.focal["co"]).get(path, 404)
    Desk(app, stage.coordinator).get(path, 404)
    assert path in Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}/delegations")


def test_the_first_meeting_of_a_body_has_nothing_before_it(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    page = Desk(app, stage.officer).get(f"/meetings/{meeting}/delegations/continuity")
    assert "No earlier meeting of this body is on record as held." in page
    assert "In numbers" not in page


def test_the_chair_reads_numbers_and_nobody_s_name(app: Flask, stage: Stage) -> None:
    """The steering group is chaired by Guatemala, whose own delegations its chair reads too."""
    with acting(stage.engine, stage.officer) as session:
        first = scheduled(session, body="Steering Group", readers=Readers.BODY)
        invited(session, first)
        before = first.id
    for name in ("Ana", "Berta", "Carla"):
        named(stage, before, "mx", name, level="senior", ministry=f"Ministry of {name}")
    with acting(stage.engine, stage.officer) as session:
        moved = particulars(starts_on=in_days(-50), ends_on=in_days(-50), last_ends=None)
        service.change_meeting(session, again(session, before), moved)
        service.record_attendance(
            session,
            again(session, before),
            {one.id: Attendance.PRESENT for one in queries.invitations_of(session, before)},
        )
    with acting(stage.engine, stage.officer) as session:
        now = scheduled(session, body="Steering Group", readers=Readers.BODY)
        invited(session, now)
        meeting = now.id
    page = html.unescape(Desk(app, stage.chair).get(f"/meetings/{meeting}/delegations/continuity"))
    assert "In numbers" in page
    assert "fewer than three" in page
    assert not [name for name in ("Ana", "Berta", "Carla", "Mexico", "Ministry of") if name in page]


@pytest.mark.parametrize("path", ["delegations", "delegations/continuity"])
def test_the_pages_ask_the_same_for_few_and_for_many(app: Flask, stage: Stage, path: str) -> None:
    counts = []
    desk = Desk(app, stage.officer)
    by_letter(stage)
    for more in (1, 3):
        people = [(f"Person {more} {number}", "senior") for number in range(more * 2)]
        held(stage, 100 + more, mx=people, gt=people)
        meeting = meeting_of(stage)
        for number in range(more * 3):
            for state in ("mx", "gt"):
                named(stage, meeting, state, f"Now {number}", needs="A meal", is_unlisted=number % 2 == 1)
        for _again in range(2):
            desk.get(f"/meetings/{meeting}/{path}")
        with statements_sent() as sent:
            desk.get(f"/meetings/{meeting}/{path}")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_inviting_by_standing_ticks_in_one_go(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, readers=Readers.PARTICIPANTS).id
    desk, path = Desk(app, stage.officer), f"/meetings/{meeting}/invite"

    def ticked(tick: str) -> set[UUID]:
        boxes = re.findall(r"<input[^>]*name=\"chosen\"[^>]*>", desk.get(f"{path}?tick={tick}"))
        return {UUID(re.findall(r'value="([^"]+)"', box)[0]) for box in boxes if "checked" in box}

    members = {stage.id[one] for one in ("bz", "gt", "hn", "mx")}
    assert ticked("body") == ticked("member") == members
    assert ticked("observer") == {stage.id["co"]}
    assert ticked("all") == members | {stage.id["co"], stage.id["iom"]}
    assert ticked("nobody") == set()
