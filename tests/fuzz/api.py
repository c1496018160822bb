"""The API as its own description lets programs ask it: schemathesis against a whole site, in ten thousand cases.

    python -m tests.fuzz.api [--cases 10000] [--examples 200] [--seconds 600]

Schemathesis is no package of this project: it is installed beside the site, unless SCHEMATHESIS names its command. It
runs with one seed after the other until it has tried so many cases, and ends with an error at the first fault.
What is left out: that whatever has the shape of a cursor is taken. One that this site never gave is answered 400.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.sites import Site

VERSION = "4.32.5"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument(
        "--examples", type=int, default=200, help="of each address and way to ask it, in a run"
    )
    parser.add_argument("--seconds", type=int, default=600, help="of a run, at most")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="medinfo-api-") as folder:
        runner = os.environ.get("SCHEMATHESIS") or install(Path(folder) / "schemathesis")
        site = Site(Path(folder))
        try:
            prepare(site)
            address = site.serve(workers=2)
            tried = 0
            while tried < options.cases:
                tried += run([runner, *arguments(address, options)], folder)
                sys.stdout.write(f"{tried:,} cases of {options.cases:,} without fault.\n")
        finally:
            site.stop()


def install(folder: Path) -> str:
    """Schemathesis in an environment of its own; its command."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin" / "pip", "install", "-q", f"schemathesis=={VERSION}"], check=True)
    return str(folder / "bin" / "schemathesis")


def run(command: list[str], folder: str) -> int:
    """How many cases one run has tried. Exits where it found a fault, or tried none."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    sys.stdout.write(done.stdout)
    if done.returncode:
        sys.exit(done.returncode)
    return cases(done.stdout) or sys.exit("Schemathesis does not say how many cases it tried.")


def cases(said: str) -> int:
    """The number of cases in what schemathesis says at its end."""
    found = re.search(r"Test cases:\s+([\d,]+) generated", said)
    return int(found[1].replace(",", "")) if found else 0


def prepare(site: Site) -> None:
    site.must("migrate", "-v0")
    site.must("import_monographs", "fixtures/monographs", "--publish")
    site.must("publish_bulk")


def arguments(address: str, options: argparse.Namespace) -> list[str]:
    return [
        *("run", f"{address}/api/v1/openapi.json", "--url", address, "--no-color", "--workers", "1"),
        *("--exclude-checks", "positive_data_acceptance"),
        *("--max-examples", str(options.examples), "--max-time", str(options.seconds)),
    ]


if __name__ == "__main__":
    main()
