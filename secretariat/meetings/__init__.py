"""Meetings: from the first date to the confirmed outcomes."""
