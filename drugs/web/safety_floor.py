"""Safety floor of a drug's page: what the site itself says of danger where no person has sorted the text.

No word of the source changes: its own sentences are quoted with links to where they stand.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice, pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from drugs.content import FAQ, Document
from drugs.content.components import without_brackets
from drugs.content.languages import is_english
from drugs.content.markdown import plain
from drugs.web.component_groups import said_before
from drugs.web.quotations import LONGEST, pieces, quotations, text_directive, unwrapped
from drugs.web.text_findings import questions_of, with_anchors

ANCHOR = "signs-of-danger"
AT_MOST = 2  # sentences of a topic, or one of each component
CAREFUL = ("warning", "do_not_take", "precautions", "pregnancy", "interactions")
OTHER, USES, LAST = 1, 2, 3  # ranks of what is quoted where nothing before it speaks

# What a contraceptive does is not about pregnancy; "any chance of pregnancy" is.
_NOT_PREVENTED = "".join(
    f"(?<!{words} )"
    for words in (
        *("prevent", "prevents", "preventing", "protect against", "protects against", "protection against"),
        *(
            f"{verb} {whose} chance of"
            for verb in ("reduce", "reduces", "reducing", "lower", "lowers", "lowering")
            for whose in ("the", "your")
        ),
    )
)
# The words by which an English text speaks of what warnings are about. Kinds are the sections that are about it.
_TOPICS = (
    (
        gettext_noop("Pregnancy and breastfeeding"),
        ("pregnancy",),
        re.compile(
            rf"\b(?:{_NOT_PREVENTED}pregnan\w*|breast-?\s?feed\w*|teratogen\w*|birth defects?|unborn)\b|"
            # Who must not become pregnant is told what to use: that is caution, and no medicine that prevents it.
            r"\buse (?:[\w-]+ ){0,4}(?:contraception|birth control|condoms?) (?:[\w-]+ ){0,6}prevent\w* pregnan\w*|"
            r"\bprevent(?:ing)? pregnan\w* (?:while|during|until|throughout)\b",
            re.I,
        ),
    ),
    (
        gettext_noop("Who must not take it"),
        ("do_not_take",),
        re.compile(
            r"\bcontra-?indicat\w*|\b(?:must not|should not|do not|never)\s+(?:be\s+)?"
            r"(?:take|taken|use|used|receive|given|administered|vaccinated)\b"
            r"(?! (?:as an? |in place|instead|(?:for|to) self))|"  # as what is told is not: "for self-treatment"
            r"\b(?:must|should) be avoided (?:by|in)\b|"
            r"\bnot (?:suitable|recommended) (?:for|in) (?:anybody|anyone|individuals|people|persons|patients|those)\b",
            re.I,
        ),
    ),
    (
        gettext_noop("Other medicines"),
        ("interactions",),
        re.compile(
            r"\binteract(?:s|ions?)?\b|\bother (?:medicines?|medications?|drugs?)\b(?! combinations?| options?)"
            r"|\bconcomitant\w*|\bconcurrent\w*",
            re.I,
        ),
    ),
)
# What is not quoted, and still found in the sections about caution by a jump.
_ELSEWHERE = {
    "food_alcohol": re.compile(
        r"(?<!benzyl )(?<!cetyl )(?<!stearyl )(?<!polyvinyl )(?<!rubbing )\balcohol(?:ics?|ism)?\b"
        r"(?![ -](?:swab|wipe|pad|content|based|free|(?:(?:or|and) drug )?(?:abuse|misuse|dependen\w+|addiction)))|"
        # Who cannot stop drinking asks here too; a history of drugs or alcohol is about dependence.
        r"(?<!drug or )(?<!drug and )(?<!drugs or )(?<!drugs and )(?<!substance or )(?<!substance and )"
        r"\balcohol[ -](?:abuse|misuse|dependen\w+|addiction)|"
        r"\b(?:drinking (?:problems?|disorders?)|(?:problem|heavy|binge) drink(?:ing|ers?)|addict\w+ to alcohol)\b",
        re.I,
    ),
    "driving": re.compile(r"(?<!sleep-)(?<!sleep )(?<!sex )\b(?:driv(?:e|ing)|machinery)\b(?! force)", re.I),
}
# What a text is for says of whom it helps, and is no word of caution unless it is one by itself.
_CAUTION = re.compile(
    r"\b(?:avoid\w*|caution\w*|careful\w*|contra-?indicat\w*|consult\w*|ask|tell|risks?|harm\w*|unsafe|unless|never"
    r"|only (?:if|when|under|after)|(?:should|must|do|may|can) not"
    r"|not (?:recommended|suitable|safe|advised|established)|doctor|pharmacist|monitor\w*|potential for)\b",
    re.I,
)
# `This information should not be used for self-diagnosis` says nothing of who must not take a medicine.
_OF_TEXT = re.compile(
    r"\b(?:this|the) (?:information|text|page|content)(?: (?:provided|given|below|above|here|is [^,;]{1,60} and))"
    r"{0,3} (?:should|must) not\b",
    re.I,
)
_ABSOLUTE = re.compile(r"\b(?:never|must not|do not)\s+(?:be\s+)?(?:take|taken|use|used)\b", re.I)


class Said(NamedTuple):
    """A sentence of the text and the address of its place on the page, without the `#`.

    `component` is the one that it is about, where the sentence does not name it itself; `items` are those of the list
    that it leads in. `about` is the component, or ingredient, in whose part or below whose label it stands.
    """

    sentence: str
    address: str
    component: str = ""
    items: tuple[str, ...] = ()
    about: str = ""


class Found(NamedTuple):
    """What a text says about one topic, in its own sentences. `kind` is that of the sections about it.

    `joined` is whether the topic after it is told in the same sentences, which stand once, below both.
    """

    topic: str
    said: tuple[Said, ...]
    kind: str
    joined: bool = False

    @property
    def anchor(self) -> str:
        """Where the sentences stand on the page."""
        return f"said-on-{self.kind.replace('_', '-')}"

    @property
    def components(self) -> tuple[str, ...]:
        """The components that the sentences are about, if none of them may be about the whole medicine."""
        names = dict.fromkeys(said.about for said in self.said)
        return () if "" in names else tuple(names)


class SafetyFloor(NamedTuple):
    """What the site says of danger. `shown` is whether its own list of signs stands on the page, at `anchor`.

    `unwritten` is whether nobody has written warnings; `found` is what the text itself says about their topics.
    """

    anchor: str
    shown: bool
    unwritten: bool
    found: tuple[Found, ...]


def safety_floor(document: Document, parts: Sequence[Any], careful: bool) -> SafetyFloor:
    """The floor under a page with these parts. `careful` is whether no current review covers it.

    The signs that hold for every medicine are shown unless the page has its own of the whole medicine, sorted.
    """
    cards = [(part, card) for part in parts for card in part.cards]
    unsorted = not cards or any(card.urgency == "unsorted" for _part, card in cards)
    own = next((part for part, card in cards if card.urgency == "emergency" and not part.component), None)
    shown = unsorted or own is None
    anchor = ANCHOR if own is None or unsorted else own.anchor
    unwritten = careful and unsorted and all(part.kind != "warning" for part in parts)
    found = _told_once(tuple(_found(document, parts))) if unwritten else ()
    return SafetyFloor(anchor, shown, unwritten, found)


def _told_once(found: tuple[Found, ...]) -> tuple[Found, ...]:
    joined = [one.said == after.said for one, after in pairwise(found)]
    return tuple(
        one._replace(joined=with_next) for one, with_next in zip(found, [*joined, False], strict=False)
    )


def sentences_on(document: Document, parts: Sequence[Any], kind: str) -> dict[str, str]:
    """The address of the first sentence on `kind` in a section about caution, of each component that one is about;
    under "" that of the whole medicine.
    """
    if kind not in _ELSEWHERE or not is_english(document.language):
        return {}
    careful = [place for place in with_anchors(parts) if place[1].kind in CAREFUL]
    drugs = (*document.components, *document.ingredients)
    found: dict[str, str] = {}
    for drug, said in _sentences(careful, drugs if len(drugs) > 1 else (), (), _ELSEWHERE[kind]):
        found.setdefault(drug, said.address)
    return found


def _found(document: Document, parts: Sequence[Any]) -> Iterator[Found]:
    if not is_english(document.language):
        return
    drugs = (*document.components, *document.ingredients)
    enough = None if len(drugs) > 1 else AT_MOST  # of one medicine the first sentences are all that is quoted
    places = sorted(with_anchors(parts), key=lambda place: _rank(place[1]))
    # Of one medicine, what is not about caution (a dose in pregnancy) is quoted only where what is about it is silent.
    careful, medicine, and_uses = (
        [place for place in places if _rank(place[1]) < rank] for rank in (OTHER, USES, LAST)
    )
    first = careful if enough else medicine
    quoted: set[Said] = set()
    for topic, kinds, words in _TOPICS:
        if any(part.kind in kinds for part in parts):
            groups = [_sentences(places, drugs, kinds, None)]
        else:
            groups = [_unsaid(_sentences(where, drugs, (), words), quoted) for where in (first, medicine)]
            groups += [_sentences(where, drugs, (), words) for where in (medicine, and_uses, places)]
        said = next(filter(None, (_of_each(islice(group, enough)) for group in groups)), ())
        if said := said or _asked(parts, kinds[0], document):
            quoted.update(said)
            yield Found(_(topic), said, kinds[0])


def _asked(parts: Sequence[Any], kind: str, document: Document) -> tuple[Said, ...]:
    """The page's own question on `kind` with its answer, where no section says anything of it, or that of each
    component.
    """
    found = questions_of(parts, kind, document)
    chosen = {"": found[""]} if "" in found else found
    return tuple(_question(faq, anchor, component) for component, (anchor, faq) in chosen.items())


def _question(faq: FAQ, anchor: str, component: str) -> Said:
    whole = plain(f"{faq.question} {faq.answer}")
    sentence = whole if len(whole) <= LONGEST else plain(faq.question)
    return Said(sentence, anchor, said_before(sentence, without_brackets(component)), about=component)


def _unsaid(sentences: Iterable[tuple[str, Said]], quoted: Set[Said]) -> Iterator[tuple[str, Said]]:
    """Those of `sentences` that stand under no other topic: the same one twice tells a reader nothing."""
    return ((drug, said) for drug, said in sentences if said not in quoted)


def _rank(part: Any) -> int:
    """How soon a part is asked: first those that are about caution, then any other, then what it is used for, where
    pregnancy is a need; last what is no more than words around, and how it works, where what interacts are receptors,
    and what is pregnancy is what a contraceptive prevents.
    """
    if part.kind == "uses":
        return USES
    if part.kind in ("notice", "how_it_works") or (part.kind == "other" and part.ours and not part.component):
        return LAST
    return 0 if part.kind in CAREFUL else OTHER


def _of_each(sentences: Iterable[tuple[str, Said]]) -> tuple[Said, ...]:
    """The first sentences, or, where several components are spoken of, the first on each: none speaks for another."""
    of_drugs: dict[str, list[Said]] = {}
    for drug, said in sentences:
        of_drugs.setdefault(drug, []).append(said)
    at_most = AT_MOST if len(of_drugs) == 1 else 1
    chosen = [(drug, said) for drug, found in of_drugs.items() for said in found[:at_most]]
    if any(said.component for _drug, said in chosen):
        chosen.sort(key=lambda pair: bool(pair[0]))  # what is said of all of them, before anybody's name
        return tuple(_under_own_name(drug, said) for drug, said in chosen)
    return tuple(said for _drug, said in chosen)


def _under_own_name(drug: str, said: Said) -> Said:
    """`said` with its component before it, unless it begins with that: the name above another sentence would be read as
    that of this one too.
    """
    name = without_brackets(drug)
    return said if said.sentence.casefold().startswith(name.casefold()) else said._replace(component=name)


def _sentences(
    places: Sequence[tuple[str, Any]],
    drugs: Sequence[str],
    kinds: tuple[str, ...],
    words: re.Pattern[str] | None,
) -> Iterator[tuple[str, Said]]:
    """The sentences of the sections of `kinds`, or with `words` those of any section that have one of them, each with
    the component or ingredient that it is about.
    """
    for anchor, part in places:
        if words or part.kind in kinds:
            for drug, sentence, items, found_by in quotations(part.body, part.component, drugs, words):
                if not words or _may_warn(sentence, part):
                    address = f"{anchor}:~:text={text_directive(found_by)}"
                    component = said_before(sentence, without_brackets(drug))
                    yield drug, Said(sentence, address, component, items, drug)


def _may_warn(sentence: str, part: Any) -> bool:
    """Whether a sentence on a topic may be a word of caution about the medicine."""
    return not _OF_TEXT.search(sentence) and (part.kind != "uses" or bool(_CAUTION.search(sentence)))


def absolute_warning(document: Document) -> str:
    """The start of the page's warning, where one of its first two sentences forbids the medicine; "" elsewhere."""
    if not is_english(document.language):
        return ""
    bodies = [s.body for s in document.sections if s.kind == "warning" and not s.component]
    start = next((line for body in bodies for line in unwrapped(body).splitlines() if line.strip()), "")
    first = pieces(start)[:2]
    forbids = next((at for at, sentence in enumerate(first, 1) if _ABSOLUTE.search(sentence)), 0)
    # What a list ends forbids it to those in the list alone, and is half without them.
    return " ".join(first[:forbids]) if not first[forbids - 1].endswith(":") else ""
