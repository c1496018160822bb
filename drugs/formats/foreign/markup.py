"""Markup of other programs, as the marks that legacy pages have or as plain words; no reader meets it as it is."""

import functools
import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

from drugs.content import Finding
from drugs.formats.foreign.callouts import has_callouts, without_callouts
from drugs.formats.foreign.code import Segment, segments
from drugs.formats.foreign.elements import without_elements
from drugs.formats.foreign.formulas import without_formulas
from drugs.formats.foreign.notes import Kept, Notes
from drugs.formats.foreign.shortcodes import without_shortcodes


class Markup(NamedTuple):
    """A text in usual markup, what was kept apart, and what is said of both."""

    text: str
    kept: tuple[Kept, ...] = ()
    findings: tuple[Finding, ...] = ()


# Without any of these a page holds no mark that is not known already. Single signs cost next to nothing to look for;
# what is more common is looked for with the letters beside it.
_SIGNS = "[$~={`\\"
_ANY = (
    ("<", re.compile(r"<[A-Za-z/]")),
    ("&", re.compile(r"&#?\w{2,10};")),
    (" #", re.compile(r" \(?#[A-Za-z]")),
    (":", re.compile(r":(?:[a-z_]{1,30}:|:|(?:material|fontawesome|octicons|simple)-)")),
    ("^", re.compile(r"\^")),
    ("((", re.compile(r"\(\([0-9a-f]{8}-")),
    (
        "\n",
        re.compile(r"\n[ \t]*(?::|!!!|\?\?\?|#\+?[A-Za-z]|import |export |--8<--|(?:SCHEDULED|DEADLINE): )"),
    ),
)
_AT_START = re.compile(r"[ \t]*(?::|!!!|\?\?\?|#\+?[A-Za-z]|import |export )")
# Code that programs run where the page is shown.
_RUN = frozenset("dataview dataviewjs mermaid query tasks button tracker chart ad-note plantuml".split())
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif", ".tif", ".tiff", ".heic")
_EMOJI = {
    "pill": "💊", "warning": "⚠️", "x": "❌", "white_check_mark": "✅", "heavy_check_mark": "✔️", "exclamation": "❗",
    "bulb": "💡", "information_source": "ℹ️", "no_entry": "⛔", "no_entry_sign": "🚫", "rotating_light": "🚨",
    "syringe": "💉", "brain": "🧠", "heart": "❤️", "baby": "👶", "memo": "📝", "question": "❓", "stop_sign": "🛑",
    "point_right": "👉", "arrow_up": "⬆️", "arrow_down": "⬇️", "arrow_right": "➡️", "skull": "💀", "books": "📚",
    "clock": "🕐", "hospital": "🏥", "pregnant_woman": "🤰", "wine_glass": "🍷", "red_car": "🚗", "star": "⭐",
    "boom": "💥", "danger": "⚠️", "heavy_exclamation_mark": "❗", "bangbang": "‼️", "zap": "⚡", "microscope": "🔬",
}  # fmt: skip
_HIDDEN, _END = "\ue000", "\ue001"
_CODE = re.compile(f"{_HIDDEN}(\\d+){_END}")
_ADDRESS = r"(<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?"
_IMAGE = re.compile(
    r"!\[(?P<words>[^\[\]\n]*)\]\((?P<address>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)(?:\{[^{}\n]*\})?"
)
_EMBED = re.compile(r"!\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_WIKI = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]")
# Folders of a vault. `DVT / PE` and `trimethoprim/sulfamethoxazole` are the names of pages.
_FOLDERS = frozenset(
    "pharm pharmacology vault wiki content reference folder zettelkasten inbox archive medicine".split()
)
_COMPUTED_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n{]*\{[{%][^{}\n]*[}%]\}[^()\n]*\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]*(?:\[[^\[\]\n]*\][^\[\]\n]*)*)\]\(" + _ADDRESS + r"\)")
# Addresses of other notes with their spaces as they are.
_NOTE_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\((?!https?:)[^()\n]*\.(?:md|mdx|markdown)(?:#[^()\n]*)?\)")
_PUBLIC = re.compile(r"https?://|mailto:", re.I)
_IMAGE_BY_KEY = re.compile(r"!\[([^\[\]\n]*)\]\[([^\[\]\n]{0,200})\]")
_SPAN = re.compile(r"\[([^\[\]\n]*)\]\{[ \t]*[#.][^{}\n]*\}")  # of Pandoc
_CITATION = re.compile(r"[ \t]?\[[^\[\]\n@]{0,40}@[A-Za-z][\w:.#$%&+?<>~/-]*[^\[\]\n]{0,300}\]")
_FIELD_IN_LINE = re.compile(r"[\[(]([A-Za-z][\w -]{0,40})::[ \t]*([^\[\]()\n]*)[\])]")
_CARD = re.compile(r"^((?:[ \t]*[*+-][ \t]+)?[A-Za-z][\w ,'’-]{0,80}?\??):{2,3}(?=[^\s:])", re.M)
_MARKED = re.compile(
    r"(?<![\w:])::(?=[^\s:])([^:\n]+?)(?<=\S)::(?![\w:])|\^\^(?=\S)([^^\n]+?)(?<=\S)\^\^"
)  # Bear, Roam
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,10});")
_ESCAPED = re.compile(r"(?m:^(?P<start>[ \t]*\d{0,9}))?\\(?P<sign>[.!()&=+-])")
_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,60})\](?:(?<=^)|(?::(?=[ \t]))?)", re.M)
_INLINE_FOOTNOTE = re.compile(r"\^\[([^\[\]\n]+)\]")
_HIGHLIGHT = re.compile(r"(?<!=)==(?=[^\s=])([^=\n]+?)(?<=\S)==(?!=)")
_STRUCK = re.compile(r"(?<!~)~~(?=[^\s~])([^~\n]+?)(?<=\S)~~(?!~)[ \t]?")
_FIELD = re.compile(r"^((?:[ \t]*[*+-][ \t]+)?\**[A-Za-z][\w -]{0,40}\**)::[ \t]+", re.M)
_ICON = re.compile(r"[ \t]?:(?:material|fontawesome|octicons|simple)-[a-z0-9-]{1,60}:(?:\{[^{}\n]*\})?")
_RAISED = re.compile(r"(?<=[\w)])\^(\w{1,6}[+-]?|[+-])\^(?!\^)")
_LOWERED = re.compile(r"(?<=[A-Za-z)])~(\d{1,3}[+-]?)~(?!~)")
# Of MkDocs: the long form of what a page shortens, which is shown where a reader points at it.
_SHORTENED = re.compile(r"^\*\[([^\]\n]{1,60})\]:[ \t]+(?=\S)", re.M)
_EMOJI_NAME = re.compile(r"(?<![\w:]):([a-z_]{1,30}):(?![\w:])")
_BLOCK_NAME = re.compile(r"(?<=\S)[ \t]+\^[A-Za-z0-9-]{2,40}(?=[ \t]*$)", re.M)
_TASK = re.compile(r"^([ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]+)\[[ xX/-]\][ \t]+", re.M)
_CONTENTS = re.compile(
    r"^[ \t]*(?:\[toc\]|\[\[_?toc_?\]\]|\{:?\s*toc\s*\}|\[\[?_TOC_\]?\])[ \t]*$", re.M | re.I
)
_TAGS = re.compile(r"^[ \t]*#[A-Za-z][\w/-]*#?(?:[ \t]+#[A-Za-z][\w/-]*#?)+[ \t]*$", re.M)
# Of the author's work; any other tag in a line may be a word of its sentence, and loses its sign alone.
_WORK_TAG = re.compile(
    r"[ \t]#(?:todo|tbd|tbc|wip|flashcards?|cards?|anki|exam|review|revis(?:e|ion)|important|inbox|fleeting|evergreen"
    r"|seedling|done|pharm(?:acology)?|meds?|drugs?)(?:/[\w/-]*)?(?=[ \t]|$)",
    re.M | re.I,
)
_TAG_SIGN = re.compile(r"(?<=[ \t(])#(?=[A-Za-z][\w/-]*(?:[ \t.,;)]|$))", re.M)
_DEFINITIONS = re.compile(
    r"^(?P<term>[^\s>#*+|:`\[-][^\n]{0,200})\n(?P<gap>[ \t]*\n)?(?P<defined>(?::[ \t]+[^\n]+(?:\n|\Z))+)",
    re.M,
)
# Lines that only a program reads: a sign, what it is, and its shape.
_COMPUTED_LINES = (
    ("--8<--", "Part of another page", re.compile(r"^[ \t]*-{2,}8<-{2,}[^\n]*$", re.M)),
    (
        "\\",
        "Setting",
        re.compile(
            r"^[ \t]*\\(?:newpage|pagebreak|clearpage|noindent|tableofcontents|vspace\{[^{}\n]*\})[ \t]*$",
            re.M,
        ),
    ),
    ("#+", "Setting", re.compile(r"^#\+[A-Za-z_]+:?[^\n]*$", re.M)),
    (
        ": <",
        "Date of a task",
        re.compile(r"^[ \t]*(?:SCHEDULED|DEADLINE|CLOSED): [<\[][^\n<>]*[>\]][ \t]*$", re.M),
    ),
    (
        ":END:",
        "Log",
        re.compile(r"^[ \t]*:(?:LOGBOOK|PROPERTIES):[ \t]*\n(?:[^\n]*\n){0,200}?[ \t]*:END:[ \t]*$", re.M),
    ),
)
_REFERENCE = re.compile(
    r"^ {0,3}\[([^\]\[^\n][^\]\[\n]{0,200})\]:[ \t]*<?([^\s<>]+)>?(?:[ \t]+[\"'(][^\n]*)?[ \t]*$", re.M
)
_USED = re.compile(r"(?<![!\]])\[([^\[\]\n]{1,300})\](?:\[([^\[\]\n]{0,200})\])?(?![(\[:])")


