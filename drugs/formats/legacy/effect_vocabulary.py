"""Vocabulary of labels above side effects: group, frequency band, emergency, part of the body, advice."""

import html
import re
from functools import lru_cache
from typing import NamedTuple

from drugs.content import LABEL_JOINER
from drugs.content.whitespace import fold_numbers
from drugs.formats.legacy.languages import effects as languages_effects
from drugs.formats.legacy.section_vocabulary import plain

_SERIOUS = re.compile(
    r"(?<!\bless )(?<!\bnot )(?<!\bnon-)\bserious(?:ly)?\b|(?<!\bless )\bsevere\b|\blife[- ]threatening\b"
    r"|(?<!\bnot require )\bimmediate medical\b",
    re.I,
)
# `Tell your doctor if any of these are severe` calls none of them so.
_ONLY_IF_SEVERE = re.compile(
    r"\bif\b[^.:;]{0,40}\b(?:is|are|becomes?|gets?)(?: too)? (?:severe|serious)\b", re.I
)
_LESS_COMMON = re.compile(
    r"\bless (?:common|frequent)|\buncommon|\brare\b|\brarely\b|\binfrequent|(?:<|less than|below) ?1 ?%",
    re.I,
)
_COMMON = re.compile(r"\bcommon|\bfrequent|\bmild\b|(?:>|≥|more than|over|at least) ?10 ?%", re.I)
# `Common side effects are mild and infrequent` calls them common before it says anything else.
_CALLED_COMMON = re.compile(
    r"\W*(?:\d+[.)]\s+)?(?:the )?(?:most )?common(?:ly)? (?:[a-z]+ )?(?:side|adverse)\b", re.I
)
_EMERGENCY = re.compile(
    r"(?<!\bnot require )\b(?:immediate|emergency)\s+(?:medical\s+)?(?:attention|care|help|treatment|assistance)"
    r"|\bmedical emergency|\bcall (?:911|999|112|an ambulance)\b"
    r"|\b(?:medical|emergency|seek|get) (?:attention|care|help|treatment|assistance)"
    r" (?:immediately|right away|straight away|at once)"
    r"|(?<!\bnot need )(?<!\bnot require )\bemergency (?:services|room|department)\b",
    re.I,
)

# What may stand in the label of a group besides its own words, so that `Serious skin reactions` is none.
_GROUP_WORDS = re.compile(
    r"\b(?:serious|severe|common|frequent|rare|mild|moderate|uncommon|infrequent)", re.I
)
_BESIDE_GROUP_WORDS = frozenset(
    "a about affecting affect all also although and any are as at be been being but by can common commonly could"
    " adverse effect effects event events even experience extremely few for frequency frequent frequently general"
    " generally have however if immediate important in include included includes including incidence infrequent"
    " infrequently is it less life like likely lower many may medical attention might mild minor moderate more most"
    " mostly not notable observed occur occurring of often on or other others particularly patients people possible"
    " post marketing potential potentially rare rarely relatively reported reports require requires requiring seek"
    " serious seriously severe side some sometimes still such symptom symptoms temporary than that the their there"
    " these they this though threatening to typically uncommon unlikely unknown users usually very were which while"
    " with you your very reactions following listed special known defined established precisely postmarketing case"
    " cases surveillance studies trials clinical data based".split()
)
_ENDS_IN_EFFECTS = re.compile(
    r"\b(?:side effects?|adverse (?:effects|reactions|events)|(?:specific|related)(?: (?:effects|risks))?)$",
    re.I,
)
_SYSTEMS = frozenset(
    "nervous system|nervous|central nervous system|cns|neurological|neurologic|neuropsychiatric|psychiatric"
    "|psychological"
    "|cardiovascular|cardiac|heart|vascular|respiratory|pulmonary|lungs|gastrointestinal|gi|digestive|digestive system"
    "|dermatological|dermatologic|skin|cutaneous|endocrine|metabolic|endocrine & metabolic|endocrine/metabolic"
    "|endocrine and metabolic|metabolism|nutritional|genitourinary|urogenital|urinary|reproductive|sexual"
    "|hematologic|hematological|haematological|blood|hematologic/oncologic|hematologic & oncologic|oncologic"
    "|hematologic and oncologic|lymphatic|hepatic|liver|hepatobiliary|renal|kidney|hypersensitivity|immune"
    "|immunologic|immunological|musculoskeletal|neuromuscular|neuromuscular & skeletal|neuromuscular/skeletal"
    "|neuromuscular and skeletal|ophthalmic|ocular|eye|eyes|visual|vision|otic|ear|ears|auditory|local|infection"
    "|infections|systemic|general|body as a whole|other|others|miscellaneous|topical|oral|injection|intravenous"
    "|inhalation|constitutional|autonomic|autonomic nervous system|genital|dental|nasal".split("|")
)
_SYSTEM_TAIL = re.compile(
    r"\s*(?:(?:system )?(?:side |adverse )?effects?|system disorders|(?<=al|ic|ar|ry) disorders)$", re.I
)

