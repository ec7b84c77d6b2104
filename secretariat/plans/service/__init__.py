"""What can be done with plans, commitments and progress updates.

Services change state and flush at most. Each checks the policy again, changes, puts the act on the audit trail and,
where somebody is to be told, a row in the outbox. What cannot be done raises `Refused` with a courteous sentence.
"""

from secretariat.plans.service.amendments import (
    Adopted,
    amend_by_adding,
    amend_by_moving,
    amend_by_putting_back,
    amend_by_taking_out,
    amend_part,
)
from secretariat.plans.service.answers import (
    accept,
    advise,
    ask_colleague,
    ask_to_be_rung,
    decline,
    take_back,
)
from secretariat.plans.service.carrying import carry_over
from secretariat.plans.service.commitments import (
    Draft,
    Partner,
    Terms,
    commit_own,
    propose_commitment,
    revise,
    terms_of,
)
from secretariat.plans.service.frameworks import point, set_framework
from secretariat.plans.service.moving import Spot, move_part, place_part
from secretariat.plans.service.phases import tag_phase
from secretariat.plans.service.progress import confirm_note, note_progress, reopen_milestones, report_progress
from secretariat.plans.service.record import confided, members_clause, own_circle
from secretariat.plans.service.support import Giver, confirm_support, note_support, set_support_aside
from secretariat.plans.service.text import (
    ADOPTED,
    Part,
    add_activity,
    add_area,
    add_objective,
    adopt_plan,
    begin_plan,
    change_part,
    change_plan,
    close_plan,
    take_part_away,
)

__all__ = [
    "ADOPTED",
    "Adopted",
    "Draft",
    "Giver",
    "Part",
    "Partner",
    "Spot",
    "Terms",
    "accept",
    "add_activity",
    "add_area",
    "add_objective",
    "adopt_plan",
    "advise",
    "amend_by_adding",
    "amend_by_moving",
    "amend_by_putting_back",
    "amend_by_taking_out",
    "amend_part",
    "ask_colleague",
    "ask_to_be_rung",
    "begin_plan",
    "carry_over",
    "change_part",
    "change_plan",
    "close_plan",
    "commit_own",
    "confided",
    "confirm_note",
    "confirm_support",
    "decline",
    "members_clause",
    "move_part",
    "note_progress",
    "note_support",
    "own_circle",
    "place_part",
    "point",
    "propose_commitment",
    "reopen_milestones",
    "report_progress",
    "revise",
    "set_framework",
    "set_support_aside",
    "tag_phase",
    "take_back",
    "take_part_away",
    "terms_of",
]
