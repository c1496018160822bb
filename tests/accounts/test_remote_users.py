"""Remote users: whom a proxy names is let in, believed of listed proxies alone; roles by groups; confirmation."""

import io
import itertools
import random
import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.client import ClientHandler
from django_otp.oath import TOTP
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create

from drugs.backups.cross_proofs import acts_against_the_database
from drugs.models import AuditEntry
from medinfo.environment import Environment
from tests.support.builders import publish_document
from tests.support.desk_posts import address_of, make_person, record_account, sent

pytestmark = pytest.mark.django_db

DESK = "/admin/drugs/monograph/"
PROXY = "10.1.2.3"


@pytest.fixture(autouse=True)
def behind_a_proxy(settings, tmp_path, monkeypatch):
    """The settings of a site whose proxy at 10.1.2.0/24 signs people in."""
    monkeypatch.setenv("MEDINFO_REMOTE_USER_PROXIES", "10.1.2.0/24, ::1")
    monkeypatch.setenv("MEDINFO_REMOTE_USER_HEADER", "X-Remote-User")
    monkeypatch.setenv("MEDINFO_REMOTE_GROUPS_HEADER", "X-Remote-Groups")
    environment = Environment(tmp_path / "env")
    settings.REMOTE_USER_PROXIES = environment.networks("MEDINFO_REMOTE_USER_PROXIES")
    settings.REMOTE_USER_HEADER = environment.header("MEDINFO_REMOTE_USER_HEADER")
    settings.REMOTE_GROUPS_HEADER = environment.header("MEDINFO_REMOTE_GROUPS_HEADER")


def come(name, groups="", address=PROXY, **more):
    """A browser whose requests come through the proxy, which says these of them."""
    return Client(
        REMOTE_ADDR=address,
        headers={"X-Remote-User": name, "X-Remote-Groups": groups} if name else None,
        **more,
    )


def person(name):
    return get_user_model().objects.get(username=name)


def acts():
    return list(AuditEntry.objects.order_by("number").values_list("who", "action", "object"))


def shift(client, seconds, *stamps):
    session = client.session
    for stamp in stamps:
        session[stamp] -= seconds
    session.save()


def test_a_remote_user_is_let_in_with_the_role_of_a_group():
    client = come("ada@example.org", "staff, MedInfo-Editors")
    assert client.get(DESK).status_code == 200
    ada = person("ada@example.org")
    assert [group.name for group in ada.groups.all()] == ["Editors"] and ada.is_staff
    assert not ada.has_usable_password() and not ada.is_superuser
    assert acts() == [
        ("the proxy in front", "person_added", "ada@example.org"),
        ("the proxy in front", "person_changed", "ada@example.org"),
        ("ada@example.org", "logged_in", ""),
    ]
    assert not [fault for fault in acts_against_the_database(len) if not fault.warning]
    key = client.cookies["sessionid"].value
    client.get(DESK)
    assert client.cookies["sessionid"].value == key and len(acts()) == 3


def test_a_remote_user_without_a_group_has_no_role():
    client = come("nobody")
    page = client.get(DESK, follow=True)
    assert "no role at this desk yet" in page.content.decode()
    assert not person("nobody").is_staff and not person("nobody").groups.exists()


@pytest.mark.parametrize(
    ("mapping", "groups", "roles"),
    [
        ({}, "EDITORS;medinfo-reviewers", {"Editors", "Reviewers"}),
        ({}, "chief-editors,superusers", set()),
        ({"Pharmacy": "Reviewers"}, "pharmacy", {"Reviewers"}),
        ({"pharmacy": "Reviewers"}, "Editors", set()),
    ],
)
def test_remote_groups_decide_the_roles_at_each_login(settings, mapping, groups, roles):
    settings.REMOTE_ROLES = mapping
    record_account(make_person("ada", "Administrators"))
    come("ada", groups).get(DESK)
    assert set(person("ada").groups.values_list("name", flat=True)) == roles
    assert person("ada").is_staff is bool(roles)
    assert not [fault for fault in acts_against_the_database(len) if not fault.warning]


