"""Labels beside a text: the sections of one kind in the regulators' labels of a medicine, to read, quote and cite."""

import re
from dataclasses import replace
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from drugs import desk, labels
from drugs.admin.base import render_page, whole_number
from drugs.admin.monographs.lookup import back_to_screen, find_for_writer, read_desk
from drugs.admin.users import account_name
from drugs.content import SECTION_HEADINGS, Document, DocumentError, markdown
from drugs.content.countries import country_name
from drugs.models import Label, Monograph

MOST_LABELS = 5  # that are shown of a medicine which has hundreds
SHOWN_CHARS = 20_000  # of a section: what is longer is read at its source
# Kinds of which no label has a section.
NO_LABEL = frozenset(("other", "notice", "faqs"))
KINDS = {kind: heading for kind, heading in SECTION_HEADINGS.items() if kind not in NO_LABEL}
CHOICES = {"pin": labels.PINNED, "put_away": labels.PUT_AWAY, "leave": ""}
_KEY = re.compile(r"([0-9]{1,18})-([0-9]{1,5})(?:-([0-9]{1,5}))?")


class ShownSection(NamedTuple):
    """A section of a label on the screen; `key` names it in what is sent, `cited` is the number it is cited by."""

    key: str
    title: str
    html: str
    is_cut: bool
    quotation: str
    effects: list[labels.LabelEffect]
    cited: int | None


class ShownLabel(NamedTuple):
    """A label on the screen: what it is and where it holds, why it stands there, and its sections of the kind."""

    row: Label
    match: labels.Match
    title: str
    country: str
    is_foreign: bool
    sections: list[ShownSection]


@never_cache
def labels_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The labels' sections of the kind that is asked for; POST cites one, or pins or puts away a label.

    With `part` in its address the page is the part that the change form unfolds.
    """
    monograph = find_for_writer(request, monograph_id)
    document = read_desk(request, monograph)
    if document is None:
        return back_to_screen(monograph)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else "uses"
    if request.method == "POST":
        _act(request, monograph, model_admin)
        if "from_form" in request.POST:
            return back_to_screen(monograph)
        return HttpResponseRedirect(f"{labels_address(monograph)}?{urlencode({'kind': kind})}")
    matches = labels.match_monograph(monograph, put_away=True, most=2 * MOST_LABELS)
    context = {
        "title": f"Labels beside {monograph}: {KINDS[kind]}",
        "original": monograph,
        "kind": kind,
        "kinds": KINDS,
        "labels": shown_labels(matches, document, kind),
        "classes": labels.established_classes(monograph, matches),
        "most": MOST_LABELS,
        "site_country": country_name(settings.COUNTRY) if settings.COUNTRY != "intl" else "",
    }
    if "part" in request.GET:
        return render(request, "admin/drugs/monograph/_labels.html", context)
    return render_page(request, model_admin, "admin/drugs/monograph/labels.html", context)


def labels_address(monograph: Monograph) -> str:
    """The address of the page of labels beside `monograph`."""
    return reverse("admin:drugs_monograph_labels", args=[monograph.pk])


def shown_labels(matches: list[labels.Match], document: Document, kind: str) -> list[ShownLabel]:
    """The best of the labels of the medicine with their sections of `kind`; those without one come last."""
    matches = matches[: 2 * MOST_LABELS]
    keys = {(match.label.source, match.label.set_id) for match in matches}
    rows = Label.objects.current().filter(set_id__in={set_id for _, set_id in keys}).defer("content")
    row_of = {(row.source, row.set_id): row for row in rows}
    shown = [
        _shown(row_of[key], match, document, kind)
        for match in matches
        if (key := (match.label.source, match.label.set_id)) in row_of
    ][:MOST_LABELS]
    return sorted(shown, key=lambda label: not label.sections)


def _shown(row, match, document, kind):
    label = match.label
    sections = [
        _shown_section(f"{row.pk}-{index}", label, section, document)
        for index, section in enumerate(label.sections)
        if section.kind == kind
    ]
    home = label.country.lower() == settings.COUNTRY
    name = country_name(label.country)
    return ShownLabel(row, match, labels.label_title(label), name, not home, sections)


def _shown_section(key, label, section, document):
    body = section.body
    if is_cut := len(body) > SHOWN_CHARS:
        body = body[: body.rfind("\n", 0, SHOWN_CHARS)]
    effects = labels.label_effects(section) if section.kind == "side_effects" else []
    cited = desk.citation_number(document, labels.citation(label, section))
    title, html = labels.section_title(section), markdown.render(body)
    return ShownSection(key, title, html, is_cut, labels.quotation(label, section), effects, cited)


def _act(request, monograph, model_admin):
    """What a button of the page does: the name of the button says which, its value the label and section."""
    for name, choice in CHOICES.items():
        if name in request.POST:
            _choose(request, monograph, request.POST[name], choice)
            return
    key = _KEY.fullmatch(request.POST.get("cite", ""))
    row = Label.objects.filter(pk=key[1]).first() if key else None
    label = labels.read_label(row) if row else None
    if not (key and label and int(key[2]) < len(label.sections)):
        messages.error(request, "There is no such section. Open the labels again.")
        return
    section = label.sections[int(key[2])]
    effects = _ticked(request, key[0], section)
    reference = replace(labels.citation(label, section), accessed_on=timezone.localdate())
    _cite(request, monograph, reference, effects, model_admin)


def _ticked(request, key, section):
    """The rows of the side effects of `section` that were ticked."""
    listed = labels.label_effects(section)
    ticks = [_KEY.fullmatch(value) for value in request.POST.getlist("effect")[: len(listed) + 1000]]
    numbers = {int(tick[3]) for tick in ticks if tick and tick[3] and f"{tick[1]}-{tick[2]}" == key}
    return [labels.as_row(listed[number]) for number in sorted(numbers) if number < len(listed)]


def _cite(request, monograph, reference, effects, model_admin):
    version = whole_number(request.POST.get("version", ""))
    try:
        number = desk.cite(
            monograph.pk,
            reference,
            effects,
            by=account_name(request.user),
            version=-1 if version is None else version,
        )
    except desk.StaleDesk:
        messages.error(
            request,
            "Nothing was cited: somebody saved this page after you opened it. Read it as it stands now and cite again.",
        )
        return
    except DocumentError as error:
        messages.error(request, f"Nothing was cited: {error}")
        return
    said = f"{reference.title}, {reference.country}, version {reference.version or 'unknown'}, {reference.locator}"
    with_rows = f" with {len(effects)} side effect{'s' * (len(effects) != 1)}" if effects else ""
    model_admin.log_change(request, monograph, f"Cited {said}{with_rows}.")
    messages.success(request, f"Cited as reference {number}{with_rows}: {said}.")


def _choose(request, monograph, value, choice):
    row = Label.objects.filter(pk=int(value)).first() if re.fullmatch("[0-9]{1,18}", value) else None
    if row is None:
        messages.error(request, "There is no such label. Open the labels again.")
        return
    key = labels.SetKey(row.source, row.set_id)
    labels.choose_label(monograph, key, choice, by=account_name(request.user))
    done = {labels.PINNED: "comes first now", labels.PUT_AWAY: "is put away"}.get(
        choice, "has its own place again"
    )
    messages.success(request, f"{labels.label_title(labels.read_label(row))} {done} beside this page.")
