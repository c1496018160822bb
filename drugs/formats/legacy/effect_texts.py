"""Texts in lists of side effects that name none: remarks, cross-references, treatments, and marks beside a name."""

import re
from typing import NamedTuple

from drugs.formats.legacy.phrases import Label, mask
from drugs.formats.legacy.running_lists import running_list
from drugs.formats.legacy.section_vocabulary import plain_kind

_LINK = re.compile(r"\[([^\[\]\n]+)\]\((?:[^()\n]|\([^()\n]*\)){0,500}\)")
# Numbers of a label's own sections, such as (6.1), [see Warnings (5.1, 5.2)].
_SECTION_NUMBER = re.compile(
    r"\s*[\[(]\s*(?:see\s+[^()\[\]\d]{0,80})?\(?\s*\d{1,2}\.\d{1,2}(?:\.\d)?(?:\s*,\s*\d{1,2}\.\d{1,2})*\s*\)?\s*[\])]"
    r"(?=[\s.,;:]*$|[,;.])",
    re.I,
)
_ITALICS = re.compile(r"([*_])(?![\s*_])([^*_]+)(?<!\s)\1")
_LEAD_IN = re.compile(
    r"(?:(?:it|they|this|these|which) )?(?:(?:can|may|might|could|will|also|rarely|sometimes|often|commonly|usually"
    r"|frequently|occasionally|possibly) )*(?:cause[sd]?|lead(?:s|ing)? to|results? in|produces?|induces?)\s+(?=\S)",
    re.I,
)
_NO_EFFECT = re.compile(
    r"(?:generally|usually|typically)\s+(?:well|safe|considered|very)\b|(?:side |adverse )?effects?"
    r"\s+(?:vary|varies|depends?|differs?)\b|none\b(?! of)|no known\b"
    r"|see(?:\s+also)?(?![\w-])|used (?:to|for|in|as|with)\b|(?:also )?(?:contra-?)?indicated (?:in|for|if|with)\b"
    r"|treat (?:with|by|it|them)\b|treat(?:ed|able) (?:with|by)\b"
    r"|treatments?(?:\s+(?:with|of|by|is|for)\b|\s*:)|manage(?:d|ment)? (?:with|by|of)\b|managed?:"
    r"|monitor(?:ing)?\b|avoid\b|interacts? with\b|antidotes?\b|reversed? (?:with|by)\b|metaboli[sz]ed (?:by|in|via)\b"
    r"|(?:reduce|lower|adjust|hold|halve|stop) (?:the )?dos(?:e|age)\b|(?:check|give|consider|prescribe|administer)\s"
    r"|siehe\b|vgl\.|hinweis\b|wenn sie\b|(?:informieren|suchen|sprechen|wenden|benachrichtigen) sie\b"
    r"|behandlung (?:mit|durch)\b|voir\b|consulte[zr]?\b|informez\b|si vous\b|v[eé]ase\b|si (?:nota|tiene)\b"
    r"|informe a\b|vedere\b|consulti\b|se (?:nota|ha|tiver|notar)\b|zie\b|raadpleeg\b|neem contact\b|als u\b"
    r"|(?:children|infants|adults|elderly|pregnant women|pregnancy|kinder|schwangere)\s*[<>≤≥\d\s]*:"
    r"|refer (?:to|for)\b|read more\b|more (?:about|information|details)\b|caution (?:in|with|if)\b|cf\.",
    re.I,
)
# What the bullets below an effect say of it: how it happens, whom it meets, what to do, in verbs and joining words.
_REMARK_STARTS = re.compile(
    r"(?:mostly|mainly|usually|often|sometimes|especially|particularly|rarely|more|less|most|only|even|if|when|while"
    r"|with|at|after|before|during|within|due|because|since|caused|worse|better|resolves?|reversible|dose[- ]|seen|risk"
    r"|related|associated|occurs?|happens|can|may|might|this|these|that|it|they|there|both|prevent(?:ed)?|up to|about"
    r"|→|->|=>)(?=[\s:→>-])",
    re.I,
)
_VERBS = re.compile(
    r"\b(?:is|are|was|were|can|cannot|may|might|could|should|must|will|takes?|causes?|occurs?|happens?|needs?"
    r"|requires?|means?|goes|disappears?|increases? with|depends?|has|have|had)\b",
    re.I,
)
# Stems of international nonproprietary names (WHO): a bullet below an effect that is one word of these is a drug.
_DRUG = re.compile(
    r"\w{2,}(?:pril|sartan|olol|statin|[aeio]zole|mycin|cillin|floxacin|dipine|azepam|azolam|barbital|caine|setron"
    r"|triptan|gliptin|gliflozin|glitazone|tidine|amine|idine|afil|mab|tinib|vir|parin|xaban|grel|dronate|lukast|terol"
    r"|fenac|profen|oxicam|phylline|curonium|oxetine|ipramine|triptyline|apine|peridol|azine|thiazide|semide|cycline"
    r"|oxone|codone|setine|formin|poetin)s?",
    re.I,
)
_NAMES_MOST = re.compile(
    r"(?:the )?(?:most |more )?(?:common|frequent|serious|severe)(?:ly)?\b[^.:;!?]{0,90}?"
    r"\s(?:are|were|is|was)\s+(?=\S)",
    re.I,
)
_PAIR = re.compile(r"\s+(and|or)\s+")
_OTHER_HEADINGS = re.compile(
    r"(?:treatments?|management|managing (?:side|adverse) effects|prevention|further reading|related(?: \w+)?|links"
    r"|references?|sources?|mechanisms?|causes?|risk factors?|antidotes?|what to do|tips|drugs?|medicines?"
    r"|behandlung|therapie|quellen|siehe auch|traitement|tratamiento|tratamento|trattamento|behandeling)\b\W*",
    re.I,
)
_SHARED_PLACE = re.compile(r"\s(?:at|in|on|of|around|near|from|with|during|after|to|for)\s", re.I)
_MEMBER_WORDS = 5
_TOLERATED = re.compile(
    r"(?:is |are )?(?:(?:generally|usually|typically|mostly|often)\s+)?(?:considered\s+)?(?:well[- ]tolerated|safe\b)",
    re.I,
)
_SETS_APART = re.compile(r"[:;]|(?<!\w)[–—]|[–—](?!\w)")  # no hyphen, as in `Stevens–Johnson syndrome`


