"""Said words: the section of a page that says what a question asks, where no everyday word tells its topic.

"examplol high blood pressure" asks what the page of Examplol says of that. A section answers only if one of its
paragraphs says half of the words that were typed, so that nothing is answered with a text about something else.
"""

import re
from collections.abc import Iterable, Sequence

from drugs.content import Document, SideEffect
from drugs.content.normalisation import fold
from drugs.search.effect_names import other_slugs
from drugs.search.facets import facet_slug
from drugs.search.questions.topics import FILLERS, JOINERS, TOGETHER

# Of sections that say the words, the one that most likely says what holds: first what a medicine is for, then for whom
# it is not, then all else.
ORDER = (
    "uses do_not_take warning interactions pregnancy food_alcohol driving precautions dosage missed_dose stopping "
    "side_effects monitoring how_it_works storage ingredients other"
).split()
JOINED_ORDER = ["interactions", "uses"]
ILL = frozenset(
    "attack condition damage disease disorder failure fits heart impairment injury kidney kidneys liver lung lungs "
    "pressure problem problems stroke syndrome thyroid transplant tumour ulcer".split()
)
# Words of a query that are looked for at most, and how many letters of one of them stay whatever its ending.
MOST_WORDS, STEM_CHARS = 6, 4
# Of a question after a side effect, the words that ask.
_ASKING = frozenset(
    "cause caused causes causing effect effects get getting give gives have having side".split()
)
_ENDINGS = frozenset(["", *"s es d ed ing ings er ers e y ies ied al ally ic ly ion ions ness n en".split()])


def words_besides(query: str, names: Iterable[str]) -> list[str]:
    """The folded words of `query` that ask something: those of none of the `names`, and no fillers."""
    own = {word for name in names for word in fold(name).split()} | FILLERS | JOINERS | TOGETHER
    return [word for word in dict.fromkeys(fold(query).split()) if word not in own and len(word) > 1]


def kind_saying(document: Document, words: Sequence[str], joined: bool = False) -> str:
    """The kind of the section of `document` that says most of `words`, half at least, in one paragraph, or "".

    A side effect is known by all of its names (`effect_names`). Words `joined` to a medicine ("with ...") name another
    one, unless the page is for what they say or they are an illness.
    """
    if not words or len(words) > MOST_WORDS:
        return ""
    if _is_effect(document, words):
        return "side_effects"
    order = JOINED_ORDER if joined and ILL.isdisjoint(words) else ORDER
    best, kind = (len(words) - 1) / 2, ""
    for section in sorted(
        (section for section in document.sections if section.kind in order),
        key=lambda section: order.index(section.kind),
    ):
        said = max(_count_said(fold(text).split(), words) for text in re.split(r"\n\s*\n", section.body))
        if said > best:
            best, kind = said, section.kind
    return kind


def effects_saying(document: Document, words: Sequence[str]) -> list[SideEffect]:
    """The side effects of `document` that say all of `words`, in their name or what stands beside it."""
    words = [word for word in words if word not in _ASKING]
    if not 0 < len(words) <= MOST_WORDS:
        return []
    return [
        effect
        for effect in document.side_effects
        if _count_said(fold(f"{effect.name} {effect.description}").split(), words) == len(words)
    ]


def _is_effect(document, words):
    slug = facet_slug(" ".join(words))
    asked = {slug, *other_slugs(slug)} - {""}
    return any(facet_slug(effect.name) in asked for effect in document.side_effects)


def _count_said(text_words, words):
    return sum(any(_same_word(word, other) for other in text_words) for word in words)


def _same_word(word, other):
    """Whether two folded words are forms of one, as far as their endings tell."""
    if word == other:
        return True
    common = 0
    for left, right in zip(word, other, strict=False):
        if left != right:
            break
        common += 1
    return common >= STEM_CHARS and word[common:] in _ENDINGS and other[common:] in _ENDINGS
