"""Among its own a network speaks of organizations and its coordination, in every language; what speaks of both sides
stays, and so does whatever is filled in."""

from __future__ import annotations

import re

import pytest

from secretariat.core import languages
from secretariat.core.languages import gettext, ngettext
from secretariat.core.languages.in_network import _NAMES, _STAYS, among_its_own
from secretariat.dev import messages

OURS = re.compile(
    r"[Yy]our government|[Mm]y government|[Oo]ur government|ember governments|The Secretariat|the Secretariat"
)
THEIRS = {
    "en": r"government|Secretariat|focal point",
    "es": r"[Gg]obierno|Secretaría|punto focal|puntos focales",
    "fr": r"gouvernement|Secrétariat|point focal|points focaux",
    "ar": r"حكوم|الأمانة|للأمانة|جهة الاتصال|جهات الاتصال",
}
FILLED_IN = re.compile(r"%\(\w+\)s|</?\w+>")


@pytest.mark.parametrize("code", THEIRS)
def test_each_message_among_its_own_names_organizations_and_loses_nothing(code: str) -> None:
    catalogue = messages.extract() if code == "en" else messages.read(code)
    looked_at = 0
    for entry in messages.entries_of(catalogue):
        message = entry.id if isinstance(entry.id, str) else entry.id[0]
        said = entry.id if code == "en" else entry.string
        for text in [said] if isinstance(said, str) else said or ():
            among = among_its_own(code, message, text)
            assert sorted(FILLED_IN.findall(among)) == sorted(FILLED_IN.findall(text)), message
            if _STAYS.search(message) or message in _NAMES:
                assert among == text
            elif OURS.search(message):
                looked_at += 1
                assert not re.search(THEIRS[code], among), (message, among)
    assert looked_at > 150


SAID = {
    "en": ("Kept. Only your organization sees it until you send it.", "My organization"),
    "es": ("Guardado. Solo lo ve su organización hasta que usted lo envíe.", "Mi organización"),
    "fr": ("Conservée. Seule votre organisation la voit jusqu’à ce que vous l’envoyiez.", "Mon organisation"),
    "ar": ("حُفظ. ولا تراه إلا منظمتكم حتى ترسلوه.", "منظمتي"),
}


@pytest.mark.parametrize("code", SAID)
def test_what_is_said_follows_the_side_one_stands_on(code: str) -> None:
    kept, mine = "Kept. Only your government sees it until you send it.", "My government"
    with languages.reading_in(code):
        before = gettext(kept), gettext(mine)
        with languages.reading_in_network(True):
            assert (gettext(kept), gettext(mine)) == SAID[code]
            assert gettext("the Secretariat") == languages.catalogue.translations(code).gettext("the Secretariat")
            told = languages.told_reading()
        assert (gettext(kept), gettext(mine)) == before
        with languages.reading_as_told(told):
            assert gettext(mine) == SAID[code][1]
        assert gettext(mine) == before[1]


def test_the_word_for_a_commitment_goes_with_it() -> None:
    one = "Saved, on %(num)s commitment. Member governments read it now; the next report will say so."
    many = "Saved, on %(num)s commitments. Member governments read it now; the next report will say so."
    with languages.reading_in("es", called={"es": "contribution"}), languages.reading_in_network(True):
        said = ngettext(one, many, 2)
    assert "contribuciones" in said
    assert "Las organizaciones miembros" in said
