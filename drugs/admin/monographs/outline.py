"""The outline of a change form: its parts in order, with what is in each, what the checks found and what changed."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.text import Truncator, capfirst

from drugs.admin.monographs.findings import MAIN_FIELD
from drugs.admin.monographs.form import MonographForm
from drugs.admin.monographs.row_forms import RowForm, RowFormSet
from drugs.content import SECTION_HEADINGS, Document, Finding
from drugs.content.components import with_component

HEAD = ("title", "slug", "language", "origin")
_MARKS = re.compile(
    r"\*\*|__|^\s*(?:#{1,6}|[-*+>])\s+", re.MULTILINE
)  # of Markdown, which say nothing in a line
_WORDS = 16  # of a section are shown while it is folded
_ROWS = 4  # of a list are named while it is folded


class State(NamedTuple):
    """A state of a part: `key` chooses its mark, `words` say it."""

    key: str
    words: str


@dataclass(frozen=True)
class Part:
    """A part of the form: where it stands, what it is called, how it begins, and its states, the gravest first."""

    anchor: str
    name: str
    begins: str
    states: tuple[State, ...]
    is_section: bool = False

    @property
    def key(self) -> str:
        return self.states[0].key


def outline(
    fields: MonographForm,
    document: Document | None,
    edition: Document | None,
    findings: Iterable[Finding],
) -> list[Part]:
    """The parts of the form of `fields` and their formsets, as the desk's `document`, the current `edition` and the
    `findings` say. Each row of the sections, and each other formset, gets its own as `outline`.
    """
    points = Counter(_place(finding.field) for finding in findings)
    changed = _changed(document, edition)
    points["head"] = sum(points[name] for name in HEAD)
    is_wrong = any(name in fields.errors for name in HEAD)
    is_empty = "title" in fields.fields and not fields["title"].value()
    head = _states(is_wrong, is_empty, points["head"], "head" in changed)
    parts = [Part("id_title", "Title and origin", "", head)]
    for formset in fields.formsets:
        if formset.prefix == "sections":
            parts += _sections(formset, points, changed)
        else:
            formset.outline = _list_of_rows(formset, points, changed)
            parts.append(formset.outline)
    return parts


def _place(path):
    """The part of the form that a document's path is in: `sections.3` of `sections.3.body`, else its first word."""
    name, _, rest = path.partition(".")
    return f"sections.{rest.partition('.')[0]}" if name == "sections" and rest else name


def _sections(formset: RowFormSet, points: Mapping[str, int], changed: Container[str]) -> Iterator[Part]:
    names: Counter[str] = Counter()
    for index, form in enumerate(formset.row_forms):
        body = _value(form, "body")
        place = f"sections.{index}"
        states = _states(bool(form.errors), not body.strip(), points[place], place in changed)
        begins = Truncator(_MARKS.sub("", body[:400])).words(_WORDS)
        name = section_name(form)
        names[name] += 1
        told = name if names[name] == 1 else f"{name} ({names[name]})"
        form.outline = Part(f"sections-{index}", told, begins, states, is_section=True)
        yield form.outline


def section_name(form: RowForm) -> str:
    """What a section is called: its component, and its own heading or that of its kind."""
    heading = _value(form, "heading").strip() or SECTION_HEADINGS.get(_value(form, "kind"), "New section")
    return with_component(_value(form, "component").strip(), str(heading))


def _list_of_rows(formset: RowFormSet, points: Mapping[str, int], changed: Container[str]) -> Part:
    main = MAIN_FIELD[formset.prefix] if formset.prefix != "faqs" else "question"
    named = [text for form in formset.row_forms[:_ROWS] if (text := _value(form, main))]
    count = len(formset.row_forms)
    begins = f"{count}: {Truncator(', '.join(named)).chars(80)}" if count else ""
    wrong = formset.total_error_count() > 0
    states = _states(wrong, not count, points[formset.prefix], formset.prefix in changed)
    return Part(f"{formset.prefix}-group", list_name(formset), begins, states)


def list_name(formset: RowFormSet) -> str:
    """What a list of rows is called on the screen."""
    name = str(formset.model._meta.verbose_name_plural)
    own = {"names": "Other names", "side_effects": "List of side effects", "faqs": "List of questions"}
    return own.get(formset.prefix, capfirst(name))


def _value(form, field):
    """The text of `field` as the form shows it; of somebody who may only read, as the desk has it."""
    value = form[field].value() if field in form.fields else getattr(form.instance, field)
    return "" if value is None else str(value)


def _states(wrong: bool, empty: bool, points: int, changed: bool) -> tuple[State, ...]:
    """What is to be said of a part; of one that is not empty, at the least that the checks have nothing to say."""
    told = [
        wrong and State("mistake", "mistake to mend"),
        empty and State("empty", "empty"),
        bool(points) and State("points", f"{points} point{'s' * (points != 1)} of the checks"),
        changed and State("changed", "changed"),
    ]
    return tuple(state for state in told if state) or (State("checked", "checks clear"),)


def _changed(document: Document | None, edition: Document | None) -> set[str]:
    """The parts of `document` that are not as in `edition`; none while there is no edition to differ from."""
    if not (document and edition):
        return set()
    lists = ("names", "ingredients", "classes", "side_effects", "faqs", "references")
    changed = {name for name in lists if getattr(document, name) != getattr(edition, name)}
    if any(getattr(document, name) != getattr(edition, name) for name in HEAD):
        changed.add("head")
    before = dict(_by_key(edition))
    for index, (key, section) in enumerate(_by_key(document)):
        if before.get(key) != section:
            changed.add(f"sections.{index}")
    return changed


def _by_key(document: Document) -> Iterator[tuple[tuple[str, str, int], Any]]:
    """Each section under its kind, its component, and which one of these it is: whatever stands before it."""
    seen: Counter[tuple[str, str]] = Counter()
    for section in document.sections:
        seen[section.kind, section.component] += 1
        yield (section.kind, section.component, seen[section.kind, section.component]), section
