"""Scoring: how well one name answers a query, as a tier of the result list and a value within it.

Pure: a query and a candidate name in. Every score is about one page and the query alone, so a drug that is
added elsewhere cannot change the order of those that were there.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from drugs.content import normalisation
from drugs.search.names import abbreviations, terms
from drugs.search.names.candidates import Name
from drugs.search.names.combinations import missing_ingredients, same_ingredients
from drugs.search.names.phonetics import phonetic_spelling
from drugs.search.names.query_parser import Query
from drugs.search.names.similarity import shape, similarity, word_similarity

# Tiers, in the order of a result list, and what a reader is told of each.
TITLE, ALIAS, PREFIX, WORD_PREFIX, FUZZY = range(5)
MATCH = ("exact", "exact", "prefix", "prefix", "fuzzy")

# Precision before recall: below this similarity nothing is offered, no guess.
FLOOR = 0.63
# Between names that are about as much alike, people more often mean a title than a brand, a brand than a rest;
# and rather one medicine than a combination of more ingredients than they typed words.
OF_KIND = {"title": 0.09, "brand": 0.045, "misspelling": -0.02}
NEARLY_TITLE = 0.06
DERIVED = -0.085
UNASKED_PART = -0.1
# A name that a page of one medicine and a combination bear alike.
OF_COMBINATION = -0.05
PRIOR = 0.008  # weight of the prior
# Names of several words that have all words typed: what a kind is worth, and how far above a mere beginning they stand.
OF_WORDS = {
    "title": 4.0,
    "generic": 3.5,
    "abbreviation": 3.5,
    "brand": 2.0,
    "synonym": 2.0,
    "misspelling": -1.0,
}
SEVERAL_WORDS = 2.0
OF_BEGINNING = {"brand": 1.3, "synonym": -0.6, "misspelling": -1.0}
CODE_CHARS = 4  # letters and digits of a code such as "b12"
RUN_TOGETHER = 5.0
SALT_OR_FORM, ABBREVIATED = 20.0, 60.0
MEANT = 6.0  # more than any other exact name
MORE_THAN_BEGINS = 8  # the scores of _salt_or_form, _combination and _by_several_names, which say more


@dataclass(frozen=True)
class Score:
    """A lower `tier` stands higher in the list; within it, the higher `value`."""

    tier: int
    value: float

    @property
    def match(self) -> str:
        return MATCH[self.tier]

    @property
    def says_all(self) -> bool:
        """Whether the whole name was typed, but for its salt and dosage form."""
        return self.match == "exact" or self.tier == PREFIX and SALT_OR_FORM <= self.value < ABBREVIATED

    @property
    def abbreviated(self) -> bool:
        """Whether the name is what an abbreviation means, and nobody typed it."""
        return self.tier == PREFIX and self.value >= ABBREVIATED

    @property
    def begins(self) -> bool:
        """Whether the name begins, or a word of it, with what was typed, and no more than that."""
        return self.tier in (PREFIX, WORD_PREFIX) and self.value < MORE_THAN_BEGINS


class Typed:
    """A query with what comparing it to many names needs, worked out once."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.squashed = query.squashed
        self.core = "".join(query.core)
        self.base = "".join(query.base)
        self.bag = sorted(query.words)
        self.shape = shape(self.base)
        self.fuzzy = query.fuzzy
        self.salted = query.base != query.core


def score_of(typed: Typed, name: Name, others: Mapping[str, set[str]]) -> Score | None:
    """The score of one name, or None if it is no answer. `others`: see combinations.other_names."""
    return (
        _exact(typed, name)
        or _abbreviated(typed, name)
        or _salt_or_form(typed, name)
        or _combination(typed, name, others)
        or _words(typed, name)
        or _prefix(typed, name)
        or _word_prefix(typed, name)
        or _fuzzy(typed, name)
    )


def prior(name: Name) -> float:
    """Prior of a name, before anything is typed: a page of many names is a drug of many readers."""
    return PRIOR * math.log(name.names)


def _exact(typed, name):
    tier = TITLE if name.kind == "title" else ALIAS
    same_words = len(name.words) == len(typed.bag) and sorted(name.words) == typed.bag
    if tier == ALIAS and name.squashed == typed.squashed and _is_title_meant(typed, name):
        return Score(ALIAS, MEANT + prior(name))
    if name.squashed == typed.squashed:
        if not name.whole:
            return Score(PREFIX, 50 + prior(name))
        if _runs_together(typed.query.words, name.words):
            return Score(PREFIX, RUN_TOGETHER)
        return Score(tier, 3 + same_words + prior(name) - (name.kind == "misspelling"))
    if not same_words:
        return None
    if " + " not in name.form:
        return Score(ALIAS, 4 + (tier == TITLE) + prior(name))
    if same_ingredients(typed.query.words, name.form):
        return Score(tier, 4 + prior(name))
    # "a b + c" is not "a c + b".
    return None


def _is_title_meant(typed, name):
    """Whether the page is called what the abbreviation means, of several that say it is a name of theirs."""
    return abbreviations.squash(name.title) in frozenset().union(*typed.query.meanings)


def _abbreviated(typed, name):
    """Names of the medicines that an abbreviation of the field means."""
    if not typed.query.meanings or not any(name.squashed in medicine for medicine in typed.query.meanings):
        return None
    said = _words(typed, name) is not None  # "vit c" is Vitamin C before it is ascorbic acid
    title = normalisation.fold(name.title).split()
    in_title = all(any(other.startswith(word) for other in title) for word in typed.query.core)
    value = 2 * said + 3 * in_title + 2 * (name.kind == "title") + name.whole
    return Score(PREFIX, ABBREVIATED + value + prior(name))


