"""Lists in running text: `These include x, y and z.`, told from sentences."""

import re
from typing import NamedTuple

from drugs.formats.legacy.phrases import mask, members, sentences

_FILLER = re.compile(
    r"(?:(?:these|they|this|those|it|symptoms|examples|(?:some\s+)?(?:people|patients|individuals|users))\s+)?"
    r"(?:(?:may|can|could|might|also|often|typically|commonly)\s+)*"
    r"(?:include[sd]?|including|experience|involve)\b:?\s*"
    r"|(?:rarely|occasionally|(?:in|at|with) (?:very )?(?:high|higher|large|rare|some|prolonged) \w+),\s*",
    re.I,
)
_PREDICATE = re.compile(r"(?<!\s)\s+(?=(?:is|are|may|can|could|might|have been|has been|were|was)\b)")
_VERBS = frozenset(
    "is are was were be been may might can could should would will must has have had occur occurs include includes"
    " experience cause causes lead leads carries consult contact seek report increases requires remains".split()
)
_NO_LIST_STARTS = frozenset(
    "these they this that those it its there the some most many any all each if while although though in at on when"
    " because due since as however generally rarely information none no not unknown usually typically overall symptoms"
    " individuals patients people users data limited varies vary depends see similar especially".split()
)
_ITEM_WORDS = 14


class RunningList(NamedTuple):
    """A list in running text: the words that lead to it (`These include`), its members, and the sentences behind it."""

    filler: str
    members: list
    tail: str

    @property
    def has_verbs(self):
        """True if any member speaks in a verb, as the clauses of a sentence do."""
        return any(_VERBS.intersection(_bare_words(member)) for member in self.members)


def running_list(text):
    """RunningList that `text` begins with, or None if it begins with a sentence."""
    first, *more = sentences(text) or [""]
    filler = ""
    match = _FILLER.match(first)
    hidden = mask(first)
    colon = re.search(r":\s+(?=\S)", hidden)
    if match and match.end() < len(first):
        filler, first = first[: match.end()], first[match.end() :]
    elif colon and "," not in hidden[: colon.start()]:
        filler, first = first[: colon.end()], first[colon.end() :]
    effects = members(first.rstrip(". "))
    if not effects or not _is_bare(effects):
        return None
    effects[-1] = _with_predicate_apart(effects[-1])
    return RunningList(filler.strip(), effects, " ".join(more))


def _with_predicate_apart(member):
    """`x are also possible`, the end of a list that is a sentence, as `x – are also possible`."""
    match = _PREDICATE.search(mask(member))
    if not match or not match.start() or "," in mask(member)[: match.start()]:
        return member
    return f"{member[: match.start()]} – {member[match.end() :]}"


def _bare_words(text):
    """The words of the core of a member: before brackets, dashes and afterthoughts."""
    core = re.split(r",| [–—-] |:", mask(text).lower(), maxsplit=1)[0]
    return re.findall(r"[a-z'’]+", core)


def _is_bare(members):
    """True if `members` are the members of a list and not the clauses of a sentence."""
    first = _bare_words(members[0])
    if not first or first[0] in _NO_LIST_STARTS or _VERBS.intersection(first) or len(first) > _ITEM_WORDS:
        return False
    return len(members) > 2 or not any(_VERBS.intersection(_bare_words(member)) for member in members)
