"""The calendar of GNOME (Evolution Data Server) at work: reads orders as lines of JSON, answers each with one.

Run by the system's own interpreter, for which Debian builds the bindings, inside a session bus of its own
(`calendar_program.CalendarProgram` does both). It uses the calls Evolution and GNOME Calendar use: an invitation that a
person accepts goes through `receive_objects`, a calendar on the web is a source of the backend "webcal".
"""

import json
import sys
import time
from typing import Any

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
from gi.repository import ECal, EDataServer, GLib, GObject, ICalGLib  # noqa: E402

OWN = "own"
FIRST, LAST = 0, 4_102_444_800  # 1970 to 2100
DO_NOT_WAIT = 2**32 - 1  # for a local calendar to say that it is connected: it never does
SECONDS_TO_FETCH = 20
NOT_HEARD_OF = "No such source"


def main() -> None:
    """Serve until the orders end."""
    program = Program()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        try:
            said = getattr(program, order.pop("do"))(**order)
        except GLib.Error as error:
            said = {"refused": error.message}
        print(json.dumps(said), flush=True)


class Program:
    """One person's calendar program."""

    def __init__(self) -> None:
        self.registry = EDataServer.SourceRegistry.new_sync(None)
        self.calendars: dict[str, Any] = {}

    def begin(self) -> dict[str, Any]:
        """Take up an empty calendar of one's own."""
        self.calendars[OWN] = connected(self.added("local-stub", "local"))
        return {}

    def receive(self, text: str) -> dict[str, Any]:
        """Take what came by mail into one's own calendar, as a person does who presses Accept or Update."""
        came = ICalGLib.Component.new_from_string(text)
        self.calendars[OWN].receive_objects_sync(came, ECal.OperationFlags.NONE, None)
        return {}

    def subscribe(self, address: str, seen: int | None) -> dict[str, Any]:
        """Subscribe to a calendar on the web and wait until `seen` entries have come."""
        self.calendars[address] = connected(self.added("webcal-stub", "webcal", address))
        return self.refresh(address, seen)

    def added(self, parent: str, backend: str, address: str = "") -> Any:
        """A calendar beside the others, as the settings of the program add one."""
        source = EDataServer.Source.new(None, None)
        source.set_display_name("Meetings")
        source.set_parent(parent)
        source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name(backend)
        if address:
            web = source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND)
            web.set_uri(GLib.Uri.parse(address, GLib.UriFlags.NONE))
            source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION).set_method("none")
        self.registry.commit_source_sync(source, None)
        end = time.monotonic() + SECONDS_TO_FETCH
        while (found := self.registry.ref_source(source.get_uid())) is None and time.monotonic() < end:
            GLib.MainContext.default().iteration(False)
        return found

    def refresh(self, address: str, seen: int | None) -> dict[str, Any]:
        """Fetch a calendar on the web anew; gives what went wrong on the way, if anything did."""
        calendar = self.calendars[address]
        said: list[str] = []
        # `connect` of a calendar is the opening of one; signals have theirs from GObject
        GObject.Object.connect(calendar, "backend-error", lambda _calendar, message: said.append(message))
        calendar.refresh_sync(None)
        end = time.monotonic() + SECONDS_TO_FETCH
        while time.monotonic() < end and not said and not has_come(calendar, seen):
            GLib.MainContext.default().iteration(False)
            time.sleep(0.05)
        return {"refused": said[0]} if said else {}

    def shows(self, zone: str, address: str = "") -> list[dict[str, Any]]:
        """What the calendar shows, day by day as on the screen, by the clock of `zone`."""
        shown: list[dict[str, Any]] = []
        where = ICalGLib.Timezone.get_builtin_timezone(zone)

        def show(event: Any, begins: Any, ends: Any, *_rest: Any) -> bool:
            shown.append(
                {
                    "uid": event.get_uid(),
                    "title": event.get_summary(),
                    "place": event.get_location(),
                    "begins": on_clock(begins, where),
                    "ends": on_clock(ends, where),
                }
            )
            return True

        self.calendars[address or OWN].generate_instances_sync(FIRST, LAST, None, show)
        return sorted(shown, key=lambda one: one["begins"])


def connected(source: Any) -> Any:
    """A calendar that was added, opened. Its server is a process of its own and hears of it a moment later than we."""
    end = time.monotonic() + SECONDS_TO_FETCH
    while True:
        try:
            return ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, DO_NOT_WAIT, None)
        except GLib.Error as error:
            if NOT_HEARD_OF not in error.message or time.monotonic() > end:
                raise
            time.sleep(0.05)


def objects(calendar: Any) -> list[Any]:
    _came, found = calendar.get_object_list_sync("#t", None)
    return list(found)


def has_come(calendar: Any, seen: int | None) -> bool:
    there = len(objects(calendar))
    return there > 0 if seen is None else there == seen


def on_clock(at: Any, where: Any) -> str:
    """`2027-04-14 09:00`; the day alone for what lies on whole days."""
    if at.is_date():
        return f"{at.get_year():04}-{at.get_month():02}-{at.get_day():02}"
    here = at.convert_to_zone(where)
    return f"{here.get_year():04}-{here.get_month():02}-{here.get_day():02} {here.get_hour():02}:{here.get_minute():02}"


main()
