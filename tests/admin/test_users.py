"""Accounts and one-time passwords: what is handed over lets in nobody until another password is chosen."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from drugs.models import AuditEntry, OneTimePassword
from tests.support.builders import publish_document
from tests.support.desk_posts import change_address, make_person, sent

pytestmark = pytest.mark.django_db
CHANGE = "/admin/password_change/"
GIVEN, OWN = "given by adam 1", "chosen by nina 2"


@pytest.fixture
def administrator(client):
    person = make_person("adam", "Administrators")
    client.force_login(person)
    return person


@pytest.fixture
def nina(client, administrator):
    """An account as an administrator makes it: with a one-time password, then a role."""
    fields = {"username": "nina", "password1": GIVEN, "password2": GIVEN}
    response = client.post(reverse("admin:auth_user_add"), fields)
    person = get_user_model().objects.get(username="nina")
    assert response["Location"] == reverse("admin:auth_user_change", args=[person.pk])
    fields = sent(client.get(response["Location"]))
    role = {"groups": [Group.objects.get(name="Editors").pk], "is_active": "on", "is_staff": "on"}
    assert client.post(response["Location"], fields | role).status_code == 302
    return person


def log_in(password, username="nina"):
    browser = Client()
    browser.post(reverse("admin:login"), {"username": username, "password": password})
    return browser


def choose(browser, old, new):
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return browser.post(CHANGE, fields)


def test_a_one_time_password_is_changed_before_anything_else(nina):
    browser = log_in(GIVEN)
    screen = change_address(publish_document().monograph)
    for address in ("/admin/", "/admin/drugs/monograph/", screen, "/markdownx/markdownify/"):
        for answer in (browser.get(address), browser.post(address, {"content": "x"})):
            assert (answer.status_code, answer["Location"]) == (302, CHANGE), address
    assert "An administrator set your password" in browser.get(CHANGE).content.decode()
    assert browser.get("/").status_code == 200  # readers' pages are everybody's

    refused = choose(browser, GIVEN, GIVEN).content.decode()
    assert "This is the password that you were given" in refused
    assert browser.get("/admin/").status_code == 302
    assert choose(browser, GIVEN, OWN).status_code == 302
    assert browser.get("/admin/").status_code == 200
    assert log_in(OWN).get("/admin/drugs/monograph/").status_code == 200
    assert not OneTimePassword.objects.exists()


def test_a_login_that_names_another_site_leads_to_the_desk(nina):
    fields = {"username": "nina", "password": GIVEN, "next": "https://evil.example/"}
    answer = Client().post(reverse("admin:login"), fields)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("where", ["login", "reauthenticate"])
def test_no_way_but_a_changed_password_ends_a_one_time_password(nina, where):
    done = reverse("admin:password_change_done")
    browser = log_in(GIVEN)
    address = {"login": "admin:login", "reauthenticate": "accounts:confirm"}[where]
    fields = {"username": "nina", "password": GIVEN, "next": done}
    browser.post(reverse(address), fields)
    browser.post(f"{reverse(address)}?next={done}", fields)
    assert OneTimePassword.objects.get().user == nina
    assert browser.get("/admin/")["Location"] == CHANGE


def test_a_password_reset_ends_sessions_and_is_one_time_again(client, nina):
    browser = log_in(GIVEN)
    choose(browser, GIVEN, OWN)
    other = "given by adam 3"
    address = reverse("admin:auth_user_password_change", args=[nina.pk])
    fields = {"password1": other, "password2": other, "usable_password": "true"}
    assert client.post(address, fields | {"set-password": ""}).status_code == 302
    assert browser.get("/admin/")["Location"].startswith("/admin/login/")
    assert log_in(other).get("/admin/")["Location"] == CHANGE
    assert OneTimePassword.objects.get().user == nina


def test_a_one_time_password_expires_after_seven_days(client, nina):
    OneTimePassword.objects.update(set_at=timezone.now() - timedelta(days=6, hours=23))
    assert log_in(GIVEN).get("/admin/")["Location"] == CHANGE
    OneTimePassword.objects.update(set_at=timezone.now() - timedelta(days=7))
    refused = Client().post(reverse("admin:login"), {"username": "nina", "password": GIVEN})
    assert "gave you was good for 7 days. Ask for another one." in refused.content.decode()
    assert log_in(GIVEN).get("/admin/")["Location"].startswith("/admin/login/")
    address = reverse("admin:auth_user_password_change", args=[nina.pk])
    fields = {"password1": OWN, "password2": OWN, "usable_password": "true", "set-password": ""}
    assert client.post(address, fields).status_code == 302
    assert log_in(OWN).get("/admin/")["Location"] == CHANGE


@pytest.mark.parametrize("spelling", ["{}", "0{}", " {}", "+{}", "{} "])
def test_ones_own_password_is_changed_only_by_who_knows_it(client, administrator, spelling):
    address = reverse("admin:auth_user_password_change", args=[spelling.format(administrator.pk)])
    before = administrator.password
    fields = {"password1": OWN, "password2": OWN, "usable_password": "true", "set-password": ""}
    assert client.post(address, fields)["Location"] == CHANGE
    administrator.refresh_from_db()
    assert administrator.password == before
    assert client.get("/admin/").status_code == 200


def test_a_wrong_old_password_keeps_the_one_time_password(nina):
    browser = log_in(GIVEN)
    assert choose(browser, "wrong", OWN).status_code == 200
    assert browser.get("/admin/")["Location"] == CHANGE
    assert browser.post("/admin/logout/").status_code == 200


def test_a_deactivated_person_is_out_at_once(client, nina):
    browser = log_in(GIVEN)
    choose(browser, GIVEN, OWN)
    address = reverse("admin:auth_user_change", args=[nina.pk])
    fields = sent(client.get(address)) | {"groups": [Group.objects.get(name="Editors").pk]}
    fields.pop("is_active", None)
    assert client.post(address, fields | {"is_staff": "on"}).status_code == 302
    assert browser.get("/admin/")["Location"].startswith("/admin/login/")
    assert log_in(OWN).get("/admin/").status_code == 302


def test_a_new_account_can_do_nothing_until_it_has_a_role(client, administrator):
    fields = {"username": "nina", "password1": GIVEN, "password2": GIVEN, "is_superuser": "on"}
    client.post(reverse("admin:auth_user_add"), fields | {"groups": [Group.objects.first().pk]})
    person = get_user_model().objects.get(username="nina")
    assert (person.is_staff, person.is_superuser) == (True, False)
    assert not person.groups.exists() and not person.get_all_permissions()


def role(*names, **fields):
    return {
        "groups": [Group.objects.get(name=name).pk for name in names],
        "is_active": "on",
        "is_staff": "on",
    } | fields


def change(client, person, **fields):
    """The answer to a change of the account of `person`."""
    address = reverse("admin:auth_user_change", args=[person.pk])
    given = {key: value for key, value in sent(client.get(address)).items() if key != "groups"}
    return client.post(address, given | fields)


def test_the_name_to_sign_with_is_asked_for_with_the_account(client, administrator):
    page = client.get(reverse("admin:auth_user_add")).content.decode()
    assert "First name" in page and "Last name" in page and "Readers see it under a review" in page
    fields = {
        "username": "nina",
        "password1": GIVEN,
        "password2": GIVEN,
        "first_name": "Nina",
        "last_name": " Ek ",
    }
    client.post(reverse("admin:auth_user_add"), fields)
    assert get_user_model().objects.get(username="nina").get_full_name() == "Nina Ek"
    entry = AuditEntry.objects.get(action="person_added")
    assert (entry.object, entry.remark) == ("nina", "active, staff; name “Nina Ek”")


@pytest.mark.parametrize(
    "name, missing",
    [
        ({}, ["first_name", "last_name"]),
        ({"first_name": "Nina"}, ["last_name"]),
        ({"first_name": "\u200b", "last_name": "Ek"}, ["first_name"]),
        ({"first_name": "Nina", "last_name": "Ek"}, []),
    ],
)
def test_a_role_that_publishes_needs_the_name_to_sign_with(client, nina, name, missing):
    response = change(client, nina, **role("Reviewers", **name))
    errors = response.context["errors"].data if response.context else []
    assert (response.status_code == 302) == (not missing) and bool(errors) == bool(missing)
    if missing:
        form = response.context["adminform"].form
        assert list(form.errors) == missing
        assert "Whoever may publish signs with first and last name" in response.content.decode()
    nina.refresh_from_db()
    assert nina.has_perm("drugs.publish_monograph") == (not missing)


def test_a_superuser_needs_the_name_to_sign_with(client, nina):
    client.force_login(make_person("root", is_superuser=True))
    assert change(client, nina, **role("Editors", is_superuser="on")).status_code == 200
    assert (
        change(client, nina, **role(is_superuser="on", first_name="Nina", last_name="Ek")).status_code == 302
    )
    nina.refresh_from_db()
    assert nina.is_superuser
    assert change(client, nina, **role(is_superuser="on", first_name="", last_name="")).status_code == 200


def test_a_reviewer_without_a_name_can_be_put_out_at_once(client, administrator):
    person = make_person("rey", "Reviewers")
    fields = role("Reviewers")
    assert change(client, person, **fields).status_code == 200
    address = reverse("admin:auth_user_change", args=[person.pk])
    assert client.post(address, {"groups": fields["groups"], "is_staff": "on"}).status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    other = make_person("zoe", "Reviewers")
    assert change(client, other, **role("Editors")).status_code == 302


def test_a_change_of_name_is_recorded_with_from_and_to(client, administrator):
    person = make_person("rey", "Reviewers", first_name="Rey", last_name="Ito")
    change(client, person, **role("Editors", first_name="Ray", last_name=""))
    entry = AuditEntry.objects.get(action="person_changed")
    assert entry.remark == "active, staff, Reviewers → active, staff, Editors; name “Rey Ito” → “Ray”"
    change(client, person, **role("Editors", first_name="", last_name=""))
    assert AuditEntry.objects.order_by("number").last().remark == "name “Ray” → “”"
