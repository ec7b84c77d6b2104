"""Everybody on a list by delegation, in the words of its reader or of the meeting."""

from __future__ import annotations

from collections.abc import Sequence

from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.arrangements.ordering import Listed, ordered
from secretariat.core import clock
from secretariat.core.session import ViewerSession
from secretariat.meetings.words import spoken
from secretariat.processes.names import names_of


def listed_persons(
    session: ViewerSession, one: HostList, persons: Sequence[HostedPerson], *, on_page: bool
) -> list[Listed]:
    """Persons by delegation, in the order of the list of delegations: on a page in the reader's words, on paper in the
    first language of the meeting, which is the same for all."""
    language = spoken(one.languages)[0]
    keys = {each.participant_id for each in persons}
    past = one.starts_on if one.starts_on < clock.today() else None
    named = names_of(session, keys, process=one.process_id, language=language, on=past)
    called = names_of(session, keys, process=one.process_id, on=past) if on_page else named
    return ordered(persons, named, one.starting_letter, language, called)
