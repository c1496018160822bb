"""Normalisation of names: Unicode and case folding, and a name's words without strength, dosage form or salt.

Case, accents, punctuation and invisible characters go; strengths, dosage forms and salts are told from the words
that make the name. Pure functions on text, the same for what is indexed and for what is typed. Whoever changes what
they give has every index written anew (`manage.py rebuild_index`).
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from drugs.content import invisible

# More would only make a hostile query dear: the longest real name is shorter than this.
MAX_CHARS = 500
# Fuzzy matching looks at this much of a text.
FUZZY_CHARS = 100
# An index term longer than this is cut; the ranking compares the names themselves anyway.
MARK_CHARS = 80

# Chemists write Greek letters into Latin names, typists spell them out.
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma
    sigma tau upsilon phi chi psi omega
    """.split(),
        strict=True,
    )
)
# Letters that Unicode does not take apart, and marks that stand inside a word.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "'": "",
        "’": "",
        "`": "",
    }
)
# Vowel signs of Indic and South-East Asian scripts, which stand inside words and are no letters to Python.
_VOWEL_SIGNS = "".join(
    char for char in map(chr, range(0x0900, 0x1D00)) if unicodedata.category(char) in ("Mn", "Mc")
)
_NOT_WORD = re.compile(rf"(?:[^\w{_VOWEL_SIGNS}]|_)+")
_LATIN = re.compile(r"[a-z]")
_GREEK_RUN = re.compile(f"[{''.join(_GREEK)}]+")

_UNIT = (
    r"(?:mg|mcg|ug|µg|μg|g|gm|gr|kg|ng|ml|mls|l|dl|iu|ui|mu|miu|u|units?|meq|mmol|mol|mci|mbq|gbq|kbq|%|percent|"
    r"milligrams?|micrograms?|grams?|millilit(?:er|re)s?|hr?|hours?|puffs?|actuations?|dos(?:e|es|is))"
)
_STRENGTH = re.compile(
    rf"(?<![\w.,-])\d[\d.,]*\s*(?:-\s*\d[\d.,]*\s*)?{_UNIT}(?![\w])"
    rf"(?:\s*/\s*(?:\d[\d.,]*\s*)?{_UNIT}(?![\w]))?",
    re.IGNORECASE,
)

# Registers append numbers of this many digits; "radium 223" and "vitamin b 12" have fewer.
CODE_DIGITS = 4

JOINERS = frozenset(["and", "with", "plus"])

# Dosage forms, routes and release: they say how a medicine is given, not which one it is.
FORMS = frozenset(
    """
    tablet tablets tab tabs tabl caplet caplets capsule capsules cap caps pill pills lozenge
    lozenges injection injections injectable inj infusion infusions ampoule ampoules ampule ampules
    vial vials syringe solution solutions soln suspension suspensions susp syrup syrups elixir drop
    drops liquid oral orally cream creams ointment ointments oint gel gels lotion lotions foam paste
    shampoo spray sprays aerosol patch patches transdermal topical topically cutaneous suppository
    suppositories supp pessary pessaries enema rectal vaginal nasal ophthalmic otic eye ear
    inhalation inhalations inhaled inhaler inhalers nebulizer nebuliser nebulizers neb nebs mdi hfa
    powder granules sachet sachets systemic intravenous iv intramuscular im subcutaneous sc
    sublingual sl po buccal parenteral implant kit film coated chewable dispersible effervescent
    soluble extended sustained prolonged modified delayed immediate release er xr xl sr cr la mr dr
    ir ec odt generic brand strength mg mcg ml
    """.split()
)

# What an active substance is bound to. "Sodium chloride" is nothing else, so they count when alone.
SALTS = frozenset(
    """
    hydrochloride dihydrochloride hydrochlorid chlorhydrate clorhidrato hcl chloride hydrobromide
    bromide hbr sodium disodium trisodium natrium potassium dipotassium kalium calcium magnesium
    zinc lithium aluminium aluminum sulfate sulphate bisulfate disulfate hydrogensulfate phosphate
    diphosphate acetate diacetate citrate dihydrogencitrate tartrate bitartrate hydrogentartrate
    maleate hydrogenmaleate fumarate hemifumarate succinate hemisuccinate mesylate mesilate
    dimesylate besylate besilate tosylate tosilate ditosylate nitrate mononitrate lactate gluconate
    oxalate pamoate embonate malate palmitate propionate dipropionate valerate butyrate benzoate
    decanoate enanthate caproate stearate ethylsuccinate estolate bicarbonate carbonate iodide
    hydroxide oxide edisylate esylate napsylate napadisylate xinafoate furoate pivalate trometamol
    tromethamine meglumine lysine arginate lysinate salicylate camsylate isethionate orotate
    undecanoate cypionate monohydrate dihydrate trihydrate hemihydrate sesquihydrate hydrate
    anhydrous anhydrate hydrated salt base
    """.split()
)

