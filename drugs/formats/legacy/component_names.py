"""Names of the components of a combination, told from the words of headings and labels."""

import re

from drugs.content import LABEL_JOINER
from drugs.content.components import ways_to_say
from drugs.content.normalisation import SALTS, fold
from drugs.formats.legacy.generic_names import ingredients, is_name
from drugs.formats.legacy.phrases import one_line
from drugs.formats.legacy.section_vocabulary import besides_names, names_kind, split_name

# What joins the drugs in a title that is not of the form `A + B`.
_JOINED = re.compile(r"\s*(?:\+|/|&|,|\band\b|\bwith\b|\bplus\b)\s*", re.I)
# A number, or a word for a part, before the name of a component; a bracket that counts them behind it.
_COUNTED = re.compile(
    r"^\W*(?:(?:component|drug|medication|medicine|ingredient|part|section)\b\s*(?:no\.?\s*)?"
    r"(?:\d{1,2}|[A-Z]|[IVX]{1,4}|one|two|three|four|five)?\s*[:.)–—-]\s*"
    r"|(?:\d{1,2}|[A-Z]|[ivxIVX]{1,4})\s*[.):]\s+|\d{1,2}\s*[–—-]\s+"
    r"|(?:about|for|information (?:on|about)|individual component|component|all about|a? ?guide to"
    r"|(?:monograph|profile|overview|details|summary|facts|data) (?:of|on|for)"
    r"|(?:the )?(?:first|second|third|fourth|fifth|1st|2nd|3rd) (?:drug|medicine|medication|component|ingredient|part))"
    r"\s*[:–—-]?\s+)+",
    re.I,
)
_COUNTED_BEHIND = re.compile(
    r"\s*\((?:component|drug|medication|medicine|ingredient|part)\s*(?:\d{1,2}|[A-Z])?\)$"
    r"|\s+(?:[–—-]\s*)?(?:drug\s+)?(?:information|overview|details|monograph|profile|summary|facts|data)$",
    re.I,
)
# Words by which a heading or sentence speaks of the drugs as one, or of each of them.
_WHOLE = re.compile(
    r"\bcombin\w*|\btogether\b|\bboth\b|\bco-?administ\w*|\bconcomitant\w*|\bsimultaneous\w*"
    r"|\b(?:all|these|the) (?:two|three|four|five)\b|\ball (?:\w+ ){0,2}(?:drugs|medications|medicines|components)\b"
    r"|\beach (?:\w+ )?(?:drug|medication|medicine|component|ingredient)\b"
    r"|\bindividual (?:drugs|medications|medicines)\b",
    re.I,
)
# `Seizures, especially with Aol` are not Aol's alone.
_NOT_ALONE = re.compile(
    r"\b(?:especially|particularly|mainly|mostly|chiefly|more (?:likely|common|often)|interact\w*)\b", re.I
)
_ABBREVIATION = re.compile(r" \((?=[a-z0-9-]*[A-Z][a-z0-9-]*[A-Z])([A-Z][A-Za-z0-9-]{2,9})\)")
_POSSESSIVE = re.compile(r"['’]s\b")
_NAME_CHARS = 60  # before it
_NAME_WORDS = 8
_SPELLINGS = (("ph", "f"), ("ae", "e"), ("oe", "e"), ("th", "t"), ("y", "i"))