_NOTE = re.compile(
    r"\W*(?:(?:important|please|very|safety)\s+)?(?:note|important|warnings?|caution|remember|crucially|reminder"
    r"|disclaimer|always|seek|consult|(?:contact|call|tell|inform) (?:your|a|the|any|\d)|stop (?:using|taking|use|the)"
    r"|get (?:help|medical|emergency|immediate)|go to the|when to (?:call|contact|see|seek|get|tell)"
    r"|if you|if any|if these|report any|do not"
    r"|it(?:'|’)s (?:important|crucial|essential|vital)|it is (?:important|crucial|essential|vital)|this is not an"
    r"|this list|these lists|any (?:unusual|concerning|new|other|significant|adverse))\b",
    re.I,
)

# `Up to 1 in 10` is how the bands themselves are worded; any other `1 in 10` is a number, 10%.
_BAND_WORDING = re.compile(r"\bup to 1 (?:in|out of) (10|100|1,?000|10,?000)(?![\d,])", re.I)
_WORDED_BANDS = {"10": "common", "100": "uncommon", "1000": "rare", "10000": "very_rare"}
_RATIO = re.compile(r"\b1 ?(?:/|in(?: every)?|out of) ?(\d[\d,]*\d|\d)(?![\d/])", re.I)
_NUMBER = r"(\d+(?:\.\d+)?)"
_RANGE = re.compile(rf"{_NUMBER} ?%? ?(?:-|–|—|to|and) ?(?:<|less than )?{_NUMBER} ?%")
_ABOVE = re.compile(
    rf"(?:>=?|≥|\b(?:more|greater) than(?: or equal to)?|\bover|\babove|\bat least) ?{_NUMBER} ?%"
)
_BELOW = re.compile(rf"(?:<=?|≤|\b(?:less|fewer) than|\bunder|\bbelow|\bup to) ?{_NUMBER} ?%")
_DIGIT = re.compile(r"\d")
_EXACT = re.compile(rf"{_NUMBER} ?%")
_OR_MORE = re.compile(rf"{_NUMBER} ?% or (?:more|higher|greater|above)\b", re.I)
_OPEN_ENDED = re.compile(r"% or (?:more|less|higher|lower)|\bor (?:more|less)\b", re.I)
_NOT_KNOWN = re.compile(
    r"(?:frequency|frequencies|incidence)(?: is| are)? (?:not (?:known|defined|established|precisely defined)|unknown"
    r"|undefined)|unknown frequency|^not known\b",
    re.I,
)
_HOW_COMMON = re.compile(r"(?:very |more |less )?(?:un|in)?(?:common|frequent|rare)(?:ly)?", re.I)
_BANDS = (
    ("very_common", 10, 100),
    ("common", 1, 10),
    ("uncommon", 0.1, 1),
    ("rare", 0.01, 0.1),
    ("very_rare", 0, 0.01),
)


# What a bracket behind an effect may say besides a number, if the number is to be its frequency and no dose.
_BESIDE_NUMBERS = frozenset(
    "a about above affect affected affecting affects approximately around at average between cases children adults"
    " clinical equal estimated experienced fewer frequency greater in incidence individuals least less men more occur"
    " occurred occurring occurs of or over patients people per rate reported reports roughly seen subjects than the"
    " to treated trials under up users women out and below nearly almost by".split()
)


class Meaning(NamedTuple):
    """What a label says of the effects below it, in the words of a SideEffect."""

    group: str
    frequency: str
    urgency: str


def has_group(label):
    """True if the words of `label` say how common or serious effects are."""
    return group_of(label) != "other"


def heads_group(label):
    """True if a line that says `label` names a group and not a drug: its words or its numbers say so."""
    other = re.match(r"(?:other|additional|miscellaneous)\b", label, re.I)
    return has_group(label) or bool(other) or frequency_of(label) != "not_stated"


def group_of(label):
    """Group that a heading's own words put its effects in."""
    text = html.unescape(label)
    if _SERIOUS.search(_ONLY_IF_SEVERE.sub("", text)):
        return "serious"
    if _CALLED_COMMON.match(text):
        return "common"
    if _LESS_COMMON.search(text):
        return "less_common"
    return "common" if _COMMON.search(text) else languages_effects.group_of(text)


