"""Preview card of a page: the picture that other sites and chats show beside a link to it, with its name and status."""

import io
import unicodedata
from functools import cache
from typing import Any, NamedTuple

WIDTH, HEIGHT = 1200, 630  # the size that the Open Graph protocol's readers ask for
MARGIN = 80
TITLE_SIZES = (92, 76, 60, 48)  # the largest in which the title fits
TITLE_LINES = 3
INK, PAPER, BAND = "#1b2a2b", "#ffffff", "#0b5d63"
LINE = 1.25  # of the size of the letters
# Signs that the font lacks, and what says the same.
SAME = {**dict.fromkeys("‐‑‒–—", "-"), **dict.fromkeys("“”„«»", '"'), "‘": "’"}


class Tone(NamedTuple):
    """Colours of a status: of its ground and of its letters."""

    ground: str
    letters: str


TONES = {
    "reviewed": Tone("#dff1e6", "#0d4a27"),
    "not_reviewed": Tone("#fdecc8", "#5a3a00"),
    "overdue": Tone("#fdecc8", "#5a3a00"),
}


def draw(title: str, status: str, sentence: str, site: str, footnote: str) -> bytes:
    """PNG of a card: `site`, the `title` of the page, the `sentence` on its `status`, and a `footnote`.

    Every text has to be one that the font `can_draw`.
    """
    from PIL import Image, ImageDraw  # when a card is made, and not with every process

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, 110), fill=BAND)
    canvas.text((MARGIN, 55), _drawable(site), PAPER, _font(44), anchor="lm")
    size, lines = _fitted(_drawable(title))
    for place, line in enumerate(lines):
        canvas.text((MARGIN, 160 + place * size * LINE), line, INK, _font(size))
    tone = TONES[status]
    said = _wrapped(_drawable(sentence), 38, 2)
    canvas.rectangle((0, 440, WIDTH, 550), fill=tone.ground)
    for place, line in enumerate(said):
        canvas.text(
            (MARGIN, 495 + (place - (len(said) - 1) / 2) * 46), line, tone.letters, _font(38), anchor="lm"
        )
    for line in _wrapped(_drawable(footnote), 28, 1):
        canvas.text((MARGIN, 590), line, INK, _font(28), anchor="lm")
    file = io.BytesIO()
    image.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size in which the title takes TITLE_LINES lines at most, and these lines."""
    for size in TITLE_SIZES:
        lines = _wrapped(title, size, TITLE_LINES + 1)
        if len(lines) * size * LINE <= 270 and len(lines) <= TITLE_LINES:
            break
    return size, _wrapped(title, size, TITLE_LINES)


def _wrapped(text: str, size: int, most: int) -> list[str]:
    """`text` in lines that fit, at most so many; the last one ends in an ellipsis if there would be more."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and not _fits(longer, size):
            lines.append(line)
            longer = word
        line = longer
    lines = [*lines, line]
    if len(lines) > most or not all(_fits(line, size) for line in lines[:most]):
        goes_on = len(lines) > most
        lines = lines[:most]
        return [_clipped(line, size, goes_on and line is lines[-1]) for line in lines]
    return lines


def _clipped(line: str, size: int, goes_on: bool) -> str:
    if _fits(line, size) and not goes_on:
        return line
    while line and not _fits(line + "…", size):
        line = line[:-1]
    return line.rstrip() + "…"


def _fits(text: str, size: int) -> bool:
    return _font(size).getlength(text) <= WIDTH - 2 * MARGIN


@cache
def _font(size: int) -> Any:
    """Pillow's own font, so that none has to be installed."""
    from PIL import ImageFont

    return ImageFont.load_default(size)


def can_draw(text: str) -> bool:
    """Whether the font has all letters of `text`, if need be without their accents."""
    return all(map(_glyph, unicodedata.normalize("NFC", text)))


def _drawable(text: str) -> str:
    """`text`, which `can_draw`, in letters that the font has."""
    return "".join(map(_glyph, unicodedata.normalize("NFC", text)))


@cache
def _glyph(letter: str) -> str:
    """`letter`, or what is left of it without accents, or "" if the font has neither."""
    if letter.isspace():
        return " "
    letter = SAME.get(letter, letter)
    base = unicodedata.normalize("NFKD", letter)
    return next((form for form in (letter, base, base[:1]) if all(map(_is_known, form))), "")


def _is_known(letter: str) -> bool:
    """Whether the font draws something else for `letter` than for what no font has."""
    font = _font(40)
    return bytes(font.getmask(letter)) not in (bytes(font.getmask("\uffff")), b"")
