"""The doctor: what is wrong with an installation in plain words, and the newest backup restored aside."""

import os
import time
from datetime import timedelta

import pytest
from django.core.checks import Error, Warning
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from drugs import audit
from drugs.backups import encryption, trial
from drugs.management.commands import doctor
from drugs.models import Checkpoint, Publication
from tests.support.builders import publish_document
from tests.support.site_templates import EXAMPLES


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a file that passes for a backup; nothing else of this machine is asked."""
    (tmp_path / "a.gz").write_bytes(b"x")
    monkeypatch.setattr(doctor, "run_checks", lambda **kwargs: [])
    monkeypatch.setattr(doctor, "_witness", lambda: iter(()))
    monkeypatch.setattr(trial, "restore_aside", lambda path, identity: "restored\nproved")
    return tmp_path


def examine(capsys, folder, **options):
    """What the doctor says, and whether something is wrong."""
    wrong = ""
    try:
        call_command("doctor", backups=[folder], **options)
    except CommandError as error:
        wrong = str(error)
    return capsys.readouterr().out, wrong


@pytest.mark.django_db
def test_the_doctor_finds_a_sound_site_well(capsys, folder):
    publish_document()
    said, wrong = examine(capsys, folder)
    assert not wrong and "Nothing is wrong" in said and "  restored\n  proved" in said


@pytest.mark.django_db
def test_the_doctor_names_each_fault_and_goes_on(capsys, folder, monkeypatch):
    Publication.objects.filter(pk=publish_document().pk).update(title="Forged")

    def refuse(path, identity):
        raise trial.BackupError("It is damaged.")

    monkeypatch.setattr(trial, "restore_aside", refuse)
    said, wrong = examine(capsys, folder)
    assert "! It is damaged." in said and "things are wrong" in wrong
    assert "examplol" in said.lower()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("backups", "words"),
    [
        ({}, "There is none in"),
        ({"old.gz": 60}, "older than 48 hours"),
        ({"old.gz": 60, "new.gz": 1}, ""),
        ({"new.gz.part": 1}, "There is none in"),
    ],
)
def test_the_doctor_asks_for_a_backup_of_these_days(capsys, folder, backups, words):
    (folder / "a.gz").unlink()
    for name, hours in backups.items():
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - 3600 * hours,) * 2)
    said, wrong = examine(capsys, folder, quick=True)
    assert words in said and bool(wrong) is bool(words)


@pytest.mark.django_db
def test_the_doctor_tries_no_encrypted_backup_without_its_key(capsys, folder):
    (folder / "a.gz").write_bytes(encryption.BEGINNING + b"...")
    assert "Not tried, since it is encrypted" in examine(capsys, folder)[0]
    assert "restored" in examine(capsys, folder, identity=folder / "key")[0]


@pytest.mark.django_db
def test_a_folder_of_backups_that_cannot_be_read_is_said(capsys, folder):
    endless = folder / "endless"
    endless.symlink_to(endless)
    said, wrong = examine(capsys, endless)
    assert f"{endless} cannot be read:" in said and "the site's own user" in said and wrong


def test_a_database_that_is_away_ends_one_part_of_the_doctor_only(capsys, folder, monkeypatch):
    def away(progress):
        raise OperationalError("no server")
        yield

    monkeypatch.setattr(doctor, "verify", away)
    said, wrong = examine(capsys, folder)
    assert "does not answer as it should: no server" in said and "restored" in said and wrong


def test_the_doctor_restores_the_newest_backup_aside(new_site, tmp_path):
    site = new_site(tmp_path / "site", EXAMPLES)
    (tmp_path / "backups").mkdir()
    file = tmp_path / "backups" / "a.gz"
    site.must("backup", file)
    before = site.count("drugs_auditentry")
    _, said, _ = site.run("doctor", "--backups", tmp_path / "backups")
    assert "every hash and chain holds" in said and "all is as it was written" in said
    assert site.count("drugs_auditentry") == before
    assert not [path.name for path in site.folder.iterdir() if path.name.startswith("trial-")]
    file.write_bytes(file.read_bytes()[:-20])
    code, said, _ = site.run("doctor", "--backups", tmp_path / "backups")
    assert code and "damaged or cut off" in said


@pytest.mark.django_db
def test_the_doctor_misses_the_timer_that_signs(monkeypatch):
    monkeypatch.setattr(doctor.checkpoints, "signer", lambda: "a key")
    now = timezone.now()
    audit.record("ann", "logged_in", at=now - timedelta(hours=4))
    audit.record("ann", "logged_out", at=now)
    assert ["no checkpoint covers: 1." in str(line) for line in doctor._witness()] == [True]
    Checkpoint.objects.create(number=1, record="x", made_at=now, key="k", note="n")
    assert not list(doctor._witness())


@pytest.mark.django_db
def test_a_warning_of_the_doctor_is_no_failure(capsys, folder, monkeypatch):
    found = [Warning("A thing.", hint="Mend it.", id="x.W1"), Error("Another.", hint="Do.", id="x.E1")]
    monkeypatch.setattr(doctor, "run_checks", lambda **kwargs: found[:1])
    said, wrong = examine(capsys, folder)
    assert "  - A thing. Mend it. (x.W1)" in said and not wrong
    monkeypatch.setattr(doctor, "run_checks", lambda **kwargs: found)
    said, wrong = examine(capsys, folder)
    assert "  ! Another. Do. (x.E1)" in said and wrong.startswith("1 thing is wrong")
