"""The page of a text's links for comment: make one for people without an account, look at them, revoke them."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from drugs import desk
from drugs.admin.base import render_page, row_key
from drugs.admin.monographs.lookup import find_for_writer
from drugs.admin.users import account_name, display_names
from drugs.content import DocumentError
from drugs.desk import share_links
from drugs.models import Monograph, ShareLink

SHOWN = 30  # links of a page, the newest


class ShareForm(forms.Form):
    """For how many days the text of `version` is shown to whoever holds the link."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    days = forms.TypedChoiceField(
        label="The link is open for",
        coerce=int,
        choices=[(days, f"{days} day{'s' * (days > 1)}") for days in share_links.DAYS],
    )


def share_page(request: HttpRequest, monograph_id: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The links of a page; POST makes one, or revokes the one that `revoke` names."""
    monograph = find_for_writer(request, monograph_id)
    initial = {"version": monograph.version, "days": share_links.USUAL_DAYS}
    form = ShareForm(request.POST if "_share" in request.POST else None, initial=initial)
    if request.method == "POST" and "revoke" in request.POST:
        _revoke(request, monograph, model_admin)
        return HttpResponseRedirect(request.path)
    if request.method == "POST" and form.is_valid():
        try:
            link = share_links.share(monograph, by=account_name(request.user), **form.cleaned_data)
        except (desk.StaleDesk, DocumentError, share_links.LinkRefused) as error:
            form.add_error(None, f"No link was made. {error}")
        else:
            model_admin.log_change(request, monograph, f"Made link {link.pk} for comment.")
            messages.success(request, "The link is made. Copy it below, and send it to whom you ask.")
            return HttpResponseRedirect(f"{request.path}#link-{link.pk}")
    context = {
        "title": f"Share {monograph} for comment",
        "original": monograph,
        "form": form,
        "links": _links(monograph),
        "most_comments": share_links.MOST_COMMENTS,
    }
    return render_page(request, model_admin, "admin/drugs/monograph/share.html", context)


def _revoke(request: HttpRequest, monograph: Monograph, model_admin: admin.ModelAdmin) -> None:
    link = get_object_or_404(ShareLink, pk=row_key(request.POST["revoke"]), monograph=monograph)
    share_links.revoke(link, by=account_name(request.user))
    model_admin.log_change(request, monograph, f"Revoked link {link.pk} for comment.")
    messages.success(request, "The link leads nowhere any more. Comments that came by it stay.")


def _links(monograph):
    """The newest links, with the addresses of the open ones: three queries, and one for each maker of an open one."""
    links = list(monograph.share_links.annotate(number=Count("comments"))[:SHOWN])
    names = display_names(name for link in links for name in (link.made_by, link.revoked_by))
    may_share = {
        maker: share_links.may_share(maker) for maker in {link.made_by for link in links if link.is_open}
    }
    for link in links:
        link.is_orphan = link.is_open and not may_share[link.made_by]
        link.by_name = names.get(link.made_by, link.made_by)
        link.revoker = names.get(link.revoked_by, link.revoked_by)
        path = reverse("drugs:shared-text", args=[share_links.token_of(link)])
        link.address = settings.BASE_URL + path if link.is_open and not link.is_orphan else ""
    return links
