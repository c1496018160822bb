"""Document, the value object of what one monograph says, as it travels between desk, editions, formats and pages.

No database. A `Document` that exists is valid; whoever
builds one from hostile or old text meets a `DocumentError` that names the field. Words for readers are only
marked for translation here: they are translated where they are shown.
"""

import dataclasses
import datetime
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from drugs.content.components import MOST as MOST_COMPONENTS
from drugs.content.components import (
    HasComponent,
    check_component,
    in_places,
    names_of,
    place_of,
    places_of,
)
from drugs.content.dates import is_partial_date
from drugs.content.hashing import canonical_json
from drugs.content.validation import (
    ATC_CHARS,
    LABEL_CHARS,
    LANGUAGE_CHARS,
    LANGUAGE_TAG,
    TITLE_CHARS,
    URL,
    YEARS,
    DocumentError,
    check,
    check_body,
    check_line,
    check_slug,
)
from drugs.content.vocabulary import (
    FREQUENCIES,
    GROUPS,
    NAME_KINDS,
    ORIGINS,
    SECTION_HEADINGS,
    SECTION_KINDS,
    URGENCIES,
)
from drugs.content.whitespace import UNICODE_SPACES

# Of the JSON: a key that is renamed or goes raises it, and so does one that changes what the others mean. Schema 2 has
# components, schema 3 what references say of a label and the reference of a side effect; a document without them is
# written as the schema before, so that it keeps its bytes.
SCHEMA = 3
LABEL_KEYS = ("country", "version", "date", "locator", "source", "set_id")  # of a reference that is a label
ROW_KINDS = ("side_effects", "faqs")  # lists that stand in a section of the same kind
_MARK_AT_END = re.compile(rf"\{{[a-z_, {UNICODE_SPACES}]*\}}$")


@dataclass(frozen=True)
class Name:
    text: str
    kind: str

    def __post_init__(self):
        check_line("name", self.text, TITLE_CHARS, required=True)
        check(self.kind in NAME_KINDS, "name kind", f"{self.kind!r} is not one of {', '.join(NAME_KINDS)}.")


@dataclass(frozen=True)
class DrugClass:
    name: str
    atc: str = ""

    def __post_init__(self):
        check_line("class", self.name, TITLE_CHARS, required=True)
        check_line("ATC code", self.atc, ATC_CHARS)


@dataclass(frozen=True)
class Section:
    kind: str
    heading: str = ""
    body: str = ""
    component: str = ""

    def __post_init__(self):
        check(self.kind in SECTION_HEADINGS, "section kind", f"{self.kind!r} is not known.")
        check_line("section heading", self.heading)
        check_body(f"section {self.heading or self.kind}", self.body)
        check_component(self.component)


@dataclass(frozen=True)
class SideEffect:
    name: str
    description: str = ""
    group: str = "other"
    label: str = ""
    frequency: str = "not_stated"
    urgency: str = "unsorted"
    component: str = ""
    reference: int | None = None  # the source that says so, by its place among the references, counted from 1

    def __post_init__(self):
        check_line("side effect", self.name, required=True)
        check("**" not in self.name, "side effect", "is bold already; leave the ** out.")
        check_body("side effect description", self.description)
        check_line("side effect label", self.label)
        check(self.group in GROUPS, "side effect group", f"{self.group!r} is not one of {', '.join(GROUPS)}.")
        check(self.frequency in FREQUENCIES, "frequency", f"{self.frequency!r} is not known.")
        check(self.urgency in URGENCIES, "urgency", f"{self.urgency!r} is not known.")
        check_component(self.component)
        counted = self.reference is None or type(self.reference) is int and self.reference > 0
        check(counted, "side effect reference", "is not the number of a reference.")


@dataclass(frozen=True)
class FAQ:
    question: str
    answer: str = ""
    component: str = ""

    def __post_init__(self):
        check_line("question", self.question, required=True)
        check_body("answer", self.answer)
        check_component(self.component)


