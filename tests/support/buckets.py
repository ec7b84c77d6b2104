"""S3-compatible storage for tests: moto's server, a process of its own on loopback, and a line to it to cut."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.ports import free_port

NAME = "papers"
ACCESS_KEY, SECRET_KEY, REGION = "the-access-key", "the-secret-key", "us-east-1"
_PATIENCE_SECONDS = 60


@contextmanager
def running() -> Iterator[str]:
    """The address of a storage that keeps what it is given until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.kill()  # it keeps nothing that would have to be written down
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    ends_at = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < ends_at and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/moto-api/data.json", timeout=2):
            return
        time.sleep(0.1)
    raise RuntimeError("the storage for tests did not start")


class Line:
    """A line to a storage. It is whole until `cut_after` is set: then no connection carries more bytes than that to the
    storage (or back, where `back` is set); it is closed at once in both directions, as a router that dies does it.
    """

    def __init__(self, port: int) -> None:
        self.cut_after: int | None = None
        self.back = False
        self.carried = 0
        self._far = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._far))
            for source, target, is_back in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._carry, args=(source, target, is_back), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_back: bool) -> None:
        carried = 0
        with contextlib.suppress(OSError):
            while piece := source.recv(16_384):
                if self.cut_after is not None and is_back is self.back:
                    piece = piece[: max(0, self.cut_after - carried)]
                if piece:
                    target.sendall(piece)
                carried += len(piece)
                self.carried += len(piece)
                if self.cut_after is not None and is_back is self.back and carried >= self.cut_after:
                    break
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def line_to(address: str) -> Iterator[Line]:
    """A line to the storage at this address."""
    line = Line(int(address.rpartition(":")[2]))
    try:
        yield line
    finally:
        line.close()
