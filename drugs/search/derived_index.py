"""Derived index: what each index that is written from editions can do.

Names, full text and facets are three of them. Each is a module with these five functions; their rows can be thrown
away and written anew from the editions at any time.
"""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from drugs.content import Document
from drugs.models import Publication

# A publication with what its current edition says, or None for one that readers may not see.
IndexedPage: TypeAlias = tuple[Publication, Document | None]


class DerivedIndex(Protocol):
    def write(self, pages: Sequence[IndexedPage]) -> bool:
        """The rows of these pages put right, in the publishing transaction. Returns whether any was different."""

    def rewrite(self, pages: Sequence[IndexedPage]) -> None:
        """The rows of many pages put right, in one transaction."""

    def differing(self, pages: Sequence[IndexedPage]) -> set[int]:
        """The keys of those of `pages` whose rows are not what their documents give."""

    def clear(self) -> None:
        """The rows of all pages taken away, in the transaction that takes the pages."""
