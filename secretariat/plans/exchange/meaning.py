"""What the rows of a table mean in a plan: parts, participants, partners, days, and what is there already.

Looked up once, under the eyes of the session, in a number of statements that does not grow with the rows; then each row
is judged in memory, so that the preview and the bringing in say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText
from secretariat.documents.headings import folded
from secretariat.plans import frameworks, queries
from secretariat.plans.exchange import days, steps
from secretariat.plans.exchange.columns import LEVELS
from secretariat.plans.exchange.names import MEMBERS, NOBODY, PARTNER, Meant, Names
from secretariat.plans.exchange.outline import Node, Outline
from secretariat.plans.exchange.rows import NONE, Problem, Row, Texts
from secretariat.plans.exchange.shape import Shape
from secretariat.plans.models import Commitment, CommitmentState, Plan, PlanState

LONGEST = {
    "area": 2000,
    "objective": 2000,
    "activity": 2000,
    "words": 2000,
    "lead": 300,
    "indicator": 1000,
    "baseline": 1000,
}
LONGEST_NUMBER, LONGEST_PARTNER, MOST_PARTNERS = 20, 300, 40
MOST_NEIGHBOURS = 9_000
MOST_COMMITMENTS = 10_000
"""Of one table; more are no plan of action."""
_STANDING = (CommitmentState.PROPOSED, CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN)


class Beside(NamedTuple):
    """A partner: who takes part, a network of civil society, or a name that is neither."""

    participant: UUID | None
    network: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A commitment that would be proposed."""

    row: int
    participant: UUID
    words: LocalText
    lead: LocalText | None
    indicator: LocalText | None
    due_on: date | None
    part: Node | None
    partners: tuple[Beside, ...]
    baseline: LocalText | None = None
    milestones: tuple[tuple[date, LocalText], ...] = ()


@dataclass(slots=True)
class Meaning:
    """What one row means. `notes` say how something was taken that could have been meant otherwise."""

    row: Row
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    part: Node | None = None
    due_on: date | None = None
    milestones: list[steps.Step] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    there: int = 0
    """Commitments of it that the plan has already."""


@dataclass
class Looked:
    """A table as it stands: every row, the parts that would come in, the names nobody has here."""

    rows: list[Meaning]
    outline: Outline
    unknown: dict[str, Meant]
    """By what answers to them are kept by; also those that were answered."""
    too_many: bool = False

    @cached_property
    def wrong(self) -> list[Meaning]:
        return [one for one in self.rows if one.problems]

    @cached_property
    def noted(self) -> list[Meaning]:
        return [one for one in self.rows if one.notes and not one.problems]

    @cached_property
    def wanted(self) -> list[Wanted]:
        """Every commitment that would be proposed, in the order of the rows."""
        return [wanted for one in self.rows for wanted in one.wanted]

    @cached_property
    def participants(self) -> set[UUID]:
        return {one.participant for one in self.wanted}

    @property
    def can_come_in(self) -> bool:
        """All or nothing: whether nothing is to be mended and something would come in."""
        return not self.wrong and not self.too_many and bool(self.wanted or self.outline.new)

    @property
    def there(self) -> int:
        return sum(one.there for one in self.rows)


