"""Who may read and do what, asked of the modules that decide it: tables of who and what, in this process, in seconds.

This suite is what the mutants of those modules are tried against (`tests/mutation`). It needs no server; what the two
databases do differently is proved in `tests/security`.
"""
