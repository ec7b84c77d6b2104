"""What a message that came in is, and which of its words are its writer's own."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.mail.inbound.reading import (
    LONGEST,
    LONGEST_HEADER,
    ArrivedKind,
    own_words,
    parse,
    read,
    text_of_page,
)

MARKS = ("Please answer above this line", "Responda por encima de esta línea", "يرجى الرد فوق هذا السطر")
OURS = "<0123abcd@secretariat.example>"
DIGEST = "---- Please answer above this line ----\n\nDear focal point,\n\nA word from you is awaited on this:\n"


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("between", "language"),
    [
        ("On Wed, 3 Mar 2027 at 09:12, RCM <secretariat@example.org> wrote:\n", "a mail program in English"),
        ("El mié, 3 mar 2027 a la(s) 09:12, RCM (<secretariat@example.org>) escribió:\n", "in Spanish"),
        ("Le mer. 3 mars 2027 à 09:12, RCM <secretariat@example.org>\na écrit :\n", "in French, over two lines"),
        ("في الأربعاء، 3 مارس 2027 في 9:12 ص كتب RCM <secretariat@example.org>:\n", "in Arabic"),
        (
            "________________________________\nVon: RCM <secretariat@example.org>\nGesendet: Mittwoch, 3. März\n"
            "An: Ana\nBetreff: Where things stand\n",
            "a language the product does not speak",
        ),
        ("", "nothing at all"),
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_the_answer_is_what_stands_above_what_is_answered(between: str, language: str, marked: bool) -> None:
    digest = DIGEST if marked else DIGEST.partition("\n\n")[2]
    told = f"Ten of twenty posts are staffed.\n\nThe rest follow in May.\n\n{between}\n{quoted(digest)}"
    assert own_words(told, MARKS) == "Ten of twenty posts are staffed.\n\nThe rest follow in May."


def test_a_mail_program_that_does_not_mark_what_it_quotes_is_cut_at_the_line() -> None:
    assert own_words(f"Se publicó.\n\nRCM <a@b.org> 3.3.2027 09:12:\n{DIGEST}", MARKS) == "Se publicó."
    assert own_words("تم النشر.\n> ---- يرجى الرد فوق هذا السطر ----\n> نص", MARKS) == "تم النشر."


def test_a_sentence_that_ends_with_a_colon_and_a_list_stay() -> None:
    told = "What was done:\n- the register\n- the training at 10:30\nIt will go on so:"
    assert own_words(told, MARKS) == told


def test_who_writes_below_the_line_alone_is_not_thrown_away() -> None:
    """Nor is what was quoted kept: it may be for other eyes."""
    assert own_words(f"RCM <a@b.org> wrote:\n{quoted(DIGEST)}\nTen of twenty.", MARKS) == "Ten of twenty."
    assert own_words(f"{DIGEST}Ten of twenty.", MARKS) == ""


def test_a_page_is_read_as_a_person_sees_it() -> None:
    page = (
        "<html><head><style>p {}</style></head><body><div>Ten of <b>twenty</b></div><p>In May<br>the rest</p>"
        '<script>x()</script><div class="gmail_quote">On Monday<blockquote>Dear</blockquote></div></body></html>'
    )
    assert own_words(text_of_page(page), MARKS) == "Ten of twenty\n\nIn May\nthe rest"
    assert text_of_page("<div>" * 200 + "deep").strip() == "deep"


def answer(words: str, html: str = "", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Ana <ana@ministry.example>"
    mail["To"] = "replies+abc@secretariat.example"
    mail["In-Reply-To"] = OURS
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    if words:
        mail.set_content(words)
    if html:
        mail.add_alternative(html, subtype="html") if words else mail.set_content(html, subtype="html")
    return mail


def test_an_answer_names_whom_it_is_from_and_what_it_answers() -> None:
    mail = answer(
        "Ten of twenty.", "<p>other</p>", References="<first@secretariat.example> <0123abcd@secretariat.example>"
    )
    mail.add_attachment(b"x" * 1000, maintype="application", subtype="zip", filename="list.zip")
    found = read(mail.as_bytes(), MARKS)
    assert found.kind is ArrivedKind.WORDS
    assert (found.sender, found.to) == ("ana@ministry.example", ("replies+abc@secretariat.example",))
    assert found.answers == (OURS, "<first@secretariat.example>")
    assert (found.words, found.left_out, found.is_cut) == ("Ten of twenty.", ("list.zip",), False)


def test_a_message_in_html_only_and_in_arabic() -> None:
    assert read(answer("", "<p>تم <b>نشر</b> الأرقام</p>").as_bytes(), MARKS).words == "تم نشر الأرقام"


def test_a_message_whose_file_is_as_large_as_it_likes_is_read_as_far_as_it_was_fetched() -> None:
    mail = answer("Ten of twenty.")
    mail.add_attachment(b"x" * 200_000, maintype="application", subtype="zip", filename="list.zip")
    found = read(mail.as_bytes()[:60_000], MARKS, is_whole=False)
    assert (found.words, found.left_out, found.is_cut) == ("Ten of twenty.", ("list.zip",), True)
    assert len(read(answer("a " * LONGEST).as_bytes(), MARKS).words) == LONGEST


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=y"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
    ],
)
def test_what_no_person_wrote_is_known_and_its_words_are_not_kept(headers: dict[str, str]) -> None:
    found = read(answer("I am ill until Monday.", **headers).as_bytes(), MARKS)
    assert (found.kind, found.words, found.answers) == (ArrivedKind.AUTOMATIC, "", (OURS,))
    assert found.is_absence is (headers in ({"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}))
    assert read(answer("Ten.", Auto_Submitted="no").as_bytes(), MARKS).kind is ArrivedKind.WORDS


REPORT = """From: MAILER-DAEMON@relay.example\r
To: replies+abc@secretariat.example\r
Subject: Undelivered Mail Returned to Sender\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
\r
--b\r
Content-Type: text/plain\r
\r
Sorry.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; relay.example\r
\r
Final-Recipient: rfc822; ana@ministry.example\r
Action: {action}\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 5.1.1 No such mailbox\r
\r
--b\r
Content-Type: {kind}\r
\r
Message-ID: <0123abcd@secretariat.example>\r
Subject: Where things stand\r
\r
--b--\r
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_says_what_came_back_and_why(kind: str) -> None:
    found = read(REPORT.format(action="failed", kind=kind).encode(), MARKS)
    assert (found.kind, found.why) == (ArrivedKind.RETURNED, "smtp; 550 5.1.1 No such mailbox")
    assert found.failed == ("ana@ministry.example",)
    assert OURS in found.answers
    assert read(REPORT.format(action="delayed", kind=kind).encode(), MARKS).kind is ArrivedKind.DELAYED


