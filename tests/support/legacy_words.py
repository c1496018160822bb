"""Words of a text and of a document, counted apart from the code, to prove that a reader loses none."""

import re
from collections import Counter
from itertools import groupby


def words(*texts):
    return Counter(re.findall(r"\w+", "\n".join(texts).lower()))


def label_levels(side_effects):
    """Each level of the labels, once for each run of effects that it stands over."""
    paths = [effect.label.split(" › ") for effect in side_effects]
    for level in range(max(map(len, paths), default=0)):
        for above, _ in groupby(path[: level + 1] for path in paths):
            yield from above[level:]


def stored_words(document):
    return words(stored_text(document))


def stored_text(document):
    texts = [document.title, *label_levels(document.side_effects), *(name.text for name in document.names)]
    for rows in (document.sections, document.faqs):  # a component once for each run of what stands under it
        texts += [component for component, _ in groupby(row.component for row in rows)]
    texts += [text for section in document.sections for text in (section.heading, section.body)]
    texts += [text for effect in document.side_effects for text in (effect.name, effect.description)]
    texts += [text for faq in document.faqs for text in (faq.question, faq.answer)]
    return "\n".join(texts)


STRUCTURE = words("usage uses dosage side effects how it works precautions faqs generic name q a and or")
