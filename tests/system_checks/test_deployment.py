"""Deployment checks: whatever is wrong with an installation is said in a sentence, with what to do about it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from drugs.models import SiteText, Stamp
from drugs.system_checks import deployment
from drugs.system_checks.deployment import check_operating
from tests.support.builders import publish_document
from tests.support.site_templates import NOTHING

pytestmark = pytest.mark.django_db
sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="This is about files of SQLite.")
postgresql_only = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="This is about servers.")


@pytest.fixture(autouse=True)
def a_roomy_disk(monkeypatch):
    roomy = SimpleNamespace(free=10**12)
    monkeypatch.setattr(deployment.shutil, "disk_usage", lambda folder: roomy)
    return roomy


def found():
    """The findings as text; each of them says what to do."""
    findings = check_operating(databases=["default"])
    assert all(finding.hint for finding in findings)
    return "\n".join(f"{finding.id} {finding.msg}" for finding in findings)


def test_a_sound_installation_has_nothing_to_say():
    publish_document()
    assert found() == ""


def test_the_check_runs_on_deployment_and_stops_no_migration(settings):
    settings.DATA_DIR = "/nowhere"
    with pytest.raises(SystemCheckError, match="E011"):
        call_command("check", deploy=True, databases=["default"])
    call_command("migrate", verbosity=0, skip_checks=False)


def test_a_data_folder_that_is_not_there(settings):
    settings.DATA_DIR = "/nowhere"
    assert "E011 The data folder /nowhere is not there" in found()


def test_a_disk_that_is_nearly_full(a_roomy_disk):
    a_roomy_disk.free = 3 * 2**20
    assert "W021 Only 3 MB are free" in found()


def test_static_files_that_were_not_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    assert "E012 The static files were not collected" in found()
    (tmp_path / "staticfiles.json").write_text(
        '{"version": "1.1", "hash": "", "paths": {"drugs/site.css": "drugs/site.0123456789ab.css"}}'
    )
    assert "E012 The static files are those of another version (" in found()


@pytest.mark.parametrize("address", ["redis://127.0.0.1:9", "redis://127.0.0.1:port"])
def test_a_cache_that_does_not_answer(settings, address):
    settings.CACHE_IS_SHARED = True
    settings.CACHES = {"default": {"BACKEND": "drugs.caching.backends.SharedCache", "LOCATION": address}}
    assert "W022 The cache does not answer" in found()


def test_a_misspelt_setting(settings):
    settings.UNREAD_SETTINGS = ["MEDINFO_REQUIRE_OPT"]
    assert "W024 MEDINFO_REQUIRE_OPT in" in found()


def test_a_database_that_does_not_answer(monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection._connections["default"], "ensure_connection", refuse)
    assert "E010 The database does not answer: connection refused" in found()


def test_a_site_whose_database_is_gone_is_told_in_sentences(new_site, tmp_path):
    site = new_site(
        tmp_path / "gone", NOTHING, MEDINFO_DATABASE_URL="postgres://nobody:secret@127.0.0.1:9/none"
    )
    code, _, err = site.run("check", "--deploy", "--database", "default")
    assert code == 1 and "drugs.E010" in err and "Traceback" not in err
    for command in ("migrate", "rebuild_index", "check_monographs"):
        code, _, err = site.run(command)
        assert code == 1 and err.startswith("The database cannot be used: ") and len(err.splitlines()) == 1, (
            err
        )
    code, _, err = site.run("rebuild_index", "--traceback")
    assert code == 1 and "Traceback" in err


@sqlite_only
def test_a_file_that_is_no_database(new_site, tmp_path):
    site = new_site(tmp_path, NOTHING)
    site.file.write_text("This is a letter.")
    code, _, err = site.run("check", "--deploy", "--database", "default")
    assert code == 1 and "file is not a database" in err and "Traceback" not in err


@sqlite_only
def test_a_database_on_a_network(monkeypatch, tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\nserver:/data /tmp nfs4 rw 0 0\n")
    monkeypatch.setattr(deployment, "MOUNTS", mounts)
    monkeypatch.setitem(connection.settings_dict, "NAME", "/tmp/medinfo.sqlite3")
    assert "lies on a network (nfs4); changes can be lost." in found()


@sqlite_only
def test_a_database_file_that_cannot_be_written(monkeypatch):
    asked = deployment.os.access
    file = str(deployment.Path(connection.settings_dict["NAME"]).resolve())
    monkeypatch.setattr(deployment.os, "access", lambda path, mode: str(path) != file and asked(path, mode))
    assert "E015 The database" in found() and "cannot be written" in found()


class Answering:
    """A connection whose statements have these answers, one after the other."""

    def __init__(self, *answers, name=""):
        self.answers, self.settings_dict = list(answers), {"NAME": name}

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def cursor(self):
        return self

    def execute(self, sql):
        pass

    def fetchone(self):
        return self.answers.pop(0)


@pytest.mark.parametrize(
    ("check", "answers", "found"),
    [
        (deployment._sqlite, [(0,), ("wal",)], "drugs.E013"),
        (deployment._sqlite, [(1,), ("delete",)], "drugs.E014"),
        (deployment._sqlite, [(1,), ("wal",)], None),
        (deployment._postgresql, [("LATIN1", "off")], "drugs.E016"),
        (deployment._postgresql, [("UTF8", "on")], "drugs.E015"),
        (deployment._postgresql, [("UTF8", "off")], None),
    ],
)
def test_a_database_that_cannot_do_what_the_site_needs(check, answers, found, tmp_path):
    findings = list(check(Answering(*answers, name=str(tmp_path / "medinfo.sqlite3"))))
    assert [(finding.id, bool(finding.hint)) for finding in findings] == ([(found, True)] if found else [])


@postgresql_only
def test_a_server_that_can_only_be_read():
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    assert "E015 The database can only be read." in found()


def test_tables_that_are_older_than_the_program():
    recorder = MigrationRecorder(connection)
    newest = max(name for app, name in recorder.applied_migrations() if app == "drugs")
    recorder.record_unapplied("drugs", newest)
    assert f"E017 The tables are older than the program (drugs.{newest})." in found()


def test_tables_of_a_later_version():
    MigrationRecorder(connection).record_applied("drugs", "9999_of_tomorrow")
    assert "E018 The tables are newer than the program (drugs.9999_of_tomorrow)" in found()


@pytest.mark.parametrize("table", ["drugs_problemreport", "drugs_publication", "drugs_edition"])
def test_tables_that_are_gone(monkeypatch, table):
    there = connection.introspection.table_names()
    monkeypatch.setattr(
        connection.introspection, "table_names", lambda *args: [name for name in there if name != table]
    )
    assert f"E019 Tables are missing: {table}." in found()
    messages = "\n".join(finding.id for finding in run_checks(databases=["default"]))
    assert "E001" not in messages


def test_what_the_site_ships(settings):
    Group.objects.filter(name="Editors").delete()
    SiteText.objects.filter(key="about").delete()
    Stamp.objects.all().delete()
    text = found()
    assert (
        "E020 Something that the site ships is missing: the role Editors, the site text about, the row"
        in text
    )
    call_command("migrate", verbosity=0, skip_checks=False)
    assert found() == ""


def test_a_clock_that_was_set_back(monkeypatch):
    publish_document()
    earlier = timezone.now() - timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    assert "W023 The newest edition is of" in found()
