"""Query parser: the words that a reader typed, and those of them that name a medicine."""

from collections.abc import Iterator
from dataclasses import dataclass

from drugs.content import invisible, normalisation
from drugs.search.names import abbreviations, terms

# A name of more words is found by its trigrams; spans are for "brand (generic)" and for combinations.
SPAN_WORDS = 3
WORDS = 12
LETTERS_FOR_FUZZY = 4


@dataclass(frozen=True)
class Query:
    """A query as folded words, each time with less; `squashed` text is words run together without spaces."""

    words: tuple[str, ...]  # all of them but joiners
    core: tuple[str, ...]  # without strengths and dosage forms
    base: tuple[str, ...]  # without salts either
    spans: tuple[tuple[int, int], ...]  # (start, end) into core, of those that could be a name by themselves
    meanings: tuple[
        frozenset[str], ...
    ] = ()  # of an abbreviation: the medicines it may mean, as squashed names

    @property
    def squashed(self) -> str:
        return "".join(self.words)

    @property
    def fuzzy(self) -> bool:
        """Whether there are letters enough to compare likeness; with fewer everything is alike."""
        # Not `isalpha`, which no vowel sign of an Indic script is.
        return sum(not char.isdigit() for char in "".join(self.core)) >= LETTERS_FOR_FUZZY

    def span(self, start: int, end: int) -> str:
        """The words of a span, squashed."""
        return "".join(self.core[start:end])


def parse_query(text: str) -> Query | None:
    """Parsed query, or None if there is no letter or digit in `text`. Only its first MAX_CHARS are read."""
    text = "".join(
        c if c.isprintable() else " " for c in invisible.strip_invisible(text[: normalisation.MAX_CHARS])
    )
    words = _words(text)
    if not words:
        return None
    core = normalisation.core(_words(normalisation.without_strengths(text)))
    meant = abbreviations.meanings(" ".join(words)) or abbreviations.meanings(" ".join(core))
    return Query(words, core, normalisation.base(core), tuple(_spans(core)), meant)


def _words(text):
    """The folded words without joiners; with them if there is nothing else."""
    words = normalisation.fold(text).split()
    return tuple(word for word in words if word not in normalisation.JOINERS) or tuple(words)


def _spans(core: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    if len(core) < 2:
        return
    for start in range(min(len(core), WORDS)):
        for end in range(start + 1, min(start + SPAN_WORDS, len(core), WORDS) + 1):
            piece = core[start:end]
            if sum(map(len, piece)) >= 3 and not all(word in normalisation.SALTS for word in piece):
                yield start, end


def exact_terms(query: Query) -> set[str]:
    """Index terms of the names that are the query, letter by letter or word by word in any order."""
    return {
        terms.whole_term(query.squashed),
        *([terms.bag_term(query.words)] if len(query.words) > 1 else ()),
    }


def exact_keys(query: Query) -> set[str]:
    """Index terms of the names that are the query or a span of it, or what an abbreviation means."""
    variants = {query.words, query.core, query.base}
    keys = {terms.whole_term("".join(words)) for words in variants}
    keys |= {terms.whole_term(name) for medicine in query.meanings for name in medicine}
    keys |= {terms.bag_term(words) for words in variants if len(words) > 1}
    if query.fuzzy:
        keys |= {terms.whole_term(query.span(*span)) for span in query.spans}
    return keys


def likeness_keys(query: Query) -> set[str]:
    """Index terms of the names that sound like the query, or have its letters in another order."""
    if not query.fuzzy:
        return set()
    variants = {"".join(words) for words in (query.words, query.core, query.base)}
    keys = {terms.phonetic_term(squashed) for squashed in variants} - {""}
    return keys | {terms.letters_term(squashed) for squashed in variants}
