"""The world of the chair, for what participants bring."""

from tests.integration.chairmanship.conftest import Chaired, chaired, clock_stands, planned

__all__ = ["Chaired", "chaired", "clock_stands", "planned"]
