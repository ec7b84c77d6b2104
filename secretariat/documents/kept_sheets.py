"""What was read of a file, packed: sheets, rows and cells, and nothing else of it. Pure."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

from secretariat.documents.sheets import Sheet


def packed(book: Sequence[Sheet]) -> bytes:
    """To be kept."""
    told = [[one.name, one.rows] for one in book]
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpacked(kept: bytes) -> list[Sheet]:
    """What `packed` gave."""
    return [
        Sheet(name, [(number, cells) for number, cells in rows]) for name, rows in json.loads(zlib.decompress(kept))
    ]
