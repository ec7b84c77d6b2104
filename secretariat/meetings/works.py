"""The agenda of a meeting as a paper, with its facts and hours."""

from __future__ import annotations

from collections.abc import Sequence
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
from secretariat.meetings.models import Meeting
from secretariat.meetings.timetable import timetable
from secretariat.prints.sheet import Head, Issuer, Sheet, as_wide_as, set_sheet
from secretariat.processes.models import ChairTerm
from secretariat.processes.names import Name, names_of

AGENDA = "agenda"


def agenda_paper(session: ViewerSession, meeting_id: UUID) -> Sheet | None:
    """The agenda; items narrower than their meeting leave it when it is printed."""
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
        "agenda",
        meeting,
        Issuer(
            meeting.process_id,
            meeting.process.acronym,
            local_text(meeting.process.name),
            meeting.track.kind.value,
        ),
        Head(_("Agenda: %(meeting)s", meeting=local_text(meeting.title))),
        facts=[(words, value) for words, value in _facts(meeting, chairs, named) if value],
        when=in_words.days_in_words(meeting),
        where=in_words.place_in_words(meeting),
        state=in_words.STATE[meeting.state],
        days=timetable(agenda, meeting.sittings, first[0] if first else None),
        names=named,
    )


def _day_of_names(meeting: Meeting) -> date | None:
    on = meeting.starts_on.first_day if meeting.starts_on else None
    return on if on is not None and on < clock.today() else None


def _facts(meeting: Meeting, chairs: Sequence[ChairTerm], named: dict[UUID, Name]) -> list[tuple[str, str]]:
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
        (_("Time"), "; ".join([*hours, zone] if zone else hours)),
        (_("Chair"), list_text(chairing)),
        (_("Host"), str(named[meeting.host_id]) if meeting.host_id else meeting.host_text),
        (_("Theme of the year"), list_text(themes)),
        (_("Languages"), list_text([language_name(one) for one in meeting.languages])),
        (_("Attribution"), "" if meeting.source else _attribution(meeting)),
    ]


def _attribution(meeting: Meeting) -> str:
    rule, meaning = in_words.ATTRIBUTION[meeting.attribution], in_words.ATTRIBUTION_MEANS[meeting.attribution]
    return f"{rule}. {meaning}"


papers.register(AGENDA, _l("Agenda"), agenda_paper, file="agenda")
