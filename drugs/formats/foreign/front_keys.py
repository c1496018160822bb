"""Front matter keys of other programs, brought into the keys of the page format.

`aliases`, `brand_names`, `drug_class` and the like become names and classes where that is certain. What is left over
is named in a finding by whoever reads the fields, and kept for editors.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from drugs.content import ORIGINS, TITLE_CHARS
from drugs.content.validation import LANGUAGE_TAG
from drugs.formats.foreign.readiness import READINESS
from drugs.formats.page.front_matter import Entry
from drugs.formats.slugs import slug_of

# Keys without case, accents and signs, by what their values are.
_NAME_KEYS = {
    "synonym": "aliases alias synonyms synonym aka alsoknownas othernames othername alternativenames altnames"
    " alternatenames synonyme sinonimos sinonimo sinonimi synoniemen",
    "brand": "brands brand brandnames brandname tradenames tradename proprietarynames proprietaryname alsosoldas"
    " handelsnamen handelsname markennamen markenname nomscommerciaux nomcommercial nombrescomerciales"
    " nombrecomercial nomescomerciais nomecomercial nomicommerciali merknamen merknaam",
    "generic": "generic genericnames inn dci nonproprietaryname internationalnonproprietaryname",
    "abbreviation": "abbreviations abbreviation abbr acronym acronyms abkuerzung abkuerzungen abkurzung abkurzungen",
}
_NAMES = {key: kind for kind, keys in _NAME_KEYS.items() for key in keys.split()}
_CLASSES = frozenset(
    "class drugclass drugclasses pharmacologicalclass pharmacologicclass therapeuticclass medicationclass"
    " pharmacotherapeuticgroup wirkstoffklasse wirkstoffgruppe stoffgruppe substanzklasse classetherapeutique"
    " grupofarmacologico grupoterapeutico classeterapeutica geneesmiddelgroep".split()
)
_INGREDIENTS = frozenset(
    "ingredient activeingredients activeingredient activesubstance activesubstances wirkstoff wirkstoffe"
    " principeactif principesactifs principioactivo principiosactivos principioattivo werkzamestof".split()
)
_TAGS = frozenset("tags tag categories category keywords schlagworte kategorien".split())
_SAME = {
    "lang": "language",
    "locale": "language",
    "sprache": "language",
    "langue": "language",
    "idioma": "language",
}
_SAME |= {"lingua": "language", "taal": "language", "titel": "title", "titre": "title", "titulo": "title"}
_SAME |= {"titolo": "title", "genericname": "generic_name"}
_LANGUAGES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "francais": "fr", "spanish": "es",
    "espanol": "es", "portuguese": "pt", "portugues": "pt", "italian": "it", "italiano": "it", "dutch": "nl",
    "nederlands": "nl",
}  # fmt: skip
# A tag is a class beyond doubt where its author files it as one, or where its last word says so.
_CLASS_TAG = re.compile(
    r"(?:drug[-_ ]?)?class(?:es)?/(?P<filed>.+)|(?P<said>.*\b(?:blockers?|inhibitors?|agonists?|antagonists?"
    r"|diuretics?|statins?|opioids?|benzodiazepines?|nsaids?|ssris?|snris?|antibiotics?))",
    re.I,
)
_OF_PROGRAMS = frozenset(
    "id type icon template templateincludingparent collapsed createdat updatedat created updated excludefromgraphview"
    " filters heading backgroundcolor banner cover cssclass cssclasses".split()
)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_KEYS = ("format", "title", "slug", "language", "origin", "names", "ingredients", "classes", "references")


def is_known_key(key: str) -> bool:
    """Whether a key means something here, or nothing but what its program does with a page."""
    plain = _plain_key(key)
    tables = (_NAMES, _CLASSES, _INGREDIENTS, _TAGS, _SAME, _OF_PROGRAMS, READINESS)
    return plain in _KEYS or any(plain in table for table in tables)


def own_keys(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Front matter `entries` of another program in the keys of the page format, in shapes that it accepts.

    Keys that mean nothing here stay as they are; so do values of which nothing can be made.
    """
    own: dict[str, Entry] = {}
    lists: dict[str, list[Entry]] = {"names": [], "classes": [], "ingredients": []}
    left: dict[str, Entry] = {}
    for written, entry in entries.items():
        key = _plain_key(written)
        name = _SAME.get(key, written if written in _KEYS else key)
        if key in _NAMES:
            rest = _put_names(lists["names"], entry, _NAMES[key])
        elif key in _CLASSES or name == "classes":
            rest = _put_texts(lists["classes"], entry)
        elif key in _INGREDIENTS or name == "ingredients":
            rest = _put_texts(lists["ingredients"], entry)
        elif key in _TAGS:
            rest = _put_tags(lists["classes"], entry)
        elif name == "names":
            rest = _put_names(lists["names"], entry, "synonym")
        else:
            rest = _single(own, name, entry)
        if rest:
            left[written] = entry
    for name, items in lists.items():
        if items:
            own[name] = Entry(_once(items), items[0].line)
    unsaid = {
        key for key in ("title", "slug", "language", "origin") if key in left and _says_nothing(left[key])
    }
    return own | {key: entry for key, entry in left.items() if key not in own and key not in unsaid}


