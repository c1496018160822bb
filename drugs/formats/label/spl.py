"""Reader of SPL, the XML of US labels: one file, one set at one version.

Sections lie in each other and their codes are often misused; which code is believed where is decided by the tables in
`codes`. A subsection without a code of its own belongs to the section around it and has that one's kind.
"""

import re
from collections.abc import Callable
from hashlib import sha256

from lxml import etree

from drugs.content import LABEL_JOINER
from drugs.formats.label import codes
from drugs.formats.label.class_index import read_classes
from drugs.formats.label.document import LabelDocument, LabelError, LabelSection
from drugs.formats.label.names import filter_brands
from drugs.formats.label.narrative import SPL, Narrative, plain_words
from drugs.formats.label.products import Products

_ID, _CODE, _TITLE, _TEXT = SPL + "id", SPL + "code", SPL + "title", SPL + "text"
_SECTION, _COMPONENT, _SUBJECT = SPL + "section", SPL + "component", SPL + "subject"
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PACKAGE = re.compile(r"(?:principal display panel|package[ /.]?label)", re.IGNORECASE)
_EMERGENCY_USE = re.compile(r"emergency use|fact sheet", re.IGNORECASE)
_STORED = re.compile(r"\bstor(?:e|ed|age)\b|\brefrigerat", re.IGNORECASE)
# What the heading of a subsection without a code says, where the section around it collects such subsections.
_COLLECTIONS = frozenset(("42232-9", "43684-0"))
_SUBJECTS = (
    (re.compile(r"\binteractions?\b", re.IGNORECASE), "interactions"),
    (re.compile(r"pregnan|lactation|nursing|breast", re.IGNORECASE), "pregnancy"),
)


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
    for section in tops:
        for subject in section.iterfind(_SUBJECT):
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
        sections=tuple(sections.found),
        boxed_warning=sections.has_box,
        url=dailymed_url(set_id),
    )


class Sections:
    """Walk through the sections of one label in document order."""

    def __init__(self, *, may_have_box: bool, pictures: Callable[[str], str]) -> None:
        self.codes: list[str] = []
        self.found: dict[LabelSection, None] = {}
        self.has_box = False
        self._may_have_box = may_have_box
        self._narrative = Narrative(pictures)
        self._headings: list[str] = []  # of sections around this one that have no words of their own
        self._code = ""  # the outermost of their codes

    def walk(self, section: etree._Element, container: str = "", kind: str = "", depth: int = 0) -> None:
        """Adds a section and those inside it; `container` is the code of the section whose kind `kind` is."""
        code, title, text, inner = "", None, None, []
        for child in section:
            tag = child.tag
            if tag == _CODE:
                code = child.get("code", "")
            elif tag == _TITLE:
                title = child
            elif tag == _TEXT:
                text = child
            elif tag == _COMPONENT:
                inner.extend(child.iterfind(_SECTION))
        heading = plain_words(title)
        if code in codes.SKIPPED or (code == codes.UNCLASSIFIED and _PACKAGE.search(heading)):
            self.codes.extend(
                own.get("code")
                for own in section.iter(_CODE)
                if own.getparent().tag == _SECTION and own.get("code")
            )
            return
        if code:
            self.codes.append(code)
        body = self._narrative.markdown(text) if text is not None else ""
        if code == codes.UNCLASSIFIED and not heading and _PACKAGE.match(body):
            body, heading = "", ""
        container, kind = self._place(code, container, kind, heading, body)
        level, outer_code = len(self._headings), self._code
        if not body and not inner and depth:
            body, heading = Narrative().markdown(title) if title is not None else "", ""
        if body:
            self._add(kind, code, heading, body)
        else:
            self._headings += [heading] if heading else []
            self._code = self._code or code
        for component in inner:
            self.walk(component, container, kind, depth + 1)
        if not body and self._headings[level:]:  # nothing inside had words either
            del self._headings[level:]
        if not self._headings:
            self._code = "" if not outer_code or body else self._code

    def _place(self, code: str, container: str, kind: str, heading: str, body: str) -> tuple[str, str]:
        """The section whose kind the words have, and that kind."""
        if not code or code == codes.UNCLASSIFIED:
            if container in _COLLECTIONS:
                for pattern, subject in _SUBJECTS:
                    if pattern.search(heading):
                        return container, subject
            if (
                not container
                and _STORED.search(body)
                and re.search("other info|stor", heading, re.IGNORECASE)
            ):
                return container, "storage"
            return container, kind or "other"
        if container and (container, code) not in codes.EXPECTED_INSIDE:
            return container, kind
        if code == codes.BOXED_WARNING:
            if not self._may_have_box or _EMERGENCY_USE.search(heading):
                return container or code, kind or "other"
            self.has_box |= bool(body)
            return code, "warning"
        if code in codes.PERHAPS_STORAGE:
            return code, "storage" if _STORED.search(heading + body) else "other"
        return code, codes.SPL_KINDS.get(code, "other")

    def _add(self, kind: str, code: str, heading: str, body: str) -> None:
        if self._headings:
            heading = LABEL_JOINER.join([*self._headings, *([heading] if heading else [])])
            self._headings = []
        if self._code:
            code = self._code if code == codes.UNCLASSIFIED or not code else code
            self._code = ""
        self.found.setdefault(LabelSection(kind, code, heading, body))


def label_use(doc_type: str, categories: list[str]) -> str:
    """What sort of label it is, from its document type and its marketing categories."""
    use = codes.DOCUMENT_USES.get(doc_type, "other")
    lower = [category.lower() for category in categories]
    if use in ("prescription", "otc") and lower:
        for sign, told in (("homeopathic", "homeopathic"), ("unapproved", "unapproved"), ("bulk", "bulk")):
            if all(sign in category for category in lower):
                return told
        if all("unapproved" in category or "emergency use" in category for category in lower):
            return "unapproved"
        if all("animal" in category for category in lower):
            return "animal"
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
    return bool(_EMERGENCY_USE.search(title))


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
