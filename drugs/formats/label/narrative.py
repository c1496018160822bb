"""Narrative of a label (SPL text, XHTML of FHIR) to safe Markdown: every word kept that the source did not strike out,
nothing of the markup trusted.

One table says what each element is for; whatever it does not name is looked through. Emphasis is marked only where
Markdown can mark it. What is put together here holds the words as they stand in the file, and marks (`markdown_marks`)
between them.
"""

import re
from collections.abc import Callable, Iterable

from lxml import etree

from drugs.formats.label.list_labels import list_label
from drugs.formats.label.markdown_marks import (
    BLOCK,
    BOLD,
    BREAK,
    INDENT,
    LINE,
    SUB,
    SUB_END,
    SUP,
    SUP_END,
    finish,
    paragraph,
    without_marks,
)
from drugs.formats.label.table_lines import carry, cell_line, grid, rows_in_lines, span, spread

SPL = "{urn:hl7-org:v3}"
XHTML = "{http://www.w3.org/1999/xhtml}"

_PARAGRAPH, _LIST, _TABLE, _INLINE, _APART = range(5)  # up to the table they are blocks
_DROP, _PICTURE, _NEWLINE, _SUBSCRIPT, _SUPERSCRIPT, _STRONG, _FOOTNOTE, _FOOTNOTE_REF = range(10, 18)
_ROLES_OF_TAGS = {
    _PARAGRAPH: (
        "paragraph text footnoteText item tr",  # an item and a row where no list and no table is around them
        "p div h1 h2 h3 h4 h5 h6 section article blockquote pre dl dt dd hr figure address li tr",
    ),
    _LIST: ("list", "ul ol"),
    _TABLE: ("table", "table"),
    _DROP: (
        "",
        "script style head template iframe object embed svg math img form input button link meta del s strike",
    ),
    _PICTURE: ("renderMultiMedia", ""),
    _NEWLINE: ("br", "br"),
    _SUBSCRIPT: ("sub", "sub"),
    _SUPERSCRIPT: ("sup", "sup"),
    _STRONG: ("", "b strong"),
    _FOOTNOTE: ("footnote", ""),
    _FOOTNOTE_REF: ("footnoteRef", ""),
    _APART: ("caption td th", "caption td th"),  # words of their own, in the same line
}
_ROLES = {
    namespace + name: role
    for role, tags in _ROLES_OF_TAGS.items()
    for namespace, names in zip((SPL, XHTML), tags, strict=True)
    for name in names.split()
}
_ITEMS = frozenset((SPL + "item", XHTML + "li"))
_CAPTIONS = frozenset((SPL + "caption", XHTML + "caption"))
_ROWS = frozenset((SPL + "tr", XHTML + "tr"))
_HEADS = frozenset((SPL + "thead", XHTML + "thead"))
_FEET = frozenset((SPL + "tfoot", XHTML + "tfoot"))  # it may stand before the rows of which it is the foot
_CELLS = frozenset((SPL + "td", SPL + "th", XHTML + "td", XHTML + "th"))
_ORDERED = frozenset((XHTML + "ol",))
_LIST_TYPES = {"a": "littlealpha", "A": "bigalpha", "i": "littleroman", "I": "bigroman"}
# The styles by which documents out of word processors set what a `sup` or a `sub` would.
_RAISED = re.compile(r"superscript|vertical-align\s*:\s*super", re.IGNORECASE)
_LOWERED = re.compile(r"subscript|vertical-align\s*:\s*sub\b", re.IGNORECASE)

_STRUCK = "delete"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BULLET = re.compile(r"^[-•·◦o*○●▪■□–—\s\uf0b7\uf0a7]*$")

_MAX_CELLS = 20_000
_DEEPEST_LOOK = 8  # a block inside more inline elements than that becomes words in a line
_DEEPEST_LIST = 8  # deeper ones stand at this level: each level indents all lines below it once more


