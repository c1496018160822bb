"""The target of fuzzed requests: a site's pages, the people who are logged in, and what it can be asked for.

Addresses come from the resolver, parameters and values from the links and forms that the pages show, so what is
added to the site is tried without a word here.
"""

import os
import random
import re
from collections import defaultdict
from contextlib import ExitStack
from http.cookies import SimpleCookie
from pathlib import Path
from unittest import mock
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.contrib.admindocs.views import simplify_regex
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment
from django.urls import URLResolver, get_resolver, resolve

from drugs import desk, publishing
from drugs.accounts import sessions
from drugs.models import Publication, SiteText
from drugs.web.parameters import PARAMETERS
from tests.fuzz import hostile, requests
from tests.fuzz.pages import Page
from tests.support.builders import make_document, make_monograph, make_review, publish_document

SOURCES = Path(__file__).resolve().parents[2] / "drugs"
PEOPLE = {"editor": "Editors", "reviewer": "Reviewers", "administrator": "Administrators", "superuser": ""}
OF_EACH_ROUTE = 4  # pages looked at for links and forms
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


class Target:
    """Makes a Try for each number. Every request is undone after its answer, so each depends on itself alone."""

    def __init__(self, of_each_route: int = OF_EACH_ROUTE):
        self.of_each_route = of_each_route
        self.leaving = ExitStack()

    def __enter__(self):
        setup_test_environment(debug=False)
        self.leaving.callback(teardown_test_environment)
        self._make_database()
        fill()
        self.open()
        return self

    def __exit__(self, *failure):
        self.leaving.close()

    def _make_database(self):
        test = settings.DATABASES["default"].setdefault("TEST", {})
        if connection.vendor != "sqlite":
            name = f"{connection.settings_dict['NAME']}_fuzz_{os.getpid()}"
            connection.settings_dict["TEST"]["NAME"] = test["NAME"] = name
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        self.leaving.callback(lambda: connection.creation.destroy_test_db(before, verbosity=0))

    def open(self):
        """Logs everybody in and looks at what there is to ask for. The database is filled.

        The second factor has pages of its own; before all others it would only stand in the way. So would the login
        and the proof of identity, once a run has taken longer than a session is believed.
        """
        week = 7 * 24 * 60 * 60
        ages = {"SESSION_COOKIE_AGE": week, "SESSION_IDLE_SECONDS": week}
        self.leaving.enter_context(override_settings(REQUIRE_OTP=False, UNANSWERED_SECONDS=0, **ages))
        self.leaving.enter_context(
            mock.patch.multiple(sessions, REAUTHENTICATION_SECONDS=week, FORM_SECONDS=week)
        )
        self.clients = {"reader": Client(raise_request_exception=False)}
        for name in PEOPLE:
            self.clients[name] = Client(raise_request_exception=False)
            self.clients[name].force_login(get_user_model().objects.get(username=name))
        self.cookies = {
            name: {key: part.value for key, part in client.cookies.items()}
            for name, client in self.clients.items()
        }
        self.routes = sorted(set(_routes(get_resolver().url_patterns)))
        self.values = defaultdict(set)  # of the parts of addresses, by name
        self.parameters = {name: {""} for name in _parameters_read()}  # of queries, with values
        self.forms = defaultdict(list)  # by where they go: triples of person, address and number on the page
        for person in ("reader", "superuser", "administrator"):
            self._look_around(person)
        self.values = {name: sorted(found) for name, found in self.values.items()}
        self.parameters = {name: sorted(found) for name, found in sorted(self.parameters.items())}

    def make(self, rng):
        """The Try that `rng` chooses."""
        return requests.make(rng, self)

    def as_person(self, name):
        """The client of this person, who is logged in whatever the requests before have done."""
        client = self.clients[name]
        client.cookies = SimpleCookie(self.cookies[name])
        return client

    def address(self, rng, route):
        """`route` with real values, or hostile ones, in the place of its parameters."""

        def value(match):
            known = self.values.get(match[1])
            return rng.choice(known) if known and rng.random() < 0.7 else hostile.piece(rng)

        return _PARAMETER.sub(value, route)

    def _look_around(self, person):
        seen, looked = set(), defaultdict(int)
        plain = [f"/{route}" for route in self.routes if "<" not in route]
        self._follow(person, ["/", "/admin/", *plain], seen, looked)
        self._follow(person, self._guesses(), seen, looked)

    def _follow(self, person, waiting, seen, looked):
        while waiting:
            address = waiting.pop(0)
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or address in seen or not parts.path.startswith("/"):
                continue
            seen.add(address)
            for name, value in parse_qsl(parts.query):
                self.parameters.setdefault(name, set()).add(value)
            route = self._route(parts.path)
            if route is None or looked[route] >= self.of_each_route:
                continue
            looked[route] += 1
            with transaction.atomic():
                response = self.as_person(person).get(address)
                transaction.set_rollback(True)
            if response.status_code == 200 and "text/html" in response.headers["Content-Type"]:
                page = Page(response.content.decode())
                waiting += [urldefrag(urljoin(address, link)).url for link in page.links]
                self._keep_forms(person, address, route, page)

    def _guesses(self):
        """Addresses that no page may link to: every route, with the values that others have been seen with."""
        rng = random.Random(1)
        return [
            f"/{self._real_address(rng, route)}"
            for route in self.routes
            for _ in range(2 * self.of_each_route)
        ]

    def _real_address(self, rng, route):
        return _PARAMETER.sub(lambda match: rng.choice(sorted(self.values.get(match[1]) or "1")), route)

    def _route(self, path):
        try:
            match = resolve(path)
        except Exception:  # noqa: BLE001 - of no use here, and tried often enough later
            return None
        for name, value in match.captured_kwargs.items():
            if name != "url":
                self.values[name].add(str(value))
        return match.route

    def _keep_forms(self, person, address, route, page):
        for at, form in enumerate(page.forms):
            if form.method == "post" and (person != "reader" or not self._needs_login(address)):
                self.forms[form.action or route].append((person, address, at))
            for name, value in form.fields:
                if form.method == "get":
                    self.parameters.setdefault(name, set()).add(value)

    @staticmethod
    def _needs_login(address):
        return address.startswith("/admin/") and "login" not in address


