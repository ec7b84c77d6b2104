"""The columns of a plan as a table: one shape for what goes out and what comes in, guessed in four languages. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from secretariat.core.languages import LANGUAGES, WORDS, reading_in
from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents import headings
from secretariat.documents.headings import folded
from secretariat.plans.exchange import tongues

COLUMNS: dict[str, Any] = {
    "area_number": _l("Area number"),
    "area": _l("Area"),
    "objective_number": _l("Objective number"),
    "objective": _l("Objective"),
    "outside": _l("Outside frameworks"),
    "activity_number": _l("Activity number"),
    "activity": _l("Activity"),
    "number": _l("Commitment number"),
    "participant": _l("Responsible"),
    "words": _l("Commitment"),
    "partners": _l("Partners"),
    "lead": _l("Lead department"),
    "due": _l("Due"),
    "milestones": _l("Milestones"),
    "baseline": _l("Where it begins"),
    "indicator": _l("Indicator"),
    "status": _l("Status"),
    "reached": _l("Milestones reached"),
    "said_on": _l("Reported on"),
    "step": _l("Latest step"),
    "evidence": _l("Where one can see it"),
}
"""What each column is called, in the order in which they stand."""
IN_LANGUAGES = frozenset(
    {"area", "objective", "activity", "words", "lead", "milestones", "baseline", "indicator", "step"}
)
"""A column a language: `Activity (es)`."""
NOT_TAKEN = frozenset({"number", "status", "reached", "said_on", "step", "evidence"})
"""What a table may say and nobody but a participant can: how far its commitment is. The number comes with its word."""
LEVELS = ("area", "objective", "activity")
_WIDTHS = {
    "words": 44,
    "area": 24,
    "objective": 28,
    "activity": 34,
    "participant": 22,
    "partners": 24,
    "step": 34,
    "milestones": 34,
}

_HEADINGS: dict[str, str] = {
    "area_number": "area no|area n|no of area|numero de area|numero del area|numero de l axe|numero du domaine",
    "area": "area|areas|pillar|pillars|theme|thematic area|priority area|strategic axis|axis|component|area label|"
    "area tematica|pilar|eje|eje estrategico|tema|componente|ambito|domaine|axe|axe strategique|pilier|composante|"
    "volet|thematique|المجال|مجال|المحور|محور|الركيزه|ركيزه|المحور الاستراتيجي",
    "objective_number": "objective no|numero de objetivo|numero del objetivo|numero de l objectif",
    "objective": "objective|objectives|goal|specific objective|strategic objective|outcome|expected outcome|objetivo|"
    "objetivos|objetivo especifico|objetivo estrategico|meta|objectif|objectifs|objectif specifique|"
    "objectif strategique|but|الهدف|هدف|الاهداف|الهدف الاستراتيجي",
    "outside": "framework|frameworks|global compact|gcm|gcm objective|gcm objectives|global compact objective|"
    "global compact objectives|marco externo|marcos externos|pacto mundial|objetivo del pacto mundial|"
    "objetivos del pacto mundial|cadres exterieurs|pacte mondial|objectif du pacte mondial|objectifs du pacte mondial|"
    "الاتفاق العالمي|اهداف الاتفاق العالمي",
    "activity_number": "activity no|no|nr|n|num|numero|number|ref|item no|numero de actividad|numero de la actividad|"
    "numero de l activite|الرقم|رقم|رقم النشاط|م",
    "activity": "activity|activities|action|actions|measure|measures|task|actividad|actividades|accion|acciones|medida|"
    "medidas|activite|activites|mesure|mesures|action prevue|النشاط|نشاط|الانشطه|الاجراء|الاجراءات|التدبير",
    "number": "commitment no|intention no|contribution no|numero de compromiso|numero del compromiso|"
    "numero de intencion|numero de la intencion|numero de contribucion|numero de la contribucion|"
    "numero de l engagement|numero de l intention|numero de la contribution|رقم الالتزام|رقم النيه|رقم المساهمه",
    "participant": "responsible|responsibility|responsible party|responsible parties|responsible country|"
    "responsible state|lead country|country|countries|state|participant|member state|who|responsable|responsables|"
    "pais|paises|pais responsable|estado|estado responsable|participante|quien|pays|pays responsable|etat|"
    "etat responsable|partie responsable|responsabilite|qui|المسؤول|الجهه المسؤوله|الدوله|الدوله المسؤوله|البلد|"
    "الجهه المنفذه|المشارك|party",
    "words": "commitment|commitments|promise|pledge|text|what is to be done|intention|intentions|contribution|"
    "contributions|compromiso|compromisos|intencion|intenciones|contribucion|contribuciones|que se hara|engagement|"
    "engagements|promesse|الالتزام|التزام|الالتزامات|التعهد|النيه|نيه|النوايا|النيات|المساهمه|مساهمه|المساهمات",
    "partners": "partner|partners|supporting partners|with|in cooperation with|implementing partners|socio|socios|"
    "socios colaboradores|aliados|en cooperacion con|apoyo|partenaire|partenaires|partenaires d appui|avec|appui|"
    "الشريك|الشركاء|شركاء|الجهات الشريكه|الداعمون",
    "lead": "lead|lead department|department|ministry|lead agency|lead institution|institution|agency|lead ministry|"
    "departamento responsable|ministerio|institucion|institucion responsable|entidad|entidad responsable|"
    "dependencia|ministere|ministere chef de file|institution responsable|service responsable|chef de file|"
    "departement responsable|الوزاره|الاداره المسؤوله|المؤسسه|الجهه الرائده",
    "due": "due|due date|deadline|date|by when|timeline|timeframe|time frame|when|target date|end date|completion date|"
    "fecha|fecha limite|plazo|vencimiento|cuando|cronograma|fecha de cumplimiento|para cuando|echeance|delai|"
    "date limite|date d echeance|calendrier|quand|الموعد|الموعد النهائي|التاريخ|الاجل|الاطار الزمني|تاريخ الانجاز",
    "indicator": "indicator|indicators|how one will see that it is done|success indicator|key performance indicator|"
    "kpi|measure of success|indicador|indicadores|indicador de cumplimiento|indicateur|indicateurs|"
    "المؤشر|مؤشر|المؤشرات",
    "milestones": "milestone|milestones|interim milestones|hito|hitos|jalon|jalons|etape cle|etapes cles|المعالم|"
    "المراحل الرئيسيه",
    "baseline": "baseline|starting point|base line|linea de base|linea base|punto de partida|situation de depart|"
    "situation de reference|niveau de reference|خط الاساس|نقطه البدايه|نقطه الانطلاق",
    "status": "status|state of progress|progress|estado|estado de avance|avance|situacion|statut|etat d avancement|"
    "avancement|الحاله|حاله التنفيذ|الوضع",
    "said_on": "reported on|informado el|communique le|last update|ultima actualizacion|derniere mise a jour",
    "step": "latest step|last step|remarks|comments|latest progress|update|what happened|ultimo paso|observaciones|"
    "comentarios|derniere etape|observations|commentaires|ملاحظات|اخر خطوه|الملاحظات",
}
"""What secretariats call them. The first table that knows a heading has it."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column: one of `COLUMNS`, in these languages - none where it has none, two where both stand in
    one cell."""

    name: str
    languages: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """As a form writes it: `words:en,es`."""
        return ":".join(filter(None, (self.name, ",".join(self.languages))))

    @classmethod
    def of(cls, key: str) -> Column | None:
        """What `key` gave; None of anything else."""
        name, _to, languages = key.partition(":")
        codes = tuple(one for one in languages.split(",") if one)
        fits = len(codes) <= 2 and len(set(codes)) == len(codes) and all(one in headings.LANGUAGES for one in codes)
        return cls(name, codes) if name in COLUMNS and fits and (not codes or name in IN_LANGUAGES) else None


def shape_out(languages: Sequence[str]) -> list[Column]:
    """The columns of a table that goes out, with one for each language of what is in languages."""
    found: list[Column] = []
    for name in COLUMNS:
        found += [Column(name, (code,)) for code in languages] if name in IN_LANGUAGES else [Column(name)]
    return found


def heading(column: Column) -> str:
    """What stands above a column, in the present language: `Activity (es)`."""
    words = str(COLUMNS[column.name])
    return f"{words} ({column.languages[0]})" if column.languages else words


def width(column: Column) -> int:
    """In characters."""
    return _WIDTHS.get(column.name, 14)


def guess(cells: Sequence[str], remembered: Mapping[str, str], otherwise: Sequence[str]) -> dict[int, Column]:
    """What stands in each column, by its heading; `remembered` is what was chosen for a heading before, `otherwise` the
    languages of what says none. A column is taken by the first that names it."""
    found: dict[int, Column] = {}
    for place, cell in enumerate(cells):
        one = Column.of(remembered.get(folded(cell), "")) or _named(cell, otherwise)
        if one is not None and not any(_clash(one, other) for other in found.values()):
            found[place] = one
    return found


def _clash(one: Column, other: Column) -> bool:
    shared = set(one.languages) & set(other.languages)
    return one.name == other.name and (bool(shared) or not one.languages or not other.languages)


def _named(cell: str, otherwise: Sequence[str]) -> Column | None:
    """Also of a heading in two languages, `Activity / Actividad`: it is a column in both."""
    column, language = headings.named(cell, _known())
    if column is not None:
        if column not in IN_LANGUAGES:
            return Column(column)
        return Column(column, (language or tongues.plainly(cell, otherwise) or (otherwise[0] if otherwise else "en"),))
    parts = [part for part in cell.replace("\n", "/").replace("|", "/").split("/") if part.strip()]
    names = [_known_in(part) for part in parts]
    told = {name for name, _languages in names if name}
    if len(parts) < 2 or len(told) != 1:
        return None
    [name] = told
    if name not in IN_LANGUAGES:
        return Column(name)
    both = _of_both([languages for _name, languages in names], otherwise)
    return Column(name, both)


def _known_in(part: str) -> tuple[str, frozenset[str]]:
    """What a heading names, and the languages in which it is called that."""
    column, _language = headings.named(part, _known())
    return column or "", _spoken().get(folded(part), frozenset())


def _of_both(said: Sequence[frozenset[str]], otherwise: Sequence[str]) -> tuple[str, ...]:
    chosen: list[str] = []
    for languages in said[:2]:
        fits = [one for one in (*otherwise, *LANGUAGES) if one in languages and one not in chosen]
        if fits:
            chosen.append(fits[0])
    return tuple(chosen) or tuple(otherwise[:2]) or ("en",)


def is_own(found: Mapping[int, Column]) -> bool:
    """Whether the columns are those of a table that went out from here: then an empty cell is empty."""
    there = {one.name for one in found.values()}
    return {"area_number", "objective_number", "activity_number", "number", "participant", "words", "said_on"} <= there


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, word in product(LANGUAGES, WORDS):
        with reading_in(code, "UTC", {code: word}):
            for name, words in COLUMNS.items():
                found.setdefault(folded(str(words)), name)
    for name, called in _HEADINGS.items():
        for one in called.split("|"):
            found.setdefault(folded(one), name)
    return found


@cache
def _spoken() -> dict[str, frozenset[str]]:
    """In which languages a heading is said, as far as its own letters tell it."""
    return {one: tongues.likely(one) for one in _known()}
