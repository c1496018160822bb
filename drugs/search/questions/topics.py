"""Topics of a question: which kinds of section answer it, and which of its words are left to name a medicine.

What people say is data, one file a language in `topics/`, in the order in which kinds answer.
"""

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drugs.content.normalisation import fold
from drugs.search.questions.phrases import PhraseList

FOLDER = Path(__file__).parent / "topics"

# Words of a question that name neither a topic nor a medicine.
FILLERS = frozenset(
    """
    a about few couple after again ago all am an any are as at be because been before being best between bit but by can
    could cannot cant d day days did didnt do does doesnt doing done dont double during each ever every feel
    feeling feels first for from get gets getting give given go going good got had happen happened happens has
    have havent having he help her him his hour hours how hrs i id if im in into is isnt it its ive just last
    like long lot many may me mean might mins month months morning much my need needs night no not now of off
    ok okay on once one ones only or our out over own per please possible problem question same she should
    shouldnt since so some still stuff supposed sure take taken takes taking than that the their them then
    there these they thing things this those time times to today told too took tomorrow tonight try twice two
    up us use used using very want was we week weeks well went were what whats when where which while who why
    will without wont work works would year years yes yesterday you your alright hello hi safe safely bad
    tablet tablets pill pills capsule capsules medicine medicines medication medications drug drugs dose doses
    mg ml
    normal really also else someone people wife husband mum dad friend doctor gp chemist says said think ok okay hi
    yo y whilst please pls thx thanks wanna know tell info information advice help
    ich du ist kann darf man der die das ein eine zu nach bei wie wenn habe hat auf von für el la los
    las un una de que se puedo puede tomar por si es para le les une des je peux
    """.split()
)
# Between two medicines; and what says that there are two.
JOINERS = frozenset("with n w and or plus versus vs mit und con y e avec et".split())
TOGETHER = frozenset(
    "together mix mixing mixed combine combining combined same zusammen juntos ensemble".split()
)
# A kind that few pages have is answered by the next best one that speaks of it.
INSTEAD = {
    "do_not_take": ("precautions", "warning"),
    "precautions": ("do_not_take", "warning"),
    "monitoring": ("precautions",),
    "stopping": ("dosage",),
    "missed_dose": ("dosage",),
    "pregnancy": ("precautions", "do_not_take"),
    "driving": ("precautions",),
    "food_alcohol": ("interactions", "precautions"),
    "interactions": ("precautions",),
    "how_it_works": ("uses",),
    "dosage": ("uses",),
}


@dataclass(frozen=True)
class Question:
    """What a query asks: `kinds` of section, best first, none if it only joins two names; and `parts`, the words that
    may name a medicine each."""

    kinds: tuple[str, ...]
    parts: tuple[str, ...]
    pairs: bool  # whether two medicines are asked for together


@functools.cache
def _phrases() -> PhraseList:
    return PhraseList(sorted(FOLDER.glob("*.txt"), key=lambda file: (file.stem != "en", file.stem)))


def parse_question(query: str) -> Question | None:
    """The Question that `query` is, or None if it has the words of no topic. Asks no database."""
    phrases = _phrases()
    words = phrases.words(query)
    matches = phrases.matches(words)
    pairs = not (JOINERS | TOGETHER).isdisjoint(words)
    if len(words) < 2 or not matches and not pairs:
        return None
    said = {at for match in matches for at in range(match.start, match.end) if phrases.knows(words[at])}
    left = [word for at, word in enumerate(words) if at not in said or word in JOINERS]
    kinds = tuple(dict.fromkeys(match.meaning for match in matches))
    parts = tuple(_parts(left))
    return Question(kinds, parts, pairs) if parts else None


# Around a side effect in a question: "which drugs cause ...", "... as a side effect of medicines".
_AROUND_AN_EFFECT = re.compile(
    r"^(?:(?:which|what|list of|do any|any|some) )?(?:drugs?|medicines?|medications?|tablets?|pills?|meds)"
    r"(?: (?:that|which|can|may|could|often))* (?:causes?|causing|gives?(?: you)?|makes? you|leads? to) "
    r"|^(?:caused by|causes of) | (?:caused by|from) (?:drugs?|medicines?|medications?|tablets?)$"
    r"|(?: as)? (?:a )?side ?effects?$"
)


def effect_asked(query: str) -> str:
    """`query` without the words that ask for medicines with a side effect, if it has them."""
    folded = fold(query)
    return _AROUND_AN_EFFECT.sub("", folded) or folded


@functools.lru_cache(
    maxsize=512
)  # a page asks the same of its questions for each kind that it has no section on
def kinds_of(text: str) -> frozenset[str]:
    """The kinds of section that the words of `text`, such as a question on a page, speak of."""
    phrases = _phrases()
    return frozenset(match.meaning for match in phrases.matches(phrases.words(text)))


def _parts(words: list[str]) -> Iterator[str]:
    """The stretches of `words` between joiners, without fillers; none that is empty."""
    for joiner, stretch in itertools.groupby(words, JOINERS.__contains__):
        naming = [] if joiner else [word for word in stretch if word not in FILLERS]
        if naming:
            yield " ".join(naming)
