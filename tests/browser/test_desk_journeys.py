"""Journeys through the desk in a real browser: review, publication, withdrawal, duplicates, uploads, worklists."""

import threading
import zipfile

import pytest
from django.db import connections
from playwright.sync_api import expect

from drugs import desk, publishing
from drugs.content import Section
from drugs.formats import write
from drugs.import_export import tasks, worker
from drugs.models import Monograph, Publication
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.desk_browser import open_desk, unfold
from tests.support.desk_posts import address_of, change_address, make_person, read

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_text_goes_from_editor_to_reader_and_back(browser, live_server, db):
    make_person("edith", "Editors", first_name="Edith", last_name="Ek")
    make_person("rey", "Reviewers", first_name="Rey", last_name="Ito")
    monograph = publish_document().monograph
    public = live_server.url + Publication.objects.get().get_absolute_url()

    editor = open_desk(browser, live_server, "edith")
    editor.goto(live_server.url + change_address(monograph))
    unfold(editor, "id_sections-0-body")
    editor.fill("#id_sections-0-body", "Never stop it suddenly.")
    editor.click("button:text-is('Save and hand in …')")
    editor.select_option("#id_kind", "safety")
    editor.fill("#id_reason", "The warning is plainer.")
    editor.fill("#id_source", "Some agency, 2026")
    editor.click("button:text-is('Hand in for review')")
    editor.wait_for_selector("text=waits for review")
    assert editor.evaluate("scrollY") == 0 and editor.locator(".messagelist").is_visible()
    assert editor.locator("text=Save and publish").count() == 0

    reviewer = open_desk(browser, live_server, "rey")
    reviewer.goto(f"{live_server.url}/admin/drugs/monograph/?state=submitted")
    reviewer.click("text=Examplol >> nth=0")
    reviewer.click("text=Save and publish")
    assert reviewer.inner_text(".desk-changes ins") == "Never"
    reviewer.select_option("#id_kind", "safety")
    reviewer.fill("#id_note", "The warning is plainer.")
    sign(reviewer)
    reviewer.wait_for_selector("text=Edition 2 of Examplol is public now")

    reader = browser.new_page()
    reader.goto(public)
    assert "Never stop it suddenly." in reader.inner_text("main")
    assert "Rey Ito" in reader.inner_text("main")

    reviewer.click("text=Withdraw from readers")
    reviewer.fill("#id_reason", "Under inquiry.")
    reviewer.click("button:text-is('Withdraw from readers')")
    reviewer.wait_for_selector("text=Readers no longer see")
    assert reader.goto(public).status == 410
    assert "Under inquiry." in reader.inner_text("main")

    reviewer.click("text=All editions")
    reviewer.click("th.field-number a:text-is('1')")
    reviewer.click("text=Restore it")
    reviewer.fill("#id_note", "The first text was right.")
    reviewer.click("button:text-is('Restore this edition')")
    reviewer.wait_for_selector("text=as edition 3")
    reader.goto(public)
    assert "Do not stop it suddenly." in reader.inner_text("main")
    assert editor.complaints == reviewer.complaints == []


def with_dose(dose):
    warning, _, *others = make_document().sections
    return make_document(
        sections=(warning, Section("uses", "", f"For pain. Take {dose} at most twice a day."), *others)
    )


def signed_page():
    """A page of which edith wrote what rey signed."""
    monograph = desk.write(with_dose("500 mg"), by="edith")
    publish_as(monograph, "rey", review=make_review())
    return monograph


def publish_as(monograph, who, **more):
    publishing.publish(
        Monograph.objects.get(pk=monograph.pk), by=who, kind="clarity", note="Clearer.", **more
    )


def publish_page(browser, live_server, who, monograph):
    page = open_desk(browser, live_server, who)
    page.goto(live_server.url + address_of("publish", monograph))
    return page


def sign(page):
    page.check("text=Publish as reviewed by me")
    page.fill("#id_role", "pharmacist")
    page.click("button:text-is('Publish')")


@pytest.fixture
def reviewers(db):
    for who, first, last in (("rey", "Rey", "Ito"), ("rita", "Rita", "Roe")):
        make_person(who, "Reviewers", first_name=first, last_name=last)


def test_a_tenfold_dose_is_not_published_as_spelling(browser, live_server, reviewers):
    monograph = signed_page()
    writer = open_desk(browser, live_server, "rey")
    writer.goto(live_server.url + change_address(monograph))
    unfold(writer, "id_sections-1-body")
    writer.fill("#id_sections-1-body", "For pain. Take 5000 mg at most twice a day.")
    writer.click("text=Save and publish")
    for who in (writer, publish_page(browser, live_server, "rita", monograph)):
        who.select_option("#id_kind", "typo")
        who.fill("#id_note", "Typo.")
        who.click("button:text-is('Publish')")
        refusal = who.locator(".errorlist, .errornote, .messagelist").filter(has_text="became")
        expect(refusal.first).to_contain_text("“500 mg” became “5000 mg”")
        expect(refusal.first).to_contain_text("New or corrected facts")

    assert writer.locator("text=Publish as reviewed by me").locator("input").is_disabled()
    writer.select_option("#id_kind", "evidence")
    writer.click("button:text-is('Publish')")
    writer.wait_for_selector("text=Edition 2 of Examplol is public now")
    reader = browser.new_page()
    reader.goto(live_server.url + Publication.objects.get().get_absolute_url())
    assert "5000 mg" in reader.inner_text("main")
    assert "Not yet reviewed" in reader.inner_text("main") and "Pat Doe" not in reader.inner_text("main")


