"""Which texts a document has, for the checks that read all of them."""

import re


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
