"""The second factor: set up at the first login, asked for at each one, changed by showing it, removed by others."""

import base64
import re
import time
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from drugs.content.qr_code import qr_code
from drugs.models import AuditEntry
from tests.support.desk_posts import make_person, sent

pytestmark = pytest.mark.django_db

CODE, ENROL, CODES = (
    "/admin/second-factor/",
    "/admin/second-factor/set-up/",
    "/admin/second-factor/backup-codes/",
)
DESK = "/admin/drugs/monograph/"


@pytest.fixture(autouse=True)
def asked_for(settings):
    settings.REQUIRE_OTP = True


@pytest.fixture
def pat():
    return make_person("pat", "Reviewers", "Administrators", first_name="Pat")


def give_password(client, username="pat", next="/admin/"):
    return client.post("/admin/login/", {"username": username, "password": "x", "next": next})


def app_shows(key, steps=0):
    """What the app of whoever scanned `key` (hexadecimal) shows, or showed so many half minutes ago."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def enrol(client, **more):
    """Sets up a factor as a person does, and returns the secret of the app and the backup codes."""
    page = client.get(ENROL).content.decode()
    key = client.session["new_factor"]
    assert bytes.fromhex(key)  # what the picture and the text hold
    response = client.post(ENROL, sent_from(page) | {"code": app_shows(key), **more})
    return key, re.findall(r"<code>(\w{4} \w{4})</code>", response.content.decode())


def sent_from(page):
    return {"next": re.search(r'name="next" value="([^"]*)"', page)[1]}


def forget_codes():
    """As if half a minute had gone by: a code is taken once, and the next test needs one."""
    TOTPDevice.objects.update(last_t=-1)


def acts():
    return list(AuditEntry.objects.order_by("number").values_list("who", "action"))


def test_an_account_without_a_factor_may_only_set_one_up(client, pat):
    assert give_password(client, next=DESK).status_code == 302
    for address in (DESK, "/admin/", "/admin/auth/user/", "/admin/password_change/", "/admin/jsi18n/"):
        response = client.get(address, follow=True)
        assert response.redirect_chain[-1][0].startswith(ENROL), address
        assert client.post(address).status_code == 302
    assert client.post("/markdownx/markdownify/", {"content": "x"}).status_code == 403
    key, codes = enrol(client)
    assert len(codes) == 10
    assert client.get(DESK).status_code == 200
    assert client.post("/markdownx/markdownify/", {"content": "x"}).status_code == 200
    assert acts() == [("pat", "password"), ("pat", "enrolled"), ("pat", "logged_in")]


def test_a_phone_opens_its_own_app_with_the_secret(client, pat):
    give_password(client)
    page = client.get(ENROL).content.decode()
    address = unescape(re.search(r'href="(otpauth://totp/[^"]+)"', page)[1])
    assert "Open the app here" in page
    secret = base64.b32decode(parse_qs(urlsplit(address).query)["secret"][0])
    assert secret.hex() == client.session["new_factor"]


def test_a_login_asks_for_the_code_and_then_leads_to_next(client, pat):
    give_password(client)
    key, _ = enrol(client)
    client.post("/admin/logout/")
    forget_codes()
    give_password(client, next=DESK)
    door = client.get(DESK, follow=True)
    assert door.redirect_chain[-1][0].startswith(CODE)
    assert client.get(ENROL).headers["Location"] == CODE  # an account with a factor cannot have another one
    assert client.get(CODES).status_code == 302
    fields = sent(door)
    assert client.post(CODE, fields | {"code": "000000"}).status_code == 200
    assert client.get(DESK).status_code == 302
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    session = client.cookies["sessionid"].value
    shown = app_shows(key)
    response = client.post(CODE, fields | {"code": f"{shown[:3]} {shown[3:]}"})
    assert response.headers["Location"] == DESK
    assert client.cookies["sessionid"].value != session
    assert client.get(DESK).status_code == 200
    assert acts()[-3:] == [("pat", "password"), ("pat", "wrong_code"), ("pat", "logged_in")]


def test_a_code_is_taken_once_and_an_old_one_not_at_all(client, pat, monkeypatch):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)  # an app shows another code every half minute
    give_password(client)
    key, _ = enrol(client)
    client.post("/admin/logout/")
    give_password(client)
    client.post(CODE, {"code": app_shows(key)})  # the one that set it up
    assert client.get(DESK).status_code == 302
    TOTPDevice.objects.update(last_t=-1, throttling_failure_timestamp=None)
    client.post(CODE, {"code": app_shows(key, steps=-4)})
    assert client.get(DESK).status_code == 302


def test_a_backup_code_lets_in_once_however_it_is_typed(client, pat):
    give_password(client)
    _, codes = enrol(client)
    for typed, status in ((codes[0].upper(), 200), (codes[0], 302), (codes[1].replace(" ", "-"), 200)):
        client.post("/admin/logout/")
        StaticDevice.objects.update(throttling_failure_timestamp=None)
        give_password(client)
        client.post(CODE, {"code": typed})
        assert client.get(DESK).status_code == status
    assert StaticToken.objects.count() == 8
    assert AuditEntry.objects.filter(action="logged_in").last().detail == "With a backup code; 8 are left."


def test_after_the_clock_was_set_back_only_a_backup_code_lets_in(client, pat):
    give_password(client)
    key, codes = enrol(client)
    client.post("/admin/logout/")
    TOTPDevice.objects.update(last_t=int(time.time() + 3600) // 30)  # used when the clock was an hour ahead
    give_password(client)
    client.post(CODE, {"code": app_shows(key)})
    assert client.get(DESK).status_code == 302
    client.post(CODE, {"code": codes[0]})
    assert client.get(DESK).status_code == 200


def test_guessing_codes_becomes_slow_and_backup_codes_still_work(client, pat):
    give_password(client)
    key, codes = enrol(client)
    client.post("/admin/logout/")
    forget_codes()
    TOTPDevice.objects.update(throttling_failure_count=6, throttling_failure_timestamp=timezone.now())
    give_password(client)
    response = client.post(CODE, {"code": app_shows(key)})
    assert response.status_code == 429
    assert 25 < int(response.headers["Retry-After"]) <= 32
    assert "Try again in" in response.content.decode()
    assert client.get(DESK).status_code == 302
    client.post(CODE, {"code": codes[0]})
    assert client.get(DESK).status_code == 200


def test_the_secret_belongs_to_the_session_that_was_shown_it(client, pat):
    """Somebody else who knows the password, and looked first, has not seen the secret that is set up later."""
    from django.test import Client

    spy = Client()
    give_password(spy)
    spy.get(ENROL)
    give_password(client)
    key, _ = enrol(client)
    assert spy.session["new_factor"] != key
    response = spy.post(ENROL, {"code": app_shows(spy.session["new_factor"])})
    assert response.headers["Location"] == CODE
    assert TOTPDevice.objects.get().key == key


def test_enrolment_in_an_old_session_asks_for_the_password_again(client, pat):
    give_password(client)
    client.get(ENROL)
    session = client.session
    session["password_at"] -= 1300
    session.save()
    for response in (client.get(ENROL), client.post(ENROL, {"code": app_shows(session["new_factor"])})):
        assert response.headers["Location"].startswith("/admin/confirm/")
    assert not TOTPDevice.objects.exists()
    client.post("/admin/confirm/", {"password": "x"})
    assert len(enrol(client)[1]) == 10


def test_a_wrong_code_sets_up_nothing(client, pat):
    give_password(client)
    client.get(ENROL)
    for code in ("000000", "", "abcdef", "٣٣٣٣٣٣", "1234567890123456789012345"):
        assert client.post(ENROL, {"code": code}).status_code == 200
    assert not TOTPDevice.objects.exists()
    assert client.get(DESK).status_code == 302


def test_changing_the_factor_needs_the_present_one(client, pat):
    give_password(client)
    old, _ = enrol(client)
    forget_codes()
    client.get(ENROL)
    key = client.session["new_factor"]
    fields = {"code": app_shows(key), "current": "000000"}
    client.post(ENROL, fields)
    assert TOTPDevice.objects.get().key == old
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    client.post(ENROL, fields | {"current": app_shows(old)})
    assert TOTPDevice.objects.get().key == key != old
    assert StaticToken.objects.count() == 10
    assert client.get(DESK).status_code == 200


def test_new_backup_codes_need_the_factor_and_end_the_old_ones(client, pat):
    give_password(client)
    key, codes = enrol(client)
    forget_codes()
    client.post(CODES, {"code": "000000"})
    assert StaticToken.objects.filter(token=codes[0].replace(" ", "")).exists()
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    page = client.post(CODES, {"code": app_shows(key)}).content.decode()
    assert len(re.findall(r"<code>(\w{4} \w{4})</code>", page)) == 10
    assert not StaticToken.objects.filter(token=codes[0].replace(" ", "")).exists()
    assert acts()[-1] == ("pat", "backup_codes")


def test_backup_codes_are_shown_once(client, pat):
    give_password(client)
    _, codes = enrol(client)
    for address in (ENROL, CODES, "/admin/"):
        assert codes[0] not in client.get(address, follow=True).content.decode()


def test_administrators_remove_a_lost_factor_and_not_their_own(client, pat):
    nina = make_person("nina", "Editors")
    give_password(client, "nina")
    enrol(client)
    nina_s = client.cookies.copy()
    client.cookies.clear()
    give_password(client)
    enrol(client)
    address = reverse("admin:auth_user_second_factor", args=[nina.pk])
    assert "call them back" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert (
        not TOTPDevice.objects.filter(user=nina).exists()
        and not StaticDevice.objects.filter(user=nina).exists()
    )
    assert acts()[-1] == ("pat", "factor_removed")
    assert AuditEntry.objects.last().object == "nina"
    own = reverse("admin:auth_user_second_factor", args=[pat.pk])
    assert client.post(own).status_code == 403
    client.cookies = nina_s  # an open session is no longer let in either
    assert client.get(DESK).status_code == 302


def test_an_administrator_cannot_remove_a_superusers_factor(client, pat):
    root = make_person("root", is_superuser=True)
    TOTPDevice.objects.create(user=root, key="00" * 20)
    give_password(client)
    enrol(client)
    assert client.post(reverse("admin:auth_user_second_factor", args=[root.pk])).status_code in (403, 404)
    assert TOTPDevice.objects.filter(user=root).exists()


def test_operators_remove_a_factor_from_the_command_line(capsys, pat):
    TOTPDevice.objects.create(user=pat, key="00" * 20)
    call_command("remove_second_factor", "pat")
    assert "at the next login" in capsys.readouterr().out
    assert acts() == [("remove_second_factor", "factor_removed")]
    for name in ("pat", "nobody"):
        with pytest.raises(CommandError):
            call_command("remove_second_factor", name)


def test_no_screen_of_the_admin_shows_secrets(client, pat):
    give_password(client)
    enrol(client)
    pat.is_superuser = True
    pat.save()
    for address in (
        "otp_totp/totpdevice/",
        "otp_static/staticdevice/",
        "axes/accessattempt/",
        "axes/accesslog/",
    ):
        assert client.get(f"/admin/{address}").status_code == 404


def test_without_the_requirement_nobody_is_asked(client, settings, pat):
    settings.REQUIRE_OTP = False
    give_password(client)
    assert client.get(DESK).status_code == 200
    assert client.get(CODE).headers["Location"] == "/admin/"


def test_somebody_half_in_can_log_out(client, pat):
    give_password(client)
    assert client.post("/admin/logout/").status_code == 200
    assert client.get(CODE).headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_no_door_leads_out_of_the_site(client, pat, target):
    give_password(client, next=target)
    key, _ = enrol(client)
    fields = {"next": target, "password": "x", "username": "pat", "code": app_shows(key)}
    for address in (CODE, ENROL, "/admin/confirm/", "/admin/login/"):
        for response in (client.get(address, {"next": target}), client.post(address, fields)):
            assert "evil" not in response.headers.get("Location", "")
            assert 'href="javascript' not in response.content.decode()


def test_the_picture_holds_dark_squares_within_a_margin():
    picture = qr_code("otpauth://totp/MedInfo:pat?secret=ABC")
    runs = [(int(x), int(x) + int(width)) for x, width in re.findall(r"M(\d+) \d+h(\d+)", picture.path)]
    assert min(start for start, _ in runs) == 4 and max(end for _, end in runs) == picture.width - 4


def test_sessions_end_with_the_backup_codes_that_opened_them(client, pat):
    give_password(client)
    key, codes = enrol(client)
    thief = Client()
    give_password(thief)
    thief.post(CODE, {"code": codes[0]})
    assert thief.get(DESK).status_code == 200
    forget_codes()
    client.post(CODES, {"code": app_shows(key)})
    assert client.get(DESK).status_code == 200 and thief.get(DESK).status_code == 302


def test_whoever_came_in_by_a_backup_code_may_renew_them(client, pat):
    give_password(client)
    _, codes = enrol(client)
    client.post("/admin/logout/")
    give_password(client)
    client.post(CODE, {"code": codes[0]})
    assert client.post(CODES, {"code": codes[1]}).status_code == 200
    assert client.get(DESK).status_code == 200
