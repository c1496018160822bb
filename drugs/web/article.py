"""Article of a drug's page: a document as the parts that templates loop over, and their HTML.

The HTML of a document is made once and kept in the page cache under the hash of the document.
Whatever changes without a new edition (status, links, the site's texts) is put around it by the views.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from os.path import commonprefix
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from drugs import content
from drugs.caching.page_cache import cached_value
from drugs.content import headings
from drugs.content.countries import country
from drugs.content.markdown import plain
from drugs.content.names import own_names
from drugs.content.normalisation import fold
from drugs.content.vocabulary import (
    GROUP_LABELS,
    NAME_KIND_LABELS,
    SHOWN_NAME_KINDS,
    SUBSTANCE_NAME_KINDS,
    URGENCIES_BY_GRAVITY,
)
from drugs.models import Edition, Publication
from drugs.web import structured_data

SOURCES = "sources"  # the anchor of the list of references
BOXES = ("warning", "key_facts")  # stand before everything else
DOSES = ("dosage", "missed_dose")  # a wrong word in them does the most harm


class EffectRow(NamedTuple):
    """A side effect in a card; `often` is how many people have it, in words, or "" where nobody says."""

    name: str
    description: str
    often: str


class EffectGroup(NamedTuple):
    """Side effects under one label of the source, which is "" where the card's heading says it."""

    label: str
    effects: tuple[EffectRow, ...]


@dataclass(frozen=True)
class Card:
    """Side effects of one urgency, which ask the same of a reader.

    `if_unwell` is what to do meanwhile, on the first card of those that nobody has sorted.
    """

    urgency: str
    heading: str
    groups: tuple[EffectGroup, ...]
    ours: bool = True  # the heading is the site's word, not the source's
    serious: bool = False
    if_unwell: str = ""


@dataclass(frozen=True)
class Part:
    """A section as readers meet it. The list of side effects or questions stands in the first of its kind."""

    anchor: str
    kind: str
    heading: str  # Markdown; empty where the section only goes on
    ours: bool  # the heading is the site's word, not the author's
    body: str
    cards: tuple[Card, ...] = ()
    faqs: tuple[content.FAQ, ...] = ()
    caution: bool = False
    listed_above: bool = False  # speaks of side effects that are all listed in an earlier section
    advice: str = ""  # what the country tells everybody, where the author has no section on it
    silent: bool = False  # and it is certain that nothing on the page is about it


class ContentsEntry(NamedTuple):
    """A line of the table of contents: an anchor in the HTML, its heading as plain text, and whether that is ours."""

    anchor: str
    heading: str
    ours: bool


@dataclass(frozen=True)
class Article:
    """All that the page of a drug needs of its document."""

    title: str
    language: str
    origin: str
    ingredients: tuple[str, ...]
    names: tuple[tuple[str, tuple[str, ...]], ...]  # pairs of the kind in words and the names
    called: tuple[str, ...]  # names by which another page may mean this medicine: brands are products of it
    classes: tuple[str, ...]
    contents: tuple[ContentsEntry, ...]
    boxes: str  # HTML
    body: str  # HTML
    sources: int
    sources_anchor: str  # of the section in whose text sources stand, as far as a heading says so, or ""
    may_cite: bool  # sources may stand somewhere in the text
    linked: structured_data.DocumentData


def of_publication(publication: Publication) -> Article:
    """The Article of the current edition, which is read only if its HTML is not in the page cache."""
    careful = publication.status != "reviewed"
    return _cached_article(publication.sha256, lambda: publication.edition.document, careful)


def of_edition(edition: Edition) -> Article:
    """The Article of an edition that may have been replaced."""
    return _cached_article(edition.sha256, lambda: edition.document, careful=True)


def _cached_article(sha256: str, read: Callable[[], str], careful: bool) -> Article:
    def make() -> Article:
        return build(content.Document.from_json(read()), careful)

    return cached_value(f"article:{sha256}:{get_language()}:{settings.COUNTRY}:{careful:d}", make)


def build(document: content.Document, careful: bool = True) -> Article:
    """The Article of `document`. `careful` puts a caution beside doses that no current review covers."""
    parts = _parts(document, careful)
    own = own_names(document)
    boxes = [part for part in parts if part.kind in BOXES]
    rest = [part for part in parts if part.kind not in BOXES]
    context = {"language": document.language, "references": document.references}
    contents = [
        ContentsEntry(part.anchor, plain(part.heading), part.ours) for part in boxes + rest if part.heading
    ]
    if document.references:
        contents.append(ContentsEntry(SOURCES, _("Sources"), True))
    return Article(
        title=document.title,
        language=document.language,
        origin=document.origin,
        ingredients=document.ingredients,
        names=tuple(_names(document.title, own)),
        called=(document.title, *(name.text for name in own if name.kind in SUBSTANCE_NAME_KINDS)),
        classes=tuple(item.name for item in document.classes),
        contents=tuple(contents),
        boxes=render_to_string("drugs/article/_boxes.html", {**context, "parts": boxes}),
        body=render_to_string("drugs/article/_body.html", {**context, "parts": rest}),
        sources=len(document.references),
        sources_anchor=_sources_anchor(parts),
        may_cite=_may_cite(document),
        linked=structured_data.document_data(document),
    )


