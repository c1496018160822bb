"""Bulk files: every page once, tombstones, checksums, all or nothing, and never older than the last withdrawal."""

import gzip
import hashlib
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from drugs import publishing
from drugs.import_export import bulk
from drugs.models import PageChange
from drugs.publishing import merging
from drugs.web import bulk_files
from tests.support.builders import make_document, publish_again, publish_document, publish_documents

pytestmark = pytest.mark.django_db
BULK = "/api/v1/bulk/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "bulk"


def fetch(client, name):
    response = client.get(BULK + name)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def lines(client):
    return [json.loads(line) for line in gzip.decompress(fetch(client, "monographs.ndjson.gz")).splitlines()]


def test_each_line_is_what_the_address_of_its_page_answers(client):
    publish_document()
    gone, twin = publish_documents(
        make_document(slug=slug, title=slug, names=()) for slug in ("gone", "twin")
    )
    publishing.withdraw(gone, reason="Wrong.", by="test")
    merging.merge(twin.monograph, publish_document(slug="new", title="New", names=()).monograph, by="test")
    out = io.StringIO()
    call_command("publish_bulk", stdout=out)
    assert out.getvalue().startswith("2 pages and 2 withdrawn ones written to ")
    found = {line["slug"]: line for line in lines(client)}
    for slug in ("examplol", "new", "gone"):
        assert found[slug] == client.get(f"/api/v1/monographs/{slug}").json()
    assert (found["twin"]["status"], found["twin"]["successor"]) == ("withdrawn", "new")


def test_names_give_the_cursor_from_which_to_follow(client):
    page = publish_document()
    bulk.write()
    names = json.loads(fetch(client, "names.json"))
    (item,) = names["items"]
    assert {name["text"] for name in item["names"]} == {"Examplol hydrochloride", "Xamp"}
    assert (item["status"], item["sha256"]) == ("not_reviewed", page.sha256)
    assert names["licence"] == "no licence stated" and "not medical advice" in names["disclaimer"]
    publish_document(slug="second", title="Second", names=())
    changes = client.get("/api/v1/changes", {"since": names["cursor"]}).json()["items"]
    assert [change["slug"] for change in changes] == ["second"]


def test_checksums_are_those_of_the_files(client):
    publish_document()
    bulk.write()
    for line in fetch(client, "SHA256SUMS").decode().splitlines():
        value, name = line.split("  ")
        assert hashlib.sha256(fetch(client, name)).hexdigest() == value


def test_a_withdrawal_takes_the_files_back_until_they_are_new(client):
    page = publish_document()
    bulk.write()
    tag = client.get(BULK + "names.json").headers["ETag"]
    publishing.withdraw(page, reason="Wrong.", by="test")
    for name in bulk_files.NAMES:
        response = client.get(BULK + name, headers={"If-None-Match": tag})
        assert (response.status_code, response.headers["Retry-After"]) == (503, "600")
        assert response.json()["error"].endswith(".") and response.headers["Cache-Control"] == "no-store"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert bulk.is_due()
    call_command("run_due", verbosity=0)
    assert lines(client)[0]["status"] == "withdrawn" and not bulk.is_due()


def test_a_withdrawal_in_the_middle_has_them_written_again(client, monkeypatch):
    page = publish_document()
    write = bulk._write

    def interrupted(folder):
        written = write(folder)
        if not page.withdrawn_at:
            page.withdrawn_at = publishing.withdraw(page, reason="Wrong.", by="test").withdrawn_at
        return written

    monkeypatch.setattr(bulk, "_write", interrupted)
    bulk.write()
    assert lines(client)[0]["status"] == "withdrawn"


def test_files_are_due_once_a_day(client, monkeypatch):
    publish_document()
    assert bulk.write_if_due() and bulk.write_if_due() is None
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert bulk.write_if_due()


def test_a_failed_run_leaves_the_files_of_before(client, folder, monkeypatch):
    publish_document()
    bulk.write()
    before = fetch(client, "SHA256SUMS")
    monkeypatch.setattr(bulk, "_make_newest", full_disk)
    with pytest.raises(CommandError, match=r"Cannot write .*: No space left\."):
        call_command("publish_bulk")
    assert fetch(client, "SHA256SUMS") == before
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def full_disk(*arguments):
    raise OSError(28, "No space left")


def test_only_one_process_writes_at_a_time(client):
    with bulk._only_writer(), pytest.raises(CommandError, match="Another process"):
        call_command("publish_bulk")


def test_files_not_written_yet_or_broken_are_503_and_the_rest_404(client, folder):
    assert client.get(BULK + "names.json").status_code == 503
    bulk.write()
    (folder / "current.json").write_text("{")
    assert client.get(BULK + "names.json").status_code == 503
    assert client.get(BULK + "current.json").status_code == 404
    assert client.post(BULK + "names.json").status_code == 405


def test_an_unchanged_file_is_304_and_the_same_bytes(client):
    publish_document()
    bulk.write()
    first = client.get(BULK + "monographs.ndjson.gz").headers["ETag"]
    bulk.write()
    again = client.get(BULK + "monographs.ndjson.gz", headers={"If-None-Match": first})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")
    publish_again(publish_document(slug="other", title="Other", names=()), faqs=())
    bulk.write()
    assert client.get(BULK + "monographs.ndjson.gz").headers["ETag"] != first


def test_bulk_catches_up_with_changes_that_nobody_wrote_down(client):
    publish_document()
    PageChange.objects.all().delete()
    bulk.write()
    assert [item["slug"] for item in client.get("/api/v1/changes").json()["items"]] == ["examplol"]
