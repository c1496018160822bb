"""Faults: what a proof of the database finds, with what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

# What an operator can do about a text that is not the one that was published.
FROM_BACKUP = "Keep a copy of this database for whoever looks into it; then restore the newest sound backup."


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written. `message` says what, `remedy` what to do about it.

    A `warning` is as it was written, and says more than it should.
    """

    message: str
    remedy: str = FROM_BACKUP
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


# Told of every few rows that were read: a progress bar.
Progress: TypeAlias = Callable[[int], object]
Proof: TypeAlias = Callable[[Progress], Iterator[Fault]]
