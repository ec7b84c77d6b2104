"""What a paper says of its label, and of the reader whose copy it is: name as on the contact card, and office."""

from __future__ import annotations

from uuid import UUID

from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.session import ViewerSession
from secretariat.directory import queries
from secretariat.directory.hats import hats_in_words
from secretariat.prints import sheet
from secretariat.processes.wording import shown_label


def reader_in_words(session: ViewerSession, process: UUID) -> str:
    """`Ana López, Focal point, Guatemala`; the office alone where the person has no card in the process."""
    viewer = session.viewer
    if viewer.person is None:
        return _("the public")
    worn = hats_in_words(session, viewer.person, viewer.on, current_reading().language.code)
    office = next((one.words for one in worn if one.hat == viewer.hat), "")
    name = next((one.name for one in queries.cards_of(session, viewer.person) if one.process_id == process), "")
    if name and office:
        return _("%(name)s, %(office)s", name=name, office=office)
    return name or office


sheet.reader_in_words = reader_in_words
sheet.label_in_words = shown_label
