"""Values that some program would run where they are shown or opened. Pure.

Nothing here runs them; what is kept is written as text everywhere. But it goes out again as vCards and tables, to
programs nobody here knows.
"""

from __future__ import annotations

import re

_RUNS = re.compile(
    r"(?:java|vb|live)script\s*:|data\s*:\s*(?:text/html|image/svg|application/x?html|text/javascript)|"
    r"<\s*/?\s*[a-z!?][^<]*>?|\bon[a-z]{3,}\s*=",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[\x00-\x20\u200b-\u200f\u2060\ufeff]+")


def would_run(value: str) -> bool:
    """Whether something in it is a program, or a link that is one; also where blanks are put between its letters."""
    return bool(_RUNS.search(value) or re.search(r"(?:java|vb)script:", _BLANK.sub("", value), re.IGNORECASE))
