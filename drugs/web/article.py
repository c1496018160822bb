"""Article of a drug's page: a document as the parts that templates loop over, and their HTML.

The HTML of a document is made once and kept in the page cache under the hash of the document.
Whatever changes without a new edition (status, links, the site's texts) is put around it by the views.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from drugs import content
from drugs.caching.page_cache import cached_value
from drugs.content.components import anchor_name, with_component
from drugs.content.countries import country
from drugs.content.languages import is_english
from drugs.content.markdown import plain
from drugs.content.names import own_names
from drugs.content.shown_sections import known_as, shown_sections
from drugs.content.vocabulary import SUBSTANCE_NAME_KINDS
from drugs.models import Edition, Publication
from drugs.web import component_groups, glossary, safety_floor, site_texts, structured_data, text_findings
from drugs.web.contents import ContentsEntry, ContentsGroup, entries, grouped
from drugs.web.effect_cards import Card, cards, plain_labels
from drugs.web.frequency_strips import Strip, strips
from drugs.web.jumps import Jumps, jumps_of_page
from drugs.web.lookup import CurrentPage
from drugs.web.name_lines import NameLines, name_lines
from drugs.web.prose_marks import ProseMarks, Target

SOURCES = "sources"  # the anchor of the list of references
BOXES = ("warning", "key_facts")  # stand before everything else
DOSES = ("dosage", "missed_dose")  # a wrong word in them does the most harm
ESSENTIAL = ("warning", *DOSES, "overdose")
CALLING = ("emergency", "urgent")


class _ForTemplates:
    """What templates look into: they ask for `part["kind"]` before `part.kind`, and an error takes twice as long."""

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


@dataclass(frozen=True)
class Part(_ForTemplates):
    """A section as readers meet it. The list of side effects or questions stands in the first of its kind."""

    anchor: str
    kind: str
    heading: str  # Markdown; empty where the section only goes on
    ours: bool  # the heading is the site's word, not the author's
    body: str
    cards: tuple[Card, ...] = ()
    bands: tuple[Strip, ...] = ()
    faqs: tuple[content.FAQ, ...] = ()
    caution: bool = False
    listed_above: str = (
        ""  # the anchor of the earlier section in which all the side effects are listed that it speaks of
    )
    advice: str = ""  # what the country tells everybody, where the author has no section on it
    silent: str = ""  # what is said where it is certain, too, that nothing on the page is about it
    component: str = ""  # of a combination, below whose heading the part stands
    edit: str = ""  # where editors change it
    said_before: str = ""  # the component, where the heading does not name it
    labels: tuple[str, ...] = ()  # of its side effects in the source, which no card shows
    if_unwell: str = ""  # what the site says once of the effects that nobody has sorted, for all components

    @cached_property
    def plain_heading(self) -> str:
        return plain(self.heading)

    @property
    def title(self) -> str:
        """The heading with the component that it is about, as plain text."""
        return with_component(self.said_before, self.plain_heading)

    @property
    def boxed(self) -> bool:
        return self.kind in BOXES


@dataclass(frozen=True)
class Article(_ForTemplates):
    """All that the page of a drug needs of its document."""

    title: str
    language: str
    origin: str
    ingredients: tuple[str, ...]
    names: NameLines
    called: tuple[str, ...]  # names by which another page may mean this medicine: brands are products of it
    classes: tuple[str, ...]
    contents: tuple[ContentsEntry, ...]
    outline: tuple[ContentsGroup, ...]  # the same, by what readers want to know
    denial: tuple[str, str]  # what the text says against the product itself, and the anchor of its section
    jumps: Jumps  # of the first screen
    floor: safety_floor.SafetyFloor  # what the site says of danger
    absolute: str  # the first sentence of a warning that forbids something to everybody
    boxes: str  # HTML
    before: str  # HTML of the body, what stands before the components
    groups: tuple[component_groups.ComponentGroup, ...]
    alone: tuple[str, ...]  # drugs of the combination that are in none of these
    after: str  # HTML
    sources: int
    sources_anchor: str  # of the section in whose text sources stand, as far as a heading says so, or ""
    may_cite: bool  # sources may stand somewhere in the text
    linked: structured_data.DocumentData

    @property
    def body(self) -> str:
        """The HTML of all sections but the boxes."""
        return "".join([self.before, *(group.html for group in self.groups), self.after])


def of_publication(publication: Publication) -> Article:
    """The Article of the current edition, which is read only if its HTML is not in the page cache."""
    return _cached_article(
        publication.sha256, lambda: publication.edition.document, _is_careful(publication), site_texts.load()
    )


def of_page(page: CurrentPage, texts: Mapping[str, str]) -> Article:
    """The same of a page that is read already; `texts` are those of the site. No query."""
    publication = page.publication
    return _cached_article(publication.sha256, lambda: page.document, _is_careful(publication), texts)


def _is_careful(publication):
    return publication.status != "reviewed"


def of_edition(edition: Edition) -> Article:
    """The Article of an edition that may have been replaced."""
    return _cached_article(edition.sha256, lambda: edition.document, True, site_texts.load())


def _cached_article(sha256: str, read: Callable[[], str], careful: bool, texts: Mapping[str, str]) -> Article:
    words = glossary.of_texts(texts)

    def make() -> Article:
        return build(content.Document.from_json(read()), careful, words)

    facts = (sha256, get_language(), settings.COUNTRY, careful, words.version)
    return cached_value(f"article:{':'.join(map(str, facts))}", make)


def build(
    document: content.Document,
    careful: bool = True,
    words: glossary.Glossary | None = None,
    form: str = "",
) -> Article:
    """The Article of `document`. `careful` puts a caution beside doses that no current review covers.

    Of `words` those that the page uses are explained. `form` is the address at which editors change the rows of
    `document`: sections then lead there.
    """
    parts = _parts(document, careful, form)
    own = own_names(document)
    boxes = [part for part in parts if part.boxed and not part.component]
    marks = _marks(document, parts, own, words)
    blocks = component_groups.in_groups([part for part in parts if part not in boxes])
    floor = safety_floor.safety_floor(document, parts, careful)
    # In the order of the page, since a word is explained where it first stands.
    boxes_html = _html("boxes", document, boxes, marks=marks)
    sources = {"references": document.references}
    before = _html("body", document, blocks.before, marks=marks, **({} if blocks.groups else sources))
    groups = tuple(_group(name, inside, document, marks) for name, inside in blocks.groups.items())
    after = _html("body", document, blocks.after, marks=marks, **sources) if groups else ""
    return Article(
        title=document.title,
        language=document.language,
        origin=document.origin,
        ingredients=document.ingredients,
        names=name_lines(document.title, document.ingredients, own, [item.name for item in document.classes]),
        called=(document.title, *(name.text for name in own if name.kind in SUBSTANCE_NAME_KINDS)),
        classes=tuple(item.name for item in document.classes),
        contents=_contents(boxes, blocks, document),
        outline=_outline(boxes, blocks, document, floor),
        denial=text_findings.denial(parts, document),
        jumps=jumps_of_page(document, parts, floor),
        floor=floor,
        absolute=safety_floor.absolute_warning(document),
        boxes=boxes_html,
        before=before,
        groups=groups,
        alone=component_groups.names_without_group(document, groups),
        after=after,
        sources=len(document.references),
        sources_anchor=text_findings.sources_anchor(parts),
        may_cite=text_findings.may_cite(document),
        linked=structured_data.document_data(document),
    )


def _html(template, document, parts, level=2, **more):
    # Texts, since Django looks at each number whether it is to be written as the language does.
    headings = {"level": level, "head": f"h{level}", "below": f"h{level + 1}"}
    context = {"language": document.language, "parts": parts, "marks": None, **headings, **more}
    return render_to_string(f"drugs/article/_{template}.html", context)


def _contents(boxes, blocks, document):
    """The table of contents in the order of the page."""
    found = list(entries([*boxes, *blocks.before]))
    for name, inside in blocks.groups.items():
        found += [ContentsEntry(_group_anchor(name, document), name, False), *entries(inside)]
    return (*found, *entries(blocks.after), *_sources(document))


def _sources(document):
    return (ContentsEntry(SOURCES, _("Sources"), True),) if document.references else ()


def _outline(boxes, blocks, document, floor):
    """The same by what readers want to know, with the site's own signs of danger."""
    signs = (ContentsEntry(floor.anchor, _("Signs of danger"), True),) if floor.shown else ()
    components = [(name, _group_anchor(name, document), inside) for name, inside in blocks.groups.items()]
    of_page = [*boxes, *blocks.before, *blocks.after]
    return grouped(of_page, components, signs, _sources(document))


