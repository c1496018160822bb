"""Strips of squares above a list of side effects: one a frequency band, each square one of 100 people.

One strip a band, not one an effect, and none for what is rarer than a square can show (Zikmund-Fisher 2014; Galesic
2009). The words beside a strip say all that it shows.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from drugs import content

STEP = 10  # units of the drawing from one square to the next

# At least so many of 100 people, and perhaps so many: the first has no upper end and is drawn to twice its lower one.
SQUARES = {"very_common": (10, 20), "common": (1, 10), "uncommon": (0, 1)}


class Strip(NamedTuple):
    """A band in words, how many side effects are in it, and the lines of its squares (SVG path data)."""

    often: str
    effects: int
    dark: str
    light: str


def strips(effects: Iterable[content.SideEffect]) -> tuple[Strip, ...]:
    """The strips of the bands that `effects` are in, the most frequent first."""
    counts = Counter(effect.frequency for effect in effects)
    return tuple(
        Strip(_(content.FREQUENCIES[band]), counts[band], _line(0, least), _line(least, most))
        for band, (least, most) in SQUARES.items()
        if counts[band]
    )


def _line(start: int, end: int) -> str:
    """The path of the squares from number `start` up to `end`, which all stand in one row."""
    width = (end - start) * STEP
    return f"M{start * STEP} {STEP // 2}h{width}" if width else ""
