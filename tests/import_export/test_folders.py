"""Folders of other people: what is never published, what comes in as it lies, the table at the end of a dry run."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from drugs.models import Monograph, Publication

pytestmark = pytest.mark.django_db


def run(*paths, **options):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_monographs", *map(str, paths), stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue() + err.getvalue()


def folder(root, pages):
    for name, text in pages.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def public():
    return set(Publication.objects.values_list("slug", flat=True))


PAGE = "## Uses\nPain.\n"


def test_what_is_unready_waits_on_the_desk_and_is_said(tmp_path):
    pages = {
        "Good.md": f"# Examplol\n{PAGE}",
        "draft.md": f"---\ntitle: Draftol\ndraft: true\n---\n{PAGE}",
        "_drafts/early.md": f"# Earlyol\n{PAGE}",
        "one.md": "---\nformat: 1\ntitle: Onol\nstatus: private\n---\n# Onol\n\n## Storage\nDry.\n",
        "commented.md": "---\nformat: 1\ntitle: Twol\n---\n# Twol\n\n## Storage\nDry. <!-- sure? -->\n",
    }
    said = run(folder(tmp_path, pages), publish=True, report=str(tmp_path / "r.jsonl"))
    assert public() == {"good"}
    assert Monograph.objects.count() == 5
    assert said.count("not published, since") == 3
    assert "draft: true" in said and "begins with “_”" in said and "“<!-- sure?" in said
    lines = map(json.loads, (tmp_path / "r.jsonl").read_text().splitlines())
    told = {line["slug"] for line in lines if any(f["code"] == "unready" for f in line["findings"])}
    assert told == {"draft", "early", "one"}


def test_a_page_that_became_a_draft_keeps_its_public_text(tmp_path):
    folder(tmp_path, {"a.md": f"# Examplol\n{PAGE}"})
    run(tmp_path, publish=True)
    folder(tmp_path, {"a.md": f"---\ndraft: true\n---\n# Examplol\n{PAGE}More.\n"})
    assert "not published, since" in run(tmp_path, publish=True)
    assert Publication.objects.get().edition.number == 1
    folder(tmp_path, {"a.md": f"# Examplol\n{PAGE}More.\n"})
    run(tmp_path, publish=True)
    assert Publication.objects.get().edition.number == 2


def test_comments_and_keys_are_kept_beside_the_page(tmp_path):
    text = f"---\ncourse: 3\n---\n# Examplol\n{PAGE}<!-- ask Ann -->\n"
    run(folder(tmp_path, {"a.md": text}), publish=True)
    record = Monograph.objects.get().import_record
    assert record.kept == "Front matter:\ncourse: 3\n\nComment, line 7:\n<!-- ask Ann -->"
    run(folder(tmp_path, {"a.md": text.replace("Ann", "Bob")}), publish=True)
    record.refresh_from_db()
    assert "ask Bob" in record.kept


def test_files_of_one_address_are_in_conflict(tmp_path):
    pages = {"My examplol.md": f"# A\n{PAGE}", "my-examplol.md": f"# B\n{PAGE}"}
    assert "My examplol.md has the same address" in run(folder(tmp_path, pages))


def test_a_dry_run_ends_with_a_table(tmp_path):
    pages = {f"Page {n}.md": f"# Examplol {n}\n{PAGE}" for n in range(3)}
    pages |= {
        "bad 1.md": "---\nformat: 1\ntitle: a: b\n---\n",
        "bad 2.md": "---\nformat: 1\ntitle: c: d\n---\n",
        "note.txt": "a",
    }
    pages |= {"unready.md": f"---\ndraft: true\n---\n{PAGE}"}
    said = " ".join(run(folder(tmp_path, pages), dry_run=True).split())
    assert "4 of 6 files would come in as they are (67 %)" in said
    assert "2 would not come in" in said
    assert "must stand in quotes" in said and "bad 1.md and 1 more" in said
    assert "1 of these would wait on the desk" in said
    assert "Page 0.md -> page-0" in said
    assert "note.txt" in said
