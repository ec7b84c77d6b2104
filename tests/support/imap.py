"""A real IMAP server on loopback with one mailbox: Dovecot, in a folder of its own.

with Imap(folder) as imap:
    imap.put(mail)
"""

from __future__ import annotations

import getpass
import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.support.ports import free_port

USER, PASSWORD = "replies", "of-the-tests-alone"
SECONDS_TO_START = 20
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Imap:
    """The server and its one mailbox."""

    def __init__(self) -> None:
        found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if found is None:
            pytest.skip("dovecot is not on this machine (Debian: dovecot-imapd)")
        self._program, self.port = found, free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="imap-"))  # short: it holds sockets

    def __enter__(self) -> Self:
        who = pwd.getpwnam("nobody" if os.geteuid() == 0 else getpass.getuser())
        (self._folder / "home").mkdir()
        (self._folder / "mail").mkdir()
        for one in (self._folder, self._folder / "home", self._folder / "mail"):
            if os.geteuid() == 0:
                shutil.chown(one, who.pw_uid, who.pw_gid)
        group = subprocess.run(["id", "-gn", who.pw_name], capture_output=True, text=True, check=True).stdout.strip()
        (self._folder / "dovecot.conf").write_text(
            _CONFIGURATION.format(
                folder=self._folder,
                port=self.port,
                user=who.pw_name,
                group=group,
                uid=who.pw_uid,
                gid=who.pw_gid,
                password=PASSWORD,
            )
        )
        self._process = subprocess.Popen(
            [self._program, "-F", "-c", str(self._folder / "dovecot.conf")], stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                self._open().logout()
                return self
            except (OSError, imaplib.IMAP4.error):
                if self._process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(20)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def settings(self) -> dict[str, object]:
        """What an installation is told of this mailbox."""
        return {
            "inbox_address": "replies@secretariat.example",
            "inbox_host": "127.0.0.1",
            "inbox_port": self.port,
            "inbox_tls": False,
            "inbox_username": USER,
            "inbox_password": PASSWORD,
        }

    def put(self, mail: EmailMessage | bytes) -> None:
        """Let a mail arrive."""
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        with self._open() as imap:
            assert imap.append("INBOX", "", "", raw)[0] == "OK"

    def empty(self) -> None:
        """Throw away what is in it."""
        with self._open() as imap:
            imap.select("INBOX")
            if imap.search(None, "ALL")[1][0]:
                imap.store("1:*", "+FLAGS", r"(\Deleted)")
            imap.expunge()

    def flags(self) -> list[bytes]:
        """The flags of each mail, in order."""
        with self._open() as imap:
            imap.select("INBOX", readonly=True)
            return [one for one in imap.fetch("1:*", "(FLAGS)")[1] if isinstance(one, bytes)]

    def _open(self) -> imaplib.IMAP4:
        imap = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        imap.login(USER, PASSWORD)
        return imap
