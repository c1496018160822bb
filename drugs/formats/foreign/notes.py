"""Notes on the marks of a page: what was kept for editors, and what is said of it in findings."""

import re
from typing import NamedTuple

from drugs.content import Finding
from drugs.content.whitespace import shortened

QUOTED = 60  # characters of the author's words in a finding
IMAGES = 50  # findings about single images


class Kept(NamedTuple):
    """Something that readers do not see: what it is, and its text."""

    what: str
    text: str


class Notes:
    """Collector: of marks that were seen, each kind with its first example, of images, and of texts that are kept."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []
        self._seen: dict[str, list[str]] = {}
        self._images: list[str] = []

    def see(self, kind: str, match: re.Match[str] | str) -> None:
        """One mark of a kind that became its words, or another mark."""
        self._seen.setdefault(kind, []).append(match if isinstance(match, str) else match[0])

    def keep(self, kind: str, match: re.Match[str] | str) -> str:
        """A mark that no reader sees; what stands in its place is its line ends."""
        text = match if isinstance(match, str) else match[0]
        self.see(kind, text)
        self.kept.append(Kept(kind, text.strip()))
        return "\n" * text.count("\n")

    def image(self, match: re.Match[str] | str, words: str, address: str) -> str:
        """An image; what stands in its place are the words that describe it."""
        text = match if isinstance(match, str) else match[0]
        self.kept.append(Kept("Image", text.strip()))
        described = f", described as “{shortened(words, QUOTED)}”" if words else ", without a description"
        self._images.append(f"An image is left out: {address[:100] or '?'}{described}.")
        return words

    def findings(self) -> tuple[Finding, ...]:
        """A finding for each image, and for each kind of mark."""
        found = [Finding("look", "image", message) for message in self._images[:IMAGES]]
        for kind, texts in self._seen.items():
            more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
            message = f"{kind} of another program: “{shortened(texts[0], QUOTED)}”{more}."
            found.append(Finding("look", "foreign_mark", f"{message} {_MEANS.get(kind, _KEPT)}", "sections"))
        return tuple(found)


_WORDS = "Its words are shown."
_KEPT = "It is kept for editors, and no reader sees it. Does the page say all without it?"
_MEANS = dict.fromkeys(
    (
        "Wiki link",
        "Link",
        "Highlight",
        "Footnote",
        "HTML",
        "MDX",
        "Box",
        "Task",
        "List of definitions",
        "Emoji",
        "Field",
        "Property",
    ),
    _WORDS,
) | {"Formula": "It is shown in plain characters. Is it still right?"}
