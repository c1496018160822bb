"""Reader of SPL, the XML of US labels: one file, one set at one version.

The sections are read by `spl_sections`, the product data by `products`.
"""

import re
from collections.abc import Callable
from hashlib import sha256

from lxml import etree

from drugs.formats.label import codes
from drugs.formats.label.class_index import read_classes
from drugs.formats.label.document import LabelDocument, LabelError
from drugs.formats.label.headings import EMERGENCY_USE
from drugs.formats.label.names import filter_brands
from drugs.formats.label.narrative import SPL, plain_words
from drugs.formats.label.products import Products
from drugs.formats.label.spl_sections import Sections

_ID, _CODE, _TITLE, _TEXT = (SPL + name for name in ("id", "code", "title", "text"))
_SECTION, _COMPONENT, _SUBJECT = (SPL + name for name in ("section", "component", "subject"))
# What the marketing categories say where the type of the document says less, if all of them do.
_USES_OF_CATEGORIES = tuple(
    (re.compile(pattern), use)
    for pattern, use in (
        ("homeopathic", "homeopathic"),
        ("unapproved|emergency use|compounded", "unapproved"),
        ("bulk|further processing", "bulk"),
        (r"animal|^(?:conditional )?a?nada\b", "animal"),
        ("export only|medical food|dietary supplement|cosmetic|medical device", "other"),
    )
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def read_spl(root: etree._Element, data: bytes) -> LabelDocument:
    """The label in `root`, the root of the XML `data`. Raises LabelError if it is no SPL document of a set."""
    if root.tag != SPL + "document":
        raise LabelError("is no label: its root is no SPL document.")
    set_id = _attribute(root, SPL + "setId", "root")
    if not set_id:
        raise LabelError("names no set (setId), so nobody could say whose label it is.")
    doc_type = _attribute(root, _CODE, "code")
    title = plain_words(root.find(_TITLE))
    products = Products()
    body = root.find(f"{_COMPONENT}/{SPL}structuredBody")
    tops = [] if body is None else list(body.iterfind(f"{_COMPONENT}/{_SECTION}"))
    subjects = [child for section in tops for child in section if child.tag == _SUBJECT]
    if not subjects and body is not None:  # a section inside another has them
        subjects = list(body.iter(_SUBJECT))
    for subject in subjects:
        products.add(subject)
    categories = [category for category, _ in products.marketing]
    sections = Sections(
        may_have_box=codes.DOCUMENT_USES.get(doc_type) == "prescription"
        and not _is_for_emergencies(title, categories),
        pictures=_pictures(root),
    )
    for section in tops:
        sections.walk(section)
    moieties, key = tuple(products.moieties), products.key
    classes: tuple[str, ...] = ()
    if doc_type == codes.CLASS_INDEX:
        moieties, classes = read_classes(root)
        key = tuple(sorted({moiety.unii for moiety in moieties}))
    names = [*products.generic_names, *products.substances, *(moiety.name for moiety in moieties)]
    return LabelDocument(
        source="spl",
        country="us",
        language="en",
        set_id=set_id,
        document_id=_attribute(root, _ID, "root"),
        version=read_version(_attribute(root, SPL + "versionNumber", "value")),
        effective_date=read_date(_attribute(root, SPL + "effectiveTime", "value")),
        labeler=plain_words(
            root.find(f"{SPL}author/{SPL}assignedEntity/{SPL}representedOrganization/{SPL}name")
        ),
        doc_type=doc_type,
        title=title,
        sha256=sha256(data).hexdigest(),
        use=label_use(doc_type, categories),
        generic_names=tuple(products.generic_names),
        brand_names=tuple(products.brand_names),
        true_brand_names=filter_brands(products.brand_names, names),
        moieties=moieties,
        substances=tuple(products.substances),
        key=key,
        classes=classes,
        marketing=tuple(products.marketing),
        routes=tuple(products.routes),
        is_repackaged=products.is_repackaged,
        ended_on=read_date(max(products.ends)) if products.ends and all(products.ends) else "",
        section_codes=tuple(sections.codes),
        sections=sections.found,
        boxed_warning=sections.has_box,
        url=dailymed_url(set_id),
    )


def label_use(doc_type: str, categories: list[str]) -> str:
    """What sort of label it is, from its document type and its marketing categories."""
    use = codes.DOCUMENT_USES.get(doc_type, "other")
    lower = [category.lower() for category in categories]
    if use in ("prescription", "otc") and lower:
        for pattern, told in _USES_OF_CATEGORIES:
            if all(pattern.search(category) for category in lower):
                return told
    return use


def read_date(value: str) -> str:
    """YYYY-MM-DD of YYYYMMDD with whatever follows; as much as there is of it."""
    match = re.match(r"[0-9]*", value.strip())
    digits = match[0][:8] if match else ""
    year, month, day = digits[:4], digits[4:6], digits[6:8]
    if len(year) < 4:
        return ""
    return "-".join(
        part for part in (year, month if len(month) == 2 else "", day if len(day) == 2 else "") if part
    )


def read_version(value: str) -> int | None:
    """The number of a version, None where none is given."""
    digits = value.strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


def dailymed_url(set_id: str) -> str:
    """The page of DailyMed on a set, where the current label and all earlier ones stand."""
    return (
        f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={set_id}"
        if _UUID.fullmatch(set_id)
        else ""
    )


def _attribute(root: etree._Element, tag: str, name: str) -> str:
    element = root.find(tag)
    return (element.get(name) or "").strip() if element is not None else ""


def _is_for_emergencies(title: str, categories: list[str]) -> bool:
    """Fact sheets of an emergency use authorisation set their summary as a boxed warning."""
    if categories and all("emergency use" in category.lower() for category in categories):
        return True
    return bool(EMERGENCY_USE.search(title))


def _pictures(root: etree._Element) -> Callable[[str], str]:
    """The words for a picture, gathered when the first one is asked for."""
    known: dict[str, str] = {}

    def words(reference: str) -> str:
        if not known:
            known[""] = ""
            for media in root.iter(SPL + "observationMedia"):
                known[media.get("ID", "")] = plain_words(media.find(_TEXT))
        return known.get(reference, "")

    return words
