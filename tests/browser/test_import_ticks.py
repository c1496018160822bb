"""Ticks of an import in a real browser: read what would change, tick it, go on to the next files, save."""

import pytest
from django.urls import reverse

from drugs.content import Section
from drugs.formats import write
from drugs.import_export import tasks, worker
from drugs.models import ImportTask, Publication
from tests.support.builders import make_document, publish_document
from tests.support.desk_browser import open_desk
from tests.support.desk_posts import make_person
from tests.support.uploads import packed

pytestmark = pytest.mark.django_db(transaction=True)

SLUGS = ("aol", "bol", "col")


def dosed(slug, dose):
    sections = (Section("dosage", "", f"Take {dose} mg."), *make_document().sections)
    return make_document(slug=slug, title=slug.capitalize(), sections=sections)


@pytest.fixture
def address(live_server, monkeypatch):
    """The address of an import that would change three public pages that people wrote, two to a page of its report."""
    monkeypatch.setattr(tasks, "start", lambda task: worker.run(task.pk, task.worker))
    monkeypatch.setattr("drugs.admin.import_report.PAGE", 2)
    make_person("pat", "Reviewers")
    for slug in SLUGS:
        publish_document(dosed(slug, 500))
    data = packed({f"e/{slug}.md": write(dosed(slug, 5000)).encode() for slug in SLUGS})
    tasks.create("pages.zip", data, by="pat")
    return live_server.url + reverse("admin:drugs_importtask_change", args=[ImportTask.objects.get().pk])


@pytest.mark.parametrize("script", [True, False])
def test_what_is_ticked_is_published(browser, live_server, address, script):
    page = open_desk(browser, live_server, "pat", java_script_enabled=script)
    page.goto(address)
    assert page.inner_text(".import-report > li >> nth=0 >> ins") == "5000"
    page.check("text=I have read this change of aol")
    page.click("button:text-is('Keep the ticks and show the next files')")
    page.check("text=I have read this change of col")
    page.check("#id_overwrite")
    page.click("button:text-is('Save to the desk')")
    page.wait_for_selector("h2:has-text('What came of the 3 files')")
    published = Publication.objects.filter(number=2).order_by("slug")
    assert list(published.values_list("slug", flat=True)) == ["aol", "col"]
    assert "Nobody ticked the change, which waits on the desk" in page.inner_text(".import-report")


@pytest.mark.appearance
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ticks_keep_the_rules_of_accessibility(browser, live_server, address, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed.").Axe()
    page = open_desk(browser, live_server, "pat", color_scheme=scheme)
    page.goto(address)
    violations = axe.run(page).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []
