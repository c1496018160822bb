"""What the site runs on is locked, listed, and free to use."""

import os
import re
import subprocess

import pytest

from tests.support.licences import ROOT, licence, locked

FREE = {
    *("Apache-2.0", "BSD-3-Clause", "HPND", "ISC", "LGPL-3.0-only", "MIT", "MIT-CMU", "MPL-2.0", "PSF-2.0"),
    "Unlicense",
}


def listed():
    text = (ROOT / "docs" / "dependencies.md").read_text()
    return dict(re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \|$", text, re.MULTILINE)[1:])


def test_every_package_is_listed_with_its_declared_licence():
    assert sorted(listed()) == locked()
    installed = {name: licence(name) for name in locked() if licence(name)}
    assert {name: listed()[name] for name in installed} == installed


def test_every_licence_lets_anyone_run_and_change_the_site():
    for name, text in listed().items():
        assert set(text.split(" AND ")) <= FREE, name


def test_every_package_is_locked_with_its_hashes():
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text().replace("\\\n", " ")
        packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert packages and all("==" in line and "--hash=sha256:" in line for line in packages)


@pytest.mark.parametrize(("status", "words"), [(0, ""), (1, "Nothing is proved.")])
def test_an_audit_that_nobody_answered_is_no_audit(tmp_path, status, words):
    auditor = tmp_path / "uvx"
    auditor.write_text(f'#!/bin/sh\necho "$@"\nexit {status}\n')
    auditor.chmod(0o700)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    answer = subprocess.run(["make", "audit"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert bool(answer.returncode) == bool(status)
    assert words in answer.stdout
    for wanted in ("--strict", "--require-hashes", "-r requirements.txt", "-r requirements-test.txt"):
        assert wanted in answer.stdout
