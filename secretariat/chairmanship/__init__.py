"""The chair: one page of what the chair is to know and to do, with the eyes of the chair and no others."""
