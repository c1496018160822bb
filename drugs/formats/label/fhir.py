"""Reader of electronic product information: FHIR R5 Bundles, JSON or XML, documents and collections of them.

One Composition is one label. The language is what the Bundle declares, which is sometimes not that of its text.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from lxml import etree

from drugs.content import LABEL_JOINER
from drugs.formats.label import codes
from drugs.formats.label.document import LabelDocument, LabelError, LabelSection, Moiety
from drugs.formats.label.headings import without_heading
from drugs.formats.label.html_text import markdown_of_html
from drugs.formats.label.names import filter_brands
from drugs.formats.label.narrative import XHTML, Narrative, clean_text, drop_struck

FHIR = "{http://hl7.org/fhir}"
_DATE = re.compile(r"[12][0-9]{3}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_DEEPEST = 40
_VERSION = re.compile(r"/(?:composition-clinicaldocument-versionNumber|extension-Composition\.version)$")
_STAND_IN = 5  # words of a text that only says why there is none
_NUMBER = re.compile(r"\s*(?:[A-Z]\.\s*)?(\d{1,2}(?:\.\d{1,2})*)\.?\s")
# A subsection of leaflets that agencies leave without a code, in the languages of the European Union's larger ones.
_ON_PREGNANCY = re.compile(
    "pregnan|breast-?feed|embaraz|lactancia|gravidez|grossesse|allait|schwanger|stillzeit|gravidanza|allatt|zwanger",
    re.IGNORECASE,
)
_COUNTRIES = {"usa": "us", "us": "us", "eu": "eu", "es": "es", "esp": "es", "gb": "gb", "gbr": "gb"}
# What is read of a Bundle beside its Compositions, of which a document has one.
_READ = (
    "Composition",
    "Organization",
    "MedicinalProductDefinition",
    "Ingredient",
    "SubstanceDefinition",
    "RegulatedAuthorization",
)
_MOST_COMPOSITIONS = 50
_MOST_SECTIONS = 10_000
Node = dict[str, Any]
Resources = dict[str, list[Node]]


def read_fhir_json(data: bytes) -> Iterator[LabelDocument | LabelError]:
    """The labels of a Bundle or Composition in JSON, whatever is wrapped around it. Raises LabelError if it is none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise LabelError(f"is no JSON that can be read: {error}.") from None
    while isinstance(value, dict) and "resourceType" not in value and len(value) == 1:
        value = next(iter(value.values()))
    yield from _read(value, data)


def read_fhir_xml(root: etree._Element, data: bytes) -> Iterator[LabelDocument | LabelError]:
    """The labels of a Bundle in XML, whose root is `root`. Raises LabelError if it is none."""
    drop_struck(root)
    yield from _read(_as_json(root, 0), data)


def _read(bundle: Any, data: bytes) -> Iterator[LabelDocument | LabelError]:
    found = False
    for inner in _bundles(_as_bundle(bundle), 0):
        of = _by_type(_resources(inner))
        if len(of["Composition"]) > _MOST_COMPOSITIONS:
            raise LabelError("has more documents in one Bundle than any product information has.")
        for composition in of["Composition"]:
            found = True
            contained = [one for one in _each(composition.get("contained")) if isinstance(one, dict)]
            try:
                yield _label(composition, inner, _by_type(contained, of) if contained else of, data)
            except LabelError as error:
                yield error
    if not found:
        raise LabelError("is no product information: no Composition stands in it.")


def _as_bundle(value: Any) -> Any:
    """A Composition that stands alone as a Bundle of it, and what has entries as a Bundle if it does not say so."""
    if isinstance(value, dict) and value.get("resourceType") == "Composition":
        return {"resourceType": "Bundle", "entry": [{"resource": value}]}
    if isinstance(value, dict) and "resourceType" not in value and "entry" in value:
        return {**value, "resourceType": "Bundle"}
    return value