def test_nobody_launders_a_signature_on_their_own_dose(browser, live_server, reviewers):
    monograph = signed_page()
    for who, dose in (("rita", "20,000 mg"), ("edith", "20,000 mg, with food,")):
        desk.write(with_dose(dose), by=who, monograph=monograph)
        publish_as(monograph, who)
    page = publish_page(browser, live_server, "rita", monograph)
    top = page.locator(".desk-state").filter(has_text="You cannot sign this page now.")
    expect(top).to_contain_text("You changed this text since a second person last signed it")
    expect(page.locator(".desk-state").filter(has_text="Wrote what no second")).to_contain_text(
        "Rita Roe, edith"
    )
    assert page.locator("text=Publish as reviewed by me").locator("input").is_disabled()

    page.evaluate("document.querySelectorAll('[disabled]').forEach((input) => input.disabled = false)")
    sign(page)
    expect(page.locator("main, #content").first).to_contain_text("somebody else has to sign it")
    assert Publication.objects.get().number == 3 and not Publication.objects.get().reviewed_on

    other = publish_page(browser, live_server, "rey", monograph)
    sign(other)
    other.wait_for_selector("text=Edition 4 of Examplol is public now")
    reader = browser.new_page()
    reader.goto(live_server.url + Publication.objects.get().get_absolute_url())
    assert "Reviewed by Rey Ito" in reader.inner_text("main")
    reader.goto(f"{live_server.url}{Publication.objects.get().get_absolute_url()}history/")
    assert "Reviewed, nothing changed" in reader.inner_text("main")


def test_a_duplicate_redirects_until_it_is_restored(browser, live_server, pat):
    gone = publish_document(slug="oldol", title="Oldol", names=()).monograph
    publish_document()
    page, reader = open_desk(browser, live_server, "pat"), browser.new_page()
    page.goto(live_server.url + change_address(gone))
    page.click("text=Same medicine as")
    page.fill("#id_q", "xamp")
    page.keyboard.press("Enter")
    page.click(".desk-others a:text-is('Examplol')")
    page.check("#id_sure")
    page.click("button:has-text('lead its readers to Examplol')")
    page.wait_for_selector("text=Readers of Oldol are led to Examplol")
    reader.goto(f"{live_server.url}/drugs/oldol/")
    assert reader.url == f"{live_server.url}/drugs/examplol/"
    page.click("text=publish them")
    page.select_option("#id_kind", "names")
    page.fill("#id_note", "Also called Oldol.")
    page.click("button:text-is('Publish')")
    page.wait_for_selector("text=is public now")
    reader.goto(f"{live_server.url}/search/?q=oldol")
    assert "Found by the" in reader.inner_text("main") and "Examplol" in reader.inner_text("main")
    page.goto(live_server.url + address_of("restore", gone, 1))
    page.fill("#id_note", "Another medicine after all.")
    page.click("button:text-is('Restore this edition')")
    page.wait_for_selector("text=as edition 2")
    reader.goto(f"{live_server.url}/drugs/oldol/")
    assert reader.url == f"{live_server.url}/drugs/oldol/" and page.complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_an_upload_outlives_its_tab_and_is_saved_afterwards(
    browser, live_server, pat, tmp_path, monkeypatch, script
):
    go, workers = threading.Event(), []

    def work(task):
        go.wait(30)
        worker.run(task.pk, task.worker)
        connections.close_all()

    def start(task):
        workers.append(threading.Thread(target=work, args=[task]))
        workers[-1].start()

    monkeypatch.setattr(tasks, "start", start)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("e/examplol.md", write(make_document()))
        archive.writestr("e/broken.md", "")
    page = open_desk(browser, live_server, "pat", java_script_enabled=script)
    page.goto(f"{live_server.url}/admin/")
    page.click("text=Import a file or a zip")
    page.set_input_files("#id_file", tmp_path / "pages.zip")
    page.click("text=Upload and check")
    page.wait_for_selector("text=You can close this page")
    address, context = page.url, page.context
    page.close()
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("text=Being checked")
    go.set()
    page.wait_for_selector("text=Nothing is saved yet", timeout=30_000)  # by itself
    assert "1 new" in page.inner_text(".desk-counts") and "1 not readable" in page.inner_text(".desk-counts")
    page.check("#id_publish")
    page.click("button:text-is('Save to the desk')")
    page.wait_for_selector(".import-report >> text=published", timeout=30_000)
    for thread in workers:
        thread.join()
    assert Publication.objects.get().published_at


def test_a_new_editor_finds_the_way_to_a_mended_text(browser, live_server, db):
    make_person("edith", "Editors")
    text = (Section("uses", "", "Take {details} daily."),)
    monograph = make_monograph(sections=text, side_effects=(), faqs=())
    page = open_desk(browser, live_server, "edith")
    page.click("text=Held back by checks")
    assert "never filled in: {details}" in page.inner_text("#result_list")
    page.fill("input[name='class']", "beta blockers")
    page.click(".class-filter button")
    page.click("#result_list a:text-is('Examplol')")
    unfold(page, "id_sections-0-body")
    page.fill("#id_sections-0-body", "Take one daily.")
    page.click("button:text-is('Save and close')")
    page.click(".rail >> text=Work")
    page.click("summary:has-text('Nothing waits in')")
    assert "The checks stop no text" in page.inner_text(".start")
    assert read(monograph).sections[0].body == "Take one daily."
    assert page.complaints == []
