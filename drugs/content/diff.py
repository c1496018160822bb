"""Word diff of two documents: which texts of a page differ, and in which words.

A space that became a no-break or a thin one, or two, is no change: it would hide among itself the doses that are.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from rapidfuzz.distance import LCSseq

from drugs.content.components import with_component
from drugs.content.document import FAQ, Document, Reference, SideEffect
from drugs.content.markdown import plain_lines
from drugs.content.vocabulary import (
    FREQUENCIES,
    GROUP_LABELS,
    NAME_KIND_LABELS,
    ORIGIN_LABELS,
    SECTION_HEADINGS,
    URGENCY_LABELS,
)
from drugs.content.whitespace import fold_runs, fold_spaces

# A number with its decimals is one word: from 1 to 10 a digit is not added, the dose is another one.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+|\s+|[^\w\s]")
# More in one changed passage are shown as a whole: comparing takes the square of them.
_MANY_LINES, _MANY_WORDS = 8000, 3000
MANY_PAIRS = 500_000  # words that are looked at to find what a renamed passage came from
_ALIKE = 0.6  # below that another text was written, and single words that both have mean nothing,
_FEW_WORDS = 20  # unless there are so few that each counts
_AROUND = 160  # characters of unchanged text that are shown beside a change


@dataclass(frozen=True)
class Passage:
    """One text of a document. `key` finds the same text in another one, `field` is its path."""

    key: tuple[str, str, int]  # kind, name, and which one of that name it is, from 1
    what: str
    field: str
    text: str


class Piece(NamedTuple):
    """Words of a change: `kind` is `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """A passage that differs. `what` names it for people, `field` is its path, empty for a new order."""

    what: str
    field: str
    words: tuple[Piece, ...]

    @property
    def before(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.words if piece.kind != "added")

    @property
    def after(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.words if piece.kind != "removed")


def compare(before: Document, after: Document, as_read: bool = False) -> list[Change]:
    """The changes that lead from one document to another, in the order of the page.

    `as_read` says them in the words that readers see, without Markdown; what differs in this alone says so.
    """
    old, new = _passages(before), _passages(after)
    pairs = list(_changed(old, new))
    if as_read:
        seen_old, seen_new = _passages(before, _seen), _passages(after, _seen)
        seen = {id(raw): one for raw, one in zip([*old, *new], [*seen_old, *seen_new], strict=True)}
        pairs = [(was and seen[id(was)], now and seen[id(now)]) for was, now in pairs]
        old, new = seen_old, seen_new
    changes = [_change(now or was, *_texts_of(was, now)) for was, now in pairs]
    return changes + list(_moves(old, new))


def changed_passages(before: Document, after: Document) -> Iterator[tuple[Passage, str, str]]:
    """Passages that differ, each with what it said before and what it says now, whole; "" where it was not there."""
    return ((now or was, *_texts_of(was, now)) for was, now in _changed(_passages(before), _passages(after)))


def _changed(old, new):
    """Each passage that differs before and now; None where there was or is none."""
    partner = _partners(old, new)
    matched = set()
    for passage in new:
        other = partner.get(passage.key)
        matched.add(other and other.key)
        old_text, new_text = _texts_of(other, passage)
        if other is None or fold_runs(old_text) != fold_runs(new_text):
            yield other, passage
    yield from ((passage, None) for passage in old if passage.key not in matched)


def _texts_of(old: Passage | None, new: Passage | None) -> tuple[str, str]:
    """What two partners say. A section says its heading, too, if that is another one: the others do so always."""
    if old is None or new is None:
        return old.text if old else "", new.text if new else ""
    if new.key[0] == "section" and old.key[1] != new.key[1]:
        return f"{old.key[1]}\n{old.text}", f"{new.key[1]}\n{new.text}"
    return old.text, new.text


def _seen(text: str) -> str:
    """A Markdown text as readers see it, an item of a list behind a dot."""
    return re.sub("^- ", "• ", plain_lines(text), flags=re.MULTILINE)


def as_text(changes: Iterable[Change]) -> str:
    """`changes` as plain text: what differs, and on the next lines its words, [-removed-] or {+added+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "\n\n".join(
        f"{change.what}\n{''.join(marks[kind].format(text) for kind, text in change.words).rstrip()}"
        for change in changes
    )


def _passages(document: Document, said: Callable[[str], str] = str) -> list[Passage]:
    """All texts of `document`; `said` is what is shown of a text in Markdown."""
    counts: Counter[tuple[str, str]] = Counter()

    def passage(kind, what, field, text, name=""):
        name = fold_spaces(name)
        counts[kind, name] += 1
        return Passage((kind, name, counts[kind, name]), what, field, text)

    identity = [
        passage("title", _("Title"), "title", document.title),
        passage("language", _("Language"), "language", document.language),
        passage("origin", _("Origin"), "origin", _(ORIGIN_LABELS[document.origin].phrase)),
        passage(
            "names",
            _("Names"),
            "names",
            "\n".join(f"{n.text} ({_(NAME_KIND_LABELS[n.kind].phrase)})" for n in document.names),
        ),
        passage("ingredients", _("Ingredients"), "ingredients", "\n".join(document.ingredients)),
        passage(
            "classes", _("Classes"), "classes", "\n".join(_line(c.name, c.atc) for c in document.classes)
        ),
    ]
    sections = [
        passage(
            "section",
            _("Section “%(name)s”") % {"name": heading},
            f"sections.{index}",
            said(section.body),
            heading,
        )
        for index, section in enumerate(document.sections)
        for heading in [
            with_component(section.component, said(section.heading) or _(SECTION_HEADINGS[section.kind]))
        ]
    ]
    effects = [
        passage(
            "effect",
            _("Side effect “%(name)s”") % {"name": said(e.name)},
            f"side_effects.{index}",
            effect_text(e, document.references, said),
            with_component(e.component, said(e.name)),
        )
        for index, e in enumerate(document.side_effects)
    ]
    faqs = [
        passage(
            "faq",
            _("Question “%(name)s”") % {"name": said(f.question)},
            f"faqs.{index}",
            f"{asked}\n{said(f.answer)}",
            asked,
        )
        for index, f in enumerate(document.faqs)
        for asked in [with_component(f.component, said(f.question))]
    ]
    references = [
        passage("reference", _("Reference"), f"references.{index}", reference_text(r), r.title)
        for index, r in enumerate(document.references)
    ]
    return [*identity, *sections, *effects, *faqs, *references]


def _line(*parts):
    return ", ".join(str(part) for part in parts if part)


def effect_text(effect: SideEffect, references: Sequence[Reference], said: Callable[[str], str] = str) -> str:
    """All that one side effect says, as lines of text; its source by its own words, since its number may move.

    `said` is what is shown of its texts in Markdown.
    """
    words = FREQUENCIES[effect.frequency]
    frequency = _(words) if words else _("no number given")
    group, urgency = _(GROUP_LABELS[effect.group].phrase), _(URGENCY_LABELS[effect.urgency].phrase)
    name = with_component(effect.component, said(effect.name))
    text = f"{name}: {said(effect.description)}\n{frequency}; {urgency}; {group}; {said(effect.label)}"
    if effect.reference:
        source = references[effect.reference - 1]
        text += "\n" + _("Source: %(source)s") % {"source": _line(source.title, source.locator)}
    return text


def faq_heading(faq: FAQ) -> str:
    """A question with the component that it is about."""
    return with_component(faq.component, faq.question)


def reference_text(reference: Reference) -> str:
    """All that one reference says, as one line."""
    return _line(
        reference.title,
        reference.publisher,
        reference.year,
        reference.url,
        reference.accessed_on and _("read on %(date)s") % {"date": reference.accessed_on},
        reference.country,
        reference.version and _("version %(number)s") % {"number": reference.version},
        reference.date,
        reference.locator,
        reference.source,
        reference.set_id,
    )


def _partners(old, new):
    """For each key of `new` the old passage that it came from: the same name, or else a like text."""
    by_key = {passage.key: passage for passage in old}
    partner = {passage.key: by_key[passage.key] for passage in new if passage.key in by_key}
    gone = [(passage, _bag(passage)) for passage in old if passage.key not in partner]
    come = [(passage, _bag(passage)) for passage in new if passage.key not in partner]
    if len(gone) * sum(len(bag) for _, bag in come) > MANY_PAIRS:
        return partner  # another page altogether
    for passage, bag in come:
        same_kind = [pair for pair in gone if pair[0].key[0] == passage.key[0]]
        best = max(same_kind, key=lambda pair: likeness(pair[1], bag), default=None)
        if best and likeness(best[1], bag) > 0.5:
            partner[passage.key] = best[0]
            gone.remove(best)
    return partner


def _bag(passage):
    return count_words(f"{passage.key[1]} {passage.text}")  # its name's words included


def count_words(text: str) -> Counter[str]:
    """The words of a text, and how often each stands there (bag of words)."""
    return Counter(text.split())


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """From 0 to 1: how much of two bags of words is the same."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _moves(old, new):
    lists = {
        "section": _("Order of the sections"),
        "effect": _("Order of the side effects"),
        "faq": _("Order of the questions"),
    }
    for kind, what in lists.items():
        orders = [[p.key for p in passages if p.key[0] == kind] for passages in (old, new)]
        common = set(orders[0]) & set(orders[1])
        before, after = ([key for key in order if key in common] for order in orders)
        if before != after:
            texts = ("\n".join(key[1] for key in order) for order in (before, after))
            yield Change(what, "", tuple(_by_lines(*texts)))


def word_changes(before: str, after: str) -> list[Piece]:
    """The pieces that lead from one text to another, none of them shortened."""
    return list(_by_lines(before, after))


def text_change(what: str, before: str, after: str) -> Change:
    """The change of one text, which `what` names for people; what stays the same is shortened."""
    return Change(what, "", tuple(_shortened(_by_lines(before, after))))


def _change(passage, before, after):
    if fold_runs(before) == fold_runs(after):
        same = _("Its words are the same. How they are set, or where a link leads, has changed.")
        return Change(passage.what, passage.field, (Piece("same", same),))
    words = _by_names(before, after) if passage.field == "names" else ()
    return Change(passage.what, passage.field, tuple(words or _shortened(_by_lines(before, after))))


def _by_names(before, after):
    """The names that went and came, one a line, without those that stay; nothing if only their order is another."""
    old, new = before.split("\n"), after.split("\n")
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    return _replaced("\n".join(filter(None, gone.elements())), "\n".join(filter(None, come.elements())))


def _by_lines(before, after):
    """Pieces of whole lines first, then of words inside those that changed. The end of a line is no part of it."""
    a, b = _lines(before), _lines(after)
    if len(a) + len(b) > _MANY_LINES:
        yield from _replaced(before, after)
        return
    for tag, i, j, k, m in steps(
        *_folded(*([line.removeprefix("\n") for line in lines] for lines in (a, b)))
    ):
        old, new = "".join(a[i:j]), "".join(b[k:m])
        if tag != "equal":
            yield from _by_words(old, new)
            continue
        if i == 0 < k:  # the first line of the one text is a later one of the other
            yield Piece("added", "\n")
        elif k == 0 < i:
            yield Piece("removed", "\n")
        yield Piece("same", new[1:] if i == 0 < k else new)


def _lines(text):
    """The lines of a text; each but the first begins with the end of the one before it."""
    first, *others = text.split("\n")
    return [first, *(f"\n{line}" for line in others)] if text else []


def _by_words(before, after):
    a, b = _WORD.findall(before), _WORD.findall(after)
    size = len(a) + len(b)
    if size > _MANY_WORDS or size > _FEW_WORDS and 2 * LCSseq.similarity(*_folded(a, b)) < _ALIKE * size:
        yield from _replaced(before, after)
        return
    for tag, i, j, k, m in steps(*_folded(a, b)):
        if tag == "equal":
            yield Piece("same", "".join(b[k:m]))
        else:
            yield from _replaced("".join(a[i:j]), "".join(b[k:m]))


def _folded(*lists):
    """Lists of lines or words as they are compared; a word of spaces is one space."""
    return [
        [fold_runs(text) if text.strip(" ") else " " for text in map(fold_spaces, texts)] for texts in lists
    ]


def steps(a: Sequence[Hashable], b: Sequence[Hashable]) -> Iterator[tuple[str, int, int, int, int]]:
    """How `a` becomes `b`: tuples of "equal" or "replace", start and end in `a`, start and end in `b`; neighbours that
    change are one step. Not difflib's, which takes the cube of a text whose words or blank lines repeat.
    """
    changed: tuple[int, int, int, int] | None = None
    for step in LCSseq.opcodes(a, b):
        i, j, k, m = step.src_start, step.src_end, step.dest_start, step.dest_end
        if step.tag != "equal":
            changed = (changed[0], j, changed[2], m) if changed else (i, j, k, m)
            continue
        if changed:
            yield "replace", *changed
        changed = None
        yield "equal", i, j, k, m
    if changed:
        yield "replace", *changed


def _replaced(before, after):
    return [piece for piece in (Piece("removed", before), Piece("added", after)) if piece.text]


def _shortened(words):
    for kind, text in words:
        if kind == "same" and len(text) > 3 * _AROUND:
            # Between words: the end of one, such as "t" of "not", would read as another.
            start = re.match(r"(.*\S)\s", text[: _AROUND + 1], re.DOTALL)
            end = re.search(r"\s(\S.*)", text[-_AROUND - 1 :], re.DOTALL)
            text = f"{start[1] if start else text[:_AROUND]} […] {end[1] if end else text[-_AROUND:]}"
        yield Piece(kind, text)
