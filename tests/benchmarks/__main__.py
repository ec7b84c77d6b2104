import argparse
import signal
import sys

from tests.benchmarks import ALONE, GROUPS, LONG
from tests.benchmarks.harness import run

parser = argparse.ArgumentParser(prog="make bench", description="Measure the product.")
known = (*GROUPS, *ALONE, *LONG)
parser.add_argument("--only", metavar="GROUP", choices=known, help=f"one of {', '.join(known)}")
parser.add_argument("--full", action="store_true", help="the long ones too")
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is stopped on the way out
chosen = parser.parse_args()
every = (*GROUPS, *LONG) if chosen.full else GROUPS
sys.exit(run([chosen.only] if chosen.only else every))
