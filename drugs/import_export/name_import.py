"""Import of name lists: brands, synonyms and misspellings that no page brought, to the desk and on if asked."""

import csv
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import prefetch_related_objects

from drugs import audit, desk, publishing
from drugs.content import NAME_KINDS, DocumentError, Name
from drugs.models import DrugName, Monograph

BATCH = 100  # monographs that one transaction writes


class NameListError(ValueError):
    """A list that cannot be read at all, in a sentence that names the file."""


@dataclass(frozen=True)
class Entry:
    """One line of a list: `drug` is a slug or an exact title."""

    line: int
    drug: str
    name: Name


@dataclass(frozen=True)
class BadLine:
    """One line that cannot be used, and why, in a sentence."""

    line: int
    message: str


class GroupedNames(NamedTuple):
    """A list sorted by what its entries mean for the desks there are."""

    names: dict[int, tuple[Name, ...]]  # by the key of the monograph
    unknown: list[Entry]  # those whose drug is not here
    shared: dict[str, list[str]]  # each alias that names several drugs, and these


class NameResult(NamedTuple):
    """What came of the names for one monograph; `waits` says why it was not published although that was asked."""

    slug: str
    added: int
    published: bool
    waits: str


def read_list(path: Path) -> Iterator[Entry | BadLine]:
    """The lines of a JSON Lines or CSV file, each an Entry or a BadLine; those of kind `title` are skipped.

    Raises NameListError if the file cannot be read, or is a CSV without the columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = _csv_rows(path, file) if path.suffix.lower() == ".csv" else _json_rows(file)
            yield from filter(None, (row if isinstance(row, BadLine) else _entry(*row) for row in rows))
    except OSError as error:
        raise NameListError(f"{path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise NameListError(f"{path} is not UTF-8.") from None


def _csv_rows(path, file):
    reader = csv.DictReader(file)
    try:
        columns = set(reader.fieldnames or ())
    except csv.Error as error:
        raise NameListError(f"{path}, line 1: {error}.") from None
    if not ({"drug", "alias"} <= columns and columns & {"kind", "alias_kind"}):
        raise NameListError(f"{path}, line 1: expected the columns drug, alias and kind.")
    while True:
        try:
            yield reader.line_num, next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # of this line alone: those behind it are read
            yield BadLine(reader.line_num, f"{error}.")


def _json_rows(file):
    for number, text in enumerate(file, start=1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except (ValueError, RecursionError):
            yield BadLine(number, "is not JSON.")
            continue
        yield (number, row) if isinstance(row, dict) else BadLine(number, "is not a JSON object.")


def _entry(line, row):
    kind = row.get("kind") or row.get("alias_kind")
    if kind == "title":
        return None
    drug, alias = row.get("drug"), row.get("alias")
    if not (isinstance(drug, str) and isinstance(alias, str)):
        return BadLine(line, "needs drug and alias.")
    if kind not in NAME_KINDS:
        return BadLine(line, f"the kind {kind!r} is not one of {', '.join(NAME_KINDS)}.")
    try:
        return Entry(line, drug.strip(), Name(" ".join(alias.split()), kind))
    except DocumentError as error:
        return BadLine(line, str(error))


def group(entries: Iterable[Entry]) -> GroupedNames:
    """The entries grouped by monograph; a title that two pages bear means both."""
    keys = defaultdict(list)
    for pk, slug, title in Monograph.objects.values_list("pk", "slug", "title"):
        keys[slug].append(pk)
        if title != slug:
            keys[title].append(pk)
    # A dict without values keeps the order of the list and each name once.
    names: defaultdict[int, dict[Name, None]] = defaultdict(dict)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    spelling: dict[str, str] = {}
    unknown = []
    for entry in entries:
        for pk in keys.get(entry.drug, ()):
            names[pk][entry.name] = None
        if entry.drug in keys:
            folded = entry.name.text.casefold()
            spelling.setdefault(folded, entry.name.text)
            owners[folded].add(entry.drug)
        else:
            unknown.append(entry)
    shared = {spelling[alias]: sorted(drugs) for alias, drugs in owners.items() if len(drugs) > 1}
    return GroupedNames({pk: tuple(of_page) for pk, of_page in names.items()}, unknown, shared)


def apply(
    names_by_monograph: Mapping[int, Iterable[Name]], *, by: str, publish: bool = False, dry_run: bool = False
) -> Iterator[NameResult]:
    """The names of each monograph, by its key, added to its desk: what came of each, after its commit.

    With `publish`, pages that differ from their current edition in names from lists alone get a new one.
    """
    items = iter(names_by_monograph.items())
    while batch := dict(itertools.islice(items, BATCH)):
        with transaction.atomic():
            audit.lock_log(audit.IMPORT_LOCK_SECONDS)
            if publish:
                publishing.lock_publishing()
            monographs = _locked(batch)
            new = _new_names(batch, monographs)
            groups = publishing.apart({pk: [name.text for name in names] for pk, names in new.items()})
            results = [
                result
                for group in groups
                for result in _apply_group([(monographs[pk], new[pk]) for pk in group], by, publish)
            ]
            if added := sum(result.added for result in results):
                slugs = ", ".join(result.slug for result in results if result.added)
                audit.record(by, "imported", f"{added} names", slugs)
            transaction.set_rollback(dry_run)
        yield from results


def _locked(keys):
    """The monographs with these keys, by key, with all that is read of them to add names and to publish."""
    rows = Monograph.objects.select_for_update(of=("self",)).select_related("publication__edition")
    return rows.prefetch_related(*desk.PARTS).in_bulk(keys)


def _new_names(names_by_monograph, monographs):
    """Those of the names that are not on the desks yet, nor their titles, by the key of the monograph."""
    present = defaultdict(set)
    rows = DrugName.objects.filter(monograph__in=monographs).values_list("monograph_id", "text", "kind")
    for pk, text, kind in rows:
        present[pk].add((text.casefold(), kind))
    return {
        pk: [
            name
            for name in names_by_monograph[pk]
            if (folded := name.text.casefold()) != monographs[pk].title.casefold()
            and (folded, name.kind) not in present[pk]
        ]
        for pk in names_by_monograph
        if pk in monographs  # nobody has deleted it since the list was read
    }


def _apply_group(additions, by, publish):
    """Results of pairs of a Monograph and its new names, none of which bears on another page's."""
    desk.add_names_each(additions, source=DrugName.Source.LIST, by=by)
    waits = _publish([monograph for monograph, _ in additions], by) if publish else {}
    return [
        NameResult(monograph.slug, len(names), waits.get(monograph) == "", waits.get(monograph) or "")
        for monograph, names in additions
    ]


