"""The progress report as a paper: the words of an edition as they were frozen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from markupsafe import Markup

from secretariat.core.languages import current_reading
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.session import ViewerSession
from secretariat.jobs import kinds, papers
from secretariat.plans.works import issuer_of
from secretariat.prints.sheet import Head, Sheet, set_sheet
from secretariat.reports import making, queries
from secretariat.reports.models import ReportEdition

EDITION = making.EDITION


def edition_paper(session: ViewerSession, edition_id: UUID) -> Sheet | None:
    """An edition, word for word; None where the reader has none."""
    edition = queries.edition_by_id(session, edition_id)
    if edition is None:
        return None
    head = Head(str(_l("Progress report")), symbol=edition.symbol or "", issued=edition.issued_at)
    return set_sheet(session, "report", edition, issuer_of(edition.plan), head, words=frozen_words(edition))


def frozen_words(edition: ReportEdition) -> Markup:
    """The words of an edition in the reader's language, or in the first there is.

    They were frozen when it was issued, from a template that escapes what people wrote.
    """
    text = edition.texts.get(current_reading().language.code) or edition.texts[next(iter(edition.texts))]
    return Markup(text)  # noqa: S704


def _page_of(told: dict[str, Any]) -> str:
    return f"/reports/{told['edition']}/table"


papers.register(EDITION, _l("Progress report"), edition_paper, file="progress-report")
kinds.register_deed(making.WORK, _l("A report tabled at a meeting"), making.table, page=_page_of)
