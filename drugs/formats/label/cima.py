"""Reader of CIMA's JSON, the register of Spain's agency (AEMPS): a medicine and the sections of its documents.

Its interface answers with the medicine (`medicamento`) and with the sections of a document (`docSegmentado/contenido`).
Here they stand together: the sections under `secciones` of the medicine, each with the `tipo` of its document, or under
`secciones` of the document in `docs`. Types: 1 is the summary of product characteristics, 2 the leaflet.
"""

import datetime
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from drugs.formats.label import codes
from drugs.formats.label.document import LabelDocument, LabelError, LabelSection, Moiety
from drugs.formats.label.headings import without_heading
from drugs.formats.label.html_text import markdown_of_html
from drugs.formats.label.names import filter_brands
from drugs.formats.label.narrative import clean_text

_SUMMARY, _LEAFLET = "1", "2"
_DOC_TYPES = {_SUMMARY: codes.SUMMARY, _LEAFLET: codes.LEAFLET}
_PAGES = "https://cima.aemps.es/cima/dochtml/"
_ADDRESSES = {_SUMMARY: _PAGES + "ft/{0}/FT_{0}.html", _LEAFLET: _PAGES + "p/{0}/P_{0}.html"}
_NUMBER = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)\.?(?=\s|$)")
# Days are given as midnight in Spain, in milliseconds: in universal time that is the evening before.
_SPAIN_IS_AHEAD = datetime.timedelta(hours=2)
_BEGINNING = datetime.datetime(1970, 1, 1)
Node = dict[str, Any]


def read_cima(data: bytes) -> Iterator[LabelDocument | LabelError]:
    """The labels in the JSON of one medicine, of several in an array, or in the `resultados` of a list of them.

    Raises LabelError for JSON that cannot be read.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise LabelError(f"is no JSON that can be read: {error}.") from None
    if isinstance(value, dict) and isinstance(value.get("resultados"), list):
        value = value["resultados"]
    for medicine in _nodes(value if isinstance(value, list) else [value]):
        try:
            yield from _labels(medicine)
        except LabelError as error:
            yield error
        except RecursionError:
            yield LabelError("has a medicine that is nested deeper than any is.")


def _labels(medicine: Node) -> Iterator[LabelDocument]:
    number = _string(medicine.get("nregistro"))
    if not number:
        raise LabelError("has a medicine without nregistro, so nobody could say whose label it is.")
    documents = {_string(document.get("tipo")): document for document in _nodes(medicine.get("docs"))}
    found = False
    for kind in _DOC_TYPES:
        document = documents.get(kind, {})
        own = [one for one in _nodes(medicine.get("secciones")) if _kind_of(one) == kind]
        if sections := _sections([*_nodes(document.get("secciones")), *own], kind):
            found = True
            yield _label(medicine, number, kind, document, sections)
    if not found:
        raise LabelError(f"has a medicine ({number}) without sections of a document.")


def _label(
    medicine: Node, number: str, kind: str, document: Node, sections: tuple[LabelSection, ...]
) -> LabelDocument:
    names = [_string(one.get("nombre")) for one in _nodes(medicine.get("principiosActivos"))]
    substances = tuple(dict.fromkeys(name for name in names if name))
    generic, brand = _string(medicine.get("pactivos")), _string(medicine.get("nombre"))
    generics, brands = tuple(filter(None, [generic])), tuple(filter(None, [brand]))
    state = medicine.get("estado")
    whole = json.dumps([medicine, kind], sort_keys=True).encode()
    return LabelDocument(
        source="cima",
        country="es",
        language="es",
        set_id=f"{number}-{kind}",
        document_id=f"{number}-{kind}",
        version=None,
        effective_date=_day(document.get("fecha")),
        labeler=_string(medicine.get("labtitular")),
        doc_type=_DOC_TYPES[kind],
        title=brand,
        sha256=sha256(whole).hexdigest(),
        use=codes.DOCUMENT_USES[_DOC_TYPES[kind]],
        generic_names=generics,
        brand_names=brands,
        true_brand_names=filter_brands(brands, [*generics, *substances]),
        moieties=tuple(Moiety(name, "") for name in substances),
        substances=substances,
        marketing=(("", number),),
        routes=tuple(
            filter(None, (_string(one.get("nombre")) for one in _nodes(medicine.get("viasAdministracion"))))
        ),
        ended_on=_day(state.get("rev")) if isinstance(state, dict) else "",
        section_codes=tuple(section.code for section in sections if section.code),
        sections=sections,
        url=_ADDRESSES[kind].format(number) if re.fullmatch("[0-9A-Za-z]{1,40}", number) else "",
    )


def _kind_of(section: Node) -> str:
    """The type of the document in which a section stands; by its number where it does not say: a leaflet has no 4.1."""
    return _string(section.get("tipo")) or (_SUMMARY if "." in _number(section) else _LEAFLET)


def _sections(nodes: list[Node], kind: str) -> tuple[LabelSection, ...]:
    """The sections with words, those below another of its kind where their own number says none."""
    found: dict[LabelSection, None] = {}
    for node in nodes:
        number = _number(node)
        kinds = codes.NUMBERS[_DOC_TYPES[kind]]
        own = kinds.get(number) or kinds.get(number.rpartition(".")[0]) or kinds.get(number.partition(".")[0])
        html, title = node.get("contenido"), _string(node.get("titulo"))
        if body := markdown_of_html(html) if isinstance(html, str) else "":
            found[LabelSection(own or "other", number, title, without_heading(title, body))] = None
    return tuple(found)


def _number(section: Node) -> str:
    for text in (_string(section.get("seccion")), _string(section.get("titulo"))):
        if match := _NUMBER.match(text):
            return match[1]
    return ""


def _day(milliseconds: Any) -> str:
    try:
        return (
            (_BEGINNING + datetime.timedelta(milliseconds=milliseconds) + _SPAIN_IS_AHEAD).date().isoformat()
        )
    except (TypeError, OverflowError, ValueError):
        return ""


def _nodes(value: Any) -> list[Node]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _string(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return " ".join(clean_text(str(value)[:10_000]).split())
