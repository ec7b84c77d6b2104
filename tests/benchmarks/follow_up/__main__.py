"""One run under faults on a scale of one's own: `python -m tests.benchmarks.follow_up sqlite filesystem 40 3 10`.

Database, broker, recipients, rounds, kills; `--without-evidence`; `--broken resend` or `--broken no_lease`.
"""

import argparse
import signal
import sys

from tests.benchmarks.follow_up.faults import Mischief
from tests.benchmarks.follow_up.runs import Size, run


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=("sqlite", "postgresql"))
    parser.add_argument("broker", choices=("filesystem", "redis", "rabbitmq"))
    for name in ("recipients", "rounds", "kills"):
        parser.add_argument(name, type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trouble", type=float, default=3.0)
    parser.add_argument("--without-evidence", action="store_true")
    parser.add_argument("--broken", default="", choices=("resend", "no_lease"))
    given = parser.parse_args()
    mischief = Mischief(
        given.kills, freezes=-(-given.kills // 5), restarts=-(-given.kills // 10), jumps=1, trouble=given.trouble,
        seed=given.seed,
    )  # fmt: skip
    size = Size(given.recipients, given.rounds, mischief)
    print(run(given.database, given.broker, size, evidence=not given.without_evidence, broken=given.broken))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    main()
