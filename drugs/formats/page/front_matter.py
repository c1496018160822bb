"""Front matter of a page: keys and texts above its body, each with its line in the file.

Pages of format 1 have YAML between two lines `---`; pages of other programs may have TOML between two lines `+++`, an
object of JSON, or nothing. YAML is read event by event into texts, lists and mappings and nothing else: no object is
constructed, a plain `2024` or `yes` stays the text that was written, and what a page has no use for (anchors, aliases,
tags, endless nesting) is refused before it can cost anything.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

from drugs.formats.result import FormatError

FRONT_MATTER_BYTES = 24_000  # of a page that is written here
READ_BYTES = 32_000  # of one that is read
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_FIRST_LINE = 2  # the line after the opening ---
_LIKE_A_KEY = re.compile(r"[\"']?[A-Za-z][\w .-]{0,40}[\"']?[ \t]*[:=]")
_DEPTH = 12  # pages of other programs keep whole tables there


# Lines that mean to YAML what they say: a key, a colon, and a text of letters, digits and signs that start nothing.
_PLAIN_LINE = re.compile(r"([A-Za-z_]\w{0,40}): ([A-Za-z0-9][A-Za-z0-9 +/().,-]{0,400})", re.A)


class UnsupportedYaml(FormatError):
    """Well-formed YAML that says something else than its letters do: an anchor, an alias or a tag."""


class PageSource(NamedTuple):
    """The two halves of a page, the line of the file on which the body starts, counted from 1, and the sign that the
    front matter begins with: `---` for YAML, `+++` for TOML, `{` for JSON, nothing where there is none.
    """

    front: str
    body: str
    first_line: int
    sign: str = "---"


class Entry(NamedTuple):
    """A value of the front matter and the line it starts on: a text, a list of entries, or a mapping of texts to them.

    The `line` of an entry in a mapping is that of its key.
    """

    value: str | list[Entry] | dict[str, Entry]
    line: int


def split(text: str) -> PageSource:
    """Front matter and body of the page `text`.

    Raises FormatError where the file is empty, or its front matter is unclosed or too long.
    """
    if not text.strip():
        raise FormatError("The file is empty.")
    blank = len(text) - len(text.lstrip())
    skipped = text.count("\n", 0, blank)
    lines = text.split("\n")[skipped:]
    sign = lines[0].rstrip()
    if sign in _FENCES:
        ends = (index for index, line in enumerate(lines[1:], 1) if line.rstrip() in _FENCES[sign])
        end = next(ends, None)
        if end is None and not _LIKE_A_KEY.match("\n".join(lines[1:50]).lstrip()):
            return PageSource("", text, 1, "")  # a rule above the text
        if end is None:
            message = (
                f"The front matter is not closed: no second line is {sign}. Write one below the last key."
            )
            raise FormatError(message, skipped + 1)
        front, body, after = "\n".join(lines[1:end]), lines[end + 1 :], end + 1
    elif re.match(r"\{\s*\"", text[blank : blank + 200]):
        sign = "{"
        length = _json_length(text[blank : blank + READ_BYTES], skipped + 1)
        front, rest = text[blank : blank + length], text[blank + length :]
        body, after = rest.split("\n"), front.count("\n")
    else:
        return PageSource("", text, 1, "")
    if len(front.encode()) > READ_BYTES:
        raise FormatError(f"The front matter is over {READ_BYTES:,} bytes.", skipped + 1)
    return PageSource(
        "\n" * skipped + front if sign != "{" else front, "\n".join(body), skipped + after + 1, sign
    )


def _json_length(text: str, line: int) -> int:
    try:
        return json.JSONDecoder().raw_decode(text)[1]
    except (ValueError, RecursionError) as error:
        raise FormatError(f"The front matter is not JSON: {error}.", line) from None


def parse(front: str, sign: str = "---") -> dict[str, Entry]:
    """Keys and entries of the front matter `front`, which begins with `sign`; none where there is none.

    Raises FormatError for anything else than a mapping, and for all that the head of this module calls refused.
    """
    if sign not in _OTHERS:
        return _parse_yaml(front) if sign else {}
    what, read = _OTHERS[sign]
    try:
        value = read(front)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"The front matter is not {what}: {error}.", _FIRST_LINE) from error
    entry = _from_python(value, front.split("\n"), int(sign != "{"), 1)
    return entry.value if isinstance(entry.value, dict) else {}


def _read_json(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _read_toml(text: str) -> Any:
    return tomllib.loads(text, parse_float=str)


_OTHERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "+++": ("TOML", _read_toml),
    "{": ("JSON", _read_json),
}


def _from_python(value: Any, lines: list[str], first: int, depth: int, line: int = 1) -> Entry:
    """Entry of what a parser of TOML or JSON made; the line of a key is the first that begins with it."""
    if depth > _DEPTH:
        raise FormatError("The front matter is nested too deeply.", line)
    if isinstance(value, dict):
        entries = {}
        for key, item in value.items():
            begins = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}\b") if depth == 1 else None
            at = next((n for n, text in enumerate(lines, first + 1) if begins and begins.match(text)), line)
            entries[key] = Entry(_from_python(item, lines, first, depth + 1, at).value, at)
        return Entry(entries, line)
    if isinstance(value, list):
        return Entry([_from_python(item, lines, first, depth + 1, line) for item in value], line)
    if isinstance(value, bool) or value is None:
        return Entry("" if value is None else str(value).lower(), line)
    return Entry(value if isinstance(value, str) else str(value), line)


def _plain_lines(front: str) -> dict[str, Entry]:
    """Entries of a front matter of plain lines alone, with different keys; none of any other.

    That is what nearly all pages have, and PyYAML takes longer over it than Markdown over a short page.
    """
    lines = front.split("\n")
    matches = list(map(_PLAIN_LINE.fullmatch, lines))
    entries = {
        match[1]: Entry(match[2].rstrip(" "), at) for at, match in enumerate(matches, _FIRST_LINE) if match
    }
    return entries if len(entries) == len(lines) else {}


def _parse_yaml(front: str) -> dict[str, Entry]:
    if plain := _plain_lines(front):
        return plain
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
            raise UnsupportedYaml(
                "The front matter holds a YAML anchor or alias; put a text that starts with & or * in quotes.",
                _line(event.start_mark),
            )
        if getattr(event, "tag", None) is not None:
            raise UnsupportedYaml(
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
