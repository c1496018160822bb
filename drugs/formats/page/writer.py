"""Serialiser of the page format: a document as text from which `read_body` reads exactly this document."""

import dataclasses
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import yaml

from drugs.content import (
    FAQ,
    FILE_BYTES,
    LABEL_KEYS,
    SECTION_HEADINGS,
    Document,
    DocumentError,
    Section,
    SideEffect,
    ends_in_mark,
)
from drugs.content.components import place_of
from drugs.formats.page.front_matter import FRONT_MATTER_BYTES
from drugs.formats.page.marks import ends_in_component, ends_in_reference
from drugs.formats.page.reader import KIND_OF_HEADING

# A description that starts so is a list, a table, code or a quotation only at the start of a line.
_BLOCK_START = re.compile(r"\s|[*+-](\s|$)|\d+[.)]|[>#|]|```|~~~")


def write_page(document: Document) -> str:
    """Text of the page that says what `document` says.

    Raises DocumentError if the page would be longer than a reader of pages accepts.
    """
    front = _front_matter(document)
    if len(front.encode()) > FRONT_MATTER_BYTES + 1:  # its last newline is not counted
        message = f"would make front matter of over {FRONT_MATTER_BYTES:,} bytes; leave some names out."
        raise DocumentError("names, ingredients, classes and references", message)
    text = f"---\n{front}---\n" + "\n\n".join([f"# {document.title}", *_blocks(document)]) + "\n"
    if len(text.encode()) > FILE_BYTES:
        raise DocumentError("document", f"would make a page of over {FILE_BYTES:,} bytes.")
    return text


def write_for_readers(
    document: Document,
    facts: Mapping[str, object],
    said_first: str,
    urgencies: Mapping[str, str],
    said_last: str = "",
) -> str:
    """Markdown of a page for whoever reads it without the site around it: no file to import again.

    `facts` join the front matter, `said_first` is the first line, quoted, below the title. `urgencies` has the words
    for each urgency that is said, which stand before a side effect's description; `said_last` stands at the end.
    Misspellings are no names here.
    """
    names = tuple(name for name in document.names if name.kind != "misspelling")
    effects = tuple(_in_words(effect, urgencies) for effect in document.side_effects)
    shown = dataclasses.replace(document, names=names, side_effects=effects)
    front = _front_matter(shown) + _yaml({key: value for key, value in facts.items() if value})
    parts = [f"# {shown.title}", f"> {said_first}", *_blocks(shown), *filter(None, [said_last])]
    return f"---\n{front}---\n" + "\n\n".join(parts) + "\n"


def _in_words(effect: SideEffect, urgencies: Mapping[str, str]) -> SideEffect:
    words = urgencies.get(effect.urgency)
    if not words:
        return effect
    between = "\n\n" if _BLOCK_START.match(effect.description) else " "
    description = f"{words}{between}{effect.description}" if effect.description else words
    return dataclasses.replace(effect, description=description, urgency="unsorted")


_MAP = "tag:yaml.org,2002:map"
_SEQ = "tag:yaml.org,2002:seq"


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)  # the items of a list stand two spaces in

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Inline(dict):
    """A mapping printed in one line: {text: ..., kind: ...}."""


class _InlineList(list):
    """A list printed in one line."""


_Dumper.add_representer(_Inline, lambda dumper, data: dumper.represent_mapping(_MAP, data.items(), True))
_Dumper.add_representer(_InlineList, lambda dumper, data: dumper.represent_sequence(_SEQ, data, True))


def _front_matter(document: Document) -> str:
    classes = [_inline(name=item.name, atc=item.atc) if item.atc else item.name for item in document.classes]
    keys = {
        "format": document.schema,
        "title": document.title,
        "slug": document.slug,
        "language": document.language if document.language != "en" else "",
        "origin": document.origin,
        "names": [_inline(text=name.text, kind=name.kind) for name in document.names],
        "ingredients": _InlineList(document.ingredients),
        "classes": classes if any(item.atc for item in document.classes) else _InlineList(classes),
        "references": [
            _inline(
                title=ref.title,
                publisher=ref.publisher,
                url=ref.url,
                year=ref.year,
                accessed_on=ref.accessed_on,
                **{key: getattr(ref, key) for key in LABEL_KEYS},
            )
            for ref in document.references
        ],
    }
    keys = {key: value for key, value in keys.items() if value}
    return _yaml(keys)


