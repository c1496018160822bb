"""The first start: what it writes, and that a second one leaves it alone."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from medinfo import settings
from medinfo.start import ROOT, write_env_file


def start(data_dir, *arguments, **variables):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MEDINFO_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "medinfo.start", *arguments],
        cwd=ROOT,
        env={**environment, "MEDINFO_DATA_DIR": str(data_dir), **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_env_file_is_for_its_owner_only_and_written_once(tmp_path):
    path = tmp_path / "data" / "env"
    write_env_file(path)
    first = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    write_env_file(path)
    assert path.read_text() == first
    variables = settings.read_env_file(path)
    assert len(variables["MEDINFO_SECRET_KEY"]) >= 50
    assert (variables["MEDINFO_HTTPS"], variables["MEDINFO_REQUIRE_OTP"]) == ("off", "off")


def test_no_shell_reads_the_env_file(tmp_path):
    (tmp_path / "env").write_text("# a comment\n\nMEDINFO_SECRET_KEY=a=b#c$d\n")
    assert settings.read_env_file(tmp_path / "env") == {"MEDINFO_SECRET_KEY": "a=b#c$d"}


def test_a_line_that_is_no_variable_is_named(tmp_path):
    (tmp_path / "env").write_text("MEDINFO_HTTPS=off\nPATH=/tmp\n")
    with pytest.raises(ImproperlyConfigured, match="line 2"):
        settings.read_env_file(tmp_path / "env")


def test_a_fresh_machine_gets_the_example_monographs_and_a_second_start_changes_nothing(tmp_path):
    first = start(tmp_path, "--prepare-only")
    assert first.returncode == 0, first.stderr
    pages = len(list((ROOT / "fixtures" / "monographs").glob("*.md")))
    assert f"{pages} created" in first.stdout and f"{pages} published" in first.stdout
    before = (tmp_path / "env").read_bytes()
    second = start(tmp_path, "--prepare-only")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert (tmp_path / "env").read_bytes() == before


def test_a_taken_port_gets_one_plain_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = start(tmp_path, "--port", port)
    assert answer.returncode == 1
    assert answer.stderr == f"Port {port} is taken. Choose another one: make run PORT=8001\n"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MEDINFO_DEBUG", "true"),
        ("MEDINFO_REVIEW_MONTHS", "three"),
        ("MEDINFO_COUNTRY", "xx"),
        ("MEDINFO_BASE_URL", "medicines.example.org"),
        ("MEDINFO_DATABASE_URL", "mysql://localhost/site"),
        ("MEDINFO_CACHE_URL", "memcached://localhost"),
        ("MEDINFO_TIME_ZONE", "Mars/Olympus"),
        ("MEDINFO_LANGUAGE", "xx-none"),
        ("MEDINFO_LANGUAGE", "ar"),
        ("MEDINFO_SECRET_KEY", ""),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path, variable, value):
    answer = start(tmp_path, "--prepare-only", **{variable: value})
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line.startswith("The settings are not right: ") and variable in line


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MEDINFO_SITE_NAME=\xff\n", "is not written in UTF-8."),
        (b"SITE_NAME=x\n", "line 1: expected MEDINFO_SOMETHING=value."),
        (None, "cannot be read (Permission denied). Call this as the user who owns the data folder."),
    ],
)
def test_a_file_of_settings_that_cannot_be_read_is_said_in_a_sentence(
    tmp_path, monkeypatch, content, sentence
):
    path = tmp_path / "env"
    path.write_bytes(content or b"")
    if content is None:  # whoever runs the tests may be allowed everything

        def refuse(self, **kwargs):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(ImproperlyConfigured) as refused:
        settings.read_env_file(path)
    assert str(path) in str(refused.value) and str(refused.value).endswith(sentence)


def test_a_mark_that_editors_of_windows_write_first_is_no_part_of_a_name(tmp_path):
    (tmp_path / "env").write_bytes(b"\xef\xbb\xbfMEDINFO_SITE_NAME=x\n")
    assert settings.read_env_file(tmp_path / "env") == {"MEDINFO_SITE_NAME": "x"}


def test_a_data_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    answer = start(tmp_path / "file", "--prepare-only")
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"The data folder {tmp_path / 'file'} cannot be used: ")
    assert len(answer.stderr.splitlines()) == 1


def test_a_machine_without_time_zones_is_told_which_package_to_install(tmp_path):
    answer = start(tmp_path, "--prepare-only", PYTHONTZPATH=str(tmp_path))
    assert answer.returncode == 1
    assert "apt-get install tzdata" in answer.stderr and len(answer.stderr.splitlines()) == 1


def test_without_file_and_key_nothing_starts(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MEDINFO_")}
    answer = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**environment, "MEDINFO_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "medinfo.settings"},
        capture_output=True,
        text=True,
    )
    assert answer.returncode != 0
    assert "MEDINFO_SECRET_KEY is not set" in answer.stderr
