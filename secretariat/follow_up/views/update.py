"""The one-minute update: everything asked of one participant on one page, without a password and without script."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from secretariat.core import clock
from secretariat.core.languages import current_reading, dates, ngettext
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.directory import hats, successors
from secretariat.directory.models import Appointment, RoleName
from secretariat.directory.queries import with_cards
from secretariat.follow_up import queries, service
from secretariat.follow_up.forms import CONFIRM, CORRECT, Asked, SuccessorForm, UpdateForm, update_form
from secretariat.follow_up.views import blueprint
from secretariat.mail import links
from secretariat.mail.lent import may_be_asked_again, not_delivered
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link, settings
from secretariat.pages import place, unit
from secretariat.pages.access import not_found
from secretariat.pages.forms import done, shown, still_open
from secretariat.pages.statuses import STATUSES
from secretariat.pages.uploads import takes_files
from secretariat.plans import drafts
from secretariat.plans import policy as plan_policy
from secretariat.plans import queries as plan_queries
from secretariat.plans import service as plan_service
from secretariat.plans.letters import PASSED_ON, REMINDED
from secretariat.plans.models import Commitment, CommitmentState
from secretariat.plans.views import evidence
from secretariat.plans.views.shown import acting_sentence
from secretariat.processes.models import Process, Track
from secretariat.processes.names import names_of

PAGE = "follow_up/update.html"
SOON = timedelta(days=30)
BESIDE = {
    "accept": _l("A proposal awaits your answer"),
    "reply": _l("An invitation awaits your answer"),
    "guest": _l("An invitation awaits your answer"),
    "lowering": _l("A wider label awaits your answer"),
    "comment": _l("A text awaits your government's comments"),
    "confirmation": _l("A text awaits your government's confirmation"),
    "clear": _l("A common paper awaits your government's clearance"),
    "check": _l("Your entries in the progress report await a look"),
    "details": _l("Your own details await a look"),
    "circular": _l("A circular awaits your word that you have it"),
    "workshop": _l("A workshop awaits your answer"),
    "contribution": _l("A contribution entered for you awaits your word"),
}


@blueprint.route("/l/<token>/update", methods=["GET", "POST"])
@by_link("update")
@takes_files
def update(link: OpenedLink) -> ResponseReturnValue:
    """Say where the commitments of one's participant stand."""
    asked = _asked(link)
    others = [one for one in links.beside(unit.db(), link, settings().secret_key) if one.scope in BESIDE]
    if not asked and not others:
        not_found()
    process, track = _enter(link)
    form = update_form(asked)
    if form.validate_on_submit():
        if "ring_me" in request.form:
            return _ring(form, process, track)
        if "remind" in request.form or "pass_on" in request.form:
            said = _remind(form, asked) if "remind" in request.form else _pass_on(form, asked)
            if said is not None and form.holds_more(asked):
                asked = _asked(link)
                form = update_form(asked, without_address=request.form.get("pass_on"))
                return still_open(said, request.path, form, PAGE, **_page(link, asked, others, process, track))
            if said is not None:
                return done(said, request.path)
        elif "ask_later" in request.form:
            if not form.pause_refused() and form.later.data is not None:
                return _pause(form.later.data, process.id, track.id)
        elif not form.missing(asked) and (said := _save(form, asked)) is not None:
            return done(said, request.path)
    return shown(form, PAGE, **_page(link, asked, others, process, track))


def _page(
    link: OpenedLink, asked: Sequence[Asked], others: Sequence[OpenedLink], process: Process, track: Track
) -> dict[str, Any]:
    """What the page shows around its form."""
    names = names_of(unit.db(), [link.hat.id], process=process.id)
    return {
        "asked": [one for one in asked if one.is_due],
        "rest": [one for one in asked if not one.is_due],
        "others": [(BESIDE[one.scope], f"/l/{one.token}/{one.scope}") for one in others],
        "participant": names.get(link.hat.id, "") if link.hat.id else "",
        "undelivered": not_delivered(
            unit.db(), PASSED_ON, [each.id for one in asked for each in one.lent], reminder=REMINDED
        ),
        "acting": acting_sentence(asked[0].commitment.plan) if asked else "",
        "file_in_words": evidence.in_words,
        "link": link,
        "rings": _rings(link),
        "may_remind": lambda one: may_be_asked_again(one, clock.today(process.zone), process.zone),
        "speaks": successors.office_of(unit.db(), unit.viewer(), process.id, track.id) is not None,
        "today": clock.today(),
    }


