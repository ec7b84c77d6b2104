"""Why a Word file is not read, as keys; `word_words` has the sentences. Pure."""

from __future__ import annotations

from enum import StrEnum


class Problem(StrEnum):
    """Why nothing of a file was read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_WORD = "not_word"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"
    ENTITIES = "entities"
    PATHS = "paths"
    BOMB = "bomb"
    TOO_MANY_PARAGRAPHS = "too_many_paragraphs"
    LONG_PARAGRAPH = "long_paragraph"
    NO_WORDS = "no_words"
    NOT_READ = "not_read"
    TRACKED = "tracked"


class NotTaken(ValueError):
    """A file of which nothing was read, and why; `number` is how many paragraphs it has, where these are too many, or
    which of them is too long."""

    def __init__(self, problem: Problem, number: int = 0) -> None:
        super().__init__(problem.value)
        self.problem, self.number = problem, number


class Reason(StrEnum):
    """Why a file is not one that was sent out and came back."""

    ANOTHER_TEXT = "another_text"
    ANOTHER_EDITION = "another_edition"
    ANOTHER_LANGUAGE = "another_language"
    PROPERTIES_LOST = "properties_lost"
    WITHOUT_IDS = "without_ids"


class NotOurs(ValueError):
    """A file that cannot be compared with what was sent out, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Left(StrEnum):
    """What a file holds and a text does not, or holds otherwise."""

    PICTURES = "pictures"
    TEXT_BOXES = "text_boxes"
    TABLES = "tables"
    FOOTNOTES = "footnotes"
    HEADERS = "headers"
    CONTENTS = "contents"
    EMBEDDED = "embedded"
    HIDDEN = "hidden"
    COMMENTS = "comments"
    DEEPER = "deeper"
    TITLE = "title"
    MOVED = "moved"
    LOOSE_COMMENTS = "loose_comments"
