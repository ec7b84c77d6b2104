"""Texts as Word files on their pages: downloaded, brought back with changes, taken in."""

import re
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document as Docx
from flask import Flask

from config import Settings
from secretariat.processes import clauses
from secretariat.texts import queries, service
from tests.factories import documents
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.integration.documents.conftest import upload
from tests.integration.meetings.test_lent_drafts import mails
from tests.integration.texts.conftest import Desk, Stage

TOLD = "Each child is told what happens next"


def circulated(stage: Stage) -> tuple[str, str]:
    """The address of an edition for members, and that of a round on it."""
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        readers = frozenset({clauses.members_of(where.process, where.track)})
        text = made.begun(session, readers=readers)
        found = made.opened(session, made.circulated(session, text))
        return f"/documents/{found.edition.document_id}/text", f"/rounds/{found.id}"


def file_at(desk: Desk, address: str) -> bytes:
    answer = desk.client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data()


def words_in(content: bytes) -> str:
    return "\n".join(one.text for one in Docx(BytesIO(content)).paragraphs)


def rewritten(content: bytes, before: str, after: str) -> bytes:
    """The file with other words in it, as a word processor saves it."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            part = old.read(one)
            if one.filename == "word/document.xml":
                assert before.encode() in part
                part = part.replace(before.encode(), after.encode())
            new.writestr(one.filename, part)
    return out.getvalue()


def test_a_file_that_comes_back_becomes_comments_of_its_government(app: Flask, stage: Stage) -> None:
    edition, round_at = circulated(stage)
    member = Desk(app, stage.focal["mx"])
    content = file_at(member, f"{edition}/word.docx")
    assert TOLD in words_in(content)
    Desk(app, stage.focal["co"]).get(f"{edition}/word.docx", 404)
    back = rewritten(content, TOLD, "Every child is told")
    typed = {"language": "en", "read_by": "readers"}
    assert f"{edition}/word.docx" in member.get(f"{round_at}/reply/word")
    member.send(f"{round_at}/reply/word", {**typed, "file": upload(back, "back.docx")})
    reply = re.sub(r"<[^>]+>", "", member.get(f"{round_at}/reply"))
    assert "Every child is told" in reply
    assert "Every child is told" not in Desk(app, stage.officer).get(round_at)
    with looking(stage.engine, stage.focal["mx"]) as session:
        found = made.round_again(session, _key(round_at))
        written = queries.reply_of(session, found.id, stage.id["mx"])
        assert written is not None
        (one,) = queries.comments_in_reply(session, written.id)
        assert (one.wording, str(one.paragraph_id)) == (
            "Every child is told",
            found.edition.content["paragraphs"][2]["id"],
        )


def _key(address: str) -> UUID:
    return UUID(address.rsplit("/", 1)[1])


def test_any_other_file_is_refused_with_the_reason_and_nothing_is_kept(app: Flask, stage: Stage) -> None:
    edition, round_at = circulated(stage)
    other, _round = circulated(stage)
    member = Desk(app, stage.focal["mx"])
    typed = {"language": "en", "read_by": "readers"}
    strange = file_at(member, f"{other}/word.docx")
    for content, said in (
        (strange, "made from another text"),
        (documents.docx("A text of our own"), "does not say which text it is from"),
        (b"Plain words", "no Word file"),
        (file_at(member, f"{edition}/word.docx"), "Nothing in this file differs"),
    ):
        (why,) = member.wrong(f"{round_at}/reply/word", {**typed, "file": upload(content, "back.docx")})
        assert said in why
    assert "Nothing is written." in member.get(f"{round_at}/reply")


def test_what_changed_is_handed_out_as_tracked_changes(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        text = made.begun(session, readers=frozenset({clauses.members_of(where.process, where.track)}))
        made.circulated(session, text)
        service.write_paragraph(session, made.paragraph(session, text, 2), made.words("Each child is told at once"))
        address = f"/documents/{made.circulated(session, text).document_id}/text"
    content = file_at(Desk(app, stage.focal["mx"]), f"{address}/tracked.docx")
    with ZipFile(BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    assert "<w:ins " in body
    assert "<w:del " in body


def test_a_word_file_is_looked_at_before_its_paragraphs_are_added(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        text = made.begun(session, [])
        where = f"/texts/{text.id}"
    officer = Desk(app, stage.officer)
    content = documents.docx(
        "Recalling the declaration", "1. Children are received", "(a) at an airport", "2. They are told"
    )
    page = officer.client.get(f"{where}/paragraphs/word").get_data(as_text=True)
    unseen = dict(re.findall(r'name="(csrf_token|nonce)"[^>]*value="([^"]*)"', page))
    answer = officer.client.post(f"{where}/paragraphs/word", data={**unseen, "file": upload(content, "text.docx")})
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "1. Children are received" in shown
    assert "Nothing is written yet" in officer.get(where)
    pasted = re.findall(r"<textarea[^>]*>\s*(.*?)</textarea>", shown, re.S)[0]
    officer.send(f"{where}/paragraphs/paste", {"pasted": pasted})
    with looking(stage.engine, stage.officer) as session:
        paragraphs = [
            (one.kind.value, one.depth, str(one.words)) for one in queries.paragraphs_of(session, _key(where))
        ]
    assert paragraphs == [
        ("preamble", 1, "Recalling the declaration"), ("operative", 1, "Children are received"),
        ("operative", 2, "at an airport"), ("operative", 1, "They are told"),
    ]  # fmt: skip


def test_behind_the_link_of_the_mail_the_file_is_had_and_brought_back(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    mails(stage, settings)
    _edition, round_at = circulated(stage)
    (words,) = [words for to, _subject, words in mails(stage, settings) if to == stage.focal["mx"].email]
    (link,) = re.findall(r"/l/[^/\s]+/comment", words)
    nobody = Desk(app)
    assert f"{link}/word.docx" in nobody.get(f"{link}/word")
    back = rewritten(file_at(nobody, f"{link}/word.docx"), TOLD, "Every child is told")
    nobody.send(f"{link}/word", {"language": "en", "read_by": "readers", "file": upload(back, "back.docx")})
    assert "Every child is told" in re.sub(r"<[^>]+>", "", nobody.get(link))
    assert "Every child is told" not in Desk(app, stage.officer).get(round_at)
