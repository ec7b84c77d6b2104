"""The meetings' small world: an officer, focal points, an alternate, an observer, a coordination."""

from tests.integration.meetings.conftest import stage

__all__ = ["stage"]
