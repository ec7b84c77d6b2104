"""Several commands run as one: they start, they end, and nothing of them is left."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config import PROJECT_ROOT

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)
PARENT = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {STUBBORN!r}]); time.sleep(600)"


class Run:
    """A supervisor in a process of its own, with commands that write their numbers into a folder."""

    def __init__(self, folder: Path, body: str) -> None:
        self.folder = folder
        script = textwrap.dedent(
            """
            import os, sys
            from secretariat.dev import supervisor
            supervisor.PATIENCE_SECONDS = 1.0
            from secretariat.dev.supervisor import Died, Stopped, Supervisor
            marked = os.environ | {"MARK": sys.argv[1]}
            try:
                with Supervisor(marked) as running:
            """
        )
        script += textwrap.indent(textwrap.dedent(body), " " * 8)
        script += "\nexcept Died as problem:\n    sys.exit(str(problem))\nexcept Stopped:\n    sys.exit(3)\n"
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, str(folder)],
            cwd=PROJECT_ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def left(self) -> list[str]:
        """Processes that carry the mark of this run in their environment."""
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if f"MARK={self.folder}".encode() in path.read_bytes().split(b"\0"):
                    found.append(path.parent.name)
            except OSError:
                continue
        return found

    def wait_for(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 30
        while not condition():
            assert time.monotonic() < deadline
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.05)

    def end(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err


pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc: Linux")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_it_leaves_no_process_not_even_grandchildren_that_will_not_go(
    tmp_path: Path, number: signal.Signals
) -> None:
    run = Run(tmp_path, f"running.start('one', sys.executable, '-c', {PARENT!r})\nrunning.watch()\n")
    run.wait_for(lambda: len(run.left()) == 2)

    os.kill(run.process.pid, number)

    assert run.end()[0] == 3
    assert run.left() == []


def test_when_one_dies_it_says_which_and_ends_the_others(tmp_path: Path) -> None:
    run = Run(
        tmp_path,
        f"""
        running.start('one', sys.executable, '-c', {PARENT!r})
        running.start('two', sys.executable, '-c', 'import time; time.sleep(1); raise SystemExit(7)')
        running.watch()
        """,
    )
    code, _, err = run.end()

    assert (code, err) == (1, "two ended by itself (code 7); everything else is stopped too.\n")
    assert run.left() == []


def test_a_leader_that_is_killed_takes_its_children_with_it(tmp_path: Path) -> None:
    run = Run(
        tmp_path,
        f"""
        running.start('one', sys.executable, '-c', {PARENT!r})
        print(running.commands[0].process.pid, flush=True)
        running.watch()
        """,
    )
    assert run.process.stdout is not None
    leader = int(run.process.stdout.readline())
    run.wait_for(lambda: len(run.left()) == 2)

    os.kill(leader, signal.SIGKILL)

    code, _, err = run.end()
    assert (code, err) == (1, "one ended by itself (signal SIGKILL); everything else is stopped too.\n")
    assert run.left() == []


def test_what_does_not_answer_in_time_is_named(tmp_path: Path) -> None:
    run = Run(
        tmp_path,
        """
        running.start('one', sys.executable, '-c', 'import time; time.sleep(600)')
        running.wait_for('The web server', lambda: False, 0.3)
        """,
    )

    assert run.end() == (1, "", "The web server did not answer within 0 seconds.\n")
    assert run.left() == []


def test_a_step_that_fails_is_named_and_its_output_shown(tmp_path: Path) -> None:
    run = Run(tmp_path, "running.run('prepare', sys.executable, '-c', 'print(\"why\"); raise SystemExit(4)')\n")

    assert run.end() == (1, "prepare | why\n", "prepare ended with code 4.\n")
