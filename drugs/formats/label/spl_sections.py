"""Sections of an SPL label in document order: whose words they are, of which kind, under which heading.

Subsections of US labels have no code of their own, and codes inside other sections are often misused. So a section
absorbs, in the order of the document, every subsection without a code and every one whose code nobody expects there;
their headings stand in its words. What is expected there speaks for itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from drugs.content import LABEL_JOINER
from drugs.formats.label import codes
from drugs.formats.label.document import LabelSection
from drugs.formats.label.headings import (
    EMERGENCY_USE,
    code_of_heading,
    is_emergency_summary,
    is_heading,
    is_same_heading,
)
from drugs.formats.label.markdown_marks import BLOCK, BOLD, BREAK, LINE, finish, paragraph, without_marks
from drugs.formats.label.narrative import SPL, Narrative, plain_words

_CODE, _TITLE, _TEXT = SPL + "code", SPL + "title", SPL + "text"
_SECTION, _COMPONENT = SPL + "section", SPL + "component"
# Words of the pack, the highlights and the contents, where they stand in sections without a code of their own.
_PACKAGE = re.compile(
    r"(?:principal display|display panel|package[ /.]?label|\bpdp\b|^carton\W*$|\d.{0,40}\blabel\W*$"
    r"|^(?:product |drug |inner |outer |front |back |sample )?label(?:s|ing)?(?: image| panel| text)?[\W\d]*$"
    r"|^(?:product |drug )?packaging(?:(?: and |\W)label\w*)?\W*$|^(?:representative )?sample of label"
    r"|(?:carton|container|vial|bottle|blister|pouch|syringe|tube)s?(?: and carton)? (?:label|display|artwork)"
    r"|^highlights of prescribing information|full prescribing information: contents)",
    re.IGNORECASE,
)
# One of these is in all that the pattern finds, which is slow to look for.
_PACKAGE_SIGNS = (
    "panel",
    "label",
    "display",
    "artwork",
    "highlights",
    "contents",
    "pdp",
    "carton",
    "packaging",
)
_PICTURES = re.compile(r"(?:\[Image(?:: [^\[\]]*)?\]\s*)+")
_HEADING_CHARS = 120
_STORED = re.compile(r"\bstor(?:e|ed|age|ing)\b|\brefrigerat")
_ON_STORAGE = re.compile("other info|stor", re.IGNORECASE)
# What the heading of a subsection without a code says, where the section around it collects such subsections.
_COLLECTIONS = frozenset(("42232-9", "43684-0"))
_SUBJECTS = (
    (re.compile(r"\binteractions?\b", re.IGNORECASE), "interactions"),
    (re.compile(r"pregnan|lactation|nursing|breast", re.IGNORECASE), "pregnancy"),
)


@dataclass(eq=False)
class Passage:
    """One section of its own while its words are gathered; `outer` is the one in which it stands.

    Its blocks hold marks (`markdown_marks`): its words are finished together.
    """

    kind: str
    code: str
    outer: "Passage | None" = None
    headings: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # headings inside whose words are still to come
    own: int = 0  # how many of the headings are above all its words
    told: bool = False  # whether a section inside already bears its headings

    @property
    def container(self) -> str:
        """The code that decides what is expected inside: its own, or that of the section around it."""
        if self.code and self.code != codes.UNCLASSIFIED:
            return self.code
        return self.outer.container if self.outer else ""

    def add(self, heading: str, body: str) -> None:
        """Adds words and the heading right above them: the first become its own, later ones stand in its words."""
        above = [*self.waiting, *([heading] if heading else [])]
        self.waiting.clear()
        if self.blocks:
            self.blocks.extend(f"{BOLD}{paragraph(text)}{BOLD}" for text in above)
        else:
            if self.outer is not None:
                self.headings[:0] = self.outer.hand_over()
            self.own = len(self.headings)
            self.headings.extend(above)
        self.blocks.append(body)

    def hand_over(self) -> list[str]:
        """The headings under which a section inside has its first words, each handed over once."""
        above = self.waiting[:]
        self.waiting.clear()
        if self.blocks or self.told:
            return above
        self.told = True
        return [*(self.outer.hand_over() if self.outer else ()), *self.headings, *above]


class Sections:
    """Walk through the sections of one label. `may_have_box` says whether a boxed warning is believed."""

    def __init__(self, *, may_have_box: bool, pictures: Callable[[str], str]) -> None:
        self.codes: list[str] = []
        self._passages: list[Passage] = []
        self._may_have_box = may_have_box
        self._narrative = Narrative(pictures)

    @property
    def found(self) -> tuple[LabelSection, ...]:
        """The sections that have words, exact repetitions left out."""
        passages = [passage for passage in self._passages if passage.blocks]
        self._name_by_headings(passages)
        bodies = [finish(BLOCK.join(passage.blocks)) for passage in passages]
        return tuple(dict.fromkeys(map(_section, passages, bodies)))

    @staticmethod
    def _name_by_headings(passages: list[Passage]) -> None:
        """Gives outermost passages without a code the kind that their heading says, of which nothing else is there.

        Labels from before there were codes for their sections have no others.
        """
        known = {passage.kind for passage in passages}
        for passage in passages:
            if passage.code == codes.UNCLASSIFIED and passage.outer is None and passage.kind == "other":
                kind = codes.SPL_KINDS.get(
                    code_of_heading(passage.headings[0] if passage.headings else ""), ""
                )
                if kind and kind != "warning" and kind not in known:
                    passage.kind = kind

    @property
    def has_box(self) -> bool:
        """Whether a boxed warning stands where one may stand."""
        return any(passage.kind == "warning" and passage.blocks for passage in self._passages)

    def walk(self, section: etree._Element, around: Passage | None = None, depth: int = 0) -> None:
        """Adds a section and those inside it; `around` is the passage in which it stands."""
        code, title, text = "", None, None
        inner: list[etree._Element] = []
        for child in section:
            tag = child.tag
            if tag == _COMPONENT:
                inner += [one for one in child if one.tag == _SECTION]
            elif tag == _TEXT:
                text = child
            elif tag == _TITLE:
                title = child
            elif tag == _CODE:
                code = child.get("code", "")
        heading = plain_words(title)
        if code in codes.SKIPPED or (code == codes.UNCLASSIFIED and _is_of_the_pack(heading)):
            self._skip(section)
            return
        if code:
            self.codes.append(code)
        body = self._narrative.marked(text) if text is not None else ""
        if code == codes.UNCLASSIFIED and not heading and _has_no_words(body, around):
            body = ""
        if body:
            heading, body = _lifted(code, heading, body, is_outer=bool(inner))
        passage = self._place(code, around, heading, body)
        is_absorbed = passage is around
        level = len(passage.waiting)
        if not body and not inner and depth and heading:
            heading, body = "", paragraph(heading)
        if heading and not is_absorbed:
            passage.headings.append(heading)
            heading = ""
        if body:
            passage.add(heading, body)
        elif heading:
            passage.waiting.append(heading)
        for component in inner:
            self.walk(component, passage, depth + 1)
        if is_absorbed and not body:  # nothing inside had words either
            del passage.waiting[level:]

    def _skip(self, section: etree._Element) -> None:
        inside = (own.get("code") for one in section.iter(_SECTION) for own in one.iterchildren(_CODE))
        self.codes.extend(code for code in inside if code)

    def _place(self, code: str, around: Passage | None, heading: str, body: str) -> Passage:
        """The passage whose words those of a section are: `around` if it absorbs them, else a new one."""
        kind = self._own_kind(code, around, heading, body)
        if not kind and around is not None:
            return around
        passage = Passage(kind or "other", code, around)
        self._passages.append(passage)
        return passage

    def _own_kind(self, code: str, around: Passage | None, heading: str, body: str) -> str:
        """The kind of a section that speaks for itself; nothing where that is not so."""
        container = around.container if around is not None else ""
        if not code or code == codes.UNCLASSIFIED:
            if container in _COLLECTIONS:
                return next((kind for pattern, kind in _SUBJECTS if pattern.search(heading)), "")
            on_storage = not container and _ON_STORAGE.search(heading)
            return "storage" if on_storage and _STORED.search(body.lower()) else ""
        if container and (container, code) not in codes.EXPECTED_INSIDE:
            return ""
        if code == codes.BOXED_WARNING and (
            not self._may_have_box or EMERGENCY_USE.search(heading) or is_emergency_summary(body)
        ):
            return ""
        return codes.SPL_KINDS.get(code, "other")


def _has_no_words(body: str, around: Passage | None) -> bool:
    """Whether a section without code and heading holds nothing to read: the pack's words, or pictures on top."""
    if _PACKAGE.match(without_marks(body[:_HEADING_CHARS])):
        return True
    return around is None and body.startswith("[Image") and bool(_PICTURES.fullmatch(without_marks(body)))


