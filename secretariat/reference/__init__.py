"""Reference data: processes as the literature tells of them, participants, names of states, and their loader."""