def _rings(link: OpenedLink) -> datetime | None:
    """When the reader asked to be rung, if that is still to come."""
    if link.process is None or link.track is None or link.person is None:
        return None
    series = queries.series_of(unit.db(), link.person, link.hat, link.process, link.track)
    return series.ring_asked_at if series else None


def _asked(link: OpenedLink) -> list[Asked]:
    """The commitments of the link that are still the participant's to report on, or what they were carried over to;
    those due soon first."""
    wanted = (
        select(Commitment)
        .where(
            Commitment.id.in_(link.subjects) | Commitment.carried_from_id.in_(link.subjects),
            Commitment.state == CommitmentState.ACCEPTED,
            Commitment.carried_at.is_(None),
        )
        .options(joinedload(Commitment.plan))
        .order_by(Commitment.due_on.is_(None), Commitment.due_on, Commitment.id)
    )
    viewer = unit.viewer()
    found = [one for one in unit.db().scalars(wanted) if plan_policy.may_report(viewer, one, one.plan)]
    lent = plan_queries.updates_lent(unit.db(), [one.id for one in found])
    keys = [one.id for one in found]
    drafted = plan_queries.files_of_drafts(unit.db(), keys)
    said, notes = plan_queries.statements_in_force(unit.db(), keys), plan_queries.notes_awaiting(unit.db(), keys)
    asking = plan_queries.without_obstacle(unit.db(), said.values())
    soon = clock.today() + SOON
    listed = [
        Asked(
            place,
            one,
            said.get(one.id),
            notes.get(one.id),
            one.due_on is None or one.due_on <= soon,
            lent.get(one.id, ()),
            drafted.get(one.id, ()),
            one.id in said and said[one.id].id in asking,
        )
        for place, one in enumerate(found)
    ]
    # Where nothing is due soon, nothing is put behind a fold: one came to say something.
    if any(one.is_due for one in listed):
        return listed
    return [replace(one, is_due=True) for one in listed]


def _enter(link: OpenedLink) -> tuple[Process, Track]:
    process = unit.db().scalar(select(Process).where(Process.id == link.process))
    track = unit.db().scalar(select(Track).where(Track.id == link.track))
    if process is None or track is None:
        not_found()
    place.enter(process, track=track)
    return process, track


def _save(form: UpdateForm, asked: Sequence[Asked]) -> str | None:
    """Keep everything that was said, or nothing; what to say of it, or None where something was refused."""
    saved = []
    for one in asked:
        given = form.answer(one)
        try:
            files = evidence.taken_in(form, f"f{one.place}")
        except Refused as refused:
            form.refuse(refused.sentence, refused.field)
            continue
        try:
            if given.note == CONFIRM and one.note is not None:
                plan_service.confirm_note(unit.db(), unit.viewer(), one.note)
                saved.append((one, one.note.status))
            if given.status is not None:
                plan_service.report_progress(
                    unit.db(),
                    unit.viewer(),
                    one.commitment,
                    given.status,
                    given.words,
                    language=current_reading().language.code,
                    obstacle=given.obstacle,
                    support=given.support,
                    files=files,
                    drafted=given.drafted,
                    correction_of=one.note if given.note == CORRECT else None,
                )
                saved.append((one, given.status))
        except Refused as refused:
            form.refuse(refused.sentence, f"s{one.place}")
        except NotAllowed:
            not_found()
    if form.wrong():
        unit.db().rollback()
        return None
    return _said(saved)


def _said(saved: Sequence[tuple[Asked, object]]) -> str:
    if len(saved) == 1:
        [(one, status)] = saved
        return _(
            "Saved. %(number)s: %(status)s. Member governments read it now; the next report will say so.",
            number=one.commitment.shown_number,
            status=STATUSES[str(status)].words,
        )
    return ngettext(
        "Saved, on %(num)s commitment. Member governments read it now; the next report will say so.",
        "Saved, on %(num)s commitments. Member governments read it now; the next report will say so.",
        len(saved),
    )


