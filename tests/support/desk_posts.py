"""POSTs as a browser would send them from a page of the desk, and the people who send them."""

from html.parser import HTMLParser

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from drugs import audit, desk
from drugs.audit import facts
from drugs.content import Document
from drugs.models import Monograph


def make_user(username: str, *permissions: str, **fields) -> AbstractUser:
    """An account of the staff that holds exactly these permissions."""
    user = get_user_model().objects.create_user(username, password="x", **{"is_staff": True, **fields})
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def record_account(user: AbstractUser) -> None:
    """The act that an account which a test has made past the site needs, for the proof that acts made all there is."""
    audit.record("test", "person_added", user.get_username(), "", facts.account(user))


def make_person(username: str, *groups: str, **fields) -> AbstractUser:
    """An account of the staff in these roles."""
    user = make_user(username, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def address_of(page: str, monograph: Monograph, *more) -> str:
    """The address of one of the pages beside the screen of `monograph`."""
    return reverse(f"admin:drugs_monograph_{page}", args=[monograph.pk, *more])


def change_address(monograph: Monograph) -> str:
    return reverse("admin:drugs_monograph_change", args=[monograph.pk])


def read(monograph: Monograph) -> Document:
    """The Document on the desk now."""
    return desk.read(Monograph.objects.get(pk=monograph.pk))


ON_DEMAND = {"submit", "checkbox", "radio"}  # types of what is sent only if somebody chose it


class _Fields(HTMLParser):
    """The fields of a page by name; its strictness is a matter of the tests of public pages."""

    def __init__(self):
        super().__init__()
        self.fields = {}
        self._textarea = self._select = ""  # the name of the element that is open
        self._options, self._chosen = [], []  # values of the select that is open

    def handle_starttag(self, tag, pairs):
        attributes = {name: value or "" for name, value in pairs}
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if tag == "option" and self._select:
            (self._chosen if "selected" in attributes else self._options).append(value)
        elif name and "__prefix__" not in name:
            if tag == "textarea":
                self._textarea, self.fields[name] = name, ""
            elif tag == "select":
                self._select, self._options, self._chosen = name, [], []
            elif tag == "input" and ("checked" in attributes or attributes.get("type") not in ON_DEMAND):
                self.fields[name] = value

    def handle_endtag(self, tag):
        if tag == "select" and self._select:
            self.fields[self._select] = (self._chosen or self._options)[0]
            self._select = ""
        elif tag == "textarea" and self._textarea:
            # HTML drops a newline right behind the tag, and browsers send CRLF.
            text = self.fields[self._textarea].removeprefix("\n")
            self.fields[self._textarea] = text.replace("\n", "\r\n")
            self._textarea = ""

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea] += data


def sent(response: HttpResponse) -> dict[str, str]:
    """The fields of the page's forms, rows that are only a template left out."""
    page = _Fields()
    page.feed(response.content.decode())
    page.close()
    return page.fields


def fields_of(client: Client, monograph: Monograph) -> dict[str, str]:
    """What the screen of `monograph` would send if nobody touched it."""
    return sent(client.get(change_address(monograph)))