def test_remote_groups_leave_a_superuser_one():
    make_person("root", is_superuser=True)
    assert come("root").get(DESK).status_code == 200


def test_roles_stay_as_they_are_where_no_header_has_groups(settings):
    settings.REMOTE_GROUPS_HEADER = ""
    make_person("ada", "Reviewers")
    come("ada", "Editors").get(DESK)
    assert [group.name for group in person("ada").groups.all()] == ["Reviewers"]


@pytest.mark.parametrize("name", ["Ada", "ADA", "ada"])
def test_one_person_has_one_account_however_spelt(name):
    come(name).get(DESK)
    come("ada").get(DESK)
    assert get_user_model().objects.count() == 1


@pytest.mark.parametrize("name", ["a" * 151, "ada,eve", "ada eve", "a<b>", "\xff\xfe", ",", "ada\tx"])
def test_a_remote_name_that_no_account_can_have_lets_nobody_in(name):
    assert come(name, "Editors").get(DESK).status_code == 302
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize("name", ["\uff41da", "ad\u1d43", "\u0131da", "\u017fam", "\u212ay"])
def test_a_remote_name_of_look_alikes_is_nobody_elses(name):
    for known in ("ada", "ida", "sam", "ky"):
        make_person(known, "Administrators")
    client = come(name.encode().decode("latin-1"), "Editors")
    client.get(DESK)
    key = client.session.get("_auth_user_id")
    assert key is None or get_user_model().objects.get(pk=key).username == name


def test_a_remote_name_is_the_same_however_its_accents_are_written():
    come("zoe\u0308".encode().decode("latin-1"), "Editors").get(DESK)
    assert person("zo\u00eb")


def test_a_remote_name_is_read_as_utf_8():
    come("zoë".encode().decode("latin-1"), "Editors").get(DESK)
    assert person("zoë")


def test_a_closed_account_stays_closed_to_the_proxy():
    make_person("ada", "Editors", is_active=False)
    assert come("ada", "Editors").get(DESK).status_code == 302
    assert not acts() and not Session.objects.exists()


def test_a_remote_session_ends_with_its_header():
    client = come("ada", "Editors")
    client.get(DESK)
    client.defaults.pop("HTTP_X_REMOTE_USER")
    assert client.get(DESK).status_code == 302
    assert acts()[-1] == ("ada", "logged_out", "")


def test_another_remote_name_is_another_session():
    client = come("ada", "Editors")
    client.get(DESK)
    key = client.cookies["sessionid"].value
    client.defaults["HTTP_X_REMOTE_USER"] = "eve"
    assert client.post(DESK).status_code == 302  # who sends a form is not logged in by it
    assert client.get(DESK).wsgi_request.user.username == "eve"
    assert not Session.objects.filter(pk=key).exists()


def test_a_session_of_a_password_outlives_a_request_without_the_header():
    make_person("adam", "Editors")
    client = Client(REMOTE_ADDR=PROXY)
    client.post("/admin/login/", {"username": "adam", "password": "x"})
    assert client.get(DESK).status_code == 200


def test_readers_pages_never_look_at_the_remote_user(django_assert_num_queries):
    with django_assert_num_queries(0):
        come("ada", "Editors").get("/healthz/")
    assert not get_user_model().objects.exists()


def test_the_remote_user_meets_no_lock_of_guessed_passwords():
    ada = make_person("ada", "Editors")
    for count in range(25):
        come("").post("/admin/login/", {"username": f"name{count % 22}", "password": "wrong"})
    assert come("ada", "Editors").get(DESK).status_code == 200
    assert ada.username == "ada"


# The second factor