def usual_markup(text: str) -> Markup:
    """`text` in the marks of legacy pages. Its code stays as it is, but for what another program would run."""
    if not _has_marks(text):
        return Markup(text)
    notes = Notes()
    if has_callouts(text):
        text, boxes = without_callouts(text)
        for box, _ in boxes:
            notes.see("Box", box)
    code: list[str] = []
    text = _without_code(text, code, notes) if _HIDDEN not in text else text
    for change in _CHANGES:
        text = change(text, notes)
    text = _CODE.sub(lambda match: code[int(match[1])], text) if code else text
    return Markup(text, tuple(notes.kept), notes.findings())


def _has_marks(text: str) -> bool:
    if any(map(text.__contains__, _SIGNS)) or _AT_START.match(text):
        return True
    return any(sign in text and expression.search(text) for sign, expression in _ANY)


def _without_code(text: str, code: list[str], notes: Notes) -> str:
    """`text` with a sign for each piece of `code`, which it fills; what another program would run is kept apart."""
    if "`" not in text and "~~~" not in text:
        return text
    pieces = []
    for segment in segments(text):
        if not segment.is_code:
            pieces.append(segment.text)
        elif _is_run(segment):
            pieces.append(notes.keep("Code to run", segment.text))
        else:
            pieces.append(f"{_HIDDEN}{len(code)}{_END}")
            code.append(segment.text)
    return "".join(pieces)


