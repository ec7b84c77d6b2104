"""What groups of figures are measured with."""

import importlib
import json
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from config import PROJECT_ROOT

RESULTS = PROJECT_ROOT / "bench-results.json"


class Report:
    """Takes figures, prints each at once, keeps all."""

    def __init__(self) -> None:
        self.figures: dict[str, dict[str, float | str]] = {}

    def figure(self, name: str, value: float, unit: str) -> None:
        """One figure; `unit` is one word (s, ms, MB, ratio, count)."""
        rounded = round(value, 3)
        self.figures[name] = {"value": rounded, "unit": unit}
        print(f"{name} {rounded:g} {unit}", flush=True)


def run(groups: Iterable[str], results: Path = RESULTS) -> int:
    """Measure these groups one after the other; 1 if anything could not be measured, else 0."""
    report, failed = Report(), []
    for group in groups:
        try:
            importlib.import_module(f"tests.benchmarks.{group}").measure(report)
        except Exception:
            failed.append(group)
            traceback.print_exc()
    results.write_text(json.dumps(report.figures, indent=2) + "\n")
    for group in failed:
        print(f"Group {group} could not be measured; the reason stands above.", file=sys.stderr)
    return 1 if failed else 0
