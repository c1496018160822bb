"""Checks before a review is signed (level `review`): what cannot be published as reviewed."""

import re
from collections.abc import Iterator

from drugs.content import Document, Finding
from drugs.content.countries import foreign_emergency_numbers
from drugs.content.whitespace import excerpt
from drugs.content_checks.texts import find_invisible, texts

# ISMP and NHS lists of error-prone dose notation: 1.0 mg is read as 10 mg, .5 mg as 5 mg.
_UNIT = r"(?:mg|mcg|micrograms?|g|kg|ml|mL|mmol|units?|IU)\b"
_TRAILING_ZERO = re.compile(rf"\b\d+\.0+\s*{_UNIT}")
_NAKED_DECIMAL = re.compile(rf"(?<![\d.])\.\d+\s*{_UNIT}")
_NAMED = 3  # of the side effects that a finding is about; the rest are counted
_NO_NUMBER = re.compile(r"(?<![\w/.,\d%)-])(?<!\d )(?<!per )(?<!in )mg\b(?!/)")


def title_is_what_it_looks_like(document: Document) -> Iterator[Finding]:
    """Nobody signs a title that looks the same as another one and is not."""
    if message := find_invisible(document.title):
        yield Finding("review", "title-unseen", message, "title")


def effects_are_sorted(document: Document) -> Iterator[Finding]:
    """A signed page says for each side effect what a reader should do. One finding tells what is left to do."""
    unsorted = [index for index, effect in enumerate(document.side_effects) if effect.urgency == "unsorted"]
    if unsorted:
        names = ", ".join(f"“{document.side_effects[index].name}”" for index in unsorted[:_NAMED])
        names += f" and {len(unsorted) - _NAMED} more" if len(unsorted) > _NAMED else ""
        message = f"Nobody has sorted {names} by what a reader should do."
        yield Finding("review", "unsorted", message, f"side_effects.{unsorted[0]}")


def sources_are_named(document: Document) -> Iterator[Finding]:
    """A reader, and whoever reviews the page again, must be able to look up what it says."""
    if not document.references:
        yield Finding("review", "no-references", "The page names no source.", "references")


def says_who_must_not_take_it(document: Document) -> Iterator[Finding]:
    """Silence on contraindications reads as if there were none."""
    if not any(section.body for section in document.of_kind("do_not_take")):
        message = "Nothing is said on who must not take it. If nobody must not, say that."
        yield Finding("review", "no-do-not-take", message, "sections")


def says_something_on_pregnancy(document: Document) -> Iterator[Finding]:
    """Silence on pregnancy and breastfeeding reads as if there were no risk."""
    if not any(section.body for section in document.of_kind("pregnancy")):
        message = "Nothing is said on pregnancy and breastfeeding."
        yield Finding("review", "no-pregnancy", message, "sections")


def doses_are_unmistakable(document: Document) -> Iterator[Finding]:
    """Numbers that are misread by a factor of ten, and an mg whose number got lost."""
    patterns = (
        (_TRAILING_ZERO, "trailing-zero", "a trailing zero is misread as ten times as much"),
        (_NAKED_DECIMAL, "naked-decimal", "without a 0 before the point it is misread as ten times as much"),
        (_NO_NUMBER, "no-number", "mg without a number"),
    )
    for path, text in texts(document):
        for pattern, code, words in patterns:
            if match := pattern.search(text):
                around = excerpt(text, *match.span(), before=15, after=10)
                yield Finding("review", code, f"“{around}”: {words}.", path)


def emergency_number_is_ours(document: Document, country: str) -> Iterator[Finding]:
    """Another country's emergency number leads nowhere when it is needed. `country` is the code of the site's own."""
    numbers = "|".join(sorted(map(re.escape, foreign_emergency_numbers(country)), key=len, reverse=True))
    calls = re.compile(rf"\b(?:call|dial|phone|ring|contact|or)\s+({numbers})\b(?![-\d])", re.IGNORECASE)
    for path, text in texts(document):
        if match := calls.search(text):
            message = f"“{match[0]}” is not an emergency number in this site's country."
            yield Finding("review", "emergency-number", message, path)


CHECKS = (
    title_is_what_it_looks_like,
    effects_are_sorted,
    sources_are_named,
    says_who_must_not_take_it,
    says_something_on_pregnancy,
    doses_are_unmistakable,
)
