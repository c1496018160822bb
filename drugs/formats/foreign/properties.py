"""Properties at the top of a page: lines that are front matter to other programs.

Logseq begins a page with lines `key:: value` and puts others below single bullets; an export of Notion has lines
`Status: Draft` below the title. What says whether a page is ready counts in all of them.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from drugs.formats.foreign.front_keys import is_known_key
from drugs.formats.page.front_matter import Entry

_PAGE_PROPERTY = re.compile(r"(?:[-*][ \t]+)?([A-Za-z][\w -]{0,40}?)::(?:[ \t]+(.*))?$")
# Of a bullet: what the program itself writes.
_OWN_PROPERTY = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?(?:id|collapsed|card-[\w-]+|background-color|heading|template|template-including-parent"
    r"|logseq\.[\w.-]+|query-[\w-]+|created-at|updated-at|icon|filters|exclude-from-graph-view|hl-[\w-]+|ls-[\w-]+)"
    r"::(?:[ \t][^\n]*)?$",
    re.M,
)
_TITLE = re.compile(r"\s*#[ \t]+\S[^\n]*\n\s*")
_LINE = re.compile(r"([^\W\d_][\w -]{0,40}):[ \t]+(\S.*)$")
_LINES = 30


class Properties(NamedTuple):
    """The properties of a page by key, the text without those that mean something here, and what was taken out."""

    entries: Mapping[str, Entry]
    text: str
    kept: tuple[str, ...]


def take_properties(text: str, first_line: int) -> Properties:
    """The Properties of the page `text`, whose first line has this number in its file; a key that means nothing here
    stays in the text.
    """
    if text.startswith("% "):
        return _pandoc_block(text, first_line)
    if "::" not in text:
        return Properties({}, text, ())
    entries: dict[str, Entry] = {}
    kept, lines = [], text.split("\n")
    for at, line in enumerate(lines[:_LINES]):
        match = _PAGE_PROPERTY.match(line.rstrip())
        if not match and line.strip():
            break
        if match and is_known_key(match[1]):
            entries.setdefault(match[1], Entry(_value(match[2] or ""), first_line + at))
            kept.append(line)
            lines[at] = ""
    text = "\n".join(lines)
    kept += [match[0].strip() for match in _OWN_PROPERTY.finditer(text)]
    return Properties(entries, _OWN_PROPERTY.sub("", text), tuple(kept))


def _pandoc_block(text: str, first_line: int) -> Properties:
    """Title, authors and date, each behind a `%`."""
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines) if line[:2].rstrip() != "%"), len(lines))
    entries = {"title": Entry(lines[0][2:].strip(), first_line)}
    return Properties(entries, "\n".join([""] * end + lines[end:]), tuple(lines[:end]))


def listed_below_title(text: str, first_line: int) -> Mapping[str, Entry]:
    """The entries of a paragraph right below the title in which each line is `Key: value`, as Notion exports them;
    they stay in the text.
    """
    match = _TITLE.match(text)
    if not match:
        return {}
    at = text.count("\n", 0, match.end())
    lines = text[match.end() :].split("\n", _LINES)
    end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    found = [_LINE.match(line) for line in lines[:end]]
    if len(found) < 2 or not all(found):
        return {}
    return {line[1]: Entry(line[2], first_line + at + number) for number, line in enumerate(found) if line}


def _value(text: str) -> str:
    return re.sub(r"\[\[|\]\]|(?<!\w)#(?=\w)", "", text)
