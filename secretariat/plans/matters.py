"""What plans leave to an agenda: commitments due by the meeting, as one item that names none of them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import ngettext, reading_in
from secretariat.core.localtext import LocalText
from secretariat.core.matters import Asked, Matter, register
from secretariat.plans.queries import awaited_of_participants


def commitments_due(session: Session, asked: Asked) -> Iterable[Matter]:
    """One matter, however many are due: whose they are and what they say has readers of its own, and an item about them
    is read by whoever reads the agenda."""
    due = sum(
        1
        for one in awaited_of_participants(session, asked.process, None, clock.today())
        if one.kind == "commitment" and one.track == asked.track and one.due_on is not None and one.due_on <= asked.by
    )
    if not due:
        return []
    since = ngettext("one is due by the meeting", "%(num)s are due by the meeting", due)
    return [Matter("commitments", _l("Commitments"), _item(asked), since)]


def _item(asked: Asked) -> LocalText:
    texts = {}
    for language in asked.languages:
        with reading_in(language):
            texts[language] = _("Commitments of the plan of action that are due")
    return LocalText(texts, next(iter(texts)))


register("plans", commitments_due)