def _bundles(bundle: Any, depth: int) -> Iterator[Node]:
    if isinstance(bundle, dict) and bundle.get("resourceType") == "Bundle" and depth < _DEEPEST:
        yield bundle
        for resource in _resources(bundle):
            yield from _bundles(resource, depth + 1)


def _resources(bundle: Node) -> list[Node]:
    """The resources of the entries, each with the address by which others of the Bundle may refer to it."""
    entries = [entry for entry in _each(bundle.get("entry")) if isinstance(entry, dict)]
    return [
        {**resource, "fullUrl": entry.get("fullUrl")}
        for entry in entries
        if isinstance(resource := entry.get("resource"), dict)
    ]


def _by_type(resources: list[Node], more: Resources | None = None) -> Resources:
    """The resources of each type that is read, behind those of `more`."""
    of: Resources = {kind: list(more[kind]) if more else [] for kind in _READ}
    for resource in resources:
        kind = resource.get("resourceType")
        if isinstance(kind, str) and kind in of:
            of[kind].append(resource)
    return of


def _label(composition: Node, bundle: Node, of: Resources, data: bytes) -> LabelDocument:
    doc_type = _code(composition.get("type"))
    document_id = _identifier(bundle) or _string(bundle.get("id"))
    set_id = _identifier(composition) or document_id or _string(composition.get("id"))
    if not set_id:
        raise LabelError("has a document without identifier.")
    substances = _by_address(of["SubstanceDefinition"])
    moieties = tuple(
        dict.fromkeys(m for i in of["Ingredient"] if _is_active(i) for m in _moieties(i, substances))
    )
    brands, generics = _names(of["MedicinalProductDefinition"])
    marketing = tuple(
        dict.fromkeys((_display(a.get("type")), _identifier(a)) for a in of["RegulatedAuthorization"])
    )
    walk = _Sections(doc_type, composition.get("section"))
    for section in _each(composition.get("section")):
        walk.add(section, "", 0)
    version = _version(composition, bundle)
    return LabelDocument(
        source="epi",
        country=_country(of["RegulatedAuthorization"], data),
        language=_string(composition.get("language")) or _string(bundle.get("language")),
        set_id=set_id,
        document_id=document_id,
        version=int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else None,
        effective_date=_date(_string(composition.get("date"))),
        labeler=_labeler(composition, of["Organization"]),
        doc_type=doc_type,
        title=" ".join(_string(composition.get("title")).split()),
        sha256=sha256(data).hexdigest(),
        use=codes.DOCUMENT_USES.get(doc_type, "other"),
        generic_names=generics,
        brand_names=brands,
        true_brand_names=filter_brands(brands, [*generics, *(moiety.name for moiety in moieties)]),
        moieties=moieties,
        substances=tuple(moiety.name for moiety in moieties if moiety.name),
        key=tuple(sorted({moiety.unii for moiety in moieties if moiety.unii})),
        marketing=tuple(pair for pair in marketing if any(pair)),
        section_codes=tuple(walk.codes),
        sections=tuple(walk.found),
        boxed_warning=any(section.kind == "warning" for section in walk.found),
    )


