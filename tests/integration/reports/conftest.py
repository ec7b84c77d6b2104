"""The fixtures of plans, for reports on them."""

from tests.support.plans import counting, planned, site

__all__ = ["counting", "planned", "site"]
