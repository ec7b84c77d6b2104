"""The form of an entry in the register."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.correspondence.register_models import Direction, LetterKind, RegisteredLetter
from secretariat.correspondence.service.registering import Particulars
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form
from secretariat.pages.uploads import UploadsField

DIRECTIONS: dict[Direction, Any] = {
    Direction.IN: lazy_pgettext("register", "In"),
    Direction.OUT: lazy_pgettext("register", "Out"),
}
KINDS: dict[LetterKind, Any] = {
    LetterKind.LETTER: _l("Letter"),
    LetterKind.NOTE_VERBALE: _l("Note verbale"),
    LetterKind.CIRCULAR: _l("Circular"),
    LetterKind.INVITATION: _l("Invitation by letter"),
}
BY_HAND = (LetterKind.LETTER, LetterKind.NOTE_VERBALE, LetterKind.INVITATION)
"""What is entered by hand; circulars enter themselves."""
DAY = _l("Give the day, for example 26 March 2027")


class LetterForm(Form):
    """A letter that came or went."""

    direction = fields.PickField(
        _l("Which way it went"),
        [Needed(_l("Choose whether it came in or went out"))],
        choices=[(one.value, words) for one, words in DIRECTIONS.items()],
    )
    kind = fields.PickField(
        _l("What it is"),
        [Needed(_l("Choose what it is"))],
        choices=[(one.value, KINDS[one]) for one in BY_HAND],
    )
    participant = fields.ChoiceField(_l("With whom"), [Optional()])
    correspondent = fields.TextField(
        _l("Or with whom else, by name"), [Optional()], longest=300,
        description=_l("An embassy, an organization or a person that takes no part in the process."),
    )  # fmt: skip
    subject = fields.TextField(_l("Subject"), [Needed(_l("Say what it is about, in a few words"))], longest=500)
    dated = fields.DayField(_l("The day it bears"), [Optional()])
    passed_on = fields.DayField(_l("Came or went on"), [Needed(DAY)])
    reference = fields.TextField(
        _l("Its own number"), [Optional()], longest=200, description=_l("As its writer gave it: DGM/214/2026.")
    )
    earlier = fields.ChoiceField(_l("In answer to"), [Optional()])
    decided = fields.TextField(
        _l("What it decided"), [Optional()], longest=500,
        description=_l("A nomination, a standing, a date: in a few words."),
    )  # fmt: skip
    scans = UploadsField(_l("Scans"), [Optional()])

    def said(self, *, appointment: UUID | None = None, invitation: UUID | None = None) -> Particulars:
        """What was typed, and what it is known to have led to."""
        assert self.passed_on.data is not None  # it is needed
        return Particulars(
            direction=Direction(self.direction.data),
            kind=LetterKind(self.kind.data),
            passed_on=self.passed_on.data,
            subject=self.subject.data or "",
            dated=self.dated.data,
            correspondent_id=UUID(self.participant.data) if self.participant.data else None,
            correspondent=self.correspondent.data or "",
            reference=self.reference.data or "",
            decided=self.decided.data or "",
            earlier_id=UUID(self.earlier.data) if self.earlier.data else None,
            appointment_id=appointment,
            invitation_id=invitation,
        )


def values_of(letter: RegisteredLetter) -> dict[str, Any]:
    """An entry as the form shows it."""
    return {
        "direction": letter.direction.value,
        "kind": letter.kind.value,
        "participant": str(letter.correspondent_id or ""),
        "correspondent": letter.correspondent,
        "subject": letter.subject,
        "dated": letter.dated,
        "passed_on": letter.passed_on,
        "reference": letter.reference,
        "earlier": str(letter.earlier_id or ""),
        "decided": letter.decided,
        "version": letter.version,
    }
