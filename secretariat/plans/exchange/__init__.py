"""A plan as a table, out and in: the columns it has, and what is read of tables that secretariats have. Pure, but for
`known`, which looks up what a table speaks of."""
