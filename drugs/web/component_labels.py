"""Labels inside a text of a whole page that say which of its drugs the lines below them are about."""

import re
from collections.abc import Iterator, Sequence

from drugs.content.components import same_component

# A heading, or a bold label at the start of a line: `#### Aol`, `**Aol:** text`.
_LABEL = re.compile(r"(?:(#{1,6})[ \t]+|\*\*)([^*\n]{1,200})")
_EVERY = re.compile(r"(?:all|both|each|every|combin)", re.IGNORECASE)
_LOWEST = 7  # level of a bold label: below all headings
_ITEM = re.compile(r"[ \t]|[-+*][ \t]|\d{1,3}[.)][ \t]")
# The mark of an item of a list, and the label behind it: `* **Aol:** text`, `1. Aol: text`.
_MARK = re.compile(r"([ \t]*)(?:[-+*]|\d{1,3}[.)])[ \t]+")
_OF_ITEM = re.compile(r"(?:\*\*)?([^*:\n]{1,200})(?::|\*\*)")


def lines_with_components(body: str, component: str, drugs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each line of the Markdown `body`, a text about `component`, with the drug that it is about.

    In a text of the whole page ("") a label names one of `drugs` for what follows: up to the next label that is not
    below it, or to the first paragraph behind a list, which may be about them all. The label of an item speaks for
    that item and what stands inside it.
    """
    drug, listed = component, False
    of_item, indent = "", 0  # the drug of the item around a line, and how far in that item stands
    headings: dict[int, str] = {}  # the drugs of the headings around a line, by level
    for line in body.splitlines():
        if not component and line.strip():
            if label := _LABEL.match(line):
                level, drug = len(label[1] or "#" * _LOWEST), _named(label[2], drugs)
                headings = {above: of for above, of in headings.items() if above < level}
                if not drug and not _EVERY.match(label[2]):
                    drug = headings[max(headings)] if headings else ""
                if level < _LOWEST:
                    headings[level] = drug
                listed, of_item = False, ""
            elif _ITEM.match(line):
                listed = True
                if (item := _MARK.match(line)) and (not of_item or len(item[1]) <= indent):
                    label = _OF_ITEM.match(line, item.end())
                    of_item, indent = _named(label[1], drugs) if label else "", len(item[1])
            elif listed:
                drug = of_item = ""
        yield of_item or drug, line


def _named(label: str, drugs: Sequence[str]) -> str:
    said = label.strip().rstrip(":").strip()
    return next((drug for drug in drugs if same_component(drug, said)), "")
