"""The proof by mutants proves nothing unless mutants are made, put in, told apart and accounted for."""

from __future__ import annotations

import ast
import gc
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from tests.mutation.laboratory import put_into
from tests.mutation.modules import ROOT, access_modules, dotted
from tests.mutation.operators import mutants_of
from tests.mutation.verdict import SURVIVORS, verdict, written_down

SOURCE = '''"""A module."""
from enum import Enum, StrEnum
from typing import Any

LIMIT = 3
KINDS = frozenset({"member", "observer"})


class Why(Enum):
    """Words for people."""

    AGE = "too young to enter"


class Kind(StrEnum):
    """Words of the database."""

    MEMBER = "member"


class Door:
    """A door."""

    open: bool | None = None

    @property
    def stands_open(self) -> bool:
        return not self.open


def may(age: int, kinds: list[str], name: str = "x") -> bool:
    """Whether one may."""
    if age < LIMIT and name in KINDS:
        raise ValueError(f"too {age} young" + "!")
    for kind in sorted(kinds, key=str):
        if kind is None:
            continue
        print(kind)
    return age >= 18 or any(one != "y" for one in kinds if one)
'''


def names(source: str) -> set[str]:
    return {one.name for one in mutants_of("a.py", source)}


def test_each_mutant_is_one_change_of_what_the_module_does() -> None:
    made = mutants_of("a.py", SOURCE)
    original = ast.unparse(ast.parse(SOURCE))
    written = [ast.unparse(one.tree()) for one in made]
    assert original not in written
    assert len({one.name for one in made}) == len(made)
    assert ast.unparse(ast.parse(SOURCE)) == original
    assert [ast.unparse(one.tree()) for one in made] == written
    for one in made:
        compile(one.tree(), "a.py", "exec")


@pytest.mark.parametrize(
    "name",
    [
        "module: 3 -> 4",
        "Kind: 'member' -> 'XXmember'",
        "module: {'member', 'observer'} -> {'observer'}",
        "Door.stands_open: not self.open -> self.open",
        "may: age < LIMIT -> age <= LIMIT",
        "may: age < LIMIT and name in KINDS -> age < LIMIT or name in KINDS",
        "may: age < LIMIT and name in KINDS -> name in KINDS",
        "may: name in KINDS -> name not in KINDS",
        "may: raise ValueError(f'too {age} young' + '!') -> pass",
        "may: sorted(kinds, key=str) -> list(kinds)",
        "may: kind is None -> kind is not None",
        "may: continue -> break",
        "may: print(kind) -> pass",
        "may: for one in kinds if one -> for one in kinds",
        "may: one != 'y' -> one == 'y'",
        "may: 18 -> 19",
    ],
)
def test_what_access_turns_on_is_changed(name: str) -> None:
    assert name in names(SOURCE)


def test_what_says_nothing_about_access_is_left_alone() -> None:
    said = " ".join(names(SOURCE))
    assert "A module" not in said
    assert "A door" not in said
    assert "XXtoo" not in said
    assert "bool | None ->" not in said
    assert "Any" not in said
    assert "too young to enter" not in said


def test_changes_of_bodies_and_of_what_a_module_is_made_of_are_told_apart() -> None:
    made = {one.name: one for one in mutants_of("a.py", SOURCE)}
    assert made["may: 18 -> 19"].in_body
    assert made["may: 'x' -> 'XXx'"].in_body is False
    assert made["module: 3 -> 4"].in_body is False


CLOSURES = """def outer(limit):
    def inner(age):
        return age < limit
    return inner
"""


def test_a_change_reaches_functions_and_closures_that_live_already(tmp_path: Path) -> None:
    path = str(tmp_path / "closures.py")
    space: dict[str, Any] = {}
    exec(compile(CLOSURES, path, "exec"), space)
    living = space["outer"](3)
    assert not living(3)
    found = [one for one in gc.get_objects() if type(one) is FunctionType and one.__code__.co_filename == path]
    assert set(found) == {space["outer"], living}
    (mutant,) = [one for one in mutants_of("closures.py", CLOSURES) if one.change == "age < limit -> age <= limit"]
    assert mutant.scope == "outer.inner"
    put_into(found, compile(mutant.tree(), path, "exec"))
    assert living(3)
    assert space["outer"](4)(4)


def test_the_access_modules_are_found_wherever_they_went(tmp_path: Path) -> None:
    found = access_modules()
    assert {"secretariat/plans/policy.py", "secretariat/core/session.py"} <= set(found)
    assert all((ROOT / path).exists() for path in found)
    for path in found:
        if path.endswith("policy.py"):
            continue
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    assert access_modules(tmp_path) == [path for path in found if not path.endswith("policy.py")]
    (tmp_path / "secretariat/core/labels.py").unlink()
    with pytest.raises(FileNotFoundError, match=r"labels\.py is gone"):
        access_modules(tmp_path)
    package = tmp_path / "secretariat/core/labels"
    package.mkdir()
    (package / "clauses.py").touch()
    assert access_modules(tmp_path)[0] == "secretariat/core/labels/clauses.py"
    assert (dotted("a/b.py"), dotted("a/b/__init__.py")) == ("a.b", "a.b")


def test_a_survivor_needs_a_reason_and_a_reason_a_survivor() -> None:
    alive, gone, explained = ("a.py", "alive"), ("a.py", "gone"), ("a.py", "explained")
    found = verdict([alive, explained], [gone, explained])
    assert (found.unexplained, found.stale) == ([alive], [gone])
    assert verdict([explained], [explained]) == verdict([], [])


def test_reasons_are_reasons(tmp_path: Path) -> None:
    path = tmp_path / "survivors.toml"
    group = '[[survivors]]\nmodule = "a.py"\nreason = "{}"\nmutants = ["one"]\n'
    path.write_text(group.format("the order does not matter here"))
    assert written_down(path) == {("a.py", "one"): "the order does not matter here"}
    path.write_text(group.format("because"))
    with pytest.raises(ValueError, match="say why"):
        written_down(path)
    path.write_text(2 * group.format("the order does not matter here"))
    with pytest.raises(ValueError, match="twice"):
        written_down(path)


def test_every_survivor_written_down_is_a_mutant_of_today() -> None:
    """So that a change of an access module shows at once that a reason has to be thought about again."""
    made = {(path, one.name) for path in access_modules() for one in mutants_of(path, (ROOT / path).read_text())}
    assert sorted(written_down(SURVIVORS).keys() - made) == []
