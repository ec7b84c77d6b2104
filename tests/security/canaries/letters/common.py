"""What entries of several rooms need."""

from __future__ import annotations

from typing import Any

from tests.security.canaries.world import WORD


def words_of(*fields: Any) -> frozenset[str]:
    """The planted words in these fields."""
    return frozenset(word for one in fields if one is not None for word in WORD.findall(str(one)))
