"""Import of page files: what the command does, says and leaves alone."""

import io
import json
import os
import signal
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from drugs import desk, publishing
from drugs.content import FAQ, Name
from drugs.formats import write
from drugs.import_export.page_import import BATCH_PAGES, Import
from drugs.import_export.sources import ReadFile, page_files, read_files
from drugs.models import DrugName, Edition, ImportRecord, Monograph, Publication
from tests.support.builders import make_document, make_review
from tests.support.desk_posts import make_user

pytestmark = pytest.mark.django_db


def put(folder, **overrides):
    document = make_document(**overrides)
    path = folder / "e" / f"{document.slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write(document), encoding="utf-8")
    return path


def run(*paths, **options):
    """What the command printed; and the message it failed with, or None."""
    out, err, failure = io.StringIO(), io.StringIO(), None
    try:
        call_command("import_monographs", *map(str, paths), stdout=out, stderr=err, **options)
    except CommandError as error:
        failure = str(error)
    return out.getvalue() + err.getvalue(), failure


def test_a_page_travels_from_file_to_publication(tmp_path):
    put(tmp_path)
    said, failure = run(tmp_path, publish=True)
    assert failure is None
    assert "1 created, 0 updated, 0 unchanged, 0 conflict, 0 failed; 1 published, 0 held back." in said
    monograph = Monograph.objects.get()
    assert desk.read(monograph) == make_document()
    assert monograph.import_record.path == "e/examplol.md"
    edition = Edition.objects.get()
    assert (edition.published_by, edition.kind, edition.reviewed_by) == ("import_monographs", "import", "")


def test_whoever_imports_by_command_cannot_sign_it(tmp_path):
    make_user("rita")
    put(tmp_path)
    assert "There is no account Rato." in run(tmp_path, by="Rato")[1]
    run(tmp_path, by="rita")
    monograph = Monograph.objects.get()
    assert desk.contributors(monograph) == ["import_monographs", "rita"]
    assert publishing.signature_objection(monograph, "rita")
    run(tmp_path, by="bob")
    assert desk.contributors(monograph) == ["import_monographs", "rita"]


def test_running_it_twice_changes_nothing(tmp_path):
    put(tmp_path)
    run(tmp_path, publish=True)
    before = list(Monograph.objects.values()) + list(Publication.objects.values())
    said, _ = run(tmp_path, publish=True)
    assert "0 created, 0 updated, 1 unchanged" in said
    assert before == list(Monograph.objects.values()) + list(Publication.objects.values())
    assert Edition.objects.count() == 1


def test_without_publish_nothing_is_public(tmp_path):
    put(tmp_path)
    run(tmp_path)
    assert Monograph.objects.count() == 1
    assert not Publication.objects.exists()


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    put(tmp_path)
    said, _ = run(tmp_path, publish=True, dry_run=True)
    assert "1 created" in said and "1 published" in said and "dry run" in said
    assert not Monograph.objects.exists() and not Edition.objects.exists()


def test_a_changed_file_updates_an_untouched_desk(tmp_path):
    put(tmp_path)
    run(tmp_path, publish=True)
    put(tmp_path, title="Examplol forte")
    said, _ = run(tmp_path, publish=True)
    assert "1 updated" in said
    assert list(Edition.objects.values_list("number", flat=True)) == [1, 2]
    assert Publication.objects.get().title == "Examplol forte"


def test_a_desk_that_people_edited_is_a_conflict_with_a_diff(tmp_path):
    put(tmp_path)
    run(tmp_path)
    monograph = Monograph.objects.get()
    monograph.sections.filter(kind="uses").update(body="An editor's text.")
    put(tmp_path, title="Examplol forte")
    said, failure = run(tmp_path, publish=True)
    assert failure is None and "1 conflict" in said
    assert "people have edited the desk" in said and "-An editor's text." in said
    assert Monograph.objects.get().title == "Examplol" and not Publication.objects.exists()
    said, _ = run(tmp_path, overwrite=True)
    assert "1 updated" in said
    assert desk.read(Monograph.objects.get()) == make_document(title="Examplol forte")
    said, _ = run(tmp_path)
    assert "1 unchanged" in said


