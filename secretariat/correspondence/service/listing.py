"""Lists of contacts are brought in: looked at, columns chosen, confirmed, and put in by the worker - all or nothing.
People who stand twice are merged by an act of their own.

Nothing stands anywhere before it is confirmed. Who comes in is a listed contact: an appointment is made by a letter,
never by a list (ADR 52).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from secretariat.core import after_commit, audit, clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.languages import reading_as_told, told_reading
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, reading_as, system_unit
from secretariat.correspondence import listed_queries, policy
from secretariat.correspondence.contact_lists import meaning, vcard_in
from secretariat.correspondence.contact_lists import shape as shapes
from secretariat.correspondence.contact_lists.alike import pairs
from secretariat.correspondence.contact_lists.meaning import CARD, ROW, Looked, Row, There
from secretariat.correspondence.contact_lists.shape import APART, MERGE, OUT, Shape
from secretariat.correspondence.listed_models import ContactList, ListedContact, ListState
from secretariat.directory import service as directory
from secretariat.directory.cards import SharedWith
from secretariat.directory.models import ContactCard
from secretariat.documents import cells, kept_sheets, sent_tables, sheets
from secretariat.jobs import service as jobs
from secretariat.jobs.kinds import Hands, Progress, Result
from secretariat.processes import clauses
from secretariat.processes.models import Track

WORK = "contact_list"
UNCONFIRMED_FOR, TOLD_FOR = timedelta(days=7), timedelta(days=90)
"""How long a list waits for a word, and how long one is told what came in by it."""
LISTED_FOR = timedelta(days=730)
"""How long somebody stays whom no list has told of again: people move on, and nobody confirms them here."""
MOST_OPEN = 5


def _too_large() -> str:
    return _("This list is larger than one that is brought in at once. Send it in parts.")


def look_at(session: ViewerSession, track: Track, name: str, content: bytes) -> ContactList:
    """Take a list in, to be looked at; how it is to be read is guessed. Raises NotAllowed; Refused where it cannot be
    read at all."""
    require(policy.may_bring_in(session.viewer, track))
    own = (one for one in listed_queries.lists_of(session, track.id) if one.asked_by_id == session.viewer.person)
    waiting = [one for one in own if one.state is ListState.LOOKED_AT]
    if len(waiting) >= MOST_OPEN:
        raise Refused(_("Several lists wait for your word already; confirm them or throw them away first."), "table")
    book, shape = _read(content)
    assert session.viewer.person is not None
    made = ContactList(
        process_id=track.process_id,
        track_id=track.id,
        asked_by_id=session.viewer.person,
        asked_at=clock.now(),
        name=cells.plain(name)[-200:],
        state=ListState.LOOKED_AT,
        shape=shape.to_json(),
        became={},
        kept=kept_sheets.packed(book),
    )
    made.process, made.track = track.process, track
    clause = clauses.named(track.process, track, audience=[clauses.person(session.viewer.person)])
    attach(session, made, [clause], container=track)
    session.flush()
    return made


def _read(content: bytes) -> tuple[list[sheets.Sheet], Shape]:
    if len(content) <= sent_tables.MOST_BYTES and not content.startswith((b"PK", b"%PDF-")):
        try:
            text = sheets.decoded(content)
        except sheets.NotATable:
            text = ""
        if vcard_in.are_cards(text):
            try:
                sheet = vcard_in.sheet_of(text)
            except vcard_in.NotCards as problem:
                raise Refused(_no_cards(problem.why), "table") from None
            return [sheet], Shape(heading=0, columns=dict(enumerate(vcard_in.ORDER)))
    book = sent_tables.opened(content, _too_large())
    return book, shapes.guess(book)


def _no_cards(why: str) -> str:
    if why == "old":
        return _("These vCards are of an older kind. Export them as version 3.0 or 4.0 and choose that file.")
    if why == "large":
        return _too_large()
    if why == "empty":
        return _("No card stands in this file.")
    return _("These vCards cannot be read to their end. Export them anew and choose that file.")


def book_of(session: Session, one: ContactList) -> list[sheets.Sheet]:
    """What was read of the file; nothing once it is in."""
    content = listed_queries.kept_of(session, one.id)
    return kept_sheets.unpacked(content) if content is not None else []


def looked(session: ViewerSession, one: ContactList) -> Looked:
    """What the list means now, as far as this reader sees what it speaks of."""
    return meaning.look(session, one.track, book_of(session, one), Shape.from_json(one.shape))


def choose(session: ViewerSession, one: ContactList, shape: Shape) -> None:
    """How the list is to be read. Raises NotAllowed; Refused once it is confirmed."""
    require(policy.may_bring_in(session.viewer, one.track))
    if one.state is not ListState.LOOKED_AT:
        raise Refused(_("This list is confirmed already; nothing was changed."))
    one.shape = shape.to_json()
    session.flush()


def answer(session: ViewerSession, one: ContactList, answers: Mapping[str, str]) -> None:
    """Who is meant by names of participants nobody has here. Raises NotAllowed."""
    shape = Shape.from_json(one.shape)
    given = {**shape.names, **answers}
    choose(session, one, replace(shape, names={name: said for name, said in given.items() if said}))


def say(session: ViewerSession, one: ContactList, said: Mapping[int, str]) -> None:
    """What becomes of rows that are likely somebody who is there. Raises NotAllowed."""
    require(all(word in (MERGE, APART, OUT) for word in said.values()))
    shape = Shape.from_json(one.shape)
    choose(session, one, replace(shape, said={**shape.said, **said}))


def confirm(session: ViewerSession, one: ContactList) -> None:
    """Bring all of it in. Raises NotAllowed; Refused where something is to be mended, or nobody would come in."""
    require(policy.may_bring_in(session.viewer, one.track))
    if one.state is not ListState.LOOKED_AT:
        return
    if not looked(session, one).can_come_in:
        raise Refused(_("It comes in as a whole or not at all, and something in it is to be mended first."))
    one.state, one.confirmed_at = ListState.CONFIRMED, clock.now()
    _ask(session, one)


def throw_away(session: ViewerSession, one: ContactList) -> None:
    """Not go on with a list that is not in. Raises NotAllowed."""
    require(policy.may_bring_in(session.viewer, one.track) and one.state is ListState.LOOKED_AT)
    session.delete(one)
    session.flush()


def is_stuck(session: Session, one: ContactList) -> bool:
    """Whether the job was given up, and nobody is at the list."""
    return one.state is ListState.CONFIRMED and jobs.given_up(session, one.job_id)


def go_on(session: ViewerSession, one: ContactList) -> None:
    """Ask anew for a job that was given up. Raises NotAllowed."""
    require(policy.may_bring_in(session.viewer, one.track))
    if is_stuck(session, one):
        _ask(session, one)


def _ask(session: ViewerSession, one: ContactList) -> None:
    told = {"list": str(one.id), **told_reading()}
    one.job_id = jobs.ask(session, WORK, one.process, one.track, told).id
    session.flush()


def forget_lists(engine: Engine) -> None:
    """Throw away lists nobody confirmed within their time, and what is told of those that came in long ago."""
    with system_unit(engine, Reason.FILES) as system:
        old = or_(
            (ContactList.state == ListState.LOOKED_AT) & (ContactList.asked_at < clock.now() - UNCONFIRMED_FOR),
            ContactList.finished_at < clock.now() - TOLD_FOR,
        )
        for one in system.scalars(select(ContactList).where(old)):
            system.delete(one)


def forget_people(system: SystemSession, on: date) -> int:
    """Take away people from lists whose time has passed; how many."""
    ended = list(system.scalars(select(ListedContact).where(ListedContact.ends_on <= on)))
    for one in ended:
        system.delete(one)
    system.flush()
    return len(ended)


# --- the job ------------------------------------------------------------------------------------------------------


def bring_in(hands: Hands, told: Mapping[str, Any], _progress: Progress) -> Result:
    """All of a confirmed list in one transaction, or nothing of it; what became of each row, as a table."""
    key = UUID(told["list"])
    with reading_as_told(told), reading_as(hands.engine, hands.eyes(), writes=True) as session:
        session.scalar(select(ContactList.id).where(ContactList.id == key).with_for_update())
        one = listed_queries.list_by_id(session, key)
        if one is None or not policy.may_bring_in(session.viewer, one.track):
            raise NotAllowed
        if one.state is ListState.CONFIRMED:
            _put_all_in(session, one)
            session.commit()
            after_commit.run(session)
        return _report(one)


def _put_all_in(session: ViewerSession, one: ContactList) -> None:
    found = looked(session, one)
    if not found.can_come_in:  # something changed since it was looked at: nothing comes in, and its page says what
        one.state, one.confirmed_at, one.became = ListState.LOOKED_AT, None, {"changed": True}
        session.flush()
        return
    made: dict[int, ListedContact] = {}
    told = []
    for row in found.coming:
        if row.merges:
            _add_to(session, row.there, row, made)
        else:
            made[row.number] = _entered(session, one, row)
        told.append([row.number, row.name, row.there.name if row.merges and row.there is not None else ""])
    one.became = {"made": len(made), "merged": len(told) - len(made), "out": len(found.rows) - len(told), "rows": told}
    one.state, one.finished_at, one.kept = ListState.DONE, clock.now(), None
    session.flush()
    _record(session, one.track, "contacts brought in", one, name=one.name, made=len(made), merged=len(told) - len(made))


def _entered(session: ViewerSession, one: ContactList, row: Row) -> ListedContact:
    assert row.participant is not None
    made = ListedContact(
        process_id=one.process_id,
        track_id=one.track_id,
        participant_id=row.participant,
        name=row.name,
        function=row.function,
        ministry=row.ministry,
        subject=row.subject,
        languages=row.languages,
        numbers=row.numbers,
        also=[],
        source=one.name,
        listed_on=clock.today(),
        ends_on=clock.today() + LISTED_FOR,
    )
    attach(session, made, [readers_of(one.track, row.participant)])
    return made


def readers_of(track: Track, participant: UUID) -> Any:
    """Who reads a person from a list: who keeps the track, and whose people they are."""
    return clauses.named(track.process, track, audience=[clauses.secretariat(track), clauses.participant(participant)])


def _add_to(session: ViewerSession, there: There | None, row: Row, made: Mapping[int, ListedContact]) -> None:
    assert there is not None
    if there.kind == CARD:
        card = session.scalar(select(ContactCard).where(ContactCard.id == there.key))
        assert card is not None
        _numbers_to_card(session, card, row.numbers)
        return
    kept = made[there.key] if there.kind == ROW else session.get_one(ListedContact, there.key)
    _told_again(kept, row)


def _numbers_to_card(session: ViewerSession, card: ContactCard, numbers: Sequence[Sequence[str]]) -> None:
    """What the card does not have is added for the secretariat and its owner, who opens it to others."""
    there = {told_alike(one.value) for one in card.numbers}
    for kind, value in numbers:
        if told_alike(value) not in there:
            there.add(told_alike(value))
            directory.add_number(session, card, kind, value, SharedWith.SECRETARIAT)


def _told_again(kept: ListedContact, more: Row | ListedContact) -> None:
    """What is new is added; what stands there stays, and under which other name it was known is kept."""
    there = {told_alike(value) for _kind, value in kept.numbers}
    kept.numbers = [*kept.numbers, *([kind, value] for kind, value in more.numbers if told_alike(value) not in there)]
    kept.languages = [*kept.languages, *(one for one in more.languages if one not in kept.languages)]
    for field in ("function", "ministry", "subject"):
        if not getattr(kept, field):
            setattr(kept, field, getattr(more, field))
    names = [more.name, *(more.also if isinstance(more, ListedContact) else ())]
    kept.also = [*kept.also, *(one for one in dict.fromkeys(names) if one not in (kept.name, *kept.also))]
    kept.listed_on, kept.ends_on = clock.today(), clock.today() + LISTED_FOR


def told_alike(value: str) -> str:
    """A number or address for comparing."""
    return value.casefold() if "@" in value else "".join(one for one in value if one.isdecimal() or one == "+")


def _report(one: ContactList) -> Result:
    """What became of each row."""
    lines = [
        [str(number), name, _("added to %(name)s", name=into) if into else _("entered")]
        for number, name, into in one.became.get("rows", [])
    ]
    table = [[_("Row"), _("Name"), _("What became of it")], *([cells.plain(cell) for cell in line] for line in lines)]
    return Result("contact-list.csv", cells.csv_of([], table), "text/csv; charset=utf-8")


# --- people who stand twice, and who goes -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who are likely one person: a person from a list, and the one who would stay."""

    one: There
    other: There


