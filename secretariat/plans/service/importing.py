"""A table is brought into a plan: looked at, its columns chosen, confirmed, and put in by the worker - all or nothing.

Nothing is in the plan before it is confirmed. What a table brings is proposed, as everything drafted by anyone but its
participant. The job puts all of it in in one transaction, together with the word that it is done: begun again after a
crash it begins from nothing, or finds that all is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from secretariat.core import after_commit, clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.languages import reading_as_told, told_reading
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import Reason, ViewerSession, reading_as, system_unit
from secretariat.core.viewer import Viewer
from secretariat.documents import cells, kept_sheets, sent_tables, sheets
from secretariat.jobs import service as jobs
from secretariat.jobs.kinds import Hands, Progress, Result
from secretariat.plans import import_queries, policy, queries
from secretariat.plans.exchange import meaning, names
from secretariat.plans.exchange import shape as shapes
from secretariat.plans.exchange.meaning import Looked, Wanted
from secretariat.plans.exchange.outline import Node
from secretariat.plans.exchange.rows import rows_of
from secretariat.plans.exchange.shape import Habit, Shape
from secretariat.plans.import_models import ImportHabit, ImportState, PlanImport
from secretariat.plans.milestones import Milestone
from secretariat.plans.models import Activity, Area, Objective, Plan
from secretariat.plans.service.commitments import Draft, Partner, propose_many
from secretariat.plans.service.record import record
from secretariat.plans.service.text import NewPart, Part, add_parts
from secretariat.processes.clauses import named, person, secretariat
from secretariat.processes.names import names_of

WORK = "plan_import"
UNCONFIRMED_FOR, KEPT_FOR = timedelta(days=7), timedelta(days=365)
"""How long a table waits for a word, and how long what came in by it can be taken back."""
MOST_BYTES = sent_tables.MOST_BYTES
MOST_OPEN = 5
"""Tables of one person and plan that wait for a word."""
_KINDS: dict[str, type[Area | Objective | Activity]] = {"area": Area, "objective": Objective, "activity": Activity}


def look_at(session: ViewerSession, plan: Plan, name: str, content: bytes, languages: Sequence[str]) -> PlanImport:
    """Take a table in, to be looked at; how it is to be read is guessed. Raises NotAllowed; Refused where it cannot be
    read at all."""
    require(policy.may_propose(session.viewer, plan))
    waiting = [one for one in import_queries.imports_of(session, plan.id) if one.state is ImportState.LOOKED_AT]
    if len(waiting) >= MOST_OPEN:
        raise Refused(_("Several tables wait for your word already; confirm them or throw them away first."), "table")
    book = sent_tables.opened(content, _too_large())
    shape = shapes.guess(book, habit_of(session, plan), languages)
    made = PlanImport(
        process_id=plan.process_id,
        track_id=plan.track_id,
        plan_id=plan.id,
        asked_by_id=session.viewer.person,
        asked_at=clock.now(),
        name=cells.plain(name)[-200:],
        state=ImportState.LOOKED_AT,
        shape=shape.to_json(),
        became={},
        kept=kept_sheets.packed(book),
    )
    made.plan, made.process, made.track = plan, plan.process, plan.track
    assert session.viewer.person is not None
    attach(session, made, [named(plan.process, plan.track, audience=[person(session.viewer.person)])], container=plan)
    session.flush()
    return made


def _too_large() -> str:
    return _("This table is larger than a plan of action is. Take away what is no part of it, or send it in parts.")


def habit_of(session: Session, plan: Plan) -> Habit:
    """How tables of the plan's track were read the last time."""
    found = import_queries.habit_of(session, plan.track_id)
    return Habit(found.columns, found.names) if found is not None else Habit()


def book_of(session: Session, one: PlanImport) -> list[sheets.Sheet]:
    """What was read of the file; nothing once it is in."""
    content = import_queries.kept_of(session, one.id)
    return kept_sheets.unpacked(content) if content is not None else []


def looked(session: Session, one: PlanImport) -> Looked:
    """What the table means now, as far as this reader sees what it speaks of."""
    shape, book = Shape.from_json(one.shape), book_of(session, one)
    rows = rows_of(book[shape.sheet], shape) if shape.sheet < len(book) else []
    return meaning.look(meaning.Known(session, one.plan), rows, shape)


