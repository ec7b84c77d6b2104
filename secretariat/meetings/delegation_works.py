"""The list of delegations as it is circulated: PDF and DOCX as a paper, XLSX as a table.

Whoever is kept off the list does not stand there, for whomever it is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages import current_reading, dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text, today
from secretariat.core.languages.words import language_name, list_text, parts_text
from secretariat.core.session import ViewerSession
from secretariat.jobs import papers
from secretariat.jobs.kinds import Result
from secretariat.meetings import delegation_queries, guest_queries, policy, queries
from secretariat.meetings import words as in_words
from secretariat.meetings.delegations import begun_with, heads_first
from secretariat.meetings.guest_models import DelegationList, GuestSeat
from secretariat.meetings.models import Answer, Delegate, Invitation, Meeting
from secretariat.prints import xlsx
from secretariat.prints.sheet import Head, Issuer, Sheet, file_name, set_sheet
from secretariat.processes.names import Name, in_order, names_of
from secretariat.processes.words import LEVELS

DELEGATIONS = "delegations"


@dataclass(frozen=True, slots=True)
class Listed:
    """A delegation on the list: the name of its participant, the invitation, and whom the reader may see."""

    name: Name
    invitation: Invitation
    delegates: list[Delegate]


@dataclass(frozen=True, slots=True)
class ListedGuest:
    """A guest on the list, with the items it comes to as far as the reader reads them."""

    name: str
    standing: str
    seats: Sequence[GuestSeat]

    @property
    def names(self) -> list[str]:
        return self.seats[0].names.splitlines()

    @property
    def items(self) -> str:
        return list_text([local_text(one.item.title) for one in self.seats])


def ordered_in(meeting: Meeting) -> str:
    """The language in whose order the list stands, where it is not the reader's: there it looks like none at all."""
    language = in_words.spoken(meeting.languages)[0]
    return "" if language == current_reading().language.code else language_name(language)


def listed_delegations(session: ViewerSession, meeting: Meeting, *, on_page: bool = False) -> list[Listed]:
    """Delegations of those who attend, in alphabetical order of the meeting's first language, from the letter that was
    drawn; the head of each first. On a page they are called in the reader's language, on paper in the meeting's: that
    is the same for all."""
    coming = [one for one in queries.invitations_of(session, meeting.id) if one.answer is Answer.ATTENDS]
    language = in_words.spoken(meeting.languages)[0]
    named = names_of(
        session,
        [one.participant_id for one in coming],
        process=meeting.process_id,
        language=language,
        on=day_of_names(meeting),
    )
    by_participant = {one.participant_id: one for one in coming}
    ordered = [(str(named[key]), (named[key], by_participant[key])) for key in in_order(named)]
    turned = begun_with(meeting.starting_letter, ordered, language)
    called = _in_readers_words(session, meeting, named) if on_page else named
    return [Listed(called[one.participant_id], one, heads_first(one.delegates)) for _name, one in turned]


def _in_readers_words(session: ViewerSession, meeting: Meeting, named: dict[UUID, Name]) -> dict[UUID, Name]:
    return names_of(session, named, process=meeting.process_id, on=day_of_names(meeting))


def listed_guests(session: ViewerSession, meeting: Meeting, *, on_page: bool = False) -> list[ListedGuest]:
    """Guests that come to single items, in the same order and words; the network after the participants."""
    by_guest: dict[UUID, list[GuestSeat]] = {}
    for seat in guest_queries.seats_of(session, meeting.id):
        if seat.answer is Answer.ATTENDS:
            by_guest.setdefault(seat.guest_id, []).append(seat)
    language = in_words.spoken(meeting.languages)[0]
    named = names_of(
        session,
        [seats[0].participant_id for seats in by_guest.values()],
        process=meeting.process_id,
        language=language,
        on=day_of_names(meeting),
    )
    place = {key: number for number, key in enumerate(in_order(named))}
    named = _in_readers_words(session, meeting, named) if on_page else named
    return [
        ListedGuest(_called(seats[0], named), in_words.standing_words(seats[0].standing), seats)
        for seats in sorted(by_guest.values(), key=lambda seats: _order(seats[0], place))
    ]


def _called(seat: GuestSeat, named: dict[UUID, Name]) -> str:
    return str(named[seat.participant_id]) if seat.participant_id is not None else _("The civil-society network")


def _order(seat: GuestSeat, place: dict[UUID, int]) -> tuple[int, str]:
    after = len(place)
    return (place[seat.participant_id] if seat.participant_id is not None else after), str(seat.guest_id)


def provisional_words(invitation: Invitation, person: Delegate) -> str:
    """What is said beside a person whom the rule of the body holds for provisional; empty for the others."""
    if not policy.is_provisional(invitation.meeting, person):
        return ""
    return not_by_letter(invitation.letter_on)


