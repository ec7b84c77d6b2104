"""Rules that give no page in the canary world: files, and forms that open in one state of a thing alone."""

from __future__ import annotations

_BY_BLUEPRINT = {
    "account_links": "invitation",
    "arrangements": "certificate invite_resource_person invited_by_link note_givers_word paper take_contribution_away",
    "chairmanship": "begin_handover clear_handover edit_handover handover_as_next handover_paper",
    "choices": "open take_back",
    "circulars": "paper",
    "civil_society": "answer comment_paragraph discard edit paper publish publish_answer send take_link_away take_over "
    "word",
    "confidentiality": "change_label",
    "confiding": "discard edit send",
    "contacts": "confirm file paper",
    "documents": "edit fetch issue see_to_version",
    "invitation_letters": "dispatch index paper papers style words",
    "jobs": "result",
    "letterheads": "example fetch",
    "meetings": "annotated answer_paper begin_report calendar change_joint colleague colleague_file compose_file "
    "confirm delegations_paper edit_outcome feed_of_calendar guest_items note_letter paper prepare_item "
    "prepare_paper revise_by_own_link revise_paper",
    "packs": "fetch",
    "people": "start",
    "plans": "drafted_file evidence_file paper place_part plan_matrix_table plan_table_paper put_back reword_part "
    "table_file take_part_away undo_import working_file",
    "register": "scan",
    "reports": "correct_entry_by_link edition_matrix edition_paper",
    "texts": "ask_clearance clear_file_by_link comments_paper edit_comment edit_comment_by_link "
    "network_comments_by_link paper release_paper time_in_silence tracked_file word_file "
    "word_file_by_link",
}
UNOPENED = frozenset(f"{blueprint}.{name}" for blueprint, names in _BY_BLUEPRINT.items() for name in names.split())
"""That nobody opens one of them is known after a hundred addresses each, more than half of what is tried for all pages.
`make bench ONLY=looks` tries them, and names those that give a page by now."""
