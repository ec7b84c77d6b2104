"""Emergency access: one track read for some hours, by one person, with a second one's word, on record."""
