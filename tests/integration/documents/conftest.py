"""The people of the meetings' small world, and a browser that sends files."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from werkzeug.datastructures import FileStorage

from tests.integration.meetings.conftest import Desk, Stage, stage

__all__ = ["Desk", "Stage", "stage", "upload"]


def upload(content: bytes, name: str) -> Any:
    """A file as a browser sends one."""
    return FileStorage(BytesIO(content), filename=name)


def downloads(page: str) -> list[str]:
    """Addresses of files on a page."""
    return re.findall(r'href="(/documents/[0-9a-f-]+/files/[0-9a-f-]+)"', page)