def _marks(document, parts, own, words):
    """The marks in the prose of a page in English; None in other languages, whose words they do not know."""
    if not is_english(document.language):
        return None
    targets = [Target(part.plain_heading, part.anchor, part.component) for part in parts if part.heading]
    names = (document.title, *document.ingredients, *document.components, *(name.text for name in own))
    return ProseMarks(targets, country(settings.COUNTRY), words, names)


def _group(component, parts, document, marks):
    anchor = _group_anchor(component, document)
    html = _html("body", document, parts, level=3, marks=marks)
    return component_groups.ComponentGroup(component, anchor, known_as(component, document), html)


def _group_anchor(component, document):
    return f"component-{anchor_name(component, document.components)}"


def section_html(document: content.Document, anchor: str, strips: bool = True) -> str:
    """The HTML of the section that the contents of `document` name by `anchor`; "" if there is none.

    `strips` are those of how often side effects come.
    """
    if anchor == SOURCES:
        return _html("sources", document, (), references=document.references)
    of_group = [name for name in document.components if anchor == _group_anchor(name, document)]
    section_parts, inside = [], False
    for part in _parts(document, careful=False):
        inside = part.anchor == anchor or part.component in of_group or inside and not part.heading
        if inside:
            section_parts.append(part if strips else replace(part, bands=()))
    return _html("body", document, section_parts) if section_parts else ""


