"""Backups: one holds all of the site, is its owner's only, and half of one never takes the place of a whole."""

import os
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from drugs.audit import triggers
from drugs.backups import files
from drugs.models import Edition
from tests.support.backups import rows_of
from tests.support.postgres import needs_postgres

pytestmark = pytest.mark.django_db


def test_a_backup_is_its_owners_only_and_no_half_of_one_stays(copy, monkeypatch):
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    first = copy.read_bytes()

    def full(self, value):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.Writer, "line", full)
    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        call_command("backup", copy)
    assert copy.read_bytes() == first
    assert [path.name for path in copy.parent.iterdir()] == ["site.gz"]


def test_what_a_killed_run_left_is_no_part_of_the_next_backup(copy):
    left = copy.with_name("site.gz.part")
    left.write_bytes(b"half of it" * 10_000)
    left.chmod(0o644)
    call_command("backup", copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600 and not left.exists()
    call_command("restore", copy, overwrite=True)


def test_a_disk_that_loses_writes_costs_no_earlier_backup(copy, monkeypatch):
    first = copy.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda descriptor: os.ftruncate(descriptor, len(first) // 2))
    with pytest.raises(CommandError, match="damaged or cut off"):
        call_command("backup", copy)
    assert copy.read_bytes() == first
    assert [path.name for path in copy.parent.iterdir()] == ["site.gz"]


def test_a_second_backup_into_the_same_file_meanwhile_is_refused(copy):
    with files.written(copy) as first:
        first.line({"kind": files.KIND, "format": files.FORMAT, "rows": {}})
        with pytest.raises(CommandError, match="Another backup is writing"):
            call_command("backup", copy)
    assert files.read_through(copy).header["rows"] == {}


def test_a_damaged_database_does_not_replace_a_sound_backup(copy):
    first = copy.read_bytes()
    triggers.remove(connection)
    Edition.objects.filter(number=1).update(note="Changed.")
    with pytest.raises(CommandError, match="No backup was written, because the database is not whole"):
        call_command("backup", copy)
    assert copy.read_bytes() == first


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (lambda made: made.record_applied("drugs", "9999_later"), "a later version .drugs.9999_later."),
        (
            lambda made: made.record_unapplied("drugs", "0001_initial"),
            "older than the program .drugs.0001_initial.",
        ),
    ],
)
def test_what_no_version_could_restore_is_no_backup(copy, record, sentence):
    first = copy.read_bytes()
    record(MigrationRecorder(connection))
    with pytest.raises(CommandError, match=f"No backup was written: .*{sentence}"):
        call_command("backup", copy)
    assert copy.read_bytes() == first


PAGES = 1000


MANY = f"""
import django; django.setup()
from drugs import desk, publishing
from tests.support.builders import make_document
pages = [make_document(slug=f"examplol-{{n}}", title=f"Examplol {{n}}") for n in range({PAGES})]
monographs = desk.create(pages, by="t")
publishing.publish_new([(m, d, "First.") for m, d in zip(monographs, pages)], by="t", kind="import")
for monograph, page in list(zip(monographs, pages))[::10]:
    desk.write(make_document(slug=page.slug, title=page.title + " \u00e4\u4e2d"), by="t", monograph=monograph)
    publishing.publish(monograph, by="t", kind="clarity", note="Second.")
"""


@pytest.mark.skipif(
    "MEDINFO_TEST_POSTGRES" in os.environ and "MEDINFO_DATABASE_URL" in os.environ,
    reason="It visits both databases, and has done so in the run on SQLite.",
)
def test_pages_move_to_postgresql_and_back_byte_for_byte(new_site, tmp_path):
    places = (("a", ""), ("b", needs_postgres()), ("c", ""))
    sites = [new_site(tmp_path / name, server=server) for name, server in places]
    copies = []
    for site in sites:
        if copies:
            assert f"{PAGES + PAGES // 10} editions of {PAGES}" in site.must("restore", copies[-1])
        else:
            site.must_python("-c", MANY)
        copies.append(site.folder / "site.gz")
        site.must("backup", copies[-1])
    assert "all is as it was written" in sites[1].must("verify")
    first, *others = map(rows_of, copies)
    assert all(other == first for other in others)
