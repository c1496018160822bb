"""By which marks is a name found?

A mark is a short text; names and queries that share marks are worth comparing. All of them stand in one plain
table that any database can keep, and are only ever compared for equality, so collations do not matter.
"""

from drugs.content import normalisation
from drugs.content.normalisation import FUZZY_CHARS, MARK_CHARS
from drugs.search.names.phonetics import phonetic_key, phonetic_spelling

PREFIX_CHARS = (9, 6, 4, 3, 2, 1)
WORD_PREFIX_CHARS = 4

WHOLE, BAG, PREFIX, TITLE, WORD, SOUND, LETTERS, PART = "=", "#", "^", "!", "_", "~", "@", "&"


def grams(folded):
    """The distinct trigrams of a folded text, words padded with one space on either side."""
    padded = f" {folded[:FUZZY_CHARS]} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def index_terms(form, title=False):
    """All marks of a form (as in normalise.forms) and the number of its trigrams. `title`: of a page's title."""
    words = normalisation.words_of(form.text)
    squashed = "".join(words)
    trigrams = grams(" ".join(words))
    found = set(trigrams)
    found.add(whole_term(squashed))
    for length in PREFIX_CHARS:
        if length <= len(squashed):
            found.add(PREFIX + squashed[:length])
            if title and form.whole:
                found.add(TITLE + squashed[:length])
    found.update(WORD + word[:WORD_PREFIX_CHARS] for word in words[1:] if len(word) >= WORD_PREFIX_CHARS)
    found |= {phonetic_term(squashed), letters_term(squashed)}
    if len(words) > 1:
        found.add(bag_term(words))
    if " + " in form.text:
        for part in form.text.split(" + "):
            found.update(part_terms(part.split()))
    return found - {""}, len(trigrams)


def whole_term(squashed):
    return (WHOLE + squashed)[:MARK_CHARS]


def bag_term(words):
    return (BAG + "".join(sorted(words)))[:MARK_CHARS]


def prefix_terms(squashed):
    """The marks of all names, and of titles, that may start with these letters."""
    length = next((length for length in PREFIX_CHARS if length <= len(squashed)), 0)
    return PREFIX + squashed[:length], TITLE + squashed[:length]


def phonetic_term(squashed):
    found = phonetic_key(phonetic_spelling(squashed[:FUZZY_CHARS]))
    return SOUND + found[:MARK_CHARS] if found else ""


def letters_term(squashed):
    """Letters that changed places, or came twice, leave few trigrams whole, yet are the same letters."""
    return (LETTERS + "".join(sorted(set(squashed))))[:MARK_CHARS]


def part_terms(words):
    """The marks of one ingredient: as it is named, without its salt, and its first word."""
    bare = normalisation.base(words)
    said = {"".join(words), "".join(bare)}
    if bare[0] not in normalisation.SALTS:
        said.add(bare[0])
    return {part_term(squashed) for squashed in said}


def part_term(squashed):
    """The mark of an ingredient, or "" for one of too few letters."""
    return (PART + squashed)[:MARK_CHARS] if len(squashed) > 3 else ""
