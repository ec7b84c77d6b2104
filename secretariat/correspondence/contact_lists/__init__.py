"""Lists of contacts that somebody has in a table or as vCards, and how they are read. Pure but for `meaning`."""
