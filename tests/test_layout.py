"""The layout of the code: modules stay small, markup is marked safe in one place, nothing names a machine.

Which wing imports which is the import contract in pyproject.toml (`make lint`).
"""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = [path for path in (ROOT / "drugs").rglob("*.py") if "migrations" not in path.parts]


def test_no_module_is_too_long_to_read():
    too_long = [path for path in MODULES if len(path.read_text().splitlines()) > 400]
    assert MODULES and not too_long


def test_markup_data_and_our_style_are_marked_safe_in_one_place_each():
    marks = re.compile(r"mark_safe\(|SafeString\(|__html__|safestring import (?!SafeString|mark_safe)")
    places = [str(path.relative_to(ROOT)) for path in MODULES for _ in marks.findall(path.read_text())]
    assert sorted(places) == [
        "drugs/content/markdown.py",
        "drugs/http/inline_style.py",
        "drugs/web/structured_data.py",
    ]
    for path in (ROOT / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape off", path.read_text()), path


def test_nothing_in_the_project_names_a_machine():
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, files.stdout.split("\0")):
        path = ROOT / name
        if path.suffix in (".png", ".lock") or not path.is_file() or path == Path(__file__):
            continue
        assert not re.search(r"/root/|/work/|/home/", path.read_text(encoding="utf-8", errors="ignore")), name
