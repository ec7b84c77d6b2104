"""Labels in the words of their process, in the reader's language and eyes."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.core.labelling import intern
from secretariat.core.labels import Addressee, Clause, LabelValue, Named
from secretariat.core.languages import reading_in
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, reading_as, system_unit
from secretariat.core.wording import ShownLabel, banner_sentence, heavier
from secretariat.directory import viewers
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track
from secretariat.processes.wording import shown_label, shown_labels
from tests.factories.people import Official, focal_point
from tests.factories.processes import World, small_world
from tests.support.sql import statements_sent


class Readers:
    """A world in which the focal point of Guatemala reads labels."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.labels: dict[str, int] = {}
        with system_unit(engine, Reason.REFERENCE) as session:
            world = small_world(session)
            self.official: Official = focal_point(session, world.government, world.member["gt"])
            for name, clause in _clauses(world):
                self.labels[name] = intern(session, LabelValue(frozenset([clause])))
            world.process.level_words = {
                "participants": LocalText({"en": "Conference", "ar": "المؤتمر"}, "en").to_json()
            }

    def read(self, name: str, language: str = "en") -> ShownLabel:
        viewer = viewers.viewer(self.engine, self.official.person, self.official.hat)
        with reading_in(language), reading_as(self.engine, viewer) as session:
            return self.shown(session, name)

    def shown(self, session: Session, name: str) -> ShownLabel:
        return shown_label(session, self.labels[name])


def _clauses(world: World) -> Iterable[tuple[str, Clause]]:
    process, government, network = world.process, world.government, world.network
    yield "public", clauses.public(process)
    yield "participants", clauses.participants_of(process, government)
    yield "members", clauses.members_of(process, government)
    yield "network", clauses.members_of(process, network)
    crossed = frozenset({clauses.secretariat(government), Addressee(Named.LIAISON, process.id)})
    yield "sent", replace(clauses.members_of(process, network), opened_to=crossed)
    yield "both", clauses.members_of(process, government, network)
    yield "body", clauses.members_of(process, government, body=world.body["steering"])
    two = [clauses.participant(world.member[key].id) for key in ("mx", "gt")]
    yield "named", clauses.named(process, government, audience=[*two, clauses.secretariat(government)])
    everyone = [clauses.participant(one.id) for one in (*world.member.values(), world.observer["co"])]
    offices = [clauses.chair(world.body["steering"].id), Addressee(Named.LIAISON, process.id)]
    yield "many", clauses.named(process, government, audience=[*everyone, *offices])


@pytest.fixture
def readers(engine: Engine) -> Readers:
    return Readers(engine)


@pytest.mark.parametrize(
    ("name", "level", "words", "who"),
    [
        ("public", "public", "Public", ""),
        ("participants", "participants", "Conference", "government"),
        ("members", "members", "Members only", "government"),
        ("both", "members", "Members only", "both tracks"),
        ("body", "members", "Members only", "Steering Group"),
        ("named", "named", "Named readers", "Guatemala, Mexico and the Secretariat"),
        ("many", "named", "Named readers", "5 participants, the chair of Steering Group and the liaison officers"),
    ],
)
def test_label_says_level_and_who_reads(readers: Readers, name: str, level: str, words: str, who: str) -> None:
    shown = readers.read(name)
    assert (shown.level, shown.words, shown.readers) == (level, words, who)


def test_banner_of_named_readers_says_who_they_are(readers: Readers) -> None:
    assert readers.read("named").explanation == "Read by Guatemala, Mexico and the Secretariat."
    assert readers.read("members").explanation == ""


def test_label_speaks_the_readers_language(readers: Readers) -> None:
    assert readers.read("participants", "ar").words == "المؤتمر"
    assert readers.read("members", "ar").words == "للأعضاء فقط"
    assert readers.read("named", "es").readers == "Guatemala, México y la Secretaría"


def test_label_of_the_network_is_known_as_such(readers: Readers) -> None:
    assert readers.read("network").civil_society
    assert not readers.read("both").civil_society
    assert not readers.read("members").civil_society


def test_banner_of_what_crossed_says_who_reads_it(readers: Readers) -> None:
    sent = readers.read("sent")
    assert not sent.civil_society
    assert (
        banner_sentence(sent) == "Read by civil society, the liaison officers and the Secretariat; not for the press."
    )
    assert banner_sentence(readers.read("network")).startswith("For use within the network; not for governments")


def test_words_of_many_labels_are_as_much_work_as_of_one(readers: Readers) -> None:
    viewer = viewers.viewer(readers.engine, readers.official.person, readers.official.hat)
    counts = []
    for names in (["named"], sorted(readers.labels)):
        with reading_as(readers.engine, viewer) as session:
            keys = [readers.labels[name] for name in names]
            session.connection()
            with statements_sent() as sent:
                found = shown_labels(session, keys)
            assert found == {key: shown_label(session, key) for key in keys}
            counts.append(len(sent))
    assert counts[1] <= counts[0] + 1  # the bodies that some of them name


def test_a_process_the_session_has_read_is_not_asked_for_again(readers: Readers) -> None:
    viewer = viewers.viewer(readers.engine, readers.official.person, readers.official.hat)
    with reading_as(readers.engine, viewer) as session:
        known = [*session.scalars(select(Process)), *session.scalars(select(Track))]
        with statements_sent() as sent:
            words = shown_label(session, readers.labels["members"])
        assert known
        assert not [one for one in sent if "FROM processes" in one or "FROM tracks" in one]
    assert words == readers.read("members")


def test_a_banner_over_parts_for_different_readers_names_none_of_them(readers: Readers) -> None:
    named, many, members = readers.read("named"), readers.read("many"), readers.read("members")
    assert heavier(None, members) == members
    assert heavier(members, named) == named
    assert heavier(named, members) == named
    assert heavier(named, named) == named
    both = heavier(named, many)
    assert (both.level, both.readers) == ("named", "")
    assert both.explanation == "Its parts are for different readers; do not pass it on as a whole."
    assert heavier(both, named) == both
