"""Sessions: idle and absolute time-out, and when the password is asked for again (reauthentication)."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from drugs.models import AuditEntry
from tests.support.desk_posts import make_person, sent

pytestmark = pytest.mark.django_db

DESK = "/admin/drugs/monograph/"


@pytest.fixture
def adam():
    return make_person("adam", "Administrators")


def log_in(client, username="adam", password="x"):
    return client.post("/admin/login/", {"username": username, "password": password, "next": "/admin/"})


def shift(client, seconds, *stamps):
    """As if so many seconds had gone by since these moments of the session."""
    session = client.session
    for stamp in stamps:
        session[stamp] -= seconds
    session.save()


def test_a_session_gets_a_new_key_at_login_and_ends_at_logout(client, adam):
    client.get("/admin/login/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies["sessionid"] = session.session_key
    log_in(client)
    key = client.cookies["sessionid"].value
    assert key != session.session_key and not Session.objects.filter(pk=session.session_key).exists()
    assert client.cookies["sessionid"]["httponly"] and client.cookies["sessionid"]["samesite"] == "Lax"
    assert not client.cookies["sessionid"]["max-age"]  # gone with the browser
    client.post("/admin/logout/")
    assert not Session.objects.filter(pk=key).exists()
    client.cookies["sessionid"] = key
    assert client.get(DESK).status_code == 302


def test_the_idle_timeout_logs_out_after_an_hour(client, adam):
    log_in(client)
    shift(client, 3590, "seen")
    assert client.get(DESK).status_code == 200
    assert client.get(DESK).status_code == 200  # that was noted
    shift(client, 3610, "seen")
    assert client.get(DESK).status_code == 302
    assert AuditEntry.objects.order_by("number").last().action == "logged_out"


def test_after_a_timeout_the_login_says_that_the_words_are_kept(client):
    kept = "What was typed into a monograph and not saved is kept in this browser"
    assert kept in client.get("/admin/login/?next=/admin/drugs/monograph/1/change/").content.decode()
    assert kept not in client.get("/admin/login/?next=/admin/").content.decode()


def test_the_absolute_timeout_is_a_working_day(client, adam):
    log_in(client)
    shift(client, 12 * 3600 + 10, "since")
    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize("stamp", ["seen", "since"])
def test_a_session_from_before_the_clock_was_set_back_ends(client, adam, stamp):
    log_in(client)
    shift(client, -240, "seen", "since", "password_at")  # clocks of two machines differ
    assert client.get(DESK).status_code == 200
    shift(client, -3600, stamp)
    assert client.get(DESK).status_code == 302


def test_a_password_time_in_the_future_asks_for_reauthentication(client, adam):
    log_in(client)
    shift(client, -3600, "password_at")
    response = client.get("/admin/auth/user/add/")
    assert response.status_code == 302 and "confirm" in response.headers["Location"]


def test_a_session_without_a_beginning_is_not_believed(client, adam):
    log_in(client)
    session = client.session
    del session["since"], session["seen"]
    session.save()
    assert client.get(DESK).status_code == 302


def test_being_there_is_noted_at_most_once_a_minute(client, adam, django_assert_num_queries):
    log_in(client)
    before = client.session["seen"]
    shift(client, 30, "seen")
    client.get(DESK)
    assert client.session["seen"] == before - 30
    shift(client, 40, "seen")
    client.get(DESK)
    assert client.session["seen"] >= before


def test_readers_have_no_session_even_when_they_log_in_elsewhere(client, adam, django_assert_num_queries):
    log_in(client)
    with django_assert_num_queries(0):
        client.get("/healthz/")


def accounts(person):
    return [
        reverse("admin:auth_user_add"),
        reverse("admin:auth_user_change", args=[person.pk]),
        reverse("admin:auth_user_password_change", args=[person.pk]),
        reverse("admin:auth_user_second_factor", args=[person.pk]),
    ]


def test_accounts_are_changed_only_after_reauthentication(client, adam):
    nina = make_person("nina", "Editors")
    log_in(client)
    shift(client, 601, "password_at")
    for address in accounts(nina):
        door = client.get(address)
        assert door.headers["Location"].startswith("/admin/confirm/?next=%2Fadmin%2Fauth%2Fuser%2F")
        shift(client, 700, "password_at")
        assert client.post(address).headers["Location"].startswith("/admin/confirm/")
        shift(client, -700, "password_at")
    door = client.get(accounts(nina)[1], follow=True)
    wrong = client.post("/admin/confirm/", sent(door) | {"password": "wrong"})
    assert "This is not your password" in wrong.content.decode()
    assert client.get(accounts(nina)[1]).status_code == 302
    right = client.post("/admin/confirm/", sent(door) | {"password": "x"})
    assert right.headers["Location"] == accounts(nina)[1]
    for address in accounts(nina):
        assert client.get(address).status_code == 200


def test_a_form_that_was_opened_in_time_may_take_ten_minutes(client, adam):
    nina = make_person("nina", "Editors", first_name="Nina", last_name="Ek")
    log_in(client)
    address = accounts(nina)[1]
    fields = sent(client.get(address)) | {
        "is_active": "on",
        "groups": [Group.objects.get(name="Reviewers").pk],
    }
    shift(client, 900, "password_at")
    assert client.post(address, fields).headers["Location"] == "/admin/auth/user/"
    assert nina.groups.get().name == "Reviewers"
    shift(client, 600, "password_at")
    client.post(address, fields | {"groups": [Group.objects.get(name="Administrators").pk]})
    assert nina.groups.get().name == "Reviewers"


def test_guessing_at_reauthentication_is_counted_too(client, adam):
    log_in(client)
    for _ in range(4):
        assert client.post("/admin/confirm/", {"password": "wrong"}).status_code == 200
    assert client.post("/admin/confirm/", {"password": "wrong"}).status_code == 429
    assert client.post("/admin/confirm/", {"password": "x"}).status_code == 429


def test_reauthentication_takes_no_other_persons_password(client, adam):
    zoe = make_person("zoe", "Administrators")
    zoe.set_password("another")
    zoe.save()
    log_in(client)
    shift(client, 601, "password_at")
    client.post("/admin/confirm/", {"password": "another", "username": "zoe"})
    assert client.get(reverse("admin:auth_user_add")).status_code == 302


@pytest.mark.parametrize("password", ["short", "123456789012345", "password1234", "adam-the-admin"])
def test_weak_passwords_are_refused(client, adam, password):
    log_in(client)
    adam.first_name = "Adam-the-Admin"
    adam.save()
    fields = {"old_password": "x", "new_password1": password, "new_password2": password}
    assert client.post("/admin/password_change/", fields).status_code == 200
    adam.refresh_from_db()
    assert adam.check_password("x")


CHANGE = "/admin/password_change/"


def new_password(old):
    return {"old_password": old, "new_password1": "correct horse 5", "new_password2": "correct horse 5"}


def test_guessing_the_old_password_is_counted_like_the_login(client, adam):
    log_in(client)
    for _ in range(4):
        assert client.post(CHANGE, new_password("wrong")).status_code == 200
    assert client.post(CHANGE, new_password("wrong")).status_code == 429
    assert client.post(CHANGE, new_password("x")).status_code == 429
    adam.refresh_from_db()
    assert adam.check_password("x")
    assert AuditEntry.objects.order_by("number").last().action == "locked_out"


def test_logging_out_everywhere_ends_all_sessions_but_one(client, adam):
    elsewhere = Client()
    log_in(elsewhere)
    log_in(client)
    page = client.get("/admin/log-out-everywhere/")
    assert (
        "This is not your password" in client.post(page.wsgi_request.path, {"password": "y"}).content.decode()
    )
    assert elsewhere.get(DESK).status_code == 200
    client.post(page.wsgi_request.path, sent(page) | {"password": "x"})
    assert client.get(DESK).status_code == 200 and elsewhere.get(DESK).status_code == 302
    assert AuditEntry.objects.order_by("number").last().action == "sessions_ended"
    log_in(elsewhere)
    assert elsewhere.get(DESK).status_code == 200  # with the same password


def test_an_account_without_password_confirms_by_its_second_factor(client, adam):
    adam.set_unusable_password()
    adam.save()
    client.force_login(adam)
    device = StaticDevice.objects.create(user=adam)
    StaticToken.objects.create(device=device, token="abcd2345")
    shift(client, 601, "password_at")
    assert "A code of your second factor" in client.get("/admin/confirm/").content.decode()
    assert client.post("/admin/confirm/", {"password": "wrong234"}).status_code == 200
    StaticDevice.objects.update(throttling_failure_timestamp=None)
    assert client.post("/admin/confirm/", {"password": "abcd 2345"}).status_code == 302
