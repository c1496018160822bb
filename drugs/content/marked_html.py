"""Changes marked in place: two HTML texts compared word by word, the new one with `ins` and `del` around its words.

Markup comes from the renderer of this program: well-formed, with every `<` of an author escaped. A word is another one
in another place: raised (10 to the sixth), in another column of a table, with another link.
"""

import re
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from drugs.content.diff import steps

_TOKEN = re.compile(r"<[^>]*>|&[#\w]+;|\d+(?:[.,]\d+)*|\w+|\s+|[^\w\s]")
_TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
_CELLS = ("td", "th")
_BLOCKS = {
    "p",
    "li",
    "ul",
    "ol",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "td",
    "th",
    "section",
    "div",
    "blockquote",
    "pre",
}
_INLINE = {"sup", "sub", "a", "em", "strong", "i", "b", "code"}
_RAISED = ("sup", "sub")
_GLUED = re.compile(r"[.,;:!?%)\]”’/-]")  # stands at the word before it
_MANY_WORDS = 20_000
_ALIKE = 0.4  # below that another text was written, and single words that both have mean nothing,
_FEW_WORDS = 30  # unless there are so few that each counts


class Word(NamedTuple):
    """A word of a text: `key` is what it is compared by, `block` its paragraph, `raised` sup, sub or ""."""

    text: str
    key: tuple
    block: int
    raised: str


class Marked(NamedTuple):
    """The new HTML with its changes marked, and how many words were added and removed."""

    html: str
    changed: int


def mark_changes(before: str, after: str) -> Marked:
    """HTML of `after` in which the words that `before` has not are in `ins`, and those it alone has in `del`.

    A text that is gone altogether keeps its own markup. Not yet marked as safe.
    """
    old, _ = _read(before)
    new, items = _read(after)
    if not new:
        return Marked(_write(_read(before)[1], set(range(len(old))), {}, {}, "del"), len(old))
    runs = _compare(old, new)
    added = {number for _, _, first, last in runs for number in range(first, last)}
    behind, ahead = _places(old, new, runs)
    count = len(added) + sum(end - start for start, end, _, _ in runs)
    return Marked(_write(items, added, behind, ahead, "ins"), count)


def _read(html):
    """The words of `html`, and its items in order: a text, and its number if it is a word."""
    words: list[Word] = []
    items: list[tuple[str, int | None]] = []
    inline: list[tuple[str, str]] = []
    block = column = 0
    for token in _TOKEN.findall(html):
        if tag := _TAG.fullmatch(token):
            name = tag[2]
            if name in _INLINE and tag[1]:
                inline = inline[:-1]
            elif name in _INLINE:
                inline.append((name, tag[3]))
            if name in _BLOCKS:
                block += 1
                column = 0 if name == "tr" else column + (name in _CELLS and not tag[1])
            items.append((token, None))
        elif token.startswith("<") or token.isspace():
            items.append((token, None))
        else:
            raised = next((name for name, _ in inline if name in _RAISED), "")
            key = (token, tuple(inline), column)
            items.append((token, len(words)))
            words.append(Word(token, key, block, raised))
    return words, items


def _compare(old, new):
    """Runs that differ: start and end among the old words, start and end among the new ones."""
    a, b = [word.key for word in old], [word.key for word in new]
    size = len(a) + len(b)
    if size > _MANY_WORDS or (size > _FEW_WORDS and 2 * LCSseq.similarity(a, b) < _ALIKE * size):
        return [(0, len(a), 0, len(b))]
    return [place for tag, *place in steps(a, b) if tag != "equal"]


def _places(old, new, runs):
    """HTML of the removed words by the new word that they stand behind, and by the one that they stand ahead of.

    The end of a paragraph stays at its end, the beginning of one at its beginning, and what was replaced ahead of
    what took its place.
    """
    behind: dict[int, str] = {}
    ahead: dict[int, str] = {}
    for start, end, follower, last in runs:
        same_line = 0 < follower < len(new) and new[follower].block == new[follower - 1].block
        for block, words in groupby(old[start:end], key=lambda word: word.block):
            html = f"<del>{_joined(words)}</del>"
            goes_on = start > 0 and old[start - 1].block == block
            opens = last > follower or (end < len(old) and old[end].block == block)
            if follower < len(new) and (same_line if goes_on else opens or follower == 0):
                ahead[follower] = f"{ahead.get(follower, '')}{html}{' ' if goes_on or opens else '<br>'}"
            else:
                behind[follower - 1] = f"{behind.get(follower - 1, '')}{' ' if goes_on else '<br>'}{html}"
    return behind, ahead


def _joined(words):
    """Removed words as a text again, raised ones raised."""
    text = ""
    for word in words:
        glued = (
            word.raised or _GLUED.match(word.text) or text.endswith(("(", "[", "“", "‘", "-", "/", "<sup>"))
        )
        said = f"<{word.raised}>{word.text}</{word.raised}>" if word.raised else word.text
        text += said if glued or not text else f" {said}"
    return text


def _write(items, marked, behind, ahead, name):
    """The items as HTML again, the `marked` words inside elements called `name`."""
    out: list[str] = []
    spaces = None  # after the last word inside such an element; None outside of one
    for text, number in items:
        is_marked = number is not None and number in marked
        if spaces is not None and number is None and text.isspace():
            spaces += text
            continue
        if spaces is not None and not (is_marked and number not in ahead):
            out.append(f"</{name}>{spaces}")
            spaces = None
        if number is not None:
            out.append(ahead.get(number, ""))
        if is_marked:
            out.append(f"<{name}>" if spaces is None else spaces)
            spaces = ""
        out.append(text)
        if number is not None and number in behind:
            if spaces is not None:
                out.append(f"</{name}>")
                spaces = None
            out.append(behind[number])
    return "".join([*out, f"</{name}>{spaces}" if spaces is not None else ""])
