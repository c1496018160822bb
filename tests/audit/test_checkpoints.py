"""Checkpoints: signed heads of the record of acts, and what a kept one, or the log, says of a rewritten history."""

import datetime
import json
import logging
import re
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from drugs import audit
from drugs.audit import checkpoints, triggers
from drugs.audit.checkpoints import Head
from drugs.audit.signed_notes import Signer, Verifier, opened
from drugs.backups.integrity import verify
from drugs.http.request_log import JsonFormatter
from drugs.models import AuditEntry, Checkpoint
from tests.support.builders import publish_document

pytestmark = pytest.mark.django_db
KEY = Signer.new("medicines.example")


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    settings.CHECKPOINT_KEY, settings.CHECKPOINT_KEY_FILE = str(KEY), tmp_path / "checkpoint.key"


def act(who="pat"):
    return audit.record(who, "logged_in")


def rewrite(who):
    """The acts of `who` taken away, and all hashes behind them made anew."""
    triggers.remove(connection)
    AuditEntry.objects.filter(who=who).delete()
    previous = ""
    for number, entry in enumerate(AuditEntry.objects.order_by("number"), start=1):
        entry.number, entry.previous = number, previous
        previous = entry.compute_record()
        AuditEntry.objects.filter(pk=entry.pk).update(number=number, previous=entry.previous, record=previous)
    triggers.install(connection)


@pytest.fixture
def kept(tmp_path):
    """The file of a checkpoint that somebody keeps; the one in the database is gone with the rest."""
    for who in ("pat", "eve", "pat"):
        act(who)
    path = tmp_path / "kept"
    path.write_text(checkpoints.make().note)
    Checkpoint.objects.all().delete()
    return path


def test_a_checkpoint_signs_name_number_record_and_time():
    act()
    made = checkpoints.make()
    text = opened(made.note, [KEY.verifier])
    head = Head.parse(text)
    key, newest = (
        AuditEntry.objects.get(action="checkpoint_key"),
        AuditEntry.objects.order_by("number").last(),
    )
    assert key.object == str(KEY.verifier) == made.key
    assert (head.origin, head.number, head.record) == ("medicines.example", 2, newest.record)
    assert len(text.splitlines()) == 4 and text.splitlines()[3].startswith("time 20")


def test_a_checkpoint_is_made_an_hour_after_the_last_if_anything_happened(monkeypatch):
    assert checkpoints.make() is None and not AuditEntry.objects.exists()
    act()
    first = checkpoints.make()
    assert first and checkpoints.make() is None and checkpoints.make(now_due=True) is None
    act()
    assert checkpoints.make() is None
    second = checkpoints.make(now_due=True)
    assert second.number == 3
    act()
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(minutes=61))
    assert checkpoints.make().number == 4 and checkpoints.make() is None
    act()
    monkeypatch.setattr(
        timezone, "now", lambda: now - datetime.timedelta(days=60)
    )  # a clock that was put back
    assert checkpoints.make().number == 5


def test_another_key_is_an_act_and_signs_at_once(settings):
    act()
    checkpoints.make()
    settings.CHECKPOINT_KEY = str(Signer.new("medicines.example"))
    assert checkpoints.make().number == 3
    assert AuditEntry.objects.filter(action="checkpoint_key").count() == 2


def test_what_goes_on_from_a_checkpoint_is_proved(kept, capsys):
    act()
    call_command("verify", checkpoint=[str(kept)])
    kept.write_text(kept.read_text() * 2)
    call_command("verify", checkpoint=[str(kept)], key=[str(Signer.new("other.example").verifier)])


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        (lambda: rewrite("eve"), "has another entry 4 than|has entry 4 .* the record has none"),
        (lambda: rewrite("pat"), "acts are gone"),
        (lambda: (rewrite("eve"), [act() for _ in range(9)]), "has another entry 4 than the record of acts"),
    ],
)
def test_a_rewritten_record_contradicts_the_checkpoint(kept, capsys, tamper, sentence):
    tamper()
    assert not list(verify())  # the chain itself says nothing
    with pytest.raises(CommandError, match="1 faults found"):
        call_command("verify", checkpoint=[str(kept)])
    assert re.search(sentence, capsys.readouterr().err)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda note: note.replace("\n4\n", "\n3\n"), "The signature of medicines.example is wrong"),
        (
            lambda note: Signer.new("medicines.example").sign("medicines.example\n4\nAAAA\n"),
            "no key that is known",
        ),
        (lambda note: KEY.sign("medicines.example\n4\nAAAA\n"), "This is no checkpoint"),
        (lambda note: KEY.sign("backup\nx\ny\nz\n"), "This is no checkpoint"),
    ],
)
def test_what_is_no_checkpoint_of_this_site_proves_nothing(kept, change, sentence):
    kept.write_text(change(kept.read_text()))
    with pytest.raises(CommandError, match="1 faults found"):
        call_command("verify", checkpoint=[str(kept)])
    assert sentence in "".join(checkpoints.objections([kept.read_text()], [KEY.verifier]))


@pytest.mark.parametrize("text", [None, "", "Hello.\n\nAgain.\n", "x" * 1_000_001])
def test_a_file_without_a_checkpoint_is_said_in_a_sentence(kept, text):
    kept.unlink() if text is None else kept.write_text(text)
    with pytest.raises(CommandError, match="cannot be read: No such file|holds no checkpoint|is too large"):
        call_command("verify", checkpoint=[str(kept)])


def test_without_a_public_key_nothing_is_taken_for_proved(kept, settings):
    settings.CHECKPOINT_KEY = ""
    with pytest.raises(CommandError, match="No public key is known here"):
        call_command("verify", checkpoint=[str(kept)])
    call_command("verify", checkpoint=[str(kept)], key=[str(KEY.verifier)])


