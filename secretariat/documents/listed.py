"""A list of old papers: its headings, guessed in four languages, and its rows.

A row is a document. Titles and files have a column a language (`title es`, `fichier (fr)`), or else the row is one
language of a document and says which (`file`, `title`, `language`); rows with one symbol are then its languages. Beside
these a list may have: `kind`, `symbol`, `date` (a year, a month or a day), `body` (its abbreviation or name), `level`
(public, participants, members - the default), `author`, `meeting` (its title in any language, or its first day),
`meeting_date` (its first day) and `item` (the number or title of an item of its agenda).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from secretariat.core.labels import Level
from secretariat.core.languages import LANGUAGES, reading_in
from secretariat.core.languages import gettext as _
from secretariat.documents import headings, sheets, words
from secretariat.documents.archives import NotListed
from secretariat.documents.headings import folded
from secretariat.documents.models import KINDS
from secretariat.documents.sent_tables import never_closed

COLUMNS = (
    "file", "title", "language", "kind", "symbol", "date", "body", "level", "author", "meeting", "meeting_date", "item"
)  # fmt: skip
MOST_ROWS = 500
"""Rows of one list: more come in by a second."""
_HEADINGS: dict[str, str] = {
    "file": "file|file name|filename|archivo|fichero|nombre del archivo|fichier|nom du fichier|ملف|الملف|اسم الملف",
    "title": "title|titulo|titre|intitule|عنوان|العنوان",
    "language": "language|lang|idioma|lengua|langue|لغة|اللغة",
    "kind": "kind|type|kind of document|document type|tipo|tipo de documento|clase|type de document|nature|"
    "نوع|النوع|نوع الوثيقة",
    "symbol": "symbol|document symbol|reference|ref|signatura|simbolo|referencia|cote|رمز|الرمز|رمز الوثيقة",
    "date": "date|dated|day|fecha|تاريخ|التاريخ",
    "body": "body|organo|grupo|organe|groupe|هيئة|الهيئة",
    "level": "level|label|readers|who reads it|nivel|etiqueta|lectores|quien lee|niveau|mention|lecteurs|qui lit|"
    "مستوى|المستوى|القراء",
    "author": "author|submitted by|autor|presentado por|auteur|presente par|مقدم|مقدم من|المؤلف",
    "meeting": "meeting|reunion|اجتماع|الاجتماع",
    "meeting_date": "meeting date|date of the meeting|fecha de la reunion|date de la reunion|تاريخ الاجتماع",
    "item": "item|agenda item|tema|punto|punto del orden del dia|point|point de l ordre du jour|بند|البند|"
    "بند جدول الأعمال",
}
"""What each column is called."""
_LEVELS: dict[Level, str] = {
    Level.PUBLIC: "public|publico|عام",
    Level.PARTICIPANTS: "participants|all participants|participantes|todos los participantes|tous les participants|"
    "جميع المشاركين|المشاركون",
    Level.MEMBERS: "members|members only|miembros|solo miembros|membres|membres seulement|للاعضاء فقط|الاعضاء",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list. `number` is its line; `titles` and `files` are by language."""

    number: int
    titles: Mapping[str, str]
    files: Mapping[str, str]
    kind: str = "other"
    symbol: str = ""
    date: str = ""
    body: str = ""
    level: str = ""
    author: str = ""
    meeting: str = ""
    meeting_date: str = ""
    item: str = ""
    formulas: Sequence[str] = ()
    """Columns in which a formula stands."""

    @property
    def file(self) -> str:
        """Its files, for who is told about the row."""
        return ", ".join(one for one in self.files.values() if one)

    @property
    def title(self) -> str:
        """Its title in the first language it has one in."""
        return next((one for one in self.titles.values() if one), "")


