"""The licences of the packages that the site runs on, printed as the table of docs/dependencies.md.

Run as `python -m tests.support.licences`.
"""

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What the packages say in many ways, by the names of spdx.org.
NAMES = {
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
    "Apache Software License": "Apache-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
}


def locked() -> list[str]:
    """The names of the packages in requirements.txt, those for other systems included, in a sorted list."""
    text = (ROOT / "requirements.txt").read_text()
    return sorted(set(re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)))


def licence(name: str) -> str | None:
    """The licence that the installed package `name` declares, or None if it is not installed here."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if expression := about.get("License-Expression"):
        return expression
    classifiers = about.get_all("Classifier") or []
    found = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License :: ")]
    found = [text for text in found if text != "OSI Approved"]
    declared = found[:1] or (about.get("License") or "").splitlines()[:1] or _first_lines_of_files(name)
    return NAMES.get(declared[0], declared[0])


def _first_lines_of_files(name):
    """What the first lines of the licence files call themselves, for a package that declares nothing."""
    files = [file for file in metadata.files(name) or () if "licenses" in file.parts]
    return [file.read_text().splitlines()[0] for file in files]


if __name__ == "__main__":
    sys.stdout.write("| package | licence |\n|---|---|\n")
    for package in locked():
        sys.stdout.write(f"| {package} | {licence(package) or 'not installed on this system'} |\n")
