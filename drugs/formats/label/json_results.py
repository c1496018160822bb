"""Results of openFDA's JSON, read as a stream: one value at a time, of a size, a depth and a count that are capped.

ijson's own `items` names every value by its path, and of brackets nested a hundred thousand times the paths alone
take gigabytes. Its events have no path, and there are few of them: texts come whole.
"""

from collections.abc import Iterator
from typing import Any, Protocol

import ijson
from ijson.common import ObjectBuilder

from drugs.formats.label.document import LabelError

MAX_RESULT = 6_000_000  # bytes of one result; the largest label of a release has half of that
_DEEPEST = 20  # brackets in brackets; openFDA has four
_MOST_VALUES = 50_000  # of one result; openFDA has some hundreds
_OPENS, _CLOSES = ("start_map", "start_array"), ("end_map", "end_array")


class Readable(Protocol):
    """A file as far as it is read here."""

    def read(self, size: int = -1, /) -> bytes: ...


def read_results(file: Readable) -> Iterator[Any]:
    """The members of `results` in the JSON of `file`, those of the array that it is, or the one value that it is.

    Raises LabelError for JSON that cannot be read, or where one result is larger than any label.
    """
    capped = _Capped(file)
    try:
        yield from _values(ijson.basic_parse(capped), capped)
    except LabelError:
        raise
    except UnicodeDecodeError:
        raise LabelError("is no JSON that can be read: it is not UTF-8.") from None
    except (ijson.JSONError, ValueError, RecursionError) as error:
        raise LabelError(f"is no JSON that can be read: {_said(error)}.") from None


def _values(events: Iterator[tuple[str, Any]], capped: "_Capped") -> Iterator[Any]:
    whole, builder = ObjectBuilder(), ObjectBuilder()
    depth = count = 0
    level, found = -1, False  # how deep the array of results stands, -1 outside of it; whether there was one
    key = ""
    for event, value in events:
        if event in _CLOSES:
            depth -= 1
        if depth == level and event == "end_array":
            level = -1
            continue
        if level < 0 and event == "start_array" and (depth == 0 or (depth == 1 and key == "results")):
            depth += 1
            level, found = depth - 1, True
            continue
        into = whole if level < 0 else builder
        into.event(event, value)
        count += 1
        if event in _OPENS:
            depth += 1
        elif event == "map_key" and depth == 1:
            key = value
        if depth > _DEEPEST or count > _MOST_VALUES:
            raise LabelError("has a result that is nested deeper, or in more pieces, than any label is.")
        if level >= 0 and depth == level + 1 and event != "map_key":
            yield builder.value
            builder = ObjectBuilder()
            count = capped.since = 0
    if found:
        return
    if isinstance(whole.value, dict) and not {"set_id", "openfda"} & whole.value.keys():
        raise LabelError("holds neither results of openFDA nor product information of FHIR.")
    yield whole.value


def _said(error: Exception) -> str:
    """What a parser says, without the lines in which it draws the place."""
    words = error.args[0] if error.args else ""
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else str(words)
    return text.split("\n")[0].strip(" .") or "it ends too early"


class _Capped:
    """A file that ends in an error where one result is longer than any label is."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, 65536) if size >= 0 else 65536)
        self.since += len(data)
        if self.since > MAX_RESULT:
            raise LabelError(f"has a result longer than {MAX_RESULT:,} bytes.")
        return data
