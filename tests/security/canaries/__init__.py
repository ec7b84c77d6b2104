"""A world in which every labelled kind of thing carries a word of its own, and a walk with every pair of eyes.

`world` makes the process, its readers and their oracle; `kinds/<feature>.py` says, for each labelled class, how one is
made; `addresses` says how each rule of the map is filled; `crawl` walks and compares.
"""
