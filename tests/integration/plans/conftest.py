"""The fixtures of plans."""

from tests.support.plans import planned, site

__all__ = ["planned", "site"]
