"""Tests speak to this machine alone: a connection to any other fails where it is made."""

import ipaddress
import socket
from typing import Any


class LeftTheMachine(AssertionError):
    """A test tried to reach another machine."""


def stay() -> None:
    """Refuse, from now on and in this process, every connection that is not to a loopback address or a local socket."""

    def checked(original: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
                raise LeftTheMachine(f"a connection to {address[0]}")
            return original(self, address)

        return connect

    if not getattr(socket.socket, "stays_here", False):
        socket.socket.connect = checked(socket.socket.connect)  # type: ignore[method-assign]
        socket.socket.connect_ex = checked(socket.socket.connect_ex)  # type: ignore[method-assign]
        socket.socket.stays_here = True  # type: ignore[attr-defined]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
