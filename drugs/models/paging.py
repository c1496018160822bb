"""Keyset pagination: a page of rows with the last of them if more follow, and whole tables in batches."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def page_of(rows: QuerySet[Row], size: int) -> tuple[list[Row], Row | None]:
    """The first `size` of `rows`, and the last of these if more follow, which the next page goes on after."""
    page = list(rows[: size + 1])
    return page[:size], page[size - 1] if len(page) > size else None


def batches(rows: QuerySet[Row], size: int, key: str = "pk") -> Iterator[list[Row]]:
    """All `rows` as lists of at most `size`, in order of the unique column `key`.

    No statement stays open between two lists, so whoever walks through may write.
    """
    rows = rows.order_by(key)
    batch = list(rows[:size])
    while batch:
        yield batch
        batch = list(rows.filter(**{f"{key}__gt": getattr(batch[-1], key)})[:size])
