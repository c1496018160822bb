"""Checks of pasted text (level `look`): bullets and tabs that came with it and are no list and no table to a reader.

Where a clipboard holds only text, a word processor's list arrives as lines that begin with `•`, and its table as words
with tabs between; Markdown runs both together into one paragraph, and a dose into the next.
"""

import re
from collections.abc import Iterator

from drugs.content import Document, Finding
from drugs.content.whitespace import UNICODE_SPACES, excerpt, fold_spaces, shortened

QUOTED = 40  # characters of the author's words in a message

# What word processors and web pages write before an item. U+F0A7, U+F0B7 and U+F0D8 are bullets of symbol fonts.
_SIGNS = "•‣⁃▪▫■□◦●○◾◽➢\uf0a7\uf0b7\uf0d8"
_MARKER = r"(?:[*+-]|\d{1,3}[.)])[ \t]+"  # of a list that is one
_AT_START = re.compile(rf"^[ \t]*(?:{_MARKER})?(?:[{_SIGNS}]|·(?!\d))[ \t]*(?=\S)")
# A dot between words is a bullet where there are several; a single one multiplies units or parts two names.
_BETWEEN = re.compile(rf"(?<=\S)[ \t]+[{_SIGNS}][ \t]*(?=\S)|(?<=\S)[ \t]+·[ \t]+(?=[^\W\d]).*[ \t]·[ \t]")
_TAB = re.compile(r"(?<=\S)[ ]*\t[ \t]*(?=\S)")
_OTHER_SPACE = re.compile(rf"^[ \t]*([*+-]|\d{{1,3}}[.)]|#{{1,6}})[{UNICODE_SPACES}]")
_LIST_MARKER = re.compile(rf"^[ \t]*(?:{_MARKER})?(?:[{_SIGNS}·]|{_MARKER})[ \t]*")
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})")


def lists_are_lists(document: Document) -> Iterator[Finding]:
    """One finding for each text with a bullet that no list comes of, about the first."""
    for path, line in _lines(document):
        if _AT_START.match(fold_spaces(line)):
            yield Finding("look", "bullet", f"Take the bullet away: “{shortened(line, QUOTED)}”.", path)
    for path, body in _bodies(document):
        if message := next(filter(None, map(_bullet_message, _prose(body))), None):
            yield Finding("look", "bullet", message, path)


def tables_are_tables(document: Document) -> Iterator[Finding]:
    """One finding for each text with a tab between words, about the first."""
    for path, body in _bodies(document):
        for line in map(fold_spaces, _prose(body)):
            text = _LIST_MARKER.sub("", line)
            if match := _TAB.search(text):
                around = excerpt(text, *match.span(), before=QUOTED // 2, after=QUOTED // 2)
                message = (
                    f"A tab stands in “{around}”, and a reader sees a space. "
                    "Write a list, each line beginning with “* ”, or a table with “|” between its columns."
                )
                yield Finding("look", "tab", message, path)
                break


def _bullet_message(line):
    if match := _OTHER_SPACE.match(line):
        what = "heading" if match[1].startswith("#") else "list"
        return (
            f"“{_quoted(line)}” is no {what} to a reader, since behind “{match[1]}” stands a no-break space. "
            f"Write “{match[1]} ” with a plain one."
        )
    folded = fold_spaces(line)
    start = 0 if _AT_START.match(folded) else None
    if start is None and (match := _BETWEEN.search(folded)):
        start = match.start()
    if start is None:
        return ""
    return f"“{_quoted(folded[start:])}” is no list to a reader. Begin a line with “* ” for each item."


def _quoted(text):
    words = " ".join(text.split())
    short = shortened(words, QUOTED)
    return short if short == words else f"{short}…"


def _lines(document):
    for index, section in enumerate(document.sections):
        yield f"sections.{index}.heading", section.heading
    for index, effect in enumerate(document.side_effects):
        yield f"side_effects.{index}.label", effect.label
        yield f"side_effects.{index}.name", effect.name
    for index, faq in enumerate(document.faqs):
        yield f"faqs.{index}.question", faq.question


def _bodies(document):
    for index, section in enumerate(document.sections):
        yield f"sections.{index}.body", section.body
    for index, effect in enumerate(document.side_effects):
        yield f"side_effects.{index}.description", effect.description
    for index, faq in enumerate(document.faqs):
        yield f"faqs.{index}.answer", faq.answer


def _prose(body):
    """The lines of a text but those of code and of tables, in which bullets and tabs are meant or do no harm."""
    fenced = False
    for line in body.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not line.lstrip().startswith("|"):
            yield line


CHECKS = (lists_are_lists, tables_are_tables)
