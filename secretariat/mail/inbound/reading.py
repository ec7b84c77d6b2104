"""What a message that came in is, and the words its writer wrote. Pure.

A message is somebody's words, an answer no person wrote (RFC 3834), or a report that a mail was not delivered
(RFC 3464). The quoted tail is taken off: first at the line that stands at the head of every mail that can be answered,
in each of the product's languages; then what mail programs put between the answer and what they quote.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from enum import StrEnum
from typing import cast

LONGEST = 20_000
"""Characters of a message that are kept."""
TAKEN = 200_000
"""Bytes of a message that are fetched: an answer is short, and what is attached to it is not taken."""
MOST_ANSWERED = 50
LONGEST_HEADER = 5_000
RULE = "----"
"""At both ends of the line above which one answers."""

_MESSAGE_ID = re.compile(r"<[^<>\x00-\x20\x7f]{1,200}>")
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_ADDRESSED = re.compile(r"[<\[(]?(mailto:)?[^\s<>@]{1,120}@[^\s<>@]{1,200}[>\])]?")
_YEAR, _HOUR = re.compile(r"\b20\d\d\b"), re.compile(r"\d{1,2}[:.h]\d\d")
_HEADER_OF_A_QUOTE = re.compile(r"^\W{0,4}[^\W\d][^:]{1,20}\s?:\s?\S")
_KEPT = "\n\t\u200c\u200d"
"""Of the characters that are not seen: line ends, and what joins letters in Arabic script."""
_NOT_SHOWN = {"head", "script", "style", "title", "blockquote"}
_OWN_LINE = {"p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "ul", "ol", "hr"}


class ArrivedKind(StrEnum):
    """What came."""

    WORDS = "words"
    AUTOMATIC = "automatic"  # no person wrote it: somebody is away, or a system says that it has the mail
    RETURNED = "returned"  # a mail of ours could not be delivered, for good
    DELAYED = "delayed"  # not yet; whoever reports it goes on trying


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message as it came. `answers` are the Message-IDs it answers or returns; `left_out` the names of files that
    were with it; `is_cut` says that more of its words came than are kept; `why` and `failed` are what a report of
    failure says, and of which addresses; `is_absence`: a machine answered in the place of a person."""

    key: str
    kind: ArrivedKind
    sender: str
    to: tuple[str, ...]
    answers: tuple[str, ...]
    words: str
    left_out: tuple[str, ...] = ()
    is_cut: bool = False
    why: str = ""
    failed: tuple[str, ...] = ()
    is_absence: bool = False


