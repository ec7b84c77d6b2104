"""Reference data through the commands and the real databases."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, func, select

from secretariat.core import clock
from secretariat.core.database import make_engine
from secretariat.core.dates import passed
from secretariat.core.session import Reason, SystemSession, reading_as, system_unit
from secretariat.core.viewer import anonymous
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participant,
    Participation,
    Phase,
    Pillar,
    Process,
    ProcessText,
    SecretariatHost,
    StandingKind,
    Track,
    TrackKind,
)
from secretariat.processes.names import in_order, names_of
from secretariat.reference import loader
from secretariat.reference.commands import reference
from secretariat.reference.queries import process_counts
from tests.factories import processes as made_processes
from tests.support import databases
from tests.support.sql import statements_sent

SMALL = """
slug: nile
name: Nile Dialogue
source: {document: A paper}
established: 2001
participants:
  - {name: Egypt, iso: 'EG', kind: state, standing: member, since: 2001}
  - {name: Eritrea, iso: 'ER', kind: state, standing: observer}
goals: [one, two]
"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def loaded(
    request: pytest.FixtureRequest, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A database of each kind with the shipped files loaded, for tests that only read."""
    if request.param == "sqlite":
        url = databases.sqlite_copy(shared_folder, tmp_path_factory.mktemp("loaded"))
    elif databases.why_no_postgresql():
        pytest.skip(databases.why_no_postgresql())
    else:
        url = databases.postgresql_copy(shared_folder, os.environ["SECRETARIAT_TEST_RUN"])
    engine = make_engine(url, role=None if request.param == "sqlite" else databases.ROLE)
    load_shipped(engine)
    yield engine
    engine.dispose()
    if request.param == "postgresql":
        databases.drop(url)


def run(engine: Engine, *arguments: str) -> Result:
    app = Flask("commands")
    app.extensions["engine"] = engine
    address = engine.url.render_as_string(hide_password=False)
    app.extensions["settings"] = SimpleNamespace(database_url=address, role_of_database=None)  # as commands look at it
    app.cli.add_command(reference)
    result = app.test_cli_runner().invoke(args=["reference", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def load_shipped(engine: Engine) -> None:
    for path in loader.shipped_files():
        assert loader.load(engine, path).problem == ""


def written(folder: Path, text: str, name: str = "nile.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def readme_table() -> dict[str, list[str]]:
    rows = re.findall(r"^\| ([a-z0-9-]+) \|(.+)\|$", (loader.DATA / "README.md").read_text(), re.MULTILINE)
    return {slug: [cell.strip() for cell in cells.split("|")][1:] for slug, cells in rows if slug != "process"}


def test_check_prints_fourteen_lines_that_equal_the_table_of_the_sources(loaded: Engine) -> None:
    lines = run(loaded, "check").output.splitlines()

    shown = {}
    for line in lines:
        slug, _, rest = line.partition(": ")
        found = re.fullmatch(
            r"members (.+), observers (\d+), partners (\d+), other named (.+), unnamed groups (\d+), bodies (\d+), "
            r"meetings (\d+), outcomes (\d+)",
            rest,
        )
        assert found, line
        shown[slug] = list(found.groups())
    assert len(lines) == 14
    assert shown == readme_table()


def test_check_says_what_to_run_where_nothing_is_stored(engine: Engine) -> None:
    result = run(engine, "check")

    assert result.exit_code == 1
    assert "flask --app wsgi reference load" in result.output


def test_a_second_load_changes_nothing_and_says_so(engine: Engine) -> None:
    first = run(engine, "load")
    with system_unit(engine, Reason.REFERENCE) as session:
        before = _everything(session)
    result = run(engine, "load")

    assert (first.exit_code, first.output.splitlines()[-1]) == (0, "15 loaded, 0 unchanged, 0 refused.")
    assert result.output.splitlines()[-1] == "0 loaded, 15 unchanged, 0 refused."
    with system_unit(engine, Reason.REFERENCE) as session:
        assert _everything(session) == before


def _everything(session: SystemSession) -> dict[str, set[tuple[object, ...]]]:
    kinds: tuple[type[Any], ...] = (
        Process,
        Participant,
        Participation,
        Body,
        BodyMembership,
        ChairTerm,
        ProcessText,
        SecretariatHost,
        Pillar,
    )
    return {
        kind.__name__: {
            (one.id, getattr(one, "version", 0), getattr(one, "label_id", 0)) for one in session.scalars(select(kind))
        }
        for kind in kinds
    }


def test_all_fourteen_are_fully_represented(loaded: Engine) -> None:
    with system_unit(loaded, Reason.REFERENCE) as session:
        assert _chairs(session, "bali") == {
            ("", "australia", "co_chair", ""),
            ("", "indonesia", "co_chair", ""),
            ("", "new-zealand", "thematic_coordinator", "policy issues and legal frameworks"),
            ("", "thailand", "thematic_coordinator", "policy issues and law enforcement"),
        }
        assert ("Working Group on Return and Readmission", "united-kingdom", "co_chair", "") in _chairs(
            session, "budapest"
        )
        assert len({body for body, *_ in _chairs(session, "budapest") if body}) == 7
        assert {(one.term, str(one.theme)) for one in _terms(session, "igc") if one.theme} == {
            ("2006/2007", "Designing Effective Immigration Systems"),
            ("2007/2008", "Circular Migration"),
            ("2008/2009", "Skilled Labour Migration: Opportunities for National and International Cooperation"),
        }
        assert _hosts(session, "soderkoping") == {"iom", "unhcr"}
        assert _hosts(session, "igad-rcp") == {"IGAD Secretariat"}
        assert _hosts(session, "midwa") == set()
        assert _standings(session, "igad-rcp")["eritrea"] == {"suspended"}
        assert _standings(session, "bali")["iom"] == _standings(session, "bali")["unhcr"] == {"participant"}
        assert _standings(session, "mtm")["iom"] == {"partner", "observer"}
        assert _standings(session, "mtm")["ghana"] == {"partner_for_activities"}
        assert _standings(session, "apc")["new-zealand"] == {"former"}
        assert _members_of(session, "bali", "Steering Group") == {
            "australia", "indonesia", "new-zealand", "thailand", "iom", "unhcr",
        }  # fmt: skip
        assert _count(session, Pillar, "mtm") == 2
        assert _count(session, Phase, "mtm") == 4
        assert _texts(session, "rcm") == {
            "goals", "themes", "priorities", "secretariat", "civil_society", "data_systems", "remarks",
        }  # fmt: skip


def test_a_membership_that_ended_stays(loaded: Engine) -> None:
    with system_unit(loaded, Reason.REFERENCE) as session:
        held = [
            one for one in _participations(session, "apc") if one.participant and one.participant.key == "new-zealand"
        ]
        assert {(one.standing.value, str(one.since or ""), str(one.until or "")) for one in held} == {
            ("member", "", "2003"),
            ("former", "2003", ""),
        }


def test_a_network_that_is_neither_member_nor_observer_stands_on_its_own_track(loaded: Engine) -> None:
    with system_unit(loaded, Reason.REFERENCE) as session:
        rcm = session.scalars(select(Process).where(Process.slug == "rcm")).one()
        assert {(one.kind, one.slug) for one in rcm.tracks} == {
            (TrackKind.GOVERNMENT, "government"),
            (TrackKind.CIVIL_SOCIETY, "rncom"),
        }
        on_network = [one for one in _participations(session, "rcm") if one.track.kind is TrackKind.CIVIL_SOCIETY]
        assert [(one.participant.key, one.standing) for one in on_network if one.participant] == [
            ("rncom", StandingKind.PARTICIPANT)
        ]
        network = session.scalars(
            select(Body).where(Body.process_id == rcm.id, Body.kind == "civil-society-network")
        ).one()
        assert network.track.slug == "rncom"


def test_nothing_loaded_is_public(loaded: Engine) -> None:
    with reading_as(loaded, anonymous(clock.today())) as session:
        for kind in (Process, Participation, Body, ChairTerm, ProcessText):
            assert session.scalars(select(kind)).all() == []
    with system_unit(loaded, Reason.REFERENCE, writes=False) as session:
        for kind in (Process, Participation, Body, ChairTerm, ProcessText):
            assert session.scalars(select(kind)).all() != []


def test_names_are_those_of_their_language_and_of_their_time(loaded: Engine) -> None:
    with system_unit(loaded, Reason.REFERENCE) as session:
        ids = dict(session.execute(select(Participant.key, Participant.id)).all())
        turkey, spain = ids["turkiye"], ids["spain"]
        today = clock.today()

        assert names_of(session, [turkey], language="en", on=today)[turkey].words == "Türkiye"
        assert names_of(session, [turkey], language="en", on=today.replace(year=2009))[turkey].words == "Turkey"
        assert names_of(session, [spain], language="ar", on=today)[spain].words == "إسبانيا"
        turkish = next(one for one in _participations(session, "bali") if one.participant_id == turkey)
        assert turkish.name_at_the_time == "Turkey"


def test_states_stand_in_the_order_of_each_language(loaded: Engine) -> None:
    with system_unit(loaded, Reason.REFERENCE) as session:
        members = [one.participant_id for one in _participations(session, "rcm") if one.standing is StandingKind.MEMBER]
        for language, first, last in (
            ("en", "Belize", "United States of America"),
            ("es", "Belice", "República Dominicana"),
        ):
            names = names_of(session, members, language=language)
            ordered = [names[one].words for one in in_order(names)]
            assert (ordered[0], ordered[-1]) == (first, last)
        arabic = names_of(session, members, language="ar")
        ordered = [arabic[one].words for one in in_order(arabic)]
        # Under m, after the article of "al-Maksik", not under alif.
        assert ordered.index("المكسيك") > ordered.index("كندا")


def test_a_bad_file_is_refused_with_file_key_and_reason_and_nothing_of_it_is_stored(
    engine: Engine, tmp_path: Path
) -> None:
    bad = written(tmp_path, SMALL + "bodies: [{name: Plenary}]\n")
    result = run(engine, "load", str(bad))

    assert result.exit_code == 1
    assert f"{bad}: bodies[1].kind: is missing" in result.output
    with system_unit(engine, Reason.REFERENCE) as session:
        assert session.scalar(select(func.count(Process.id))) == 0
        assert session.scalar(select(func.count(Participant.id))) == 0


def test_what_is_found_wrong_half_way_is_rolled_back_whole(engine: Engine, tmp_path: Path) -> None:
    twice = SMALL + "bodies: [{name: Plenary, kind: plenary}, {name: Plenary, kind: seminar}]\n"
    result = run(engine, "load", str(written(tmp_path, twice)))

    assert "body: Plenary is told twice" in result.output
    with system_unit(engine, Reason.REFERENCE) as session:
        assert session.scalar(select(func.count(Process.id))) == 0
        assert session.scalar(select(func.count(Participant.id))) == 0


def test_one_refused_file_does_not_keep_out_the_others(engine: Engine, tmp_path: Path) -> None:
    written(tmp_path, "slug: [", "a.yaml")
    written(tmp_path, SMALL, "b.yaml")
    result = run(engine, "load", str(tmp_path))

    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "1 loaded, 0 unchanged, 1 refused."


def test_only_slug_name_and_source_are_required(engine: Engine, tmp_path: Path) -> None:
    path = written(tmp_path, "slug: bare\nname: Bare Dialogue\nsource: {document: A paper}\n")

    assert run(engine, "load", str(path)).exit_code == 0
    assert run(engine, "check").output.startswith("bare: members 0, observers 0")


def test_a_name_that_is_no_participant_is_kept_as_text_with_a_warning(engine: Engine, tmp_path: Path) -> None:
    text = SMALL + (
        "secretariat: {hosts: [Harbour Office]}\n"
        "chair: {current: [{participant: The Presidency}]}\n"
        "outcomes: [{title: An accord, kind: agreement, by: [Egypt, River Union]}]\n"
    )
    result = run(engine, "load", str(written(tmp_path, text)))

    assert result.exit_code == 0
    for name in ("Harbour Office", "The Presidency", "River Union"):
        assert f"'{name}' is no known participant; kept as text" in result.output
    with system_unit(engine, Reason.REFERENCE) as session:
        assert _hosts(session, "nile") == {"Harbour Office"}
        assert [one.name_text for one in _terms(session, "nile")] == ["The Presidency"]


def test_a_changed_file_changes_what_it_tells_and_keeps_what_it_no_longer_names(engine: Engine, tmp_path: Path) -> None:
    run(engine, "load", str(written(tmp_path, SMALL)))
    changed = SMALL.replace("goals: [one, two]", "goals: [one, three]").replace(
        "  - {name: Eritrea, iso: 'ER', kind: state, standing: observer}\n",
        "  - {name: Kenya, iso: 'KE', kind: state, standing: member}\n",
    )
    result = run(engine, "load", str(written(tmp_path, changed)))

    assert "nile.yaml: 1 added, 1 changed, 1 no longer named and kept" in result.output
    with system_unit(engine, Reason.REFERENCE) as session:
        assert _standings(session, "nile") == {"egypt": {"member"}, "eritrea": {"observer"}, "kenya": {"member"}}
        assert [str(one.body) for one in session.scalars(select(ProcessText))] == ["one\nthree"]


def test_a_changed_standing_ends_one_row_and_begins_another(engine: Engine, tmp_path: Path) -> None:
    run(engine, "load", str(written(tmp_path, SMALL)))
    changed = SMALL.replace("standing: observer", "standing: member, since: 2005")
    run(engine, "load", str(written(tmp_path, changed)))

    with system_unit(engine, Reason.REFERENCE) as session:
        held = [one for one in _participations(session, "nile") if one.participant and one.participant.key == "eritrea"]
        assert {(one.standing.value, str(one.since or ""), str(one.until or "")) for one in held} == {
            ("observer", "", "2005"),
            ("member", "2005", ""),
        }


def test_what_people_changed_stands_against_a_changed_file(engine: Engine, tmp_path: Path) -> None:
    run(engine, "load", str(written(tmp_path, SMALL)))
    with system_unit(engine, Reason.REFERENCE) as session:
        text = session.scalars(select(ProcessText)).one()
        text.body = text.body.with_text("en", "our own goals")
    result = run(engine, "load", str(written(tmp_path, SMALL.replace("two]", "three]").replace("2001\np", "2002\np"))))

    assert "text goals: body was changed here and stays as it is" in result.output
    with system_unit(engine, Reason.REFERENCE) as session:
        assert str(session.scalars(select(ProcessText)).one().body) == "our own goals"
        assert str(session.scalars(select(Process)).one().established) == "2002"


def test_a_participant_is_known_by_alias_and_by_code(engine: Engine, tmp_path: Path) -> None:
    run(engine, "load", str(loader.DATA / "participants.yaml"))
    text = SMALL.replace("name: Egypt,", "name: The Arab Republic,").replace("name: Eritrea, iso: 'ER',", "name: IOM,")
    run(engine, "load", str(written(tmp_path, text)))

    with system_unit(engine, Reason.REFERENCE) as session:
        assert _standings(session, "nile") == {"egypt": {"member"}, "iom": {"observer"}}
        assert session.scalar(select(func.count(Participant.id))) == 238


def test_a_code_that_belongs_to_another_state_is_refused(engine: Engine, tmp_path: Path) -> None:
    run(engine, "load", str(loader.DATA / "participants.yaml"))
    result = run(engine, "load", str(written(tmp_path, SMALL.replace("'EG'", "'KE'"))))

    assert "participants[1].iso: KE is not the code of 'Egypt', which is EG" in result.output


# --- looking things up ----------------------------------------------------------------------------------------


def _process(session: SystemSession, slug: str) -> Process:
    return session.scalars(select(Process).where(Process.slug == slug)).one()


def _participations(session: SystemSession, slug: str) -> list[Participation]:
    return list(session.scalars(select(Participation).where(Participation.process == _process(session, slug))))


def _standings(session: SystemSession, slug: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in _participations(session, slug):
        if one.participant and not passed(one.until, clock.today()):
            found.setdefault(one.participant.key, set()).add(one.standing.value)
    return found


def _terms(session: SystemSession, slug: str) -> list[ChairTerm]:
    return list(session.scalars(select(ChairTerm).where(ChairTerm.process == _process(session, slug))))


def _chairs(session: SystemSession, slug: str) -> set[tuple[str, str, str, str]]:
    return {
        (
            str(one.body.name) if one.body else "",
            one.participant.key if one.participant else one.name_text,
            one.role,
            str(one.subject or ""),
        )
        for one in _terms(session, slug)
    }


def _hosts(session: SystemSession, slug: str) -> set[str]:
    hosts = session.scalars(select(SecretariatHost).where(SecretariatHost.process == _process(session, slug)))
    return {one.participant.key if one.participant else one.name_text for one in hosts}


def _members_of(session: SystemSession, slug: str, body: str) -> set[str]:
    found = next(
        one
        for one in session.scalars(select(Body).where(Body.process == _process(session, slug)))
        if str(one.name) == body
    )
    assert found.membership is BodyMembershipRule.OWN
    return {one.participant.key for one in found.memberships if one.participant}


def _count(session: SystemSession, kind: type[Pillar] | type[Phase], slug: str) -> int:
    return session.scalar(select(func.count(kind.id)).where(kind.process_id == _process(session, slug).id)) or 0


def _texts(session: SystemSession, slug: str) -> set[str]:
    return set(session.scalars(select(ProcessText.kind).where(ProcessText.process == _process(session, slug))))


def test_counts_are_read_in_a_constant_number_of_statements(engine: Engine, tmp_path: Path) -> None:
    run(engine, "load", str(written(tmp_path, SMALL)))
    one = _statements(engine)
    for name in ("apc.yaml", "rcm.yaml"):
        run(engine, "load", str(loader.DATA / "processes" / name))

    assert _statements(engine) == one


def _statements(engine: Engine) -> int:
    with system_unit(engine, Reason.REFERENCE, writes=False) as session:
        session.connection()
        with statements_sent() as seen:
            process_counts(session, clock.today())
    return len(seen)


def test_what_was_made_here_is_told_apart_from_what_the_file_told(engine: Engine) -> None:
    run(engine, "load", str(loader.DATA / "processes" / "rcm.yaml"))
    with system_unit(engine, Reason.REFERENCE) as session:
        government = session.scalars(select(Track).where(Track.slug == "government")).one()
        made_processes.body(session, government, "A working group")
    line = run(engine, "check").output
    assert "bodies 4 (and 1 made here), meetings 0, outcomes 8" in line
