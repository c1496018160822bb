"""Comparison of any two texts of a page: editions, revisions of the desk, and the desk as it is."""

from typing import NamedTuple

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from drugs import desk
from drugs.admin.base import render_page
from drugs.admin.monographs.differences import differences
from drugs.admin.monographs.lookup import back_to_screen, find_for_writer, read_desk
from drugs.admin.monographs.revisions import earlier_saves
from drugs.admin.monographs.text_keys import TextKey
from drugs.content import Document, DocumentError
from drugs.models import Edition, Monograph

DESK = "desk"
MOST = 200  # of each sort are offered


class Text(NamedTuple):
    """A text that can be compared: how the address names it, and its name for people."""

    key: str
    name: str


def texts_of(monograph: Monograph) -> list[Text]:
    """What can be compared of a page, the newest first: the desk, its revisions, the editions."""
    editions = Edition.objects.filter(monograph=monograph).order_by("-number")
    return [
        Text(DESK, "the desk now"),
        *(
            Text(f"edition-{number}", f"edition {number}, {_day(at)}")
            for number, at in editions.values_list("number", "published_at")[:MOST]
        ),
        *(
            Text(f"version-{save.version}", f"desk of {save.when}, {save.who} (version {save.version})")
            for save in earlier_saves(monograph)[:MOST]
        ),
    ]


def read_text(request: HttpRequest, monograph: Monograph, key: str) -> Document | None:
    """The Document that `key` names, such as edition-3, version-12 or desk; None if it cannot be read."""
    if key == DESK:
        return read_desk(request, monograph)
    if not (named := TextKey.parse(key)):
        return None
    kind, number = named
    if kind == "version":
        return desk.revision(monograph, number) or (
            read_desk(request, monograph) if number == monograph.version else None
        )
    edition = Edition.objects.filter(monograph=monograph, number=number).first()
    try:
        return Document.from_json(edition.document) if edition else None
    except DocumentError:
        return None


def compare_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The comparison of the texts that `from` and `to` name; of the current edition and the desk if they name none."""
    monograph = find_for_writer(request, monograph_id)
    publication = monograph.publication_or_none
    texts = texts_of(monograph)
    current = f"edition-{publication.number}" if publication else texts[-1].key
    keys = request.GET.get("from") or current, request.GET.get("to") or DESK
    before, after = (read_text(request, monograph, key) for key in keys)
    if before is None or after is None:
        if DESK in keys:
            return back_to_screen(monograph)
        raise Http404
    context = {
        "title": f"Compare texts of {monograph}",
        "original": monograph,
        "texts": texts,
        "from": keys[0],
        "to": keys[1],
        "to_name": next((text.name for text in texts if text.key == keys[1]), keys[1]),
        "may_put_back": keys[1] != DESK and keys[1] != f"version-{monograph.version}",
        "shown": differences(before, after),
    }
    return render_page(request, model_admin, "admin/drugs/monograph/compare.html", context)


def _day(moment):
    return date_format(timezone.localtime(moment), "j F Y")
