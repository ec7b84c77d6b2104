"""The certificate of one who came to a workshop."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from secretariat.arrangements import workshop_queries as queries
from secretariat.core.languages import dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession
from secretariat.prints.sheet import Head, Issuer, Sheet, set_sheet

CERTIFICATE = "workshop_certificate"
WORDS = _l("Certificate")


def certificate_paper(session: ViewerSession, key: UUID) -> Sheet | None:
    """That a person took part; for who came alone. It is handed to that person, who hangs it on a wall: no marking
    stands on it, nor whose copy it is, as on a letter of invitation."""
    seat = queries.seat_by_id(session, key)
    one = queries.workshop_by_id(session, seat.workshop_id) if seat is not None and seat.attended else None
    if seat is None or one is None:
        return None
    process = one.process
    issuer = Issuer(process.id, process.acronym, local_text(process.name), one.track.kind.value)
    made = set_sheet(
        session,
        "certificate",
        seat,
        issuer,
        Head(_("Certificate")),
        seat=seat,
        one=one,
        when=dates.days_text(one.starts_on, one.ends_on),
        where=local_text(one.place) if one.place else "",
    )
    return replace(made, watermark="", marking="", copy_of="")
