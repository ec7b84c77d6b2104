"""Every mapped class of the product, for who needs them all: migrations and the walks that check them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import secretariat


def every_model() -> None:
    """Import the `models` module of every feature that has one."""
    for package in sorted(found.name for found in iter_modules(secretariat.__path__) if found.ispkg):
        name = f"secretariat.{package}.models"
        if find_spec(name) is not None:
            import_module(name)
