"""The digest: what is asked, what comes later, the last thing told us, and one link."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from config import Settings
from secretariat.core import awaited, clock
from secretariat.core.awaited import Awaited
from secretariat.core.labelling import label_values
from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import templating
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.directory import viewers
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.follow_up import chair_letters, contact_queries, planner, queries, reply_letters, service, wording
from secretariat.follow_up import manner as manners
from secretariat.follow_up.models import Digest, DigestKind
from secretariat.mail import composition, delivery, recipients
from secretariat.mail.composition import Later, Letter, Sending
from secretariat.mail.models import OutboxMessage
from secretariat.mail.recipients import participant_name
from secretariat.meetings import lent_queries
from secretariat.pages.statuses import STATUSES
from secretariat.processes.models import Process

__all__ = ["chair_letters", "reply_letters"]

log = structlog.get_logger()

LINK_DAYS = 45
COMING_DAYS = 90
LENT_FOR = timedelta(days=3)
"""A draft that has been with a colleague for so long is named in the digest of whoever waits for it."""
HELD_FOR = timedelta(hours=1)
"""How often a digest that is held is looked at again."""

SCOPES = {
    "commitment": "update",
    "proposal": "accept",
    "invitation": "reply",
    "guest": "guest",
    "lowering": "lowering",
    "comments": "comment",
    "text_confirmation": "confirmation",
    "clearance": "clear",
    "report_check": "check",
    "contact_card": "details",
    "circular": "circular",
    "workshop": "workshop",
    "workshop_papers": "workshop",
    "workshop_use": "workshop",
    "contribution": "contribution",
}
"""The page on which each kind is answered, as the scope of its link."""

BEHIND_SIGN_IN = {
    "language_version": ("/documents", "within"),
    "submission": ("/submissions", "subject"),
    "position": ("/positions", "subject"),
    "choice": ("/choices", "subject"),
    "support_given": ("/support-given", "subject"),
}
"""What is seen to on a page behind sign-in, by kind, with the attribute that names the page: a file is not handed over
to whoever holds a link, and an answer to civil society is not written there."""

UNTITLED = {
    "proposal": _l("A proposal awaits your answer. What it says stands behind the link, for you alone."),
    "invitation": _l("An invitation awaits your answer."),
    "guest": _l("An invitation awaits your answer."),
    "lowering": _l("Whether a paper of yours may be read by more awaits your answer."),
    "comments": _l("A text awaits your government's comments."),
    "text_confirmation": _l("A text adopted ad referendum awaits the word of your capital."),
    "clearance": _l("A common paper for an outside forum awaits your government's clearance."),
    "report_check": _l("Your entries in the progress report await a look before it is issued."),
    "support_given": _l("What was noted as given to your government awaits your word."),
    "circular": _l("A circular awaits your word that you have it."),
    "contact_card": _l("How to reach you, as it is known here, awaits your word: is it still right?"),
    "language_version": _l("A document is awaited from you in another language."),
    "submission": _l("A submission of the network awaits your government's answer."),
    "position": _l("A position of the network awaits the signature of your organization."),
    "choice": _l("Who goes for the network awaits the vote of your organization."),
    "contribution": _l("A contribution entered for you awaits your word: is it right?"),
    "workshop": _l("A workshop awaits the people your government names."),
    "workshop_papers": _l("A workshop your people came to awaits what they mark of it."),
    "workshop_use": _l("A workshop of half a year ago: what could your people use of it?"),
}
"""What stands in place of the words of a thing that is for named readers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the letter. `title` is empty where its words may not stand in a mail."""

    title: Any
    untitled: str
    due_on: date | None
    last_word: str
    last_word_on: date | None
    status: str
    language: str = ""
    page: str = ""


def compose_digest(session: Session, sending: Sending) -> Letter | None:
    """The digest as it stands now: what was answered meanwhile is no longer asked, and nothing goes on a quiet day."""
    digest = session.scalar(select(Digest).where(Digest.id == sending.id_of("digest")))
    if digest is None or sending.process is None or sending.track is None:
        return None
    if queries.later_digest(session, digest) is not None:
        return None  # a later one says the same, and more (`queries.questions_of`)
    with system_access(session, Reason.FOLLOW_UP) as system:
        if sending.hat.id not in queries.asked(system, sending.process.id, sending.track, clock.today()):
            return None  # its participant has left or is suspended
        viewer = viewers.viewer_within(system, sending.person, sending.hat)
    asked = queries.questions_of(session, digest)
    things = service.awaited_by(session, viewer, sending.process.id, sending.track, sending.today)
    spoken = contact_queries.spoken_about(
        session, sending.process.id, sending.track, sending.hat.id, sending.recipient.zone
    )
    open_questions = {
        one.subject
        for one in things
        if any(_is_open(question, one) and not _was_spoken_of(question, one, spoken) for question in asked)
    }
    if not open_questions:
        return None
    if digest.kind is DigestKind.BY_POLICY:
        _wait_for_the_hour(session, sending, digest)
    thread, occasion = f"digest.{digest.series_id.hex}", queries.occasion_of(session, digest)
    return letter(session, sending, things, open_questions, digest.personal_line, thread, occasion)


def _is_open(question: queries.Question, one: Awaited) -> bool:
    """Whether this is still to be asked: a word since, or another date since, is an answer."""
    if question.subject not in (one.subject, *one.earlier) or one.cycle != question.cycle:
        return False
    return one.last_word_on is None or one.last_word_on < question.since


def _was_spoken_of(question: queries.Question, one: Awaited, spoken: Mapping[UUID, date]) -> bool:
    """Whether it was asked in a call while the mail waited."""
    return any(spoken.get(key, date.min) >= question.since for key in (one.subject, *one.earlier))


def _wait_for_the_hour(session: Session, sending: Sending, digest: Digest) -> None:
    """A mail may have waited: what was held or stopped meanwhile waits on, and is neither sent nor lost."""
    who = service.Recipient(sending.person, sending.hat, digest.series.process_id, digest.series.track_id)
    with system_access(session, Reason.FOLLOW_UP) as system:
        manner = manners.read(system, who.process, who.track)
        at = service.next_hour(service.where_of(system, who, manner), manner, digest.series.not_before)
    if manner.stopped or digest.series.held_at is not None:
        raise Later(clock.now() + HELD_FOR, "held by the secretariat")
    if digest.series.ring_asked_at is not None:
        raise Later(clock.now() + HELD_FOR, "asked to be rung instead")
    if at is not None:
        raise Later(at, "outside the hours of the recipient")


def letter(
    session: Session,
    sending: Sending,
    things: Sequence[Awaited],
    asked: Collection[UUID],
    personal_line: str,
    thread: str,
    occasion: str = "",
    *,
    words: str | None = None,
) -> Letter:
    """The letter about these things; `asked` are those a word is asked for, the others come later. `occasion` is the
    step that says why it comes to this reader: to an alternate, to a successor. `words` are those to be tried in place
    of the track's own, with their placeholders by their keys."""
    levels = {key: value.level for key, value in label_values(session, _labels(things)).items()}
    now = [one for one in things if one.subject in asked]
    horizon = sending.today + timedelta(COMING_DAYS)
    later = [
        one
        for one in things
        if one.subject not in asked and one.due_on is not None and sending.today <= one.due_on <= horizon
    ]
    shown = [level for one in [*now, *later] for level in _levels_of(one, levels)]
    lent = _lent(session, sending)
    meetings = label_values(session, {one.meeting_label_id for one in lent})
    shown += [meetings[one.meeting_label_id].level for one in lent]
    link = _link(sending, things, now)
    another_time = "/update" in link  # the one page that offers it
    return sending.letter(
        _("Where things stand"),
        level=max((one for one in shown if one is not Level.NAMED), key=lambda one: one.weight, default=Level.PUBLIC),
        thread=thread,
        unsubscribe=f"{link}#later" if another_time else "",
        template="digest",
        asked=[_entry(one, levels, _page_of(sending, one) if "/l/" in link else "") for one in now],
        coming=[_entry(one, levels) for one in later if levels.get(one.label_id or 0, Level.NAMED) is not Level.NAMED],
        lent=[
            (None if meetings[one.meeting_label_id].level is Level.NAMED else one.meeting_title, one.lent_at)
            for one in lent
        ],
        own_page=sending.page(f"/processes/{sending.process.slug}/my-government") if sending.process else "",
        personal_line=personal_line,
        occasion=occasion,
        link=link,
        another_time=another_time,
        by_link="/l/" in link,
        until=sending.today + timedelta(LINK_DAYS),
        own_words=_own_words(session, sending, words),
    )


