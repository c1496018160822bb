"""Limits of an import: what hostile uploads cost in memory, measured in processes of their own."""

import os
import subprocess
import sys

from tests.support.uploads import many_entries

MEASURED = """
import resource, sys
from drugs.import_export.sources import upload_problem
data = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(upload_problem("a.zip", data))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_million_directory_entries_take_little_memory(tmp_path):
    (tmp_path / "a.zip").write_bytes(many_entries(1_000_000))
    command = [sys.executable, "-c", MEASURED, str(tmp_path / "a.zip")]
    said, kilobytes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert "its list of files is too long" in said
    assert int(kilobytes) < 50_000


LIMITED = """
from drugs.import_export import worker
worker.limit_resources()
try:
    bytearray(2 * worker.MEMORY_BYTES)
except MemoryError:
    print("refused")
"""


def test_the_import_process_may_not_take_all_memory(tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    program = f"import django; django.setup(){LIMITED}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == "refused", done.stderr
