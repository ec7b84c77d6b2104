"""What holds for every consultation of the public: its limits and days, and the response as a value. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from secretariat.core.localtext import LocalText
from secretariat.texts.models import Became

CONFIRM_WITHIN = timedelta(days=7)
"""How long an address can be confirmed; then what waits for it is erased."""
KEPT_AFTER_RESPONSE = timedelta(days=183)
"""How long names and addresses are kept once the response was published: half a year."""
KEPT_WITHOUT_RESPONSE = timedelta(days=730)
"""How long they are kept where no response was published, counted from the end."""
MOST_FROM_ADDRESS, MOST_FROM_SOURCE = 5, 30
"""Mails that one address, and forms that one machine, cause in a day."""
A_DAY = timedelta(days=1)
MOST_WAITING = 2000
"""Forms of one consultation whose address nobody has confirmed yet: beyond that somebody fills the disk."""
LONGEST_COMMENT, LONGEST_ON_WHOLE, LONGEST_IN_ALL = 5_000, 20_000, 100_000
"""In characters."""


class Answered(Protocol):
    """What the response is made of: a comment that counts, with what became of it."""

    paragraph_id: UUID | None
    became: Became | None
    answer: LocalText | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of some comments on a paragraph, and the word said of them. `number`: how many they were."""

    became: Became
    word: LocalText | None
    number: int


@dataclass(frozen=True, slots=True)
class OnParagraph:
    """The response on one paragraph, or (`paragraph` None) on the text as a whole."""

    paragraph: UUID | None
    number: int
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Response:
    """What everybody reads of what came of a consultation: how many have commented, and the answers by paragraph. No
    words and no names of who commented; organizations alone, where these asked to be named."""

    word: LocalText | None
    writers: int
    comments: int
    organizations: Sequence[str] = ()
    paragraphs: Sequence[OnParagraph] = field(default_factory=tuple)

    def of(self, paragraph: UUID | None) -> OnParagraph | None:
        """The response on a paragraph; None where nobody said anything of it."""
        return next((one for one in self.paragraphs if one.paragraph == paragraph), None)

    def to_json(self) -> dict[str, Any]:
        return {
            "word": self.word.to_json() if self.word else None,
            "writers": self.writers,
            "comments": self.comments,
            "organizations": list(self.organizations),
            "paragraphs": [
                {
                    "paragraph": str(one.paragraph) if one.paragraph else None,
                    "number": one.number,
                    "answers": [
                        {
                            "became": each.became.value,
                            "word": each.word.to_json() if each.word else None,
                            "number": each.number,
                        }
                        for each in one.answers
                    ],
                }
                for one in self.paragraphs
            ],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Response:
        return cls(
            _local(stored["word"]),
            stored["writers"],
            stored["comments"],
            tuple(stored["organizations"]),
            tuple(
                OnParagraph(
                    UUID(one["paragraph"]) if one["paragraph"] else None,
                    one["number"],
                    tuple(
                        Answer(Became(each["became"]), _local(each["word"]), each["number"]) for each in one["answers"]
                    ),
                )
                for one in stored["paragraphs"]
            ),
        )


def gathered(
    comments: Iterable[Answered], order: Sequence[UUID], *, word: LocalText | None, writers: int,
    organizations: Iterable[str] = (),
) -> Response:  # fmt: skip
    """The response to these comments, in the order of the text, the whole first: what was answered alike stands once,
    with how many it was said of."""
    by_paragraph: dict[UUID | None, Counter[tuple[Became, str]]] = defaultdict(Counter)
    words: dict[str, LocalText | None] = {}
    numbers: Counter[UUID | None] = Counter()
    for one in comments:
        numbers[one.paragraph_id] += 1
        if one.became is not None:
            key = repr(sorted(one.answer.texts.items())) if one.answer else ""
            words[key] = one.answer
            by_paragraph[one.paragraph_id][one.became, key] += 1
    places = [key for key in (None, *order) if numbers[key]]
    return Response(
        word=word,
        writers=writers,
        comments=sum(numbers.values()),
        organizations=tuple(sorted({one for one in organizations if one}, key=str.casefold)),
        paragraphs=tuple(
            OnParagraph(
                key,
                numbers[key],
                tuple(
                    Answer(became, words[said], number)
                    for (became, said), number in sorted(
                        by_paragraph[key].items(), key=lambda each: (list(Became).index(each[0][0]), each[0][1])
                    )
                ),
            )
            for key in places
        ),
    )


def erased_at(ends_at: datetime, responded_at: datetime | None) -> datetime:
    """When names and addresses of those who commented go."""
    latest = ends_at + KEPT_WITHOUT_RESPONSE
    return min(responded_at + KEPT_AFTER_RESPONSE, latest) if responded_at else latest


def _local(stored: Mapping[str, Any] | None) -> LocalText | None:
    return LocalText.from_json(dict(stored)) if stored else None
