"""The press: HTML in, PDF out, in a process of its own (`python -m secretariat.prints.press`).

The libraries that draw letters take time to load and memory that is never given back, and they read what people wrote.
So they run in a child that holds no secrets, opens no database and no connection, and is gone when the PDF is there.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from secretariat.prints.libraries import missing_packages

STATIC = Path(__file__).resolve().parents[1] / "static"
STYLE = STATIC / "print.css"
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 300
"""Longest a PDF may take; what takes longer is broken."""
AT_ONCE = 2
"""Presses a process runs side by side; who comes next waits."""
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "LD_LIBRARY_PATH")
"""What a child is told of its surroundings: enough to find fonts, and no setting of the product."""

_presses = BoundedSemaphore(AT_ONCE)


class PressMissing(RuntimeError):
    """This machine cannot make PDF yet. `packages` says what is to be installed."""

    def __init__(self, packages: list[str]) -> None:
        super().__init__(f"no PDF without {', '.join(packages)}")
        self.packages = packages


class PressFailed(RuntimeError):
    """The press did not bring out a PDF; its own words are in the message."""


@dataclass(frozen=True, slots=True)
class Plate:
    """What goes to the press: a page of HTML, and the watermark of its copy (HTML of one page; empty: none). One that
    is `bare` is laid over other pages, and has neither structure nor words to be read out."""

    html: str
    watermark: str = ""
    bare: bool = False


def printed(plate: Plate) -> bytes:
    """The PDF. Raises PressMissing where libraries are missing, PressFailed."""
    missing = missing_packages()
    if missing:
        raise PressMissing(missing)
    with _presses:
        return press(plate)


def printed_all(plates: Sequence[Plate]) -> list[bytes]:
    """Several at one go, which is quicker than one after the other: what draws letters is loaded once. Raises as
    `printed` does, for all of them where one is not brought out."""
    missing = missing_packages()
    if missing:
        raise PressMissing(missing)
    with _presses:
        return press_all(plates)


def _in_a_child(plate: Plate) -> bytes:
    (made,) = _all_in_a_child([plate])
    return made


def _all_in_a_child(plates: Sequence[Plate]) -> list[bytes]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__],
            input=json.dumps([asdict(plate) for plate in plates]).encode(),
            capture_output=True,
            timeout=SECONDS,
            cwd=ROOT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise PressFailed(f"no PDF within {SECONDS} seconds") from slow
    made = list(_apart(done.stdout))
    if done.returncode or len(made) != len(plates) or not all(one.startswith(b"%PDF") for one in made):
        raise PressFailed(done.stderr.decode("utf-8", "replace")[-2000:])
    return made


def _apart(stream: bytes) -> Iterator[bytes]:
    """The PDFs of a child: before each stands how long it is."""
    at = 0
    while at + _LENGTH.size <= len(stream):
        (size,) = _LENGTH.unpack_from(stream, at)
        at += _LENGTH.size
        yield stream[at : at + size]
        at += size


_LENGTH = struct.Struct(">Q")
press = _in_a_child
"""Makes the PDF; tests that make hundreds keep one press running (`here`)."""


def press_all(plates: Sequence[Plate]) -> list[bytes]:
    """Makes several; one after the other where the press is another than the child."""
    return _all_in_a_child(plates) if press is _in_a_child else [press(one) for one in plates]


def here(plate: Plate) -> bytes:
    """The PDF, made in this process."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(string=STYLE.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=_fetcher())

    def drawn(html: str, **options: Any) -> bytes:
        page = HTML(string=html, base_url="static:/", url_fetcher=_fetcher())
        made: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, **options)
        return made

    if plate.bare:
        return drawn(plate.html)
    paper = drawn(plate.html, pdf_variant="pdf/ua-1", pdf_tags=True)
    return finished(paper, drawn(plate.watermark) if plate.watermark else b"")


def _fetcher() -> Any:
    """Fetches the product's own static files and nothing else: no network, no file of the machine."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            name = url.removeprefix("static:/") if url.startswith("static:/") else ""
            wanted = (STATIC / name).resolve()
            if not name or wanted.parent != STATIC or not wanted.is_file():
                raise FatalURLFetchingError(f"a print fetches nothing but static files of the product: {url[:200]}")
            return URLFetcherResponse(url, wanted.read_bytes())

    return OwnFiles()


def finished(paper: bytes, watermark: bytes) -> bytes:
    """The paper with the watermark in the content of every page - not an annotation, which a viewer can hide - and
    marked as an artifact, so that it is not read out on every page."""
    import pikepdf

    with pikepdf.open(BytesIO(paper)) as pdf:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        if watermark:
            with pikepdf.open(BytesIO(watermark)) as other:
                stamp = pdf.copy_foreign(other.pages[0].as_form_xobject())
            for page in pdf.pages:
                name = page.add_resource(stamp, pikepdf.Name.XObject)
                drawing = f"\n/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q {name} Do Q EMC\n"
                page.contents_add(b"q\n", prepend=True)
                page.contents_add(b"\nQ" + drawing.encode())
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _main() -> None:
    for plate in json.load(sys.stdin):
        made = here(Plate(**plate))
        sys.stdout.buffer.write(_LENGTH.pack(len(made)) + made)


if __name__ == "__main__":
    _main()
