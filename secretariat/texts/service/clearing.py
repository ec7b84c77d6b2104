"""A common paper for an outside forum: its members are asked to clear it, each says so, and it is sent.

Silence is no clearance: who has said nothing has not cleared the paper yet, whatever day it is. The chair releases one
that is read as paragraphs by pronouncing it adopted (`adopting.pronounce`): cleared by all, under the silence procedure
of the process, or in the name of some alone. One that is a file is released (`release`) once all have cleared it, or in
the name of those alone who have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.languages import dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import list_text
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.directory.contacts import Contact, contacts_of
from secretariat.documents.models import Document, DocumentState
from secretariat.documents.service import await_no_more
from secretariat.mail import outbox
from secretariat.processes import clauses as clauses_of
from secretariat.processes.names import in_order, names_of
from secretariat.texts import clearance_queries, membership, policy, queries
from secretariat.texts.clearance_models import CLEAR, Clearance, ClearanceAnswer, ClearanceSays
from secretariat.texts.models import TextEdition
from secretariat.texts.service import state
from secretariat.texts.service.silence import check_stands

ASKED = "clearance_asked"
"""The mail that asks a member to clear a paper."""
LONGEST_WORDS = 10_000


def members(session: Session, document: Document) -> frozenset[UUID]:
    """Those in whose name a paper goes out: the members its text concerns, today."""
    place = (document.process_id, document.track_id, document.body_id)
    return membership.members_of(session, [place], clock.today(document.process.zone))[place]


def whom_it_asks(session: Session, document: Document) -> list[Contact]:
    """The focal points and alternates of these, one entry a person and hat."""
    on = clock.today(document.process.zone)
    return contacts_of(session, document.process_id, document.track_id, on, members(session, document))


def ask(session: ViewerSession, document: Document, forum: LocalText, due_on: date, clear_by: date) -> Clearance:
    """Ask the members to clear a paper by a day, for a forum that is to have it by a later one; each has a letter.

    Raises NotAllowed, Refused.
    """
    require(policy.may_ask_clearance(session.viewer, document))
    edition = queries.edition_of(session, document.id)
    _lock(session, document, edition)
    _check_stands(session, document, edition)
    if edition is not None and state.is_adopted(session, edition.text_id):
        raise Refused(_("This text is adopted already."))
    if clearance_queries.clearance_of(session, document.id) is not None:
        raise Refused(_("Members are asked to clear this paper already; change the days instead."))
    _check_days(document, due_on, clear_by)
    _check_readers(session, document)
    made = Clearance(
        document_id=document.id,
        edition_id=edition.id if edition is not None else None,
        process_id=document.process_id,
        track_id=document.track_id,
        forum=forum,
        due_on=due_on,
        clear_by=clear_by,
        asked_at=clock.now(),
    )
    attach(session, made, container=edition or document)
    session.flush()
    session.refresh(made, ["document", "edition"])
    asked = _ask_members(session, made)
    record(session, "clearance of a paper asked", made, by=clear_by.isoformat(), letters=asked)
    session.flush()
    return made


def change(session: ViewerSession, found: Clearance, forum: LocalText, due_on: date, clear_by: date) -> None:
    """Another day, or another name of the forum. Members that have come since are asked too.

    Raises NotAllowed, Refused.
    """
    document = found.document
    require(policy.may_keep_clearance(session.viewer, found))
    _lock_clearance(session, found)
    _check_open(session, found)
    _check_days(document, due_on, clear_by)
    _check_readers(session, document)
    found.forum, found.due_on, found.clear_by = forum, due_on, clear_by
    session.flush()
    asked = _ask_members(session, found)
    record(session, "days of a clearance changed", found, by=clear_by.isoformat(), letters=asked)
    session.flush()


def answer(
    session: ViewerSession, row: ClearanceAnswer, says: ClearanceSays, words: str = "", noted_word: str = ""
) -> None:
    """A member says where its clearance stands; or the secretariat notes what it was told. It may say another thing
    until the paper is released. Raises NotAllowed, Refused."""
    viewer, found = session.viewer, row.clearance
    require(policy.may_clear(viewer, row))
    own = viewer.participant == row.participant_id
    _lock_clearance(session, found)
    session.refresh(row, ["said_at", "noted_word"])
    _check_open(session, found)
    if not own and row.said_at is not None and not row.noted_word:
        raise Refused(_("This government has answered itself."))
    if not own and not noted_word:
        raise Refused(_("Say how its word reached you, for example: note verbale 12/2027"), "word")
    if says is ClearanceSays.WITH_COMMENTS and not words:
        raise Refused(_("Write the comments"), "words")
    if says is ClearanceSays.CLEARED and words:
        raise Refused(_("To send these words, choose that it is cleared with comments; or leave them out"), "words")
    if len(words) > LONGEST_WORDS:
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST_WORDS), "words")
    row.says, row.said_at, row.words = says, clock.now(), words
    row.noted_word = "" if own else noted_word
    session.flush()
    record(session, "clearance answered", found, participant=str(row.participant_id), what=says.value)
    session.flush()


def note_sent(session: ViewerSession, found: Clearance, on: date, word: str) -> None:
    """Put on record that a paper went to its forum, once it is released. Raises NotAllowed, Refused."""
    require(policy.may_keep_clearance(session.viewer, found))
    _lock_clearance(session, found, "version")
    if found.sent_on is not None:
        raise Refused(_("That it was sent is on record already."))
    if not is_released(session, found):
        raise Refused(_("The chair has not released it yet; it goes out once that is done."))
    if on > clock.today(found.document.process.zone):
        raise Refused(_("That day is to come; give the day on which it was sent"), "sent_on")
    found.sent_on, found.sent_word = on, word
    session.flush()
    record(session, "common paper sent", found, on=on.isoformat())
    session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """That the chair releases a paper which is a file. `named` are those in whose name alone it goes out (none: all
    members); `word` is how the chair's word reached the secretariat, where it notes it."""

    on: date
    named: tuple[UUID, ...] = ()
    word: str = ""


