"""Files as evidence: they come with an update, are read by who reads it, and the storage is swept of no other."""

from __future__ import annotations

import gc
import os
import re
import time
from html import unescape
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from secretariat.core.labelling import relabel
from secretariat.core.session import Reason, system_unit
from secretariat.documents.service import sweep
from secretariat.documents.storage import storage_of
from secretariat.plans.evidence_models import EvidenceFile, LentFile
from secretariat.plans.exchange import going_out
from secretariat.plans.models import LentUpdate, ProgressUpdate
from secretariat.plans.service import own_circle
from tests.factories import documents as papers
from tests.factories.plans import acting
from tests.integration.documents.conftest import upload
from tests.support.plans import Site, planned, site

__all__ = ["planned", "site"]

WORDS = b"Twenty offices publish their figures."


def kept(settings: Settings) -> list[Path]:
    return sorted((settings.data_root / "documents").glob("*/*"))


def age(settings: Settings) -> None:
    for path in kept(settings):
        long_ago = time.time() - 2 * 86400
        os.utime(path, (long_ago, long_ago))


def files(site: Site) -> list[tuple[str, int]]:
    with system_unit(site.planned.engine, Reason.REFERENCE, writes=False) as system:
        return [(one.name, one.size) for one in system.scalars(select(EvidenceFile).order_by(EvidenceFile.position))]


def links_of(page: str) -> list[str]:
    return re.findall(r'href="(/evidence/[0-9a-f-]+)"', page)


def fetched(client: FlaskClient, address: str) -> tuple[int, bytes]:
    """Status and content; what is handed out is closed again."""
    with client.get(address) as answer:
        return answer.status_code, answer.get_data()


def reported(site: Site, *sent: object) -> str:
    """A commitment of Guatemala that was reported with these files; its id."""
    key = str(site.planned.own())
    answer = site.send(
        site.planned.people.focal["gt"], f"/commitments/{key}/report",
        status="in_progress", step="Ten of twenty", files=list(sent),
    )  # fmt: skip
    assert answer.status_code == 303, unescape(answer.get_data(as_text=True))
    return key


def test_files_come_with_an_update_and_are_saved_by_who_reads_it(site: Site) -> None:
    key = reported(site, upload(WORDS, "figures.txt"), upload(b"Annex", "annex.txt"))
    assert files(site) == [("figures.txt", len(WORDS)), ("annex.txt", 5)]
    for who in (site.planned.people.focal["gt"], site.planned.people.focal["mx"], site.planned.people.officer):
        first, _second = links_of(site.page(who, f"/commitments/{key}"))
        with site.client(who).get(first) as answer:
            assert (answer.status_code, answer.get_data()) == (200, WORDS)
            assert answer.headers["Content-Disposition"] == "attachment; filename=figures.txt"
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_has_the_readers_of_its_update_and_follows_it(site: Site) -> None:
    key = reported(site, upload(WORDS, "figures.txt"))
    people = site.planned.people
    [address] = links_of(site.page(people.focal["mx"], f"/commitments/{key}"))
    with acting(site.planned.engine, people.officer) as session:
        update = session.scalars(select(ProgressUpdate)).one()
        circle = own_circle(update.commitment.plan, update.commitment.participant_id)
        relabel(session, update, [circle], why="kept closer")
    assert fetched(site.client(people.focal["mx"]), address)[0] == 404
    assert fetched(site.client(people.focal["mx"]), "/evidence/00000000-0000-4000-8000-000000000000")[0] == 404
    assert "figures.txt" not in site.page(people.focal["mx"], f"/commitments/{key}")
    assert fetched(site.client(people.focal["gt"]), address) == (200, WORDS)
    assert WORDS not in fetched(site.client(None), address)[1]


