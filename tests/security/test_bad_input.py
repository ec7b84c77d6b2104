"""What a script sends with a valid account, and what no page would: an answer, never a failure, and nothing stored."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories.people import token
from tests.support.plans import Site, planned, site

__all__ = ["planned", "site"]

DAYS = ("0001-01-01", "9999-12-31", "2026-02-30", "-1", "1" * 400, "\u202e2026")


def test_an_address_with_nul_is_one_that_leads_nowhere(site: Site, app: Flask) -> None:
    for client in (app.test_client(), site.client(site.planned.people.officer)):
        for address in ("/processes/%00/", "/processes/rcx%00/", "/processes/rcx/mail/?state=%00", "/readers/%00/x"):
            assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("day", DAYS)
def test_a_day_outside_the_calendar_is_answered_with_a_page(site: Site, day: str) -> None:
    officer, person = site.planned.people.officer, site.planned.people.focal["gt"].person
    client = site.client(officer)
    assert client.get(f"/processes/rcx/mail/people/{person}?day={day}").status_code == 200
    assert client.get(f"/readers/plans/{site.planned.plan_id}?on={day}").status_code in (200, 422)


@pytest.mark.parametrize("nonce", ["\0", "a" * 5000, "é", "' or 1=1 --", ""])
def test_a_nonce_no_page_has_made_is_none(app: Flask, nonce: str) -> None:
    client = app.test_client()
    data = {"csrf_token": token(client, "/account/sign-in"), "nonce": nonce, "email": "a@b.example", "password": "\0"}
    assert client.post("/account/sign-in", data=data).status_code == 422
