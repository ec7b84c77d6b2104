"""Smaller answers on slow lines.

Compression can betray a secret that stands beside words an attacker chose (BREACH). Three things stand against it here:
the session cookie is `SameSite=Lax`, so that another site's requests for parts of a page come without it; the token
against forgery is signed anew with the time, so that no two answers carry the same; and every compressed answer carries
a random number of bytes in its gzip header (after Palitza, Lam and Toh, "Heal the Breach", 2022), so that its length
does not tell how well it was compressed.
"""

from __future__ import annotations

import secrets
import struct
import zlib

from flask import Flask, Response, request

SMALLEST = 600
"""Bytes below which compression gains nothing on the wire."""

LEVEL = 4
"""Of nine: a page of sixty items is 1.5 % longer than at six, in half the time."""

LARGEST_PADDING = 100
# RFC 1952: gzip, deflate, with the name of a file, of no time (two answers of the same content differ in their padding
# alone), of an unknown system.
_HEAD = b"\x1f\x8b\x08\x08" + bytes(4) + b"\x00\xff"
_TEXT = ("text/", "application/json", "image/svg+xml", "application/javascript")


def install(app: Flask) -> None:
    """Compress text for browsers that ask for it."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The same answer in gzip where the browser takes it, the answer is text and long enough."""
    if (
        not request.accept_encodings["gzip"]
        or response.headers.get("Content-Encoding")
        or not (response.mimetype or "").startswith(_TEXT)
        or response.status_code in (204, 206, 304)
    ):
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < SMALLEST:
        return response
    response.set_data(_zipped(content))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(f"{tag}-gzip")
    return response


def _zipped(content: bytes) -> bytes:
    padding = b"p" * secrets.randbelow(LARGEST_PADDING + 1)
    squeezed = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeezed.compress(content) + squeezed.flush()
    return _HEAD + padding + b"\0" + body + struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)
