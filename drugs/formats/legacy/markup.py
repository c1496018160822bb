"""Normalisation of marks: those of pages from elsewhere become the legacy pages' own. No word changes or moves
to another line.
"""

import re

from drugs.content.whitespace import UNICODE_SPACES
from drugs.formats.legacy.blocks import DISCLAIMER

_NO_SPACE = re.compile(r"^(#{2,6})(?=[^\s#])", re.M)
# Spaces that hold words together; inside a number, and between it and its unit, they are meant.
_NO_BREAK = re.compile(rf"(?<!\d)[{UNICODE_SPACES}]|[{UNICODE_SPACES}](?![^\W_]|%)")
_NO_WIDTH = "\u200b\u2060\ufeff"
_UNSEEN = re.compile(f"[{_NO_WIDTH}]+")
_DASH_BULLET = re.compile(r"\n([ \t]*)[–—][ \t]+(?=\S)")
_BULLETS = "•◦▪‣●·"
_BULLET = re.compile(rf"^([ \t]*)[{_BULLETS}][ \t]*(?=\S)", re.M)
# The second level of a list from a word processor, whose sign is an `o`.
_SECOND_LEVEL = re.compile(r"^o[ \t]+(?=\S)", re.M)
_BOLD_HEADING = re.compile(
    r"^(#{2,6}[ \t]+)(\*{1,3})(?=[^\s*])([^*\n]+)\2(?=[ \t]*$|(?<=:\*\*)|(?<=:\*))", re.M
)
# A disclaimer is never about the bullet that it was indented under.
_DISCLAIMER = re.compile(rf"^(?:[ \t]+|[ \t]*[*+-][ \t]+)(?={DISCLAIMER})", re.M | re.I)


def usual(body):
    """`body` in the legacy pages' own marks, for `##Usage`, `• item`, `### **Usage:**` and an indented disclaimer;
    spaces of other kinds are plain ones or none.
    """
    if not body.isascii():
        body = _NO_BREAK.sub(" ", body)
    if any(mark in body for mark in _NO_WIDTH):
        body = _UNSEEN.sub(_unless_inside_a_word, body)
    if "–" in body or "—" in body:
        body = _DASH_BULLET.sub(r"\n\1* ", body)
    if any(mark in body for mark in _BULLETS):
        body = _SECOND_LEVEL.sub("    * ", _BULLET.sub(r"\1* ", body))
    if "# *" in body:
        body = _BOLD_HEADING.sub(r"\1\3", body)
    return _DISCLAIMER.sub("", _NO_SPACE.sub(r"\1 ", body))


def _unless_inside_a_word(match):
    beside = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    return match[0] if re.fullmatch(r"\w\w", beside) else ""