def likely_pairs(session: ViewerSession, track: Track) -> list[Pair]:
    """Who stands twice on a track, for who keeps it; where one of two has a card, the other would go. Raises
    NotAllowed."""
    require(policy.may_bring_in(session.viewer, track))
    found = pairs(meaning.people_here(session, track))
    return [Pair(*_the_listed_first(one, other)) for one, other in found if {one.kind, other.kind} != {CARD}]


def _the_listed_first(one: There, other: There) -> tuple[There, There]:
    return (other, one) if one.kind == CARD else (one, other) if other.kind == CARD else (other, one)


def merge(session: ViewerSession, one: ListedContact, into: ListedContact | ContactCard) -> None:
    """Make one of two: what is new of `one` is added to the other, and it goes. No right moves: a card keeps the
    appointments it has. Raises NotAllowed; Refused for two of different participants or tracks."""
    require(policy.may_bring_in(session.viewer, one.track) and into.track_id == one.track_id)
    if isinstance(into, ListedContact):
        if into.id == one.id or into.participant_id != one.participant_id:
            raise Refused(_("These two act for different participants; they are not one contact."))
        _told_again(into, one)
    else:
        _numbers_to_card(session, into, one.numbers)
    _record(session, one.track, "contacts merged", into, gone=str(one.id))
    session.delete(one)
    session.flush()


def take_off(session: ViewerSession, one: ListedContact) -> None:
    """Take a person off the list: who keeps the track, or whose people they are. Raises NotAllowed."""
    require(policy.may_take_off(session.viewer, one))
    _record(session, one.track, "contact taken off", one)
    session.delete(one)
    session.flush()


def _record(session: ViewerSession, track: Track, kind: str, subject: Any, **content: Any) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(track.process.slug, track.slug),
        clauses=[clauses.named(track.process, track, audience=[clauses.secretariat(track)])],
        subject=subject,
        content=content,
    )