def macros() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("word/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "empty.txt", "This file is empty."),
        (b"%PDF-1.7 no more than this", "paper.pdf", "This file is damaged"),
        (WORDS, "paper.pdf", "This file is not what its name says."),
        (macros(), "letter.docx", "This file holds macros"),
        (b"\x7fELF" + bytes(100), "program", "A file of this type is not kept here."),
    ],
)
def test_a_file_that_is_not_taken_is_told_and_the_words_are_kept(
    site: Site, content: bytes, name: str, why: str
) -> None:
    key = site.planned.own()
    answer = site.send(
        site.planned.people.focal["gt"], f"/commitments/{key}/report",
        status="completed", step="All twenty offices", files=[upload(WORDS, "good.txt"), upload(content, name)],
    )  # fmt: skip
    text = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert f"{name}: {why}" in text
    assert "All twenty offices" in text
    assert files(site) == []


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the browser of the tests leaves what it sends unclosed
def test_one_too_large_and_one_too_many_are_told(site: Site, settings: Settings) -> None:
    key, focal = site.planned.own(), site.planned.people.focal["gt"]
    large = site.send(
        focal, f"/commitments/{key}/report", status="completed", step="All",
        files=upload(b"a" * (settings.largest_document + 1), "large.txt"),
    )  # fmt: skip
    assert large.status_code == 422
    assert "This file is larger than" in unescape(large.get_data(as_text=True))
    many = site.send(
        focal, f"/commitments/{key}/report", status="completed", step="All",
        files=[upload(WORDS, f"{number}.txt") for number in range(6)],
    )  # fmt: skip
    assert many.status_code == 422
    assert "Give at most 5 files." in unescape(many.get_data(as_text=True))
    assert files(site) == []
    large.close()
    many.close()
    del large, many  # they hold what the browser sent
    gc.collect()


def test_what_no_update_names_is_swept_and_nothing_else(site: Site, settings: Settings) -> None:
    key = reported(site, upload(WORDS, "figures.txt"))
    site.send(
        site.planned.people.focal["gt"], f"/commitments/{key}/report", status="completed",
        files=[upload(b"Refused with the other", "good.txt"), upload(b"", "empty.txt")],
    )  # fmt: skip
    assert len(kept(settings)) == 1, "of a form that is not taken nothing stays"
    papers.received(settings.data_root)
    assert len(kept(settings)) == 2
    age(settings)
    assert sweep(site.planned.engine, storage_of(settings)) == 1
    assert [path.read_bytes() for path in kept(settings)] == [WORDS]


def test_a_correction_brings_its_own_and_the_earlier_file_stays(site: Site) -> None:
    key, focal = reported(site, upload(WORDS, "figures.txt")), site.planned.people.focal["gt"]
    [correct] = re.findall(r'href="(/updates/[0-9a-f-]+/correct)"', site.page(focal, f"/commitments/{key}"))
    answer = site.send(focal, correct, status="completed", step="All", files=upload(b"All twenty", "all.txt"))
    assert answer.status_code == 303
    page = site.page(site.planned.people.focal["mx"], f"/commitments/{key}")
    assert sorted(name for name in ("figures.txt", "all.txt") if name in page) == ["all.txt", "figures.txt"]
    assert len(links_of(page)) == 2


def test_the_table_that_goes_out_names_them_as_far_as_the_plans_readers_read(site: Site) -> None:
    reported(site, upload(WORDS, "figures.txt"))
    people = site.planned.people
    with acting(site.planned.engine, people.officer) as session:
        out = going_out.plan_table(session, site.planned.plan_id)
    assert out is not None
    assert b"figures.txt" in _sheet(going_out.made(out, going_out.XLSX).content)
    with acting(site.planned.engine, people.officer) as session:
        one = session.scalars(select(EvidenceFile)).one()
        relabel(session, one, [own_circle(site.planned.the_plan(session), people.id["gt"])], why="kept closer")
    with acting(site.planned.engine, people.officer) as session:
        out = going_out.plan_table(session, site.planned.plan_id)
    assert out is not None
    assert b"figures.txt" not in _sheet(going_out.made(out, going_out.XLSX).content)


