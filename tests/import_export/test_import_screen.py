"""Import screen in the admin: an upload is checked in a dry run, saved if somebody says so, and reported."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from drugs import desk, publishing
from drugs.content import Section
from drugs.import_export import tasks as import_tasks
from drugs.models import Edition, ImportTask, ImportUpload, Monograph, Publication
from tests.support.builders import make_document, publish_document
from tests.support.desk_posts import make_person, sent
from tests.support.uploads import ADD, address_of, many, packed, page, text

pytestmark = pytest.mark.django_db


def test_an_upload_is_checked_first_and_saved_when_asked(client, reviewer, upload, send):
    response = upload("pages.zip", packed({"e/examplol.md": page(), "o/other.md": page(slug="other")}))
    task = ImportTask.objects.get()
    assert response["Location"] == address_of(task)
    assert (task.state, task.total, task.handled) == ("checked", 2, 2)
    assert not Monograph.objects.exists()
    shown = text(client, task)
    assert "Nothing is saved yet" in shown and "2 new" in shown and "pages.zip/e/examplol.md" in shown

    send(address_of(task), {"_save": "", "publish": "on"})
    task.refresh_from_db()
    assert (task.state, task.saving) == ("done", True)
    assert set(Publication.objects.values_list("slug", flat=True)) == {"examplol", "other"}
    monograph = Monograph.objects.get(slug="examplol")
    assert (monograph.changed_by, monograph.import_record.path) == ("rey", "e/examplol.md")
    edition = Edition.objects.get(monograph=monograph)
    assert (edition.kind, edition.published_by, edition.reviewed_by) == ("import", "rey", "")
    assert not ImportUpload.objects.exists()
    entry = LogEntry.objects.get(object_id=str(monograph.pk), content_type__model="monograph")
    assert (entry.user, entry.change_message) == (reviewer, "Import of pages.zip: created and published.")
    assert "being saved" not in text(client, task) and "2 new" in text(client, task)


def test_the_report_counts_every_outcome_and_what_is_held_back(client, reviewer, upload, send):
    files = {f"e/{slug}.md": page(slug=slug, title=slug.capitalize()) for slug in ("aol", "bol", "col")}
    upload("pages.zip", packed(files))
    send(address_of(ImportTask.objects.get()), {"_save": ""})
    Monograph.objects.get(slug="bol").sections.filter(kind="uses").update(body="An editor's text.")
    files["e/bol.md"] = page(slug="bol", title="Bol forte")
    files["e/col.md"] = page(slug="col", title="Col forte")
    files["e/dol.md"] = page(slug="dol", title="Dol", sections=(), side_effects=(), faqs=())
    files["e/eol.md"] = b"---\nformat: 1\ntitle: Eol\n---\n# Eol\n\n## Storage\nd\x00ry\n"
    upload("pages.zip", packed(files))
    task = ImportTask.objects.get(state="checked")
    shown = text(client, task)
    for words in ("1 new", "1 changed", "1 unchanged", "1 in conflict", "1 not readable", "1 held back"):
        assert words in shown, words
    assert "people have edited the desk" in shown.lower() and "-An editor&#x27;s text." in shown
    assert "Would not be published:" in shown and "nothing but a title" in shown
    assert "Line 8: The file holds a character that cannot be printed" in shown
    conflicts = client.get(address_of(task), {"show": "conflict"}).context["report"]["rows"]
    assert [row["slug"] for row in conflicts] == ["bol"]
    send(address_of(task), {"_save": "", "overwrite": "on"})
    assert Monograph.objects.get(slug="bol").title == "Bol forte"
    assert not Publication.objects.exists()


def test_a_checked_folder_is_told_as_a_whole(client, reviewer, upload, send):
    files = {"Aol Tablets.md": b"# Aol\n\n## Uses\nPain.\n", "b.md": b"---\nformat: 1\ntitle: B: c\n---\n"}
    upload("pages.zip", packed(files))
    task = ImportTask.objects.get()
    told = " ".join(client.get(address_of(task)).context["summary"]["table"].split())
    assert "1 of 2 files would come in as they are (50 %)" in told
    assert (
        "a value with a colon in it must stand in quotes" in told and "Aol Tablets.md -> aol-tablets" in told
    )
    assert "The folder as a whole" in text(client, task)
    assert not client.get(address_of(task), {"show": "failed"}).context["summary"]
    send(address_of(task), {"_save": ""})
    assert not client.get(address_of(task)).context["summary"]


def test_files_that_readers_would_not_get_are_listed_with_a_mend(client, reviewer, upload):
    files = {
        "README.md": b"# My notes\n\nThey are mine.\n",
        "notes.txt": b"Text",
        "scan.pdf": b"%PDF",
        "word.docx": b"PK",
        "aol/README.md": b"# Aol\n\n## Uses\nPain.\n",
        "bol.md": b"---\ndraft: true\n---\n# Bol\n\n## Uses\nPain.\n",
        "col.md": b"---\nformat: 1\ntitle: C: c\n---\n",
        "dol.md": b"# Dol\n\n## Uses\nFor {condition}.\n",
    }
    upload("pages.zip", packed(files))
    task = ImportTask.objects.get()
    summary = client.get(address_of(task)).context["summary"]
    rows = {row.name.rpartition("/")[2]: row for row in summary["left_out"]}
    assert list(rows) == ["notes.txt", "scan.pdf", "word.docx", "README.md", "bol.md", "col.md", "dol.md"]
    assert rows["notes.txt"].mend == "Rename it to notes.md." and "not .pdf" in rows["scan.pdf"].why
    assert "about the folder" in rows["README.md"].why and "draft: true" in rows["bol.md"].why
    assert (
        "must stand in quotes" in rows["col.md"].why
        and rows["dol.md"].mend == "Mend the text from line 3 on."
    )
    assert "paste that into a new medicine" in rows["word.docx"].mend
    shown = text(client, task)
    assert "pandoc" not in shown  # a command is nothing for an editor
    assert "7 files that readers would not get" in shown and "Publish it on the desk" in shown


def test_what_holds_a_page_back_is_named_with_its_lines(client, reviewer, upload):
    data = page(sections=(*make_document().sections, Section("storage", "", "Keep it in {details}.")))
    upload("examplol.md", data)
    (row,) = client.get(address_of(ImportTask.objects.get())).context["report"]["rows"]
    ((reason, lines),) = row["held"]
    assert "{details}" in reason
    assert all(data.decode().splitlines()[line - 1] for line in lines) and lines
    assert all(finding["label"] for finding in row["findings"])


def test_a_single_page_is_taken_twice_without_a_conflict(reviewer, upload, send):
    for title in ("Examplol", "Examplol forte"):
        upload("examplol.md", page(title=title))
        send(address_of(ImportTask.objects.get(state="checked")), {"_save": ""})
        assert desk.read(Monograph.objects.get()).title == title


def test_a_running_import_shows_its_progress_without_a_script(client, reviewer, upload, started):
    upload("pages.zip", many(3), work=False)
    task = ImportTask.objects.get()
    ImportTask.objects.update(total=3, handled=1)
    shown = text(client, task)
    assert '<meta http-equiv="refresh"' in shown and "1 of 3 files" in shown and "Being checked" in shown
    assert 'name="_stop"' in shown and 'name="_save"' not in shown


def test_options_go_by_what_else_somebody_may(client, upload, send):
    publish_document()
    client.force_login(make_person("adam", "Administrators"))
    upload("examplol.md", page(title="Examplol forte"))
    task = ImportTask.objects.get()
    assert {"publish", "overwrite"}.isdisjoint(sent(client.get(address_of(task))))
    send(address_of(task), {"_save": "", "publish": "on", "overwrite": "on"})
    assert ImportTask.objects.get().state == "done"
    assert Monograph.objects.get().title == Publication.objects.get().title == "Examplol"


@pytest.mark.parametrize(("role", "status"), [("Editors", 403), ("Reviewers", 200), ("Administrators", 200)])
def test_reviewers_and_administrators_import_and_editors_do_not(client, started, role, status):
    task = import_tasks.create("a.md", page(), by="rey")
    client.force_login(make_person("someone", role))
    for address in ("/admin/drugs/importtask/", ADD, address_of(task)):
        assert client.get(address).status_code == status
    client.post(address_of(task), {"_stop": ""})
    assert ImportTask.objects.get().state == ("running" if status == 403 else "stopped")
    assert client.post(ADD, {"file": SimpleUploadedFile("b.md", page())}).status_code in (403, 302)
    assert ImportTask.objects.count() == (1 if status == 403 else 2)


def test_nothing_asked_of_a_report_is_a_fault(client, reviewer, upload):
    upload("a.md", page())
    address = address_of(ImportTask.objects.get())
    for asked in ({"show": "x\0"}, {"after": "-1"}, {"after": "9" * 40}, {"after": "٣"}, {"show": "held"}):
        assert client.get(address, asked).status_code == 200
    assert client.get("/admin/drugs/importtask/999/change/").status_code == 302
    assert client.post(address, {"_nothing": ""}).status_code == 302


def test_a_long_report_is_paginated_with_the_same_few_queries(
    client, reviewer, upload, django_assert_num_queries
):
    upload("pages.zip", many(60))
    address = address_of(ImportTask.objects.get())
    with django_assert_num_queries(10):
        first = client.get(address).context["report"]
    assert (len(first["rows"]), first["following"]) == (50, 50)
    rest = client.get(address, {"after": 50}).context["report"]
    assert ([row["number"] for row in rest["rows"]], rest["following"]) == (list(range(51, 61)), None)


def test_an_import_does_not_bring_back_a_duplicate(reviewer, upload, send):
    gone, stays = publish_document(slug="oldol", title="Oldol"), publish_document()
    publishing.withdraw(gone, reason="Same.", by="test", successor=stays)
    upload("oldol.md", page(slug="oldol", title="Oldol forte"))
    send(address_of(ImportTask.objects.get()), {"_save": "", "publish": "on", "overwrite": "on"})
    assert Publication.objects.get(slug="oldol").successor == stays
