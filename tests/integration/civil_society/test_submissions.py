"""A submission crosses the wall, is routed, answered, and nothing crosses with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.civil_society import queries
from secretariat.civil_society.models import AnswerSays, AnswerShown, Submission, SubmissionAnswer, SubmissionKind
from secretariat.civil_society.service import answering, routing, submitting
from secretariat.civil_society.service.answering import Said
from secretariat.civil_society.service.submitting import Written
from secretariat.core import awaited, clock
from secretariat.core.labelling import relabel
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.processes import clauses
from secretariat.processes.models import Participant, Participation, Process, StandingKind, Track
from tests.factories import people, processes
from tests.factories.meetings import acting, looking, scheduled
from tests.factories.people import Official
from tests.integration.civil_society.conftest import Network
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_lent_drafts import mails

pytestmark = pytest.mark.usefixtures("app")
ZONE = "America/Panama"
LEDGER = "/processes/rcx/submissions"


def written(title: str = "Six recommendations", **more: Any) -> Written:
    given = {"kind": SubmissionKind.RECOMMENDATION, "theme": "children", **more}
    return Written(title=LocalText.of(title), words=LocalText.of("Receive returned children by day."), **given)


def drafted(stage: Stage, one: Official, **more: Any) -> UUID:
    with acting(stage.engine, one) as session:
        process, network = session.get_one(Process, stage.id["process"]), session.get_one(Track, stage.id["network"])
        return submitting.draft(session, process, network, written(**more)).id


def sent(stage: Stage, **more: Any) -> UUID:
    """A submission the coordination has sent."""
    key = drafted(stage, stage.coordinator, **more)
    with acting(stage.engine, stage.coordinator) as session:
        submitting.send(session, again(session, key))
    return key


def again(session: Any, key: UUID) -> Submission:
    one = queries.submission_by_id(session, key)
    assert one is not None
    return one


def answer(session: Any, key: UUID) -> SubmissionAnswer:
    one = queries.answer_by_id(session, key)
    assert one is not None
    return one


def titles(stage: Stage, one: Official) -> list[str]:
    """What a reader finds of submissions."""
    with looking(stage.engine, one) as session:
        return sorted(row.title.texts["en"] for row in session.scalars(select(Submission)))


def begun(stage: Stage, by: Official, key: UUID, words: str, *, for_process: bool = False, **more: Any) -> UUID:
    said = Said(says=more.pop("says", AnswerSays.TAKEN_UP), words=LocalText.of(words), **more)
    with acting(stage.engine, by) as session:
        government = session.get_one(Track, stage.id["government"])
        return answering.begin(session, again(session, key), government, said, for_process=for_process).id


def given(stage: Stage, by: Official, key: UUID) -> None:
    with acting(stage.engine, by) as session:
        answering.give(session, answer(session, key))


def test_a_draft_is_read_by_its_organization_and_the_coordination_alone(stage: Stage, network: Network) -> None:
    drafted(stage, network.house)
    assert titles(stage, network.house) == ["Six recommendations"]
    assert titles(stage, stage.coordinator) == ["Six recommendations"]
    others = [network.road, stage.officer, stage.chair, stage.focal["gt"], *network.liaison.values()]
    assert [titles(stage, one) for one in others] == [[]] * 6


def test_sent_it_is_read_by_the_network_and_those_who_answer(stage: Stage, network: Network) -> None:
    sent(stage)
    readers = [network.house, network.road, stage.coordinator, stage.officer, *network.liaison.values()]
    assert [titles(stage, one) for one in readers] == [["Six recommendations"]] * 6
    assert [titles(stage, one) for one in (stage.focal["gt"], stage.focal["mx"], stage.focal["co"])] == [[]] * 3


def test_it_is_sent_where_the_network_reads_nothing_of_the_governments_side(stage: Stage, network: Network) -> None:
    """Not even that there is one: so processes were loaded once."""
    with system_unit(stage.engine, Reason.LABELLING) as session:
        process, track = session.get_one(Process, stage.id["process"]), session.get_one(Track, stage.id["government"])
        relabel(session, track, [clauses.participants_of(process, track)], why="as it was loaded once")
    key = sent(stage)
    with looking(stage.engine, stage.officer) as session:
        assert again(session, key).routed_to_id == stage.id["gt"]


def test_a_government_that_is_suspended_is_asked_for_no_answer(stage: Stage, network: Network) -> None:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        held = select(Participation).where(
            Participation.participant_id == stage.id["gt"], Participation.track_id == stage.id["government"]
        )
        session.scalars(held).one().standing = StandingKind.SUSPENDED
    key = sent(stage)
    with looking(stage.engine, stage.officer) as session:
        assert again(session, key).routed_to_id == stage.id["mx"]


def test_only_the_coordination_sends(stage: Stage, network: Network) -> None:
    key = drafted(stage, network.house)
    for one in (network.house, network.road, stage.officer):
        with acting(stage.engine, one) as session:
            found = queries.submission_by_id(session, key)
            if found is not None:
                with pytest.raises(NotAllowed):
                    submitting.send(session, found)


def test_numbers_follow_each_other_and_a_draft_has_none(stage: Stage, network: Network) -> None:
    drafted(stage, network.house)
    keys = [sent(stage, title=title) for title in ("One", "Two")]
    with looking(stage.engine, stage.coordinator) as session:
        numbers = [again(session, key).symbol for key in keys]
        stem = submitting.stem_of(again(session, keys[0]).process, again(session, keys[0]).track, None)
    year = clock.today(ZONE).year
    assert numbers == [f"{stem}/{year}/S1", f"{stem}/{year}/S2"]


def test_a_sent_text_is_frozen(stage: Stage, network: Network) -> None:
    key = sent(stage)
    for one in (stage.coordinator, stage.officer, network.house):
        with acting(stage.engine, one) as session, pytest.raises(NotAllowed):
            submitting.rewrite(session, again(session, key), written("Other words"))


def test_it_finds_the_liaison_officer_named_for_its_theme(stage: Stage, network: Network, settings: Settings) -> None:
    key = sent(stage)
    with looking(stage.engine, stage.officer) as session:
        assert again(session, key).routed_to_id == stage.id["gt"]
    told = {to: subject for to, subject, _words in mails(stage, settings)}
    assert set(told) == {stage.coordinator.email, network.liaison["gt"].email}
    assert not any("recommendations" in subject for subject in told.values())


def test_what_fits_nobody_waits_for_the_secretariat(stage: Stage, network: Network) -> None:
    key = sent(stage, theme="borders")
    today = clock.today(ZONE)
    with acting(stage.engine, stage.officer) as session:
        waiting = [one for one in awaited.awaited(session, today) if one.subject == key]
        assert [(one.kind, one.participant) for one in waiting] == [("submission_to_route", None)]
        government = session.get_one(Track, stage.id["government"])
        with pytest.raises(Refused, match="no liaison officer"):
            routing.route(session, again(session, key), government, stage.id["bz"], today)
        with pytest.raises(Refused, match="has passed"):
            routing.route(session, again(session, key), government, stage.id["mx"], today - timedelta(1))
        routing.route(session, again(session, key), government, stage.id["mx"], today + timedelta(30))
    with looking(stage.engine, network.liaison["mx"]) as session:
        (one,) = [one for one in awaited.awaited(session, today) if one.subject == key]
        assert (one.kind, one.participant, one.due_on) == ("submission", stage.id["mx"], today + timedelta(30))
    with acting(stage.engine, network.liaison["gt"]) as session, pytest.raises(NotAllowed):
        routing.route(
            session, again(session, key), session.get_one(Track, stage.id["government"]), stage.id["gt"], today
        )


def test_a_draft_answer_is_its_governments_alone(stage: Stage, network: Network) -> None:
    key = sent(stage)
    made = begun(stage, network.liaison["gt"], key, "We do so already.")
    others = [stage.coordinator, network.house, stage.officer, stage.chair, network.liaison["mx"], stage.focal["mx"]]
    for one in others:
        with looking(stage.engine, one) as session:
            assert queries.answer_by_id(session, made) is None or one is stage.chair  # the chair is of Guatemala
    with pytest.raises(NotAllowed):
        begun(stage, network.liaison["mx"], key, "Not ours")


def test_an_answer_given_is_read_by_the_whole_network_which_is_told(
    stage: Stage, network: Network, settings: Settings
) -> None:
    key = sent(stage)
    made = begun(stage, network.liaison["gt"], key, "We do so already.")
    mails(stage, settings)
    given(stage, network.liaison["gt"], made)
    told = mails(stage, settings)
    assert {to for to, _subject, _words in told} == {
        stage.coordinator.email,
        network.house.email,
        network.road.email,
    }
    assert not any("already" in words or "already" in subject for _to, subject, words in told)
    for one in (network.road, stage.officer, network.liaison["mx"]):
        with looking(stage.engine, one) as session:
            assert answer(session, made).words.texts["en"] == "We do so already."
    for one in (stage.focal["mx"], stage.focal["co"]):
        with looking(stage.engine, one) as session:
            assert queries.answer_by_id(session, made) is None
    with looking(stage.engine, stage.officer) as session:
        assert not [one for one in awaited.awaited(session, clock.today(ZONE)) if one.subject == key]


def test_received_is_no_answer_yet(stage: Stage, network: Network) -> None:
    key = sent(stage)
    given(
        stage, network.liaison["gt"], begun(stage, network.liaison["gt"], key, "Thank you.", says=AnswerSays.RECEIVED)
    )
    with looking(stage.engine, stage.officer) as session:
        assert [one.subject for one in awaited.awaited(session, clock.today(ZONE)) if one.kind == "submission"] == [key]


def test_whom_an_answer_tells_of_is_shown_it_before_it_leaves(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    key = sent(stage)
    made = begun(stage, network.liaison["gt"], key, "Mexico receives them by day.")
    mails(stage, settings)
    with acting(stage.engine, network.liaison["gt"]) as session, pytest.raises(Refused, match="tells of others"):
        answering.give(session, answer(session, made))
    with acting(stage.engine, network.liaison["gt"]) as session:
        assert answering.show(session, answer(session, made)) == 1
    told = mails(stage, settings)
    assert [to for to, _subject, _words in told] == [stage.focal["mx"].email]
    assert "by day" not in told[0][2]
    mexico = Desk(app, stage.focal["mx"])
    assert "Mexico receives them by day." in mexico.get(f"/answers/{made}")
    mexico.send(f"/answers/{made}/word", {"words": "By day and by night."})
    mexico.get(f"/submissions/{key}", 404)
    with looking(stage.engine, network.liaison["gt"]) as session:
        assert [row.words for row in queries.shown_of(session, made)] == ["By day and by night."]
    for one in (stage.coordinator, stage.officer, stage.focal["co"]):
        with looking(stage.engine, one) as session:
            assert session.scalars(select(AnswerShown)).all() == []
    given(stage, network.liaison["gt"], made)
    mexico.get(f"/answers/{made}", 404)


def test_other_words_are_shown_anew(stage: Stage, network: Network) -> None:
    key = sent(stage)
    made = begun(stage, network.liaison["gt"], key, "Mexico receives them by day.")
    with acting(stage.engine, network.liaison["gt"]) as session:
        answering.show(session, answer(session, made))
    with acting(stage.engine, network.liaison["gt"]) as session:
        said = Said(says=AnswerSays.TAKEN_UP, words=LocalText.of("Mexico never does."))
        answering.rewrite(session, answer(session, made), said)
    with acting(stage.engine, network.liaison["gt"]) as session, pytest.raises(Refused, match="tells of others"):
        answering.give(session, answer(session, made))


def test_an_answer_of_the_process_leaves_once_the_body_has_agreed(stage: Stage, network: Network) -> None:
    key = sent(stage)
    made = begun(stage, stage.officer, key, "Taken up at the next meeting.", for_process=True)
    with acting(stage.engine, stage.officer) as session, pytest.raises(Refused, match="once the body has agreed"):
        answering.give(session, answer(session, made))
    with acting(stage.engine, stage.officer) as session:
        said = Said(
            says=AnswerSays.TAKEN_UP,
            words=LocalText.of("Taken up at the next meeting."),
            agreed_on=clock.today(ZONE),
            agreed_word="By the members, in silence",
        )
        answering.rewrite(session, answer(session, made), said)
    given(stage, stage.officer, made)
    with looking(stage.engine, network.road) as session:
        assert answer(session, made).agreed_word == "By the members, in silence"


def test_a_withdrawn_submission_stays_on_file_and_is_not_answered(stage: Stage, network: Network) -> None:
    key = sent(stage)
    made = begun(stage, network.liaison["gt"], key, "We do so already.")
    with acting(stage.engine, stage.coordinator) as session:
        submitting.withdraw(session, again(session, key), "Overtaken")
    with acting(stage.engine, network.liaison["gt"]) as session, pytest.raises(Refused, match="withdrawn"):
        answering.give(session, answer(session, made))
    assert titles(stage, stage.officer) == ["Six recommendations"]
    with looking(stage.engine, stage.officer) as session:
        assert not [one for one in awaited.awaited(session, clock.today(ZONE)) if one.subject == key]


def test_the_whole_walk_on_pages(app: Flask, stage: Stage, network: Network, settings: Settings) -> None:
    road = Desk(app, network.road)
    assert "Nothing has been sent yet" in road.get(LEDGER)
    typed = {"kind": "recommendation", "title-en": "Six", "words-en": "By day.", "theme": "Children"}
    wrong = road.wrong(f"{LEDGER}/new", {"kind": "comment", "title-en": "Six", "words-en": "By day."})
    assert wrong == ["Name the document it comments on, by its symbol and revision."]
    there, _page = road.send(f"{LEDGER}/new", typed)
    road.get(f"{there}/send", 404)
    coordinator = Desk(app, stage.coordinator)
    coordinator.send(f"{there}/send", {})
    officer = Desk(app, stage.officer)
    assert "/S1" in officer.get(LEDGER)
    assert "Submissions and answers" in officer.get("/processes/rcx/")
    mails(stage, settings)
    liaison = Desk(app, network.liaison["gt"])
    assert "Write the answer" in liaison.get(there)
    made, _page = liaison.send(f"{there}/answer", {"says": "in_part", "words-en": "Four of six."})
    liaison.send(f"{made}/give", {})
    assert "Four of six." in road.get(there)
    assert "Taken up in part" in Desk(app, network.house).get(LEDGER)
    Desk(app, stage.focal["mx"]).get(there, 404)
    Desk(app, stage.focal["mx"]).get(made, 404)
    with looking(stage.engine, stage.officer) as session:
        slug = session.get_one(Track, stage.id["network"]).slug
    rules = {"words-en": "Be brief.", "answer_days": "30", "stem": "NET"}
    officer.send(f"/processes/rcx/{slug}/engagement", rules)
    assert "Be brief." in coordinator.get(LEDGER)


def test_the_network_replies_once_to_an_answer_and_its_author_is_told(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    key = sent(stage)
    told = begun(stage, network.liaison["gt"], key, "Taken up.")
    given(stage, network.liaison["gt"], told)
    at, said = f"/answers/{told}/reply", {"words-en": "Fifteen April suits us."}
    for one in (network.house, network.liaison["gt"], stage.officer):
        Desk(app, one).get(at, 404)
    coordinator = Desk(app, stage.coordinator)
    assert at in coordinator.get(f"/submissions/{key}")
    coordinator.send(at, {"words-en": ""}, 422)
    coordinator.send(at, said)
    assert "replied to this answer" in coordinator.send(at, said, 422)[1]
    for one in (network.road, network.liaison["gt"], network.liaison["mx"], stage.officer):
        assert "Fifteen April suits us." in Desk(app, one).get(f"/submissions/{key}")
    letters = [(to, words) for to, subject, words in mails(stage, settings) if "reply to your answer" in subject]
    assert [to for to, _words in letters] == [network.liaison["gt"].email]
    assert "Fifteen April" not in letters[0][1]


def test_a_reply_to_an_answer_of_the_process_is_told_to_the_secretariat(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    key = sent(stage)
    agreed = {"agreed_on": clock.today(ZONE), "agreed_word": "By the members"}
    told = begun(stage, stage.officer, key, "Taken up.", for_process=True, **agreed)
    given(stage, stage.officer, told)
    mails(stage, settings)
    Desk(app, stage.coordinator).send(f"/answers/{told}/reply", {"words-en": "Fifteen April suits us."})
    letters = [(to, words) for to, subject, words in mails(stage, settings) if "reply to your answer" in subject]
    assert [to for to, _words in letters] == [stage.officer.email]
    assert "the answer of the process" in letters[0][1]
    assert "Fifteen April" not in letters[0][1]


def test_chair_and_secretariat_see_before_each_meeting_what_has_no_answer(
    app: Flask, stage: Stage, network: Network
) -> None:
    key = sent(stage)
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        state, track = session.get_one(Participant, stage.id["mx"]), session.get_one(Track, stage.id["government"])
        processes.chair_term(session, track, state)
        presiding = people.chair(session, track, state)
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting").id
    seen = ((stage.officer, f"/meetings/{meeting}/agenda/matters"), (presiding, "/processes/rcx/chair"))
    for one, page in seen:
        assert f"/submissions/{key}" in Desk(app, one).get(page)
    given(stage, network.liaison["gt"], begun(stage, network.liaison["gt"], key, "Taken up."))
    for one, page in seen:
        assert f"/submissions/{key}" not in Desk(app, one).get(page)