class _Sections:
    """Walk through the sections of one Composition in document order."""

    def __init__(self, doc_type: str, sections: Any) -> None:
        self.codes: list[str] = []
        self._count = 0
        self.found: dict[LabelSection, None] = {}
        self._doc_type = doc_type
        self._use = codes.DOCUMENT_USES.get(doc_type, "other")
        self._numbers = _numbers_of(doc_type, sections)
        self._headings: list[str] = []

    def add(self, section: Any, kind: str, depth: int) -> None:
        """Adds a section and those inside it, which have its kind `kind` where they say none of their own."""
        if not isinstance(section, dict) or depth > _DEEPEST:
            return
        self._count += 1
        if self._count > _MOST_SECTIONS:
            raise LabelError("has more sections than any product information has.")
        code, heading = _code(section.get("code")), " ".join(_string(section.get("title")).split())
        if code:
            self.codes.append(code)
        kind = self._kind(code, heading) or kind
        body = without_heading(heading, _markdown(section.get("text")))
        level = len(self._headings)
        if body and not (section.get("emptyReason") and len(body.split()) <= _STAND_IN):
            heading = LABEL_JOINER.join([*self._headings, *([heading] if heading else [])])
            self._headings, level = [], 0
            self.found[LabelSection(kind or "other", code, heading, body)] = None
        elif depth and heading:
            self._headings.append(heading)
        for inner in _each(section.get("section")):
            self.add(inner, kind, depth + 1)
        del self._headings[level:]

    def _kind(self, code: str, heading: str) -> str:
        if code in codes.EMA_KINDS:
            return codes.EMA_KINDS[code]
        if code in codes.SPL_KINDS:  # a US label put into this form
            is_box = code == codes.BOXED_WARNING
            return "other" if is_box and self._use != "prescription" else codes.SPL_KINDS[code]
        if code not in ("", self._doc_type) and _ON_PREGNANCY.search(heading):
            return "pregnancy"
        if self._numbers is None or not (match := _NUMBER.match(heading)):
            return ""
        return self._numbers.get(match[1]) or self._numbers.get(match[1].split(".")[0], "")


def _numbers_of(doc_type: str, sections: Any) -> dict[str, str] | None:
    """What the numbers of headings say: by the type of the document, and where that is none of EMA's, by them. None
    for US labels, which count otherwise.
    """
    if doc_type in codes.DOCUMENT_USES:
        return codes.NUMBERS.get(doc_type)
    return codes.NUMBERS[codes.SUMMARY if _has_points(sections, 0) else codes.LEAFLET]


def _has_points(sections: Any, depth: int) -> bool:
    """Whether a section has a number such as 4.1, as summaries have and leaflets have not."""
    return depth < _DEEPEST and any(
        "." in (match[1] if (match := _NUMBER.match(_string(one.get("title")))) else "")
        or _has_points(one.get("section"), depth + 1)
        for one in _each(sections)
        if isinstance(one, dict)
    )


def _markdown(text: Any) -> str:
    div = text.get("div") if isinstance(text, dict) else None
    if isinstance(div, str):
        return markdown_of_html(div)
    return Narrative().markdown(div) if isinstance(div, etree._Element) else ""


def _as_json(element: etree._Element, depth: int) -> Any:
    """A FHIR element of XML in the shape that its JSON has; a `div` stays an element."""
    if depth > 200:
        raise LabelError("is nested deeper than any product information is.")
    if len(element) == 0 or "value" in element.attrib:  # what extensions stand in a value is not read
        return element.get("value", "")
    node: Node = {"url": [url]} if (url := element.get("url")) else {}  # of an extension
    for child in element:
        if child.tag == XHTML + "div":
            node["div"] = child
            continue
        name = child.tag.removeprefix(FHIR)
        value = _as_json(child, depth + 1)
        if name in ("resource", "contained") and isinstance(value, dict):
            value = next((inner for inner in value.values() if isinstance(inner, dict)), value)
        node.setdefault(name, []).append(value)
    if depth == 0 or element.tag[len(FHIR) :][:1].isupper():
        node["resourceType"] = element.tag.removeprefix(FHIR)
    return {
        name: (value[0] if isinstance(value, list) and len(value) == 1 else value)
        for name, value in node.items()
    } | ({"resource": node["resource"][0]} if "resource" in node else {})


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else ([] if value is None else [value])


