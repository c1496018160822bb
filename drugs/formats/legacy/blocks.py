"""Block parser: the Markdown blocks of a legacy page, each with its source and its line.

Blocks come from markdown-it's token stream, without its inline pass. Every text is a slice of the source, so
that nothing can be reworded on the way. Indented code is switched off: in the legacy pages it is text that was
indented too far. So are quotations: `* >10%: Yawning` holds none.
"""

import re
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt

_NEVER = ("code", "reference", "html_block", "blockquote")
# Signs, one of which a text holds where a rule finds anything. Markdown tries each rule at each line, so that leaving
# out those that are idle saves a sixth of its time.
_SIGNS = {"table": ("|",), "fence": ("```", "~~~"), "disclaimer": ("disclaimer",)}
_UNDERLINES = ("hr", "lheading")  # which need a line of nothing but marks
_ONLY_MARKS = re.compile(r"\n[ \t\d.)+*_=-]+$", re.M)
_INDENTED_BULLET = re.compile(r"\n(?=(?: {4}|\t)[ \t]*[*+-][ \t])")
_FAR_IN = re.compile(r" {4}| {0,3}\t")
_WIDE_MARKER = re.compile(r"^([ \t]*[*+-])(?:[ \t]{5,}| *\t[ \t]*)(?=\S)", re.M)
_LAZY_START = re.compile(r"[A-Z*\"“]")
_LIKE_TEXT = re.compile(r"^\*\*|[.!?:]$")
DISCLAIMER = r"\*{0,3}(?:(?:important|medical)[ \t]+)?disclaimer\b[ \t*]*:"
_STARTS_DISCLAIMER = re.compile(DISCLAIMER, re.I)
# A line of text above `---` is a heading to Markdown. One that is longer than
# this, ends like a sentence, or stands right below a heading was meant as text above a rule.
_UNDERLINED_CHARS = 120


def _disclaimer(state, line, _end, silent):
    """A rule of Markdown's: a line that starts a disclaimer ends the paragraph above it, in lists too."""
    start = state.bMarks[line] + state.tShift[line]
    return silent and bool(_STARTS_DISCLAIMER.match(state.src, start))


@cache
def _markdown(idle):
    """A parser of blocks without the rules `idle`; of five that may be, there are 32 at most."""
    markdown = MarkdownIt("commonmark").enable("table")
    markdown.block.ruler.before("paragraph", "disclaimer", _disclaimer, {"alt": ["paragraph"]})
    return markdown.disable([*_NEVER, *idle])


@dataclass(slots=True)
class Block:
    """One block: `text` is what it says (of headings and paragraphs without their markers), `raw` its source.

    `kind` is heading, paragraph, list, item, rule or other. A list holds items, and between them those
    paragraphs that Markdown would glue to the item above; an item holds the blocks inside it.
    """

    kind: str
    text: str
    raw: str
    line: int
    level: int = 0
    children: tuple = ()

    @property
    def head(self):
        """The text of the paragraph that an item begins with, or the empty text."""
        first = self.children[0] if self.children else None
        return first.text if first is not None and first.kind == "paragraph" else ""


def paragraph(text, line):
    """A paragraph that says `text`."""
    return Block("paragraph", text, text, line)


def cut(block, starts):
    """Pieces of `block`, cut before each paragraph or line inside it of which `starts` says that it starts one.

    Such a line has no blank one above it. A list has paragraphs inside where Markdown would glue them to its items.
    """
    if block.kind == "paragraph" and "\n**" in block.text:
        return _cut_paragraph(block, starts)
    return _cut_list(block, starts) if block.kind == "list" else [block]


def _cut_paragraph(block, starts):
    pieces = [[]]
    for number, line in enumerate(block.text.split("\n"), block.line):
        if number > block.line and starts(line):
            pieces.append([])
        pieces[-1].append((number, line))
    return [paragraph("\n".join(line for _, line in piece), piece[0][0]) for piece in pieces]


def _cut_list(block, starts):
    pieces, items = [], []
    for child in block.children:
        if child.kind == "paragraph" and starts(child.text):
            pieces += [*_list_of(items), *cut(child, starts)]
            items = []
        else:
            items.append(child)
    return [*pieces, *_list_of(items)] if pieces else [block]


def _list_of(items):
    """A list of `items` in a list of blocks, which is empty where there are none."""
    if not items:
        return []
    raw = "\n".join(item.raw for item in items)
    return [Block("list", "", raw, items[0].line, children=tuple(items))]


def _idle_rules(text):
    idle = [rule for rule, signs in _SIGNS.items() if not any(map(text.__contains__, signs))]
    return (*idle, *(() if _ONLY_MARKS.search(f"\n{text}") else _UNDERLINES))


def read_blocks(text, line=1):
    """Blocks of `text`, whose first line has the number `line`."""
    tokens = []
    markdown = _markdown(_idle_rules(text.casefold()))
    markdown.block.parse(text, markdown, {}, tokens)
    return _Builder(text.split("\n"), tokens, line).siblings(None)


