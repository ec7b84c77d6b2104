"""Files between the storage and the database: torn uploads, orphans, words for search, losses."""

import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import make_server

from config import Settings
from secretariat.core.session import Reason, system_unit
from secretariat.documents import extraction, service
from secretariat.documents.models import Document, DocumentFile, DocumentText, DocumentVersion, TextState
from secretariat.documents.storage import StorageAway, storage_of
from secretariat.processes import clauses
from tests.factories import documents as made
from tests.factories.meetings import acting, looking
from tests.factories.people import token
from tests.integration.documents.conftest import Desk, Stage, downloads

NEW = "/processes/rcx/documents/new"


def kept(settings: Settings) -> list[Path]:
    return sorted(path for path in (settings.data_root / "documents").glob("*/*") if path.is_file())


def age(path: Path, days: float) -> None:
    then = time.time() - days * 86400
    os.utime(path, (then, then))


def one_document(stage: Stage, settings: Settings, content: bytes = made.TEXT, name: str = "paper.txt") -> UUID:
    with acting(stage.engine, stage.officer) as session:
        where = made.place(session)
        readers = frozenset({clauses.members_of(where.process, where.track)})
        return made.issued(session, where, made.received(settings.data_root, content, name), readers=readers).id


def _put_in_and_fail(stage: Stage, settings: Settings) -> None:
    """A document and its file, and the end of everything between the file and the commit."""
    with acting(stage.engine, stage.officer) as session:
        made.drafted(session, made.place(session), made.received(settings.data_root, b"Never committed."))
        raise RuntimeError("the power went")


