"""A real Chromium, pages for it to look at, and the person who is logged in at the desk."""

import os
import re
from pathlib import Path

import pytest

from drugs import publishing
from drugs.content import Section, SideEffect
from drugs.search import names
from drugs.search.names import NameHit
from tests.support.builders import make_document, make_review, publish_document
from tests.support.combinations import PAIR
from tests.support.desk_browser import CHROMIUM
from tests.support.desk_posts import make_user


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        pytest.skip("Chromium is not installed: apt-get install chromium-headless-shell.")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright runs a loop of its own in the thread of the test, which Django takes for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with playwright.sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            yield browser
            browser.close()


@pytest.fixture
def pat():
    return make_user("pat", is_superuser=True, first_name="Pat", last_name="Doe")


@pytest.fixture
def site_address(live_server, monkeypatch):
    """The address of a site with pages of every sort, whose search finds Examplol and, alike, Longol."""
    publish_document()
    publish_document(PAIR)
    words = Section("precautions", "", "With hypertension or **glaucoma** ask first. Not in pregnancy.")
    publish_document(slug="wordol", title="Wordol", sections=(words,), side_effects=(), faqs=())
    publish_document(slug="reviewol", title="Reviewol", review=make_review())
    publishing.withdraw(publish_document(slug="gone", title="Gone"), reason="Wrong.", by="test")
    effects = tuple(SideEffect(f"Effect {number}", "Some words.") for number in range(60))
    longol = publish_document(
        make_document(
            slug="longol",
            title=("Longol " + "extraordinarilylongname " * 12)[:258].strip(),
            side_effects=effects,
        )
    )
    hits = [
        NameHit(slug="examplol", title="Examplol", matched="Xamp", kind="brand", match="exact", score=1.0),
        NameHit("longol", longol.title, longol.title, "title", "fuzzy", 1.0, not_same_as="Examplol"),
    ]
    monkeypatch.setattr(names, "find", lambda query, limit=10: hits)
    return live_server.url


def keep_picture(page, address, options):
    """Writes how `page` looks into the folder in MEDINFO_TEST_SCREENSHOTS, if there is one, for a person to look at."""
    if folder := os.environ.get("MEDINFO_TEST_SCREENSHOTS"):
        said = [address.strip("/") or "home", str(page.viewport_size["width"])]
        said += [
            str(value) for key, value in options.items() if key not in ("viewport", "java_script_enabled")
        ]
        said += ["without scripts"] if options.get("java_script_enabled") is False else []
        name = re.sub(r"[^a-z0-9]+", "-", " ".join(said).lower()).strip("-")
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def open_page(browser, site_address):
    """Opens an address and fails on any message of the browser's console, the content policy's included."""
    contexts = []

    def open_page(address, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("console", lambda message: page.problems.append(message.text))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on(
            "request",
            lambda request: request.url.startswith(site_address) or page.problems.append(request.url),
        )
        page.goto(site_address + address)
        keep_picture(page, address, options)
        return page

    yield open_page
    for context in contexts:
        context.close()
