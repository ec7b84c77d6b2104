"""Who may look after follow-up, and what a policy may say."""

from __future__ import annotations

from uuid import UUID

from secretariat.core.viewer import HatKind, Office, Viewer
from secretariat.follow_up.chair_models import ChairWord
from secretariat.follow_up.contact_models import ContactNote

CHAIR = "chair"


def keeps_follow_up(viewer: Viewer) -> bool:
    """Whether one looks after the follow-up of a track: its secretariat."""
    return viewer.hat.kind is HatKind.SECRETARIAT and viewer.hat.id is not None and viewer.keeps(viewer.hat.id)


def logs_contacts(viewer: Viewer) -> bool:
    """Whether one has the call list of a track and writes down what was agreed: its own officers. Not the office of a
    chair that serves as secretariat: what is confided in a call is not for a peer."""
    return keeps_follow_up(viewer) and viewer.hat.id is not None and viewer.is_officer_of(viewer.hat.id)


def may_log(viewer: Viewer, track: UUID) -> bool:
    """Write down a contact of a track, put a note right, take it away."""
    return viewer.is_officer_of(track)


def is_on_file(viewer: Viewer, note: ContactNote) -> bool:
    """Whether a contact note is about the viewer, who then may ask to have it put right."""
    return viewer.person is not None and viewer.person == note.person_id


def may_have_a_word(viewer: Viewer, one: ChairWord) -> bool:
    """Say that one had the word that was asked: who chairs the process, and not of the participant it is about."""
    chairs = any(held.name == CHAIR and held.process == one.process_id and held.body is None for held in viewer.roles)
    runs = Office(CHAIR, one.process_id) in viewer.offices
    return one.sent_at is not None and chairs and runs and viewer.participant != one.participant_id


def keeps_tasks(viewer: Viewer, track: UUID) -> bool:
    """Have tasks on a track, give and take them: its secretariat."""
    return viewer.keeps(track)
