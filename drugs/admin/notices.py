"""The page on which a person of the desk chooses what is told outside of it: by mail, and by a feed of their own."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from drugs.models import Subscription
from drugs.notifications import choices
from drugs.notifications.feed import feed_address


class NoticesForm(forms.Form):
    """What somebody wants by mail, and at which address."""

    daily = forms.BooleanField(label="A mail each morning with what waits for me", required=False)
    at_once = forms.BooleanField(
        label="A mail at once when a reader reports that something is wrong", required=False
    )
    address = forms.EmailField(
        label="Address",
        required=False,
        help_text="Numbers, titles and links are sent there, and nothing that readers wrote.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("daily") or cleaned.get("at_once")) and not cleaned.get("address"):
            self.add_error("address", "Say where the mail should go.")
        return cleaned


def notices_page(request: HttpRequest) -> HttpResponse:
    """The choices of whoever is logged in. POST saves them, makes the address of a feed, or revokes it."""
    user = cast(User, request.user)
    if not choices.may_be_told(user):
        raise PermissionDenied
    subscription = Subscription.objects.filter(user=user).first() or Subscription(user=user)
    form = NoticesForm(
        initial={
            "daily": subscription.daily,
            "at_once": subscription.at_once,
            "address": subscription.address,
        }
    )
    made = ""
    if request.method == "POST":
        if "_feed" in request.POST:
            made = feed_address(choices.make_feed_token(user))
        elif "_revoke" in request.POST:
            choices.revoke_feed_token(user)
            messages.success(request, "The address of the feed opens nothing any more.")
            return HttpResponseRedirect(request.path)
        elif settings.MAIL_IS_SET_UP:
            form = NoticesForm(request.POST)
            if form.is_valid():
                choices.choose(user, **form.cleaned_data)
                messages.success(request, "Your choice is saved.")
                return HttpResponseRedirect(request.path)
    context = {
        "title": "Notices",
        "form": form,
        "mail_is_set_up": settings.MAIL_IS_SET_UP,
        "made": made,
        "feed_made_at": Subscription.objects.filter(user=user).values_list("feed_made_at", flat=True).first(),
    }
    return render(request, "admin/notices.html", {**admin.site.each_context(request), **context})
