"""The secretariat's page of mail: what waits, what is held, what could not be delivered, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from secretariat.core import clock
from secretariat.core.heartbeats import last
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed
from secretariat.directory.models import ContactCard
from secretariat.mail import policy, queries, reasons, service, told
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.mail.queries import Happening
from secretariat.mail.sending import why_not
from secretariat.mail.told import Told
from secretariat.mail.views.links import settings
from secretariat.mail.views.rooms import blueprint
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.lists import pages_of
from secretariat.processes.models import Process, Track

_FIRST_DAY = date(2000, 1, 1)


@blueprint.get("/processes/<slug>/mail/")
@permission("look after mail", policy.keeps_mail)
def outbox(slug: str) -> ResponseReturnValue:
    """Mails of the track, what needs a person first."""
    process, track = _kept(slug)
    wanted = request.args.get("state", "")
    state = MailState(wanted) if wanted in set(MailState) else None
    statement = queries.mails_of(track.id, state)
    total = unit.db().scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    pages = pages_of(total)
    mails = unit.db().scalars(statement.limit(pages.rows).offset(pages.offset)).all()
    troubled = [
        one for kind in queries.NEEDS_A_PERSON for one in unit.db().scalars(queries.mails_of(track.id, kind).limit(50))
    ]
    return render_template(
        "mail_pages/outbox.html",
        process=process,
        mails=mails,
        troubled=troubled,
        names=_names(process, track, [*mails, *troubled]),
        pages=pages,
        state=state,
        states=[(one.value, reasons.state_in_words(one)) for one in MailState],
        words=reasons,
        stopped=bool(why_not(unit.engine(), settings())),
        delivered_at=last(unit.engine(), "delivery"),
    )


@blueprint.route("/processes/<slug>/mail/<uuid:message>", methods=["GET", "POST"])
@permission("look after mail", policy.keeps_mail)
def one_mail(slug: str, message: UUID) -> ResponseReturnValue:
    """One mail: what happened to it, and what can be done."""
    process, track = _kept(slug)
    mail = found(queries.mail(unit.db(), message))
    authorise(mail.track_id == track.id)
    form = Form()
    if form.ready():
        try:
            return done(_act(mail), url_for("mail.one_mail", slug=slug, message=message))
        except NotAllowed:
            form.refuse(_("This can no longer be done: the mail has moved on. What it is now stands below."))
        except service.ChangedMeanwhileError:
            form.refuse(_("The mail moved on in the meantime; nothing was changed. What it is now stands below."))
            unit.db().expire_all()
    return shown(
        form,
        "mail_pages/mail.html",
        process=process,
        mail=mail,
        name=_names(process, track, [mail]).get(mail.person_id, ""),
        history=queries.history(unit.db(), mail),
        words=reasons,
        may_hold=policy.may_hold(unit.viewer(), mail),
        may_send_again=policy.may_send_again(unit.viewer(), mail),
        may_settle=policy.may_settle(unit.viewer(), mail),
    )


def _act(mail: OutboxMessage) -> str:
    act, db, viewer = request.form.get("act", ""), unit.db(), unit.viewer()
    if act == "hold":
        service.hold(db, viewer, mail)
        return _("Held. It does not leave until you let it go.")
    if act == "settle":
        service.settle_as_sent(db, viewer, mail)
        return _("Noted as arrived. It is not sent again.")
    service.send_again(db, viewer, mail)
    return _("On its way, to the address that stands on the person’s card now.")


@blueprint.get("/processes/<slug>/mail/people/<uuid:person>")
@permission("look after mail", policy.keeps_mail)
def day_of_person(slug: str, person: UUID) -> ResponseReturnValue:
    """Why a person did or did not get a mail on a day."""
    process, track = _kept(slug)
    zone = current_reading().zone
    day = _day(request.args.get("day", ""), zone)
    whole_week = request.args.get("span") == "week"
    first = day - timedelta(day.weekday()) if whole_week else day
    asking = told.Asking(process, track, person, first, first + timedelta(6) if whole_week else day, zone)
    name = _name_of(process, track, person)
    days = _days(asking)
    if not name and not any(one.happened for one in days):
        found(None)
    return render_template(
        "mail_pages/day.html",
        process=process,
        name=name,
        day=day,
        days=days,
        whole_week=whole_week,
        words=reasons,
        person=person,
    )


@dataclass(frozen=True, slots=True)
class DayOfPerson:
    """One day: what happened to the mails of a person, what was done about them, and why nothing was due."""

    on: date
    happened: Sequence[Happening]
    acts: Sequence[Told]
    why: Sequence[Any]


def _days(asking: told.Asking) -> list[DayOfPerson]:
    acts, why = told.acts_of(unit.db(), asking), told.reasons_of(unit.db(), asking)
    found_days = []
    for day in (asking.first + timedelta(ahead) for ahead in range((asking.last - asking.first).days + 1)):
        happened = queries.happenings(unit.db(), asking.track.id, asking.person, day, asking.zone)
        done_then = [one for one in acts if one.at.astimezone(ZoneInfo(asking.zone)).date() == day]
        asked = any(one.message.notice == "digest" for one in happened)
        found_days.append(DayOfPerson(day, happened, done_then, () if asked else why.get(day, ())))
    return found_days


def _day(written: str, zone: str) -> date:
    """The day asked for; today for what is none, or lies where no mail can have been."""
    today = clock.today(zone)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return today
    return day if _FIRST_DAY <= day <= today + timedelta(days=1) else today


def _kept(slug: str) -> tuple[Process, Track]:
    process = found(unit.db().scalar(select(Process).where(Process.slug == slug)))
    track = found(
        unit.db().scalar(select(Track).where(Track.id == unit.viewer().hat.id, Track.process_id == process.id))
    )
    authorise(unit.viewer().keeps(track.id))
    place.enter(process, track=track)
    return process, track


def _names(process: Process, track: Track, mails: Iterable[OutboxMessage]) -> dict[UUID, str]:
    cards = unit.db().scalars(
        select(ContactCard).where(
            ContactCard.process_id == process.id,
            ContactCard.track_id == track.id,
            ContactCard.person_id.in_({mail.person_id for mail in mails}),
        )
    )
    return {card.person_id: card.name for card in cards}


def _name_of(process: Process, track: Track, person: UUID) -> str:
    card = unit.db().scalar(
        select(ContactCard).where(
            ContactCard.process_id == process.id, ContactCard.track_id == track.id, ContactCard.person_id == person
        )
    )
    return card.name if card else ""