@dataclass(frozen=True)
class Reference:
    """A source. Where it is a regulator's label it may say of which country, in which version and of which day, where
    in it to look (`locator`), and by which source and set the site knows the label.
    """

    title: str
    publisher: str = ""
    url: str = ""
    year: int | None = None
    accessed_on: datetime.date | None = None
    country: str = ""
    version: str = ""
    date: str = ""
    locator: str = ""
    source: str = ""
    set_id: str = ""

    def __post_init__(self):
        check_line("reference title", self.title, required=True)
        check_line("reference publisher", self.publisher)
        check_line("reference url", self.url)
        check(
            not self.url or re.fullmatch(URL, self.url),
            "reference url",
            "must start with https:// or http:// and hold no spaces.",
        )
        whole = self.year is None or type(self.year) is int
        check(whole and YEARS[0] <= (self.year or 2000) <= YEARS[1], "reference year", "is not a year.")
        day = self.accessed_on is None or type(self.accessed_on) is datetime.date
        check(day, "accessed_on", "is not a date.")
        for key in LABEL_KEYS:
            check_line(f"reference {key}", getattr(self, key), LABEL_CHARS)
        check(is_partial_date(self.date), "reference date", "is not a date such as 2024-12-31 or 2024-12.")

    @property
    def is_label(self) -> bool:
        """Whether it says anything that only references to labels say."""
        return any(getattr(self, key) for key in LABEL_KEYS)


