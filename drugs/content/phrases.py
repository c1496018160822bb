"""Phrases: words found in the texts of a document, and put in the place of others."""

import re
from dataclasses import replace

from drugs.content.document import Document

SHORTEST, LONGEST = 3, 200  # characters of a phrase


def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """The pattern of `phrase` as whole words, letter by letter; any run of spaces stands for any other."""
    words = r"\s+".join(map(re.escape, phrase.split()))
    before = r"(?<!\w)" if re.match(r"\w", phrase.strip()) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", phrase.strip()) else ""
    return re.compile(f"{before}{words}{after}")


def replace_phrase(document: Document, phrase: str, words: str) -> Document:
    """`document` with `words` in the place of `phrase` in sections, side effects and questions.

    Title, names, ingredients, classes and sources stay as they are: those are no text. Raises DocumentError if no
    page can say the result.
    """
    pattern = phrase_pattern(phrase)

    def changed(text):
        return pattern.sub(lambda _: words, text)

    return replace(
        document,
        sections=tuple(
            replace(row, heading=changed(row.heading), body=changed(row.body)) for row in document.sections
        ),
        side_effects=tuple(
            replace(row, name=changed(row.name), description=changed(row.description))
            for row in document.side_effects
        ),
        faqs=tuple(
            replace(row, question=changed(row.question), answer=changed(row.answer)) for row in document.faqs
        ),
    )
