"""What happens once to a plan and can be waited for: its adoption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import events
from secretariat.core.events import Occasion
from secretariat.core.labelling import container_of
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.plans.models import Plan, PlanState
from secretariat.plans.service import ADOPTED


def plans_ahead(_session: Session, thing: Any) -> Iterator[Occasion]:
    """The plan a thing stands in, or is, while it is a draft."""
    one: Any = thing
    while one is not None and not isinstance(one, Plan):
        one = container_of(one)
    if one is not None and one.state is PlanState.DRAFT:
        yield Occasion(ADOPTED, one.id, _adopted(one))


def _adopted(plan: Plan) -> str:
    return _("When “%(plan)s” is adopted", plan=local_text(plan.title))


def _adopted_in_words(session: Session, key: UUID) -> str | None:
    found = session.scalar(select(Plan).where(Plan.id == key))
    return _adopted(found) if found is not None else None


events.register(ADOPTED, plans_ahead, _adopted_in_words)
