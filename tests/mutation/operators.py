"""Makes mutants of a module: every one is its tree with one small change.

What says nothing about access is left alone: annotations, docstrings, the words of errors, the prose of enumerations.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.Mod: ast.Add,
}
CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
OF_TYPES = frozenset({"cast", "TypeVar", "ParamSpec", "isinstance", "issubclass", "super"})
"""Calls whose arguments are left alone: they tell the type checker, or are never what access turns on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: how its tree is walked to it, and in which definition."""

    path: tuple[tuple[str, int | None], ...]
    scope: str
    in_body: bool


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. `name` outlives what is written elsewhere in the module: definition, words before, words after."""

    module: str
    scope: str
    change: str
    in_body: bool
    line: int
    tree: Callable[[], ast.Module]

    @property
    def name(self) -> str:
        return f"{self.scope}: {self.change}"


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its source."""
    original = ast.parse(source)
    met: Counter[str] = Counter()
    made = []
    for node, place in _places(original):
        for changed in _changes(node):
            said = f"{place.scope}: {_shortly(node)} -> {_shortly(changed)}"
            met[said] += 1
            again = f" #{met[said]}" if met[said] > 1 else ""
            change = said.removeprefix(f"{place.scope}: ") + again
            line = getattr(node, "lineno", 0)
            made.append(Mutant(module, place.scope, change, place.in_body, line, _grafted(original, place, changed)))
    return made


def _grafted(original: ast.Module, place: Place, changed: ast.AST) -> Callable[[], ast.Module]:
    def tree() -> ast.Module:
        made: Any = copy.copy(original)
        above = made
        for name, index in place.path[:-1]:  # what lies on the way is copied, the rest is shared
            if index is None:
                setattr(above, name, copy.copy(getattr(above, name)))
                above = getattr(above, name)
            else:
                setattr(above, name, [*getattr(above, name)])
                getattr(above, name)[index] = copy.copy(getattr(above, name)[index])
                above = getattr(above, name)[index]
        name, index = place.path[-1]
        if index is None:
            ast.copy_location(changed, getattr(above, name))
            setattr(above, name, changed)
        else:
            held = [*getattr(above, name)]
            ast.copy_location(changed, held[index])
            held[index] = changed
            setattr(above, name, held)
        return cast("ast.Module", ast.fix_missing_locations(made))

    return tree


def _shortly(node: ast.AST) -> str:
    words = " ".join(ast.unparse(node).split())
    return words if len(words) <= 160 else f"{words[:120]} ... {words[-35:]}"


# --- where a change may be made -----------------------------------------------------------------------------------


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, Place]]:
    yield from _inside(tree, (), "module", in_body=False)


def _inside(
    node: ast.AST, path: tuple[tuple[str, int | None], ...], scope: str, *, in_body: bool
) -> Iterator[tuple[ast.AST, Place]]:
    for name, value in ast.iter_fields(node):
        if _is_left_alone(node, name):
            continue
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if not isinstance(child, ast.AST) or _says_nothing(child):
                continue
            here = (*path, (name, index))
            inner, body = _scope(node, name, scope, in_body)
            yield child, Place(here, inner, body)
            yield from _inside(child, here, inner, in_body=body)


def _scope(node: ast.AST, name: str, scope: str, in_body: bool) -> tuple[str, bool]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        named = node.name if scope == "module" else f"{scope}.{node.name}"
        return named, in_body or (isinstance(node, ast.FunctionDef) and name == "body")
    return scope, in_body


def _is_left_alone(node: ast.AST, field: str) -> bool:
    match node:
        case ast.Raise():
            return True
        case ast.ClassDef():
            return field in {"bases", "keywords"} or (field == "body" and _is_of_prose(node))
        case ast.Call():
            return _called(node) in OF_TYPES
        case ast.Assign():
            return _is_alias(node)
    return field in {"annotation", "returns", "ctx", "op", "ops"}


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _is_of_prose(node: ast.ClassDef) -> bool:
    """An enumeration whose values are words for people; those of a StrEnum stand in the database."""
    of_names = any(isinstance(base, ast.Name) and base.id == "Enum" for base in node.bases)
    return of_names and all(isinstance(one, ast.Assign | ast.Expr) for one in node.body)


def _is_alias(node: ast.Assign) -> bool:
    """A name for a type, such as `View = Callable[..., Any]`."""
    return isinstance(node.value, ast.Subscript) and _shortly(node.value).startswith(("Callable[", "Mapping["))


def _says_nothing(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom | ast.alias) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


# --- what may be changed ------------------------------------------------------------------------------------------


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    for kind, change in _CHANGES.items():
        if isinstance(node, kind):
            yield from change(node)


def _with(node: Any, **fields: Any) -> Any:
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        for other in COMPARED[type(operator)]:
            yield _with(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])


def _bool(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for index in range(len(node.values)):
        rest = [*node.values[:index], *node.values[index + 1 :]]
        yield rest[0] if len(rest) == 1 else _with(node, values=rest)


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _binary(node: ast.BinOp) -> Iterator[ast.AST]:
    yield _with(node, op=CALCULATED[type(node.op)]())
    yield node.left
    yield node.right


def _condition(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    if not isinstance(node.test, ast.Constant):
        yield _with(node, test=ast.Constant(True))
        yield _with(node, test=ast.Constant(False))


def _comprehension(node: ast.comprehension) -> Iterator[ast.AST]:
    for index in range(len(node.ifs)):
        yield _with(node, ifs=[*node.ifs[:index], *node.ifs[index + 1 :]])


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool():
            yield ast.Constant(not node.value)
        case int():
            yield ast.Constant(node.value + 1)
        case str() if node.value:
            yield ast.Constant(f"XX{node.value}")


def _return(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is None or (isinstance(node.value, ast.Constant) and not node.value.value):
        return  # False is turned into True; nothing else that is empty means anything else
    yield _with(node, value=ast.Constant(None))
    if isinstance(node.value, ast.BoolOp | ast.Compare | ast.UnaryOp) or _is_any_or_all(node.value):
        yield _with(node, value=ast.Constant(True))


def _is_any_or_all(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and _called(value) in {"any", "all"}


def _call(node: ast.Call) -> Iterator[ast.AST]:
    name = _called(node)
    if isinstance(node.func, ast.Name) and name in CALLED:
        yield _with(node, func=ast.Name(CALLED[name], ast.Load()))
    if name == "sorted":
        yield ast.Call(ast.Name("list", ast.Load()), [node.args[0]], [])
    if name in OF_TYPES:
        return
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            yield _with(node, keywords=[*node.keywords[:index], *node.keywords[index + 1 :]])
    for index, argument in enumerate(node.args):
        if not isinstance(argument, ast.Constant | ast.Starred | ast.GeneratorExp | ast.Lambda):
            yield _with(node, args=[*node.args[:index], ast.Constant(None), *node.args[index + 1 :]])


def _statement(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.Assign) and all(isinstance(one, ast.Name) for one in node.targets):
        return  # without it the name would be missing, which any test notices
    yield ast.Pass()


def _turn(node: ast.Continue | ast.Break) -> Iterator[ast.AST]:
    yield ast.Break() if isinstance(node, ast.Continue) else ast.Continue()


def _function(node: ast.FunctionDef) -> Iterator[ast.AST]:
    for index in range(len(node.decorator_list)):
        yield _with(node, decorator_list=[*node.decorator_list[:index], *node.decorator_list[index + 1 :]])


def _collection(node: ast.Tuple | ast.List | ast.Set) -> Iterator[ast.AST]:
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return
    for index in range(len(node.elts)):
        rest = [*node.elts[:index], *node.elts[index + 1 :]]
        if rest or not isinstance(node, ast.Set):
            yield _with(node, elts=rest)


_CHANGES: dict[Any, Callable[[Any], Iterator[ast.AST]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _bool,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.If: _condition,
    ast.IfExp: _condition,
    ast.comprehension: _comprehension,
    ast.Constant: _constant,
    ast.Return: _return,
    ast.Call: _call,
    ast.Expr: _statement,
    ast.Assign: _statement,
    ast.AugAssign: _statement,
    ast.Raise: _statement,
    ast.Continue: _turn,
    ast.Break: _turn,
    ast.FunctionDef: _function,
    ast.Tuple: _collection,
    ast.List: _collection,
    ast.Set: _collection,
}
