"""The words of the labels, named by the process in its languages."""

from __future__ import annotations

from flask import Flask

from tests.integration.confidentiality.conftest import Desk, Stage, stage

__all__ = ["stage"]
PATH = "/processes/rcx/levels"


def test_the_words_a_process_gives_its_labels_stand_wherever_one_is_shown(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("officer"))
    typed = {"members-en": "States only", "named-en": "By name"}
    assert desk.post(PATH, typed, form=desk.get(PATH))[0] == 303
    assert "States only" in desk.get(PATH)
    page = desk.get(stage.path("plan"))
    assert "States only: all members of the process" in page  # in the control
    assert "<b>States only.</b>" in page  # in the banner
    assert "By name: those chosen below" in page
    assert "All participants: members, observers and partners" in page  # without words of its own
    assert desk.post(PATH, {"members-en": ""}, form=desk.get(PATH))[0] == 303
    assert "Members only: all members of the process" in desk.get(stage.path("plan"))


def test_a_members_focal_point_does_not_name_them(app: Flask, stage: Stage) -> None:
    Desk(app, stage.who("gt")).get(PATH, 404)


def test_words_that_are_too_long_are_said_beside_their_field(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("officer"))
    answered, _location, page = desk.post(PATH, {"members-en": "x" * 61}, form=desk.get(PATH))
    assert answered == 422
    assert "Shorten this by 1 character." in page
