"""Callouts: boxes of several programs, as quotations under a bold line that says what kind of box it is.

`> [!danger] Stop` of Obsidian and GitHub, `!!! danger "Stop"` of MkDocs, `:::danger Stop` of Docusaurus and Pandoc.
"""

import re

_QUOTED = re.compile(r"^([ \t]*(?:>[ \t]*)+)\[!([\w-]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*(.*)$")
_INDENTED = re.compile(
    r"^([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+([\w-]+(?:[ \t]+[\w-]+)*)(?:[ \t]+[\"“](.*)[\"”])?[ \t]*$"
)
# Tabs of MkDocs: all are shown, one below the other.
_TAB = re.compile(r"^([ \t]*)===[+!]{0,2}[ \t]+[\"“](.*)[\"”][ \t]*$")
_FENCED = re.compile(r"^([ \t]*)(:{3,})[ \t]*(?:\{([^{}\n]*)\}|([A-Za-z][\w-]*))[ \t]*(.*)$")
_CLOSED = re.compile(r"^[ \t]*(:{3,})[ \t]*$")
_DEEPEST = 4
_TITLE = re.compile(r"(?:title|label)=[\"“]([^\"”]*)[\"”]")
_MARK = re.compile(r"^[ \t>]*(?:\[!|!!!|\?\?\?|:::|===[+!]{0,2}[ \t]+[\"“])", re.M)


def has_callouts(text: str) -> bool:
    """True if a line of `text` begins like a callout."""
    return bool(_MARK.search(text))


def without_callouts(text: str) -> tuple[str, list[tuple[str, int]]]:
    """`text` with its callouts as quotations, line by line, and each first line with its number from 0."""
    lines = text.split("\n")
    found: list[tuple[str, int]] = []
    open_fences: list[str] = []
    at = 0
    fence = ""
    while at < len(lines):
        line = lines[at]
        stripped = line.lstrip("> \t")
        if fence or stripped.startswith(("```", "~~~")):
            fence = _code_fence(stripped, fence)
            lines[at] = _quoted(line, len(open_fences))
        elif match := _QUOTED.match(line):
            found.append((line.strip(), at))
            lines[at] = match[1] + _heading(match[2], match[3])
        elif match := _INDENTED.match(line):
            found.append((line.strip(), at))
            heading = _heading(match[2].split()[0], match[3] or "")
            at = _take_indented(lines, at, match[1], f"> {heading}", "> ")
        elif match := _TAB.match(line):
            found.append((line.strip(), at))
            at = _take_indented(lines, at, match[1], f"**{match[2].strip()}**", "")
        elif len(open_fences) < _DEEPEST and (match := _FENCED.match(line)) and (match[4] or match[3]):
            found.append((line.strip(), at))
            open_fences.append(match[2])
            lines[at] = _quoted(_fenced_heading(match), len(open_fences))
        elif open_fences and (match := _CLOSED.match(line)):
            lines[at] = ""
            open_fences.pop()
        elif open_fences:
            lines[at] = _quoted(line, len(open_fences))
        at += 1
    return "\n".join(lines), found


def _code_fence(line: str, fence: str) -> str:
    """The fence that is open behind this line of code."""
    if not fence:
        return line[: len(line) - len(line.lstrip(line[0]))]
    return "" if line.startswith(fence) and not line.strip(fence[0] + " \t") else fence


def _quoted(line: str, depth: int) -> str:
    return f"{'> ' * depth}{line}".rstrip() if depth else line


def _take_indented(lines: list[str], at: int, before: str, head: str, sign: str) -> int:
    """Writes `head`, and `sign` before each of the lines that are indented below it; the index of the last of them."""
    indent = len(before.expandtabs(4)) + 4
    lines[at] = f"{before}{head}"
    last = at
    for below in range(at + 1, len(lines)):
        text = lines[below].expandtabs(4) if lines[below][:1] in (" ", "\t") else lines[below]
        if text.strip() and not text.startswith(" " * indent):
            break
        if text.strip():
            for blank in range(last + 1, below):
                lines[blank] = f"{before}{sign}".rstrip()
            lines[below] = f"{before}{sign}{text[indent:]}"
            last = below
    return last


def _fenced_heading(match: re.Match[str]) -> str:
    attributes, kind, rest = match[3] or "", match[4] or "", match[5].strip()
    if attributes:
        classes = re.findall(r"\.([\w-]+)", attributes)
        kind = classes[0] if classes else attributes.split()[0]
    titled = _TITLE.search(attributes + rest)
    title = titled[1] if titled else re.sub(r"^\[(.*)\]$|^\{.*\}$", r"\1", rest)
    return _heading(kind.removeprefix("callout-"), title)


def _heading(kind: str, title: str) -> str:
    kind = kind.replace("-", " ").replace("_", " ").strip().lower().capitalize()
    title = title.strip().replace("**", "")
    if not title or title.casefold() == kind.casefold():
        return f"**{kind}**"
    return f"**{title}**" if title.casefold().startswith(kind.casefold()) else f"**{kind}: {title}**"
