"""YAML front matter of a page: keys and texts between its two `---` lines, each with its line in the file.

YAML is read event by event into texts, lists and mappings and nothing else: no object is constructed, a
plain `2024` or `yes` stays the text that was written, and what a page has no use for (anchors, aliases,
tags, deep nesting) is refused before it can cost anything.
"""

from __future__ import annotations

from typing import NamedTuple

import yaml

from drugs.formats.result import FormatError

FRONT_MATTER_BYTES = 8_000
_FENCE = "---"
_FIRST_LINE = 2  # the line after the opening ---
_DEPTH = 3  # a mapping in a list in the front matter: {text: ...} under names


class PageSource(NamedTuple):
    """The two halves of a page, and the line of the file on which the body starts, counted from 1."""

    front: str
    body: str
    first_line: int


class Entry(NamedTuple):
    """A YAML value and the line it starts on: a text, a list of entries, or a mapping of texts to entries.

    The `line` of an entry in a mapping is that of its key.
    """

    value: str | list[Entry] | dict[str, Entry]
    line: int


def split(text: str) -> PageSource:
    """Front matter and body of the page `text`.

    Raises FormatError where the front matter is missing, unclosed or too long.
    """
    if not text.strip():
        raise FormatError("The file is empty.")
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise FormatError("The page has no front matter: its first line must be ---.", 1)
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise FormatError("The front matter is not closed: no second line is ---.", 1)
    front = "\n".join(lines[1:end])
    if len(front.encode()) > FRONT_MATTER_BYTES:
        raise FormatError(f"The front matter is over {FRONT_MATTER_BYTES:,} bytes.", 1)
    return PageSource(front, "\n".join(lines[end + 1 :]), end + 2)


def parse(front: str) -> dict[str, Entry]:
    """Keys and entries of the YAML text `front`.

    Raises FormatError for anything else than a mapping, and for all that the head of this module calls refused.
    """
    try:
        return _document(_Events(front))
    except FormatError:  # a ValueError too, so it must not reach the last clause
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or ""
        hint = "; a value with a colon in it must stand in quotes" if "mapping values" in problem else ""
        raise FormatError(f"The front matter is not YAML: {problem}{hint}.", _line(mark)) from error
    except yaml.reader.ReaderError as error:
        line = front.count("\n", 0, error.position) + _FIRST_LINE
        message = f"The front matter holds a character that YAML does not know (U+{error.character:04X})."
        raise FormatError(message, line) from error
    # PyYAML lets these through: a huge number in %YAML, "\UFFFFFFFF".
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise FormatError("The front matter is not YAML.", _FIRST_LINE) from error


def _line(mark):
    return mark.line + _FIRST_LINE


class _Events:
    """The parser's events one by one, each looked at before it is believed."""

    def __init__(self, front):
        self._events = yaml.parse(front, Loader=yaml.SafeLoader)

    def next(self):
        event = next(self._events)
        if getattr(event, "anchor", None) is not None:  # an alias has one too
            raise FormatError(
                "The front matter holds a YAML anchor or alias; put a text that starts with & or * in quotes.",
                _line(event.start_mark),
            )
        if getattr(event, "tag", None) is not None:
            raise FormatError(
                "The front matter holds a YAML tag; put a text that starts with ! in quotes.",
                _line(event.start_mark),
            )
        return event


def _document(events):
    events.next()  # the start of the stream
    event = events.next()
    if isinstance(event, yaml.StreamEndEvent):
        return {}
    entry = _entry(events, events.next(), 1)
    events.next()  # the end of the document
    after = events.next()
    if not isinstance(after, yaml.StreamEndEvent):
        raise FormatError("The front matter is more than one YAML document.", _line(after.start_mark))
    if not isinstance(entry.value, dict):
        raise FormatError("The front matter must be lines of the form `key: value`.", entry.line)
    return entry.value


def _entry(events, event, depth):
    line = _line(event.start_mark)
    if isinstance(event, yaml.ScalarEvent):
        return Entry(event.value, line)
    if depth > _DEPTH:
        raise FormatError("The front matter is nested too deeply.", line)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := events.next(), yaml.SequenceEndEvent):
            items.append(_entry(events, event, depth + 1))
        return Entry(items, line)
    return Entry(_mapping(events, depth), line)


def _mapping(events, depth):
    entries = {}
    while not isinstance(event := events.next(), yaml.MappingEndEvent):
        line = _line(event.start_mark)
        if not isinstance(event, yaml.ScalarEvent):
            raise FormatError("A key of the front matter must be a text.", line)
        if event.value in entries:
            raise FormatError(f"The key {event.value[:60]!r} stands there twice.", line)
        value = _entry(events, events.next(), depth + 1).value
        entries[event.value] = Entry(value, line)
    return entries
