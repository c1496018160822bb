"""Servers to measure: one gunicorn worker as `make run` starts it, on a free port, with what it costs the machine."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "MEDINFO_SECRET_KEY": "only-for-benchmarks-" * 3,
    "MEDINFO_HTTPS": "off",
    "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
}


def environment(folder, **more):
    """The variables of a site with its data in `folder`; an empty one is left out."""
    found = {**os.environ, **ENVIRONMENT, "MEDINFO_DATA_DIR": str(folder), **more}
    return {name: value for name, value in found.items() if value}


def run(*arguments, **variables):
    """Runs a Python module of ours and returns what it prints. Raises CalledProcessError."""
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


class Server:
    """A gunicorn with one worker. `pid` is the worker's."""

    def __init__(self, process, port):
        self.process, self.port = process, port
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        self.pid = int(children.read_text().split()[0]) if children.exists() else None

    def get(self, path, **headers):
        """Status, headers and body of an answer."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def cpu(self):
        """Seconds of CPU that the worker has used."""
        used = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")")[1].split()
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """MiB that the worker has to itself or shares: proportional set size, and all that is mapped (RSS)."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()[1:]
        sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
        return sizes["Pss"], sizes["Rss"]


@contextlib.contextmanager
def serving(variables):
    """A Server with these variables that is ready, and that is gone afterwards."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "medinfo.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
    ]
    command += ["--threads", "4", "--no-control-socket", "--log-level", "error"]
    process = subprocess.Popen(command, cwd=ROOT, env=variables)
    try:
        wait_for(port, process)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)


def free_port():
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(150):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/", timeout=5).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError("The server did not start.")
