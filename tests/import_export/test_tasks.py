"""Imports that people start in the admin: checked, saved, stopped, killed and continued, one at a time."""

import io
import struct
import subprocess
import zipfile
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from drugs import desk, publishing
from drugs.content import Section
from drugs.formats import write
from drugs.import_export import page_import, worker
from drugs.import_export import tasks as import_tasks
from drugs.import_export.page_import import BATCH_PAGES, Import
from drugs.models import Edition, ImportResult, ImportTask, ImportUpload, Monograph, Publication
from medinfo.start import ROOT
from tests.support.builders import make_document, publish_document
from tests.support.desk_posts import make_person, sent

pytestmark = pytest.mark.django_db
ADD = "/admin/drugs/importtask/add/"


def page(**overrides):
    return write(make_document(**overrides)).encode()


def packed(pages, **options):
    """A zip of these pages: a dict from name to bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
    return file.getvalue()


def many(count):
    return packed({f"e/page-{at}.md": page(slug=f"page-{at}", title=f"Page {at}") for at in range(count)})


def address_of(task):
    return reverse("admin:drugs_importtask_change", args=[task.pk])


@pytest.fixture
def started(monkeypatch):
    """The tasks whose process would have been started."""
    tasks = []
    monkeypatch.setattr(import_tasks, "start", tasks.append)
    return tasks


@pytest.fixture
def send(client, started, django_capture_on_commit_callbacks):
    """Posts something and does the work that this starts."""

    def post(address, fields, *, work=True):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address, fields)
        while work and started:
            task = started.pop()
            worker.run(task.pk, task.worker)
        return response

    return post


@pytest.fixture
def upload(send):
    def post(name, data, **options):
        return send(ADD, {"file": SimpleUploadedFile(name, data)}, **options)

    return post


@pytest.fixture
def reviewer(client):
    user = make_person("rey", "Reviewers")
    client.force_login(user)
    return user


def text(client, task, **asked):
    return client.get(address_of(task), asked).content.decode()


def test_an_upload_is_checked_first_and_saved_when_somebody_says_so(client, reviewer, upload, send):
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


def test_the_report_says_what_is_new_changed_the_same_in_conflict_and_held_back(
    client, reviewer, upload, send
):
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


def test_what_holds_a_page_back_and_what_to_look_at_are_named_with_their_lines(client, reviewer, upload):
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


def hostile():
    link = zipfile.ZipInfo("e/link.md")
    link.external_attr = 0o120777 << 16
    bomb = packed({"e/bomb.md": b"dry " * 5_000_000}, compresslevel=9)
    whole = packed({"e/examplol.md": page()})
    return {
        "an empty file": ("a.md", b"", "empty"),
        "no page": ("a.exe", b"MZ", "neither a Markdown page"),
        "a name that turns round": ("a\u202eexe.dm", b"x", "aexe.dm is neither"),
        "no suffix": ("a", b"x", "neither a Markdown page"),
        "a long name": ("a" * 240 + ".md", page(), "at most 200 characters"),
        "not UTF-8": ("a.md", b"---\ntitle: A\n---\n# Exampl\xffol\n", "line 4: The file is not UTF-8"),
        "a page that is too long": ("a.md", b"x" * 200_001, "are the limit"),
        "no front matter": ("a.md", b"# A", "a.md: "),
        "no zip": ("a.zip", b"not a zip at all", "is not a zip that can be read"),
        "half a zip": ("a.zip", whole[: len(whole) // 2], "is not a zip that can be read"),
        "an empty zip": ("a.zip", packed({}), "holds no .md page"),
        "a bomb": ("a.zip", bomb, "unpacks to more than 200 times its size"),
        "a way out": ("a.zip", packed({"../../evil.md": page()}), "leads out of the zip"),
        "a way to the root": ("a.zip", packed({"/etc/evil.md": page()}), "leads out of the zip"),
        "a link": ("a.zip", packed({link: "/etc/passwd"}), "is a link"),
        "a name that is not UTF-8": ("a.zip", broken_name(whole), "is not a zip that can be read"),
    }


def broken_name(data):
    """`data` with the flag that its names are UTF-8, which they then are not."""
    data = bytearray(data)
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 0x800)
    data[at + 46] = 0xFF
    return bytes(data)


HOSTILE = hostile()


def test_no_file_at_all_gets_a_sentence_too(client, reviewer):
    for fields in ({}, {"file": "text"}, {"file": ["a", "b"]}):
        assert client.post(ADD, fields).context["form"].errors["file"] == ["This field is required."]


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_upload_gets_a_sentence_on_the_form(reviewer, upload, what):
    name, data, sentence = HOSTILE[what]
    response = upload(name, data)
    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors["file"])
    assert not ImportTask.objects.exists()


def test_no_damage_of_a_zip_is_a_fault_of_the_site(reviewer, upload):
    whole = packed({"e/examplol.md": page(), "o/other.md": page(slug="other")})
    for at in range(0, len(whole), len(whole) // 60):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        assert upload("a.zip", bytes(damaged)).status_code in (200, 302)
        ImportTask.objects.all().delete()


def test_what_is_too_large_is_left_to_the_command(reviewer, upload, monkeypatch):
    monkeypatch.setattr(import_tasks, "UPLOAD_BYTES", 100)
    assert "import_monographs" in str(upload("a.md", page()).context["form"].errors)


def test_one_import_at_a_time_and_the_other_is_named(client, reviewer, upload, started):
    upload("first.md", page(), work=False)
    response = upload("second.md", page())
    assert "One import at a time" in response.content.decode() and "first.md" in response.content.decode()
    assert ImportTask.objects.count() == 1


def test_a_running_import_shows_its_progress_without_a_script(client, reviewer, upload, started):
    upload("pages.zip", many(3), work=False)
    task = ImportTask.objects.get()
    ImportTask.objects.update(total=3, handled=1)
    shown = text(client, task)
    assert '<meta http-equiv="refresh"' in shown and "1 of 3 files" in shown and "Being checked" in shown
    assert 'name="_stop"' in shown and 'name="_save"' not in shown


def ended_after_first_pages(monkeypatch, task, error):
    """Works on `task` until its first pages are through, and then meets `error`."""
    original = Import.run

    def broken(self, reads, **options):
        for count, result in enumerate(original(self, reads, **options), 1):
            yield result
            if count == BATCH_PAGES:
                raise error

    with monkeypatch.context() as patch:
        patch.setattr(
            page_import, "BATCH_SECONDS", 3600
        )  # a batch ends by its pages, however slow the machine
        patch.setattr(Import, "run", broken)
        worker.run(task.pk, task.worker)


@pytest.mark.parametrize("error", [OperationalError("disk is full"), RuntimeError("a fault")])
def test_what_ended_early_says_why_and_goes_on_behind_its_last_page(
    client, reviewer, upload, send, started, monkeypatch, error
):
    upload("pages.zip", many(BATCH_PAGES + 5))
    task = ImportTask.objects.get()
    send(address_of(task), {"_save": ""}, work=False)
    ended_after_first_pages(monkeypatch, started.pop(), error)
    task.refresh_from_db()
    assert (task.state, task.handled, Monograph.objects.count()) == ("failed", BATCH_PAGES, BATCH_PAGES)
    assert ("disk is full" in task.error) == isinstance(error, OperationalError)
    assert escape(task.error) in text(client, task)
    send(address_of(task), {"_continue": ""})
    task.refresh_from_db()
    assert (task.state, Monograph.objects.count()) == ("done", BATCH_PAGES + 5)
    numbers = list(ImportResult.objects.order_by("number").values_list("number", "outcome"))
    assert numbers == [(at, "created") for at in range(1, BATCH_PAGES + 6)]


def test_two_files_of_one_address_never_replace_each_other_even_after_a_pause(
    client, reviewer, upload, send, started, monkeypatch
):
    pages = {f"a/page-{at}.md": page(slug=f"page-{at}", title=f"Page {at}") for at in range(BATCH_PAGES)}
    upload("pages.zip", packed({**pages, "b/page-0.md": page(slug="page-0", title="Other")}))
    task = ImportTask.objects.get()
    send(address_of(task), {"_save": "", "overwrite": "on"}, work=False)
    ended_after_first_pages(monkeypatch, started.pop(), RuntimeError())
    send(address_of(task), {"_continue": ""})
    assert Monograph.objects.get(slug="page-0").title == "Page 0"
    assert "pages.zip/a/page-0.md has the same address" in text(client, task, show="conflict").replace(
        "Pages.zip", "pages.zip"
    )


def test_a_silent_process_counts_as_interrupted_and_one_that_wakes_up_writes_nothing(
    client, reviewer, upload, send, started
):
    upload("pages.zip", many(2))
    task = ImportTask.objects.get()
    send(address_of(task), {"_save": ""}, work=False)
    asleep = started.pop()
    send(address_of(task), {"_continue": ""})
    assert not Monograph.objects.exists()  # the first process may still be at work
    ImportTask.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    assert "Interrupted" in text(client, task)
    woken = worker._Run(ImportTask.objects.get())
    send(address_of(task), {"_continue": ""})
    assert ImportTask.objects.get().state == "done"
    with pytest.raises(worker._Taken):
        woken.work()
    worker.run(asleep.pk, asleep.worker)
    assert Monograph.objects.count() == 2 and ImportResult.objects.count() == 2


def test_of_two_people_who_continue_at_once_one_does(started):
    task = import_tasks.create("a.md", page(), by="rey")
    ImportTask.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    mine, theirs = (ImportTask.objects.get(pk=task.pk) for _ in range(2))
    assert import_tasks.resume(mine) and not import_tasks.resume(theirs)


def test_a_stopped_import_undoes_the_pages_it_was_writing(client, reviewer, upload, send, started):
    upload("pages.zip", many(2))
    task = ImportTask.objects.get()
    send(address_of(task), {"_save": ""}, work=False)
    run = worker._Run(started.pop())
    original = run._keep

    def stopped_meanwhile(results):
        client.post(address_of(task), {"_stop": ""})
        original(results)

    run._keep = stopped_meanwhile
    with pytest.raises(worker._Taken):
        run.work()
    assert not Monograph.objects.exists()
    send(address_of(task), {"_stop": ""})
    assert "Stopped" in text(client, task)
    send(address_of(task), {"_continue": ""})
    assert Monograph.objects.count() == 2


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


def test_a_long_report_is_read_in_parts_with_the_same_few_questions(
    client, reviewer, upload, django_assert_num_queries
):
    upload("pages.zip", many(60))
    address = address_of(ImportTask.objects.get())
    with django_assert_num_queries(9):
        first = client.get(address).context["report"]
    assert (len(first["rows"]), first["following"]) == (50, 50)
    rest = client.get(address, {"after": 50}).context["report"]
    assert ([row["number"] for row in rest["rows"]], rest["following"]) == (list(range(51, 61)), None)


def test_uploads_are_forgotten_after_a_week_and_reports_after_three_months(started):
    for days in (8, 100):
        task = import_tasks.create(f"{days}.md", page(), by="rey")
        import_tasks.stop(task)
        ImportTask.objects.filter(pk=task.pk).update(uploaded_at=timezone.now() - timedelta(days=days))
    import_tasks.create("new.md", page(), by="rey")
    assert set(ImportTask.objects.values_list("name", flat=True)) == {"8.md", "new.md"}
    assert ImportUpload.objects.get().task.name == "new.md"
    assert not import_tasks.resume(ImportTask.objects.get(name="8.md"))


def test_an_import_does_not_bring_back_a_duplicate(reviewer, upload, send):
    gone, stays = publish_document(slug="oldol", title="Oldol"), publish_document()
    publishing.withdraw(gone, reason="Same.", by="test", successor=stays)
    upload("oldol.md", page(slug="oldol", title="Oldol forte"))
    send(address_of(ImportTask.objects.get()), {"_save": "", "publish": "on", "overwrite": "on"})
    assert Publication.objects.get(slug="oldol").successor == stays


def test_the_work_is_done_in_a_process_of_its_own(new_site, tmp_path):
    """As the server starts it, on a database of its own; killed in the middle, it is continued."""
    site = new_site(tmp_path, DJANGO_SETTINGS_MODULE="medinfo.settings", PYTHONPATH=str(ROOT))
    (tmp_path / "pages.zip").write_bytes(many(30))
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, time, django\n"
        "django.setup()\n"
        "from drugs.import_export import tasks as import_tasks\n"
        "from drugs.models import ImportTask, Monograph\n"
        "from pathlib import Path\n"
        "def ended():\n"
        "    while ImportTask.objects.get().state == 'running':\n"
        "        time.sleep(0.05)\n"
        "    return ImportTask.objects.get()\n"
        "import_tasks.create('pages.zip', Path(sys.argv[1]).read_bytes(), by='rey')\n"
        "import_tasks.save(ended(), by='rey', publish=True)\n"
        "print(ended().state, Monograph.objects.count())\n"
    )
    assert site.must_python(script, tmp_path / "pages.zip").split() == ["done", "30"]


def test_a_process_that_cannot_be_started_is_said_in_a_sentence(monkeypatch):
    task = ImportTask.objects.create(name="a.md", size=1, started_by="rey", worker="x")
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: (_ for _ in ()).throw(OSError(12, "No memory")))
    import_tasks.start(task)
    assert ImportTask.objects.get().error == "No process could be started: No memory."
