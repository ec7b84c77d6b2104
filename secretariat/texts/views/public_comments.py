"""What everybody reads and does: the consultations of a process, the page of one with its form, and the page behind the
link of the mail by which an address is confirmed."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.accounts import throttles
from secretariat.accounts.throttles import Limit
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_link
from secretariat.pages import place
from secretariat.pages import refusals as refused
from secretariat.pages.access import found, public
from secretariat.pages.forms import Form, done, refusals
from secretariat.pages.unit import db, note, received_at
from secretariat.processes.queries import process_by_slug
from secretariat.texts import consultation_forms, consultation_queries
from secretariat.texts.consultation_letters import CONFIRM_SCOPE
from secretariat.texts.consultation_models import PublicConsultation
from secretariat.texts.consulting import A_DAY, MOST_FROM_ADDRESS, MOST_FROM_SOURCE
from secretariat.texts.editions import Content
from secretariat.texts.service import consultations, public_comments
from secretariat.texts.views.base import blueprint, form_page, language_asked_for, page, shown_paragraphs
from secretariat.texts.views.consultations import the_consultation

BY_ADDRESS = Limit("comments of the public for an address", MOST_FROM_ADDRESS, A_DAY)
BY_SOURCE = Limit("comments of the public from a source", MOST_FROM_SOURCE, A_DAY)


@blueprint.get("/processes/<slug>/consultations")
@public("texts the members let everybody read and comment on are listed for everybody")
def show_consultations(slug: str) -> ResponseReturnValue:
    """The consultations of a process, open and past. Where there is none the page is not there."""
    process = found(process_by_slug(db(), slug))
    place.enter(process, across=True)
    number = min(max(request.args.get("page", 1, int), 1), 1000)
    rows, more = consultation_queries.consultations_of(db(), process.id, number)
    found(next(iter(rows), None))
    return page(
        "consultations", process=process, rows=rows, page=number, more=more, is_running=consultations.is_running,
        deadline_of=consultations.deadline_of, ended_at=consultations.ended_at,
    )  # fmt: skip


@blueprint.route("/consultations/<uuid:consultation_id>", methods=["GET", "POST"])
@public("a text the members let everybody read is read, and commented on, by everybody")
def consultation(consultation_id: UUID) -> ResponseReturnValue:
    """A text by paragraph, with room for a comment below each; once it is over, and answered, the response."""
    this = the_consultation(consultation_id)
    content = Content.from_json(this.content)
    form = consultation_forms.public_form(content)(data={"language": current_reading().language.code})
    closed = _why_closed(this)
    if closed is not None and request.method == "POST":
        form.refuse(closed)  # before anything that is wrong in the form: mending that would help nobody
    elif form.ready():
        with refusals(form):
            _take_in(this, content, form)
            sent = _("Thank you. We have written to the address you gave: your comments count once you open the link "
                     "in that mail and confirm them.")  # fmt: skip
            return done(sent, url_for("texts.consultation", consultation_id=consultation_id))
    language = language_asked_for(content)
    return form_page(
        form,
        "consultation",
        consultation=this,
        content=content,
        language=language,
        rows=shown_paragraphs(content.counted(), language),
        name_of=consultation_forms.name_of,
        left_over=consultation_forms.left_over(form, request.form) if closed is not None else [],
        writes=closed is None or request.method == "POST",
        running=closed is None,
        ends=consultations.deadline_of(this),
        ended_at=consultations.ended_at(this),
        response=consultations.response_of(this),
    )


def _why_closed(this: PublicConsultation) -> str | None:
    try:
        public_comments.check_open(this, received_at())
    except Refused as why:
        return why.sentence
    return None


def _take_in(this: PublicConsultation, content: Content, form: Form) -> None:
    written = consultation_forms.written_in(form, content)
    counted = ((BY_ADDRESS, written.address.casefold()), (BY_SOURCE, refused.source()))
    if throttles.is_over(db(), *counted):
        raise Refused(
            _("As much has come in for this address, or from where you are, as can in one day. What you wrote stands "
              "below; send it tomorrow.")
        )  # fmt: skip
    public_comments.take_in(db(), this, written, received_at())
    for entry in throttles.entries(counted):
        note(entry)


@blueprint.route("/l/<token>/consult", methods=["GET", "POST"])
@by_link(CONFIRM_SCOPE)
def comments_by_link(link: OpenedLink) -> ResponseReturnValue:
    """What one has written, for who holds the link of the mail: confirmed, or withdrawn, by a press of a button."""
    this = the_consultation(link.subjects[0])
    waits = found(public_comments.waits_for(db(), link.person))
    form = Form()
    act = request.form.get("act", "")
    if act in ("confirm", "withdraw") and form.ready():
        with refusals(form):
            if act == "confirm":
                public_comments.confirm(db(), link.person)
                return done(_("Thank you. Your comments count."), request.path)
            public_comments.withdraw(db(), link.person)
            here = url_for("texts.consultation", consultation_id=this.id)
            return done(_("Withdrawn. Your name and your address are erased."), here)
    content = Content.from_json(this.content)
    cited = {one.piece.id: one.cited(language_asked_for(content)) for one in content.counted()}
    return form_page(
        form,
        "consultation_confirm",
        consultation=this,
        waits=waits,
        places=cited,
        running=consultations.is_running(this),
    )


def is_anything_consulted(process: UUID) -> bool:
    """For the public page of a process, which leads to its consultations where there are any."""
    return consultation_queries.is_anything_consulted(db(), process)
