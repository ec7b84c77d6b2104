"""What follow-up adds to the page that says why somebody got a mail or not: holds, skips, calls, wishes to be rung or
left alone, and for each day without a message the planner's reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from secretariat.core import audit, clock
from secretariat.core.languages import dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.models import AuditContent, AuditEntry
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.follow_up import manner as manners
from secretariat.follow_up import queries, service, why
from secretariat.follow_up.contact_models import ContactNote
from secretariat.follow_up.models import UNSENT, Digest, DigestSeries, Reminder
from secretariat.follow_up.planner import Asked, Item, Series
from secretariat.follow_up.why import Because, Why
from secretariat.mail.told import Asking, Told

ACTS: dict[str, Any] = {
    "reminders held": _l("Held by the Secretariat: nothing goes until it is let go."),
    "reminders let go": _l("Let go by the Secretariat."),
    "round skipped": _l("This round was skipped by the Secretariat."),
    "reminder sent by hand": _l("Sent now by the Secretariat, whatever the day."),
    "absence notice": _l("An absence notice came back: what was asked goes to the alternate."),
    "asked to be rung": _l("The person asked to be rung: nothing goes by mail until then."),
    "rung as asked": _l("Rung as asked: messages go again in their time."),
    "asked to wait": _l("The person asked to be left alone for some time."),
    "asked to wait no longer": _l("The person no longer asks to be left alone."),
}
"""Acts on record about what one person is sent."""


def acts(session: ViewerSession, asking: Asking) -> list[Told]:
    """What was done about this person's messages on those days."""
    begin = datetime.combine(asking.first, time(), ZoneInfo(asking.zone))
    end = datetime.combine(asking.last + timedelta(1), time(), ZoneInfo(asking.zone))
    rows = session.execute(
        select(AuditEntry.at, AuditEntry.kind, AuditContent.content)
        .join(AuditContent, AuditContent.entry_id == AuditEntry.id)
        .where(
            AuditEntry.chain == audit.chain_name(asking.process.slug, asking.track.slug),
            AuditEntry.kind.in_(ACTS),
            AuditEntry.at >= begin,
            AuditEntry.at < end,
        )
    )
    told = [
        Told(at, ACTS[kind], _until(content))
        for at, kind, content in rows
        if content.get("person") == str(asking.person)
    ]
    notes = session.scalars(
        select(ContactNote).where(
            ContactNote.track_id == asking.track.id,
            ContactNote.person_id == asking.person,
            ContactNote.contacted_at >= begin,
            ContactNote.contacted_at < end,
        )
    )
    return told + [_of_note(one) for one in notes]


def _until(content: dict[str, Any]) -> str:
    day = content.get("until")
    return dates.day_in_full(date.fromisoformat(day), weekday=False) if day else ""


def _of_note(note: ContactNote) -> Told:
    words = _("A contact: what was due counts as asked.") if note.was_reached else _("A contact was tried.")
    return Told(note.contacted_at, words, address=f"/contacts/{note.id}")


def reasons(session: ViewerSession, asking: Asking) -> dict[date, Sequence[Any]]:
    """Why no reminder went on each of those days, as things stand today."""
    process, track = asking.process, asking.track
    asked = queries.asked(session, process.id, track.id, clock.today(process.zone))
    offices = {
        participant: persons[asking.person] for participant, persons in asked.items() if asking.person in persons
    }
    return {
        day: [
            sentence
            for participant, held in offices.items()
            for sentence in _sentences(session, asking, participant, held, day)
        ]
        or [_("This person is not asked by reminders: that is for focal points, and for alternates after them.")]
        for day in (asking.first + timedelta(ahead) for ahead in range((asking.last - asking.first).days + 1))
        if day <= clock.today(asking.zone)
    }


def _sentences(
    session: ViewerSession, asking: Asking, participant: UUID, offices: frozenset[str], day: date
) -> list[str]:
    process, track = asking.process, asking.track
    manner = manners.read(session, process.id, track.id)
    if manner.stopped:
        return [_("The policy sends no reminders for now.")]
    who = service.Recipient(asking.person, Hat(HatKind.PARTICIPANT, participant), process.id, track.id)
    every = service.open_things(session, process, track)
    things = [one for one in every if one.participant == participant and one.office in offices]
    meetings = queries.meetings_ahead(session, process.id, track.id, day)
    items = [_as_of(one, day) for one in manners.items_of(things, manner, meetings) if one.since <= day]
    row = queries.series_of(session, who.person, who.hat, process.id, track.id)
    series = _series_before(session, row, day)
    with system_access(session, Reason.FOLLOW_UP) as system:
        is_quiet = service.where_of(system, who, manner).is_quiet
    because = why.because(items, manner.rules, day, series, is_quiet)
    found = [in_words(because)]
    if because.why is Why.DUE and row is not None:
        found += [_("It is held by the Secretariat.")] if row.held_at is not None else []
        found += [_("It waits until the person is rung, as asked.")] if row.ring_asked_at is not None else []
    return found


def _as_of(item: Item, day: date) -> Item:
    """What was said since is no answer on that day yet."""
    later = item.last_word_on is not None and item.last_word_on > day
    return replace(item, last_word_on=None) if later else item


def _series_before(session: ViewerSession, row: DigestSeries | None, day: date) -> Series:
    """What had gone before a day."""
    if row is None:
        return Series()
    digests = {
        one.id: one for one in session.scalars(select(Digest).where(Digest.series_id == row.id, Digest.window < day))
    }
    reminders = session.scalars(select(Reminder).where(Reminder.digest_id.in_(sorted(digests, key=str))))
    return Series(
        tuple(sorted(one.window for one in digests.values() if one.kind not in UNSENT)),
        frozenset(Asked(one.kind, one.subject_id, one.step, one.cycle) for one in reminders),
        row.not_before,
    )


def in_words(one: Because) -> str:
    """A reason as a sentence."""
    day = dates.day_in_full(one.on, weekday=False) if one.on else ""
    return {
        Why.NOTHING_OPEN: _("Nothing is awaited of whom the person speaks for."),
        Why.ASKED_TO_WAIT: _("The person asked to be left alone until %(day)s.", day=day),
        Why.QUIET_DAY: _("Something was due, but nobody there is written to on this day: a weekend, a holiday or a "
                         "period the process keeps free."),
        Why.TOO_SOON: _("Something was due, but the last message went on %(day)s, and the policy leaves more time "
                        "between two.", day=day),
        Why.ENOUGH: _("Something was due, but the policy allows no more messages in three months."),
        Why.NEXT_STEP: _("No step of the policy was due; the next one comes on %(day)s.", day=day),
        Why.ALL_ASKED: _("All steps of the policy were asked; what is left is a call."),
        Why.DUE: _("A message was due, from the sending hour of the person’s own zone on."),
    }[one.why]  # fmt: skip
