"""Markup of other programs, as the marks that legacy pages have or as plain words."""

from typing import NamedTuple

from drugs.content import Finding


class Kept(NamedTuple):
    """Something that readers do not see: what it is, its text, and its line, counted from 0."""

    what: str
    text: str
    line: int


class Markup(NamedTuple):
    """A text in usual markup, what was kept apart, and what is said of both."""

    text: str
    kept: tuple[Kept, ...] = ()
    findings: tuple[Finding, ...] = ()


def usual_markup(text: str) -> Markup:
    """`text` in the marks of legacy pages."""
    return Markup(text)
