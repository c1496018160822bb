"""Strangers' programs in tests: the one of the docs, and urllib's requests answered by the site in this process."""

import gzip
import io
import json
import re
import sys
import textwrap
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
SITE = "https://medicines.example.org"


def mirror_program() -> str:
    """The program that docs/api.md gives to whoever wants a copy of the site."""
    (program,) = re.findall(r"^    import gzip.*\n(?:    .*\n)+", DOCS.read_text(encoding="utf-8"), re.M)
    return textwrap.dedent(program)


def documented_examples() -> list[tuple[str, str]]:
    """The requests in docs/api.md and the answers below them, as pairs of path and JSON."""
    text = DOCS.read_text(encoding="utf-8")
    return re.findall(r"^    GET (\S+)\n\n((?:    .*\n)+)", text, re.M)


def answer(client, address: str):
    """What urllib's `urlopen` gives for `address`: redirects followed, errors raised."""
    path = address.removeprefix(SITE)
    while (response := client.get(path)).status_code == 301:
        path = response.headers["Location"]
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.status_code >= 400:
        raise urllib.error.HTTPError(address, response.status_code, "", response.headers, io.BytesIO(content))
    return io.BytesIO(content)


def run_mirror(client, monkeypatch, folder: Path) -> None:
    """The program of the docs, run once: it mirrors the site to `folder`."""
    monkeypatch.setattr(urllib.request, "urlopen", lambda address: answer(client, address))
    monkeypatch.setattr(sys, "argv", ["mirror.py", SITE, str(folder)])
    exec(compile(mirror_program(), "mirror.py", "exec"), {})


class Follower:
    """A copy of the public pages, begun with the bulk files or with nothing; `fetch` gives status and body."""

    def __init__(self, fetch: Callable[[str], tuple[int, bytes]], *, empty: bool) -> None:
        self.fetch, self.pages, self.cursor = fetch, {}, ""
        if not empty:
            self.pages, self.cursor = bulk_pages(fetch)

    def follow(self) -> None:
        """The copy as the changes since the last time make it."""
        more = True
        while more:
            changes = self._json(f"changes?since={self.cursor}", 200)
            for change in changes["items"]:
                slug = change["slug"]
                self.pages.pop(slug, None)
                said = self._json(f"monographs/{slug}", 200, 301, 410)
                if said.get("slug") == slug and said["status"] != "withdrawn":
                    self.pages[slug] = said
            self.cursor, more = changes["cursor"], changes["next"]

    def _json(self, path, *statuses):
        status, body = self.fetch(f"/api/v1/{path}")
        assert status in statuses, (path, status, body[:200])
        return json.loads(body) if body else {}


def bulk_pages(fetch: Callable[[str], tuple[int, bytes]]) -> tuple[dict, str]:
    """The pages of the bulk files by slug, and the cursor from which to follow."""
    names = json.loads(fetch("/api/v1/bulk/names.json")[1])
    lines = gzip.decompress(fetch("/api/v1/bulk/monographs.ndjson.gz")[1]).splitlines()
    pages = {line["slug"]: line for line in map(json.loads, lines) if line["status"] != "withdrawn"}
    assert sorted(pages) == [item["slug"] for item in names["items"]]
    return pages, names["cursor"]
