"""Readers who use a keyboard, large letters, their own colours or their own spacing: in a real browser."""

import json
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.desk_browser import CHROMIUM
from tests.support.error_answers import ANSWERS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]

NARROW = {"width": 320, "height": 256}  # 400 % zoom on a screen of 1280 by 1024
LETTERS = "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"  # twice as large as most people's
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }"""  # WCAG 2.2, 1.4.12

# What has the focus: how it is outlined, on what ground, and whether it can be seen. A colour is read off a canvas.
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
  const light = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const part = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((x) => x / 255)
      .map((x) => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
    return .2126 * part[0] + .7152 * part[1] + .0722 * part[2];
  };
  let ground = element.parentElement;
  while (getComputedStyle(ground).backgroundColor.endsWith(', 0)')) ground = ground.parentElement;
  const colours = [style.outlineColor, getComputedStyle(ground).backgroundColor];
  const [dark, bright] = colours.map(light).sort((a, b) => a - b);
  const seen = [...element.getClientRects()].some(({x, y, width, height}) => {
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return width > 1 && top && (element.contains(top) || top.contains(element));
  });
  return {
    what: element.tagName + ' ' + (element.textContent || element.name), outline: parseFloat(style.outlineWidth),
    contrast: (bright + .05) / (dark + .05), seen,
  };
}"""
# What is pressed or clicked and does not stand inside a sentence (WCAG 2.2, 2.5.8).
TARGETS = """() => [...document.querySelectorAll('a, button, input')].filter((element) => {
  const beside = [...element.parentElement.childNodes].filter((node) => node.nodeType === 3);
  const sentence = beside.some((node) => node.data.trim().length > 1);
  return element.checkVisibility() && !element.matches('.skip') && !sentence && !element.closest('.prose, ol');
}).map((element) => [element.textContent || element.name, element.getBoundingClientRect()])
  .filter(([name, box]) => box.height < 24 || box.width < 24).map(([name, box]) => name + ' ' + box.height)"""


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"viewport": NARROW}])
def test_the_keyboard_reaches_all_and_the_focus_is_seen(open_page, options):
    for address in ("/drugs/examplol/", "/", "/about/"):
        page = open_page(address, reduced_motion="reduce", **options)
        links = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input')].filter(one => one.checkVisibility()).length"
        )
        reached = []
        for _ in range(links):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            assert focus["outline"] >= 2 and focus["contrast"] >= 3 and focus["seen"], (address, focus)
            reached.append(focus["what"])
        assert "BODY" not in " ".join(reached)
        assert len(reached) == links and reached[1] == "A Skip to the page"


@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_pressed_is_large_enough(open_page, width):
    for address in ("/drugs/examplol/", "/drugs/pair/", "/drugs/?letter=e", "/search/?q=examplol"):
        page = open_page(address, viewport={"width": width, "height": 900})
        assert not page.evaluate(TARGETS), address


def test_large_letters_and_wide_spacing_hide_nothing(browser, open_page, site_address):
    large = browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", LETTERS])
    for address in ("/drugs/examplol/", "/report/examplol/", "/"):
        for width in (1280, 320):
            view = {"width": width, "height": 900}
            page = large.new_page(viewport=view)
            page.goto(site_address + address)
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            # What is hidden until it has the focus does not peep out, or cover what is next to it.
            top = page.evaluate(
                "({x, y}) => document.elementFromPoint(x, y).className", page.locator(".skip").bounding_box()
            )
            assert top != "skip"
            page.close()
        page = open_page(address, viewport={"width": 320, "height": 900}, bypass_csp=True)
        page.add_style_tag(content=SPACING)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    large.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whoever_asks_for_more_contrast_gets_seven_to_one(open_page, scheme):
    for address in ("/drugs/examplol/", "/search/?q=examplol"):
        page = open_page(address, color_scheme=scheme, contrast="more")
        options = {  # the rule of level AAA leaves to that of AA what breaks both
            "runOnly": ["color-contrast", "color-contrast-enhanced"],
            "rules": {"color-contrast-enhanced": {"enabled": True}},
        }
        response = Axe().run(page, options=options).response
        assert response["passes"] and not response["violations"], address


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"contrast": "more"}])
def test_without_tints_what_matters_most_has_the_thickest_line(open_page, options):
    page = open_page("/drugs/examplol/", **options)

    def line(selector, side="Top"):
        return page.locator(selector).first.evaluate(
            f"one => parseFloat(getComputedStyle(one).border{side}Width)"
        )

    assert line(".status") >= 1 and line(".status", "InlineStart") >= 6
    assert line(".box.warning") > 2 * line(".card.expected") >= 1
    assert line(".card.emergency") > 2 * line(".card.expected")
    assert (
        page.locator(".contents a").first.evaluate("one => getComputedStyle(one).textDecorationLine")
        == "underline"
    )


def test_nothing_moves_for_readers_who_asked_for_stillness(open_page):
    page = open_page("/drugs/examplol/", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_without_styles_the_page_is_read_in_its_right_order(open_page):
    page = open_page("/about/")
    page.route("**/*.css", lambda route: route.abort())
    page.goto(page.url.replace("/about/", "/drugs/examplol/"))
    page.locator("style").evaluate("style => style.remove()")
    text = page.locator("body").inner_text()
    places = [
        text.index(words)
        for words in (
            "General information, not medical advice.",
            "Search by medicine or brand name",
            "Brand names: Xamp",
            "Not yet reviewed by a clinician.",
            "Do not stop it suddenly.",
            "On this page",
            "It lowers high blood pressure.",
            "1 to 10 in 10,000 people",
            "They are not medical advice, they do not know you",
            "1, published",
        )
    ]
    assert places == sorted(places)


def test_errors_break_no_rule_and_offer_the_search(open_page, site_address):
    for width, scheme in ((1280, "light"), (320, "dark")):
        page = open_page("/about/", viewport={"width": width, "height": 900}, color_scheme=scheme)
        for name, answer in ANSWERS.items():
            page.unroute_all()
            page.route("**/broken/", partial(answer_with, answer()))
            page.goto(site_address + "/broken/")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.get_by_role("combobox", name="Search").is_visible()
            rules = {} if width == 1280 else {"runOnly": ["color-contrast", "target-size"]}
            found = Axe().run(page, options=rules).response["violations"]
            assert not found, (name, [(rule["id"], rule["nodes"][0]["html"]) for rule in found])


def answer_with(response, route):
    route.fulfill(status=response.status_code, body=response.content.decode(), content_type="text/html")


def test_structured_data_breaks_no_content_security_policy(open_page):
    page = open_page("/about/")
    page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', event => broken.push(event.violatedDirective))"
    )
    page.goto(page.url.replace("/about/", "/drugs/reviewol/"))
    data = page.locator('script[type="application/ld+json"]').evaluate("one => one.textContent")
    assert json.loads(data)["@graph"][0]["reviewedBy"]["name"] == "Pat Doe"
    assert page.evaluate("broken") == [] and page.problems == []
    # The same page does refuse a script that is not data.
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    page.wait_for_function("broken.length")
    assert page.evaluate("broken") == ["script-src-elem"]
