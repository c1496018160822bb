"""Titles of pages whose front matter has none: the first heading, else the name of the file."""

import re
from html import unescape
from typing import NamedTuple

from drugs.content import TITLE_CHARS
from drugs.formats.legacy.section_vocabulary import names_kind

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S[^\n]*?)[ \t]*#*[ \t]*$|^(\S[^\n]{0,200})\n=+[ \t]*$", re.M)
_FENCED = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1|\Z)", re.M | re.S)
_LINK = re.compile(r"!?\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]|!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_ATTRIBUTES = re.compile(r"\s*\{ ?[:#.][^{}]*\}\s*$")
_ICON = re.compile(r"\s*(?<!\w):[a-z][a-z0-9_+-]{1,60}:(?!\w)")
_ORG_TITLE = re.compile(r"^#\+title:[ \t]*(\S[^\n]*)$", re.M | re.I)
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`|==|~~")
# What pages begin with that is no name of a medicine.
_GENERAL = re.compile(
    r"(?:overview|introduction|intro|summary|abstract|notes?|background|description|general|contents|table of contents"
    r"|basics|definition|key points|tl;?dr|einleitung|uberblick|überblick|ubersicht|übersicht|zusammenfassung"
    r"|introducci[oó]n|resumen|resumo|introdu[cç][aã]o|introduzione|inleiding|r[eé]sum[eé]|drug facts)\W*",
    re.I,
)


class Title(NamedTuple):
    """A title and where it came from: `heading` or `name`."""

    text: str
    source: str


def title_of(body: str, stem: str) -> Title:
    """The Title of a page with this `body` in a file called `stem`.

    A first heading that names a section, such as Uses, is none.
    """
    if set_title := _ORG_TITLE.search(body[:2_000]):
        return Title(plain_line(set_title[1])[:TITLE_CHARS], "heading")
    match = _HEADING.search(_FENCED.sub("", body[:20_000]))
    text = plain_line(match[2] or match[3]) if match else ""
    if text and len(text) <= TITLE_CHARS and not names_kind(text) and not _GENERAL.fullmatch(text):
        return Title(text, "heading")
    return Title(" ".join(stem.replace("_", " ").split()), "name")


def plain_line(text: str) -> str:
    """`text`, a heading or a title, on one line without marks, links and attributes."""
    text = _LINK.sub(lambda match: match[1] or match[2] or "", _ATTRIBUTES.sub("", text))
    text = unescape(_ICON.sub("", text)).replace("\\", "")
    return " ".join(_MARKS.sub("", text).split())
