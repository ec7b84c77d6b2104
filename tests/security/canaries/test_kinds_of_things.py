"""Every kind one can ask about, tried on the things of the canary world: titles, pages, whose paper they are."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from secretariat.confidentiality import reach
from secretariat.confidentiality.reach import Row
from secretariat.core import kinds
from secretariat.core.kinds import OriginKind
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, reading_as, system_unit
from secretariat.correspondence.invitation_models import InvitationLetter
from secretariat.directory import viewers
from tests.security.canaries import crawl
from tests.security.canaries.world import World
from tests.support.sql import statements_sent

MOST_STATEMENTS = 20
"""For a list of a hundred things of any kind, with titles and pages."""


def test_titles_and_pages_take_a_constant_number_of_statements_and_lead_somewhere(app: Flask, planted: World) -> None:
    officer = planted.officials["officer"]
    assert officer is not None
    client = crawl.client_of(app, officer)
    viewer = viewers.viewer(planted.engine, officer.person, officer.hat)
    pages = set()
    with reading_as(planted.engine, viewer) as session:
        for kind in kinds.every():
            labels = tuple(session.scalars(select(kind.model.label_id).distinct()))
            row = Row(kind, (), len(labels), "", labels)
            with statements_sent() as sent:
                things = reach.things_of(session, [row], planted.ids["process"], offset=0, most=100)
            assert len(sent) <= MOST_STATEMENTS, f"{kind.name}: {len(sent)} statements for {len(things)} things"
            assert things, f"the officer reads no {kind.name}"
            assert all(isinstance(one.title, LocalText | str) for one in things)
            if kind.model is not InvitationLetter:  # planted beside no meeting, where its page is
                pages |= {(kind.name, one.page) for one in things[:2] if one.page}
    answers = {f"{name}: {page}": client.get(page).status_code for name, page in sorted(pages)}
    assert {page: status for page, status in answers.items() if status != 200} == {}


def test_every_thing_is_somebodys_paper(app: Flask, planted: World) -> None:
    with system_unit(planted.engine, Reason.LABELLING, writes=False) as session:
        for kind in kinds.every():
            for thing in session.scalars(select(kind.model)):
                origin = kind.origin(session, thing)
                assert isinstance(origin.kind, OriginKind)
                assert origin.id is not None
