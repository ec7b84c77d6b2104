"""Names of files inside sentences, in languages of either direction."""

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import reading_in
from secretariat.core.languages.words import LeftToRight
from secretariat.documents.sentences import Sentence

NAME = "RCX/2026 agenda (1).pdf"


def test_a_name_in_an_arabic_sentence_is_set_apart_and_nowhere_else() -> None:
    said = _l("%(name)s is not in the archive", name=LeftToRight(NAME))
    with reading_in("ar"):
        assert f"\u2066{NAME}\u2069" in str(said)
    with reading_in("es"):
        assert NAME in str(said)
        assert "\u2066" not in str(said)


def test_a_name_cannot_end_its_own_setting_apart() -> None:
    with reading_in("ar"):
        assert str(LeftToRight("a\u2069\u202egpj.pdf")) == "\u2066agpj.pdf\u2069"


def test_a_sentence_that_begins_with_a_name_sets_it_apart() -> None:
    about = Sentence({"en": "It is damaged.", "ar": "هذا الملف تالف."}).about(NAME)
    assert about.texts == {"en": f"{NAME}: It is damaged.", "ar": f"\u2066{NAME}\u2069: هذا الملف تالف."}
