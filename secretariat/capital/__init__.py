"""My government: what one participant brings to a process and has promised in it, on one page."""
