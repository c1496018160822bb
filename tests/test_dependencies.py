"""What the site runs on is locked, listed, and free to use."""

import os
import re
import subprocess

import pytest

from tests.support import sbom
from tests.support.licences import ROOT, licence, locked

FREE = {
    *("Apache-2.0", "BSD-3-Clause", "HPND", "ISC", "LGPL-3.0-only", "MIT", "MIT-CMU", "MPL-2.0", "PSF-2.0"),
    *("MIT-0", "Unlicense"),
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
        assert set(text.split(" AND ")) <= FREE or set(text.split(" OR ")) & FREE, name


def test_every_package_is_locked_with_its_hashes():
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text().replace("\\\n", " ")
        packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert packages and all("==" in line and "--hash=sha256:" in line for line in packages)


ANSWERS = {  # what the auditor does, by the list that it is told to ask
    "all is well": ("exit 0", 0, "-r requirements-test.txt"),
    "the first is silent": ('case "$*" in *pypi*) exit 1;; esac; exit 0', 0, "service osv"),
    "a known hole": ('echo "Found 1 known vulnerability in 1 package"; exit 1', 1, "Found 1 known"),
    "nobody answers": ('echo "not found on PyPI"; exit 1', 1, "Nothing is known"),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_an_audit_that_nobody_answered_is_no_audit(tmp_path, what):
    program, status, words = ANSWERS[what]
    auditor = tmp_path / "uvx"
    auditor.write_text(f'#!/bin/sh\necho "$@" | tee -a {tmp_path}/asked\n{program}\n')
    auditor.chmod(0o700)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    answer = subprocess.run(["make", "audit"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert bool(answer.returncode) == bool(status)
    assert words in answer.stdout
    asked = (tmp_path / "asked").read_text()
    assert len(asked.splitlines()) == (1 if what in ("all is well", "a known hole") else 2)
    for wanted in ("--strict", "--require-hashes", "-r requirements.txt", "-r requirements-test.txt"):
        assert wanted in asked


def test_the_sbom_names_every_locked_package_with_hash_and_licence():
    bill = sbom.build()
    components = {component["name"]: component for component in bill["components"]}
    assert sorted(components) == locked() and (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    for name, component in components.items():
        assert component["purl"] == f"pkg:pypi/{name}@{component['version']}"
        hashes = [file["hashes"][0]["content"] for file in component["externalReferences"]]
        assert hashes and all(len(digest) == 64 for digest in hashes)
        assert bool(licence(name)) is ("licenses" in component), name
    assert bill == sbom.build()
