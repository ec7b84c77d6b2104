"""Long work of packs: making one; and which files their rows name."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents import service as documents
from secretariat.jobs import kinds
from secretariat.packs import service
from secretariat.packs.making import make


def _page_of(told: dict[str, Any]) -> str:
    return f"/packs/{told['pack']}"


kinds.register_deed(service.WORK, _l("All papers of a meeting in one"), make, page=_page_of)
documents.named_also(service.files_named)
