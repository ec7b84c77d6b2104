"""The calendar - a month or a list, of one process or of all of one's hat - and its feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config import Settings
from secretariat.core import clock, languages
from secretariat.core.days_off import country_of, holidays_in, weekend
from secretariat.core.hours import apart, instant
from secretariat.core.languages import current_reading, dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import NotAllowed
from secretariat.meetings import calendar_reading, feeds, joint_queries, queries
from secretariat.meetings import words as in_words
from secretariat.meetings.calendar_reading import Entry, entries_between
from secretariat.meetings.clashes import Span
from secretariat.meetings.feed_file import feed_file
from secretariat.meetings.feed_models import CalendarFeed, FeedKind
from secretariat.meetings.month import OnDay, laid_out, month_after, month_before, whole_weeks
from secretariat.meetings.views.base import blueprint, new_nonce
from secretariat.meetings.views.year import ways
from secretariat.pages import place, refusals, unit
from secretariat.pages.access import authorise, found, permission, public, signed_in
from secretariat.pages.forms import done
from secretariat.pages.unit import db, viewer
from secretariat.processes import queries as processes_of
from secretariat.processes.models import Body, Process

LIST_DAYS = 366
"""How far the list looks ahead of its month."""
FEED_SINCE = timedelta(days=366)
"""How far a feed looks back."""
FIRST_MONTH, LAST_MONTH = date(1990, 1, 1), date(2100, 12, 1)
"""Beyond these there is nothing to turn to."""


@blueprint.get("/calendar/")
@signed_in
def calendar_page() -> ResponseReturnValue:
    """Meetings by day, as a month or as a list."""
    mine = calendar_reading.processes_in(db(), viewer().processes)
    chosen = next((one for one in mine if one.slug == request.args.get("process")), None)
    if chosen is not None:
        place.enter(chosen)
    zone = current_reading().zone
    today = clock.today(zone)
    month = _month(request.args.get("month", ""), today)
    as_list = request.args.get("view") == "list"
    first_weekday = current_reading().language.locale.first_week_day
    days = Span(month, month + timedelta(days=LIST_DAYS)) if as_list else whole_weeks(month, first_weekday)
    wanted = [chosen.id] if chosen is not None else [one.id for one in mine]
    entries = entries_between(db(), days, wanted)
    country = country_of(chosen.zone if chosen is not None else zone)
    return render_template(
        "meetings/calendar.html",
        month=month,
        month_words=dates.month_in_full(month),
        weeks=laid_out(month, first_weekday, entries),
        entries=entries,
        in_month=sum(1 for one in entries if one.days.first <= _last_of(month) and one.days.last >= month),
        as_list=as_list,
        processes=mine,
        chosen=chosen,
        today=today,
        closed=weekend(country),
        holidays=_holidays(country, days) if not as_list else {},
        hours=_hours,
        when=_when,
        words=in_words,
        ways=ways(month, chosen),
        address_of=lambda asked, as_list=as_list: _address(asked, chosen, as_list=as_list),
        earlier=month_before(month) if month > FIRST_MONTH else None,
        later=month_after(month) if month < LAST_MONTH else None,
    )


def _month(typed: str, today: date) -> date:
    """The first day of the month asked for, `2026-04`; of the present one where none is, or none there can be."""
    try:
        asked = date.fromisoformat(f"{typed}-01")
    except ValueError:
        asked = today.replace(day=1)
    return asked if FIRST_MONTH <= asked <= LAST_MONTH else today.replace(day=1)


def _last_of(month: date) -> date:
    return month_after(month) - timedelta(days=1)


def _address(month: date, chosen: Process | None, *, as_list: bool) -> str:
    asked: dict[str, Any] = {"month": f"{month:%Y-%m}"}
    if chosen is not None:
        asked["process"] = chosen.slug
    if as_list:
        asked["view"] = "list"
    return url_for("meetings.calendar_page", **asked)


def _holidays(country: str, days: Span) -> dict[date, list[tuple[str, str, bool]]]:
    found: dict[date, list[tuple[str, str, bool]]] = {}
    for one in holidays_in(country, days.first, days.last, current_reading().language.code):
        found.setdefault(one.on, []).append((one.name, one.language, one.is_estimated))
    return found


def _hours(one: OnDay[Entry], on: date) -> str:
    """`09:00 Panama (08:00 here)`: when it begins on a day, by the clock of its place and, where that differs, the
    reader's."""
    sitting = one.entry.sitting_on(on)
    if sitting is None:
        return ""
    here = current_reading().zone
    begins = dates.hour_text(sitting.begins)
    where = dates.place_of_zone(sitting.zone)
    if not apart(sitting.begins_wall, sitting.zone, here):
        return _("%(hour)s %(place)s", hour=begins, place=where)
    mine = dates.on_clock_of(instant(sitting.begins_wall, sitting.zone), ZoneInfo(here))
    return _("%(hour)s %(place)s (%(mine)s here)", hour=begins, place=where, mine=dates.hour_text(mine))


def _when(entry: Entry) -> str:
    """The hours of the first day, for the list."""
    return _hours(OnDay(entry, 1, 1), entry.days.first)


# --- feeds --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownFeed:
    """A feed as its owner sees it. `address` is empty where it was made with an earlier secret of the installation."""

    row: CalendarFeed
    words: str
    address: str


