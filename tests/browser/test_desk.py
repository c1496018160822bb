"""The editors' desk in a real browser: writing with a live preview, adding and moving rows, publishing."""

import os
import shutil
import threading
import zipfile

import pytest
from django.db import OperationalError, connections

from drugs.admin.monographs.admin import MonographAdmin
from drugs.admin.worklists import START
from drugs.content import Section
from drugs.formats import write
from drugs.import_export import tasks
from drugs.import_export import worker as import_runs
from drugs.models import ImportTask, Publication, UnansweredQuery
from tests.support.builders import make_document, make_monograph, publish_document
from tests.support.desk_posts import address_of, change_address, make_person, make_user, read

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(scope="module")
def chromium():
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.skip("There is no Chromium on this machine, so the desk was not tried in a browser.")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the test
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def open_desk(chromium, live_server, username, **options):
    """A page of a browser of its own, logged in. `page.complaints` collects what its console says."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}, **options).new_page()
    page.set_default_timeout(15_000)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if "Content Security" in message.text else None,
    )
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", "x")
    page.click("[type=submit]")
    return page


@pytest.fixture
def pat():
    return make_user("pat", is_superuser=True, first_name="Pat", last_name="Doe")


def test_a_page_is_written_with_a_live_preview_and_published(chromium, live_server, pat):
    monograph = make_monograph()
    page = open_desk(chromium, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))

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


def test_rows_move_by_button_and_by_dragging_and_keep_their_new_order(chromium, live_server, pat):
    monograph = make_monograph()
    page = open_desk(chromium, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    page.focus("#side_effects-1 .row-tools button >> nth=0")
    page.keyboard.press("Enter")
    assert "Now in place 1 of 2" in page.inner_text("[role=status]")
    page.click("button:text-is('Save')")
    page.wait_for_selector(".messagelist .success")
    assert [effect.name for effect in read(monograph).side_effects] == [
        "Swelling of the face",
        "Feeling tired",
    ]


def test_tab_leaves_the_editor_and_its_shortcuts_rewrite_nothing(chromium, live_server, pat):
    monograph = make_monograph()
    page = open_desk(chromium, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    before = page.input_value("#id_sections-0-body")
    for keys in ("Control+d", "Control+]", "Control+[", "Tab"):
        page.focus("#id_sections-0-body")
        page.keyboard.press(keys)
    assert page.evaluate("document.activeElement.id") != "id_sections-0-body"
    assert page.input_value("#id_sections-0-body") == before


def test_a_file_dropped_or_pasted_into_the_text_changes_nothing(chromium, live_server, pat):
    monograph = make_monograph()
    page = open_desk(chromium, live_server, "pat")
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


def test_work_of_a_lost_session_is_offered_back(chromium, live_server, pat):
    monograph = make_monograph()
    page = open_desk(chromium, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    page.fill("#id_sections-0-body", "Typed for an hour.")
    page.click("#names-group .add-row a")
    page.fill("#id_names-2-text", "Newbrand")
    page.select_option("#id_names-2-kind", "brand")
    page.context.clear_cookies()
    page.click("button:text-is('Save')")
    page.wait_for_load_state()
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("#id_username", "pat")
    page.fill("#id_password", "x")
    page.click("[type=submit]")

    page.goto(live_server.url + change_address(monograph))
    page.click("text=Put it back")
    assert page.input_value("#id_sections-0-body") == "Typed for an hour."
    page.click("button:text-is('Save')")
    page.wait_for_selector(".messagelist .success")
    document = read(monograph)
    assert document.sections[0].body == "Typed for an hour."
    assert document.names[-1].text == "Newbrand"
    page.reload()
    assert page.locator(".desk-unsaved").count() == 0


def test_what_is_refused_is_named_at_the_top_with_a_way_to_each_place(chromium, live_server, pat):
    monograph = make_monograph()
    page = open_desk(chromium, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    page.fill("#id_faqs-0-question", " ")
    page.fill("#id_sections-3-body", "# Too high")
    page.click("button:text-is('Save')")
    page.wait_for_selector(".errornote a")
    links = page.locator(".errornote a")
    assert links.count() == 2
    assert links.nth(0).inner_text().startswith("Pregnancy and breastfeeding: Body: ")
    assert links.nth(1).inner_text().startswith("Question: ")
    links.nth(1).click()
    page.wait_for_function(
        "document.getElementById('id_faqs-0-question').getBoundingClientRect().top < window.innerHeight"
    )


def test_work_that_a_locked_database_refused_is_offered_back(chromium, live_server, pat, monkeypatch):
    def refuse(*args):
        raise OperationalError("database is locked")

    monograph = make_monograph()
    page = open_desk(chromium, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    page.fill("#id_sections-0-body", "Typed for an hour.")
    with monkeypatch.context() as locked:
        locked.setattr(MonographAdmin, "save_model", refuse)
        page.click("button:text-is('Save')")
        assert "What you have just sent was not saved." in page.inner_text("main")
    page.goto(live_server.url + change_address(monograph))
    page.click("text=Put it back")
    page.click("button:text-is('Save')")
    page.wait_for_selector(".messagelist .success")
    assert read(monograph).sections[0].body == "Typed for an hour."


def test_work_of_a_closed_tab_is_offered_back_and_can_be_thrown_away(chromium, live_server, pat):
    monograph = make_monograph()
    page = open_desk(chromium, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    page.fill("#id_sections-0-body", "Typed for an hour.")
    page.wait_for_timeout(600)
    page.close()
    page = page.context.new_page()
    page.goto(live_server.url + change_address(monograph))
    assert "was never saved" in page.inner_text(".desk-unsaved")
    page.click("text=Throw it away")
    page.reload()
    assert page.locator(".desk-unsaved").count() == 0
    assert page.input_value("#id_sections-0-body") == "Do not stop it suddenly."


def test_the_whole_way_of_a_text_from_the_editor_to_the_reader_and_back(chromium, live_server, db):
    make_person("edith", "Editors", first_name="Edith", last_name="Ek")
    make_person("rey", "Reviewers", first_name="Rey", last_name="Ito")
    monograph = publish_document().monograph
    public = live_server.url + Publication.objects.get().get_absolute_url()

    editor = open_desk(chromium, live_server, "edith")
    editor.goto(live_server.url + change_address(monograph))
    editor.fill("#id_sections-0-body", "Never stop it suddenly.")
    editor.click("button:text-is('Save and submit for review')")
    editor.wait_for_selector("text=waits for review")
    assert editor.locator("text=Save and publish").count() == 0

    reviewer = open_desk(chromium, live_server, "rey")
    reviewer.goto(f"{live_server.url}/admin/drugs/monograph/?state=submitted")
    reviewer.click("text=Examplol >> nth=0")
    reviewer.click("text=Save and publish")
    assert reviewer.inner_text(".desk-changes ins") == "Never"
    reviewer.select_option("#id_kind", "safety")
    reviewer.fill("#id_note", "The warning is plainer.")
    reviewer.check("text=Publish as reviewed by me")
    reviewer.fill("#id_role", "pharmacist")
    reviewer.click("button:text-is('Publish')")
    reviewer.wait_for_selector("text=Edition 2 of Examplol is public now")

    reader = chromium.new_page()
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


def test_the_desk_is_worked_with_the_keyboard_alone(chromium, live_server, pat):
    monograph = make_monograph()
    page = open_desk(chromium, live_server, "pat")
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


def test_readers_of_a_duplicate_are_led_to_the_other_page_until_it_is_restored(chromium, live_server, pat):
    gone = publish_document(slug="oldol", title="Oldol", names=()).monograph
    publish_document()
    page, reader = open_desk(chromium, live_server, "pat"), chromium.new_page()
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
def test_an_upload_outlives_its_tab_and_is_saved_after_its_report(
    chromium, live_server, pat, tmp_path, monkeypatch, script
):
    go, workers = threading.Event(), []

    def work(task):
        go.wait(30)
        import_runs.run(task.pk, task.worker)
        connections.close_all()

    def start(task):
        workers.append(threading.Thread(target=work, args=[task]))
        workers[-1].start()

    monkeypatch.setattr(tasks, "start", start)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("e/examplol.md", write(make_document()))
        archive.writestr("e/broken.md", "nothing")
    page = open_desk(chromium, live_server, "pat", java_script_enabled=script)
    page.goto(f"{live_server.url}/admin/")
    page.click(".model-importtask .addlink")
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
    for worker in workers:
        worker.join()
    assert Publication.objects.get().published_at


def test_an_editor_who_is_new_finds_the_way_from_the_start_page_to_a_mended_text(chromium, live_server, db):
    make_person("edith", "Editors")
    text = (Section("uses", "", "Take {details} daily."),)
    monograph = make_monograph(sections=text, side_effects=(), faqs=())
    page = open_desk(chromium, live_server, "edith")
    page.click("text=Held back by checks")
    assert "never filled in: {details}" in page.inner_text("#result_list")
    page.fill("input[name='class']", "beta blockers")
    page.click(".class-filter button")
    page.click("#result_list a:text-is('Examplol')")
    page.fill("#id_sections-0-body", "Take one daily.")
    page.click("button:text-is('Save and close')")
    page.click("text=Home")
    assert "The checks stop no text" in page.inner_text(".start-lists")
    assert read(monograph).sections[0].body == "Take one daily."
    assert page.complaints == []


@pytest.mark.appearance
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_keep_the_rules_of_accessibility(chromium, live_server, pat, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed.").Axe()
    monograph = publish_document().monograph
    make_monograph(slug="again", title="Examplol-", sections=(), side_effects=(), faqs=())
    row = {"text": "exampel", "count": 3, "last_seen": "2026-11-20", "kind": "similar"}
    query = UnansweredQuery.objects.create(**row)
    page = open_desk(chromium, live_server, "pat", color_scheme=scheme)
    beside = [address_of(name, monograph) for name in ("publish", "withdraw", "preview", "same_medicine")]
    other = publish_document(slug="other", title="Other").monograph
    task = ImportTask.objects.create(name="a.zip", size=9, started_by="pat", worker="x", state="checked")
    for address in (
        change_address(monograph),
        *beside,
        address_of("restore", monograph, 1),
        f"{address_of('same_medicine', monograph)}?with={other.pk}",
        f"/admin/drugs/importtask/{task.pk}/change/",
        "/admin/drugs/importtask/add/",
        "/admin/drugs/monograph/add/",
        "/admin/drugs/sitetext/about/change/",
        "/admin/",
        *(item.url for item in START),
        "/admin/drugs/monograph/?list=held&class=Statins",
        f"/admin/drugs/unansweredquery/{query.pk}/change/",
        "/admin/auth/user/add/",
    ):
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        # A live preview is a piece of a page: its headings have the level that they have there.
        found = axe.run(page, options={"rules": {"heading-order": {"enabled": False}}}).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []
