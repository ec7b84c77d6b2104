"""Square brackets that do not close are told, wherever words of a text are written or proposed."""

from __future__ import annotations

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.texts import brackets


def check_brackets(words: str, field: str) -> None:
    """Raises Refused for the first bracket without its counterpart, beside this field."""
    try:
        brackets.check(words)
    except brackets.BracketsDoNotClose as problem:
        raise Refused(
            _(
                "A square bracket has no counterpart near “%(words)s”. Close it, or take it away.",
                words=problem.around,
            ),
            field,
        ) from None