@pytest.mark.parametrize(
    ("raw", "whole"),
    [
        (b'From: a@b.org\r\nContent-Type: text/plain; x="' + b";" * 190_000 + b'"\r\n\r\nhi', False),
        (b"From: " + b"(" * 190_000 + b"\r\n\r\nhi", False),
        (b"From: a@b.org\r\nSubject: of a usual length\r\n\r\nhi", True),
    ],
)
def test_a_header_is_cut_before_it_is_read(raw: bytes, whole: bool) -> None:
    """Uncut, the first of these kept a processor busy for minutes."""
    lengths = [len(value) for _name, value in parse(raw).raw_items()]
    assert max(lengths) <= LONGEST_HEADER
    assert (max(lengths) < LONGEST_HEADER - 10) is whole
    assert read(raw, MARKS).words == "hi"


def test_parts_in_parts_without_end_are_refused() -> None:
    """The mailbox keeps such a message for a person."""
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    with pytest.raises(RecursionError):
        read(b"From: a@b.org\r\n" + b"".join(parts), MARKS)


@given(st.binary(max_size=2000))
def test_whatever_comes_is_read_without_a_fault(raw: bytes) -> None:
    read(raw, MARKS)
    read(b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n" + raw, MARKS)
    read(b"Content-Type: text/html; charset=nowhere\r\nContent-Transfer-Encoding: base64\r\n\r\n" + raw, MARKS)


def test_characters_that_no_database_keeps_are_in_nothing_that_is_kept() -> None:
    raw = b"From: a\x00z@b.example\r\nIn-Reply-To: =?utf-8?q?<a=00b=40c.example>?= <d@e>\r\n\r\nTen\x00 of twenty\r\n"
    found = read(raw, MARKS)
    assert "\x00" not in repr((found.sender, found.answers, found.words)).replace("\\x00", "\x00")
