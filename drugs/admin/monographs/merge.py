"""The merge of duplicates: search for the other page on the same medicine, comparison of both, and the merge."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from drugs import publishing
from drugs.admin.base import render_page, row_key
from drugs.admin.monographs.lookup import back_to_screen, find_for_reviewer
from drugs.admin.monographs.states import state
from drugs.admin.users import account_name
from drugs.content.normalisation import fold
from drugs.models import Monograph
from drugs.publishing import merging

FOUND = 20  # pages offered, at most


class FindForm(forms.Form):
    """The search for the other page; its fields come with GET."""

    q = forms.CharField(label="Title, address or any other name", max_length=300, required=False)


class SameForm(forms.Form):
    """The confirmation that a person has compared the two desks, with both versions as an optimistic lock."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    into_version = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(label="I have made sure that both pages are about the same medicine.")


def same_medicine_page(
    request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin
) -> HttpResponse:
    """The search for the other page; with `?with=<key>` the comparison of the two, which POST merges."""
    monograph = find_for_reviewer(request, monograph_id)
    if "with" not in request.GET:
        return _choose(request, monograph, model_admin)
    monographs = Monograph.objects.select_related("publication__edition")
    into = monographs.filter(pk=row_key(request.GET["with"])).first()
    if into is None:
        messages.error(request, "There is no such page any more. Choose another one.")
        return _choose(request, monograph, model_admin)
    return _compare(request, monograph, into, model_admin)


def _choose(request, monograph, model_admin):
    form = FindForm(request.GET)
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    others = Monograph.objects.select_related("publication").exclude(pk=monograph.pk)
    matches, _ = model_admin.get_search_results(request, others, query)
    likely = others.filter(sameness=monograph.sameness)
    context = {
        "title": f"{monograph} is the same medicine as …",
        "original": monograph,
        "form": form,
        "query": query,
        "found": _listed(matches) if query else [],
        "most": FOUND,
        "likely": _listed(likely),
    }
    return render_page(request, model_admin, "admin/drugs/monograph/same_medicine_choose.html", context)


def _listed(monographs):
    first = monographs.distinct().order_by("title", "slug")[:FOUND]
    return [(monograph, state(monograph).words) for monograph in first]


def _compare(request, monograph, into, model_admin):
    objection = merging.objection(monograph, into)
    initial = {"version": monograph.version, "into_version": into.version}
    form = SameForm(request.POST or None, initial=initial)
    if request.method == "POST" and not objection and form.is_valid():
        try:
            return _merge(request, monograph, into, form.cleaned_data, model_admin)
        except publishing.PublishingError as error:
            form.add_error(None, str(error))
    sides = [_side(monograph), _side(into)]
    context = {
        "title": f"{monograph} is the same medicine as {into}",
        "original": monograph,
        "form": form,
        "into": into,
        "sides": sides,
        "differ": all(side["folded"] for side in sides) and sides[0]["folded"] != sides[1]["folded"],
        "strangers": not sides[0]["known"] & sides[1]["known"],
        "objection": objection,
        "blocked": bool(objection),
        "names": [] if objection else merging.names_to_go(monograph, into),
    }
    return render_page(request, model_admin, "admin/drugs/monograph/same_medicine.html", context)


def _side(monograph):
    """What the comparison shows of one page."""
    ingredients = list(monograph.ingredients.values_list("text", flat=True))
    names = list(monograph.names.all())
    return {
        "page": monograph,
        "publication": monograph.publication_or_none,
        "state": state(monograph).words,
        "names": names,
        "classes": monograph.classes.all(),
        "ingredients": ingredients,
        "folded": {fold(text) for text in ingredients},
        "known": {fold(text) for text in (monograph.title, *ingredients, *(name.text for name in names))},
    }


def _merge(request, monograph, into, data, model_admin):
    data.pop("sure")
    names = merging.merge(monograph, into, by=account_name(request.user), **data)
    public = monograph.publication_or_none
    added = ", ".join(f"{name.text} ({name.kind})" for name in names) or "no name that was not there"
    act = "Withdrawn as" if public else "Marked as"
    model_admin.log_change(request, monograph, f"{act} the same medicine as {into}. It got: {added}.")
    model_admin.log_change(request, into, f"Takes the place of {monograph}. It got: {added}.")
    if public:
        messages.success(request, f"Readers of {monograph} are led to {into}.")
    else:
        messages.success(request, _left_behind(monograph, into))
    messages.info(request, _next_step(names, into))
    return back_to_screen(into)


def _left_behind(monograph, into):
    return format_html(
        "{} was never published. It stays on the desk with its text: take over what {} lacks, then "
        '<a href="{}">delete it</a>.',
        monograph,
        into,
        reverse("admin:drugs_monograph_delete", args=[monograph.pk]),
    )


def _next_step(names, into):
    if not names:
        return f"{into} had all the names already."
    return format_html(
        "{} of its names came to the desk of {}. Readers find it by them once they are published: "
        '<a href="{}">publish them …</a>',
        len(names),
        into,
        reverse("admin:drugs_monograph_publish", args=[into.pk]),
    )
