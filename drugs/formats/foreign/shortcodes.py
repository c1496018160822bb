"""Shortcodes of Hugo, tags of Liquid (Jekyll, GitBook), attributes of kramdown: their words stay, the rest is kept."""

import re

from drugs.formats.foreign.notes import Notes

_SHORTCODE = re.compile(
    r"\{\{[<%]\s*(?P<closing>/?)\s*(?P<name>[\w./-]+)(?P<rest>[^{}]{0,1000}?)/?\s*[>%]\}\}"
)
_LIQUID = re.compile(r"\{%-?\s*(?P<name>[\w./-]+)(?P<rest>[^{}%]{0,1000})-?%\}")
_ARGUMENT = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"([^\"]*)\"|`([^`]*)`|'([^']*)')|([\w-]+)")
# Of Logseq: blocks of other pages, queries, what its plugins draw.
_COMPUTED = re.compile(
    r"\{\{\s*(?:embed|query|renderer|video|youtube|tweet|function|namespace|pdf|table)\b[^{}]{0,1000}\}\}"
    r"|\(\((?:[0-9a-f]{8}-[0-9a-f-]{20,40}|[\w-]{9})\)\)",
)
_ROAM_TASK = re.compile(r"\{\{(?:\[\[)?(?:TODO|DONE)(?:\]\])?\}\}[ \t]*")
_CLOZE = re.compile(r"\{\{\s*cloze\s+([^{}\n]{1,1000})\}\}")
# Of CriticMarkup: words put in, taken out and replaced.
_CRITIC = re.compile(
    r"\{(?:\+\+(?P<added>[^{}]*)\+\+|--(?P<gone>[^{}]*)--|~~(?P<old>[^{}]*?)~>(?P<new>[^{}]*)~~"
    r"|==(?P<marked>[^{}]*)==)\}"
)
_ATTRIBUTES = re.compile(
    r"(?<![ \t])[ \t]*\{:[^{}\n]*\}|(?<=[\w:)\]*\"”])[ \t]*\{[ \t]+[#.][A-Za-z][\w-]*[^{}\n]*\}"
    r"|(?<![ \t])[ \t]*\{[#.][\w.:-]+(?:[ \t]+[^{}\n]*)?\}(?=[ \t]*$)",
    re.M,
)
_SPOKEN = frozenset("title summary label heading caption text content message alt description".split())
_KIND_KEYS = frozenset("type style kind level class color".split())
_KINDS = frozenset(
    "danger warning caution alert important attention error note info information tip hint success notice todo"
    " example".split()
)
# What runs round words of the page, and says nothing itself.
_SILENT = frozenset(
    "raw endraw highlight endhighlight rawhtml tabs tab endtabs endtab columns column row div".split()
)
_TITLED = frozenset("tab expand details accordion collapse panel step".split())  # whose one word is a heading
_PICTURES = frozenset("figure image img picture gallery".split())


def without_shortcodes(text: str, notes: Notes) -> str:
    """`text` with the words of its shortcodes; what these would put into the page is named in `notes`."""
    if "{{<" in text or "{{%" in text:
        text = _SHORTCODE.sub(lambda match: _spoken(match, notes), text)
    if "{{" in text or "((" in text:
        text = _COMPUTED.sub(lambda match: notes.keep("Part of another page", match), text)
        text = _ROAM_TASK.sub("", _CLOZE.sub(r"\1", text))
    if "{" in text:
        text = _CRITIC.sub(lambda match: _decided(match, notes), text)
    if "{%" in text:
        text = _LIQUID.sub(lambda match: _spoken(match, notes), text)
    if "{:" in text or "{#" in text or "{." in text or "{ " in text:
        text = _ATTRIBUTES.sub("", text)
    return text


def _decided(match: re.Match[str], notes: Notes) -> str:
    """The text as an editor of it proposed it; what would go is kept."""
    notes.keep(
        "Words struck out" if match["added"] is None and match["marked"] is None else "Highlight", match
    )
    return next((match[name] for name in ("added", "new", "marked") if match[name] is not None), "")


def _spoken(match: re.Match[str], notes: Notes) -> str:
    name = match["name"].lower().rpartition("/")[2].removesuffix(".html")
    if (
        match.groupdict().get("closing")
        or name.startswith("end")
        or name in _SILENT
        and not match["rest"].strip()
    ):
        notes.see("HTML", match)
        return "\n" * match[0].count("\n")
    words, kind, address = _arguments(match["rest"], is_titled=name in _TITLED)
    kind = kind or (name if name in _KINDS else "")
    if name in _PICTURES:
        return notes.image(match, ": ".join(dict.fromkeys(words)), address)
    notes.keep("Shortcode", match)
    heading = ": ".join(filter(None, (kind.capitalize(), " ".join(dict.fromkeys(words)))))
    return (f"**{heading}** " if heading else "") + "\n" * match[0].count("\n")


def _arguments(rest: str, *, is_titled: bool) -> tuple[list[str], str, str]:
    """The words among the arguments of a shortcode, the kind of box they name, and an address."""
    words, kind, address = [], "", ""
    for argument in _ARGUMENT.finditer(rest):
        key = (argument[1] or "").lower()
        value = next((group for group in argument.groups()[1:] if group is not None), "").strip()
        if value.lower() in _KINDS and (not key or key in _KIND_KEYS):
            kind = value.lower()
        elif key in ("src", "href", "link"):
            address = value
        elif key in _SPOKEN or (not key and argument[5] is None and (is_titled or " " in value)):
            words.append(" ".join(value.split()))
    return words, kind, address
