"""Every mapped class of the product, for who needs them all: migrations and the walks that check them."""

from __future__ import annotations

from importlib import import_module

from secretariat.core.features import modules_named


def every_model() -> None:
    """Import the `models` module of every feature that has one."""
    for name in modules_named("models"):
        import_module(name)
