"""Narrative of a label (SPL text, XHTML of FHIR) to safe Markdown: every word kept, nothing of the markup trusted.

One table says what each element is for; whatever it does not name is looked through. Emphasis is marked only where
Markdown can mark it. While a text is put together, marks stand as characters of the private use area, so that the
words around them can be escaped at once.
"""

import re
from collections.abc import Callable, Iterable

from lxml import etree

from drugs.formats.label.list_labels import list_label

SPL = "{urn:hl7-org:v3}"
XHTML = "{http://www.w3.org/1999/xhtml}"

_BOLD, _SUB, _SUB_END, _SUP, _SUP_END, _BREAK = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
_MARKUP = {_BOLD: "**", _SUB: "<sub>", _SUB_END: "</sub>", _SUP: "<sup>", _SUP_END: "</sup>", _BREAK: "  \n"}
_ANY_MARK = re.compile("[\ue000-\ue005]")
_BREAKS = re.compile(" ?\ue005[ \ue005]*")

_PARAGRAPH, _INLINE, _LIST, _TABLE, _DROP, _PICTURE, _NEWLINE = range(7)
_SUBSCRIPT, _SUPERSCRIPT, _STRONG, _FOOTNOTE, _FOOTNOTE_REF = range(10, 15)
_ROLES_OF_TAGS = {
    _PARAGRAPH: (
        "paragraph text footnoteText",
        "p div h1 h2 h3 h4 h5 h6 section article blockquote pre dl dt dd hr figure address",
    ),
    _LIST: ("list", "ul ol"),
    _TABLE: ("table", "table"),
    _DROP: ("", "script style head template iframe object embed svg math img form input button link meta"),
    _PICTURE: ("renderMultiMedia", ""),
    _NEWLINE: ("br", "br"),
    _SUBSCRIPT: ("sub", "sub"),
    _SUPERSCRIPT: ("sup", "sup"),
    _STRONG: ("", "b strong"),
    _FOOTNOTE: ("footnote", ""),
    _FOOTNOTE_REF: ("footnoteRef", ""),
}
_ROLES = {
    namespace + name: role
    for role, tags in _ROLES_OF_TAGS.items()
    for namespace, names in zip((SPL, XHTML), tags, strict=True)
    for name in names.split()
}
_BLOCKS = frozenset((_PARAGRAPH, _LIST, _TABLE))
_BLOCK_TAGS = tuple(tag for tag, role in _ROLES.items() if role in _BLOCKS)
_ITEMS = frozenset((SPL + "item", XHTML + "li"))
_CAPTIONS = frozenset((SPL + "caption", XHTML + "caption"))
_ROWS = frozenset((SPL + "tr", XHTML + "tr"))
_HEADS = frozenset((SPL + "thead", XHTML + "thead"))
_CELLS = frozenset((SPL + "td", SPL + "th", XHTML + "td", XHTML + "th"))
_ORDERED = frozenset((XHTML + "ol",))