def essentials(document: content.Document, careful: bool) -> str:
    """The HTML of what a sheet by the bed needs: the warning, how to take it, missed, too much, when to call."""
    chosen: list[Part] = []
    inside = False
    parts = _parts(document, careful)
    answered = {part.component for part in parts if part.kind == "missed_dose"}
    for part in parts:
        inside = part.kind in ESSENTIAL if part.heading else inside
        calls = tuple(card for card in part.cards if card.urgency in CALLING)
        asked = tuple(
            faq
            for faq in text_findings.questions_on(part.faqs, "missed_dose")
            if answered.isdisjoint(("", faq.component))
        )
        if inside:
            # The caution beside doses is said once on a sheet.
            chosen.append(replace(part, caution=part.caution and not any(other.caution for other in chosen)))
        elif calls or asked:
            chosen.append(replace(part, body="", cards=calls, bands=(), labels=(), faqs=asked))
    return _html("body", document, chosen)


def sections(document: content.Document) -> Iterator[tuple[ContentsEntry, str]]:
    """Each section of the page with its HTML, in the author's order, the sources at the end."""
    inside: list[Part] = []
    for part in [*_parts(document, careful=False), None]:
        if inside and (part is None or part.heading):
            yield entries(inside[:1])[0], _html("body", document, inside)
            inside = []
        if part and (part.heading or inside):
            inside.append(part)
    if document.references:
        yield ContentsEntry(SOURCES, _("Sources"), True), section_html(document, SOURCES)


def _parts(document: content.Document, careful: bool, form: str = "") -> list[Part]:
    """The sections that say something, in the author's order; a blank repeat goes on without a heading."""
    short = component_groups.short_names(document.components)
    apart = any(
        section.component for section in document.sections
    )  # in groups, below what the site says of them all
    if_unwell = country(settings.COUNTRY).if_unwell
    lists: dict[str, str] = {}  # the anchor of the section in which the side effects of a component stand
    parts: list[Part] = []
    before, english = None, is_english(document.language)
    for index, anchor, section, listed, asked in shown_sections(document):
        kind, component = place = section.kind, section.component
        goes_on = place == before and not section.heading
        heading = section.heading or _(content.SECTION_HEADINGS[kind])
        if goes_on:
            heading = ""
        elif component and not section.heading:
            heading = component_groups.inside_sentence(heading)
        parts.append(
            Part(
                anchor=anchor,
                kind=kind,
                heading=heading,
                ours=not section.heading,
                body=section.body,
                cards=tuple(cards(listed, component, "" if apart else if_unwell, english)),
                bands=strips(listed),
                labels=plain_labels(listed),
                faqs=tuple(asked),
                caution=careful and kind in DOSES,
                listed_above=lists.get(component, "") if kind == "side_effects" and not goes_on else "",
                component=component,
                edit=form and f"{form}#id_sections-{index}-body",
                said_before=component_groups.said_before(heading, short.get(component, "")),
            )
        )
        if listed:
            lists[component] = anchor
        before = place
    return _with_site_parts(parts, document, if_unwell if apart else "")


def _with_site_parts(parts: list[Part], document: content.Document, if_unwell: str) -> list[Part]:
    """`parts` with what the site itself says: of unsorted side effects where components have them, and of an overdose.

    It stands once, before the first component.
    """
    of_page = [part for part in parts if not part.component]
    ours = []
    unsorted = any(card.urgency == "unsorted" for part in parts for card in part.cards)
    if if_unwell and unsorted:
        ours.append(
            Part("if-you-feel-unwell", "unwell", _("If you feel unwell"), True, "", if_unwell=if_unwell)
        )
    if all(part.kind != "overdose" for part in of_page):
        ours.append(
            Part(
                anchor="overdose",
                kind="overdose",
                heading=_(content.SECTION_HEADINGS["overdose"]),
                ours=True,
                body="",
                advice=country(settings.COUNTRY).poison_advice,
                silent=_silence(document) if text_findings.is_silent_on_overdose(document) else "",
            )
        )
    first = next((at for at, part in enumerate(parts) if part.component), None)
    if first is None:  # below the doses: nobody should look for it in vain
        first = max((at for at, other in enumerate(parts) if other.kind in DOSES), default=len(parts) - 1) + 1
    return [*parts[:first], *ours, *parts[first:]]


def _silence(document: content.Document) -> str:
    """What a page says that is silent on an overdose of its medicine, or of what it combines."""
    if any(section.component for section in document.sections):
        return _("This page has no section of its own about too much of any of these.")
    if len(document.ingredients) > 1:
        return _("This page has no section of its own about too much of this combination.")
    return _("This page has no section of its own about too much of this one.")
