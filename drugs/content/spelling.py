"""Proof that a change of a document is spelling only: word by word, with a sentence for each word that is more.

A review stays over a text that changed since only if nobody has to be believed for it. So everything is refused
that is not shown to be spelling: a digit, a unit, a negation, a number word, a drug name, another row, another
mark of Markdown, a word that was a word before, and a word that nobody knows afterwards either.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from rapidfuzz.distance import OSA

from drugs.content.document import Document
from drugs.content.normalisation import fold

MOST_OBJECTIONS = 5  # sentences that a person reads; the rest is counted
LONG_WORD = 8  # letters from which on a slip of two letters is still the same word
# Punctuation that may come, go or change unless a digit, unit or negation stands beside it. A comma needs a sentence
# without any, and a full stop the end of the text: "Take it daily. If you drink, call us" is not "Take it daily if you
# drink. Call us". A question mark makes a question of an advice.
_JOINING = frozenset("'’‘-–—")
_ENDS = frozenset(".?!:;…")
_TOKEN = re.compile(
    r"^[ \t]*(?:[-+*]|\d{1,9}[.)]|\#{4,6}|>)(?=[ \t]|$)"  # a mark of Markdown at the start of a line
    r"|\d+(?:[.,'\u00a0\u202f]\d+)*"  # a number with its separators
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # a word, "don't" as one
    r"|\S",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"\]\([^)\s]*|<?https?://[^\s<>)]+|\S+@\S+", re.IGNORECASE)

NEGATIONS = frozenset(
    "no not never none nor neither without cannot cant dont doesnt isnt arent wont nothing nobody nowhere except "
    "unless only avoid stop nicht kein keine keinen keiner nie ohne pas jamais sans aucun nunca sin ningun ninguna "
    "nao sem nenhum non mai senza nessun niet geen nooit zonder".split()
)
NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
    "half halves quarter third thirds first second once twice thrice double triple dozen single both few several "
    "many most some all any every each eins zwei drei vier sechs sieben acht neun zehn elf zwolf halb doppelt un "
    "deux trois quatre cinq sept huit neuf dix dos tres cuatro cinco seis siete ocho nueve diez due tre quattro "
    "cinque sei sette otto nove dieci twee drie vijf zes zeven negen tien dois quatro oito dez".split()
)
UNITS = frozenset(
    "g kg mg mcg ug µg μg ng l ml dl cl µl mm cm m mmol mol meq mosm kcal kj iu ie ui u unit units gram grams "
    "gramme grammes kilogram kilograms milligram milligrams microgram micrograms nanogram nanograms litre litres "
    "liter liters millilitre millilitres milliliter milliliters s sec second seconds min minute minutes h hr hour "
    "hours hourly day days daily week weeks weekly fortnight month months monthly year years yearly percent degree "
    "degrees celsius fahrenheit bpm mmhg nightly morning evening bd bid od tid tds qid qds prn am pm".split()
)
# Words of every page, so that none of them is taken for a slip on a site with few pages.
COMMON_WORDS = frozenset(
    "a about above after again against am an and are as at be because been before being below between but by can "
    "could did do does down during for from further had has have having he her here his how i if in into is it its "
    "less may more must my now of off often on or other our out over own per please same shall she should so start "
    "such than that the their them then there these they this those through to too under until up very was we were "
    "what when where which while who whom why will with would you your always sometimes rarely usually increase "
    "increased increases decrease decreased decreases raise raised lower lowered high higher low large small long "
    "short early late adult adults child children infant infants men women take taking taken give given use used "
    "safe unsafe harmful harmless common rare mild severe serious inject ingest oral anal".split()
)
# What turns a word into its contrary, or into another one of the field.
_CONTRARY = [
    ("hyper", "hypo"),
    ("inter", "intra"),
    ("ante", "anti"),
    ("pre", "pro"),
    ("pre", "post"),
    ("in", "de"),
    ("in", "un"),
    ("ab", "ad"),
    ("en", "ex"),
    ("endo", "exo"),
    ("macro", "micro"),
    ("milli", "micro"),
    ("un", ""),
    ("in", ""),
    ("im", ""),
    ("ir", ""),
    ("dis", ""),
    ("non", ""),
    ("a", ""),
    ("re", ""),
    ("de", ""),
]


class Change(NamedTuple):
    """One run of words that differs: `field` says where, `before` and `after` are the runs, blank where none was."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return f"“{self.after}” was added"
        return f"“{self.before}” became “{self.after}”" if self.after else f"“{self.before}” was taken out"


