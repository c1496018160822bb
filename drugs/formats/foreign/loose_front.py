"""Front matter that is no YAML, read line by line: what people type who never met a parser.

A colon in a title, a template's `{{title}}`, a tab, a key twice: the page is the same page. What a line says for
certain (`key: value`, the items below it) counts, so that a draft stays one; the whole is kept for editors.
"""

import re
from collections.abc import Mapping

from drugs.formats.page.front_matter import Entry, PageSource

_KEY = re.compile(r"\s*[\"']?([^\W\d_][\w .-]{0,59}?)[\"']?\s*[:=](?:\s+(.*)|\s*)$")
_ITEM = re.compile(r"\s*[-*]\s+(.*)$")
_PLACEHOLDER = re.compile(r"\{\{|\{%|<%")


def read_loosely(source: PageSource) -> Mapping[str, Entry]:
    """The keys of the front matter of `source` with the texts and lists of texts behind them; of a key that stands
    there twice, the values of both.
    """
    found: dict[str, Entry] = {}
    last = ""
    for line, text in enumerate(source.front.split("\n"), 2 if source.sign != "{" else 1):
        if key := _KEY.match(text):
            last = key[1].strip()
            _add(found, last, key[2] or "", line)
        elif last and (item := _ITEM.match(text)):
            _add(found, last, item[1], line)
    return found


def _add(found: dict[str, Entry], key: str, written: str, line: int) -> None:
    text = _plain(written)
    if key not in found:
        found[key] = Entry(text, line)
    elif text:
        before = found[key].value
        items = before if isinstance(before, list) else [found[key]] if before else []
        found[key] = Entry([*items, Entry(text, line)], found[key].line)


def _plain(written: str) -> str:
    """The text of a value: without quotes around it, without a remark behind it, nothing where a template's is left."""
    text = written.strip().rstrip(",")
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    else:
        text = text.partition(" #")[0].strip("\"' ")
    return "" if _PLACEHOLDER.search(text) else text.strip("[]").strip()
