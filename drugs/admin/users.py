"""The accounts in the admin: user accounts, their groups as roles (accounts/roles.py), and the names of people."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from drugs import audit
from drugs.accounts import second_factor
from drugs.accounts.one_time_passwords import (
    HANDED_OVER,
    NewPersonForm,
    make_password,
    remember_one_time_password,
)
from drugs.accounts.person_form import PersonForm
from drugs.accounts.reauthentication import require_recent_password
from drugs.accounts.roles import ROLE_WORDS, ROLES
from drugs.accounts.second_factor_views import remove_page
from drugs.admin.base import DeskAdmin, render_page
from drugs.admin.monographs.row_forms import LineField
from drugs.audit import facts
from drugs.desk import share_links
from drugs.models import ShareLink


def account_name(user: AbstractBaseUser | AnonymousUser) -> str:
    """The username, by which desk and editions note a person: accounts are deactivated, never deleted."""
    return user.get_username()


# What the desk calls the commands that write texts. An account of such a name keeps its own.
COMMANDS = {"import_monographs": "an import", "import_names": "an import of names"}


def display_name(name: str) -> str:
    """The full name of the account called `name`, or what a command does; an account without one as it is."""
    return display_names([name]).get(name, name)


def display_names(names: Iterable[str]) -> dict[str, str]:
    """The full name of each account or command among `names` that has one: one query for a whole list."""
    people = get_user_model().objects.filter(username__in=set(names))
    return COMMANDS | {
        person.get_username(): person.get_full_name() or person.get_username() for person in people
    }


def _standing(person):
    """The status, flags and groups of the account of `person` in words, as the database has them."""
    person = get_user_model().objects.get(pk=person.pk)
    words = ["active" if person.is_active else "not active"]
    words += ["staff"] if person.is_staff else []
    words += ["superuser"] if person.is_superuser else []
    return ", ".join([*words, *person.groups.order_by("name").values_list("name", flat=True)])


# Label and help of fields for which Django's words are a programmer's.
_PLAIN = {
    "username": ("User name", ""),
    "is_active": (
        "May log in",
        "Take the tick away to close the account. Its links for comment end then, too. Accounts are never deleted: "
        "editions name them.",
    ),
    "is_superuser": ("May do everything, whatever the roles say", "For whoever runs the site."),
    "groups": (
        "Roles",
        " ".join(f"{name} {words}." for name, words in ROLE_WORDS.items()),
    ),
    "email": ("E-mail address", "Nothing is sent to it."),
}
_NEW_PASSWORD = "_new_password"  # noqa: S105 - the name under which the instance carries it to the page that shows it
_AS_FROM_AND_TO = ("first_name", "last_name", "groups", "is_active", "is_staff", "is_superuser")


class Account(NamedTuple):
    """What the record of acts says of an account: `_standing`, and the name that readers see under a review."""

    standing: str
    name: str

    @classmethod
    def of(cls, person: User) -> "Account":
        """The account of `person` as the database has it."""
        return cls(_standing(person), get_user_model().objects.get(pk=person.pk).get_full_name())

    def changes(self, after: "Account", fields: Sequence[str]) -> str:
        """The detail of an act: from what to what, and which of the other form fields changed."""
        words = []
        if self.standing != after.standing:
            words.append(f"{self.standing} → {after.standing}")
        if self.name != after.name:
            words.append(f"name “{self.name}” → “{after.name}”")
        if others := [name for name in fields if name not in _AS_FROM_AND_TO]:
            words.append(", ".join(others))
        return "; ".join(words)


admin.site.unregister(Group)
admin.site.unregister(get_user_model())


@admin.register(get_user_model())
class PersonAdmin(DeskAdmin, UserAdmin):
    """The accounts. Administrators give roles; only a superuser sees or changes what lies beyond roles."""

    new_words = "New person"
    form = PersonForm
    add_form = NewPersonForm
    add_form_template = None
    add_fieldsets = [(None, {"fields": ["first_name", "last_name", "username", "role"]})]
    list_display = ["user_name", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["user_name", "first_name", "last_name", "email"]}),
        ("Role", {"fields": ["groups", "is_active"]}),
        ("How this person logs in", {"fields": ["password_link", "second_factor"]}),
        ("What this person shares", {"fields": ["share_links"]}),
    ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form of a new person, with one button: whichever it is, the one-time password comes next."""
        one_button = {"show_save_and_add_another": False, "show_save_and_continue": False}
        context = {**one_button, **(extra_context or {})}
        return super().add_view(request, form_url, context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "People", **(extra_context or {})})

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return [*fieldsets, ("Beyond roles", {"fields": ["is_superuser"]})]
        return fieldsets

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in ("first_name", "last_name"):  # readers see them under a review
            kwargs["form_class"] = LineField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in _PLAIN:
            field.label, field.help_text = _PLAIN[db_field.name]
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return (
            ["user_name", "password_link", "second_factor", "share_links"] if obj else []
        )  # desk and editions know people by the name

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="user name", ordering="username")
    def user_name(self, person: User) -> str:
        return person.username

    @admin.display(description="roles")
    def roles(self, person: User) -> str:
        names = [group.name for group in person.groups.all()]
        return ", ".join([*names, "may do everything"] if person.is_superuser else names)

    @admin.display(description="password")
    def password_link(self, person: User) -> str:
        page = reverse("admin:auth_user_password_change", args=[person.pk])
        return format_html('<a href="{}">Make a new one-time password …</a>', page)

    @admin.display(description="open links for comment")
    def share_links(self, person: User) -> str:
        """The pages that this person shows to people without an account, each with the way to its links."""
        links = ShareLink.objects.filter(made_by=person.username, revoked_at=None)
        links = links.filter(expires_at__gt=timezone.now()).select_related("monograph").order_by("expires_at")
        shown = format_html_join(
            ", ",
            '<a href="{}">{}</a> until {}',
            (
                (
                    reverse("admin:drugs_monograph_share", args=[link.monograph_id]),
                    link.monograph,
                    date_format(link.expires_at),
                )
                for link in links
            ),
        )
        return shown or "none"

    @admin.display(description="second factor")
    def second_factor(self, person: User) -> str:
        if not second_factor.has_second_factor(person):
            return "none: the next login asks for one" if settings.REQUIRE_OTP else "none"
        remove = reverse("admin:auth_user_second_factor", args=[person.pk])
        return format_html('set up · <a href="{}">Remove it …</a>', remove)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=ROLES)
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # Whoever changes accounts has just typed the own password, and is recorded.

    def get_urls(self) -> list[URLPattern]:
        remove = path(
            "<int:person_id>/second-factor/",
            self.admin_site.admin_view(remove_page),
            {"model_admin": self},
            name="auth_user_second_factor",
        )
        return [remove, *super().get_urls()]

    @method_decorator(require_recent_password)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    @method_decorator(require_recent_password)
    @method_decorator(transaction.atomic)
    def user_change_password(self, request: HttpRequest, id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The button that makes a one-time password. One's own is changed where the present one is asked for."""
        person = self.get_object(request, unquote(id))  # an address has many spellings of one number
        if person == request.user:
            return redirect("admin:password_change")
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        if request.method != "POST":
            context = {"title": f"A new password for {person.get_full_name() or person}", "person": person}
            return render_page(request, self, "admin/accounts/new_password.html", context)
        audit.lock_log()
        password = make_password()
        person.set_password(password)
        person.save(update_fields=["password"])
        remember_one_time_password(person)
        audit.record(
            account_name(request.user), "password_set", account_name(person), "", facts.account(person)
        )
        return self._hand_over(request, person, password)

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page that shows the one-time password, once."""
        return self._hand_over(request, obj, vars(obj).pop(_NEW_PASSWORD))

    def _hand_over(self, request, person, password):
        context = {
            "title": f"{person.get_full_name() or person} can log in",
            "person": person,
            "password": password,
        }
        response = render_page(
            request, self, "admin/accounts/handed_over.html", {**context, "handed_over": HANDED_OVER}
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        form.before = Account.of(obj) if change else None
        super().save_model(request, obj, form, change)
        if not change:
            vars(obj)[_NEW_PASSWORD] = form.password

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        after = Account.of(form.instance)
        name, stated = account_name(form.instance), facts.account(form.instance)
        if not change:
            detail = f"{after.standing}; name “{after.name}”" if after.name else after.standing
            audit.record(account_name(request.user), "person_added", name, detail, stated)
        elif form.changed_data:
            detail = form.before.changes(after, form.changed_data)
            audit.record(account_name(request.user), "person_changed", name, detail, stated)
            ended = share_links.end_links_without_right(name, by=account_name(request.user))
            if ended:
                words = f"{ended} link{'s' * (ended > 1)} for comment that {name} had made"
                messages.warning(request, f"{words} lead{'s' * (ended == 1)} nowhere any more.")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # editions name people: an account is deactivated
