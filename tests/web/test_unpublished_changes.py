"""What nobody has published shows nowhere, whichever column of whichever table of the desk says it."""

import gzip
import importlib
import json
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from drugs import desk, publishing
from drugs.backups.cross_proofs import acts_against_the_database
from drugs.backups.integrity import verify
from drugs.caching.backends import memory, queried
from drugs.import_export import bulk
from drugs.models import ImportRecord, Monograph, PageChange, Publication
from drugs.publishing import file_sources
from drugs.web import bulk_files
from tests.support import desk_rows
from tests.support.builders import make_document, publish_documents
from tests.support.public_pages import ADDRESSES

pytestmark = pytest.mark.django_db
MORE = (
    "/drugs/examplol/print/?as=essentials",
    "/drugs/examplol/card.png",
    "/composition/e/examplol/",
    "/composition/c/other/",
    "/drugs/gone/",
    "/drugs/gone.json",
    "/drugs/gone.md",
    "/drugs/gone/feed/",
    "/drugs/gone/history/",
    "/api/v1/monographs/gone/editions",
    "/api/v1/monographs?status=withdrawn",
    "/api/v1/monographs?status=not_reviewed&order=-changed",
    "/api/v1/monographs?language=de",
    "/api/v1/monographs?class=beta-blocker",
    "/api/v1/monographs?ingredient=examplol",
    "/api/v1/monographs?letter=e&origin=ai_or_crowd",
    "/search/suggest/?q=exam",
    "/search/?q=asthma",
    "/search/?q=other",
    "/api/v1/search?q=exampl",
)
# All that a form of the desk can say, but the address, which is fixed once a page is published.
CHANGED = {"language": "de", "title": "Anderol", "names": (), "classes": (), "ingredients": ("Anderol",)}


@pytest.fixture
def page(tmp_path, settings):
    """The desk of a page that readers have, imported from a file; another one was withdrawn."""
    settings.DATA_DIR = tmp_path / "data"
    publish_documents([make_document(slug="gone", title="Gone", names=())])
    publishing.withdraw(Monograph.objects.get().publication, reason="Wrong.", by="test")
    import_page(tmp_path, "Do not take it if you have asthma.", publish=True)
    return Monograph.objects.get(slug="examplol")


def import_page(folder, words, *, path="e/examplol.md", **options):
    file = folder / path
    file.parent.mkdir(exist_ok=True)
    text = f"# Examplol\n\n## What it is used for\nPain.\n\n## When you must not take it\n{words}\n"
    effects = "\n## Side effects\nSome.\n\n### Common side effects {common}\n* **Feeling tired**\n"
    front = "title: Examplol\nslug: examplol\nclasses: [Beta blockers]"
    file.write_text(f"---\nformat: 1\n{front}\n---\n{text}{effects}")
    call_command("import_monographs", file, verbosity=0, **options)


def answers(client):
    """What every address of readers and the bulk files say, made anew."""
    memory.clear(), queried.clear()
    said = {address: client.get(address) for address in (*ADDRESSES, *MORE)}
    bulk.write()
    files, _ = bulk_files.newest()
    names = json.loads(files.path("names.json").read_text())
    return {
        **{
            address: (found.status_code, found.get("Location"), found.content)
            for address, found in said.items()
        },
        "pages": gzip.decompress(files.path("monographs.ndjson.gz").read_bytes()),
        "names": {key: value for key, value in names.items() if key != "written_at"},
    }


def differing(before, after):
    return [address for address in before if before[address] != after[address]]


def test_no_column_of_the_desk_shows_before_it_is_published(client, page):
    desk_rows.add_rows(page)
    assert all(model.objects.exists() for model in desk_rows.desk_tables())
    before = answers(client)
    assert desk_rows.change_all() > 200
    assert not differing(before, answers(client))


def test_no_new_row_of_the_desk_shows_before_it_is_published(client, page):
    before = answers(client)
    desk_rows.add_rows(page)
    desk.write(make_document(**CHANGED), by="ed", monograph=page)
    desk.write(make_document(slug="new", title="Newol"), by="ed")
    assert not differing(before, answers(client))


@pytest.mark.parametrize("path", ["e/examplol.md", "c/other.md"])
def test_a_file_that_is_only_imported_shows_nowhere(client, page, tmp_path, path):
    before, record = answers(client), page.import_record
    import_page(tmp_path, "Do not take it if you are tired.", path=path, overwrite=True)
    assert ImportRecord.objects.get().sha256 != record.sha256
    assert not differing(before, answers(client))


def test_an_imported_file_shows_with_the_edition_it_becomes(client, page, tmp_path):
    first = client.get("/drugs/examplol.json").json()["source"]
    import_page(tmp_path, "Do not take it if you are tired.", path="c/other.md", overwrite=True)
    publishing.publish(Monograph.objects.get(slug="examplol"), by="ed", kind="evidence", note="New.")
    second = client.get("/drugs/examplol.json").json()["source"]
    assert (first["path"], second["path"]) == ("e/examplol.md", "c/other.md")
    assert first["sha256"] != second["sha256"]
    assert client.get("/composition/c/other/").headers["Location"] == "/drugs/examplol/"


def test_a_source_that_an_older_version_left_out_is_put_right(client, page, tmp_path):
    said, changes = client.get("/drugs/examplol.json").json()["source"], PageChange.objects.count()
    Publication.objects.update(**dict.fromkeys(file_sources.COLUMNS, ""))
    (fault,) = verify((acts_against_the_database,))
    assert "examplol: its JSON does not name the file" in fault.message
    bulk.write()
    assert client.get("/drugs/examplol.json").json()["source"] == said
    assert PageChange.objects.count() == changes + 1 and not list(verify((acts_against_the_database,)))
    import_page(tmp_path, "Do not take it if you are tired.", overwrite=True)  # and nobody published that
    assert file_sources.put_sources_right() == 0


def test_pages_of_before_keep_the_source_that_they_stated(client, page):
    before = dict(Publication.objects.values_list("slug", "source_path"))
    said = client.get("/drugs/examplol.json").json()
    Publication.objects.update(**dict.fromkeys(file_sources.COLUMNS, ""))
    migration = importlib.import_module("drugs.migrations.0027_source_of_publications")
    migration.from_import_records(apps, SimpleNamespace(connection=connection))
    memory.clear(), queried.clear()
    assert before == dict(Publication.objects.values_list("slug", "source_path")) and before["gone"] == ""
    assert client.get("/drugs/examplol.json").json() == said
    assert client.get("/composition/e/examplol/").status_code == 301
