"""Who may do what, and how are people called? Administrators keep accounts; roles come from roles.py."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group


def account(user):
    """How the desk and editions note a person: accounts are deactivated, never deleted."""
    return user.get_username()


def shown(name):
    """The full name of the account called `name`; a command, or an account without one, as it is."""
    user = get_user_model().objects.filter(username=name).first()
    return (user and user.get_full_name()) or name


admin.site.unregister(Group)
admin.site.unregister(get_user_model())


@admin.register(get_user_model())
class PersonAdmin(UserAdmin):
    """Accounts. Administrators give roles; only a superuser sees or changes what lies beyond roles."""

    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("Role", {"fields": ["is_active", "is_staff", "groups"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return [*fieldsets, ("Everything", {"fields": ["is_superuser"]})]
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return ["username"] if obj else []  # desk and editions know people by it

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="roles")
    def roles(self, person):
        names = [group.name for group in person.groups.all()]
        return ", ".join([*names, "superuser"] if person.is_superuser else names)

    def has_change_permission(self, request, obj=None):
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request, obj=None):
        return False  # editions name people: an account is deactivated
