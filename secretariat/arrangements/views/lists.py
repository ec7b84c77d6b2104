"""The host's list: begun by the secretariat, seen to by the host's protocol officers, printed for the day."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from secretariat.arrangements import forms, policy, queries, service, words, works
from secretariat.arrangements.listed import listed_persons
from secretariat.arrangements.models import HostList
from secretariat.arrangements.ordering import allowances, listening
from secretariat.arrangements.views.base import blueprint, erased_on, the_list, the_person
from secretariat.core.database import new_key
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.jobs.views import hand_out, handed
from secretariat.meetings.delegation_works import not_by_letter
from secretariat.meetings.views.base import the_meeting
from secretariat.pages.access import authorise, found, not_found, permission, signed_in
from secretariat.pages.forms import Form, done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.wording import shown_labels

XLSX = "xlsx"


@blueprint.route("/meetings/<uuid:meeting_id>/host-list", methods=["GET", "POST"], endpoint="open")
@permission("open a host's list")
def open_(meeting_id: UUID) -> ResponseReturnValue:
    """Begin the list of a meeting; where there is one, go there."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_open(viewer(), meeting))
    known = queries.list_of(db(), meeting.id)
    if known is not None and request.method == "GET":
        return redirect(_page(known), 303)
    form = Form()
    if form.ready():
        with refusals(form):
            one = service.open_list(db(), meeting)
            return done(_("The list is begun. Whoever is named for the meeting stands on it by itself."), _page(one))
    return shown(form, "arrangements/open.html", meeting=meeting)


@blueprint.get("/host-lists/<uuid:host_list_id>")
@signed_in
def show(host_list_id: UUID) -> ResponseReturnValue:
    """Everybody on the list, with what is arranged for each."""
    one, me = the_list(host_list_id), viewer()
    persons = queries.persons_of(db(), one.id)
    labels = sorted({each.label_id for each in persons})
    shown_labels(db(), [one.label_id, *labels])
    return render_template(
        "arrangements/show.html",
        one=one,
        listed=listed_persons(db(), one, persons, on_page=True),
        persons=persons,
        labels=labels,
        listening=listening(persons),
        sums=[words.amount(total, currency) for currency, total in allowances(persons).items()],
        protocol=queries.protocol_officers(db(), one.id),
        provisional=queries.provisional_on(db(), one) if persons else {},
        not_by_letter=not_by_letter,
        erased_on=erased_on(one),
        may={"see_to": policy.may_see_to(me, one), "name": policy.may_name_protocol(me, one)},
        keeps=me.keeps(one.track_id),
        badges=words.BADGE,
        amount=words.amount,
        visa=works.visa_words,
        languages=works.on_which_languages(one),
    )


@blueprint.route("/hosted-persons/<uuid:hosted_id>", methods=["GET", "POST"])
@permission("see to a person on a host's list")
def person(hosted_id: UUID) -> ResponseReturnValue:
    """What is arranged for one person."""
    one, who = the_person(hosted_id)
    authorise(policy.may_see_to(viewer(), one))
    by_hand = who.delegate_id is None
    if by_hand and request.form.get("act") == "remove":
        service.remove_person(db(), one, who)
        return done(_("Taken off the list."), _page(one))
    form = forms.seen_form(by_hand=by_hand)(obj=forms.Values(who))
    if form.ready(who):
        with refusals(form):
            service.see_to(db(), one, who, forms.given(form), forms.seen(form), may_rename=by_hand)
            return done(_("Saved."), _page(one, anchor=f"p-{who.id}"))
    return shown(
        form,
        "arrangements/person.html",
        one=one,
        who=who,
        by_hand=by_hand,
        erased_on=erased_on(one),
        nonce=_nonce(),
        needs=queries.needs_said(db(), who),
    )


@blueprint.route("/host-lists/<uuid:host_list_id>/add", methods=["GET", "POST"])
@permission("add a person to a host's list")
def add(host_list_id: UUID) -> ResponseReturnValue:
    """Put somebody on the list who belongs to no delegation."""
    one = the_list(host_list_id)
    authorise(policy.may_see_to(viewer(), one))
    form = forms.seen_form(by_hand=True)(data=forms.BLANK)
    if form.ready():
        with refusals(form):
            service.add_person(db(), one, forms.given(form), forms.seen(form))
            return done(_("Saved."), _page(one))
    return shown(form, "arrangements/person.html", one=one, who=None, by_hand=True, erased_on=erased_on(one))


@blueprint.route("/host-lists/<uuid:host_list_id>/facts", methods=["GET", "POST"])
@permission("change what is arranged for a meeting")
def facts(host_list_id: UUID) -> ResponseReturnValue:
    """Interpretation, booths, and a word to all who see to it."""
    one = the_list(host_list_id)
    authorise(policy.may_see_to(viewer(), one))
    form = forms.facts_form()(obj=one)
    if form.ready(one):
        service.change_facts(db(), one, forms.facts(form))
        return done(_("Saved."), _page(one))
    return shown(form, "arrangements/facts.html", one=one)


@blueprint.route("/host-lists/<uuid:host_list_id>/protocol", methods=["GET", "POST"])
@permission("name a host's protocol officer")
def protocol(host_list_id: UUID) -> ResponseReturnValue:
    """Name who sees to the arrangements for the host."""
    one = the_list(host_list_id)
    authorise(policy.may_name_protocol(viewer(), one))
    meeting = the_meeting(one.meeting_id)
    form = forms.ProtocolForm()
    if form.ready():
        try:
            service.name_protocol_officer(db(), one, meeting, form.named)
        except Refused as problem:
            form.tell(problem)
        except NotAllowed:
            form.refuse(_("Nobody enters an appointment for himself; a colleague does it"), "email")
        else:
            return done(_("Entered. The person is told by mail, and sees this list and nothing else."), _page(one))
    return shown(form, "arrangements/protocol.html", one=one, erased_on=erased_on(one))


@blueprint.route("/host-lists/<uuid:host_list_id>/<paper>.<form>", methods=["GET", "POST"])
@signed_in
def paper(host_list_id: UUID, paper: str, form: str) -> ResponseReturnValue:
    """The list, the badges or the name plates, to be printed; the list as a table too."""
    one = the_list(host_list_id)
    if paper not in works.PAPERS:
        not_found()
    if paper != works.LIST and form != "pdf":
        not_found()  # what is cut out is printed, and nothing else
    if form == XLSX:
        return handed(found(works.list_table(db(), one.id)), one)
    ground = queries.ground_of(db(), one)
    return hand_out(works.PAPERS[paper], one, ground, ground.track, form)  # type: ignore[arg-type]


def _page(one: HostList, anchor: str | None = None) -> str:
    return url_for("arrangements.show", host_list_id=one.id, _anchor=anchor)


def _nonce() -> str:
    return new_key().hex
