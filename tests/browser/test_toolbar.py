"""The toolbar of a section in a real browser: it writes Markdown, and links to medicines of the site."""

import pytest

from tests.support.builders import publish_document
from tests.support.desk_browser import open_desk, unfold
from tests.support.desk_posts import change_address, read

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "#id_sections-1-body"


@pytest.fixture
def page(browser, live_server, pat):
    monograph = publish_document().monograph
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    unfold(page, BODY[1:])
    page.monograph = monograph
    return page


def written(page, text, selection, press):
    """What `text` becomes when `selection` of it is chosen and `press` called."""
    page.fill(BODY, text)
    start = text.index(selection)
    page.evaluate(f"document.querySelector('{BODY}').setSelectionRange({start}, {start + len(selection)})")
    press()
    return page.input_value(BODY)


def test_the_toolbar_writes_markdown_that_can_be_taken_back(page):
    bold = lambda: page.keyboard.press("Control+b")  # noqa: E731
    assert written(page, "Take one daily.", "one ", bold) == "Take **one** daily."
    assert written(page, "Take **one** daily.", "**one**", bold) == "Take one daily."
    assert written(page, "- one\n\n- two", "- one\n\n- two", bold) == "- **one**\n\n- **two**"
    page.keyboard.press("Control+z")
    assert page.input_value(BODY) == "- one\n\n- two"
    use = lambda name: lambda: page.click(f".markdown-bar button:text-is('{name}')")  # noqa: E731
    assert written(page, "a\nb\nc", "b", use("List")) == "a\n- b\nc"
    assert written(page, "- a\n- b", "- a\n- b", use("List")) == "a\nb"
    assert written(page, "a", "a", use("Table")) == "a\n\n|  |  |\n| --- | --- |\n|  |  |\n|  |  |"
    page.keyboard.type("Dose")
    assert "| Dose |  |" in page.input_value(BODY)


def test_a_medicine_is_found_and_linked_by_keyboard(page):
    page.fill(BODY, "See xamp for more.")
    page.evaluate(f"document.querySelector('{BODY}').setSelectionRange(4, 8)")
    page.focus(".markdown-bar button >> nth=0")
    for key in ("ArrowLeft", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector(".link-panel [role=option]:has-text('Examplol (Xamp)')")
    page.keyboard.press("Enter")
    assert page.input_value(BODY) == "See [xamp](/drugs/examplol/) for more."
    page.wait_for_selector("#sections-1 .markdownx-preview a[href='/drugs/examplol/']")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    assert read(page.monograph).sections[1].body == "See [xamp](/drugs/examplol/) for more."
    assert page.complaints == []


def test_escape_leaves_the_search_and_keeps_the_text(page):
    before = page.input_value(BODY)
    page.click(".markdown-bar button:text-is('Link')")
    page.keyboard.type("nothing of the kind")
    page.wait_for_selector(".link-panel [role=status]:has-text('No public page')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == BODY[1:]
    assert page.input_value(BODY) == before
