"""Who still has the password that an administrator set? They choose their own before they do anything else.

No e-mail is sent anywhere: an administrator hands the password over, and it opens only the page where
another one is chosen.
"""

from django.contrib import messages
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone

from drugs.accounts.admin_site import ONE_TIME_DAYS
from drugs.models import OneTimePassword

# Where somebody gets rid of the password, or leaves.
OPEN = ("login", "logout", "password_change", "password_change_done", "jsi18n")
HANDED_OVER = (
    "Hand it over yourself, not by e-mail. Whoever logs in with it has to choose another one first. "
    f"It is good for {ONE_TIME_DAYS} days."
)


def remember_one_time_password(user):
    """Notes that the password of `user` was set by somebody else."""
    OneTimePassword.objects.update_or_create(user=user, defaults={"set_at": timezone.now()})


class NewPersonForm(UserCreationForm):
    """An account for the desk. What it may do there is chosen on the next screen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "One-time password"
        self.fields["password2"].help_text = HANDED_OVER

    def save(self, commit=True):
        self.instance.is_staff = True
        return super().save(commit)

    def _save_m2m(self):
        super()._save_m2m()
        remember_one_time_password(self.instance)


class OneTimePasswordForm(AdminPasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password2"].help_text = HANDED_OVER

    def save(self, commit=True):
        user = super().save(commit)
        remember_one_time_password(user)
        return user


def force_password_change(get_response):
    """Middleware: leads whoever has a one-time password to the page where another one is chosen."""

    done = reverse_lazy("admin:password_change_done")

    def middleware(request):
        response = get_response(request)
        if request.method == "POST" and response.get("Location") == done:
            OneTimePassword.objects.filter(user=request.user.pk).delete()
        return response

    def process_view(request, view, args, kwargs):
        match = request.resolver_match
        of_desk = match.app_name == "admin" or (match.url_name or "").startswith("markdownx_")
        # Readers' pages run no session: nobody is asked for there.
        if not of_desk or match.url_name in OPEN or not request.user.is_authenticated:
            return None
        if not OneTimePassword.objects.filter(user=request.user).exists():
            return None
        words = "An administrator set your password. Please choose your own before you go on."
        messages.warning(request, words)
        return redirect("admin:password_change")

    middleware.process_view = process_view
    return middleware


class NotTheOneTimePasswordValidator:
    """Refuses the password that was handed over. Named in the settings."""

    def validate(self, password, user=None):
        given = user and user.pk and OneTimePassword.objects.filter(user=user.pk).exists()
        if given and check_password(password, user.password):
            raise ValidationError("This is the password that you were given. Choose another one.", "one_time")

    def get_help_text(self):
        return "Your password can’t be the one that you were given."
