"""The agenda of a meeting as a paper, with its facts and hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages import dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.languages.words import language_name, list_text
from secretariat.core.session import ViewerSession
from secretariat.jobs import papers
from secretariat.meetings import queries
from secretariat.meetings import words as in_words
from secretariat.meetings.delegations import begun_with, heads_first
from secretariat.meetings.models import Answer, Delegate, Invitation, Meeting
from secretariat.meetings.timetable import timetable
from secretariat.prints.sheet import Head, Issuer, Sheet, as_wide_as, set_sheet
from secretariat.processes.models import ChairTerm
from secretariat.processes.names import Name, in_order, names_of
from secretariat.processes.words import LEVELS

AGENDA = "agenda"
ANNOTATED_AGENDA = "annotated_agenda"
DELEGATIONS = "delegations"


def agenda_paper(session: ViewerSession, meeting_id: UUID) -> Sheet | None:
    """The agenda; items narrower than their meeting leave it when it is printed."""
    return _set(session, meeting_id, "agenda", annotated=False)


def annotated_agenda_paper(session: ViewerSession, meeting_id: UUID) -> Sheet | None:
    """The agenda with what each item is for; narrower items leave it likewise."""
    return _set(session, meeting_id, "annotated_agenda", annotated=True)


def _set(session: ViewerSession, meeting_id: UUID, template: str, *, annotated: bool) -> Sheet | None:
    meeting = queries.meeting_by_id(session, meeting_id)
    if meeting is None:
        return None
    agenda = as_wide_as(session, meeting, queries.agenda_of(session, meeting.id))
    chairs = queries.chair_terms_of(session, meeting, clock.today())
    named = names_of(
        session,
        [meeting.host_id, *(one.led_by_id for one in agenda), *(one.participant_id for one in chairs)],
        process=meeting.process_id,
        on=_day_of_names(meeting),
    )
    first = in_words.first_and_last(meeting)
    return set_sheet(
        session,
        template,
        meeting,
        _issuer(meeting),
        Head(_title(meeting, annotated)),
        facts=[(words, lines) for words, lines in _facts(meeting, chairs, named) if any(lines)],
        when=in_words.days_in_words(meeting),
        where=in_words.place_in_words(meeting),
        state=in_words.STATE[meeting.state],
        kind=agenda_called(meeting, annotated=annotated),
        days=timetable(agenda, meeting.sittings, first[0] if first else None),
        names=named,
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A delegation on the list: the name of its participant, the invitation, and whom the reader may see."""

    name: Name
    invitation: Invitation
    delegates: list[Delegate]


def listed_delegations(session: ViewerSession, meeting: Meeting) -> list[Listed]:
    """Delegations of those who attend, in alphabetical order of the meeting's first language, from the letter that was
    drawn; the head of each first."""
    coming = [one for one in queries.invitations_of(session, meeting.id) if one.answer is Answer.ATTENDS]
    language = in_words.spoken(meeting.languages)[0]
    named = names_of(
        session,
        [one.participant_id for one in coming],
        process=meeting.process_id,
        language=language,
        on=_day_of_names(meeting),
    )
    by_participant = {one.participant_id: one for one in coming}
    ordered = [(str(named[key]), (named[key], by_participant[key])) for key in in_order(named)]
    turned = begun_with(meeting.starting_letter, ordered, language)
    return [Listed(name, one, heads_first(one.delegates)) for name, one in turned]


def delegations_paper(session: ViewerSession, meeting_id: UUID) -> Sheet | None:
    """The list as it is circulated: whoever is kept off it does not stand there, for whomever it is printed."""
    meeting = queries.meeting_by_id(session, meeting_id)
    if meeting is None:
        return None
    listed = [
        replace(one, delegates=[person for person in one.delegates if not person.is_unlisted])
        for one in listed_delegations(session, meeting)
    ]
    return set_sheet(
        session,
        "delegations",
        meeting,
        _issuer(meeting),
        Head(_("List of delegations: %(meeting)s", meeting=local_text(meeting.title))),
        when=in_words.days_in_words(meeting),
        where=in_words.place_in_words(meeting),
        facts=[],
        listed=listed,
        state=in_words.STATE[meeting.state],
        roles=in_words.ROLE,
        levels=LEVELS,
    )


def _issuer(meeting: Meeting) -> Issuer:
    return Issuer(
        meeting.process_id, meeting.process.acronym, local_text(meeting.process.name), meeting.track.kind.value
    )


def agenda_called(meeting: Meeting, *, annotated: bool = False) -> str:
    """What the agenda is at this moment: provisional from the day it is issued, and no longer once it is adopted."""
    if meeting.agenda_issued_at is None or meeting.agenda_adopted_at is not None:
        return _("Annotated agenda") if annotated else _("Agenda")
    return _("Provisional annotated agenda") if annotated else _("Provisional agenda")


def _title(meeting: Meeting, annotated: bool) -> str:
    title = local_text(meeting.title)
    return _("%(kind)s: %(meeting)s", kind=agenda_called(meeting, annotated=annotated), meeting=title)


def _day_of_names(meeting: Meeting) -> date | None:
    on = meeting.starts_on.first_day if meeting.starts_on else None
    return on if on is not None and on < clock.today() else None


def _facts(meeting: Meeting, chairs: Sequence[ChairTerm], named: dict[UUID, Name]) -> list[tuple[str, list[str]]]:
    """Each fact with its lines: a day a line for the hours."""
    sittings = meeting.sittings
    hours = [
        _(
            "%(day)s, %(hours)s",
            day=dates.day_in_full(one.day),
            hours=dates.hour_range_text(one.begins, one.ends),
        )
        for one in sittings
    ]
    zone = dates.zone_text(sittings[0].zone, sittings[0].begins_wall) if sittings else ""
    chairing = [str(named[one.participant_id]) if one.participant_id else one.name_text for one in chairs]
    themes = [local_text(one.theme) for one in chairs if one.theme]
    return [
        (_("Time"), [*hours, zone] if zone else hours),
        (_("Chair"), [list_text(chairing)]),
        (_("Host"), [str(named[meeting.host_id]) if meeting.host_id else meeting.host_text]),
        (_("Theme of the year"), [list_text(themes)]),
        (_("Languages"), [list_text([language_name(one) for one in meeting.languages])]),
        (_("Attribution"), [] if meeting.source else [_attribution(meeting)]),
    ]


def _attribution(meeting: Meeting) -> str:
    rule, meaning = in_words.ATTRIBUTION[meeting.attribution], in_words.ATTRIBUTION_MEANS[meeting.attribution]
    return f"{rule}. {meaning}"


papers.register(AGENDA, _l("Agenda"), agenda_paper, file="agenda")
papers.register(ANNOTATED_AGENDA, _l("Annotated agenda"), annotated_agenda_paper, file="annotated-agenda")
papers.register(DELEGATIONS, _l("List of delegations"), delegations_paper, file="delegations")
