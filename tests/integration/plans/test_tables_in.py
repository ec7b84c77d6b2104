"""A table is brought into a plan: looked at, confirmed, put in by the worker as a whole, and taken back."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.core.models import Job, JobState
from secretariat.core.session import Reason, system_unit
from secretariat.jobs import service as jobs
from secretariat.mail.models import OutboxMessage
from secretariat.plans import queries, service
from secretariat.plans.import_models import PlanImport
from secretariat.plans.models import Commitment, CommitmentState, Plan, Proposal
from secretariat.plans.service import importing
from secretariat.processes.models import Process, Track
from tests.factories import people
from tests.factories.plans import acting, again, seeing
from tests.support.plans import Planned, Site

HEAD = ["Eje / Pillar", "Objective", "Activity", "Responsible", "Partners", "When?", "Indicator", "Status", "Budget"]
ROWS: list[list[Any]] = [
    ["Plan of action, as agreed"],
    HEAD,
    ["Protección / Protection", "1.1 Consular help", "Train officers", "México; Guatemala", "OIM, Red",
     "30 de junio de 2099",
     "Officers trained", "done", "100"],
    ["", "", "Publish a guide", "GT", "", "Q3 2099", "", "", ""],
    ["", "1.2 Return", "Agree a form", "Honduras and Belize", "", "2099-05-01", "", "", ""],
    ["Datos / Data", "", "Exchange figures", "", "", "", "", "", ""],
]  # fmt: skip


def book(rows: list[list[Any]], merged: str = "") -> bytes:
    """A spreadsheet of these rows; a day is a day there, and `=...` a formula."""
    from xlsxwriter import Workbook

    out = BytesIO()
    made = Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = made.add_worksheet("Plan")
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell)
    if merged:
        first = rows[2][0]
        sheet.merge_range(merged, first)
    made.add_worksheet("Notes").write(0, 0, "Nothing here")
    made.close()
    return out.getvalue()


def draft_plan(planned: Planned, title: str = "Plan of action 2099") -> UUID:
    """A plan that no meeting has adopted, with nothing in it."""
    with acting(planned.engine, planned.people.officer) as session:
        process = session.scalars(select(Process).where(Process.id == planned.people.id["process"])).one()
        track = session.scalars(select(Track).where(Track.id == planned.people.id["government"])).one()
        made = service.begin_plan(session, session.viewer, process, track, LocalText.of(title))
        return made.id


def send(site: Site, plan: UUID, content: bytes, name: str = "plan.xlsx") -> Any:
    return site.send(site.planned.people.officer, f"/plans/{plan}/imports", table=(BytesIO(content), name))


def sent(site: Site, plan: UUID, content: bytes, name: str = "plan.xlsx") -> str:
    """The page of a table that could be read."""
    answer = send(site, plan, content, name)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location).removesuffix("/columns")


def act(site: Site, page: str, name: str, **data: Any) -> Any:
    """Press a button of the page."""
    client = site.client(site.planned.people.officer)
    return client.post(f"{page}/{name}", data={**data, "csrf_token": people.token(client, page)})


def work(site: Site) -> JobState:
    """The worker does what waits; how the last job stands."""
    engine = site.planned.engine
    for key in jobs.waiting(engine):
        jobs.do(engine, key, site.settings)
    with system_unit(engine, Reason.JOB) as system:
        return system.scalars(select(Job).order_by(Job.asked_at.desc())).first().state  # type: ignore[union-attr]


def bring_in(site: Site, plan: UUID, content: bytes, name: str = "plan.xlsx") -> str:
    page = sent(site, plan, content, name)
    answer = act(site, page, "confirm")
    assert answer.status_code == 303, site.page(site.planned.people.officer, page)
    assert work(site) is JobState.DONE
    return page


def held(planned: Planned, plan: UUID) -> list[tuple[Any, ...]]:
    """What stands in a plan: part, participant, words, day."""
    names = {key: name for name, key in planned.people.id.items()}
    with seeing(planned.engine, planned.people.officer) as session:
        wanted = select(Commitment).where(Commitment.plan_id == plan, Commitment.state == CommitmentState.PROPOSED)
        return sorted(
            (one.part_number, names[one.participant_id], str(one.words), str(one.due_on or ""))
            for one in session.scalars(wanted)
        )


def parts(planned: Planned, plan: UUID) -> list[tuple[str, dict[str, str]]]:
    with seeing(planned.engine, planned.people.officer) as session:
        return sorted((part.number, dict(part.title.texts)) for part in queries.outline(session, plan))


def test_a_table_comes_in_as_secretariats_have_it_and_is_taken_back(site: Site) -> None:
    planned, who = site.planned, site.planned.people
    plan = draft_plan(planned)
    page = sent(site, plan, book(ROWS, "A3:A5"))
    form = site.page(who.officer, f"{page}/columns")
    assert 'value="area:' in form
    assert re.search(r'selected value="due"|value="due" selected', form), form
    shown = site.page(who.officer, page)
    assert "5 proposals would be made" in shown, shown
    assert held(planned, plan) == []
    assert parts(planned, plan) == []
    assert site.client(who.coordinator).get(page).status_code == 404
    assert site.client(who.focal["gt"]).get(page).status_code == 404
    assert act(site, page, "confirm").status_code == 303
    assert work(site) is JobState.DONE
    assert parts(planned, plan) == [
        ("1", {"es": "Protección", "en": "Protection"}),
        ("1.1", {"en": "Consular help"}),
        ("1.1.1", {"en": "Train officers"}),
        ("1.1.2", {"en": "Publish a guide"}),
        ("1.2", {"en": "Return"}),
        ("1.2.1", {"en": "Agree a form"}),
        ("2", {"es": "Datos", "en": "Data"}),
        ("2.1", {"en": "Exchange figures"}),
    ]
    assert held(planned, plan) == [
        ("1.1.1", "gt", "Train officers", "2099-06-30"),
        ("1.1.1", "mx", "Train officers", "2099-06-30"),
        ("1.1.2", "gt", "Publish a guide", "2099-09-30"),
        ("1.2.1", "bz", "Agree a form", "2099-05-01"),
        ("1.2.1", "hn", "Agree a form", "2099-05-01"),
    ]
    with system_unit(planned.engine, Reason.MAIL) as system:
        assert system.scalars(select(OutboxMessage)).all() == []
        assert system.scalars(select(PlanImport)).one().kept is None
    assert "Train officers" in site.page(who.focal["gt"], f"/plans/{plan}")
    assert "Agree a form" not in site.page(who.focal["gt"], f"/plans/{plan}").replace("1.2.1</bdi> Agree a form", "")
    again_in = bring_again(site, plan)
    assert "5 commitments are there already" in again_in
    with acting(planned.engine, who.focal["mx"]) as session:
        one = session.scalars(select(Commitment).where(Commitment.participant_id == who.id["mx"])).one()
        service.accept(session, session.viewer, one)
    asked = site.page(who.officer, f"{page}/undo")
    assert "4 proposals are taken back" in asked
    assert site.send(who.officer, f"{page}/undo").status_code == 303
    assert work(site) is JobState.DONE
    assert held(planned, plan) == []
    assert [number for number, _texts in parts(planned, plan)] == ["1", "1.1", "1.1.1"]
    told = site.page(who.officer, page)
    assert "Its participant has answered" in told
    assert "Something else stands in it" in told
    with system_unit(planned.engine, Reason.FOLLOW_UP) as system:
        assert len(system.scalars(select(Proposal)).all()) == 1


def bring_again(site: Site, plan: UUID) -> str:
    """The same table once more: nothing would come in, and it says so."""
    page = sent(site, plan, book(ROWS, "A3:A5"))
    shown = site.page(site.planned.people.officer, page)
    refused = act(site, page, "confirm")
    assert refused.status_code == 422
    return shown


def test_every_problem_is_told_by_row_and_column_and_nothing_comes_in(site: Site) -> None:
    planned, who = site.planned, site.planned.people
    with acting(planned.engine, who.officer) as session:
        plan = draft_plan(planned)
        the_plan = session.scalars(select(Plan).where(Plan.id == plan)).one()
        service.change_plan(
            session, session.viewer, the_plan, title=the_plan.title, period_from=PartialDate("2098"), period_until=None,
            symbol="",
        )  # fmt: skip
    rows: list[list[Any]] = [
        ["Activity", "Country", "Deadline"],
        ["Train", "Atlantis", "2099"],
        ["=1+1", "Guatemala", date(2099, 3, 4)],
        ["Guide", "Colombia", "Fall 2099"],
        ["Early", "Mexico", "2001-05-01"],
        ["Good", "Mexico", "04/03/2099"],
    ]
    page = sent(site, plan, book(rows))
    told = site.page(who.officer, page)
    for said in (
        "Nobody here is called “Atlantis”", "A formula stands here", "“Fall 2099” is no day", "Colombia is no member",
        "The period of the plan begins on 1 January 2098",
    ):  # fmt: skip
        assert said in told, (said, told)
    assert act(site, page, "confirm").status_code == 422
    assert act(site, page, "names", name_0="members", name_1="nobody").status_code == 303
    assert "Atlantis" not in site.page(who.officer, f"{page}?show=mend").split("</h2>")[-1]
    columns = f"{page}/columns"
    form = {"sheet": "0", "heading": "1", "fills_down": "yes", "day_first": "yes", "single": ""}
    chosen = {"column_0": "activity:en", "column_1": "participant", "column_2": "due"}
    assert site.send(who.officer, columns, **form, **chosen, left_out="x").status_code == 422
    assert site.send(who.officer, columns, **form, **{**chosen, "column_2": "participant"}).status_code == 422
    assert site.send(who.officer, columns, **form, **chosen, left_out="3, 4-5").status_code == 303
    assert act(site, page, "confirm").status_code == 303
    assert work(site) is JobState.DONE
    assert {words for _part, _who, words, _due in held(planned, plan)} == {"Train", "Good"}
    assert ("2", "mx", "Good", "2099-03-04") in held(planned, plan)
    learned = sent(site, plan, book([["Activity", "Country", "Deadline"], ["Other", "Atlantis", "2099"]]))
    assert "proposals would be made" in site.page(who.officer, learned)


def test_what_cannot_be_read_is_a_sentence_and_nothing_is_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = site.planned
    monkeypatch.setattr(importing, "MOST_BYTES", 8_000)
    macros = BytesIO()
    with ZipFile(macros, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/vbaProject.bin", b"\0")
    for content, said in (
        (b"\xff\xfea", "The letters of this table cannot be read"),
        ("Activité;Pays\nÉté;Mexico".encode("cp1252"), "The letters of this table cannot be read"),
        (macros.getvalue(), "holds macros"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an older kind"),
        (b"%PDF-1.7\n1 0 obj", "This is a PDF"),
        (b"PK\x03\x04broken", "cannot be opened"),
        (b"", "This table is empty"),
        (b"\n\n", "This table is empty"),
        (b"x" * 9_000, "which no plan of action is"),
    ):
        answer = send(site, planned.plan_id, content, "t.csv")
        assert answer.status_code == 422, said
        assert said in answer.get_data(as_text=True), (said, answer.get_data(as_text=True))
    with system_unit(planned.engine, Reason.FILES) as system:
        assert system.scalars(select(PlanImport)).all() == []


def test_an_adopted_plan_takes_proposals_alone_and_a_table_in_semicolons(site: Site) -> None:
    planned, who = site.planned, site.planned.people
    text = 'Activity;Responsable;Compromiso\r\nExchange figures;Guatemala, México;"Publicar, cada mes"\r\n'
    page = bring_in(site, planned.plan_id, text.encode())
    assert [one[:3] for one in held(planned, planned.plan_id)] == [
        ("1.1.1", "gt", "Publicar, cada mes"), ("1.1.1", "mx", "Publicar, cada mes"),
    ]  # fmt: skip
    wrong = sent(site, planned.plan_id, b"Activity,Responsible\nNew activity,Guatemala\n")
    assert "its text is adopted" in site.page(who.officer, wrong)
    assert act(site, wrong, "throw-away").status_code == 303
    assert site.client(who.officer).get(wrong).status_code == 404
    assert site.send(who.officer, f"{page}/undo").status_code == 303
    assert work(site) is JobState.DONE
    with seeing(planned.engine, who.focal["gt"]) as session:
        key = session.scalars(select(Commitment.id).where(Commitment.participant_id == who.id["gt"])).one()
        assert again(session, key).state is CommitmentState.TAKEN_BACK


def test_a_plan_that_changed_after_the_word_takes_in_nothing(site: Site) -> None:
    planned, who = site.planned, site.planned.people
    plan = draft_plan(planned)
    page = sent(site, plan, book(ROWS, "A3:A5"))
    assert act(site, page, "confirm").status_code == 303
    with acting(planned.engine, who.officer) as session:
        the_plan = session.scalars(select(Plan).where(Plan.id == plan)).one()
        service.adopt_plan(session, session.viewer, the_plan, date(2026, 1, 1))
    assert work(site) is JobState.DONE
    assert parts(planned, plan) == []
    assert held(planned, plan) == []
    assert "The plan was changed after you confirmed" in site.page(who.officer, page)
