"""Files as evidence: taking them in with an update, and handing them out to who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask.typing import ResponseReturnValue

from secretariat.documents.service import Received
from secretariat.documents.views.base import all_taken_in
from secretariat.documents.views.files import saved
from secretariat.documents.words import file_in_words as in_words
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, not_found, signed_in
from secretariat.pages.forms import Form
from secretariat.plans import queries
from secretariat.plans.evidence_models import LentFile
from secretariat.plans.service.evidence import MOST
from secretariat.plans.views import blueprint

__all__ = ["choices", "in_words", "taken_in"]


def taken_in(form: Form, name: str = "files") -> list[Received]:
    """The files a form brings, kept before anything is written of them. Raises Refused."""
    return all_taken_in(form, name, most=MOST)


def choices(files: Iterable[LentFile]) -> list[tuple[str, str]]:
    """Files of drafts to choose from, by their names."""
    return [(str(one.id), f"{one.name} ({in_words(one)})") for one in files]


@blueprint.get("/evidence/<uuid:evidence_id>")
@signed_in
def evidence_file(evidence_id: UUID) -> ResponseReturnValue:
    """A file of an update to who may read that, of a draft to its own capital; always to be saved."""
    one = queries.evidence_file(unit.db(), evidence_id)
    if one is None:
        not_found()
    return saved(one, one.name, one)


@blueprint.get("/l/<token>/update/<uuid:evidence_id>")
@by_link("update")
def drafted_file(link: OpenedLink, evidence_id: UUID) -> ResponseReturnValue:
    """A file a colleague sent with a draft, behind the link of the focal point who is to speak of that commitment."""
    one = found(queries.draft_file(unit.db(), evidence_id))
    commitment = found(found(one.lent).commitment)
    authorise(commitment.id in link.subjects or commitment.carried_from_id in link.subjects)
    return saved(one, one.name, one)
