"""What is typed and not saved - of a new paragraph, by a colleague, by a network - and what comes too late."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import clock
from secretariat.texts import network_queries, queries
from secretariat.texts.models import Comment, UnsavedComment
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.integration.meetings.test_lent_drafts import mails
from tests.integration.texts.conftest import Desk, Stage
from tests.integration.texts.test_lent_comments import passed_on
from tests.integration.texts.test_network_rounds import opened
from tests.integration.texts.test_rounds import a_round

SAVED = {"language": "en"}
LATER = timedelta(minutes=40)


def typed_in(page: str) -> list[str]:
    """What stands in the large fields of a form."""
    return [one.strip() for one in re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)]


def test_new_paragraphs_are_kept_for_their_writer_each_by_its_form_until_it_is_added(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, drafting=[stage.id["gt"]])
        address = f"/texts/{text.id}"
    officer, drafter = Desk(app, stage.officer), Desk(app, stage.focal["gt"])
    new, keep, writing = f"{address}/paragraphs/new", f"{address}/paragraphs/keep", "You were writing a new paragraph"
    one, other = ({"typed_as": _key_of(officer.get(new))} for _tab in range(2))
    assert one != other
    officer.send(keep, {"words-en": "Half of a new one", **one}, 204, form_at=new)
    officer.send(keep, {"words-en": "Half of another", **other}, 204, form_at=new)
    officer.send(keep, {"words-en": "Half of another, and", **other}, 204, form_at=new)
    assert officer.get(address).count(writing) == 2
    page = officer.get(new)
    assert typed_in(page) == [""]
    assert "Half of a new one" in page
    assert "Half of another, and" in page
    page = officer.get(f"{new}?kept={one['typed_as']}")
    assert (typed_in(page), _key_of(page)) == (["Half of a new one"], one["typed_as"])
    for its in (new, f"{new}?kept={one['typed_as']}", address):
        assert "Half of" not in drafter.get(its)
        assert writing not in drafter.get(its)
    officer.send(keep, {"words-en": "x" * 20_001, **one}, 413, form_at=new)
    assert "Half of a new one" in officer.get(new)
    officer.send(keep, {"act": "forget", **one}, form_at=new)
    assert officer.get(address).count(writing) == 1
    officer.send(new, {"words-en": "Half of a third [", "kind": "operative", "depth": "1"}, 422)
    officer.send(new, {"words-en": "Half of another, and more", "kind": "operative", "depth": "1", **other})
    assert writing not in officer.get(address)
    officer.send(keep, {"words-en": "Half of one more", **one}, 204, form_at=new)
    officer.send(keep, {"words-en": "", **one}, 200, form_at=new)
    assert writing not in officer.get(address)


def _key_of(page: str) -> str:
    found = re.search(r'id="typed_as" name="typed_as" type="hidden" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_what_was_taken_out_meanwhile_is_told_and_no_words_are_lost(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, drafting=[stage.id["gt"]])
        at = f"/texts/{text.id}"
        first, second, third = (str(one.id) for one in queries.paragraphs_of(session, text.id))
    officer, drafter = Desk(app, stage.officer), Desk(app, stage.focal["gt"])
    officer.send(f"{at}/paragraphs/{second}/act", {"act": "out"}, form_at=at)
    drafter.get(f"{at}?lang=en")

    def does(paragraph: str, **typed: str) -> str:
        drafter.send(f"{at}/paragraphs/{paragraph}/act", typed, form_at=at)
        return drafter.get(at)

    assert "The paragraph you put it beside was taken out in the meantime" in does(first, beside=second, act="after")
    assert "This paragraph was taken out in the meantime" in does(second, beside=first, act="before")
    assert "This paragraph was taken out in the meantime" in does(second, act="up")
    assert "Nothing was moved: it stands first." in does(first, act="up")
    assert "Nothing was moved: it stands last." in does(third, act="down")
    typed = {"words-en": "Every child is told", "kind": "operative", "depth": "1"}
    _to, page = drafter.send(f"{at}/paragraphs/{second}", typed, 422, form_at=f"{at}/paragraphs/{first}")
    assert "Every child is told" in page
    assert "This paragraph was taken out in the meantime" in page
    drafter.get(f"{at}/paragraphs/{second}", 404)
    drafter.send(f"{at}/paragraphs/new?after={second}", typed)
    assert "Added, at the end: the paragraph it was to follow was taken out" in drafter.get(at)


def test_what_a_colleague_types_is_kept_behind_its_link_alone(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage)
    mails(stage, settings)
    link = passed_on(stage, settings, found)
    nobody, mexico = Desk(app), Desk(app, stage.focal["mx"])
    about = f"{link}?paragraph={paragraph}"
    nobody.send(f"{link}/half-written?paragraph={paragraph}", {"words": "Half a", **SAVED}, 204, form_at=about)
    assert "Half a" in typed_in(nobody.get(about))
    assert "Half a" not in nobody.get(f"{link}?paragraph=whole")
    at = f"/rounds/{found}/comments/new?paragraph={paragraph}"
    assert "Half a" not in mexico.get(at)  # whoever passed it on reads what the colleague sent, and not before
    assert "Half a" not in mexico.get(f"/rounds/{found}/reply")
    with looking(stage.engine, stage.officer) as session:
        assert session.scalars(select(UnsavedComment)).all() == []
    nobody.send(f"{link}/half-written?paragraph={paragraph}", {"words": "", **SAVED}, 200, form_at=about)
    assert "Half a" not in nobody.get(about)
    nobody.send(about, {"words": "Half a thought, and the other half", **SAVED})
    assert "did not save" not in nobody.get(about)


def test_what_a_network_types_is_kept_for_its_writer(app: Flask, stage: Stage) -> None:
    found, paragraph = a_round(stage)
    key = opened(stage, found)
    coordinator, address = Desk(app, stage.coordinator), f"/opened-rounds/{key}"
    about = f"{address}?paragraph={paragraph}"
    coordinator.send(f"{address}/unsaved?paragraph={paragraph}", {"words": "Half a", **SAVED}, 204, form_at=about)
    assert "Half a" in typed_in(coordinator.get(about))
    for other in (stage.officer, stage.focal["mx"]):
        with looking(stage.engine, other) as session:
            assert session.scalars(select(UnsavedComment)).all() == []
    coordinator.send(f"{address}/unsaved?paragraph={paragraph}", {"act": "forget"}, form_at=about)
    assert "Half a" not in coordinator.get(about)
    coordinator.send(f"{address}/unsaved?paragraph={paragraph}", {"words": "Half b", **SAVED}, 204, form_at=about)
    coordinator.send(f"{address}/unsaved?paragraph={paragraph}", {"words": "", **SAVED}, 200, form_at=about)
    assert "Half b" not in coordinator.get(about)
    coordinator.send(about, {"words": "Half b, and more", **SAVED})
    assert "did not save" not in coordinator.get(about)


def test_what_comes_after_the_end_is_lost_nowhere(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage, ends=made.in_hours(0.5))
    key = opened(stage, found)
    mails(stage, settings)
    link = passed_on(stage, settings, found)
    nobody, coordinator, mexico = Desk(app), Desk(app, stage.coordinator), Desk(app, stage.focal["mx"])
    pages = {
        nobody: f"{link}?paragraph={paragraph}",
        coordinator: f"/opened-rounds/{key}?paragraph={paragraph}",
        mexico: f"/rounds/{found}/comments/new?paragraph={paragraph}",
    }
    begun = {desk: desk.get(address) for desk, address in pages.items()}
    with time_machine.travel(clock.now() + LATER):
        for desk, address in pages.items():
            hidden = dict(re.findall(r'name="(csrf_token|nonce)"[^>]*value="([^"]*)"', begun[desk])[::-1])
            typed = {**hidden, "words": "By whom?", "paragraph": str(paragraph), "read_by": "readers", **SAVED}
            page = desk.client.post(address, data=typed, follow_redirects=True).get_data(as_text=True)
            assert "By whom?" in page, address
            assert "over" in page, address
        with looking(stage.engine, stage.coordinator) as session:
            assert [one.sent_at for one in network_queries.comments_of(session, key)] == [None]


def test_what_was_typed_before_the_end_can_be_copied_afterwards(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage, ends=made.in_hours(0.5))
    key = opened(stage, found)
    mails(stage, settings)
    link = passed_on(stage, settings, found)
    nobody, coordinator, mexico = Desk(app), Desk(app, stage.coordinator), Desk(app, stage.focal["mx"])
    pages = {
        nobody: (link, f"{link}/half-written?paragraph={paragraph}", f"{link}?paragraph={paragraph}"),
        coordinator: (
            f"/opened-rounds/{key}",
            f"/opened-rounds/{key}/unsaved?paragraph={paragraph}",
            f"/opened-rounds/{key}?paragraph={paragraph}",
        ),
        mexico: (
            f"/rounds/{found}/reply",
            f"/rounds/{found}/comments/keep?about={paragraph}",
            f"/rounds/{found}/comments/new?paragraph={paragraph}",
        ),
    }
    for place, (desk, (_page, keep, form_at)) in enumerate(pages.items()):
        desk.send(keep, {"words": f"Half of {place}", **SAVED}, 204, form_at=form_at)
    with time_machine.travel(clock.now() + LATER):
        for place, (desk, (page, keep, _form)) in enumerate(pages.items()):
            shown = desk.get(page)
            assert [one for one in range(3) if f"Half of {one}" in shown] == [place], page
            assert "nobody but you sees it" in shown
            desk.send(keep, {"act": "forget"}, form_at=page)
            assert "Half of" not in desk.get(page)
        with looking(stage.engine, stage.focal["mx"]) as session:
            assert session.scalars(select(Comment)).all() == []


def test_a_paragraph_that_is_gone_is_told_and_nothing_is_lost(app: Flask, stage: Stage) -> None:
    found, _paragraph = a_round(stage)
    gone = {"paragraph": "00000000-0000-4000-8000-000000000001", "read_by": "readers", **SAVED}
    mexico, address = Desk(app, stage.focal["mx"]), f"/rounds/{found}/comments/new"
    said = mexico.wrong(address, {**gone, "words": "On what is gone"})
    assert said == ["This paragraph does not stand in the text that comments are asked for."]


@pytest.mark.parametrize("wording", ["Each child [is told", "Each child is] told"])
def test_a_proposal_with_an_open_bracket_is_told(app: Flask, stage: Stage, settings: Settings, wording: str) -> None:
    found, paragraph = a_round(stage)
    key = opened(stage, found)
    mails(stage, settings)
    link = passed_on(stage, settings, found)
    for desk, address, more in (
        (
            Desk(app, stage.focal["mx"]),
            f"/rounds/{found}/comments/new",
            {"paragraph": str(paragraph), "read_by": "readers"},
        ),
        (Desk(app), f"{link}?paragraph={paragraph}", {}),
        (Desk(app, stage.coordinator), f"/opened-rounds/{key}?paragraph={paragraph}", {}),
    ):
        (said,) = desk.wrong(address, {"wording": wording, **SAVED, **more})
        assert said.startswith("A square bracket has no counterpart near"), address
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert session.scalars(select(Comment)).all() == []


def test_a_paragraph_is_put_beside_another(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session)
        key = text.id
        first, second, third = (str(one.id) for one in queries.paragraphs_of(session, key))
    officer = Desk(app, stage.officer)

    def put(one: str, beside: str, act: str) -> list[str]:
        officer.send(f"/texts/{key}/paragraphs/{one}/act", {"beside": beside, "act": act}, form_at=f"/texts/{key}")
        with looking(stage.engine, stage.officer) as session:
            return [str(each.id) for each in queries.paragraphs_of(session, key)]

    assert put(first, third, "after") == [second, third, first]
    assert put(first, second, "before") == [first, second, third]
    assert put(third, first, "after") == [first, third, second]
    assert put(third, third, "after") == [first, third, second]
    officer.send(f"/texts/{key}/paragraphs/{first}/act", {"beside": "x", "act": "after"}, 404, form_at=f"/texts/{key}")
    page = officer.get(f"/texts/{key}")
    assert page.count('data-item="') == 3
    assert "app.js" in page


def test_a_title_is_given_in_each_language_of_the_text(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, languages=["en", "es", "ar"])
        key = text.id
    officer = Desk(app, stage.officer)
    assert "The title is not given in:" in officer.get(f"/texts/{key}/circulate")
    assert 'name="title-ar"' in officer.get(f"/texts/{key}/edit")


def test_guidelines_are_a_kind_of_text(app: Flask, stage: Stage) -> None:
    officer = Desk(app, stage.officer)
    typed = {"title-en": "On reception", "kind": "guidelines", "original": "en", "readers": "participants"}
    text, _page = officer.send("/processes/rcx/texts/new", typed)
    assert "Guidelines" in officer.get("/processes/rcx/texts/")
    officer.send(f"{text}/paragraphs/paste", {"pasted": "1. Migrants are heard."})
    edition, _page = officer.send(f"{text}/circulate", {"languages": ["en"]})
    assert "Guidelines" in officer.get(edition.removesuffix("/text"))
