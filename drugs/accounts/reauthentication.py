"""Reauthentication: the password is asked for again before accounts and roles are changed; and the lock-out page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from drugs.accounts import admin_site, login_throttle, sessions


class PasswordForm(forms.Form):
    """The password of whoever is logged in."""

    password = forms.CharField(
        label="Your password",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


@never_cache
@csrf_protect
@sensitive_post_parameters()
def reauthentication_page(request: HttpRequest) -> HttpResponse:
    """The page that asks for one's own password; wrong ones are counted with those at the login."""
    if not (request.user.is_active and request.user.is_staff):
        return admin_site.redirect_to("admin:login", request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = request.user.get_username()
        person = authenticate(request, username=name, password=form.cleaned_data["password"])
        if person == request.user:
            sessions.remember_password_time(request)
            return redirect(admin_site.next_url(request))
        form.add_error("password", "This is not your password.")
    context = {"form": form, "title": "Your password, please", "next": admin_site.next_url(request)}
    return render(request, "admin/accounts/confirm.html", {**admin.site.each_context(request), **context})


def require_recent_password(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorator of pages that change accounts: they open to somebody who typed the password a short while ago."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sessions.password_is_recent(request):
            return admin_site.redirect_to("accounts:confirm", request)
        return view(request, *args, **kwargs)

    return inner


def locked_out_response(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]
) -> HttpResponse:
    """429 with Retry-After for somebody who typed too many wrong passwords, in the place of `response`."""
    seconds = login_throttle.seconds_left(request)
    context = {"title": "Too many wrong passwords", "minutes": -(-seconds // 60), "has_permission": False}
    answer = render(
        request, "admin/accounts/locked_out.html", {**admin.site.each_context(request), **context}, status=429
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer
