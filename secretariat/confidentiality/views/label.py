"""The page on which a label is changed, now or later, or a change of it is proposed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.confidentiality import choices, decided, forms, rights, service
from secretariat.confidentiality.forms import DAY, EVENT, LabelledForm, ReviewForm, label_data
from secretariat.confidentiality.preview import Preview, preview
from secretariat.confidentiality.service import Bearing, Change, NotAllowed, Refused, Wanted
from secretariat.confidentiality.service.changing import own_clauses, stands_in
from secretariat.confidentiality.service.record import Subject, subject
from secretariat.confidentiality.views import blueprint
from secretariat.core import clock, events, kinds
from secretariat.core.events import Occasion
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.wording import ShownLabel
from secretariat.pages import place as places
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.wording import shown_label


def the_subject(name: str, key: UUID) -> Subject:
    """The thing of this address, with where it stands; the 404 of all that is not there or not given by hand."""
    kind, thing = found(decided.thing_by_hand(db(), name, key))
    of = subject(db(), kind, thing)
    places.enter(of.place.process, track=of.place.track)
    return of


def title_of(thing: Any) -> str:
    """What a thing is called, plain."""
    kind = kinds.kind_of(thing)
    title = kind.title(thing) if kind is not None else ""
    return local_text(title) if isinstance(title, LocalText) else str(title)


def here(of: Subject) -> str:
    """The address of the page on which its label is changed."""
    return url_for("confidentiality.change_label", kind=of.kind.name, thing_id=of.thing.id)


def label_page(thing: Any) -> str:
    """Where the label of a thing is changed; empty for who may do nothing about it, and for who is not signed in."""
    kind = kinds.kind_of(thing)
    if kind is None or kind.by_hand is None or not kind.by_hand.open(thing) or viewer().is_anonymous:
        return ""
    try:
        of = subject(db(), kind, thing)
    except NotAllowed:
        return ""
    return here(of) if rights.may_see_to(viewer(), of.paper) else ""


@blueprint.route("/readers/<kind>/<uuid:thing_id>/label", methods=["GET", "POST"])
@permission("change a label")
def change_label(kind: str, thing_id: UUID) -> ResponseReturnValue:
    """Choose readers, see who they are and how that differs from before, then change, plan or propose."""
    of = the_subject(kind, thing_id)
    authorise(rights.may_see_to(viewer(), of.paper))
    occasions = events.occasions(db(), of.thing)
    form = _form(of, occasions)
    made, shows = None, None
    if form.is_submitted() and form.has_label():
        made, shows = _weighed(of, form)
    if made is not None and form.looks:
        form.was_seen(shows, made.before, made.after)
    elif made is not None and form.ready(_standing(of, form)):
        if form.was_seen(shows, made.before, made.after):
            try:
                return _act(of, form, made, occasions)
            except Refused as refusal:
                _say(form, refusal)
        else:
            form.refuse(_("Look below at who will read it, then say it once more."))
    return _page(of, form, made, shows)


def _form(of: Subject, occasions: list[Occasion]) -> LabelledForm:
    offered, within = _offered(of)
    may_lower = rights.may_lower(viewer(), of.paper)
    form_type = forms.change_form(
        offered,
        widens=within,
        joint=of.paper.is_joint,
        occasions=[(_key(one), one.words) for one in occasions] if may_lower else (),
        plans=may_lower,
    )
    return form_type(data=_present(of, offered))


def _offered(of: Subject) -> tuple[choices.Offered, str]:
    container = stands_in(db(), of.thing)
    within = title_of(container) if container is not None else ""
    bodies = decided.open_bodies(db(), of.place, clock.today())
    place = choices.Place(of.place.process, of.place.track, bodies, within)
    return choices.offered(db(), place, clock.today()), within


def _present(of: Subject, offered: choices.Offered) -> dict[str, Any]:
    """What stands in the form: the present label, and its version, so that another's change meanwhile is seen."""
    own = own_clauses(db(), of.kind, of.thing)
    data = label_data(offered, own if own or offered.place.within else None)
    version = f"{of.thing.label_id}.{of.thing.own_label_id or ''}.{int(of.thing.widened)}"
    return {**data, "widens": of.thing.widened, "version": version}


def _standing(of: Subject, form: LabelledForm) -> SimpleNamespace:
    """The label as it stands, among all else as it was typed: what a stale form is compared with."""
    return SimpleNamespace(**{**form.data, **_present(of, form.offered)})


def _weighed(of: Subject, form: LabelledForm) -> tuple[Change | None, Preview | None]:
    own = form.given
    widens = bool(own) and "widens" in form and bool(form["widens"].data)
    try:
        made = service.weighed(db(), of.kind, of.thing, Wanted(own, widens))
        shows = preview(db(), of.place.process.id, made.read_after, made.read_before)
        if made.bearing is not Bearing.SAME:
            service.check(viewer(), of.paper, made)
    except Refused as refusal:
        _say(form, refusal)
        return None, None
    return made, shows


