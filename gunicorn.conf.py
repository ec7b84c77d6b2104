"""How the web is served, in development and in production alike: `gunicorn wsgi:app` reads this file by itself."""

import gc
from pathlib import Path
from typing import Any

from config import settings_or_exit

_settings = settings_or_exit()
_memory = Path("/dev/shm")  # noqa: S108  (gunicorn makes its files there safely)

bind = f"{_settings.listen}:{_settings.port}"
worker_class = "gthread"
workers = _settings.web_processes
threads = _settings.web_threads
# The application is loaded once and shared by all processes; what must not be shared is opened after the fork.
preload_app = True
timeout = 60
graceful_timeout = 5
keepalive = 5
# A process that has answered this many requests is replaced; not all at the same moment.
max_requests = 20_000
max_requests_jitter = 2_000
# Some systems keep /tmp on disk, where the sign of life of a process can be late.
worker_tmp_dir = str(_memory) if _memory.is_dir() else None
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """Connections to the database opened before the fork belong to the first process alone."""
    worker.wsgi = worker.app.wsgi()
    worker.wsgi.extensions["engine"].dispose(close=False)
    # What was loaded stays: it is not looked through for garbage again and again, nor copied by that. A page makes
    # thousands of things that are gone with it; looking at them every 700 costs more than it frees.
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


loglevel = _settings.log_level
accesslog = None
