"""Text keys: how addresses and forms name a text of a page, such as edition-3 or version-12."""

import re
from typing import NamedTuple

_KEY = re.compile(r"(edition|version)-(\d{1,9})", re.ASCII)


class TextKey(NamedTuple):
    """An edition or a version of the desk, by number."""

    kind: str
    number: int

    @classmethod
    def parse(cls, text: str) -> "TextKey | None":
        """The key that `text` is; None if it is none."""
        match = _KEY.fullmatch(text)
        return cls(match[1], int(match[2])) if match else None
