"""The first start: what it writes, and that a second one leaves it alone."""

import os
import socket
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from medinfo import settings as site
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
    write_env_file(path)
    assert path.read_text() == first
    variables = site.read_env_file(path)
    assert len(variables["MEDINFO_SECRET_KEY"]) >= 50
    assert (variables["MEDINFO_HTTPS"], variables["MEDINFO_REQUIRE_OTP"]) == ("off", "off")


def test_no_shell_reads_the_env_file(tmp_path):
    (tmp_path / "env").write_text("# a comment\n\nMEDINFO_SECRET_KEY=a=b#c$d\n")
    assert site.read_env_file(tmp_path / "env") == {"MEDINFO_SECRET_KEY": "a=b#c$d"}


def test_a_line_that_is_no_variable_is_named(tmp_path):
    (tmp_path / "env").write_text("MEDINFO_HTTPS=off\nPATH=/tmp\n")
    with pytest.raises(ImproperlyConfigured, match="line 2"):
        site.read_env_file(tmp_path / "env")


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
        ("MEDINFO_SECRET_KEY", ""),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path, variable, value):
    answer = start(tmp_path, "--prepare-only", **{variable: value})
    assert answer.returncode != 0
    assert variable in answer.stderr.splitlines()[-1]


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
