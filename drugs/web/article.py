"""What the page of a drug shows: a document as the parts that templates loop over, and their HTML.

The HTML of a document is made once and kept under the hash of the document.
Whatever changes without a new edition (status, relations, the site's texts) is put around it by the views.
"""

from dataclasses import dataclass
from itertools import groupby
from os.path import commonprefix

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from drugs import content
from drugs.caching.page_cache import cached_value
from drugs.content.countries import country
from drugs.content.markdown import plain
from drugs.content.normalisation import fold
from drugs.content.vocabulary import (
    GROUP_LABELS,
    NAME_KIND_LABELS,
    SHOWN_NAME_KINDS,
    SUBSTANCE_NAME_KINDS,
    URGENCIES_BY_GRAVITY,
)
from drugs.web import structured_data

SOURCES = "sources"  # the anchor of the list of references
BOXES = ("warning", "key_facts")  # stand before everything else
DOSES = ("dosage", "missed_dose")  # a wrong word in them does the most harm


@dataclass(frozen=True)
class Part:
    """A section as readers meet it. The list of side effects or questions stands in the first of its kind."""

    anchor: str
    kind: str
    heading: str  # Markdown; empty where the section only goes on
    ours: bool  # the heading is the site's word, not the author's
    body: str
    cards: tuple = ()
    faqs: tuple = ()
    caution: bool = False
    listed_above: bool = False  # speaks of side effects that are all listed in an earlier section
    advice: str = ""  # what the country tells everybody, where the author says nothing


@dataclass(frozen=True)
class Card:
    """Side effects that ask the same of a reader. `groups` are pairs of the source's label and its effects.

    `if_unwell` is what to do meanwhile, on the first card of those that nobody has sorted.
    """

    urgency: str
    heading: str
    groups: tuple
    ours: bool = True
    serious: bool = False
    if_unwell: str = ""


@dataclass(frozen=True)
class Article:
    """All that the page of a drug needs of its document."""

    title: str
    language: str
    origin: str
    ingredients: tuple
    names: tuple  # pairs of the kind in words and the names
    called: tuple  # the names by which another page may mean this medicine: brands are products of it
    classes: tuple
    contents: tuple  # pairs of an anchor in the HTML and its heading as plain text
    boxes: str  # HTML
    body: str  # HTML
    sources: int
    linked: dict  # what machines are told of it, see linked_data


def of_publication(publication):
    """The Article of the current edition, which is read only if its HTML is not at hand."""
    careful = publication.status != "reviewed"
    return _cached_article(publication.sha256, lambda: publication.edition.document, careful)


def of_edition(edition):
    """The Article of an edition that may have been replaced."""
    return _cached_article(edition.sha256, lambda: edition.document, careful=True)


def _cached_article(sha256, read, careful):
    def make():
        return build(content.Document.from_json(read()), careful)

    return cached_value(f"article:{sha256}:{get_language()}:{settings.COUNTRY}:{careful:d}", make)


def build(document, careful=True):
    """The Article of `document`. `careful` puts a caution beside doses that no current review covers."""
    parts = _parts(document, careful)
    boxes = [part for part in parts if part.kind in BOXES]
    rest = [part for part in parts if part.kind not in BOXES]
    context = {"language": document.language, "references": document.references}
    contents = [(part.anchor, plain(part.heading)) for part in boxes + rest if part.heading]
    if document.references:
        contents.append((SOURCES, _("Sources")))
    return Article(
        title=document.title,
        language=document.language,
        origin=document.origin,
        ingredients=document.ingredients,
        names=tuple(_names(document)),
        called=(document.title, *(name.text for name in document.names if name.kind in SUBSTANCE_NAME_KINDS)),
        classes=tuple(item.name for item in document.classes),
        contents=tuple(contents),
        boxes=render_to_string("drugs/article/_boxes.html", {**context, "parts": boxes}),
        body=render_to_string("drugs/article/_body.html", {**context, "parts": rest}),
        sources=len(document.references),
        linked=structured_data.document_data(document),
    )


