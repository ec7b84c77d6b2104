"""Clearance in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.texts.clearance_models import ClearanceSays

SAYS: Mapping[ClearanceSays, Any] = {
    ClearanceSays.CLEARED: lazy_pgettext("clearance", "Cleared"),
    ClearanceSays.WITH_COMMENTS: lazy_pgettext("clearance", "Cleared with comments"),
    ClearanceSays.NOT_YET: lazy_pgettext("clearance", "Not yet cleared"),
}
CHOICES: Mapping[ClearanceSays, Any] = {
    ClearanceSays.CLEARED: _l("The government clears the paper"),
    ClearanceSays.WITH_COMMENTS: _l("The government clears the paper, with comments"),
    ClearanceSays.NOT_YET: _l("The government cannot clear it yet"),
}
