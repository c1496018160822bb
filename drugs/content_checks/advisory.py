"""Advisory checks (level `look`): what an editor should look at, because it may be wrong or hide something."""

import re
from collections.abc import Iterator
from itertools import groupby

from drugs.content import Document, Finding
from drugs.content.whitespace import fold_spaces
from drugs.content_checks import model_speech
from drugs.content_checks.texts import find_invisible, first_match, own_texts, says_any, texts

_HYPOTHETICAL = re.compile(r"\b(?:hypothetical|fictional|fictitious)(?:ly)?\b", re.IGNORECASE)
_FOR_ANIMALS = re.compile(
    r"\bveterinary (?:use|medicines?|drugs?|products?|practice|preparations?)\b"
    r"|\b(?:not|never) (?:approved|intended|licen[sc]ed|meant|authori[sz]ed)? ?for (?:use in )?(?:humans?|people)\b"
    r"|\bfor (?:use in )?(?:animals|dogs|cats|horses|cattle|livestock|poultry|pets|pigs|sheep)\b|\byour (?:pet"
    r"|animal)\b"
    r"|\b(?:used|given) (?:only )?(?:in|to) (?:animals|dogs|cats|horses|cattle|livestock|poultry|pets)\b"
    r"|\bveterinarian\b"
    r"|\btierarzneimittel|\bf[üu]r tiere\b|\busage v[ée]t[ée]rinaire|\buso veterin[aá]rio|\bdiergeneesmiddel",
    re.IGNORECASE,
)
_ANIMAL_WORDS = tuple(
    "veterin|animal|human|dogs|cats|cattle|livestock|poultry|horses|pets|your pet|tierarz|tiere|diergen|vétér|vetér"
    "|people".split("|")
)
_GONE_WORDS = tuple(
    "no longer|withdrawn|removed from|pulled from|discontinued|ceased|off the market|handel|vom markt|commercialis"
    "|comercializa|retiré|retire|retirado|ritirato|verkrijgbaar".split("|")
)
_ONLY_ANIMALS = re.compile(
    r"\bnot \W*(?:approved|intended|licen[sc]ed|meant|authori[sz]ed) for (?:use in )?humans?\b"
    r"|\bfor veterinary use\b"
    r"|\bfor (?:use in )?animals only\b|\bonly (?:for|in) animals\b|\bthis veterinary\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:is |are )?no longer (?:\w+ )?(?:available|marketed|sold|manufactured|produced|made|on the market"
    r"|in production"
    r"|in clinical use|prescribed)\b|\b(?:withdrawn|removed|pulled) from (?:the |most )?(?:\w+ )?(?:markets?"
    r"|sale)\b"
    r"|\b(?:production|manufactur\w+|product|brand|drug|medicine|medication|sale|sales|marketing|development"
    r"|distribution|tablets?|capsules?)\b[^.\n]{0,60}?\b(?:has|have|was|were) (?:been )?"
    r"(?:discontinued|ceased|withdrawn|taken off the market)\b|\bdiscontinued (?:product|drug|medicine|brand)\b"
    r"|\boff the market\b|\bnicht mehr (?:im handel|erh[äa]ltlich|verf[üu]gbar)|\bau(?:ß|ss)er handel\b"
    r"|\bvom markt genommen|\bn['’]est plus commercialis|\bretir[ée]e? du march[ée]|\bretirado d[eo]l? mercad"
    r"|\bya no se comercializa|\britirato dal (?:commercio|mercato)|\bniet meer (?:verkrijgbaar|in de handel)"
    r"|\buit de handel (?:genomen|gehaald)",
    re.IGNORECASE,
)

# What a word says of how often, in the bands of EU/CIOMS; the longer phrase is tried first.
_BANDS = (
    (re.compile(r"\bvery common", re.IGNORECASE), "very_common"),
    (re.compile(r"\b(?:uncommon|less common|infrequent|occasional)", re.IGNORECASE), "uncommon"),
    (re.compile(r"\bcommon", re.IGNORECASE), "common"),
    (re.compile(r"\bvery rare", re.IGNORECASE), "very_rare"),
    (re.compile(r"\brare", re.IGNORECASE), "rare"),
)
# A fact on which lives hang, and the sections where a reader looks for it.
_SAFETY = {
    "pregnancy": (
        re.compile(r"\b(?:pregnan|contracepti|birth defect|breast-?feed)", re.IGNORECASE),
        "pregnancy and breastfeeding",
    ),
    "alcohol": (re.compile(r"\balcohol\b", re.IGNORECASE), "alcohol"),
    "overdose": (re.compile(r"\boverdos|\btoo much\b", re.IGNORECASE), "taking too much"),
    "driving": (re.compile(r"\bdriv(?:e|ing)\b|\bmachin(?:e|ery)", re.IGNORECASE), "driving"),
}
_ALPHABETICAL_FROM = 6  # five effects stand in order of the alphabet by chance once in 120 lists


def written_by_people(document: Document) -> Iterator[Finding]:
    """A sentence in the first person, or about the text's own instructions, may be a model's that nobody has read."""
    said = model_speech.spoken(own_texts(document))
    if doubtful := next((sentence for sentence in said if sentence.weight < model_speech.BLOCK), None):
        message = f"“{doubtful.words} …”: does a person say this to readers, or a model to whoever asked it?"
        yield Finding("look", "model-speech", message, doubtful.path)


