"""What the sources tell of three processes lives as plans with commitments: whole, and nothing besides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import joinedload

from secretariat import registers
from secretariat.core.labelling import label_value
from secretariat.core.session import Reason, system_unit
from secretariat.demonstration import build
from secretariat.demonstration.papers import Desk
from secretariat.documents.storage import Folder
from secretariat.meetings.models import Outcome
from secretariat.plans.models import Activity, Commitment, CommitmentState, Plan, PlanState, ProgressUpdate
from secretariat.processes.models import Process, Track, TrackKind
from secretariat.reference.loader import DATA, load, shipped_files
from secretariat.reference.plans import plan_of, shipped_plans
from secretariat.reference.reading import UnreadableError, read
from secretariat.reference.schema import ProcessFile, validated

THREE = ("bali", "colombo", "rcm")


def process_file(slug: str) -> ProcessFile:
    file = validated(read(DATA / "processes" / f"{slug}.yaml")[0])
    assert isinstance(file, ProcessFile)
    return file


@pytest.fixture
def built(engine: Engine, tmp_path: Path) -> Engine:
    registers.fill()
    for path in shipped_files():
        if path.stem in ("participants", *THREE):
            assert not load(engine, path).problem
    build.build(engine, Desk(Folder(tmp_path / "documents"), 25_000_000))
    return engine


def test_every_outcome_stands_in_the_plan_of_its_process_once() -> None:
    assert tuple(path.stem for path in shipped_plans()) == THREE
    for path in shipped_plans():
        plan = plan_of(path)
        assert sorted(plan.outcomes()) == sorted(one.title for one in process_file(plan.process).outcomes)


def test_whoever_is_said_to_have_produced_something_is_proposed_it_and_nobody_else() -> None:
    for path in shipped_plans():
        plan, file = plan_of(path), process_file(path.stem)
        by = {one.title: sorted(set(one.by) - {file.slug}) for one in file.outcomes}
        for aim in plan.every_objective():
            for work in aim.activities:
                assert sorted(name for said in work.commitments for name in said.participants) == by[work.outcome]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("title: cooperate on return", "title: cooperate on something", "objective: 'cooperate on something'"),
        ("partners: [Canada]", "partners: [Atlantis]", "partner: 'Atlantis' stands in no file of the process"),
        ("participants: [Canada]", "participants: []", "participants: List should have at least 1 item"),
    ],
)
def test_what_the_process_file_does_not_tell_is_refused(tmp_path: Path, before: str, after: str, sentence: str) -> None:
    made = tmp_path / "rcm.yaml"
    words = (DATA / "plans" / "rcm.yaml").read_text()
    assert before in words
    made.write_text(words.replace(before, after))
    with pytest.raises(UnreadableError, match=re.escape(sentence)):
        plan_of(made)


def test_an_outcome_of_a_meeting_that_no_file_tells_of_is_refused(engine: Engine, tmp_path: Path) -> None:
    registers.fill()
    made = tmp_path / "small.yaml"
    made.write_text(
        "slug: small\nname: Small\nsource: {document: A paper}\n"
        "outcomes: [{title: One, kind: declaration, meeting: Nowhere}]\n"
    )
    assert load(engine, made).problem == "outcomes[1].meeting: 'Nowhere' is no meeting of this file"


def test_the_three_processes_live_as_plans_with_commitments(built: Engine) -> None:
    with system_unit(built, Reason.REFERENCE, writes=False) as system:
        slugs = dict(system.execute(select(Process.id, Process.slug)).all())
        states = {(slugs[one.process_id], str(one.title)): one.state for one in system.scalars(select(Plan))}
        rows = system.scalars(
            select(Commitment).options(joinedload(Commitment.plan), joinedload(Commitment.participant))
        )
        told: dict[tuple[str, str], list[tuple[str | None, CommitmentState]]] = {}
        for one in rows:
            key = (slugs[one.plan.process_id], str(one.plan.title))
            told.setdefault(key, []).append((one.participant.iso, one.state))
        updates = set(system.scalars(select(ProgressUpdate.commitment_id)))
        origins = dict(system.execute(select(Activity.title, Outcome.meeting_id).join(Outcome)).all())
        told_of = [one.id for one in system.scalars(select(Plan)) if "as told until 2009" in str(one.title)]
        of_reference = set(system.scalars(select(Commitment.id).where(Commitment.plan_id.in_(told_of))))
    titles = {plan.process: plan.title for plan in map(plan_of, shipped_plans())}
    kept = {slug: sorted(told[slug, titles[slug]]) for slug in THREE}
    accepted, proposed = CommitmentState.ACCEPTED, CommitmentState.PROPOSED
    assert kept == {
        "bali": [("NZ", proposed), ("TH", accepted)],
        "colombo": [("BD", accepted), ("ID", accepted), ("IN", accepted), ("LK", proposed), ("NP", accepted),
                    ("PK", accepted), ("TH", accepted)],
        "rcm": [("CA", accepted), ("GT", accepted), ("GT", accepted), ("HN", accepted), ("MX", accepted),
                ("NI", accepted), ("SV", accepted)],
    }  # fmt: skip
    assert {slug: states[slug, titles[slug]] for slug in THREE} == {
        "bali": PlanState.ADOPTED, "colombo": PlanState.ADOPTED, "rcm": PlanState.CLOSED,
    }  # fmt: skip
    assert len(of_reference) == sum(map(len, kept.values()))
    assert not of_reference & updates, "what became of them no source tells"
    meetings = {str(title): meeting for title, meeting in origins.items()}
    assert meetings["Bali recommendations"] is not None
    assert meetings["New task for the Ad Hoc Group"] is not None
    assert meetings["Model legislation on trafficking"] is None, "no source tells at which meeting"


def test_all_three_are_marked_as_a_demonstration(built: Engine) -> None:
    with system_unit(built, Reason.REFERENCE, writes=False) as system:
        marked = set(system.scalars(select(Process.slug).where(Process.demonstration)))
    assert marked == set(THREE)


def test_each_side_of_a_loaded_process_knows_that_there_is_the_other(engine: Engine) -> None:
    registers.fill()
    for path in shipped_files():
        if path.stem in ("participants", "rcm"):
            load(engine, path)
    with system_unit(engine, Reason.REFERENCE, writes=False) as system:
        tracks = system.scalars(select(Track).join(Process).where(Process.slug == "rcm")).all()
        labels = {one.kind: label_value(system, one.label_id) for one in tracks}
    assert set(labels) == {TrackKind.GOVERNMENT, TrackKind.CIVIL_SOCIETY}
    assert labels[TrackKind.GOVERNMENT] == labels[TrackKind.CIVIL_SOCIETY]
