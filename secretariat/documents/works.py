"""Long work of documents: old papers that come in by a list."""

from __future__ import annotations

from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents.service.lists import WORK, bring_in_list
from secretariat.jobs import kinds

kinds.register_deed(WORK, _l("Old papers brought in"), bring_in_list)
