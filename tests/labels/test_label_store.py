"""Labels in the database: versions only added, the newest current, pages matched by moieties."""

import json

import pytest
from django.core.management import call_command

from drugs.labels import match_monograph
from drugs.models import Label, Monograph
from tests.support.labels import section, spl

pytestmark = pytest.mark.django_db
USES = section("34067-9", "1 USES", "<paragraph>For pain.</paragraph>")


def _import(tmp_path, data):
    path = tmp_path / "label.xml"
    path.write_bytes(data)
    call_command("import_labels", str(path), verbosity=0)


def test_label_versions_are_only_added(tmp_path):
    for version in (2, 3, 1, 3):
        _import(tmp_path, spl(USES, version=version))
    assert sorted(Label.objects.values_list("version", "is_current")) == [(1, False), (2, False), (3, True)]


def test_label_dry_run_writes_nothing(tmp_path):
    path = tmp_path / "label.xml"
    path.write_bytes(spl(USES))
    call_command("import_labels", str(path), dry_run=True)
    assert not Label.objects.exists()


def test_label_export_has_the_current_version_of_each_set(tmp_path):
    for version in (1, 2):
        _import(tmp_path, spl(USES, version=version))
    call_command("export_labels", str(tmp_path / "out.ndjson"))
    [line] = (tmp_path / "out.ndjson").read_text().splitlines()
    record = json.loads(line)
    assert record["version"] == 2 and record["moieties"] == [{"name": "EXAMPLOL", "unii": "AAAAAAAAA1"}]
    assert record["sections"] == [
        {"kind": "uses", "code": "34067-9", "heading": "1 USES", "body": "For pain."}
    ]


def test_label_is_matched_by_all_ingredients_and_no_fewer(tmp_path):
    _import(tmp_path, spl(USES))
    page = Monograph.objects.create(title="Examplol", slug="examplol")
    page.ingredients.create(text="examplol", position=0)
    assert [match.label.version for match in match_monograph(page)] == [12]
    page.ingredients.create(text="paracetamol", position=1)
    assert not match_monograph(page)


def test_label_without_approval_is_never_matched(tmp_path):
    _import(tmp_path, spl(USES, category="unapproved homeopathic"))
    assert not match_monograph(Monograph.objects.create(title="Examplol", slug="examplol"))
