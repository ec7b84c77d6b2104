"""The fixtures of plans, for reports on them."""

from tests.support.plans import planned, site

__all__ = ["planned", "site"]
