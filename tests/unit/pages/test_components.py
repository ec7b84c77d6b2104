"""Each component in English and Arabic, and with words that try to break out."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask

from secretariat.core.localtext import LocalText
from secretariat.core.wording import ShownLabel
from secretariat.pages import components
from secretariat.pages.lists import Pages
from secretariat.pages.statuses import STATUSES
from tests.unit.pages.conftest import Render

HOSTILE = '"><script>alert(1)</script>'
SAFE = "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.fixture(autouse=True)
def _on_12_march_2026() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 12, 15, 0, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("level", "language", "words"),
    [
        ("public", "en", "Public"),
        ("public", "ar", "عام"),
        ("participants", "es", "Todos los participantes"),
        ("members", "fr", "Membres seulement"),
        ("members", "ar", "للأعضاء فقط"),
        ("named", "ar", "لقرّاء محدّدين"),
    ],
)
def test_label_says_its_level_by_sign_and_words(render: Render, level: str, language: str, words: str) -> None:
    shown = render('{% from "components/labels.html" import label %}{{ label(level) }}', language, level=level)
    assert shown == (
        f'<span class="label" data-level="{level}"><svg class="i" aria-hidden="true"><use href="#i-{level}"/></svg>'
        f"{words}</span>"
    )


def test_label_shows_track_or_audience_after_the_level(render: Render) -> None:
    shown = render(
        '{% from "components/labels.html" import label %}{{ label(one) }}',
        one=ShownLabel("named", "Named readers", HOSTILE),
    )
    assert f"Named readers <span>{SAFE}</span></span>" in shown


def test_page_carries_the_banner_of_the_heaviest_label_shown_on_it(render: Render) -> None:
    page = (
        '{% extends "base.html" %}{% from "components/labels.html" import label %}'
        "{% block content %}{{ label('public') }}{{ label('members') }}{{ label('participants') }}{% endblock %}"
    )
    shown = render(page)
    assert shown.count('class="banner"') == 1
    assert '<div class="banner" data-level="members"' in shown
    assert "For use within your government; not for observers, partners or the press." in shown
    assert shown.index('class="banner"') < shown.index("<main")


def test_page_of_public_things_carries_no_banner(render: Render) -> None:
    page = (
        '{% extends "base.html" %}{% from "components/labels.html" import label %}'
        "{% block content %}{{ label('public') }}{{ label('participants') }}{% endblock %}"
    )
    assert 'class="banner"' not in render(page)


def test_what_is_shown_without_its_label_can_be_marked(render: Render) -> None:
    page = '{% extends "base.html" %}{% block content %}{{ mark(one) }}<h1>Seating</h1>{% endblock %}'
    one = ShownLabel("named", "Named readers", explanation="Two heads of delegation.", readers_address="/readers")
    shown = render(page, one=one)
    # It names something for named readers and is not the page of it: nothing is recorded, and it says nothing else.
    assert "<b>Named readers.</b> Two heads of delegation. <a" in shown
    assert "Reading is recorded" not in shown
    assert '<a class="noprint" href="/readers">Who can read this?</a>' in shown


def test_desk_of_one_reader_carries_no_banner(render: Render) -> None:
    page = (
        '{% extends "base.html" %}{% from "components/labels.html" import label %}{% set marking = false %}'
        "{% block content %}{{ label('members') }}{% endblock %}"
    )
    assert 'class="banner"' not in render(page)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("key", sorted(STATUSES))
def test_status_is_a_shape_and_a_word(render: Render, key: str, language: str) -> None:
    shown = render('{% from "components/status.html" import status %}{{ status(key) }}', language, key=key)
    shape = STATUSES[key].shape
    word = shown.split("<span>")[1].split("</span>")[0]
    assert f'data-st="{shape}"' in shown
    assert f'href="#i-st-{shape}"' in shown
    assert word
    assert (language == "ar") == any("\u0600" <= letter <= "\u06ff" for letter in word)


def test_status_alone_in_a_matrix_keeps_its_word_for_those_who_listen(render: Render) -> None:
    shown = render("{% from 'components/status.html' import status_shape %}{{ status_shape('not_yet_reported') }}")
    assert '<span class="vh">Not yet reported</span>' in shown


def test_only_icons_in_use_stand_in_the_sprite(render: Render) -> None:
    page = '{% extends "base.html" %}{% block content %}{{ icon("phone") }}{{ icon("phone") }}{% endblock %}'
    shown = render(page)
    assert shown.count("<symbol") == 1
    assert '<symbol id="i-phone"' in shown


def test_icon_that_points_turns_in_right_to_left(render: Render) -> None:
    assert 'class="i flip"' in render('{{ icon("next") }}')
    assert 'class="i"' in render('{{ icon("phone") }}')


PARTS = {
    "crumbs": "{{ part.crumbs([(x, '#'), (x, none)]) }}",
    "cycle": "{{ part.cycle([{'words': x, 'note': x, 'state': 'now'}]) }}",
    "next": "{{ part.next(x, x, '/there', x, '/check') }}",
    "facts": "{{ part.facts([(x, x)]) }}",
    "close facts": "{{ part.facts([(x, x)], close=true) }}",
    "line": "{{ part.line([{'at': day, 'words': x, 'text': x}]) }}",
    "steps": "{{ part.steps([{'at': x, 'words': x, 'act': x}]) }}",
    "empty": "{{ part.empty(x, x, x, '/there') }}",
    "contents": "{{ part.contents([('a', x)]) }}",
    "chips": "{{ part.chips([(x, '/without')]) }}",
    "views": "{{ part.views([(x, '/a')], '/a') }}",
    "letter": "{% call part.letter([(x, x)], 'es') %}{{ x }}{% endcall %}",
    "section": "{% call part.section('id', x, note=x) %}{{ x }}{% endcall %}",
    "table": "{% call part.table(x, [x, {'words': x, 'class': 'n'}]) %}{{ x }}{% endcall %}",
    "filters": "{% call part.filters(x) %}{{ x }}{% endcall %}",
    "acting": "{{ part.acting(x) }}",
    "act": "{{ part.act(x, '/there', 'second', true, 'get') }}",
    "dochead": "{% from 'components/labels.html' import dochead %}{{ dochead(none, x, x) }}",
    "status": "{% from 'components/status.html' import status %}{{ status('completed', x) }}",
    "message": "{% from 'components/messages.html' import message %}{{ message(x) }}",
    "name": "{{ part.named_or_nothing({'name': x}) }}",
    "local": "{{ text|local }}",
    "symbol": "{{ x|symbol }}",
    "telephone": "{{ x|telephone }}",
}


@pytest.mark.parametrize("name", sorted(PARTS))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_words_stay_words(render: Render, name: str, language: str) -> None:
    source = '{% import "components/page.html" as part %}' + PARTS[name]
    shown = render(source, language, x=HOSTILE, day=date(2026, 3, 1), text=LocalText.of(HOSTILE, "es"))
    assert "<script" not in shown
    assert SAFE in shown


def test_current_step_of_a_cycle_is_named_as_such(render: Render) -> None:
    shown = render(
        '{% import "components/page.html" as part %}'
        "{{ part.cycle([{'words': 'Announced', 'state': 'was'}, {'words': 'Invited', 'state': 'now'}], 'Life') }}"
    )
    assert shown.count('aria-current="step"') == 1
    assert '<li class="now" aria-current="step"><b>Invited</b></li>' in shown


def test_facts_without_value_are_left_out(render: Render) -> None:
    shown = render(
        "{% import 'components/page.html' as part %}{{ part.facts([('Place', none), ('Chair', 'Panama')]) }}"
    )
    assert "Place" not in shown
    assert "<dt>Chair</dt><dd>Panama</dd>" in shown


def test_awaited_language_version_says_so_to_those_who_listen(render: Render) -> None:
    source = (
        "{% import 'components/page.html' as part %}"
        "{{ part.versions([{'language': 'en', 'address': '/en'}, {'language': 'fr', 'awaited': day}]) }}"
    )
    shown = render(source, day=date(2026, 3, 20))
    assert '<a href="/en" hreflang="en"><abbr title="English">EN</abbr></a>' in shown
    assert 'FR<span class="vh">, awaited <time datetime="2026-03-20">20 Mar</time></span>' in shown
    assert "منتظر" in render(source, "ar", day=date(2026, 3, 20))


def test_hidden_thing_leaves_no_trace(render: Render) -> None:
    source = "{% import 'components/page.html' as part %}[{{ part.named_or_nothing(thing, '/there') }}]"
    assert render(source, thing=None) == "[]"
    assert render(source, thing={"name": "Panama"}) == '[<a href="/there">Panama</a>]'


def test_pages_of_a_long_list_keep_their_filters(render: Render) -> None:
    shown = render('{% import "components/page.html" as part %}{{ part.pages(pages) }}', pages=Pages(2, 250))
    assert '<b aria-current="page">2</b>' in shown
    assert '<a href="/" rel="prev">Earlier</a>' in shown
    assert '<a href="/?page=3" rel="next">Later</a>' in shown
    assert "101–200 of 250" in shown


def test_list_that_fits_a_page_has_no_pages(render: Render) -> None:
    assert (
        render('{% import "components/page.html" as part %}{{ part.pages(pages) }}', pages=Pages(1, 100)).strip() == ""
    )


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
@pytest.mark.parametrize("state", ["", "wrong", "stale"])
def test_catalogue_of_components_shows_every_part(app: Flask, language: str, state: str) -> None:
    components.install(app)
    answer = app.test_client().get(f"/dev/components?form={state}&lang={language}")
    code = {"": 200, "wrong": 422, "stale": 409}[state]
    assert answer.status_code == code
    assert answer.text.count('<option value="America/Panama">') == 1
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    described = {one for found in re.findall(r'aria-describedby="([^"]+)"', answer.text) for one in found.split()}
    assert described - set(ids) == set()
    assert set(re.findall(r'href="#(i-[^"]+)"', answer.text)) - set(ids) == set()
    assert set(re.findall(r' for="([^"]+)"', answer.text)) - set(ids) == set()


def test_message_after_an_act_is_announced(render: Render) -> None:
    source = "{% from 'components/messages.html' import message %}{{ message('Saved.', kind) }}"
    assert 'class="flash" role="status"' in render(source, kind="well")
    assert 'data-kind="error" role="alert"' in render(source, kind="error")