def release(session: ViewerSession, found: Clearance, given: Release) -> list[str]:
    """Release a paper that is a file: from now on it stays as it is, and is awaited in no other language; in which ones
    it was. Raises NotAllowed, Refused."""
    document = found.document
    require(policy.may_pronounce(session.viewer, document) and found.edition_id is None)
    by_chair = policy.chairs(session.viewer, document)
    _lock_clearance(session, found, "version")
    _check_open(session, found)
    today = clock.today(document.process.zone)
    if not by_chair and not given.word:
        raise Refused(_("Say how the chair released it, for example: by telephone, on the day it was cleared"), "word")
    if given.on > today:
        raise Refused(_("That day is to come; give the day on which it was released"), "released_on")
    _check_cleared_by(session, found, given.named)
    check_day(session, found, given.on, "released_on", given.named)
    found.released_on, found.released_named = given.on, sorted(str(one) for one in given.named)
    found.released_by_id = session.viewer.person if by_chair else None
    found.released_word = "" if by_chair else given.word
    session.flush()
    record(session, "common paper released", found, named=len(given.named))
    session.expire(document, ["versions"])
    return await_no_more(session, document)


def is_released(session: Session, found: Clearance) -> bool:
    """Whether the chair has released a paper: the same for every reader."""
    if found.edition is not None:
        return state.is_adopted(session, found.edition.text_id)
    return found.released_on is not None


def check_day(session: Session, found: Clearance, on: date, field: str, named: tuple[UUID, ...] = ()) -> None:
    """Raises Refused for a day of release before the paper was cleared by all, or by those `named`.

    On which day a word came that the secretariat noted is not known: it binds nothing.
    """
    zone = ZoneInfo(found.document.process.zone)
    asked = found.asked_at.astimezone(zone).date()
    if on < asked:
        said = _("Members were asked to clear it on %(day)s; give that day or a later one", day=_day(asked))
        raise Refused(said, field)
    own = [
        one.said_at.astimezone(zone).date()
        for one in clearance_queries.answers_of(session, found.id)
        if one.said_at
        and one.says in CLEAR
        and not one.noted_word
        and one.participant_id in (named or [one.participant_id])
    ]
    last = max(own, default=asked)
    if on < last:
        raise Refused(_("The last word came on %(day)s; give that day or a later one", day=_day(last)), field)


def _day(day: date) -> str:
    return dates.day_in_full(day, weekday=False)


def check_cleared(session: Session, edition: TextEdition, on: date) -> None:
    """Raises Refused where a member has not cleared an edition, with the names of those who have not; or had not on the
    day that is given."""
    document = edition.document
    found = clearance_queries.clearance_of(session, document.id)
    if found is None:
        raise Refused(_("Members were not asked to clear it; choose how it was adopted"), "how")
    missing = clearance_queries.not_cleared_by(session, found, clock.today(document.process.zone))
    if missing:
        raise Refused(
            _(
                "Not yet cleared by: %(participants)s. It can go out in the name of those who have cleared it, or once"
                " it has passed under silence.",
                participants=_named(session, document, missing),
            ),
            "how",
        )
    check_day(session, found, on, "adopted_on")