_SPECIAL = re.compile(r"[\\*_`|~<&\]]")
_TAG_START = re.compile(r"[A-Za-z/!?]")
_ENTITY = re.compile(r"&#?\w{1,40};")
_LINE_START = re.compile(r"^(?:[-+](?=\s|$)|#{1,6}(?=\s|$)|>|=+\s*$|-[- ]*$|~~~)", re.MULTILINE)
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_UNSEEN = re.compile(
    "[\ufeff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BULLET = re.compile(r"^[-•·◦o*○●▪■□–—\s\uf0b7\uf0a7]*$")

_MAX_COLUMNS = 50
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
        self._looked_through = 0

    def markdown(self, element: etree._Element) -> str:
        """The Markdown of all that stands in `element`, its tail left out."""
        blocks = self._blocks(element)
        while self._pending:
            number, text = self._pending.pop(0)
            blocks.append(f"<sup>[{number}]</sup> {text}")
        text = "\n\n".join(blocks)
        return text if text.isascii() else _UNSEEN.sub("", text)

    def _blocks(self, element: etree._Element) -> list[str]:
        blocks: list[str] = []
        run = [element.text] if element.text else []
        for child in element:
            role = _ROLES.get(child.tag, _INLINE)
            if role in _BLOCKS or (role == _INLINE and self._holds_block(child)):
                if run:
                    _flush(run, blocks)
                    run = []
                if role == _LIST:
                    self._list(child, blocks)
                elif role == _TABLE:
                    blocks.extend(self._table(child))
                elif len(child):
                    self._looked_through += role == _INLINE
                    blocks.extend(self._blocks(child))
                    self._looked_through -= role == _INLINE
                elif child.text:
                    _flush([child.text], blocks)
            else:
                self._inline_child(child, role, run)
            if child.tail:
                run.append(child.tail)
        if run:
            _flush(run, blocks)
        return blocks

    def _holds_block(self, element: etree._Element) -> bool:
        """Whether a block stands somewhere inside an element that is none itself, such as `content` around a list."""
        if not len(element) or self._looked_through > _DEEPEST_LOOK:
            return False
        return any(True for _ in element.iterdescendants(*_BLOCK_TAGS))

    def _inline(self, element: etree._Element, run: list[str]) -> None:
        if text := element.text:
            run.append(text)
        for child in element:
            self._inline_child(child, _ROLES.get(child.tag, _INLINE), run)
            if tail := child.tail:
                run.append(tail)

    def _inline_child(self, child: etree._Element, role: int, run: list[str]) -> None:
        if role in (_INLINE, _STRONG):
            style = child.get("styleCode") if role == _INLINE else "bold"
            if style and "bold" in style.lower():
                self._bold(child, run)
            elif len(child):
                self._inline(child, run)
            elif text := child.text:
                run.append(text)
        elif role == _NEWLINE:
            run.append(_BREAK)
        elif role in (_SUPERSCRIPT, _SUBSCRIPT):
            inner: list[str] = []
            self._inline(child, inner)
            if text := "".join(inner).replace(_BREAK, " ").strip():
                marks = (_SUP, _SUP_END) if role == _SUPERSCRIPT else (_SUB, _SUB_END)
                run.extend((marks[0], text, marks[1]) if text[0].isalnum() or len(text) > 1 else (text,))
        elif role == _PICTURE:
            words = self._pictures(child.get("referencedObject", ""))
            run.append(f" [Image: {words}] " if words else " [Image] ")
        elif role == _FOOTNOTE:
            self._footnote(child, run)
        elif role == _FOOTNOTE_REF:
            run.extend((_SUP, f"[{self._number(child.get('IDREF'))}]", _SUP_END))
        elif role in _BLOCKS:
            run.append(" ")
            self._inline(child, run)
            run.append(" ")

    def _bold(self, element: etree._Element, run: list[str]) -> None:
        """Bold words, where CommonMark would see the marks as such: beside a letter or digit, or at a space."""
        inner: list[str] = []
        self._inline(element, inner)
        whole = "".join(inner)
        words = whole.strip()
        if not words or _BOLD in words or _BREAK in words:
            run.append(whole)
            return
        before, after = whole[: len(whole) - len(whole.lstrip())], whole[len(whole.rstrip()) :]
        tail = after or element.tail or " "
        start = before or (run[-1] if run else " ")
        opens = words[0].isalnum() or start[-1:].isspace() or start[-1:] == _BREAK
        closes = words[-1].isalnum() or tail[0].isspace()
        if not (opens and closes):
            run.append(whole)
        elif run and not before and run[-1] == _BOLD:
            run[-1:] = [words, _BOLD, after]
        else:
            run.extend((before, _BOLD, words, _BOLD))
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
        run.extend((_SUP, f"[{number}]", _SUP_END))

    def _list(self, element: etree._Element, blocks: list[str]) -> None:
        style = (element.get("styleCode") or "").lower()
        ordered = element.get("listType") == "ordered" or element.tag in _ORDERED
        label = list_label(style) if ordered else None
        self._lists += 1
        lines: list[str] = []
        count = 0
        for item in element:
            if item.tag in _CAPTIONS:
                blocks.extend(self._blocks(item))
                continue
            marker = ""
            if item.tag in _ITEMS:
                caption = next((child for child in item if child.tag in _CAPTIONS), None)
                if caption is not None:
                    marker = _words(" ".join(self._blocks(caption)))
                    caption_tail = caption.tail
                    item.remove(caption)
                    if caption_tail:
                        item.text = (item.text or "") + caption_tail
            parts = self._blocks(item)
            if not parts and not marker:
                continue
            count += 1
            if marker and not _BULLET.match(marker):
                parts = [f"{marker} {parts[0]}", *parts[1:]] if parts else [marker]
                bullet = "- "
            elif label:
                bullet = f"- {label(count)}. "
            else:
                bullet = f"{count}. " if ordered else "- "
            lines.append(bullet + self._indented(parts, "- " if label else bullet))
        self._lists -= 1
        if lines:
            blocks.append("\n".join(lines))

    def _indented(self, parts: list[str], bullet: str) -> str:
        text = parts[0] if parts else ""
        for part in parts[1:]:
            text += ("\n" if part.startswith(("- ", "1. ")) else "\n\n") + part
        if "\n" not in text or self._lists > _DEEPEST_LIST:
            return text
        return text.replace("\n", "\n" + " " * len(bullet)).replace("\n" + " " * len(bullet) + "\n", "\n\n")

    def _table(self, table: etree._Element) -> Iterable[str]:
        before: list[str] = []
        head: list[list[str]] = []
        rows: list[list[str]] = []
        carried: dict[int, int] = {}
        cells = 0
        for part in table:
            if part.tag in _CAPTIONS:
                before.extend(_emphasised(block) for block in self._blocks(part))
                continue
            into = head if part.tag in _HEADS else rows
            for row in (part,) if part.tag in _ROWS else part:
                if row.tag in _ROWS and cells < _MAX_CELLS:
                    line = self._row(row, carried)
                    cells += len(line)
                    into.append(line)
                elif row.tag in _ROWS:  # beyond all that is a table the words alone are kept
                    before.append(" ".join(_cell(self._blocks(cell)) for cell in row))
        return [*before, *_grid(head, rows)]

    def _row(self, row: etree._Element, carried: dict[int, int]) -> list[str]:
        line: list[str] = []
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            while carried.get(len(line), 0) and len(line) < _MAX_COLUMNS:
                carried[len(line)] -= 1
                line.append("")
            get = cell.get
            across, down = _span(get("colspan")), _span(get("rowspan"))
            across = max(1, min(across, _MAX_COLUMNS - len(line)))
            if down > 1:
                carried.update((len(line) + at, down - 1) for at in range(across))
            if len(cell):
                line.append(_cell(self._blocks(cell)))
            else:
                line.append(_words(cell.text).replace("\n", " ") if cell.text else "")
            if across > 1:
                line.extend([""] * (across - 1))
        while carried.get(len(line), 0) and len(line) < _MAX_COLUMNS:
            carried[len(line)] -= 1
            line.append("")
        return line


def plain_words(element: etree._Element | None) -> str:
    """The words of an element in one line: for titles, headings and names, which are plain text."""
    if element is None:
        return ""
    if not len(element):
        text = element.text or ""
    else:
        run: list[str] = []
        Narrative()._inline(element, run)
        text = _ANY_MARK.sub(lambda mark: " " if mark[0] == _BREAK else "", "".join(run))
    text = " ".join(text.split())
    return text if text.isascii() else " ".join(_UNSEEN.sub("", text).split())


def markdown_of_text(text: str) -> str:
    """Markdown that shows exactly the words of a plain text, in one paragraph."""
    return _words(_ANY_MARK.sub("", _UNSEEN.sub("", text)))


def clean_text(text: str) -> str:
    """A text out of JSON without the characters that XML forbids and databases refuse."""
    return _FORBIDDEN.sub("", text)


def _flush(run: list[str], blocks: list[str]) -> None:
    """Ends a paragraph: what was gathered becomes a block, unless it is only space."""
    if words := _words(run[0] if len(run) == 1 else "".join(run)):
        blocks.append(words)


def _words(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        return ""
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(_escape, text)
    if text[0] in "-+#>=~0123456789":
        text = _escape_line_starts(text)
    if text.isascii():
        return text
    if _BREAK in text:
        text = _BREAKS.sub("  \n", text).strip()
        text = "  \n".join(line for line in (part.strip() for part in text.split("  \n")) if line)
        text = _escape_line_starts(text) if "\n" in text else text
    if _BOLD in text and text.count(_BOLD) % 2:
        text = text.replace(_BOLD, "")
    return _ANY_MARK.sub(lambda mark: _MARKUP[mark[0]], text)


def _escape(match: re.Match[str]) -> str:
    mark, text, at = match[0], match.string, match.end()
    if mark == "<":
        return "&lt;" if _TAG_START.match(text, at) else "<"
    if mark == "&":
        return "&amp;" if _ENTITY.match(text, at - 1) else "&"
    if mark == "]":
        return "\\]" if text[at : at + 1] in ("(", "[", ":") else "]"
    return mark if mark == "~" and text[at : at + 1] != "~" else "\\" + mark


def _escape_line_starts(text: str) -> str:
    text = _LINE_START.sub(lambda match: "\\" + match[0], text)
    return _NUMBER_START.sub(r"\1\\\2", text)


def _emphasised(block: str) -> str:
    return block if "**" in block or "\n" in block or not block[-1:].isalnum() else f"**{block}**"


def _cell(blocks: list[str]) -> str:
    if len(blocks) == 1 and "\n" not in blocks[0]:
        return blocks[0]
    lines = [line.strip() for block in blocks for line in block.split("\n")]
    return " ".join("• " + line[2:] if line.startswith("- ") else line for line in lines if line)


def _span(value: str | None) -> int:
    if not value or value == "1":
        return 1
    digits = value.strip()
    return (
        max(1, min(int(digits), _MAX_COLUMNS))
        if digits.isdecimal() and len(digits) < 9
        else (_MAX_COLUMNS if digits.isdecimal() else 1)
    )


def _grid(head: list[list[str]], rows: list[list[str]]) -> list[str]:
    """The lines of a table; the first row of its head heads the columns, or nothing where it has no head."""
    rows = [row for row in [*head[1:], *rows] if any(row)]
    first = head[0] if head else []
    width = max((len(row) for row in [first, *rows]), default=0)
    if not any(first) and not rows:
        return []
    if width == 1 and not head:
        return [row[0] for row in rows]
    lines = [
        "| " + " | ".join(first + [""] * (width - len(first))) + " |",
        "| " + " | ".join(["---"] * width) + " |",
    ]
    lines.extend("| " + " | ".join(row) + " |" for row in rows)
    return ["\n".join(lines)]
