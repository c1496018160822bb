"""Trust in backups: signed by the site, encrypted for one recipient, and restored by an act that names both heads."""

import gzip
import hashlib
import json
import stat

import pyrage
import pytest
from django.core.management import CommandError, call_command

from drugs import audit, publishing
from drugs.audit import checkpoints
from drugs.audit.signed_notes import Signer
from drugs.backups import BackupError, files, proofs, tables
from drugs.backups.integrity import verify
from drugs.models import AuditEntry, Checkpoint, Publication
from tests.support.builders import publish_document

pytestmark = pytest.mark.django_db
KEY, OTHER = Signer.new("medicines.example"), Signer.new("other.example")
SECRET = pyrage.x25519.Identity.generate()


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.CHECKPOINT_KEY, settings.CHECKPOINT_KEY_FILE = str(KEY), settings.DATA_DIR / "checkpoint.key"
    return settings.DATA_DIR


@pytest.fixture
def backup(tmp_path):
    publish_document()
    call_command("backup", tmp_path / "site.gz", verbosity=0)
    return tmp_path / "site.gz"


@pytest.fixture
def identity(settings, tmp_path):
    """The file of the secret key of whom backups are encrypted for."""
    settings.BACKUP_RECIPIENT = str(SECRET.to_public())
    path = tmp_path / "age.txt"
    path.write_text(f"# created: today\n{SECRET}\n")
    return path


def rewritten(path, change, key=None):
    """The backup with `change` made to its rows and a hash that fits, signed with `key` if there is one."""
    with gzip.open(path, "rt") as file:
        *lines, trailer = (json.loads(line) for line in file)
    change(lines)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    trailer["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    if key:
        trailer["signature"] = key.sign(f"{key.name}\nbackup\n{trailer['sha256']}\n")
    path.write_bytes(gzip.compress((text + json.dumps(trailer) + "\n").encode()))


def other_disclaimer(lines):
    row = next(row for label, row in lines[1:] if label == "drugs.sitetext" and row[0] == "disclaimer_short")
    row[1] = "Doses here are always right."


def test_a_backup_is_an_act_and_holds_the_checkpoint_of_it(backup):
    header, trailer = files.read_through(backup)
    assert AuditEntry.objects.filter(action="backed_up", who="backup", object="site.gz").exists()
    assert header["checkpoint"] == Checkpoint.objects.last().note
    assert not list(checkpoints.objections([header["checkpoint"]], [KEY.verifier]))
    assert "medicines.example\nbackup\n" in trailer["signature"]


def test_a_restore_is_an_act_that_names_both_heads(backup, capsys):
    backed_up = audit.head()
    publishing.withdraw(Publication.objects.get(), reason="Recalled.", by="rey")
    replaced = audit.head()
    call_command("restore", backup, overwrite=True)
    entry = AuditEntry.objects.get(action="restored_backup")
    heads = json.loads(entry.facts)["restored"]
    assert heads == {"before": list(replaced), "backup": list(backed_up), "signed_by": "medicines.example"}
    assert (entry.number, entry.previous) == (backed_up[0] + 1, backed_up[1])
    assert replaced[1] in entry.remark and backed_up[1] in entry.remark
    assert not [fault for fault in verify() if not fault.warning]
    assert Checkpoint.objects.last().number == entry.number  # the act has its witness at once


def test_a_checkpoint_from_after_the_backup_contradicts_the_restored_site(backup, tmp_path, capsys):
    kept = tmp_path / "kept"
    publishing.withdraw(Publication.objects.get(), reason="Recalled.", by="rey")
    kept.write_text(checkpoints.make(now_due=True).note)
    call_command("restore", backup, overwrite=True)
    for _ in range(5):
        audit.record("pat", "logged_in")
    with pytest.raises(CommandError, match="faults found"):
        call_command("verify", checkpoint=[str(kept)])
    assert "restore of a backup (entry " in capsys.readouterr().err


@pytest.mark.parametrize(
    "key", [None, OTHER, Signer.new("medicines.example")], ids=["hash", "other", "same name"]
)
def test_a_backup_that_somebody_rewrote_is_refused(backup, key):
    rewritten(backup, other_disclaimer, key)
    with pytest.raises(CommandError, match="is not proved to be what this site wrote: .*--unsigned"):
        call_command("restore", backup, overwrite=True)
    assert not AuditEntry.objects.filter(action="restored_backup").exists()


def test_even_a_signed_backup_must_say_what_its_acts_say(backup):
    audit.record("root", "text_changed", "x", "", {"texts": {}})
    rewritten(backup, other_disclaimer, KEY)
    with pytest.raises(CommandError, match="The site text disclaimer_short is not the one"):
        call_command("restore", backup, overwrite=True)


def test_a_signature_of_another_file_proves_nothing(backup, tmp_path):
    audit.record("pat", "logged_in")
    call_command("backup", tmp_path / "newer.gz", verbosity=0)
    signature = files.read_through(tmp_path / "newer.gz").trailer["signature"]
    with gzip.open(backup, "rt") as file:
        lines = file.read().splitlines()
    trailer = {**json.loads(lines[-1]), "signature": signature}
    backup.write_bytes(gzip.compress("\n".join([*lines[:-1], json.dumps(trailer), ""]).encode()))
    with pytest.raises(CommandError, match="its signature is of another file"):
        call_command("restore", backup, overwrite=True)


def test_a_backup_of_another_site_needs_its_key_or_to_be_believed(backup, settings, capsys):
    settings.CHECKPOINT_KEY = str(OTHER)
    with pytest.raises(CommandError, match="signed by medicines.example, with no key that is known here"):
        call_command("restore", backup, overwrite=True)
    call_command("restore", backup, overwrite=True, key=[str(KEY.verifier)])
    assert "signature was asked for" not in capsys.readouterr().out
    call_command("restore", backup, overwrite=True, unsigned=True)
    assert "Nobody's signature was asked for" in capsys.readouterr().out
    assert "No signature was asked for." in AuditEntry.objects.filter(action="restored_backup").last().remark


def test_a_site_without_a_key_writes_and_restores_and_says_so(settings, tmp_path, capsys):
    settings.CHECKPOINT_KEY = ""
    publish_document()
    call_command("backup", tmp_path / "site.gz")
    assert "Nobody has signed it." in capsys.readouterr().err
    call_command("restore", tmp_path / "site.gz", overwrite=True)
    assert "Nobody's signature was asked for" in capsys.readouterr().out


def assert_nothing_in_plain(data_folder):
    (only,) = data_folder.iterdir()  # whose time says when there was a backup
    assert only.name == "last-backup" and not only.read_bytes()


def test_an_encrypted_backup_is_for_its_recipient_alone(identity, data_folder, backup):
    data = backup.read_bytes()
    assert data.startswith(b"age-encryption.org/v1\n") and stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert b"examplol" not in data and gzip.decompress(pyrage.decrypt(data, [SECRET])).startswith(b'{"kind"')
    assert sorted(path.name for path in backup.parent.iterdir()) == ["age.txt", "data", "site.gz"]
    with pytest.raises(CommandError, match="is encrypted. Name the file with the secret key"):
        call_command("restore", backup, overwrite=True)
    publishing.withdraw(Publication.objects.get(), reason="Recalled.", by="rey")
    call_command("restore", backup, overwrite=True, identity=identity)
    assert Publication.objects.get().withdrawn_at is None
    assert_nothing_in_plain(data_folder)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (None, "cannot be read: No such file"),
        ("", "holds no secret key of age"),
        ("AGE-SECRET-KEY-1", "a secret key that cannot be read"),
        (str(pyrage.x25519.Identity.generate()), "is encrypted for somebody else"),
    ],
    ids=["no file", "no key", "half a key", "another key"],
)
def test_what_does_not_open_an_encrypted_backup_is_said(identity, backup, data_folder, key, sentence):
    identity.unlink() if key is None else identity.write_text(f"{key}\n")
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", backup, overwrite=True, identity=identity)
    assert_nothing_in_plain(data_folder)


