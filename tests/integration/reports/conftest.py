"""The fixtures of plans, for reports on them."""

from tests.support.plans import counting, planned, quick_passwords, site

__all__ = ["counting", "planned", "quick_passwords", "site"]
