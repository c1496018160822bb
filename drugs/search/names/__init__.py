"""Fuzzy search by name: an index of names and one ranking, the same on both databases.

This package is the face: other wings call `find`, `bearers` and `version`, which is another when the same database
would find something else; `drugs.search.index` calls the rest (see DerivedIndex). Inside: `query_parser` reads a query,
`candidates` generates candidates by the index terms of `terms`, `scoring` and `ranking` put them in order, by
`similarity`, `phonetics` and `combinations`; `lookalikes` warns; `rows` and `index` write.
"""

from drugs.search.names.abbreviations import version
from drugs.search.names.index import NameHit, bearers, clear, differing, find, known_names, rewrite, write

__all__ = [
    "NameHit",
    "bearers",
    "clear",
    "differing",
    "find",
    "known_names",
    "rewrite",
    "version",
    "write",
]
