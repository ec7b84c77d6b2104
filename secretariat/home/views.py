"""The first page, by hat."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.awaited import Awaited
from secretariat.core.languages import call_commitments, calling_commitments, current_reading, speak_in_network
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.viewer import HatKind
from secretariat.follow_up.contact_forms import OUTCOMES
from secretariat.follow_up.findings import WORDS
from secretariat.home import queries
from secretariat.meetings import submissions
from secretariat.meetings.milestone_words import of_status
from secretariat.pages import place, shell
from secretariat.pages.access import public
from secretariat.pages.unit import db, viewer
from secretariat.processes import names

blueprint = Blueprint("home", __name__)

ADDRESSES = {
    "commitment": ("plans.commitment", "commitment_id"),
    "proposal": ("plans.answer", "commitment_id"),
    queries.INVITATION: ("meetings.reply", "meeting_id"),
    queries.MILESTONE: ("meetings.show", "meeting_id"),
    "request": ("meetings.outcome", "meeting_id"),
    "guest": ("meetings.guest", "guest_id"),
    "comments": ("texts.reply", "round_id"),
    "lowering": ("confidentiality.lowering", "lowering_id"),
    "text_confirmation": ("texts.confirm_text", "confirmation_id"),
    "clearance": ("texts.clear", "answer_id"),
    "forum_paper": ("texts.clearance", "clearance_id"),
    "report_check": ("reports.check", "check_id"),
    "support_given": ("plans.support_given", "given_id"),
    "network_comments": ("texts.network_comments", "opened_id"),
    "public_response": ("texts.consultation_comments", "consultation_id"),
    "language_version": ("documents.show", "document_id"),
    submissions.PAPER: ("documents.show", "document_id"),
    "handover": ("chairmanship.begin_handover", "term_id"),
    "submission": ("civil_society.show", "submission_id"),
    "submission_to_route": ("civil_society.show", "submission_id"),
    "joint_session": ("meetings.joint_session", "joint_id"),
    "position": ("positions.show", "position_id"),
    "position_to_settle": ("positions.show", "position_id"),
    "workshop": ("arrangements.own_workshop", "workshop_id"),
    "contribution": ("arrangements.contribution", "contribution_id"),
    "workshop_papers": ("arrangements.own_workshop", "workshop_id"),
    "workshop_use": ("arrangements.own_workshop", "workshop_id"),
    "choice": ("choices.show", "choice_id"),
    "choice_to_settle": ("choices.show", "choice_id"),
    "contact_card": ("contacts.confirm", "card_id"),
    "circular": ("circulars.show", "circular_id"),
}
"""Where one goes to see to what is awaited, by kind."""
HAVE_PAGES = frozenset({"commitment", "proposal"})
"""What stands in something else, a plan, and has a page of its own all the same."""
A_COMMITMENT = _l("A commitment")


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    shell.add_to_navigation(app, shell.NavigationEntry(0, _l("Today"), "home.today", _today_address, _l("Our space")))


def _today_address() -> str | None:
    return None if viewer().is_anonymous else url_for("home.today")


@blueprint.get("/")
@public("the door: who is not signed in sees what is public, and the way in")
def today() -> ResponseReturnValue:
    """What is asked of me, or what I should see to."""
    reader = viewer()
    if reader.is_anonymous:
        return render_template("home/door.html", processes=queries.public_processes(db()))
    if reader.hat.kind is HatKind.ADMINISTRATOR:
        return render_template("home/administrator.html")
    if reader.hat.kind is HatKind.PROTOCOL:
        return redirect(url_for("arrangements.show", host_list_id=reader.hat.id), 303)
    on = clock.today(current_reading().zone)
    here = place.here()
    known: dict[UUID, queries.AtHand] = {}
    if here is not None and here.id is not None:
        known[here.id] = queries.AtHand(here.acronym, here.commitment_words)
    desk = queries.desk(db(), reader, on, known)
    if here is not None and desk.processes <= known.keys():
        call_commitments(here.commitment_words)
        speak_in_network(here.track != place.GOVERNMENT)
    template = "home/participant.html" if reader.participant else "home/secretariat.html"
    words = {
        "address_of": _address_of,
        "milestone": of_status,
        "outcomes": OUTCOMES,
        "a_commitment": A_COMMITMENT,
        "finding_words": WORDS,
        "together": _together,
        "names_in": _names_in,
    }
    said = {**words, "in_words_of": partial(_in_words_of, desk)}
    return render_template(template, desk=desk, here=here, on=on, soon=on + queries.SOON, **said)


def _in_words_of(desk: queries.Desk, process: UUID, words: Any) -> str:
    """What a row says of a commitment, in the words of its own process: others stand beside it."""
    with calling_commitments(desk.commitment_words.get(process)):
        return str(words)


def _together(rows: Iterable[Awaited]) -> list[list[Awaited]]:
    """What is awaited, by line: a round of comments asks many participants for one thing, and is one line."""
    lines: list[list[Awaited]] = []
    met: dict[tuple[UUID, object, str], list[Awaited]] = {}
    for one in rows:
        key = (one.within or one.subject, one.due_on, one.status)
        if one.kind == "comments" and key in met:
            met[key].append(one)
            continue
        lines.append([one])
        if one.kind == "comments":
            met[key] = lines[-1]
    return lines


def _names_in(desk: queries.Desk, line: Iterable[Awaited]) -> list[str]:
    """Of whom one line awaits something, in alphabetical order."""
    asked = {one.participant: desk.names[one.participant] for one in line if one.participant}
    return [str(asked[one]) for one in names.in_order(asked)]


def _address_of(one: Awaited, *, for_secretariat: bool = False) -> str:
    if one.kind == submissions.ITEM:
        return url_for("meetings.item_proposal", meeting_id=one.within, proposal_id=one.subject)
    endpoint, name = ADDRESSES[one.kind]
    if one.kind == "proposal" and for_secretariat:
        endpoint = "plans.commitment"
    if one.kind == "comments" and for_secretariat:
        endpoint = "texts.comments"
    has_page = one.kind in HAVE_PAGES or one.within is None
    values: dict[str, Any] = {name: one.subject if has_page else one.within}
    if one.kind == "request":
        values["outcome_id"] = one.subject
    return url_for(endpoint, **values)
