"""The screens of the desk by the rules of accessibility, WCAG 2.2's size of targets among them: wide, phone, dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.desk_browser import open_desk
from tests.support.desk_screens import desk_addresses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]

# axe leaves out target-size (2.5.8) unless it is asked. A live preview is a piece of a page: its headings have the
# level that they have there. In the dark only colours differ, on a phone what lies where.
WHOLE = {"rules": {"target-size": {"enabled": True}, "heading-order": {"enabled": False}}}
COLOURS = {"runOnly": ["color-contrast"]}
LOOKS = ((1280, "light", WHOLE), (360, "dark", {"runOnly": ["color-contrast", "target-size"]}))
OTHER_LOOKS = ((1280, "dark", COLOURS), (360, "light", COLOURS))


@pytest.fixture
def addresses(pat):
    return desk_addresses()


@pytest.mark.parametrize("looks", [LOOKS, pytest.param(OTHER_LOOKS, marks=pytest.mark.slow)])
def test_the_screens_keep_the_rules_of_accessibility(browser, live_server, addresses, looks):
    axe, page = Axe(), open_desk(browser, live_server, "pat", bypass_csp=True)
    for address in addresses:
        assert page.goto(live_server.url + address).status == 200, address
        page.add_style_tag(content="* { transition: none !important }")
        page.evaluate(
            "document.querySelectorAll('#content details').forEach((fold) => { fold.open = true; })"
        )
        for width, scheme, options in looks:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found = axe.run(page, options=options).response["violations"]
            seen = [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
            assert seen == [], (address, width, scheme)