def _ring(form: UpdateForm, process: Process, track: Track) -> ResponseReturnValue:
    service.ring_me(unit.db(), unit.viewer(), process, track, form.ring_word.data or "")
    return done(_("Noted. The Secretariat rings you; until then nothing more is asked by mail."), request.path)


def _pass_on(form: UpdateForm, asked: Sequence[Asked]) -> str | None:
    """Lend the commitment whose button was pressed; what to say of it, or None where something was refused."""
    one = next((each for each in asked if request.form["pass_on"] == str(each.place)), None)
    if one is None:
        not_found()
    field = f"c{one.place}"
    if not form[field].data:
        form.refuse(_("Give your colleague’s address at work, for example name@ministry.example"), field)
        return None
    try:
        drafts.pass_on(unit.db(), unit.viewer(), one.commitment, form[field].data)
    except Refused as refused:
        form.refuse(refused.sentence, field)
        return None
    return _("Sent to your colleague, who reads this matter and nothing else. What comes back stands here; you report.")


def _remind(form: UpdateForm, asked: Sequence[Asked]) -> str | None:
    """Ask once more the colleague whose button was pressed; what to say of it, or None where that was refused."""
    found = next(((one, lent) for one in asked for lent in one.lent if request.form["remind"] == str(lent.id)), None)
    if found is None:
        not_found()
    one, lent = found
    try:
        drafts.remind(unit.db(), unit.viewer(), lent)
    except Refused as refused:
        form.refuse(refused.sentence, f"c{one.place}")
        return None
    return _("Your colleague is asked once more.")


@blueprint.route("/l/<token>/who-follows", methods=["GET", "POST"])
@by_link("update")
def who_follows(link: OpenedLink) -> ResponseReturnValue:
    """Tell the secretariat who holds the office now; nothing changes until the capital's letter is recorded."""
    process, track = _enter(link)
    office = successors.office_of(unit.db(), unit.viewer(), process.id, track.id)
    if office is None:
        not_found()
    places = {f"{role}-{taken.id}": (role, taken) for role, taken in successors.may_follow(unit.db(), office)}
    form = SuccessorForm(data={"place": next(iter(places))})
    form.place.choices = list(zip(places, _place_words(office, places.values()), strict=True))
    if form.ready():
        successors.tell(
            unit.db(), office, name=form.name.data or "", ministry=form.ministry.data or "",
            address=form.address.data or "", word=form.word.data or "", place=places[form.place.data],
        )  # fmt: skip
        return done(
            _("Thank you. The Secretariat asks the capital for its letter; until that is recorded nothing changes."),
            request.path,
        )
    names = names_of(unit.db(), [link.hat.id], process=process.id)
    return shown(
        form,
        "follow_up/who_follows.html",
        participant=names[link.hat.id] if link.hat.id else "",
        told=[
            one for role, taken in places.values() if (one := successors.told_of(unit.db(), taken.id, role)) is not None
        ],
        roles=hats.ROLE_WORDS,
        back=f"/l/{link.token}/update",
    )


def _place_words(office: Appointment, places: Collection[tuple[RoleName, Appointment]]) -> Iterator[str]:
    """The words for each office in which somebody can follow."""
    alternates = {one.appointment.id: one.card for one in with_cards(unit.db(), {taken for _role, taken in places})}
    for role, taken in places:
        card = alternates.get(taken.id)
        if role is not taken.role:
            yield _("Alternate, beside those there are")
        elif taken is office:
            yield _("My own: %(role)s", role=hats.ROLE_WORDS[role])
        else:
            yield _("Alternate, in place of %(name)s", name=card.name) if card else _("Alternate, in place of another")


def _pause(day: date, process: UUID, track: UUID) -> ResponseReturnValue:
    service.ask_me_after(unit.db(), unit.viewer(), process, track, day)
    shown_day = dates.day_in_full(day, weekday=False)
    return done(_("Noted. We ask again after %(day)s, not before.", day=shown_day), request.path)
