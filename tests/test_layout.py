"""The house itself: imports run one way, rooms stay small, nothing names a machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Lower levels never import higher ones. A package stands for all its modules.
LEVELS = [
    {
        *("document", "markdown", "country", "ordering", "client", "dangers", "forgery", "months", "caches"),
        *("logs", "stored_copies", "unseen"),
    },
    {"formats", "checks", "differences", "linked_data", "json_schema", "kept"},
    {"models", "search", "relations", "tallies", "duplicates", "sources", "triggers", "snapshots"},
    {"site_texts", "system_checks", "desk", "roles", "audit"},
    {"publishing", "operating_checks", "frame", "errors", "reports", "second_factor", "throttle"},
    {
        "article",
        "browse",
        "lists",
        "middleware",
        "importing",
        "exporting",
        "name_lists",
        "merging",
        "verifying",
    },
    {"history", "doors", "import_runs", "import_tasks", "backups"},
    {
        "views",
        "browse_views",
        "report_views",
        "admin",
        "forms",
        "feeds",
        "machines",
        "sitemaps",
        "security_txt",
        "templatetags",
    },
    {"apps", "management", "urls"},
]
# The names in one level that may know each other, and in which direction.
ALLOWED_WITHIN = {
    ("search", "models"),
    ("models", "search"),  # the tables of the index are defined there and found through models
    ("relations", "models"),
    ("relations", "tallies"),  # what lists count is counted as it is written
    ("tallies", "models"),
    ("duplicates", "models"),
    ("search", "tallies"),
    ("relations", "search"),  # folds names as search does
    ("search", "relations"),  # search.index is what publishing calls
    ("views", "forms"),
    ("report_views", "forms"),
    ("sitemaps", "views"),
    ("templatetags", "admin"),  # the start page of the admin shows the lists
}


def rooms():
    for path in sorted((ROOT / "drugs").rglob("*.py")):
        parts = path.relative_to(ROOT / "drugs").with_suffix("").parts
        if parts[0] not in ("migrations", "__init__", "static"):
            yield parts[0], path


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("drugs"):
            parts = node.module.split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("drugs."))


def level(room):
    found = [index for index, names in enumerate(LEVELS) if room in names]
    assert found, f"{room} has no place in LEVELS: say where it belongs"
    return found[0]


@pytest.mark.parametrize(("room", "path"), list(rooms()), ids=lambda value: getattr(value, "stem", value))
def test_imports_run_one_way(room, path):
    for other in imported(path):
        if other != room and (room, other) not in ALLOWED_WITHIN:
            assert level(other) < level(room), f"{path.name} imports {other}, which stands above it"


@pytest.mark.parametrize("path", [path for _, path in rooms()], ids=lambda path: path.stem)
def test_no_module_is_too_long_to_read(path):
    assert len(path.read_text().splitlines()) <= 400


def test_markup_is_marked_safe_in_one_place_only_and_data_in_one_other():
    for _, path in rooms():
        calls = len(
            re.findall(r"mark_safe\(|SafeString|__html__|safestring import (?!mark_safe)", path.read_text())
        )
        assert calls == (path.name in ("markdown.py", "linked_data.py")), path
    for path in (ROOT / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape off", path.read_text()), path


def test_nothing_in_the_project_names_a_machine():
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, files.stdout.split("\0")):
        path = ROOT / name
        if path.suffix in (".png", ".lock") or not path.is_file() or path == Path(__file__):
            continue
        assert not re.search(r"/root/|/work/|/home/", path.read_text(encoding="utf-8", errors="ignore")), name
