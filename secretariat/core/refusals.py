"""What a service raises where it does not do what it was asked."""

from __future__ import annotations


class NotAllowed(PermissionError):
    """This is not for this reader to do. The page answers as if the thing did not exist."""


class Refused(ValueError):
    """What was asked cannot be done. The sentence says why, in the reader's language; `field` names what is wrong."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


def require(allowed: bool) -> None:
    """Raises NotAllowed unless a policy allows it."""
    if not allowed:
        raise NotAllowed
