"""The editor in a real browser: outline, folded parts, keyboard, rows that are added, and mistakes."""

import pytest

from drugs.content import Section
from drugs.models import Monograph
from tests.support.builders import make_document, make_monograph, publish_document
from tests.support.desk_browser import open_desk
from tests.support.desk_posts import change_address, read

pytestmark = pytest.mark.django_db(transaction=True)
KINDS = ("uses", "do_not_take", "pregnancy", "interactions", "dosage", "missed_dose", "overdose", "storage")
FOCUS = "document.activeElement.closest('.row-of-rows')?.id"


@pytest.fixture
def monograph():
    sections = [Section(kind, "", f"Words on {kind}.") for kind in KINDS]
    return make_monograph(sections=(*make_document().sections, *sections))


def open_editor(browser, live_server, monograph):
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    return page


def tab_to(page, selector):
    """How many stops the Tab key makes until the focus is on `selector`."""
    page.evaluate("document.activeElement.blur()")
    for count in range(1, 41):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return count
    raise AssertionError(f"more than 40 stops to {selector}")


def test_forty_stops_lead_to_each_section_and_to_save(browser, live_server, pat, monograph):
    page = open_editor(browser, live_server, monograph)
    assert tab_to(page, ".outline summary") < 40
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.hash") == "#save-row"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "_continue"
    page.keyboard.press("Shift+Tab")
    for _ in range(4):  # the lists behind the sections, and the last section
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS) == "sections-14"
    assert page.locator("#sections-14 > details[open]").count() == 1
    assert page.complaints == []


def test_one_section_is_open_and_it_alone_is_previewed(browser, live_server, pat, monograph):
    page = open_editor(browser, live_server, monograph)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "markdownify" in request.url else None)
    page.wait_for_load_state("networkidle")
    assert asked == []
    for number in (8, 9):
        page.click(f"#sections-{number} summary")
        page.wait_for_selector(f"#sections-{number} .markdownx-preview p")
    assert page.locator(".sections .row-of-rows > details[open]").count() == 1
    assert len(asked) == 2
    page.fill("#id_sections-9-body", "")
    assert page.inner_text(".outline a[href='#sections-9'] .part-states") == "empty, not saved yet"


def test_a_site_text_is_previewed_once(browser, live_server, pat):
    page = open_desk(browser, live_server, "pat")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "markdownify" in request.url else None)
    page.goto(f"{live_server.url}/admin/drugs/sitetext/about/change/")
    page.wait_for_load_state("networkidle")
    assert len(asked) == 1


def test_a_row_that_was_asked_for_has_the_cursor(browser, live_server, pat, monograph):
    page = open_editor(browser, live_server, monograph)
    page.click("#names-group summary")
    page.click("#names-group .add-row a")
    assert page.evaluate("document.activeElement.id") == "id_names-2-text"
    page.click("#sections-group .add-row a")
    assert page.evaluate(FOCUS) == "sections-15"
    page.select_option("#id_sections-15-kind", "stopping")
    assert page.inner_text(".outline a[href='#sections-15'] .part-name") == "Stopping it"


def test_control_s_saves_and_keeps_the_section_open(browser, live_server, pat, monograph):
    page = open_desk(browser, live_server, "pat")
    page.goto(f"{live_server.url}{change_address(monograph)}?_changelist_filters=q%3Dexamplol")
    page.click("#sections-9 summary")
    page.focus("#id_title")
    page.keyboard.type("New ")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    page.wait_for_selector("#sections-9 > details[open]")
    assert "New " in read(monograph).title and page.complaints == []


def test_a_mistake_opens_its_section_and_is_led_to(browser, live_server, pat, monograph):
    page = open_editor(browser, live_server, monograph)
    page.click("#sections-9 summary")
    page.fill("#id_sections-9-body", "# Too high")
    page.click("#sections-10 summary")
    page.click("button:text-is('Save')")
    page.click(".mistakes a")
    assert page.evaluate("document.activeElement.id") == "id_sections-9-body"
    assert page.inner_text(".mistakes a").startswith("Pregnancy and breastfeeding: Body: ")


def test_a_new_page_asks_where_its_text_is_from(browser, live_server, pat):
    page = open_desk(browser, live_server, "pat")
    page.goto(f"{live_server.url}/admin/drugs/monograph/add/")
    page.fill("#id_title", "Newol")
    page.click(".outline a:has-text('Who must not take it')")
    page.keyboard.press("Tab")
    page.wait_for_selector("#sections-2 > details[open]")
    page.fill("#id_sections-2-body", "Do not take it if you have asthma.")
    page.keyboard.press("Control+s")
    page.click(".mistakes a:has-text('Where is the text from?')")
    assert page.evaluate("document.activeElement.id") == "id_origin"
    page.select_option("#id_origin", "editorial")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    assert page.inner_text(".outline a:has-text('Pregnancy')").endswith("empty") and page.complaints == []
    document = read(Monograph.objects.get())
    assert (document.slug, document.origin) == ("newol", "editorial")


@pytest.mark.appearance
@pytest.mark.parametrize("width", [1280, 360])
def test_the_open_editor_keeps_the_rules_of_accessibility(browser, live_server, pat, monograph, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed.").Axe()
    publish_document(slug="exampline", title="Exampline")
    page = open_editor(browser, live_server, monograph)
    page.set_viewport_size({"width": width, "height": 900})
    page.reload()
    page.click("#sections-8 summary")
    page.wait_for_selector("#sections-8 .markdownx-preview p")
    page.click(".markdown-bar button:text-is('Link')")
    page.keyboard.type("exampl")
    page.wait_for_selector(".link-panel [role=option]")
    for group in ("names", "ingredients", "side_effects", "faqs", "references"):
        page.click(f"#{group}-group summary >> nth=0")
    rules = {"rules": {"target-size": {"enabled": True}}}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(200)
        found = axe.run(page, options=rules).response["violations"]
        assert [(scheme, v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
