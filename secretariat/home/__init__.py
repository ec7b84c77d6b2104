"""The first page: what is asked of me, or what I should see to, by the hat I wear."""
