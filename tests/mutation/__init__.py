"""Mutants of the access modules: each is one small change that the tests of `tests/access` must notice.

`operators` makes them from the source, `laboratory` tries them, `verdict` compares what survived with
`survivors.toml`, where each survivor stands with its reason.
"""