def is_group(label):
    """True if `label` is the label of a group of effects, not of one: `Serious`, not `Serious infections`."""
    text = re.sub(r"\([^)]*\)?", " ", html.unescape(label))
    if _ENDS_IN_EFFECTS.search(text.strip()):
        return True
    words = re.findall(r"[a-z]+", text.lower())
    says_group = _GROUP_WORDS.search(text) or "%" in text or _NOT_KNOWN.search(text)
    if says_group and all(word in _BESIDE_GROUP_WORDS for word in words):
        return True
    return languages_effects.is_group(text)


def is_system(label):
    """True if `label` is a part or system of the body."""
    inside, close, rest = label.rpartition(")")  # behind the last one no bracket is looked for
    text = plain(re.sub(r"\([^)]*\)", "", inside + close) + rest)
    return text in _SYSTEMS or _SYSTEM_TAIL.sub("", text) in _SYSTEMS or languages_effects.is_system(text)


def is_note(text):
    """True if a paragraph or bullet advises the reader instead of naming an effect."""
    return bool(_NOTE.match(text))


def frequency_of(label):
    """Frequency band that the numbers of a label state, when they fit one; `not_known` where it says that."""
    text = languages_effects.in_english(fold_numbers(html.unescape(label)))
    if worded := _BAND_WORDING.search(text):
        return _WORDED_BANDS[worded[1].replace(",", "")]
    text = _RATIO.sub(_as_percent, text)
    if "%" not in text:
        is_unknown = _NOT_KNOWN.search(text) or languages_effects.says_not_known(text)
        return "not_known" if is_unknown else "not_stated"
    bounds = [tuple(sorted((float(low), float(high)))) for low, high in _RANGE.findall(text)]
    rest = _RANGE.sub(" ", text)
    if not bounds:
        bounds = [(float(low), 100.0) for low in _OR_MORE.findall(rest)]
        rest = _OR_MORE.sub(" ", rest)
    bounds += [(float(low), 100.0) for low in _ABOVE.findall(rest)]
    bounds += [(0.0, float(high)) for high in _BELOW.findall(rest)]
    if len(bounds) != 1 or _OPEN_ENDED.search(rest):
        return "not_stated"
    return _band(*bounds[0])


def _says_how_often(label):
    return frequency_of(label) != "not_stated" or (is_group(label) and _states_number(label))


def _states_number(text):
    """True if a text says how often in a number, whether or not that fits one band."""
    return bool("%" in text or _RATIO.search(fold_numbers(text)))


def frequency_in(description, group):
    """Frequency of one effect that its description is: `10% of patients`, not `a 10% solution`.

    None if it says nothing of that, so that what holds for its `group` holds for the effect. What no band can hold
    (`<1%`) is not stated, and neither is what speaks against the group (`rare` among the common ones).
    """
    if not _DIGIT.search(description):
        word = description.rstrip(".")
        if _HOW_COMMON.fullmatch(word) and group_of(word) != group:
            return "not_stated"
        return "not_known" if _NOT_KNOWN.fullmatch(word) else None
    text = fold_numbers(html.unescape(description))
    words = re.findall(r"[a-z]+", text.lower())
    if not _BESIDE_NUMBERS.issuperset(words) or not _states_number(text):
        return None
    frequency = frequency_of(text)
    exact = _EXACT.findall(_RATIO.sub(_as_percent, text))
    bounded = _RANGE.search(text) or _ABOVE.search(text) or _BELOW.search(text) or _OPEN_ENDED.search(text)
    if frequency == "not_stated" and len(exact) == 1 and not bounded:
        return _band(float(exact[0]), float(exact[0]))
    return frequency


def _as_percent(match):
    return f"{100 / max(1, int(match[1].replace(',', ''))):.6f}".rstrip("0").rstrip(".") + "%"


def _band(low, high):
    """The band that all of `low` to `high` percent lies in; what a band ends with, the rarer ones begin above."""
    exact = (band for band, least, most in _BANDS if low == high and least <= low)
    spanned = (band for band, least, most in _BANDS if least <= low and high <= most)
    return next(exact, None) or next(spanned, "not_stated")


def is_emergency(text):
    """True if a source says of an effect that it needs medical attention at once."""
    return bool(_EMERGENCY.search(text))


@lru_cache(maxsize=4096)
def meaning_of(path):
    """Meaning of a label of many levels; of these the innermost that says a group or frequency counts."""
    levels = path.split(LABEL_JOINER)[::-1]
    group = next((group for group in map(group_of, levels) if group != "other"), "other")
    frequency = frequency_of(next(filter(_says_how_often, levels), ""))
    return Meaning(group, frequency, "emergency" if is_emergency(path) else "unsorted")
