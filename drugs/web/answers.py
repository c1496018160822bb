"""Answers to questions: the section of a medicine's page that the question is about, and what two pages say of each
other. Nothing is worded anew: every sentence is the page's own, whole, and linked to where it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.html import format_html_join
from django.utils.translation import get_language

from drugs import content
from drugs.caching.page_cache import cached_value
from drugs.content.shown_sections import shown_sections
from drugs.content.vocabulary import SUBSTANCE_NAME_KINDS
from drugs.models import Publication
from drugs.search import questions
from drugs.search.names import NameHit
from drugs.search.questions import Question
from drugs.search.snippets import without_markdown
from drugs.web import article, text_findings

# What one page says of another medicine, at most.
MOST_MENTIONS = 8
# Kinds that hold of a medicine by itself as well: a second one in the question is asked about first.
WEAK = frozenset(("precautions", "uses", "dosage", "how_it_works"))
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")


@dataclass(frozen=True)
class Answer:
    """A section of a page, whole. `instead` says that it is the nearest: the page has no section on what was asked.

    `in_part` says that of its side effects only those stand here that say what was asked.
    """

    publication: Publication
    hit: NameHit
    kind: str
    anchor: str
    html: str
    instead: bool = False
    in_part: bool = False


@dataclass(frozen=True)
class Mention:
    """A paragraph, or an item with the line before it, that names another medicine; `anchor` is its section's."""

    anchor: str
    lead: str
    text: str


@dataclass(frozen=True)
class Mentions:
    """What the page `publication` says of the medicine that `other` is called."""

    publication: Publication
    hit: NameHit
    other: str
    found: tuple[Mention, ...]


@dataclass(frozen=True)
class Answers:
    """What the search page shows before the names. `medicines` are the hits that the question names."""

    medicines: tuple[NameHit, ...] = ()
    sections: tuple[Answer, ...] = ()
    mentions: tuple[Mentions, ...] = ()


def find_answers(query: str, crisis: bool, by_name: Sequence[NameHit] = ()) -> Answers:
    """The Answers to `query`; in a crisis what the page of a medicine that it names says of an overdose.

    `by_name` are the pages that the search for names finds: of a query without a topic those that it names in full are
    asked for its other words.
    """
    question = _question(query, crisis)
    if question:
        hits = questions.named_medicines(question.parts)
    else:
        hits = [] if crisis else _named_in_full(by_name)
        question = Question((), (), pairs=True)
    pages = (
        Publication.objects.public()
        .select_related("edition")
        .in_bulk([hit.slug for hit in hits], field_name="slug")
        if hits
        else {}
    )
    found = [(hit, pages[hit.slug]) for hit in hits if hit.slug in pages]
    mentions: tuple[Mentions, ...] = ()
    kinds = question.kinds
    if len(found) == 2 and not crisis and (question.pairs or "interactions" in kinds):
        mentions = _of_each_other(found)
        kinds = tuple(kind for kind in kinds if kind != "interactions")
    elif len(found) == 1 and not set(kinds) - WEAK:
        kinds = _kinds_by_words(query, kinds, *found[0], joined=bool(question.parts))
    sections = tuple(
        answer
        for hit, page in found
        if (answer := _named_effects(query, hit, page, kinds) or _section(hit, page, kinds))
    )
    if not sections and not mentions and not question.parts:
        return Answers()
    return Answers(tuple(hit for hit, _ in found), sections, mentions)


def _named_in_full(by_name):
    """The medicines that stand in full among other words of a query, at most two; none if the query may be a name."""
    if any(hit.match != "fuzzy" for hit in by_name):
        return []
    return questions.named_in_full(by_name)[:2]


def _kinds_by_words(query, kinds, hit, page, joined):
    """The kinds of section that say what `query` asks besides the medicine, which may be `joined` with another.

    Who names another medicine asks about both first, whatever the `kinds` of topics; those go before other words.
    """
    words = questions.words_besides(query, (hit.title, hit.matched))
    if questions.names_another(words, hit):
        return ("interactions", *kinds)
    if kinds:
        return kinds
    document = content.Document.from_json(page.edition.document)
    said = questions.kind_saying(document, words, joined)
    return tuple(filter(None, (said, "interactions" if joined else "")))


def _question(query, crisis):
    if not crisis:
        return questions.parse_question(query)
    rest = questions.without_crisis_words(query)
    asked = questions.parse_question(query)
    parts = asked.parts if asked and "overdose" in asked.kinds else (rest,) if rest else ()
    parts = tuple(filter(None, map(questions.without_crisis_words, parts)))
    return Question(("overdose",), parts, False) if parts else None


