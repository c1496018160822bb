"""Generic names: what a `Generic Name` section calls the drug, remarks beside it, and the ingredients in a title."""

import re

from drugs.content import TITLE_CHARS
from drugs.content.names import is_sentence
from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.phrases import one_line, sentences

_REMARK = re.compile(
    r"\s*(?:\*{1,3}\s*)?\(\s*\*{0,3}\s*(?:please\s+)?note\b|\s*\*{1,3}(?:please\s+)?note\b", re.I
)
_NAME_CHARS = 250
_EMPHASIS = re.compile(r"(?<!\w)\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?!\w)")
_PLUS = re.compile(r"\s\+(?:\s+|$)")


def ingredients(title):
    """Ingredients of a combination `A + B`, none for any other title."""
    parts = [part.strip(" .+") or part for part in _PLUS.split(title)]
    parts = [part for part in (part.strip() for part in parts) if part]
    return tuple(parts) if len(parts) > 1 else ()


def split_name(text):
    """Name that `text` begins with and the remark behind it; the name is empty if there is none."""
    text = text.strip()
    first, _, below = text.partition("\n")
    match = _REMARK.search(first)
    name = first[: match.start()] if match else first
    remark = first[match.start() :] if match else ""
    if not is_name(name):
        return "", text
    return bare(name), f"{remark}\n{below}".strip()


def is_name(text):
    """True if `text` reads like a name and not like a sentence about names."""
    if not text.strip("*_ .-+") or len(text) > min(_NAME_CHARS * 2, TITLE_CHARS):
        return False
    return len(sentences(text)) == 1 and not is_sentence(text)


def bare(text):
    """Plain text of a name, without the asterisks of its markup."""
    return one_line(_EMPHASIS.sub("", text))


def read_names(blocks):
    """Pairs of name and line that the first block of a section gives, and the blocks left over."""
    blocks = list(blocks)
    if not blocks:
        return [], []
    first, *rest = blocks
    if first.kind == "paragraph":
        name, remark = split_name(first.text)
        if name:
            return [(name, first.line)], [paragraph(remark, first.line), *rest] if remark else rest
    if first.kind == "list" and all(_is_plain_item(child) for child in first.children):
        return [(bare(child.head), child.line) for child in first.children], rest
    return [], blocks


def _is_plain_item(block):
    text = block.head
    return (
        block.kind == "item"
        and not block.text
        and len(block.children) == 1
        and "\n" not in text
        and ":" not in text
        and is_name(text)
    )
