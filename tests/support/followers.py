"""Strangers' programs in tests: the one of the docs, and urllib's requests answered by the site in this process."""

import io
import re
import sys
import textwrap
import urllib.error
import urllib.request
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
