"""Lead-ins: the lines and sentences above or before a list of side effects that say what it lists."""

import re

from drugs.formats.legacy.effect_vocabulary import has_group, is_group
from drugs.formats.legacy.phrases import Label, mask, without_bold

_LINKS_BACK = re.compile(
    r"(?:these|they|this|such|however|symptoms|examples|possible (?:effects|reactions)"
    r"|(?:call|contact|consult|get|seek|see|stop|talk to|tell)\b.*\bif)\b",
    re.I,
)
# No arrow, and no comparison with what follows.
_QUOTED = re.compile(r"(?<![-=<–—~])>\s+(?=[^\W\d]|\*)")
# Where a list begins in running text: behind a colon, a dash, or the `include` of a sentence.
_TO_LIST = re.compile(r"\binclud(?:e|es|ing)(?!\s*:)()\s|((?<!\s)\s+[–—-]\s|:\s)")
_SAYS_EFFECTS = re.compile(r"\bside[- ]effects\b|\badverse (?:effects|reactions|events)\b", re.I)


def as_heading(text):
    """Label of the heading that a lead-in makes: one line, without the marks around it and the colon at its end."""
    label = without_bold(_QUOTED.sub("", text)).rstrip(": ").strip()
    if label.startswith("*") and label.endswith("*") and label.count("*") == 2:
        return label.strip("*").rstrip(": ").strip()
    return label


def first_of_lead_in(parts):
    """Index of the sentence with which the lead-in of a list begins: of `parts`, the sentences of a paragraph, the
    last; if that only points back, the one before it, too.
    """
    first = len(parts) - 1
    while first and not has_group(" ".join(parts[first:])) and _LINKS_BACK.match(parts[first]):
        first -= 1
    return first if has_group(" ".join(parts[first:])) else len(parts) - 1


def group_before_list(text):
    """Label of the group that a sentence or two in front of a list name, with the list behind it; or None."""
    match = _TO_LIST.search(mask(text))
    label = text[: match.start(match.lastindex)].strip() if match else ""
    if not is_group(label) and not (_SAYS_EFFECTS.search(label) and has_group(label)):
        return None
    return Label(without_bold(label), text[match.end() :].strip(), False, True)


def is_group_line(text):
    """True for a line above a list that says `Serious side effects` and no more, without a colon."""
    return "\n" not in text and not text.endswith((".", "!", "?")) and is_group(text.strip("*"))


def ends_in_colon(text):
    """True if a colon ends `text`, asterisks and what is in brackets apart."""
    return mask(text).rstrip(" *").endswith(":")
