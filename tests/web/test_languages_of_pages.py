"""The language of a page is that of the edition that readers meet, whatever its desk says meanwhile."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from drugs import desk, publishing
from drugs.backups import integrity
from drugs.models import Monograph, Publication
from tests.support.builders import make_document, publish_document

pytestmark = pytest.mark.django_db


def test_a_change_of_language_shows_when_it_is_published(client):
    publish_document()
    client.get("/drugs/?letter=e")
    monograph = desk.write(make_document(language="de"), by="ed", monograph=Monograph.objects.get())
    publishing.publish(monograph, by="rey", kind="evidence", note="In German.")
    assert 'lang="de"' in client.get("/drugs/?letter=e").content.decode()
    assert [page["language"] for page in client.get("/api/v1/monographs?language=de").json()["items"]] == [
        "de"
    ]


def test_a_language_that_an_older_version_left_is_found_and_mended():
    publish_document(language="pt-BR")
    Publication.objects.update(language="en")
    assert ["rebuild_index" in str(fault) for fault in integrity.search_index(int)] == [True]
    call_command("rebuild_index")
    assert Publication.objects.get().language == "pt-BR"
    assert not list(integrity.search_index(int))


def test_pages_of_before_get_the_language_of_their_editions():
    publish_document(language="pt-BR")
    publish_document(slug="other", title="Other")
    Publication.objects.update(language="en")
    migration = importlib.import_module("drugs.migrations.0026_language_of_pages")
    migration.from_current_editions(apps, SimpleNamespace(connection=connection))
    assert dict(Publication.objects.values_list("slug", "language")) == {"examplol": "pt-BR", "other": "en"}
