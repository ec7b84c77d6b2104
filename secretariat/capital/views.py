"""My government: one page in one process, for those who speak for a participant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.capital import queries
from secretariat.capital.queries import WithColleague
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.refusals import Refused
from secretariat.documents import policy as document_policy
from secretariat.documents import words as document_words
from secretariat.documents.views.base import new_nonce
from secretariat.meetings import lent_queries
from secretariat.meetings import service as meetings
from secretariat.meetings import words as meeting_words
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.lent_queries import Draft
from secretariat.pages import place, shell
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import done
from secretariat.pages.unit import db, viewer
from secretariat.plans.status import shown_as
from secretariat.processes.models import Process
from secretariat.processes.names import names_of
from secretariat.processes.policy import REPRESENTATIVE, SPEAKING

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
    speaking = (*SPEAKING, REPRESENTATIVE)
    return viewer().participant is not None and any(viewer().holds(role, process) for role in speaking)


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
    own = queries.own_things(db(), process.id, participant, on, process.zone)
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
        may_revise=_may_revise,
        new_nonce=new_nonce,
    )


@blueprint.post("/processes/<slug>/my-government/drafts/<uuid:lent_id>/remind")
@permission("remind a colleague of a draft")
def remind(slug: str, lent_id: UUID) -> ResponseReturnValue:
    """Ask a colleague once more for a draft that is not back."""
    lent, draft = _lent(slug, lent_id)
    try:
        meetings.remind(db(), lent, draft)
    except Refused as problem:
        return done(problem.sentence, _here(slug), "attend")
    return done(_("Your colleague is written to once more, with the link to this draft alone."), _here(slug))


@blueprint.post("/processes/<slug>/my-government/drafts/<uuid:lent_id>/take-back")
@permission("take a draft back from a colleague")
def take_back(slug: str, lent_id: UUID) -> ResponseReturnValue:
    """Go on with a draft without the colleague who has it."""
    lent, draft = _lent(slug, lent_id)
    meetings.end(db(), lent, draft)
    return done(_("Taken back; the link opens nothing any more."), _here(slug))


def _lent(slug: str, key: UUID) -> tuple[LentDraft, Draft]:
    """A draft of one's own government for a meeting of this process, and to whom it was passed."""
    process = found(queries.process_by_slug(db(), slug))
    place.enter(process)
    lent: LentDraft = found(lent_queries.lent_draft(db(), key))
    draft: Draft | None = meetings.draft_of(db(), lent)
    if draft is None or draft.meeting is None or draft.meeting.process_id != process.id:
        not_found()
    authorise(meetings.may_prepare(viewer(), draft))
    return lent, draft


def _here(slug: str) -> str:
    return url_for("capital.show", slug=slug, _anchor="colleagues")


def _may_revise(one: Any) -> bool:
    """Whether a row of one's own papers can be revised."""
    return document_policy.is_revisable(one)


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
