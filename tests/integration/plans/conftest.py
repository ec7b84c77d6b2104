"""The fixtures of plans."""

from tests.support.plans import counting, planned, site

__all__ = ["counting", "planned", "site"]
