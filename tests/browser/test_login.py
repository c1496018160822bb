"""Login in a real browser: a second factor from the first time on, lockout, and reauthentication."""

import base64
import re
import time

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.support.desk_posts import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WITH_TARGETS = {"rules": {"target-size": {"enabled": True}}}  # WCAG 2.5.8, which axe leaves out unasked


@pytest.fixture
def page(browser, settings):
    settings.REQUIRE_OTP = True
    make_person("pat", "Administrators", first_name="Pat")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(15_000)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: page.complaints.append(message.text) if complains(message) else None)
    yield page
    page.context.close()


def complains(message):
    """Of a policy, a script, a header that the browser does not know; not of the icon that the admin lacks."""
    return message.type in ("error", "warning") and "404" not in message.text


def give_password(page, live_server, password="x"):
    page.goto(f"{live_server.url}/admin/login/?next=/admin/drugs/monograph/")
    page.fill("#id_username", "pat")
    page.fill("#id_password", password)
    page.click("[type=submit]")


def app_shows(secret):
    """What the app of whoever typed this secret shows now."""
    totp = TOTP(base64.b32decode(secret.replace(" ", "")))
    totp.time = time.time()
    return f"{totp.token():06}"


def set_up(page, live_server):
    give_password(page, live_server)
    secret = page.inner_text("code.secret")
    page.fill("#id_code", app_shows(secret))
    page.click("button:text-is('Set up')")
    page.wait_for_selector("text=I have them; go on")
    return secret, page.locator(".backup-codes code").all_inner_texts()


def test_from_the_first_login_to_a_lost_phone(page, live_server):
    secret, codes = set_up(page, live_server)
    assert re.fullmatch(r"(\w{4} ){7}\w{4}", secret) and len(codes) == 10
    page.click("text=I have them; go on")
    page.wait_for_selector("text=All monographs")

    page.click("button:text-is('Log out')")
    TOTPDevice.objects.update(last_t=-1)  # as if half a minute had gone by
    give_password(page, live_server)
    page.wait_for_function("document.activeElement.id == 'id_code'")
    page.fill("#id_code", app_shows(secret))
    page.keyboard.press("Enter")
    page.wait_for_selector("text=All monographs")

    page.click("button:text-is('Log out')")
    give_password(page, live_server)
    page.fill("#id_code", codes[3])
    page.keyboard.press("Enter")
    page.wait_for_selector("text=You used a backup code. 9 are left.")
    assert page.complaints == []


def test_the_picture_can_be_scanned(page, live_server):
    give_password(page, live_server)
    picture = page.locator("svg.qr-code")
    box = picture.bounding_box()
    assert box["width"] == box["height"] > 200
    assert "QR code" in picture.get_attribute("aria-label")
    dark = page.evaluate("getComputedStyle(document.querySelector('svg.qr-code path')).fill")
    assert dark == "rgb(0, 0, 0)"


def test_too_many_wrong_passwords_get_a_page_that_says_how_long(page, live_server):
    for _ in range(5):
        give_password(page, live_server, "wrong")
    assert page.inner_text("#content h1") == "Too many wrong passwords"
    assert "wait 15 minutes" in page.inner_text("#content")
    AccessAttempt.objects.all().delete()
    page.click("text=try again")
    page.wait_for_selector("#id_password")


def test_reauthentication_comes_before_an_account_is_changed(page, live_server):
    nina = make_person("nina", "Editors")
    set_up(page, live_server)
    for row in Session.objects.all():  # as if eleven minutes had gone by
        data = row.get_decoded()
        data["password_at"] -= 660
        row.session_data = Session.objects.encode(data)
        row.save()
    page.goto(f"{live_server.url}/admin/auth/user/{nina.pk}/change/")
    assert "Type the password of pat once more" in page.inner_text("#content")
    page.fill("#id_password", "x")
    page.keyboard.press("Enter")
    page.check("text=May log in")
    page.fill("#id_first_name", "Nina")
    page.click("[name=_save]")
    page.wait_for_selector(".messagelist .success")
    nina.refresh_from_db()
    assert nina.first_name == "Nina"


@pytest.mark.appearance
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_login_pages_are_accessible_and_fit_a_phone(page, live_server, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed.").Axe()
    page.emulate_media(color_scheme=scheme)

    def look():
        for width, options in ((1280, {"runOnly": ["target-size"]}), (320, WITH_TARGETS)):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
            found = axe.run(page, options=options).response["violations"]
            assert [(page.url, v["id"], v["nodes"][0]["html"]) for v in found] == []

    give_password(page, live_server)
    secret = page.inner_text("code.secret")
    look()
    page.fill("#id_code", app_shows(secret))
    page.click("button:text-is('Set up')")
    page.wait_for_selector("text=I have them; go on")
    look()
    for address in ("/admin/second-factor/backup-codes/", "/admin/confirm/", "/admin/drugs/auditentry/"):
        page.goto(live_server.url + address)
        if "auditentry" not in address:
            look()
    page.click(".desk-menu summary")
    page.click(".desk-menu button:text-is('Log out')")
    give_password(page, live_server)
    look()
    page.click("button:text-is('Log out')")
    for _ in range(5):
        give_password(page, live_server, "wrong")
    look()
