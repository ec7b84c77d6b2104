"""The fixtures of plans."""

from tests.support.plans import counting, planned, quick_passwords, site

__all__ = ["counting", "planned", "quick_passwords", "site"]
