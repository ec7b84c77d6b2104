"""What a process produced, arranged as a plan of action: the files of `data/plans`, read and held against the process.

A file says nothing of its own: areas are themes or pillars of the process file, objectives its goals or priorities,
activities its outcomes. What one participant is said to do is a proposal to that participant and nothing more, for
nobody gives a state a commitment. Pure: no database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from secretariat.reference.loader import DATA
from secretariat.reference.reading import UnreadableError, read
from secretariat.reference.schema import Line, Name, ProcessFile, Slug, Source, _Entry, validated


class PlanCommitment(_Entry):
    """What each of these participants is said to do; a proposal to each."""

    participants: Annotated[list[Name], Field(min_length=1)]
    words: Line
    partners: tuple[Name, ...] = ()


class PlanActivity(_Entry):
    """An outcome of the process, by its title in the process file."""

    outcome: Line
    commitments: tuple[PlanCommitment, ...] = ()


class PlanObjective(_Entry):
    """A goal or priority of the process."""

    title: Line
    activities: tuple[PlanActivity, ...] = ()
    commitments: tuple[PlanCommitment, ...] = ()


class PlanArea(_Entry):
    """A theme or pillar of the process."""

    title: Line
    objectives: tuple[PlanObjective, ...] = ()


class PlanFile(_Entry):
    """A plan of one process. `objectives` are those that stand in no area."""

    process: Slug
    title: Name
    source: Source
    areas: tuple[PlanArea, ...] = ()
    objectives: tuple[PlanObjective, ...] = ()

    def every_objective(self) -> Iterator[PlanObjective]:
        for area in self.areas:
            yield from area.objectives
        yield from self.objectives

    def outcomes(self) -> list[str]:
        """The titles of the outcomes in it."""
        return [work.outcome for aim in self.every_objective() for work in aim.activities]


def shipped_plans() -> list[Path]:
    """The plans the product comes with."""
    return sorted((DATA / "plans").glob("*.yaml"))


def plan_of(path: Path) -> PlanFile:
    """A plan of a file, held against the process file it belongs to. Raises UnreadableError with a sentence for what
    cannot be read, what the process file does not tell, and what stands in it twice."""
    try:
        plan = PlanFile.model_validate(read(path)[0])
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        raise UnreadableError("\n".join(problems)) from None
    process = validated(read(DATA / "processes" / f"{plan.process}.yaml")[0])
    if not isinstance(process, ProcessFile):
        raise UnreadableError(f"process: {plan.process} is no process")
    for problem in _problems(plan, process):
        raise UnreadableError(problem)
    return plan


def _problems(plan: PlanFile, process: ProcessFile) -> Iterator[str]:
    themes = {*process.themes, *(pillar.name for pillar in process.pillars)}
    yield from _untold("area", (area.title for area in plan.areas), themes)
    yield from _untold(
        "objective", (aim.title for aim in plan.every_objective()), {*process.goals, *process.priorities}
    )
    yield from _untold("outcome", plan.outcomes(), {one.title for one in process.outcomes})
    participants = {one.name for one in process.participants}
    for aim in plan.every_objective():
        for said in (*aim.commitments, *(one for work in aim.activities for one in work.commitments)):
            yield from _untold("participant", said.participants, participants)
            yield from _untold("partner", said.partners, participants)


def _untold(what: str, named: Iterable[str], told: set[str]) -> Iterator[str]:
    for name, times in Counter(named).items():
        if name not in told:
            yield f"{what}: {name!r} stands in no file of the process"
        elif times > 1:
            yield f"{what}: {name!r} stands here {times} times"
