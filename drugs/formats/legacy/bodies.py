"""Bodies: pieces of a legacy page as texts that a document may hold."""

import re

from drugs.content import BODY_CHARS, HIGH_HEADING, LINE_CHARS, clean_body, high_headings

RULE = "---"
_FIRST_LEVEL = 4  # of headings inside a text
_FENCE_AT = re.compile(r"`{3,}|~{3,}")


def joined(blocks):
    """Markdown of `blocks`, headings among them pushed below the level of sections, each as far as the others."""
    levels = [block.level for block in blocks if block.kind == "heading"]
    down = _FIRST_LEVEL - min(levels) if levels else 0
    texts = [_pushed(block, down) if down > 0 else block.raw for block in blocks if block.raw.strip()]
    while texts and texts[-1] == RULE:
        texts.pop()
    return body("\n\n".join(texts))


def _pushed(block, down):
    if block.kind != "heading":
        return block.raw
    return f"{'#' * min(6, block.level + down)} {block.text}".rstrip()


def body(text):
    """`text` as a body: no blank ends, no heading that would end the section, no open code fence."""
    text = clean_body(text) if text[:1].isspace() or text[-1:].isspace() else text
    if "#" not in text and "```" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    for at, line in high_headings(text):
        if HIGH_HEADING.match(line):
            lines[at] = "####" + line.lstrip("#")
        else:
            lines.append(_FENCE_AT.match(line)[0])
    return clean_body("\n".join(lines))


def bodies(text):
    """`body(text)` in pieces that are each within the limit of a section, cut between words."""
    text = body(text)
    while len(text) > BODY_CHARS:
        cut = max(text.rfind(gap, BODY_CHARS // 2, BODY_CHARS - 100) for gap in ("\n\n", "\n", " "))
        cut = cut if cut > 0 else BODY_CHARS - 100
        yield body(text[:cut])
        text = body(text[cut:])
    yield text


def fits_line(text):
    """True if `text` may be a name, label, question or heading."""
    return len(text) <= LINE_CHARS