@dataclass(frozen=True)
class Document:
    """All that one monograph says. Where there are side effects there is a section of kind `side_effects`,
    where there are questions one of kind `faqs`: its place is theirs, its body stands before them. Rows of a component
    stand in its own section of that kind, else in the whole page's, and are kept in the order of their places.
    """

    slug: str
    title: str
    language: str = "en"
    names: tuple[Name, ...] = ()
    ingredients: tuple[str, ...] = ()
    classes: tuple[DrugClass, ...] = ()
    origin: str = "ai_or_crowd"
    sections: tuple[Section, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    faqs: tuple[FAQ, ...] = ()
    references: tuple[Reference, ...] = ()

    def __post_init__(self):
        check_slug(self.slug)
        check_line("title", self.title, TITLE_CHARS, required=True)
        check_line("language", self.language, LANGUAGE_CHARS, required=True)
        check(LANGUAGE_TAG.fullmatch(self.language), "language", "is not a language tag such as en or pt-BR.")
        check(self.origin in ORIGINS, "origin", f"{self.origin!r} is not one of {', '.join(ORIGINS)}.")
        for ingredient in self.ingredients:
            check_line("ingredient", ingredient, TITLE_CHARS, required=True)
        components = self.components
        check(len(components) <= MOST_COMPONENTS, "component", f"more than {MOST_COMPONENTS} are named.")
        check(self.title not in components, "component", "is the title; leave it out for the whole page.")
        for kind in ROW_KINDS:
            rows, places = getattr(self, kind), places_of(self.sections, kind)
            for component in {row.component for row in rows}:
                whose = f" for {component}" if component else ""
                check(component in places or "" in places, "sections", f"lack one of kind {kind}{whose}.")
            object.__setattr__(self, kind, in_places(self.sections, kind, rows))
        cited = max((effect.reference or 0 for effect in self.side_effects), default=0)
        check(cited <= len(self.references), "side effect reference", f"{cited} is not in the references.")

    @property
    def components(self) -> tuple[str, ...]:
        """The parts of the combination that the page treats apart, each once, in the author's order."""
        return names_of(self.sections, self.side_effects, self.faqs)

    @property
    def schema(self) -> int:
        """The oldest schema that can say this document."""
        if any(row.is_label for row in self.references) or any(row.reference for row in self.side_effects):
            return 3
        return 2 if self.components else 1

    @property
    def generic_name(self) -> str:
        """The first name of kind generic, or the empty text."""
        return next((name.text for name in self.names if name.kind == "generic"), "")

    def of_kind(self, *kinds: str) -> tuple[Section, ...]:
        """The sections of these kinds, in the author's order."""
        return tuple(section for section in self.sections if section.kind in kinds)

    def to_dict(self) -> dict[str, Any]:
        """The document as plain lists, texts and numbers: the shape of the NDJSON export."""
        data: dict[str, Any] = {"schema": self.schema, "generic_name": self.generic_name, **vars(self)}
        for name in _PARTS:
            data[name] = [_without_blanks(vars(part)) for part in data[name]]
        for reference in data["references"]:
            if reference["accessed_on"]:
                reference["accessed_on"] = reference["accessed_on"].isoformat()
        return {**data, "ingredients": list(self.ingredients)}

    def to_json(self) -> str:
        """Canonical JSON: keys sorted, no spaces, characters as they are. Equal documents, equal text."""
        return canonical_json(self.to_dict())

    @classmethod
    def from_dict(cls, data: Any) -> "Document":
        """The document that `data` describes; keys that are no part of a document are ignored.

        Raises DocumentError for an unknown schema, a missing key or a value that no document may hold.
        """
        check(isinstance(data, dict), "document", "is not an object.")
        check(
            data.get("schema") in range(1, SCHEMA + 1), "schema", f"{data.get('schema')!r} is not known here."
        )
        try:
            values = {field.name: data[field.name] for field in dataclasses.fields(cls) if field.name in data}
            for key, build in _PARTS.items():
                values[key] = tuple(build(**item) for item in values.get(key, ()))
            values["ingredients"] = tuple(values.get("ingredients", ()))
            return cls(**values)
        except (TypeError, AttributeError) as error:
            raise DocumentError(
                "document", f"does not have the shape of schema {SCHEMA}: {error}."
            ) from error

    @classmethod
    def from_json(cls, text: str | bytes) -> "Document":
        """The inverse of `to_json`. Raises DocumentError for anything that is not such a text."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError, no more
            raise DocumentError("document", f"is not JSON: {error}.") from error
        return cls.from_dict(data)


_SAID_OR_ABSENT = {"component", "reference", *LABEL_KEYS}


def _without_blanks(values):
    return {key: value for key, value in values.items() if value or key not in _SAID_OR_ABSENT}


def _reference(accessed_on=None, **rest):
    try:
        day = datetime.date.fromisoformat(accessed_on) if accessed_on else None
    except (TypeError, ValueError):
        raise DocumentError("accessed_on", f"{accessed_on!r} is not a date such as 2024-12-31.") from None
    return Reference(accessed_on=day, **rest)


# What builds the parts of a document from their JSON.
_PARTS: dict[str, Callable[..., Any]] = {
    "names": Name,
    "classes": DrugClass,
    "sections": Section,
    "side_effects": SideEffect,
    "faqs": FAQ,
    "references": _reference,
}


def with_places(
    sections: Sequence[Section], side_effects: Iterable[HasComponent], faqs: Iterable[HasComponent]
) -> tuple[Section, ...]:
    """`sections` with those that side effects and questions need to stand in, if there are such rows.

    An editor who adds only rows means the section too.
    """
    for kind, rows in zip(ROW_KINDS, (side_effects, faqs), strict=True):
        for component in list(dict.fromkeys(row.component for row in rows))[: MOST_COMPONENTS + 1]:
            if place_of(sections, kind, component) is None:
                sections = _insert_in_page_order(sections, Section(kind, component=component))
    return tuple(sections)


def _insert_in_page_order(sections, new):
    """`new` behind the kinds before it in page order, among the sections of its own component if there are any."""
    order = SECTION_KINDS.index
    siblings = [at for at, section in enumerate(sections) if section.component == new.component]
    before = [at for at in siblings if order(sections[at].kind) <= order(new.kind)]
    at = before[-1] + 1 if before else siblings[0] if siblings else 0 if not new.component else len(sections)
    return [*sections[:at], new, *sections[at:]]


def ends_in_mark(text: str) -> bool:
    """Whether the page format would take the end of `text` for a mark such as {rare}."""
    return bool(_MARK_AT_END.search(text))
