"""Permissions: nobody gets further than the own role at any address there is, found by walking all of them.

An address that is new has to be put into OPEN or ALLOWED: the first test says so.
"""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import URLPattern, get_resolver, reverse

from drugs import audit
from drugs.accounts import roles
from drugs.models import Edition, ImportTask, LikelyDuplicate, UnansweredQuery
from tests.support.builders import make_monograph, make_report, publish_document
from tests.support.desk_posts import make_person

pytestmark = pytest.mark.django_db

WRITERS = {"Editors", "Reviewers"}
STAFF = {"staff", *roles.ROLES}
READERS = WRITERS | {"Administrators"}
ADMINISTRATORS = {"Administrators"}
# Who is answered at an address of the desk. Everybody else is sent to the login or refused.
ALLOWED = {
    "admin:index": STAFF,
    "admin:app_list": STAFF,  # leads to the start
    "admin:autocomplete": set(),
    "admin:jsi18n": STAFF,
    "admin:password_change": STAFF,
    "admin:password_change_done": STAFF,
    "admin:view_on_site": set(),  # what is on the desk has no address for readers
    "admin:drugs_monograph_changelist": READERS,
    "admin:drugs_monograph_add": WRITERS,
    "admin:drugs_monograph_change": READERS,
    "admin:drugs_monograph_delete": READERS,  # leads back to the text, since there are editions
    "admin:drugs_monograph_history": READERS,
    "admin:drugs_monograph_preview": WRITERS,
    "admin:drugs_monograph_labels": WRITERS,
    "admin:drugs_monograph_sources": WRITERS,
    "admin:drugs_monograph_edition": WRITERS,
    "admin:drugs_monograph_hand_in": WRITERS,
    "admin:drugs_monograph_review": WRITERS,
    "admin:drugs_monograph_compare": WRITERS,
    "admin:drugs_monograph_revisions": WRITERS,
    "admin:drugs_monograph_share": WRITERS,
    "admin:drugs_monograph_edit": READERS,
    "admin:drugs_monograph_texts": READERS,
    "admin:drugs_monograph_medicines": READERS,
    "admin:drugs_monograph_effects": READERS,  # whoever may have Markdown previewed
    "admin:drugs_monograph_phrase": WRITERS,
    "admin:drugs_monograph_publish": {"Reviewers"},
    "admin:drugs_monograph_withdraw": {"Reviewers"},
    "admin:drugs_monograph_restore": {"Reviewers"},
    "admin:drugs_monograph_same_medicine": {"Reviewers"},
    "admin:drugs_problemreport_changelist": READERS,
    "admin:drugs_problemreport_add": set(),
    "admin:drugs_problemreport_change": READERS,
    "admin:drugs_problemreport_delete": set(),
    "admin:drugs_problemreport_history": READERS,
    "admin:drugs_unansweredquery_changelist": WRITERS,
    "admin:drugs_unansweredquery_add": set(),
    "admin:drugs_unansweredquery_change": WRITERS,
    "admin:drugs_unansweredquery_delete": set(),
    "admin:drugs_unansweredquery_history": WRITERS,
    "admin:drugs_likelyduplicate_changelist": WRITERS,
    "admin:drugs_likelyduplicate_add": set(),
    "admin:drugs_likelyduplicate_change": WRITERS,
    "admin:drugs_likelyduplicate_delete": set(),
    "admin:drugs_likelyduplicate_history": WRITERS,
    "admin:drugs_importtask_changelist": {"Reviewers", "Administrators"},
    "admin:drugs_importtask_add": {"Reviewers", "Administrators"},
    "admin:drugs_importtask_change": {"Reviewers", "Administrators"},
    "admin:drugs_importtask_delete": set(),
    "admin:drugs_importtask_history": {"Reviewers", "Administrators"},
    "admin:drugs_edition_changelist": READERS,
    "admin:drugs_edition_add": set(),
    "admin:drugs_edition_change": READERS,
    "admin:drugs_edition_delete": set(),
    "admin:drugs_edition_history": READERS,
    "admin:drugs_sitetext_changelist": ADMINISTRATORS,
    "admin:drugs_sitetext_add": set(),
    "admin:drugs_sitetext_change": ADMINISTRATORS,
    "admin:drugs_sitetext_delete": set(),
    "admin:drugs_sitetext_history": ADMINISTRATORS,
    "admin:drugs_auditentry_changelist": ADMINISTRATORS,
    "admin:drugs_auditentry_add": set(),
    "admin:drugs_auditentry_change": ADMINISTRATORS,
    "admin:drugs_auditentry_delete": set(),
    "admin:drugs_auditentry_history": ADMINISTRATORS,
    "admin:auth_user_changelist": ADMINISTRATORS,
    "admin:auth_user_add": ADMINISTRATORS,
    "admin:auth_user_change": ADMINISTRATORS,
    "admin:auth_user_delete": set(),
    "admin:auth_user_history": ADMINISTRATORS,
    "admin:auth_user_password_change": ADMINISTRATORS,
    "admin:auth_user_second_factor": ADMINISTRATORS,
    "notices": READERS,
    "markdownx_markdownify": READERS,  # administrators write site texts
    "markdownx_upload": set(),
}
# Login and second factor, which let in nobody by themselves: drugs/accounts/ and its other tests.
OPEN = {
    *(
        "admin:login",
        "admin:logout",
        "accounts:code",
        "accounts:enrol",
        "accounts:backup-codes",
        "accounts:confirm",
    ),
    "accounts:logout",
    "accounts:end-sessions",
    "work-feed",  # to whoever has the token of a person: tests/notifications/
}
POST_ONLY = {
    "admin:drugs_monograph_effects": {},
    "markdownx_markdownify": {"content": "x"},
    "markdownx_upload": {},
}
PEOPLE = ["nobody", "reader", "staff", *roles.ROLES]
# What a forger would send: everything that could raise a role, publish or destroy something.
FORGED = {
    **{"version": "1", "kind": "safety", "note": "x", "reason": "x", "title": "x", "body": "x", "slug": "x"},
    **{"is_superuser": "on", "is_staff": "on", "is_active": "on", "user_permissions": "1", "username": "eve"},
    **{"password1": "correct horse 5", "password2": "correct horse 5", "usable_password": "true"},
    **{"post": "yes", "action": "delete_selected", "_selected_action": "1", "who": "x", "looked": "on"},
    **{"old_password": "wrong", "new_password1": "correct horse 5", "new_password2": "correct horse 5"},
}


