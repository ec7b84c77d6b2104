"""Headers that every answer carries."""

from __future__ import annotations

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Of the same origin, so that forms can be told from forgeries over https; nothing to others: an address may hold
    # the key of a link from a mail.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def install(app: Flask) -> None:
    """Put them on every answer; a view may set its own value of a header beforehand."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Security headers; nothing but style sheets and what is public on purpose is kept by browsers and proxies."""
    given = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - by name: these are no mapping
    for name, value in ALWAYS.items():
        if name.lower() not in given:
            response.headers.add(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"  # also of a file, for which Flask would say something weaker
        response.headers.setdefault("Vary", "Cookie, Accept-Language, Accept-Encoding")
    return response
