"""Which modules the features have, for whoever imports those of one name from all of them."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pkgutil import iter_modules

import secretariat


@cache
def modules_named(*names: str) -> tuple[str, ...]:
    """The full names of the modules that features have under these names, in a constant order. Looked for once a
    process: whoever makes an application for each test would look for hundreds of files each time."""
    features = sorted(found.name for found in iter_modules(secretariat.__path__) if found.ispkg)
    every = (f"secretariat.{feature}.{name}" for feature in features for name in names)
    return tuple(one for one in every if find_spec(one) is not None)