class _Builder:
    """Builder of blocks from a flat stream of tokens."""

    def __init__(self, lines, tokens, line):
        self.lines = lines
        self.tokens = tokens
        self.line = line
        self.at = 0

    def siblings(self, closing):
        """The blocks up to the token `closing`, which is consumed."""
        blocks = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == closing:
                break
            self._add(token, blocks)
        return blocks

    def _add(self, token, blocks):
        start, end = token.map
        kind = token.type
        if kind == "paragraph_open":
            blocks += _split_paragraph(self._inline().content, self.line + start)
        elif kind == "heading_open":
            self._add_heading(token, blocks)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            if not token.level and _FAR_IN.match(self.lines[start]):
                # Indented that far, Markdown takes each next bullet into the one before it.
                self.siblings(kind.replace("_open", "_close"))
                blocks += read_blocks(_moved_left(self.lines[start:end]), self.line + start)
            else:
                blocks.append(self._list(token))
        elif kind == "list_item_open":
            self._add_item(token, blocks)
        elif kind == "hr":
            blocks.append(Block("rule", "", "---", self.line + start))
        else:
            while token.nesting == 1 and self.tokens[self.at - 1].type != kind.replace("_open", "_close"):
                self.at += 1
            raw = self._raw(start, end)
            blocks.append(Block("other", raw, raw, self.line + start))

    def _inline(self):
        """The inline token of the paragraph or heading that was just opened; its closing token is consumed."""
        token = self.tokens[self.at]
        self.at += 2
        return token

    def _raw(self, start, end):
        return _dedent("\n".join(self.lines[start:end]).rstrip())

    def _add_heading(self, token, blocks):
        start, _ = token.map
        text = self._inline().content
        underlined = token.markup in ("=", "-")
        above = self.lines[start - 1] if start else ""
        if underlined and (
            above.startswith("#") or "\n" in text or len(text) > _UNDERLINED_CHARS or _LIKE_TEXT.search(text)
        ):
            blocks += _split_paragraph(text, self.line + start)
            return
        level = int(token.tag[1])
        blocks.append(Block("heading", text, f"{'#' * level} {text}".rstrip(), self.line + start, level))

    def _list(self, token):
        start, end = token.map
        raw = self._raw(start, end)
        if "\t" in raw or "     " in raw:
            raw = _WIDE_MARKER.sub(r"\1 ", raw)
        children = tuple(self.siblings(token.type.replace("_open", "_close")))
        return Block("list", "", raw, self.line + start, children=children)

    def _add_item(self, token, blocks):
        start, end = token.map
        lazy = self._lazy_lines(start)
        children = self.siblings("list_item_close")
        raw = self._raw(start, end)
        if lazy and children and children[0].kind == "paragraph":
            whole = children[0].text.split("\n")
            own = len(whole) - lazy  # lines that are the item's own
            rest = paragraph("\n".join(whole[own:]), self.line + start + own)
            children[0] = paragraph("\n".join(whole[:own]), children[0].line)
            raw = "\n".join(raw.split("\n")[:own])
            blocks.append(Block("item", token.info, raw, self.line + start, children=(children[0],)))
            blocks.append(rest)
            blocks += children[1:]
        else:
            blocks.append(Block("item", token.info, raw, self.line + start, children=tuple(children)))

    def _lazy_lines(self, start):
        """How many lines at the end of the item's first paragraph stand left of the item's text and look
        like a paragraph of their own: Markdown takes them into the item, their author did not.
        """
        token = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if token is None or token.type != "inline" or token.map[0] != start or token.map[1] - start < 2:
            return 0
        marker = len(self.lines[start]) - len(self.lines[start].lstrip())
        for number in range(start + 1, token.map[1]):
            line = self.lines[number]
            if len(line) - len(line.lstrip()) < marker + 2 and _LAZY_START.match(line.lstrip()):
                return token.map[1] - number
        return 0


def _split_paragraph(text, line):
    """A paragraph, and the list below it that was indented too far to be one to Markdown."""
    match = _INDENTED_BULLET.search(text) if "\n" in text else None
    if not match:
        return [paragraph(text, line)]
    below = text[match.end() :]
    below_line = line + text.count("\n", 0, match.end())
    return [paragraph(text[: match.start()], line), *read_blocks(_dedent(below), below_line)]


def _moved_left(lines):
    """`lines` moved so far to the left that the first one is not indented."""
    indent = len(lines[0]) - len(lines[0].lstrip())
    return "\n".join(line[min(indent, len(line) - len(line.lstrip())) :] for line in lines)


def _dedent(text):
    """`text` without the indentation that all its lines share."""
    if not text[:1].isspace():
        return text
    lines = text.split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    shared = min(indents, default=0)
    return "\n".join(line[shared:] for line in lines)
