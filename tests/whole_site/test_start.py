"""The first start (`make run`): what it writes, that a second one leaves it alone, and what stops it."""

import socket

import pytest

from medinfo.start import ROOT


@pytest.fixture
def start(interpreter):
    """Runs `medinfo.start` with variables of the caller's and returns its exit status, output and errors."""
    for name in ("MEDINFO_SECRET_KEY", "MEDINFO_HTTPS", "DJANGO_SETTINGS_MODULE"):
        del interpreter.environment[name]

    def run(*arguments, **variables):
        interpreter.environment |= variables
        return interpreter.run_python("-m", "medinfo.start", *arguments)

    return run


def test_a_fresh_machine_gets_the_examples_once(start, tmp_path):
    code, out, err = start("--prepare-only")
    assert code == 0, err
    pages = len(list((ROOT / "fixtures" / "monographs").glob("*.md")))
    assert f"{pages} created" in out and f"{pages} published" in out
    before = (tmp_path / "env").read_bytes()
    assert start("--prepare-only") == (0, "", "")
    assert (tmp_path / "env").read_bytes() == before


def test_a_taken_port_gets_one_plain_sentence(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, _, err = start("--port", port)
    assert code == 1
    assert err == f"Port {port} is taken. Choose another one: make run PORT=8001\n"


def test_a_wrong_setting_stops_the_start_with_a_sentence(start):
    """What else is wrong is said in the same way: tests/test_settings.py."""
    code, _, err = start("--prepare-only", MEDINFO_DEBUG="true")
    assert code == 1
    (line,) = err.splitlines()
    assert line.startswith("The settings are not right: ") and "MEDINFO_DEBUG" in line


def test_a_data_folder_that_cannot_be_made_is_a_sentence(start, tmp_path):
    (tmp_path / "file").write_text("")
    code, _, err = start("--prepare-only", MEDINFO_DATA_DIR=str(tmp_path / "file"))
    assert code == 1
    assert err.startswith(f"The data folder {tmp_path / 'file'} cannot be used: ")
    assert len(err.splitlines()) == 1


def test_without_time_zones_the_package_to_install_is_named(start, tmp_path):
    code, _, err = start("--prepare-only", PYTHONTZPATH=str(tmp_path))
    assert code == 1
    assert "apt-get install tzdata" in err and len(err.splitlines()) == 1


def test_without_file_and_key_nothing_starts(interpreter):
    del interpreter.environment["MEDINFO_SECRET_KEY"]
    code, _, err = interpreter.run("check")
    assert code != 0
    assert "MEDINFO_SECRET_KEY is not set" in err