def counted(stage: Stage) -> tuple[int, ...]:
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        return tuple(len(system.scalars(select(kind.id)).all()) for kind in (Document, DocumentVersion, DocumentFile))


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """The application behind a real server of this machine; its port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def half_an_upload(desk: Desk, port: int) -> None:
    """Begin to send a form with a file as a browser does, and be gone in the middle of the file."""
    csrf = token(desk.client, NEW)
    cookie = desk.client.get_cookie("session")
    assert cookie is not None
    said = {
        "csrf_token": csrf,
        "nonce": "n" * 20,
        "title-en": "Torn",
        "kind": "report",
        "language": "en",
        "readers": "members",
    }
    parts = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in said.items()
    )
    file = '--edge\r\nContent-Disposition: form-data; name="file"; filename="torn.txt"\r\n\r\n' + "word " * 20_000
    head = (
        f"POST {NEW} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: session={cookie.value}\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: 5000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall((head + parts + file).encode())


def test_a_connection_that_ends_in_the_middle_of_a_file_leaves_what_was_there(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    one_document(stage, settings)
    desk = Desk(app, stage.officer)
    before, files = counted(stage), {path: path.read_bytes() for path in kept(settings)}
    with served(app) as port:
        half_an_upload(desk, port)
        time.sleep(0.5)
    assert counted(stage) == before
    assert {path: path.read_bytes() for path in kept(settings)} == files
    assert service.sweep(stage.engine, storage_of(settings)) == 0


def test_a_file_whose_row_was_never_committed_is_swept_a_day_later_and_no_other(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    document = one_document(stage, settings)
    (named,) = kept(settings)
    with pytest.raises(RuntimeError, match="the power went"):
        _put_in_and_fail(stage, settings)
    assert counted(stage) == (1, 1, 1)
    assert len(kept(settings)) == 2
    assert service.sweep(stage.engine, storage_of(settings)) == 0, "one that is young may still be named"
    for path in kept(settings):
        age(path, 2)
    assert service.sweep(stage.engine, storage_of(settings)) == 1
    assert kept(settings) == [named]
    desk = Desk(app, stage.officer)
    assert len(downloads(desk.get(f"/documents/{document}"))) == 1


def test_the_file_a_draft_had_before_is_swept(stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        document = made.drafted(session, made.place(session), made.received(settings.data_root, b"First words."))
        key, version = document.id, document.versions[0].id
    (first,) = kept(settings)
    for file in service.unread(stage.engine):
        service.read_words(stage.engine, storage_of(settings), file)
    with acting(stage.engine, stage.officer) as session:
        again = made.document(session, key)
        (only,) = [one for one in again.versions if one.id == version]
        service.see_to_version(
            session, again, only, service.Asked(), made.received(settings.data_root, b"Second words.")
        )
    for path in kept(settings):
        age(path, 2)
    assert service.sweep(stage.engine, storage_of(settings)) == 1
    assert first not in kept(settings)
    assert [path.read_bytes() for path in kept(settings)] == [b"Second words."]


def test_words_are_read_for_search_under_the_readers_of_their_file(stage: Stage, settings: Settings) -> None:
    one_document(stage, settings, made.docx("Shelter for children"), "paper.docx")
    for file in service.unread(stage.engine):
        service.read_words(stage.engine, storage_of(settings), file)
    assert service.unread(stage.engine) == []
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert session.scalars(select(DocumentText.text)).all() == ["Shelter for children"]
    with looking(stage.engine, stage.focal["co"]) as session:
        assert session.scalars(select(DocumentText.text)).all() == []


def test_words_that_cannot_be_read_are_told_to_the_secretariat_and_stop_nothing(
    app: Flask, stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_content: bytes, _type: str) -> str:
        raise extraction.Unreadable("of no kind known")

    document = one_document(stage, settings)
    monkeypatch.setattr(extraction, "words_of", unreadable)
    for file in service.unread(stage.engine):
        service.read_words(stage.engine, storage_of(settings), file)
    said = "Its words could not be read for search"
    assert said in Desk(app, stage.officer).get(f"/documents/{document}")
    shown = Desk(app, stage.focal["mx"]).get(f"/documents/{document}")
    assert said not in shown
    assert len(downloads(shown)) == 1


def test_a_reader_of_words_that_always_dies_is_given_up(
    stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_content: bytes, _type: str) -> str:
        raise SystemError("killed")

    one_document(stage, settings)
    monkeypatch.setattr(extraction, "words_of", dies)
    (file,) = service.unread(stage.engine)
    for _ in range(3):
        with pytest.raises(SystemError):
            service.read_words(stage.engine, storage_of(settings), file)
    service.read_words(stage.engine, storage_of(settings), file)
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        assert system.scalars(select(DocumentFile.text_state)).all() == [TextState.UNREADABLE]


def test_reading_the_words_twice_changes_nothing(stage: Stage, settings: Settings) -> None:
    one_document(stage, settings)
    (file,) = service.unread(stage.engine)
    for _ in range(2):
        service.read_words(stage.engine, storage_of(settings), file)
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        assert len(system.scalars(select(DocumentText.id)).all()) == 1


def test_a_file_that_is_lost_is_said_to_be(app: Flask, stage: Stage, settings: Settings) -> None:
    document = one_document(stage, settings)
    desk = Desk(app, stage.focal["mx"])
    (address,) = downloads(desk.get(f"/documents/{document}"))
    kept(settings)[0].unlink()
    answer = desk.client.get(address)
    assert answer.status_code == 503
    assert "This file is not where it should be" in answer.get_data(as_text=True)
    told = app.test_cli_runner().invoke(args=["documents", "check"])
    assert told.exit_code == 1
    assert "1 files, 1 lost or changed." in told.output


def test_a_file_that_was_changed_on_the_disk_is_found(app: Flask, stage: Stage, settings: Settings) -> None:
    one_document(stage, settings)
    assert app.test_cli_runner().invoke(args=["documents", "check"]).exit_code == 0
    kept(settings)[0].write_bytes(b"Another text.")
    told = app.test_cli_runner().invoke(args=["documents", "check"])
    assert (told.exit_code, bool(re.search("is not what it was", told.output))) == (1, True)


def test_nothing_of_a_file_stands_in_its_name_on_the_disk(stage: Stage, settings: Settings) -> None:
    one_document(stage, settings)
    (path,) = kept(settings)
    assert re.fullmatch(r"[0-9a-f]{32}", path.name)


class Away:
    """A storage that does not answer."""

    def open(self, _key: str) -> Any:
        raise StorageAway("no answer")


def test_a_storage_that_is_away_makes_no_file_unreadable(stage: Stage, settings: Settings) -> None:
    one_document(stage, settings)
    for _minute in range(5):
        for file in service.unread(stage.engine):
            service.read_words(stage.engine, cast("Any", Away()), file)
    [file] = service.unread(stage.engine)
    service.read_words(stage.engine, storage_of(settings), file)
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        assert system.get_one(DocumentFile, file).text_state is TextState.READ


def test_a_file_that_goes_while_others_are_listed_stops_nothing(settings: Settings) -> None:
    for name in ("one.txt", "two.txt", "three.txt"):
        made.received(settings.data_root, name.encode(), name)
    keys = storage_of(settings).keys_before(datetime.now(UTC) + timedelta(days=1))
    first = next(keys)
    gone = next(one for one in kept(settings) if one.name > first)
    gone.unlink()
    assert sorted([first, *keys]) == [one.name for one in kept(settings)]
