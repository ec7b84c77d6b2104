"""People in the list of a process, line by line in the reader's words.

A template works out what stands in a cell anew for each; here what many lines have alike is worked out once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import NamedTuple
from uuid import UUID

from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import day, local_text
from secretariat.core.languages.words import language_name, parts_text
from secretariat.directory import hats
from secretariat.directory.contact_list import Line, Number


class ShownNumber(NamedTuple):
    """A number as a link: its address, whether it is written to (else one rings), and who sees it; empty where that is
    said of the next one too."""

    address: str
    is_mail: bool
    value: str
    seen: str


class Shown(NamedTuple):
    """Somebody in the list, in the order in which the template takes it apart. `beside` is the theme, or in a list by
    theme whom one acts for; `shares_none` says that a card has no number its reader sees."""

    id: UUID
    is_listed: bool
    role: str
    name: str
    ministry: str
    beside: str
    numbers: list[ShownNumber]
    shares_none: bool
    languages: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one participant or of a secretariat, or those named for one theme."""

    words: str
    lines: list[Shown]


def grouped(listed: Iterable[Line], *, theme_first: bool) -> list[Group]:
    """In their order, under whom they act for, or under their theme."""
    role, dated = cache(lambda name: str(hats.ROLE_WORDS[name])), cache(lambda on: day(on, weekday=False))
    spoken = cache(lambda codes: parts_text([language_name(code) for code in codes]))
    seen = {"secretariat": _("shared with the Secretariat"), "directory": _("seen with the name")}
    everything, never = _("All subjects"), _("not yet")
    by_words: dict[str, list[Shown]] = defaultdict(list)
    for one in listed:
        row = one.row
        shown = Shown(
            one.id,
            one.is_listed,
            role(row.role),
            row.name or "",
            local_text(row.ministry),
            one.acts_for if theme_first else one.theme or everything,
            _numbers(one.numbers, seen),
            not one.numbers and one.known_by is not None,
            spoken(tuple(row.languages or ())),
            dated(row.confirmed_on) if row.confirmed_on else never,
        )
        by_words[one.theme if theme_first else one.acts_for].append(shown)
    return [Group(words, lines) for words, lines in by_words.items()]


def _numbers(numbers: Sequence[Number], seen: dict[str, str]) -> list[ShownNumber]:
    found = []
    for one, after in zip_longest(numbers, numbers[1:]):
        is_mail = one.kind == "mail"
        address = f"mailto:{one.value}" if is_mail else f"tel:{one.value.replace(' ', '')}"
        said = after is not None and after.shared == one.shared
        found.append(ShownNumber(address, is_mail, one.value, "" if said else seen[one.shared]))
    return found
