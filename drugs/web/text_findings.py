"""Findings in the text of a drug's page: whether it speaks of an overdose, cites sources, or denies to be a product."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from drugs import content
from drugs.content import headings
from drugs.content.components import without_brackets
from drugs.content.languages import is_english, primary_language
from drugs.content.product_remarks import denial_of_product, refusal
from drugs.search import questions

# Sections that are asked first whether it is about an approved product.
DENY_FIRST = (
    "warning",
    "key_facts",
    "other",
    "uses",
    "ingredients",
    "notice",
)
_MEDICINES = (
    r"medic\w+|drugs?|tablets?|pills?|supplements?|remedies|antibiotics?|antacids?|antidepressants?|statins?|vaccines?|"
    r"insulins?|probiotics?|painkillers?|relievers?|blood thinners?|birth control|contracepti\w+|vitamins?|treatments?|"
    r"creams?|drops|inhalers?"
)
_TAKING = r"take|taken|use|used|doses?|apply|applied|inject\w*|given|administered"
# What a question in English must say to be about a kind. Whoever types the others into a search may mean it; on a page
# "Can I drink it?" says nothing of alcohol, and "Can I take this combination for long?" nothing of other medicines.
_ASKED = {
    "missed_dose": r"miss\w*|forg[eo]t\w*|skip\w*",
    "dosage": rf"dosage|how (?:often|much|many|do|should|can|is|are) [^?]{{0,120}}\b(?:{_TAKING})|"
    rf"when (?:do|should|can) (?:i|you|it|this) (?:be )?(?:{_TAKING})",
    "pregnancy": r"pregnan\w*|breast-?\s?fe\w*|breast milk|nursing|lactati\w*|conceive|fertility|unborn",
    "food_alcohol": r"alcohol\w*|beer|wine|(?<!from )foods?(?! (?:sources?|contain|rich))|meals?|eat|eating|stomach|"
    r"milk|dairy|juice|grapefruit|coffee|caffeine|drinks|can i (?:still )?drink (?:while|when|on|during|if|with)",
    "interactions": r"(?<!food )interact\w*(?! with (?:alcohol|food))|"
    rf"(?:other|with(?! th(?:is|e|ese)\b)) (?:\w+ ){{0,3}}(?:{_MEDICINES})|"
    rf"(?:take|use|mix|combine) (?:{_MEDICINES}) with|with (?:aspirin|ibuprofen|paracetamol|acetaminophen|warfarin)",
    "driving": r"driv(?:e|ing)|machine\w*|cycl(?:e|ing)|ride",
}
_SAYS = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _ASKED.items()}


def with_anchors(parts: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """`parts` of an article, each with the anchor where it stands: one that goes on has that of the one above it."""
    anchor = ""
    for part in parts:
        anchor = part.anchor if part.heading else anchor
        yield anchor, part


def denial(parts: Iterable[Any], document: content.Document) -> tuple[str, str]:
    """The sentence in which the text says that the medicine is not for people or off the market, or else that the
    combination is no approved product, and where it stands.
    """
    whole = [(anchor, part) for anchor, part in with_anchors(parts) if not part.component]
    whole.sort(key=lambda place: place[1].kind not in DENY_FIRST)
    sections = [(anchor, part.body) for anchor, part in whole]
    faqs = [
        (f"{part.anchor}-question-{number}", faq)
        for _anchor, part in whole
        for number, faq in enumerate(part.faqs, 1)
        if not faq.component
    ]
    names = (without_brackets(document.title), *document.ingredients)
    asked = [*sections, *((anchor, f"{faq.question} {faq.answer}") for anchor, faq in faqs)]  # "No, it was"
    answers = [*sections, *((anchor, faq.answer) for anchor, faq in faqs)]
    refused = ((refusal(text, names), anchor) for anchor, text in asked)
    denied = ((denial_of_product(text, document.ingredients), anchor) for anchor, text in answers)
    return next((found for found in chain(refused, denied) if found[0]), ("", ""))


def questions_of(
    parts: Iterable[Any], kind: str, document: content.Document
) -> dict[str, tuple[str, content.FAQ]]:
    """The first question that asks what sections of `kind` say, after its anchor, of each component that has one; under
    "" that about the whole medicine.

    The medicine's own names say nothing of that: caffeine and protein are food only on other pages.
    """
    names = filter(None, (document.title, *document.ingredients))
    own = re.compile("|".join(map(re.escape, names)) or "(?!)", re.IGNORECASE)
    words = _SAYS.get(kind) if is_english(document.language) else None
    found: dict[str, tuple[str, content.FAQ]] = {}
    for part in parts:
        for faq in questions_on(part.faqs, kind):
            asked = own.sub("it", faq.question)
            if kind in questions.kinds_of(asked) and (not words or words.search(asked)):
                found.setdefault(faq.component, (f"{part.anchor}-question-{part.faqs.index(faq) + 1}", faq))
    return found


def questions_on(faqs: Iterable[content.FAQ], kind: str) -> Iterator[content.FAQ]:
    """Those of `faqs` that ask what sections of `kind` say."""
    return (faq for faq in faqs if kind in questions.kinds_of(faq.question))


def is_silent_on_overdose(document: content.Document) -> bool:
    """Whether no heading or word of `document` may be about an overdose, in a language of which that can be known."""
    if primary_language(document.language) not in headings.LANGUAGES:
        return False
    return not any(map(headings.may_be_overdose, _all_headings(document))) and not any(
        map(headings.names_overdose, _bodies(document))
    )


def sources_anchor(parts: Iterable[Any]) -> str:
    """The anchor of the section that has a heading over sources, its own or one inside its text; "" if none has."""
    for anchor, part in with_anchors(parts):
        if any(map(headings.is_sources, (part.heading, *headings.inner_headings(part.body)))):
            return anchor
    return ""


def may_cite(document: content.Document) -> bool:
    """Whether sources may stand in the text of `document`: below a heading, as a link, or in a form we do not know."""
    return any(map(headings.may_be_sources, _all_headings(document))) or any(
        map(headings.may_cite, _bodies(document))
    )


def _bodies(document: content.Document) -> Iterator[str]:
    yield from (section.body for section in document.sections)
    yield from (faq.answer for faq in document.faqs)
    yield from (effect.description for effect in document.side_effects)


def _all_headings(document: content.Document) -> Iterator[str]:
    """What stands as a heading anywhere: above sections, inside texts, and as a question."""
    yield from (section.heading for section in document.sections)
    yield from (faq.question for faq in document.faqs)
    for body in _bodies(document):
        yield from headings.inner_headings(body)