def test_the_second_factor_is_asked_for_unless_the_proxy_vouches(settings):
    settings.REQUIRE_OTP = True
    client = come("ada", "Editors")
    assert client.get(DESK, follow=True).redirect_chain[-1][0].startswith("/admin/second-factor/set-up/")
    assert acts()[-1] == ("ada", "remote", "")
    settings.REMOTE_OTP = True
    assert come("ada", "Editors").get(DESK).status_code == 200
    make_person("adam", "Editors")
    other = Client(REMOTE_ADDR=PROXY)
    other.post("/admin/login/", {"username": "adam", "password": "x"})
    assert other.get(DESK).status_code == 302  # nobody vouches for who came by a password


def app_shows(key, steps=0):
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def set_up_factor(client):
    """Sets up a second factor as a person does; returns its key."""
    page = client.get("/admin/second-factor/set-up/")
    key = client.session["new_factor"]
    answer = client.post("/admin/second-factor/set-up/", sent(page) | {"code": app_shows(key, -1)})
    assert "shown this once" in answer.content.decode()
    return key


@pytest.mark.parametrize("asked", [True, False])
def test_a_remote_reviewer_signs_with_a_code_only(settings, asked):
    settings.REQUIRE_OTP, settings.REMOTE_OTP = asked, True
    page = publish_document().monograph
    client = come("ada", "Reviewers")
    client.get(DESK)
    get_user_model().objects.update(first_name="Ada", last_name="Ek")
    address = address_of("publish", page)
    shown = client.get(address).content.decode()
    assert "neither a password here nor a second factor" in shown
    signing = {"kind": "review", "signed": "yes", "role": "pharmacist", "looked": "on"}
    client.post(address, sent(client.get(address)) | signing | {"password": "x"})
    assert page.editions.count() == 1
    key = set_up_factor(client)
    shift(client, 1300, "password_at")
    form = client.get(address)
    assert "A code of your second factor" in form.content.decode()
    client.post(address, sent(form) | signing | {"password": "123456"})
    assert page.editions.count() == 1
    from django_otp.plugins.otp_totp.models import TOTPDevice

    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    client.post(address, sent(form) | signing | {"password": app_shows(key)})
    assert page.editions.count() == 2 and page.editions.order_by("number").last().reviewed_by == "Ada Ek"


def test_the_login_of_a_proxy_confirms_no_change_of_accounts():
    client = come("ada", "Administrators")
    door = client.get("/admin/auth/user/add/", follow=True)
    assert door.redirect_chain[-1][0].startswith("/admin/confirm/")
    assert "Set up a second factor" in door.content.decode()
    assert "is not right" not in client.post("/admin/confirm/", {"password": ""}).content.decode()
    assert client.get("/admin/auth/user/add/").status_code == 302
    shift(client, 700, "since")
    assert client.get("/admin/second-factor/set-up/").headers["Location"].startswith("/admin/confirm/")
    shift(client, -700, "since")
    set_up_factor(client)
    assert client.get("/admin/auth/user/add/").status_code == 200


def test_a_remote_user_with_a_password_confirms_by_it():
    make_person("adam", "Administrators")
    client = come("adam", "Administrators")
    door = client.get("/admin/auth/user/add/", follow=True)
    assert "Type the password of adam" in door.content.decode()
    client.post("/admin/confirm/", {"password": "x"})
    assert client.get("/admin/auth/user/add/").status_code == 200


# Leaving


@pytest.mark.parametrize("where", ["/oauth2/sign_out", "https://login.example.org/out?x=1"])
def test_log_out_leads_where_the_operator_says(settings, where):
    settings.LOGOUT_REDIRECT_URL = where
    client = come("ada", "Editors")
    client.get(DESK)
    assert client.post("/admin/logout/").headers["Location"] == where
    policy = Client(REMOTE_ADDR=PROXY).get("/admin/login/").headers["Content-Security-Policy"]
    elsewhere = " https://login.example.org" if where.startswith("https") else ""
    assert f"form-action 'self'{elsewhere};" in policy
    assert "login.example.org" not in client.get("/healthz/").headers["Content-Security-Policy"]


