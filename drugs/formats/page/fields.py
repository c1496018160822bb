"""Front matter keys as fields of a document: validation, findings for unknown keys, and the line of each.

The same keys are honoured on pages of format 1 and on legacy ones. No key publishes a page.
"""

import datetime
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from drugs.content import LABEL_KEYS, Document, DocumentError, DrugClass, Finding, Name, Reference
from drugs.formats.page.front_matter import Entry
from drugs.formats.result import FormatError
from drugs.formats.slugs import slug_of

_IGNORED = ("layout", "nav_exclude")  # of the static site that the legacy pages come from
_TEXTS = ("title", "slug", "language", "origin")
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

REFERENCE_KEYS = ("title", "publisher", "url", "year", "accessed_on")

_Build = Callable[["Fields", Entry, str], object]  # one item of a list, at its path, as a part of a document


@dataclass
class Fields:
    """What the front matter fills: `values` are arguments of Document, only those that were written, `slug` and
    `title` always; `lines` maps paths into the document to lines of the file.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    reference_keys: tuple[str, ...] = REFERENCE_KEYS


@contextmanager
def at_line(line: int | None) -> Iterator[None]:
    """Context in which a DocumentError becomes a FormatError of this line."""
    try:
        yield
    except DocumentError as error:
        raise FormatError(str(error), line) from error


def read_fields(entries: Mapping[str, Entry], *, stem: str, number: int = 1) -> Fields:
    """Document fields in the front matter `entries` of a file called `stem`; since format `number` 3 a reference
    may say of which label it is.

    Raises FormatError for a title or slug that is missing or wrong, for a value of the wrong shape, and for
    whatever a name, class or reference refuses.
    """
    fields = Fields(reference_keys=REFERENCE_KEYS + (LABEL_KEYS if number > 2 else ()))
    if "title" not in entries:
        raise FormatError("The front matter has no title. Write a line `title: ...` into it.", 1)
    if "slug" not in entries:
        _slug_from_name(fields, stem)
    fields.values |= {
        key: _checked(key, _text(entries[key], key), entries[key].line) for key in _TEXTS if key in entries
    }
    for key, build in _LISTS.items():
        if key in entries:
            _read_list(fields, key, entries[key], build)
    if "generic_name" in entries:
        _put_first(fields, entries["generic_name"])

    known = ("format", *_TEXTS, *_LISTS, "generic_name", *_IGNORED)
    fields.lines |= {key: entry.line for key, entry in entries.items() if key in known[1:-2]}
    _report_unknown_keys(fields, entries, known, path="front_matter")
    return fields


def _slug_from_name(fields: Fields, stem: str) -> None:
    slug = slug_of(stem)
    if not slug:
        message = (
            f"The file's name {stem[:60]!r} gives no address. Write a line `slug: ...` into the front matter"
        )
        raise FormatError(f"{message}, of a-z, 0-9, - and _.", 1)
    fields.values["slug"] = _checked("slug", slug, None)
    if slug != stem:
        message = f"The address is {slug!r}, made from the file's name {stem[:60]!r}."
        fields.findings.append(Finding("look", "slug_from_name", message, "slug"))


def _text(entry: Entry, key: str) -> str:
    if not isinstance(entry.value, str):
        raise FormatError(f"{key} must be one text.", entry.line)
    return entry.value


def _checked(key: str, value: Any, line: int | None) -> Any:
    """`value`, which a Document accepts as its `key`."""
    with at_line(line):
        Document(**{"slug": "slug", "title": "Title", key: value})
    return value


def _report_unknown_keys(
    fields: Fields, entries: Mapping[str, Entry], known: tuple[str, ...], *, path: str
) -> None:
    for key, entry in entries.items():
        if key in known:
            continue
        near = difflib.get_close_matches(key, known, 1)
        hint = f"; did you mean {near[0]}?" if near else "."
        fields.lines[f"{path}.{key}"] = entry.line
        message = f"The key {key[:60]!r} is not known, and its value is kept for editors only{hint}"
        fields.findings.append(Finding("look", "unknown_key", message, f"{path}.{key}"))


def _read_list(fields: Fields, key: str, entry: Entry, build: _Build) -> None:
    # `names:` with nothing after it is a list without items.
    items = entry.value or []
    if not isinstance(items, list):
        raise FormatError(f"{key} must be a list.", entry.line)
    values = []
    for index, item in enumerate(items):
        path = f"{key}.{index}"
        fields.lines[path] = item.line
        with at_line(item.line):
            values.append(build(fields, item, path))
    fields.values[key] = tuple(values)


def _put_first(fields: Fields, entry: Entry) -> None:
    """Makes the generic name the first of the names, wherever they name it."""
    with at_line(entry.line):
        generic = Name(_text(entry, "generic_name"), "generic")
    names = fields.values.get("names", ())
    lines = [fields.lines.pop(f"names.{index}") for index in range(len(names))]
    rest = [(name, line) for name, line in zip(names, lines, strict=True) if name != generic]
    fields.values["names"] = (generic, *(name for name, _ in rest))
    fields.lines |= {
        f"names.{index}": line for index, line in enumerate([entry.line, *(at for _, at in rest)])
    }


def _mapping(fields: Fields, item: Entry, path: str, keys: tuple[str, ...]) -> dict[str, str]:
    """The texts of a mapping such as {text: ..., kind: ...} by key; the first of `keys` must be there."""
    if not isinstance(item.value, dict) or keys[0] not in item.value:
        raise FormatError(f"{path.partition('.')[0]} lists items of the form {{{keys[0]}: ...}}.", item.line)
    _report_unknown_keys(fields, item.value, keys, path=f"front_matter.{path}")
    return {key: _text(entry, key) for key, entry in item.value.items() if key in keys}


def _ingredient(fields: Fields, item: Entry, path: str) -> str:
    return _checked("ingredients", (_text(item, "an ingredient"),), item.line)[0]


def _name(fields: Fields, item: Entry, path: str) -> Name:
    values = _mapping(fields, item, path, ("text", "kind"))
    if "kind" not in values:
        raise FormatError("A name needs its kind: {text: ..., kind: brand}.", item.line)
    return Name(**values)


def _class(fields: Fields, item: Entry, path: str) -> DrugClass:
    if isinstance(item.value, str):
        return DrugClass(item.value)
    return DrugClass(**_mapping(fields, item, path, ("name", "atc")))


def _reference(fields: Fields, item: Entry, path: str) -> Reference:
    values = _mapping(fields, item, path, fields.reference_keys)
    year, day = values.pop("year", ""), values.pop("accessed_on", "")
    if year and not _YEAR.fullmatch(year):
        raise FormatError(f"{year[:60]!r} is not a year such as 2024.", item.line)
    return Reference(**values, year=int(year) if year else None, accessed_on=_day(day, item.line))


def _day(text: str, line: int) -> datetime.date | None:
    try:
        if text and not _DAY.fullmatch(text):
            raise ValueError
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise FormatError(f"{text[:60]!r} is not a date such as 2024-12-31.", line) from None


_LISTS: dict[str, _Build] = {
    "names": _name,
    "ingredients": _ingredient,
    "classes": _class,
    "references": _reference,
}
