"""Files that are sent: how much of them is taken in, and the field that holds one.

A view that takes files says so (`@takes_files`). Its requests may be larger than others; of each file no more is kept
than may be, and what lies beyond is read and thrown away, so that the form comes back with all that was typed and a
sentence instead of a bare refusal. A connection that ends in the middle ends the request before any view is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from flask import Flask, Request, current_app, request
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.widgets import FileInput

from secretariat.pages.fields import Courteous

IN_MEMORY = 1024 * 1024
"""Bytes of a file kept in memory; more goes to the disk, into a file without a name."""
BEYOND = 8
"""So many times the largest file is read at all; a browser is told of nothing before its last byte is taken."""
ARCHIVE = 8
"""So many times the largest file an archive of many may be."""
_LARGEST = "largest_upload"


class Capped(SpooledTemporaryFile[bytes]):
    """A file as it comes in. `sent` is how many bytes there were; no more than `most` of them are kept."""

    def __init__(self, most: int) -> None:
        super().__init__(max_size=IN_MEMORY, mode="w+b")
        self.most, self.sent = most, 0

    def write(self, piece: Any) -> int:
        left = max(0, self.most + 1 - self.sent)
        self.sent += len(piece)
        if left:
            super().write(piece[:left])
        return len(piece)


class UploadingRequest(Request):
    """A request of the product: views that take files are sent more than others."""

    def _get_file_stream(self, *_args: Any, **_options: Any) -> IO[bytes]:
        made = Capped(current_app.extensions[_LARGEST] * _times(self.endpoint))
        self.__dict__.setdefault("_begun", []).append(made)
        return cast("IO[bytes]", made)

    def close(self) -> None:
        """Also what was begun when the connection ended."""
        for one in self.__dict__.pop("_begun", []):
            one.close()
        super().close()

    @property
    def max_content_length(self) -> int | None:
        most: int = current_app.extensions[_LARGEST]
        if _takes_files(self.endpoint):
            return max(BEYOND, 2 * _times(self.endpoint)) * most
        return super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value


def install(app: Flask, largest: int) -> None:
    """`largest` is how many bytes of a file are kept."""
    app.extensions[_LARGEST] = largest
    app.request_class = UploadingRequest


def takes_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose form brings a file."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def takes_archives(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose form brings many files packed in one: that one may be `ARCHIVE` times the largest."""
    view.takes_times = ARCHIVE  # type: ignore[attr-defined]
    return takes_files(view)


def _times(endpoint: str | None) -> int:
    times: int = getattr(current_app.view_functions.get(endpoint or ""), "takes_times", 1)
    return times


def _takes_files(endpoint: str | None) -> bool:
    return getattr(current_app.view_functions.get(endpoint or ""), "takes_files", False)


def sent_of(file: FileStorage) -> int:
    """How many bytes of a file were sent."""
    return file.stream.sent if isinstance(file.stream, Capped) else 0


class UploadField(Courteous, Field):
    """A file. Its data is None where none was chosen; browsers send one without a name then."""

    widget = FileInput()
    data: FileStorage | None

    def process(self, *_args: Any, **_options: Any) -> None:
        self.process_errors: list[str] = []
        sent = request.files.get(self.name)
        self.data = sent if sent is not None and sent.filename else None

    @property
    def sent(self) -> int:
        """How many bytes were sent."""
        return sent_of(self.data) if self.data is not None else 0

    def _value(self) -> str:
        return ""

    def __call__(self, **kwargs: Any) -> Markup:
        return cast("Markup", super().__call__(**kwargs))


class UploadsField(Courteous, Field):
    """Several files, chosen together. Its data is empty where none was chosen."""

    widget = FileInput(multiple=True)
    data: list[FileStorage]

    def process(self, *_args: Any, **_options: Any) -> None:
        self.process_errors: list[str] = []
        self.data = [one for one in request.files.getlist(self.name) if one.filename]

    def _value(self) -> str:
        return ""

    def __call__(self, **kwargs: Any) -> Markup:
        return cast("Markup", super().__call__(**kwargs))
