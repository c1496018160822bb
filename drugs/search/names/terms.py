"""Index terms of a name: trigrams, prefixes, phonetic key and others, under which candidates are found.

The tables call a term a mark. Names and queries that share terms are worth comparing. All of them stand in one plain
table that any database can keep, and are only ever compared for equality, so collations do not matter. Each kind of
term but trigrams begins with a sign of its own. Text is squashed where its words run together without spaces, so
that "co-codamol" and "cocodamol" are one.
"""

from collections.abc import Sequence

from drugs.content import normalisation
from drugs.content.normalisation import FUZZY_CHARS, MARK_CHARS, Form
from drugs.search.names.phonetics import phonetic_key, phonetic_spelling

PREFIX_CHARS = (9, 6, 4, 3, 2, 1)
SUFFIX_CHARS = (9, 6)
WORD_PREFIX_CHARS = 4
# Words of a name of several are found by this many letters, where others were typed too; shorter ones as a whole.
SHORT_PREFIX_CHARS = 3

WHOLE, BAG, PREFIX, TITLE, WORD, SOUND, LETTERS, PART = "=", "#", "^", "!", "_", "~", "@", "&"
WHOLE_WORD, SUFFIX = "'", "$"


def grams(folded: str) -> set[str]:
    """The distinct trigrams of a folded text, words padded with one space on either side."""
    padded = f" {folded[:FUZZY_CHARS]} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def index_terms(form: Form, title: bool = False) -> tuple[set[str], int]:
    """All terms of a form of a name, and the number of its trigrams. `title`: of a page's title."""
    words = normalisation.words_of(form.text)
    squashed = "".join(words)
    trigrams = grams(" ".join(words))
    terms = set(trigrams)
    terms.add(whole_term(squashed))
    for length in PREFIX_CHARS:
        if length <= len(squashed):
            terms.add(PREFIX + squashed[:length])
            if title and form.whole:
                terms.add(TITLE + squashed[:length])
    terms.update(WORD + word[:WORD_PREFIX_CHARS] for word in words[1:] if len(word) >= WORD_PREFIX_CHARS)
    terms |= {phonetic_term(squashed), letters_term(squashed), *suffix_terms(squashed)}
    if len(words) > 1:
        terms.add(bag_term(words))
        terms.update(map(whole_word_term, words))
        terms.update(WORD + word[:SHORT_PREFIX_CHARS] for word in words if len(word) >= SHORT_PREFIX_CHARS)
    if " + " in form.text:
        for part in form.text.split(" + "):
            terms.update(part_terms(part.split()))
    return terms - {""}, len(trigrams)


def whole_term(squashed: str) -> str:
    """The term of the whole name."""
    return (WHOLE + squashed)[:MARK_CHARS]


def bag_term(words: Sequence[str]) -> str:
    """The term of the words in any order (bag of words)."""
    return (BAG + "".join(sorted(words)))[:MARK_CHARS]


def whole_word_term(word: str) -> str:
    """The term of a word that stands among others in a name."""
    return (WHOLE_WORD + word)[:MARK_CHARS]


def beginning_term(word: str) -> str:
    """The term of the names of several words one of which begins with `word`, or is it if it is very short."""
    return WORD + word[:SHORT_PREFIX_CHARS] if len(word) >= SHORT_PREFIX_CHARS else whole_word_term(word)


def prefix_terms(squashed: str) -> tuple[str, str]:
    """The terms of all names, and of titles, that may start with these letters."""
    length = next((length for length in PREFIX_CHARS if length <= len(squashed)), 0)
    return PREFIX + squashed[:length], TITLE + squashed[:length]


def suffix_terms(squashed: str) -> list[str]:
    """The terms of all names that end with the last letters of this one: where a slip stands before them."""
    return [SUFFIX + squashed[-length:] for length in SUFFIX_CHARS if length < len(squashed)]


def long_prefix_terms(squashed: str) -> list[str]:
    """The terms of all names that begin with the first letters of this one: where a slip stands behind them."""
    lengths = [length for length in PREFIX_CHARS if WORD_PREFIX_CHARS <= length < len(squashed)]
    return [PREFIX + squashed[:length] for length in lengths]


def phonetic_term(squashed: str) -> str:
    """The term of the phonetic key, or "" if the name has none."""
    key = phonetic_key(phonetic_spelling(squashed[:FUZZY_CHARS]))
    return SOUND + key[:MARK_CHARS] if key else ""


def letters_term(squashed: str) -> str:
    """The term of the set of letters: where some changed places or came twice, few trigrams are left whole."""
    return (LETTERS + "".join(sorted(set(squashed))))[:MARK_CHARS]


def part_terms(words: Sequence[str]) -> set[str]:
    """The terms of one ingredient: as it is named, without its salt, and its first word."""
    bare = normalisation.base(words)
    names = {"".join(words), "".join(bare)}
    if bare[0] not in normalisation.SALTS:
        names.add(bare[0])
    return {part_term(squashed) for squashed in names}


def part_term(squashed: str) -> str:
    """The term of an ingredient, or "" for one of too few letters."""
    return (PART + squashed)[:MARK_CHARS] if len(squashed) > 3 else ""
