"""Forms keep what was typed, say what is needed, and show both texts of a stale save."""

from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.pages import fields
from secretariat.pages.access import public
from secretariat.pages.forms import Form, shown


class Sample(Form):
    title = fields.LocalTextField("Title", [fields.Needed("Give a title, for example Working group")])
    place = fields.TextField("Place", [fields.Optional()], longest=20)
    day = fields.DayField("Day", [fields.Needed("Give the day of the meeting, for example 26 March 2026")])
    end = fields.HourField("End", [fields.Optional()])
    since = fields.PartialDateField("Since", [fields.Optional()])
    rule = fields.PickField(
        "Attribution", [fields.Optional()], choices=[("open", "Open"), ("chatham", "Chatham House")]
    )
    mail = fields.MailField("Mail", [fields.Optional()])
    places = fields.NumberField("Places", [fields.Optional()], least=1, most=40)


@dataclass
class Row:
    title: LocalText
    place: str
    day: date
    version: int = 3


GOOD = {"title-es": "Grupo", "day": "2026-03-26"}
TEMPLATE = (
    '{% extends "base.html" %}{% import "components/forms.html" as forms %}{% block content %}'
    "{{ forms.begin(form) }}{% for one in (form.title, form.place, form.day, form.end, form.since, form.rule,"
    " form.mail, form.places) %}{{ forms.field(one, form=form) }}{% endfor %}</form>{% endblock %}"
)


def validated(app: Flask, typed: dict[str, str]) -> Sample:
    with app.test_request_context("/", method="POST", data={**GOOD, **typed}):
        form = Sample(meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("day", "2026-04-14", date(2026, 4, 14)),
        ("day", "14/4/2026", date(2026, 4, 14)),
        ("day", "14.04.2026", date(2026, 4, 14)),
        ("end", "17:30", time(17, 30)),
        ("end", "17h30", time(17, 30)),
        ("since", "2009-04", PartialDate("2009-04")),
        ("since", "23/4/2009", PartialDate("2009-04-23")),
        ("rule", "chatham", "chatham"),
        ("mail", " Focal@Ministry.example ", "Focal@ministry.example"),
        ("mail", "focal@México.example", "focal@xn--mxico-bsa.example"),
        ("places", "12", 12),
        ("place", "  Panama City ", "Panama City"),
        ("place", "\u200b \u2060\u200d", ""),
        ("place", "می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_field_reads_what_people_type(app: Flask, name: str, typed: str, value: object) -> None:
    form = validated(app, {name: typed})
    assert form.errors == {}
    assert form[name].data == value


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("day", "", "Give the day of the meeting, for example 26 March 2026"),
        ("day", "soon", "Give a day, for example"),
        ("day", "31/2/2026", "Give a day, for example"),
        ("end", "25:00", "Give an hour, for example 09:30"),
        ("since", "April", "Give a year, a month or a day: 2009, 2009-04 or 2009-04-23"),
        ("rule", "secret", "Choose one of those shown"),
        ("mail", "nobody", "Give an address as in mail, for example focal.point@ministry.example"),
        ("mail", "josé@ministry.example", "Give an address as in mail, for example focal.point@ministry.example"),
        ("places", "41", "Give a number from 1 to 40"),
        ("places", "many", "Give a whole number, for example 12"),
        ("place", "a place of more than twenty letters", "Shorten this by 15 characters."),
        ("place", "a\x00b", "There is a character in this that cannot be kept; type the words anew."),
        ("title-es", "", "Give a title, for example Working group"),
        ("title-es", "\u200b\u200b", "Give a title, for example Working group"),
    ],
)
def test_field_says_courteously_what_is_needed(app: Flask, name: str, typed: str, said: str) -> None:
    form = validated(app, {name: typed})
    errors = form[name.partition("-")[0]].errors
    assert len(errors) == 1
    assert str(errors[0]).startswith(said)