# Forged headers

ELSEWHERE = ["203.0.113.9", "127.0.0.1", "10.1.3.3", "10.1.2", "", "2001:db8::1", "::ffff:203.0.113.9"]
SPELLINGS = [
    *("X-Remote-User", "x-remote-user", "X-REMOTE-USER", "X_Remote_User", "x_remote-user", "X-Remote_User"),
    *("Remote-User", "REMOTE_USER", "HTTP_X_REMOTE_USER", "X-Forwarded-User", "X--Remote-User"),
]
WAYS = [
    *([], ["X-Forwarded-For: 10.1.2.3"], ["X-Forwarded-For: 203.0.113.9, 10.1.2.3"], ["X-Real-IP: 10.1.2.3"]),
    *(
        ["Forwarded: for=10.1.2.3"],
        ["REMOTE_ADDR: 10.1.2.3"],
        ["Remote-Addr: 10.1.2.3"],
        ["Remote_Addr: ::1"],
    ),
    *(["X-Forwarded-For: ::1", "Client-IP: ::1"], ["Host: 10.1.2.3"], ["X-Forwarded-For: unix"]),
]
VALUES = ["root", " root ", "ROOT", "root\r\nX-Remote-User: root", "nobody,root"]


def served(raw, client):
    """The answer of gunicorn's parser and the site to the bytes of a request from `client`, in this process."""
    config = Config()
    (request,) = itertools.islice(RequestParser(config, iter([raw]), client), 1)
    _, environ = create(request, None, client, ("127.0.0.1", 8000), config)
    return SITE({**environ, "wsgi.input": io.BytesIO()})


SITE = ClientHandler()


def forged(spelling, value, ways, path):
    lines = [f"GET {path} HTTP/1.1", "Host: testserver", f"{spelling}: {value}", *ways]
    return "\r\n".join([*lines, "X-Remote-Groups: Administrators", "", ""]).encode()


def test_a_thousand_forged_headers_of_a_remote_user_let_nobody_in(settings):
    settings.PROXIES = 1
    make_person("root", is_superuser=True)
    every = list(itertools.product(ELSEWHERE, SPELLINGS, VALUES, WAYS, (DESK,)))
    chosen = random.Random(26).sample(every, 1000)
    for address, *request in chosen:
        client = (address, 4711) if address else ""
        try:
            answer = served(forged(*request), client)
        except Exception as refused:  # by gunicorn: a name that is none
            assert type(refused).__module__.startswith("gunicorn"), request
            continue
        assert answer.status_code == 302 and "sessionid" not in answer.cookies, (address, request)
    assert not acts() and not Session.objects.exists() and get_user_model().objects.count() == 1
    # The same bytes from the proxy do let in: so the refusals were about who sent them.
    let_in = served(forged("X-Remote-User", "root", [], DESK), (PROXY, 4711))
    assert let_in.status_code == 200 and acts()[-1] == ("root", "logged_in", "")


@pytest.mark.parametrize(("listed", "let_in"), [(("unix",), True), ((), False)])
def test_a_local_socket_is_believed_only_where_it_is_listed(settings, listed, let_in):
    settings.REMOTE_USER_PROXIES = listed
    assert (come("ada", "Editors", address="").get(DESK).status_code == 200) is let_in
    assert come("eve", "Editors", address="127.0.0.1").get(DESK).status_code == 302


def test_an_address_of_ipv4_in_ipv6_is_the_same_proxy():
    assert come("ada", "Editors", address="::ffff:10.1.2.3").get(DESK).status_code == 200


def test_two_headers_of_a_remote_user_name_nobody():
    raw = forged("X-Remote-User", "ada\r\nX-Remote-User: root", [], DESK)
    assert served(raw, (PROXY, 4711)).status_code == 302
    assert not get_user_model().objects.exists()