def test_an_encrypted_backup_that_was_cut_off_is_refused(identity, backup):
    backup.write_bytes(backup.read_bytes()[:-7])
    with pytest.raises(CommandError, match="cannot be decrypted: it is damaged or cut off"):
        call_command("restore", backup, overwrite=True, identity=identity)


def test_a_proof_tells_of_an_encrypted_backup_that_is_whole(identity, backup):
    with pytest.raises(BackupError, match=r"site.gz.proof does not tell of it"):
        proofs.migrations(backup)
    call_command("backup", backup, proof=True, verbosity=0)
    assert proofs.migrations(backup) == set(tables.own_migrations())
    backup.write_bytes(backup.read_bytes()[:-1])
    with pytest.raises(BackupError, match="is not the file of which site.gz.proof tells"):
        proofs.migrations(backup)
    proofs.beside(backup).write_text("[]")
    with pytest.raises(BackupError, match="does not tell of it"):
        proofs.migrations(backup)


def test_a_recipient_that_is_none_stops_the_backup(settings, tmp_path):
    publish_document()
    settings.BACKUP_RECIPIENT = "age1me"
    with pytest.raises(CommandError, match="MEDINFO_BACKUP_RECIPIENT is no recipient of age"):
        call_command("backup", tmp_path / "site.gz")
    assert not (tmp_path / "site.gz").exists() and not AuditEntry.objects.filter(action="backed_up").exists()
