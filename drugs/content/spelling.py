"""Proof that a change of a document is spelling only: word by word, with a sentence for each word that is more.

A review stays over a text that changed since only if nobody has to be believed for it. So everything is refused that
is not shown to be spelling, in English: all but the words stays to the letter (digits, marks, lines, rows), each word
stands in its place, and a word that nobody knows became one that is known by a single slip of the keys.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from rapidfuzz.distance import OSA

from drugs.content.document import Document
from drugs.content.normalisation import fold
from drugs.content.whitespace import fold_runs

MOST_OBJECTIONS = 5  # sentences that a person reads; the rest is counted
SHORTEST = 5  # letters of a word in which a slip can be told from another word
_TOKEN = re.compile(
    r"^[ \t]*(?:[-+*]|\d{1,9}[.)]|\#{4,6}|>)(?=[ \t]|$)"  # a mark of Markdown at the start of a line
    r"|\d+(?:[.,'\u00a0\u202f]\d+)*"  # a number with its separators
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # a word, "don't" as one
    r"|\S",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]")
_LETTERS = re.compile(r"[^\W\d_]+")
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
# Words that are a slip of the keys away from another one: neither is taken for a slip on a site with few pages.
_PAIRS = frozenset(
    "casual causal trial trail adverse averse prostate prostrate desert dessert dairy diary silver sliver "
    "united untied marital martial sacred scared angel angle callus callous mucus mucous planed planned "
    "thorough through breath breathe loose lose chose choose quite quiet sever severe mortal moral stared "
    "started staring starting starring scaring scarring sparing sparring caring carrying hoping hopping taping "
    "tapping filing filling dining dinning latter later matter mater better beter bitter biter county country "
    "weather whether wether revers reverse costal coastal fetal fatal facial fascial vesicle vesical mucosa "
    "peroneal perineal perinatal prenatal adsorption absorption malleolus malleus".split()
)


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
    if objections := structure_objections(before, after):
        return objections
    known = (vocabulary | _words_of(before)) - drug_names
    stays = drug_names | _words_of(after)  # what is still said elsewhere was no slip
    for (field, old), (_, new) in zip(_texts(before), _texts(after), strict=True):
        objections += _text_objections(field, old, new, known, vocabulary | stays)
    if before.language.partition("-")[0] != "en" and (changes := word_changes(before, after)):
        found = [f"{change}." for change in changes]
        objections = ["Only of English texts it can be shown that a change is spelling.", *found]
    objections = list(dict.fromkeys(objections))
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
        if _figures(old) != _figures(new)
        or _guarded([token for token in old if _WORD.match(token)])
        != _guarded([token for token in new if _WORD.match(token)])
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
    "Groups, frequencies, urgencies or sources of side effects": lambda document: [
        (effect.group, effect.frequency, effect.urgency, effect.reference) for effect in document.side_effects
    ],
    "Components": lambda document: [
        row.component for rows in (document.sections, document.side_effects, document.faqs) for row in rows
    ],
    "The number of questions": lambda document: len(document.faqs),
    "Links": lambda document: [_LINK.findall(text) for _, text in _texts(document)],
    "Addresses, years or versions of sources": lambda document: [
        replace(source, title="-", publisher="") for source in document.references
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


def _runs(before: Document, after: Document) -> Iterator[tuple[Change, list[str], list[str]]]:
    """Each run that differs, with its tokens before and after."""
    for (field, old), (_, new) in zip(_texts(before), _texts(after), strict=False):
        if old != new:
            yield from _runs_of_text(field, old, new)


def _runs_of_text(field: str, before: str, after: str) -> Iterator[tuple[Change, list[str], list[str]]]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Change(field, _quoted(old, i1, i2), _quoted(new, j1, j2)), old[i1:i2], new[j1:j2]


def _quoted(tokens: list[str], start: int, end: int) -> str:
    """The run with what a number needs to be understood: "500 mg" rather than "500"."""
    if start == end:
        return ""
    if any(token[0].isdigit() for token in tokens[start:end]) and end < len(tokens) and end - start == 1:
        end += 1
    return re.sub(r" (?=[,.;:!?)%])", "", " ".join(tokens[start:end]))[:200]


def _text_objections(field: str, old: str, new: str, known: Set[str], words: Set[str]) -> list[str]:
    """Why the change of one text is more than spelling; `known` may be what a slip became, `words` none was before."""
    if old == new:
        return []
    if _skeleton(old) != _skeleton(new):
        runs = [f"{change}." for change, _, _ in _runs_of_text(field, old, new)]
        return runs or [f"Lines or spaces changed ({field})."]
    pairs = zip(_LETTERS.findall(old), _LETTERS.findall(new), strict=True)
    return [
        f"“{one}” became “{other}”."
        for one, other in pairs
        if one != other and not _is_slip(one, other, known, words)
    ]


def _skeleton(text: str) -> str:
    """All of a text but its words: digits, marks, lines and how they begin and end. Spaces within a line are one."""
    return _LETTERS.sub("w", fold_runs(text))


def _words_of(document: Document) -> frozenset[str]:
    return frozenset(word.casefold() for _, text in _texts(document) for word in _LETTERS.findall(text))


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
        and ("’" in word or "'" in word)
    ]


def _is_slip(old: str, new: str, known: Set[str], words: Set[str]) -> bool:
    """Whether `new` is a word, and `old` what slips from the keys in its place: a letter too many, too few, or two that
    changed places, between the same first and last letters. One letter for another makes too many words of words.
    """
    one, other = old.casefold(), new.casefold()
    if not (old.isascii() and new.isascii()) or {one, other} & (NEGATIONS | NUMBER_WORDS | UNITS):
        return False
    if one == other:  # one letter is a symbol ("m" and "M"), and so is a word of capitals
        return len(one) > 1 and old[1:] == new[1:] == one[1:]
    if one in words or one in COMMON_WORDS | _PAIRS or other not in known | COMMON_WORDS:
        return False
    if min(len(one), len(other)) < SHORTEST or (one[0], one[-1]) != (other[0], other[-1]):
        return False
    if one.lstrip("a") == other.lstrip(
        "a"
    ):  # "a" before a word makes its contrary: symptomatic, asymptomatic
        return False
    return OSA.distance(one, other) == 1 and (len(one) != len(other) or sorted(one) == sorted(other))
