"""Division of running text: labels (run-in headings), sentences, members of lists, names of effects.

Everything returned is a slice of what came in. Brackets hide what is inside them: a comma in a parenthesis
ends nothing.
"""

import re
from typing import NamedTuple

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HIDDEN = "\x01"
_BRACKETS_DEEP = 5
_SENTENCE_END = re.compile(r"[.!?]\*{0,3}[\"”)]?\s+(?=[A-Z*\"“\[(\x01])")
_SENTENCE_MARK = re.compile(r"[.!?]")
_MARKS = re.compile(r"[(\[:.*–—]| - ")
_ABBREVIATION = re.compile(r"(?:^|[\s(\x01*])(?:[A-Z]|e\.g|i\.e|vs|[Dd]r|St|No|approx|spp|sp)\.\s+$")
_BOLD = re.compile(r"\*\*(?=[^\s*]|\*[^\s*])(.+?)\*\*(?!\*)", re.S)
_PLAIN_LABEL = re.compile(r"([^:.!?;\n]{1,120}?):(?=\s|$)")
_BEHIND_BOLD = re.compile(r"\s*+((?:\([^()]*\))?)\s*+:\s*")
_MARKS_IN_PAIRS = ("*", "_", "~~", "==", "`")
_DASH = re.compile(r"(?<!\s)\s+[–—-]\s+|(?<=\x01)\s*[–—]\s*")
_COLON = re.compile(r":(?=\s|$)")
_COMMA = re.compile(r",(?=\s|$)")
_SEMICOLON = re.compile(r";(?=\s|$)")
_JOINER = re.compile(r"(and/or|and|or|und|oder|et|ou)\s+", re.I)
_LAST_AND = re.compile(r"\s(and|or|und|oder|et|ou)\s(?=[^\s])")
_BODY_PART = re.compile(
    r"(?:(?:and|or|and/or)\s+)?(?:the\s+)?(?:lips?|tongue|throat|face|eyes?|mouth|nose|hands?|feet|foot|ankles?"
    r"|legs?|arms?|fingers|toes|skin|neck|jaw|back|chest|stomach|extremities|limbs)\b[^,]{0,25}$",
    re.I,
)
_OF_BODY_PART = re.compile(
    r"\b(?:of|in|to|at|around|on)\s+(?:the\s+|your\s+)?(?:\w+\s+)?"
    r"(?:lips?|tongue|throat|face|eyes?|mouth|nose|hands?|feet|ankles?|legs?|arms?|fingers|skin|neck)$",
    re.I,
)
# `Low calcium, zinc, and iron levels`: what changes stands in front of the first, what is measured behind the last.
_CHANGED = re.compile(
    r"(?:increased?|decreased?|elevated|raised|reduced|low|high|abnormal|changes in)\b", re.I
)
_MEASURED = re.compile(r"\b(?:levels?|counts?|concentrations?|values?)$", re.I)
_SECOND_THOUGHT = re.compile(
    r"(?:including|especially|particularly|such as|which|with|e\.g|i\.e|often|sometimes|usually|although|though|but"
    r"|leading|potentially|requiring|due|when|if|like|even|more|most|rarely|mainly|primarily)\b",
    re.I,
)


class Label(NamedTuple):
    """A run-in heading: the label at the start of a text, and what follows it. `colon` says whether one of both
    colons, or the end of its line, sets it apart.
    """

    text: str
    rest: str
    bold: bool
    colon: bool


def mask(text):
    """`text` with all that is in brackets hidden, at the same length."""
    if "(" not in text and "[" not in text:
        return text
    for _ in range(_BRACKETS_DEEP):
        text, count = _BRACKETED.subn(_hide, text)
        if not count:
            break
    return text


def _hide(match):
    return _HIDDEN * len(match[0])


def one_line(text):
    """`text` on one line, as names and headings need it."""
    if "\n" in text or "\t" in text:
        text = " ".join(part.strip(" ") for part in re.split(r"[\n\t]+", text))
    return text.strip()


def without_bold(text):
    """`text` on one line without the asterisks that make it bold; a single pair (italics) stays."""
    return one_line(text.replace("***", "*").replace("**", ""))


def read_bold_label(text):
    """Bold label at the start of `text`, with or without its colon, or None."""
    match = _BOLD.match(text)
    if not match:
        return None
    label, rest = match[1].strip(), text[match.end() :]
    behind = _BEHIND_BOLD.match(rest)
    # A label that has its line to itself is as good as one with a colon.
    colon = label.endswith(":") or bool(behind) or rest.lstrip(" \t").startswith("\n")
    if behind:
        rest = rest[behind.end() :]
        label = f"{label} {behind[1]}" if behind[1] else label
    return Label(one_line(label.removesuffix(":")), rest.strip(), True, colon)


def read_label(text):
    """Label at the start of `text`, bold or plain with a colon, or None."""
    if text.startswith("**"):
        return read_bold_label(text)
    if ":" not in text:
        return None
    match = _PLAIN_LABEL.match(mask(text))
    if not match:
        return None
    return Label(one_line(text[: match.end(1)]), text[match.end() :].strip(), False, True)


def sentences(text):
    """Sentences of `text`, none of which ends at an abbreviation or inside brackets."""
    if ". " not in text and not _SENTENCE_MARK.search(text, 0, _last_word(text)):
        return [text.strip()] if text.strip() else []
    hidden = mask(text)
    pieces, start = [], 0
    for match in _SENTENCE_END.finditer(hidden):
        if hidden[match.start()] == "." and _ABBREVIATION.search(
            hidden, max(0, match.start() - 8), match.end()
        ):
            continue
        pieces.append(text[start : match.end()].strip())
        start = match.end()
    pieces.append(text[start:].strip())
    return [sentence for sentence in pieces if sentence]


