"""Contents of a drug's page: opened from anywhere on a telephone, with the section that is read marked."""

import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]
PHONE = {"width": 360, "height": 640}


def test_contents_open_from_anywhere_and_lead_to_a_section(open_page):
    page = open_page("/drugs/longol/#faqs", viewport=PHONE, reduced_motion="reduce")
    page.get_by_role("button", name="Contents").click()
    dialog = page.get_by_role("dialog", name="Contents")
    dialog.get_by_role("link", name="What it is used for").click()
    assert dialog.count() == 0 and page.url.endswith("#uses")
    page.wait_for_function("document.querySelector('nav.contents [aria-current]').hash === '#uses'")
    assert page.problems == []


def test_contents_are_reached_by_a_link_without_scripts(open_page):
    page = open_page("/drugs/longol/#faqs", viewport=PHONE, java_script_enabled=False)
    page.get_by_role("link", name="Contents", exact=True).click()
    assert page.url.endswith("#contents")


def test_answers_stand_on_the_first_screen_of_a_phone(open_page):
    for address in ("/drugs/examplol/", "/drugs/pair/", "/drugs/reviewol/"):
        page = open_page(address, viewport=PHONE)
        box = page.locator(".jumps ul").bounding_box()
        assert box["y"] + box["height"] <= 600, address
