"""What of correspondence a person meets: circulars, and letters in the register."""

from __future__ import annotations

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l
from secretariat.correspondence.invitation_models import InvitationLetter, InvitationWords
from secretariat.correspondence.letterhead_models import Letterhead
from secretariat.correspondence.listed_models import ListedContact
from secretariat.correspondence.models import Circular, CircularCopy
from secretariat.correspondence.register_models import LetterScan, RegisteredLetter

register(
    Kind(
        Circular,
        _l("Circular"),
        lambda one: one.title,
        lambda one: f"/circulars/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        CircularCopy,
        _l("Copy of a circular"),
        lambda one: one.circular.title if one.circular is not None else "",
        lambda one: f"/circulars/{one.circular_id}" if one.circular is not None else None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.circular.track_id),
    )
)
register(
    Kind(
        RegisteredLetter,
        _l("Letter in the register"),
        lambda one: one.subject,
        lambda one: f"/letters/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        LetterScan,
        _l("Scan of a letter"),
        lambda one: one.name,
        lambda one: f"/letters/{one.letter_id}" if one.letter is not None else None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.letter.track_id),
    )
)
register(
    Kind(
        Letterhead,
        _l("Letterhead"),
        lambda one: one.name,
        lambda one: None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        ListedContact,
        _l("Contact from a list"),
        lambda one: one.name,
        lambda one: f"/people/listed/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        InvitationWords,
        _l("Words of letters of invitation"),
        lambda one: one.words,
        lambda one: None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        InvitationLetter,
        _l("Letter of invitation"),
        lambda one: one.addressee,
        lambda one: f"/meetings/{one.meeting_id}/letters",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
