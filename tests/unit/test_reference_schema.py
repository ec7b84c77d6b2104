from pathlib import Path

import pytest

from config import PROJECT_ROOT
from secretariat.reference.facts import facts_of, track_slug
from secretariat.reference.loader import shipped_files
from secretariat.reference.names import FOLDER, LANGUAGES, state_names
from secretariat.reference.reading import LARGEST_BYTES, UnreadableError, parse, read
from secretariat.reference.schema import ProcessFile, validated
from secretariat.reference.schema_page import schema_page

SMALLEST = "slug: nile\nname: Nile Dialogue\nsource: {document: A paper}\n"


def problem(text: str | bytes) -> str:
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(UnreadableError) as caught:
        validated(parse(content))
    return str(caught.value)


def process(text: str) -> ProcessFile:
    file = validated(parse(text.encode()))
    assert isinstance(file, ProcessFile)
    return file


def test_the_published_schema_does_not_lag_behind() -> None:
    assert (PROJECT_ROOT / "docs" / "reference-schema.md").read_text() == schema_page()


def test_every_key_of_the_schema_is_published() -> None:
    page = schema_page()
    for words in ("`theme_of_chair`", "`co_chairs`", "`country_iso`", "`secretariat_of`", "`also`", "`aliases`"):
        assert words in page


def test_shipped_files_fit_the_schema() -> None:
    assert shipped_files()[0].name == "participants.yaml"
    assert len([validated(read(path)[0]) for path in shipped_files()]) == 15


def test_slug_name_and_source_are_enough() -> None:
    assert process(SMALLEST).slug == "nile"


@pytest.mark.parametrize("key", ["slug", "name", "source"])
def test_a_missing_key_is_named(key: str) -> None:
    text = "".join(line for line in SMALLEST.splitlines(keepends=True) if not line.startswith(key))

    assert problem(text) == f"{key}: is missing"


@pytest.mark.parametrize("written", ["2009", "'2009'", "'2009-04'", "'2009-04-23'", "2009-04-23"])
def test_dates_are_numbers_or_text_of_year_month_or_day(written: str) -> None:
    assert process(SMALLEST + f"established: {written}").established == written.strip("'")


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("established: 20", "established: '20' is no date; write 2009, 2009-04 or 2009-04-23"),
        ("established: true", "established: must be a year, a month or a day: 2009, '2009-04' or '2009-04-23'"),
        ("participant: []", "participant: is no key of the schema; did you mean participants?"),
        ("goals: [a, 3]", "goals[2]: was read as a number or a day; put it in quotes"),
        ("goals: word", "goals: input should be a valid list"),
        ("goals: ['']", "goals[1]: is empty; leave the key out where nothing is known"),
        (r'region: "a\0b"', "region: holds a character that cannot be kept"),
        (
            "participants: [{name: Norway, iso: NO, standing: member}]",
            "participants[1].iso: was read as no; put the code in quotes: 'NO'",
        ),
        (
            "participants: [{name: Norway, standing: boss}]",
            "participants[1].standing: 'boss' is none of 'member', 'observer', 'partner', 'participant', "
            "'partner_for_activities', 'invited_ad_hoc', 'candidate', 'suspended' or 'former'",
        ),
        (
            "participants: [{name: Norway, standing: member, since: 2005, until: 2003}]",
            "participants[1]: until 2003 lies before since 2005",
        ),
        ("website: 'javascript:alert(1)'", "website: 'javascript:alert(1)' does not fit the pattern ^https?://\\S+$"),
    ],
)
def test_what_is_wrong_is_told_by_key_and_reason(added: str, said: str) -> None:
    assert problem(SMALLEST + added) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no entries; a file begins with `slug:` (a process) or `participants:`"),
        ("- a\n- b", "holds no entries; a file begins with `slug:` (a process) or `participants:`"),
        ("a: b: c", "line 1: mapping values are not allowed in this context"),
        ("slug: a\nslug: b", "slug: is written twice, the second time in line 2"),
        ("a: &x [1]\nb: *x", "line 1: uses an anchor or alias (& or *); write the entry out"),
        ("x: " + "[" * 400 + "]" * 400, "line 1: entries stand more than 12 deep in one another"),
        ("? [a]\n: b", "line 1: a key must be a word"),
        (
            "x: !!python/object/apply:os.system [id]",
            "line 1: uses a tag of a programming language; only plain text, numbers, lists and entries are read",
        ),
        (b"slug: \xff\xfe", "is not UTF-8 text (byte 7)"),
        ("x: 2009-13-45", "a number or a day in it cannot be read (month must be in 1..12)"),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(text: str | bytes, said: str) -> None:
    assert problem(text) == said


def test_a_huge_number_is_refused_with_a_sentence() -> None:
    assert problem("x: 1" + "0" * 6000).startswith("a number or a day in it cannot be read")


