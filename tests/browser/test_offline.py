"""Pages without a net in a real browser: what was opened says since when it is kept, and what was withdrawn is gone."""

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
    page.wait_for_function(f"{KEPT}.then(paths => paths.includes('{path}') === {str(there).lower()})")


def test_an_opened_page_is_read_without_a_net_and_says_so(reader, site_address):
    context, page = reader
    page.goto(site_address + "/about/")
    assert page.evaluate(WORKERS) == 0  # nothing is kept where no medicine was opened
    page.goto(site_address + "/drugs/examplol/")
    wait_for_kept(page, "/drugs/examplol/")
    context.set_offline(True)
    page.goto(site_address + "/drugs/examplol/")
    expect(page.locator(".saved")).to_contain_text("edition 1")
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # its styles are there
    with pytest.raises(Error):
        page.goto(site_address + "/drugs/reviewol/")
    context.set_offline(False)
    page.goto(site_address + "/drugs/examplol/")
    assert page.locator(".saved").count() == 0
    kept = page.evaluate(KEPT)
    assert all(path == "/drugs/examplol/" or path.startswith("/static/") for path in kept), kept


def test_a_withdrawn_page_is_dropped_from_what_a_browser_kept(reader, site_address):
    _, page = reader
    page.goto(site_address + "/drugs/examplol/")
    wait_for_kept(page, "/drugs/examplol/")
    publishing.withdraw(Publication.objects.get(slug="examplol"), reason="Wrong.", by="test")
    assert page.goto(site_address + "/drugs/examplol/").status == 410
    wait_for_kept(page, "/drugs/examplol/", there=False)
