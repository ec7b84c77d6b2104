"""A broker with a server: the one of TEST_BROKER_URL, by default the Redis of this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

from kombu.connection import Connection
from redis import Redis
from redis.exceptions import RedisError

from secretariat.broker import QUEUE

URL = os.environ.get("TEST_BROKER_URL", "redis://127.0.0.1:6379")
CLAIM = "claimed-by-tests"
LONGEST_TEST_SECONDS = 600


@cache
def why_no_server() -> str:
    """How to have a broker to test with; empty where one answers."""
    try:
        with Connection(URL, connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=1, timeout=2)
    except Exception as error:  # each transport has its own
        return (
            f"No broker answers at {_without_password(URL)} ({type(error).__name__}): "
            "install the package redis-server, or set TEST_BROKER_URL=redis://127.0.0.1:6379"
        )
    return ""


@contextmanager
def claimed() -> Iterator[str]:
    """The address of a broker with nothing in it, for one test at a time. On Redis it is a database nobody uses."""
    if not URL.startswith("redis"):
        with Connection(URL) as connection:
            queue = connection.SimpleQueue(QUEUE)
            queue.clear()
            queue.close()
        yield URL
        return
    base = urlsplit(URL)._replace(path="").geturl()
    for number in range(15, 0, -1):
        with Redis.from_url(f"{base}/{number}") as redis:
            if redis.dbsize() == 0 and redis.set(CLAIM, os.getpid(), nx=True, ex=LONGEST_TEST_SECONDS):
                try:
                    yield f"{base}/{number}"
                finally:
                    redis.flushdb()
                return
    raise RedisError("all fifteen databases of this Redis are in use")


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
