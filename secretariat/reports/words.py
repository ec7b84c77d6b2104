"""What editions are called."""

from __future__ import annotations

from secretariat.core.languages import lazy_gettext as _l
from secretariat.reports.composition import Edition

EDITIONS = {
    Edition.MEMBERS.value: _l("Edition for the members"),
    Edition.PARTICIPANTS.value: _l("Edition for all participants"),
    Edition.PUBLIC.value: _l("Public edition"),
}
