"""Vocabulary of section names: the kind of section that a heading or label names."""

import re

from drugs.content import SECTION_HEADINGS
from drugs.formats.legacy import languages

_SIX_NAMES = {
    "usage": "uses",
    "dosage": "dosage",
    "side effects": "side_effects",
    "how it works": "how_it_works",
    "precautions": "precautions",
    "faqs": "faqs",
}
# Of the names in other words, the ones that are rarely labels inside another section.
_OTHER_LABEL_NAMES = frozenset(
    (
        "indications",
        "adverse effects",
        "adverse reactions",
        "mechanism of action",
        "dosage and administration",
    )
    + ("warnings", "warnings and precautions", "faq", "frequently asked questions")
)
_OWN_HEADINGS = {
    heading.lower(): kind for kind, heading in SECTION_HEADINGS.items() if kind not in ("other", "warning")
}
_PLAIN_NAMES = _OWN_HEADINGS | _SIX_NAMES

# What a heading may say instead of all these names. The first that fits counts; what brings drugs together fits none.
_IN_OTHER_WORDS = tuple(
    (kind, re.compile(words, re.I))
    for kind, words in (
        (
            "faqs",
            r"\bfaq|\bfrequently asked\b|^questions and answers|^q ?(?:&|and) ?a\b|^(?:\w+ )?questions$",
        ),
        (
            "side_effects",
            r"\bside[- ]effects?\b|\badverse (?:drug )?(?:effects|reactions|events)|\b(?:undesirable|unwanted) effects",
        ),
        ("warning", r"\b(?:boxed|black[- ]box) warnings?\b"),
        ("missed_dose", r"\b(?:miss(?:ed)?|forg[eo]t) (?:a |your |to take )?(?:dos|it\b)"),
        ("overdose", r"\boverdos|\b(?:take|taken|took) too much"),
        ("pregnancy", r"\bpregnan|\bbreast-?feeding|\blactation"),
        (
            "do_not_take",
            r"^contra-?indications?\b|\bwho (?:can and )?(?:(?:should|must|can) not|cannot) (?:take|use)",
        ),
        (
            "how_it_works",
            r"^how .{1,80} works?\b|\b(?:mechanism|mode) of action|^mechanism$|^pharmaco(?:logy|dynamics)$",
        ),
        (
            "uses",
            r"^use$|^(?:\w+ ){0,2}uses$|^uses (?:of|and|for)\b|:\s*uses$"
            r"|\bused for$|\bprescribed$|\bindications?\b",
        ),
        ("interactions", r"\binteractions?\b"),
        ("storage", r"^(?:how (?:to|do i|should i) )?(?:store|storage)\b"),
        (
            "dosage",
            r"^how .{0,9}\b(?:to|should|do)\b.{1,60}\b(?:take|taken|use|used)\b|^how to (?:take|use)\b",
        ),
        ("dosage", r"^(?:administration|directions)\b|^(?:recommended |usual )?dos(?:e|es|ing)\b"),
        (
            "precautions",
            r"\bwarnings?\b|^cautions?\b|^(?:important )?safety\b|^before (?:you )?(?:tak|us)(?:e|ing)\b",
        ),
    )
)
_TOGETHER = re.compile(r"\bcombin|\btogether\b", re.I)
_NAMES_INSIDE = re.compile(
    r"\b(usage|dosage|side effects|how (?:[\w-]+ ){1,3}works?|precautions|faqs)\b", re.I
)
_MORE_NAMES = re.compile(r"\b(?:uses|benefits|warnings|interactions|more)\b", re.I)
# `Combined use: Precautions` is a text of its own; `Precautions (combined use)` are the precautions of the whole page.
_COMBINED_USE = re.compile(r"\bcombin\w*\s+use\b", re.I)
_QUALIFIED_FAQS = re.compile(
    r"(?:faqs?|frequently asked questions)\s*(?:[(:–—-]\s*\S|(?:for|about|on)\b)|(?:[\w/&+-]+\s+){1,4}[–—-]?\s*faqs$"
    r"|questions\s+(?:for|about|on)\b",
    re.I,
)
_MARK_BESIDE_NAME = re.compile(r" ?[:–—|] ?| - |['’]s ")
# A number or a symbol before a name, a symbol behind it.
_BEFORE_NAME = r"(?:(?:\d*[^\w\s(]+|[ivx]+[.)])\s+)"
_BESIDE_NAME = re.compile(rf"^{_BEFORE_NAME}+|\s+[^\w\s()?]+$", re.I)
_GENERIC_NAME = re.compile(
    rf"{_BEFORE_NAME}*\**generic names?\b\**\s*(\([^)]*\))?\s*:?\s*(?:[^\w(]+$)?", re.I
)
_OTHER_LABEL = re.compile(
    r"\bbrand names?\b|\bcombin(?:ed|ing|ation|ations)\b|\binteractions\b|\bpotential uses\b", re.I
)


