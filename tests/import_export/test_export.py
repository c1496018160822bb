"""Export: what was imported comes back, whole."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings

from drugs import desk, publishing
from drugs.content import Document
from drugs.formats import json_record, read
from drugs.import_export import export
from drugs.models import Edition, Monograph
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.examples import examples
from tests.support.strategies import documents

pytestmark = pytest.mark.django_db


def call(*arguments, **options):
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_pages_are_written_one_file_a_monograph(tmp_path):
    publish_document()
    publish_document(slug="second", title="Second")
    assert "2 monographs written" in call("export_monographs", tmp_path / "out")
    page = tmp_path / "out" / "examplol.md"
    assert read(page.read_bytes(), stem="examplol").document == make_document()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["examplol.md", "second.md"]


def test_importing_the_export_of_a_site_changes_nothing(tmp_path):
    publish_document()
    publish_document(slug="second", title="Second")
    call("export_monographs", tmp_path)
    before = list(Edition.objects.values_list("record", flat=True))
    assert "0 created, 0 updated, 2 unchanged" in call("import_monographs", tmp_path, publish=True)
    assert list(Edition.objects.values_list("record", flat=True)) == before


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(document=documents())
def test_any_document_comes_off_the_desk_as_it_went_on(document):
    Monograph.objects.all().delete()
    monograph = desk.write(document, by="test")
    assert desk.read(Monograph.objects.get(pk=monograph.pk)) == document


def test_an_exported_line_is_the_document_with_its_status(tmp_path):
    publication = publish_document(review=make_review())
    call("export_monographs", tmp_path / "out.ndjson")
    (line,) = (tmp_path / "out.ndjson").read_text().splitlines()
    data = json.loads(line)
    assert Document.from_dict(data) == make_document()
    assert data["generic_name"] == "" and data["schema"] == 1
    assert data["status"] == "reviewed"
    assert data["disclaimer"].startswith("General information, not medical advice.")
    assert data["source"] is None
    edition = publication.edition
    assert data["edition"] == {
        "number": 1,
        "kind": "clarity",
        "note": "First text.",
        "published_at": edition.published_at.isoformat(),
        "published_by": "test",
        "sha256": edition.sha256,
        "previous": "",
        "record": edition.record,
        "reviewed_by": "Pat Doe",
        "reviewer_role": "pharmacist",
        "reviewed_on": "2026-11-22",
        "review_due": "2029-11-22",
        "review_of": 1,
    }


def test_the_desk_is_exported_only_when_asked(tmp_path):
    make_monograph()
    assert "0 monographs" in call("export_monographs", tmp_path / "a.ndjson")
    assert "1 monographs" in call("export_monographs", tmp_path / "b.ndjson", desk=True)
    assert json.loads((tmp_path / "b.ndjson").read_text())["edition"] is None


def test_a_withdrawn_page_is_among_the_lines_not_the_pages(tmp_path):
    publishing.withdraw(publish_document(), reason="No longer sold.", by="test")
    call("export_monographs", tmp_path / "out.ndjson")
    assert json.loads((tmp_path / "out.ndjson").read_text())["status"] == "withdrawn"
    assert "0 monographs" in call("export_monographs", tmp_path / "pages")


def test_where_it_came_from_is_said(tmp_path):
    publish_document()
    call("export_monographs", tmp_path / "e")
    page = tmp_path / "e" / "examplol.md"
    page.write_text(page.read_text().replace("asthma", "asthma or a slow heart"))
    call("import_monographs", tmp_path, overwrite=True)
    call("export_monographs", tmp_path / "out.ndjson", desk=True)
    source = json.loads((tmp_path / "out.ndjson").read_text())["source"]
    assert (source["format"], source["path"], len(source["sha256"])) == ("page", "e/examplol.md", 64)


@pytest.mark.parametrize("name", ["md", "ndjson"])
def test_no_half_written_file_stays_when_the_disk_is_full(tmp_path, name, monkeypatch):
    publish_document()

    def full(*args):
        raise OSError(28, "No space left on device")

    # A page is whole when its file is opened; a line is made while the file is written.
    monkeypatch.setattr(export.os, "replace", full)
    monkeypatch.setattr(json_record, "as_line", full)
    with pytest.raises(CommandError, match="No space left on device"):
        call("export_monographs", tmp_path / "out", format=name)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_export_takes_no_query_for_each_page(django_assert_num_queries):
    for number in range(6):
        publication = publish_document(slug=f"page-{number}", title=f"Page {number}")
        publishing.withdraw(publication, reason="Wrong.", by="test")
    with django_assert_num_queries(3):
        assert all(exported.withdrawals for exported in export.editions())