def test_text_in_several_languages_is_one_value(app: Flask) -> None:
    form = validated(app, {"title-es": "Grupo", "title-ar": "فريق", "title-en": ""})
    assert form.title.data == LocalText({"es": "Grupo", "ar": "فريق"}, "es")


def test_language_that_is_not_offered_stays_as_it_was(app: Flask) -> None:
    row = Row(LocalText({"fr": "Groupe", "en": "Group"}, "fr"), "", date(2026, 3, 26))
    with app.test_request_context("/", method="POST", data={"title-en": "Working group", "day": "2026-03-26"}):
        form = Sample(meta={"csrf": False}, obj=row)
        form.title.languages = ("en", "es")
        assert form.validate()
        assert form.title.data == LocalText({"fr": "Groupe", "en": "Working group"}, "fr")


@pytest.fixture
def page(app: Flask) -> FlaskClient:
    """A page of the form for a row of version 3; tokens against forgery are off."""
    app.config["WTF_CSRF_ENABLED"] = False
    row = Row(LocalText({"en": "Group"}, "en"), "Panama City", date(2026, 3, 26))

    @app.route("/edit", methods=["GET", "POST"])
    @public("a sample")
    def edit() -> ResponseReturnValue:
        form = Sample(obj=row)
        if form.ready(row, who="Officer for documents"):
            return f"saved {form.place.data}"
        answer = shown(form, "errors/not_found.html")
        answer.set_data(render_template_string(TEMPLATE, form=form))
        return answer

    return app.test_client()


def test_form_met_for_the_first_time_carries_version_and_nonce(page: FlaskClient) -> None:
    answer = page.get("/edit")
    assert answer.status_code == 200
    assert 'name="version" type="hidden" value="3"' in answer.text
    assert 'name="nonce" type="hidden" value="' in answer.text
    assert 'class="errors"' not in answer.text


def test_wrong_form_keeps_what_was_typed_and_says_what_is_wrong(page: FlaskClient) -> None:
    answer = page.post("/edit", data={"title-en": "<b>Group</b>", "day": "soon", "version": "3", "nonce": "abc"})
    assert answer.status_code == 422
    assert 'role="alert" tabindex="-1" autofocus' in answer.text
    assert "One thing before this can be saved" in answer.text
    assert '<a href="#day">Give a day, for example' in answer.text
    assert 'value="soon"' in answer.text
    assert 'value="&lt;b&gt;Group&lt;/b&gt;"' in answer.text
    assert 'aria-describedby="day-why" aria-invalid="true"' in answer.text
    assert 'name="nonce" type="hidden" value="abc"' in answer.text


def test_wrong_form_speaks_the_readers_language(page: FlaskClient) -> None:
    answer = page.post("/edit?lang=ar", data={"title-en": "Group", "day": "2026-03-26", "end": "25:00", "mail": "x"})
    assert "أمران قبل الحفظ" in answer.text
    assert "اذكروا ساعة، مثل 09:30" in answer.text


def test_stale_save_shows_both_texts_and_can_be_saved_again(page: FlaskClient) -> None:
    typed = {"title-en": "Group", "place": "San José", "day": "2026-03-26", "version": "2"}
    answer = page.post("/edit", data=typed)
    assert answer.status_code == 409
    assert "This was not saved." in answer.text
    assert 'value="San José"' in answer.text
    assert "What stands now: <q>Panama City</q>" in answer.text
    assert answer.text.count("What stands now:") == 1
    assert 'name="version" type="hidden" value="3"' in answer.text
    assert page.post("/edit", data={**typed, "version": "3"}).text == "saved San José"


