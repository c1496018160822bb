"""Markdown to safe HTML: the only such place, for page, preview and print alike.

Raw HTML stays off in the parser, so that what merely looks like a tag (`if CrCl <x`) stays readable; the
few inline tags that medical names need come back afterwards, without attributes; nh3 has the last word.
"""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import NamedTuple

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

MAX_CHARS = 100_000  # the parser needs 3 s for 60,000 hostile characters; no body comes near

_INLINE_TAGS = {"sub", "sup", "em", "i", "b", "strong"}
_TAGS = _INLINE_TAGS | {
    "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "a",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_PAGE_TAGS = _TAGS | {"section", "div", "span", "ins", "del"}
_PAGE_ATTRIBUTES = {**_ATTRIBUTES, "*": {"class", "lang", "dir"}, "ins": {"id"}, "del": {"id"}}
_SCHEMES = {"https", "http", "mailto"}
_EXPONENT = re.compile(r"(?<=\d)<sup>([+−–-]?\d{1,3})</sup>")
_HIGH = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_DEEPEST = 16  # a list is two levels, a quotation one

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ALLELE = re.compile(r"(?<=[A-Za-z0-9])\*(?=\d)")  # HLA-B*57:01: this star is a letter, not emphasis
_ESCAPED_TAG = re.compile(r"&lt;(/?(?:sub|sup|em|i|b|strong))&gt;", re.IGNORECASE)
# Lines of nothing but words, none of which begins as a list, a heading or a table does. Markdown has nothing to say to
# them, and what is said of side effects and in headings is mostly such.
_WORDS = r"""(?:[^\W_]|[ ,.;:()'"’‘“”–—/%?!+=$#@°±×≥≤-])*"""
_ONLY_WORDS = re.compile(rf"[^\W\d_]{_WORDS}(?:\n+[^\W\d_]{_WORDS})*")
_ONE_LINE = re.compile(_WORDS)
_PARAGRAPH_TO_LIST = re.compile(
    r"^(?=\S)(?![*+-] |\d+[.)] |#|>|\||```|~~~)(.*)\n((?: {4,}[*+-] .*(?:\n|$))+)", re.MULTILINE
)


def _demote(state):
    """A body's headings are #### and below, which become the first level that is free where the body stands."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{max(4, int(token.tag[1])) - 4 + state.env['top']}"


def _show_info(state):
    """The words behind the fence of a code block would become a class, which nobody sees."""
    for token in state.tokens:
        if token.type == "fence" and token.info.strip():
            token.content, token.info = f"{token.info.strip()}\n{token.content}", ""


def _keep_deep(state, start, end, silent):
    """Lists and quotations that are nested deeper than anybody can follow stay text: the parser would drop them."""
    if state.level < _DEEPEST or silent:
        return False
    state.line = end
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, end]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, end, state.blkIndent, False).strip()
    inline.map, inline.children = [start, end], []
    state.push("paragraph_close", "p", -1)
    return True


def _parser():
    parser = (
        MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST + 4})
        .enable("table")
        # A definition such as `[a]: b` is never shown: it stays the text that somebody wrote.
        .disable(["image", "lheading", "reference"])
    )
    parser.block.ruler.before("table", "keep_deep", _keep_deep)
    parser.core.ruler.push("demote", _demote)
    parser.core.ruler.push("show_info", _show_info)
    return parser


_BLOCKS = _parser()


def render(text: str | None, top: int = 4) -> str:
    """Safe HTML of a Markdown text, as Django marks it safe. Every visible character of `text` survives.

    `top` is the level of its highest headings: 4 below a question's own, 3 below a section's, 2 below a page's.
    Raises ValueError above 100,000 characters: medical text is never cut silently.
    """
    text = text or ""
    if _is_words(text, _ONLY_WORDS):
        return _as_html("".join(f"<p>{paragraph}</p>\n" for paragraph in re.split("\n\n+", text)))
    return _safe(_BLOCKS.render(_prepared(_separate_lists(text)), {"top": top}))


def render_inline(text: str | None) -> str:
    """Safe HTML of one line (a name, a heading, a question), without a paragraph around it. Raises as `render`."""
    text = text or ""
    if _is_words(text, _ONE_LINE):
        return _as_html(text)
    return _safe(_BLOCKS.renderInline(_prepared(text).replace("\n", " ")))


def plain(text: str | None) -> str:
    """Plain text of Markdown: for summaries, titles, JSON-LD and indexes. Not HTML: escape it. Raises as `render`."""
    text = text or ""
    if _is_words(text, _ONLY_WORDS):
        return " ".join(text.split())
    html = _raised(render(text))
    spaced = re.sub(r"</(?:p|li|h\d|td|th|tr|blockquote|pre)>|<br>", " ", html)
    stripped = nh3.clean(spaced, tags=set())
    return " ".join(unescape(stripped).split())


def plain_lines(text: str | None) -> str:
    """The same in lines: a paragraph, an item of a list ("- ") and a row of a table each on one of its own.

    Run together, two items could be read as another dose.
    """
    text = text or ""
    if _is_words(text, _ONLY_WORDS):
        return "\n".join(" ".join(paragraph.split()) for paragraph in re.split("\n\n+", text))
    html = re.sub(r"\s+", " ", _raised(render(text)))
    html = re.sub(r"<li>\s*(?:<p>)?", "\n- ", html)
    html = re.sub(r"</(?:td|th)>\s*(?=<t[dh])", " | ", html)
    lines = re.sub(r"</(?:p|li|h\d|tr|blockquote|pre|ul|ol)>|<br>|<hr>", "\n", html).split("\n")
    cleaned = (" ".join(unescape(nh3.clean(line, tags=set())).split()) for line in lines)
    return "\n".join(line for line in cleaned if line)


def _raised(html: str) -> str:
    """`html` with digits that stand high behind others as characters that do: without tags 10<sup>9</sup> is no 109."""
    return _EXPONENT.sub(lambda match: match[1].translate(_HIGH), html) if "<sup>" in html else html


class Mark(NamedTuple):
    """What goes around the characters of a text from `start` to `end`: HTML that is safe already."""

    start: int
    end: int
    before: str
    after: str


_TAG = re.compile(r"""(<[^>"]*(?:"[^"]*"[^>"]*)*>)""")
_UNMARKED = re.compile(r"<(/?)(?:a|h[1-6]|pre|code|svg|dt|summary|button)\b")


def annotate(html: str, find: Callable[[str], Iterable[Mark]]) -> str:
    """HTML that was made here, with what `find` gives for each run of its text around those characters.

    Marks come in their order and do not overlap. Links, headings and code stay as they are; so does every character.
    """
    pieces, inside = _TAG.split(html), 0
    for at, piece in enumerate(pieces):
        if at % 2:
            if found := _UNMARKED.match(piece):
                inside += -1 if found[1] else 1
        elif piece.strip() and not inside:
            pieces[at] = _marked(unescape(piece), find) or piece
    return _as_html("".join(pieces))  # the tags are those of before, all between them is escaped


def _marked(text, find):
    """`text` as HTML with its marks; "" without any."""
    pieces, last = [], 0
    for mark in find(text):
        inside = escape(text[mark.start : mark.end], quote=False)
        pieces += [escape(text[last : mark.start], quote=False), mark.before, inside, mark.after]
        last = mark.end
    return "".join([*pieces, escape(text[last:], quote=False)]) if pieces else ""


def _is_words(text, pattern):
    """Whether `text` is itself, escaped, as HTML: the spaces at the ends of lines would be left out."""
    return len(text) <= MAX_CHARS and pattern.fullmatch(text) and " \n" not in text and text.strip() == text


def _prepared(text):
    if len(text) > MAX_CHARS:
        raise ValueError(
            f"A text of {len(text):,} characters is too long to be shown; {MAX_CHARS:,} is the limit."
        )
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ALLELE.sub(r"\\*", text)


def _separate_lists(text):
    """Bullets indented by four or more directly under a paragraph would melt into it: a lost dose line."""

    def outdent(match):
        bullets = match[2].split("\n")
        margin = min(len(line) - len(line.lstrip(" ")) for line in bullets if line)
        return match[1] + "\n\n" + "\n".join(line[margin:] for line in bullets)

    return _PARAGRAPH_TO_LIST.sub(outdent, text)


def safe_page(html: str) -> str:
    """Safe HTML of parts of a finished page that a program has worked on, such as one that has marked what changed."""
    return _safe(html, _of_page)


def without_links(html: str) -> str:
    """The same as `safe_page`, whose links are but their words."""
    return _safe(html, _of_page_without_links)


def _cleaner(tags, attributes):
    return nh3.Cleaner(tags=tags, attributes=attributes, url_schemes=_SCHEMES, link_rel="noopener noreferrer")


# Made once: to make one takes as long as to clean a text.
_of_text, _of_page = _cleaner(_TAGS, _ATTRIBUTES), _cleaner(_PAGE_TAGS, _PAGE_ATTRIBUTES)
_of_page_without_links = _cleaner(_PAGE_TAGS - {"a"}, {"ol": {"start"}, "*": _PAGE_ATTRIBUTES["*"]})


def _safe(html, cleaner=_of_text):
    restored = _ESCAPED_TAG.sub(lambda match: f"<{match[1].lower()}>", html)
    return _as_html(cleaner.clean(restored))


def _as_html(clean):
    """`clean` as Django knows HTML: the one place. nh3 has cleaned it, or it is made of what nh3 has cleaned."""
    return mark_safe(clean)  # noqa: S308


LINK_END = _as_html("</a>")  # after a mark that opens a link