class _Short(policy.EmailPolicy):
    """No header is longer than `LONGEST_HEADER`: the time the library takes for one grows with the square of it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


def parse(raw: bytes) -> EmailMessage:
    """The message in parts, its headers cut."""
    return cast("EmailMessage", message_from_bytes(raw, policy=_Short()))


def read(raw: bytes, marks: Sequence[str], *, is_whole: bool = True) -> Arrived:
    """Read the first bytes of a message. `marks` are the words above which one answers, in every language.

    Whatever came is read; raises RecursionError alone, for parts in parts without end.
    """
    mail = parse(raw)
    kind, why, failed = _kind_of(mail)
    told, is_cut = _written(mail)
    words = own_words(told, marks) if kind is ArrivedKind.WORDS else ""
    return Arrived(
        key=hashlib.sha256(raw).hexdigest(),
        kind=kind,
        sender=_first(_addresses(mail, ("From",))),
        to=tuple(_addresses(mail, _TO)),
        answers=tuple(_answered(mail, kind))[:MOST_ANSWERED],
        words=words[:LONGEST],
        left_out=tuple(_files(mail)),
        is_cut=is_cut or not is_whole or len(words) > LONGEST,
        why=why,
        failed=failed,
        is_absence=kind is ArrivedKind.AUTOMATIC and _is_absence(mail),
    )


# --- what it is -------------------------------------------------------------------------------------------------------


def _kind_of(mail: Message) -> tuple[ArrivedKind, str, tuple[str, ...]]:
    if mail.get_content_type() == "multipart/report":
        if mail.get_param("report-type") == "delivery-status":
            return _report(mail)
        return ArrivedKind.AUTOMATIC, "", ()  # that it was displayed, for one
    automatic = _header(mail, "Auto-Submitted").partition(";")[0].strip().casefold() not in ("", "no")
    by_habit = _header(mail, "Precedence").casefold() in ("auto_reply", "bulk", "junk") or mail.get("X-Autoreply")
    return (ArrivedKind.AUTOMATIC if automatic or by_habit else ArrivedKind.WORDS), "", ()


def _is_absence(mail: Message) -> bool:
    """Whether a machine answers in the place of a person (RFC 3834, 5)."""
    told = _header(mail, "Auto-Submitted").partition(";")[0].strip().casefold()
    habit = _header(mail, "Precedence").casefold() == "auto_reply" or bool(mail.get("X-Autoreply"))
    return mail.get_content_type() != "multipart/report" and (told == "auto-replied" or habit)


def _report(mail: Message) -> tuple[ArrivedKind, str, tuple[str, ...]]:
    """Whether a report says failed for good, its reason, and of which addresses (RFC 3464, 2.3)."""
    why, failed = "", []
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for told in cast("list[Message]", part.get_payload()):
            if _header(told, "Action").casefold() == "failed":
                why = why or _clean(_header(told, "Diagnostic-Code") or _header(told, "Status"))[:300]
                named = [_header(told, name).partition(";")[2] for name in ("Original-Recipient", "Final-Recipient")]
                failed += [one.strip(" <>\t").casefold() for one in named if "@" in one]
    return (ArrivedKind.RETURNED if failed else ArrivedKind.DELAYED), why, tuple(failed)


def _answered(mail: Message, kind: ArrivedKind) -> Iterable[str]:
    """The Message-IDs of ours this may be about, the nearest first."""
    if kind in (ArrivedKind.RETURNED, ArrivedKind.DELAYED):
        for part in mail.walk():
            if part is not mail and part.get("Message-ID"):
                yield from _MESSAGE_ID.findall(_header(part, "Message-ID"))
            elif part.get_content_type() == "text/rfc822-headers":
                yield from _MESSAGE_ID.findall(_text(part))
    told = _MESSAGE_ID.findall(_header(mail, "In-Reply-To"))
    yield from dict.fromkeys([*told, *reversed(_MESSAGE_ID.findall(_header(mail, "References")))])


def _files(mail: EmailMessage) -> Iterable[str]:
    with suppress(Exception):  # a message that is cut in the middle of a file
        for part in mail.walk():
            if part.is_multipart() or (part.get_content_disposition() != "attachment" and not part.get_filename()):
                continue
            yield _clean(part.get_filename() or part.get_content_type())[:120]


def _addresses(mail: Message, names: Iterable[str]) -> list[str]:
    told = [str(one) for name in names for one in _all(mail, name)]
    return [_clean(address) for _name, address in getaddresses(told) if "@" in address and len(address) <= 254]


def _all(mail: Message, name: str) -> list[str]:
    try:
        return [str(one) for one in mail.get_all(name, [])]
    except Exception:  # what a header holds can be anything; one that cannot be read is not there
        return []


def _header(mail: Message, name: str) -> str:
    return _first(_all(mail, name)).strip()


def _first(told: Sequence[str]) -> str:
    return told[0] if told else ""


# --- what was written -------------------------------------------------------------------------------------------------


def _written(mail: EmailMessage) -> tuple[str, bool]:
    """The words of a message as text, and whether there were too many to look at."""
    try:
        body = mail.get_body(("plain", "html"))
    except Exception:  # parts that contradict each other
        body = None
    if body is None:
        return "", False
    told = _text(body)
    most = LONGEST * 20
    if body.get_content_type() == "text/html":
        return text_of_page(told[:most]), len(told) > most
    return told[:most], len(told) > most


def _text(part: Message) -> str:
    """The text of a part, whatever it says of its own characters."""
    told = part.get_payload(decode=True)
    if not isinstance(told, bytes):
        return str(part.get_payload())
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        with suppress(LookupError, UnicodeDecodeError):
            return told.decode(charset)
    return told.decode("windows-1252", "replace")


def text_of_page(page: str) -> str:
    """What a reader of a message in HTML sees of it, without what it quotes."""
    from lxml import html  # the web, which imports this too, reads no mail

    try:
        tree = html.document_fromstring(page)
    except Exception:  # nothing in it, or nothing a parser takes for a page
        return ""
    lines: list[str] = []
    pending = [(tree, True)]
    while pending:  # not by calling itself: a message can be nested as deep as it likes
        node, opens = pending.pop()
        name = node.tag if isinstance(node.tag, str) else ""
        if opens and name not in _NOT_SHOWN and name and "gmail_quote" not in (node.get("class") or ""):
            lines.append(("\n" if name in _OWN_LINE else "") + re.sub(r"\s+", " ", node.text or ""))
            pending.append((node, False))
            pending.extend((child, True) for child in reversed(node))
            continue
        lines.append(("\n" if not opens and name in _OWN_LINE - {"br"} else "") + re.sub(r"\s+", " ", node.tail or ""))
    return "".join(lines)


def own_words(told: str, marks: Sequence[str]) -> str:
    """What the writer wrote, without the mail that is answered: above what is quoted, or where nothing stands there,
    below it. Empty where the one cannot be told from the other: what is quoted may be for other eyes."""
    lines = _clean(told).splitlines()
    end = next((number for number, line in enumerate(lines) if _is_mark(line, marks)), len(lines))
    above = _tidy(_without_quote(lines[:end]))
    quoted = [number for number, line in enumerate(lines) if line.lstrip().startswith(">")]
    return above or (_tidy(lines[quoted[-1] + 1 :]) if quoted else "")


def _is_mark(line: str, marks: Sequence[str]) -> bool:
    bare = line.strip(" \t>*_")
    return RULE in bare and any(mark in bare for mark in marks)


def _without_quote(lines: list[str]) -> list[str]:
    """Cut at the first line that is quoted, or that a mail program puts before what it quotes."""
    for number, line in enumerate(lines):
        if line.lstrip().startswith(">") or _opens_a_quote(lines, number):
            return _without_attribution(lines[:number])
    return _without_attribution(lines)


def _opens_a_quote(lines: Sequence[str], number: int) -> bool:
    """Whether four lines begin here, each a name and a colon, one with an address: the head of a forwarded mail."""
    head = [line.strip() for line in lines[number : number + 5] if line.strip()][:4]
    named = [line for line in head if _HEADER_OF_A_QUOTE.match(line)]
    return len(named) >= 3 and bool(head) and head[0] in named and any(_ADDRESSED.search(line) for line in named)


def _without_attribution(lines: list[str]) -> list[str]:
    """Without "On Monday so-and-so <address> wrote:" at the end, over at most three lines."""
    kept = list(lines)
    while kept and not kept[-1].strip(" \t>-_*"):
        kept.pop()
    for many in (1, 2, 3):
        told = " ".join(line.strip() for line in kept[-many:])
        dated = _YEAR.search(told) and _HOUR.search(told)
        if len(kept) >= many and told.endswith(":") and (dated or _ADDRESSED.search(told)):
            return kept[:-many]
    return kept


def _clean(told: str) -> str:
    """Without characters that are not seen: they can hide a line from who reads it."""
    told = unicodedata.normalize("NFC", told.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    return "".join(one for one in told if one in _KEPT or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co"))


def _tidy(lines: Iterable[str]) -> str:
    kept: list[str] = []
    for line in lines:
        bare = line.rstrip()
        if bare or (kept and kept[-1]):
            kept.append(bare)
    return "\n".join(kept).strip("\n")
