"""Runs several commands as one: their output in one stream, and when one ends, or we are told to stop, none is left."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence

PATIENCE_SECONDS = 10.0
"""How long the commands may take to stop of their own accord."""
TURN_SECONDS = 0.1
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Died(Exception):
    """A command ended that should have gone on. The message says which, and how."""


class Stopped(Exception):
    """A person, or the system, asked for an end."""


class Command:
    """One running command, leader of a process group of its own, so that its children can be ended with it."""

    def __init__(self, name: str, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        self.name = name
        self.process = subprocess.Popen(
            arguments,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._relay = threading.Thread(target=self._pass_on_output, daemon=True)
        self._relay.start()

    @property
    def ended(self) -> bool:
        """Whether the command is no longer running. It is not reaped, so that nobody else gets its number meanwhile."""
        if self.process.returncode is not None:
            return True
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None

    def tell(self, number: signal.Signals) -> None:
        if not self.ended:
            os.kill(self.process.pid, number)

    def clear_away(self) -> int:
        """End whatever is left of the command and its children; the code it ended with."""
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        code = self.process.wait()
        self._relay.join(timeout=1)
        return code

    def _pass_on_output(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            sys.stdout.write(f"{self.name:<7} | {line.decode(errors='replace').rstrip()}\n")
            sys.stdout.flush()


class Supervisor:
    """Use as a context: on leaving it, however that comes about, every command and all its children have ended."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.commands: list[Command] = []
        self._asked_to_stop = False

    def __enter__(self) -> "Supervisor":
        for number in STOPPING_SIGNALS:
            signal.signal(number, self._ask_to_stop)
        return self

    def __exit__(self, *_: object) -> None:
        for number in STOPPING_SIGNALS:  # a second Ctrl-C must not leave half of them behind
            signal.signal(number, signal.SIG_IGN)
        for command in self.commands:
            command.tell(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and not all(command.ended for command in self.commands):
            time.sleep(TURN_SECONDS)
        for command in self.commands:
            command.clear_away()

    def start(self, name: str, *arguments: str) -> None:
        self.commands.append(Command(name, arguments, self.environ))

    def run(self, name: str, *arguments: str) -> None:
        """Run a command to its end, which is expected. Raises Died if it fails, Stopped if we are asked to stop."""
        command = Command(name, arguments, self.environ)
        self.commands.append(command)
        while not command.ended:
            self._notice_request()
            time.sleep(TURN_SECONDS)
        self.commands.remove(command)
        code = command.clear_away()
        if code != 0:
            raise Died(f"{name} ended with code {code}.")

    def wait_for(self, what: str, answers: Callable[[], bool], seconds: float) -> None:
        """Return when `answers` does. Raises Died if a command ends first or nothing is heard within `seconds`."""
        deadline = time.monotonic() + seconds
        while not answers():
            self._notice()
            if time.monotonic() > deadline:
                raise Died(f"{what} did not answer within {seconds:.0f} seconds.")
            time.sleep(TURN_SECONDS)

    def watch(self) -> None:
        """Go on until a command ends (Died) or we are asked to stop (Stopped)."""
        while True:
            self._notice()
            time.sleep(TURN_SECONDS)

    def _notice(self) -> None:
        self._notice_request()
        for command in self.commands:
            if command.ended:
                self.commands.remove(command)
                code = command.clear_away()
                raise Died(f"{command.name} ended by itself ({_in_words(code)}); everything else is stopped too.")

    def _notice_request(self) -> None:
        if self._asked_to_stop:
            raise Stopped

    def _ask_to_stop(self, *_: object) -> None:
        self._asked_to_stop = True


def _in_words(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
