"""My government: one page in one process, for those who speak for a participant."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.capital import queries
from secretariat.capital.queries import WithColleague
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents import words as document_words
from secretariat.documents.policy import SPEAKING
from secretariat.meetings import words as meeting_words
from secretariat.pages import place, shell
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.unit import db, viewer
from secretariat.plans.status import shown_as
from secretariat.processes.models import Process
from secretariat.processes.names import names_of

blueprint = Blueprint("capital", __name__)


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    for words, is_member in ((_l("My government"), True), (_l("My participation"), False)):
        entry = shell.NavigationEntry(35, words, "capital.show", _address_for(is_member=is_member))
        shell.add_to_navigation(app, entry)


def _address_for(*, is_member: bool) -> Any:
    """A member of a process is a government; who takes part otherwise may be one, or an organization."""

    def address() -> str | None:
        here = place.here()
        if here is None or here.id is None or not _speaks(here.id) or _is_member(here.id) is not is_member:
            return None
        return url_for("capital.show", slug=here.slug)

    return address


def _speaks(process: Any) -> bool:
    return viewer().participant is not None and any(viewer().holds(role, process) for role in SPEAKING)


def _is_member(process: Any) -> bool:
    standing = viewer().standing_in(process)
    return standing is not None and standing.standing == "member"


@blueprint.get("/processes/<slug>/my-government")
@permission("see what one's government brings to a process")
def show(slug: str) -> ResponseReturnValue:
    """Its items and papers, its delegations to coming meetings, its commitments, and what is with colleagues."""
    process: Process = found(queries.process_by_slug(db(), slug))
    place.enter(process)
    authorise(_speaks(process.id))
    participant, on = found(viewer().participant), clock.today(process.zone)
    own = queries.own_things(db(), process.id, participant, on)
    return render_template(
        "capital/show.html",
        process=process,
        heading=_("My government") if _is_member(process.id) else _("My participation"),
        participant=names_of(db(), [participant], process=process.id)[participant],
        own=own,
        on=on,
        status_of=lambda one: _status(own, one),
        address_of=_address_of,
        words=meeting_words,
        document_words=document_words,
    )


def _status(own: queries.Own, one: Any) -> str:
    if one.state == "proposed":
        return "proposed"
    said = own.said.get(one.id)
    return shown_as(said.status if said is not None else None)


def _address_of(one: WithColleague) -> str:
    """Where one goes on with what is with a colleague."""
    if one.kind == "paper":
        return url_for("meetings.prepare_paper", meeting_id=one.meeting, document_id=one.key)
    if one.kind == "item":
        return url_for("meetings.prepare_item", meeting_id=one.meeting, proposal_id=one.key)
    return url_for("plans.answer" if one.kind == "proposal" else "plans.commitment", commitment_id=one.key)
