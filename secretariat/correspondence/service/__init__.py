"""Acts of correspondence. They flush; whoever calls them commits."""
