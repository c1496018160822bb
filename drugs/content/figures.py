"""Figures that differ between two documents: numbers with their units, and the words that turn or limit a sentence.

A reader of a long diff overlooks the digit that is a tenfold dose (ISMP, List of Error-Prone Dose Designations), so
these stand in a list of their own.
"""

import re
from itertools import islice
from typing import NamedTuple

from drugs.content import diff
from drugs.content.document import Document
from drugs.content.normalisation import fold
from drugs.content.spelling import NEGATIONS, NUMBER_WORDS, UNITS
from drugs.content.vocabulary import URGENCY_LABELS
from drugs.content.whitespace import excerpt, fold_spaces

MOST = 100  # are listed; the page itself shows the others
_LIMITS = frozenset(
    "more less than over under above below least maximum minimum max min exceed before after until between higher "
    "lower increase decrease raise reduce double halve start stop".split()
)
# Whole, so that an urgency that rises or falls is listed in the words of the page.
_URGENCIES = tuple(labels.phrase for labels in URGENCY_LABELS.values())
_CRITICAL = NEGATIONS | NUMBER_WORDS | UNITS | _LIMITS | {phrase.replace(" ", "") for phrase in _URGENCIES}
_SIGNS = frozenset("<>≤≥±=~%°℃℉")
_SPACE = "[ \u00a0\u2009\u202f]?"
_DEGREE = rf"[°º˚](?:{_SPACE}[cf](?![^\W_]))?|[℃℉]"
_UNIT = rf"(?:%|{_DEGREE}|(?:{'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})(?![^\W_]))"
# An address and the set id of a label name a thing: their digits are nobody's dose.
_IDENTIFIER = r"https?://[\w.~:/?#@!$&'+,;=%-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![^\W_])"
_TOKEN = re.compile(
    rf"(?:{'|'.join(map(re.escape, _URGENCIES))})(?![^\W_])|{_IDENTIFIER}|"
    rf"\d+(?:[.,'\u00a0\u202f]\d+)*(?:{_SPACE}-?{_UNIT})?(?:{_SPACE}/{_SPACE}(?:\d+{_SPACE})?{_UNIT})*"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\S",
    re.IGNORECASE,
)
_NAMES_A_THING = re.compile(_IDENTIFIER, re.IGNORECASE)
_MANY_TOKENS = 12_000
_SHORT = 60  # characters
_AROUND = 50  # characters of the text that are shown on each side


class FigureChange(NamedTuple):
    """One place where figures differ: `what` names the passage, `before` and `after` hold the figures, "" for none.

    `context` is the new text around them, or the old one where nothing is left. `field` is the passage's path in the
    newer document, or in the older one if it is gone.
    """

    what: str
    field: str
    before: str
    after: str
    context: str


class FigureChanges(NamedTuple):
    """The first MOST changes in the order of the page, and how many more there are."""

    listed: list[FigureChange]
    more: int


def figure_changes(before: Document, after: Document) -> FigureChanges:
    """Numbers, units, negations and limits that differ between two documents."""
    found = (
        change
        for passage, old, new in diff.changed_passages(before, after)
        for change in _changes(passage, old, new)
    )
    listed = list(islice(found, MOST))
    return FigureChanges(listed, sum(1 for _ in found))


def _changes(passage, before, after):
    old, new = list(_TOKEN.finditer(before)), list(_TOKEN.finditer(after))
    for i, j, k, m in _runs([_key(token) for token in old], [_key(token) for token in new]):
        gone, come = _critical(old[i:j]), _critical(new[k:m])
        if list(map(_folded, gone)) != list(map(_folded, come)):
            context = _around(after, new, k, m) if m > k else _around(before, old, i, j)
            figures = _said(before, old[i:j]), _said(after, new[k:m])
            yield FigureChange(passage.what, passage.field, *figures, context)


def _runs(a, b):
    """Start and end in `a` and in `b` of each run that differs."""
    if len(a) + len(b) > _MANY_TOKENS:
        return [(0, len(a), 0, len(b))]
    return [place for tag, *place in diff.steps(a, b) if tag != "equal"]


def _key(token):
    return _folded(token[0])


def _folded(text):
    return fold_spaces(text).replace(" ", "").casefold()


def _critical(tokens):
    return [token[0] for token in tokens if _is_critical(token[0])]


def _said(text, tokens):
    """The figures with the words between them, or alone if those are many."""
    critical = [token for token in tokens if _is_critical(token[0])]
    if not critical:
        return ""
    words = text[critical[0].start() : critical[-1].end()]
    return " ".join(words.split()) if len(words) <= _SHORT else ", ".join(token[0] for token in critical)


def _is_critical(text):
    if _NAMES_A_THING.fullmatch(text):
        return False
    return text[0].isdigit() or text[0] in _SIGNS or fold(text).replace(" ", "") in _CRITICAL


def _around(text, tokens, first, last):
    """The words of `text` around the tokens from `first` to before `last`, without marks of emphasis."""
    start, end = tokens[first].start(), min(tokens[last - 1].end(), tokens[first].start() + 300)
    return excerpt(text, start, end, before=_AROUND, after=_AROUND).replace("**", "")