def _yaml(keys: Mapping[str, object]) -> str:
    return yaml.dump(dict(keys), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"))


def _inline(**values: object) -> _Inline:
    return _Inline((key, value) for key, value in values.items() if value)


def _blocks(document: Document) -> Iterator[str]:
    """Parts of the page that blank lines divide."""
    component, below_title = "", True
    for section, entries in zip(document.sections, _entries(document), strict=True):
        if section.component != component:
            component, below_title = section.component, True
            yield f"# {component or document.title}"
        if below_title and section.kind == "other" and section.body and not section.heading:
            yield section.body
            below_title = False
            continue
        below_title = False
        head = f"## {_section_heading(section)}"
        if section.body:
            yield f"{head}\n{section.body}"
        else:
            yield "\n".join([head, *entries[:1]])
            entries = entries[1:]
        yield from entries


def _entries(document: Document) -> list[list[str]]:
    """For each section the side effects or questions that stand in it, as they are written."""
    entries: list[list[str]] = [[] for _ in document.sections]
    questions = functools.partial(_questions, marks=document.schema > 1)
    groups = functools.partial(_groups, references=document.schema > 2)
    for kind, write in (("side_effects", groups), ("faqs", questions)):
        for place, run in itertools.groupby(getattr(document, kind), _places(document, kind)):
            entries[place] = write(run, document.sections[place].component)
    return entries


def _places(document: Document, kind: str) -> Callable[[SideEffect | FAQ], int]:
    """The index of the section in which a row of `kind` stands; each has one in a document."""
    return lambda row: place_of(document.sections, kind, row.component) or 0


def _section_heading(section: Section) -> str:
    if not section.heading:
        return SECTION_HEADINGS[section.kind]
    mistaken = ends_in_mark(section.heading) or section.heading.casefold() in KIND_OF_HEADING
    if section.kind == "other" and not mistaken:
        return section.heading
    return f"{section.heading} {{{section.kind}}}"


def _groups(side_effects: Iterable[SideEffect], component: str, *, references: bool) -> list[str]:
    """Groups of effects in a section of `component`, each with its own component where it has another one;
    `references` says whether the format knows marks that name the source of an effect.
    """
    item = functools.partial(_item, references=references)
    runs = itertools.groupby(side_effects, key=lambda effect: (effect.label, effect.group, effect.component))
    groups = []
    for (label, group, own), effects in runs:
        mark = f"{{{group}, component: {own}}}" if own != component else f"{{{group}}}"
        heading = f"### {label} {mark}" if label else f"### {mark}"
        groups.append("\n".join([heading, *map(item, effects)]))
    return groups


def _item(effect: SideEffect, *, references: bool) -> str:
    text = f"* **{effect.name}**"
    if effect.description:
        first, *more = effect.description.split("\n")
        text += ":\n  " if _BLOCK_START.match(first) else ": "
        text += "\n".join([first, *("  " + line if line else "" for line in more)])
    marks = [
        *([effect.frequency] if effect.frequency != "not_stated" else []),
        *([effect.urgency] if effect.urgency != "unsorted" else []),
    ]
    mistaken = ends_in_mark(effect.description) or references and ends_in_reference(effect.description)
    if not marks and mistaken:
        marks = ["not_stated"]  # says nothing, but keeps the end of the text from being taken for a mark
    if effect.reference:
        marks.append(f"reference: {effect.reference}")
    if marks:
        text += ("\n  " if "\n" in text else " ") + f"{{{', '.join(marks)}}}"
    return text


def _questions(faqs: Iterable[FAQ], component: str, *, marks: bool) -> list[str]:
    """Questions in a section of `component`; `marks` says whether the format knows marks that name another one."""
    return [
        _question(faq, marks and (faq.component != component or ends_in_component(faq.question)))
        for faq in faqs
    ]


def _question(faq: FAQ, marked: bool) -> str:
    mark = f" {{component: {faq.component}}}" if marked else ""
    return f"### {faq.question}{mark}\n{faq.answer}" if faq.answer else f"### {faq.question}{mark}"