class ComponentNames:
    """The ingredients in the title of a page, and the names that its headings give them.

    `title` is that of the page; one that names no two drugs knows no component.
    """

    def __init__(self, title: str) -> None:
        pieces = ingredients(title) or tuple(
            piece for piece in _JOINED.split(title) if len(fold(piece)) > 2 and not fold(piece).isdigit()
        )
        self.ingredients = pieces if len(pieces) > 1 else ()
        self._labels = {}  # label of effects -> the ingredient that it names
        self.abbreviations = {}  # abbreviation -> the ingredient; only a label that says nothing else means it
        self._called = {}  # ingredient -> what the page's own heading calls it
        ways = [(way, name) for name in self.ingredients for way in _ways(name)]
        self._ways = sorted(ways, key=lambda pair: -len(pair[0]))

    def learn(self, text: str) -> None:
        """Takes in the abbreviations that the page gives its ingredients: `Fructo Oligosaccharide (FOS)`."""
        for match in _ABBREVIATION.finditer(text) if self.ingredients else ():
            words = text[max(0, match.start() - _NAME_CHARS) : match.start()].split()[-5:]
            ends = (" ".join(words[at:]) for at in range(len(words)))  # `Take Aol (AOL)`
            if ingredient := next(filter(None, map(self.only, ends)), ""):
                self.abbreviations[match[1]] = ingredient

    def named(self, text: str) -> list[str]:
        """The ingredients that `text` names, each once."""
        left, found = f" {_spelt(fold(_POSSESSIVE.sub('', text)))} ", []
        for way, name in self._ways:
            if f" {way} " in left:
                left = left.replace(f" {way} ", " | ")
                found += [name] if name not in found else []
        return found

    def only(self, text: str) -> str:
        """The ingredient of which `text` is the name and nothing else, brackets apart; empty if it is not."""
        bare = _spelt(fold(re.sub(r"\([^()]*\)", " ", uncounted(text))))
        return next((name for way, name in self._ways if way == bare), "")

    def one(self, text: str) -> str:
        """The only ingredient that `text` speaks of; empty where it names several, or says that it means them all."""
        names = self.named(text)
        return names[0] if len(names) == 1 and not self.is_whole(text) else ""

    def is_whole(self, text: str) -> bool:
        """Whether a heading or sentence speaks of the whole combination."""
        return bool(_WHOLE.search(text)) or len(self.named(text)) > 1

    def may_name(self, text: str) -> bool:
        """Whether a heading over sections of its own may name a drug that the title spells in another way."""
        bare = uncounted(text)
        return (
            bool(fold(bare))
            and len(bare.split()) <= _NAME_WORDS
            and is_name(bare)
            and not self.is_whole(text)
        )

    def may_announce(self, text: str) -> bool:
        """Whether a heading over sections of its own may be that of a drug, however the title spells it."""
        return bool(self.one(text)) or self.may_name(text)

    def call(self, heading: str) -> str:
        """The name of the component under `heading`, kept for its ingredient wherever that is named again."""
        ingredient = self.one(heading)
        name = name_in(heading)
        same = ingredient and (fold(ingredient) == fold(name) or names_kind(name))  # `Uses of Aol`
        name = ingredient if same or not is_component(name) else name
        if ingredient:
            name = self._called.setdefault(ingredient, name)
        else:
            self._ways = sorted(
                {*self._ways, *((way, name) for way in _ways(name))}, key=lambda pair: -len(pair[0])
            )
        return name

    def component(self, ingredient: str) -> str:
        """The name of the component that is `ingredient`."""
        return self._called.get(ingredient, ingredient)

    def in_label(self, label: str) -> str:
        """The component of the effects under `label`; empty for those of several, or of nobody in particular."""
        if not self.ingredients or not label:
            return ""
        if label not in self._labels:
            own = uncounted(label.rpartition(LABEL_JOINER)[2])
            named = self.one(label) or self.abbreviations.get(own, "")
            self._labels[label] = "" if _NOT_ALONE.search(label) else named
        ingredient = self._labels[label]
        return self.component(ingredient) if ingredient else ""


def is_component(name: str) -> bool:
    """Whether a document accepts `name` as a component."""
    return bool(name) and len(name) <= 200 and "{" not in name and "}" not in name


def name_in(heading: str) -> str:
    """The name of a drug in a heading, without what counts it and sections that it names: `1. Aol: Usage` is Aol."""
    text = uncounted(one_line(heading))
    if found := split_name(text):
        return found[1]
    rest = besides_names(text)
    if rest and rest != text:
        text = f"{rest})" if rest.count("(") > rest.count(")") else rest
    return text.strip(" :.")


def uncounted(text: str) -> str:
    """A heading without the number, or the word for a part, that counts components: `2. Aol`, `Component 2: Aol`."""
    text = text.replace("*", "").strip().rstrip(":").strip()
    return _COUNTED_BEHIND.sub("", _COUNTED.sub("", text)) or text


def _ways(name):
    """Folded names of an ingredient, in one spelling; none that is only a salt, or too short to mean it."""
    ways = {way for way in ways_to_say(name) if len(way) > 2 or re.search(r"\d", way)}
    ways -= {way for way in ways if way in SALTS and len(fold(name).split()) > 1}
    return {_spelt(way) for way in ways}


def _spelt(folded):
    for one, other in _SPELLINGS:
        folded = folded.replace(one, other)
    return folded
