"""One-time passwords: set by an administrator, and to be changed by their owners before they do anything else.

No e-mail is sent anywhere: an administrator hands the password over, and it opens only the page where
another one is chosen.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from drugs.accounts.admin_site import ONE_TIME_DAYS
from drugs.accounts.roles import ROLE_WORDS
from drugs.http import Handler
from drugs.models import OneTimePassword

# Where somebody gets rid of the password, or leaves.
OPEN = ("login", "logout", "password_change", "password_change_done", "jsi18n")
HANDED_OVER = (
    "Hand it over yourself, not by e-mail. Whoever logs in with it has to choose another one first. "
    f"It is good for {ONE_TIME_DAYS} days."
)

NAME_TO_SIGN_WITH = "Readers see first and last name under a review."
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0 and 1


def remember_one_time_password(user: User) -> None:
    """Notes that the password of `user` was set by somebody else."""
    OneTimePassword.objects.update_or_create(user=user, defaults={"set_at": timezone.now()})


def make_password() -> str:
    """A new one-time password: 16 letters and digits that nobody takes for others, in groups of four (79 bits)."""
    letters = [secrets.choice(ALPHABET) for _ in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


class NewPersonForm(forms.ModelForm):
    """A new account for the desk: name, user name and role. The machine makes its one-time `password`."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(name, f"{name} {words}.") for name, words in ROLE_WORDS.items()],
        widget=forms.RadioSelect,
        help_text="It can be changed later, and somebody may have several.",
    )
    password = ""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "username"]
        field_classes = {"username": UsernameField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].help_text = NAME_TO_SIGN_WITH if name == "last_name" else ""
        if "username" in self.fields:
            self.fields["username"].label = "User name"
            self.fields["username"].help_text = "To log in with. It cannot be changed later."

    def clean_username(self) -> str:
        """The user name, if no account has it in other capitals."""
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError("Somebody has this user name already.")
        return name

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True
        self.password = make_password()
        self.instance.set_password(self.password)
        return super().save(commit)

    def _save_m2m(self):
        super()._save_m2m()
        self.instance.groups.set(Group.objects.filter(name=self.cleaned_data["role"]))
        remember_one_time_password(self.instance)


def force_password_change(get_response: Handler) -> Handler:
    """Middleware that leads whoever has a one-time password to the page where another one is chosen."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        assert match  # Django calls this once it knows the route
        of_desk = match.app_name == "admin" or (match.url_name or "").startswith("markdownx_")
        # Readers' pages run no session: nobody is asked for there.
        if not of_desk or match.url_name in OPEN or not request.user.is_authenticated:
            return None
        if not OneTimePassword.objects.filter(user=request.user).exists():
            return None
        return redirect("admin:password_change")

    middleware.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
    return middleware


class NotTheOneTimePasswordValidator:
    """Validator that refuses the one-time password as the new one. Named in the settings."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError for the password that was handed over."""
        if not user or not user.pk or not OneTimePassword.objects.filter(user=user.pk).exists():
            return
        if check_password(password, user.password):
            raise ValidationError("This is the password that you were given. Choose another one.", "one_time")

    def get_help_text(self) -> str:
        """The rule in words, for the form."""
        return "Your password can’t be the one that you were given."
