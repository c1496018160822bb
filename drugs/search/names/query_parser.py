"""What did the reader type, and which words of it name a medicine?"""

from dataclasses import dataclass

from drugs.content import invisible as unseen
from drugs.content import normalisation as normalise
from drugs.search.names import terms as marks

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


def read(text):
    """The query that `text` is, or None if there is no letter or digit in it."""
    text = "".join(c if c.isprintable() else " " for c in unseen.without(text[: normalise.MAX_CHARS]))
    words = _said(text)
    if not words:
        return None
    core = normalise.core(_said(normalise.without_strengths(text)))
    return Query(words, core, normalise.base(core), tuple(_spans(core)))


def _said(text):
    words = normalise.fold(text).split()
    return tuple(word for word in words if word not in normalise.JOINERS) or tuple(words)


def _spans(core):
    if len(core) < 2:
        return
    for start in range(min(len(core), WORDS)):
        for end in range(start + 1, min(start + SPAN_WORDS, len(core), WORDS) + 1):
            piece = core[start:end]
            if sum(map(len, piece)) >= 3 and not all(word in normalise.SALTS for word in piece):
                yield start, end


def keys(query):
    """The marks under which names that are, or sound like, the query or a span of it stand."""
    said = {query.words, query.core, query.base}
    found = {marks.whole_mark("".join(words)) for words in said}
    found |= {marks.bag_mark(words) for words in said if len(words) > 1}
    if query.fuzzy:
        found |= {marks.sound_mark("".join(words)) for words in said} - {""}
        found |= {marks.letters_mark("".join(words)) for words in said}
        found |= {marks.whole_mark(query.span(*span)) for span in query.spans}
    return found
