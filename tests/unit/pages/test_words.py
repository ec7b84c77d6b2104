"""Dates, texts in several languages, numbers and names as templates write them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from markupsafe import Markup

from secretariat.core.dates import PartialDate
from secretariat.core.languages import dates, order, reading_in
from secretariat.core.languages.templating import parts_list
from secretariat.core.localtext import LocalText
from secretariat.pages.fields import zone_choices
from tests.unit.pages.conftest import Render

TODAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _on_12_march_2026() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 12, 15, 0, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("language", "day", "shown"),
    [
        ("en", date(2026, 4, 14), "Tue 14 Apr"),
        ("en", date(2025, 11, 19), "19 Nov 2025"),
        ("es", date(2026, 4, 14), "mar 14 abr"),
        ("fr", date(2026, 4, 1), "mer. 1er avr."),
        ("fr", date(2026, 4, 14), "mar. 14 avr."),
        ("ar", date(2026, 4, 14), "الثلاثاء 14 نيسان/أبريل"),
        ("ar", date(2025, 11, 19), "19 تشرين الثاني/نوفمبر 2025"),
    ],
)
def test_day_is_short_and_has_its_year_only_if_it_is_another(language: str, day: date, shown: str) -> None:
    with reading_in(language):
        assert dates.day_text(day, today=TODAY) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Tuesday 14 April 2026"),
        ("es", "martes 14 de abril de 2026"),
        ("fr", "mardi 14 avril 2026"),
        ("ar", "الثلاثاء 14 نيسان/أبريل 2026"),
    ],
)
def test_day_in_full_stands_in_prose(language: str, shown: str) -> None:
    with reading_in(language):
        assert dates.day_in_full(date(2026, 4, 14)) == shown


@pytest.mark.parametrize(
    ("last", "english", "spanish"),
    [
        (date(2026, 4, 14), "14 April 2026", "14 de abril de 2026"),
        (date(2026, 4, 15), "14–15 April 2026", "14–15 de abril de 2026"),
        (date(2026, 5, 2), "14 April–2 May 2026", "14 de abril–2 de mayo de 2026"),
        (date(2027, 1, 2), "14 April 2026–2 January 2027", "14 de abril de 2026–2 de enero de 2027"),
    ],
)
def test_days_of_a_meeting_say_month_and_year_once(last: date, english: str, spanish: str) -> None:
    with reading_in("en"):
        assert dates.days_text(date(2026, 4, 14), last) == english
    with reading_in("es"):
        assert dates.days_text(date(2026, 4, 14), last) == spanish


@pytest.mark.parametrize(
    ("ahead", "shown"), [(-1, None), (0, "today"), (1, "tomorrow"), (3, "in 3 days"), (7, "in 7 days"), (8, None)]
)
def test_distance_stands_inside_eight_days_to_come(ahead: int, shown: str | None) -> None:
    assert dates.distance_text(date(2026, 3, 12 + ahead), today=TODAY) == shown


@pytest.mark.parametrize(
    ("behind", "shown"),
    [(1, "أمس"), (2, "قبل يومين"), (3, "قبل 3 أيام"), (11, "قبل 11 يوماً"), (100, "قبل 100 يوم"), (103, "قبل 103 أيام")],
)
def test_arabic_counts_days_in_the_form_the_number_asks_for(behind: int, shown: str) -> None:
    with reading_in("ar"):
        assert dates.ago_text(date.fromordinal(TODAY.toordinal() - behind), today=TODAY) == shown


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("America/Panama", "09:00–17:00, Panama time (UTC−5)"),
        ("Asia/Kathmandu", "09:00–17:00, Kathmandu time (UTC+5:45)"),
        ("UTC", "09:00–17:00, UTC"),
    ],
)
def test_sitting_is_in_the_named_time_of_its_place(zone: str, shown: str) -> None:
    begin, end = datetime(2026, 4, 14, 9), datetime(2026, 4, 14, 17)  # noqa: DTZ001 - wall time of the place
    assert dates.hours_text(begin, end, zone) == shown


def test_offset_is_the_one_of_that_day() -> None:
    winter, summer = datetime(2026, 1, 14, 9), datetime(2026, 7, 14, 9)  # noqa: DTZ001 - wall time of the place
    assert dates.zone_text("Europe/Madrid", winter) == "Madrid time (UTC+1)"
    assert dates.zone_text("Europe/Madrid", summer) == "Madrid time (UTC+2)"


def test_only_places_of_today_are_offered_as_zones() -> None:
    offered = {zone for zone, _words in zone_choices("en", date(2026, 11, 27))}
    assert {"America/Panama", "Asia/Kolkata", "Africa/Accra", "Europe/Kyiv", "UTC"} <= offered
    before = {"Australia/ACT", "Australia/LHI", "Asia/Dacca", "America/Knox_IN", "America/Argentina/ComodRivadavia"}
    assert not before & offered


@pytest.mark.parametrize(("language", "comma"), [("en", ", "), ("ar", "، ")])
def test_parts_stand_beside_each_other_with_the_comma_of_the_language(language: str, comma: str) -> None:
    with reading_in(language):
        assert parts_list(["14–15", "", "Panama"]) == f"14–15{comma}Panama"
        assert str(parts_list([Markup("<b>a</b>"), "<i>"])) == f"<b>a</b>{comma}&lt;i&gt;"


def test_arabic_names_the_zone_whole() -> None:
    with reading_in("ar"):
        begin, end = datetime(2026, 4, 14, 9), datetime(2026, 4, 14, 17)  # noqa: DTZ001 - wall time of the place
        assert dates.hours_text(begin, end, "America/Panama") == "09:00–17:00، بتوقيت بنما (UTC−5)"


@pytest.mark.parametrize(
    ("zone", "english", "arabic"),
    [
        ("Asia/Kolkata", "Kolkata", "كالكتا"),
        ("Asia/Ho_Chi_Minh", "Ho Chi Minh City", "مدينة هو تشي منة"),
        ("Europe/Kyiv", "Kyiv", "كييف"),
    ],
)
def test_place_is_known_by_its_present_name_in_every_language(zone: str, english: str, arabic: str) -> None:
    assert dates.place_of_zone(zone) == english
    with reading_in("ar"):
        assert dates.place_of_zone(zone) == arabic


def test_what_happened_is_shown_on_the_readers_clock(render: Render) -> None:
    shown = render("{{ at|moment }}", at=datetime(2026, 3, 12, 2, 5, tzinfo=UTC))
    assert shown == '<time datetime="2026-03-12T02:05+00:00">Wed 11 Mar, 20:05</time>'


def test_due_day_carries_its_distance(render: Render) -> None:
    assert (
        render("{{ day|day_due }}", day=date(2026, 3, 13)) == '<time datetime="2026-03-13">Fri 13 Mar, tomorrow</time>'
    )
    assert render("{{ day|day_due }}", day=date(2026, 3, 30)) == '<time datetime="2026-03-30">Mon 30 Mar</time>'


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2009", "2009"), ("2009-04", "April 2009"), ("2009-04-23", "23 April 2009")],
)
def test_date_of_a_source_is_as_precise_as_the_source(render: Render, written: str, shown: str) -> None:
    assert render("{{ d|partial }}", d=PartialDate(written)) == f'<time datetime="{written}">{shown}</time>'


def test_text_in_the_readers_language_stands_alone(render: Render) -> None:
    text = LocalText({"en": "Return <guidelines>", "es": "Lineamientos"}, "en")
    assert render("{{ t|local }}", t=text) == "Return &lt;guidelines&gt;"
    assert render("{{ t|local }}", "es", t=text) == "Lineamientos"


def test_text_there_is_not_is_shown_in_the_language_there_is_and_says_so(render: Render) -> None:
    text = LocalText.of("Return guidelines")
    assert render("{{ t|local }}", "ar", t=text) == (
        '<span lang="en" dir="ltr">Return guidelines</span> <small class="only">الإنجليزية فقط</small>'
    )
    assert render("{{ t|local_bare }}", "es", t=text) == '<span lang="en" dir="ltr">Return guidelines</span>'
    assert render("{{ t|local_text }}", "es", t=text) == "Return guidelines"


def test_symbol_and_telephone_keep_left_to_right(render: Render) -> None:
    assert render("{{ s|symbol }}", "ar", s="RCM/SOM/2026/4") == '<bdi class="sym" dir="ltr">RCM/SOM/2026/4</bdi>'
    assert render("{{ n|telephone }}", "ar", n="+506 2555-0100") == (
        '<a class="nb" href="tel:+50625550100"><bdi dir="ltr">+506 2555-0100</bdi></a>'
    )


def test_states_are_sorted_by_the_rules_of_the_language_shown() -> None:
    assert order.sorted_names(["Zambia", "Éire", "Eritrea", "Austria"], "fr") == [
        "Austria",
        "Éire",
        "Eritrea",
        "Zambia",
    ]
    assert order.sorted_names(["Nube", "Ñandú", "Oaxaca", "Nz"], "es") == ["Nube", "Nz", "Ñandú", "Oaxaca"]
    assert order.sorted_names(["المكسيك", "بنما", "إكوادور", "السلفادور"], "ar") == [
        "إكوادور",
        "بنما",
        "السلفادور",
        "المكسيك",
    ]


def test_rank_is_a_number_for_each_key() -> None:
    assert order.ranks({"cri": "Costa Rica", "bel": "Belize", "can": "Canada"}, "en") == {"bel": 1, "can": 2, "cri": 3}
