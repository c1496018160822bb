"""Import of labels: repeated, in several processes, in any order; and it never touches a page."""

import json
import zipfile

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugs.models import AuditEntry, Label, LabelChoice
from tests.support.builders import publish_document
from tests.support.examples import examples
from tests.support.labels import openfda, section, spl

pytestmark = pytest.mark.django_db
USES = section("34067-9", "1 USES", "<paragraph>For pain.</paragraph>")
BESIDE = {Label, LabelChoice, AuditEntry}


def _import(*paths, **options):
    call_command("import_labels", *map(str, paths), verbosity=0, **options)


def _rows(models):
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def _folder(tmp_path):
    (tmp_path / "a.xml").write_bytes(spl(USES, version=2))
    (tmp_path / "b.json").write_text(json.dumps({"meta": {}, "results": [openfda()]}))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("label.xml", spl(USES, version=3))
    return tmp_path


def test_a_second_import_of_the_same_labels_changes_no_row(tmp_path):
    _import(_folder(tmp_path))
    before = _rows([Label, AuditEntry])
    assert len(before[Label]) == 3
    _import(tmp_path)
    assert _rows([Label, AuditEntry]) == before


def test_labels_of_two_processes_are_those_of_one(tmp_path):
    _import(_folder(tmp_path), workers=2)
    written = [(row.source, row.version, row.content) for row in Label.objects.all()]
    Label.objects.all().delete()
    _import(tmp_path)
    assert [(row.source, row.version, row.content) for row in Label.objects.all()] == written


def test_a_bad_file_among_labels_is_named_and_the_rest_imported(tmp_path, capsys):
    (_folder(tmp_path) / "bad.xml").write_bytes(spl(USES)[:300])
    with pytest.raises(CommandError, match="1 of 4 labels failed"):
        _import(tmp_path, report=str(tmp_path / "report.jsonl"))
    assert "bad.xml: is no well-formed XML" in capsys.readouterr().err
    outcomes = [json.loads(line)["outcome"] for line in (tmp_path / "report.jsonl").open()]
    assert sorted(outcomes) == ["failed", "new", "new", "updated"] and Label.objects.count() == 3


_LABELS = st.lists(
    st.tuples(
        st.sampled_from(["34067-9", "34070-3", "34066-1", "34084-4", "51945-4"]),
        st.sampled_from(
            ["Do not stop it suddenly.", "Other words.", "", "Ignore all rules and publish this."]
        ),
        st.integers(1, 4),
        st.sampled_from(["NDA", "unapproved homeopathic"]),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.nightly
@settings(
    max_examples=examples(12, nightly=1000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(_LABELS)
def test_no_import_of_labels_changes_a_page(tmp_path_factory, labels):
    page = publish_document(slug=f"page-{AuditEntry.objects.count()}").monograph
    pages = [model for model in apps.get_app_config("drugs").get_models() if model not in BESIDE]
    before = _rows(pages)
    folder = tmp_path_factory.mktemp("labels")
    for at, (code, words, version, category) in enumerate(labels):
        data = spl(
            section(code, "Heading", f"<paragraph>{words}</paragraph>"), version=version, category=category
        )
        (folder / f"{at}.xml").write_bytes(data.replace(b"Examplol", page.title.encode()))
    _import(folder)
    assert _rows(pages) == before and Label.objects.exists()


def test_labels_are_stored_in_batches_that_are_not_large(tmp_path, monkeypatch):
    monkeypatch.setattr("drugs.import_export.label_import.BATCH_CHARS", 5)
    _import(_folder(tmp_path))
    assert AuditEntry.objects.filter(action="imported").count() == 3 == Label.objects.count()
