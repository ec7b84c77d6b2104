"""A relay in a process of its own: `python -m tests.benchmarks.follow_up.sink PORT FOLDER SEED TROUBLE IDLE`.

It takes mail by SMTP, keeps the log a Postfix would keep (`relay.log`), and one line of JSON for each mail it took
(`taken.jsonl`). Of a hundred mails TROUBLE meet one of its moods: later at the address (451), later at the text (452),
no for good (550), the connection dropped after the text with the mail kept or not, no answer in time with the mail kept
or not. It waits IDLE seconds for a silent client.

`hold` on standard input has it hold the next client at a place of its choice; it then says `held PORT PLACE` (the
client's port) and, when the client goes away meanwhile, `cut PORT PLACE`.
"""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import sys
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

PLACES = ("recipient", "before the text", "text", "taken")
"""Where a client can be held: before the product marks the mail, after that, with the whole text here, with the mail
the relay's own and nothing said of it."""
MOODS = ("later", "later at the text", "never", "dropped, kept", "dropped, not kept", "silent, kept", "silent")


class Relay:
    """What the server asks at each step."""

    def __init__(self, folder: Path, seed: int, trouble: float, idle: float) -> None:
        self.hold_next, self.idle = False, idle
        self._chance, self._trouble = random.Random(seed), trouble
        self._log = (folder / "relay.log").open("a", buffering=1)
        self._taken = (folder / "taken.jsonl").open("a", buffering=1)
        self._write("relay/master[1]: daemon started")

    def mood(self) -> str:
        return self._chance.choice(MOODS) if self._chance.random() * 100 < self._trouble else ""

    async def held(self, server: Server, place: str) -> None:
        """Hold the client here if somebody asked for one to be held and this is the place."""
        if not self.hold_next or server.place != place:
            return
        self.hold_next = False
        port = server.session.peer[1]  # type: ignore[union-attr, index]
        print(f"held {port} {place}", flush=True)
        try:
            await asyncio.sleep(self.idle * 0.8)
        except asyncio.CancelledError:
            print(f"cut {port} {place}", flush=True)
            raise

    async def handle_RCPT(  # noqa: N802
        self, server: Server, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        server.mood, server.place = self.mood(), self._chance.choice(PLACES)
        await self.held(server, "recipient")
        if server.mood == "later":
            return "451 4.3.0 Try again later"
        if server.mood == "never":
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Server, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(bytes(envelope.original_content or b""))
        queued = secrets.token_hex(6).upper()
        self._write(f"relay/cleanup[1]: {queued}: message-id={mail['Message-ID']}")
        await self.held(server, "text")
        if server.mood == "later at the text":
            return "452 4.2.2 Try again later"
        if server.mood in ("", "dropped, kept", "silent, kept"):
            self._take(queued, envelope, mail)
        if server.mood.startswith("dropped") and server.transport is not None:
            server.transport.close()
        if server.mood.startswith("silent"):
            await asyncio.sleep(60)  # the client has long gone; then this is cut short
        await self.held(server, "taken")
        return "250 2.0.0 Taken"

    def _take(self, queued: str, envelope: Envelope, mail: EmailMessage) -> None:
        told = {"to": envelope.rcpt_tos[0], "id": str(mail["Message-ID"]), "subject": str(mail["Subject"])}
        self._taken.write(json.dumps(told) + "\n")
        self._write(f"relay/qmgr[1]: {queued}: from=<{envelope.mail_from}>, size=1, nrcpt=1 (queue active)")

    def _write(self, line: str) -> None:
        self._log.write(f"{datetime.now(UTC).isoformat()} localhost {line}\n")


class Server(SMTP):
    """The server of aiosmtpd, which can hold a client before it asks for the text."""

    mood = ""
    place = ""

    def __init__(self, relay: Relay) -> None:
        super().__init__(relay, timeout=relay.idle, hostname="localhost")
        self.relay = relay

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        await self.relay.held(self, "before the text")
        await super().smtp_DATA(arg)


async def serve(port: int, relay: Relay) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    over = asyncio.Event()

    def heard() -> None:
        line = sys.stdin.readline()
        if not line:
            over.set()
        relay.hold_next = line.strip() == "hold"

    loop.add_reader(sys.stdin.fileno(), heard)
    server = await loop.create_server(lambda: Server(relay), "127.0.0.1", port)
    print("ready", flush=True)
    await over.wait()
    server.close()


if __name__ == "__main__":
    given_port, folder, seed, trouble, idle = sys.argv[1:]
    asyncio.run(serve(int(given_port), Relay(Path(folder), int(seed), float(trouble), float(idle))))
