"""Roles and their permissions: three groups, set right after every migrate, whatever they lack or have too much."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

_IMPORT = {"drugs.add_importtask", "drugs.view_importtask"}
_WRITE = {
    "drugs.add_monograph",
    "drugs.change_monograph",
    "drugs.view_monograph",
    "drugs.view_edition",
    "drugs.view_problemreport",
    "drugs.change_problemreport",
    "drugs.view_likelyduplicate",
    "drugs.change_likelyduplicate",
    "drugs.view_unansweredquery",
    "drugs.change_unansweredquery",
}
ROLES: dict[str, set[str]] = {  # permissions as "app.codename"
    "Editors": _WRITE,
    "Reviewers": _WRITE | _IMPORT | {"drugs.publish_monograph", "drugs.delete_monograph"},
    "Administrators": _IMPORT
    | {
        "auth.add_user",
        "auth.change_user",
        "auth.view_user",
        "auth.view_group",
        "drugs.view_sitetext",
        "drugs.change_sitetext",
        "drugs.view_monograph",
        "drugs.view_edition",
        "drugs.view_problemreport",
        "drugs.view_auditentry",
    },
}

ROLE_WORDS = {  # what somebody in a role does, for whoever gives it
    "Editors": "write, hand texts in for review, and answer readers",
    "Reviewers": "do that too, and publish, sign and import",
    "Administrators": "keep people, site texts and imports, and write no page",
}


def ensure(using: str) -> None:
    """Makes the groups in the database `using` hold exactly these permissions. Members stay as they are."""
    for label in ("auth", "drugs"):  # permissions come after migrate too, perhaps later than this
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for name, rights in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set([known[right] for right in sorted(rights)])
