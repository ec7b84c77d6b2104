"""Words in a language that runs the other way than the paper, kept in their own order. Pure.

Neither the press nor a word processor knows the `dir` of an element inside a line: what a sentence ends with - a full
stop, a bracket, a figure - would go to its other end. A mark without width on both sides keeps it there (UAX 9, 2.6).
"""

from __future__ import annotations

import re

MARKS = {"ltr": "\N{LEFT-TO-RIGHT MARK}", "rtl": "\N{RIGHT-TO-LEFT MARK}"}
_FOREIGN = re.compile(r'(<span lang="[\w-]*" dir="(ltr|rtl)">)([^<]*)(</span>)')
"""As `languages.templating.local_bare` writes them: they hold no elements."""


def in_their_order(html: str, direction: str) -> str:
    """The paper, which runs in this direction, with a mark on both sides of words that run in the other."""

    def marked(found: re.Match[str]) -> str:
        begin, its, words, end = found.groups()
        mark = MARKS[its] if its != direction else ""
        return f"{begin}{mark}{words.rstrip()}{mark}{end}" if mark else found[0]

    return _FOREIGN.sub(marked, html)
