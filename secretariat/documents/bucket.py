"""Files of documents in a bucket of S3-compatible storage, through boto3, which is installed where it is wanted.

A file is sent in one piece with its checksum: the service takes it whole and as it was, or keeps nothing of it. It is
read as it comes, in pieces; nothing of it is laid down on this machine.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from typing import Any, BinaryIO, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from secretariat.documents.storage import FileLost, Kept, StorageAway

_KEY = re.compile(r"[0-9a-f]{32}")
_PIECE = 1024 * 1024
_NOT_THERE = frozenset({"NoSuchKey", "404", "NotFound"})
CONNECT_SECONDS, ANSWER_SECONDS, ATTEMPTS = 5, 30, 3


class Bucket:
    """A bucket of its own for one installation: what has a name like a file's and no row is swept."""

    def __init__(self, name: str, *, endpoint: str, region: str, access_key: str, secret_key: str) -> None:
        self.name = name
        self._s3 = _client(endpoint, region, access_key, secret_key)

    def put(self, content: BinaryIO) -> Kept:
        key = secrets.token_hex(16)
        size, checksum = _measured(content)
        try:
            with _told():
                self._s3.put_object(
                    Bucket=self.name,
                    Key=key,
                    Body=content,
                    ContentLength=size,
                    ContentType="application/octet-stream",
                    ChecksumSHA256=base64.b64encode(checksum.digest()).decode(),
                )
        except BaseException:
            with suppress(StorageAway):  # taken whole, and only the answer lost: nobody will name it
                self.remove(key)
            raise
        return Kept(key, size, checksum.hexdigest())

    def open(self, key: str) -> BinaryIO:
        if not _KEY.fullmatch(key):
            raise FileLost(key)
        with _told(key):
            answer = self._s3.get_object(Bucket=self.name, Key=key)
        return cast("BinaryIO", io.BufferedReader(_Incoming(answer["Body"]), _PIECE))

    def remove(self, key: str) -> None:
        with _told():
            self._s3.delete_object(Bucket=self.name, Key=key)

    def keys_before(self, instant: datetime) -> Iterator[str]:
        with _told():
            for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.name):
                for one in page.get("Contents", ()):
                    if _KEY.fullmatch(one["Key"]) and one["LastModified"] < instant:
                        yield one["Key"]


class _Incoming(io.RawIOBase):
    """A file on its way from the bucket."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _told():
            piece = self._body.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._body.close()
        super().close()


@contextmanager
def _told(key: str = "") -> Iterator[None]:
    """What the library says, in the words of the storage. Raises FileLost, StorageAway."""
    try:
        yield
    except ClientError as problem:
        code = str(problem.response.get("Error", {}).get("Code", ""))
        if key and code in _NOT_THERE:
            raise FileLost(key) from None
        raise StorageAway(code) from problem
    except (BotoCoreError, HTTPClientError) as problem:
        raise StorageAway(type(problem).__name__) from problem


def _measured(content: BinaryIO) -> tuple[int, Any]:
    """Size and checksum of what is still to be read; it is left where it was. Whoever sends it is heard to the end
    before the bucket hears of it."""
    start, size, checksum = content.tell(), 0, hashlib.sha256()
    while piece := content.read(_PIECE):
        checksum.update(piece)
        size += len(piece)
    content.seek(start)
    return size, checksum


@lru_cache(maxsize=8)
def _client(endpoint: str, region: str, access_key: str, secret_key: str) -> Any:
    """One client a process: to make one takes longer than to ask it, and it may be asked from several threads."""
    return boto3.session.Session().client(
        "s3",
        endpoint_url=endpoint or None,
        region_name=region or None,
        aws_access_key_id=access_key or None,
        aws_secret_access_key=secret_key or None,
        config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            signature_version="s3v4",
            # Services beside Amazon's know buckets by the path, and no checksums they were not asked for.
            s3={"addressing_style": "path" if endpoint else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
