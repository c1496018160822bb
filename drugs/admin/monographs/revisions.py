"""The earlier texts of a page: every save listed, compared with the desk, and put back there. Nothing is published."""

from typing import NamedTuple

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from drugs import desk, publishing
from drugs.admin.base import render_page, whole_number
from drugs.admin.monographs.lookup import AT_TOP, find_for_writer, to_top_of_screen
from drugs.admin.monographs.text_keys import TextKey
from drugs.admin.users import account_name, display_names
from drugs.content import DocumentError
from drugs.models import DeskRevision, Edition, Monograph


class Save(NamedTuple):
    """An earlier save of the desk, when that was and who did it, in words."""

    version: int
    when: str
    who: str


def revisions_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The list of what the desk said before; POST puts the text that `text` names back on the desk."""
    monograph = find_for_writer(request, monograph_id)
    if request.method == "POST":
        return _put_back(request, monograph, model_admin)
    publication = monograph.publication_or_none
    context = {
        "title": f"Earlier texts of {monograph}",
        "original": monograph,
        "publication": publication,
        "saves": earlier_saves(monograph),
        "may_discard": publication and publication.desk_version != monograph.version,
    }
    return render_page(request, model_admin, "admin/drugs/monograph/revisions.html", context)


def earlier_saves(monograph: Monograph) -> list[Save]:
    """The saves before the desk as it is now, the newest first: two queries."""
    earlier = DeskRevision.objects.filter(monograph=monograph, version__lt=monograph.version)
    rows = list(earlier.order_by("-version").values_list("version", "saved_at", "saved_by"))
    names = display_names(by for _, _, by in rows)
    return [
        Save(version, date_format(timezone.localtime(at), "j F Y, H:i"), names.get(by, by) or "nobody")
        for version, at, by in rows
    ]


def _put_back(request, monograph, model_admin):
    key = TextKey.parse(request.POST.get("text", ""))
    version = whole_number(request.POST.get("version", ""))
    if key is None or version is None:
        raise Http404
    try:
        what = _rewrite(monograph, key, by=account_name(request.user), version=version)
    except (desk.StaleDesk, DocumentError) as error:
        messages.error(request, f"Nothing was put back. {error}")
    else:
        model_admin.log_change(request, monograph, f"Put {what} back on the desk.")
        said = f"The desk says again what {what} said. Nothing changes for readers."
        messages.success(request, said, extra_tags=AT_TOP)
    return to_top_of_screen(monograph)


def _rewrite(monograph: Monograph, key: TextKey, by: str, version: int) -> str:
    """The desk made to say what `key` names: the words for that text."""
    if key.kind == "edition":
        edition = Edition.objects.filter(monograph=monograph, number=key.number).first()
        if edition is None:
            raise Http404
        publication = monograph.publication_or_none
        if publication and publication.edition_id == edition.pk:
            publishing.discard_changes(monograph, by=by, version=version)
        else:
            desk.put_edition_back(monograph, edition, by=by, version=version)
        return f"edition {key.number}"
    revision = DeskRevision.objects.filter(monograph=monograph, version=key.number).first()
    if revision is None:
        raise Http404
    desk.put_back(monograph, revision, by=by, version=version)
    return f"version {key.number}"
