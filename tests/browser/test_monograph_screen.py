"""The screen of a monograph in a real browser: live preview, moving rows, validation errors, keyboard only."""

import pytest

from drugs.models import Publication
from tests.support.builders import make_monograph
from tests.support.desk_browser import open_desk, unfold
from tests.support.desk_posts import change_address, read

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_is_written_with_a_live_preview_and_published(browser, live_server, pat):
    monograph = make_monograph()
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))

    unfold(page, "id_sections-1-body")
    page.fill("#id_sections-1-body", "It lowers **high** blood pressure.")
    page.wait_for_selector("#sections-1 .markdownx-preview strong")
    assert page.inner_text("#sections-1 .markdownx-preview strong") == "high"

    page.click("#sections-group .add-row a")
    page.select_option("#id_sections-7-kind", "storage")
    page.fill("#id_sections-7-body", "* Keep it dry <script>alert(1)</script>")
    page.wait_for_selector("#sections-7 .markdownx-preview li")
    assert "<script>" in page.inner_text("#sections-7 .markdownx-preview")

    page.click("text=Save and publish")
    page.select_option("#id_kind", "evidence")
    page.fill("#id_note", "Says how to keep it.")
    page.click("button:text-is('Publish')")
    page.wait_for_selector(".messagelist .success")
    assert read(monograph).sections[-1].body == "* Keep it dry <script>alert(1)</script>"

    page.goto(live_server.url + Publication.objects.get().get_absolute_url())
    assert "Keep it dry" in page.inner_text("body")
    assert page.complaints == []


def test_rows_move_by_button_and_keep_their_new_order(browser, live_server, pat):
    monograph = make_monograph()
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    unfold(page, "names-group")
    page.focus("#names-1 .row-tools button >> nth=0")
    page.keyboard.press("Enter")
    assert "Now in place 1 of 2" in page.inner_text("body > [role=status]")
    page.click("button:text-is('Save')")
    page.wait_for_selector(".messagelist .success")
    assert [name.text for name in read(monograph).names] == ["Xamp", "Examplol hydrochloride"]


def test_tab_leaves_the_editor_and_its_shortcuts_rewrite_nothing(browser, live_server, pat):
    monograph = make_monograph()
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    before = page.input_value("#id_sections-0-body")
    unfold(page, "id_sections-0-body")
    for keys in ("Control+d", "Control+]", "Control+[", "Tab"):
        page.focus("#id_sections-0-body")
        page.keyboard.press(keys)
    assert page.evaluate("document.activeElement.id") != "id_sections-0-body"
    assert page.input_value("#id_sections-0-body") == before


def test_a_file_dropped_or_pasted_into_the_text_changes_nothing(browser, live_server, pat):
    monograph = make_monograph()
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "upload" in request.url else None)
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["x"], "x.png", {type: "image/png"}));
          const editor = document.querySelector("#id_sections-0-body");
          editor.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
          editor.dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: files, bubbles: true, cancelable: true}));
        }"""
    )
    page.wait_for_timeout(300)
    assert page.input_value("#id_sections-0-body") == "Do not stop it suddenly."
    assert sent == []


def test_validation_errors_at_the_top_lead_to_each_place(browser, live_server, pat):
    monograph = make_monograph()
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    unfold(page, "id_faqs-0-question")
    page.fill("#id_faqs-0-question", " ")
    unfold(page, "id_sections-3-body")
    page.fill("#id_sections-3-body", "# Too high")
    page.click("button:text-is('Save')")
    page.wait_for_selector(".errornote a")
    links = page.locator(".errornote a")
    assert links.count() == 2
    assert links.nth(0).inner_text().startswith("Pregnancy and breastfeeding: Body: ")
    assert links.nth(1).inner_text().startswith("List of questions, row 1: Question: ")
    links.nth(1).click()
    page.wait_for_function(
        "document.getElementById('id_faqs-0-question').getBoundingClientRect().top < window.innerHeight"
    )


def test_the_desk_is_worked_with_the_keyboard_alone(browser, live_server, pat):
    monograph = make_monograph()
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    page.focus("#id_title")
    page.keyboard.press("End")
    page.keyboard.type(" forte")
    for _ in range(200):  # through every field and button of the screen to the one that publishes
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "_publish":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_kind")
    page.focus("#id_kind")
    page.keyboard.type("New")
    page.keyboard.press("Tab")
    page.keyboard.type("A stronger title.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist .success")
    assert (Publication.objects.get().title, Publication.objects.get().edition.kind) == (
        "Examplol forte",
        "evidence",
    )
