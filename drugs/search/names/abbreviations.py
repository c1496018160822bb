"""Abbreviations of the field, such as GTN or 5-FU, that find a medicine whose page does not say them.

`abbreviations.csv` ships with the site: a short name, the names of the one medicine that it means (the first that a
page bears is enough), and who says so. An abbreviation of several lines means several medicines, and is shown as
such. Operators add lines, or take an abbreviation away by a line without names, in a file of that name in the data
folder; it is read again as soon as it is saved.

`abbreviated_words.csv` has words that stand abbreviated beside others, as in "mag sulph": what they may be written out.
"""

import csv
import functools
import itertools
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings

from drugs.content import normalisation

NAME = "abbreviations.csv"
SHIPPED = Path(__file__).parent / NAME
WORDS = Path(__file__).parent / "abbreviated_words.csv"
# Words of a name that is abbreviated word by word.
MOST_WORDS = 3
# Letters and digits of the longest part of a code such as "NaHCO3".
CODE_CHARS = 7
# A file larger than this is no list of abbreviations.
MOST_BYTES = 1_000_000
log = logging.getLogger(__name__)

# For each abbreviation, folded ("5 fu") and squashed ("5fu"), the medicines that it means, each as its squashed names.
Meanings = Mapping[str, tuple[frozenset[str], ...]]


def meanings(folded: str) -> tuple[frozenset[str], ...]:
    """The medicines that a folded abbreviation means, each as the set of its squashed names; none if it is unknown.

    "na cl" is NaCl, "fes04" FeSO4, and "mag sulph" what its words mean.
    """
    known = _all(*version())
    return known.get(folded) or known.get(_code(folded)) or _written_out(folded)


def _code(folded):
    """Letters and digits of a code or formula, however they were parted; a nought is the letter that looks like it."""
    parts = folded.split()
    if not all(len(part) < CODE_CHARS and (part in _words() or not part.isalpha()) for part in parts):
        return ""
    return "".join(parts).replace("0", "o")


def _written_out(folded):
    """The one medicine that `folded` is if its abbreviated words are written out, in each way that they may be."""
    words, known = folded.split(), _words()
    if not 1 < len(words) <= MOST_WORDS or known.keys().isdisjoint(words):
        return ()
    return (frozenset(map("".join, itertools.product(*(known.get(word, (word,)) for word in words)))),)


@functools.cache
def _words() -> Mapping[str, tuple[str, ...]]:
    with WORDS.open(encoding="utf-8", newline="") as lines:
        return {row["abbreviation"]: tuple(row["words"].split("|")) for row in csv.DictReader(lines)}


def version() -> tuple[Path, int]:
    """What changes when the operators' file does: its path, and when it was written, 0 if there is none."""
    own = Path(settings.DATA_DIR) / NAME
    try:
        return own, own.stat().st_mtime_ns
    except OSError:
        return own, 0


@functools.lru_cache(maxsize=2)
def _all(own: Path, changed: int) -> Meanings:
    found = _read(SHIPPED)
    if changed:
        try:
            found |= _read(own)
        except (OSError, ValueError, csv.Error) as error:
            log.warning("%s is left out: %s", own, error)
    return found


def _read(file: Path) -> dict[str, tuple[frozenset[str], ...]]:
    if file.stat().st_size > MOST_BYTES:
        raise ValueError("it is larger than a list of abbreviations can be.")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return _parsed(csv.DictReader(lines))


def _parsed(rows: Iterable[Mapping[str, str | None]]) -> dict[str, tuple[frozenset[str], ...]]:
    found: dict[str, list[frozenset[str]]] = {}
    for row in rows:
        short = normalisation.fold(row.get("abbreviation") or "")
        if not short:
            raise ValueError("a line has no abbreviation; the first line names abbreviation, names, source.")
        names = {squash(name) for name in (row.get("names") or "").split("|")} - {""}
        found.setdefault(short, [])
        if names:
            found[short].append(frozenset(names))
    whole = {short: tuple(medicines) for short, medicines in found.items()}
    return {squash(short): medicines for short, medicines in whole.items()} | whole


def squash(text: str) -> str:
    """`text` folded and its words run together, as the index of names has them."""
    return "".join(normalisation.words_of(normalisation.fold(text.replace("+", " "))))