def test_the_same_address_from_another_file_is_a_conflict(tmp_path):
    put(tmp_path / "first")
    run(tmp_path / "first")
    path = put(tmp_path, title="Other")
    path.rename(tmp_path / "examplol.md")
    said, _ = run(tmp_path / "examplol.md")
    assert "the desk holds a page of this address from e/examplol.md" in said


def test_two_files_of_one_address_never_replace_each_other(tmp_path):
    first = put(tmp_path / "a")
    put(tmp_path / "b", title="Other")
    said, _ = run(tmp_path / "a", tmp_path / "b", overwrite=True)
    assert "1 created" in said and f"{first} has the same address" in said
    assert Monograph.objects.get().title == "Examplol"


def test_names_from_a_list_are_no_conflict_and_stay(tmp_path):
    put(tmp_path)
    run(tmp_path)
    monograph = Monograph.objects.get()
    DrugName.objects.create(monograph=monograph, text="Zamp", kind="brand", source="list", position=9)
    put(tmp_path, title="Examplol forte")
    said, _ = run(tmp_path)
    assert "1 updated" in said
    assert Name("Zamp", "brand") in desk.read(Monograph.objects.get()).names


def test_an_editor_s_names_are_not_published_by_a_command(tmp_path):
    put(tmp_path)
    run(tmp_path)
    DrugName.objects.create(monograph=Monograph.objects.get(), text="Zamp", kind="brand", source="editor")
    said, _ = run(tmp_path, publish=True)
    assert "people have added names" in said
    assert not Publication.objects.exists()


def test_no_command_publishes_over_a_reviewed_edition(tmp_path):
    put(tmp_path)
    run(tmp_path)
    publishing.publish(
        Monograph.objects.get(), by="Pat", kind="evidence", note="Checked.", review=make_review()
    )
    said, _ = run(tmp_path, publish=True)
    assert "1 unchanged" in said and "0 held back" in said
    put(tmp_path, title="Examplol forte")
    said, _ = run(tmp_path, publish=True)
    assert "1 updated" in said and "the current edition is reviewed" in said
    assert Publication.objects.get().title == "Examplol"


def test_an_import_does_not_bring_back_a_withdrawn_page(tmp_path):
    put(tmp_path)
    run(tmp_path, publish=True)
    publishing.withdraw(Publication.objects.get(), reason="No longer sold.", by="test")
    put(tmp_path, title="Examplol forte")
    said, _ = run(tmp_path, publish=True)
    assert "the page is withdrawn" in said
    assert Publication.objects.get().status == "withdrawn"


def test_what_the_checks_block_stays_on_the_desk_with_the_reason(tmp_path):
    put(tmp_path, sections=(), side_effects=(), faqs=())
    said, failure = run(tmp_path, publish=True)
    assert failure is None
    assert "1 created" in said and "held back" in said and "nothing but a title" in said
    assert Monograph.objects.exists() and not Publication.objects.exists()


BAD_FILES = {
    "nothing": b" \n",
    "no title": b"---\nformat: 1\n---\n# Examplol\n",
    "not UTF-8": b"---\ntitle: Examplol\n---\n# Exampl\xffol\n",
    "an anchor": b"---\ntitle: &a Examplol\nnames: *a\n---\n# Examplol\n",
    "front matter over 32 kB": b"---\ntitle: Examplol\nlayout: " + b"x" * 33000 + b"\n---\n# Examplol\n",
    "a body over 200 kB": b"---\nformat: 1\ntitle: Examplol\n---\n# Examplol\n\n## Storage\n"
    + b"dry " * 60_000,
    "a NUL": b"---\nformat: 1\ntitle: Examplol\n---\n# Examplol\n\n## Storage\nd\x00ry\n",
}


@pytest.mark.parametrize("fault", BAD_FILES)
def test_a_bad_file_gets_one_line_and_the_good_ones_are_imported(tmp_path, fault):
    put(tmp_path)
    (tmp_path / "bad.md").write_bytes(BAD_FILES[fault])
    said, failure = run(tmp_path, publish=True)
    assert failure == "1 of 2 pages failed."
    (line,) = [line for line in said.splitlines() if line.startswith("failed: ")]
    assert str(tmp_path / "bad.md") in line
    assert [monograph.slug for monograph in Monograph.objects.all()] == ["examplol"]
    assert Publication.objects.count() == 1


