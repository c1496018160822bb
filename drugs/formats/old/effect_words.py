"""What do the labels above side effects mean: which group, how often, a part of the body, an advice?"""

import html
import re
from functools import lru_cache

from drugs.document import LABEL_JOINER
from drugs.formats.old.section_words import plain

_SERIOUS = re.compile(r"\bserious(?:ly)?\b|\bsevere\b|\blife[- ]threatening\b|\bimmediate medical\b", re.I)
_LESS_COMMON = re.compile(
    r"\bless (?:common|frequent)|\buncommon|\brare\b|\brarely\b|\binfrequent|(?:<|less than|below) ?1 ?%",
    re.I,
)
_COMMON = re.compile(r"\bcommon|\bfrequent|\bmild\b|(?:>|≥|more than|over|at least) ?10 ?%", re.I)
# `Common side effects are mild and infrequent` calls them common before it says anything else.
_CALLED_COMMON = re.compile(r"(?:the )?(?:most )?common(?:ly)? (?:[a-z]+ )?(?:side|adverse)\b", re.I)
_EMERGENCY = re.compile(
    r"\b(?:immediate|emergency)\s+(?:medical\s+)?(?:attention|care|help|treatment|assistance)", re.I
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
    " with you your very reactions following listed special".split()
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
    r"|disclaimer|always|seek|consult|(?:contact|call|tell|inform) (?:your|a|the|any)|stop (?:using|taking|use|the)"
    r"|if you|if any|if these|report any|do not"
    r"|it(?:'|’)s (?:important|crucial|essential|vital)|it is (?:important|crucial|essential|vital)|this is not an"
    r"|this list|these lists|any (?:unusual|concerning|new|other|significant|adverse))\b",
    re.I,
)

_NUMBER = r"(\d+(?:\.\d+)?)"
_RANGE = re.compile(rf"{_NUMBER} ?%? ?(?:-|–|—|to|and) ?(?:<|less than )?{_NUMBER} ?%")
_ABOVE = re.compile(
    rf"(?:>=?|≥|\b(?:more|greater) than(?: or equal to)?|\bover|\babove|\bat least) ?{_NUMBER} ?%"
)
_BELOW = re.compile(rf"(?:<=?|≤|\b(?:less|fewer) than|\bunder|\bbelow|\bup to) ?{_NUMBER} ?%")
_OPEN_ENDED = re.compile(r"% or (?:more|less|higher|lower)|\bor (?:more|less)\b", re.I)
_NOT_KNOWN = re.compile(
    r"(?:frequency|frequencies|incidence)(?: is| are)? (?:not (?:known|defined|established|precisely defined)|unknown"
    r"|undefined)|unknown frequency",
    re.I,
)
_BANDS = (
    ("very_common", 10, 100),
    ("common", 1, 10),
    ("uncommon", 0.1, 1),
    ("rare", 0.01, 0.1),
    ("very_rare", 0, 0.01),
)


def has_group(label):
    """True if the words of `label` say how common or serious effects are."""
    return group_of(label) != "other"


def group_of(label):
    """The group that a heading's own words put its effects in."""
    text = html.unescape(label)
    if _SERIOUS.search(text):
        return "serious"
    if _CALLED_COMMON.match(text):
        return "common"
    if _LESS_COMMON.search(text):
        return "less_common"
    return "common" if _COMMON.search(text) else "other"


def is_group(label):
    """True if `label` is the label of a group of effects, not of one: `Serious`, not `Serious infections`."""
    text = re.sub(r"\([^)]*\)?", " ", html.unescape(label))
    if _ENDS_IN_EFFECTS.search(text.strip()):
        return True
    words = re.findall(r"[a-z]+", text.lower())
    return bool(_GROUP_WORDS.search(text)) and all(word in _BESIDE_GROUP_WORDS for word in words)


def is_system(label):
    """True if `label` is a part or system of the body."""
    inside, close, rest = label.rpartition(")")  # behind the last one no bracket is looked for
    text = plain(re.sub(r"\([^)]*\)", "", inside + close) + rest)
    return text in _SYSTEMS or _SYSTEM_TAIL.sub("", text) in _SYSTEMS


def is_note(text):
    """True if a paragraph or bullet advises the reader instead of naming an effect."""
    return bool(_NOTE.match(text))


def frequency_of(label):
    """The frequency that the numbers of a label state, when they fit one band."""
    text = html.unescape(label)
    if "%" not in text:
        return "not_known" if _NOT_KNOWN.search(text) else "not_stated"
    bounds = [(float(low), float(high)) for low, high in _RANGE.findall(text)]
    rest = _RANGE.sub(" ", text)
    bounds += [(float(low), 100.0) for low in _ABOVE.findall(rest)]
    bounds += [(0.0, float(high)) for high in _BELOW.findall(rest)]
    if len(bounds) != 1 or _OPEN_ENDED.search(rest):
        return "not_stated"
    low, high = bounds[0]
    return next((band for band, least, most in _BANDS if least <= low and high <= most), "not_stated")


@lru_cache(maxsize=4096)
def meaning_of(path):
    """Group, frequency and urgency that a label says; of its levels the innermost that says any counts."""
    levels = path.split(LABEL_JOINER)[::-1]
    group = next((found for found in map(group_of, levels) if found != "other"), "other")
    frequency = next((found for found in map(frequency_of, levels) if found != "not_stated"), "not_stated")
    return group, frequency, "emergency" if _EMERGENCY.search(path) else "unsorted"
