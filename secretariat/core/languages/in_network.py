"""The words of a network among its own: an organization where the catalogues say a government, the coordination where
they say the Secretariat, a representative where they say a focal point (ADR 0046).

What a page says is the same on both sides; who keeps it and who speaks there is called otherwise. The messages are put
into these words by rule, from the catalogue in use, so that there is no second one to keep. What speaks of both sides
stays as it is (`_STAYS`), and so do all pages that stand between them (`place.enter(across=True)`).
"""

from __future__ import annotations

import re
from functools import cache
from gettext import NullTranslations

_STAYS = re.compile(
    r"network|civil[- ]society|of the process\b|[Ww]all\b|both (?:sides|tracks)|other side|side of the governments"
    r"|governments['’] (?:side|track)|Secretariat of the %|%\(process\)s|, which governments do not read"
    r"|sent to the governments|as the governments will read it"
)
"""A message that speaks of both sides."""
_NAMES = frozenset(
    {"Secretariat", "the Secretariat", "The Secretariat", "The Secretariat alone", "the officers of the Secretariat",
     "government", "Secretariat funded by a project", "Non-governmental organization"}
)  # fmt: skip
"""Names that are put together with others, of either side."""

_ENGLISH = (
    (r"focal point and the alternate speak", "representatives speak"),
    (r"of focal points, and for alternates after them", "of representatives"),
    (r"for focal points, and for alternates after them", "for representatives"),
    (r"Focal points and their alternates", "Representatives"),
    (r"focal points and (?:their )?alternates", "representatives"),
    (r"focal point and alternate", "representative"),
    (r"focal point", "representative"),
    (r"Focal point", "Representative"),
    (r"Who in which ministry says so", "Who says so"),
    (r"what other ministries say", "what your colleagues say"),
    (r"what the ministry thinks of it", "what is to be said of it"),
    (r" in another ministry| in other ministries|, whichever ministry leads", ""),
    (r"\b(your|[Tt]he|of the) capital\b", r"\1 organization"),
    (r"\bgovernment", "organization"),
    (r"\bSecretariat\b", "coordination"),
)
_SPANISH = (
    (r"(?:el )?punto focal y el suplente", "sus representantes"),
    (r"[Pp]untos focales y (?:a )?(?:sus )?(?:suplentes|puntos focales alternos)", "representantes"),
    (r"son para los puntos focales y, después, para los suplentes", "son para los representantes"),
    (r"punto focal y (?:el )?suplente", "representante"),
    (r"Puntos focales", "Representantes"),
    (r"puntos focales", "representantes"),
    (r"Punto focal", "Representante"),
    (r"punto focal", "representante"),
    (r"Quién lo dice, y de qué ministerio", "Quién lo dice"),
    (r"lo que digan otros ministerios", "lo que digan sus colegas"),
    (r"lo que piensa el ministerio", "lo que debe decirse"),
    (r" (?:en|de) otros? ministerios?|, sea cual sea el ministerio responsable", ""),
    (r"\b([Ll])a capital\b", r"\1a organización"),
    (r"no termina para él", "no termina para ella"),
    (r"\b([Nn])ingún otro [Gg]obierno", r"\1inguna otra organización"),
    (r"\b([Oo])tro [Gg]obierno", r"\1tra organización"),
    (r"\b([Nn])uestro [Gg]obierno", r"\1uestra organización"),
    (r"\b([Ee])ste [Gg]obierno", r"\1sta organización"),
    (r"\bEl [Gg]obierno", "La organización"),
    (r"\bel [Gg]obierno", "la organización"),
    (r"\bdel [Gg]obierno", "de la organización"),
    (r"\bal [Gg]obierno", "a la organización"),
    (r"\bun [Gg]obierno", "una organización"),
    (r"\b([Ll])os ((?:demás )?)[Gg]obiernos", r"\1as \2organizaciones"),
    (r"\b([Oo])tros [Gg]obiernos", r"\1tras organizaciones"),
    (r"\b[Gg]obiernos", "organizaciones"),
    (r"\b[Gg]obierno", "organización"),
    (r"\bSecretaría", "coordinación"),
)
_FRENCH = (
    (r"[Ll]e point focal et le suppléant parlent", "Ses représentants parlent"),
    (r"ils vont aux points focaux, puis aux suppléants", "ils vont aux représentants"),
    (r"[Pp]oints focaux et (?:à )?(?:leurs )?suppléants", "représentants"),
    (r"point focal et (?:le )?suppléant", "représentant"),
    (r"Points focaux", "Représentants"),
    (r"points focaux", "représentants"),
    (r"Point focal", "Représentant"),
    (r"point focal", "représentant"),
    (r"Qui le dit, et dans quel ministère", "Qui le dit"),
    (r"ce que disent les autres ministères", "ce que disent vos collègues"),
    (r"ce qu’en pense son ministère", "ce qu’il y a lieu d’en dire"),
    (r" (?:dans|d)[ ’](?:un autre ministère|autres ministères)", ""),
    (r"\bla capitale\b", "l’organisation"),
    (r"\bLa capitale\b", "L’organisation"),
    (r"ne prend pas fin pour lui", "ne prend pas fin pour elle"),
    (r"\b([Ss])eul votre gouvernement", r"\1eule votre organisation"),
    (r"votre gouvernement seul\b", "votre organisation seule"),
    (r"\b([Aa])ucun autre gouvernement", r"\1ucune autre organisation"),
    (r"un autre gouvernement", "une autre organisation"),
    (r"\b([Cc])e gouvernement", r"\1ette organisation"),
    (r"\bdu gouvernement", "de l’organisation"),
    (r"\bau gouvernement", "à l’organisation"),
    (r"\b([Ll])e gouvernement", r"\1’organisation"),
    (r"\bun gouvernement", "une organisation"),
    (r"gouvernement", "organisation"),
    (r"Secrétariat seul\b", "Secrétariat seule"),
    (r"\b([Dd])u Secrétariat", r"\1e la coordination"),
    (r"\bAu Secrétariat", "À la coordination"),
    (r"\bau Secrétariat", "à la coordination"),
    (r"\b([Ll])e Secrétariat", r"\1a coordination"),
    (r"Secrétariat", "coordination"),
)
_ARABIC = (
    (r"جهة الاتصال والمناوب", "الجهة الممثّلة"),
    (r" و(?:ال)?(?:جهات ال)?مناوب(?!ة)\S*", ""),
    (r"جهات (?:الاتصال|التنسيق) لدى", "الجهات الممثّلة لدى"),
    (r"جهات (?:الاتصال|التنسيق) لدي(ه|هم|كم)", r"الجهات الممثّلة ل\1"),
    (r"جهات (?:الاتصال|التنسيق)(?: في)? %", "الجهات الممثّلة لـ %"),
    (r"للجهات الاتصال|لجهات (?:الاتصال|التنسيق)", "للجهات الممثّلة"),
    (r"جهات (?:الاتصال|التنسيق)", "الجهات الممثّلة"),
    (r"جهة (?:الاتصال|التنسيق|اتصال)(?: في)? %", "الجهة الممثّلة لـ %"),
    (r"لجهة (?:الاتصال|التنسيق)", "للجهة الممثّلة"),
    (r"جهة (?:الاتصال|التنسيق)", "الجهة الممثّلة"),
    (r"جهة[ًَ]? (?:اتصال|تنسيق)", "جهة ممثّلة"),
    (r" وفي أي وزارة| في وزارات? أخرى", ""),
    (r"ما تقوله الوزارات الأخرى", "ما يقوله زملاؤكم"),
    (r"رأي وزارته فيه", "ما ينبغي أن يقال فيه"),
    (r"العاصمة", "المنظمة"),
    (r"عاصمتكم", "منظمتكم"),
    (r"حكوم", "منظم"),
    (r"للأمانة", "للتنسيقية"),
    (r"الأمانة", "التنسيقية"),
)
_RULES = {
    code: tuple((re.compile(pattern), put) for pattern, put in rules)
    for code, rules in (("en", _ENGLISH), ("es", _SPANISH), ("fr", _FRENCH), ("ar", _ARABIC))
}


def among_its_own(code: str, message: str, text: str) -> str:
    """What a message says in a network, given what it says in this language on the governments' side."""
    if message in _NAMES or _STAYS.search(message):
        return text
    for pattern, put in _RULES[code]:
        text = pattern.sub(put, text)
    return text


class AmongItsOwn(NullTranslations):
    """A catalogue in the words of a network; each message is put into them once."""

    def __init__(self, code: str, main: NullTranslations) -> None:
        super().__init__()
        self._said = cache(lambda message, text: among_its_own(code, message, text))
        self._main = main

    def gettext(self, message: str) -> str:
        return self._said(message, self._main.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._said(msgid1, self._main.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return self._said(message, self._main.pgettext(context, message))

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self._said(msgid1, self._main.npgettext(context, msgid1, msgid2, n))
