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
    text = found[0] if found else (about.get("License") or "").splitlines()[0]
    return NAMES.get(text, text)


if __name__ == "__main__":
    sys.stdout.write("| package | licence |\n|---|---|\n")
    for package in locked():
        sys.stdout.write(f"| {package} | {licence(package) or 'not installed on this system'} |\n")
