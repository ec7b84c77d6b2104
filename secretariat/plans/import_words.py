"""Words of tables that are brought into plans."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.plans.import_models import ImportState

STATE: dict[ImportState, Any] = {
    ImportState.LOOKED_AT: _l("Waits for your word"),
    ImportState.CONFIRMED: _l("Is coming in"),
    ImportState.DONE: _l("Is in"),
    ImportState.UNDOING: _l("Is being taken back"),
    ImportState.UNDONE: _l("Taken back"),
}
