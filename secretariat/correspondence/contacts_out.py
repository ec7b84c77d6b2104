"""The contact list as it leaves: a paper, a CSV, vCards. Each holds what who makes it may read, with its marking and
the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.labelling import label_values
from secretariat.core.languages import dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text, today
from secretariat.core.languages.words import language_name, list_text
from secretariat.core.session import ViewerSession
from secretariat.correspondence import vcards
from secretariat.correspondence.vcards import Card
from secretariat.directory import contact_list
from secretariat.directory.contact_list import Line
from secretariat.directory.hats import ROLE_WORDS
from secretariat.directory.liaison_models import LiaisonListing
from secretariat.directory.models import Appointment
from secretariat.documents import cells
from secretariat.jobs import papers
from secretariat.jobs.kinds import Result
from secretariat.prints.sheet import Head, Issuer, Sheet, file_name, set_sheet
from secretariat.processes import queries as processes
from secretariat.processes.models import Process

CONTACTS = "contacts"
CSV, VCARD = "csv", "vcf"
FORMS = (CSV, VCARD)
_KINDS = {"mail": _l("Mail address"), "telephone": _l("Telephone"), "mobile": _l("Mobile telephone")}


def contact_paper(session: ViewerSession, process_id: UUID) -> Sheet | None:
    """The list as a paper; None where there is nobody the reader may know of."""
    process = session.scalar(select(Process).where(Process.id == process_id))
    lines = _lines(session, process)
    if process is None or not lines:
        return None
    groups: dict[str, list[Line]] = {}
    for one in lines:
        groups.setdefault(one.acts_for, []).append(one)
    return set_sheet(
        session,
        "contacts",
        _heaviest(session, lines),
        _issuer(session, process),
        Head(str(_l("Contact list"))),
        groups=groups,
        labels=sorted({label for one in lines for label in one.labels}),
        role_words=ROLE_WORDS,
        sorts=_KINDS,
        on=today(),
    )


def contact_file(session: ViewerSession, process: Process, form: str) -> Result | None:
    """The list as CSV or vCards; None where there is nobody the reader may know of."""
    lines = _lines(session, process)
    if not lines:
        return None
    # The paper says what stands on every page of it: so does what has no pages.
    sheet = contact_paper(session, process.id)
    above = [sheet.marking, sheet.copy_of] if sheet is not None else []
    name = file_name("contact-list", "", today(), form)
    stand = _("As of %(day)s.", day=dates.day_in_full(today(), weekday=False))
    if form == CSV:
        head = [*above, f"{process.acronym}: {_('Contact list')}. {stand}"]
        return Result(name, cells.csv_of(head, _table(lines)), "text/csv; charset=utf-8")
    note = " ".join(one for one in (*above, stand) if one)
    made = vcards.vcards((_card(process, one, note) for one in lines if one.row.name), clock.today())
    return Result(name, made, vcards.MEDIA_TYPE)


def _lines(session: ViewerSession, process: Process | None) -> list[Line]:
    if process is None:
        return []
    on: date = session.viewer.on
    return contact_list.with_numbers(session, contact_list.lines_of(session, process, on))


def _heaviest(session: ViewerSession, lines: Sequence[Line]) -> Appointment | LiaisonListing:
    """The appointment, or what a network is told of one, whose label stands at the head of the paper: nothing on it is
    known to more."""
    values = label_values(session, {one.row.label_id for one in lines})
    first = max(lines, key=lambda one: values[one.row.label_id].level.weight)
    if first.is_listed:
        return session.scalars(select(LiaisonListing).where(LiaisonListing.id == first.id)).one()
    return session.scalars(select(Appointment).where(Appointment.id == first.id)).one()


def _issuer(session: ViewerSession, process: Process) -> Issuer:
    network = processes.network_of(session, session.viewer, process.id)
    track = network.kind.value if network is not None else "government"
    return Issuer(process.id, process.acronym, local_text(process.name), track)


def _table(lines: Sequence[Line]) -> list[list[str]]:
    headings = [
        _("Acts for"), _("As"), _("Name"), _("Function"), _("Ministry or organization"), _("For"), _("Languages"),
        _("Mail address"), _("Telephone"), _("Mobile telephone"), _("Time zone"), _("Last confirmed"),
    ]  # fmt: skip
    return [headings, *([cells.plain(cell) for cell in _row(one)] for one in lines)]


def _row(line: Line) -> list[str]:
    row = line.row
    numbers = {kind: ", ".join(one.value for one in line.numbers if one.kind == kind) for kind in _KINDS}
    return [
        line.acts_for,
        str(ROLE_WORDS[row.role]),
        row.name or "",
        local_text(row.function) if row.function else "",
        local_text(row.ministry) if row.ministry else "",
        line.theme or _("All subjects"),
        list_text([language_name(code) for code in line.languages]),
        numbers["mail"],
        numbers["telephone"],
        numbers["mobile"],
        row.zone or "",
        row.confirmed_on.isoformat() if row.confirmed_on else "",
    ]


def _card(process: Process, line: Line, note: str) -> Card:
    row = line.row
    return Card(
        key=str(line.id),
        name=row.name,
        organization=(line.acts_for, local_text(row.ministry) if row.ministry else ""),
        title=local_text(row.function) if row.function else "",
        role=str(ROLE_WORDS[row.role]),
        languages=line.languages,
        zone=row.zone or "",
        numbers=[(one.kind, one.value) for one in line.numbers],
        categories=[one for one in (process.acronym, line.theme) if one],
        note=note,
    )


papers.register(CONTACTS, _l("Contact list"), contact_paper, file="contact-list")
