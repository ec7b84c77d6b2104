"""Lists of contacts, pure: columns by their headings, numbers, vCards of both kinds, and who is likely the same."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from secretariat.correspondence import vcards
from secretariat.correspondence.contact_lists import columns, numbers, vcard_in
from secretariat.correspondence.contact_lists.alike import Known, Somebody, pairs
from secretariat.correspondence.contact_lists.programs import would_run
from secretariat.correspondence.contact_lists.shape import guess
from secretariat.documents.sheets import Sheet

CARDS = """BEGIN:VCARD
VERSION:3.0
N:Paz;Ana;;Sra.;
FN:Ana Paz\\, jueza
ORG:Belize;Ministry of Foreign
  Affairs
TITLE:Directora
TEL;TYPE=CELL,VOICE:+501 600 1234
item1.EMAIL;type=INTERNET:ana@foreign.example
PHOTO;VALUE=uri:javascript:alert(1)
URL:JAVA\tSCRIPT:alert(2)
NOTE:<script>alert(3)</script>
END:VCARD
begin:vcard
version:4.0
FN:
N:Ku;Rosa;;;
TEL;VALUE=uri;TYPE="work,voice":tel:+501-222-0100;ext=12
ADR:;;;Belmopan;;;Belize
LANG;PREF=1:es
PHOTO:https://pictures.example/rosa.jpg
END:VCARD
"""


def by_column(row: list[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(vcard_in.ORDER, row, strict=True) if cell}


def test_vcards_of_both_kinds_are_read_and_what_runs_is_told() -> None:
    rows = vcard_in.sheet_of(CARDS.replace("\n", "\r\n")).rows
    assert [number for number, _row in rows] == [0, 1, 2]
    assert by_column(rows[1][1]) == {
        "participant": "Belize", "name": "Ana Paz, jueza", "function": "Directora",
        "ministry": "Ministry of Foreign Affairs", "mail": "ana@foreign.example", "mobile": "+501 600 1234",
        "programs": "PHOTO\nURL\nNOTE",
    }  # fmt: skip
    assert by_column(rows[2][1]) == {
        "participant": "Belize", "name": "Rosa Ku", "languages": "es", "telephone": "+501-222-0100 ext 12",
    }  # fmt: skip


def test_what_goes_out_comes_in_again() -> None:
    card = vcards.Card(
        key=str(uuid4()), name="Lic. Ñandú; the ﷲ, of", organization=("Belize", "Foreign Affairs"), title="Head",
        languages=("es", "en"), numbers=(("mail", "a@b.example"), ("mobile", "+501 600 1234")), categories=("RCX",),
    )  # fmt: skip
    text = vcards.vcards([card], date(2026, 3, 1)).decode()
    [_head, (_number, row)] = vcard_in.sheet_of(text).rows
    read = by_column(row)
    assert (read["name"], read["participant"], read["ministry"]) == (card.name, "Belize", "Foreign Affairs")
    assert (read["mail"], read["mobile"]) == ("a@b.example", "+5016001234")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("BEGIN:VCARD\nVERSION:2.1\nFN:A\nEND:VCARD", "old"),
        ("BEGIN:VCARD\nVERSION:4.0\nFN:A", "broken"),
        ("BEGIN:VCARD\nBEGIN:VCARD\nEND:VCARD", "broken"),
    ],
)
def test_cards_that_cannot_be_read_say_why(text: str, why: str) -> None:
    with pytest.raises(vcard_in.NotCards) as told:
        vcard_in.sheet_of(text)
    assert told.value.why == why


def test_headings_of_four_languages_are_known() -> None:
    for heading in (
        ["Country", "Full name", "Position", "Institution", "E-mail", "Phone", "Cell phone", "Languages"],
        ["País", "Nombre", "Cargo", "Institución", "Correo electrónico", "Teléfono", "Celular", "Idiomas"],
        ["Pays", "Nom", "Fonction", "Ministère", "Courriel", "Téléphone", "Portable", "Langues"],
        ["الدولة", "الاسم", "المنصب", "الوزارة", "البريد الإلكتروني", "الهاتف", "الجوال", "اللغات"],
    ):
        assert list(columns.guess(heading).values()) == [
            "participant", "name", "function", "ministry", "mail", "telephone", "mobile", "languages",
        ], heading  # fmt: skip
    shape = guess([Sheet("", [(1, ["Members only"]), (3, ["Country", "Name"]), (4, ["Belize", "A"]), (5, ["", "B"])])])
    assert (shape.heading, shape.fills_down) == (3, True)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("+506 2555-0100", "+506 2555 0100"), ("00506 25550100", "+506 25550100"),
        ("Tel.: +44 (0)20 7946 0018", "+44 20 7946 0018"),
        ("+٥٠٦ ٢٥٥٥ ٠١٠٠", "+506 2555 0100"), ("+506 2555 0100 ext. 12", "+506 2555 0100"), ("2555 0100", None),
        ("see website", None),
        ("+0 123 456 789", None), ("+506 25", None),
    ],
)  # fmt: skip
def test_numbers_are_kept_with_their_country_or_not_at_all(written: str, kept: str | None) -> None:
    assert numbers.telephone(written) == kept


def test_a_cell_of_several_numbers_and_addresses() -> None:
    assert [kept for _w, kept in numbers.telephones("+506 2555 0100 / +506 2555 0101\n+506 2555 0102")] == [
        "+506 2555 0100", "+506 2555 0101", "+506 2555 0102",
    ]  # fmt: skip
    assert [kept for _w, kept in numbers.addresses("Ana Paz <a@b.example>; c@d")] == ["a@b.example", None]
    assert list(numbers.addresses("not an address\nwrite to a@b.example")) == [
        ("not an address", None), ("a@b.example", "a@b.example"), ("write to", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value", ["javascript:x", "JaVa\u200bScRiPt :x", "<img onerror=x>", "data:text/html,x", "a<b/>"]
)
def test_what_a_program_would_run_is_known(value: str) -> None:
    assert would_run(value)


@pytest.mark.parametrize("value", ["Head, Consular Affairs & Return", "1 < 2", "Javascripto Pérez", "On = duty", "ñ"])
def test_what_is_none_is_left(value: str) -> None:
    assert not would_run(value)


def test_who_is_likely_the_same() -> None:
    here, there = uuid4(), uuid4()
    people = [
        ("paz", Somebody("Ana María Paz", here, ["ana@x.example"])),
        ("paz again", Somebody("PAZ, Ana Maria", here)),
        ("paz short", Somebody("A. Paz", here, ["ANA@x.example"])),
        ("paz elsewhere", Somebody("Ana María Paz", there, ["ana@x.example"])),
        ("desk", Somebody("Desk officer", here, ["ana@x.example"])),
        ("ahmad", Somebody("أحمد الخطيب", here)),
        ("ahmad again", Somebody("السيد احمد الخطيب", here)),
    ]
    assert pairs(people) == [("paz", "paz again"), ("paz", "paz short"), ("ahmad", "ahmad again")]
    known: Known[str] = Known()
    known.put(*people[0])
    assert known.likely(people[1][1]) == "paz"
    assert known.likely(people[4][1]) is None
    assert known.shares_an_address(people[4][1]) == "paz"
