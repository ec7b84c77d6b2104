"""Papers of the host's list: the list itself as PDF, DOCX and XLSX; badges and name plates as PDF.

Badges are cut eight from a page, plates two. What stands in the margin is cut away: there is the marking, and whose
copy it is; nothing is laid over a badge or a plate but the name on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from secretariat.arrangements import certificates, queries, words
from secretariat.arrangements.listed import listed_persons
from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.arrangements.ordering import Listed, allowances, listening
from secretariat.arrangements.policy import erased_after
from secretariat.core.languages import current_reading, dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text, today
from secretariat.core.languages.words import language_name, list_text, parts_text
from secretariat.core.session import ViewerSession
from secretariat.jobs import papers
from secretariat.jobs.kinds import Result
from secretariat.prints import xlsx
from secretariat.prints.sheet import Head, Issuer, Sheet, file_name, set_sheet

LIST, BADGES, PLATES = "list", "badges", "plates"
PAPERS = {LIST: "host_list", BADGES: "host_badges", PLATES: "host_plates"}
"""Papers by what they are called in an address."""
ON_A_PAGE = 8
SIZES = ((12, "xl"), (20, "l"), (32, "m"), (48, "s"))
"""Up to so many letters a name is written so large."""


def list_paper(session: ViewerSession, key: UUID) -> Sheet | None:
    """The list with all that is arranged."""
    one = queries.list_by_id(session, key)
    if one is None:
        return None
    persons = queries.persons_of(session, one.id)
    return _set(
        session,
        one,
        "host_list",
        _("Host's list: %(meeting)s", meeting=local_text(one.title)),
        listed=listed_persons(session, one, persons, on_page=False),
        labels=sorted({each.label_id for each in persons}),
        listening=listening(persons),
        sums=[words.amount(total, currency) for currency, total in allowances(persons).items()],
        badges=words.BADGE,
        amount=words.amount,
        language_name=language_name,
    )


def badges_paper(session: ViewerSession, key: UUID) -> Sheet | None:
    """Badges, in the order of the list, eight a page; the first page says what they are for."""
    return _to_be_cut(session, key, "host_badges", lambda title: _("Badges: %(meeting)s", meeting=title), ON_A_PAGE)


def plates_paper(session: ViewerSession, key: UUID) -> Sheet | None:
    """Name plates, in the order of the process's rule, two a page."""
    return _to_be_cut(session, key, "host_plates", lambda title: _("Name plates: %(meeting)s", meeting=title), 2)


def _to_be_cut(
    session: ViewerSession, key: UUID, template: str, title: Callable[[str], str], on_a_page: int
) -> Sheet | None:
    one = queries.list_by_id(session, key)
    if one is None:
        return None
    persons = queries.persons_of(session, one.id)
    found = listed_persons(session, one, persons, on_page=False)
    cards = [(each.name, person) for each in found for person in each.persons]
    made = _set(
        session,
        one,
        template,
        title(local_text(one.title)),
        pages=[cards[at : at + on_a_page] for at in range(0, len(cards), on_a_page)],
        persons=len(persons),
        labels=sorted({each.label_id for each in persons}),
        badges=words.BADGE,
        size=name_size,
    )
    return replace(made, watermark="")


def name_size(name: str) -> str:
    """How large a name is written, so that it stands on one line or two."""
    return next((size for most, size in SIZES if len(name) <= most), "xs")


def _set(session: ViewerSession, one: HostList, template: str, title: str, **more: Any) -> Sheet:
    ground = queries.ground_of(session, one)
    issuer = Issuer(ground.id, ground.acronym, local_text(ground.name), ground.track.kind.value)
    when = dates.days_text(one.starts_on, one.ends_on)
    where = local_text(one.place) if one.place else ""
    erased = one.erased_on or erased_after(one.ends_on)
    return set_sheet(
        session, template, one, issuer, Head(title), one=one, when=when, where=where, erased_on=erased, **more
    )


def list_table(session: ViewerSession, key: UUID) -> Result | None:
    """The list as a table for a spreadsheet; the paper gives it its marking."""
    paper, one = list_paper(session, key), queries.list_by_id(session, key)
    if paper is None or one is None:
        return None
    found = listed_persons(session, one, queries.persons_of(session, key), on_page=False)
    erased = dates.day_in_full(one.erased_on or erased_after(one.ends_on), weekday=False)
    above = [
        parts_text([dates.days_text(one.starts_on, one.ends_on), local_text(one.place) if one.place else ""]),
        _("Erased here on %(day)s; erase copies of this file by then.", day=erased),
    ]
    table = xlsx.Table(
        title=paper.title,
        above=above,
        headings=_headings(),
        rows=[_row(each, person) for each in found for person in each.persons],
        marking=paper.marking,
        copy_of=paper.copy_of,
        foot=" · ".join(paper.foot),
        right_to_left=current_reading().language.direction == "rtl",
        sheet=_("Host's list")[:31],
        filters=True,
    )
    return Result(file_name("host-list", "", today(), "xlsx"), xlsx.xlsx(table), xlsx.MEDIA_TYPE)


def _headings() -> list[tuple[str, int]]:
    return [
        (_("Delegation"), 20),
        (_("Person"), 26),
        (_("Function"), 26),
        (_("Ministry or institution"), 26),
        (_("Badge"), 12),
        (_("May enter"), 9),
        (_("Seat"), 12),
        (_("Arrives on"), 14),
        (_("Arrival"), 20),
        (_("Leaves on"), 14),
        (_("Departure"), 20),
        (_("Hotel"), 20),
        (_("Does not eat"), 20),
        (_("Access needs"), 24),
        (_("Listens in"), 12),
        (_("Letter for the visa"), 18),
        (_("Travel is paid by"), 20),
        (_("Allowance"), 16),
    ]


def visa_words(person: HostedPerson) -> str:
    """Whether a letter for the visa is wanted, or when it was sent."""
    if person.visa_letter_on is not None:
        return _("sent on %(day)s", day=dates.day_in_full(person.visa_letter_on, weekday=False))
    return _("wanted") if person.wants_visa_letter else ""


def _row(each: Listed, person: HostedPerson) -> Sequence[str]:
    return [
        each.name,
        person.name,
        person.function,
        person.body,
        str(words.BADGE[person.badge]),
        _("yes") if person.may_enter else _("no"),
        person.seat,
        person.arrives_on.isoformat() if person.arrives_on else "",
        person.arrival,
        person.leaves_on.isoformat() if person.leaves_on else "",
        person.departure,
        person.hotel,
        person.diet,
        person.access,
        language_name(person.listens_in) if person.listens_in else "",
        visa_words(person),
        person.travel_paid_by,
        words.amount(person.allowance, person.currency),
    ]


def on_which_languages(one: HostList) -> str:
    """The languages one can listen in, as a list."""
    return list_text([language_name(code) for code in one.interpretation])


papers.register(PAPERS[LIST], _l("Host's list"), list_paper, file="host-list")
papers.register(PAPERS[BADGES], _l("Badges"), badges_paper, file="badges")
papers.register(PAPERS[PLATES], _l("Name plates"), plates_paper, file="name-plates")
papers.register(certificates.CERTIFICATE, certificates.WORDS, certificates.certificate_paper, file="certificate")
