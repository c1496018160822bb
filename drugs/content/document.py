"""What one monograph says: the value that travels between desk, editions, formats and pages.

A leaf: it imports nothing of ours and knows no database. A `Document` that exists is valid; whoever
builds one from hostile or old text meets a `DocumentError` that names the field. Words for readers are only
marked for translation here: they are translated where they are shown.
"""

import dataclasses
import datetime
import hashlib
import json
import re
from dataclasses import dataclass


def gettext_noop(text):
    """Marks `text` for the catalogues of translations and gives it back: this module knows no Django."""
    return text


SCHEMA = 1

# Limits. A file is counted in bytes, a text in characters.
FILE_BYTES = 200_000
BODY_CHARS = 50_000
LINE_CHARS = 2_000
TITLE_CHARS = 500
SLUG_CHARS = 255
ATC_CHARS, LANGUAGE_CHARS, YEARS = 10, 35, (1800, 2200)

# Section kinds in page order, each with the heading that readers see when a section has none of its own.
SECTION_HEADINGS = {
    "warning": gettext_noop("Most important warning"),
    "key_facts": gettext_noop("Key facts"),
    "uses": gettext_noop("What it is used for"),
    "do_not_take": gettext_noop("Who must not take it"),
    "precautions": gettext_noop("Precautions"),
    "pregnancy": gettext_noop("Pregnancy and breastfeeding"),
    "interactions": gettext_noop("Other medicines"),
    "food_alcohol": gettext_noop("Food, drink and alcohol"),
    "driving": gettext_noop("Driving and using machines"),
    "dosage": gettext_noop("How to take it"),
    "missed_dose": gettext_noop("If you miss a dose"),
    "overdose": gettext_noop("If you take too much"),
    "stopping": gettext_noop("Stopping it"),
    "side_effects": gettext_noop("Side effects"),
    "monitoring": gettext_noop("Check-ups and tests"),
    "how_it_works": gettext_noop("How it works"),
    "storage": gettext_noop("Storage"),
    "ingredients": gettext_noop("What it contains"),
    "faqs": gettext_noop("Common questions"),
    "other": gettext_noop("More information"),
    "notice": gettext_noop("Note from the source"),
}
SECTION_KINDS = tuple(SECTION_HEADINGS)

NAME_KINDS = ("generic", "brand", "synonym", "abbreviation", "misspelling")
GROUPS = ("common", "less_common", "serious", "other")
URGENCIES = ("emergency", "urgent", "talk", "expected", "unsorted")
ORIGINS = ("ai_or_crowd", "editorial", "label")
CHANGE_KINDS = ("typo", "clarity", "evidence", "safety", "names", "import")

# Bands of EU/CIOMS (SmPC guideline, section 4.8), said as numbers of people.
FREQUENCIES = {
    "very_common": gettext_noop("More than 1 in 10 people"),
    "common": gettext_noop("Up to 1 in 10 people"),
    "uncommon": gettext_noop("Up to 1 in 100 people"),
    "rare": gettext_noop("Up to 1 in 1,000 people"),
    "very_rare": gettext_noop("Fewer than 1 in 10,000 people"),
    "not_known": gettext_noop("It is not known how many people"),
    "not_stated": "",
}

LABEL_JOINER = " › "

# Control characters, line separators but \n, direction overrides, and two that no XML may hold.
UNPRINTABLE_CHARS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff"
UNPRINTABLE = re.compile(rf"[{UNPRINTABLE_CHARS}\ud800-\udfff]")
SLUG = rf"[a-z0-9_-]{{1,{SLUG_CHARS}}}"
LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
URL = r"https?://[^\s<>\x22]+"
_LANGUAGE = re.compile(LANGUAGE)
_FENCE = re.compile(r"(`{3,}+(?!.*`)|~{3,})")
HIGH_HEADING = re.compile(r"#{1,3}(?:[ \t]|$)")
_MARK_AT_END = re.compile(r"\{[a-z_, ]*\}$")


class DocumentError(ValueError):
    """A text that the page format cannot carry. `field` names it, `message` says what to do about it."""

    def __init__(self, field, message):
        self.field = field[:TITLE_CHARS]
        self.message = message if len(message) <= TITLE_CHARS else f"{message[:TITLE_CHARS]} …"
        super().__init__(f"{self.field}: {self.message}")


def find_unprintable(text):
    """The position of the first character that no field accepts, or None."""
    match = UNPRINTABLE.search(text)
    return match.start() if match else None


