"""Whether a PDF opens without a password and has pages: found out by a child that is bounded in time and memory.

A PDF says itself how its parts are packed, so that a small file can be made to fill the memory and the hours of whoever
opens it. The child is given the bytes on standard input, answers with how it ends, and holds no secrets.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from enum import IntEnum
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30
"""Longest the child may take, by the clock and of the processor."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space it may take."""
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


class Opens(IntEnum):
    """How a PDF opens; the numbers are those with which the child ends."""

    WELL = 0
    ENCRYPTED = 10
    BROKEN = 11


def opens(content: bytes) -> Opens:
    """How a PDF opens. One that takes more than a PDF needs is broken."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=ROOT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Opens.BROKEN
    return Opens(done.returncode) if done.returncode in set(Opens) else Opens.BROKEN


def here(content: bytes) -> Opens:
    """The same, in this process."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return Opens.WELL if len(pdf.pages) else Opens.BROKEN
    except pikepdf.PasswordError:
        return Opens.ENCRYPTED
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, MemoryError):
        return Opens.BROKEN


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    raise SystemExit(here(sys.stdin.buffer.read()).value)


if __name__ == "__main__":
    _main()