def _is_of_the_pack(heading: str) -> bool:
    lower = heading[:_HEADING_CHARS].lower()
    return any(sign in lower for sign in _PACKAGE_SIGNS) and bool(_PACKAGE.search(heading[:_HEADING_CHARS]))


def _lifted(code: str, heading: str, body: str, *, is_outer: bool) -> tuple[str, str]:
    """Heading and words of a section whose words begin with its heading once more, or with the only one it has.

    They may be nothing else where there are sections inside (`is_outer`), which bear the heading then.
    """
    if (
        is_outer
        and len(body) <= _HEADING_CHARS
        and is_heading(code, words := without_marks(body).rstrip(": "))
    ):
        return heading or words, ""
    for line, behind in _beginnings(body):
        words = without_marks(line).rstrip(": ")
        is_whole = behind == len(line)  # a paragraph of its own, which a heading in bold before words is not
        if words and (
            is_same_heading(words, heading)
            if heading and not is_whole
            else is_heading(code, words) or is_same_heading(words, heading)
        ):
            return heading or words, body[behind:].lstrip(LINE)
    return heading, body


def _beginnings(body: str) -> list[tuple[str, int]]:
    """What may be a heading at the start of words, each with the place behind it: a block, a line, words in bold."""
    first = body[: _HEADING_CHARS + 1].partition(BLOCK)[0]
    found = [(first, len(first))] if len(first) <= _HEADING_CHARS and len(first) < len(body) else []
    if (end := first.find(BREAK)) > 0:
        found.append((first[:end], end + 1))
    if first[:1] == BOLD and (end := first.find(BOLD, 1)) > 0:
        behind = len(body) - len(body[end + 1 :].lstrip(f": {BREAK}"))
        letter = body[behind : behind + 1]
        # Not a sentence that begins with words in bold, and not what would begin a list where a line begins.
        if letter.isupper() or (letter.isalpha() and ":" in body[end - 1 : behind]):
            found.append((first[1:end], behind))
    return found


def _section(passage: Passage, body: str) -> LabelSection:
    kind, heading = passage.kind, LABEL_JOINER.join(passage.headings)
    if passage.code in codes.PERHAPS_STORAGE and _STORED.search((heading + body).lower()):
        kind = "storage"
    place = LABEL_JOINER.join(passage.headings[: passage.own]) if passage.own < len(passage.headings) else ""
    return LabelSection(kind, passage.code, heading, body, place)
