"""What a power cut cannot take back: acts that somebody was told are done are on the disk, counted by strace."""

import os
import shutil
import subprocess
import sys

import pytest
from django.db import connection

from medinfo.start import ROOT
from tests.support.site_templates import EXAMPLES

ACTS = """
import os
from drugs import publishing, audit
from drugs.models import Monograph, Publication
def mark(name):
    try:
        os.stat("/mark-" + name)
    except OSError:
        pass
page = Publication.objects.get(slug="ibuprofen")
mark("withdraw")
publishing.withdraw(page, reason="Recalled.", by="test")
mark("record")
audit.record("test", "logged_in")
mark("publish")
publishing.publish(Monograph.objects.get(slug="ibuprofen"), by="test", kind="safety", note="Back.")
mark("end")
"""


def test_acts_publications_and_withdrawals_are_flushed_to_disk(new_site, tmp_path):
    if not shutil.which("strace"):
        pytest.skip("strace is not installed: apt-get install strace.")
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL flushes its log itself.")
    site, trace = new_site(tmp_path / "site", EXAMPLES), tmp_path / "trace"
    command = [
        "strace",
        "-f",
        "-e",
        "trace=fsync,fdatasync,stat,newfstatat,statx",
        "-o",
        str(trace),
        sys.executable,
    ]
    command += ["manage.py", "shell", "-v0", "-c", ACTS]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **site.environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    flushes, now = {}, None
    for line in trace.read_text().splitlines():
        if "/mark-" in line:
            now = line.partition("/mark-")[2].partition('"')[0]
        elif now and "sync(" in line:
            flushes[now] = flushes.get(now, 0) + 1
    assert all(flushes.get(act, 0) >= 1 for act in ("withdraw", "record", "publish")), flushes