def fill():
    """Pages of every status, texts around them, and people of every role."""
    for name, role in PEOPLE.items():
        person = get_user_model().objects.create_user(
            name, password="x", first_name="Pat", last_name=name, is_staff=True, is_superuser=not role
        )
        person.groups.set(Group.objects.filter(name=role))
    publication = publish_document()
    publishing.withdraw(
        publish_document(slug="gonol", title="Gonol"), reason="Nobody sells it any more.", by="test"
    )
    publish_document(slug="reviewol", title="Reviewol", review=make_review())
    publish_document(slug="beispielol", title="بيسبيلول", language="ar", ingredients=("Examplol", "Bol"))
    make_monograph(slug="deskol", title="Deskol")
    desk.write(make_document(title="Examplol forte"), by="writer", monograph=publication.monograph)
    publishing.publish(publication.monograph, by="test", kind="evidence", note="Second text.")
    assert Publication.objects.count() == 4 and SiteText.objects.exists()


def _routes(patterns, before=""):
    for pattern in patterns:
        here = before + simplify_regex(str(pattern.pattern)).lstrip("/") if str(pattern.pattern) else before
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, here)
        else:
            yield here


def _parameters_read():
    """The names of parameters that the code asks a request for, and of the fields of forms for readers."""
    found = set(PARAMETERS)
    for path in SOURCES.rglob("*.py"):
        found.update(re.findall(r"(?:GET|POST)(?:\.get|\.getlist)?[(\[]\"(\w+)\"", path.read_text()))
    return found
