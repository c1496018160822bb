"""Marked article: a page as readers would see it, section by section, with what changed in it marked in place."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal, NamedTuple

from drugs.content import Document, diff
from drugs.content.markdown import safe_page
from drugs.content.marked_html import mark_changes
from drugs.content.shown_sections import shown_sections
from drugs.web import article

# What stands around the sections: shown by its words, before them.
HEAD = ("title", "language", "origin", "names", "ingredients", "classes")
_MARK = re.compile(r"<(ins|del)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile("<[^>]*>")


class Mark(NamedTuple):
    """A place in the HTML of a section where words came (`ins`) or went (`del`): its id there, and the words."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True)
class MarkedSection:
    """A section of the newer document. `layout`: its words are the same, and stand in other lists, tables or bold.

    `fields` are the paths of what it shows: in the newer document and, of a section that is gone, in the older one.
    """

    anchor: str
    heading: str
    html: str
    state: Literal["same", "changed", "new", "removed", "layout"]
    fields: frozenset[str] = frozenset()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class MarkedArticle:
    """All that differs between two documents: `head` around the sections, and every word in `changes`."""

    sections: list[MarkedSection]
    head: list[diff.Change]
    changes: list[diff.Change]

    @property
    def changed_sections(self) -> list[MarkedSection]:
        return [section for section in self.sections if section.state != "same"]


def marked_article(before: Document | None, after: Document, prefix: str = "") -> MarkedArticle:
    """The page of `after`, with what `before` said otherwise marked; nothing is marked if there is none.

    The ids of the marks begin with `prefix`.
    """
    new = _keyed(after)
    if before is None:
        sections = [
            MarkedSection(entry.anchor, entry.heading, safe_page(html), "same")
            for entry, html in new.values()
        ]
        return MarkedArticle(sections, [], [])
    old = _keyed(before)
    partners = _partners(old, new)
    gone = _gone_behind(old, partners, _fields(before, old), prefix)
    fields = _fields(after, new)
    sections = list(gone[None])
    for key, (entry, html) in new.items():
        _, was = old[partners[key]] if key in partners else (None, "")
        sections.append(
            _marked(entry, was, html, frozenset(fields[entry.anchor]), prefix, is_new=key not in partners)
        )
        sections += gone[key]
    changes = diff.compare(before, after)
    return MarkedArticle(sections, [change for change in changes if change.field in HEAD], changes)


def _marked(entry, was, html, fields, prefix, is_new):
    marked = mark_changes(was, html)
    if is_new or marked.changed:
        shown, marks = _numbered(marked.html, f"{prefix}mark-{entry.anchor}")
        return MarkedSection(
            entry.anchor, entry.heading, shown, "new" if is_new else "changed", fields, marks
        )
    shown = safe_page(marked.html)
    return MarkedSection(entry.anchor, entry.heading, shown, "same" if safe_page(was) == shown else "layout")


def _numbered(html, name):
    """Marked HTML in which each mark has an id, and the marks."""
    marks = []

    def number(match):
        marks.append(Mark(f"{name}-{len(marks) + 1}", match[1], unescape(_TAG.sub("", match[2]))))
        return f'<{match[1]} id="{escape(marks[-1].id)}">{match[2]}</{match[1]}>'

    return safe_page(_MARK.sub(number, html)), tuple(marks)


def _fields(document, keyed):
    """The paths of the rows that each section shows, by its anchor. A repeat without a heading is part of the first."""
    fields = defaultdict(set)
    anchors = {entry.anchor for entry, _ in keyed.values()}
    paths = {
        id(row): f"{name}.{number}"
        for name in ("side_effects", "faqs")
        for number, row in enumerate(getattr(document, name))
    }
    inside = ""
    for shown in shown_sections(document):
        inside = shown.anchor if shown.anchor in anchors else inside
        fields[inside].add(f"sections.{shown.at}")
        fields[inside] |= {paths[id(row)] for row in (*shown.side_effects, *shown.faqs)}
    fields[article.SOURCES] |= {f"references.{number}" for number in range(len(document.references))}
    return fields


def _gone_behind(old, partners, fields, prefix):
    """Sections that are gone, by the key of the new one that stands where the last one before them stood."""
    came_to = {was: now for now, was in partners.items()}
    gone = defaultdict(list)
    behind = None
    for key, (entry, html) in old.items():
        if key in came_to:
            behind = came_to[key]
        else:
            anchor = f"removed-{entry.anchor}"
            shown, marks = _numbered(mark_changes(html, "").html, f"{prefix}mark-{anchor}")
            section = MarkedSection(
                anchor, entry.heading, shown, "removed", frozenset(fields[entry.anchor]), marks
            )
            gone[behind].append(section)
    return gone


def _keyed(document):
    """Sections by heading and which one of that heading it is: what they are known by when others come and go."""
    counts: Counter[str] = Counter()
    keyed = {}
    for entry, html in article.sections(document):
        counts[entry.heading] += 1
        keyed[entry.heading, counts[entry.heading]] = entry, html
    return keyed


def _partners(old, new):
    """The key of the old section that each new one came from: of the same heading, or else at the same anchor."""
    partners = {key: key for key in new if key in old}
    left = {entry.anchor: key for key, (entry, _) in old.items() if key not in partners}
    for key, (entry, _) in new.items():
        if key not in partners and entry.anchor in left:
            partners[key] = left[entry.anchor]
    return partners
