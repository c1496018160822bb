"""The API as its own description lets programs ask it: schemathesis against a whole site, in ten thousand cases or so.

    python -m tests.fuzz.api [--seconds 300] [--examples 100]

Runs schemathesis by uvx, so that it is no package of this project; without uvx nothing is run, and that is said.
What is left out: that whatever has the shape of a cursor is taken. One that this site never gave is answered 400.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.sites import Site


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--examples", type=int, default=100, help="of each address and way to ask it")
    options = parser.parse_args()
    runner = os.environ.get("SCHEMATHESIS") or shutil.which("uvx")
    if runner is None:
        sys.stdout.write("Not run: schemathesis needs uv (pip install uv).\n")
        return
    command = [runner, "schemathesis"] if runner.endswith("uvx") else [runner]
    with tempfile.TemporaryDirectory(prefix="medinfo-api-") as folder:
        site = Site(Path(folder))
        try:
            prepare(site)
            address = site.serve(workers=2)
            sys.exit(subprocess.run([*command, *arguments(address, options)], cwd=folder).returncode)
        finally:
            site.stop()


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
