"""What a browser would send from a page of the desk, and the people who send it."""

import html5lib
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from drugs import desk
from drugs.models import Monograph


def make_user(username, *permissions, **fields):
    """An account of the staff that holds exactly these permissions."""
    user = get_user_model().objects.create_user(username, password="x", **{"is_staff": True, **fields})
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def make_person(username, *groups, **fields):
    """An account of the staff in these roles."""
    user = make_user(username, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def address_of(page, monograph, *more):
    """The address of one of the pages beside the screen of `monograph`."""
    return reverse(f"admin:drugs_monograph_{page}", args=[monograph.pk, *more])


def change_address(monograph):
    return reverse("admin:drugs_monograph_change", args=[monograph.pk])


def read(monograph):
    """The Document on the desk now."""
    return desk.read(Monograph.objects.get(pk=monograph.pk))


def sent(response):
    """The fields of the page's forms as a dict, rows that are only a template left out."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    fields = {}
    for element in tree.iter():
        name = element.get("name")
        if element.tag not in ("input", "textarea", "select") or not name or "__prefix__" in name:
            continue
        if element.get("type") in ("submit", "checkbox", "radio") and element.get("checked") is None:
            continue
        if element.tag == "select":
            chosen = [option for option in element.iter("option") if option.get("selected") is not None]
            fields[name] = (chosen or list(element.iter("option")))[0].get("value", "")
        elif element.tag == "textarea":
            fields[name] = (element.text or "").replace("\n", "\r\n")
        else:
            fields[name] = element.get("value", "")
    return fields


def fields_of(client, monograph):
    """What the screen of `monograph` would send if nobody touched it."""
    return sent(client.get(change_address(monograph)))
