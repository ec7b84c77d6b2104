"""Shared machinery of server-rendered pages: the unit of work of a request, access, forms, languages, headers."""
