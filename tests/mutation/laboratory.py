"""Tries mutants, each in a process of its own that ends with it.

A change in the body of a function is put into functions that are loaded already: the suite is collected and run once,
and every mutant is a fork of that process in which only the tests run that reach the function. A change in what a
module is made of - constants, decorators, defaults - is tried from the start, in a fork that has imported nothing of
the product yet.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import _lru_cache_wrapper, partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.modules import ROOT, dotted
from tests.mutation.operators import Mutant

SUITE = "tests/access"
QUIETLY = ["-q", "-x", "-s", "-n0", "-p", "no:cacheprovider", "-p", "no:randomly"]
KILLED, SURVIVED, UNREACHED = "killed", "survived", "unreached"
Told = Callable[[Mutant, str], None]


class SuiteFailed(RuntimeError):
    """The suite does not pass without any change, so that it can tell nothing."""


def try_bodies(mutants: Sequence[Mutant], told: Told, *, at_once: int = 2) -> float:
    """Try changes in bodies of functions; the seconds the suite took without any."""
    bench = _Bench(mutants, told, at_once)
    code = pytest.main([SUITE, *QUIETLY], plugins=[bench])
    if code != 0:
        raise SuiteFailed(f"the suite did not pass (pytest ended with {code})")
    return bench.seconds


def try_definitions(mutants: Sequence[Mutant], told: Told, *, seconds: float, at_once: int = 2) -> None:
    """Try changes in what modules are made of. Nothing of the product may have been imported in this process."""
    assert not any(name.startswith("secretariat") for name in sys.modules)
    with _forks(at_once, told) as fork:
        for mutant in mutants:
            fork(mutant, partial(_whole_suite, mutant), 30 + 10 * seconds)


# --- forks ----------------------------------------------------------------------------------------------------


@contextmanager
def _forks(at_once: int, told: Told) -> Iterator[Callable[[Mutant, Callable[[], bool], float], None]]:
    """Start forks, so many at once. What a fork answers says whether the suite still passes."""
    running: dict[int, Mutant] = {}

    def reap() -> None:
        pid, status = os.wait()
        told(running.pop(pid), SURVIVED if status == 0 else KILLED)

    def fork(mutant: Mutant, passes: Callable[[], bool], limit: float) -> None:
        while len(running) >= at_once:
            reap()
        pid = os.fork()
        if pid == 0:
            _answer(passes, limit)
        running[pid] = mutant

    yield fork
    while running:
        reap()


def _answer(passes: Callable[[], bool], limit: float) -> None:
    code = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # who does not come to an end has been noticed
        signal.setitimer(signal.ITIMER_REAL, limit)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = 0 if passes() else 1
    finally:
        os._exit(code)


# --- from the start -------------------------------------------------------------------------------------------


def _whole_suite(mutant: Mutant) -> bool:
    sys.meta_path.insert(0, _Instead(mutant))
    return pytest.main([SUITE, *QUIETLY]) == 0


class _Instead(MetaPathFinder):
    """Loads the mutant in place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self._name, self._path = dotted(mutant.module), str(ROOT / mutant.module)
        self._code = compile(mutant.tree(), self._path, "exec")

    def find_spec(self, name: str, _path: Any, _target: Any = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        return spec_from_file_location(name, self._path, loader=_Loader(name, self._path, self._code))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, _name: str) -> CodeType:
        return self._code


# --- in functions that are loaded -----------------------------------------------------------------------------


class _Bench:
    """A plugin of pytest: runs the suite once, then a part of it for every mutant."""

    def __init__(self, mutants: Sequence[Mutant], told: Told, at_once: int) -> None:
        self._mutants, self._told, self._at_once = mutants, told, at_once
        self._files = {str(ROOT / one.module): one.module for one in mutants}
        self._reaching: dict[tuple[str, str], set[Any]] = defaultdict(set)
        self._seconds: dict[Any, float] = {}
        self._remembering: list[Any] = []
        self.seconds = 0.0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        began = time.perf_counter()
        self._remembering = remembering(self._files)
        for item in session.items:
            self._watch(item)
        self.seconds = time.perf_counter() - began
        loaded = self._loaded()
        with _forks(self._at_once, self._told) as fork:
            for mutant in self._mutants:
                items = self._items(mutant)
                if not items:
                    self._told(mutant, UNREACHED)
                    continue
                limit = 10 + 20 * sum(self._seconds[item] for item in items)
                fork(mutant, partial(_passes, mutant, items, loaded[mutant.module], self._remembering), limit)
        return True

    def _watch(self, item: Any) -> None:
        """Run a test as it is, and see which functions it reaches."""
        files, reached = self._files, set()

        def see(frame: FrameType, event: str, _what: Any) -> None:
            if event == "call" and frame.f_code.co_filename in files:
                reached.add(frame.f_code)

        forget(self._remembering)
        began = time.perf_counter()
        sys.setprofile(see)
        try:
            passed = _run(item)
        finally:
            sys.setprofile(None)
        if not passed:
            raise SuiteFailed(f"{item.nodeid} fails without any change")
        self._seconds[item] = time.perf_counter() - began
        for code in reached:
            self._reaching[files[code.co_filename], code.co_qualname.replace("<locals>.", "")].add(item)

    def _items(self, mutant: Mutant) -> list[Any]:
        found: set[Any] = set()
        for (module, scope), items in self._reaching.items():
            if module == mutant.module and f"{scope}.".startswith(f"{mutant.scope}."):
                found |= items
        return sorted(found, key=lambda item: self._seconds[item])

    def _loaded(self) -> dict[str, list[FunctionType]]:
        """Every function of the modules that lives in this process, wherever it is kept."""
        found: dict[str, list[FunctionType]] = defaultdict(list)
        gc.collect()
        for one in gc.get_objects():
            if type(one) is FunctionType and one.__code__.co_filename in self._files:
                found[self._files[one.__code__.co_filename]].append(one)
        return found


def _run(item: Any) -> bool:
    """Whether a test passes. What the session shares stays as it is: as if the session were what follows."""
    return all(report.passed for report in runtestprotocol(item, log=False, nextitem=item.session))


def _passes(
    mutant: Mutant, items: Sequence[Any], functions: Sequence[FunctionType], remembering: Sequence[Any]
) -> bool:
    put_into(functions, compile(mutant.tree(), str(ROOT / mutant.module), "exec"))
    forget(remembering)
    return all(_run(item) for item in items)


def remembering(files: Collection[str]) -> list[Any]:
    """Functions of these files that remember what they gave, such as statements that are built once."""
    gc.collect()
    cached = (one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper))
    return [one for one in cached if getattr(one.__wrapped__, "__code__", _NO_CODE).co_filename in files]


def forget(these: Iterable[Any]) -> None:
    """Or a change in their bodies would never be tried, and a test that is given what another had built would not be
    seen to reach them."""
    for one in these:
        one.cache_clear()


_NO_CODE = compile("", "", "exec")


def put_into(functions: Sequence[FunctionType], module: CodeType) -> None:
    """Give loaded functions of a module the bodies they have in another version of it, line for line the same."""
    changed = {_place(code): code for code in _codes(module)}
    for function in functions:
        code = changed.get(_place(function.__code__))
        if code is not None and code != function.__code__:
            function.__code__ = code


def _place(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)
