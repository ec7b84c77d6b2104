"""What is done with documents. Each verb checks the policy, changes and records the act."""

from secretariat.documents.service.files import Received, put_in, read_words, receive, sweep, unread
from secretariat.documents.service.importing import Listed, Row, bring_in, rows_of
from secretariat.documents.service.issuing import issue, release, release_what_is_due, revise, withdraw
from secretariat.documents.service.submitting import (
    KINDS_SENT_IN,
    Paper,
    capital,
    change_paper,
    decide,
    deciding,
    discard,
    prepare,
    submit,
    take_back,
    with_author,
)
from secretariat.documents.service.versions import Asked, add_version, see_to_version
from secretariat.documents.service.writing import (
    Particulars,
    Place,
    add_document,
    change_document,
    held_back,
    readers_given,
    set_pattern,
)

__all__ = [
    "KINDS_SENT_IN",
    "Asked",
    "Listed",
    "Paper",
    "Particulars",
    "Place",
    "Received",
    "Row",
    "add_document",
    "add_version",
    "bring_in",
    "capital",
    "change_document",
    "change_paper",
    "decide",
    "deciding",
    "discard",
    "held_back",
    "issue",
    "prepare",
    "put_in",
    "read_words",
    "readers_given",
    "receive",
    "release",
    "release_what_is_due",
    "revise",
    "rows_of",
    "see_to_version",
    "set_pattern",
    "submit",
    "sweep",
    "take_back",
    "unread",
    "with_author",
    "withdraw",
]
