"""Papers: what a page shows, for the desk and the file. PDF for reading, DOCX for working on, marked on every page."""
