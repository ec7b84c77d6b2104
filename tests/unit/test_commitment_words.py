"""The word for a commitment: the catalogues that lie over the main ones, and what tells that one is not in order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from babel.messages import Catalog
from jinja2 import Environment

from secretariat.core import languages
from secretariat.core.languages import LANGUAGES, USUAL_WORD, WORDS, catalogue, ngettext, pgettext, templating
from secretariat.core.languages import gettext as _
from secretariat.dev import messages, word_rules, words
from secretariat.plans.exchange import columns

CALLED = {"en": "contribution", "es": "intention", "ar": "intention"}
NOUNS = {
    "intention": {"en": "Intention", "es": "Intención", "fr": "Intention", "ar": "نية"},
    "contribution": {"en": "Contribution", "es": "Contribución", "fr": "Contribution", "ar": "مساهمة"},
}
OTHERS = [one for one in WORDS if one != USUAL_WORD]


def the_noun() -> str:
    return pgettext("kind of thing", "Commitment")


@pytest.mark.parametrize("word", OTHERS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_commitment_is_called_in_each_language_as_the_process_calls_it(code: str, word: str) -> None:
    with languages.reading_in(code, called={code: word}):
        assert the_noun() == NOUNS[word][code]
        assert _("Save") == catalogue.translations(code).gettext("Save")  # what has no such word is the main one's
        assert _("No message says this.") == "No message says this."
    with languages.reading_in(code, called={code: "promise"}):
        assert the_noun() == catalogue.translations(code).pgettext("kind of thing", "Commitment")


def test_each_language_has_the_word_chosen_for_it_also_one_inside_another() -> None:
    with languages.reading_in("es", called=CALLED):
        assert the_noun() == "Intención"
        with languages.reading_in("en"):
            assert the_noun() == "Contribution"
        with languages.reading_in("fr"):
            assert the_noun() == "Engagement"
        with languages.calling_commitments(None):
            assert the_noun() == "Compromiso"
        with languages.calling_commitments({"es": "contribution"}):
            assert the_noun() == "Contribución"
        assert the_noun() == "Intención"
    assert the_noun() == "Commitment"


def test_a_page_says_whose_words_it_speaks_once_it_knows_and_no_longer_than_it_lasts() -> None:
    token = languages.enter_reading("en", "UTC", {})
    languages.call_commitments(CALLED)
    assert the_noun() == "Contribution"
    languages.call_commitments(None)
    assert the_noun() == "Commitment"
    languages.call_commitments(CALLED)
    languages.leave_reading(token)
    assert the_noun() == "Commitment"


def test_work_that_is_done_later_is_done_in_the_words_of_whoever_asked() -> None:
    with languages.reading_in("ar", "America/Panama", CALLED):
        told = languages.told_reading()
    with languages.reading_as_told(told) as reading:
        assert (reading.zone, the_noun()) == ("America/Panama", "نية")
    with languages.reading_as_told({"language": "ar", "zone": "UTC"}):  # asked for before there were words
        assert the_noun() == "التزام"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "لا توجد أي مساهمة من قبل."),
        (1, "توجد مساهمة واحدة من قبل وتبقى كما هي."),
        (2, "توجد مساهمتان من قبل وتبقيان كما هما."),
        (3, "توجد 3 مساهمات من قبل وتبقى كما هي."),
        (11, "توجد 11 مساهمةً من قبل وتبقى كما هي."),
        (100, "توجد 100 مساهمة من قبل وتبقى كما هي."),
    ],
)
def test_arabic_counts_contributions_as_arabic_counts(number: int, said: str) -> None:
    one, many = (
        "One commitment is there already and stays as it is.",
        "%(num)s commitments are there already and stay as they are.",
    )
    with languages.reading_in("ar", called={"ar": "contribution"}):
        assert ngettext(one, many, number) == said


def test_what_stands_beside_the_word_agrees_with_it() -> None:
    for word in OTHERS:
        said = {}
        for code in LANGUAGES:
            with languages.reading_in(code, called={code: word}):
                said[code] = (_("Completed"), _("Postponed"), _("Not this one"))
        assert said == {
            "en": ("Completed", "Postponed", "Not this one"),
            "es": ("Concluida", "Aplazada", "Esta no"),
            "fr": ("Achevée", "Reportée", "Pas celle-ci"),
            "ar": ("اكتملت", "مؤجلة", "ليست هذه"),
        }
        with languages.reading_in("es", called={"es": word}):
            assert pgettext("meeting", "Postponed") == "Aplazada"
            assert _("Withdrawn") == "Retirado"  # an outcome is withdrawn, whatever a commitment is called


def test_a_catalogue_is_read_once() -> None:
    assert catalogue.translations("es", "intention") is catalogue.translations("es", "intention")
    assert catalogue.translations("es", "intention") is not catalogue.translations("es")


def test_one_template_speaks_in_the_words_of_each_process_in_turn() -> None:
    environment = Environment(autoescape=True)
    templating.equip(environment)
    template = environment.from_string(
        "{{ _('A commitment') }}|{{ ngettext('%(number)s commitment.', '%(number)s commitments.', 2, number=2) }}"
        "|{% trans count=3, number=3 %}{{ number }} commitment.{% pluralize %}{{ number }} commitments.{% endtrans %}"
    )
    for word in (*WORDS, *WORDS):
        with languages.reading_in("en", called={"en": word}):
            article = "An" if word == "intention" else "A"
            assert template.render() == f"{article} {word}|2 {word}s.|3 {word}s."


@pytest.mark.parametrize("word", OTHERS)
def test_headings_in_these_words_go_out_and_are_known_when_they_come_in(word: str) -> None:
    for code in LANGUAGES:
        with languages.reading_in(code, "UTC", {code: word}):
            shape = columns.shape_out(["es", "en", "ar"])
            written = [columns.heading(one) for one in shape]
        assert NOUNS[word][code] in written[shape.index(columns.Column("words", ("en",)))]
        with languages.reading_in("en", "UTC", {}):  # in a process that says otherwise
            assert list(columns.guess(written, {}, ["en"]).values()) == shape, code
    for heading in ("Intention", "Contribuciones", "Intenciones", "Contributions", "النوايا", "المساهمات"):
        assert columns.guess([heading], {}, ["en"])[0].name == "words", heading


@pytest.mark.parametrize(
    ("language", "intention", "contribution"),
    [
        ("fr", "l’intention", "la contribution"),
        ("fr", "Nombre d’intentions", "Nombre de contributions"),
        ("fr", "d’une intention", "d’une contribution"),
        ("es", "Las intenciones y una intención", "Las contribuciones y una contribución"),
        ("ar", "والنوايا ونيتين وللنية", "والمساهمات ومساهمتين وللمساهمة"),
        ("ar", "المجتمع المدني في الميدان الثانية", "المجتمع المدني في الميدان الثانية"),
    ],
)
def test_a_contribution_is_made_of_an_intention_by_rule(language: str, intention: str, contribution: str) -> None:
    assert word_rules.contribution(intention, language) == contribution


@pytest.mark.parametrize(
    ("said", "intention", "contribution"),
    [
        ("A commitment, a commitment", "An intention, an intention", "A contribution, a contribution"),
        ("Make a commitment", "State an intention", "Make a contribution"),
        ("nothing new is committed", "nothing new is intended", "nothing new is contributed"),
    ],
)
def test_english_turns_its_article_by_rule(said: str, intention: str, contribution: str) -> None:
    assert word_rules.by_rule(said, "en", "intention") == intention
    assert word_rules.by_rule(said, "en", "contribution") == contribution


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all catalogues, to be changed."""
    made = tmp_path / "translations"
    shutil.copytree(catalogue.CATALOGUES, made)
    for module in (catalogue, messages):
        monkeypatch.setattr(module, "CATALOGUES", made)
    return made


