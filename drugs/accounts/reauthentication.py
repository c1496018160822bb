"""Is it still the same person? The password is asked again before accounts and roles are changed."""

from functools import wraps

from django import forms
from django.contrib import admin
from django.contrib.auth import authenticate
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from drugs.accounts import admin_site as doors
from drugs.accounts import login_throttle as throttle


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Your password",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


@never_cache
@csrf_protect
@sensitive_post_parameters()
def confirm_page(request):
    """Asks for the password of whoever is logged in; wrong ones are counted with those at the login."""
    if not (request.user.is_active and request.user.is_staff):
        return doors.to("admin:login", request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = request.user.get_username()
        person = authenticate(request, username=name, password=form.cleaned_data["password"])
        if person == request.user:
            doors.note_password(request)
            return redirect(doors.onward(request))
        form.add_error("password", "This is not your password.")
    context = {"form": form, "title": "Your password, please", "next": doors.onward(request)}
    return render(request, "admin/doors/confirm.html", {**admin.site.each_context(request), **context})


def password_first(view):
    """For pages that change accounts: opened by somebody who typed the password a short while ago."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if not doors.gave_password_just_now(request):
            return doors.to("doors:confirm", request)
        return view(request, *args, **kwargs)

    return inner


def locked_out(request, response, credentials):
    """The answer to somebody who typed too many wrong passwords, in the place of `response`."""
    seconds = throttle.seconds_left(request)
    context = {"title": "Too many wrong passwords", "minutes": -(-seconds // 60), "has_permission": False}
    answer = render(
        request, "admin/doors/locked_out.html", {**admin.site.each_context(request), **context}, status=429
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer
