"""Icons: outlines of 16 units that take the colour of the text.

A page carries one hidden sprite with those it uses and no others: `icon` notes what is used while the page is rendered,
`sprite` writes the outlines at its end. Icons never stand alone: words stand beside them, hidden or seen.
"""

from __future__ import annotations

from flask import g
from markupsafe import Markup

from secretariat.pages.outlines import OUTLINES

_POINTING = frozenset({"next"})
_ICONS = {
    name: Markup('<svg class="i%s" aria-hidden="true"><use href="#i-%s"/></svg>')
    % (" flip" if name in _POINTING else "", name)
    for name in OUTLINES
}


def icon(name: str) -> Markup:
    """The icon of this name; those that point turn in right-to-left. Raises KeyError for a name there is not."""
    shown = _ICONS[name]
    g.setdefault("icons", {})[name] = True
    return shown


def sprite() -> Markup:
    """The outlines of the icons used so far on this page; empty where there are none."""
    used = g.get("icons")
    if not used:
        return Markup("")
    symbols = "".join(f'<symbol id="i-{name}" viewBox="0 0 16 16">{OUTLINES[name]}</symbol>' for name in used)
    # The outlines are constants of the product, not input.
    return Markup(f'<svg class="sprite" width="0" height="0" aria-hidden="true">{symbols}</svg>')  # noqa: S704
