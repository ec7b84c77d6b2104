"""Names of states and territories as the United Nations use them, in four languages: the first proposal to a process.

The table is shipped as it came, reduced to codes and names (see NOTICE); what in it is not the usage of the United
Nations is replaced, with the reason, by `overrides.csv`; an override without a name takes the proposal away.
`former.csv` has names of an earlier time, so that what is dated is shown under the name it was dated with.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from secretariat.core.dates import PartialDate

FOLDER = Path(__file__).parent / "data" / "names"
LANGUAGES = ("en", "es", "fr", "ar")
ORIGIN = "United Nations"


@dataclass(frozen=True, slots=True)
class StateName:
    """A name in one language, from when until when."""

    language: str
    name: str
    since: PartialDate | None = None
    until: PartialDate | None = None


@cache
def state_names() -> dict[str, tuple[StateName, ...]]:
    """Names by ISO 3166-1 code: the present one of each language, and former ones."""
    present = {row["iso"]: {language: row[language] for language in LANGUAGES} for row in _rows("un-names.csv")}
    for row in _rows("overrides.csv"):
        present[row["iso"]][row["language"]] = row["name"]
    former: dict[tuple[str, str], tuple[str, PartialDate]] = {
        (row["iso"], row["language"]): (row["name"], PartialDate(row["until"])) for row in _rows("former.csv")
    }
    names: dict[str, list[StateName]] = defaultdict(list)
    for iso, texts in present.items():
        for language, name in texts.items():
            earlier, changed = former.get((iso, language), ("", None))
            if earlier:
                names[iso].append(StateName(language, earlier, until=changed))
            if name:
                names[iso].append(StateName(language, name, since=changed))
    return {iso: tuple(found) for iso, found in names.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
