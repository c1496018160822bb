"""A report in a real browser, with and without scripts: from the reader who writes it to the editor who closes it."""

import pytest
from django.core.cache import cache

from drugs.http import form_tokens
from drugs.models import ProblemReport
from tests.support.builders import make_report, publish_document
from tests.support.desk_browser import open_desk
from tests.support.desk_posts import make_person

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/drugs/problemreport/"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A browser types faster than people."""
    cache.clear()
    monkeypatch.setattr(form_tokens, "SECONDS_TO_WRITE", 0)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_report_goes_from_the_reader_to_its_outcome(browser, live_server, scripts):
    make_person("edith", "Editors", first_name="Edith", last_name="Ek")
    publish_document()
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 375, "height": 800})
    reader = context.new_page()
    reader.set_default_timeout(15_000)
    reader.goto(f"{live_server.url}/drugs/examplol/")
    reader.get_by_role("contentinfo").get_by_role("link", name="Report a problem").click()
    reader.get_by_label("Something is missing").check()
    reader.get_by_label("Where on the page?").select_option("Side effects")
    reader.get_by_label("What should the editors know?").fill(
        "A dry cough is missing.\nI read it in the leaflet."
    )
    reader.get_by_role("button", name="Send the report").click()
    reader.get_by_role("heading", name="Thank you for your report").wait_for()
    assert context.cookies() == []
    reader.reload()  # sends nothing again
    assert ProblemReport.objects.count() == 1

    editor = open_desk(browser, live_server, "edith", java_script_enabled=scripts)
    editor.goto(f"{live_server.url}{LIST}?list=open")
    editor.click("th.field-drug a")
    assert "A dry cough is missing." in editor.inner_text(".desk-report blockquote")
    assert "Swelling of the face" in editor.inner_text(".desk-section")
    editor.select_option("#id_outcome", label="the page was corrected")
    editor.fill("#id_note", "Added in edition 2.")
    editor.click("[name=_save]")
    editor.wait_for_selector(".messagelist .success")
    report = ProblemReport.objects.get()
    assert (report.outcome, report.closed_by, report.section) == ("corrected", "edith", "side-effects")
    assert editor.complaints == []


def test_a_text_that_is_not_taken_stays_where_it_was_typed(browser, live_server, monkeypatch):
    publish_document()
    page = browser.new_context().new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{live_server.url}/report/examplol/")
    page.get_by_label("Something is wrong").check()
    page.get_by_label("What should the editors know?").fill("It is 5 mg.")
    monkeypatch.setattr(form_tokens, "SECONDS_TO_WRITE", 60)
    page.get_by_role("button", name="Send the report").click()
    assert "That was very fast" in page.get_by_role("alert").inner_text()
    page.wait_for_function("document.activeElement.getAttribute('role') == 'alert'")
    monkeypatch.setattr(form_tokens, "SECONDS_TO_WRITE", 0)
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/thanks/")
    assert ProblemReport.objects.get().message == "It is 5 mg."


@pytest.mark.appearance
def test_form_errors_and_the_editors_screen_are_accessible(browser, live_server):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed.").Axe()
    make_person("edith", "Editors")
    report = make_report(publish_document().monograph, section="side-effects", message="x" * 300)
    for scheme in ("light", "dark"):
        editor = open_desk(browser, live_server, "edith", color_scheme=scheme)
        reader = browser.new_context(viewport={"width": 320, "height": 800}, color_scheme=scheme).new_page()
        reader.goto(f"{live_server.url}/report/examplol/")
        reader.eval_on_selector("form.report", "form => { form.noValidate = true; }")
        reader.click("text=Send the report")
        reader.wait_for_selector("[role=alert]")
        editor.goto(f"{live_server.url}{LIST}{report.pk}/change/")
        for page in (reader, editor):
            found = axe.run(page).response["violations"]
            assert [(page.url, v["id"], v["nodes"][0]["html"]) for v in found] == []
        assert reader.evaluate("document.documentElement.scrollWidth") <= 320