def _say(form: LabelledForm, refusal: Refused) -> None:
    form.refuse(refusal.sentence, refusal.field if refusal.field is not None and refusal.field in form else None)


def _key(one: Occasion) -> str:
    return f"{one.event}:{one.subject}"


def _act(of: Subject, form: LabelledForm, made: Change, occasions: list[Occasion]) -> ResponseReturnValue:
    why = form["why"].data
    decision = form["decision"].data or "" if "decision" in form else ""
    when = form["when"].data if "when" in form else forms.NOW
    try:
        if when in (DAY, EVENT):
            on = form["on"].data if when == DAY else None
            chosen = form["occasion"].data if when == EVENT else None
            occasion = next((one for one in occasions if _key(one) == chosen), None)
            service.plan_lowering(db(), of, made.wanted, why=why, decision=decision, on=on, occasion=occasion)
            return done(_("It is opened as planned; until then nothing changes."), here(of))
        if made.bearing is Bearing.LOWERS and not rights.may_lower(viewer(), of.paper):
            service.propose(db(), of, made.wanted, why=why)
            return done(_("Proposed. Its label stays as it is until the participant has answered."), here(of))
        service.change(db(), of, made.wanted, why=why, decision=decision)
    except NotAllowed:
        not_found()
    if made.bearing is Bearing.RAISES:
        return done(_("Changed. Those who no longer read it are out from now on."), here(of))
    return done(_("Changed. Those added read it from now on."), here(of))


def _page(of: Subject, form: LabelledForm, made: Change | None, shows: Preview | None) -> ResponseReturnValue:
    name, key, me = of.kind.name, of.thing.id, viewer()
    context = {
        "of": of,
        "title": title_of(of.thing),
        "page": of.kind.page(of.thing),
        "made": made,
        "shows": shows,
        "lowers": made is not None and made.bearing is Bearing.LOWERS,
        "same": made is not None and made.bearing is Bearing.SAME,
        "may_lower": rights.may_lower(me, of.paper),
        "planned": [(one, _when(one), in_words(one)) for one in decided.lowerings_to_come(db(), name, key)],
        "reviews": decided.reviews_to_come(db(), name, key),
        "proposals": [(one, in_words(one)) for one in decided.open_proposals(db(), name, key)],
        "review": ReviewForm(formdata=None),
    }
    return forms.looked(form, "confidentiality/label.html", **context)


def in_words(row: Any) -> ShownLabel | None:
    """The label a row wants, in words; None where it is that of what the thing stands in."""
    return shown_label(db(), row.lowered_to_id) if row.lowered_to_id is not None else None


def _when(row: Any) -> str:
    """The event of a planned lowering, in words; empty for a day."""
    if not row.event:
        return ""
    return events.words_of(db(), row.event, row.event_subject) or _("With an event you do not read of")


@blueprint.post("/readers/declassifications/<uuid:declassification_id>/call-off")
@permission("call off a planned lowering")
def call_off(declassification_id: UUID) -> ResponseReturnValue:
    """A planned lowering does not happen."""
    row = found(decided.declassification(db(), declassification_id))
    of = the_subject(row.thing_kind, row.thing_id)
    authorise(rights.may_raise(viewer(), of.paper))
    try:
        service.call_off(db(), row)
    except Refused as refusal:
        return done(refusal.sentence, here(of), "attend")
    return done(_("Called off; the label stays as it is."), here(of))


@blueprint.post("/readers/<kind>/<uuid:thing_id>/review")
@permission("set a day to look at a label again")
def review(kind: str, thing_id: UUID) -> ResponseReturnValue:
    """Put a day on the officer's list."""
    of = the_subject(kind, thing_id)
    authorise(rights.may_see_to(viewer(), of.paper))
    form = ReviewForm()
    if form.ready() and form.on.data is not None:
        try:
            service.look_again_on(db(), of, form.on.data, form.why.data or "")
        except Refused as refusal:
            form.refuse(refusal.sentence, refusal.field)
        else:
            return done(_("It stands on the list of the Secretariat from two weeks before that day."), here(of))
    return shown(form, "confidentiality/review.html", of=of, title=title_of(of.thing), back=here(of))


@blueprint.post("/readers/reviews/<uuid:review_id>/looked-at")
@permission("set a day to look at a label again")
def looked_at(review_id: UUID) -> ResponseReturnValue:
    """Somebody has looked; the day leaves the list."""
    row = found(decided.review(db(), review_id))
    of = the_subject(row.thing_kind, row.thing_id)
    authorise(rights.may_see_to(viewer(), of.paper))
    try:
        service.looked_at(db(), of, row)
    except Refused as refusal:
        return done(refusal.sentence, here(of), "attend")
    return done(_("Noted. The label stays as it is."), here(of))
