"""Which texts a document has, for the checks that read all of them."""

import re
import unicodedata

from drugs.content import invisible


def texts(document):
    """Every Markdown text as pairs (path, text), in the order in which a reader meets them."""
    for index, section in enumerate(document.sections):
        yield f"sections.{index}", f"{section.heading}\n{section.body}".strip()
    for index, effect in enumerate(document.side_effects):
        yield f"side_effects.{index}", f"{effect.label}\n{effect.name}\n{effect.description}".strip()
    for index, faq in enumerate(document.faqs):
        yield f"faqs.{index}", f"{faq.question}\n{faq.answer}".strip()


def first_match(pattern, document):
    """The first place where `pattern` matches, as (path, match), or None."""
    for path, text in texts(document):
        if match := re.search(pattern, text):
            return path, match
    return None


def find_invisible(text):
    """What to tell an editor of the first character in `text` that nobody sees and no script needs, or None."""
    at = invisible.find_misplaced(text)
    if at is None:
        return None
    name = unicodedata.name(text[at], "a character without a name").lower()
    where = f"Behind “{text[max(0, at - 20) : at].strip()}”" if text[:at].strip() else "At the start"
    return f"{where} stands something that nobody sees (U+{ord(text[at]):04X}, {name}). Write the word anew."
