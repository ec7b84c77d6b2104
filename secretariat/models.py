"""Every mapped class of the product, for who needs them all: migrations and the walks that check them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import secretariat


def every_model() -> None:
    """Import the `models` module of every feature that has one."""
    for name in _entered():
        import_module(name)


@cache
def _entered() -> tuple[str, ...]:
    packages = sorted(found.name for found in iter_modules(secretariat.__path__) if found.ispkg)
    names = (f"secretariat.{package}.models" for package in packages)
    return tuple(name for name in names if find_spec(name) is not None)