class Choosing(Form):
    """A form that is not made without what it offers, as those of plans."""

    answer = fields.PickField("Answer", [fields.Needed("Choose an answer")])
    where = fields.ChoiceField("Where", [fields.Needed("Choose where")])
    named = fields.PicksField("Named", [fields.Needed("Name somebody")])

    def __init__(self, *args: Any, answers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.choices = answers


@pytest.mark.parametrize("filled_by", ["obj", "data"])
def test_a_stale_save_of_a_form_made_with_its_choices_shows_both(app: Flask, filled_by: str) -> None:
    @dataclass
    class Stands:
        answer: str = "no"
        where: str = "pa"
        named: tuple[str, ...] = ("bz",)
        version: int = 3

    row = Stands()
    given: dict[str, Any] = {"obj": row} if filled_by == "obj" else {"data": asdict(row)}
    typed = MultiDict([("answer", "yes"), ("where", "cr"), ("named", "bz"), ("named", "gt"), ("version", "2")])
    with app.test_request_context(method="POST", data=typed):
        form = Choosing(answers=[("yes", "Agreed"), ("no", "Not this one")], meta={"csrf": False}, **given)
        form.where.offer([("pa", "Panama"), ("cr", "Costa Rica")])
        form.named.offer([("bz", "Belize"), ("gt", "Guatemala")])
        assert not form.ready(row)
        assert form.conflict
        assert form.conflict.standing == {"answer": "Not this one", "where": "Panama", "named": "Belize"}
        assert form.named.data == ["bz", "gt"]


def test_post_without_a_token_is_refused_in_the_products_clothes(app: Flask) -> None:
    answer = app.test_client().post("/", data=MultiDict({"title": "x"}))
    assert answer.status_code == 400
    assert "This form has waited too long" in answer.text


@pytest.mark.parametrize(("site", "said"), [("same-origin", True), ("cross-site", False), (None, False)])
def test_what_was_typed_is_given_back_to_who_lost_the_session_and_to_no_other_site(
    app: Flask, site: str | None, said: bool
) -> None:
    typed = {"step": "Ten offices have <b>it</b>", "password": "one two three four", "kind": "short"}
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = app.test_client().post("/", data=typed, headers=headers)
    assert answer.status_code == 400
    assert ("Ten offices have &lt;b&gt;it" in answer.text) is said
    assert "three four" not in answer.text


def test_nothing_is_chosen_beforehand(page: FlaskClient) -> None:
    assert "checked" not in page.get("/edit").text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("One\r\nTwo", "One Two"), ("\u202eolleh\u202c", "olleh"), ("\u2067Ministry\u2069 of\u200f", "Ministry of\u200f")],
)
def test_a_line_is_one_line_and_turns_no_text_round(app: Flask, typed: str, kept: str) -> None:
    class Line(Form):
        line = fields.TextField("Line")
        words = fields.LocalTextField("Words", languages=["en"])
        text = fields.LongTextField("Text")

    with app.test_request_context(method="POST", data={"line": typed, "words-en": typed, "text": "One\r\nTwo"}):
        form = Line(meta={"csrf": False})
        assert form.validate()
        assert form.line.data == kept
        assert form.words.data == LocalText.of(kept, "en")
        assert form.text.data == "One\nTwo"


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "1799-12-31", "2200-01-01"])
def test_a_day_whose_year_was_mistyped_is_not_taken(app: Flask, typed: str) -> None:
    class Day(Form):
        day = fields.DayField("Day")

    with app.test_request_context(method="POST", data={"day": typed}):
        assert not Day(meta={"csrf": False}).validate()


def test_words_for_none_of_the_choices_stand_in_place_of_an_empty_one(app: Flask) -> None:
    class Placed(Form):
        part = fields.ChoiceField("Part", choices=[("", "At the end"), ("a", "Area 1")])
        body = fields.ChoiceField("Body", choices=[("b", "Body 1")])

    with app.test_request_context():
        form = Placed()
        offered = {one.name: [str(choice.label) for choice in one.iter_choices()] for one in (form.part, form.body)}

    assert offered == {"part": ["At the end", "Area 1"], "body": ["", "Body 1"]}
