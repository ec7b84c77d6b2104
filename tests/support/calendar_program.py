"""A calendar program that is not ours: Evolution Data Server, the engine of Evolution and GNOME Calendar.

It reads with libical, not with the library the product writes with, keeps iTIP (RFC 5546: one entry for a UID, older
sequences refused, CANCEL removes) and fetches calendars on the web by itself. Headless, with a home of its own.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SIDE = Path(__file__).with_name("evolution_side.py")
INTERPRETER = "/usr/bin/python3"
"""The one Debian builds `python3-gi` for; a virtual environment has no such bindings."""
HOW = (
    "No calendar program was found: install evolution-data-server, gir1.2-ecal-2.0, python3-gi and dbus-daemon"
    " (Debian, Ubuntu)"
)
SERVICES = Path("/usr/share/dbus-1/services")
_SERVICE = "org.gnome.evolution.dataserver.Calendar*.service"
_BINDINGS = "import gi; gi.require_version('ECal', '2.0'); from gi.repository import ECal"


def why_no_calendar_program() -> str:
    """Why it cannot be tried here; empty where it can."""
    if shutil.which("dbus-run-session") is None or not Path(INTERPRETER).exists() or not any(SERVICES.glob(_SERVICE)):
        return HOW
    tried = subprocess.run([INTERPRETER, "-c", _BINDINGS], capture_output=True, check=False)
    return "" if tried.returncode == 0 else HOW


class Refused(Exception):
    """The program did not take what it was given; the message is its own."""


class CalendarProgram:
    """The calendar of one person, empty at first."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def __enter__(self) -> Self:
        kinds = ("DATA_HOME", "CONFIG_HOME", "CACHE_HOME", "RUNTIME_DIR")
        folders = {f"XDG_{kind}": self._home / kind.lower() for kind in kinds}
        for folder in folders.values():
            folder.mkdir(parents=True, mode=0o700)
        environ = {"PATH": os.environ["PATH"], "HOME": str(self._home), "LANG": "C.UTF-8"}
        environ["GSETTINGS_BACKEND"] = "memory"
        self._said = (self._home / "said.log").open("w")
        self._process = subprocess.Popen(
            ["dbus-run-session", "--", INTERPRETER, str(SIDE)],
            env=environ | {name: str(folder) for name, folder in folders.items()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )
        self._answer()
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()
        self._said.close()

    def begin(self) -> None:
        """Take up an empty calendar; what came before stands in another."""
        self._order(do="begin")

    def receive(self, part: str) -> None:
        """Accept the calendar part of a mail. Raises Refused."""
        self._order(do="receive", text=part)

    def subscribe(self, address: str, seen: int | None) -> None:
        """Subscribe to a feed and wait until it holds `seen` entries (None: any). Raises Refused."""
        self._order(do="subscribe", address=address, seen=seen)

    def refresh(self, address: str, seen: int) -> None:
        """Fetch a feed anew. Raises Refused, where the feed is closed for example."""
        self._order(do="refresh", address=address, seen=seen)

    def shows(self, zone: str, address: str = "") -> list[dict[str, str]]:
        """What stands in one's own calendar, or in a feed, day by day by the clock of a zone."""
        shown: list[dict[str, str]] = self._order(do="shows", zone=zone, address=address)
        return shown

    def _order(self, **order: Any) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        said = self._answer()
        if isinstance(said, dict) and "refused" in said:
            raise Refused(said["refused"])
        return said

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, (self._home / "said.log").read_text()
        return json.loads(line)