def _is_run(segment: Segment) -> bool:
    """Whether a piece of code is a query, a drawing or the like, in a block or in a line."""
    kind = segment.info.strip("{}").split(" ")[0].lower()
    return kind in _RUN or segment.text.startswith(("`= ", "`$= "))


def _formulas(text: str, notes: Notes) -> str:
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return text
    plain, count = without_formulas(text)
    for _ in range(count):
        notes.see("Formula", "$ … $")
    return plain


def _images(text: str, notes: Notes) -> str:
    if "![" not in text:
        return text
    text = _IMAGE_BY_KEY.sub(lambda match: notes.image(match, match[1].strip(), match[2] or match[1]), text)
    text = _EMBED.sub(lambda match: _embed(match, notes), text)
    return _IMAGE.sub(lambda match: notes.image(match, match["words"].strip(), match["address"]), text)


def _embed(match: re.Match[str], notes: Notes) -> str:
    """A picture, or another page that would be shown here, of which only the name is."""
    target, words = match[1].strip(), (match[2] or "").strip()
    if target.lower().endswith(_PICTURES):
        return notes.image(match, "" if re.fullmatch(r"[\dx]*", words) else words, target)
    notes.keep("Part of another page", match)
    return words or _shown_target(target)


def _links(text: str, notes: Notes) -> str:
    if "[[" in text:
        text = _WIKI.sub(lambda match: _seen("Wiki link", match, _wiki_words(match), notes), text)
    if "](" in text:
        text = _COMPUTED_LINK.sub(lambda match: _seen("Link", match, match[1], notes), text)
        text = _NOTE_LINK.sub(lambda match: _seen("Link", match, match[1], notes), text)
        text = _LINK.sub(lambda match: _link(match, notes), text)
    if "]{" in text:
        text = _SPAN.sub(r"\1", text)
    if "@" in text:
        text = _CITATION.sub(lambda match: notes.keep("Citation", match), text)
    if "]:" in text:
        text = _reference_links(text, notes)
    return text


def _wiki_words(match: re.Match[str]) -> str:
    words = (match[2] or "").strip()
    return words or _shown_target(match[1])


def _shown_target(target: str) -> str:
    """What is shown of the name of a page in the author's folder: its last part, and the heading in it."""
    page, _, heading = target.strip().removesuffix("\\").partition("#")
    folders, _, name = page.rpartition("/")
    is_path = folders and name.strip() == name and all(map(_is_folder, folders.split("/")))
    page = (name if is_path else page).removesuffix(".md").strip()
    heading = heading.lstrip("#^").strip() if not heading.startswith("^") else ""
    return f"{page} ({heading})" if page and heading else page or heading


def _is_folder(name: str) -> bool:
    """Whether a name before a slash is a folder's: of many things, with a number or a sign, or one of the usual."""
    plain = name.strip(" ").casefold()
    if name.endswith(" "):
        return False
    return plain in _FOLDERS or plain.endswith("s") or not plain[:1].isalpha() or any(map(str.isdigit, plain))