def high_headings(text):
    """Yields (index, line) for each line of `text` that is a heading of level 1 to 3, code left out; at the
    end, for a code fence that never closes, the line that opens it.

    Headings and fences of the page format start in the first column.
    """
    fence, opened = "", None
    for index, line in enumerate(text.split("\n")):
        if fence:
            closing = line.strip(" ")
            if closing.startswith(fence) and not closing.strip(fence[0]) and line.index(fence[0]) < 4:
                fence = ""
        elif match := _FENCE.match(line):
            fence, opened = match[1], (index, line)
        elif HIGH_HEADING.match(line):
            yield index, line
    if fence:
        yield opened


def find_high_heading(body):
    """The index of the first line of `body` that is a heading of level 1 to 3, or that opens a code fence
    which never closes; None if there is none. Such a line would end, or swallow, the section it stands in.
    """
    return next((index for index, _ in high_headings(body)), None)


def _check(condition, field, message):
    if not condition:
        raise DocumentError(field, message)


def _check_text(field, value, limit):
    _check(isinstance(value, str), field, "must be text.")
    _check(len(value) <= limit, field, f"is longer than {limit:,} characters.")
    at = find_unprintable(value)
    _check(
        at is None,
        field,
        f"holds a character that cannot be printed (U+{ord(value[at or 0] if value else ' '):04X}).",
    )


def _check_line(field, value, limit=LINE_CHARS, *, required=False):
    _check_text(field, value, limit)
    _check("\n" not in value and "\t" not in value, field, "must be one line without tabs.")
    _check(value == value.strip(), field, "has spaces at its start or end.")
    _check(value or not required, field, "is empty.")


def _check_body(field, value):
    _check_text(field, value, BODY_CHARS)
    _check(
        value == value.strip("\n").rstrip() and value == clean_body(value),
        field,
        "has blank lines at its start or end.",
    )
    at = find_high_heading(value)
    _check(
        at is None,
        field,
        f"line {(at or 0) + 1}: headings inside a text start at ####, and a code fence must be closed.",
    )


def clean_body(text):
    """`text` without blank lines at its ends and spaces at its very end; the first line keeps its indent."""
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines)


@dataclass(frozen=True)
class Name:
    text: str
    kind: str

    def __post_init__(self):
        _check_line("name", self.text, TITLE_CHARS, required=True)
        _check(self.kind in NAME_KINDS, "name kind", f"{self.kind!r} is not one of {', '.join(NAME_KINDS)}.")


@dataclass(frozen=True)
class DrugClass:
    name: str
    atc: str = ""

    def __post_init__(self):
        _check_line("class", self.name, TITLE_CHARS, required=True)
        _check_line("ATC code", self.atc, ATC_CHARS)


@dataclass(frozen=True)
class Section:
    kind: str
    heading: str = ""
    body: str = ""

    def __post_init__(self):
        _check(self.kind in SECTION_HEADINGS, "section kind", f"{self.kind!r} is not known.")
        _check_line("section heading", self.heading)
        _check_body(f"section {self.heading or self.kind}", self.body)


@dataclass(frozen=True)
class SideEffect:
    name: str
    description: str = ""
    group: str = "other"
    label: str = ""
    frequency: str = "not_stated"
    urgency: str = "unsorted"

    def __post_init__(self):
        _check_line("side effect", self.name, required=True)
        _check("**" not in self.name, "side effect", "is bold already; leave the ** out.")
        _check_body("side effect description", self.description)
        _check_line("side effect label", self.label)
        _check(
            self.group in GROUPS, "side effect group", f"{self.group!r} is not one of {', '.join(GROUPS)}."
        )
        _check(self.frequency in FREQUENCIES, "frequency", f"{self.frequency!r} is not known.")
        _check(self.urgency in URGENCIES, "urgency", f"{self.urgency!r} is not known.")


@dataclass(frozen=True)
class FAQ:
    question: str
    answer: str = ""

    def __post_init__(self):
        _check_line("question", self.question, required=True)
        _check_body("answer", self.answer)


