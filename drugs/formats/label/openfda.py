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
from typing import Any

from drugs.formats.label import codes
from drugs.formats.label.document import LabelDocument, LabelError, LabelSection, Moiety
from drugs.formats.label.headings import cut_heading, is_emergency_summary
from drugs.formats.label.json_results import Readable, read_results
from drugs.formats.label.markdown_marks import markdown_of_text
from drugs.formats.label.names import filter_brands
from drugs.formats.label.narrative import clean_text
from drugs.formats.label.spl import dailymed_url, label_use, read_date, read_version

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
# What only prescription labels have, and only Drug Facts.
_OF_PRESCRIPTIONS = frozenset(
    ("description", "clinical_pharmacology", "adverse_reactions", "contraindications")
)
_OF_DRUG_FACTS = frozenset(("active_ingredient", "purpose", "keep_out_of_reach_of_children", "stop_use"))
_MAY_HOLD_A_BOX = frozenset(("boxed_warning", "warnings", "spl_unclassified_section"))
_MOST_BOXES = 20  # each is looked for in all other fields; with misused codes there are four
_CATEGORIES = (
    ("NDA", "NDA"),
    ("ANDA", "ANDA"),
    ("BLA", "BLA"),
    ("M0", "OTC Monograph Drug"),
    ("part", "OTC monograph"),
)


def read_openfda(file: Readable) -> Iterator[LabelDocument | LabelError]:
    """The labels among the results in the JSON of `file`, read piece by piece.

    A result that is no label comes as a LabelError; JSON that cannot be read raises one.
    """
    for result in read_results(file):
        try:
            yield read_result(result)
        except LabelError as error:
            yield error


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
    section_codes, sections = _sections(result, doc_type)
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
        boxed_warning=any(section.kind == "warning" for section in sections),
        url=dailymed_url(set_id),
    )


def _sections(result: dict[str, Any], doc_type: str) -> tuple[tuple[str, ...], tuple[LabelSection, ...]]:
    section_codes: list[str] = []
    sections: dict[LabelSection, None] = {}
    texts = {field: _texts(values) for field, values in result.items() if field in codes.OPENFDA_FIELDS}
    may_have_box = _is_prescription(doc_type, texts) and len(texts.get("boxed_warning", ())) <= _MOST_BOXES
    for field, of_field in texts.items():
        code = codes.OPENFDA_FIELDS[field]
        for text in of_field:
            section_codes.append(code)
            if code in codes.SKIPPED:
                continue
            heading, body = cut_heading(code, text)
            kind = codes.SPL_KINDS.get(code, "other")
            if code == codes.BOXED_WARNING and not (may_have_box and _is_box(text, texts)):
                kind = "other"
            sections[LabelSection(kind, code, heading, markdown_of_text(body))] = None
    return tuple(section_codes), tuple(sections)


def _is_prescription(doc_type: str, texts: dict[str, list[str]]) -> bool:
    """Whether it is a prescription label; by its sections where openFDA gives no type, as for every second one."""
    if doc_type:
        return codes.DOCUMENT_USES.get(doc_type) == "prescription"
    return bool(texts.keys() & _OF_PRESCRIPTIONS) and not texts.keys() & _OF_DRUG_FACTS


def _is_box(text: str, texts: dict[str, list[str]]) -> bool:
    """Whether an entry of `boxed_warning` is one: not the summary of an emergency use authorisation, and no passage
    of another section, which openFDA repeats in the field of its misused code.
    """
    if is_emergency_summary(text):
        return False
    return not any(
        text in other for field, others in texts.items() if field not in _MAY_HOLD_A_BOX for other in others
    )


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
