"""Elements of HTML and components of MDX: their words stay, in Markdown where it has a mark for them."""

import re
from html import unescape

from drugs.formats.foreign.notes import Notes

_INLINE = frozenset("sub sup em i b strong".split())  # which the site shows
_KNOWN = frozenset(
    "a abbr address article aside big blockquote br button caption center cite code col colgroup dd del details dfn div"
    " dl dt fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr img input ins kbd label legend li"
    " main mark nav nobr ol optgroup option p picture pre q samp section select small source span summary table"
    " tbody td tfoot th thead time tr tt u ul var wbr".split()
)
_GONE = re.compile(
    r"<(script|style|iframe|svg|noscript|object|video|audio|canvas|template)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>"
    r"|<(?:iframe|video|audio|embed|object)\b[^<>]*/>",
    re.I | re.S,
)
_STRUCK = re.compile(r"<(del|s|strike)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>", re.I | re.S)
_TAG = re.compile(r"<(/?)([A-Za-z][\w.]*)((?:\s[^<>]*|/)?)>")
_ATTRIBUTE = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|'([^']*)'|\{[\"'`]([^\"'`]*)[\"'`]\})")
_LINK = re.compile(r"<a\b([^<>]*)>([^<>\n]*)</a\s*>", re.I)
_TABLE = re.compile(r"<table\b[^<>]*>((?:(?!<table\b).)*?)</table\s*>", re.I | re.S)
_ROW = re.compile(r"<tr\b[^<>]*>(.*?)(?=<tr\b|\Z)", re.I | re.S)
_CELL = re.compile(r"<t[dh]\b[^<>]*>(.*?)(?=<t[dh]\b|</tr|\Z)", re.I | re.S)
_IMPORTS = re.compile(
    r"^(?:import\s+(?:[\w*{][^\n]*\sfrom\s+)?['\"][^'\"\n]+['\"];?|export\s+(?:const|let|var|default|function)\b"
    r"[^\n]*(?:\n[^\n]+)*)[ \t]*$",
    re.M,
)
_BEGINS_LINE = re.compile(r"^[ \t>|*+-]*</?[A-Za-z]", re.M)
_KNOWN_IN_LINES = _KNOWN & frozenset(
    "a abbr big br cite code dfn font img ins kbd label mark nobr q samp small span time tt u var wbr".split()
)
_TITLES = ("title", "label", "summary", "heading", "caption")
_KINDS = ("type", "kind", "variant", "style")


def without_elements(text: str, notes: Notes) -> str:
    """`text` without tags; what goes with its words, and what computes something, is kept in `notes`."""
    if "import " in text or "export " in text:
        text = _IMPORTS.sub(lambda match: notes.keep("Code of MDX", match), text)
    if "<" not in text:
        return text
    text = _GONE.sub(lambda match: notes.keep("Element", match), text)
    text = _STRUCK.sub(lambda match: notes.keep("Words struck out", match), text)
    text = _TABLE.sub(lambda match: _table(match, notes), text)
    text = _LINK.sub(_link, text)
    names = _TAG.findall(text)
    known = {name for slash, name, rest in names if (slash or rest.endswith("/")) and name[0].isupper()}
    # A page that only quotes HTML in its sentences has no line that begins with it.
    known |= _KNOWN if _BEGINS_LINE.search(text) else _KNOWN_IN_LINES
    return _TAG.sub(lambda match: _tag(match, known, notes), text)


def _tag(match: re.Match[str], known: set[str], notes: Notes) -> str:
    closing, name, rest = match.groups()
    lower = name.lower()
    if lower in _INLINE:
        return f"<{closing}{lower}>" if rest else match[0]
    if name in known and name[0].isupper():
        return _component(match, notes)
    if lower not in known:
        return match[0]
    notes.see("HTML", match)
    if lower in _BREAKS:
        return _BREAKS[lower](match)
    if lower == "img":
        return notes.image(match, _attribute(rest, ("alt",)), _attribute(rest, ("src",)))
    if lower == "code":
        return "`"
    opening, ending = _AROUND.get(lower, ("", ""))
    return (ending if closing else opening) + "\n" * match[0].count("\n")


def _component(match: re.Match[str], notes: Notes) -> str:
    """A component of MDX: the words of its title, and what kind of box it is."""
    closing, _, rest = match.groups()
    if closing:
        notes.see("MDX", match)
        return "\n" * match[0].count("\n")
    title, kind = _attribute(rest, _TITLES), _attribute(rest, _KINDS)
    words = ": ".join(filter(None, (kind.capitalize(), title)))
    if rest.rstrip().endswith("/"):
        notes.keep("Component", match)
    else:
        notes.see("MDX", match)
    return (f"**{words}** " if words else "") + "\n" * match[0].count("\n")


def _break(match: re.Match[str]) -> str:
    """A line break, where the line is one that may be broken; elsewhere a semicolon keeps what it parts apart."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    end = match.string.find("\n", match.end())
    line = match.string[start : end if end >= 0 else None]
    if line.lstrip().startswith(("|", "#", "-", "*", "+")) or re.match(r"\s*\d+[.)]", line):
        before = match.string[start : match.start()].rstrip(" |*-+")
        after = match.string[match.end() : end if end >= 0 else None].strip(" |")
        return "; " if before and after and not before.endswith((".", ";", ":", ",")) else " "
    return "\\\n" if match.string[match.end() : match.end() + 1] not in ("\n", "") else ""


def _rule(match: re.Match[str]) -> str:
    return "\n---\n"


_BREAKS = {"br": _break, "hr": _rule, "wbr": lambda match: ""}
_AROUND = {
    "summary": ("**", "** "),
    "li": ("\n- ", ""),
    "p": ("", "\n"),
    "dt": ("\n- **", "**:"),
    "dd": (" ", ""),
    "mark": ("*", "*"),
    "q": ("“", "”"),
} | {f"h{level}": (f"{'#' * level} ", "\n") for level in range(1, 7)}


def _attribute(text: str, names: tuple[str, ...]) -> str:
    values = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(text)}
    return next((" ".join(unescape(values[name]).split()) for name in names if values.get(name)), "")


def _link(match: re.Match[str]) -> str:
    address = _attribute(match[1], ("href",))
    if not match[2].strip():
        return ""
    return f"[{match[2]}]({address})" if re.fullmatch(r"https?://[^\s()<>]+", address) else match[2]


def _table(match: re.Match[str], notes: Notes) -> str:
    """A table of Markdown; a cell that goes over several rows or columns stands in the first of them."""
    notes.see("HTML", match)
    rows = [[_cell(cell[1]) for cell in _CELL.finditer(row[1])] for row in _ROW.finditer(match[1])]
    rows = [row for row in rows if row]
    if not rows:
        return match[0]
    width = max(map(len, rows))
    caption = re.search(r"<caption\b[^<>]*>(.*?)</caption", match[1], re.I | re.S)
    lines = [f"**{_cell(caption[1])}**", ""] if caption else []
    for number, row in enumerate(rows):
        lines.append(f"| {' | '.join(row + [''] * (width - len(row)))} |")
        if not number:
            lines.append(f"|{' --- |' * width}")
    return "\n\n" + "\n".join(lines) + "\n\n"


def _cell(html: str) -> str:
    text = re.sub(r"<(?:br|/li|/p)\b[^<>]*>(?!\s*(?:<|\Z))", "; ", html)
    text = re.sub(r"</?(?!(?:sub|sup|em|i|b|strong)\b)[A-Za-z][^<>]*>", " ", text)
    text = re.sub(r"</?(strong|b)\b[^<>]*>", "**", text)
    return " ".join(text.replace("|", "\\|").split())