def test_a_huge_file_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * (LARGEST_BYTES + 1))
    for path, said in (
        (huge, "is larger than"),
        (tmp_path, "is not a file"),
        (tmp_path / "no", "there is no such file"),
    ):
        with pytest.raises(UnreadableError, match=said):
            read(path)


# --- facts ----------------------------------------------------------------------------------------------------


def fields(text: str, kind: str, **known: str) -> dict[tuple[str, ...], dict[str, object]]:
    facts = facts_of(process(SMALLEST + text), known.get)
    return {fact.key: fact.fields for fact in facts if fact.kind == kind}


def test_a_former_member_was_a_member_before() -> None:
    told = fields(
        "participants: [{name: Fiji, kind: state, standing: former, until: 2003}]", "participation", Fiji="fj"
    )

    assert {key: (one["since"], one["until"]) for key, one in told.items()} == {
        ("fj", "member"): (None, "2003"),
        ("fj", "former"): ("2003", None),
    }


def test_a_second_standing_is_a_participation_of_its_own() -> None:
    told = fields("participants: [{name: IOM, standing: partner, also: [observer]}]", "participation", IOM="iom")

    assert list(told) == [("iom", "partner"), ("iom", "observer")]


def test_the_network_itself_stands_on_its_own_track() -> None:
    text = (
        "bodies: [{name: Network of Migrants (NOM), kind: civil-society-network}]\n"
        "participants: [{name: Nom, kind: network, standing: participant}, {name: Fiji, standing: member}]"
    )
    known = {"Network of Migrants (NOM)": "nom", "Nom": "nom", "Fiji": "fj"}
    told = fields(text, "participation", **known)

    assert {key[0]: one["track"] for key, one in told.items()} == {"nom": "nom", "fj": "government"}
    assert fields(text, "body", **known)[("Network of Migrants (NOM)",)]["track"] == "nom"
    assert list(fields(text, "track", **known)) == [("government",), ("nom",)]


def test_the_track_of_a_network_without_an_abbreviation_is_named_after_it() -> None:
    assert track_slug("Regional NGO network") == "regional-ngo-network"


def test_a_steering_group_has_a_body_even_where_none_is_named() -> None:
    text = "steering_group: [Fiji, The Harbour Office]"

    assert fields(text, "body")[("Steering Group",)]["membership"] == "own"
    assert fields(text, "body_membership", Fiji="fj") == {
        ("Steering Group", "fj"): {"body": "Steering Group", "role": "member", "participant": "fj", "name_text": ""},
        ("Steering Group", "text:The Harbour Office"): {
            "body": "Steering Group",
            "role": "member",
            "participant": None,
            "name_text": "The Harbour Office",
        },
    }


def test_the_theme_of_the_present_term_stands_with_the_present_chair() -> None:
    told = fields(
        "chair: {current: [{participant: Fiji, since: 2008}], theme_of_chair: ["
        "{year: '2007/2008', participant: Tonga, theme: Boats}, "
        "{year: '2008/2009', participant: Fiji, theme: Skills}]}",
        "chair_term",
        Fiji="fj",
        Tonga="to",
    )

    assert {key: (one["theme"], one["since"], one["until"]) for key, one in told.items()} == {
        ("", "fj", "chair", "2008/2009"): ("Skills", "2008", None),
        ("", "to", "chair", "2007/2008"): ("Boats", "2007", "2008"),
    }


# --- names of states ------------------------------------------------------------------------------------------


def present(iso: str) -> dict[str, str]:
    return {one.language: one.name for one in state_names().get(iso, ()) if one.until is None}


def test_names_that_are_not_of_the_united_nations_are_replaced() -> None:
    assert present("CI")["en"] == "Côte d’Ivoire"
    assert present("NL")["ar"] == "هولندا (مملكة -)"
    assert present("TR") == {"en": "Türkiye", "es": "Türkiye", "fr": "Türkiye", "ar": "تركيا"}
    assert present("TW") == {}


def test_an_override_says_why_and_differs_from_what_it_replaces() -> None:
    lines = (FOLDER / "overrides.csv").read_text().splitlines()[1:]
    table = (FOLDER / "un-names.csv").read_text()
    for line in lines:
        iso, language, name, reason = line.split(",", 3)
        assert language in LANGUAGES
        assert reason
        assert not name or f"{iso},{name}," not in table


def test_every_other_state_has_one_present_name_in_each_language() -> None:
    for iso in state_names().keys() - {"TW"}:
        assert sorted(present(iso)) == sorted(LANGUAGES), iso


def test_a_former_name_ends_where_the_present_one_begins() -> None:
    names = [
        (one.name, str(one.since or ""), str(one.until or "")) for one in state_names()["SZ"] if one.language == "es"
    ]

    assert names == [("Swazilandia", "", "2018"), ("Eswatini", "2018", "")]
