"""Three-way merge of documents: the text from which two people began, and what each of them made of it.

The unit is the section and the row. What one of them left as it was is the other's, without a question; what both
changed in the same way stands; what both changed differently is contested, and a person has to choose. A row that
both changed in different fields is contested too: a sentence that is half one person's has been said by nobody.

Rows are matched with those they began from by what they say, then by the name that tells them apart, then by
likeness (as in `diff`), at last by their place, so that a row which was renamed is still the same row.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from rapidfuzz.distance import LCSseq

from drugs.content.components import with_component
from drugs.content.diff import MANY_PAIRS, count_words, effect_text, faq_heading, likeness, reference_text
from drugs.content.document import Document, Reference, SideEffect, with_places
from drugs.content.hashing import sha256
from drugs.content.vocabulary import NAME_KIND_LABELS, ORIGIN_LABELS, SECTION_HEADINGS

MINE, THEIRS = "mine", "theirs"
_MANY_ROWS = 4000  # more are not compared in order: that takes the square of them
_ALIKE = 0.5  # of two rows; below that another one was written
_FEW_WORDS = 6  # fewer are alike by chance


class Contested(NamedTuple):
    """A part that both changed differently. A text is empty where the part does not exist.

    `key` stays the same while the common text and theirs do: who chose "mine" against that text of theirs means
    whatever the own text says.
    """

    key: str
    what: str
    base: str
    mine: str
    theirs: str


class Merge(NamedTuple):
    """The merged document, with what was chosen for each contested part, and with theirs where nothing was."""

    document: Document
    contested: tuple[Contested, ...]


def merge(
    base: Document, mine: Document, theirs: Document, answers: Mapping[str, str] | None = None
) -> Merge:
    """The changes that lead from `base` to `mine`, and those that lead to `theirs`, in one document.

    `answers` holds MINE or THEIRS by the key of a contested part. Without an answer theirs stands: it is saved
    already, and nobody has said that it should go.
    """
    questions = _Questions(answers or {})
    values: dict[str, Any] = {}
    for name, what, show in _IDENTITY:
        values[name] = questions.choose(what, show, *(getattr(text, name) for text in (base, mine, theirs)))
    texts = base, mine, theirs
    sources = _merge_rows(_REFERENCES, questions, *(text.references for text in texts))
    numbers = [_match(_REFERENCES, text.references, sources) for text in texts]
    for rows in (*_LISTS, _effect_rows(sources)):
        versions = [getattr(text, rows.attribute) for text in texts]
        if rows.attribute == "side_effects":
            versions = [
                _renumbered(effects, places) for effects, places in zip(versions, numbers, strict=True)
            ]
        values[rows.attribute] = _merge_rows(rows, questions, *versions)
    values["references"] = sources
    # Whoever took out the section left no rows in it, and the other one has added some.
    values["sections"] = with_places(values["sections"], values["side_effects"], values["faqs"])
    return Merge(Document(**values), tuple(questions.contested))


class _Questions:
    """The choice between three versions of a part; collects what a person has to be asked."""

    def __init__(self, answers):
        self.answers = answers
        self.contested = []
        self._alike = Counter()

    def choose(self, what, show, base, mine, theirs):
        """The version that stands; None is a part that does not exist. `show` makes the text of one that does."""
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        texts = ["" if version is None else show(version) for version in (base, mine, theirs)]
        said = json.dumps([what if base is None else "", texts[0], texts[2]])
        self._alike[said] += 1
        key = sha256(f"{said}{self._alike[said]}")[:16]
        self.contested.append(Contested(key, what, *texts))
        return mine if self.answers.get(key) == MINE else theirs


# What the lists of a document hold


@dataclass(frozen=True)
class _Rows:
    """How the rows of one list are told apart and named. `keys` are tried in turn, the first tells new ones."""

    attribute: str
    order: str
    label: Callable[[Any], str]
    text: Callable[[Any], str]
    keys: tuple[Callable[[Any], Hashable], ...]
    # What a row that was renamed and moved is known by; names are too short to be alike by more than chance.
    words: Callable[[Any], str] | None = None
    # Rows of the same place are one row that was rewritten only if they agree in this.
    sort: Callable[[Any], Hashable] = lambda row: None


def _heading(section):
    return with_component(section.component, section.heading or SECTION_HEADINGS[section.kind])


def _section_text(section):
    kind = f" ({SECTION_HEADINGS[section.kind]})" if section.heading else ""
    return f"{_heading(section)}{kind}\n\n{section.body}".rstrip()


_IDENTITY: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("title", "Title", str),
    ("slug", "Address", str),
    ("language", "Language", str),
    ("origin", "Origin", lambda origin: ORIGIN_LABELS[origin].phrase),
)
_LISTS = (
    _Rows(
        "names",
        "Order of the names",
        lambda name: f"Name “{name.text}”",
        lambda name: f"{name.text} ({NAME_KIND_LABELS[name.kind].phrase})",
        (lambda name: name.text,),
    ),
    _Rows("ingredients", "Order of the ingredients", "Ingredient “{}”".format, str, (str,)),
    _Rows(
        "classes",
        "Order of the classes",
        lambda row: f"Class “{row.name}”",
        lambda row: f"{row.name}, {row.atc}" if row.atc else row.name,
        (lambda row: row.name,),
    ),
    _Rows(
        "sections",
        "Order of the sections",
        lambda section: f"Section “{_heading(section)}”",
        _section_text,
        (
            lambda section: (section.kind, section.component, section.heading),
            lambda section: (section.kind, _heading(section)),
        ),
        lambda section: f"{section.heading} {section.body}",
        lambda section: section.kind,
    ),
    _Rows(
        "faqs",
        "Order of the questions",
        lambda faq: f"Question “{faq.question}”",
        lambda faq: f"{faq_heading(faq)}\n\n{faq.answer}".rstrip(),
        (faq_heading, lambda faq: faq.question),
        lambda faq: f"{faq.question} {faq.answer}",
    ),
)
_REFERENCES = _Rows(
    "references",
    "Order of the references",
    lambda reference: f"Reference “{reference.title}”",
    reference_text,
    (
        lambda reference: (reference.title, reference.url, reference.locator),
        lambda reference: (reference.title, reference.url),
        lambda reference: reference.title,
    ),
    reference_text,
)


def _effect_rows(references: Sequence[Reference]) -> _Rows:
    return _Rows(
        "side_effects",
        "Order of the side effects",
        lambda effect: f"Side effect “{effect.name}”",
        lambda effect: effect_text(effect, references),
        (lambda effect: (effect.name, effect.component, effect.label), lambda effect: effect.name),
        lambda effect: f"{effect.name} {effect.description}",
    )


def _renumbered(effects: Sequence[SideEffect], places: Mapping[int, int]) -> tuple[SideEffect, ...]:
    """`effects` with the numbers of their sources in the merged list; without one where it stands there no more."""
    return tuple(
        replace(
            effect, reference=places[effect.reference - 1] + 1 if effect.reference - 1 in places else None
        )
        if effect.reference
        else effect
        for effect in effects
    )


# Merging one list

_Version = Sequence[Any]  # of one list: its rows


class _Item(NamedTuple):
    """One row in three versions, by its index in each list; None where it does not exist."""

    base: int | None
    mine: int | None
    theirs: int | None


def _merge_rows(rows, questions, base, mine, theirs):
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    result = {}
    items = list(_items(rows, base, mine, theirs))
    for item in items:
        versions = [
            None if at is None else version[at]
            for at, version in zip(item, (base, mine, theirs), strict=True)
        ]
        what = rows.label(next(version for version in versions if version is not None))
        row = questions.choose(what, rows.text, *versions)
        if row is not None:
            result[item] = row
    return tuple(result[item] for item in _ordered(rows, items, base, result, questions))


def _items(rows: _Rows, base: _Version, mine: _Version, theirs: _Version) -> Iterator[_Item]:
    """Each row of the three lists once."""
    to_mine, to_theirs = _match(rows, base, mine), _match(rows, base, theirs)
    for at in range(len(base)):
        yield _Item(at, to_mine.get(at), to_theirs.get(at))
    added, their_added = _unmatched(mine, to_mine.values()), _unmatched(theirs, to_theirs.values())
    by_both = dict(_pairs_by_key(mine, theirs, added, their_added, (_itself, rows.keys[0])))
    for at in added:
        yield _Item(None, at, by_both.get(at))
    for at in _unmatched(theirs, [*to_theirs.values(), *by_both.values()]):
        yield _Item(None, None, at)


def _unmatched(version, matched):
    """The indexes of `version` that are not among `matched`."""
    matched = set(matched)
    return [at for at in range(len(version)) if at not in matched]


def _ordered(rows, items, base, result, questions):
    """The items of `result` in the order of whoever moved rows, those of the other person behind their neighbours."""
    mine = sorted((item for item in items if item.mine is not None), key=lambda item: item.mine)
    theirs = sorted((item for item in items if item.theirs is not None), key=lambda item: item.theirs)
    common = {item for item in items if None not in item}
    orders = [
        [item for item in order if item in common]
        for order in (sorted(common, key=lambda item: item.base), mine, theirs)
    ]
    chosen = questions.choose(
        rows.order, lambda order: "\n".join(rows.label(base[item.base]) for item in order), *orders
    )
    first, second = (theirs, mine) if chosen == orders[2] else (mine, theirs)
    first = [item for item in first if item in result]
    there, followers, before = set(first), defaultdict(list), None
    for item in second:
        if item in there:
            before = item
        elif item in result:
            followers[before].append(item)
    return followers[None] + [each for item in first for each in (item, *followers[item])]


# Which row came from which


def _match(rows: _Rows, old: _Version, new: _Version) -> dict[int, int]:
    """The index in `new` of each row of `old` that is still there, changed or not."""
    matched = dict(_pairs_in_order(old, new)) if len(old) + len(new) <= _MANY_ROWS else {}
    for pairs in (
        lambda gone, come: _pairs_by_key(old, new, gone, come, (_itself, *rows.keys)),
        lambda gone, come: _pairs_by_likeness(rows, old, new, gone, come),
        lambda gone, come: _pairs_by_place(rows, old, new, gone, come, matched),
    ):
        matched.update(list(pairs(_unmatched(old, matched), _unmatched(new, matched.values()))))
    return matched


def _itself(row):
    return row


def _pairs_in_order(old, new):
    """Pairs of equal rows that nobody moved: of two equal ones the one in its own place, not just the first."""
    for tag, start, end, new_start, _ in LCSseq.opcodes(old, new):
        if tag == "equal":
            for step in range(end - start):
                yield start + step, new_start + step


def _pairs_by_key(old, new, gone, come, keys):
    """Pairs of rows that a key tells to be the same, the first of each name with the first."""
    gone, come = list(gone), list(come)
    for key in keys:
        waiting = defaultdict(list)
        for at in reversed(come):
            waiting[key(new[at])].append(at)
        for at in list(gone):
            if same := waiting[key(old[at])]:
                gone.remove(at)
                come.remove(same[-1])
                yield at, same.pop()


def _pairs_by_likeness(rows, old, new, gone, come):
    """Pairs of rows whose words are for the most part the same."""
    if rows.words is None:
        return
    before, after = (
        {
            at: words
            for at in unmatched
            if (words := count_words(rows.words(version[at]))).total() >= _FEW_WORDS
        }
        for version, unmatched in ((old, gone), (new, come))
    )
    if len(before) * sum(map(len, after.values())) > MANY_PAIRS:
        return  # another page altogether
    for there, words in after.items():
        best = max(before, key=lambda at: likeness(before[at], words), default=None)
        if best is not None and likeness(before[best], words) > _ALIKE:
            del before[best]
            yield best, there


def _pairs_by_place(rows, old, new, gone, come, matched):
    """Pairs of rows behind the same neighbour, where as many came as went."""
    place_of = {there: here for here, there in matched.items()}
    went = _behind(gone, old, {at: at for at in matched})
    came = _behind(come, new, place_of)
    for neighbour, places in went.items():
        others = came.get(neighbour, [])
        if [rows.sort(old[at]) for at in places] == [rows.sort(new[at]) for at in others]:
            yield from zip(places, others, strict=True)


def _behind(unmatched, version, place_of):
    """The `unmatched` indexes of a list, by the row of the base (-1: none) that stands before them."""
    unmatched, neighbour, groups = set(unmatched), -1, defaultdict(list)
    for at in range(len(version)):
        if at in unmatched:
            groups[neighbour].append(at)
        neighbour = place_of.get(at, neighbour)
    return groups
