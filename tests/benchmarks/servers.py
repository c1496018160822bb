"""Servers to measure: one gunicorn worker as `make run` starts it, on a free port, with what it costs the machine."""

import contextlib
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.support.sites import Site


def bench_site(folder: Path, url: str = "", **variables: str) -> Site:
    """A site with `/bare/` and `/plain/`, and its data in `folder`, or on the PostgreSQL database at `url`."""
    return Site(folder, url, DJANGO_SETTINGS_MODULE="tests.benchmarks.settings", **variables)


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
def serving(site: Site) -> Iterator[Server]:
    """A Server of the site that is ready, and that is gone afterwards."""
    address = site.serve(app="tests.benchmarks.wsgi")
    try:
        yield Server(site.servers[-1], int(address.rpartition(":")[2]))
    finally:
        site.stop()