def choose(session: ViewerSession, one: PlanImport, shape: Shape) -> None:
    """How the table is to be read; remembered for the next one of its track. Raises NotAllowed."""
    _check_waits(session, one)
    require(names.known_answers(shape.names.values()))
    one.shape = shape.to_json()
    before = habit_of(session, one.plan)
    after = before.with_choices(shapes.remembered(book_of(session, one), shape), shape)
    kept_habit = import_queries.habit_of(session, one.track_id)
    if kept_habit is None:
        kept_habit = ImportHabit(track_id=one.track_id, columns={}, names={})
        clause = named(one.process, one.track, audience=[secretariat(one.track)])
        attach(session, kept_habit, [clause], container=one.track)
    kept_habit.columns, kept_habit.names = dict(after.columns), dict(after.names)
    session.flush()


def answer(session: ViewerSession, one: PlanImport, answers: Mapping[str, str]) -> None:
    """Who is meant by names nobody has here. Raises NotAllowed."""
    shape = Shape.from_json(one.shape)
    given = {**shape.names, **answers}
    choose(session, one, replace(shape, names={name: said for name, said in given.items() if said}))


def _check_waits(session: ViewerSession, one: PlanImport) -> None:
    require(policy.may_propose(session.viewer, one.plan))
    if one.state is not ImportState.LOOKED_AT:
        raise Refused(_("This table is confirmed already; nothing was changed."))


def confirm(session: ViewerSession, one: PlanImport) -> None:
    """Bring all of it in. Raises NotAllowed; Refused where something is to be mended, or nothing would come in."""
    require(policy.may_propose(session.viewer, one.plan))
    if one.state is not ImportState.LOOKED_AT:
        return
    if not looked(session, one).can_come_in:
        raise Refused(_("It comes in as a whole or not at all, and something in it is to be mended first."))
    one.state, one.confirmed_at = ImportState.CONFIRMED, clock.now()
    ask(session, one, WORK)


def throw_away(session: ViewerSession, one: PlanImport) -> None:
    """Not go on with a table that is not in. Raises NotAllowed."""
    require(one.state is ImportState.LOOKED_AT)
    session.delete(one)
    session.flush()


def is_stuck(session: Session, one: PlanImport) -> bool:
    """Whether the job was given up, and nobody is at the table."""
    return one.state in (ImportState.CONFIRMED, ImportState.UNDOING) and jobs.given_up(session, one.job_id)


def go_on(session: ViewerSession, one: PlanImport, work: str = WORK) -> None:
    """Ask anew for a job that was given up. Raises NotAllowed."""
    require(policy.may_keep(session.viewer, one.plan))
    if is_stuck(session, one):
        ask(session, one, work)


def ask(session: ViewerSession, one: PlanImport, work: str) -> None:
    """Ask for the work on a table, in the language and zone of who asks."""
    told = {"import": str(one.id), **told_reading()}
    one.job_id = jobs.ask(session, work, one.process, one.track, told).id
    session.flush()


def forget_imports(engine: Engine) -> None:
    """Throw away tables nobody confirmed within their time, and what is remembered of those that came in long ago."""
    with system_unit(engine, Reason.FILES) as system:
        old = or_(
            (PlanImport.state == ImportState.LOOKED_AT) & (PlanImport.asked_at < clock.now() - UNCONFIRMED_FOR),
            PlanImport.finished_at < clock.now() - KEPT_FOR,
        )
        for one in system.scalars(select(PlanImport).where(old)):
            system.delete(one)


# --- the job ------------------------------------------------------------------------------------------------------


def bring_in(hands: Hands, told: Mapping[str, Any], progress: Progress) -> Result:
    """All of a confirmed table in one transaction, or nothing of it; what came in, as a table."""
    key = UUID(told["import"])
    with reading_as_told(told):
        with reading_as(hands.engine, hands.eyes(), writes=True) as session:
            one = locked(session, key)
            if one.state is ImportState.CONFIRMED:
                _put_all_in(session, one, teller(hands.engine, progress))
                session.commit()
                after_commit.run(session)
        with reading_as(hands.engine, hands.eyes()) as session:
            return _report(session, the_import(session, key))