def _link(match: re.Match[str], notes: Notes) -> str:
    if _PUBLIC.match(match[2].strip("<>")):
        return match[0]
    return _seen("Link", match, match[1], notes)


def _reference_links(text: str, notes: Notes) -> str:
    """`[words][key]` with the address that a line `[key]: address` gives it."""
    addresses = {
        match[1].strip().casefold(): match[2] for match in _REFERENCE.finditer(text) if match[1][0] != "^"
    }
    if not addresses:
        return text

    def used(match: re.Match[str]) -> str:
        address = addresses.get((match[2] or match[1]).strip().casefold())
        if address is None:
            return match[0]
        return f"[{match[1]}]({address})" if _PUBLIC.match(address) else match[1]

    text = _REFERENCE.sub(lambda match: match[0] if match[1][0] == "^" else notes.keep("Link", match), text)
    return _USED.sub(used, text)


def _footnotes(text: str, notes: Notes) -> str:
    """Footnotes get their numbers in brackets: a raised one behind a dose would be read as part of it."""
    if "[^" not in text and "^[" not in text:
        return text
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        notes.see("Footnote", match)
        at = numbers.setdefault(match[1], len(numbers) + 1)
        return f"[{at}]"

    text = _FOOTNOTE.sub(number, text)
    return _INLINE_FOOTNOTE.sub(lambda match: _seen("Footnote", match, f" ({match[1]})", notes), text)


def _inline(text: str, notes: Notes) -> str:
    if "==" in text:
        text = _HIGHLIGHT.sub(lambda match: _seen("Highlight", match, f"*{match[1]}*", notes), text)
    if "~~" in text:
        text = _STRUCK.sub(lambda match: notes.keep("Words struck out", match), text)
    if "^^" in text or "::" in text:
        text = _MARKED.sub(lambda match: _seen("Highlight", match, f"*{match[1] or match[2]}*", notes), text)
    if "::" in text:
        text = _FIELD_IN_LINE.sub(
            lambda match: _seen("Field", match, f"({match[1]}: {match[2]})", notes), text
        )
        text = _CARD.sub(lambda match: _seen("Field", match, f"{match[1]}: ", notes), text)
        text = _FIELD.sub(lambda match: _seen("Field", match, f"{match[1]}: ", notes), text)
    if ":" in text:
        text = _ICON.sub("", text)
        text = _EMOJI_NAME.sub(lambda match: _EMOJI.get(match[1], match[0]), text)
    if "^" in text:
        text = _RAISED.sub(r"<sup>\1</sup>", _BLOCK_NAME.sub("", text))
    if "~" in text:
        text = _LOWERED.sub(r"<sub>\1</sub>", text)
    return text


def _lines(text: str, notes: Notes) -> str:
    for sign, kind, mark in _COMPUTED_LINES:
        if sign in text:
            text = mark.sub(functools.partial(notes.keep, kind), text)
    if "*[" in text:
        text = _SHORTENED.sub(lambda match: _seen("List of definitions", match, f"{match[1]}: ", notes), text)
    text = _TASK.sub(lambda match: _seen("Task", match, match[1], notes), text)
    text = _CONTENTS.sub("", text)
    if "\\" in text:
        text = _ESCAPED.sub(lambda match: match[0] if match["start"] is not None else match["sign"], text)
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if "#" in text:
        text = _TAGS.sub(lambda match: notes.keep("Tags", match), text)
        text = _TAG_SIGN.sub("", _WORK_TAG.sub(lambda match: notes.keep("Tags", match), text))
    if "\n:" in text:
        text = _DEFINITIONS.sub(lambda match: _definition(match, notes), text)
    return text


def _character(match: re.Match[str]) -> str:
    """The character that an entity names, unless it would begin another mark."""
    character = unescape(match[0])
    if character.isspace():
        return " "
    return match[0] if character in "<&*_`[]" or not character.isprintable() else character


def _definition(match: re.Match[str], notes: Notes) -> str:
    """A term and what it means, as a bullet."""
    notes.see("List of definitions", match["term"])
    defined = [line.lstrip(": \t") for line in match["defined"].rstrip("\n").split("\n")]
    ending = "\n" * (len(match["defined"]) - len(match["defined"].rstrip("\n")))
    term = match["term"].replace("**", "").rstrip(": ")
    return f"- **{term}**:\n{match['gap'] or ''}  " + "\n  ".join(defined) + ending


def _seen(kind: str, match: re.Match[str], words: str, notes: Notes) -> str:
    notes.see(kind, match)
    return words


# In this order: what holds other marks comes before them.
_CHANGES: tuple[Callable[[str, Notes], str], ...] = (
    without_elements,
    _images,
    _links,
    without_shortcodes,
    _formulas,
    _footnotes,
    _inline,
    _lines,
)
