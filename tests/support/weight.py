"""What a page weighs on the line: itself and everything it needs, compressed as browsers take it, at a first visit."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass

from flask.testing import FlaskClient

from secretariat.pages.languages import COOKIE as LANGUAGE_COOKIE

AS_A_BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip"}
PAGE_BYTES, UPDATE_BYTES, REQUESTS = 60 * 1024, 20 * 1024, 6
_NEEDED = re.compile(r"""<(?:link rel="(?:stylesheet|icon)" href|(?:script|img)\b[^>]*? src)="([^"]+)""")
"""Style sheets, the icon, scripts and pictures."""


@dataclass(frozen=True)
class Weight:
    """Bytes and requests of one page; its text, for who wants to see what was weighed."""

    bytes: int
    requests: int
    text: str = ""


def weight(client: FlaskClient, path: str, language: str = "ar") -> Weight:
    """Weigh the page at an address. Raises AssertionError where it, or what it needs, does not open."""
    client.set_cookie(LANGUAGE_COOKIE, language)
    page, text = _fetched(client, path)
    needed = [_fetched(client, address)[0] for address in _NEEDED.findall(text)]
    return Weight(page + sum(needed), 1 + len(needed), text)


def _fetched(client: FlaskClient, path: str) -> tuple[int, str]:
    with client.get(path, headers=AS_A_BROWSER) as answer:
        assert answer.status_code == 200, (path, answer.status_code)
        body = answer.get_data()
        head = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
        plain = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
    return head + len(body), plain.decode("utf-8", "replace")