# What a phrase can be about: below `Not suitable for` they name nobody's section.
OBJECTS = frozenset(["pregnancy", "food_alcohol", "driving"])


def plain(text):
    """Plain form of a heading or label: without markup, case, and the colon at its end."""
    return " ".join(text.replace("*", "").split()).rstrip(": ").lower()


def is_plain(text):
    """True if `text` is one of the six plain names: only these need not be stored, their kind says them."""
    return plain(text) in _SIX_NAMES


def plain_kind(text):
    """Section kind that `text` is the plain name of, or None."""
    kind = _PLAIN_NAMES.get(_without_number(text))
    return kind or ((found := languages.named(text)) and found.kind)


def stands_alone_below(text, parent):
    """True if a heading `text` that names a section says the same without the heading `parent` of another above it."""
    found = languages.named(text)
    above = languages.named(parent)
    return bool(found and (found.is_sentence or (above and above.is_open)))


def _without_number(text):
    return _BESIDE_NAME.sub("", plain(text))


def qualified_kind(text):
    """Section kind that `text` names with a component or a remark beside it, or None.

    More than two names in one heading announce a whole component, not one section.
    """
    names = _NAMES_INSIDE.findall(text)
    if not names and len(_MORE_NAMES.findall(text)) < 3 and not _TOGETHER.search(text):
        name = _without_number(text).rstrip("?")
        return next((kind for kind, words in _IN_OTHER_WORDS if words.search(name)), None)
    before = _NAMES_INSIDE.split(text, maxsplit=1)[0]
    if not names or len(names) + len(_MORE_NAMES.findall(text)) > 2 or _COMBINED_USE.search(before):
        return None
    return _SIX_NAMES.get(names[0].lower(), "how_it_works")


def split_name(text):
    """The name of a section and what a mark parts from it in a heading, such as a drug: `Aol – Uses`, `Uses: Aol`."""
    pieces = _MARK_BESIDE_NAME.split(" ".join(text.replace("*", "").split()))
    both = (pieces[::-1], pieces) if len(pieces) == 2 else ()
    return next(((name, rest.strip()) for name, rest in both if plain_kind(name)), None)


def kind_beside(drug_words, text):
    """Section kind that a heading names beside a drug with no other words than these, or None."""
    name, drug = split_name(text) or ("", "")
    words = re.findall(r"\w{3,}", drug.lower())
    return plain_kind(name) if words and drug_words.issuperset(words) else None


def names_kind(text):
    """True if a heading names a section, plainly or with a remark beside its name."""
    return bool(plain_kind(text) or qualified_kind(text))


def besides_names(text):
    """Remainder of a qualified heading without the names of sections: the drug, in `Side Effects of Examplol`."""
    rest = re.sub(r"^\W*(?:(?:of|for|with|about)\s)?\W*", "", _NAMES_INSIDE.sub("", text), flags=re.I)
    behind = re.match(r"\W*", rest[::-1])  # from the end: `\W+$` begins anew at each sign of a row of them
    return rest[: len(rest) - len(behind[0])]


def component_name(text):
    """Drug in a heading that announces all its sections: `Examplol: Usage, Dosage, Side Effects`."""
    return text.partition(":")[0].strip() if len(_NAMES_INSIDE.findall(text)) > 2 else text


def label_kind(text):
    """Section kind that a bold label names, or None: stricter than a heading, because labels such as
    `Common side effects` also stand inside sections.
    """
    name = _without_number(text)
    kind = _SIX_NAMES.get(name) or ("uses" if name == "uses" else None)
    if kind:
        return kind
    if _QUALIFIED_FAQS.match(name):
        return "faqs"
    name, _, remark = name.partition("(")
    return _SIX_NAMES.get(name.rstrip(": ")) if remark.endswith(")") else None


def other_label_kind(text):
    """Section kind that a bold label names in other words than the six names, or None."""
    found = languages.named(text)
    is_certain = found and (_without_number(text) in _OTHER_LABEL_NAMES or "en" not in found.languages)
    return found.kind if is_certain else None


def generic_name(text):
    """Match of `Generic Name` at the start of a heading or label; its first group is a qualifier."""
    return _GENERIC_NAME.match(text)


def stands_alone(label):
    """True for the labels of legacy pages that have a text of their own: brand names, combined use."""
    return bool(_OTHER_LABEL.search(label))
