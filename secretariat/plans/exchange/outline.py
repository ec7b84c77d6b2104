"""The areas, objectives and activities a table names: those the plan has, and those that would come to it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from secretariat.documents.headings import folded
from secretariat.plans.exchange.rows import Part, Texts


@dataclass(slots=True, eq=False)
class Node:
    """A part of the plan as it would be. `there` is its key where the plan has it already; `row` the first that names
    it; `number` is empty where it will be counted on."""

    level: str
    above: Node | None
    number: str
    texts: dict[str, str]
    there: UUID | None = None
    row: int = 0
    points_to: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[Any, ...]:
        """What stands in it is found by."""
        return (self.there,) if self.there else (id(self),)


@dataclass(slots=True)
class Outline:
    """All of them, found by where they stand with their number or words."""

    nodes: list[Node] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    _by_number: dict[tuple[Any, ...], Node] = field(default_factory=dict)
    _by_words: dict[tuple[Any, ...], list[Node]] = field(default_factory=dict)

    def put(self, node: Node) -> Node:
        self.nodes.append(node)
        if node.number:
            self.numbers.add(node.number)
            self._by_number[(*_where(node.level, node.above), node.number)] = node
        self._known_by(node, node.texts)
        return node

    @property
    def new(self) -> list[Node]:
        """Those that would come in, in the order in which they are named."""
        return [one for one in self.nodes if one.there is None]

    def find(self, level: str, above: Node | None, part: Part, *, anywhere: bool = False) -> Node | None:
        """The part there is. A number tells where the words agree, words where no other number is with them;
        `anywhere` is for a row that does not say in what it stands: the only part of the plan called so is meant."""
        numbered = self._by_number.get((*_where(level, above), part.number)) if part.number else None
        if numbered is not None and (not part.texts or _agree(numbered.texts, part.texts)):
            return self._met(numbered, part.texts)
        for text in part.texts.values():
            for one in self._by_words.get((*_where(level, above), folded(text) or text), []):
                if _fits(one, part):
                    return self._met(one, part.texts)
        if anywhere and above is None:
            found = [one for one in self.nodes if one.there is not None and one.level == level and _is_meant(one, part)]
            return found[0] if len(found) == 1 else None
        return None

    def _met(self, node: Node, texts: Texts) -> Node:
        """A later row may say it in one more language."""
        if node.there is None:
            added = {code: text for code, text in texts.items() if code not in node.texts}
            if added:
                node.texts |= added
                self._known_by(node, added)
        return node

    def _known_by(self, node: Node, texts: Texts) -> None:
        for text in texts.values():
            self._by_words.setdefault((*_where(node.level, node.above), folded(text) or text), []).append(node)


def _fits(node: Node, part: Part) -> bool:
    return (not part.number or not node.number or node.number == part.number) and _agree(node.texts, part.texts)


def _is_meant(node: Node, part: Part) -> bool:
    if not part.texts:
        return bool(part.number) and node.number == part.number
    return _fits(node, part)


def _where(level: str, above: Node | None) -> tuple[Any, ...]:
    return level, id(above) if above is not None else 0


def _agree(some: Texts, others: Texts) -> bool:
    """Whether they say the same: in every language both have, or else, whatever it is called, in any."""
    shared = some.keys() & others.keys()
    if shared:
        return all(_plain(some[one]) == _plain(others[one]) for one in shared)
    return not {_plain(one) for one in some.values()}.isdisjoint(_plain(one) for one in others.values())


def _plain(text: str) -> str:
    return folded(text) or text
