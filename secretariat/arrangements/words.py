"""Words of the host's list."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

from secretariat.arrangements.models import BadgeKind
from secretariat.core.languages import current_reading
from secretariat.core.languages import lazy_gettext as _l

BADGE = {
    BadgeKind.DELEGATION: _l("Delegation"),
    BadgeKind.SECRETARIAT: _l("Secretariat"),
    BadgeKind.HOST: _l("Host"),
    BadgeKind.INTERPRETER: _l("Interpreter"),
    BadgeKind.SPEAKER: _l("Speaker"),
    BadgeKind.OTHER: _l("Other"),
}


def amount(value: Decimal | None, currency: str) -> str:
    """`USD 1,250.00`, the figures as the reader writes them; empty for none."""
    if value is None:
        return ""
    figures = format_decimal(value, format="#,##0.00", locale=current_reading().language.code)
    return f"{currency} {figures}"
