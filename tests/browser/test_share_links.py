"""A text shared for comment in a real browser: made at the desk, read and commented on without an account, revoked."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from drugs.models import ReviewNote
from tests.support.builders import publish_document
from tests.support.desk_browser import open_desk
from tests.support.desk_posts import address_of, make_person

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
WITH_TARGETS = {"rules": {"target-size": {"enabled": True}}}


def found_by_axe(page):
    return [rule["id"] for rule in Axe().run(page, options=WITH_TARGETS).response["violations"]]


def test_a_link_is_shared_commented_on_and_revoked(browser, live_server, settings, db, monkeypatch):
    monkeypatch.setattr("drugs.http.form_tokens.SECONDS_TO_WRITE", 0)
    settings.BASE_URL = live_server.url
    make_person("edith", "Editors", first_name="Edith", last_name="Ek")
    monograph = publish_document().monograph
    desk = open_desk(browser, live_server, "edith")
    desk.goto(live_server.url + address_of("review", monograph))
    desk.click("text=Share for comment")
    desk.click("text=Make a link")
    address = desk.input_value("[id^=address-]")
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.click("text=Copy the address")
    desk.wait_for_selector("text=Copied.")
    assert desk.evaluate("navigator.clipboard.readText()") == address and desk.complaints == []

    phone = browser.new_context(**PHONE).new_page()
    phone.set_default_timeout(15_000)
    assert phone.goto(address).headers["referrer-policy"] == "no-referrer"
    assert "DRAFT, NOT FOR USE" in phone.inner_text(".status")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert found_by_axe(phone) == []
    phone.emulate_media(media="print")
    assert phone.locator("p.sheet").is_visible() and phone.locator(".status").is_visible()
    phone.emulate_media(media="screen")
    phone.fill("#id_name", "Dr Ada Ek")
    phone.select_option("#id_section", "uses")
    phone.fill("#id_text", "Only after a meal.")
    phone.click("text=Send the comment")
    phone.wait_for_selector("text=Thank you. Your comment is with the editors.")
    assert ReviewNote.objects.get().by == "Dr Ada Ek (without an account)"

    desk.goto(live_server.url + address_of("review", monograph))
    assert "Only after a meal." in desk.inner_text("#part-uses")
    desk.goto(live_server.url + address_of("share", monograph))
    assert found_by_axe(desk) == []
    desk.click("text=Revoke this link")
    desk.wait_for_selector("text=The link leads nowhere any more")
    assert phone.goto(address).status == 404 and found_by_axe(phone) == []