def changed_words(before: Document, after: Document) -> frozenset[str]:
    """The folded words that one of the two documents says in the place of others: what a vocabulary is asked for."""
    texts = (text for change in word_changes(before, after) for text in (change.before, change.after))
    return frozenset(fold(token) for text in texts for token in _TOKEN.findall(text) if _WORD.match(token))


def word_changes(before: Document, after: Document) -> list[Change]:
    """Every run of words or marks that differs between the texts of two documents of the same structure.

    White space does not count, of whatever width. Empty where the structures differ (`structure_objections`).
    """
    return [change for change, _, _ in _runs(before, after)]


def structure_objections(before: Document, after: Document) -> list[str]:
    """What differs beside the words (rows, kinds, frequencies, urgencies, names, links, sources), as sentences."""
    objections = []
    for what, part in _STRUCTURE.items():
        if part(before) != part(after):
            objections.append(f"{what} differ.")
    return objections


def spelling_objections(
    before: Document, after: Document, *, vocabulary: Set[str], drug_names: Set[str]
) -> list[str]:
    """Why the change from `before` to `after` is not shown to be spelling only: sentences, none if it is.

    `vocabulary` are those of `changed_words` that stand on other pages, or elsewhere on this one; `drug_names`
    those that a medicine is called. Both folded (`normalisation.fold`).
    """
    objections = structure_objections(before, after)
    if objections:
        return objections
    for change, old, new in _runs(before, after):
        if not _is_spelling(old, new, vocabulary, drug_names):
            objections.append(f"{change}.")
    if len(objections) > MOST_OBJECTIONS:
        more = len(objections) - MOST_OBJECTIONS
        objections[MOST_OBJECTIONS:] = [f"And {more} more."]
    return objections


def certain_objections(before: Document, after: Document) -> list[str]:
    """What of the change is no spelling and no name whatever words are known: rows, digits, units, negations."""
    named = replace(after, names=before.names)
    if objections := structure_objections(before, named):
        return objections
    found = [
        f"{change}."
        for change, old, new in _runs(before, named)
        if _figures(old.tokens) != _figures(new.tokens)
        or _guarded([token for token in old.tokens if _WORD.match(token)])
        != _guarded([token for token in new.tokens if _WORD.match(token)])
    ]
    return found[:MOST_OBJECTIONS]


def _figures(tokens: list[str]) -> list[str]:
    return [token for token in tokens if token[0].isdigit()]


_STRUCTURE = {
    "Title, address or language": lambda document: (document.slug, document.title, document.language),
    "Origins of the text": lambda document: document.origin,
    "Names": lambda document: document.names,
    "Ingredients": lambda document: document.ingredients,
    "Classes": lambda document: document.classes,
    "The number or the kinds of sections": lambda document: [section.kind for section in document.sections],
    "Groups, frequencies or urgencies of side effects": lambda document: [
        (effect.group, effect.frequency, effect.urgency) for effect in document.side_effects
    ],
    "The number of questions": lambda document: len(document.faqs),
    "Links": lambda document: [_LINK.findall(text) for _, text in _texts(document)],
    "Addresses or years of sources": lambda document: [
        (source.url, source.year, source.accessed_on) for source in document.references
    ],
}


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    for section in document.sections:
        yield section.kind, section.heading
        yield section.kind, section.body
    for effect in document.side_effects:
        yield "side effect", effect.name
        yield "side effect", effect.description
        yield "side effect", effect.label
    for faq in document.faqs:
        yield "question", faq.question
        yield "answer", faq.answer
    for source in document.references:
        yield "source", source.title
        yield "source", source.publisher


def _runs(before: Document, after: Document) -> Iterator[tuple[Change, "_Run", "_Run"]]:
    pairs = list(zip(_texts(before), _texts(after), strict=False))
    for (field, old_text), (_, new_text) in pairs:
        if old_text == new_text:
            continue
        old, new = _TOKEN.findall(old_text), _TOKEN.findall(new_text)
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield (
                    Change(field, _quoted(old, i1, i2), _quoted(new, j1, j2)),
                    _Run.of(old, i1, i2),
                    _Run.of(new, j1, j2),
                )


