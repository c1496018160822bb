"""Pages without a net in a real browser: what was opened says since when it is kept, and what was withdrawn is gone."""

import re
import time

import pytest
from playwright.sync_api import Error, expect

from drugs import publishing
from drugs.models import Publication

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = "caches.open('medinfo-1').then(cache => cache.keys()).then(keys => keys.map(key => new URL(key.url).pathname))"
WORKERS = "navigator.serviceWorker.getRegistrations().then(found => found.length)"


@pytest.fixture
def reader(browser, site_address):
    """A browser of its own, and its page."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield context, page
    context.close()


def wait_for_kept(page, path, there=True):
    # wait_for_function takes a promise itself for an answer.
    ends = time.monotonic() + 10
    while (path in page.evaluate(KEPT)) != there:
        assert time.monotonic() < ends, f"{path} is{' not' if there else ''} kept"
        page.wait_for_timeout(50)


def test_an_opened_page_is_read_without_a_net_and_says_so(reader, site_address):
    context, page = reader
    page.goto(site_address + "/about/")
    assert page.evaluate(WORKERS) == 0  # nothing is kept where no medicine was opened
    page.goto(site_address + "/drugs/examplol/")
    wait_for_kept(page, "/drugs/examplol/")
    wait_for_kept(page, "/emergency/")
    context.set_offline(True)
    page.goto(site_address + "/emergency/")  # to which each page leads, and which nobody has opened here
    expect(page.locator(".saved")).to_contain_text("kept until")
    page.goto(site_address + "/drugs/examplol/")
    expect(page.locator(".saved")).to_contain_text(re.compile(r"edition 1, kept until \d+ \w+ 20\d\d\."))
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # its styles are there
    assert page.locator(".saved").bounding_box()["height"] < 120  # the jumps stay on the first screen
    with pytest.raises(Error):
        page.goto(site_address + "/drugs/reviewol/")
    context.set_offline(False)
    page.goto(site_address + "/drugs/examplol/")
    assert page.locator(".saved").count() == 0
    kept = page.evaluate(KEPT)
    own = ("/drugs/examplol/", "/emergency/")
    assert all(path in own or path.startswith("/static/") for path in kept), kept


def test_the_page_of_help_is_kept_where_no_medicine_was_opened(reader, site_address):
    context, page = reader
    page.goto(site_address + "/emergency/")
    wait_for_kept(page, "/emergency/")
    context.set_offline(True)
    page.goto(site_address + "/emergency/")
    expect(page.locator(".saved")).to_contain_text("Saved on")
    assert page.locator('a[href="tel:112"]').count()


def test_a_withdrawn_page_is_dropped_from_what_a_browser_kept(reader, site_address):
    _, page = reader
    page.goto(site_address + "/drugs/examplol/")
    wait_for_kept(page, "/drugs/examplol/")
    publishing.withdraw(Publication.objects.get(slug="examplol"), reason="Wrong.", by="test")
    assert page.goto(site_address + "/drugs/examplol/").status == 410
    wait_for_kept(page, "/drugs/examplol/", there=False)
