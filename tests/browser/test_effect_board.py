"""The board of side effects in a real browser: sorted in bulk, pasted as a list, by keyboard, light for hundreds."""

import sys

import pytest

from drugs.content import SideEffect
from tests.support.builders import make_monograph
from tests.support.desk_browser import open_desk, unfold
from tests.support.desk_posts import change_address, read

pytestmark = pytest.mark.django_db(transaction=True)
URGENCIES = ("emergency", "urgent", "talk", "expected")
SECONDS_OF_CPU = 1.0  # to open a page with 200 side effects, and their board


def open_board(browser, live_server, effects):
    monograph = make_monograph(side_effects=effects)
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    unfold(page, "side_effects-group")
    return monograph, page


def numbered(count):
    return tuple(SideEffect(f"Effect {number}", "Some words.") for number in range(count))


def save(page):
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")


def test_29_effects_are_sorted_in_twelve_clicks(browser, live_server, pat):
    monograph, page = open_board(browser, live_server, numbered(29))
    clicks = 0
    for urgency, number in zip(URGENCIES, (3, 6, 9, 11), strict=True):
        boxes = page.locator(".board-unsorted .effect-pick")
        boxes.first.click()
        boxes.nth(number - 1).click(modifiers=["Shift"])
        page.click(f".board-bar [data-urgency={urgency}]")
        clicks += 3
    assert clicks == 12
    assert page.locator(".board-emergency .effect-row").count() == 3
    seen = page.locator(".board-seen")
    seen.locator("h4", has_text="Often passes").wait_for()
    save(page)
    effects = read(monograph).side_effects
    assert [effect.name for effect in effects] == [f"Effect {number}" for number in range(29)]
    assert [effect.urgency for effect in effects] == [
        *["emergency"] * 3,
        *["urgent"] * 6,
        *["talk"] * 9,
        *["expected"] * 11,
    ]
    assert page.complaints == []


def test_a_pasted_list_becomes_rows_that_are_set_together(browser, live_server, pat):
    monograph, page = open_board(browser, live_server, numbered(1))
    page.click(".paste-list summary")
    page.fill(".paste-list textarea", "Nausea, rash (face, neck), over 1,000 spots; and Effect 0")
    assert page.inner_text(".paste-list p") == (
        "4 rows: Nausea · rash (face, neck) · over 1,000 spots · Effect 0. In the list already: Effect 0."
    )
    page.fill(".paste-list textarea", "- Nausea\n- Swelling of face, lips or tongue")
    page.click(".paste-list button")
    page.check(".board-unsorted .board-all")
    page.select_option(".board-often", "rare")
    page.click("[data-set=frequency]")
    save(page)
    assert [(effect.name, effect.frequency) for effect in read(monograph).side_effects] == [
        ("Effect 0", "rare"),
        ("Nausea", "rare"),
        ("Swelling of face, lips or tongue", "rare"),
    ]


def test_enter_makes_the_next_row_and_keys_sort_it(browser, live_server, pat):
    monograph, page = open_board(browser, live_server, numbered(2))
    page.focus("#id_side_effects-0-name")
    page.keyboard.press("Enter")
    page.keyboard.type("Between")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("3")  # the third button: tell a professional
    assert page.evaluate("document.activeElement.closest('.row-of-rows').id") == "side_effects-1"
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("1")
    save(page)
    assert [(effect.name, effect.urgency) for effect in read(monograph).side_effects] == [
        ("Effect 0", "emergency"),
        ("Between", "talk"),
        ("Effect 1", "emergency"),
    ]
    assert page.complaints == []


def test_rows_of_the_board_are_moved_and_removed(browser, live_server, pat):
    monograph, page = open_board(browser, live_server, numbered(3))
    for row in (0, 2):
        page.click(f"#side_effects-{row} .effect-more summary")
    page.click("#side_effects-2 .row-tools button >> nth=0")
    page.check("#id_side_effects-0-DELETE")
    page.click(".board-expected .board-add")
    page.keyboard.type("Yawning")
    save(page)
    assert [(effect.name, effect.urgency) for effect in read(monograph).side_effects] == [
        ("Effect 2", "unsorted"),
        ("Effect 1", "unsorted"),
        ("Yawning", "expected"),
    ]


def test_without_scripts_the_board_is_a_form(browser, live_server, pat):
    monograph = make_monograph(side_effects=numbered(2))
    page = open_desk(browser, live_server, "pat", java_script_enabled=False)
    page.goto(live_server.url + change_address(monograph))
    page.click("#side_effects-group > details > summary")
    page.click("#side_effects-1 .effect-more summary")
    page.select_option("#id_side_effects-1-urgency", "talk")
    page.fill("#id_side_effects-1-name", "Hiccups")
    page.click("button:text-is('Save')")
    assert page.inner_text(".messagelist")
    assert [(effect.name, effect.urgency) for effect in read(monograph).side_effects] == [
        ("Effect 0", "unsorted"),
        ("Hiccups", "talk"),
    ]


@pytest.mark.slow
def test_200_effects_open_in_a_second_of_the_browsers_cpu(browser, live_server, pat):
    page = open_desk(browser, live_server, "pat")
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})  # not what others on the machine took
    monograph = make_monograph(side_effects=numbered(200))
    page.goto(live_server.url + change_address(monograph))  # once, for the code and the files
    seconds = []
    for _ in range(3):
        page.goto("about:blank")
        page.goto(live_server.url + change_address(monograph))
        page.click("#side_effects-group > details > summary")
        page.wait_for_selector(".board-seen li >> nth=199", state="attached")
        values = {row["name"]: row["value"] for row in metrics.send("Performance.getMetrics")["metrics"]}
        seconds.append(values["TaskDuration"])
    sys.stdout.write(f"200 side effects: {min(seconds):.2f} s of the browser's CPU\n")
    assert min(seconds) < SECONDS_OF_CPU, seconds


@pytest.mark.appearance
@pytest.mark.parametrize("width", [1280, 360])
def test_the_board_keeps_the_rules_of_accessibility(browser, live_server, pat, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed.").Axe()
    effects = (*numbered(3), SideEffect("Rash", "Ask a doctor.", "common", "", "rare", "urgent"))
    _, page = open_board(browser, live_server, effects)
    page.set_viewport_size({"width": width, "height": 900})
    page.check("#side_effects-1 .effect-pick")
    assert "not saved yet" not in page.inner_text(
        "#side_effects-group > details > summary"
    )  # nothing has changed
    page.click(".paste-list summary")
    page.click("#side_effects-1 .effect-more summary")
    page.wait_for_selector(".board-seen li")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(200)
        found = axe.run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
        assert [(scheme, v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_bar_of_urgencies_stays_in_view_on_a_phone(browser, live_server, pat):
    _, page = open_board(browser, live_server, numbered(29))
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".board-unsorted .effect-pick").nth(25).check()
    for urgency in URGENCIES:
        box = page.locator(f".board-bar [data-urgency={urgency}]").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and 0 <= box["y"] < 740 - box["height"], box
