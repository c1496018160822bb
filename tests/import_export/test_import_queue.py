"""Import queue and import worker: one import at a time, in a process of its own; stopped, killed and continued."""

import subprocess
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django.utils.html import escape

from drugs.import_export import page_import, worker
from drugs.import_export import tasks as import_tasks
from drugs.import_export.page_import import BATCH_PAGES, Import
from drugs.models import Edition, ImportResult, ImportTask, ImportUpload, Monograph
from medinfo.start import ROOT
from tests.support.desk_posts import make_person
from tests.support.uploads import address_of, many, packed, page, text

pytestmark = pytest.mark.django_db


def test_one_import_at_a_time_and_the_other_is_named(client, reviewer, upload, started):
    upload("first.md", page(), work=False)
    response = upload("second.md", page())
    assert "One import at a time" in response.content.decode() and "first.md" in response.content.decode()
    assert ImportTask.objects.count() == 1


def ended_after_first_pages(monkeypatch, task, error):
    """Works on `task` until its first pages are through, and then meets `error`."""
    original = Import.run

    def broken(self, reads, **options):
        for count, result in enumerate(original(self, reads, **options), 1):
            yield result
            if count == BATCH_PAGES:
                raise error

    with monkeypatch.context() as patch:
        # A batch ends by its pages, however slow the machine.
        patch.setattr(page_import, "BATCH_SECONDS", 3600)
        patch.setattr(Import, "run", broken)
        worker.run(task.pk, task.worker)


@pytest.mark.parametrize("error", [OperationalError("disk is full"), RuntimeError("a fault")])
def test_what_ended_early_says_why_and_goes_on_where_it_was(
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


def test_two_files_of_one_address_stay_apart_after_a_pause(
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


def test_a_worker_without_heartbeat_writes_nothing_when_it_wakes(client, reviewer, upload, send, started):
    upload("pages.zip", many(2))
    task = ImportTask.objects.get()
    send(address_of(task), {"_save": ""}, work=False)
    asleep = started.pop()
    send(address_of(task), {"_continue": ""})
    assert not Monograph.objects.exists()  # the first process may still be at work
    ImportTask.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    assert "Interrupted" in text(client, task)
    woken = worker._Worker(ImportTask.objects.get())
    send(address_of(task), {"_continue": ""})
    assert ImportTask.objects.get().state == "done"
    with pytest.raises(worker._TokenRevoked):
        woken.work()
    worker.run(asleep.pk, asleep.worker)
    assert Monograph.objects.count() == 2 and ImportResult.objects.count() == 2


def test_of_two_people_who_continue_at_once_one_does(started):
    task = import_tasks.create("a.md", page(), by="rey")
    ImportTask.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    mine, theirs = (ImportTask.objects.get(pk=task.pk) for _ in range(2))
    assert import_tasks.resume(mine, by="pat") and not import_tasks.resume(theirs, by="pat")


def test_a_stopped_import_undoes_the_pages_it_was_writing(client, reviewer, upload, send, started):
    upload("pages.zip", many(2))
    task = ImportTask.objects.get()
    send(address_of(task), {"_save": ""}, work=False)
    run = worker._Worker(started.pop())
    original = run._keep

    def stopped_meanwhile(results):
        client.post(address_of(task), {"_stop": ""})
        original(results)

    run._keep = stopped_meanwhile
    with pytest.raises(worker._TokenRevoked):
        run.work()
    assert not Monograph.objects.exists()
    send(address_of(task), {"_stop": ""})
    assert "Stopped" in text(client, task)
    send(address_of(task), {"_continue": ""})
    assert Monograph.objects.count() == 2


def test_who_continues_needs_the_rights_and_does_it_in_their_own_name(
    client, reviewer, upload, send, started
):
    upload("pages.zip", many(2))
    task = ImportTask.objects.get()
    send(address_of(task), {"_save": "", "publish": "on"}, work=False)
    send(address_of(task), {"_stop": ""}, work=False)
    started.clear()
    client.force_login(make_person("adm", "Administrators"))
    assert send(address_of(task), {"_continue": ""}).status_code == 403
    assert not Monograph.objects.exists()
    client.force_login(make_person("rita", "Reviewers", first_name="Rita", last_name="Roe"))
    send(address_of(task), {"_continue": ""})
    assert set(Edition.objects.values_list("published_by", flat=True)) == {"rita"}
    assert ImportTask.objects.get().started_by == "rita"


def test_retention_of_uploads_is_a_week_of_reports_three_months(started):
    for days in (8, 100):
        task = import_tasks.create(f"{days}.md", page(), by="rey")
        import_tasks.stop(task, by="rey")
        ImportTask.objects.filter(pk=task.pk).update(uploaded_at=timezone.now() - timedelta(days=days))
    import_tasks.create("new.md", page(), by="rey")
    assert set(ImportTask.objects.values_list("name", flat=True)) == {"8.md", "new.md"}
    assert ImportUpload.objects.get().task.name == "new.md"
    assert not import_tasks.resume(ImportTask.objects.get(name="8.md"), by="pat")


def test_the_worker_is_a_process_of_its_own(new_site, tmp_path):
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


def test_a_worker_that_cannot_be_started_is_told_in_a_sentence(monkeypatch):
    task = ImportTask.objects.create(name="a.md", size=1, started_by="rey", worker="x")
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: (_ for _ in ()).throw(OSError(12, "No memory")))
    import_tasks.start(task)
    assert ImportTask.objects.get().error == "No process could be started: No memory."