def _own_words(session: Session, sending: Sending, words: str | None) -> list[wording.Paragraph]:
    """The words of the track in the reader's language; empty for the usual ones, also where its own have become
    unusable since they were written: the secretariat is told (`queries.unusable_words`), the reader loses nothing."""
    if sending.process is None or sending.track is None:
        return []
    if words is None:
        with system_access(session, Reason.FOLLOW_UP) as system:
            row = queries.template_of(system, sending.process.id, sending.track, sending.recipient.language)
            words = row.text if row else ""
    if not words:
        return []
    values = {"process": templating.local_text(sending.process.name), "participant": _participant(session, sending)}
    try:
        return wording.paragraphs(words, values)
    except wording.Unusable as unusable:
        log.warning("words of a digest cannot be used", process=sending.process.slug, why=unusable.sentence)
        return []


def _participant(session: Session, sending: Sending) -> str:
    if sending.hat.id is None or sending.process is None:
        return ""
    with system_access(session, Reason.FOLLOW_UP) as system:
        return participant_name(system, sending.hat.id, sending.recipient.language, sending.process.id)


def _lent(session: Session, sending: Sending) -> Sequence[Row[*tuple[Any, ...]]]:
    """Drafts of the recipient's government that lie with colleagues. They are told where a digest goes anyway: they
    send none themselves, and nothing of them is kept with it, for the secretariat reads what is kept."""
    before = sending.today - LENT_FOR
    if sending.process is None or sending.track is None or sending.hat.id is None:
        return []
    rows = lent_queries.with_colleagues(session, sending.process.id, sending.hat.id)
    zone = ZoneInfo(sending.process.zone)
    here = [one for one in rows if one.replied_at is None and one.track_id == sending.track]
    return [one for one in here if one.lent_at.astimezone(zone).date() <= before]