def _string(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return clean_text(value).strip() if isinstance(value, str) else ""


def _coding(concept: Any) -> Node:
    for one in _each(concept):
        for coding in _each(one.get("coding")) if isinstance(one, dict) else []:
            if isinstance(coding, dict):
                return coding
    return {}


def _code(concept: Any) -> str:
    return _string(_coding(concept).get("code"))


def _display(concept: Any) -> str:
    return _string(_coding(concept).get("display")) or _code(concept)


def _date(value: str) -> str:
    match = _DATE.match(value)
    return match[0] if match else ""


def _identifier(resource: Node) -> str:
    for identifier in _each(resource.get("identifier")):
        if isinstance(identifier, dict) and (value := _string(identifier.get("value"))):
            return value
    return ""


def _version(composition: Node, bundle: Node) -> str:
    """The version of a label; before R5 it stands in an extension, of HL7's or of R5's own name."""
    if version := _string(composition.get("version")):
        return version
    for extension in _each(composition.get("extension")):
        if isinstance(extension, dict) and _VERSION.search(_string(extension.get("url"))):
            return str(extension.get("valueString") or extension.get("valueInteger") or "").strip()
    meta = bundle.get("meta")
    return _string(meta.get("versionId")) if isinstance(meta, dict) else ""


def _by_address(resources: list[Node]) -> Node:
    """The resources by their ids and by their addresses in the Bundle; of two with the same, the first."""
    found: Node = {}
    for resource in resources:
        for address in (_string(resource.get("id")), _string(resource.get("fullUrl"))):
            if address:
                found.setdefault(address, resource)
    return found


def _referred(reference: Any, resources: Node) -> Node | None:
    """The resource to which a Reference points: by its type and id, as contained, or by its address in the Bundle."""
    target = _string(reference.get("reference")) if isinstance(reference, dict) else ""
    return resources.get(target.removeprefix("#").rpartition("/")[2]) or resources.get(target)


def _is_active(ingredient: Node) -> bool:
    return (
        _code(ingredient.get("role")).startswith("ACTI")
        or _code(ingredient.get("role")) == "100000072072"
        or ("active" in _display(ingredient.get("role")).lower().split())
    )


def _moieties(ingredient: Node, substances: Node) -> list[Moiety]:
    code = (
        ((ingredient.get("substance") or {}).get("code") or {})
        if isinstance(ingredient.get("substance"), dict)
        else {}
    )
    if not isinstance(code, dict):
        return []
    if concept := code.get("concept"):
        return [Moiety(_string(_coding(concept).get("display")), _code(concept))]
    reference = code.get("reference")
    substance = _referred(reference, substances) or {}
    found = [
        Moiety(_string(moiety.get("name")), _identifier(moiety))
        for moiety in _each(substance.get("moiety"))
        if isinstance(moiety, dict)
    ]
    names = [name for name in _each(substance.get("name")) if isinstance(name, dict)]
    return found or [Moiety(_string(names[0].get("name")) if names else "", _identifier(substance))] * bool(
        substance
    )


def _names(products: list[Node]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    brands: dict[str, None] = {}
    generics: dict[str, None] = {}
    for product in products:
        for name in _each(product.get("name")):
            if not isinstance(name, dict):
                continue
            is_generic = _code(name.get("type")) == "NONPROPRIETARY"
            if words := _string(name.get("productName")):
                (generics if is_generic else brands)[words] = None
            for part in _each(name.get("part")):
                if isinstance(part, dict) and _code(part.get("type")) in (
                    "220000000003",
                    "ScientificNamePart",
                ):
                    generics[_string(part.get("part"))] = None
    return tuple(brands), tuple(generics)


def _labeler(composition: Node, organizations: list[Node]) -> str:
    addresses = _by_address(organizations)
    for author in _each(composition.get("author")):
        if organization := _referred(author, addresses):
            return " ".join(_string(organization.get("name")).split())
        if isinstance(author, dict) and (words := _string(author.get("display"))):
            return " ".join(words.split())
    return " ".join(_string(organizations[0].get("name")).split()) if len(organizations) == 1 else ""


def _country(authorizations: list[Node], data: bytes) -> str:
    for authorization in authorizations:
        region = _code(authorization.get("region")).lower()
        if region in _COUNTRIES:
            return _COUNTRIES[region]
        if _identifier(authorization).startswith("EU/"):
            return "eu"
    if b"aemps.gob.es" in data:  # the agency whose national leaflets end with its own address
        return "es"
    return "eu" if b"ema.europa.eu/fhir" in data else ""