def walk(patterns, namespace=""):
    """The name of every route, without those for readers."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + pattern.name if pattern.name else f"{namespace}{pattern.pattern}"
        elif pattern.namespace != "drugs":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner)


NAMES = sorted({name for name in walk(get_resolver().url_patterns) if not re.search(r"[<(]", name)})


@pytest.fixture
def addresses():
    """An address of each route, about things that exist."""
    monograph = publish_document().monograph
    edition = Edition.objects.get()
    other = make_person("other", "Editors")
    entry = audit.record("other", "logged_in")
    objects = {"monograph": monograph.pk, "edition": edition.pk, "sitetext": "about", "auditentry": entry.pk}
    objects |= {"user": other.pk, "problemreport": make_report(monograph).pk}
    query = {"text": "exampel", "count": 3, "last_seen": "2026-11-20", "kind": "similar"}
    objects["unansweredquery"] = UnansweredQuery.objects.create(**query).pk
    twin = make_monograph(slug="twin")
    objects["likelyduplicate"] = LikelyDuplicate.objects.get(first=monograph, second=twin).pk
    objects["importtask"] = ImportTask.objects.create(
        name="a.zip", size=9, started_by="pat", worker="x", state="checked"
    ).pk
    arguments = {
        "admin:app_list": ["drugs"],
        "admin:view_on_site": [
            apps.get_model("contenttypes.ContentType").objects.get_for_model(monograph).pk,
            1,
        ],
        "admin:drugs_monograph_edition": [monograph.pk, 1],
        "admin:drugs_monograph_edit": [monograph.slug],
        "admin:drugs_monograph_texts": [],
        "admin:drugs_monograph_phrase": [],
        "admin:drugs_monograph_medicines": [],
        "admin:drugs_monograph_effects": [],
        "admin:drugs_monograph_restore": [monograph.pk, 1],
    }
    found = {}
    for name in ALLOWED:
        model = re.fullmatch(r"admin:\w+?_(\w+?)_(?!changelist|add)\w+", name)
        about = [objects[model[1]]] if model and model[1] in objects else []
        found[name] = reverse(name, args=arguments.get(name, about))
    return found


def enter(client, who):
    if who == "reader":
        client.force_login(make_person("rita", is_staff=False))
    elif who != "nobody":
        client.force_login(make_person("someone", *([who] if who != "staff" else [])))


def is_refused(response):
    there = response.headers.get("Location", "")
    return (
        response.status_code in (403, 404, 405)
        or response.status_code == 302
        and there.startswith("/admin/login/")
    )


def everything():
    """All that is stored, without what every visit may write."""
    passing = ("sessions", "axes")
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in passing and not model._meta.proxy
    }


def test_every_address_of_the_desk_has_people_who_may_open_it():
    assert set(NAMES) == set(ALLOWED) | OPEN


@pytest.mark.parametrize("who", PEOPLE)
def test_each_address_opens_for_its_roles_and_no_others(client, addresses, who):
    enter(client, who)
    for name, address in addresses.items():
        response = client.post(address, POST_ONLY[name]) if name in POST_ONLY else client.get(address)
        assert is_refused(response) == (who not in ALLOWED[name]), (name, response.status_code)


@pytest.mark.parametrize("who", PEOPLE)
def test_whoever_may_not_open_an_address_changes_nothing_there(client, addresses, who):
    enter(client, who)
    before = everything()
    for name, address in addresses.items():
        if who not in ALLOWED[name]:
            response = client.post(address, FORGED)
            assert is_refused(response), (name, response.status_code)
    assert everything() == before


# Whoever may change accounts is looked at each time; that the others cannot either is a longer walk.
@pytest.mark.parametrize(
    "who", [pytest.param(who, marks=[pytest.mark.slow] * (who != "Administrators")) for who in PEOPLE]
)
def test_no_role_makes_a_superuser_or_gives_more_than_the_roles(client, addresses, who):
    enter(client, who)
    beyond = Group.objects.create(name="Everything")
    beyond.permissions.set(Permission.objects.all())
    me = get_user_model().objects.filter(username="someone").first()
    targets = [*addresses.values(), *([reverse("admin:auth_user_change", args=[me.pk])] if me else [])]
    groups = [beyond.pk, Group.objects.get(name="Administrators").pk]
    for address in targets:
        client.post(address, {**FORGED, "groups": groups})
        client.post(address, {**FORGED, "groups": groups[:1]})
    for person in get_user_model().objects.all():
        assert not person.is_superuser and not person.user_permissions.exists(), person
        assert beyond not in person.groups.all(), person
        assert who == "Administrators" or person.username in ("other", "someone", "rita")
    for name, rights in roles.ROLES.items():
        assert Group.objects.get(name=name).permissions.count() == len(rights)


@pytest.mark.parametrize(
    ("who", "enrolled"), [("Reviewers", True), ("superuser", False), ("superuser", True)]
)
def test_without_a_second_factor_no_address_opens_or_takes_posts(client, addresses, settings, who, enrolled):
    from django_otp.plugins.otp_totp.models import TOTPDevice

    settings.REQUIRE_OTP = True
    person = make_person("someone", who, is_superuser=who == "superuser")
    if enrolled:
        TOTPDevice.objects.create(user=person, key="00" * 20)
    client.force_login(person)
    before = everything()
    for name, address in addresses.items():
        fields = POST_ONLY.get(name, FORGED)
        for response in (client.get(address), client.post(address, fields)):
            assert is_refused(response), (name, response.status_code)
    assert everything() == before