@blueprint.get("/calendar/feeds")
@signed_in
def calendar_feeds() -> ResponseReturnValue:
    """The feeds one has made under this hat, and those one could make."""
    mine = calendar_reading.processes_in(db(), viewer().processes)
    bodies = _bodies(mine)
    there = {(one.kind, one.process_id, one.body_id) for one in feeds.own_feeds(db())}
    offered = [
        (FeedKind.PERSONAL.value, "", _("All my meetings"), (FeedKind.PERSONAL, None, None)),
        *((FeedKind.BODY.value, str(one.id), local_text(one.name), (FeedKind.BODY, one.process_id, one.id))
          for one in bodies),
        *((FeedKind.PUBLIC.value, str(one.id), _("What is public of %(process)s", process=one.acronym),
           (FeedKind.PUBLIC, one.id, None)) for one in mine if one.public_page),
    ]  # fmt: skip
    return render_template(
        "meetings/feeds.html",
        feeds=_shown(mine, bodies),
        offered=[(kind, of, words) for kind, of, words, holds in offered if holds not in there],
        new_nonce=new_nonce,
    )


@blueprint.post("/calendar/feeds/new")
@permission("make a calendar feed")
def make_feed() -> ResponseReturnValue:
    """Make a feed of one's own."""
    mine = calendar_reading.processes_in(db(), viewer().processes)
    kind = found(next((one for one in FeedKind if one.value == request.form.get("kind")), None))
    of = request.form.get("of", "")
    body = found(next((one for one in _bodies(mine) if str(one.id) == of), None)) if kind is FeedKind.BODY else None
    process = found(next((one for one in mine if str(one.id) == of), None)) if kind is FeedKind.PUBLIC else None
    try:
        feeds.make_feed(db(), _settings().secret_key, kind, process=process, body=body)
        authorise(True)
    except NotAllowed:
        authorise(False)
    said = _("Made. Whoever has the address reads what you read; give it to your calendar alone.")
    if kind is FeedKind.PUBLIC:
        said = _("Made. It holds what everybody may know, and nothing else.")
    return done(said, url_for("meetings.calendar_feeds"))


@blueprint.post("/calendar/feeds/<uuid:feed_id>/revoke")
@permission("revoke a calendar feed")
def revoke_feed(feed_id: UUID) -> ResponseReturnValue:
    """Close a feed of one's own for good."""
    authorise(feeds.revoke_feed(db(), feed_id))
    return done(_("Revoked. Its address is closed for good."), url_for("meetings.calendar_feeds"))


@blueprint.get("/calendar/feed/<feed>.ics")
@public("whoever holds the token of a feed; it opens with the eyes of whom it was made for")
def feed_of_calendar(feed: str) -> ResponseReturnValue:
    """The meetings of a feed, as whoever made it reads them now; not there once revoked or the appointment over."""
    opened = feeds.opened(unit.engine(), feed)
    if opened is None:
        refusals.note(refusals.LINK_REFUSED, scope="calendar feed", reason="revoked or never there")
    own = found(opened)
    make_viewer = current_app.extensions["make_viewer"]
    if not feeds.still_holds(own, make_viewer(unit.engine(), own.person, own.hat)):
        refusals.note(refusals.LINK_REFUSED, scope="calendar feed", reason="appointment ended")
        found(None)
    if own.kind is FeedKind.PUBLIC:
        unit.act_as(None)
    else:
        unit.act_as(own.person, own.hat)
    with languages.reading_in(own.language or current_reading().language.code, zone=own.zone or None):
        content = _content(own)
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return answer


def _content(own: feeds.OpenedFeed) -> bytes:
    """Raises the 404 where what the feed holds is no longer its reader's, or no longer public."""
    settings, since = _settings(), clock.today() - FEED_SINCE
    process = found(calendar_reading.process_by_id(db(), own.process)) if own.process is not None else None
    body = found(processes_of.body(db(), process, own.body)) if process is not None and own.body is not None else None
    if own.kind is FeedKind.PUBLIC:
        found(process if process is not None and process.public_page else None)
    wanted = [process.id] if process is not None else list(viewer().processes)
    only = body.id if body is not None else None
    name = local_text(body.name) if body is not None else process.acronym if process is not None else _("Meetings")
    meetings = calendar_reading.meetings_sent(db(), since, processes=wanted, body=only)
    notices = calendar_reading.notices_sent(db(), since, processes=wanted, body=only)
    known = {one.id for one in meetings}
    return feed_file(
        name,
        meetings,
        [one for one in notices if one.meeting_id not in known],
        joint_queries.notices_sent(db(), since, wanted) if only is None else (),
        page_of=lambda key: f"{settings.base_url}{url_for('meetings.show', meeting_id=key)}",
        page_of_joint=lambda key: f"{settings.base_url}{url_for('meetings.joint_notice', notice_id=key)}",
        sender=settings.mail_sender,
        private=own.kind is not FeedKind.PUBLIC,
    )


def _bodies(mine: Sequence[Process]) -> list[Body]:
    return queries.bodies_of(db(), [one.id for one in mine], clock.today())


def _shown(mine: Sequence[Process], bodies: Sequence[Body]) -> list[ShownFeed]:
    of_body = {one.id: local_text(one.name) for one in bodies}
    of_process = {one.id: one.acronym for one in mine}
    secret = _settings().secret_key
    shown = []
    for one in feeds.own_feeds(db()):
        words = _("All my meetings")
        if one.kind is FeedKind.BODY:
            words = of_body.get(one.body_id, "") if one.body_id is not None else ""
        if one.kind is FeedKind.PUBLIC:
            acronym = of_process.get(one.process_id, "") if one.process_id is not None else ""
            words = _("What is public of %(process)s", process=acronym)
        token = feeds.token_of(secret, one.id)
        is_ours = feeds.digest_of(token) == one.digest
        address = f"{_settings().base_url}{url_for('meetings.feed_of_calendar', feed=token)}" if is_ours else ""
        shown.append(ShownFeed(one, words, address))
    return shown


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