@pytest.fixture
def template(copy: Path) -> Catalog:
    """What a small product says; the catalogues say no more than that."""
    made = Catalog(project="secretariat", charset="utf-8")
    for said in (
        "A commitment",
        "Commitments",
        "Completed",
        "Save",
        ("%(number)s commitment.", "%(number)s commitments."),
    ):
        made.add(said, locations=[("some.py", 1)])
    for word, language in words.each():
        words.update(made, word, language)
    return made


def test_catalogues_brought_up_to_date_are_in_order_and_hold_what_is_needed_and_what_agrees(template: Catalog) -> None:
    assert words.problems(template) == []
    there = {words.key_of(one)[0] for one in messages.entries_of(words.read("contribution", "es"))}
    assert there == {"A commitment", "Commitments", "Completed", "%(number)s commitment."}


def test_a_new_message_is_told_comes_in_by_rule_and_waits_to_be_looked_at(template: Catalog) -> None:
    template.add("Give back a commitment", locations=[("some.py", 1)])
    missing = words.problems(template)
    assert missing[0] == "words/intention.en.po: 1 not there; run: make messages: “Give back a commitment”"
    assert len(missing) == 8
    french = messages.read("fr")
    french.add("Give back a commitment", "Rendre un engagement")
    messages.write(french, "fr")

    for word, language in words.each():
        words.update(template, word, language)

    told = words.problems(template)
    assert all(".en.po" not in one for one in told)  # what English needs, the rule gives
    assert "words/intention.fr.po: 1 fuzzy; look at them and take the mark away: “Give back a commitment”" in told
    assert "words/intention.es.po: 1 without words: “Give back a commitment”" in told
    looked_at = words.read("intention", "fr")
    entry = looked_at["Give back a commitment"]
    assert entry.string == "Rendre une intention"
    entry.flags.discard("fuzzy")
    words.write(looked_at, "intention", "fr")
    words.update(template, "contribution", "fr")
    assert words.read("contribution", "fr")["Give back a commitment"].string == "Rendre une contribution"
    assert not [one for one in words.problems(template) if ".fr.po" in one]


def test_what_the_main_catalogue_says_otherwise_since_is_looked_at_again(template: Catalog) -> None:
    spanish = messages.read("es")
    spanish["Commitments"].string = "Los compromisos"
    messages.write(spanish, "es")
    told = (
        "words/intention.es.po: 1 written beside other words of the main catalogue; run: make messages: “Commitments”"
    )
    assert told in words.problems(template)
    words.update(template, "intention", "es")
    assert words.read("intention", "es")["Commitments"].fuzzy
    assert words.read("intention", "es")["Commitments"].string == "Intenciones"


def test_what_is_of_no_message_says_the_usual_word_or_nothing_of_its_own_is_told(template: Catalog) -> None:
    spanish = words.read("intention", "es")
    spanish.add("Gone", "Ido", user_comments=["the main catalogue says:"])
    spanish["Completed"].string = "Concluido"
    spanish["A commitment"].string = "Un compromiso"
    words.write(spanish, "intention", "es")
    told = [one for one in words.problems(template) if "intention.es.po" in one]
    assert told == [
        "words/intention.es.po: 1 of no message any more; run: make messages: “Gone”",
        "words/intention.es.po: 1 as in the main catalogue; run: make messages: “Completed”",
        "words/intention.es.po: 1 still with the word commitment: “A commitment”",
    ]
    words.update(template, "intention", "es")
    there = {words.key_of(one)[0] for one in messages.entries_of(words.read("intention", "es"))}
    assert there == {"A commitment", "Commitments", "%(number)s commitment."}
