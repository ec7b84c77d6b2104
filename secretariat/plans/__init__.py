"""Plans of action: what was intended, who offered to do what, what has been done, what stands in the way."""