@dataclass(frozen=True, slots=True)
class Listing:
    """What was read of a list. `unknown` are headings nobody knows here."""

    rows: Sequence[Row]
    unknown: Sequence[str] = ()

    def to_json(self) -> dict[str, Any]:
        return {"rows": [asdict(one) for one in self.rows], "unknown": list(self.unknown)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Listing:
        return cls([Row(**one) for one in said["rows"]], said["unknown"])


@dataclass(slots=True)
class _Heading:
    """Which column stands where; of titles and files, in which language (empty: in that of the row)."""

    at: dict[int, tuple[str, str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def read(content: bytes) -> Listing:
    """The rows of a list, CSV or XLSX. Raises NotListed."""
    try:
        table = sheets.rows_of(content)
    except sheets.NotATable as problem:
        raise NotListed(_why_no_table(problem)) from None
    if not table:
        raise NotListed(_("The list is empty: its first row has the headings, the others the papers."))
    heading = _heading(table[0][1])
    _check(heading)
    rows = [_row(number, cells, heading) for number, cells in table[1:]]
    if not rows:
        raise NotListed(_("The list has headings and no row below them."))
    return Listing(rows, heading.unknown)


def _why_no_table(problem: sheets.NotATable) -> str:
    why = problem.why
    if why == "quote":
        return never_closed(problem.row)
    if why == "encoding":
        return _("The letters of this list cannot be read. Save it as XLSX, or as CSV in UTF-8, and choose that one.")
    if why == "locked":
        return _("This list is locked with a password. Save it without one and choose it again.")
    if why == "macros":
        return _("This file holds macros, which are never run here. Save it as XLSX without them and choose that one.")
    if why == "old":
        return _("This file is locked, or of an older kind. Save it as XLSX without a password and choose that one.")
    if why == "large":
        return _("This list is larger than a list of papers is. Send it in several parts.")
    return _("This list cannot be opened. Save it anew as XLSX, or as CSV in UTF-8, and choose that one.")


def _heading(cells: Sequence[str]) -> _Heading:
    found = _Heading()
    for place, cell in enumerate(cells):
        if not cell:
            continue
        known = _column(cell)
        if known is None or known in found.at.values():
            found.unknown.append(cell[:100])
        else:
            found.at[place] = known
    return found


def _check(heading: _Heading) -> None:
    there = {column for column, _language in heading.at.values()}
    missing = [name for name in ("file", "title") if name not in there]
    if "" in {language for column, language in heading.at.values() if column in ("file", "title")}:
        missing += ["language"] if "language" not in there else []
    if missing:
        raise NotListed(
            _(
                "The heading lacks: %(missing)s. It may have: %(columns)s; titles and files also a column a language, "
                "such as title es.",
                missing=", ".join(missing),
                columns=", ".join(COLUMNS),
            )
        )


def _row(number: int, cells: Sequence[str], heading: _Heading) -> Row:
    said: dict[tuple[str, str], str] = {}
    for place, (column, language) in heading.at.items():
        said[column, language] = cells[place] if place < len(cells) else ""
    formulas = sorted({column for (column, _language), one in said.items() if one == sheets.FORMULA})
    said = {key: "" if one == sheets.FORMULA else one for key, one in said.items()}
    own = headings.language_of(said.pop(("language", ""), ""))
    texts: dict[str, dict[str, str]] = {"title": {}, "file": {}}
    single: dict[str, Any] = {}
    for (column, language), one in said.items():
        if column in texts:
            if one or not language:
                texts[column][language or own] = one
        elif one:
            single[column] = one
    return Row(number, texts["title"], texts["file"], formulas=formulas, **single)


def _column(heading: str) -> tuple[str, str] | None:
    """The column a heading names, and of which language; None where it is none known here."""
    column, language = headings.named(heading, _known())
    if column is None or (language and column not in ("title", "file")):
        return None
    return column, language


@cache
def _known() -> dict[str, str]:
    own = {folded(name): name for name in COLUMNS}
    return own | {folded(one): column for column, names in _HEADINGS.items() for one in names.split("|")}


@cache
def _kinds() -> dict[str, str]:
    """Kinds of documents by what they are called, in every language the product speaks."""
    found = {folded(one): one for one in KINDS}
    for code in LANGUAGES:
        with reading_in(code, "UTC"):
            found |= {folded(str(words.KIND[one])): one for one in KINDS}
    return found


def kind_of(said: str) -> str | None:
    """The kind of document this names; None where it is none."""
    return _kinds().get(folded(said))


def level_of(said: str) -> Level | None:
    """The level this names; None where it is none of those a list can give."""
    plain = folded(said)
    return next((one for one, names in _LEVELS.items() if plain in map(folded, names.split("|"))), None)