def section_html(document, anchor):
    """The HTML of the section that the contents of `document` name by `anchor`; "" if there is none."""
    context = {"language": document.language}
    if anchor == SOURCES:
        context["references"] = document.references
        return render_to_string("drugs/article/_sources.html", context)
    of_it, here = [], False
    for part in _parts(document, careful=False):
        here = part.anchor == anchor or here and not part.heading
        if here:
            of_it.append(part)
    return render_to_string("drugs/article/_body.html", {**context, "parts": of_it}) if of_it else ""


def _names(document):
    title = fold(document.title)
    for kind in SHOWN_NAME_KINDS:
        said = [name.text for name in document.names if name.kind == kind and fold(name.text) != title]
        if said:
            yield _(NAME_KIND_LABELS[kind].heading), tuple(dict.fromkeys(said))


def _parts(document, careful):
    """The sections that say something, in the author's order; a blank repeat goes on without a heading."""
    lists = {"side_effects": tuple(cards(document.side_effects)), "faqs": document.faqs}
    seen, parts, before = {}, [], None
    for section in document.sections:
        shown = lists.pop(section.kind, ())
        if not (section.heading or section.body.strip() or shown):
            continue
        goes_on = section.kind == before and not section.heading
        seen[section.kind] = seen.get(section.kind, 0) + 1
        parts.append(
            Part(
                anchor=_anchor(section.kind, seen[section.kind]),
                kind=section.kind,
                heading="" if goes_on else section.heading or _(content.SECTION_HEADINGS[section.kind]),
                ours=not section.heading,
                body=section.body,
                cards=shown if section.kind == "side_effects" else (),
                faqs=shown if section.kind == "faqs" else (),
                caution=careful and section.kind in DOSES,
                listed_above=bool(
                    document.side_effects and section.kind == "side_effects" and not shown and not goes_on
                ),
            )
        )
        before = section.kind
    return parts if "overdose" in seen else _with_overdose(parts)


def _with_overdose(parts):
    """`parts` with what holds after too much of any medicine, below the doses: nobody should look for it in vain."""
    part = Part(
        anchor=_anchor("overdose", 1),
        kind="overdose",
        heading=_(content.SECTION_HEADINGS["overdose"]),
        ours=True,
        body="",
        advice=country(settings.COUNTRY).poison_advice,
    )
    last = max((at for at, other in enumerate(parts) if other.kind in DOSES), default=len(parts) - 1)
    return [*parts[: last + 1], part, *parts[last + 1 :]]


def _anchor(kind, count):
    name = kind.replace("_", "-")
    return name if count == 1 else f"{name}-{count}"


def cards(effects):
    """Yields the Cards of these side effects: by urgency, and the author's order within each."""
    here = country(settings.COUNTRY)
    for urgency in URGENCIES_BY_GRAVITY:
        of_it = [effect for effect in effects if effect.urgency == urgency]
        if urgency == "unsorted":
            yield from _unsorted(of_it, here.if_unwell)
        elif of_it:
            yield Card(urgency, here.urgency_heading(urgency), _by_label(of_it))


def _unsorted(effects, if_unwell):
    """The source's own groups and words: nobody has said yet what a reader should do. The first card says so."""
    for (label, group), run in groupby(effects, lambda effect: (effect.label, effect.group)):
        groups = (("", _rows(run)),)
        heading, serious = label or _(GROUP_LABELS[group].heading), group == "serious"
        yield Card("unsorted", heading, groups, ours=not label, serious=serious, if_unwell=if_unwell)
        if_unwell = ""


def _by_label(effects):
    """Pairs of a label and its effects. What a label shares with the one above it is not said again."""
    groups, before = [], []
    for label, run in groupby(effects, lambda effect: effect.label):
        levels = label.split(content.LABEL_JOINER)
        shared = len(commonprefix([levels[:-1], before]))
        said = content.LABEL_JOINER.join(["…", *levels[shared:]] if shared else levels)
        groups.append((said, _rows(run)))
        before = levels
    return tuple(groups)


def _rows(effects):
    return tuple(
        {"name": effect.name, "description": effect.description, "often": _often(effect.frequency)}
        for effect in effects
    )


def _often(frequency):
    words = content.FREQUENCIES[frequency]
    return _(words) if words else ""
