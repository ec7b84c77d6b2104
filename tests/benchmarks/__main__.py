import argparse
import signal
import sys

from tests.benchmarks import GROUPS
from tests.benchmarks.harness import run

parser = argparse.ArgumentParser(prog="make bench", description="Measure the product.")
parser.add_argument("--only", metavar="GROUP", choices=GROUPS, help=f"one of {', '.join(GROUPS)}")
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is stopped on the way out
chosen = parser.parse_args().only
sys.exit(run([chosen] if chosen else GROUPS))