def _publish(monographs, by):
    """Why each of these desks waits, by its monograph; empty for those published, nothing for those without news."""
    prefetch_related_objects(monographs, "names")
    waits, ready = {}, []
    for monograph in monographs:
        try:
            document = desk.read(monograph)
            waits[monograph] = _objection(monograph, document)
        except DocumentError as error:
            waits[monograph] = f"the text cannot be printed as a page: {error}"
        if not waits[monograph]:
            ready.append((monograph, document))
    try:
        errors = publishing.publish_names(ready, by=by, note="Names from a list.")
    except publishing.PublishingError as error:
        errors = [error] * len(ready)
    for (monograph, _), refusal in zip(ready, errors, strict=True):
        waits[monograph] = str(refusal or "")
        if isinstance(refusal, publishing.Unchanged):
            del waits[monograph]
    return waits


def _objection(monograph, present):
    """Why this command must not publish the desk, which holds `present`; such as that more than names from lists
    differs. Empty if it may.
    """
    if objection := publishing.objection_to_command(monograph):
        return objection.value
    current = monograph.publication.edition.said
    listed = {Name(row.text, row.kind) for row in monograph.names.all() if row.source == DrugName.Source.LIST}
    without = [
        {**vars(document), "names": [name for name in document.names if name not in listed]}
        for document in (current, present)
    ]
    return "" if without[0] == without[1] else "the desk differs in more than names from lists"
