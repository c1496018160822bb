"""What did the reader type, and which words of it name a medicine?"""

from dataclasses import dataclass

from drugs.content import invisible, normalisation
from drugs.search.names import terms

# A name of more words is found by its trigrams; spans are for "brand (generic)" and for combinations.
SPAN_WORDS = 3
WORDS = 12
LETTERS_FOR_FUZZY = 4


@dataclass(frozen=True)
class Query:
    words: tuple  # all of them but joiners
    core: tuple  # without strengths and forms
    base: tuple  # without salts either
    spans: tuple  # (start, end) into core, of those that could be a name by themselves

    @property
    def squashed(self):
        return "".join(self.words)

    @property
    def fuzzy(self):
        return sum(map(str.isalpha, "".join(self.core))) >= LETTERS_FOR_FUZZY

    def span(self, start, end):
        return "".join(self.core[start:end])


def parse_query(text):
    """The query that `text` is, or None if there is no letter or digit in it."""
    text = "".join(
        c if c.isprintable() else " " for c in invisible.strip_invisible(text[: normalisation.MAX_CHARS])
    )
    words = _said(text)
    if not words:
        return None
    core = normalisation.core(_said(normalisation.without_strengths(text)))
    return Query(words, core, normalisation.base(core), tuple(_spans(core)))


def _said(text):
    words = normalisation.fold(text).split()
    return tuple(word for word in words if word not in normalisation.JOINERS) or tuple(words)


def _spans(core):
    if len(core) < 2:
        return
    for start in range(min(len(core), WORDS)):
        for end in range(start + 1, min(start + SPAN_WORDS, len(core), WORDS) + 1):
            piece = core[start:end]
            if sum(map(len, piece)) >= 3 and not all(word in normalisation.SALTS for word in piece):
                yield start, end


def query_keys(query):
    """The marks under which names that are, or sound like, the query or a span of it stand."""
    said = {query.words, query.core, query.base}
    found = {terms.whole_term("".join(words)) for words in said}
    found |= {terms.bag_term(words) for words in said if len(words) > 1}
    if query.fuzzy:
        found |= {terms.phonetic_term("".join(words)) for words in said} - {""}
        found |= {terms.letters_term("".join(words)) for words in said}
        found |= {terms.whole_term(query.span(*span)) for span in query.spans}
    return found