def _section(hit: NameHit, page: Publication, kinds: Sequence[str]) -> Answer | None:
    """The section of `page` on the first of `kinds` that it has one on, or what comes nearest to the first."""
    for kind in kinds:
        if html := _html(page, kind):
            return Answer(page, hit, kind, _anchor(kind), html)
    for kind in kinds[:1]:
        if html := _html(page, kind, faqs=True):
            return Answer(page, hit, kind, _anchor("faqs"), html)
        for other in questions.INSTEAD.get(kind, ()):
            if html := _html(page, other):
                return Answer(page, hit, other, _anchor(other), html, instead=True)
    return None


def _named_effects(query: str, hit: NameHit, page: Publication, kinds: Sequence[str]) -> Answer | None:
    """The side effects that `query` names, apart from all others of the page; None if it names none or them all."""
    if tuple(kinds[:1]) != ("side_effects",):
        return None
    document = content.Document.from_json(page.edition.document)
    named = questions.effects_saying(document, questions.words_besides(query, (hit.title, hit.matched)))
    if not 0 < len(named) < len(document.side_effects):
        return None
    lists = tuple(
        replace(section, body="") for section in document.sections if section.kind == "side_effects"
    )
    only = replace(document, sections=lists, side_effects=tuple(named), faqs=())
    html = _sections_html(only, "side_effects", strips=False)
    return Answer(page, hit, "side_effects", _anchor("side_effects"), html, in_part=True)


def _anchor(kind):
    return kind.replace("_", "-")


def _anchors(document: content.Document, kind: str) -> list[str]:
    """The anchors of the sections of `kind`: that of the whole page, and the first of each component."""
    of_components = {
        shown.section.component: shown.anchor
        for shown in reversed(list(shown_sections(document)))
        if shown.section.kind == kind and shown.section.component
    }
    return [_anchor(kind), *reversed(of_components.values())]


def _html(page: Publication, kind: str, faqs: bool = False) -> str:
    """The HTML of the section of `kind`, or of the questions of the page on that kind; "" if there is none."""

    def make() -> str:
        document = content.Document.from_json(page.edition.document)
        if not faqs:
            return _sections_html(document, kind)
        asked = tuple(text_findings.questions_on(document.faqs, kind))
        if not asked:
            return ""
        return article.section_html(
            replace(document, sections=(content.Section("faqs"),), faqs=asked, side_effects=()), "faqs"
        )

    key = f"answer:{page.sha256}:{get_language()}:{settings.COUNTRY}:{kind}:{faqs:d}"
    return cached_value(key, make)


def _sections_html(document: content.Document, kind: str, strips: bool = True) -> str:
    sections = (article.section_html(document, anchor, strips) for anchor in _anchors(document, kind))
    return format_html_join("", "{}", ((html,) for html in sections))


def _of_each_other(found):
    documents = [content.Document.from_json(page.edition.document) for _, page in found]
    return tuple(
        Mentions(page, hit, other.title, tuple(_mentions(document, other))[:MOST_MENTIONS])
        for (hit, page), document, other in zip(found, documents, documents[::-1], strict=True)
    )


def _mentions(document: content.Document, other: content.Document) -> Iterator[Mention]:
    """The paragraphs of `document` that say a name of `other`, letter for letter but for capitals."""
    said = [
        other.title,
        *(name.text for name in other.names if name.kind in (*SUBSTANCE_NAME_KINDS, "brand")),
    ]
    names = sorted({name for name in said if len(name) > 2}, key=len, reverse=True)[:200]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    for anchor, body in _texts(document):
        lead = ""
        for block in _blocks(body):
            item = _ITEM.match(block)
            if not item:
                lead = block
            if pattern.search(block):
                before = lead if item and lead.endswith(":") else ""
                yield Mention(anchor, without_markdown(before), without_markdown(block))


def _blocks(body: str) -> Iterator[str]:
    """The paragraphs and items of a text, each on one line however it was wrapped."""
    block: list[str] = []
    for line in [*body.split("\n"), ""]:
        if block and (not line.strip() or _ITEM.match(line)):
            yield " ".join(map(str.strip, block))
            block = []
        if line.strip():
            block.append(line)


def _texts(document):
    """The texts of a page with the anchors of their sections."""
    for shown in shown_sections(document):
        if shown.section.kind != "notice":
            yield shown.anchor, shown.section.body
    for effect in document.side_effects:
        yield "side-effects", f"{effect.name}: {effect.description}"
    for faq in document.faqs:
        yield "faqs", f"{faq.question}\n{faq.answer}".replace("\n", " ")
