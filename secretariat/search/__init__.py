"""Finding anything by its words, with the eyes of who looks."""