def _check_cleared_by(session: Session, found: Clearance, named: tuple[UUID, ...]) -> None:
    """All members, or those named, have cleared a paper that is a file."""
    missing = clearance_queries.not_cleared_by(session, found, clock.today(found.document.process.zone))
    if not named and missing:
        raise Refused(
            _(
                "Not yet cleared by: %(participants)s. It can go out in the name of those alone who have cleared it.",
                participants=_named(session, found.document, missing),
            ),
            "named",
        )
    without = [one for one in named if one in missing]
    if without:
        raise Refused(
            _(
                "It goes out in nobody's name who has not cleared it: %(participants)s.",
                participants=_named(session, found.document, without),
            ),
            "named",
        )


def _named(session: Session, document: Document, keys: Iterable[UUID]) -> str:
    named = names_of(session, keys, process=document.process_id)
    return list_text([str(named[one]) for one in in_order(named)])


def _lock(session: Session, document: Document, edition: TextEdition | None) -> None:
    """One after the other: what members say, and the release. Who waited sees whether the paper still stands."""
    if edition is not None:
        state.lock(session, edition.text_id)
    else:
        state.lock_document(session, document.id)
    session.refresh(document, ["state"])


def _lock_clearance(session: Session, found: Clearance, *more: str) -> None:
    """The same of a clearance that was asked; who waited sees what was released or sent meanwhile."""
    _lock(session, found.document, found.edition)
    session.refresh(found, ["released_on", "sent_on", *more])


def _check_stands(session: ViewerSession, document: Document, edition: TextEdition | None) -> None:
    if edition is not None:
        check_stands(session, edition)
    elif document.state is DocumentState.WITHDRAWN:
        raise Refused(_("%(symbol)s was withdrawn.", symbol=document.symbol or ""))
    elif document.state is not DocumentState.ISSUED:
        raise Refused(_("%(symbol)s gave way to a later text.", symbol=document.symbol or ""))


def _check_open(session: ViewerSession, found: Clearance) -> None:
    _check_stands(session, found.document, found.edition)
    if is_released(session, found):
        raise Refused(_("The paper was released in the meantime; it stays as it is."))


def _check_days(document: Document, due_on: date, clear_by: date) -> None:
    today = clock.today(document.process.zone)
    if due_on < today:
        raise Refused(_("That day is past; give one to come"), "due_on")
    if clear_by < today:
        raise Refused(_("That day is past; give one to come"), "clear_by")
    if clear_by > due_on:
        raise Refused(_("Members clear it before the forum is to have it; give an earlier day"), "clear_by")


def _check_readers(session: ViewerSession, document: Document) -> None:
    wanted = members(session, document)
    if not wanted:
        raise Refused(_("There are no members in whose name it could go out."))
    blind = membership.who_do_not_read(session, document.label_id, wanted, clock.today())
    if blind:
        raise Refused(
            _(
                "Nobody clears what it does not read: %(participants)s. Give them the text first.",
                participants=_named(session, document, blind),
            )
        )


def _ask_members(session: ViewerSession, found: Clearance) -> int:
    """A row for each member that has none, and one mail a person, once. How many persons are asked."""
    document = found.document
    rows = {one.participant_id: one for one in clearance_queries.answers_of(session, found.id)}
    for member in sorted(members(session, document) - rows.keys(), key=str):
        row = ClearanceAnswer(clearance_id=found.id, participant_id=member, says=ClearanceSays.NOT_YET)
        attach(session, row, container=found)
        rows[member] = row
    session.flush()
    return _write_to(session, document, rows, whom_it_asks(session, document))


def _write_to(
    session: ViewerSession, document: Document, rows: dict[UUID, ClearanceAnswer], contacts: Iterable[Contact]
) -> int:
    asked = list(contacts)
    for one in asked:
        row = rows[one.participant]
        outbox.put(
            session,
            ASKED,
            key=f"{ASKED}:{row.id}:{one.person}:{one.hat.id}",
            process=document.process,
            track=document.track,
            person=one.person,
            hat=one.hat,
            subject={"answer": row.id, "alternate": one.is_alternate},
        )
    return len(asked)


def record(session: Session, kind: str, found: Clearance, **content: Any) -> None:
    """Put an act on the trail; its content is read by the secretariat."""
    document = found.document
    process, track = document.process, document.track
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses_of.named(process, track, audience=[clauses_of.secretariat(track)])],
        subject=found,
        content=content,
    )
