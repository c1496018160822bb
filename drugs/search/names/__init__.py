"""Names, forgiving the spelling: the index of names, and one ranking for both databases."""

from drugs.search.names.index import NameHit, clear, differing, find, remove, rewrite, write

__all__ = [
    "NameHit",
    "clear",
    "differing",
    "find",
    "remove",
    "rewrite",
    "write",
]
