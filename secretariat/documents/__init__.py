"""Documents: symbols, revisions, language versions, files."""
