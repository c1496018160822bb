"""Roles: who may do what, address by address; and nobody raises a role who is no administrator."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from drugs.accounts import roles
from drugs.models import Edition, Monograph, SiteText, UnansweredQuery
from tests.support.builders import make_report, publish_document
from tests.support.desk_posts import address_of, change_address, fields_of, make_person, sent

pytestmark = pytest.mark.django_db

PEOPLE = ["nobody", "reader", "staff", "Editors", "Reviewers", "Administrators"]
ALLOWED = {  # address -> who is answered 200; the others are sent to the login or refused
    "monographs": {"Editors", "Reviewers", "Administrators"},
    "add monograph": {"Editors", "Reviewers"},
    "monograph": {"Editors", "Reviewers", "Administrators"},
    "preview": {"Editors", "Reviewers"},
    "old text": {"Editors", "Reviewers"},
    "publish": {"Reviewers"},
    "withdraw": {"Reviewers"},
    "restore": {"Reviewers"},
    "same medicine": {"Reviewers"},
    "editions": {"Editors", "Reviewers", "Administrators"},
    "edition": {"Editors", "Reviewers", "Administrators"},
    "reports": {"Editors", "Reviewers", "Administrators"},
    "report": {"Editors", "Reviewers", "Administrators"},
    "searches": {"Editors", "Reviewers"},
    "search": {"Editors", "Reviewers"},
    "duplicates": {"Editors", "Reviewers"},
    "texts": {"Administrators"},
    "text": {"Administrators"},
    "people": {"Administrators"},
    "person": {"Administrators"},
    "add person": {"Administrators"},
}


def log_in(client, who):
    if who == "reader":
        client.force_login(make_person("rita", is_staff=False))
    elif who != "nobody":
        client.force_login(make_person("someone", *([who] if who != "staff" else [])))


@pytest.fixture
def addresses():
    monograph = publish_document().monograph
    person = make_person("other", "Editors")
    edition = Edition.objects.get()
    search = UnansweredQuery.objects.create(text="exampel", count=3, last_seen="2026-11-20", kind="nothing")
    return {
        "monographs": reverse("admin:drugs_monograph_changelist"),
        "add monograph": reverse("admin:drugs_monograph_add"),
        "monograph": change_address(monograph),
        "preview": address_of("preview", monograph),
        "old text": address_of("edition", monograph, 1),
        "publish": address_of("publish", monograph),
        "withdraw": address_of("withdraw", monograph),
        "restore": address_of("restore", monograph, 1),
        "same medicine": address_of("same_medicine", monograph),
        "editions": reverse("admin:drugs_edition_changelist"),
        "edition": reverse("admin:drugs_edition_change", args=[edition.pk]),
        "reports": reverse("admin:drugs_problemreport_changelist"),
        "report": reverse("admin:drugs_problemreport_change", args=[make_report(monograph).pk]),
        "searches": reverse("admin:drugs_unansweredquery_changelist"),
        "search": reverse("admin:drugs_unansweredquery_change", args=[search.pk]),
        "duplicates": reverse("admin:drugs_likelyduplicate_changelist"),
        "texts": reverse("admin:drugs_sitetext_changelist"),
        "text": reverse("admin:drugs_sitetext_change", args=["about"]),
        "people": reverse("admin:auth_user_changelist"),
        "person": reverse("admin:auth_user_change", args=[person.pk]),
        "add person": reverse("admin:auth_user_add"),
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_each_address_opens_for_its_roles_and_no_others(client, addresses, who):
    log_in(client, who)
    for name, address in addresses.items():
        status = client.get(address).status_code
        expected = 200 if who in ALLOWED[name] else 302 if who in ("nobody", "reader") else 403
        assert status == expected, (who, name, status)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_forged_post_does_no_more_than_the_role_may(client, addresses, who):
    log_in(client, who)
    for name in (
        *("publish", "withdraw", "restore", "same medicine", "monograph", "search", "text"),
        *("person", "add person"),
    ):
        if who not in ALLOWED[name] or (who, name) == ("Administrators", "monograph"):
            fields = {"version": "1", "kind": "typo", "note": "x", "reason": "x", "title": "x", "body": "x"}
            assert client.post(addresses[name], fields).status_code in (302, 403), name
    assert Edition.objects.count() == 1
    if who not in ALLOWED["withdraw"]:
        assert Monograph.objects.get().publication.withdrawn_at is None


@pytest.mark.parametrize("who", PEOPLE[1:])
def test_editions_and_groups_cannot_be_changed_in_the_admin(client, addresses, who):
    log_in(client, who)
    edition = Edition.objects.get()
    for action in ("change", "delete"):
        address = reverse(f"admin:drugs_edition_{action}", args=[edition.pk])
        assert client.post(address, {"note": "x", "post": "yes"}).status_code in (302, 403)
    assert Edition.objects.get().record == edition.compute_record()
    assert client.get("/admin/auth/group/").status_code in (302, 404)


def test_groups_hold_exactly_their_permissions_after_a_migrate():
    editors = Group.objects.get(name="Editors")
    editors.permissions.add(Permission.objects.get(codename="change_user"))
    editors.permissions.remove(Permission.objects.get(codename="change_monograph"))
    roles.ensure("default")
    for name, rights in roles.ROLES.items():
        held = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
        assert {f"{app}.{codename}" for app, codename in held} == rights


def test_only_administrators_hold_anything_over_people():
    for name, rights in roles.ROLES.items():
        assert name == "Administrators" or not any(right.startswith("auth.") for right in rights)


def person_fields(client, person):
    return sent(client.get(reverse("admin:auth_user_change", args=[person.pk])))


def test_an_administrator_gives_roles_and_cannot_make_superusers(client):
    client.force_login(make_person("adam", "Administrators"))
    person = make_person("nina", first_name="Nina", last_name="Ek")
    address = reverse("admin:auth_user_change", args=[person.pk])
    page = client.get(address).content.decode()
    assert "is_superuser" not in page and "user_permissions" not in page
    fields = person_fields(client, person) | {
        "groups": [str(Group.objects.get(name="Reviewers").pk)],
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "user_permissions": ["1"],
        "username": "admin",
    }
    assert client.post(address, fields).status_code == 302
    person = get_user_model().objects.get(pk=person.pk)
    assert [group.name for group in person.groups.all()] == ["Reviewers"]
    assert (person.is_superuser, person.username) == (False, "nina")
    assert not person.user_permissions.exists()


def test_an_administrator_cannot_take_over_a_superuser(client):
    client.force_login(make_person("adam", "Administrators"))
    root = make_person("root", is_superuser=True)
    before = root.password
    for name in ("auth_user_change", "auth_user_password_change"):
        address = reverse(f"admin:{name}", args=[root.pk])
        client.post(
            address, {"password1": "correct horse 5", "password2": "correct horse 5", "first_name": "x"}
        )
    root.refresh_from_db()
    assert (root.password, root.first_name) == (before, "")


def test_people_are_deactivated_and_never_deleted(client):
    client.force_login(make_person("root", is_superuser=True))
    person = make_person("nina")
    address = reverse("admin:auth_user_delete", args=[person.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403


def test_site_texts_are_edited_and_none_is_added_or_deleted(client):
    client.force_login(make_person("adam", "Administrators"))
    address = reverse("admin:drugs_sitetext_change", args=["about"])
    page = client.get(address).content.decode()
    assert "markdownx-editor" in page
    assert client.post(address, {"body": "We are *us*.\r\n"}).status_code == 302
    assert SiteText.objects.get(key="about").body == "We are *us*."
    assert client.get("/admin/drugs/sitetext/add/").status_code == 403
    delete = reverse("admin:drugs_sitetext_delete", args=["about"])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_an_editor_cannot_publish_even_through_the_screen(client):
    client.force_login(make_person("edith", "Editors"))
    monograph = publish_document().monograph
    fields = fields_of(client, monograph) | {"title": "Mine", "_publish": ""}
    response = client.post(change_address(monograph), fields)
    assert "publish" not in response["Location"]
    assert Edition.objects.count() == 1
