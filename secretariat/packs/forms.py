"""The form by which a pack is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.packs.models import PackForm
from secretariat.packs.words import FORM
from secretariat.pages.fields import PickField
from secretariat.pages.forms import Form


def pack_form(languages: Sequence[str]) -> type[Form]:
    """In which language, and as what."""

    class PackChoiceForm(Form):
        language = PickField(_l("Language"), choices=[(one, language_name(one)) for one in languages])
        form = PickField(_l("As what"), choices=[(one.value, FORM[one]) for one in PackForm])

    return PackChoiceForm
