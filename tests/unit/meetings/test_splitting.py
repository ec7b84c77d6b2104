"""A pasted draft as single outcomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.meetings.models import Addressed
from secretariat.meetings.splitting import split

DRAFT = """CONCLUSIONS AND RECOMMENDATIONS

The Vice-Ministers:

1. Agreed to convene a workshop on the return
of unaccompanied children, in the second
quarter of the year.
2) Requested the Technical Secretariat to circulate a first draft.
(a) Recommended that members exchange monthly figures;
• Took note of the report of the Liaison Officers' Network.

Migration is a shared concern.\r
"""


def test_each_point_is_one_and_broken_lines_are_joined() -> None:
    assert [(one.text, one.kind, one.addressed_to, one.is_outcome) for one in split(DRAFT)] == [
        ("CONCLUSIONS AND RECOMMENDATIONS", "recommendation", None, False),
        ("The Vice-Ministers:", "conclusion", None, False),
        (
            "Agreed to convene a workshop on the return of unaccompanied children, in the second quarter of the year.",
            "decision", None, True,
        ),
        ("Requested the Technical Secretariat to circulate a first draft.", "request", Addressed.SECRETARIAT, True),
        ("Recommended that members exchange monthly figures;", "recommendation", None, True),
        ("Took note of the report of the Liaison Officers' Network.", "conclusion", None, True),
        ("Migration is a shared concern.", "conclusion", None, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Las Viceministras y los Viceministros acordaron celebrar un taller.", "decision"),
        ("Solicitar a la Secretaría Técnica que prepare un borrador.", "request"),
        ("Se recomienda intercambiar estadísticas.", "recommendation"),
        ("Les participants ont décidé de se réunir en mai.", "decision"),
        ("La réunion recommande aux États d’échanger leurs chiffres.", "recommendation"),
        ("اتفق المشاركون على عقد حلقة عمل.", "decision"),
        ("Acogieron con satisfacción la oferta de Panamá.", "conclusion"),
    ],
)
def test_what_a_paragraph_seems_to_be(text: str, kind: str) -> None:
    assert [(one.text, one.kind) for one in split(text)] == [(text, kind)]


def test_a_heading_is_no_outcome() -> None:
    assert [one.is_outcome for one in split("Labour migration\n\nMembers agreed to meet.")] == [False, True]


def test_a_number_inside_a_sentence_is_no_mark() -> None:
    assert [one.text for one in split("In 2026. 11 members took part.")] == ["In 2026. 11 members took part."]
    assert [one.text for one in split("I. Opening")] == ["Opening"]


@given(st.text(alphabet=st.sampled_from("ab1.)( \n•é،"), max_size=200))
def test_no_word_is_lost_but_the_marks(draft: str) -> None:
    kept = "".join(one.text for one in split(draft))
    letters = [sign for sign in draft if sign == "é"]
    assert [sign for sign in kept if sign == "é"] == letters
    assert all(one.text == " ".join(one.text.split()) != "" for one in split(draft))