def _link(sending: Sending, things: Sequence[Awaited], asked: Sequence[Awaited]) -> str:
    """One link for all of it: the page of updates, or, where one other thing is asked and no more, that thing's own."""
    if asked and all(one.kind in BEHIND_SIGN_IN for one in asked):
        return _page_of(sending, asked[0]) if len(asked) == 1 else sending.page("/")
    alone = [one for one in asked if one.kind != "commitment" and one.kind in SCOPES]
    own = [sending.link(SCOPES[one.kind], [one.subject], days=LINK_DAYS) for one in alone]
    commitments = [one.subject for one in things if one.kind == "commitment"]
    if len(asked) == len(own) == 1:
        return own[0]
    return sending.link("update", commitments, days=LINK_DAYS)


def _labels(things: Sequence[Awaited]) -> list[int]:
    labels = {label for one in things for label in (one.label_id, one.last_word_label_id)}
    return sorted(label for label in labels if label is not None)


def _levels_of(one: Awaited, levels: dict[int, Level]) -> list[Level]:
    """How heavy a thing is, and what was last said of it: the one can stand in the letter without the other."""
    own = levels.get(one.label_id or 0, Level.NAMED)
    return [own] if one.last_word_on is None else [own, levels.get(one.last_word_label_id or 0, Level.NAMED)]


def _page_of(sending: Sending, one: Awaited) -> str:
    """Where a thing is seen to behind sign-in; empty for what the link opens."""
    if one.kind not in BEHIND_SIGN_IN:
        return ""
    path, attribute = BEHIND_SIGN_IN[one.kind]
    return sending.page(f"{path}/{getattr(one, attribute)}")


def _entry(one: Awaited, levels: dict[int, Level], page: str = "") -> Entry:
    """`page` is where it is seen to, where the one link of the letter does not lead there."""
    named = levels.get(one.label_id or 0, Level.NAMED) is Level.NAMED
    silent = Level.NAMED in _levels_of(one, levels)
    status = STATUSES.get(one.status)
    return Entry(
        title=None if named else one.title,
        untitled=str(UNTITLED.get(one.kind, _l("A word from you is awaited."))) if named else "",
        due_on=one.due_on,
        last_word="" if silent or one.last_word is None else templating.local_text(one.last_word),
        last_word_on=None if silent else one.last_word_on,
        status="" if silent or status is None else str(status.words),
        language="" if named else one.language,
        page=page,
    )


def shown_letter(
    session: ViewerSession,
    settings: Settings,
    who: service.Recipient,
    *,
    language: str = "",
    words: str | None = None,
) -> Letter | None:
    """The digest as its recipient would read it now, less what the officer who looks may not read.

    `session` has the officer's eyes and may write. Nothing in the letter tells that something is left out, its link
    opens nothing, and nothing is kept of it. None where nothing is awaited. `language` and `words` show it in
    another language than the recipient's, and in words that are not kept yet.
    """
    with system_access(session, Reason.FOLLOW_UP) as system:
        viewer = viewers.make_viewer(system, who.person, who.hat, clock.today())
        unsent = OutboxMessage(
            id=UUID(int=0), notice=service.NOTICE, number="XXXX-XXXX", person_id=who.person, hat=str(who.hat),
            process_id=who.process, track_id=who.track, subject={},
        )  # fmt: skip
        sending = delivery.sending_of(system, settings, unsent, viewer, preview=True)
        if language and language != sending.recipient.language:
            sending = replace(sending, recipient=_in_language(system, sending, viewer, language))
    with delivery.reading_for(sending):
        return _shown(session, sending, who, words)


def _in_language(system: SystemSession, sending: Sending, viewer: Viewer, language: str) -> recipients.Recipient:
    """The recipient as if this were the language of her or his card."""
    process = system.get(Process, sending.process.id) if sending.process else None
    return recipients.recipient_of(
        system, sending.person, viewer, process, sending.track, sending.recipient.address, language
    )


def _shown(session: ViewerSession, sending: Sending, who: service.Recipient, words: str | None) -> Letter | None:
    seen = {one.subject for one in awaited.awaited(session, sending.today, process=who.process, participant=who.hat.id)}
    things = service.awaited_of(session, who, only=seen)
    if not things:
        return None
    row = queries.series_of(session, who.person, who.hat, who.process, who.track)
    asked = queries.histories(session, [row])[row.id].asked if row else frozenset()
    manner = manners.read(session, who.process, who.track)
    items = [one for one in service.items_awaited(session, who, manner) if one.subject in seen]
    due = {one.item.subject for one in planner.due_items(items, manner.rules, sending.today, asked)}
    return letter(
        session, sending, things, due or {one.subject for one in things}, row.personal_line if row else "", "",
        words=words,
    )  # fmt: skip


composition.register(service.NOTICE, compose_digest, roles=(*SPEAKING_ROLES, *queries.OWN_OFFICES), answerable=True)
