"""The first page: every link on it leads somewhere, and it is calm."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from secretariat.core.session import Reason, system_unit
from secretariat.plans.models import Plan
from tests.factories import meetings, people, plans, texts
from tests.factories.processes import small_world
from tests.support.sql import statements_sent


@pytest.fixture
def readers(engine: Engine) -> dict[str, people.Official]:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        return {
            "officer": people.officer(session, world.government),
            "gt": people.focal_point(session, world.government, world.member["gt"]),
            "mx": people.focal_point(session, world.government, world.member["mx"]),
        }


def invite_everyone(engine: Engine, officer: people.Official) -> None:
    with meetings.acting(engine, officer) as session:
        meetings.invited(session, meetings.scheduled(session))


def links_of(page: str) -> list[str]:
    return sorted(set(re.findall(r'<a href="(/(?:meetings|plans|commitments|reports|rounds)[^"#]*)', page)))


@pytest.mark.parametrize("who", ["officer", "gt"])
def test_every_link_of_the_first_page_opens(
    app: Flask, engine: Engine, readers: dict[str, people.Official], who: str
) -> None:
    invite_everyone(engine, readers["officer"])
    client = people.sign_in(app, readers[who])
    links = links_of(client.get("/").text)
    assert any("/meetings/" in link for link in links)
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_invitations_of_a_meeting_are_one_line_for_the_secretariat(
    app: Flask, engine: Engine, readers: dict[str, people.Official]
) -> None:
    invite_everyone(engine, readers["officer"])
    page = people.sign_in(app, readers["officer"]).get("/?lang=en").text
    assert "4 participants" in page
    assert page.count("An invitation, awaiting an answer") == 1


def test_commitments_proposals_and_texts_open_from_the_first_page(app: Flask, engine: Engine) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = plans.plan_world(session)
    with plans.acting(engine, world.officer) as session:
        made = plans.plan(session, world)
        plans.proposed(session, world, made, "gt", words="Open a desk")
        texts.opened(session, texts.circulated(session, texts.begun(session)))
    with plans.acting(engine, world.focal["gt"]) as session:
        plans.own(session, world, session.scalars(select(Plan)).one(), "gt", words="Publish figures")
    for who, stands in ((world.focal["gt"], "A text, awaiting comments"), (world.officer, "4 participants")):
        client = people.sign_in(app, who)
        page = client.get("/?lang=en").text
        links = links_of(page)
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
        assert stands in page
        assert [page.count(f">{words}</a>") for words in ("Open a desk", "Publish figures", "Reception protocol")] == [
            1
        ] * 3
    assert "A text, awaiting comments · Belize, Guatemala, Honduras and Mexico" in page


def test_the_first_page_of_a_member_is_read_in_ten_statements(
    app: Flask, engine: Engine, readers: dict[str, people.Official]
) -> None:
    """One that is added here is added for everybody, every morning: let another go for it, or say in a review why.

    What is awaited rarely - language versions, comments, confirmations, clearances, entries to look at, lowerings - is
    asked for in one of them, and that one is narrowed to the reader's labels in each of its parts.
    """
    invite_everyone(engine, readers["officer"])
    client = people.sign_in(app, readers["gt"])
    for _ in range(2):  # labels are worked out, and who reads is known
        client.get("/")
    with statements_sent() as sent:
        client.get("/")
    reads = [one for one in sent if one.startswith("SELECT") and "set_config" not in one]
    begun = [one for one in sent if one not in reads]
    assert len(reads) == 10, "\n".join(reads)
    (rarely,) = (one for one in reads if "any_0" in one)
    assert all("readable_labels" in part for part in rarely.split("EXISTS (SELECT 1")[1:]), rarely
    assert len(begun) == (2 if engine.dialect.name == "postgresql" else 1), "\n".join(begun)