class _Run(NamedTuple):
    """Tokens that differ, with those before and behind, with all of their sentence, and whether the text ends there."""

    tokens: list[str]
    beside: list[str]
    sentence: list[str]
    is_last: bool

    @classmethod
    def of(cls, tokens: list[str], start: int, end: int) -> "_Run":
        first, last = start, end
        while first > 0 and tokens[first - 1] not in _ENDS:
            first -= 1
        while last < len(tokens) and tokens[last] not in _ENDS:
            last += 1
        beside = [*tokens[max(start - 1, 0) : start], *tokens[end : end + 1]]
        return cls(tokens[start:end], beside, tokens[first:last], end == len(tokens))

    def has_light_marks_only(self) -> bool:
        """Whether each mark of it is one that changes no meaning where it stands."""
        return all(
            mark in _JOINING
            or (mark == "," and not _is_exact(self.sentence))
            or (mark == "." and self.is_last)
            for mark in self.tokens
            if not _WORD.match(mark)
        )


def _is_exact(tokens: list[str]) -> bool:
    return any(token[0].isdigit() for token in tokens) or bool(_guarded(tokens))


def _quoted(tokens: list[str], start: int, end: int) -> str:
    """The run with what a number needs to be understood: "500 mg" rather than "500"."""
    if start == end:
        return ""
    if any(token[0].isdigit() for token in tokens[start:end]) and end < len(tokens) and end - start == 1:
        end += 1
    return re.sub(r" (?=[,.;:!?)%])", "", " ".join(tokens[start:end]))[:200]


def _is_spelling(old: _Run, new: _Run, vocabulary: Set[str], drug_names: Set[str]) -> bool:
    old_words, new_words = ([token for token in run.tokens if _WORD.match(token)] for run in (old, new))
    if not (old.has_light_marks_only() and new.has_light_marks_only()):
        return False
    has_marks = len(old_words) + len(new_words) < len(old.tokens) + len(new.tokens)
    if has_marks and _is_exact([*old.beside, *new.beside]):
        return False
    if _guarded(old_words) != _guarded(new_words):
        return False
    if [word.casefold() for word in old_words] == [word.casefold() for word in new_words]:
        return all(_same_but_for_capitals(*pair) for pair in zip(old_words, new_words, strict=True))
    if "".join(old_words).casefold() == "".join(new_words).casefold():  # "can not" is guarded above
        return _is_known(new_words, vocabulary) and not (set(map(fold, old_words + new_words)) & drug_names)
    if len(old_words) != len(new_words):
        return False
    return all(
        _is_slip(one, other, vocabulary, drug_names)
        for one, other in zip(old_words, new_words, strict=True)
        if one != other
    )


def _guarded(words: list[str]) -> list[str]:
    """The words of which none may come, go, move or change its letters: as they are for units, else folded."""
    folded = [(word, fold(word.replace("'", "").replace("’", ""))) for word in words]
    return [
        word if plain in UNITS else plain
        for word, plain in folded
        if plain in UNITS
        or plain in NEGATIONS
        or plain in NUMBER_WORDS
        or plain.endswith("nt")
        and "’" in word
    ]


def _same_but_for_capitals(one: str, other: str) -> bool:
    """One letter is a symbol ("m" and "M"), and so is a word of capitals."""
    return one == other or len(one) > 1 and one[1:] == one[1:].lower() and other[1:] == other[1:].lower()


def _is_known(words: list[str], vocabulary: Set[str]) -> bool:
    return all(fold(word) in vocabulary or fold(word) in COMMON_WORDS for word in words)


def _is_slip(old: str, new: str, vocabulary: Set[str], drug_names: Set[str]) -> bool:
    """Whether `new` is a word and `old` is what slipped from the keys in its place."""
    one, other = fold(old), fold(new)
    if one == other:
        return _same_but_for_capitals(old, new) or not one.isascii() or len(one) > 2
    if {one, other} & (drug_names | NEGATIONS | NUMBER_WORDS | UNITS):
        return False
    if one in vocabulary or one in COMMON_WORDS or not _is_known([new], vocabulary):
        return False
    allowed = 2 if min(len(one), len(other)) >= LONG_WORD else 1
    if min(len(one), len(other)) < 4 or OSA.distance(one, other) > allowed:
        return False
    return not any(_turns(one, other, *pair) or _turns(other, one, *pair) for pair in _CONTRARY)


def _turns(one: str, other: str, prefix: str, contrary: str) -> bool:
    return (
        one.startswith(prefix) and other.startswith(contrary) and one[len(prefix) :] == other[len(contrary) :]
    )
