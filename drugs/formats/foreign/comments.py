"""Comments of authors to themselves: taken out of a page, so that no reader meets them, and kept for editors."""

import re
from typing import NamedTuple

from drugs.formats.foreign.code import end_of_code

# How each kind begins and ends. Those of a line end with it.
_KINDS = (
    ("<!--", "-->"),
    ("%%", "%%"),  # Obsidian
    ("{/*", "*/}"),  # MDX
    ("{{</*", "*/>}}"),  # Hugo
    ("{{%/*", "*/%}}"),
    ("{{/*", "*/}}"),
    ("{::comment}", "{:/comment}"),  # kramdown
    ("{% comment %}", "{% endcomment %}"),  # Liquid
    ("{%- comment -%}", "{%- endcomment -%}"),
    ("{>>", "<<}"),  # CriticMarkup
    ("[//]: #", "\n"),
    ("[comment]: ", "\n"),
)
_ENDS = dict(_KINDS)
_START = re.compile(
    r"(?P<fence>^[ ]{0,3}(?P<marks>`{3,}|~{3,})[^\n]*)|(?P<ticks>`+)"
    r"|(?P<open><!--|(?<![\d%])%%(?!%)|\{/\*|\{\{[<%]?/\*|\{::comment\}|\{%-? comment -?%\}|\{>>"
    r"|^\[(?://\]: \#|comment\]: ))",
    re.M,
)
_MARKS = re.compile(r"<!--|%%|/\*|\{::comment|%-? comment|\{>>|\[//\]|\[comment\]")
_ONLY_A_BULLET = re.compile(r"[ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]*")


class Comment(NamedTuple):
    """A comment as it was written, and the line of the text on which it begins, counted from 0."""

    text: str
    line: int


class Commented(NamedTuple):
    """A text without its comments, these, and whether one of HTML was opened and never closed."""

    text: str
    comments: list[Comment]
    is_open: bool


def take_comments(text: str) -> Commented:
    """`text` without comments outside of code, as many lines as before."""
    if not _MARKS.search(text):
        return Commented(text, [], False)
    pieces: list[str] = []
    comments = []
    done = at = 0
    never_closed: set[str] = set()
    while match := _START.search(text, at):
        find_end = _end_of_comment if match["open"] else end_of_code
        end = find_end(text, match, never_closed)
        at = max(end, match.end())
        if match["open"] and end > 0:
            comments.append(Comment(text[match.start() : end].strip(), text.count("\n", 0, match.start())))
            before, newline = text[done : match.start()], "\n" * text.count("\n", match.start(), end)
            stops = not text[end : text.find("\n", end) if "\n" in text[end:] else None].strip() or newline
            pieces += [_without_bullet(before) if stops else before, newline]
            done = end
    pieces.append(text[done:])
    return Commented("".join(pieces), comments, "<!--" in never_closed)


def _end_of_comment(text: str, match: re.Match[str], never_closed: set[str]) -> int:
    opening = match["open"]
    if opening in never_closed:
        return -1
    closing = _ENDS[opening]
    end = text.find(closing, match.end())
    if closing == "\n":
        return len(text) if end < 0 else end
    if end < 0:
        never_closed.add(opening)
        return -1
    return end + len(closing)


def _without_bullet(before: str) -> str:
    """`before` without the spaces at its end, nor the bullet that the comment had to itself."""
    start = before.rfind("\n") + 1
    return before[:start] if _ONLY_A_BULLET.fullmatch(before, start) else before.rstrip(" \t")
