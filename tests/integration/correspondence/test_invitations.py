"""Letters of invitation: written once, each in its own style, on the letterhead; what has gone is registered."""

from __future__ import annotations

import html
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from flask import Flask
from sqlalchemy import select

from secretariat.core.session import Reason, system_unit
from secretariat.correspondence.invitation_models import InvitationLetter
from secretariat.correspondence.register_models import Direction, RegisteredLetter
from secretariat.meetings.models import Invitation
from secretariat.processes.models import Body
from tests.factories.meetings import acting, invited, scheduled
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

STYLE = {
    "addressee": "His Excellency\nMr Alejandro Encinas\nUndersecretary of the Interior\nMexico City",
    "salutation": "Excellency,",
    "language": "en",
    "copy_to": "Embassy of Mexico",
    "dated": "2026-01-10",
}


def words_in(content: bytes) -> list[str]:
    return [one.text for one in Document(BytesIO(content)).paragraphs]


def ministerial(stage: Stage, title: str = "") -> tuple[str, dict[str, str]]:
    """The address of its letters, and the invitations by participant."""
    with system_unit(stage.engine, Reason.REFERENCE) as system:
        body = system.get_one(Body, stage.id["plenary"])
        body.invites_by_letter = body.names_by_letter = True
        name = str(body.name)
    with acting(stage.engine, stage.officer) as session:
        held = scheduled(session, "rcx", body=name)
        invited(session, held)
        sent = session.scalars(select(Invitation).where(Invitation.meeting_id == held.id)).all()
        where = {str(one.participant_id): str(one.id) for one in sent}
        return f"/meetings/{held.id}/letters", {key: where[str(stage.id[key])] for key in ("gt", "mx")}


def test_a_ministerial_is_invited_by_letters_that_enter_the_register(app: Flask, stage: Stage) -> None:
    where, invitation = ministerial(stage)
    officer = Desk(app, stage.officer)
    assert f'href="{where}"' in officer.get(where.removesuffix("/letters"))
    assert "Nothing is written yet." in officer.get(where)
    officer.get(f"{where}/{invitation['mx']}", 404)  # words come first
    proposed = html.unescape(officer.get(f"{where}/words"))
    assert "I have the honour to invite you to the 21st Vice-Ministerial Meeting, held in Panama City" in proposed
    assert "Names given by the link" in proposed, "the body asks for letters"
    words = "I have the honour to invite you to Panama.\n\nPlease accept my assurances."
    officer.send(f"{where}/words", {"words-en": words, "signatory": "Ana Ruiz\nExecutive Secretary"})
    first = f"{where}/{invitation['mx']}"
    assert officer.wrong(first, {"addressee": "", "salutation": ""})
    officer.send(first, STYLE)
    page = officer.get(where)
    assert "RCX/INV/2026/R.1" in page
    assert "not yet written" in page, "Guatemala's"
    with officer.client.get(f"{first}.docx") as answer:
        paper = words_in(answer.data)
    assert "Copy: Embassy of Mexico" in paper
    assert paper[paper.index("Excellency,") + 1] == "I have the honour to invite you to Panama."
    assert "10 January 2026" in paper
    assert not any("Named readers" in one for one in paper), "it leaves the house"
    with officer.client.get(f"{where}.zip") as answer:
        assert ZipFile(BytesIO(answer.data)).namelist() == ["RCX-INV-2026-R.1.docx"]
    assert (
        "This day lies ahead" in officer.wrong(f"{first}/dispatch", {"went_on": "2099-01-01", "note_verbale": "1"})[0]
    )
    officer.send(f"{first}/dispatch", {"went_on": "2026-01-12", "note_verbale": "NV/7/2026"})
    assert "NV/7/2026" in officer.get(where)
    with system_unit(stage.engine, Reason.JOB) as system:
        entry = system.scalars(select(RegisteredLetter)).one()
        said = (entry.direction, entry.reference, str(entry.invitation_id), entry.correspondent_id)
        assert said == (Direction.OUT, "NV/7/2026", invitation["mx"], stage.id["mx"])
        assert system.scalars(select(InvitationLetter)).one().registered_id == entry.id
    officer.send(f"{where}/words", {"words-en": "Other words.", "signatory": "Somebody else"})
    with officer.client.get(f"{first}.docx") as answer:
        assert "I have the honour to invite you to Panama." in words_in(answer.data), "what has gone stays"
    for path in (first, f"{first}/dispatch"):
        officer.get(path, 404)
    officer.get(f"{where}.zip", 404)
    for reader in (stage.focal["mx"], stage.coordinator, stage.chair):
        for path in (where, f"{where}/words", first, f"{first}.docx", f"{where}.zip"):
            Desk(app, reader).get(path, 404)


def test_the_next_letter_of_a_body_begins_as_the_last_and_a_list_costs_the_same(app: Flask, stage: Stage) -> None:
    where, invitation = ministerial(stage)
    officer = Desk(app, stage.officer)
    officer.send(f"{where}/words", {"words-en": "Come.", "signatory": "Ana Ruiz"})
    officer.get(where)
    with statements_sent() as none:
        officer.get(where)
    officer.send(f"{where}/{invitation['mx']}", STYLE)
    officer.send(f"{where}/{invitation['gt']}", {**STYLE, "addressee": "Her Excellency"})
    officer.get(where)
    with statements_sent() as two:
        officer.get(where)
    assert len(two) == len(none)
    later, again = ministerial(stage)
    assert "Ana Ruiz" in officer.get(f"{later}/words")
    officer.send(f"{later}/words", {"words-en": "Come again.", "signatory": "Ana Ruiz"})
    assert "Mr Alejandro Encinas" in officer.get(f"{later}/{again['mx']}")
    officer.send(f"{later}/{again['mx']}", STYLE)
    assert "RCX/INV/2026/R.3" in officer.get(later)
