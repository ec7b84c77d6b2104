"""Out, in and out again: the same table."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.documents import cells
from secretariat.jobs.kinds import Hands
from secretariat.plans import frameworks, service
from secretariat.plans.exchange import going_out
from secretariat.plans.milestones import Milestone
from secretariat.plans.models import Plan
from secretariat.plans.service import importing
from tests.factories.plans import acting, seeing
from tests.integration.plans.test_tables_in import draft_plan
from tests.support.plans import Site

ODD = "=+-@'\"|;,/ 1.)\n_x0041_àشЖ語%"
WORDS = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), min_size=1, max_size=25)
SAID = WORDS.map(cells.plain).filter(bool)
IN_LANGUAGES = st.dictionaries(st.sampled_from(["en", "es", "ar"]), SAID, min_size=1, max_size=3)
COMMITMENTS = st.lists(
    st.tuples(
        st.sampled_from(["gt", "mx", "hn"]),
        IN_LANGUAGES,
        st.one_of(st.none(), st.dates()),
        st.booleans(),
        SAID.map(lambda one: " ".join(one.split())),
        st.lists(st.tuples(st.dates(), IN_LANGUAGES), max_size=3),
    ),
    max_size=3,
)
POINTS = st.lists(st.sampled_from(["gcm:1", "gcm:23", "own:3.1", "own:A"]), max_size=3, unique=True)
PARTS = st.lists(st.tuples(IN_LANGUAGES, COMMITMENTS, st.integers(0, 2), POINTS), max_size=4)
PRINTED_AT = clock.now()
GOALS = frameworks.goals_in(LocalText.of("3.1 Recognition\nA Figures"))


@pytest.mark.parametrize("form", going_out.FORMS)
@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(told=PARTS, whole=COMMITMENTS)
def test_out_in_and_out_again_is_the_same(site: Site, form: str, told: list[Any], whole: list[Any]) -> None:
    first, second = draft_plan(site.planned, "One"), draft_plan(site.planned, "One")
    for key in (first, second):
        with acting(site.planned.engine, site.planned.people.officer) as session:
            plan = session.scalars(select(Plan).where(Plan.id == key)).one()
            service.set_framework(session, session.viewer, plan, LocalText.of("Agenda"), GOALS)
    _write(site, first, told, whole)
    before = _out(site, first, form)
    with acting(site.planned.engine, site.planned.people.officer) as session:
        plan = session.scalars(select(Plan).where(Plan.id == second)).one()
        one = importing.look_at(session, plan, f"table.{form}", before.content, ["en", "es"])
        looked = importing.looked(session, one)
        assert [(row.row.number, row.problems) for row in looked.wrong] == []
        if not looked.can_come_in:
            assert before.rows == []
            return
        importing.confirm(session, one)
        key = one.id
    told_import = {"import": str(key), "language": "en", "zone": "UTC"}
    importing.bring_in(_hands(site), told_import, lambda _done, _all: None)
    after = _out(site, second, form)
    for row, other in zip(after.rows, before.rows, strict=True):
        assert row == other
    if form == going_out.CSV:
        assert after.content == before.content


class _Out:
    def __init__(self, table: going_out.Table, form: str) -> None:
        self.rows, self.content = table.rows, going_out.made(table, form).content


def _out(site: Site, plan: Any, form: str) -> _Out:
    with (
        seeing(site.planned.engine, site.planned.people.officer) as session,
        patch.object(clock, "now", return_value=PRINTED_AT),  # a copy for named readers says when it was made
    ):
        table = going_out.working_table(session, plan)
        assert table is not None
        return _Out(table, form)


def _hands(site: Site) -> Hands:
    from secretariat.directory import viewers

    who = site.planned.people.officer
    return Hands(site.planned.engine, site.settings, lambda: viewers.viewer(site.planned.engine, who.person, who.hat))


def _write(site: Site, key: Any, told: list[Any], whole: list[Any]) -> None:
    """Areas, objectives and activities, each in the last of those above it, with what is proposed in them."""
    with acting(site.planned.engine, site.planned.people.officer) as session:
        plan = session.scalars(select(Plan).where(Plan.id == key)).one()
        _propose(site, session, plan, None, whole)
        above: dict[int, Any] = {}
        for texts, commitments, level, points in told:
            around = next((above[one] for one in range(level - 1, -1, -1) if one in above), None)
            title = LocalText(texts, next(iter(texts)))
            if level == 0:
                part: Any = service.add_area(session, session.viewer, plan, title)
                above = {}
            elif level == 1:
                part = service.add_objective(session, session.viewer, plan, title, above=around)
                service.point(session, session.viewer, part, points)
                above.pop(2, None)
            else:
                part = service.add_activity(session, session.viewer, plan, title, above=around)
            above[level] = part
            _propose(site, session, plan, part, commitments)


def _propose(site: Site, session: Any, plan: Plan, part: Any, commitments: list[Any]) -> None:
    said: set[Any] = set()
    network = service.Partner(track_id=site.planned.people.id["network"])
    for who, texts, due, has_partner, name, steps in commitments:
        words = LocalText(texts, next(iter(texts)))
        if any((who, code, text) in said for code, text in texts.items()):
            continue  # the same commitment twice is one
        said |= {(who, code, text) for code, text in texts.items()}
        partners = [service.Partner(site.planned.people.id["bz"]), service.Partner(name=name)] if has_partner else []
        milestones = [Milestone(on, LocalText(said_by, next(iter(said_by)))) for on, said_by in steps]
        draft = service.Draft(
            site.planned.people.id[who], words, lead=words, due_on=None if milestones else due, indicator=words,
            part=part, partners=[*partners, *([network] if has_partner else [])], baseline=words, milestones=milestones,
        )  # fmt: skip
        service.propose_commitment(session, session.viewer, plan, draft)