def _sheet(book: bytes) -> bytes:
    with ZipFile(BytesIO(book)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


# --- a colleague's draft ----------------------------------------------------------------------------------------------


def lent(site: Site, key: str) -> str:
    """The link of a colleague to whom Guatemala's focal point passed the commitment on."""
    focal = site.planned.people.focal["gt"]
    path = site.link(focal, "update", key)
    client = site.app.test_client()
    hidden = dict(re.findall(r'name="(csrf_token|nonce)"[^>]*value="([^"]*)"', client.get(path).get_data(as_text=True)))
    assert client.post(path, data={**hidden, "pass_on": "0", "c0": "labour@ministry.example"}).status_code == 303
    with system_unit(site.planned.engine, Reason.MAIL, writes=False) as system:
        made = system.scalars(select(LentUpdate)).one()
        colleague, subject = made.colleague_id, made.id
    return site.link(SimpleNamespace(person=colleague, hat=focal.hat), "draft", subject)


def sent_by_link(site: Site, path: str, **data: object) -> tuple[int, str]:
    client = site.app.test_client()
    page = client.get(path).get_data(as_text=True)
    assert 'enctype="multipart/form-data"' in page
    hidden = dict(re.findall(r'name="(csrf_token|nonce)"[^>]*value="([^"]*)"', page))
    answer = client.post(path, data={**hidden, **data})
    return answer.status_code, unescape(answer.get_data(as_text=True))


def test_the_one_minute_page_takes_a_file(site: Site) -> None:
    key = str(site.planned.own())
    path = site.link(site.planned.people.focal["gt"], "update", key)
    code, text = sent_by_link(site, path, s0="in_progress", w0="Ten", f0=upload(b"", "empty.txt"))
    assert (code, "This file is empty." in text, "Ten</textarea>" in text) == (422, True, True)
    code, _text = sent_by_link(site, path, s0="in_progress", w0="Ten", f0=upload(WORDS, "figures.txt"))
    assert code == 303
    assert files(site) == [("figures.txt", len(WORDS))]


def test_what_a_colleague_sends_is_taken_over_or_goes(site: Site, settings: Settings) -> None:
    key = str(site.planned.own())
    people = site.planned.people
    link = lent(site, key)
    code, _text = sent_by_link(
        site, link, words="Ten.", files=[upload(WORDS, "figures.txt"), upload(b"Between us", "note.txt")]
    )
    assert code == 303
    path = site.link(people.focal["gt"], "update", key)
    page = site.app.test_client().get(path).get_data(as_text=True)
    token = path.split("/")[2]
    first, second = re.findall(rf'href="(/l/{token}/update/[0-9a-f-]+)"', page)
    assert fetched(site.app.test_client(), first) == (200, WORDS)
    other = site.link(people.focal["mx"], "update", str(site.planned.own("mx"))).split("/")[2]
    status, content = fetched(site.app.test_client(), first.replace(token, other))
    assert (status, WORDS in content) == (404, False)
    drafted = first.rsplit("/", 1)[1]
    for who in (people.focal["mx"], people.officer):
        assert fetched(site.client(who), f"/evidence/{drafted}")[0] == 404
    assert fetched(site.client(people.focal["gt"]), f"/evidence/{drafted}") == (200, WORDS)
    code, text = sent_by_link(site, path, s0="in_progress", w0="Ten.", k0=[drafted])
    assert code == 303, text
    assert files(site) == [("figures.txt", len(WORDS))]
    with system_unit(site.planned.engine, Reason.REFERENCE, writes=False) as system:
        assert system.scalars(select(LentFile)).all() == []
    assert fetched(site.app.test_client(), second)[0] == 404
    age(settings)
    assert sweep(site.planned.engine, storage_of(settings)) == 1
    assert [path.read_bytes() for path in kept(settings)] == [WORDS]


def test_files_of_a_draft_are_in_use_until_it_is_answered(site: Site, settings: Settings) -> None:
    link = lent(site, str(site.planned.own()))
    sent_by_link(site, link, words="Ten.", files=upload(b"First", "first.txt"))
    sent_by_link(site, link, words="Ten.", files=upload(b"Second", "second.txt"))
    sent_by_link(site, link, words="Eleven.")
    age(settings)
    assert sweep(site.planned.engine, storage_of(settings)) == 1
    assert [path.read_bytes() for path in kept(settings)] == [b"Second"]