@dataclass(frozen=True)
class Reference:
    title: str
    publisher: str = ""
    url: str = ""
    year: int | None = None
    accessed_on: datetime.date | None = None

    def __post_init__(self):
        _check_line("reference title", self.title, required=True)
        _check_line("reference publisher", self.publisher)
        _check_line("reference url", self.url)
        _check(
            not self.url or re.fullmatch(URL, self.url),
            "reference url",
            "must start with https:// or http:// and hold no spaces.",
        )
        whole = self.year is None or type(self.year) is int
        _check(whole and YEARS[0] <= (self.year or 2000) <= YEARS[1], "reference year", "is not a year.")
        day = self.accessed_on is None or type(self.accessed_on) is datetime.date
        _check(day, "accessed_on", "is not a date.")


@dataclass(frozen=True)
class Document:
    """All that one monograph says. Where there are side effects there is a section of kind `side_effects`,
    where there are questions one of kind `faqs`: its place is theirs, its body stands before them.
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
        _check_line("title", self.title, TITLE_CHARS, required=True)
        _check_line("language", self.language, LANGUAGE_CHARS, required=True)
        _check(_LANGUAGE.fullmatch(self.language), "language", "is not a language tag such as en or pt-BR.")
        _check(self.origin in ORIGINS, "origin", f"{self.origin!r} is not one of {', '.join(ORIGINS)}.")
        for ingredient in self.ingredients:
            _check_line("ingredient", ingredient, TITLE_CHARS, required=True)
        kinds = {section.kind for section in self.sections}
        _check(not self.side_effects or "side_effects" in kinds, "sections", "lack one of kind side_effects.")
        _check(not self.faqs or "faqs" in kinds, "sections", "lack one of kind faqs.")

    @property
    def generic_name(self):
        """The first name of kind generic, or the empty text."""
        return next((name.text for name in self.names if name.kind == "generic"), "")

    def of_kind(self, *kinds):
        """The sections of these kinds, in the author's order."""
        return tuple(section for section in self.sections if section.kind in kinds)

    def to_dict(self):
        """The document as plain lists, texts and numbers: the shape of the NDJSON export."""
        data = {"schema": SCHEMA, "generic_name": self.generic_name, **vars(self)}
        for name in _PARTS:
            data[name] = [dict(vars(part)) for part in data[name]]
        for reference in data["references"]:
            if reference["accessed_on"]:
                reference["accessed_on"] = reference["accessed_on"].isoformat()
        return {**data, "ingredients": list(self.ingredients)}

    def to_json(self):
        """Canonical JSON: keys sorted, no spaces, characters as they are. Equal documents, equal text."""
        return canonical_json(self.to_dict())

    @classmethod
    def from_dict(cls, data):
        """The document that `data` describes; keys that are no part of a document are ignored.

        Raises DocumentError for an unknown schema, a missing key or a value that no document may hold.
        """
        _check(isinstance(data, dict), "document", "is not an object.")
        _check(
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
    def from_json(cls, text):
        """The inverse of `to_json`. Raises DocumentError for anything that is not such a text."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError, no more
            raise DocumentError("document", f"is not JSON: {error}.") from error
        return cls.from_dict(data)


def _reference(accessed_on=None, **rest):
    try:
        day = datetime.date.fromisoformat(accessed_on) if accessed_on else None
    except (TypeError, ValueError):
        raise DocumentError("accessed_on", f"{accessed_on!r} is not a date such as 2024-12-31.") from None
    return Reference(accessed_on=day, **rest)


# What builds the parts of a document from their JSON.
_PARTS = {
    "names": Name,
    "classes": DrugClass,
    "sections": Section,
    "side_effects": SideEffect,
    "faqs": FAQ,
    "references": _reference,
}


def check_slug(slug):
    """Raises DocumentError unless `slug` can be an address: a-z, 0-9, _ and -, at most 255 of them."""
    _check(
        isinstance(slug, str) and re.fullmatch(SLUG, slug),
        "slug",
        f"{str(slug)[:300]!r} may hold only a-z, 0-9, _ and -, at most {SLUG_CHARS} of them.",
    )


def ends_in_mark(text):
    """True if the page format would take the end of `text` for a mark such as {rare}."""
    return bool(_MARK_AT_END.search(text))


def canonical_json(value):
    """The one spelling of a JSON value that hashes are taken of."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text):
    """SHA-256 of the UTF-8 bytes of `text`, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Finding:
    """Something about a document that a person should know.

    `level` is `block` (cannot be published), `review` (cannot be published as reviewed) or `look` (asks an
    editor). `field` is a path into the document such as `title`, `sections.3`, `side_effects.0.name`.
    """

    level: str
    code: str
    message: str
    field: str = ""