class Narrative:
    """Renderer of the narratives of one label. `pictures` gives the words for a picture by its id."""

    def __init__(self, pictures: Callable[[str], str] = lambda reference: "") -> None:
        self._pictures = pictures
        self._notes: dict[str, int] = {}
        self._pending: list[tuple[int, str]] = []
        self._count = 0
        self._lists = 0
        self._tables = 0
        self._looked_through = 0

    def markdown(self, element: etree._Element) -> str:
        """The Markdown of all that stands in `element`, its tail left out."""
        return finish(self.marked(element))

    def marked(self, element: etree._Element) -> str:
        """All that stands in `element` with marks for its markup, still to be finished."""
        blocks = self._blocks(element)
        for number, text in self._pending:
            blocks.append(f"{SUP}[{number}]{SUP_END} {text}")
        self._pending.clear()
        return BLOCK.join(blocks)

    def _blocks(self, element: etree._Element) -> list[str]:
        blocks: list[str] = []
        roles = _ROLES.get
        text = element.text
        run = [text] if text and not text.isspace() else []
        for child in element:
            role = roles(child.tag, _INLINE)
            if role >= _INLINE and not (role <= _APART and self._holds_block(child)):
                if role == _NEWLINE:
                    run.append(BREAK)
                else:
                    self._inline_child(child, role, run)
                if tail := child.tail:
                    run.append(tail)
                continue
            if run:
                if words := paragraph("".join(run)):
                    blocks.append(words)
                run = []
            if role == _LIST:
                self._list(child, blocks)
            elif role == _TABLE:
                blocks.extend(self._table(child))
            elif len(child):
                self._looked_through += role >= _INLINE
                blocks.extend(self._blocks(child))
                self._looked_through -= role >= _INLINE
            elif (text := child.text) and (words := paragraph(text)):
                blocks.append(words)
            if (tail := child.tail) and not tail.isspace():
                run.append(tail)
        if run and (words := paragraph("".join(run))):
            blocks.append(words)
        return blocks

    def _holds_block(self, element: etree._Element) -> bool:
        """Whether a block stands somewhere inside an element that is none itself, such as `content` around a list."""
        if not len(element) or self._looked_through > _DEEPEST_LOOK or element.get("revised") == _STRUCK:
            return False
        return any(_ROLES.get(inner.tag, _INLINE) < _INLINE for inner in element.iterdescendants())

    def _inline(self, element: etree._Element, run: list[str]) -> None:
        if text := element.text:
            run.append(text)
        for child in element:
            self._inline_child(child, _ROLES.get(child.tag, _INLINE), run)
            if tail := child.tail:
                run.append(tail)

    def _inline_child(self, child: etree._Element, role: int, run: list[str]) -> None:
        if role == _INLINE:
            role = _role_of_style(child)
        if role in (_INLINE, _STRONG):
            if role == _STRONG:
                self._bold(child, run)
            elif len(child):
                self._inline(child, run)
            elif text := child.text:
                run.append(text)
        elif role == _NEWLINE:
            run.append(BREAK)
        elif role in (_SUPERSCRIPT, _SUBSCRIPT):
            inner: list[str] = []
            self._inline(child, inner)
            if text := "".join(inner).replace(BREAK, " ").strip():
                marks = (SUP, SUP_END) if role == _SUPERSCRIPT else (SUB, SUB_END)
                run.extend((marks[0], text, marks[1]) if text[0].isalnum() or len(text) > 1 else (text,))
        elif role == _PICTURE:
            words = self._pictures(child.get("referencedObject", ""))
            run.append(f" [Image: {words}] " if words else " [Image] ")
            if len(child):  # its caption
                self._inline(child, run)
                run.append(" ")
        elif role == _FOOTNOTE:
            self._footnote(child, run)
        elif role == _FOOTNOTE_REF:
            run.extend((SUP, f"[{self._number(child.get('IDREF'))}]", SUP_END))
        elif role <= _APART:
            run.append(" ")
            if role == _APART:
                self._inline_child(child, _INLINE, run)
            else:
                self._inline(child, run)
            run.append(" ")

    def _bold(self, element: etree._Element, run: list[str]) -> None:
        """Bold words, where CommonMark would see the marks as such: beside a letter or digit, or at a space."""
        if len(element):
            inner: list[str] = []
            self._inline(element, inner)
            whole = "".join(inner)
        else:
            whole = element.text or ""
        words = whole.strip()
        if not words or BOLD in words or BREAK in words:
            run.append(whole)
            return
        before, _, after = ("", "", "") if words == whole else whole.partition(words)
        tail = after or element.tail or " "
        start = before or (run[-1] if run else " ")
        opens = words[0].isalnum() or start[-1:].isspace() or start[-1:] == BREAK
        closes = words[-1].isalnum() or tail[0].isspace()
        if not (opens and closes):
            run.append(whole)
        elif run and not before and run[-1] == BOLD:
            run[-1:] = [words, BOLD, after]
        else:
            run.extend((before, BOLD, words, BOLD))
            if after:
                run.append(after)

    def _number(self, identifier: str | None) -> int:
        """The number of the footnote with this id, the next one if it was not met yet."""
        number = self._notes.get(identifier) if identifier else None
        if number is None:
            self._count += 1
            number = self._count
            if identifier:
                self._notes[identifier] = number
        return number

    def _footnote(self, element: etree._Element, run: list[str]) -> None:
        number = self._number(element.get("ID"))
        self._pending.append((number, " ".join(self._blocks(element))))
        run.extend((SUP, f"[{number}]", SUP_END))

    def _list(self, element: etree._Element, blocks: list[str]) -> None:
        style = (element.get("styleCode") or _LIST_TYPES.get(element.get("type", ""), "")).lower()
        ordered = element.get("listType") == "ordered" or element.tag in _ORDERED
        label = list_label(style) if ordered else None
        self._lists += 1
        items: list[tuple[str, str, list[str]]] = []  # each with its bullet and its letter
        count = _number_before(element.get("start"))
        if element.text and (words := paragraph(element.text)):
            blocks.append(words)
        for item in element:
            if item.tag in _CAPTIONS:
                blocks.extend(self._blocks(item))
                continue
            if _ROLES.get(item.tag) == _LIST:  # it should stand in the item above
                above = items[-1][2] if items else blocks
                self._list(item, above)
                if item.tail and (words := paragraph(item.tail)):
                    above.append(words)
                continue
            marker = ""
            if item.tag in _ITEMS:
                caption = next(iter(item), None)
                if caption is not None and caption.tag in _CAPTIONS:
                    marker = " ".join(self._blocks(caption)).replace(BREAK, " ")
                    caption_tail = caption.tail
                    item.remove(caption)
                    if caption_tail:
                        item.text = (item.text or "") + caption_tail
            if len(item):
                parts = self._blocks(item)
            else:
                parts = [words] if item.text and (words := paragraph(item.text)) else []
            if item.tail and (
                words := paragraph(item.tail)
            ):  # between items nothing should stand; if so, it is kept
                parts.append(words)
            if not parts and not marker:
                continue
            count += 1
            bullet, letter = "- ", ""
            if marker and not _BULLET.match(marker):
                parts = [f"{marker} {parts[0]}", *parts[1:]] if parts else [marker]
            elif label:
                letter = f"{label(count)}. "
            elif ordered:
                bullet = f"{count}. "
            items.append((bullet, letter, parts))
        lines = [bullet + letter + self._indented(parts, bullet) for bullet, letter, parts in items]
        self._lists -= 1
        if lines:
            blocks.append(LINE.join(lines))

    def _indented(self, parts: list[str], bullet: str) -> str:
        text = parts[0] if parts else ""
        for part in parts[1:]:
            text += (LINE if part.startswith(("- ", "1. ")) else BLOCK) + part
        if LINE not in text or self._lists > _DEEPEST_LIST:
            return text
        indented = LINE + INDENT * len(bullet)
        return text.replace(LINE, indented).replace(indented + LINE, BLOCK)

    def _table(self, table: etree._Element) -> Iterable[str]:
        before: list[str] = []
        head: list[list[str]] = []
        rows: list[list[str]] = []
        foot: list[list[str]] = []
        carried: dict[int, int] = {}
        cells = 0
        self._tables += 1
        for part in table:
            if part.tag in _CAPTIONS:
                before.extend(_emphasised(block) for block in self._blocks(part))
                continue
            into = head if part.tag in _HEADS else foot if part.tag in _FEET else rows
            if part.tag not in _ROWS:
                carried.clear()  # no cell covers rows beyond its head, body or foot
            for row in (part,) if part.tag in _ROWS else part:
                if row.tag in _ROWS and cells < _MAX_CELLS:
                    line = self._row(row, carried)
                    cells += len(line)
                    into.append(line)
                elif row.tag in _ROWS:  # beyond all that is a table the words alone are kept
                    before.append(" ".join(cell_line(self._blocks(cell)) for cell in row))
        self._tables -= 1
        if self._tables:  # it stands in a cell, which is one line
            return [*before, *rows_in_lines([*head, *rows, *foot])]
        return [*before, *grid(head, [*rows, *foot])]

    def _row(self, row: etree._Element, carried: dict[int, int]) -> list[str]:
        line: list[str] = []
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            if carried:
                carry(line, carried)
            if len(cell):
                line.append(cell_line(self._blocks(cell)))
            else:
                line.append((cell.text or "").strip())
            get = cell.get
            across, down = get("colspan"), get("rowspan")
            if across or down:
                spread(line, span(across), span(down), carried)
        if carried:
            carry(line, carried)
        return line


