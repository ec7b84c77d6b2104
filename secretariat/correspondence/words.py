"""Words of correspondence."""

from __future__ import annotations

from secretariat.core.languages import lazy_gettext as _l
from secretariat.correspondence.listed_models import ListState

LIST_STATES = {
    ListState.LOOKED_AT: _l("waits for your word"),
    ListState.CONFIRMED: _l("coming in"),
    ListState.DONE: _l("is in"),
}
