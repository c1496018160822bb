"""Filters and orders of the list of pages for programs: each order read along an index, from a cursor on.

A request costs the same however many pages there are. Filters that the index of the order knows cost nothing; others
are tried on the next few rows (WINDOWS), so an answer may hold fewer pages than it could, or none, and still lead on.
"""

import base64
import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from drugs.models import Publication, PublishedClass, PublishedIngredient
from drugs.search import ingredient_links
from drugs.web.parameters import read_value

PAGE = 100  # rows
# Rows that are looked at first, and at most, if too few of the first fit. Of a class or an ingredient no more than the
# first number: they are named to the database one by one.
WINDOWS = (250, 1000)
Rows = QuerySet[Any]


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def _key(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError(value)
    return value


def _day(value: Any) -> datetime.date:
    return datetime.date.fromisoformat(_text(value))


def _moment(value: Any) -> datetime.datetime:
    return datetime.datetime.fromisoformat(_text(value)).astimezone(datetime.UTC)


def _row(*values: Any) -> Func:
    """Several columns or values as one: `(a, b) > (1, 2)` is read along the index of a and b, a chain of AND and OR
    is not.
    """
    return Func(*values, template="(%(expressions)s)", output_field=BooleanField())


@dataclass(frozen=True)
class Order:
    """An order of pages: the columns of its index with readers of a cursor's values, and the filters that it knows."""

    columns: Mapping[str, Callable[[Any], Any]]
    knows: tuple[str, ...] = ()
    descending: bool = False

    def sorted(self, rows: Rows) -> Rows:
        sign = "-" if self.descending else ""
        return rows.order_by(*(sign + column for column in self.columns))

    def behind(self, rows: Rows, values: list[Any]) -> Rows:
        """`rows` that come after the one with these values in the columns of this order."""
        return self._beside(rows, values, "<" if self.descending else ">")

    def up_to(self, rows: Rows, values: list[Any]) -> Rows:
        """`rows` up to the one with these values, which is the last."""
        return self._beside(rows, values, ">=" if self.descending else "<=")

    def _beside(self, rows: Rows, values: list[Any], sign: str) -> Rows:
        names = ("id" if column == "pk" else column for column in self.columns)
        fields: list[Any] = [Publication._meta.get_field(name) for name in names]
        columns = _row(*(F(field.name) for field in fields))
        place = _row(*(Value(value, output_field=field) for value, field in zip(values, fields, strict=True)))
        template = {"template": "%(expressions)s", "arg_joiner": f" {sign} "}
        return rows.filter(Func(columns, place, **template, output_field=BooleanField()))


_BY_FACET = {"sort_key": _text, "pk": _key}
ORDERS: dict[str, Order] = {
    "slug": Order({"slug": _text}, ("origin", "not_reviewed", "withdrawn")),
    "title": Order({"letter": _text, "sort_key": _text, "slug": _text}, ("letter",)),
    "changed": Order({"published_at": _moment, "slug": _text}, ("changed_since",)),
    "-changed": Order({"published_at": _moment, "slug": _text}, ("changed_since",), descending=True),
    "review_due": Order({"review_due": _day, "slug": _text}, ("review_due_before", "reviewed", "overdue")),
    # Not to be asked for by name: by the title, among the pages of one class or ingredient.
    "class": Order(_BY_FACET, ("class",)),
    "ingredient": Order(_BY_FACET, ("ingredient",)),
}
# Which filter brings which order where none is asked for: the first that is there.
_SUITS = (
    ("class", "class"),
    ("ingredient", "ingredient"),
    ("review_due_before", "review_due"),
    ("reviewed", "review_due"),
    ("overdue", "review_due"),
    ("changed_since", "changed"),
    ("letter", "title"),
)


def pages(filters: Mapping[str, Any]) -> tuple[list[Publication], str | None]:
    """The publications that fit `filters`, values of PARAMETERS by name, and the cursor of those that follow.

    Raises Refused for a cursor of another list.
    """
    wanted = {name: value for name, value in filters.items() if name not in ("order", "cursor", "status")}
    if status := filters.get("status"):
        wanted[status] = True
    name = filters.get("order") or next((order for key, order in _SUITS if key in wanted), "slug")
    order = ORDERS[name]
    after = _read_cursor(filters["cursor"], name) if "cursor" in filters else None
    public = "withdrawn" not in wanted
    rows: Rows = Publication.objects.filter(withdrawn_at__isnull=public)
    if name == "review_due":
        rows = rows.filter(review_due__isnull=False)
    known = {key: wanted[key] for key in order.knows if key in wanted}
    rest = {key: value for key, value in wanted.items() if key not in known}
    for size in (WINDOWS[:1] if name in _FACETS else WINDOWS) if rest else (None,):
        window, edge = _window(rows, name, order, known, after, size)
        page = list(order.sorted(_filtered(window, rest))[: PAGE + 1])
        if len(page) > PAGE:
            return page[:PAGE], _cursor(name, order, page[PAGE - 1])
        if edge is None:
            break
    return page, edge and _cursor(name, order, edge)


def _window(
    rows: Rows, name: str, order: Order, known: Mapping[str, Any], after: list[Any] | None, size: int | None
) -> tuple[Rows, Any]:
    """The rows behind `after` that may be looked at, `size` of them or all, and the last of them if there are more."""
    if name in _FACETS:
        return _window_of_facet(rows, name, order, known[name], after, size or PAGE + 1)
    rows = _filtered(rows, known)
    if after:
        rows = order.behind(rows, after)
    if size is None:
        return rows, None
    edge = order.sorted(rows).only(*order.columns)[size - 1 : size].first()
    return (
        (order.up_to(rows, [getattr(edge, column) for column in order.columns]), edge)
        if edge
        else (rows, None)
    )


def _window_of_facet(
    rows: Rows, name: str, order: Order, value: str, after: list[Any] | None, size: int
) -> tuple[Rows, Any]:
    """The same for the pages of a class or of an ingredient, `size` of them, read along the index of its table."""
    table, column = _FACETS[name]
    found = table.objects.filter(**{column: value}).order_by("sort_key", "publication_id")
    if after:
        same = Q(sort_key=after[0], publication_id__gt=after[1])
        found = found.filter(Q(sort_key__gt=after[0]) | same, sort_key__gte=after[0])
    keys = list(found.values_list("publication_id", flat=True)[:size])
    own = ingredient_links.pages_called(value) if name == "ingredient" else []
    rows = rows.filter(pk__in=[*keys, *own])
    if after:
        rows = order.behind(rows, after)
    if len(keys) < size:
        return rows, None
    edge = Publication.objects.only("pk", "sort_key").get(pk=keys[-1])
    return order.up_to(rows, [edge.sort_key, edge.pk]), edge


_FACETS: dict[str, tuple[Any, str]] = {
    "class": (PublishedClass, "slug"),
    "ingredient": (PublishedIngredient, "folded"),
}


def _filtered(rows: Rows, filters: Mapping[str, Any]) -> Rows:
    for name, value in filters.items():
        rows = rows.filter(_CONDITIONS[name](value))
    return rows


def _in_facet(name: str, value: str) -> Exists:
    table, column = _FACETS[name]
    return Exists(table.objects.filter(publication=OuterRef("pk"), **{column: value}))


_CONDITIONS: dict[str, Callable[[Any], Any]] = {
    "origin": lambda value: Q(origin=value),
    "language": lambda value: Q(language=value),
    "letter": lambda value: Q(letter=value),
    "class": lambda value: _in_facet("class", value),
    "ingredient": lambda value: (
        Q(pk__in=ingredient_links.pages_called(value)) | Q(_in_facet("ingredient", value))
    ),
    "changed_since": lambda value: Q(published_at__gte=value),
    "review_due_before": lambda value: Q(review_due__lt=value),
    "not_reviewed": lambda _: Q(review_due=None),
    "reviewed": lambda _: Q(review_due__gt=timezone.localdate()),
    "overdue": lambda _: Q(review_due__lte=timezone.localdate()),
    "withdrawn": lambda _: Q(withdrawn_at__isnull=False),
}


def _cursor(name: str, order: Order, row: Any) -> str:
    """The place of `row` in the order `name`, as text that no address has to escape."""
    values = [getattr(row, column) for column in order.columns]
    said = [value.isoformat() if hasattr(value, "isoformat") else value for value in values]
    text = json.dumps([name, *said], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(cursor: str, name: str) -> list[Any]:
    try:
        given, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        readers = ORDERS[name].columns.values()
        if given != name:
            raise ValueError(given)
        return [read(value) for read, value in zip(readers, values, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return read_value("cursor", "\0")  # refused in the words of the parameter