class Said(NamedTuple):
    """A text without the marks beside its words, and the words that went with them."""

    text: str
    dropped: str


def without_references(text):
    """Said: links are their words, numbers of a label's sections go."""
    dropped = []
    if "](" in text:
        dropped += [link[0][len(link[1]) :] for link in _LINK.finditer(text)]
        text = _LINK.sub(r"\1", text)
    if "." in text and ("(" in text or "[" in text):
        dropped += [match[0] for match in _SECTION_NUMBER.finditer(text)]
        text = _SECTION_NUMBER.sub("", text)
    return Said(text, " ".join(dropped))


def without_italics(text):
    """`text` without the one pair of marks that makes all of it italic."""
    match = _ITALICS.fullmatch(text)
    return match[2] if match else text


def says_no_effect(text):
    """True for a text that says there is none, points elsewhere, or says what to do."""
    return bool(_NO_EFFECT.match(text))


def says_tolerated(text):
    """True for what stands behind the name of a drug, not of an effect: that it is well tolerated."""
    return bool(_TOLERATED.match(text))


def heads_no_effects(label):
    """True for a heading or lead-in inside a section of side effects below which something else is listed."""
    kind = plain_kind(label)
    return bool(says_no_effect(label) or _OTHER_HEADINGS.fullmatch(label)) or kind not in (
        None,
        "side_effects",
    )


def lead_in(text):
    """Label of the words that lead to an effect, `Can cause`, with the effect behind them; None where none do."""
    match = _LEAD_IN.match(text)
    return Label(match[0].strip(), text[match.end() :].strip(), False, True) if match else None


def most_common(text):
    """Label in `The most common ones were a and b.`, with the list behind it; None where no list of several is."""
    match = _NAMES_MOST.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    rest = rest if "," in rest else _PAIR.sub(r", \1 ", rest, count=1)
    effects = running_list(rest)
    if not effects or effects.filler or len(effects.members) < 2 or effects.has_verbs:
        return None
    return Label(match[0].strip(), rest, False, True)


def bracketed(label):
    """True for a label that is all in brackets, before a list of several."""
    if not (label and label.rest and label.text.startswith("(") and label.text.endswith(")")):
        return False
    effects = running_list(label.rest)
    return bool(effects and len(effects.members) > 1)


def bare_list(text):
    """Members of a bullet that is nothing but a list, of which a place at the end is not said of all; else nothing."""
    if "," not in text or _SETS_APART.search(text):
        return []
    effects = running_list(text)
    if not effects or effects.filler or effects.tail or effects.has_verbs or len(effects.members) < 3:
        return []
    *others, last = effects.members
    if any(len(mask(member).split()) > _MEMBER_WORDS for member in effects.members):
        return []
    shared = _SHARED_PLACE.search(last) and not any(map(_SHARED_PLACE.search, others))
    return [] if shared else effects.members


def is_one_name(text):
    """True for a paragraph that is nothing but the name of one effect, as groups of a formulary may have it."""
    effects = running_list(text)
    if not effects or len(effects.members) != 1 or effects.filler or effects.tail or effects.has_verbs:
        return False
    return len(text.split()) <= _MEMBER_WORDS and not text.endswith((".", ":", "!", "?"))


def joined(first, second):
    """Two texts on one effect as one, with a full stop between them where the first has none."""
    if not first or not second:
        return first or second
    if "\n" in second:
        return f"{first}\n\n{second}"
    return f"{first} {second}" if first.endswith((".", "!", ")")) else f"{first}. {second}"


def is_remark(text):
    """True for a bullet below an effect that says something of it, or names a drug, instead of another effect."""
    text = text.strip("* _")
    if _REMARK_STARTS.match(text) or _NO_EFFECT.match(text) or _DRUG.fullmatch(text):
        return True
    return bool(_VERBS.search(mask(text)))
