"""Validation of a document's fields: limits, permitted characters, and the DocumentError that names the field.

Each `check…` raises DocumentError, with the field's name and what to do about it, and returns nothing.
"""

import re
from collections.abc import Iterator

# Limits. A file is counted in bytes, a text in characters.
FILE_BYTES = 200_000
BODY_CHARS = 50_000
LINE_CHARS = 2_000
TITLE_CHARS = 500
SLUG_CHARS = 255
ATC_CHARS, LANGUAGE_CHARS, LABEL_CHARS, YEARS = 10, 35, 300, (1800, 2200)
# Control characters, line separators but \n, direction overrides, and two that no XML may hold.
UNPRINTABLE_CHARS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff"
UNPRINTABLE = re.compile(rf"[{UNPRINTABLE_CHARS}\ud800-\udfff]")
SLUG = rf"[a-z0-9_-]{{1,{SLUG_CHARS}}}"
LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
URL = r"https?://[^\s<>\x22]+"
LANGUAGE_TAG = re.compile(LANGUAGE)
_FENCE = re.compile(r"(`{3,}+(?!.*`)|~{3,})")
HIGH_HEADING = re.compile(r"#{1,3}(?:[ \t]|$)")


class DocumentError(ValueError):
    """A text that the page format cannot carry. `field` names it, `message` says what to do about it."""

    def __init__(self, field: str, message: str):
        self.field = field[:TITLE_CHARS]
        self.message = message if len(message) <= TITLE_CHARS else f"{message[:TITLE_CHARS]} …"
        super().__init__(f"{self.field}: {self.message}")


def find_unprintable(text: str) -> int | None:
    """The position of the first character that no field accepts, or None."""
    if text.isprintable():  # a look at a table of Python's own: a fraction of the search
        return None
    match = UNPRINTABLE.search(text)
    return match.start() if match else None


def high_headings(text: str) -> Iterator[tuple[int, str]]:
    """Pairs (index, line) of the lines of `text` that are headings of level 1 to 3, code left out; at the end, for a
    code fence that never closes, the line that opens it.

    Headings and fences of the page format start in the first column.
    """
    if "#" not in text and "```" not in text and "~~~" not in text:
        return
    fence, opened = "", (0, "")
    for index, line in enumerate(text.split("\n")):
        if fence:
            closing = line.strip(" ")
            if closing.startswith(fence) and not closing.strip(fence[0]) and line.index(fence[0]) < 4:
                fence = ""
        elif match := _FENCE.match(line):
            fence, opened = match[1], (index, line)
        elif HIGH_HEADING.match(line):
            yield index, line
    if fence:
        yield opened


def find_high_heading(body: str) -> int | None:
    """The index of the first line of `body` that is a heading of level 1 to 3, or that opens a code fence
    which never closes; None if there is none. Such a line would end, or swallow, the section it stands in.
    """
    return next((index for index, _ in high_headings(body)), None)


def check(condition: object, field: str, message: str) -> None:
    if not condition:
        raise DocumentError(field, message)


def check_text(field: str, value: str, limit: int) -> None:
    if not isinstance(value, str):
        raise DocumentError(field, "must be text.")
    if len(value) > limit:
        raise DocumentError(field, f"is longer than {limit:,} characters.")
    at = find_unprintable(value)
    if at is not None:
        raise DocumentError(field, f"holds a character that cannot be printed (U+{ord(value[at]):04X}).")


def check_line(field: str, value: str, limit: int = LINE_CHARS, *, required: bool = False) -> None:
    if value == "" and not required:  # what most fields of most rows say
        return
    check_text(field, value, limit)
    check("\n" not in value and "\t" not in value, field, "must be one line without tabs.")
    check(value == value.strip(), field, "has spaces at its start or end.")
    check(value or not required, field, "is empty.")


def check_body(field: str, value: str) -> None:
    if value == "":
        return
    check_text(field, value, BODY_CHARS)
    check(
        value == value.strip("\n").rstrip() and value == clean_body(value),
        field,
        "has blank lines at its start or end.",
    )
    at = find_high_heading(value)
    if at is not None:
        message = f"line {at + 1}: headings inside a text start at ####, and a code fence must be closed."
        raise DocumentError(field, message)


def clean_body(text: str) -> str:
    """`text` without blank lines at its ends and spaces at its very end; the first line keeps its indent."""
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines)


def check_slug(slug: str) -> None:
    """A slug is an address: a-z, 0-9, _ and -, at most 255 of them."""
    check(
        isinstance(slug, str) and re.fullmatch(SLUG, slug),
        "slug",
        f"{str(slug)[:300]!r} may hold only a-z, 0-9, _ and -, at most {SLUG_CHARS} of them.",
    )