_PART = re.compile(r"\+|&|\s(?:and|plus)\s", re.IGNORECASE)
_QUALIFIER = re.compile(r"\(([^()]*)\)")
_SECOND_NAME = re.compile(r"\[([^\[\]]*)\]?")
_TOO_MANY = 8


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Folded text: small letters and digits, one space between words; "" if it holds neither.

    Latin letters lose their accents, Greek ones beside Latin are spelt out, other scripts stay as they are.
    """
    text = unicodedata.normalize("NFKD", invisible.strip_invisible(text[:MAX_CHARS])).casefold()
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_LETTERS)
    if not text.isascii() and _LATIN.search(text):
        text = _GREEK_RUN.sub(lambda run: " ".join(_GREEK[c] for c in run[0]).join("  "), text)
    return _NOT_WORD.sub(" ", text).strip()


def without_strengths(text: str) -> str:
    """`text` without amounts such as "500 mg" or "2.5mg/3ml", unless nothing else is there."""
    rest = _STRENGTH.sub(" ", text[:MAX_CHARS])
    return rest if fold(rest) else text


def core(words: Sequence[str]) -> tuple[str, ...]:
    """The words that name the medicine: no joiners, forms or long numbers after the first; all if none is left."""
    naming = [
        word
        for at, word in enumerate(words)
        if word not in JOINERS
        and word not in FORMS
        and not (at and word.isdigit() and len(word) >= CODE_DIGITS)
    ]
    return tuple(naming or words)


def base(words: Sequence[str]) -> tuple[str, ...]:
    """The words without salts; all of them if nothing else is left ("sodium chloride")."""
    return tuple(word for word in words if word not in SALTS) or tuple(words)


def words_of(form_text: str) -> list[str]:
    """The words of a form without the plus signs and joiners between its parts."""
    if " " not in form_text:
        return [form_text]
    return [word for word in form_text.split() if word != "+" and word not in JOINERS] or form_text.split()


@dataclass(frozen=True)
class Form:
    """One way to say a name. `whole` is false for what was derived from it by leaving something out."""

    text: str  # folded words; " + " between the parts of a combination
    whole: bool = True

    @property
    def parts(self) -> list[str]:
        return self.text.split(" + ")


def forms(name: str) -> list[Form]:
    """The forms under which `name` is found, the whole name first; none if it holds no letter or digit.

    "Aol/ Bol (Topical)" is also found as "aol" and as "bol", "Aol [Bol] + Col" as "aol + col", "bol + col".
    """
    pieces = [piece for piece in _PART.split(name[:MAX_CHARS]) if fold(piece)][:_TOO_MANY]
    whole = " + ".join(fold(piece) for piece in pieces)
    texts = [whole] if whole else []
    ways = [_ways_to_say(piece) for piece in pieces]
    if sum(map(len, ways)) > len(ways) or any(way != [fold(p)] for way, p in zip(ways, pieces, strict=True)):
        for choice in itertools.islice(itertools.product(*ways), _TOO_MANY):
            texts.append(" + ".join(choice))
    return [Form(text, text == whole) for text in dict.fromkeys(texts)]


def _ways_to_say(piece):
    second = [fold(other) for other in _SECOND_NAME.findall(piece)]
    bare = _SECOND_NAME.sub(" ", piece)
    unqualified = _QUALIFIER.sub(" ", bare)
    first = [fold(other) for other in (unqualified if fold(unqualified) else bare).split("/")]
    # "5/10" or "a/b" are no pair of names.
    if any(len(other) < 4 for other in first):
        first = [fold(" ".join(first))]
    return [other for other in dict.fromkeys(first + second) if other] or [fold(piece)]