def not_by_letter(letter_on: date | None) -> str:
    """What is said of who is provisional: no letter has come, or the person is not in the one of this day."""
    if letter_on is None:
        return _("provisional until the letter has come")
    return _("provisional: not in the letter of %(day)s", day=dates.day_in_full(letter_on, weekday=False))


def letter_words(invitation: Invitation) -> str:
    """The letter that named a delegation; empty where none has come."""
    if invitation.letter_on is None:
        return ""
    day = dates.day_in_full(invitation.letter_on, weekday=False)
    if invitation.letter_reference:
        return _("Letter of %(day)s, %(reference)s", day=day, reference=invitation.letter_reference)
    return _("Letter of %(day)s", day=day)


def thing_listed(session: ViewerSession, key: UUID) -> tuple[Meeting, DelegationList | None] | None:
    """The meeting behind the key of its list, or behind its own where it has no list yet, and the list."""
    one = delegation_queries.list_by_id(session, key)
    meeting = queries.meeting_by_id(session, one.meeting_id if one is not None else key)
    return (meeting, one) if meeting is not None else None


def circulated(session: ViewerSession, meeting: Meeting) -> list[Listed]:
    """The delegations without those who are kept off the list."""
    return [
        replace(one, delegates=[person for person in one.delegates if not person.is_unlisted])
        for one in listed_delegations(session, meeting)
    ]


def delegations_paper(session: ViewerSession, key: UUID) -> Sheet | None:
    """The list as a paper, under its own label."""
    found = thing_listed(session, key)
    if found is None:
        return None
    meeting, own = found
    return set_sheet(
        session,
        "delegations",
        own or meeting,
        issuer_of(meeting),
        Head(_title(meeting)),
        meeting=meeting,
        when=in_words.days_in_words(meeting),
        where=in_words.place_in_words(meeting),
        facts=[],
        listed=circulated(session, meeting),
        guests=listed_guests(session, meeting),
        provisional=provisional_words,
        levels=LEVELS,
        language_name=language_name,
        state=in_words.STATE[meeting.state],
        roles=in_words.ROLE,
    )


def delegations_table(session: ViewerSession, key: UUID) -> Result | None:
    """The list as a table for a spreadsheet; the paper gives it its marking."""
    paper, found = delegations_paper(session, key), thing_listed(session, key)
    if paper is None or found is None:
        return None
    meeting, _own = found
    table = xlsx.Table(
        title=_title(meeting),
        above=[parts_text([in_words.days_in_words(meeting), in_words.place_in_words(meeting)])],
        headings=_headings(),
        rows=[*_rows(circulated(session, meeting)), *_guest_rows(listed_guests(session, meeting))],
        marking=paper.marking,
        copy_of=paper.copy_of,
        foot=" · ".join(paper.foot),
        right_to_left=current_reading().language.direction == "rtl",
        sheet=_("Delegations")[:31],
    )
    return Result(file_name(DELEGATIONS, "", today(), "xlsx"), xlsx.xlsx(table), xlsx.MEDIA_TYPE)


def _headings() -> list[tuple[str, int]]:
    return [
        (_("Delegation"), 22),
        (_("Person"), 28),
        (_("In the delegation as"), 18),
        (_("Function"), 28),
        (_("Ministry or institution"), 32),
        (_("Level"), 18),
        (_("Working language"), 16),
        (_("Note"), 30),
    ]


def _rows(listed: Sequence[Listed]) -> list[list[str]]:
    rows = []
    for one in listed:
        rows += [
            [
                str(one.name),
                person.name,
                str(in_words.ROLE[person.role]),
                person.function,
                person.ministry,
                str(LEVELS[person.level]) if person.level in LEVELS else "",
                language_name(person.language) if person.language else "",
                provisional_words(one.invitation, person),
            ]
            for person in one.delegates
        ] or [[str(one.name), _("No names yet."), "", "", "", "", "", ""]]
    return rows


def _guest_rows(guests: Sequence[ListedGuest]) -> list[list[str]]:
    return [
        [one.name, name, one.standing, "", "", "", "", _("At these items alone: %(items)s", items=one.items)]
        for one in guests
        for name in one.names or [_("No names yet.")]
    ]


def _title(meeting: Meeting) -> str:
    return _("List of delegations: %(meeting)s", meeting=local_text(meeting.title))


def issuer_of(meeting: Meeting) -> Issuer:
    """The process a paper of a meeting is from."""
    return Issuer(
        meeting.process_id, meeting.process.acronym, local_text(meeting.process.name), meeting.track.kind.value
    )


def day_of_names(meeting: Meeting) -> date | None:
    """The day whose names stand on papers of a meeting that is past; None for those of today."""
    on = meeting.starts_on.first_day if meeting.starts_on else None
    return on if on is not None and on < clock.today() else None


papers.register(DELEGATIONS, _l("List of delegations"), delegations_paper, file="delegations")