def _last_word(text):
    """Where the word begins behind which no space follows: no sentence ends before another one there."""
    words = text.split()
    return len(text) if not words or text[-1].isspace() else len(text) - len(words[-1])


def members(text):
    """Members of a list in running text, without the commas and the last `and`."""
    hidden = mask(text)
    commas = not _SEMICOLON.search(hidden)
    parts = _split_at(_COMMA if commas else _SEMICOLON, text, hidden)
    if commas and len(parts) > 1:
        parts = _glue(parts)
        parts = _measured_together(parts) or [*parts[:-1], *_last_pair(parts[-1])]
    elif "\n" in text and all(line[:1].isupper() for line in text.split("\n")):
        parts = text.split("\n")
    parts = [part[_joiner_end(part) :] for part in parts]
    return [part for part in parts if part]


def _split_at(mark, text, hidden):
    """`text` cut at each one-letter `mark` that its masked form `hidden` shows."""
    cuts = [match.start() for match in mark.finditer(hidden)]
    bounds = zip([-1, *cuts], [*cuts, len(text)], strict=True)
    return [text[start + 1 : end].strip() for start, end in bounds]


def _joiner_end(part):
    match = _JOINER.match(part)
    return match.end() if match else 0


def _glue(parts):
    """Joins what belongs to the member before it: more parts of the body, second thoughts."""
    glued, in_body = [], False
    for part in parts:
        in_body = bool(_BODY_PART.match(part)) and in_body
        if glued and (in_body or _SECOND_THOUGHT.match(part)):
            glued[-1].append(part)
        else:
            glued.append([part])
            in_body = bool(_OF_BODY_PART.search(mask(part)))
    return [", ".join(group) for group in glued]


def _measured_together(parts):
    """`parts` with those at the end made one of which only the last says what was measured; else None."""
    if not _MEASURED.search(parts[-1]):
        return None
    for at in range(len(parts) - 1, -1, -1):
        if _CHANGED.match(parts[at][_joiner_end(parts[at]) :]):
            is_open = at < len(parts) - 1 and not _MEASURED.search(parts[at])
            return [*parts[:at], ", ".join(parts[at:])] if is_open else None
        if len(parts[at].split()) > 3 or "(" in parts[at]:
            return None
    return None


def _last_pair(part):
    """A last member `x and y` is two of them, unless its `and` is the list's own."""
    hidden = mask(part)
    match = _LAST_AND.search(hidden)
    if _JOINER.match(part) or not match or len(hidden.split()) > 6 or _SECOND_THOUGHT.search(hidden):
        return [part]
    return [part[: match.start()], part[match.end() :]]


class NamedEffect(NamedTuple):
    """The name of a side effect and what is said about it."""

    name: str
    description: str


def name_and_description(text):
    """NamedEffect in what one bullet says: a bold label, the words before a colon or dash, or the first sentence
    names it.
    """
    if not _MARKS.search(text):
        return NamedEffect(_tidy(text), "")
    if (label := read_bold_label(text)) and _names_effect(label):
        return _named_effect(label.text, label.rest)
    end = len(sentences(text)[0]) if text else 0
    mark = _first_mark(mask(text))
    if mark and 0 < mark.start() < end and text[mark.end() :].strip():
        return _named_effect(text[: mark.start()], text[mark.end() :].strip())
    return _named_effect(text[:end].rstrip("."), text[end:].strip())


def _names_effect(label):
    return label.rest and (label.colon or label.rest[0] in "(–—-" or label.text.endswith("."))


def _first_mark(hidden):
    """The match of the colon or dash that stands first in a masked text, or None."""
    marks = [match for match in (_COLON.search(hidden), _DASH.search(hidden)) if match]
    return min(marks, key=re.Match.start, default=None)


def _named_effect(name, rest):
    name, bracket = _without_trailing_brackets(name)
    return NamedEffect(_tidy(name), _describe(bracket, rest))


def _without_trailing_brackets(text):
    """The text before its last brackets, and those brackets. Brackets that only close the last member of
    a longer list stay where they are.
    """
    text = text.strip()
    core = text.rstrip(".*: ")
    hidden = mask(core)
    start = len(hidden.rstrip(_HIDDEN + " "))
    if not start or not hidden.endswith(_HIDDEN) or (_HIDDEN in hidden[:start] and _COMMA.search(hidden)):
        return text, ""
    return core[:start] + ("**" if text.endswith("**") else ""), core[start:].strip()


def _describe(bracket, rest):
    """The description: the brackets and the rest without the dash or colon that led to it."""
    rest = rest.lstrip("–—: ") if not rest.startswith("-") else rest.lstrip("- ")
    text = f"{bracket} {rest}".strip()
    if text.startswith("(") and text.rstrip(".").endswith(")") and _is_one_bracket(text):
        return text.rstrip(".")[1:-1].strip()
    return text


def _is_one_bracket(text):
    inner = mask(text.rstrip(".")[1:-1])
    return not mask(text).rstrip(".").strip(_HIDDEN) and "(" not in inner and ")" not in inner


def _tidy(name):
    return without_half_marks(without_bold(name).rstrip(".,;: ").strip())


def without_half_marks(name):
    """`name` without a mark at one end whose other half stands nowhere in it, nor a pair around all of it."""
    if name[:1].isalnum() and (name[-1:].isalnum() or name[-1:] == ")"):
        return name
    if name[0:1] == name[-1:] == "*" and name.count("*") == 2:
        return name[1:-1].strip() or name
    for mark in _MARKS_IN_PAIRS:
        if name.count(mark) % 2:
            name = name.removeprefix(mark) if name.startswith(mark) else name.removesuffix(mark)
            name = name.rstrip(".,;: ").strip()
    return name
