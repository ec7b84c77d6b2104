"""The words of a letter of invitation before anybody has changed them, in each language. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from secretariat.core.languages import dates, pgettext, reading_in
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.meetings.models import Meeting
from secretariat.meetings.policy import asks_letter


def proposed_words(meeting: Meeting, languages: Iterable[str]) -> LocalText:
    """What the letters of a meeting could say: that it invites, where and when, and that names come by letter."""
    texts = {}
    for language in languages:
        with reading_in(language):
            texts[language] = "\n\n".join(_paragraphs(meeting))
    return LocalText(texts, next(iter(texts)))


def salutation(language: str) -> str:
    """How such a letter begins where no other form of address is known."""
    with reading_in(language):
        return pgettext("letter", "Excellency,")


def _paragraphs(meeting: Meeting) -> list[str]:
    found = [_invites(meeting)]
    if asks_letter(meeting):
        found.append(
            _(
                "I should be grateful if the members of your delegation could be named by letter. Names given by the "
                "link that your focal point has received are provisional until that letter has come."
            )
        )
    found.append(pgettext("letter", "Please accept, Excellency, the assurances of my highest consideration."))
    return found


def _invites(meeting: Meeting) -> str:
    title, where, days = local_text(meeting.title), local_text(meeting.place), _days(meeting)
    if days and meeting.is_online:
        return _(
            "I have the honour to invite you to the %(meeting)s, held online (%(days)s).", meeting=title, days=days
        )
    if days and where:
        return _(
            "I have the honour to invite you to the %(meeting)s, held in %(place)s (%(days)s).",
            meeting=title, place=where, days=days,
        )  # fmt: skip
    return _("I have the honour to invite you to the %(meeting)s.", meeting=title)


def _days(meeting: Meeting) -> str:
    if meeting.starts_on is None:
        return ""
    first = meeting.starts_on.first_day
    last = meeting.ends_on.first_day if meeting.ends_on is not None else first
    return dates.days_text(first, last) if last != first else dates.day_in_full(first, weekday=False)
