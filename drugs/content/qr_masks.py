"""Data masks of QR codes: which of the eight leaves the fewest shapes that confuse a camera (ISO/IEC 18004, 7.8.3).

All squares of a code are the bits of one number, row after row, so that a step of the rules is one operation on all of
them: `segno` looks at each square of eight codes in turn, which takes four fifths of its time.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

import segno
from segno import consts

from drugs.content import qr_codewords

_NOTHING = "0"  # behind the message: what stands in squares that none of it is put into
GAP = 4  # light squares behind each row, as far as the third rule looks
# Which squares each mask turns over, by row and column (table 10).
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
# `segno` calls the square beside the format one of it, too; where the format is, `_is_format` says.
_DATA = {
    *(consts.TYPE_DATA_DARK, consts.TYPE_DATA_LIGHT),
    *(consts.TYPE_FORMAT_DARK, consts.TYPE_FORMAT_LIGHT),
}
_NAMES = {level: name for name, level in consts.ERROR_MAPPING.items() if name}
_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_VERSION = {consts.TYPE_VERSION_DARK, consts.TYPE_VERSION_LIGHT}


class Squares(NamedTuple):
    """Squares of a code as the bits of a number, by rows, and by columns."""

    rows: int
    columns: int

    def __xor__(self, other: "Squares") -> "Squares":
        return Squares(self.rows ^ other.rows, self.columns ^ other.columns)

    def __and__(self, other: "Squares") -> "Squares":
        return Squares(self.rows & other.rows, self.columns & other.columns)

    def without(self, other: "Squares") -> "Squares":
        """Those that are not in `other`."""
        return Squares(self.rows & ~other.rows, self.columns & ~other.columns)


class Layout(NamedTuple):
    """What is where in the codes of one version. Format and version are light while the mask is chosen.

    `order` has for each bit of the number of rows, and of columns, the place in the message of what is put there.
    """

    everything: Squares
    fixed: Squares
    version: Squares
    format: Squares
    masks: tuple[Squares, ...]
    order: tuple[Callable[[str], tuple[str, ...]], Callable[[str], tuple[str, ...]]]


def masked_rows(text: str) -> list[str]:
    """The rows of the QR code of `text`, dark squares as "1" and light ones as "0". At most 15 in 100 may be lost."""
    data = text.encode()
    version, level = qr_codewords.version_and_level(len(data))
    layout, width = _layout(version), 4 * version + 17
    message = qr_codewords.message_bits(data, version, level) + _NOTHING
    bare = Squares(*(int("".join(order(message)), 2) for order in layout.order)) ^ layout.fixed
    mask = min(
        range(len(_MASKS)), key=lambda mask: penalty(bare ^ layout.masks[mask], layout.everything, width)
    )
    rows = (bare ^ layout.masks[mask] ^ layout.version).rows | _format_bits(version, level, mask)
    bits = f"{rows:0{width * (width + GAP)}b}"[::-1]
    return [bits[at : at + width] for at in range(0, len(bits), width + GAP)]


def penalty(dark: Squares, everything: Squares, width: int) -> int:
    """The penalty points of a code `width` squares wide in which these are dark (table 11)."""
    points = 0
    for is_dark, inside in zip(dark, everything, strict=True):
        for same in (is_dark, inside & ~is_dark):
            five = same & same >> 1 & same >> 2 & same >> 3 & same >> 4
            points += five.bit_count() + 2 * (five & ~(five << 1)).bit_count()
        points += 40 * _finder_like(is_dark, inside & ~is_dark)
    for same in (dark.rows, everything.rows & ~dark.rows):
        pairs = same & same >> 1
        points += 3 * (pairs & pairs >> (width + GAP)).bit_count()
    share = 100 * dark.rows.bit_count() / width**2
    return points + 10 * int(abs(share - 50) / 5)


def _finder_like(dark: int, light: int) -> int:
    """How many runs look like the pattern in the corners: 1 dark, 1 light, 3, 1, 1, with four light ones at a side."""
    shape = dark & light >> 1 & dark >> 2 & dark >> 3 & dark >> 4 & light >> 5 & dark >> 6
    before = dark << 1 | dark << 2 | dark << 3 | dark << 4
    after = dark >> 7 | dark >> 8 | dark >> 9 | dark >> 10
    found, count = shape & ~(before & after), 0
    while found:  # one that begins inside another is part of it
        at = (found & -found).bit_length()
        found = found >> at + 6 << at + 6
        count += 1
    return count


@lru_cache(maxsize=40)  # there are as many versions
def _layout(version: int) -> Layout:
    code = segno.make("0", version=version, micro=False, mask=0)
    kinds = [list(row) for row in code.matrix_iter(border=0, verbose=True)]
    width = len(kinds)

    def squares(is_one: Callable[[int, int, int], bool]) -> Squares:
        return _squares([[is_one(kind, y, x) for x, kind in enumerate(row)] for y, row in enumerate(kinds)])

    def is_data(y: int, x: int) -> bool:
        return kinds[y][x] in _DATA and not _is_format(y, x, width)

    dark = _squares(code.matrix)
    formats = squares(lambda kind, y, x: _is_format(y, x, width))
    versions = squares(lambda kind, y, x: kind in _VERSION)
    data = squares(lambda kind, y, x: is_data(y, x))
    places = list(qr_codewords.places(width, is_data))
    return Layout(
        everything=squares(lambda kind, y, x: True),
        fixed=dark.without(formats).without(versions).without(data),
        version=dark & versions,
        format=formats,
        masks=tuple(data & squares(partial(_turns_over, mask)) for mask in _MASKS),
        order=(_order(places, width), _order([(x, y) for y, x in places], width)),
    )


def _order(places: Sequence[tuple[int, int]], width: int) -> Callable[[str], tuple[str, ...]]:
    """Gives the bits of a message, behind which stands _NOTHING, as the digits of a number of squares."""
    at = [-1] * (width * (width + GAP))
    for number, (y, x) in enumerate(places[: len(places) // 8 * 8]):  # what is left over is light
        at[y * (width + GAP) + x] = number
    return itemgetter(*reversed(at))


def _turns_over(mask: Callable[[int, int], bool], kind: int, y: int, x: int) -> bool:
    return mask(y, x)


def _is_format(y: int, x: int, width: int) -> bool:
    """Whether the square belongs to the information on the format, or is the dark one beside it (7.9)."""
    if 8 not in (y, x):
        return False
    along = x if y == 8 else y
    return along != 6 and (along < 9 or along >= width - 8)


@lru_cache(maxsize=200)
def _format_bits(version: int, level: int, mask: int) -> int:
    """The squares that say how a code was made: the same in all codes that were made so."""
    error = _NAMES[level]
    code = segno.make("0", version=version, error=error, mask=mask, micro=False, boost_error=False)
    return _squares(code.matrix).rows & _layout(version).format.rows


def _squares(matrix: Sequence[Iterable[int]]) -> Squares:
    return Squares(_number(matrix), _number(zip(*matrix, strict=True)))


def _number(rows: Iterable[Iterable[int]]) -> int:
    """The rows as one number whose lowest bit is the first square of the first row."""
    one_after_another = bytes(GAP).join(map(bytes, rows))
    return int(one_after_another[::-1].translate(_DIGITS), 2)
