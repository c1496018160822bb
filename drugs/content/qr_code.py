"""QR codes as SVG path data, for pages that ask nobody else for a picture."""

from itertools import groupby
from typing import NamedTuple

import segno

MARGIN = 4  # squares on each side (ISO/IEC 18004)


class QRCode(NamedTuple):
    """A QR code as SVG: the path of its dark squares, and how many squares wide it is, margins included."""

    path: str
    width: int


def qr_code(text: str) -> QRCode:
    """The QR code of `text`: one run of dark squares after another, row by row."""
    rows = segno.make(text, micro=False, error="m").matrix
    dark = []
    for y, row in enumerate(rows, start=MARGIN):
        x = MARGIN
        for bit, run in groupby(row):
            width = len(list(run))
            if bit:
                dark.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return QRCode("".join(dark), len(rows) + 2 * MARGIN)
