"""Word counts: the words of a text, and those of them that a document has lost."""

from collections import Counter
from itertools import groupby

from drugs.content.whitespace import fold_spaces

# Every byte of ASCII that is no letter, digit or underscore becomes a space. Counting bytes takes a fifth of the
# time of a regular expression, and what is beyond ASCII may stay glued to its word: it is never cut there.
_SPACES = bytes(code if code > 127 or chr(code).isalnum() or code == 95 else 32 for code in range(256))


def words(*texts):
    """Counter of the words (as bytes) of `texts`."""
    text = fold_spaces("\n".join(texts)).replace("–", " ").replace("—", " ")
    return Counter(text.lower().encode(errors="replace").translate(_SPACES).split())


def missing(source, stored):
    """Counter of the words of which `stored` holds fewer than `source`; both are Counters."""
    return source - stored


def of_effects(effects):
    """Texts of side effects in their order, a label once for all that stand under it."""
    texts = []
    for label, run in groupby(effects, key=lambda effect: effect.label):
        texts.append(label)
        for effect in run:
            texts += (effect.name, effect.description)
    return texts


def of_document(document):
    """Texts of a document, as a reader meets them, the name of a component once for all that stand under it."""
    texts = [document.title, *(name.text for name in document.names)]
    for component, run in groupby(document.sections, key=lambda section: section.component):
        texts.append(component)
        for section in run:
            texts += (section.heading, section.body)
    texts += of_effects(document.side_effects)
    for component, asked in groupby(document.faqs, key=lambda faq: faq.component):
        texts.append(component)
        for faq in asked:
            texts += (faq.question, faq.answer)
    return texts


def lost_words(source, document, dropped):
    """Counter of the words of `source` that are neither in `document` nor among the texts `dropped`."""
    return missing(words(source), words(*of_document(document), *dropped))