def section_html(document: content.Document, anchor: str) -> str:
    """The HTML of the section that the contents of `document` name by `anchor`; "" if there is none."""
    context: dict[str, object] = {"language": document.language}
    if anchor == SOURCES:
        context["references"] = document.references
        return render_to_string("drugs/article/_sources.html", context)
    section_parts, inside = [], False
    for part in _parts(document, careful=False):
        inside = part.anchor == anchor or inside and not part.heading
        if inside:
            section_parts.append(part)
    if not section_parts:
        return ""
    return render_to_string("drugs/article/_body.html", {**context, "parts": section_parts})


def _names(page_title, own):
    title = fold(page_title)
    for kind in SHOWN_NAME_KINDS:
        said = [name.text for name in own if name.kind == kind and fold(name.text) != title]
        if said:
            yield _(NAME_KIND_LABELS[kind].heading), tuple(dict.fromkeys(said))


def _parts(document: content.Document, careful: bool) -> list[Part]:
    """The sections that say something, in the author's order; a blank repeat goes on without a heading."""
    effect_cards, faqs = tuple(cards(document.side_effects)), document.faqs
    counts: dict[str, int] = {}  # of sections of a kind, for their anchors
    parts: list[Part] = []
    before = None
    for section in document.sections:
        first = section.kind not in counts
        section_cards = effect_cards if first and section.kind == "side_effects" else ()
        section_faqs = faqs if first and section.kind == "faqs" else ()
        if not (section.heading or section.body.strip() or section_cards or section_faqs):
            continue
        goes_on = section.kind == before and not section.heading
        counts[section.kind] = counts.get(section.kind, 0) + 1
        parts.append(
            Part(
                anchor=_anchor(section.kind, counts[section.kind]),
                kind=section.kind,
                heading="" if goes_on else section.heading or _(content.SECTION_HEADINGS[section.kind]),
                ours=not section.heading,
                body=section.body,
                cards=section_cards,
                faqs=section_faqs,
                caution=careful and section.kind in DOSES,
                listed_above=bool(
                    document.side_effects
                    and section.kind == "side_effects"
                    and not section_cards
                    and not goes_on
                ),
            )
        )
        before = section.kind
    return parts if "overdose" in counts else _with_overdose(parts, _is_silent_on_overdose(document))


def _with_overdose(parts: list[Part], silent: bool) -> list[Part]:
    """`parts` with what holds after too much of any medicine, below the doses: nobody should look for it in vain."""
    part = Part(
        anchor=_anchor("overdose", 1),
        kind="overdose",
        heading=_(content.SECTION_HEADINGS["overdose"]),
        ours=True,
        body="",
        advice=country(settings.COUNTRY).poison_advice,
        silent=silent,
    )
    last = max((at for at, other in enumerate(parts) if other.kind in DOSES), default=len(parts) - 1)
    return [*parts[: last + 1], part, *parts[last + 1 :]]


def _is_silent_on_overdose(document: content.Document) -> bool:
    """Whether no heading or word of `document` may be about an overdose, in a language of which that can be known."""
    if document.language.split("-")[0].lower() not in headings.LANGUAGES:
        return False
    return not any(map(headings.may_be_overdose, _all_headings(document))) and not any(
        map(headings.names_overdose, _bodies(document))
    )


def _sources_anchor(parts: Iterable[Part]) -> str:
    """The anchor of the section that has a heading over sources, its own or one inside its text; "" if none has."""
    anchor = ""
    for part in parts:
        anchor = part.anchor if part.heading else anchor
        if any(map(headings.is_sources, (part.heading, *headings.inner_headings(part.body)))):
            return anchor
    return ""


def _may_cite(document: content.Document) -> bool:
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


def _anchor(kind: str, count: int) -> str:
    name = kind.replace("_", "-")
    return name if count == 1 else f"{name}-{count}"


def cards(effects: Sequence[content.SideEffect]) -> Iterator[Card]:
    """Cards of side effects: by urgency, and in the author's order within each."""
    local = country(settings.COUNTRY)
    for urgency in URGENCIES_BY_GRAVITY:
        same_urgency = [effect for effect in effects if effect.urgency == urgency]
        if urgency == "unsorted":
            yield from _unsorted(same_urgency, local.if_unwell)
        elif same_urgency:
            yield Card(urgency, local.urgency_heading(urgency), _by_label(same_urgency))


def _unsorted(effects: list[content.SideEffect], if_unwell: str) -> Iterator[Card]:
    """The source's own groups and words: nobody has said yet what a reader should do. The first card says so."""
    for (label, group), run in groupby(effects, lambda effect: (effect.label, effect.group)):
        groups = (EffectGroup("", _rows(run)),)
        heading, serious = label or _(GROUP_LABELS[group].heading), group == "serious"
        yield Card("unsorted", heading, groups, ours=not label, serious=serious, if_unwell=if_unwell)
        if_unwell = ""


def _by_label(effects: Iterable[content.SideEffect]) -> tuple[EffectGroup, ...]:
    """Groups of effects by label. What a label shares with the one above it is not said again."""
    groups: list[EffectGroup] = []
    before: list[str] = []
    for label, run in groupby(effects, lambda effect: effect.label):
        levels = label.split(content.LABEL_JOINER)
        shared = len(commonprefix([levels[:-1], before]))
        shortened = content.LABEL_JOINER.join(["…", *levels[shared:]] if shared else levels)
        groups.append(EffectGroup(shortened, _rows(run)))
        before = levels
    return tuple(groups)


def _rows(effects: Iterable[content.SideEffect]) -> tuple[EffectRow, ...]:
    return tuple(EffectRow(effect.name, effect.description, _often(effect.frequency)) for effect in effects)


def _often(frequency):
    words = content.FREQUENCIES[frequency]
    return _(words) if words else ""
