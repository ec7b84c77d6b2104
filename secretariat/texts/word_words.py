"""Word files in words: why one is not read, and what of it a text does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.languages.words import number_text
from secretariat.texts.paragraphs import DEEPEST, LONGEST_PARAGRAPH, MOST_PARAGRAPHS
from secretariat.texts.word.problems import Left, Problem, Reason
from secretariat.texts.word_in import Told


def problem_in_words(problem: Problem, number: int = 0) -> str:
    """Why nothing of a file was read and what to do, in a sentence."""
    if problem is Problem.TOO_MANY_PARAGRAPHS:
        return _(
            "This file has %(number)s paragraphs; a text has at most %(most)s. Send its parts as texts of their own, "
            "or keep it as a document.",
            number=number_text(number),
            most=number_text(MOST_PARAGRAPHS),
        )
    if problem is Problem.LONG_PARAGRAPH:
        return _(
            "Paragraph %(number)s of this file is longer than %(most)s characters. Divide it and choose the file "
            "again.",
            number=number_text(number),
            most=number_text(LONGEST_PARAGRAPH),
        )
    return _PROBLEMS[problem]()


_PROBLEMS: Mapping[Problem, Callable[[], str]] = {
    Problem.EMPTY: lambda: _("This file is empty. Choose the one that holds the text."),
    Problem.TOO_LARGE: lambda: _("This file is very large. Save it without its pictures and choose it again."),
    Problem.NOT_WORD: lambda: _(
        "This is no Word file of the present kind. Open it, save it as DOCX (Word document), and choose that one."
    ),
    Problem.ENCRYPTED: lambda: _("This file is locked with a password. Save it without one and choose it again."),
    Problem.BROKEN: lambda: _(
        "This file is damaged and cannot be opened. Save it anew where it comes from and choose it again."
    ),
    Problem.MACROS: lambda: _(
        "This file holds macros, which are programs. Save it without them and choose it again."
    ),
    Problem.EXTERNAL_LINKS: lambda: _(
        "This file fetches something from elsewhere: a template, a picture or a linked object. Copy its text into a "
        "new document, save that as DOCX and choose it."
    ),
    Problem.ENTITIES: lambda: _(
        "This file is not written as a word processor writes it, and was not opened. Open it, save it anew as DOCX and "
        "choose that one."
    ),
    Problem.PATHS: lambda: _(
        "The parts of this file have names a word processor never gives, and it was not opened. Save it anew as DOCX "
        "and choose that one."
    ),
    Problem.BOMB: lambda: _(
        "This file would become far larger when opened than a text can be, and was not opened. Copy its text into a "
        "new document, save that as DOCX and choose it."
    ),
    Problem.NO_WORDS: lambda: _(
        "No words were found in this file. Where they stand in pictures or text boxes, write them as paragraphs and "
        "choose it again."
    ),
    Problem.NOT_READ: lambda: _(
        "This file could not be read in reasonable time. Copy its text into a new document, save that as DOCX and "
        "choose it."
    ),
    Problem.TRACKED: lambda: _(
        "This file holds tracked changes, and nobody but its authors can say which of them stand. Accept or reject "
        "them, save it, and choose it again. Tracked changes are taken in of a file alone that was downloaded from "
        "this text."
    ),
}  # fmt: skip


def reason_in_words(reason: Reason) -> str:
    """Why a file cannot be compared with the edition that was sent out and what to do, in a sentence."""
    return _REASONS[reason]()


_REASONS: Mapping[Reason, Callable[[], str]] = {
    Reason.ANOTHER_TEXT: lambda: _(
        "This file was made from another text. Choose the one that was downloaded from this page."
    ),
    Reason.ANOTHER_EDITION: lambda: _(
        "This file was made from another edition of the text. Download the present one and bring the changes into it."
    ),
    Reason.ANOTHER_LANGUAGE: lambda: _(
        "This file does not hold the text in this language. Choose the language it was downloaded in."
    ),
    Reason.PROPERTIES_LOST: lambda: _(
        "This file does not say which text it is from: it was not downloaded here, or its properties were removed. "
        "Download the text, bring the changes into it, and keep its properties when saving."
    ),
    Reason.WITHOUT_IDS: lambda: _(
        "The paragraphs of this file cannot be told apart any more, as happens when a text is copied into a new "
        "document. Download the text and bring the changes into it."
    ),
}


def left_in_words(told: Iterable[Told]) -> list[str]:
    """What of a file was left out or taken in otherwise, a sentence each."""
    return [_LEFT[one.what](one.number) for one in told]


def _of_comments(number: int) -> str:
    return ngettext(
        "One comment in the margin was not taken in; it is listed here.",
        "%(num)s comments in the margin were not taken in; they are listed here.",
        number,
    )


_LEFT: Mapping[Left, Callable[[int], str]] = {
    Left.PICTURES: lambda number: ngettext(
        "One picture was left out.", "%(num)s pictures were left out.", number
    ),
    Left.TEXT_BOXES: lambda number: ngettext(
        "One text box was left out, with the words in it.",
        "%(num)s text boxes were left out, with the words in them.",
        number,
    ),
    Left.TABLES: lambda number: ngettext(
        "One table became plain paragraphs, row by row.",
        "%(num)s tables became plain paragraphs, row by row.",
        number,
    ),
    Left.FOOTNOTES: lambda number: ngettext(
        "One footnote stands in parentheses where it was called.",
        "%(num)s footnotes stand in parentheses where they were called.",
        number,
    ),
    Left.HEADERS: lambda _number: _("What stands at the head and foot of its pages was left out."),
    Left.CONTENTS: lambda _number: _("The table of contents was left out."),
    Left.EMBEDDED: lambda number: ngettext(
        "One embedded object was left out.", "%(num)s embedded objects were left out.", number
    ),
    Left.HIDDEN: lambda _number: _("Words that are hidden in the file were left out."),
    Left.COMMENTS: _of_comments,
    Left.DEEPER: lambda number: ngettext(
        "One paragraph stood in further than %(most)s ranks and was set at the last of them.",
        "%(num)s paragraphs stood in further than %(most)s ranks and were set at the last of them.",
        number,
        most=DEEPEST,
    ),
    Left.TITLE: lambda _number: _("Its title was changed; titles are not changed this way."),
    Left.MOVED: lambda number: ngettext(
        "One paragraph stands elsewhere than in the edition; its place was not taken over.",
        "%(num)s paragraphs stand elsewhere than in the edition; their places were not taken over.",
        number,
    ),
    Left.LOOSE_COMMENTS: lambda number: ngettext(
        "One comment stands with no paragraph of the text; it is listed by itself.",
        "%(num)s comments stand with no paragraph of the text; they are listed by themselves.",
        number,
    ),
}  # fmt: skip
