"""Files of documents in S3-compatible storage: a real server that speaks it, and a line to it that is cut."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

import boto3
import pytest
from sqlalchemy import select

from config import Settings, SettingsError, load_settings
from secretariat.documents import bucket, service
from secretariat.documents.models import DocumentFile
from secretariat.documents.service import files
from secretariat.documents.storage import FileLost, StorageAway, storage_of
from secretariat.web import create_app
from tests.factories.meetings import looking
from tests.integration.documents.conftest import upload
from tests.integration.documents.test_files import NEW
from tests.integration.meetings.conftest import Desk, Stage
from tests.support import buckets

TOMORROW = datetime.now(UTC) + timedelta(days=1)
LARGE = bytes(range(256)) * 20_000  # five megabytes


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with buckets.running() as address:
        yield address


@pytest.fixture
def there(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[buckets.Line]:
    """A line to an empty bucket of this storage, asked with little patience."""
    monkeypatch.setattr(bucket, "CONNECT_SECONDS", 2)
    monkeypatch.setattr(bucket, "ANSWER_SECONDS", 3)
    monkeypatch.setattr(bucket, "ATTEMPTS", 2)
    bucket._client.cache_clear()
    made = by_hand(server)
    made.create_bucket(Bucket=buckets.NAME)
    with buckets.line_to(server) as line:
        yield line
    for one in objects(server):
        made.delete_object(Bucket=buckets.NAME, Key=one)
    made.delete_bucket(Bucket=buckets.NAME)
    bucket._client.cache_clear()


def by_hand(server: str) -> Any:
    """The storage as whoever keeps it sees it, beside the product and its line."""
    return boto3.session.Session().client(
        "s3", endpoint_url=server, region_name=buckets.REGION, aws_access_key_id=buckets.ACCESS_KEY,
        aws_secret_access_key=buckets.SECRET_KEY,
    )  # fmt: skip


def objects(server: str) -> list[str]:
    return [one["Key"] for one in by_hand(server).list_objects_v2(Bucket=buckets.NAME).get("Contents", ())]


def opened(line: buckets.Line) -> bucket.Bucket:
    return bucket.Bucket(
        buckets.NAME, endpoint=line.address, region=buckets.REGION, access_key=buckets.ACCESS_KEY,
        secret_key=buckets.SECRET_KEY,
    )  # fmt: skip


def environ(tmp_path: Path, line: buckets.Line) -> dict[str, str]:
    return {
        "ENVIRONMENT": "test",
        "DATA_ROOT": str(tmp_path / "data"),
        "DOCUMENTS_BUCKET": buckets.NAME,
        "DOCUMENTS_ENDPOINT": line.address,
        "DOCUMENTS_REGION": buckets.REGION,
        "DOCUMENTS_ACCESS_KEY": buckets.ACCESS_KEY,
        "DOCUMENTS_SECRET_KEY": buckets.SECRET_KEY,
    }


# --- the storage ----------------------------------------------------------------------------------------------------


def test_what_is_kept_comes_back_in_pieces_with_its_checksum(there: buckets.Line) -> None:
    storage = opened(there)
    kept = storage.put(BytesIO(LARGE))
    assert (kept.size, kept.sha256) == (len(LARGE), hashlib.sha256(LARGE).hexdigest())
    found = b""
    with storage.open(kept.key) as file:
        assert file.read(10) == LARGE[:10]
        found = LARGE[:10]
        while piece := file.read(300_000):
            assert len(piece) <= 300_000
            found += piece
    assert found == LARGE


def test_the_same_content_twice_is_two_files_with_nothing_in_common(there: buckets.Line) -> None:
    storage = opened(there)
    first, second = storage.put(BytesIO(b"A paper.")), storage.put(BytesIO(b"A paper."))
    assert first.key != second.key
    assert first.sha256[:8] not in first.key
    storage.remove(first.key)
    storage.remove(first.key)  # thrown away already
    with storage.open(second.key) as file:
        assert file.read() == b"A paper."
    with pytest.raises(FileLost):
        storage.open(first.key)


@pytest.mark.parametrize("key", ["../secret_key", "0" * 31, "F" * 32])
def test_a_key_that_is_none_is_never_asked_for(there: buckets.Line, key: str) -> None:
    with pytest.raises(FileLost):
        opened(there).open(key)
    assert there.carried == 0


def test_whoever_sends_and_is_gone_in_the_middle_leaves_nothing(there: buckets.Line, server: str) -> None:
    class Torn(BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(4)

    storage = opened(there)
    before = storage.put(BytesIO(b"A paper."))
    with pytest.raises(ConnectionResetError):
        storage.put(cast("BinaryIO", Torn(b"Half a paper.")))
    assert objects(server) == [before.key]


def test_a_line_that_is_cut_while_a_file_goes_out_loses_nothing_that_was_there(
    there: buckets.Line, server: str
) -> None:
    storage = opened(there)
    before = storage.put(BytesIO(LARGE))
    there.cut_after = len(LARGE) // 2
    with pytest.raises(StorageAway):
        storage.put(BytesIO(LARGE[::-1]))
    there.cut_after = None
    assert objects(server) == [before.key]
    with storage.open(before.key) as file:
        assert hashlib.file_digest(cast("Any", file), "sha256").hexdigest() == before.sha256
    assert storage.put(BytesIO(LARGE[::-1])).size == len(LARGE)  # and it goes on


def test_an_answer_that_is_lost_is_no_file(there: buckets.Line, server: str) -> None:
    """The storage took it whole, and nobody was told: it is thrown away, or swept."""
    storage = opened(there)
    there.cut_after, there.back = 0, True
    with pytest.raises(StorageAway):
        storage.put(BytesIO(b"A paper."))
    there.cut_after, there.back = None, False
    for key in storage.keys_before(TOMORROW):
        storage.remove(key)
    assert objects(server) == []


def test_a_line_that_is_cut_while_a_file_comes_in_is_told_and_not_taken_for_its_end(there: buckets.Line) -> None:
    storage = opened(there)
    kept = storage.put(BytesIO(LARGE))
    there.cut_after, there.back = len(LARGE) // 2, True
    with pytest.raises(StorageAway), storage.open(kept.key) as file:
        file.read()


def test_what_is_not_ours_in_the_bucket_is_left_alone(there: buckets.Line, server: str) -> None:
    by_hand(server).put_object(Bucket=buckets.NAME, Key="a note of whoever keeps it", Body=b"-")
    kept = opened(there).put(BytesIO(b"A paper."))
    assert list(opened(there).keys_before(TOMORROW)) == [kept.key]
    assert list(opened(there).keys_before(datetime(2020, 1, 1, tzinfo=UTC))) == []


# --- the product over it ----------------------------------------------------------------------------------------------


@pytest.fixture
def over_a_bucket(settings: Settings, tmp_path: Path, there: buckets.Line) -> Settings:
    said = {name.lower(): value for name, value in environ(tmp_path, there).items() if name.startswith("DOCUMENTS_")}
    return settings.model_copy(update=said)


def uploaded(desk: Desk, title: str, status: int = 303) -> tuple[str, str]:
    typed = {
        "title-en": title, "kind": "report", "language": "en", "readers": "members",
        "file": upload(b"Options for the reception protocol.\n", "paper.txt"),
    }  # fmt: skip
    return desk.send(NEW, typed, status)


def test_a_paper_is_uploaded_read_for_its_words_fetched_and_an_orphan_swept(
    stage: Stage, over_a_bucket: Settings, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(over_a_bucket)
    desk = Desk(app, stage.officer)
    location, _page = uploaded(desk, "Options")
    with looking(stage.engine, stage.officer) as session:
        file = session.scalars(select(DocumentFile)).one()
        assert objects(server) == [file.key]
    service.read_words(stage.engine, storage_of(over_a_bucket), file.id)
    answer = desk.client.get(f"{location}/files/{file.id}")
    assert answer.data == b"Options for the reception protocol.\n"
    answer.close()
    orphan = storage_of(over_a_bucket).put(BytesIO(b"Named by no row."))
    assert service.sweep(stage.engine, storage_of(over_a_bucket)) == 0, "one that is young may still be named"
    assert objects(server) == sorted([file.key, orphan.key])
    monkeypatch.setattr(files, "ORPHANED_AFTER", -timedelta(minutes=1))
    assert service.sweep(stage.engine, storage_of(over_a_bucket)) == 1
    assert objects(server) == [file.key]
    app.extensions["engine"].dispose()


def test_an_upload_while_the_storage_is_away_is_told_and_keeps_what_was_typed(
    stage: Stage, over_a_bucket: Settings, server: str, there: buckets.Line
) -> None:
    app = create_app(over_a_bucket)
    desk = Desk(app, stage.officer)
    uploaded(desk, "Options")
    before = objects(server)
    there.cut_after = 200
    _location, page = uploaded(desk, "What was typed stays", 422)
    assert "nothing of it was" in page
    assert "What was typed stays" in page
    there.cut_after = None
    assert objects(server) == before
    with looking(stage.engine, stage.officer) as session:
        assert [one.key for one in session.scalars(select(DocumentFile))] == before
        [file] = session.scalars(select(DocumentFile)).all()
    there.cut_after = 0
    fetched = desk.client.get(f"/documents/{file.document_id}/files/{file.id}")
    assert (fetched.status_code, b"not where it should be" in fetched.data) == (503, True)
    app.extensions["engine"].dispose()


# --- its settings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DOCUMENTS_ROOT", "/srv/papers", "DOCUMENTS_ROOT: names a folder while DOCUMENTS_BUCKET names a bucket"),
        ("DOCUMENTS_ENDPOINT", "http://s3.example.org", "DOCUMENTS_ENDPOINT: does not begin with https://"),
        ("DOCUMENTS_ENDPOINT", "s3.example.org", "DOCUMENTS_ENDPOINT: is not the address of a storage"),
        ("DOCUMENTS_SECRET_KEY", "", "DOCUMENTS_SECRET_KEY: is missing"),
        ("DOCUMENTS_ACCESS_KEY", "", "DOCUMENTS_ACCESS_KEY: is missing"),
    ],
)
def test_half_a_bucket_is_refused_at_start(
    tmp_path: Path, there: buckets.Line, name: str, value: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=re.escape(said)) as caught:
        load_settings({**environ(tmp_path, there), name: value})
    assert buckets.SECRET_KEY not in str(caught.value)


def test_a_bucket_without_its_library_is_refused_at_start(
    tmp_path: Path, there: buckets.Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match="needs boto3"):
        load_settings(environ(tmp_path, there))
