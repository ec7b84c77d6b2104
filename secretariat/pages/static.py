"""Style sheets and pictures, kept by browsers for good: their address changes when their content does."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from time import monotonic

from flask import Flask, Response, current_app, request, url_for

FOR_GOOD = "public, max-age=31536000, immutable"


def install(app: Flask) -> None:
    """Templates write `asset('core.css')`; what is asked for under its present hash may be kept for a year."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_for_good)


def asset(name: str) -> str:
    """The address of a static file with the hash of its content. Raises FileNotFoundError."""
    return url_for("static", filename=name, v=_hash_now(f"{current_app.static_folder}/{name}", int(monotonic())))


@lru_cache(maxsize=256)
def _hash_now(path: str, _second: int) -> str:
    """A page names several files; whether one was modified is looked up once a second."""
    return content_hash(path, Path(path).stat().st_mtime_ns)


@lru_cache(maxsize=256)
def content_hash(path: str, _modified: int) -> str:
    """Twelve hexadecimal digits of the file's content; read anew when the file was modified."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


def _keep_for_good(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 304):
        path = Path(current_app.static_folder or "") / str((request.view_args or {}).get("filename", ""))
        if request.args.get("v") == content_hash(str(path), path.stat().st_mtime_ns):
            response.headers["Cache-Control"] = FOR_GOOD
    return response
