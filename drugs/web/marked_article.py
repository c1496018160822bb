"""Marked article: a page as readers would see it, section by section, with what changed in it marked in place."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from drugs.content import Document, diff
from drugs.content.markdown import safe_page
from drugs.content.marked_html import mark_changes
from drugs.web import article

# What stands around the sections: shown by its words, before them.
HEAD = ("title", "language", "origin", "names", "ingredients", "classes")


@dataclass(frozen=True)
class MarkedSection:
    """A section of the newer document. `layout`: its words are the same, and stand in other lists, tables or bold."""

    anchor: str
    heading: str
    html: str
    state: Literal["same", "changed", "new", "removed", "layout"]


@dataclass(frozen=True)
class MarkedArticle:
    """All that differs between two documents: `head` around the sections, and every word in `changes`."""

    sections: list[MarkedSection]
    head: list[diff.Change]
    changes: list[diff.Change]

    @property
    def changed_sections(self) -> list[MarkedSection]:
        return [section for section in self.sections if section.state != "same"]


def marked_article(before: Document | None, after: Document) -> MarkedArticle:
    """The page of `after`, with what `before` said otherwise marked; nothing is marked if there is none."""
    new = _keyed(after)
    if before is None:
        sections = [
            MarkedSection(entry.anchor, entry.heading, safe_page(html), "same")
            for entry, html in new.values()
        ]
        return MarkedArticle(sections, [], [])
    old = _keyed(before)
    partners = _partners(old, new)
    gone = _gone_behind(old, partners)
    sections = list(gone[None])
    for key, (entry, html) in new.items():
        _, was = old[partners[key]] if key in partners else (None, "")
        sections.append(_marked(entry, was, html, is_new=key not in partners))
        sections += gone[key]
    changes = diff.compare(before, after)
    return MarkedArticle(sections, [change for change in changes if change.field in HEAD], changes)


def _marked(entry, was, html, is_new):
    marked = mark_changes(was, html)
    shown = safe_page(marked.html)
    if is_new or marked.changed:
        return MarkedSection(entry.anchor, entry.heading, shown, "new" if is_new else "changed")
    return MarkedSection(entry.anchor, entry.heading, shown, "same" if safe_page(was) == shown else "layout")


def _gone_behind(old, partners):
    """Sections that are gone, by the key of the new one that stands where the last one before them stood."""
    came_to = {was: now for now, was in partners.items()}
    gone = defaultdict(list)
    behind = None
    for key, (entry, html) in old.items():
        if key in came_to:
            behind = came_to[key]
        else:
            shown = safe_page(mark_changes(html, "").html)
            gone[behind].append(MarkedSection(f"removed-{entry.anchor}", entry.heading, shown, "removed"))
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
