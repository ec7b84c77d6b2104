"""Reads of plans, commitments and updates. Nouns; each a constant number of statements, however many rows."""

from secretariat.plans.queries.amendments import amendments_of
from secretariat.plans.queries.awaited import awaited_of_participants
from secretariat.plans.queries.commitments import IN_PLAN, commitment_by_id, partners, phase_of, revisions
from secretariat.plans.queries.lending import lent_update, updates_lent
from secretariat.plans.queries.matrix import Cell, cells_of, codes_of, listed_parts
from secretariat.plans.queries.plans import has_plan, meetings_held, plan_by_id, plans_in, plans_of, process_by_slug
from secretariat.plans.queries.progress import (
    Beside,
    beside,
    history,
    notes_awaiting,
    statement_in_force,
    statements_in_force,
    update_by_id,
)
from secretariat.plans.queries.proposals import (
    addressed_by,
    consultation_by_id,
    consultations_of,
    outcome_by_id,
    participants_today,
    proposal_of,
    speakers,
)
from secretariat.plans.queries.table import (
    Filters,
    commitments_in_table,
    participants_in_table,
    proposals_in_table,
    standing_by_area,
    table_rows,
)
from secretariat.plans.queries.tabulated import (
    ListedPart,
    ListedPartner,
    TableRow,
    areas_in_table,
    partners_in_table,
    parts_in_table,
    tabulated,
)
from secretariat.plans.queries.text import (
    Part,
    numbers_taken,
    origins,
    outline,
    outlines,
    part_by_id,
    parts_directly_in,
)

__all__ = [
    "IN_PLAN",
    "Beside",
    "Cell",
    "Filters",
    "ListedPart",
    "ListedPartner",
    "Part",
    "TableRow",
    "addressed_by",
    "amendments_of",
    "areas_in_table",
    "awaited_of_participants",
    "beside",
    "cells_of",
    "codes_of",
    "commitment_by_id",
    "commitments_in_table",
    "consultation_by_id",
    "consultations_of",
    "has_plan",
    "history",
    "lent_update",
    "listed_parts",
    "meetings_held",
    "notes_awaiting",
    "numbers_taken",
    "origins",
    "outcome_by_id",
    "outline",
    "outlines",
    "part_by_id",
    "participants_in_table",
    "participants_today",
    "partners",
    "partners_in_table",
    "parts_directly_in",
    "parts_in_table",
    "phase_of",
    "plan_by_id",
    "plans_in",
    "plans_of",
    "process_by_slug",
    "proposal_of",
    "proposals_in_table",
    "revisions",
    "speakers",
    "standing_by_area",
    "statement_in_force",
    "statements_in_force",
    "table_rows",
    "tabulated",
    "update_by_id",
    "updates_lent",
]
