"""What all pages of submissions share: loading under the reader's eyes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import Blueprint, request

from secretariat.civil_society import policy, queries
from secretariat.civil_society.models import Submission, SubmissionAnswer
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.core.viewer import Viewer
from secretariat.pages import place
from secretariat.pages.access import found
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import Process, Track
from secretariat.processes.queries import process_by_slug

blueprint = Blueprint("civil_society", __name__)


def the_networks(slug: str) -> tuple[Process, list[Track]]:
    """A process and its networks, the reader's own first; without one there is nothing here."""
    process = found(process_by_slug(db(), slug))
    own = viewer().tracks_in(process.id)
    networks = sorted(queries.networks_of(db(), process.id), key=lambda one: one.id not in own)
    _enter(process, found(networks[0] if networks else None))
    return process, networks


def the_network(slug: str, track_slug: str) -> tuple[Process, Track]:
    """A process and one of its networks, by their addresses."""
    process = found(process_by_slug(db(), slug))
    network = found(next((one for one in queries.networks_of(db(), process.id) if one.slug == track_slug), None))
    _enter(process, network)
    return process, network


def own_network(networks: Sequence[Track], may: Callable[[Viewer, Track], bool]) -> Track:
    """The network one writes for: that of the address, where one may; else the first where one may. An organization
    may be in several."""
    there = [one for one in networks if may(viewer(), one)] or list(networks)
    asked = request.args.get("network", "")
    return next((one for one in there if one.slug == asked), there[0])


def may_write_or_wrote(one: Submission) -> bool:
    """Whether one may write a draft, or was writing when it was sent: what was typed stands on the page then, to be
    copied."""
    me = viewer()
    return policy.may_write(me, one) or (request.method == "POST" and policy.drafts(me, one) and not one.is_position)


def sent_meanwhile() -> Refused:
    """What is said to who was writing."""
    return Refused(
        _("It was sent meanwhile, and its words stay as they are. What you wrote stands below, to be copied.")
    )


def the_submission(submission_id: UUID) -> Submission:
    """The submission of this address, or the 404 which hidden and missing share."""
    one = found(queries.submission_by_id(db(), submission_id))
    _enter(one.process, one.track)
    return one


def the_answer(submission_answer_id: UUID) -> SubmissionAnswer:
    """The answer of this address; its reader may be one who reads it alone, because it tells of him."""
    answer = found(queries.answer_by_id(db(), submission_answer_id))
    _enter(answer.process, answer.submission.track if answer.submission is not None else answer.track)
    return answer


def _enter(process: Process, network: Track) -> None:
    """The page stands on the side its reader stands on: a submission is read on both."""
    on_network = network.id in viewer().tracks_in(process.id)
    place.enter(process, track=network if on_network else queries.government_of(db(), process.id), across=True)
