"""Accounts and one-time passwords: what is handed over lets in nobody until another password is chosen."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from drugs.accounts import one_time_passwords
from drugs.accounts.roles import ROLES
from drugs.admin import users
from drugs.desk import share_links
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
def nina(client, administrator, monkeypatch):
    """An account as an administrator makes it: with a role, and a one-time password that the machine makes."""
    make_passwords(monkeypatch, GIVEN)
    fields = {"username": "nina", "first_name": "Nina", "last_name": "Ek", "role": "Editors"}
    assert client.post(reverse("admin:auth_user_add"), fields).status_code == 200
    return get_user_model().objects.get(username="nina")


def make_passwords(monkeypatch, password):
    monkeypatch.setattr(one_time_passwords, "make_password", lambda: password)
    monkeypatch.setattr(users, "make_password", lambda: password)


def log_in(password, username="nina"):
    browser = Client()
    browser.post(reverse("admin:login"), {"username": username, "password": password})
    return browser


def choose(browser, old, new):
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return browser.post(CHANGE, fields)


def test_a_new_person_is_handed_the_address_and_the_next_follows(client, administrator):
    form = client.get(reverse("admin:auth_user_add")).content.decode()
    assert "_save" in form and "_addanother" not in form and "_continue" not in form
    fields = {"username": "otto", "first_name": "Otto", "last_name": "Ek", "role": "Reviewers"}
    given = client.post(reverse("admin:auth_user_add"), fields).content.decode()
    assert "http://testserver/admin/" in given and reverse("admin:auth_user_add") in given
    assert "<h1>People</h1>" in client.get(reverse("admin:auth_user_changelist")).content.decode()


def test_the_form_of_a_new_person_says_what_each_role_does(client, administrator):
    form = client.get(reverse("admin:auth_user_add")).content.decode()
    assert form.count('type="radio" name="role"') == len(ROLES)
    assert "Reviewers do that too, and publish, sign" in form and "write no page" in form
    given = client.get(reverse("admin:auth_user_change", args=[administrator.pk])).content.decode()
    assert "Reviewers do that too, and publish, sign" in given


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


def test_the_page_of_the_password_says_which_one_is_the_old(nina, settings):
    settings.REQUIRE_OTP = True
    browser = log_in(GIVEN)
    set_up = browser.get(CHANGE, follow=True)
    assert "second factor" in set_up.content.decode()
    assert (
        "An administrator set your password" not in set_up.content.decode()
    )  # no password is asked for there
    settings.REQUIRE_OTP = False
    assert "An administrator set your password" in browser.get(CHANGE).content.decode()
    choose(browser, GIVEN, OWN)
    assert "An administrator set your password" not in log_in(OWN).get(CHANGE).content.decode()


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


def test_a_password_reset_ends_sessions_and_is_one_time_again(client, nina, monkeypatch):
    browser = log_in(GIVEN)
    choose(browser, GIVEN, OWN)
    other = "given by adam 3"
    address = reverse("admin:auth_user_password_change", args=[nina.pk])
    make_passwords(monkeypatch, other)
    assert other in client.post(address).content.decode()
    assert browser.get("/admin/")["Location"].startswith("/admin/login/")
    assert log_in(other).get("/admin/")["Location"] == CHANGE
    assert OneTimePassword.objects.get().user == nina


def test_a_one_time_password_expires_after_seven_days(client, nina, monkeypatch):
    OneTimePassword.objects.update(set_at=timezone.now() - timedelta(days=6, hours=23))
    assert log_in(GIVEN).get("/admin/")["Location"] == CHANGE
    OneTimePassword.objects.update(set_at=timezone.now() - timedelta(days=7))
    refused = Client().post(reverse("admin:login"), {"username": "nina", "password": GIVEN})
    assert "gave you was good for 7 days. Ask for another one." in refused.content.decode()
    assert log_in(GIVEN).get("/admin/")["Location"].startswith("/admin/login/")
    address = reverse("admin:auth_user_password_change", args=[nina.pk])
    make_passwords(monkeypatch, OWN)
    assert client.post(address).status_code == 200
    assert log_in(OWN).get("/admin/")["Location"] == CHANGE


@pytest.mark.parametrize("spelling", ["{}", "0{}", " {}", "+{}", "{} "])
def test_ones_own_password_is_changed_only_by_who_knows_it(client, administrator, spelling):
    address = reverse("admin:auth_user_password_change", args=[spelling.format(administrator.pk)])
    before = administrator.password
    assert client.post(address)["Location"] == CHANGE
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


def test_links_for_comment_end_with_the_account_of_their_maker(client, nina):
    page = publish_document().monograph
    link = share_links.share(page, by="nina", version=page.version, days=7)
    address = reverse("admin:auth_user_change", args=[nina.pk])
    shown = client.get(address)
    assert reverse("admin:drugs_monograph_share", args=[page.pk]) in shown.content.decode()
    fields = sent(shown)
    fields.pop("is_active", None)
    after = client.post(address, fields, follow=True).content.decode()
    assert "1 link for comment that nina had made leads nowhere any more" in after
    link.refresh_from_db()
    assert link.revoked_by == "adam" and AuditEntry.objects.latest("number").action == "share_revoked"
    assert "What this person shares" in client.get(address).content.decode()


def test_an_account_is_made_with_a_name_and_one_role(client, administrator):
    page = client.get(reverse("admin:auth_user_add")).content.decode()
    assert "password1" not in page and "uperuser" not in page and "Readers see first and last name" in page
    fields = {"username": "nina", "first_name": "Nina", "last_name": "Ek", "role": "Reviewers"}
    for missing in fields:
        client.post(reverse("admin:auth_user_add"), {**fields, missing: ""})
    client.post(reverse("admin:auth_user_add"), {**fields, "role": "Everything"})
    client.post(reverse("admin:auth_user_add"), {**fields, "username": "Adam"})
    assert get_user_model().objects.count() == 1
    shown = client.post(reverse("admin:auth_user_add"), {**fields, "is_superuser": "on"}, follow=True)
    person = get_user_model().objects.get(username="nina")
    assert [group.name for group in person.groups.all()] == ["Reviewers"] and not person.is_superuser
    password = shown.context["password"]
    assert person.check_password(password) and len(password) == 19 and "no-store" in shown["Cache-Control"]
    assert password not in client.get("/admin/auth/user/").content.decode()


def test_an_account_shows_no_hash_and_no_words_of_programmers(client, nina):
    client.force_login(make_person("root", is_superuser=True, first_name="Root", last_name="Ek"))
    page = client.get(reverse("admin:auth_user_change", args=[nina.pk])).content.decode()
    for words in ("Superuser", "Staff status", "algorithm", "iterations", "Hold down", nina.password):
        assert words not in page
    assert "Make a new one-time password" in page and "May do everything" in page


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


def test_the_name_to_sign_with_is_recorded_with_the_account(client, administrator):
    fields = {"username": "nina", "first_name": "Nina", "last_name": " Ek ", "role": "Editors"}
    client.post(reverse("admin:auth_user_add"), fields)
    assert get_user_model().objects.get(username="nina").get_full_name() == "Nina Ek"
    entry = AuditEntry.objects.get(action="person_added")
    assert (entry.object, entry.remark) == ("nina", "active, staff, Editors; name “Nina Ek”")


@pytest.mark.parametrize(
    "name, missing",
    [
        ({"first_name": "", "last_name": ""}, ["first_name", "last_name"]),
        ({"first_name": "Nina", "last_name": ""}, ["last_name"]),
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
    nameless = {"first_name": "", "last_name": ""}
    assert change(client, nina, **role("Editors", is_superuser="on", **nameless)).status_code == 200
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
