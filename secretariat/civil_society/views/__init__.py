"""Pages of the civil-society track: submissions on both sides of the wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Flask, url_for

from secretariat.civil_society import became, choice_queries, policy, position_queries
from secretariat.civil_society.choice_models import Choice
from secretariat.civil_society.models import Submission
from secretariat.civil_society.position_models import Position
from secretariat.civil_society.tally import Phase
from secretariat.civil_society.views import (
    answering,
    choices,
    commenting,
    confiding,
    positions,
    publishing,
    replying,
    submissions,
)
from secretariat.civil_society.views.base import blueprint
from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents.models import Document
from secretariat.pages import place, shell, unit
from secretariat.pages.place import GOVERNMENT

__all__ = [
    "answering",
    "blueprint",
    "choices",
    "commenting",
    "confiding",
    "init",
    "positions",
    "publishing",
    "replying",
    "submissions",
]


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    app.register_blueprint(positions.blueprint)
    app.register_blueprint(choices.blueprint)
    app.register_blueprint(confiding.blueprint)
    app.jinja_env.globals["publication_of"] = publishing.publication_of
    app.jinja_env.globals["published_by_both_sides"] = publishing.is_anything_published
    app.jinja_env.globals["choice_of_guest"] = _choice_of
    app.jinja_env.globals["position_on_edition"] = _position_on
    app.jinja_env.globals["position_may_be_opened"] = _may_be_opened
    app.jinja_env.globals["submissions_behind"] = _behind
    app.jinja_env.globals["submissions_on"] = _commenting_on
    app.jinja_env.globals["comment_for_network"] = commenting.comment_address
    words, of_network = _l("From the network"), _l("Submissions")
    entry = shell.NavigationEntry(32, words, "civil_society.ledger", _navigation, of_network, beneath=("confiding",))
    shell.add_to_navigation(app, entry)
    shell.add_to_navigation(app, shell.NavigationEntry(31, _l("Positions"), "positions.index", _to_positions))


def _behind(*things: UUID) -> dict[UUID, list[Submission]]:
    """From which submissions things of lower rooms come, for the pages of these."""
    return became.behind(unit.db(), things) if became.reads_submissions(unit.viewer()) else {}


def _commenting_on(document: UUID) -> Sequence[Submission]:
    """Which submissions comment on a document, for its page."""
    return became.commenting_on(unit.db(), document) if became.reads_submissions(unit.viewer()) else []


@dataclass(frozen=True, slots=True)
class OfGuest:
    """How the network chooses who goes: the choice, where it stands, and who was chosen."""

    choice: Choice
    stands: str
    chosen: list[str]
    may_ask_anew: bool


def _choice_of(guest: UUID) -> OfGuest | None:
    """How the network chooses who goes to what it is invited to, for the page of the invitation."""
    one = choice_queries.choice_on(unit.db(), guest)
    if one is None:
        return None
    candidates = choice_queries.candidates_of(unit.db(), one.id)
    stands = choice_queries.phase_of(one, len(candidates))
    if stands is Phase.OVER and not candidates:
        stands = Phase.ENDED
    anew = one.ended_at is not None or one.has_moved
    return OfGuest(one, stands.value, choice_queries.chosen_names(candidates), anew)


def _position_on(edition: UUID) -> Position | None:
    """The position an edition of a network was opened as, for the page of the edition."""
    return position_queries.position_on(unit.db(), edition)


def _may_be_opened(document: Document) -> bool:
    """Whether the reader may open an edition to signatures."""
    return policy.may_open_position(unit.viewer(), document)


def _navigation() -> str | None:
    """The submissions of the network one is in; on the governments' side, for liaison officers: others come to them
    from the page of the process and from their list."""
    here, viewer = place.here(), unit.viewer()
    if here is None or here.id is None or here.id not in viewer.processes:
        return None
    if here.track == GOVERNMENT and not any(one.kind == "liaison" and one.id == here.id for one in viewer.offices):
        return None
    return url_for("civil_society.ledger", slug=here.slug)


def _to_positions() -> str | None:
    """The positions of the network one is in; on the governments' side there is no such page."""
    here = place.here()
    if here is None or here.id is None or here.track == GOVERNMENT or here.id not in unit.viewer().processes:
        return None
    return url_for("positions.index", slug=here.slug)
