"""Hostile queries: what is typed into a search to break it, or to make it dear."""

HOSTILE_QUERIES = [
    "",
    " ",
    "\0",
    "exam\0plol",
    "a" * 10_000,
    "\ud800 lone",
    '" OR NEAR( * ) NOT col:x',
    "'; DROP TABLE drugs_searchname; --",
    "%_%",
    "😀" * 300,
    "\u202emalolpmaxe",
    "!?.,;:-()[]{}",
    "+ + + + +",
    "and and and",
    " ".join("abcdefghij"[n % 10] * 3 for n in range(100)),
    "sodium chloride " * 30,
    "(" * 500,
    "1" * 500,
    "5 mg " * 100,
    "экзамплол",
]