def test_a_missing_path_is_one_line_too(tmp_path):
    said, failure = run(tmp_path / "gone.md")
    assert failure == "1 of 1 pages failed."
    assert f"failed: {tmp_path / 'gone.md'}: there is no such file or folder." in said


def test_the_report_has_a_line_of_json_for_every_page(tmp_path):
    put(tmp_path)
    put(tmp_path, slug="second", title="Examplol")
    (tmp_path / "bad.md").write_bytes(b"")
    report = tmp_path / "report.jsonl"
    run(tmp_path, report=str(report))
    lines = {line["slug"]: line for line in map(json.loads, report.read_text().splitlines())}
    assert lines["examplol"]["outcome"] == "created"
    assert lines[""]["outcome"] == "failed" and lines[""]["reasons"]
    (finding,) = [f for f in lines["second"]["findings"] if f["code"] == "duplicate"]
    assert "examplol" in finding["message"]


def test_what_the_checks_find_is_in_the_report_with_its_line(tmp_path):
    page = put(tmp_path, faqs=(FAQ("May I drink?", "Never drink alcohol with it."),))
    run(tmp_path, report=str(tmp_path / "report.jsonl"))
    line = json.loads((tmp_path / "report.jsonl").read_text())
    (finding,) = [f for f in line["findings"] if f["code"] == "only-in-answer"]
    assert page.read_text().splitlines()[finding["line"] - 1] == "### May I drink?"


def test_ingredients_in_another_order_are_a_likely_duplicate():
    documents = [
        make_document(ingredients=("Zed acid", "Alpha-one")),
        make_document(ingredients=("alpha one", "Zed  Acid")),
    ]
    assert desk.sameness(documents[0]) == desk.sameness(documents[1]) != desk.sameness(make_document())


def test_a_zip_is_imported_like_a_folder(tmp_path):
    page = put(tmp_path)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.write(page, "e/examplol.md")
    said, _ = run(tmp_path / "pages.zip")
    assert "1 created" in said
    said, _ = run(tmp_path)
    assert "1 unchanged" in said


def test_workers_read_the_same_pages_in_the_same_order(tmp_path):
    for number in range(40):
        put(tmp_path, slug=f"page-{number:02}", title=f"Page {number}")
    alone = list(read_files(page_files([tmp_path])))
    together = list(read_files(page_files([tmp_path]), workers=2))
    assert together == alone and len(alone) == 40


def test_a_failing_page_is_rolled_back_alone(tmp_path, monkeypatch):
    for number in range(3):
        put(tmp_path, slug=f"page-{number}", title=f"Page {number}")
    original = ImportRecord.objects.bulk_create

    def refuse(records):
        records = list(records)
        if any(record.monograph.slug == "page-1" for record in records):
            raise IntegrityError("a constraint")
        return original(records)

    monkeypatch.setattr(ImportRecord.objects, "bulk_create", refuse)
    said, failure = run(tmp_path)
    assert failure == "1 of 3 pages failed." and "a constraint" in said
    assert {monograph.slug for monograph in Monograph.objects.all()} == {"page-0", "page-2"}


def test_an_interrupt_ends_the_import_after_the_current_page(tmp_path):
    for number in range(5):
        put(tmp_path, slug=f"page-{number}", title=f"Page {number}")
    handled = []

    def reads():
        for read in read_files(page_files([tmp_path])):
            yield read
            handled.append(read)

    run_ = Import(by="test")
    results = list(run_.run(reads(), should_stop=lambda: len(handled) >= 2))
    assert len(results) == 3 == Monograph.objects.count()


def test_ctrl_c_reaches_the_command(tmp_path, monkeypatch, default_sigint):
    put(tmp_path)
    original = desk.create_pages

    def interrupted(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGINT)
        return original(*args, **kwargs)

    monkeypatch.setattr(desk, "create_pages", interrupted)
    said, failure = run(tmp_path)
    assert failure is None
    assert "1 created" in said and "Stopped early." in said
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_transaction_ends_after_fifty_pages():
    count = 2 * BATCH_PAGES + 1
    reads = (ReadFile(f"{number}.md", f"{number}.md", error="bad") for number in range(count))
    next(Import(by="test").run(reads))
    assert next(reads).name == f"{BATCH_PAGES}.md"