def test_a_checkpoint_that_stayed_in_the_database_is_asked_by_itself(kept):
    act()
    checkpoints.make(now_due=True)
    rewrite("eve")
    assert "A checkpoint that is kept here has" in "".join(map(str, verify()))
    Checkpoint.objects.update(number=1)
    assert "is not what was signed" in "".join(map(str, verify()))


# The log


@pytest.fixture
def lines(django_capture_on_commit_callbacks):
    """What the site wrote to its log while some acts were done, as text."""
    stream, kept = logging.getLogger("drugs.audit"), []
    handler = logging.Handler()
    handler.emit = lambda record: kept.append(JsonFormatter().format(record))
    stream.addHandler(handler)
    level = stream.level
    stream.setLevel("INFO")
    with django_capture_on_commit_callbacks(execute=True):
        for who in ("pat", "eve", "pat"):
            act(who)
        publish_document()
        checkpoints.make()
    stream.removeHandler(handler)
    stream.setLevel(level)
    return kept


def write_log(path, lines):
    noise = ["Started.", '{"logger": "x", "message": "1: a b (record ' + "0" * 64 + ')"}', "{", "[]", "{}"]
    path.write_text("\n".join([*noise, *(f"Nov 28 host gunicorn[7]: {line}" for line in lines)]) + "\n")
    return path


def test_a_log_of_this_site_is_proved(tmp_path, lines, capsys):
    act()
    call_command("verify", log=[write_log(tmp_path / "log", lines)])
    assert "6 acts and 1 checkpoints were looked for" in capsys.readouterr().out


def test_acts_that_only_the_log_knows_are_found(tmp_path, lines, capsys):
    log = write_log(tmp_path / "log", lines)
    Checkpoint.objects.all().delete()
    rewrite("eve")
    with pytest.raises(CommandError, match="6 faults found"):
        call_command("verify", log=[log])
    assert "The log has another entry 2 than the record of acts" in capsys.readouterr().err


def test_lines_of_an_older_version_are_read_too(tmp_path):
    entry = act()
    record = {"logger": "drugs.audit", "message": f"1: pat logged in (record {entry.record})"}
    call_command("verify", log=[write_log(tmp_path / "log", [json.dumps(record)])])
    record["message"] = record["message"].replace(entry.record, "0" * 64)
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify", log=[write_log(tmp_path / "log", [json.dumps(record)])])


def test_acts_that_the_log_does_not_have_are_a_warning(tmp_path, lines, capsys):
    call_command("verify", log=[write_log(tmp_path / "log", [lines[0], *lines[3:]])])
    assert "Warning: The log has no line of entries 2, 3 of the record" in capsys.readouterr().err


def test_a_log_without_an_act_proves_nothing(tmp_path):
    act()
    with pytest.raises(CommandError, match="no line of an act or a checkpoint"):
        call_command("verify", log=[write_log(tmp_path / "log", [])])
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify", log=[tmp_path / "none"])


# The key, and who gets to see checkpoints


def test_a_key_is_written_once_and_for_its_owner_alone(settings, capsys):
    settings.CHECKPOINT_KEY, settings.BASE_URL = "", "https://medicines.example"
    call_command("make_checkpoint_key")
    first, path = capsys.readouterr().out, settings.CHECKPOINT_KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Verifier.parse(first).name == "medicines.example"
    call_command("make_checkpoint_key", name="other")
    assert capsys.readouterr().out == first
    act()
    call_command("run_due")
    assert opened(capsys.readouterr().out, [Verifier.parse(first)])


def test_a_key_that_others_can_read_or_that_is_none_signs_nothing(settings):
    act()
    settings.CHECKPOINT_KEY_FILE.write_text(str(KEY))
    settings.CHECKPOINT_KEY = ""
    settings.CHECKPOINT_KEY_FILE.chmod(0o640)
    with pytest.raises(CommandError, match="can be read by others: chmod 600"):
        call_command("run_due")
    settings.CHECKPOINT_KEY = "secret"
    with pytest.raises(CommandError, match="cannot be used") as refusal:
        call_command("run_due")
    assert "secret" not in str(refusal.value)


def test_what_is_due_is_looked_after_as_long_as_the_server_runs(monkeypatch, settings, capsys):
    act()
    answers = iter([7, 7, 7, 1])
    monkeypatch.setattr("os.getppid", lambda: next(answers))
    settings.CHECKPOINT_KEY = "none"  # said each time, and no reason to end
    call_command("run_due", every=0.0, beside=7)
    assert capsys.readouterr().err.count("cannot be used") == 4
    answers = iter([1])
    call_command("run_due", every=60.0, beside=7)


def test_without_a_key_nothing_is_signed_and_that_is_said(settings, capsys, client):
    settings.CHECKPOINT_KEY = ""
    act()
    call_command("run_due", verbosity=2)
    assert "There is no key" in capsys.readouterr().out and not Checkpoint.objects.exists()
    assert client.get("/.well-known/medinfo-checkpoint").status_code == 404
    assert "has signed no checkpoint yet" in client.get("/checkpoints/").text


def test_everybody_gets_the_newest_checkpoint_and_the_key(client):
    publish_document()
    note = checkpoints.make().note
    response = client.get("/.well-known/medinfo-checkpoint")
    assert response.text == note and response.headers["Content-Type"].startswith("text/plain")
    page = client.get("/checkpoints/").text
    assert str(KEY.verifier) in page and note.split("\n")[2] in page
    assert (
        f'<checkpoint xmlns="https://c2sp.org/signed-note">{note}</checkpoint>' in client.get("/feed/").text
    )
