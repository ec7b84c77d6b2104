"""Processes and what they consist of: participants and their standing, tracks, bodies, chairs, names."""
