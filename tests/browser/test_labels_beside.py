"""Labels beside the sections of a text in a real browser: three sources cited on one page, with axe and at 360 px."""

import os

import pytest
from django.core.management import call_command

from drugs import desk
from drugs.content import Document, Section
from tests.support.desk_browser import open_desk
from tests.support.desk_posts import change_address, read
from tests.support.labels import section, spl

pytestmark = pytest.mark.django_db(transaction=True)
LABEL = (
    section("34067-9", "1 INDICATIONS", "<paragraph>Examplol is for pain.</paragraph>")
    + section("34070-3", "4 CONTRAINDICATIONS", "<paragraph>Not in liver disease.</paragraph>")
    + section(
        "34084-4",
        "6 ADVERSE REACTIONS",
        "<table><thead><tr><th>Reaction</th><th>Examplol % of 90 people</th><th>Placebo</th></tr></thead><tbody>"
        "<tr><td>Yawning</td><td>12</td><td>1</td></tr><tr><td>Hiccups</td><td>2</td><td>1</td></tr></tbody></table>",
    )
)


@pytest.fixture
def monograph(tmp_path):
    (tmp_path / "label.xml").write_bytes(spl(LABEL))
    call_command("import_labels", str(tmp_path / "label.xml"), verbosity=0)
    sections = (Section("uses", "", "Pain."), Section("do_not_take", "", "Liver."), Section("side_effects"))
    document = Document(slug="examplol", title="Examplol", ingredients=("examplol",), sections=sections)
    return desk.create([document], by="writer")[0]


def keep_picture(page, name):
    if folder := os.environ.get("MEDINFO_TEST_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def unfold(page, row):
    page.click(f"{row} > details > summary")
    page.click(f"{row} .label-fold > summary")
    page.wait_for_selector(f"{row} .label-fold .label-beside")


def test_an_editor_cites_three_labels_sections_on_a_page(browser, live_server, pat, monograph):
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    unfold(page, "#sections-0")
    assert "Examplol is for pain." in page.inner_text("#sections-0 .label-words")
    keep_picture(page, "label-fold-1280")
    page.click("#sections-0 button[name=cite]")
    page.wait_for_selector(".messagelist .success:has-text('reference 1')")
    unfold(page, "#sections-1")
    page.click("#sections-1 button[name=cite]")
    page.wait_for_selector(".messagelist .success:has-text('reference 2')")
    unfold(page, "#sections-2")
    page.click("#sections-2 .label-section summary:has-text('side effects')")
    page.check("#sections-2 .label-effects input >> nth=0")
    keep_picture(page, "label-effects-1280")
    page.click("#sections-2 button[name=cite]")
    page.wait_for_selector(".messagelist .success:has-text('reference 3')")
    keep_picture(page, "label-cited-1280")
    document = read(monograph)
    assert [row.locator for row in document.references] == [
        "1 INDICATIONS",
        "4 CONTRAINDICATIONS",
        "6 ADVERSE REACTIONS",
    ]
    assert [(effect.name, effect.frequency, effect.reference) for effect in document.side_effects] == [
        ("Yawning", "very_common", 3)
    ]
    assert page.complaints == []


def test_labels_beside_a_text_are_accessible_and_fit_a_telephone(browser, live_server, pat, monograph):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed.").Axe()
    page = open_desk(browser, live_server, "pat")
    page.goto(
        f"{live_server.url}{change_address(monograph).removesuffix('change/')}labels/?kind=side_effects"
    )
    for summary in page.query_selector_all(".labels summary"):
        summary.click()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [found["id"] for found in axe.run(page).response["violations"]] == []
        keep_picture(page, f"labels-{width}")
    page.goto(live_server.url + change_address(monograph))
    unfold(page, "#sections-0")
    assert [found["id"] for found in axe.run(page, ".label-fold").response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    keep_picture(page, "label-fold-360")
