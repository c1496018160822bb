"""docs/api.md: its examples are what the site answers, and its program of twenty lines mirrors a site."""

import json

import pytest

from drugs import publishing
from drugs.import_export import bulk
from drugs.models import Edition
from drugs.publishing import merging
from tests.support import followers
from tests.support.builders import (
    make_document,
    make_review,
    publish_again,
    publish_document,
    publish_documents,
)

pytestmark = pytest.mark.django_db
VOLATILE = ("at", "cursor")  # what differs from day to day


def is_part(example, answer):
    """Whether all that an example says is in the answer; a list may go on."""
    if isinstance(example, dict):
        return all(
            key in answer and (key in VOLATILE or is_part(value, answer[key]))
            for key, value in example.items()
        )
    if isinstance(example, list):
        return len(example) <= len(answer) and all(map(is_part, example, answer))
    return example == answer


@pytest.mark.parametrize(("path", "example"), followers.documented_examples())
def test_an_example_of_the_docs_is_what_the_site_answers(client, settings, path, example):
    settings.BASE_URL, settings.LICENCE = "https://medicines.example.org", "CC BY 4.0"
    settings.ATTRIBUTION = "Example clinic"
    publish_again(publish_document(), review=make_review(), faqs=())
    answer = client.get(path).json()
    assert is_part(json.loads(example), answer), answer


def test_the_docs_have_examples_and_their_keys_are_held_against_answers():
    assert len(followers.documented_examples()) >= 4
    assert (
        not is_part({"a": 1}, {"a": 2}) and not is_part({"a": [1]}, {"a": []}) and not is_part({"b": 1}, {})
    )


def test_twenty_lines_mirror_the_site_and_keep_it_current(client, monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "copy"
    assert len(followers.mirror_program().splitlines()) == 20
    first, gone, second, twin = publish_documents(
        make_document(slug=slug, title=slug, names=()) for slug in ("first", "gone", "second", "twin")
    )
    publishing.withdraw(gone, reason="Wrong.", by="test")
    bulk.write()
    followers.run_mirror(client, monkeypatch, folder)
    assert names(folder) == ["first.json", "second.json", "twin.json"]
    publish_again(first, faqs=(), title="First")
    publishing.withdraw(second, reason="Wrong.", by="test")
    merging.merge(twin.monograph, first.monograph, by="test")
    publishing.restore(Edition.objects.get(monograph=gone.monograph), by="test", note="Right after all.")
    followers.run_mirror(client, monkeypatch, folder)
    assert names(folder) == ["first.json", "gone.json"]
    for slug in ("first", "gone"):
        page = json.loads((folder / f"{slug}.json").read_text())
        assert page == client.get(f"/api/v1/monographs/{slug}").json()
    before = (folder / "cursor").read_text()
    followers.run_mirror(client, monkeypatch, folder)
    assert (folder / "cursor").read_text() == before


def names(folder):
    return sorted(path.name for path in folder.glob("*.json"))
