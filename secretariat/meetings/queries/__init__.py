"""Reading meetings. All of it under the reader's eyes, in a number of statements that does not grow with the rows.

`page` is read by the page of a meeting alone, and asked for by its name.
"""

from secretariat.directory.contacts import Contact, contacts_of
from secretariat.meetings.queries.agenda import (
    agenda_item,
    agenda_of,
    item_proposal,
    item_proposals_of,
    note_on,
    notes_of,
)
from secretariat.meetings.queries.bodies import (
    bodies_of,
    chair_terms_of,
    open_bodies,
    participants_today,
    track_kept,
)
from secretariat.meetings.queries.invitations import (
    awaited_invitations,
    invitation_by_id,
    invitations_of,
    invited_participants,
    own_invitation,
)
from secretariat.meetings.queries.inviting import (
    Invitable,
    could_read,
    hat_of,
    invitable,
    standings_today,
)
from secretariat.meetings.queries.meetings import (
    LOOKED_BACK,
    ListedMeeting,
    coming_and_past,
    last_of_each_body,
    meeting_by_id,
    meetings_in_full,
    meetings_of,
    notice_of,
    process_by_slug,
    titles_of_body,
)
from secretariat.meetings.queries.outcomes import (
    outcome_by_id,
    outcomes_of,
    outcomes_without_meeting,
)
from secretariat.meetings.queries.table import (
    guests_named,
    names_at_the_table,
)

__all__ = [
    "LOOKED_BACK",
    "Contact",
    "Invitable",
    "ListedMeeting",
    "agenda_item",
    "agenda_of",
    "awaited_invitations",
    "bodies_of",
    "chair_terms_of",
    "coming_and_past",
    "contacts_of",
    "could_read",
    "guests_named",
    "hat_of",
    "invitable",
    "invitation_by_id",
    "invitations_of",
    "invited_participants",
    "item_proposal",
    "item_proposals_of",
    "last_of_each_body",
    "meeting_by_id",
    "meetings_in_full",
    "meetings_of",
    "names_at_the_table",
    "note_on",
    "notes_of",
    "notice_of",
    "open_bodies",
    "outcome_by_id",
    "outcomes_of",
    "outcomes_without_meeting",
    "own_invitation",
    "participants_today",
    "process_by_slug",
    "standings_today",
    "titles_of_body",
    "track_kept",
]
