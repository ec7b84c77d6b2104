"""The way from the web to the worker, on every broker there is."""

import os
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from kombu.exceptions import EncodeError, OperationalError

from config import Settings
from secretariat.broker import embedded, make_celery, make_sender


@pytest.fixture
def on_broker(embedded_settings: Settings, broker_url: str) -> Settings:
    return embedded_settings.model_copy(update={"broker_url": broker_url})


@pytest.fixture
def done() -> list[tuple[str, ...]]:
    return []


def noting(settings: Settings, done: list[tuple[str, ...]]) -> Celery:
    app = make_celery(settings)

    @app.task(name="note", shared=False)
    def note(*ids: str) -> None:
        done.append(ids)

    app.finalize()
    return app


@pytest.fixture
def worker(on_broker: Settings, done: list[tuple[str, ...]]) -> Iterator[Celery]:
    app = noting(on_broker, done)
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield app


def wait_until(condition: Any, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def test_a_task_sent_by_name_reaches_the_worker_once(
    worker: Celery, on_broker: Settings, done: list[tuple[str, ...]]
) -> None:
    send = make_sender(on_broker)
    for number in range(5):
        send("note", [str(number), "x"])

    wait_until(lambda: len(done) >= 5)
    time.sleep(0.5)
    assert sorted(done) == [(str(number), "x") for number in range(5)]


def test_what_was_sent_while_no_worker_ran_is_done_when_one_comes(
    on_broker: Settings, done: list[tuple[str, ...]], request: pytest.FixtureRequest
) -> None:
    make_sender(on_broker)("note", ["early"])
    request.getfixturevalue("worker")

    wait_until(lambda: done)
    assert done == [("early",)]


def test_folders_of_the_embedded_broker_are_their_owner_s_alone_and_empty_afterwards(
    embedded_settings: Settings, done: list[tuple[str, ...]]
) -> None:
    with start_worker(noting(embedded_settings, done), pool="solo", perform_ping_check=False, shutdown_timeout=30):
        make_sender(embedded_settings)("note", ["1"])
        wait_until(lambda: done)

    root = embedded_settings.data_root / "broker"
    folders = {path.name: path for path in root.iterdir()}
    assert sorted(folders) == ["control", "messages", "taken"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in [root, *folders.values()]} == {0o700}
    assert list(folders["messages"].iterdir()) == []
    assert list(folders["taken"].iterdir()) == []


def test_a_message_is_in_the_folder_complete_or_not_at_all(embedded_settings: Settings) -> None:
    """Readers that look all the time never take a message that is still being written."""
    app = make_celery(embedded_settings)
    taken: list[Any] = []
    problems: list[BaseException] = []

    def read() -> None:
        with app.connection_for_read() as connection:
            channel = connection.default_channel
            while len(taken) < 200 and not problems:
                try:
                    taken.append(channel._get("q"))
                except Empty:
                    continue
                except BaseException as problem:
                    problems.append(problem)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    with app.connection_for_write() as connection:
        for number in range(200):
            connection.default_channel._put("q", {"number": number, "ids": "x" * 10_000})
    for reader in readers:
        reader.join(timeout=30)

    assert problems == []
    assert sorted(message["number"] for message in taken) == list(range(200))


def test_only_what_is_a_day_old_is_cleaned_away(embedded_settings: Settings) -> None:
    make_sender(embedded_settings)("note", ["1"])
    folder = embedded_settings.data_root / "broker" / "messages"
    (young,) = folder.iterdir()
    forgotten = [folder / "old.secretariat.msg", folder / "old.draft", folder.parent / "taken" / "half.msg"]
    for path in forgotten:
        path.write_text("{}")
        os.utime(path, (time.time() - 25 * 3600,) * 2)

    assert embedded.clean(embedded_settings) == 3
    assert list(folder.iterdir()) == [young]


def test_a_broker_that_is_away_says_so_at_once(embedded_settings: Settings) -> None:
    away = embedded_settings.model_copy(update={"broker_url": "redis://127.0.0.1:1/0"})
    since = time.monotonic()

    with pytest.raises(OperationalError):
        make_sender(away)("note", ["1"])
    assert time.monotonic() - since < 5


def test_tasks_that_are_not_json_are_refused(on_broker: Settings) -> None:
    assert make_celery(on_broker).conf.accept_content == ["json"]
    with pytest.raises(EncodeError):
        make_sender(on_broker)("note", [object()])  # type: ignore[list-item]


def test_nothing_is_left_in_shared_folders(embedded_settings: Settings, tmp_path: Path) -> None:
    conf = make_celery(embedded_settings).conf
    for name in ("data_folder_in", "data_folder_out", "processed_folder", "control_folder"):
        assert Path(conf.broker_transport_options[name]).is_relative_to(embedded_settings.data_root)


def test_a_message_that_comes_while_nobody_looks_does_not_wait_a_second(embedded_settings: Settings) -> None:
    app = make_celery(embedded_settings)
    waited: list[float] = []
    sent_at: list[float] = []

    def take(_body: Any, message: Any) -> None:
        message.ack()
        waited.append(time.monotonic() - sent_at[-1])

    def send() -> None:
        sent_at.append(time.monotonic())
        make_sender(embedded_settings)("note", ["1"])

    queue = app.amqp.queues["secretariat"]
    with app.connection_for_read() as connection, connection.Consumer(queue, callbacks=[take]):
        for _ in range(4):
            sender = threading.Timer(0.15, send)
            sender.start()
            connection.drain_events(timeout=5)
            sender.join()
    assert min(waited) < 0.4  # where another process takes the processor, one of them at least