def _says_nothing(entry: Entry) -> bool:
    """Whether a value holds no letter and no digit, such as the `/` of a first page."""
    return not entry.value or isinstance(entry.value, str) and not re.search(r"[^\W_]", entry.value)


def _single(own: dict[str, Entry], name: str, entry: Entry) -> bool:
    """Puts a key with one value among the `own`; True if it cannot be used."""
    text = " ".join(entry.value.split()) if isinstance(entry.value, str) else None
    if name == "language" and text is not None:
        text = _LANGUAGES.get(text.casefold(), text.replace("_", "-"))
        usable = bool(LANGUAGE_TAG.fullmatch(text))
    elif name == "slug" and text is not None:
        text = text.strip("/").rpartition("/")[2]
        text = slug_of(text)
        usable = bool(text)
    elif name == "origin":
        usable = text in ORIGINS
    elif name == "references":
        return _references(own, entry)
    else:
        usable = name in ("format", "title", "generic_name") and bool(text or text is None)
    if usable and name not in own:
        own[name] = entry if text is None else Entry(text, entry.line)
        return False
    return True


def _references(own: dict[str, Entry], entry: Entry) -> bool:
    """References as texts are titles; those in the format's own shape stay as they are."""
    items = entry.value if isinstance(entry.value, list) else [entry]
    shaped = []
    for item in items:
        if isinstance(item.value, str) and (text := " ".join(item.value.split())):
            fields = {"title": Entry(text, item.line)}
            if re.fullmatch(r"https?://[^\s<>\"]+", text):
                fields["url"] = Entry(text, item.line)
            shaped.append(Entry(fields, item.line))
        elif not isinstance(item.value, str):
            shaped.append(item)
    own["references"] = Entry(shaped, entry.line)
    return False


def _put_names(names: list[Entry], entry: Entry, kind: str) -> bool:
    def as_name(item):
        name = _name(item)
        return name and {"text": Entry(name, item.line), "kind": Entry(kind, item.line)}

    return _put(names, entry, as_name)


def _put_texts(texts: list[Entry], entry: Entry) -> bool:
    return _put(texts, entry, _name)


def _put_tags(classes: list[Entry], entry: Entry) -> bool:
    return _put(classes, entry, _class_of_tag, shaped=False)


def _put(found: list[Entry], entry: Entry, value_of: Callable[[Entry], Any], *, shaped: bool = True) -> bool:
    """Adds what `value_of` makes of each value of a key, and with `shaped` those that are mappings already; whether any
    is left, of which it makes nothing.
    """
    rest = False
    for item in _items(entry):
        if shaped and isinstance(item.value, dict):
            found.append(item)
        elif value := value_of(item):
            found.append(Entry(value, item.line))
        else:
            rest = True
    return rest


def _class_of_tag(item: Entry) -> str:
    """The class that a tag such as `drugs/beta-blockers` names; "" if it names none."""
    match = _CLASS_TAG.fullmatch(_name(item).lstrip("#")) if isinstance(item.value, str) else None
    name = (match["filed"] or match["said"]) if match else ""
    return name.rpartition("/")[2].replace("-", " ").replace("_", " ").strip() if name else ""


def _items(entry: Entry) -> Iterator[Entry]:
    """The values of a key: of a list, of lists in it (`[[name]]` is two to YAML), or of a text with commas."""
    if isinstance(entry.value, list):
        for item in entry.value:
            if isinstance(item.value, list):
                yield from _items(item)
            else:
                yield item
    elif isinstance(entry.value, str):
        for text in re.split(r"[,;]\s+|\n", entry.value):
            if text.strip():
                yield Entry(text, entry.line)
    else:
        yield entry


def _name(item: Entry) -> str:
    """The plain text of a name; empty if it is none, but an address that another program redirects."""
    text = _LINK.sub(r"\1", item.value) if isinstance(item.value, str) else ""
    text = " ".join(text.split())
    is_address = text.startswith("/") or text.endswith(("/", ".html", ".md"))
    return "" if is_address or len(text) > TITLE_CHARS else text


def _once(items: list[Entry]) -> list[Entry]:
    seen: dict[str, Entry] = {}
    for item in items:
        value = item.value
        key = (
            value
            if isinstance(value, str)
            else repr({k: v.value for k, v in value.items()})
            if isinstance(value, dict)
            else ""
        )
        seen.setdefault(key, item)
    return list(seen.values())


def _plain_key(key: str) -> str:
    text = unicodedata.normalize("NFKD", key.casefold())
    return re.sub(r"[^a-z0-9]", "", text)
