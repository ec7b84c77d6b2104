"""python -m tests.mutation [--only PART] [--results FILE]: try the mutants, go on where an earlier run was stopped."""

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from tests.mutation import laboratory
from tests.mutation.laboratory import KILLED
from tests.mutation.modules import ROOT, access_modules
from tests.mutation.operators import Mutant, mutants_of
from tests.mutation.verdict import verdict, written_down

RESULTS = ROOT / ".mutants.jsonl"
THIRD_PARTY = ("sqlalchemy.orm", "flask_login", "flask_wtf", "wtforms", "babel.dates", "argon2", "icalendar", "yaml")


class Progress:
    """What is known of each mutant, written down at once."""

    def __init__(self, results: Path, mutants: list[Mutant]) -> None:
        self._marks = _fingerprints({one.module for one in mutants})
        self.known: dict[tuple[str, str], str] = dict(_read(results, self._marks))
        self._file = results.open("a" if self.known else "w")
        self._began, self._done = time.monotonic(), 0
        self._waiting = sum((one.module, one.name) not in self.known for one in mutants)

    def told(self, mutant: Mutant, what: str) -> None:
        self.known[mutant.module, mutant.name] = what
        of = self._marks[mutant.module]
        self._write({"module": mutant.module, "mutant": mutant.name, "line": mutant.line, "is": what, "of": of})
        self._done += 1
        if what != KILLED:
            print(f"  {what}: {mutant.module}:{mutant.line} {mutant.name}", flush=True)
        if self._done % 100 == 0 or self._done == self._waiting:
            spent = time.monotonic() - self._began
            left = spent / self._done * (self._waiting - self._done)
            print(f"{self._done} of {self._waiting} mutants in {spent:.0f} s, about {left:.0f} s to go", flush=True)

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def _read(results: Path, marks: dict[str, str]) -> Iterable[tuple[tuple[str, str], str]]:
    for line in results.read_text().splitlines() if results.exists() else []:
        one = json.loads(line)
        if "of" in one and "module" in one and marks.get(one["module"]) == one["of"]:
            yield (one["module"], one["mutant"]), one["is"]


def _fingerprints(modules: Iterable[str]) -> dict[str, str]:
    """Of what decides whether a module's mutants are noticed: the module and the suite. With another word in either
    they are tried anew; what changes elsewhere in the product fails the suite itself, or leaves them as they were."""
    suite = hashlib.sha256()
    for folder in ("tests/access", "tests/factories", "tests/mutation"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            suite.update(str(path).encode() + path.read_bytes())
    return {one: hashlib.sha256(suite.digest() + (ROOT / one).read_bytes()).hexdigest() for one in modules}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--only", default="", help="part of the path of a module")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    modules = [path for path in access_modules() if chosen.only in path]
    mutants = [one for path in modules for one in mutants_of(path, (ROOT / path).read_text())]
    progress = Progress(chosen.results, mutants)
    waiting = [one for one in mutants if (one.module, one.name) not in progress.known]
    print(f"{len(mutants)} mutants of {len(modules)} modules, {len(waiting)} to try", flush=True)
    for name in THIRD_PARTY:
        __import__(name)
    seconds = _bodies([one for one in waiting if one.in_body], progress, chosen.jobs)
    laboratory.try_definitions(
        [one for one in waiting if not one.in_body], progress.told, seconds=seconds, at_once=chosen.jobs
    )
    asked = {(one.module, one.name) for one in mutants}
    alive = [key for key, what in progress.known.items() if what != KILLED and key in asked]
    written = {key: why for key, why in written_down().items() if key[0] in modules}
    found = verdict(alive, written)
    for module, name in found.unexplained:
        print(f"survived without a reason: {module} {name}")
    for module, name in found.stale:
        print(f"a reason is written down, but it is gone or noticed: {module} {name}")
    summary = {
        "mutants": len(mutants),
        "survived": len(found.unexplained),
        "explained": len(alive) - len(found.unexplained),
        "stale": len(found.stale),
        "suite_seconds": seconds,
    }
    print(json.dumps(summary))
    return 1 if found.unexplained or found.stale else 0


def _bodies(mutants: list[Mutant], progress: Progress, jobs: int) -> float:
    """In a fork: the product is imported there, and must not be here."""
    receiving, sending = Pipe(duplex=False)
    pid = os.fork()
    if pid == 0:
        try:
            by_place = {id(one): place for place, one in enumerate(mutants)}
            spent = laboratory.try_bodies(
                mutants, lambda one, what: sending.send((by_place[id(one)], what)), at_once=jobs
            )
            sending.send(("seconds", spent))
            os._exit(0)
        except BaseException as error:
            sending.send(("failed", str(error)))
            os._exit(1)
    sending.close()
    try:
        while True:
            first, second = receiving.recv()
            if first == "seconds":
                return float(second)
            if first == "failed":
                raise laboratory.SuiteFailed(second)
            progress.told(mutants[first], second)
    finally:
        os.waitpid(pid, 0)


sys.exit(main())
