"""Which marks of a page from elsewhere mean what the old pages' own marks mean? Changes no word and moves no line."""

import re

from drugs.formats.old.blocks import DISCLAIMER

_NO_SPACE = re.compile(r"^(#{2,6})(?=[^\s#])", re.M)
_NO_BREAK = re.compile(r"^([ \t]*(?:#{1,6}|[*+-]|\d+[.)]))\xa0", re.M)
_BULLETS = "•◦▪‣●"
_BULLET = re.compile(rf"^([ \t]*)[{_BULLETS}][ \t\xa0]*(?=\S)", re.M)
_BOLD_HEADING = re.compile(
    r"^(#{2,6}[ \t]+)(\*{1,3})(?=[^\s*])([^*\n]+)\2(?=[ \t]*$|(?<=:\*\*)|(?<=:\*))", re.M
)
# A disclaimer is never about the bullet that it was indented under.
_DISCLAIMER = re.compile(rf"^(?:[ \t]+|[ \t]*[*+-][ \t]+)(?={DISCLAIMER})", re.M | re.I)


def usual(body):
    """`body` with the old pages' marks: `##Usage`, `• item`, `### **Usage:**` and an indented disclaimer are theirs."""
    if any(mark in body for mark in _BULLETS):
        body = _BULLET.sub(r"\1* ", body)
    if "\xa0" in body:
        body = _NO_BREAK.sub(r"\1 ", body)
    if "# *" in body:
        body = _BOLD_HEADING.sub(r"\1\3", body)
    return _DISCLAIMER.sub("", _NO_SPACE.sub(r"\1 ", body))
