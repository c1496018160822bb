"""QR codes as SVG path data, for pages that ask nobody else for a picture."""

import re
from typing import NamedTuple

from drugs.content.qr_masks import masked_rows

MARGIN = 4  # squares on each side (ISO/IEC 18004)
_RUN = re.compile("1+")
_BACK = [f"h{width}v1h-{width}z" for width in range(178)]  # around a run; no code is wider


class QRCode(NamedTuple):
    """A QR code as SVG: the path of its dark squares, and how many squares wide it is, margins included."""

    path: str
    width: int


def qr_code(text: str) -> QRCode:
    """The QR code of `text`: one run of dark squares after another, row by row."""
    rows = masked_rows(text)
    dark = [
        f"M{start + MARGIN} {y}{_BACK[end - start]}"
        for y, row in enumerate(rows, start=MARGIN)
        for start, end in map(re.Match.span, _RUN.finditer(row))
    ]
    return QRCode("".join(dark), len(rows) + 2 * MARGIN)
