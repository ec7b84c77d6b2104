"""Texts drafted by paragraph: written, circulated as documents, commented on, compared."""
