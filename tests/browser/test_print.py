"""The page of a drug on paper: each sheet says what it is of, and nothing that the screen shows is missing."""

import io
import re
import unicodedata

import pytest
from django.conf import settings
from django.core.management import call_command
from pypdf import PdfReader

from drugs.content import Name, Section, SideEffect
from tests.support.builders import make_document, publish_document

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]
WIDE = "| " + " | ".join(f"Column{number}" for number in range(14)) + " |"
TABLE = "\n".join((WIDE, re.sub(r"\w+", "---", WIDE), WIDE.replace("Column", "Unbreakablecell")))
# Every text that the screen shows, except in what only leads elsewhere.
SHOWN = """() => {
  const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    const leads = around.closest('nav, .search, .skip, .unseen, button, summary');
    if (around.checkVisibility() && !leads) texts.push(walker.currentNode.data);
  }
  return texts.join(' ');
}"""


def pdf(page, paper="A4"):
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format=paper))).pages


def sheets(page, paper="A4"):
    return [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in pdf(page, paper)]


def sizes_of_type(sheet):
    """The sizes of what is printed on `sheet`, in points; Chromium makes them smaller if anything is too wide."""
    sizes = set()
    sheet.extract_text(
        visitor_text=lambda text, outer, inner, font, size: (
            text.strip() and sizes.add(round(size * abs(inner[3] * outer[3]), 2))
        )
    )
    return sizes


def joined(text):
    return "".join(text.split())


@pytest.fixture
def wide(site_address):
    publish_document(
        make_document(
            slug="wideol",
            title="Wideol",
            sections=(
                *make_document().sections,
                Section("dosage", "", f"[A link](https://example.org/leaf)\n\n{TABLE}"),
            ),
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_sheet_says_edition_date_status_and_address(open_page, site_address, scheme):
    page = open_page("/drugs/longol/", color_scheme=scheme)
    day = page.locator(".foot dd").first.inner_text().split(" · ")[0].removeprefix("1, published ")
    found = sheets(page)
    assert len(found) > 2
    for number, sheet in enumerate(found, start=1):
        text = joined(sheet)
        assert (
            joined(f"Edition 1, published {day} · Not yet reviewed · http://127.0.0.1:8000/drugs/longol/")
            in text
        )
        assert f"{number}/{len(found)}" in text


def test_sheets_of_a_reviewed_page_and_of_an_edition_say_so(open_page):
    for sheet in sheets(open_page("/drugs/reviewol/")):
        assert "Reviewed 22 November 2026" in sheet
    for sheet in sheets(open_page("/drugs/examplol/history/1/")):
        assert "/drugs/examplol/history/1/" in joined(sheet)


def test_nothing_that_the_screen_shows_is_missing_on_paper(open_page, wide):
    for address in (
        "/drugs/wideol/",
        "/drugs/examplol/history/1/",
        "/",
        "/side-effects/tiredness/",
    ):
        page = open_page(address)
        shown = unicodedata.normalize("NFKC", page.evaluate(SHOWN))
        paper = joined(" ".join(sheets(page)))
        missing = [word for word in shown.split() if word not in paper]
        assert len(shown) > 200 and not missing, (address, missing)


def test_wide_tables_fit_the_sheet_and_links_say_where_they_lead(open_page, wide):
    page = open_page("/drugs/wideol/", viewport={"width": 680, "height": 900})
    assert "https://example.org/leaf" in joined(" ".join(sheets(page)))
    page.emulate_media(media="print")
    table = page.locator(".prose table")
    box, sheet = table.bounding_box(), page.locator(".sheets").bounding_box()
    assert box["x"] + box["width"] <= sheet["x"] + sheet["width"] + 1
    assert table.evaluate("one => getComputedStyle(one).overflowX") == "visible"


def test_large_print_is_large_and_essentials_are_one_sheet(open_page):
    assert len(sheets(open_page("/drugs/examplol/print/?as=essentials"))) == 1
    page = open_page("/drugs/examplol/print/?as=large")
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('.sheets p, .sheets li, .sheets dd, .sheets h2')]
        .filter(one => one.checkVisibility()).map(one => parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert min(sizes) * 72 / 96 >= 16


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_essentials_of_the_longest_example_are_one_sheet(open_page, site_address, paper):
    example = settings.BASE_DIR / "fixtures" / "monographs" / "pomalidomide.md"
    call_command("import_monographs", example, publish=True, verbosity=0)
    page = open_page("/drugs/pomalidomide/print/?as=essentials")
    (sheet,) = pdf(page, paper)
    assert min(sizes_of_type(sheet)) >= 8.5
    (text,) = sheets(page, paper)
    assert "Continue" not in text
    page.emulate_media(media="print")
    shown = unicodedata.normalize("NFKC", page.locator(".sheets").inner_text())
    missing = [word for word in shown.split() if word not in joined(text)]
    assert len(shown) > 4000 and not missing
    assert page.locator(".card.emergency .sign, .card.urgent .sign").count() == 2


def test_essentials_too_long_for_one_sheet_say_that_they_go_on(open_page, site_address):
    effects = tuple(SideEffect(f"Sign number {number}", urgency="emergency") for number in range(150))
    publish_document(make_document(slug="cardol", title="Cardol", side_effects=effects))
    first, *others = sheets(open_page("/drugs/cardol/print/?as=essentials"))
    assert "Continues on a second sheet" in first and "Continued from" not in first
    assert others and all("Continued from the first sheet" in sheet for sheet in others)


def test_a_card_stays_on_one_sheet_or_repeats_its_heading(open_page, site_address):
    effects = tuple(SideEffect(f"Sign number {number}", urgency="emergency") for number in range(90))
    publish_document(make_document(slug="cardol", title="Cardol", side_effects=effects))
    found = [sheet for sheet in sheets(open_page("/drugs/cardol/")) if "Sign number" in sheet]
    assert len(found) > 1
    assert all(
        "Call your local emergency number now if you have" in " ".join(sheet.split()) for sheet in found
    )


def test_card_headings_keep_off_borders_and_folds_have_no_label(open_page):
    names = (*(Name(f"Brand{number}", "brand") for number in range(6)),)
    publish_document(make_document(slug="nameol", title="Nameol", names=names))
    page = open_page("/drugs/nameol/")
    page.emulate_media(media="print")
    gaps = page.evaluate(
        """() => [...document.querySelectorAll('.card')].map((card) => {
          const range = document.createRange();
          range.selectNodeContents(card.querySelector('h2, h3').firstElementChild);
          const [outer, inner] = [card.getBoundingClientRect(), range.getBoundingClientRect()];
          return Math.min(inner.left - outer.left, inner.top - outer.top);
        })"""
    )
    assert gaps and min(gaps) > 3
    assert not page.locator(".more-names summary").is_visible()
    assert "Brand5" in joined(sheets(page)[0]) and "more names" not in " ".join(sheets(page))
