"""The board of side effects: rows by urgency, light enough for hundreds, and how readers will see them."""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from drugs.admin.markdown_preview import editors_only
from drugs.admin.monographs.row_forms import RowForm, RowFormSet
from drugs.content import DocumentError, SideEffect
from drugs.content.vocabulary import FREQUENCY_LABELS, GROUP_LABELS, URGENCIES_BY_GRAVITY, URGENCY_LABELS
from drugs.web.effect_cards import cards

# Short enough for a row; the page says them in full.
FREQUENCIES = [(frequency, labels.short) for frequency, labels in FREQUENCY_LABELS.items()]
URGENCIES = [(urgency, URGENCY_LABELS[urgency].short) for urgency in URGENCIES_BY_GRAVITY]
MAX_BYTES, MAX_ROWS = 1_000_000, 1000
_LAST = 1_000_000  # place of a row without a number


class Row(NamedTuple):
    """A row as its template shows it: `prefix` begins the names of its fields, `values` are theirs."""

    prefix: str
    values: Mapping[str, str]
    errors: Mapping[str, Any]
    is_saved: bool

    @property
    def often(self) -> str:
        return dict(FREQUENCIES).get(self.values["frequency"], "")


class Urgency(NamedTuple):
    """One list of the board."""

    key: str
    words: str
    rows: list[Row]


class SideEffectFormSet(RowFormSet):
    """The formset of side effects. Its fields are written by the template itself: Django's widgets take a hundred times
    as long, and a medicine may have hundreds of rows.
    """

    frequencies = FREQUENCIES
    urgencies = URGENCIES
    groups = [(group, labels.phrase) for group, labels in GROUP_LABELS.items()]

    @cached_property
    def board(self) -> list[Urgency]:
        """The rows by urgency, the gravest first, and by their place within each."""
        rows: dict[str, list[Row]] = {urgency: [] for urgency, _ in URGENCIES}
        for row in sorted(map(_row, self.row_forms), key=_place):
            rows.get(row.values["urgency"], rows["unsorted"]).append(row)
        return [Urgency(urgency, capfirst(words), rows[urgency]) for urgency, words in URGENCIES]

    @property
    def sorting(self) -> list[Urgency]:
        """The same lists in the order of the buttons that sort: what takes a row out of all others comes last."""
        return sorted(self.board, key=lambda urgency: urgency.key == "unsorted")

    @property
    def blank_row(self) -> Row:
        """The row that new ones are copies of."""
        return _row(cast(RowForm, self.empty_form))

    def help_texts(self) -> Iterator[tuple[str, str, str]]:
        """Name, label and help of each field that has one."""
        for name, field in self.empty_form.fields.items():
            if field.help_text:
                yield name, str(field.label), str(field.help_text)


def _row(form: RowForm) -> Row:
    values = {name: "" if (value := form[name].value()) is None else str(value) for name in form.fields}
    return Row(str(form.prefix), values, form.errors, bool(form.instance.pk))


def _place(row):
    place = row.values["position"]
    return int(place) if place.isdecimal() and place.isascii() else _LAST


@require_POST
@never_cache
@editors_only
def effects_preview(request: HttpRequest) -> HttpResponse:
    """The side effects in the JSON that was sent (`effects`: objects with the fields of a row) as readers see them.

    Rows that no page can hold are counted; 400 for what is no such list.
    """
    if len(request.body) > MAX_BYTES:
        return HttpResponse("<p>No preview: these are too many words.</p>", status=400)
    try:
        sent = json.loads(request.body)["effects"][:MAX_ROWS]
        fields: list[dict[str, Any]] = [{name: str(row.get(name) or "") for name in _SHOWN} for row in sent]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return HttpResponse("<p>No preview: this is no list of side effects.</p>", status=400)
    effects, unread = [], 0
    for row in fields:
        try:
            effects.append(SideEffect(**row))
        except DocumentError:
            unread += 1
    context = {"cards": list(cards(effects)), "unread": unread}
    return render(request, "admin/drugs/monograph/_effects_preview.html", context)


_SHOWN = ("name", "description", "group", "label", "frequency", "urgency", "component")
