"""How the product writes its log: what happened and where, and nothing of what the code held at that moment.

A traceback with the values of local names - which structlog writes by itself where the package rich is installed -
would put letters, titles and addresses into a file that others read.
"""

from __future__ import annotations

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback


def write_plainly() -> None:
    """Set how structlog writes, whatever packages are installed."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=True),
            ConsoleRenderer(colors=False, exception_formatter=plain_traceback),
        ]
    )