class Known:
    """What is there in a plan and its process."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self.plan = plan
        self.today = clock.today()
        self.members = queries.participants_today(session, plan, self.today)
        self.names = Names(session, plan, self.today)
        self.outline, self.nodes = _outline(queries.standing(queries.outline(session, plan.id)))
        self.commitments = _commitments(session, plan)
        self.goals = {folded(one.mark): key for key, one in frameworks.goals_of(plan).items()}


def look(known: Known, rows: Sequence[Row], shape: Shape) -> Looked:
    """What all rows mean."""
    judge = _Judge(known, shape)
    looked = Looked([judge.of(row) for row in rows], known.outline, judge.unknown)
    looked.too_many = len(looked.wanted) > MOST_COMMITMENTS
    return looked


def _outline(parts: Iterable[queries.Part]) -> tuple[Outline, dict[UUID | None, Node]]:
    found = Outline()
    nodes: dict[UUID | None, Node] = {}
    levels = {"areas": "area", "objectives": "objective", "activities": "activity"}
    for part in parts:
        above = getattr(part, "objective_id", None) or getattr(part, "area_id", None)
        node = Node(levels[part.__tablename__], nodes.get(above), part.number, dict(part.title.texts), there=part.id)
        nodes[part.id] = found.put(node)
    return found, nodes


def _commitments(session: Session, plan: Plan) -> dict[tuple[Any, ...], list[Texts]]:
    """The words of what stands in the plan, by part and participant."""
    found: dict[tuple[Any, ...], list[Texts]] = {}
    wanted = select(
        Commitment.activity_id, Commitment.objective_id, Commitment.area_id, Commitment.participant_id, Commitment.words
    ).where(Commitment.plan_id == plan.id, Commitment.state.in_(_STANDING))
    for activity, objective, area, participant, words in session.execute(wanted):
        part = activity or objective or area
        found.setdefault(((part,) if part else (), participant), []).append(words.texts)
    return found


class _Judge:
    """Rows judged one after the other: what an earlier one named, a later one finds."""

    def __init__(self, known: Known, shape: Shape) -> None:
        self.known, self.shape = known, shape
        self.unknown: dict[str, Meant] = {}
        self.seen: dict[tuple[Any, ...], int] = {}
        self.crowded: dict[int, int] = {}

    def of(self, row: Row) -> Meaning:
        found = Meaning(row, problems=list(row.problems), notes=list(row.notes))
        self._lengths(found)
        self._part(found)
        self._outside(found)
        self._due(found)
        self._milestones(found)
        self._commitments(found)
        return found

    # --- words and parts ------------------------------------------------------------------------------------------

    def _lengths(self, found: Meaning) -> None:
        row = found.row
        told = {"words": row.words, "lead": row.lead, "indicator": row.indicator, "baseline": row.baseline}
        told |= {level: row.parts[level].texts for level in LEVELS if level in row.parts}
        for column, texts in told.items():
            if any(len(text) > LONGEST[column] for text in texts.values()):
                _wrong(found, column, _l("At most %(most)s characters stand here.", most=LONGEST[column]))
        for level in LEVELS:
            if len(row.parts.get(level, NONE).number) > LONGEST_NUMBER:
                sentence = _l("A number has at most %(most)s characters.", most=LONGEST_NUMBER)
                _wrong(found, f"{level}_number", sentence)

    def _part(self, found: Meaning) -> None:
        """The lowest part a row names, with those around it."""
        above: Node | None = None
        for level in LEVELS:
            part = found.row.parts.get(level, NONE)
            if not part:
                continue
            node = self.known.outline.find(level, above, part, anywhere=not self.shape.is_own)
            if node is None:
                node = self._new(found, level, above)
            if node is None:
                return
            above = node
        found.part = above

    def _outside(self, found: Meaning) -> None:
        """To what the objective of the row points: taken of one that comes in; of others it is said here."""
        if not found.row.outside:
            return
        told = [
            one for line in found.row.outside.split("\n") for one in line.replace(";", ",").split(",") if one.strip()
        ]
        keys = [self.known.goals.get(folded(one)) for one in told]
        if None in keys:
            unknown = told[keys.index(None)].strip()[:60]
            sentence = _l(
                "“%(said)s” is no goal that stands here, for example GCM 8; enter your region's under Outside "
                "frameworks.",
                said=unknown,
            )
            _wrong(found, "outside", sentence)
            return
        objective: Node | None = found.part
        while objective is not None and objective.level != "objective":
            objective = objective.above
        if objective is None or objective.there is not None:
            found.notes.append(Problem("outside", _l("What an objective answers to is chosen here, beside it.")))
        else:
            objective.points_to = tuple(dict.fromkeys((*objective.points_to, *(one for one in keys if one))))

    def _new(self, found: Meaning, level: str, above: Node | None) -> Node | None:
        part, outline = found.row.parts[level], self.known.outline
        if not part.texts:
            _wrong(
                found,
                level,
                _l("Nothing here has the number %(number)s, and no words stand beside it.", number=part.number),
            )
            return None
        if self.known.plan.state is not PlanState.DRAFT:
            title = next(iter(part.texts.values()))
            sentence = _l(
                "“%(title)s” is not in this plan, and its text is adopted; it is changed by an amendment that a "
                "meeting adopts.",
                title=title[:80],
            )
            _wrong(found, level, sentence)
            return None
        if found.problems:
            return None
        number = part.number
        if number in outline.numbers:
            note = _l("Another part has the number %(number)s; this one is counted on.", number=number)
            found.notes.append(Problem(f"{level}_number", note))
            number = ""
        crowd = id(above) if above is not None else 0
        self.crowded[crowd] = self.crowded.get(crowd, 0) + 1
        if self.crowded[crowd] > MOST_NEIGHBOURS:
            _wrong(found, level, _l("More stand beside each other here than a plan can hold."))
            return None
        return outline.put(Node(level, above, number, dict(part.texts), row=found.row.number))

    # --- the day --------------------------------------------------------------------------------------------------

    def _due(self, found: Meaning) -> None:
        said = found.row.due
        if not said:
            return
        day = days.read_each(said, day_first=self.shape.day_first)
        if day is None:
            sentence = _l(
                "“%(said)s” is no day that can be taken; give a day, a month, a quarter or a year, for example 30 June "
                "2027 or 2027-06-30.",
                said=said[:60],
            )
            _wrong(found, "due", sentence)
            return
        if day.on is None:
            found.notes.append(Problem("due", _l("“%(said)s”: without a day by which it is due.", said=said[:60])))
            return
        found.due_on = day.on
        if day.vague:
            shown = day_in_full(day.on, weekday=False)
            found.notes.append(Problem("due", _l("“%(said)s” is taken as %(day)s.", said=said[:60], day=shown)))
        self._not_before(found, "due", day.on)

    def _not_before(self, found: Meaning, column: str, on: date) -> None:
        plan = self.known.plan
        if plan.adopted_on is not None and on < plan.adopted_on:
            shown = day_in_full(plan.adopted_on, weekday=False)
            _wrong(found, column, _l("The plan was adopted on %(day)s; give a day after that.", day=shown))
        elif plan.period_from is not None and on < plan.period_from.first_day:
            shown = day_in_full(plan.period_from.first_day, weekday=False)
            _wrong(found, column, _l("The period of the plan begins on %(day)s; give a day after that.", day=shown))

    def _milestones(self, found: Meaning) -> None:
        """Where there are milestones the day that is due follows from them."""
        if not found.row.milestones:
            return
        found.milestones, problem = steps.read(found.row.milestones, day_first=self.shape.day_first)
        if problem is not None:
            _wrong(found, "milestones", problem)
            return
        first = min(one.on for one in found.milestones)
        self._not_before(found, "milestones", first)
        if found.due_on is not None and not self.shape.is_own and found.due_on != first:
            note = _l("Milestones stand beside it: the next of them is the day that is due.")
            found.notes.append(Problem("due", note))
        found.due_on = None

    # --- who ------------------------------------------------------------------------------------------------------

    def _commitments(self, found: Meaning) -> None:
        row = found.row
        participants, beside = self._responsible(found)
        partners = beside + self._partners(found)
        if not participants:
            if row.participant or not (
                row.words or partners or row.due or row.lead or row.indicator or row.baseline or row.milestones
            ):
                return
            if row.words:
                _wrong(found, "participant", _l("Say which participant would make this commitment."))
            elif partners and not found.problems:
                _wrong(
                    found, "participant", _l("Partners stand beside a commitment; say which participant would make it.")
                )
            return
        words = self._words(found)
        if words is None or found.problems:
            return
        for one in participants:
            self._want(found, one, words, tuple(key for key in dict.fromkeys(partners) if key[0] != one))

    def _words(self, found: Meaning) -> LocalText | None:
        """Its own, or else those of the part it stands in."""
        texts = found.row.words or next(
            (found.row.parts[level].texts for level in reversed(LEVELS) if found.row.parts.get(level, NONE).texts), {}
        )
        if not texts:
            _wrong(
                found, "words", _l("Say what is to be done, for example: publish monthly figures in the shared format")
            )
            return None
        return self._local(texts)

    def _responsible(self, found: Meaning) -> tuple[list[UUID], list[Beside]]:
        """Who would make the commitment, a row each, and who is named there and stands beside it as a partner."""
        asked: dict[UUID, None] = {}
        beside: list[Beside] = []
        told = self.known.names.within(found.row.participant, lines_alone=self.shape.is_own)
        for one in told:
            answer = self.shape.names.get(one.key, "")
            if one.participant is not None and one.participant in self.known.members:
                asked[one.participant] = None
                if one.person:
                    note = _l("“%(name)s” acts for a participant; it is proposed to that one.", name=one.words[:80])
                    found.notes.append(Problem("participant", note))
            elif answer == MEMBERS:
                asked |= dict.fromkeys(sorted(self.known.members, key=str))
            elif answer == PARTNER or (one.participant is not None and not answer and len(told) > 1):
                beside.append(_partner(one, self.known.names.of_process))
                self._ask(one)
            elif answer == NOBODY:
                pass
            elif answer and UUID(answer) in self.known.members:
                asked[UUID(answer)] = None
            elif one.participant is not None:
                self._unknown(
                    found, one, _l("%(name)s is no member, and only members make commitments.", name=one.words[:80])
                )
            else:
                self._unknown(found, one, _l("Nobody here is called “%(name)s”.", name=one.words[:80]))
            if answer:
                self._ask(one)
        if beside and not asked and not found.problems:
            _wrong(found, "participant", _l("No member is named here, and only members make commitments."))
        return list(asked), beside

    def _unknown(self, found: Meaning, one: Meant, sentence: Any) -> None:
        self._ask(one)
        _wrong(found, "participant", sentence)

    def _ask(self, one: Meant) -> None:
        self.unknown.setdefault(one.key, one)

    def _partners(self, found: Meaning) -> list[Beside]:
        told = self.known.names.within(found.row.partners, lines_alone=self.shape.is_own) if found.row.partners else []
        if len(told) > MOST_PARTNERS:
            _wrong(found, "partners", _l("At most %(most)s partners stand beside a commitment.", most=MOST_PARTNERS))
        if any(len(one.words) > LONGEST_PARTNER for one in told):
            _wrong(found, "partners", _l("At most %(most)s characters stand here.", most=LONGEST_PARTNER))
        return [_partner(one, self.known.names.of_process) for one in told]

    def _want(self, found: Meaning, participant: UUID, words: LocalText, partners: tuple[Beside, ...]) -> None:
        row, part = found.row, found.part
        where = part.key if part is not None else ()
        there = self.known.commitments.get((where, participant), [])
        if any(_same(words.texts, one) for one in there):
            found.there += 1
            return
        first = self.seen.setdefault((where, participant, words), row.number)
        if first != row.number:
            note = _l("Row %(row)s says the same; it is taken once.", row=first)
            found.notes.append(Problem("words", note))
            return
        lead, indicator = self._local(row.lead), self._local(row.indicator)
        found.wanted.append(
            Wanted(
                row.number, participant, words, lead, indicator, found.due_on, part, partners,
                baseline=self._local(row.baseline),
                milestones=tuple((on, said) for on, texts in found.milestones if (said := self._local(texts))),
            )
        )  # fmt: skip

    def _local(self, texts: Texts) -> LocalText | None:
        """Written first in the first language of the process it is in."""
        if not texts:
            return None
        order = [*self.known.plan.process.languages, *texts]
        return LocalText(dict(texts), next(one for one in order if one in texts))


def _partner(one: Meant, among: Collection[UUID]) -> Beside:
    """Who takes part in the process, a network beside it, or else a name."""
    if one.participant in among and not one.person:
        return Beside(one.participant, None, "")
    return Beside(None, one.network, "" if one.network else one.words)


def _same(some: Texts, others: Texts) -> bool:
    shared = some.keys() & others.keys()
    return bool(shared) and all(some[one] == others[one] for one in shared)


def _wrong(found: Meaning, column: str, sentence: Any) -> None:
    found.problems.append(Problem(column, sentence))
