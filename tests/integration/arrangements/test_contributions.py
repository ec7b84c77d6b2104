"""Contributions: entered by the secretariat, right when the giver says so, and only then read and counted."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from flask import Flask

from config import Settings
from secretariat.arrangements.contribution_models import Contribution
from secretariat.arrangements.sums import Sum, sums
from secretariat.core import awaited, clock
from secretariat.core.session import Reason, system_unit
from secretariat.mail import links
from tests.factories.meetings import looking
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

WHERE = "/processes/rcx/contributions/"


def awaited_of(stage: Stage, state: str) -> int:
    with looking(stage.engine, stage.focal[state]) as session:
        found = awaited.awaited(session, clock.today(), participant=stage.id[state])
        return sum(one.kind == "contribution" for one in found)


def entered(officer: Desk, stage: Stage, state: str, **more: str) -> str:
    typed = {"participant": str(stage.id[state]), "pledged": "1,250.50", "currency": "usd", "earmark": "The workshop"}
    return officer.send(f"{WHERE}new", {**typed, **more})[0]


def test_a_contribution_is_read_once_its_giver_says_that_it_is_right(app: Flask, stage: Stage) -> None:
    officer, giver, other = Desk(app, stage.officer), Desk(app, stage.focal["mx"]), Desk(app, stage.focal["bz"])
    new = f"{WHERE}new"
    typed = {"participant": str(stage.id["mx"]), "pledged": "1250"}
    assert officer.wrong(new, {**typed, "currency": "XYZ"}) == [
        "There is no currency with this code; give one of three letters, for example USD"
    ]
    assert officer.wrong(new, typed) == ["Give the currency of the amount, for example USD"]
    assert officer.wrong(new, {**typed, "pledged": "much"}) == ["Give an amount, for example 1,250.50"]
    officer.send(new, {"participant": typed["participant"]}, 422)
    page = entered(officer, stage, "mx")
    assert awaited_of(stage, "mx") == 1
    other.get(page, 404)
    assert "No contribution yet." in other.get(WHERE)
    assert page in giver.get("/")
    giver.send(f"{page}/answer", {"answer": "not_right", "word": "It was 1,300"}, form_at=page)
    assert "It was 1,300" in officer.get(page)
    assert awaited_of(stage, "mx") == 0
    officer.send(f"{page}/edit", {"pledged": "1300", "currency": "USD", "participant": str(stage.id["mx"])})
    giver.send(f"{page}/answer", {"answer": "right"}, form_at=page)
    assert "USD 1,300.00 pledged." in other.get(WHERE)
    other.get(f"{page}/edit", 404)
    Desk(app, stage.focal["co"]).get(page, 404)  # an observer
    Desk(app, stage.coordinator).get(page, 404)
    more = {"pledged": "100", "received": "500", "currency": "USD"}
    assert officer.wrong(f"{page}/edit", more) == [
        "More is received than was pledged. Look at both amounts, or say that this is right"
    ]
    assert 'name="more" type="checkbox"' in officer.send(f"{page}/edit", more, 422)[1]
    officer.send(f"{page}/edit", {**more, "more": "y"})
    changed = {"pledged": "1300", "received": "500", "currency": "USD", "participant": str(stage.id["mx"])}
    officer.send(f"{page}/edit", changed)
    other.get(page, 404)  # what changed is asked anew
    officer.send(f"{page}/take-away", {})
    giver.get(page, 404)


def test_what_an_observer_gives_is_read_by_all_and_a_list_costs_the_same(app: Flask, stage: Stage) -> None:
    officer, observer = Desk(app, stage.officer), Desk(app, stage.focal["co"])
    page = entered(officer, stage, "co", pledged="", currency="", in_kind="A room for the meeting")
    assert "all participants read it" in observer.get(page)
    observer.send(f"{page}/answer", {"answer": "right"}, form_at=page)
    for reader in (observer, Desk(app, stage.focal["gt"]), Desk(app, stage.alternate["gt"])):
        assert "A room for the meeting" in reader.get(WHERE)
    entered(officer, stage, "bz")
    officer.get(WHERE)
    with statements_sent() as one:
        officer.get(WHERE)
    for state in ("mx", "gt"):
        entered(officer, stage, state)
    officer.get(WHERE)
    with statements_sent() as many:
        officer.get(WHERE)
    assert len(many) == len(one)


def test_who_takes_no_part_gives_by_name_and_the_secretariat_notes_its_word(app: Flask, stage: Stage) -> None:
    officer, member = Desk(app, stage.officer), Desk(app, stage.focal["gt"])
    new, gift = f"{WHERE}new", {"in_kind": "A study", "received": "500", "currency": "EUR"}
    assert officer.wrong(new, gift)[0].startswith("Choose who gives it, or give the name")
    both = {**gift, "participant": str(stage.id["mx"]), "giver": "A foundation"}
    assert officer.wrong(new, both) == ["Choose a participant or give a name, not both"]
    page, said = officer.send(new, {**gift, "giver": "Zenith Foundation"})[0], {"said": "Letter of 3 May 2026"}
    member.get(page, 404)
    officer.send(f"{page}/word", said)
    for shown in (member.get(page), member.get(WHERE)):
        assert "Zenith Foundation" in shown
    assert "Letter of 3 May 2026" in member.get(page)
    Desk(app, stage.focal["co"]).get(page, 404)  # an observer
    officer.send(f"{page}/edit", {"in_kind": "Two studies", "giver": "Zenith Foundation"})
    member.get(page, 404)  # what changed is noted anew
    officer.send(f"{page}/take-away", {})


def test_a_giver_answers_by_the_link_of_a_mail(app: Flask, stage: Stage, settings: Settings) -> None:
    page = entered(Desk(app, stage.officer), stage, "mx")
    key, giver = UUID(page.rpartition("/")[2]), stage.focal["mx"]
    with system_unit(stage.engine, Reason.MAIL) as system:
        made = links.issue(
            system, key="test", scope="contribution", person=giver.person, hat=giver.hat, subjects=[key],
            process=stage.id["process"], track=stage.id["government"],
        )  # fmt: skip
    path, linked = f"/l/{links.token_of(settings.secret_key, made)}/contribution", Desk(app)
    assert len(linked.get(path)) < 20_000
    linked.send(path, {"answer": "right"})
    assert "Nothing is awaited of you here." in linked.get(path)
    assert "USD 1,250.50 pledged." in Desk(app, stage.focal["bz"]).get(WHERE)
    assert awaited_of(stage, "mx") == 0


def test_sums_stand_by_currency_and_nothing_is_converted() -> None:
    given = [
        Contribution(pledged=Decimal(10), received=None, currency="USD"),
        Contribution(pledged=None, received=Decimal(3), currency="EUR"),
        Contribution(pledged=Decimal(5), received=Decimal(5), currency="USD"),
        Contribution(pledged=None, received=None, currency=""),
    ]
    assert sums(given) == [Sum("EUR", Decimal(0), Decimal(3)), Sum("USD", Decimal(15), Decimal(5))]
