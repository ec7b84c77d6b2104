"""`make bench`: figures about the product, measured and never guessed.

Each module here named in `GROUPS` measures one group: it has `measure(report)`, which calls `report.figure` for each
figure or raises. Every figure is one line `name value unit` on standard output, and is written to bench-results.json.
"""

GROUPS = (
    "setup",
    "interface",
    "looks",
    "meetings",
    "texts",
    "packs",
    "arrangements",
    "silence",
    "plans",
    "reports",
    "importing",
    "canaries",
    "follow_up",
    "correspondence",
    "search",
)
ALONE = ("civil_society", "filter")
"""Parts of other groups that can be asked for alone."""
LONG = ("mutants", "follow_up_full", "looks_full")
"""Groups that take an hour or many: `make bench-full` measures them after the others."""
