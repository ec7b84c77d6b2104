"""The agenda of a meeting as a paper, with its facts and hours. The list of delegations has a module of its own."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages import dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.languages.words import language_name, list_text
from secretariat.core.session import ViewerSession
from secretariat.documents.lines import papers_by_item
from secretariat.documents.queries import documents_of_meeting
from secretariat.jobs import papers
from secretariat.meetings import queries
from secretariat.meetings import words as in_words
from secretariat.meetings.delegation_works import day_of_names, issuer_of
from secretariat.meetings.models import Meeting
from secretariat.meetings.timetable import timetable
from secretariat.prints.sheet import Head, Sheet, as_wide_as, set_sheet
from secretariat.processes.models import ChairTerm
from secretariat.processes.names import Name, names_of

AGENDA = "agenda"
ANNOTATED_AGENDA = "annotated_agenda"


def agenda_paper(session: ViewerSession, meeting_id: UUID) -> Sheet | None:
    """The agenda; items, and papers of items, that are narrower than their meeting leave it when it is printed."""
    return _set(session, meeting_id, "agenda", annotated=False)


def annotated_agenda_paper(session: ViewerSession, meeting_id: UUID) -> Sheet | None:
    """The agenda with what each item is for; what is narrower leaves it likewise."""
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
        on=day_of_names(meeting),
    )
    first = in_words.first_and_last(meeting)
    out = [one for one in documents_of_meeting(session, meeting.id) if one.released]
    return set_sheet(
        session,
        template,
        meeting,
        issuer_of(meeting),
        Head(_title(meeting, annotated)),
        facts=[(words, lines) for words, lines in _facts(meeting, chairs, named) if any(lines)],
        when=in_words.days_in_words(meeting),
        where=in_words.place_in_words(meeting),
        state=in_words.STATE[meeting.state],
        kind=agenda_called(meeting, annotated=annotated),
        days=timetable(agenda, meeting.sittings, first[0] if first else None),
        names=named,
        papers=papers_by_item(as_wide_as(session, meeting, out)),
    )


def agenda_called(meeting: Meeting, *, annotated: bool = False) -> str:
    """What the agenda is at this moment: provisional from the day it is issued, and no longer once it is adopted."""
    if meeting.agenda_issued_at is None or meeting.agenda_adopted_at is not None:
        return _("Annotated agenda") if annotated else _("Agenda")
    return _("Provisional annotated agenda") if annotated else _("Provisional agenda")


def _title(meeting: Meeting, annotated: bool) -> str:
    title = local_text(meeting.title)
    return _("%(kind)s: %(meeting)s", kind=agenda_called(meeting, annotated=annotated), meeting=title)


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