def about_a_real_medicine(document: Document) -> Iterator[Finding]:
    """A model that does not know a medicine may invent one, and say so."""
    if place := first_match(_HYPOTHETICAL, document):
        message = f"The text says “{place.match[0]}”. Does this medicine exist?"
        yield Finding("look", "hypothetical", message, place.path)


def about_people(document: Document) -> Iterator[Finding]:
    """A dose for a horse under the name that a patient looks for; two words of animals, since one may be a remark."""
    if not says_any(texts(document), _ANIMAL_WORDS):
        return
    found = [(path, match[0]) for path, text in texts(document) for match in _FOR_ANIMALS.finditer(text)]
    only = first_match(_ONLY_ANIMALS, document)
    if only or len(found) > 1:
        path, words = (only.path, only.match[0]) if only else found[0]
        message = f"The text says “{words}”. Is the page about a medicine for people?"
        yield Finding("look", "animals", message, path)


def still_on_the_market(document: Document) -> Iterator[Finding]:
    """What is no longer sold needs that said first, or no page."""
    if says_any(texts(document), _GONE_WORDS) and (place := first_match(_GONE, document)):
        message = f"The text says “{place.match[0]}”. Say at the top of the page that it is no longer sold."
        yield Finding("look", "no-longer-sold", message, place.path)


def each_ingredient_once(document: Document) -> Iterator[Finding]:
    """A medicine with one ingredient twice looks like a combination, and is found as one."""
    seen = set()
    for index, ingredient in enumerate(document.ingredients):
        folded = fold_spaces(ingredient).casefold()
        if folded in seen:
            yield Finding("look", "ingredient-twice", f"{ingredient} is named twice.", f"ingredients.{index}")
        seen.add(folded)


def every_letter_is_seen(document: Document) -> Iterator[Finding]:
    """Invisible characters split a word for whoever searches, and say to machines what no reader reads."""
    names = [(f"names.{index}", name.text) for index, name in enumerate(document.names)]
    names += [(f"ingredients.{index}", text) for index, text in enumerate(document.ingredients)]
    names += [(f"classes.{index}", item.name) for index, item in enumerate(document.classes)]
    names += [(f"references.{index}", item.title) for index, item in enumerate(document.references)]
    for path, text in [*names, *texts(document)]:
        if message := find_invisible(text):
            yield Finding("look", "unseen", message, path)


def title_is_tidy(document: Document) -> Iterator[Finding]:
    """The name stays as it was written; what looks wrong about it is said."""
    title = fold_spaces(document.title)
    faults = [
        (re.search(r"\s{2,}", title), "two spaces in a row"),
        (re.search(r"[-+/] +\+ ", title), "an ingredient that looks cut off"),
        (re.search(r"\w\((?!s\))", title), "no space before a parenthesis"),
        (title.count("(") != title.count(")"), "a parenthesis without its partner"),
        (title[:1].islower() and title.islower() and title.isalpha(), "a small first letter"),
        (len(title) > 120, "more than 120 characters"),
        (title[:1] in "\"'“" or title[-1:] in '"”,;:', "a quotation mark or comma at its end"),
    ]
    if any(fault for fault, _ in faults):
        words = ", ".join(words for fault, words in faults if fault)
        yield Finding("look", "title-form", f"The title has {words}.", "title")


def effects_not_by_alphabet(document: Document) -> Iterator[Finding]:
    """Sorted by alphabet, the gravest effect stands wherever its letter puts it."""
    first = 0  # of the run, among all side effects
    for (label, _), run in groupby(document.side_effects, key=lambda effect: (effect.label, effect.group)):
        names = [fold_spaces(effect.name).casefold() for effect in run]
        if len(names) >= _ALPHABETICAL_FROM and names == sorted(names):
            where = f" under “{label}”" if label else ""
            message = f"The side effects{where} stand in alphabetical order. Put the gravest first."
            yield Finding("look", "alphabetical", message, f"side_effects.{first}")
        first += len(names)


def frequency_words_fit_numbers(document: Document) -> Iterator[Finding]:
    """ "Common" with a number above 1 in 10 means "very common" to a pharmacist."""
    seen = set()
    for index, effect in enumerate(document.side_effects):
        label = fold_spaces(effect.label)
        numbered = re.search(r"\d", label) and effect.frequency not in ("not_stated", "not_known")
        if not numbered or label in seen:
            continue
        band = next((band for pattern, band in _BANDS if pattern.search(label)), effect.frequency)
        if band != effect.frequency:
            seen.add(label)
            message = (
                f"“{label}” says {band.replace('_', ' ')}, "
                f"its number says {effect.frequency.replace('_', ' ')}."
            )
            yield Finding("look", "frequency-word", message, f"side_effects.{index}")


def safety_not_only_in_answers(document: Document) -> Iterator[Finding]:
    """A reader who skips the questions must not miss what keeps them safe."""
    elsewhere = "\n".join(text for path, text in texts(document) if not path.startswith("faqs"))
    for pattern, words in _SAFETY.values():
        if pattern.search(elsewhere):
            continue
        for index, faq in enumerate(document.faqs):
            if pattern.search(fold_spaces(faq.answer)):
                message = f"Only this answer speaks of {words}. Say it in a section of its own too."
                yield Finding("look", "only-in-answer", message, f"faqs.{index}")
                break


CHECKS = (
    written_by_people,
    about_a_real_medicine,
    about_people,
    still_on_the_market,
    each_ingredient_once,
    every_letter_is_seen,
    title_is_tidy,
    effects_not_by_alphabet,
    frequency_words_fit_numbers,
    safety_not_only_in_answers,
)