def _role_of_style(element: etree._Element) -> int:
    """What an element is for that only its style tells from any other words, or the mark of a change in CDA."""
    if element.get("revised") == _STRUCK:
        return _DROP
    code = element.get("styleCode")
    if code and "bold" in code.lower():
        return _STRONG
    style = code or element.get("style")
    if not style:
        return _INLINE
    return _SUPERSCRIPT if _RAISED.search(style) else _SUBSCRIPT if _LOWERED.search(style) else _INLINE


def _number_before(start: str | None) -> int:
    """The number before the one at which a list begins to count."""
    return int(start) - 1 if start and start.isascii() and start.isdecimal() and 0 < len(start) < 9 else 0


def drop_struck(root: etree._Element) -> None:
    """Empties the elements of XHTML whose words the source itself struck out with a line."""
    for element in reversed(list(root.iter(etree.Element))):  # so none is emptied with much inside
        if "line-through" in (element.get("style") or "").lower():
            element.clear(keep_tail=True)


def plain_words(element: etree._Element | None) -> str:
    """The words of an element in one line: for titles, headings and names, which are plain text."""
    if element is None:
        return ""
    if not len(element):
        text = element.text or ""
    else:
        run: list[str] = []
        Narrative()._inline(element, run)
        return without_marks("".join(run))
    text = " ".join(text.split())
    return text if text.isascii() else without_marks(text)


def clean_text(text: str) -> str:
    """A text out of JSON without the characters that XML forbids and databases refuse."""
    return _FORBIDDEN.sub("", text)


def _emphasised(block: str) -> str:
    return block if BOLD in block or LINE in block or not block[-1:].isalnum() else f"{BOLD}{block}{BOLD}"
