"""Reader of openFDA's drug labels: JSON read as a stream, one result a label.

openFDA glues the headings to the text and says the active substances as salts, not moieties: its labels are for
finding a set and its class; where people read, the SPL of the same set is better. Fields `*_table` repeat the text as
markup and are left out.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Any, Protocol

import ijson

from drugs.formats.label import codes
from drugs.formats.label.document import LabelDocument, LabelError, LabelSection, Moiety
from drugs.formats.label.markdown_marks import markdown_of_text
from drugs.formats.label.names import filter_brands
from drugs.formats.label.narrative import clean_text
from drugs.formats.label.spl import dailymed_url, label_use, read_date, read_version

MAX_RESULT = 20_000_000  # bytes of one result
_TYPES = {
    "HUMAN PRESCRIPTION DRUG": "34391-3",
    "HUMAN OTC DRUG": "34390-5",
    "VACCINE": "53404-0",
    "PLASMA DERIVATIVE": "60683-0",
    "CELLULAR THERAPY": "60684-8",
    "STANDARDIZED ALLERGENIC": "60682-2",
    "NON-STANDARDIZED ALLERGENIC": "53406-5",
}
_HOMEOPATHIC = re.compile(r"homeopath|\bHPUS\b|\bH\.P\.U\.S", re.IGNORECASE)
_SUFFIX = re.compile(
    r"-[a-z]{4}$", re.IGNORECASE
)  # four letters that tell one biological product from another
_CATEGORIES = (
    ("NDA", "NDA"),
    ("ANDA", "ANDA"),
    ("BLA", "BLA"),
    ("M0", "OTC Monograph Drug"),
    ("part", "OTC monograph"),
)
# How the headings begin that stand glued to the text; the number before them is the label's own.
_WORDS = {
    "34067-9": r"INDICATIONS?(?: (?:AND|&) (?:USAGES?|USES?))?|Uses(?: (?:AND|&) INDICATIONS?)?|Use\(s\)"
    r"|Use(?! (?:this|only|as|it|with|in|on|a|an|the|if|by|to treat|daily|caution|care|product)\b)",
    "34066-1": r"BOXED WARNING",
    "34068-7": r"DOSAGE (?:AND|&) ADMINISTRATION|DOSAGE(?! (?-i:[a-z]))|Directions",
    "43678-2": r"DOSAGE FORMS (?:AND|&) STRENGTHS",
    "34070-3": r"CONTRAINDICATIONS",
    "34071-1": r"WARNINGS?",
    "43685-7": r"WARNINGS AND PRECAUTIONS",
    "42232-9": r"PRECAUTIONS",
    "34084-4": r"ADVERSE REACTIONS",
    "34073-7": r"DRUG INTERACTIONS",
    "43684-0": r"USE IN SPECIFIC POPULATIONS",
    "42228-7": r"Pregnancy(?! Category)",
    "34080-2": r"Nursing Mothers",
    "34081-0": r"Pediatric Use",
    "34082-8": r"Geriatric Use",
    "34088-5": r"OVERDOSAGE",
    "34089-3": r"DESCRIPTION",
    "34090-1": r"CLINICAL PHARMACOLOGY",
    "43679-0": r"Mechanism of Action",
    "43681-6": r"Pharmacodynamics",
    "43682-4": r"Pharmacokinetics",
    "34069-5": r"HOW SUPPLIED(?:/STORAGE AND HANDLING)?",
    "44425-7": r"Storage and Handling|Storage(?! (?-i:[a-z]))|Other information",
    "60561-8": r"Other information",
    "34083-6": r"Carcinogenesis(?:,| and) Mutagenesis,?(?: and)? Impairment of Fertility",
    "34079-4": r"Lactation|Labor and Delivery",
    "34093-5": r"REFERENCES",
    "42230-3": r"PATIENT (?:PACKAGE )?INFORMATION(?: LEAFLET)?",
    "42231-1": r"MEDICATION GUIDE",
    "34076-0": r"PATIENT COUNSELING INFORMATION|INFORMATION FOR PATIENTS",
    "55106-9": r"Active ingredients?(?: \([^)]{1,60}\))?",
    "55105-1": r"Purpose",
    "51727-6": r"Inactive ingredients?",
    "53413-1": r"Questions(?: or comments)?\??",
    "34092-7": r"CLINICAL STUDIES",
    "43680-8": r"NONCLINICAL TOXICOLOGY",
}
_HEADINGS = {
    code: re.compile(rf"\s*((?:\d+(?:\.\d+)*\.?\s+)?(?:{words}))(?=[\s:]|$):?\s*", re.IGNORECASE)
    for code, words in _WORDS.items()
}


class Readable(Protocol):
    """A file as far as it is read here."""

    def read(self, size: int = -1, /) -> bytes: ...


def read_openfda(file: Readable, prefix: str) -> Iterator[LabelDocument | LabelError]:
    """The labels among the results at `prefix` (ijson's words) in the JSON of `file`, read piece by piece.

    A result that is no label comes as a LabelError; JSON that cannot be read raises one.
    """
    capped = _Capped(file)
    try:
        for result in ijson.items(capped, prefix):
            capped.since = 0
            try:
                yield read_result(result)
            except LabelError as error:
                yield error
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise LabelError(f"is no JSON that can be read: {error}.") from None


def read_result(result: Any) -> LabelDocument:
    """The label in one result. Raises LabelError if it names no set."""
    if not isinstance(result, dict):
        raise LabelError("has a result that is no object.")
    more = result.get("openfda")
    facts = more if isinstance(more, dict) else {}
    set_id = _text(result.get("set_id")) or _first(facts, "spl_set_id")
    if not set_id:
        raise LabelError("has a result without set_id, so nobody could say whose label it is.")
    names, uniis, brands = (_texts(facts.get(key)) for key in ("substance_name", "unii", "brand_name"))
    doc_type = _TYPES.get(_first(facts, "product_type").upper(), "")
    numbers = _texts(facts.get("application_number"))
    marketing = tuple((_category(number), number) for number in numbers)
    section_codes, sections = _sections(result)
    # The arrays have no common order, so a name is given to its code only where there is one of each.
    pairs = (
        [Moiety(names[0], uniis[0])]
        if len(names) == len(uniis) == 1
        else [Moiety("", unii) for unii in uniis]
    )
    return LabelDocument(
        source="openfda",
        country="us",
        language="en",
        set_id=set_id,
        document_id=_text(result.get("id")) or _first(facts, "spl_id"),
        version=read_version(_text(result.get("version"))),
        effective_date=read_date(_text(result.get("effective_time"))),
        labeler=_first(facts, "manufacturer_name"),
        doc_type=doc_type,
        title="",
        sha256=sha256(json.dumps(result, sort_keys=True, default=str).encode()).hexdigest(),
        use=_use(doc_type, marketing, result),
        generic_names=tuple(_texts(facts.get("generic_name"))),
        brand_names=tuple(brands),
        true_brand_names=filter_brands(brands, [*_texts(facts.get("generic_name")), *names]),
        moieties=tuple(pairs),
        substances=tuple(_substances(names, _texts(facts.get("generic_name")), marketing)),
        key=tuple(sorted(set(uniis))),
        classes=tuple(name.removesuffix(" [EPC]") for name in _texts(facts.get("pharm_class_epc"))),
        marketing=marketing,
        routes=tuple(_texts(facts.get("route"))),
        is_repackaged=bool(facts) and "is_original_packager" not in facts,
        section_codes=section_codes,
        sections=sections,
        boxed_warning=codes.DOCUMENT_USES.get(doc_type) == "prescription"
        and any(section.kind == "warning" for section in sections),
        url=dailymed_url(set_id),
    )


def _sections(result: dict[str, Any]) -> tuple[tuple[str, ...], tuple[LabelSection, ...]]:
    more = result.get("openfda")
    is_prescription = (
        isinstance(more, dict) and _TYPES.get(_first(more, "product_type").upper(), "34390-5") != "34390-5"
    )
    section_codes: list[str] = []
    sections: dict[LabelSection, None] = {}
    for field, values in result.items():
        code = codes.OPENFDA_FIELDS.get(field, "")
        for text in _texts(values) if code else ():
            section_codes.append(code)
            if code in codes.SKIPPED:
                continue
            heading, body = _split(code, text)
            kind = codes.SPL_KINDS.get(code, "other")
            if code == codes.BOXED_WARNING and not is_prescription:
                kind = "other"
            sections[LabelSection(kind, code, heading, markdown_of_text(body))] = None
    return tuple(section_codes), tuple(sections)


def _split(code: str, text: str) -> tuple[str, str]:
    """The heading that is glued to a text, and the text without it."""
    pattern = _HEADINGS.get(code)
    match = pattern.match(text) if pattern else None
    if match and match.end() < len(text):
        return match[1], text[match.end() :]
    return "", text


def _use(doc_type: str, marketing: tuple[tuple[str, str], ...], result: dict[str, Any]) -> str:
    """What sort of label it is; openFDA leaves the number of an application out where nothing was approved."""
    use = label_use(doc_type, [category for category, _ in marketing])
    if marketing or use not in ("prescription", "otc"):
        return use
    texts = (text for field in codes.OPENFDA_FIELDS for text in _texts(result.get(field)))
    return "homeopathic" if any(_HOMEOPATHIC.search(text) for text in texts) else "unapproved"


def _substances(names: list[str], generics: list[str], marketing: tuple[tuple[str, str], ...]) -> list[str]:
    """The names of the active substances; of a biological product without any, its name without FDA's suffix."""
    if names or len(generics) != 1 or all(category != "BLA" for category, _ in marketing):
        return names
    return [_SUFFIX.sub("", generics[0])]


def _category(number: str) -> str:
    return next((category for sign, category in _CATEGORIES if number.startswith(sign)), "")


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    words = (" ".join(clean_text(text).split()) for text in values if isinstance(text, str))
    return list(dict.fromkeys(text for text in words if text))


def _first(facts: dict[str, Any], key: str) -> str:
    return next(iter(_texts(facts.get(key))), "")


def _text(value: Any) -> str:
    return (
        clean_text(str(value)).strip()
        if isinstance(value, (str, int, Decimal)) and len(str(value)) < 200
        else ""
    )


class _Capped:
    """A file that ends in an error where one result is longer than any label is."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, 65536) if size >= 0 else 65536)
        self.since += len(data)
        if self.since > MAX_RESULT:
            raise LabelError(f"has a result longer than {MAX_RESULT:,} bytes.")
        return data
