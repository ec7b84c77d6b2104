"""The people of the meetings' small world."""

from tests.integration.meetings.conftest import Desk, Stage, stage

__all__ = ["Desk", "Stage", "stage"]
