"""Inline style: the site's stylesheet inside each of its pages, and its hash in the policy.

A visitor on a slow connection then waits for one answer instead of two. The text is read once for a process, so
that a page and the policy beside it always mean the same.
"""

import base64
import functools
import hashlib
import re
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

SHEET = Path(__file__).resolve().parent.parent / "static/drugs/site.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'("[^"]*")')
_SPACE = re.compile(r"\s+")
_NEEDLESS = re.compile(r" ?([{};,>]) ?")


def shortened(css: str) -> str:
    """A stylesheet without comments and without space that says nothing; its strings stay as they are."""
    pieces = _STRING.split(_COMMENT.sub("", css))
    for at in range(0, len(pieces), 2):  # between the strings
        spaced = _SPACE.sub(" ", pieces[at]).replace(": ", ":")
        pieces[at] = _NEEDLESS.sub(r"\1", spaced).replace(";}", "}")
    return "".join(pieces).strip()


@functools.cache
def inline_style() -> SafeString:
    """The content of a `<style>` that stands for the stylesheet of the public site: our own file, and no word more."""
    return mark_safe(shortened(SHEET.read_text(encoding="utf-8")))  # noqa: S308 - nobody else writes it


@functools.cache
def policy_source() -> str:
    """What a content security policy says to allow that `<style>` and no other (CSP 3, 2.3.1: hash-source)."""
    digest = hashlib.sha256(inline_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
