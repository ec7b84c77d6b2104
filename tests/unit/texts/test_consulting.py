"""The response to the public as a value, and when names go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from secretariat.core.localtext import LocalText
from secretariat.texts.consulting import Answer, OnParagraph, Response, erased_at, gathered
from secretariat.texts.models import Became

FIRST, SECOND = UUID(int=1), UUID(int=2)
THANKS, NO = LocalText.of("It is in the draft."), LocalText.of("Not now.")
END = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class Said:
    paragraph_id: UUID | None
    became: Became | None
    answer: LocalText | None = None


def test_what_was_answered_alike_stands_once_in_the_order_of_the_text() -> None:
    said = [
        Said(SECOND, Became.NOT_THIS_TIME, NO),
        Said(FIRST, Became.TAKEN_UP, THANKS),
        Said(FIRST, Became.TAKEN_UP, LocalText.of("It is in the draft.")),
        Said(FIRST, Became.IN_PART),
        Said(None, Became.TAKEN_UP),
    ]
    made = gathered(said, [FIRST, SECOND], word=THANKS, writers=3, organizations=["b", "A", "", "b"])
    assert made.paragraphs == (
        OnParagraph(None, 1, (Answer(Became.TAKEN_UP, None, 1),)),
        OnParagraph(FIRST, 3, (made.paragraphs[1].answers[0], Answer(Became.IN_PART, None, 1))),
        OnParagraph(SECOND, 1, (made.paragraphs[2].answers[0],)),
    )
    assert [(one.became, one.number) for one in made.paragraphs[1].answers] == [
        (Became.TAKEN_UP, 2),
        (Became.IN_PART, 1),
    ]
    assert (made.comments, made.writers, made.organizations) == (5, 3, ("A", "b"))
    assert Response.from_json(made.to_json()).to_json() == made.to_json()
    assert made.of(UUID(int=3)) is None


def test_names_go_half_a_year_after_the_response_and_two_years_after_the_end() -> None:
    half, two = timedelta(days=183), timedelta(days=730)
    assert erased_at(END, None) == END + two
    assert erased_at(END, END + timedelta(days=10)) == END + timedelta(days=10) + half
    assert erased_at(END, END + timedelta(days=700)) == END + two
