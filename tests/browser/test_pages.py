"""The public pages in a real browser: fit, reach by keyboard, accessibility rules, what the script adds."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import trans_real

from drugs.content import Section
from drugs.search import names
from drugs.search.names import NameHit
from tests.support.builders import publish_document

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/",
    "/drugs/",
    "/drugs/?letter=e",
    "/drugs/examplol/",
    "/drugs/reviewol/",
    "/drugs/longol/",
    "/drugs/pair/",
    "/drugs/wordol/",
    "/drugs/examplol/print/?as=essentials",
    "/drugs/examplol/print/?as=large",
    "/drugs/examplol/history/",
    "/drugs/examplol/history/1/",
    "/search/?q=examplol",
    "/side-effects/",
    "/side-effects/tiredness/",
    "/classes/",
    "/classes/beta-blocker/",
    "/report/examplol/",
    "/report/examplol/thanks/",
    "/about/",
    "/disclaimer/",
    "/emergency/",
    "/search/?q=i+took+too+many",
    "/search/?q=tired+after+examplol",
    "/api/v1/docs",
    "/nowhere/",
    "/drugs/gone/",
    "/search/?q=%00",
]
# Nobody scrolls sideways in an emergency, inside a table neither.
NUMBERS_OUT_OF_SIGHT = """() => [...document.querySelectorAll('a[href^="tel:"]')].filter(
  (call) => call.getBoundingClientRect().right > document.documentElement.clientWidth
).map((call) => call.textContent)"""


@pytest.mark.appearance
@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (320, "light"), (320, "dark")]
)
def test_every_page_fits_is_accessible_and_asks_nobody_else(open_page, width, scheme):
    # All rules once at the widest and the narrowest; elsewhere what colours and sizes can break: rules cost seconds.
    whole = (width, scheme) in ((1280, "light"), (320, "dark"))
    rules = {} if whole else {"runOnly": ["color-contrast", "target-size"]}
    for address in PAGES:
        page = open_page(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert not page.evaluate(NUMBERS_OUT_OF_SIGHT), address
        found = Axe().run(page, options=rules).response["violations"]
        assert not found, (address, [(rule["id"], rule["nodes"][0]["html"]) for rule in found])
        problems = [text for text in page.problems if not re.search(r"status of 4\d\d", text)]
        assert not problems, (address, problems)
        assert not page.context.cookies()


def test_no_number_to_call_is_cut_off_by_what_it_stands_in(open_page, settings):
    settings.COUNTRY = "gb"
    words = Section("warning", "", "**Call your local emergency number now** if you faint.")
    publish_document(slug="callol", title="Callol", sections=(words,), side_effects=(), faqs=())
    for address in ("/drugs/callol/", "/emergency/"):
        page = open_page(address, viewport={"width": 320, "height": 700})
        assert page.locator('a[href^="tel:"]').count()
        cut = page.evaluate(
            """() => [...document.querySelectorAll('main a[href^="tel:"]')].filter((call) =>
              [...call.getClientRects()].some((box) =>
                box.right > call.parentElement.closest('p, li, dd, h2').getBoundingClientRect().right + 1)
            ).map((call) => call.textContent)"""
        )
        assert not cut, (address, cut)


@pytest.mark.appearance
def test_a_page_from_right_to_left_fits_and_begins_at_the_right(open_page, settings, monkeypatch):
    settings.LANGUAGE_CODE = "ar"
    monkeypatch.setattr(trans_real, "_default", trans_real.translation("ar"))
    for width in (1280, 320):
        page = open_page("/drugs/examplol/", viewport={"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("getComputedStyle(document.querySelector('.contents h2')).direction") == "rtl"
        assert page.evaluate("getComputedStyle(document.querySelector('.contents')).direction") == "ltr"
        bar = page.locator(".site").bounding_box()
        assert bar["x"] + bar["width"] > width * 0.8


def test_the_warning_is_seen_before_any_scrolling(open_page):
    for width, height in ((1280, 720), (375, 667)):
        page = open_page("/drugs/examplol/", viewport={"width": width, "height": height})
        assert page.locator(".box.warning h2").bounding_box()["y"] < height


def test_everything_can_be_read_and_searched_without_scripts(open_page):
    page = open_page("/drugs/examplol/", java_script_enabled=False)
    assert page.get_by_text("Swelling of the face").is_visible()
    assert page.get_by_text("Not until you know how it affects you.").is_visible()
    assert page.get_by_role("button", name="Print").count() == 0
    page.get_by_label("Search by medicine or brand name").fill("xamp")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("heading", name="Search: xamp").wait_for()


def test_suggestions_are_reached_by_keyboard(open_page):
    page = open_page("/")
    box = page.get_by_role("combobox", name="Search by medicine or brand name")
    box.press_sequentially("xamp")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "Xamp" in options.nth(0).inner_text()
    assert "a different medicine" in options.nth(1).inner_text()
    assert not Axe().run(page).response["violations"]
    box.press("ArrowDown")
    assert options.nth(0).get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == options.nth(0).get_attribute("id")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "xamp"
    box.press_sequentially("o")
    options.first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/drugs/examplol/")


def test_a_suggestion_typed_in_full_is_no_other_medicine(open_page, monkeypatch):
    typed = NameHit("examplol", "Examplol", "Xamp-10", "brand", "fuzzy", 0.8, named=True)
    alike = NameHit("reviewol", "Reviewol", "Xamper", "brand", "fuzzy", 0.7)
    monkeypatch.setattr(names, "find", lambda query, limit=10: [typed, alike])
    page = open_page("/")
    page.get_by_role("combobox").press_sequentially("is XAMP 10, what now")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert "a different medicine" not in options.nth(0).inner_text()
    assert "a different medicine" in options.nth(1).inner_text()


def test_enter_without_a_choice_searches_and_never_opens_a_page(open_page):
    page = open_page("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("xamp")
    page.get_by_role("option").first.wait_for()
    box.press("Enter")
    page.wait_for_url("**/search/?q=xamp")


def test_an_answer_that_comes_late_is_dropped(open_page, site_address):
    page = open_page("/")
    page.route("**/suggest/?q=xam", lambda route: page.wait_for_timeout(800) or route.continue_())
    box = page.get_by_role("combobox")
    box.press_sequentially("xam", delay=20)
    page.wait_for_timeout(300)
    box.fill("")
    page.wait_for_timeout(1000)
    assert page.get_by_role("option").count() == 0


def test_a_skip_link_comes_first_for_the_keyboard(open_page):
    page = open_page("/drugs/examplol/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the page"
    assert page.locator(":focus").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id == 'main'")


@pytest.mark.appearance
def test_a_small_screen_keeps_the_name_in_the_way_back(open_page):
    page = open_page("/report/examplol/", viewport={"width": 320, "height": 700})
    links = page.locator(".breadcrumb a").evaluate_all(
        """links => links.map(link => { const range = document.createRange(); range.selectNodeContents(link);
        const words = range.getBoundingClientRect(), box = link.getBoundingClientRect();
        return {left: words.left, right: words.right, words: words.width, width: box.width}; })"""
    )
    letters, letter, medicine = links
    assert letter["left"] - letters["right"] < 24 <= letter["width"]
    assert medicine["words"] <= medicine["width"]


@pytest.mark.appearance
def test_print_shows_all_of_the_screen_edition_and_address(open_page):
    page = open_page("/drugs/examplol/")
    page.emulate_media(media="print")
    for text in (
        "General information, not medical advice.",
        "Not yet reviewed by a clinician.",
        "Do not stop it suddenly.",
        "Swelling of the face",
        "Not until you know",
        "Examplol leaflet",
        "/drugs/examplol/",
        "1, published",
    ):
        assert page.get_by_text(text).first.is_visible(), text


@pytest.mark.appearance
def test_forced_colours_keep_every_card_apart(open_page):
    page = open_page("/drugs/examplol/", forced_colors="active")
    for card in page.locator(".card, .box").all():
        assert card.evaluate("element => parseFloat(getComputedStyle(element).borderTopWidth)") >= 1