def teller(engine: Engine, progress: Progress) -> Callable[[int, int], None]:
    """Progress is written past the transaction that goes on; the embedded database has one writer at a time, so that it
    is told nothing before the end."""
    return progress if engine.dialect.name == "postgresql" else lambda _done, _total: None


def the_import(session: ViewerSession, key: UUID) -> PlanImport:
    """The table, of a plan one keeps. Raises NotAllowed."""
    one = import_queries.import_by_id(session, key)
    if one is None or not policy.may_keep(session.viewer, one.plan):
        raise NotAllowed
    return one


def locked(session: ViewerSession, key: UUID) -> PlanImport:
    """The table, which nobody else writes in before this transaction is over; nor in the text of its plan."""
    plan = session.scalar(select(PlanImport.plan_id).where(PlanImport.id == key).with_for_update())
    session.scalar(select(Plan.id).where(Plan.id == plan).with_for_update())
    return the_import(session, key)


def _put_all_in(session: ViewerSession, one: PlanImport, tell: Callable[[int, int], None]) -> None:
    found = looked(session, one)
    if not found.can_come_in:  # something changed since it was looked at: nothing comes in, and its page says what
        one.state, one.confirmed_at, one.became = ImportState.LOOKED_AT, None, {"changed": True}
        session.flush()
        return
    viewer, plan = session.viewer, one.plan
    there = {part.id: part for part in queries.outline(session, plan.id)}
    parts = _put_parts_in(session, viewer, plan, found.outline.new, there)
    drafts = [_draft(wanted, parts, there) for wanted in found.wanted]
    made = propose_many(session, viewer, plan, drafts, tell)
    one.became = {
        "parts": [str(part.made.id) for part in parts.values() if part.made is not None],
        "commitments": [str(commitment.id) for commitment in made],
        "rows": [wanted.row for wanted in found.wanted],
    }
    one.state, one.finished_at, one.kept = ImportState.DONE, clock.now(), None
    session.flush()
    clause = named(plan.process, plan.track, audience=[secretariat(plan.track)])
    counts = {"parts": len(one.became["parts"]), "commitments": len(made)}
    record(session, "table brought in", plan, clause, plan, name=one.name, **counts)


def _put_parts_in(
    session: ViewerSession, viewer: Viewer, plan: Plan, new: Sequence[Node], there: Mapping[UUID, Part]
) -> dict[int, NewPart]:
    made: dict[int, NewPart] = {}
    for node in new:
        first = next(code for code in (*plan.process.languages, *node.texts) if code in node.texts)
        above = _above(node.above, made, there)
        made[id(node)] = NewPart(
            _KINDS[node.level], LocalText(node.texts, first), node.number, above, points_to=node.points_to
        )
    add_parts(session, viewer, plan, list(made.values()))
    return made


def _above(node: Node | None, made: Mapping[int, NewPart], there: Mapping[UUID, Part]) -> Part | NewPart | None:
    if node is None:
        return None
    return there[node.there] if node.there is not None else made[id(node)]


def _draft(wanted: Wanted, made: Mapping[int, NewPart], there: Mapping[UUID, Part]) -> Draft:
    above = _above(wanted.part, made, there)
    return Draft(
        participant_id=wanted.participant,
        words=wanted.words,
        lead=wanted.lead,
        due_on=wanted.due_on,
        indicator=wanted.indicator,
        baseline=wanted.baseline,
        milestones=[Milestone(on, words) for on, words in wanted.milestones],
        part=above.made if isinstance(above, NewPart) else above,
        partners=[Partner(one.participant, one.network, one.name) for one in wanted.partners],
    )


def _report(session: ViewerSession, one: PlanImport) -> Result:
    """What came in: which row became which proposal."""
    keys = [UUID(key) for key in one.became.get("commitments", [])]
    rows = dict(zip(keys, one.became.get("rows", []), strict=False))
    made = [commitment for commitment, _proposal, _asked in import_queries.proposals_among(session, keys)]
    called = names_of(session, [commitment.participant_id for commitment in made], process=one.process_id)
    lines = sorted((rows.get(one.id, 0), str(called[one.participant_id]), str(one.words)) for one in made)
    table = [[_("Row"), _("Responsible"), _("Proposed")], *[[str(row), name, words] for row, name, words in lines]]
    return Result("plan-import.csv", cells.csv_of([], table), "text/csv; charset=utf-8")