def _salt_or_form(typed, name):
    if name.squashed == typed.core:
        return Score(PREFIX, 40 + OF_KIND.get(name.kind, 0) + prior(name))
    if name.squashed == typed.base:
        return Score(PREFIX, 30 + OF_KIND.get(name.kind, 0) + prior(name))
    if not typed.salted and len(name.words) > 1 and normalisation.base(name.words) == typed.query.base:
        return Score(PREFIX, SALT_OR_FORM + OF_KIND.get(name.kind, 0) + prior(name))
    return None


def _words(typed, name):
    """Names of several words in which every word that was typed stands, whole or as a beginning: "vit e", "b12"."""
    wanted = typed.query.core
    if len(name.words) < 2 or len(wanted) == 1 and not _is_short(wanted[0]) or len(wanted) > len(name.words):
        return None
    left, whole = list(name.words), 0
    for word in sorted(wanted, key=len, reverse=True):
        fits = _fitting(word, left)
        if fits is None:
            return None
        left.remove(fits)
        whole += fits == word
    if len(wanted) == 1 and not whole:
        return None
    value = (
        OF_WORDS.get(name.kind, 0.0)
        + 2 * whole / len(wanted)
        + (wanted[0] == name.words[0][: len(wanted[0])])
    )
    value -= 0.25 * len(left) + name.form.count("+") + 0.5 * (not name.whole)
    return Score(PREFIX, value + (SEVERAL_WORDS if len(wanted) > 1 else 0))


def _is_short(word):
    """Whether a word typed alone says more as a whole than as a beginning: "e", "k2", "b12"."""
    return len(word) <= 2 or len(word) <= CODE_CHARS and not word.isalpha()


def _fitting(word, left):
    """The word of `left` that is `word`, or begins with it, or sounds so: "sulph" is a beginning of "sulfate"."""
    if word in left:
        return word
    if len(word) < terms.SHORT_PREFIX_CHARS:
        return None
    sounds = phonetic_spelling(word)
    return next(
        (
            other
            for other in left
            if other.startswith(word)
            or len(other) > len(word) + 1 > 4
            and phonetic_spelling(other).startswith(sounds)
        ),
        None,
    )


def _runs_together(typed_words, words):
    """Whether letters that were typed apart are one word of the name, and the last of them one that means something
    by itself: "vitamin e" is not "vitamine"."""
    last = typed_words[-1]
    return (
        len(typed_words) > len(words) == 1 and len(last) == 1 and last.isalpha() and len(typed_words[0]) > 2
    )


def _prefix(typed, name):
    if not name.squashed.startswith((typed.squashed, typed.core)):
        return None
    if _starts(name.words, typed.squashed, typed.query.words) or _starts(
        name.words, typed.core, typed.query.core
    ):
        return Score(PREFIX, _start_score(name, typed.squashed))
    return None


def _word_prefix(typed, name):
    if len(typed.query.core) > 1 or len(typed.core) < terms.WORD_PREFIX_CHARS:
        return None
    if typed.core not in name.squashed:
        return None
    for at in range(1, len(name.words)):
        if _starts(name.words[at:], typed.core, typed.query.core):
            return Score(WORD_PREFIX, _start_score(name, typed.core))
    return None


def _starts(words, squashed, typed_words):
    """Whether the words start with the letters. Where the letters run over the end of a word that was typed
    as one, they must take enough of the next to mean it: "examplole" is no start of "examplol extra"."""
    joined = "".join(words)
    if not joined.startswith(squashed):
        return False
    if " ".join(words).startswith(" ".join(typed_words)):
        return True
    if len(typed_words) > 1 and len(typed_words[-1]) < 3:
        return False  # "vit e" is no start of "vitelin"
    if len(words[0]) >= len(squashed):
        return True
    taken = len(squashed)
    for word in words:
        if taken <= len(word):
            return taken == len(word) or taken >= 3
        taken -= len(word)
    return True


def _start_score(name, squashed):
    single = len(name.words) == 1
    kind = (5.0 if single else 2.4) if name.kind == "title" else OF_BEGINNING.get(name.kind, 0.0)
    # Who wants the short name has nearly typed it; who has not more often wants a longer one.
    return kind + 1.4 * single - name.form.count("+") - 0.5 * len(squashed) / len(name.squashed)


def _combination(typed, name, others):
    if " + " not in name.form or not typed.query.spans:
        return None
    missing = missing_ingredients(typed.query, name.form, others)
    if missing is None:
        return None
    if not missing:
        return Score(PREFIX, 15 - len(name.form) / 1000)
    return Score(WORD_PREFIX, 9 - missing - len(name.form) / 1000)


def _fuzzy(typed, name):
    if not typed.fuzzy:
        return None
    words = normalisation.base(normalisation.core(name.words)) if len(name.words) > 1 else name.words
    shorter = len(words) < len(name.words)
    value = similarity(typed.shape, shape("".join(words)) if shorter else shape(name.squashed, name.sound))
    if len(words) > 1 or len(typed.query.core) > 1:
        value = max(value, word_similarity(typed.query.core, name.words))
    if value < FLOOR:
        return None
    value += OF_KIND.get(name.kind, 0) + (0 if name.whole else DERIVED) + prior(name)
    value += UNASKED_PART * max(0, len(name.form.split(" + ")) - len(typed.query.core))
    value += OF_COMBINATION * (" + " in name.title and " + " not in name.form)
    return Score(FUZZY, value + NEARLY_TITLE * _nearly_title(name))


def _nearly_title(name):
    """Whether an other name is the title but for its salt or dosage form."""
    title = normalisation.fold(name.title)
    if name.kind == "title" or not title.startswith(name.form + " "):
        return False
    rest = title[len(name.form) :].split()
    return all(word in normalisation.SALTS or word in normalisation.FORMS for word in rest)
