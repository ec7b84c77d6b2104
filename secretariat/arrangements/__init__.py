"""The practical side of meetings: the host's list with who sees to it, workshops and training."""
